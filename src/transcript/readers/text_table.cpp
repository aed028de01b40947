// Conversations in Markdown tables.
#include "base/ascii.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/text_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace saleschecklist::transcript {
namespace {

using Row = std::vector<std::string>;

// The cells of "| a | b |"; empty if the line is no row. "\|" is a bar in a cell.
Row cells_of(std::string_view line) {
  Row out;
  line = base::trim(line);
  if (line.size() < 2 || line.front() != '|') return out;
  line.remove_prefix(1);
  if (line.back() == '|') line.remove_suffix(1);
  std::string cell;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == '|') {
      cell += line[++at];
    } else if (line[at] == '|') {
      out.push_back(base::collapse_spaces(cell));
      cell.clear();
    } else {
      cell += line[at];
    }
  }
  out.push_back(base::collapse_spaces(cell));
  return out;
}

bool is_table_rule(const Row &row) {
  return !row.empty() && std::all_of(row.begin(), row.end(), [](const std::string &cell) {
    return !cell.empty() && cell.find_first_not_of("-: ") == std::string::npos;
  });
}

struct Columns {
  std::optional<std::size_t> begin, end, speaker, words;

  bool suffice() const { return speaker && words; }
};

Columns columns_of(const Row &header) {
  static const std::set<std::string_view> begin = {"time", "timestamp",  "start",    "begin",
                                                   "from", "start time", "timecode", "when",
                                                   "at",   "time stamp", "in"};
  static const std::set<std::string_view> end = {"end", "stop", "to", "end time", "out"};
  static const std::set<std::string_view> speaker = {
      "speaker",     "name", "who",          "person", "user",
      "participant", "role", "speaker name", "author", "sender"};
  static const std::set<std::string_view> words = {
      "text", "transcript",    "words", "utterance", "what",     "message",   "content", "speech",
      "said", "transcription", "line",  "dialogue",  "sentence", "statement", "quote"};
  Columns out;
  for (std::size_t at = 0; at < header.size(); ++at) {
    const std::string key = base::fold_key(header[at]);
    if (begin.count(key) > 0 && !out.begin) out.begin = at;
    if (end.count(key) > 0 && !out.end) out.end = at;
    if (speaker.count(key) > 0 && !out.speaker) out.speaker = at;
    if (words.count(key) > 0 && !out.words) out.words = at;
  }
  return out;
}

std::optional<std::int64_t> time_of(const Row &row, std::optional<std::size_t> column) {
  if (!column || *column >= row.size()) return std::nullopt;
  std::string_view text = row[*column];
  const auto time = take_time(text);
  return time ? time->begin_ms : std::nullopt;
}

void append_row(RawTranscript &out, const Row &row, const Columns &columns, std::size_t number) {
  if (*columns.words >= row.size() || *columns.speaker >= row.size()) {
    out.warnings.push_back(fmt::format(
        "line {}: skipped: the row has fewer cells than the table has columns", number));
    return;
  }
  out.cues.push_back({row[*columns.speaker], row[*columns.words], time_of(row, columns.begin),
                      time_of(row, columns.end), fmt::format("line {}", number)});
}

}  // namespace

std::optional<RawTranscript> read_markdown_table(const std::vector<CleanLine> &lines) {
  RawTranscript out;
  out.format = "markdown_table";
  Columns columns;  // of the table around the line, if these suffice
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const Row row = cells_of(lines[at].text);
    if (row.empty()) {
      columns = {};
      continue;
    }
    if (is_table_rule(row)) continue;
    const bool header = at + 1 < lines.size() && is_table_rule(cells_of(lines[at + 1].text));
    if (header) {
      columns = columns_of(row);
    } else if (columns.suffice()) {
      append_row(out, row, columns, lines[at].number);
    }
  }
  if (out.cues.empty()) return std::nullopt;
  std::size_t skipped = 0;
  for (const CleanLine &line : lines) skipped += cells_of(line.text).empty();
  if (skipped > 0) {
    out.warnings.push_back(
        fmt::format("{} lines outside the table of the conversation were skipped", skipped));
  }
  repair_times(out, {.one_colon = false});
  return out;
}

}  // namespace saleschecklist::transcript
