// The shapes of plain text: where in a file names, times and words stand.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_TEXT_SHAPES_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_TEXT_SHAPES_HPP

#include "transcript/readers/text_lines.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

enum class Shape {
  label,      // "Dana: words", with or without a time before or after the name
  heading,    // a line of a name and a time, the words below
  pair,       // a line with a name and one with a time, the words below
  inline_,    // "Dana [0:03] words"
  columns,    // "0:03 <tab> Dana <tab> words", also with bars
  dash,       // "Dana - words"
  chat,       // "11:02:03 From Dana to Everyone: words"
  bracket,    // "[Dana] words"
  name_line,  // a line of a name, the words below
  timed,      // "[0:03] words"
  sentences   // words only
};

// How one line can be read as the beginning of a turn in one shape.
struct TurnStart {
  std::string name;
  std::optional<WrittenTime> time;
  std::string_view words;  // in CleanLine::text
  std::size_t lines = 1;   // 2 for Shape::pair
  bool time_first = false;
  bool enclosed = false;  // the name is in brackets
  bool colon = false;     // before the time of a label, or at the end of a heading
  char separator = 0;     // between time and name
};

// How `lines[at]` can be read in `shape`; std::nullopt if it cannot.
std::optional<TurnStart> read_start(Shape shape, const std::vector<CleanLine> &lines,
                                    std::size_t at);

// How a line that `start` reads can be read if the name contains what ends names in this shape
// `inner` times, as in "HQ: Boardroom: words"; std::nullopt if it cannot.
std::optional<TurnStart> read_longer_name(Shape shape, const CleanLine &line,
                                          const TurnStart &start, std::size_t inner);

// The turns of a file in one shape: which lines begin one, by how names recur and by how the lines
// of the names that recur are written. Refers to `lines`.
class Turns {
 public:
  enum class Verdict { no, ambiguous, speaker };

  Turns(Shape shape, const std::vector<CleanLine> &lines);
  const std::optional<TurnStart> &start(std::size_t line) const { return starts_[line]; }
  // Whether the line begins a turn. Words after an ambiguous one are nobody's.
  Verdict verdict(std::size_t line) const { return verdicts_[line]; }
  bool begins_turn(std::size_t line) const { return verdicts_[line] != Verdict::no; }
  bool recurs(const std::string &name) const;
  // The lines that begin a turn; recurring names and times count twice.
  std::size_t score() const { return score_; }
  bool any_recurs() const { return sure_ > 0; }
  std::size_t recurring_names() const;

 private:
  // How the beginning of a turn is written.
  static constexpr std::size_t features = 8, marks = 4;
  using Style = std::array<bool, features>;
  static Style style_of(const TurnStart &start, const CleanLine &line);

  // A name as it is written.
  struct Name {
    std::size_t count = 0;    // of all ways to write it
    bool speech = false;      // people say or write this before a colon, or it is a sentence
    bool clear = false;       // speech that recurs as names do
    bool conforming = false;  // is written in the style of the sure lines
  };

  void widen_names(const std::vector<CleanLine> &lines);
  void count();
  void find_clear();
  bool alternates(const std::string &name) const;
  void find_sure();
  void find_style(const std::vector<CleanLine> &lines);
  void judge(const std::vector<CleanLine> &lines);
  const Name &name_at(std::size_t line) const { return *names_at_[line]; }
  bool is_sure(const Name &name) const;
  bool conforms(const TurnStart &start, const CleanLine &line) const;
  bool lacks_mark(const TurnStart &start, const CleanLine &line) const;
  Verdict judge_label(std::size_t at, const CleanLine &line) const;
  Verdict judge_other(std::size_t at, const CleanLine &line) const;
  bool is_frequent(std::size_t count) const;

  Shape shape_;
  std::vector<std::optional<TurnStart>> starts_;
  std::vector<Verdict> verdicts_;
  std::map<std::string, Name> names_;
  std::vector<Name *> names_at_;  // of the lines in `starts_`
  bool strong_ = false;           // some names recur that are surely no common words
  bool several_ = false;          // only common words recur, and they are the labels
  bool full_names_ = false;       // all recurring names have several words
  std::size_t sure_ = 0;          // lines that begin with a name that is sure
  std::array<std::optional<bool>, features> style_{};  // where the sure lines agree
  bool distinct_ = false;                              // the style is not that of any line
  std::size_t score_ = 0;
};

// The shape that explains most of the file, or of its beginning if it is very long.
Shape choose_shape(const std::vector<CleanLine> &all_lines);

}  // namespace saleschecklist::transcript

#endif
