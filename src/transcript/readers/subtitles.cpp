// WebVTT (https://www.w3.org/TR/webvtt1/) and SubRip, including the deviations of common meeting
// tools.
#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "transcript/readers/readers.hpp"

#include "base/unicode.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <utility>

namespace saleschecklist::transcript {
namespace {

constexpr std::string_view arrow = "-->";

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

struct Times {
  std::int64_t begin, end;
};

// "00:00:01.000 --> 00:00:04.000 align:start"; settings after the second time are ignored.
Result<Times> parse_times(const Line &line) {
  const std::size_t at = line.text.find(arrow);
  std::string_view rest = base::trim(line.text.substr(at + arrow.size()));
  const auto begin = parse_time(base::trim(line.text.substr(0, at)));
  const auto end = parse_time(rest.substr(0, rest.find_first_of(" \t")));
  const std::string where = fmt::format("line {}", line.number);
  if (!begin || !end) {
    return errors::invalid_input(
        fmt::format("expected a cue time such as 00:00:01.000 --> 00:00:04.000, got '{}'",
                    base::collapse_spaces(line.text.substr(0, 60))),
        where);
  }
  if (*end < *begin) {
    return errors::invalid_input("the cue ends before it begins", where);
  }
  return Times{*begin, *end};
}

void append_entity(std::string &out, std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> named = {
      {{"amp", "&"},
       {"lt", "<"},
       {"gt", ">"},
       {"quot", "\""},
       {"apos", "'"},
       {"nbsp", " "},
       {"lrm", ""},
       {"rlm", ""},
       {"shy", ""}}};
  for (const auto &[key, value] : named) {
    if (name == key) {
      out += value;
      return;
    }
  }
  if (name.size() > 1 && name[0] == '#') {
    const bool hex = name[1] == 'x' || name[1] == 'X';
    const std::string digits(name.substr(hex ? 2 : 1));
    char *end = nullptr;
    const long code = std::strtol(digits.c_str(), &end, hex ? 16 : 10);
    const bool scalar = code > 0 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
    if (!digits.empty() && *end == '\0' && scalar) {
      base::append_utf8(out, static_cast<std::int32_t>(code));
      return;
    }
  }
  out += '&';
  out += name;
  out += ';';
}

std::string decode_entities(std::string_view text) {
  constexpr std::size_t longest_name = 10;
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t length = text[at] == '&' ? text.substr(at, longest_name).find(';') : 0;
    const std::size_t end = at + length;
    if (text[at] != '&' || length == std::string_view::npos || length == 1) {
      out += text[at];
      continue;
    }
    append_entity(out, text.substr(at + 1, end - at - 1));
    at = end;
  }
  return out;
}

// A tag begins with a letter, '/' or a digit of a time after '<'; any other '<' is text.
bool is_tag_start(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return false;
  const char c = text[at + 1];
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/';
}

// The name in a voice tag: "Mary Lee" for "<v.loud.first Mary Lee>".
std::optional<std::string> voice_of(std::string_view tag) {
  if (tag.empty() || tag[0] != 'v') return std::nullopt;
  if (tag.size() > 1 && tag[1] != '.' && tag[1] != ' ' && tag[1] != '\t') return std::nullopt;
  const std::size_t space = tag.find_first_of(" \t");
  if (space == std::string_view::npos) return std::string();
  return base::collapse_spaces(decode_entities(tag.substr(space)));
}

struct Spoken {
  std::string speaker;
  std::string text;
  bool voiced = false;  // the speaker is named by a <v> tag
};

// The end of the tag or override block that begins at `at`; std::nullopt if none begins there.
std::size_t markup_end(std::string_view text, std::size_t at) {
  constexpr std::size_t longest_markup = 300;
  const bool tag = text[at] == '<' && is_tag_start(text, at);
  const bool override_block = text[at] == '{' && starts_with(text.substr(at), "{\\");
  if (!tag && !override_block) return std::string_view::npos;
  const std::size_t length = text.substr(at, longest_markup).find(tag ? '>' : '}');
  return length == std::string_view::npos ? length : at + length;
}

// Removes markup from the text of a cue and splits it into one piece per voice.
std::vector<Spoken> parse_payload(std::string_view text) {
  std::vector<Spoken> pieces(1);
  std::string plain;
  const auto flush = [&] {
    pieces.back().text += decode_entities(plain);
    plain.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t close = markup_end(text, at);
    if (close == std::string_view::npos) {
      plain += text[at];
      continue;
    }
    flush();
    if (text[at] == '<') {
      if (auto voice = voice_of(text.substr(at + 1, close - at - 1))) {
        pieces.push_back({std::move(*voice), {}, true});
      }
    }
    at = close;
  }
  flush();
  return pieces;
}

// Removes the ">>" or "-" with which captions mark a change of speaker.
std::string without_leaders(std::string_view text) {
  text = base::trim(text);
  while (starts_with(text, ">>") || starts_with(text, "- ")) text = base::trim(text.substr(2));
  return base::collapse_spaces(text);
}

bool is_block_header(std::string_view line) {
  for (const std::string_view word : {"NOTE", "STYLE", "REGION"}) {
    if (starts_with(line, word) &&
        (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t')) {
      return true;
    }
  }
  return false;
}

bool has_arrow(const Line &line) { return line.text.find(arrow) != std::string_view::npos; }

class CueParser {
 public:
  explicit CueParser(const std::vector<Line> &lines) : lines_(lines) {}

  Result<RawTranscript> parse() {
    while (at_ < lines_.size() && base::trim(lines_[at_].text).empty()) ++at_;
    const bool vtt = at_ < lines_.size() && starts_with(lines_[at_].text, "WEBVTT");
    out_.format = vtt ? "webvtt" : "srt";
    if (vtt) skip_block();
    while (at_ < lines_.size()) {
      if (base::trim(lines_[at_].text).empty()) {
        ++at_;
      } else if (vtt && is_block_header(lines_[at_].text) && !has_arrow(lines_[at_])) {
        skip_block();
      } else if (auto error = parse_cue()) {
        return *std::move(error);
      }
    }
    take_labels();
    return std::move(out_);
  }

 private:
  // If there is no voice tag, the speaker may be named before a colon.
  void take_labels() {
    Labels labels;
    for (std::size_t i = 0; i < out_.cues.size(); ++i) {
      if (!voiced_[i]) labels.count(out_.cues[i].text);
    }
    for (std::size_t i = 0; i < out_.cues.size(); ++i) {
      const Labelled labelled = split_label(out_.cues[i].text);
      if (voiced_[i] || !labels.is_speaker(labelled.label)) continue;
      out_.cues[i].speaker = base::collapse_spaces(labelled.label);
      out_.cues[i].text = base::collapse_spaces(labelled.text);
    }
  }

  void skip_block() {
    while (at_ < lines_.size() && !base::trim(lines_[at_].text).empty() && !has_arrow(lines_[at_]))
      ++at_;
  }

  std::optional<Error> parse_cue() {
    if (!has_arrow(lines_[at_])) {  // an identifier or a number
      const std::size_t id = at_++;
      if (at_ == lines_.size() || !has_arrow(lines_[at_])) {
        return errors::invalid_input(
            fmt::format("expected a cue time such as 00:00:01.000 --> 00:00:04.000 after '{}'",
                        base::collapse_spaces(lines_[id].text.substr(0, 40))),
            fmt::format("line {}", lines_[id].number));
      }
    }
    const Line &time_line = lines_[at_++];
    auto times = parse_times(time_line);
    if (!times) return times.error();
    std::string payload;
    while (at_ < lines_.size() && !base::trim(lines_[at_].text).empty() && !starts_new_cue()) {
      if (!payload.empty()) payload += ' ';
      payload += lines_[at_++].text;
    }
    for (Spoken &piece : parse_payload(payload)) {
      piece.text = without_leaders(piece.text);
      if (piece.text.empty()) continue;
      voiced_.push_back(piece.voiced);
      out_.cues.push_back({std::move(piece.speaker), std::move(piece.text), times->begin,
                           times->end, fmt::format("line {}", time_line.number)});
    }
    return std::nullopt;
  }

  // Some exports have no empty line between cues.
  bool starts_new_cue() const {
    if (has_arrow(lines_[at_])) return true;
    const std::string_view text = base::trim(lines_[at_].text);
    const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
    return digits && at_ + 1 < lines_.size() && has_arrow(lines_[at_ + 1]);
  }

  const std::vector<Line> &lines_;
  std::size_t at_ = 0;
  RawTranscript out_;
  std::vector<bool> voiced_;  // for each cue
};

}  // namespace

bool looks_like_subtitles(const std::vector<Line> &lines) {
  constexpr std::size_t header_lines = 4;  // a number, an identifier and blank lines may come first
  std::size_t seen = 0;
  for (const Line &line : lines) {
    if (base::trim(line.text).empty()) continue;
    if (seen == 0 && starts_with(line.text, "WEBVTT")) return true;
    if (has_arrow(line)) return true;
    if (++seen == header_lines) break;
  }
  return false;
}

Result<RawTranscript> read_subtitles(const std::vector<Line> &lines) {
  return CueParser(lines).parse();
}

}  // namespace saleschecklist::transcript
