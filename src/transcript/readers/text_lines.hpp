// What the reader of plain text needs to know about single lines: their times, their markup and
// the names that they may begin with. Which of it counts is decided over the whole file.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_TEXT_LINES_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_TEXT_LINES_HPP

#include "transcript/readers/readers.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::transcript {

// `text` with plain spaces for others, and without characters that are not shown.
std::string visible_text(std::string_view text);

// A line without Markdown, with plain spaces only (and tabs), without leading or trailing ones.
struct CleanLine {
  std::size_t number;  // from 1
  std::string text;
  bool after_blank = false;  // the line before it is empty or absent
  bool heading = false;      // a Markdown heading
  bool bullet = false;       // an entry of a list
  bool bold = false;         // contains bold or emphasised text
};
// The lines that are not empty.
std::vector<CleanLine> clean_lines(const std::vector<Line> &lines);

// A time or a range of times as written in a text.
struct WrittenTime {
  std::optional<std::int64_t> begin_ms;  // std::nullopt if it is no time, such as 00:75:00
  std::optional<std::int64_t> end_ms;
  bool clock = false;    // certainly a time of day: with AM, PM or a date
  bool minutes = false;  // a time of day without seconds
  bool arrow = false;    // a range written with an arrow
  bool range = false;
  char bracket = 0;         // '[' or '(', or 0 if there is none
  bool bare = false;        // a whole number, which may be of any unit
  bool spelt = false;       // "3 minutes 5 seconds"
  std::string_view source;  // as written
};

// Removes a time at the beginning of `text` and returns it; std::nullopt and `text` unchanged if
// there is none.
std::optional<WrittenTime> take_time(std::string_view &text);
// The same, or a whole number in square brackets.
std::optional<WrittenTime> take_first_time(std::string_view &text);
// Removes a time at the end of `text`, with a colon after it if there is one.
std::optional<WrittenTime> take_last_time(std::string_view &text);

// Removes separators ("-", "|", ",", dashes, spaces) from the beginning or the end, and returns the
// first one that is not a space, or 0.
char take_separators(std::string_view &text);
char take_last_separators(std::string_view &text);

// Whether `text` may be a display name, which people write as they like.
bool may_be_name(std::string_view text);
// Whether `text` looks like somebody's name: short, not a sentence, with a letter or a digit.
bool is_plausible_name(std::string_view text);
// Whether a name contains words that only sentences have ("the plan is").
bool has_sentence_words(std::string_view name);
// Whether a label is what people often say or write before a colon ("Question", "Next steps").
bool is_common_label(std::string_view label);
// Whether people say or write this before a colon, or it is part of a sentence, or a part of it up
// to a colon is.
bool is_speech(std::string_view name);
bool is_sound(std::string_view label);  // "laughs", "crosstalk"
// Whether each word begins with a capital, a digit or a character without case, or is a particle of
// names ("van").
bool is_capitalised(std::string_view name);
bool is_role_label(std::string_view label);   // "agent", "customer 2", "speaker_0"
bool is_field_label(std::string_view label);  // "Date", "Opportunity": fields of exports
std::size_t words_of(std::string_view text);

}  // namespace saleschecklist::transcript

#endif
