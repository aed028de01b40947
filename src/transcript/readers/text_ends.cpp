// What stands at the ends: times at the ends of turns, and paragraphs below the conversation.
#include "base/ascii.hpp"
#include "transcript/readers/text_parts.hpp"

#include <algorithm>
#include <cmath>

namespace saleschecklist::transcript {
namespace {

bool begins_with_time(const CleanLine &line) {
  std::string_view text = line.text;
  return take_time(text).has_value();
}

// A turn that ends with a time.
struct LateTime {
  std::size_t turn, last;  // its first and its last line
  std::size_t words;       // before the time, of the whole turn
  std::size_t size;        // of the last line without the time
  std::int64_t ms;
  bool bracket, range;
};

// The time at the end of a line that has words before it.
std::optional<LateTime> late_time(const CleanLine &line) {
  constexpr std::string_view ends = "0123456789])";
  if (ends.find(line.text.back()) == std::string_view::npos) return std::nullopt;
  std::string_view rest = line.text;
  const auto time = take_last_time(rest);
  take_last_separators(rest);
  if (!time || !time->begin_ms || time->bare || words_of(rest) == 0) return std::nullopt;
  const bool colon = time->source.find(':') != std::string_view::npos;
  if (!colon) return std::nullopt;
  return LateTime{0,          0, words_of(rest), rest.size(), *time->begin_ms, time->bracket != 0,
                  time->range};
}

// Each stretch of lines that one speaker says, or each line if the file names nobody.
std::vector<std::pair<std::size_t, std::size_t>> stretches(Shape shape,
                                                           const std::vector<CleanLine> &lines) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  const Turns turns(shape, lines);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const bool begins = shape == Shape::sentences || turns.begins_turn(at);
    if (begins) out.emplace_back(at, at);
    if (!begins && !out.empty()) out.back().second = at;
    if (shape != Shape::sentences && begins && turns.start(at)->lines > 1) out.back().second = ++at;
  }
  return out;
}

// Whether times are those at which the turns end: the pauses between them then fit the words before
// each better than the words after it.
bool are_ends(const std::vector<LateTime> &times) {
  if (times.front().ms == 0 || times.front().range) return false;
  double words = 0, span = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    words += static_cast<double>(times[i].words + times[i - 1].words) / 2;
    span += static_cast<double>(times[i].ms - times[i - 1].ms);
  }
  double as_begin = 0, as_end = 0;
  for (std::size_t i = 1; i < times.size() && span > 0; ++i) {
    const double ms = static_cast<double>(times[i].ms - times[i - 1].ms) * words / span;
    as_begin += std::fabs(ms - static_cast<double>(times[i - 1].words));
    as_end += std::fabs(ms - static_cast<double>(times[i].words));
  }
  return as_end * 3 < as_begin * 2;
}

// Whether the times are a habit of the file and in order.
bool recur(const std::vector<LateTime> &times, std::size_t all) {
  constexpr std::size_t fewest = 3;
  if (times.size() < fewest) return false;
  std::size_t in_order = 1, brackets = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    in_order += i > 0 && times[i].ms >= times[i - 1].ms;
    brackets += times[i].bracket;
  }
  const bool bracketed = brackets == times.size();
  return in_order * 10 >= times.size() * 9 && times.size() * 10 >= all * (bracketed ? 5 : 9);
}

}  // namespace

LateTimes take_late_times(Shape shape, std::vector<CleanLine> &lines) {
  LateTimes out;
  if (shape == Shape::heading || shape == Shape::pair || shape == Shape::chat) return out;
  if (std::none_of(lines.begin(), lines.end(), late_time)) return out;
  std::vector<LateTime> times;
  const auto turns = stretches(shape, lines);
  for (const auto &[first, last] : turns) {
    auto time = late_time(lines[last]);
    if (!time) continue;
    time->turn = first;
    time->last = last;
    for (std::size_t at = first; at < last; ++at) time->words += words_of(lines[at].text);
    times.push_back(*time);
  }
  if (!recur(times, turns.size())) return out;
  out.are_ends = are_ends(times);
  for (const LateTime &time : times) {
    std::string &text = lines[time.last].text;
    std::string_view late = std::string_view(text).substr(time.size);
    take_separators(late);
    out.by_turn[time.turn] = late;
    text.resize(time.size);
  }
  return out;
}

std::size_t end_of_talk(const Turns &turns, const std::vector<CleanLine> &lines) {
  constexpr std::size_t fewest_turns = 2;
  std::size_t last = lines.size(), begun = 0, count = 0, others = 0;
  std::size_t end = lines.size();  // the first paragraph of the last turn that nothing labels
  bool label_only = false;         // the words are in the next line, after a blank or not
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (turns.verdict(at) == Turns::Verdict::speaker) {
      others += end < lines.size();
      begun += lines[at].after_blank;
      ++count;
      end = lines.size();
      last = at;
      label_only = turns.start(at)->words.empty();
      at += turns.start(at)->lines - 1;
      continue;
    }
    const bool labelled = turns.begins_turn(at) || begins_with_time(lines[at]);
    const bool paragraph = lines[at].after_blank && !label_only && !labelled;
    if (last < lines.size() && paragraph && end == lines.size()) end = at;
    label_only = false;
  }
  const bool habit = others * 10 > begun;
  return count < fewest_turns || habit ? lines.size() : end;
}

}  // namespace saleschecklist::transcript
