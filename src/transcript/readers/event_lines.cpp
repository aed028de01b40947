// Files with a line for each cue: SubStation Alpha (SSA, ASS) and LRC.
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"

namespace saleschecklist::transcript {
namespace {

bool begins(std::string_view text, std::string_view prefix) {
  return base::equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// The columns of "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text".
struct EventFormat {
  std::size_t begin = 1, end = 2, name = 4, text = 9;
};

EventFormat event_format(std::string_view line) {
  EventFormat out;
  for (std::size_t place = 0; !line.empty(); ++place) {
    const std::size_t comma = std::min(line.find(','), line.size());
    const std::string key = base::ascii_lower(base::trim(line.substr(0, comma)));
    if (key == "start") out.begin = place;
    if (key == "end") out.end = place;
    if (key == "name" || key == "actor") out.name = place;
    if (key == "text") out.text = place;
    line.remove_prefix(std::min(comma + 1, line.size()));
  }
  return out;
}

// The fields of an event; the last one, the text, may contain commas.
std::vector<std::string_view> event_fields(std::string_view line, std::size_t last) {
  std::vector<std::string_view> out;
  while (out.size() < last) {
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos) break;
    out.push_back(base::trim(line.substr(0, comma)));
    line.remove_prefix(comma + 1);
  }
  out.push_back(line);
  return out;
}

// "\N" and "\n" break lines, "\h" is a space.
std::string event_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == 'N' || next == 'n' || next == 'h') {
      out += next == 'h' ? ' ' : '\n';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

void read_event(CueFile &file, const EventFormat &format, const Line &line, std::string_view rest) {
  const auto fields = event_fields(rest, format.text);
  const auto where = line_name(line.number);
  if (fields.size() <= format.text) {
    file.drop(errors::invalid_input("the event has too few fields", where), "it was left out");
    return;
  }
  Cue cue{line.number, {}, {}, {}, split_payload(event_text(fields[format.text]))};
  const auto begin = parse_cue_time(fields[format.begin]);
  const auto end = parse_cue_time(fields[format.end]);
  if (begin) cue.begin_ms = begin->ms;
  if (end) cue.end_ms = end->ms;
  if (!begin || !end || end->ms < begin->ms) {
    file.repair(errors::invalid_input("expected times such as 0:00:01.00,0:00:04.00", where),
                "the words were kept without the end or without times");
    cue.end_ms.reset();
  }
  for (CuePiece &piece : cue.pieces) piece.speaker = base::collapse_spaces(fields[format.name]);
  file.cues.push_back(std::move(cue));
}

// "[00:03.50]" at the beginning of `line`, which is removed.
std::optional<std::int64_t> take_lrc_time(std::string_view &line) {
  const std::size_t close = line.find(']');
  if (line.empty() || line[0] != '[' || close == std::string_view::npos) return std::nullopt;
  const std::string_view text = line.substr(1, close - 1);
  const bool minutes = std::count(text.begin(), text.end(), ':') == 1;
  const auto time = parse_cue_time(text);
  if (!minutes || !time || text.find('.') == std::string_view::npos) return std::nullopt;
  line = base::trim(line.substr(close + 1));
  return time->ms;
}

// "[ti:Call with Lee]"
bool is_lrc_tag(std::string_view line) {
  static constexpr std::string_view known[] = {"ti", "ar", "al",     "au",     "by", "re",
                                               "ve", "la", "length", "offset", "id", "tool"};
  const std::size_t colon = line.find(':');
  if (line.empty() || line[0] != '[' || line.back() != ']' || colon == std::string_view::npos) {
    return false;
  }
  const std::string key = base::ascii_lower(base::trim(line.substr(1, colon - 1)));
  return std::find(std::begin(known), std::end(known), key) != std::end(known);
}

bool looks_like_lrc(const std::vector<Line> &lines) {
  std::size_t timed = 0, others = 0;
  for (const Line &line : lines) {
    std::string_view text = base::trim(line.text);
    if (text.empty() || is_lrc_tag(text)) continue;
    take_lrc_time(text) ? ++timed : ++others;
  }
  return timed > 0 && timed >= 9 * others;
}

}  // namespace

std::optional<Result<RawTranscript>> read_ass(const std::vector<Line> &lines) {
  constexpr std::string_view event = "Dialogue:", format_line = "Format:";
  const auto first = std::find_if(lines.begin(), lines.end(),
                                  [](const Line &line) { return !base::trim(line.text).empty(); });
  if (first == lines.end() || !begins(base::trim(first->text), "[Script Info]"))
    return std::nullopt;
  CueFile file{"ass"};
  EventFormat format;
  bool events = false;
  for (const Line &line : lines) {
    const std::string_view text = base::trim(line.text);
    if (!text.empty() && text[0] == '[') events = begins(text, "[Events]");
    if (events && begins(text, format_line)) format = event_format(text.substr(format_line.size()));
    if (events && begins(text, event)) read_event(file, format, line, text.substr(event.size()));
  }
  return to_raw_transcript(std::move(file));
}

std::optional<Result<RawTranscript>> read_lrc(const std::vector<Line> &lines) {
  if (!looks_like_lrc(lines)) return std::nullopt;
  CueFile file{"lrc"};
  for (const Line &line : lines) {
    std::string_view text = base::trim(line.text);
    if (text.empty() || is_lrc_tag(text)) continue;
    const auto time = take_lrc_time(text);
    if (!time) {
      file.drop(errors::invalid_input("expected a time such as [00:03.50]", line_name(line.number)),
                "the line was left out");
      continue;
    }
    file.cues.push_back({line.number, time, {}, {}, split_payload(text)});
  }
  return to_raw_transcript(std::move(file));
}

}  // namespace saleschecklist::transcript
