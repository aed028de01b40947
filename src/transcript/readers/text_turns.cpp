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
    : shape_(shape), verdicts_(lines.size(), Verdict::no), names_at_(lines.size(), nullptr) {
  starts_.reserve(lines.size());
  for (std::size_t at = 0; at < lines.size(); ++at) starts_.push_back(read_start(shape, lines, at));
  if (shape == Shape::label || shape == Shape::columns || shape == Shape::dash) {
    widen_names(lines);
  }
  count();
  find_clear();
  find_sure();
  find_style(lines);
  judge(lines);
}

// A name that is nearly always followed by another one is the beginning of a longer name, if the
// names of both recur: "HQ: Boardroom: words", "Dana | Sales | words".
void Turns::widen_names(const std::vector<CleanLine> &lines) {
  constexpr std::size_t most_inner = 3;
  struct Use {
    std::size_t all = 0;
    std::map<std::string, std::size_t> longer{};
  };
  std::vector<bool> open(lines.size(), true);  // whether the name may still be longer
  for (std::size_t inner = 1; inner <= most_inner; ++inner) {
    std::vector<Start> longer(lines.size());
    std::map<std::string, Use> uses;
    for (std::size_t at = 0; at < lines.size(); ++at) {
      if (!starts_[at] || !open[at]) continue;
      longer[at] = read_longer_name(shape_, lines[at], *starts_[at], inner);
      open[at] = longer[at].has_value();
      Use &use = uses[starts_[at]->name];
      ++use.all;
      if (longer[at]) ++use.longer[longer[at]->name];
    }
    const auto recurs = [](const Use &use) {
      std::size_t count = 0;
      for (const auto &[name, times] : use.longer) {
        if (times > 1 && !is_speech(name)) count += times;
      }
      return count > 1 && count * 10 >= use.all * 9;
    };
    for (std::size_t at = 0; at < lines.size(); ++at) {
      if (!longer[at]) continue;
      open[at] = recurs(uses[starts_[at]->name]);
      if (open[at]) starts_[at] = std::move(longer[at]);
    }
  }
}

void Turns::count() {
  for (std::size_t at = 0; at < starts_.size(); ++at) {
    if (!starts_[at]) continue;
    names_at_[at] = &names_[starts_[at]->name];
    ++names_at_[at]->count;
  }
  std::map<std::string, std::size_t> by_key;
  for (const auto &[name, seen] : names_) by_key[base::fold_key(name)] += seen.count;
  for (auto &[name, seen] : names_) {
    seen.count = by_key[base::fold_key(name)];
    seen.speech = is_speech(name);
  }
  // A line of its own is a name with a colon only if it recurs; otherwise it is words.
  if (shape_ != Shape::name_line && shape_ != Shape::pair) return;
  for (std::size_t at = 0; at < starts_.size(); ++at) {
    if (starts_[at] && name_at(at).count < 2 && starts_[at]->name.find(": ") != std::string::npos) {
      starts_[at].reset();
    }
  }
}

// What looks like speech is a name where it recurs as often as those of the others, and only its
// punctuation is odd, or its lines stand between turns of one person.
void Turns::find_clear() {
  constexpr std::size_t fewest = 3;
  for (const bool by_place : {false, true}) {
    std::size_t lines = 0, names = 0;  // of names so far
    for (const auto &[name, seen] : names_) {
      if (seen.count < 2 || (seen.speech && !seen.clear)) continue;
      lines += seen.count;
      ++names;
    }
    for (auto &[name, seen] : names_) {
      if (!seen.speech || seen.count < fewest || seen.count * 2 * names < lines) continue;
      if (is_sound(name) || seen.clear) continue;
      const bool odd = !has_sentence_words(name) && !is_common_label(name);
      seen.clear = by_place ? names > 0 && alternates(name) : odd && is_capitalised(name);
    }
  }
}

// Whether nearly all runs of lines with this name stand between two lines with one other name, and
// the other names hardly ever follow themselves.
bool Turns::alternates(const std::string &name) const {
  std::size_t between = 0, runs = 0, repeats = 0, pairs = 0;
  const Name *before = nullptr, *self = &names_.at(name);
  bool inside = false;
  for (std::size_t at = 0; at < starts_.size(); ++at) {
    if (!starts_[at]) continue;
    const Name *now = names_at_[at];
    if (now != self && now->count < 2) continue;
    if (now == self) {
      inside = true;
      continue;
    }
    if (before != nullptr) {
      inside ? ++runs : ++pairs;
      (inside ? between : repeats) += now == before;
    }
    before = now;
    inside = false;
  }
  return runs > 1 && between * 4 >= runs * 3 && repeats * 4 <= pairs;
}

void Turns::find_sure() {
  std::size_t common = 0, common_lines = 0;
  full_names_ = true;
  for (const auto &[name, seen] : names_) {
    if (seen.count < 2) continue;
    if (seen.speech && !seen.clear) {
      ++common;
      common_lines += seen.count;
      continue;
    }
    strong_ = true;
    if (words_of(name) < 2) full_names_ = false;
  }
  full_names_ = full_names_ && strong_;
  several_ = !strong_ && common > 1 && common_lines * 2 >= starts_.size();
  for (std::size_t at = 0; at < starts_.size(); ++at) sure_ += starts_[at] && is_sure(name_at(at));
}

bool Turns::is_sure(const Name &name) const {
  return name.count > 1 && (several_ || !name.speech || name.clear);
}

Turns::Style Turns::style_of(const TurnStart &start, const CleanLine &line) {
  return {start.time.has_value(), line.bold,           start.enclosed,  line.heading, line.bullet,
          start.time_first,       start.words.empty(), line.after_blank};
}

void Turns::find_style(const std::vector<CleanLine> &lines) {
  const bool only_clear = std::none_of(names_.begin(), names_.end(), [](const auto &name) {
    return name.second.count > 1 && !name.second.speech;
  });
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
    if (!starts_[at] || !is_sure(name_at(at))) continue;
    if (name_at(at).clear && !only_clear) continue;  // some may be words
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
    if (start && is_sure(name_at(at)) && conforms(*start, lines[at])) {
      names_at_[at]->conforming = true;
    }
  }
}

bool Turns::conforms(const TurnStart &start, const CleanLine &line) const {
  const Style style = style_of(start, line);
  for (std::size_t i = 0; i < features; ++i) {
    if (!style_[i] || *style_[i] == style[i]) continue;
    const bool more = style[i] && (i < marks || i == features - 1);
    if (!more) return false;  // a mark that others have not makes a turn no less likely
  }
  return true;
}

// Whether a name on a line of its own is written without the mark that the others have, as below
// the end of a mail.
bool Turns::lacks_mark(const TurnStart &start, const CleanLine &line) const {
  if (shape_ != Shape::name_line) return false;
  const Style style = style_of(start, line);
  for (std::size_t i = 1; i <= marks; ++i) {
    if (style_[i].value_or(false) && !style[i]) return true;
  }
  return false;
}

bool Turns::recurs(const std::string &name) const {
  const auto found = names_.find(name);
  return shape_ != Shape::timed && found != names_.end() && found->second.count > 1;
}

std::size_t Turns::recurring_names() const {
  return static_cast<std::size_t>(std::count_if(
      names_.begin(), names_.end(), [](const auto &name) { return name.second.count > 1; }));
}

// Whether a label of speech is there so often that it may as well be somebody's name.
bool Turns::is_frequent(std::size_t count) const { return count >= 3 && count * 6 >= sure_; }

Turns::Verdict Turns::judge_label(std::size_t at, const CleanLine &line) const {
  const TurnStart &start = *starts_[at];
  const std::string &name = start.name;
  const std::size_t count = name_at(at).count;
  if (name_at(at).clear && !conforms(start, line)) return Verdict::ambiguous;
  if (is_sure(name_at(at))) {
    return !distinct_ || name_at(at).conforming ? Verdict::speaker : Verdict::ambiguous;
  }
  const bool like = sure_ > 0 && conforms(start, line);
  if (name_at(at).speech) {
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

Turns::Verdict Turns::judge_other(std::size_t at, const CleanLine &line) const {
  const TurnStart &start = *starts_[at];
  const std::string &name = start.name;
  const std::size_t count = name_at(at).count;
  if (is_sound(name)) return Verdict::no;
  if (is_sure(name_at(at))) return lacks_mark(start, line) ? Verdict::ambiguous : Verdict::speaker;
  const bool like = conforms(start, line);
  if (count > 1) {
    if (!like || sure_ == 0) return Verdict::no;
    return is_frequent(count) ? Verdict::speaker : Verdict::ambiguous;
  }
  const bool looks = is_capitalised(name) && !name_at(at).speech;
  if (shape_ == Shape::bracket || shape_ == Shape::name_line) {
    return like && sure_ > 0 ? Verdict::ambiguous : Verdict::no;
  }
  if (sure_ == 0) return looks ? Verdict::speaker : Verdict::no;
  if (looks) return like ? Verdict::speaker : Verdict::ambiguous;
  return like ? Verdict::ambiguous : Verdict::no;
}

// A heading whose name is there once has to be in time, or it is speech that ends with a time.
void Turns::judge(const std::vector<CleanLine> &lines) {
  const TimeFrame frame = shape_ == Shape::heading ? time_frame(*this, starts_) : TimeFrame{{}, {}};
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const Start &start = starts_[at];
    if (!start) continue;
    if (shape_ == Shape::timed || (shape_ == Shape::chat && start->time)) {
      verdicts_[at] = Verdict::speaker;
    } else if (shape_ == Shape::label) {
      verdicts_[at] = judge_label(at, lines[at]);
    } else if (shape_ != Shape::heading || name_at(at).count > 1 || frame.fits(at, start->time)) {
      verdicts_[at] = judge_other(at, lines[at]);
    }
    if (verdicts_[at] == Verdict::speaker) {
      score_ += (shape_ != Shape::timed && name_at(at).count > 1) || start->time ? 2 : 1;
    }
    if (verdicts_[at] != Verdict::no) at += start->lines - 1;
  }
}

namespace {

// Whether most lines that begin a turn repeat what they say, with the words on the lines below:
// what follows the names are titles, as in "Dana | Customer Success" above the words.
bool has_titles(const Turns &turns, const std::vector<CleanLine> &lines) {
  constexpr std::size_t fewest = 3;
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> said;
  const auto is_above_words = [&](std::size_t at) {
    return at + 1 < lines.size() && !turns.begins_turn(at + 1);
  };
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (turns.begins_turn(at)) ++said[{turns.start(at)->name, turns.start(at)->words}];
  }
  std::size_t titled = 0, begun = 0;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (!turns.begins_turn(at)) continue;
    ++begun;
    const TurnStart &start = *turns.start(at);
    titled += !start.words.empty() && said[{start.name, start.words}] > 1 && is_above_words(at);
  }
  return titled >= fewest && titled * 2 >= begun;
}

}  // namespace

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
  std::size_t most = 0, names = 0;
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
    // What all lines begin with may be the beginning of several names.
    const bool tells_more = score == most && names == 1 && turns.recurring_names() > 1;
    if (score > 0 && (score > most || tells_more) && !has_titles(turns, lines)) {
      most = score;
      names = turns.recurring_names();
      best = shape;
    }
  }
  const std::size_t times = Turns(Shape::timed, lines).score();
  if (best != Shape::sentences && most * 4 >= times) return best;
  if (times > 0) return Shape::timed;
  return Turns(Shape::name_line, lines).score() >= 6 ? Shape::name_line : Shape::sentences;
}

}  // namespace saleschecklist::transcript
