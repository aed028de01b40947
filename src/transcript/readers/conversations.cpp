// JSON that lists turns of a conversation (QMSum and similar corpora) or has the whole call as one
// text.
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/json_fields.hpp"
#include "transcript/readers/readers.hpp"

#include <cctype>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

bool is_marker_char(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }

// Corpora mark noises as {vocalsound} and put spaces before punctuation; both are removed.
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

// Reads an array of {speaker, content} objects, under any of the keys that such lists use.
RawTranscript read_turns(const Json &turns, const std::string &where, const char *format) {
  RawTranscript out;
  out.format = format;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const Fields turn = Fields::element(turns, i, where);
    const char *text_key = turn.has("content") ? "content" : "text";
    if (!turn.has(text_key)) {
      throw BadResult(errors::invalid_input("expected the key 'content' or 'text', and 'speaker'",
                                            turn.where()));
    }
    out.cues.push_back({base::collapse_spaces(turn.text("speaker")),
                        clean_corpus_text(turn.text(text_key)), turn.seconds("start"),
                        turn.seconds("end"), turn.where()});
  }
  return out;
}

RawTranscript read_single_text(const Fields &root, const char *key) {
  RawTranscript out;
  out.format = "text_json";
  out.language = root.text("language");
  append_sentences(out, base::collapse_spaces(root.text(key)), std::string("/") + key);
  out.warnings.emplace_back(
      "the source names no speakers, so the salesperson's words cannot be told from the "
      "customer's");
  return out;
}

}  // namespace

std::optional<Result<RawTranscript>> read_conversation_json(const Json &document) {
  if (document.is_array() && !document.empty() && document[0].is_object()) {
    return read_turns(document, {}, "turns_json");
  }
  if (!document.is_object()) return std::nullopt;
  const Fields root(document, {});
  if (const Json *turns = root.array("meeting_transcripts")) {
    return read_turns(*turns, "/meeting_transcripts", "qmsum");
  }
  for (const char *key : {"utterances", "turns", "messages"}) {
    const auto found = document.find(key);
    if (found != document.end() && found->is_array()) {
      return read_turns(*found, std::string("/") + key, "turns_json");
    }
  }
  for (const char *key : {"text", "Content", "content", "transcript"}) {
    const auto found = document.find(key);
    if (found != document.end() && found->is_string()) return read_single_text(root, key);
  }
  return std::nullopt;
}

}  // namespace saleschecklist::transcript
