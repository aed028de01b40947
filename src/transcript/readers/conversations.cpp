// JSON that has the whole call as one text, and the cleaning of texts from corpora.
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/json_fields.hpp"
#include "transcript/readers/json_keys.hpp"
#include "transcript/readers/readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

bool is_marker_char(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }

}  // namespace

std::string clean_corpus_text(const std::string &text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') {
      std::size_t end = at + 1;
      while (end < text.size() && is_marker_char(text[end])) ++end;
      if (end < text.size() && text[end] == '}' && end > at + 1) {
        at = end;
        continue;
      }
    }
    const bool closes = text[at] == '.' || text[at] == ',' || text[at] == '?' || text[at] == '!' ||
                        text[at] == ';' || text[at] == ':';
    if (closes) {
      while (!out.empty() && out.back() == ' ') out.pop_back();
    }
    out += text[at];
  }
  return base::collapse_spaces(out);
}

namespace {

// The text may itself be subtitles or lines with speakers; else it is sentences of nobody.
Result<RawTranscript> read_single_text(const std::string &text, const std::string &where,
                                       const std::string &language) {
  const auto lines = split_lines(text);
  if (auto cues = read_cue_file(text, lines)) return *std::move(cues);
  if (lines.size() > 1) {
    auto labelled = read_plain_text(lines);
    const bool named = labelled && std::any_of(labelled->cues.begin(), labelled->cues.end(),
                                               [](const RawCue &c) { return !c.speaker.empty(); });
    if (named) {
      labelled->format = "text_json";
      labelled->language = language;
      for (RawCue &cue : labelled->cues) cue.where = fmt::format("{}, {}", where, cue.where);
      return labelled;
    }
  }
  RawTranscript out;
  out.format = "text_json";
  out.language = language;
  append_sentences(out, base::collapse_spaces(text), where);
  out.warnings.emplace_back(
      "the source names no speakers, so the salesperson's words cannot be told from the "
      "customer's");
  return out;
}

// A list of lines, which has to name speakers.
std::optional<Result<RawTranscript>> read_lines(const Json &list, const std::string &where) {
  if (!list.is_array() || list.size() < 2) return std::nullopt;
  std::string text;
  for (const Json &line : list) {
    if (!line.is_string()) return std::nullopt;
    text += base::collapse_spaces(line.get_ref<const std::string &>()) + '\n';
  }
  auto raw = read_single_text(text, where, {});
  const bool named = raw && std::any_of(raw->cues.begin(), raw->cues.end(),
                                        [](const RawCue &cue) { return !cue.speaker.empty(); });
  return named ? std::optional(std::move(raw)) : std::nullopt;
}

const Json *text_in(const Json &object, std::string &where) {
  for (const char *key :
       {"text", "Content", "content", "transcript", "transcription", "full_transcript", "full_text",
        "transcript_text", "DisplayText", "combinedPhrases.0.text", "transcripts.0.transcript"}) {
    const Json *text = at_path(object, key);
    if (text == nullptr || !text->is_string()) continue;
    where += pointer(key);
    return text;
  }
  return nullptr;
}

// How many elements of a list are objects with a conversation each, as one text of several lines
// that begin with names; 0 unless all are.
std::size_t conversations_in(const Json &list) {
  constexpr std::size_t fewest_speakers = 2, most = 1000;
  if (!list.is_array() || list.size() < 2 || list.size() > most) return 0;
  for (const Json &element : list) {
    std::string where;
    const Json *text = element.is_object() ? text_in(element, where) : nullptr;
    if (text == nullptr) return 0;
    const auto &said = text->get_ref<const std::string &>();
    if (said.find('\n') == std::string::npos) return 0;
    const auto raw = read_plain_text(split_lines(said));
    std::set<std::string> speakers;
    for (const RawCue &cue : raw ? raw->cues : std::vector<RawCue>()) speakers.insert(cue.speaker);
    if (speakers.size() - speakers.count("") < fewest_speakers) return 0;
  }
  return list.size();
}

}  // namespace

void refuse_several_texts(const Json &document) {
  const auto refuse = [](const Json &list, const std::string &where) {
    const std::size_t count = conversations_in(list);
    if (count < 2) return;
    throw BadResult(errors::invalid_input(
        fmt::format("the list has {} conversations, each as one text; expected one: save each "
                    "conversation as a file of its own",
                    count),
        where.empty() ? "/" : where));
  };
  refuse(document, {});
  if (!document.is_object()) return;
  for (const auto &[key, value] : document.items()) refuse(value, "/" + key);
}

std::optional<Result<RawTranscript>> read_text_json(const Json &document) {
  if (document.is_array()) return read_lines(document, {});
  if (!document.is_object()) return std::nullopt;
  for (const auto &[key, value] : document.items()) {
    if (is_beside_conversation(key)) continue;
    if (auto lines = read_lines(value, "/" + key)) return lines;
  }
  const std::string language = Fields(document, {}).text("language");
  for (const char *path : {"", "data", "result", "results", "response", "artifact", "transcript",
                           "call", "data.transcript", "result.transcription", "output"}) {
    const Json *object = at_path(document, path);
    std::string where = pointer(path);
    if (object == nullptr || !object->is_object()) continue;
    const Json *text = text_in(*object, where);
    if (text != nullptr) return read_single_text(text->get<std::string>(), where, language);
  }
  return std::nullopt;
}

}  // namespace saleschecklist::transcript
