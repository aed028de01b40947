// Plain text: "Name: words" lines, times before or after the name, Otter's headings.
#include "base/ascii.hpp"
#include "transcript/readers/readers.hpp"

#include "base/unicode.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace saleschecklist::transcript {
namespace {

constexpr std::size_t longest_label = 60;  // in characters
constexpr std::size_t most_label_words = 6;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// Headings that meeting tools put before the conversation. They are not speech.
bool is_metadata_label(std::string_view label) {
  static constexpr std::array<std::string_view, 14> known = {
      "date",  "time",  "duration", "attendees", "participants", "subject",    "meeting",
      "title", "topic", "location", "call",      "recording",    "transcript", "keywords"};
  const std::string key = base::fold_key(label);
  return std::find(known.begin(), known.end(), std::string_view(key)) != known.end();
}

// Removes a time at the start of a line, "[00:01:02] " or "00:01 - ", and returns it.
std::optional<std::int64_t> take_leading_time(std::string_view &line) {
  std::string_view rest = line;
  const bool bracket = !rest.empty() && (rest[0] == '[' || rest[0] == '(');
  if (bracket) rest.remove_prefix(1);
  const std::size_t size = std::min(rest.find_first_not_of("0123456789:.,"), rest.size());
  const auto time = parse_time(rest.substr(0, size));
  if (!time) return std::nullopt;
  rest.remove_prefix(size);
  if (bracket) {
    const std::size_t close = rest.find_first_of("])");
    if (close == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(close + 1);
  } else if (!rest.empty() && rest[0] != ' ' && rest[0] != '\t') {
    return std::nullopt;
  }
  rest = base::trim(rest);
  if (!rest.empty() && rest[0] == '-') rest = base::trim(rest.substr(1));
  line = rest;
  return time;
}

bool all_words_capital(std::string_view label) {
  bool start = true;
  for (std::size_t at = 0; at < label.size();) {
    const base::CodePoint c = base::code_point_at(label, at);
    if (start && base::is_alphanumeric(c.value) && c.value < 0x80 && std::islower(c.value))
      return false;
    start = base::is_white_space(c.value) || c.value == '(' || c.value == '-';
    at += c.size;
  }
  return true;
}

struct Heading {
  std::string_view speaker;
  std::int64_t begin_ms;
};

// Otter's heading, a line with only the name, two spaces and the time ("Dana Reyes  0:03").
std::optional<Heading> parse_heading(std::string_view line) {
  line = base::trim(line);
  const std::size_t space = line.find_last_of(" \t");
  if (space == std::string_view::npos || line.size() > longest_label + 12) return std::nullopt;
  std::string_view last = line.substr(space + 1);
  if (last.size() > 2 && last.front() == '(' && last.back() == ')') {
    last = last.substr(1, last.size() - 2);
  }
  if (last.find(':') == std::string_view::npos) return std::nullopt;
  const auto time = parse_time(last);
  const std::string_view name = base::trim(line.substr(0, space));
  const bool plain = name.find_first_of(".?!:,") == std::string_view::npos;
  const auto words = static_cast<std::size_t>(1 + std::count(name.begin(), name.end(), ' '));
  if (!time || name.empty() || !plain || words > most_label_words || !all_words_capital(name)) {
    return std::nullopt;
  }
  return Heading{name, *time};
}

class TextParser {
 public:
  explicit TextParser(const std::vector<Line> &lines) : lines_(lines) {
    for (const Line &line : lines) {
      std::string_view text = base::trim(line.text);
      take_leading_time(text);
      labels_.count(text);
    }
  }

  RawTranscript parse() {
    out_.format = "text";
    for (const Line &line : lines_) {
      if (base::trim(line.text).empty()) {
        after_blank_ = true;
        continue;
      }
      read_line(line);
      after_blank_ = false;
    }
    return std::move(out_);
  }

 private:
  void read_line(const Line &line) {
    if (const auto heading = parse_heading(line.text)) {
      out_.format = "otter";
      speaker_ = base::collapse_spaces(heading->speaker);
      time_ = heading->begin_ms;
      pending_heading_ = true;
      return;
    }
    std::string_view text = base::trim(line.text);
    const auto time = take_leading_time(text);
    const Labelled labelled = split_label(text);
    if (labels_.is_speaker(labelled.label)) {
      if (out_.cues.empty() && !time && is_metadata_label(labelled.label)) {
        out_.warnings.push_back(
            fmt::format("line {}: the heading '{}' was skipped: it is not part of the conversation",
                        line.number, base::collapse_spaces(labelled.label)));
        return;
      }
      speaker_ = base::collapse_spaces(labelled.label);
      add(line, labelled.text, time);
    } else if (continues_previous(time)) {
      RawCue &cue = out_.cues.back();
      const std::string more = base::collapse_spaces(text);
      if (!cue.text.empty() && !more.empty()) cue.text += ' ';
      cue.text += more;
    } else {
      add(line, text, time);
    }
  }

  bool continues_previous(std::optional<std::int64_t> time) const {
    if (out_.cues.empty() || time || pending_heading_) return false;
    return !speaker_.empty() || !after_blank_;
  }

  void add(const Line &line, std::string_view text, std::optional<std::int64_t> time) {
    if (!time && pending_heading_) time = time_;
    pending_heading_ = false;
    std::string where = fmt::format("line {}", line.number);
    if (speaker_.empty() && !time) {
      append_sentences(out_, text, where);
      return;
    }
    out_.cues.push_back(
        {speaker_, base::collapse_spaces(text), time, std::nullopt, std::move(where)});
  }

  const std::vector<Line> &lines_;
  Labels labels_;
  RawTranscript out_;
  std::string speaker_;
  std::optional<std::int64_t> time_;
  bool pending_heading_ = false;
  bool after_blank_ = false;
};

}  // namespace

void Labels::count(std::string_view line) {
  const Labelled labelled = split_label(line);
  if (!labelled.label.empty()) ++counts_[base::fold_key(labelled.label)];
}

bool Labels::is_speaker(std::string_view label) const {
  if (label.empty()) return false;
  const auto found = counts_.find(base::fold_key(label));
  return (found != counts_.end() && found->second > 1) || all_words_capital(label);
}

Labelled split_label(std::string_view line) {
  const std::string_view text = base::trim(line);
  std::size_t colon = text.find(':');
  std::size_t colon_size = 1;
  const std::size_t wide = text.find("\xEF\xBC\x9A");  // full-width colon
  if (wide < colon) {
    colon = wide;
    colon_size = 3;
  }
  if (colon == std::string_view::npos || colon == 0 || colon > 4 * longest_label) return {{}, text};
  const std::string_view label = base::trim(text.substr(0, colon));
  if (characters(label) > longest_label) return {{}, text};
  const std::string_view rest = text.substr(colon + colon_size);
  if (colon_size == 1 && !rest.empty() && rest[0] != ' ' && rest[0] != '\t') return {{}, text};
  const base::CodePoint first = base::code_point_at(label, 0);
  if (!base::is_alphanumeric(first.value) ||
      label.find_first_of("?!;\"<>{}=") != std::string_view::npos) {
    return {{}, text};
  }
  const auto words = 1 + std::count(label.begin(), label.end(), ' ');
  if (static_cast<std::size_t>(words) > most_label_words) return {{}, text};
  if (first.value < 0x80 && std::islower(first.value)) return {{}, text};
  const bool only_digits = label.find_first_not_of("0123456789 .") == std::string_view::npos;
  if (only_digits) return {{}, text};
  return {label, base::trim(rest)};
}

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

Result<RawTranscript> read_plain_text(const std::vector<Line> &lines) {
  return TextParser(lines).parse();
}

}  // namespace saleschecklist::transcript
