// What all kinds of JSON transcripts have in common, and the choice between the readers.
#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "json/documents.hpp"
#include "json/parse.hpp"
#include "transcript/readers/json_fields.hpp"
#include "transcript/readers/readers.hpp"

#include <fmt/format.h>

#include <cmath>

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
  return rest.empty() || rest[0] == '{' || rest[0] == ']' || rest[0] == '"';
}

Result<Transcript> read_json(std::string_view text, const ReadOptions &options) {
  auto document = json::parse_json(text);
  if (!document) return document.error();
  try {
    if (json::is_own_transcript(*document)) {
      auto transcript = json::transcript_from_document(*document);
      if (!transcript || options.rep_names.empty()) return transcript;
      return assign_roles(*std::move(transcript), options);
    }
    if (auto raw = read_recogniser_json(*document)) return finish(*std::move(raw), options);
    if (auto raw = read_conversation_json(*document)) return finish(*std::move(raw), options);
  } catch (const BadResult &failure) {
    return failure.error();
  }
  return errors::invalid_input(
      "this JSON is not a transcript of a known format: expected the key 'utterances' "
      "(saleschecklist, AssemblyAI), 'segments' (Whisper, OpenAI), 'results' (Deepgram), 'words' "
      "(ElevenLabs), 'meeting_transcripts' (QMSum) or 'text'",
      "/");
}

}  // namespace saleschecklist::transcript
