// What the readers of subtitles and tables have in common: cues, their faults, their speakers.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_CUES_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_CUES_HPP

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transcript/readers/readers.hpp"

namespace saleschecklist::transcript {

// Words of one speaker within a cue.
struct CuePiece {
  std::string speaker;             // empty if the markup names nobody
  std::vector<std::string> lines;  // without markup, none of them empty
  bool turn = false;               // a mark such as ">>" says that the speaker changes here
};

struct Cue {
  std::size_t line = 0;  // of its time, in the file
  std::optional<std::int64_t> begin_ms;
  std::optional<std::int64_t> end_ms;
  std::string identifier{};
  std::vector<CuePiece> pieces{};
};

// A file of cues while it is read.
struct CueFile {
  std::string format;
  std::vector<Cue> cues{};
  std::vector<std::string> warnings{};
  std::size_t faults = 0;  // cues that were repaired or dropped
  std::size_t dropped = 0;
  std::optional<Error> first_fault{};

  // Counts a fault of the file. `done` says how it was repaired.
  void repair(Error error, std::string_view done);
  // The same for something that is not a cue of the file any more.
  void drop(Error error, std::string_view done);
  // Whether so little is wrong, with `more` faults, that the rest can be trusted: a tenth of the
  // cues, and one of five.
  bool is_sound(std::size_t more = 0) const;
};

// "line 12"
std::string line_name(std::size_t line);

// A time of a cue in milliseconds: "1:02:03.5", "02:03,5", "3.5", "00:00:03:500".
struct CueTime {
  std::int64_t ms = 0;
  bool in_range = true;  // minutes and seconds are at most 59
};
std::optional<CueTime> parse_cue_time(std::string_view text);

// Removes the markup of WebVTT, SubRip and ASS from the text of a cue, decodes HTML entities, and
// splits it where the speaker changes: at voice tags, ">>", and dashes at the beginning of lines.
std::vector<CuePiece> split_payload(std::string_view text);
std::string decode_entities(std::string_view text);
bool has_alphanumeric(std::string_view text);

// Sorts cues by time, and removes the times of those that are far from their neighbours, if the
// file is sound; otherwise leaves them as they are.
void mend_order(CueFile &file);
// Tells words once that rolling captions repeat from cue to cue.
void tell_once(CueFile &file);
// Gives each piece its speaker, by how labels recur over the whole file; splits pieces at labels.
void name_speakers(CueFile &file);
// Makes times count from the first cue if they are times of the day.
void start_at_zero(CueFile &file);

// All of the above. Fails with the first fault if the file is not sound.
Result<RawTranscript> to_raw_transcript(CueFile file);

// The kinds of files. std::nullopt if the text is not of that kind.
std::optional<Result<RawTranscript>> read_timed_xml(std::string_view text);
std::optional<Result<RawTranscript>> read_ass(const std::vector<Line> &lines);
std::optional<Result<RawTranscript>> read_lrc(const std::vector<Line> &lines);
std::optional<Result<RawTranscript>> read_subtitles(const std::vector<Line> &lines);
std::optional<Result<RawTranscript>> read_table(std::string_view text);

}  // namespace saleschecklist::transcript

#endif
