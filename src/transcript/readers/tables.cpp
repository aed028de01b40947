// Tables with a row for each cue: CSV (RFC 4180) with commas or semicolons, and TSV. The columns
// are found by their names, or else by what is in them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "text/words.hpp"
#include "transcript/readers/cues.hpp"
#include "transcript/readers/table_times.hpp"
#include "transcript/readers/text_lines.hpp"

namespace saleschecklist::transcript {
namespace {

constexpr std::size_t longest_field = 100'000;  // in quotation marks, in bytes

struct Record {
  std::size_t line;
  std::vector<std::string> fields;
};

// The end of the quoted field that begins at `at`: the place of its closing quotation mark. npos if
// the quotation mark is not that of a field.
std::size_t closing_quote(std::string_view text, std::size_t at, char delimiter) {
  const std::size_t limit = std::min(text.size(), at + longest_field);
  for (std::size_t end = at + 1; end < limit; ++end) {
    if (text[end] != '"') continue;
    if (end + 1 < text.size() && text[end + 1] == '"') {
      ++end;
    } else if (end + 1 == text.size() || text[end + 1] == delimiter || text[end + 1] == '\n') {
      return end;
    }
  }
  return std::string_view::npos;
}

std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') ++i;
  }
  return out;
}

std::vector<Record> split_records(std::string_view text, char delimiter) {
  std::vector<Record> out;
  std::size_t unclosed = 0;  // no field in quotation marks begins before this place
  const std::array<char, 3> ends = {delimiter, '\n', '\0'};
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    Record record{line, {}};
    for (bool more = true; more;) {
      const bool quote = at < text.size() && text[at] == '"' && at >= unclosed;
      const std::size_t close = quote ? closing_quote(text, at, delimiter) : std::string_view::npos;
      if (quote && close == std::string_view::npos) unclosed = at + longest_field;
      std::size_t end = 0;
      if (close != std::string_view::npos) {
        const std::string_view quoted = text.substr(at + 1, close - at - 1);
        line += static_cast<std::size_t>(std::count(quoted.begin(), quoted.end(), '\n'));
        record.fields.push_back(unquoted(quoted));
        end = close + 1;
      } else {
        end = std::min(text.find_first_of(ends.data(), at), text.size());
        record.fields.emplace_back(text.substr(at, end - at));
      }
      more = end < text.size() && text[end] == delimiter;
      at = end + 1;
    }
    ++line;
    const bool blank =
        std::all_of(record.fields.begin(), record.fields.end(),
                    [](const std::string &field) { return base::trim(field).empty(); });
    if (!blank) out.push_back(std::move(record));
  }
  return out;
}

enum Column : std::size_t { speaker, words, begin, end, duration, columns };

// The names of columns, the surest first. A new tool's names are added here.
struct ColumnNames {
  Column column;
  std::array<std::string_view, 16> names;
};
constexpr std::array<ColumnNames, columns> known_names = {{
    {speaker,
     {"speaker", "speaker name", "speaker label", "participant", "participant name", "sprecher",
      "name", "full name", "user", "user name", "author", "who", "person", "speaker id", "role",
      "from"}},
    {words,
     {"text", "transcript", "transcript text", "transcription", "utterance", "sentence", "content",
      "message", "caption", "caption text", "dialogue", "words", "body", "phrase", "speech",
      "said"}},
    {begin,
     {"start", "start time", "begin", "begin time", "start ms", "begin ms", "timestamp", "time",
      "start timestamp", "start s", "start seconds", "in", "time in", "offset", "timecode",
      "from"}},
    {end,
     {"end", "end time", "end ms", "stop", "stop time", "finish", "end timestamp", "end s",
      "end seconds", "out", "time out", "to", "end offset", "until", "ende", "bis"}},
    {duration,
     {"duration", "duration ms", "length", "dur", "duration s", "duration seconds", "dauer", "", "",
      "", "", "", "", "", "", ""}},
}};

// "Start Time (ms)" as "start time ms", "startTime" as "start time".
std::string column_key(std::string_view name) {
  std::string spaced;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool hump = i > 0 && c >= 'A' && c <= 'Z' && name[i - 1] >= 'a' && name[i - 1] <= 'z';
    if (hump) spaced += ' ';
    spaced += std::string_view("_-()[]#*.").find(c) == std::string_view::npos ? c : ' ';
  }
  return base::fold_key(base::collapse_spaces(spaced));
}

struct Layout {
  std::array<std::optional<std::size_t>, columns> place{};
  std::size_t width = 0;
  std::size_t first_row = 0;
  std::string times_named{};  // the name of the column of begins

  bool suffices() const { return place[words] && (place[speaker] || place[begin]); }
};

Layout layout_by_names(const Record &header) {
  Layout out;
  out.width = header.fields.size();
  std::vector<std::string> keys;
  for (const std::string &field : header.fields) keys.push_back(column_key(field));
  for (const ColumnNames &known : known_names) {
    for (const std::string_view name : known.names) {
      const auto found = std::find(keys.begin(), keys.end(), name);
      if (name.empty() || out.place[known.column] || found == keys.end()) continue;
      const auto place = static_cast<std::size_t>(found - keys.begin());
      if (std::find(out.place.begin(), out.place.end(), place) != out.place.end()) continue;
      out.place[known.column] = place;
    }
  }
  // "from" and "to" are times if they stand together.
  if (out.place[end] && keys[*out.place[end]] == "to" && out.place[speaker] &&
      keys[*out.place[speaker]] == "from") {
    std::swap(out.place[speaker], out.place[begin]);
  }
  if (out.place[begin]) out.times_named = keys[*out.place[begin]];
  return out;
}

// What is in a column.
struct Content {
  std::size_t times = 0, words = 0;
  std::set<std::string> different{};
};

Layout layout_by_content(const std::vector<Record> &rows) {
  constexpr std::size_t fewest_rows = 4, most_name_words = 8;
  Layout out;
  if (rows.size() < fewest_rows) return out;
  out.width = rows[0].fields.size();
  std::vector<Content> contents(out.width);
  for (const Record &row : rows) {
    if (row.fields.size() != out.width) return out;
    for (std::size_t i = 0; i < out.width; ++i) {
      contents[i].times += parse_table_time(row.fields[i]).has_value();
      contents[i].words += text::count_words(row.fields[i]);
      contents[i].different.insert(row.fields[i]);
    }
  }
  for (std::size_t i = 0; i < out.width; ++i) {
    const Content &content = contents[i];
    if (content.times == rows.size()) {
      if (content.different.size() * 2 < rows.size()) continue;  // a channel or the like
      if (!out.place[begin]) {
        out.place[begin] = i;
      } else if (!out.place[end]) {
        out.place[end] = i;
      }
    } else if (!out.place[words] || content.words > contents[*out.place[words]].words) {
      out.place[words] = i;
    }
  }
  for (std::size_t i = 0; i < out.width; ++i) {
    const Content &content = contents[i];
    const bool recurs = content.different.size() * 2 <= rows.size();
    const bool may_be_names =
        std::all_of(content.different.begin(), content.different.end(),
                    [](const std::string &name) { return name.empty() || may_be_name(name); });
    const bool names = recurs && may_be_names && content.words <= most_name_words * rows.size();
    if (names && content.times < rows.size() && i != out.place[words] && !out.place[speaker]) {
      out.place[speaker] = i;
    }
  }
  return out;
}

// Columns that are numbers of rows rise by one; they are no times.
void drop_row_numbers(Layout &layout, const std::vector<Record> &rows) {
  const auto counts = [&](std::size_t place) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const auto before = parse_table_time(rows[i - 1].fields[place]);
      const auto now = parse_table_time(rows[i].fields[place]);
      if (!before || !now || now->clock || now->value != before->value + 1000) return false;
    }
    return true;
  };
  if (!layout.place[begin] || !counts(*layout.place[begin])) return;
  layout.place[begin].reset();
  std::swap(layout.place[begin], layout.place[end]);
  if (!layout.place[begin]) return;
  for (std::size_t i = *layout.place[begin] + 1; i < layout.width; ++i) {
    if (i != layout.place[words] && parse_table_time(rows[0].fields[i])) {
      layout.place[end] = i;
      return;
    }
  }
}

std::optional<Layout> find_layout(const std::vector<Record> &records, char delimiter) {
  constexpr std::size_t most_rows_before = 12;
  for (std::size_t i = 0; i < std::min(records.size(), most_rows_before); ++i) {
    Layout layout = layout_by_names(records[i]);
    layout.first_row = i + 1;
    if (layout.suffices() && layout.first_row < records.size()) return layout;
  }
  Layout layout = layout_by_content(records);
  if (!layout.place[begin] && records.size() > 1) {  // below names of columns in another language
    Layout below = layout_by_content({records.begin() + 1, records.end()});
    below.first_row = 1;
    if (below.place[begin] && below.suffices()) layout = std::move(below);
  }
  if (layout.place[words] && layout.first_row == 0) drop_row_numbers(layout, records);
  if (layout.width < 2 || !layout.suffices()) return std::nullopt;
  // Sentences have commas, too, and may well have one each.
  if (delimiter == ',' && !layout.place[begin]) return std::nullopt;
  return layout;
}

class TableReader {
 public:
  TableReader(std::vector<Record> records, Layout layout, char delimiter)
      : records_(std::move(records)), layout_(std::move(layout)), delimiter_(delimiter) {}

  CueFile read() {
    file_.format = delimiter_ == '\t' ? "tsv" : "csv";
    if (layout_.first_row > 1) {
      file_.warnings.push_back(fmt::format(
          "line {}: the rows above the names of the columns were left out", records_[0].line));
    }
    bool stray = false;  // the row above was left out
    for (std::size_t i = layout_.first_row; i < records_.size(); ++i) {
      Record &row = records_[i];
      join_surplus(row);
      const bool whole = row.fields.size() > *layout_.place[words];
      if (whole) {
        read_row(row);
      } else if (!stray) {
        file_.drop(errors::invalid_input(
                       fmt::format("expected {} columns, got {}", layout_.width, row.fields.size()),
                       line_name(row.line)),
                   "the row was left out");
      }
      stray = !whole;
    }
    set_times();
    return std::move(file_);
  }

 private:
  // Words with the delimiter in them and without quotation marks are more fields than columns.
  void join_surplus(Record &row) {
    if (*layout_.place[words] + 1 != layout_.width) return;
    for (std::size_t i = layout_.width; i < row.fields.size(); ++i) {
      row.fields[layout_.width - 1] += delimiter_ + row.fields[i];
    }
    if (row.fields.size() > layout_.width) row.fields.resize(layout_.width);
  }

  std::string_view cell(const Record &row, Column column) const {
    const auto place = layout_.place[column];
    if (!place || *place >= row.fields.size()) return {};
    return base::trim(row.fields[*place]);
  }

  void read_row(const Record &row) {
    Cue cue{row.line, {}, {}, {}, {}};
    const std::string_view name = cell(row, speaker);
    if (layout_.place[speaker]) {
      std::string text = base::collapse_spaces(cell(row, words));
      if (!text.empty()) {
        cue.pieces.push_back(
            {may_be_name(name) ? base::collapse_spaces(name) : std::string(), {std::move(text)}});
      }
    } else {
      cue.pieces = split_payload(cell(row, words));
    }
    file_.cues.push_back(std::move(cue));
    times_.push_back({parse_table_time(cell(row, begin)), parse_table_time(cell(row, end)),
                      parse_table_time(cell(row, duration))});
    const std::string_view begin_text = cell(row, begin);
    if (!begin_text.empty() && !times_.back().begin) {
      file_.repair(
          errors::invalid_input(fmt::format("expected a time, got '{}'",
                                            base::collapse_spaces(begin_text.substr(0, 40))),
                                line_name(row.line)),
          "the words were kept without a time");
    }
  }

  std::size_t count_words() const {
    std::size_t out = 0;
    for (const Cue &cue : file_.cues) {
      for (const CuePiece &piece : cue.pieces) {
        for (const std::string &line : piece.lines) out += text::count_words(line);
      }
    }
    return out;
  }

  void set_times() {
    const TableUnit unit = unit_of(times_, layout_.times_named, count_words());
    const auto ms = [&](const std::optional<TableTime> &time) -> std::optional<std::int64_t> {
      if (!time) return std::nullopt;
      return in_milliseconds(*time, unit);
    };
    for (std::size_t i = 0; i < file_.cues.size(); ++i) {
      Cue &cue = file_.cues[i];
      cue.begin_ms = ms(times_[i].begin);
      cue.end_ms = ms(times_[i].end);
      const auto lasts = ms(times_[i].duration);
      if (!cue.end_ms && cue.begin_ms && lasts) cue.end_ms = *cue.begin_ms + *lasts;
      if (!cue.begin_ms || !cue.end_ms || *cue.end_ms >= *cue.begin_ms) continue;
      file_.repair(errors::invalid_input("the cue ends before it begins", line_name(cue.line)),
                   "its end was left out");
      cue.end_ms.reset();
    }
  }

  std::vector<Record> records_;
  Layout layout_;
  char delimiter_;
  CueFile file_;
  std::vector<TableTimes> times_;  // for each cue
};

// Looks at the beginning only, so that a long text that is no table costs little.
bool may_be_table(std::string_view text, char delimiter) {
  constexpr std::size_t head_bytes = 20'000;
  const std::string_view head = text.substr(0, head_bytes);
  if (head.find(delimiter) == std::string_view::npos) return false;
  auto records = split_records(head, delimiter);
  if (head.size() < text.size() && records.size() > 1) records.pop_back();  // cut off
  return find_layout(records, delimiter).has_value();
}

}  // namespace

std::optional<Result<RawTranscript>> read_table(std::string_view text) {
  constexpr std::string_view delimiter_line = "sep=";  // of spreadsheets
  std::string_view body = text;
  if (body.substr(0, delimiter_line.size()) == delimiter_line) {
    body.remove_prefix(std::min(body.find('\n') + 1, body.size()));
  }
  for (const char delimiter : {'\t', ',', ';'}) {
    if (!may_be_table(body, delimiter)) continue;
    auto records = split_records(body, delimiter);
    auto layout = find_layout(records, delimiter);
    if (!layout) continue;
    return to_raw_transcript(TableReader(std::move(records), *std::move(layout), delimiter).read());
  }
  return std::nullopt;
}

}  // namespace saleschecklist::transcript
