// The parts of reading plain text after its shape is known.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_TEXT_PARTS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_TEXT_PARTS_HPP

#include "transcript/readers/text_shapes.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

// Removes front matter, rules and notices of meeting tools ("Dana started transcription"), which
// are not speech, with a warning for each. Returns whether Teams wrote the notices.
bool remove_notices(std::vector<CleanLine> &lines, std::vector<std::string> &warnings);

// Removes what comes before and after the conversation: fields of exports, mail headers, titles,
// summaries, action items. One warning for each field or stretch of lines.
void remove_surroundings(Shape shape, std::vector<CleanLine> &lines,
                         std::vector<std::string> &warnings);

// Removes times from the ends of turns ("words [0:03]") if these recur over the file, in order.
struct LateTimes {
  std::map<std::size_t, std::string> by_turn;  // as written, by the first line of the turn
  bool are_ends = false;                       // they say when the turns end, not when they begin
};
LateTimes take_late_times(Shape shape, std::vector<CleanLine> &lines);

// The first line of what stands below the last turn and is nobody's: a paragraph without a label,
// in a file in which nearly all other paragraphs have one. lines.size() if there is none.
std::size_t end_of_talk(const Turns &turns, const std::vector<CleanLine> &lines);

// The full names under the heading "Participants" or the like, before the conversation.
std::vector<std::string> listed_people(const std::vector<CleanLine> &lines);

// The conversation in the tables of a Markdown text that have columns of speakers and words;
// std::nullopt if there is none.
std::optional<RawTranscript> read_markdown_table(const std::vector<CleanLine> &lines);

// Makes positions of clock times, and removes times that step back if these are at most a tenth;
// a warning says which.
struct TimeNotes {
  bool clock = false;     // most times are certainly of the clock
  bool minutes = false;   // without seconds
  bool bare = false;      // most are whole numbers without a unit
  bool one_colon = true;  // all times are written as "0:03"
};
void repair_times(RawTranscript &raw, const TimeNotes &notes);

// The format's name for Transcript::source_format.
std::string format_name(Shape shape, const TurnStart &first, bool any_bold, bool words_below);

}  // namespace saleschecklist::transcript

#endif
