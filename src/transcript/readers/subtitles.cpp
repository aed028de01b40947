// WebVTT (https://www.w3.org/TR/webvtt1/), SubRip and SubViewer, including the deviations of common
// meeting tools.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"

namespace saleschecklist::transcript {
namespace {

constexpr std::string_view arrow = "-->";

bool is_blank(const Line &line) { return base::trim(line.text).empty(); }

bool is_header(std::string_view line) {
  constexpr std::string_view word = "webvtt";
  const std::string_view first = base::trim(line).substr(0, word.size());
  return base::equal_ignoring_case(first, word);
}

bool is_block_header(std::string_view line) {
  for (const std::string_view word : {"NOTE", "STYLE", "REGION"}) {
    if (line.substr(0, word.size()) == word &&
        (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t')) {
      return line.find(arrow) == std::string_view::npos;
    }
  }
  return false;
}

// The two times of a line such as "00:00:01.000 --> 00:00:04.000 align:start", in text.
struct TimeTexts {
  std::string_view begin, end;
};
std::optional<TimeTexts> split_times(std::string_view line) {
  line = base::trim(line);
  for (const std::string_view mark : {arrow, std::string_view("->")}) {
    const std::size_t at = line.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = base::trim(line.substr(at + mark.size()));
    return TimeTexts{base::trim(line.substr(0, at)), rest.substr(0, rest.find_first_of(" \t"))};
  }
  const std::size_t comma = line.find(',');  // SubViewer: "0:00:01.000,0:00:04.000"
  if (comma == std::string_view::npos) return std::nullopt;
  const TimeTexts times{line.substr(0, comma), line.substr(comma + 1)};
  for (const std::string_view time : {times.begin, times.end}) {
    if (time.find(':') == std::string_view::npos || time.find('.') == std::string_view::npos) {
      return std::nullopt;
    }
  }
  return times;
}

// Whether the line is the time of a cue, and nothing else.
bool is_time_line(std::string_view line) {
  const auto times = split_times(line);
  return times && parse_cue_time(times->begin) && parse_cue_time(times->end);
}

bool like_time(std::string_view text) {
  constexpr std::size_t longest = 20;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() < longest && text.find(':') != std::string_view::npos &&
         std::any_of(text.begin(), text.end(), digit);
}

// Whether the line was meant as the time of a cue.
bool is_broken_time_line(std::string_view line) {
  const auto times = split_times(line);
  if (!times || line.find(arrow) == std::string_view::npos) return false;
  return like_time(times->begin) || like_time(times->end);
}

Error time_fault(const Line &line) {
  return errors::invalid_input(
      fmt::format("expected a cue time such as 00:00:01.000 --> 00:00:04.000, got '{}'",
                  base::collapse_spaces(line.text.substr(0, 60))),
      line_name(line.number));
}

class CueParser {
 public:
  explicit CueParser(const std::vector<Line> &lines) : lines_(lines) {}

  CueFile parse() {
    skip_blank();
    vtt_ = at_ < lines_.size() && is_header(lines_[at_].text);
    if (vtt_) skip_block();
    file_.format = vtt_ ? "webvtt" : format_of_times();
    for (skip_blank(); at_ < lines_.size(); skip_blank()) {
      if (is_block_header(lines_[at_].text) && (vtt_ || file_.format == "webvtt")) {
        ++at_;
        skip_block();
      } else {
        read_block();
      }
    }
    end_stray();
    return std::move(file_);
  }

 private:
  std::string format_of_times() const {
    for (const Line &line : lines_) {
      if (!is_time_line(line.text)) continue;
      const auto times = split_times(line.text);
      if (line.text.find("->") == std::string_view::npos) return "sbv";
      return times->begin.find('.') == std::string_view::npos ? "srt" : "webvtt";
    }
    return "srt";
  }

  void skip_blank() {
    while (at_ < lines_.size() && is_blank(lines_[at_])) ++at_;
  }

  void skip_block() {
    while (at_ < lines_.size() && !is_blank(lines_[at_]) && !is_time_line(lines_[at_].text)) ++at_;
  }

  bool is_time_at(std::size_t at) const {
    return at < lines_.size() &&
           (is_time_line(lines_[at].text) || is_broken_time_line(lines_[at].text));
  }

  // A cue, or lines that belong to none.
  void read_block() {
    constexpr std::size_t most_identifiers = 2;  // a number and a name
    std::size_t time = at_;
    while (time < lines_.size() && !is_blank(lines_[time]) && !is_time_at(time)) ++time;
    if (!is_time_at(time)) {
      add_stray(at_);
      at_ = time;
      return;
    }
    std::string identifier;
    for (; at_ < time; ++at_) {
      if (time - at_ > most_identifiers) {
        add_stray(at_);
        continue;
      }
      const std::string_view text = base::trim(lines_[at_].text);
      const bool number = text.find_first_not_of("0123456789") == std::string_view::npos;
      if (!number || identifier.empty()) identifier = base::collapse_spaces(text);
    }
    end_stray();
    read_cue(std::move(identifier));
  }

  void read_cue(std::string identifier) {
    const Line &line = lines_[at_++];
    Cue cue{line.number, {}, {}, std::move(identifier), {}};
    std::string payload;
    if (at_ < lines_.size() && is_blank(lines_[at_])) find_late_payload();
    while (at_ < lines_.size() && !is_blank(lines_[at_]) && !starts_cue(at_)) {
      if (!payload.empty()) payload += '\n';
      payload += lines_[at_++].text;
    }
    if (file_.format == "sbv") replace_breaks(payload);
    cue.pieces = split_payload(payload);
    set_times(cue, line);
    file_.cues.push_back(std::move(cue));
  }

  static void replace_breaks(std::string &payload) {
    constexpr std::string_view mark = "[br]";
    for (std::size_t at = payload.find(mark); at != std::string::npos;
         at = payload.find(mark, at)) {
      payload.replace(at, mark.size(), "\n");
    }
  }

  // Moves to the words of a cue that has a blank line before them, if it has any.
  void find_late_payload() {
    std::size_t next = at_;
    while (next < lines_.size() && is_blank(lines_[next])) ++next;
    if (next == lines_.size() || is_block_header(lines_[next].text)) return;
    const bool identifier = next + 1 < lines_.size() && is_time_at(next + 1);
    if (!is_time_at(next) && !identifier) at_ = next;
  }

  void set_times(Cue &cue, const Line &line) {
    const auto texts = split_times(line.text);
    const auto begin = parse_cue_time(texts->begin), end = parse_cue_time(texts->end);
    if (begin) cue.begin_ms = begin->ms;
    if (end) cue.end_ms = end->ms;
    if (!begin || !end) {
      file_.repair(time_fault(line), "the words were kept without this time");
    } else if (!begin->in_range || !end->in_range) {
      file_.repair(time_fault(line), "minutes and seconds over 59 were carried");
    } else if (end->ms < begin->ms) {
      file_.repair(errors::invalid_input("the cue ends before it begins", line_name(line.number)),
                   "its end was left out");
    }
    if (cue.begin_ms && cue.end_ms && *cue.end_ms < *cue.begin_ms) cue.end_ms.reset();
  }

  // Some exports have no empty line between cues.
  bool starts_cue(std::size_t at) const {
    if (is_time_line(lines_[at].text)) return true;
    const std::string_view text = base::trim(lines_[at].text);
    const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
    return digits && is_time_at(at + 1);
  }

  void add_stray(std::size_t at) {
    if (!stray_) stray_ = at;
  }

  // Says that lines outside of cues were left out. What stands before the first cue is no fault.
  void end_stray() {
    if (!stray_) return;
    const Line &line = lines_[*stray_];
    stray_.reset();
    const bool last = at_ >= lines_.size();
    const std::string start = base::collapse_spaces(line.text.substr(0, 40));
    if (file_.cues.empty() && !last) {
      file_.warnings.push_back(
          fmt::format("line {}: '{}' and what else stands before the first cue was left out",
                      line.number, start));
      return;
    }
    file_.drop(errors::invalid_input(fmt::format("expected a cue time such as 00:00:01.000 --> "
                                                 "00:00:04.000 after '{}'",
                                                 start),
                                     line_name(line.number)),
               "the text belongs to no cue and was left out");
  }

  const std::vector<Line> &lines_;
  std::size_t at_ = 0;
  bool vtt_ = false;
  std::optional<std::size_t> stray_;  // the first of the lines that belong to no cue
  CueFile file_;
};

bool looks_like_subtitles(const std::vector<Line> &lines) {
  constexpr std::size_t most_lines_before = 30;  // that are not blank
  std::size_t seen = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_blank(lines[i])) continue;
    if (seen == 0 && is_header(lines[i].text)) return true;
    if (is_time_line(lines[i].text)) return true;
    const bool first = seen < 3 && is_broken_time_line(lines[i].text);
    if (first && base::trim(lines[i].text).front() != '[') return true;
    if (++seen == most_lines_before) break;
  }
  return false;
}

}  // namespace

std::optional<Result<RawTranscript>> read_subtitles(const std::vector<Line> &lines) {
  if (!looks_like_subtitles(lines)) return std::nullopt;
  return to_raw_transcript(CueParser(lines).parse());
}

std::optional<Result<RawTranscript>> read_cue_file(std::string_view text,
                                                   const std::vector<Line> &lines) {
  if (auto read = read_timed_xml(text)) return read;
  if (auto read = read_ass(lines)) return read;
  if (auto read = read_subtitles(lines)) return read;
  if (auto read = read_lrc(lines)) return read;
  return read_table(text);
}

}  // namespace saleschecklist::transcript
