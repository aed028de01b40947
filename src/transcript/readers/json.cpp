// What all kinds of JSON transcripts have in common, and the choice between the readers.
#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "json/documents.hpp"
#include "json/parse.hpp"
#include "transcript/readers/json_fields.hpp"
#include "transcript/readers/json_keys.hpp"
#include "transcript/readers/json_times.hpp"
#include "transcript/readers/json_turns.hpp"
#include "transcript/readers/readers.hpp"
#include "transcript/readers/text_shapes.hpp"
#include "transcript/roles/roles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace saleschecklist::transcript {

using Json = nlohmann::json;

std::string Fields::text(const char *key) const {
  const auto found = object_.find(key);
  if (found == object_.end() || found->is_null()) return {};
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
  throw fault(key, "expected a string");
}

std::optional<std::int64_t> Fields::time(const char *key, double unit_ms) const {
  constexpr double longest_ms = 1e13;  // 300 years; a larger value is not a time in a recording
  const auto found = object_.find(key);
  if (found == object_.end() || found->is_null()) return std::nullopt;
  if (!found->is_number()) throw fault(key, "expected a number");
  const double value = found->get<double>() * unit_ms;
  if (!(std::fabs(value) <= longest_ms)) throw fault(key, "the time is out of range");
  return std::llround(value);
}

std::optional<double> Fields::ratio(const char *key) const {
  const auto found = object_.find(key);
  if (found == object_.end() || found->is_null()) return std::nullopt;
  if (!found->is_number()) throw fault(key, "expected a number");
  return found->get<double>();
}

const Json *Fields::array(const char *key) const {
  const auto found = object_.find(key);
  if (found == object_.end() || found->is_null()) return nullptr;
  if (!found->is_array()) throw fault(key, "expected an array");
  return &*found;
}

Fields Fields::element(const Json &array, std::size_t index, const std::string &where) {
  const std::string here = fmt::format("{}/{}", where, index);
  if (!array[index].is_object()) {
    throw BadResult(errors::invalid_input("expected an object", here));
  }
  return Fields(array[index], here);
}

BadResult Fields::fault(const char *key, const char *expected) const {
  return BadResult(errors::invalid_input(expected, where_ + "/" + key));
}

bool looks_like_json(std::string_view text) {
  text = base::trim(text);
  if (text.empty()) return false;
  if (text[0] == '{') return text.size() == 1 || text[1] != '\\';
  if (text[0] != '[') return false;
  const std::string_view rest = base::trim(text.substr(1));
  if (rest.size() > 1 && rest[0] == '[') return rest[1] == '"' || rest[1] == '{';
  return rest.empty() || rest[0] == '{' || rest[0] == ']' || rest[0] == '"';
}

namespace {

// A document, or JSON lines as an array of documents.
struct Source {
  Json document;
  std::vector<std::size_t> lines;  // of each element; empty if the source is not JSON lines
  Faults faults;
};

// The values of a text that has one after the other, over lines or not: where brackets close.
// Empty if the brackets do not match.
std::vector<Line> split_values(std::string_view text) {
  std::vector<Line> out;
  std::size_t depth = 0, begin = 0, line = 1, first_line = 1;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    line += c == '\n';
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (depth++ == 0) {
        begin = i;
        first_line = line;
      }
    } else if ((c == '}' || c == ']') && depth > 0 && --depth == 0) {
      out.push_back({first_line, text.substr(begin, i + 1 - begin)});
    }
  }
  if (depth > 0) out.clear();
  return out;
}

// Parses JSON lines. `whole` is the error of the text as one document, which is returned if the
// text is not a sequence of objects.
Result<Source> parse_lines(std::string_view text, const Error &whole) {
  Source out;
  out.document = Json::array();
  std::vector<Line> lines = split_lines(text);
  if (!json::parse_json(lines[0].text)) lines = split_values(text);
  for (const Line &line : lines) {
    if (base::trim(line.text).empty()) continue;
    auto value = json::parse_json(line.text);
    if (value && value->is_object()) {
      out.document.push_back(*std::move(value));
      out.lines.push_back(line.number);
    } else if (out.lines.empty()) {
      return whole;
    } else {
      out.faults.add(errors::invalid_input("the line is not a JSON object",
                                           fmt::format("line {}", line.number)),
                     "it was left out");
    }
  }
  if (out.lines.size() < 2) return whole;
  return out;
}

Result<Source> parse_source(std::string_view text) {
  auto document = json::parse_json(text);
  if (document) return Source{*std::move(document), {}, {}};
  return parse_lines(text, document.error());
}

// "/3/text" is in line 4 of JSON lines without blank ones.
std::string place_in_lines(const std::string &where, const std::vector<std::size_t> &lines) {
  if (where.size() < 2 || where[0] != '/') return where;
  const std::size_t end = std::min(where.find_first_not_of("0123456789", 1), where.size());
  if (end == 1 || end > 10) return where;
  const std::size_t index = std::stoul(where.substr(1, end - 1));
  if (index >= lines.size()) return where;
  return fmt::format("line {}{}{}", lines[index], end < where.size() ? ", " : "",
                     where.substr(end));
}

void put_lines(RawTranscript &raw, const std::vector<std::size_t> &lines) {
  if (lines.empty()) return;
  for (RawCue &cue : raw.cues) cue.where = place_in_lines(cue.where, lines);
  for (std::string &warning : raw.warnings) {
    const std::size_t colon = warning.find(": ");
    if (colon == std::string::npos) continue;
    warning = place_in_lines(warning.substr(0, colon), lines) + warning.substr(colon);
  }
}

// Own JSON has only these words for roles; others with "utterances" call speakers by their roles.
bool has_foreign_role(const Json &document) {
  const auto list = document.find("utterances");
  if (document.contains("schema") || list == document.end() || !list->is_array()) return false;
  return std::any_of(list->begin(), list->end(), [](const Json &utterance) {
    const auto role = utterance.is_object() ? utterance.find("role") : utterance.end();
    return utterance.is_object() && role != utterance.end() && role->is_string() &&
           *role != name(Role::rep) && *role != name(Role::customer) &&
           *role != name(Role::unknown);
  });
}

// Gives turns their speakers where no turn has one but the texts begin with them ("Ann: Hello."):
// where labels begin at least half of the texts, and each of two or more begins several.
void take_labels(RawTranscript &raw) {
  std::vector<CleanLine> texts;
  for (const RawCue &cue : raw.cues) {
    if (!cue.speaker.empty()) return;
    texts.push_back({texts.size() + 1, cue.text});
  }
  const Turns turns(Shape::label, texts);
  std::set<std::string> names;
  std::size_t labelled = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (turns.verdict(i) != Turns::Verdict::speaker || !turns.recurs(turns.start(i)->name))
      continue;
    names.insert(base::fold_key(turns.start(i)->name));
    ++labelled;
  }
  if (names.size() < 2 || labelled * 2 < texts.size()) return;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (turns.verdict(i) != Turns::Verdict::speaker) continue;
    raw.cues[i].speaker = turns.start(i)->name;
    raw.cues[i].text = std::string(turns.start(i)->words);
  }
}

std::optional<Result<RawTranscript>> read_foreign(const Json &document) {
  refuse_several_texts(document);
  for (const char *wrapper : {"", "result", "data", "response", "0"}) {
    const Json *inner = at_path(document, wrapper);
    const bool only = *wrapper == '\0' || document.is_object() || document.size() == 1;
    if (inner == nullptr || !only) continue;
    if (auto raw = read_recogniser_json(*inner)) return raw;
  }
  if (const auto found = find_conversation(document)) {
    RawTranscript raw = read_turns(*found, document);
    take_labels(raw);
    return Result<RawTranscript>(std::move(raw));
  }
  return read_text_json(document);
}

// What the document has, for messages.
std::string seen(const Json &document) {
  if (document.is_array()) {
    if (document.empty()) return "an empty array";
    if (!document[0].is_object()) return "an array without objects";
    return "an array of objects with " + seen(document[0]).substr(15);
  }
  if (document.empty()) return "an object with no keys";
  constexpr std::size_t most_keys = 8, longest_key = 40;
  std::string keys;
  std::size_t count = 0;
  for (const auto &[key, value] : document.items()) {
    if (++count > most_keys) break;
    keys += fmt::format("{}'{}'", keys.empty() ? "" : ", ",
                        key.substr(0, base::valid_utf8_prefix(key.substr(0, longest_key))));
  }
  return fmt::format("an object with the keys {}{}", keys, count > most_keys ? ", ..." : "");
}

Error unknown_kind(const Json &document) {
  const std::string nearest = nearest_vendor(document);
  return errors::invalid_input(
      fmt::format("this JSON is not a transcript of a known format: expected turns with a speaker, "
                  "a text and times, as Whisper, Deepgram, Gong or Fireflies write them; got {}{}; "
                  "convert it to [{{\"speaker\": \"Ann\", \"text\": \"Hello.\", \"start\": 1.5, "
                  "\"end\": 2.5}}, ...] with times in seconds",
                  document.is_structured() ? seen(document) : "a single value", nearest),
      "/");
}

}  // namespace

Result<Transcript> read_json(std::string_view text, const ReadOptions &options) {
  auto source = parse_source(text);
  if (!source) return source.error();
  const Json &document = source->document;
  try {
    if (json::is_own_transcript(document) && !has_foreign_role(document)) {
      auto transcript = json::transcript_from_document(document);
      if (!transcript || options.rep_names.empty()) return transcript;
      return assign_roles(*std::move(transcript), options);
    }
    auto raw = read_foreign(document);
    if (!raw) return unknown_kind(document);
    if (!*raw) return raw->error();
    Faults faults;
    repair_times(**raw, faults);
    put_lines(**raw, source->lines);
    source->faults.settle(source->lines.size(), (*raw)->warnings);
    return finish(*std::move(raw), options);
  } catch (const BadResult &failure) {
    Error error = failure.error();
    error.where = place_in_lines(error.where, source->lines);
    return error;
  }
}

}  // namespace saleschecklist::transcript
