// Which lines of a text begin a turn, and the choice of the shape that explains the file.
#include "base/unicode.hpp"
#include "transcript/readers/text_shapes.hpp"

#include <algorithm>
#include <array>

namespace saleschecklist::transcript {
namespace {

using Start = std::optional<TurnStart>;

bool needs_time(Shape shape) {
  return shape == Shape::heading || shape == Shape::pair || shape == Shape::inline_ ||
         shape == Shape::chat;
}

// Whether people say or write this before a colon, or it is part of a sentence.
bool is_speech(const std::string &name) {
  return has_sentence_words(name) || is_common_label(name) || !is_plausible_name(name);
}

// The last time at or before each line, and the next one at or after it, of turns that are certain.
struct TimeFrame {
  std::vector<std::optional<std::int64_t>> before, after;

  bool fits(std::size_t line, const std::optional<WrittenTime> &time) const {
    if (!time || !time->begin_ms) return true;
    const std::int64_t ms = *time->begin_ms;
    return ms >= before[line].value_or(ms) && ms <= after[line].value_or(ms);
  }
};

TimeFrame time_frame(const Turns &turns, const std::vector<Start> &starts) {
  std::vector<std::optional<std::int64_t>> times(starts.size());
  for (std::size_t at = 0; at < starts.size(); ++at) {
    const Start &start = starts[at];
    if (start && start->time && turns.recurs(start->name)) times[at] = start->time->begin_ms;
  }
  TimeFrame out{times, times};
  for (std::size_t at = 1; at < starts.size(); ++at) {
    if (!out.before[at]) out.before[at] = out.before[at - 1];
  }
  for (std::size_t at = starts.size(); at-- > 1;) {
    if (!out.after[at - 1]) out.after[at - 1] = out.after[at];
  }
  return out;
}

}  // namespace

Turns::Turns(Shape shape, const std::vector<CleanLine> &lines)
    : shape_(shape), verdicts_(lines.size(), Verdict::no) {
  starts_.reserve(lines.size());
  for (std::size_t at = 0; at < lines.size(); ++at) starts_.push_back(read_start(shape, lines, at));
  count();
  find_sure();
  find_style(lines);
  judge(lines);
}

void Turns::count() {
  for (const Start &start : starts_) {
    if (start) ++counts_[start->name];
  }
  std::map<std::string, std::size_t> by_key;
  for (const auto &[name, count] : counts_) by_key[base::fold_key(name)] += count;
  for (auto &[name, count] : counts_) count = by_key[base::fold_key(name)];
}

void Turns::find_sure() {
  std::size_t common = 0, common_lines = 0;
  full_names_ = true;
  for (const auto &[name, count] : counts_) {
    if (count < 2) continue;
    if (is_speech(name)) {
      ++common;
      common_lines += count;
      continue;
    }
    strong_ = true;
    if (words_of(name) < 2) full_names_ = false;
  }
  full_names_ = full_names_ && strong_;
  several_ = !strong_ && common > 1 && common_lines * 2 >= starts_.size();
  for (const Start &start : starts_) sure_ += start && is_sure(start->name);
}

bool Turns::is_sure(const std::string &name) const {
  return count_of(name) > 1 && (several_ || !is_speech(name));
}

Turns::Style Turns::style_of(const TurnStart &start, const CleanLine &line) {
  return {start.time.has_value(), line.bold,           start.enclosed,  line.heading, line.bullet,
          start.time_first,       start.words.empty(), line.after_blank};
}

void Turns::find_style(const std::vector<CleanLine> &lines) {
  std::array<std::size_t, features> yes{}, others{};
  std::size_t looked_at = 0;
  for (std::size_t at = 0; at < starts_.size(); ++at) {
    if (starts_[at]) continue;
    std::string_view text = lines[at].text;
    TurnStart other;
    other.time = take_first_time(text);
    other.words = text;
    const Style style = style_of(other, lines[at]);
    for (std::size_t i = 0; i < features; ++i) others[i] += style[i];
  }
  for (std::size_t at = 1; at < starts_.size(); ++at) {  // a blank is before the first line
    if (!starts_[at] || !is_sure(starts_[at]->name)) continue;
    const Style style = style_of(*starts_[at], lines[at]);
    for (std::size_t i = 0; i < features; ++i) yes[i] += style[i];
    ++looked_at;
  }
  for (std::size_t i = 0; looked_at > 0 && i < features; ++i) {
    if (yes[i] * 5 >= looked_at * 4) style_[i] = true;
    if (yes[i] * 5 <= looked_at) style_[i] = false;
    const bool shared = others[i] * 5 > lines.size();  // lines that begin no turn have it, too
    distinct_ = distinct_ || (i + 1 < features && style_[i].value_or(false) && !shared);
  }
  const auto blanks = std::count_if(lines.begin(), lines.end(),
                                    [](const CleanLine &line) { return line.after_blank; });
  const bool some_lines_only = static_cast<std::size_t>(blanks) < lines.size();
  distinct_ = distinct_ || (style_[features - 1].value_or(false) && some_lines_only);
  for (std::size_t at = 0; at < starts_.size(); ++at) {
    const Start &start = starts_[at];
    if (start && is_sure(start->name) && conforms(*start, lines[at]))
      conforming_.insert(start->name);
  }
}

bool Turns::conforms(const TurnStart &start, const CleanLine &line) const {
  const Style style = style_of(start, line);
  for (std::size_t i = 0; i < features; ++i) {
    if (!style_[i] || *style_[i] == style[i]) continue;
    const bool more = style[i] && (i < marks || i + 1 == features);
    if (!more) return false;  // a mark that others have not makes a turn no less likely
  }
  return true;
}

bool Turns::is_like_others(const std::string &name) const {
  return !distinct_ || conforming_.count(name) > 0;
}

std::size_t Turns::count_of(const std::string &name) const {
  const auto found = counts_.find(name);
  return found == counts_.end() ? 0 : found->second;
}

bool Turns::recurs(const std::string &name) const {
  return shape_ != Shape::timed && count_of(name) > 1;
}

// Whether a label of speech is there so often that it may as well be somebody's name.
bool Turns::is_frequent(std::size_t count) const { return count >= 3 && count * 6 >= sure_; }

Turns::Verdict Turns::judge_label(const TurnStart &start, const CleanLine &line) const {
  const std::string &name = start.name;
  const std::size_t count = count_of(name);
  if (is_sure(name)) return is_like_others(name) ? Verdict::speaker : Verdict::ambiguous;
  const bool like = sure_ > 0 && conforms(start, line);
  if (is_speech(name)) {
    if (like && distinct_) return count > 1 ? Verdict::speaker : Verdict::ambiguous;
    const bool odd =
        !has_sentence_words(name) && !is_common_label(name) && (count > 1 || is_capitalised(name));
    return like && (odd || is_frequent(count)) ? Verdict::ambiguous : Verdict::no;
  }
  if (is_role_label(name)) return Verdict::speaker;
  const bool digits = name.find_first_not_of("0123456789 .") == std::string::npos;
  if (!is_capitalised(name) || digits) return like ? Verdict::ambiguous : Verdict::no;
  if (sure_ > 0 && !like) return Verdict::ambiguous;
  const bool one_word = full_names_ && words_of(name) == 1;
  return one_word && !distinct_ ? Verdict::ambiguous : Verdict::speaker;
}

Turns::Verdict Turns::judge_other(const TurnStart &start, const CleanLine &line) const {
  const std::string &name = start.name;
  const std::size_t count = count_of(name);
  if (is_sound(name)) return Verdict::no;
  if (is_sure(name)) return Verdict::speaker;
  const bool like = conforms(start, line);
  if (count > 1) {
    if (!like || sure_ == 0) return Verdict::no;
    return is_frequent(count) ? Verdict::speaker : Verdict::ambiguous;
  }
  const bool looks = is_capitalised(name) && !is_speech(name);
  if (shape_ == Shape::bracket || shape_ == Shape::name_line) {
    return like && sure_ > 0 ? Verdict::ambiguous : Verdict::no;
  }
  if (sure_ == 0) return looks ? Verdict::speaker : Verdict::no;
  if (looks) return like ? Verdict::speaker : Verdict::ambiguous;
  return like ? Verdict::ambiguous : Verdict::no;
}

// A heading whose name is there once has to be in time, or it is speech that ends with a time.
void Turns::judge(const std::vector<CleanLine> &lines) {
  const TimeFrame frame = time_frame(*this, starts_);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const Start &start = starts_[at];
    if (!start) continue;
    if (shape_ == Shape::timed || shape_ == Shape::chat) {
      verdicts_[at] = Verdict::speaker;
    } else if (shape_ == Shape::label) {
      verdicts_[at] = judge_label(*start, lines[at]);
    } else if (shape_ != Shape::heading || recurs(start->name) || frame.fits(at, start->time)) {
      verdicts_[at] = judge_other(*start, lines[at]);
    }
    if (verdicts_[at] == Verdict::speaker) score_ += recurs(start->name) || start->time ? 2 : 1;
    if (verdicts_[at] != Verdict::no) at += start->lines - 1;
  }
}

Shape choose_shape(const std::vector<CleanLine> &all_lines) {
  constexpr std::size_t looked_at = 5000;  // several hours of talk
  if (all_lines.empty()) return Shape::sentences;
  const std::vector<CleanLine> lines(
      all_lines.begin(),
      all_lines.begin() + static_cast<std::ptrdiff_t>(std::min(all_lines.size(), looked_at)));
  // In the order of preference if two explain equally many lines.
  static constexpr std::array<Shape, 9> named = {Shape::chat, Shape::label,   Shape::heading,
                                                 Shape::pair, Shape::inline_, Shape::columns,
                                                 Shape::dash, Shape::bracket, Shape::name_line};
  Shape best = Shape::sentences;
  std::size_t most = 0;
  for (const Shape shape : named) {
    const Turns turns(shape, lines);
    std::size_t score = turns.score();
    // A few labels that are there once each may be sentences with colons.
    if (shape == Shape::label && !turns.any_recurs() && score * 2 < lines.size()) {
      if (!turns.begins_turn(0)) score = 0;
    }
    // Words in brackets are also sounds, tabs are also indentation, and dashes are in sentences.
    const bool doubtful =
        shape == Shape::bracket || shape == Shape::columns || shape == Shape::dash;
    if (doubtful && score < lines.size()) score = 0;
    // Lines of few words that recur are also answers.
    if (shape == Shape::name_line && (score < 6 || score * 2 < lines.size())) score = 0;
    if (needs_time(shape)) score += score / 8;
    if (score > most) {
      most = score;
      best = shape;
    }
  }
  const std::size_t times = Turns(Shape::timed, lines).score();
  if (best != Shape::sentences && most * 4 >= times) return best;
  if (times > 0) return Shape::timed;
  return Turns(Shape::name_line, lines).score() >= 6 ? Shape::name_line : Shape::sentences;
}

}  // namespace saleschecklist::transcript
