// Plain text: one reading of all lines by the shape that explains the file, see text_shapes.hpp.
#include "base/ascii.hpp"
#include "transcript/readers/text_parts.hpp"

#include "base/unicode.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace saleschecklist::transcript {
namespace {

class TextParser {
 public:
  TextParser(Shape shape, const std::vector<CleanLine> &lines, const LateTimes &late)
      : shape_(shape), lines_(lines), turns_(shape, lines), late_(late), end_(lines.size()) {
    if (shape != Shape::timed && shape != Shape::sentences) end_ = end_of_talk(turns_, lines);
  }

  RawTranscript parse() {
    name_speakers();
    if (!late_.by_turn.empty()) {
      out_.warnings.push_back(fmt::format(
          "line {}: the times at the ends of the turns are no words; they were taken for "
          "the times at which the turns {}",
          lines_[late_.by_turn.begin()->first].number, late_.are_ends ? "end" : "begin"));
    }
    for (std::size_t at = 0; at < end_;) at += read_line(at);
    read_below();
    out_.format = first_ ? format_name(shape_, *first_, bold_, words_below_)
                         : format_name(Shape::sentences, {}, false, false);
    notes_.clock = clocks_ * 2 > times_ && times_ > 0;
    notes_.bare = bare_ * 2 > times_;
    notes_.minutes = minutes_ * 2 > clocks_;
    repair_times(out_, notes_);
    return std::move(out_);
  }

 private:
  // Returns the number of lines read.
  std::size_t read_line(std::size_t at) {
    const CleanLine &line = lines_[at];
    auto start = turns_.start(at);
    const auto verdict = turns_.verdict(at);
    const auto late = late_.by_turn.find(at);
    if (shape_ == Shape::sentences && late != late_.by_turn.end()) {
      begin_turn(line, {}, with_late_time(line, std::nullopt, late->second), line.text);
      return 1;
    }
    if (verdict == Turns::Verdict::no) {
      continue_turn(line);
      return 1;
    }
    if (verdict == Turns::Verdict::ambiguous) {
      out_.warnings.push_back(
          fmt::format("line {}: it is not certain that '{}' is a speaker; these words are nobody's",
                      line.number, start->name));
      begin_turn(line, {}, std::nullopt, line.text);
      return 1;
    }
    if (!first_) {
      first_ = *start;
      words_below_ = start->words.empty();
    }
    bold_ = bold_ || line.bold || line.heading;
    note_time(line, start->time);
    if (late != late_.by_turn.end()) {
      start->time = with_late_time(line, start->time, late->second);
    }
    // Whoever is named in an earlier turn, no speaker is known in this shape.
    if (shape_ == Shape::timed) start->name.clear();
    begin_turn(line, speaker_name(*start), start->time, start->words);
    return start->lines;
  }

  // The time of a turn that ends with a time.
  std::optional<WrittenTime> with_late_time(const CleanLine &line,
                                            const std::optional<WrittenTime> &time,
                                            std::string_view written) {
    const auto late = take_time(written);
    if (!late) return time;
    WrittenTime out = time.value_or(*late);
    if (!time) note_time(line, late);
    if (time || late_.are_ends) out.end_ms = late->begin_ms;
    if (!time && late_.are_ends) out.begin_ms.reset();
    return out;
  }

  // What stands below the conversation and has no speaker, such as the end of a mail.
  void read_below() {
    if (end_ == lines_.size()) return;
    out_.warnings.push_back(
        fmt::format("line {}: it is not certain that the words below the last turn are its "
                    "speaker's; they are nobody's",
                    lines_[end_].number));
    begin_turn(lines_[end_], {}, std::nullopt, {});
    for (std::size_t at = end_; at < lines_.size(); ++at) add(lines_[at], lines_[at].text);
  }

  static std::string without_company(const std::string &name) {
    const std::size_t open = name.rfind(" (");
    return open == std::string::npos || name.back() != ')' ? name : name.substr(0, open);
  }

  // Fathom adds the company: "0:03 - Dana Reyes (Northwind)". It stays where two people differ only
  // by it.
  void name_speakers() {
    std::map<std::string, std::set<std::string>> names;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      const auto &start = turns_.start(at);
      if (shape_ != Shape::heading || !start || !turns_.begins_turn(at)) continue;
      if (!start->time_first || start->separator != '-') continue;
      names[without_company(start->name)].insert(start->name);
    }
    for (const auto &[shorter, longer] : names) {
      if (longer.size() == 1) short_names_.emplace(*longer.begin(), shorter);
    }
  }

  std::string speaker_name(const TurnStart &start) const {
    const auto found = short_names_.find(start.name);
    return found == short_names_.end() ? start.name : found->second;
  }

  void note_time(const CleanLine &line, const std::optional<WrittenTime> &time) {
    if (!time) return;
    if (!time->begin_ms) {
      out_.warnings.push_back(
          fmt::format("line {}: '{}' is not a time; the words are kept without a time", line.number,
                      base::collapse_spaces(time->source)));
      return;
    }
    if (time->end_ms && *time->end_ms < *time->begin_ms) {
      out_.warnings.push_back(fmt::format(
          "line {}: the utterance ends before it begins; its end is left out", line.number));
    }
    ++times_;
    clocks_ += time->clock;
    minutes_ += time->minutes;
    bare_ += time->bare;
    if (std::count(time->source.begin(), time->source.end(), ':') != 1) notes_.one_colon = false;
  }

  void begin_turn(const CleanLine &line, const std::string &speaker,
                  const std::optional<WrittenTime> &time, std::string_view words) {
    speaker_ = speaker;
    pending_ = time;
    in_turn_ = true;
    fresh_ = true;
    if (!words.empty()) add(line, words);
  }

  // Words of a line that begins no turn.
  void continue_turn(const CleanLine &line) {
    std::string_view text = line.text;
    std::string_view rest = text;
    const auto time = shape_ == Shape::sentences ? std::nullopt : take_time(rest);
    rest = base::trim(rest);
    if (time && time->begin_ms && (time->bracket != 0 || rest.empty())) {
      note_time(line, time);
      pending_ = time;
      fresh_ = true;
      text = rest;
    }
    if (!text.empty()) add(line, text);
  }

  void add(const CleanLine &line, std::string_view text) {
    const std::string words = base::collapse_spaces(text);
    if (words.empty()) return;  // control characters alone
    const std::string where = fmt::format("line {}", line.number);
    if (!in_turn_ || (speaker_.empty() && !timed_turn())) {
      add_unnamed(line, words, where);
      return;
    }
    if (!fresh_ && !out_.cues.empty()) {
      out_.cues.back().text += ' ' + words;
      return;
    }
    RawCue cue{speaker_, words, std::nullopt, std::nullopt, where};
    if (pending_) {
      cue.begin_ms = pending_->begin_ms;
      const bool ordered = pending_->end_ms && *pending_->end_ms >= cue.begin_ms.value_or(0);
      if (ordered) cue.end_ms = pending_->end_ms;
    }
    out_.cues.push_back(std::move(cue));
    pending_.reset();
    fresh_ = false;
  }

  bool timed_turn() const {
    return (pending_ && (pending_->begin_ms || pending_->end_ms)) || shape_ == Shape::timed;
  }

  void add_unnamed(const CleanLine &line, const std::string &words, const std::string &where) {
    if (!line.after_blank && !fresh_ && !out_.cues.empty() && out_.cues.back().speaker.empty()) {
      out_.cues.back().text += ' ' + words;
      return;
    }
    append_sentences(out_, words, where);
    fresh_ = false;
  }

  Shape shape_;
  const std::vector<CleanLine> &lines_;
  Turns turns_;
  const LateTimes &late_;
  std::size_t end_;  // of the conversation
  std::map<std::string, std::string> short_names_;
  RawTranscript out_;
  std::optional<TurnStart> first_;
  bool bold_ = false, words_below_ = false;
  TimeNotes notes_;
  std::size_t times_ = 0, clocks_ = 0, minutes_ = 0, bare_ = 0;
  std::string speaker_;
  std::optional<WrittenTime> pending_;  // the time of the next words
  bool in_turn_ = false;
  bool fresh_ = false;  // the next words begin a cue
};

}  // namespace

void append_sentences(RawTranscript &out, std::string_view text, const std::string &where) {
  const text::WordedText worded = text::split_words(text);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < worded.sentences.size(); ++i) {
    const bool last = i + 1 == worded.sentences.size();
    const std::size_t end = last ? text.size() : worded.sentences[i].source_end;
    out.cues.push_back({{},
                        base::collapse_spaces(text.substr(begin, end - begin)),
                        std::nullopt,
                        std::nullopt,
                        where});
    begin = end;
  }
}

std::string format_name(Shape shape, const TurnStart &first, bool any_bold, bool words_below) {
  const bool range = first.time && first.time->range;
  switch (shape) {
    case Shape::label:
      if (range) return first.time->arrow ? "pyannote_text" : "nemo_text";
      if (first.enclosed) return "whisperx_text";
      if (words_below && first.time && !first.time_first) return "rev_text";
      if (any_bold && first.time && first.time->bracket == '[' && !first.time_first) {
        return first.colon ? "descript_markdown" : "fireflies_markdown";
      }
      return any_bold ? "markdown" : "text";
    case Shape::heading:
      if (first.time->spelt) return "teams_text";
      if (first.time_first && first.separator == '-') return "fathom_text";
      if (first.time_first && first.separator == '|') return "gong_text";
      if (any_bold) return "markdown";
      if (first.time_first) return "happyscribe_text";
      if (first.enclosed) return "zoom_captions";
      if (first.colon && first.time->bracket == '(') return "rev_text";
      return first.separator == '|' ? "chorus_text" : "otter";
    case Shape::pair:
      return "teams_text";
    case Shape::inline_:
      return any_bold ? "descript_markdown" : "descript_text";
    case Shape::chat:
      return "zoom_chat";
    case Shape::timed:
      return range ? "whisper_text" : "text";
    default:
      return any_bold ? "markdown" : "text";
  }
}

namespace {

// Gong names speakers by their first names; the list of participants tells who that is, unless two
// have the same first name.
void complete_names(RawTranscript &raw, const std::vector<std::string> &people) {
  std::map<std::string, std::string> full;
  for (const std::string &person : people) {
    const std::string first = person.substr(0, person.find(' '));
    const auto [found, added] = full.emplace(first, person);
    if (!added && found->second != person) found->second.clear();
  }
  for (RawCue &cue : raw.cues) {
    const auto found = full.find(cue.speaker);
    if (found != full.end() && !found->second.empty()) cue.speaker = found->second;
  }
}

}  // namespace

Result<RawTranscript> read_plain_text(const std::vector<Line> &lines) {
  std::vector<CleanLine> clean = clean_lines(lines);
  std::vector<std::string> warnings;
  const bool teams = remove_notices(clean, warnings);
  if (auto table = read_markdown_table(clean)) {
    table->warnings.insert(table->warnings.begin(), warnings.begin(), warnings.end());
    return *std::move(table);
  }
  const Shape shape = choose_shape(clean);
  const std::vector<std::string> people = listed_people(clean);
  remove_surroundings(shape, clean, warnings);
  const LateTimes late = take_late_times(shape, clean);
  RawTranscript out = TextParser(shape, clean, late).parse();
  complete_names(out, people);
  if (teams && shape == Shape::heading) out.format = "teams_text";
  out.warnings.insert(out.warnings.begin(), warnings.begin(), warnings.end());
  return out;
}

bool is_chat(const std::vector<Line> &lines) {
  constexpr std::size_t looked_at = 200;  // lines
  const std::vector<CleanLine> clean =
      clean_lines({lines.begin(),
                   lines.begin() + static_cast<std::ptrdiff_t>(std::min(lines.size(), looked_at))});
  std::size_t sent = 0;
  for (std::size_t at = 0; at < clean.size(); ++at) {
    const auto start = read_start(Shape::chat, clean, at);
    sent += start && start->time_first;
  }
  return sent > 0 && sent * 2 >= clean.size();
}

bool is_text_with_arrows(const std::vector<Line> &lines) {
  const auto has_arrow = [](const Line &line) {
    return line.text.find("-->") != std::string_view::npos;
  };
  const auto is_cue_time = [](const Line &line) {
    const std::string_view text = base::trim(line.text);
    return text.find_first_not_of("0123456789:., ") == text.find("-->");
  };
  constexpr std::size_t looked_at = 1000;  // lines, from the first cue on
  std::size_t cues = 0;
  std::vector<Line> sample;
  for (const Line &line : lines) {
    if (base::trim(line.text).substr(0, 6) == "WEBVTT") return false;
    if (sample.size() == looked_at) break;
    cues += has_arrow(line) && is_cue_time(line);
    if (cues > 0) sample.push_back(line);
  }
  if (cues == 0) return true;
  const std::vector<CleanLine> clean = clean_lines(sample);
  std::size_t pairs = 0;
  const Turns turns(Shape::pair, clean);
  for (std::size_t at = 0; at < clean.size(); ++at) {
    const auto &start = turns.start(at);
    const bool named = start && start->time_first && turns.recurs(start->name);
    pairs += named && turns.verdict(at) == Turns::Verdict::speaker;
  }
  return pairs * 10 >= cues * 8;
}

}  // namespace saleschecklist::transcript
