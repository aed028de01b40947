// The responses of speech recognisers whose words are in channels or apart from their turns:
// Deepgram, ElevenLabs, and AssemblyAI without utterances.
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/json_fields.hpp"
#include "transcript/readers/readers.hpp"

#include <algorithm>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

// A field, by reference: copying deeply nested input could overflow the stack.
const Json &field_of(const Json &object, const char *key) {
  static const Json nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

// Groups words with times into cues. A new cue begins at a change of speaker and after a sentence.
class WordGrouper {
 public:
  explicit WordGrouper(RawTranscript &out) : out_(out) {}

  void add(const std::string &speaker, const std::string &word, std::optional<std::int64_t> begin,
           std::optional<std::int64_t> end, const std::string &where) {
    const std::string text = base::collapse_spaces(word);
    if (text.empty()) return;
    if (!open_ || speaker != current_.speaker) {
      flush();
      current_ = {speaker, {}, begin, std::nullopt, where};
      open_ = true;
    }
    if (!current_.text.empty()) current_.text += ' ';
    current_.text += text;
    if (end) current_.end_ms = end;
    const char last = text.back();
    if (last == '.' || last == '?' || last == '!') flush();
  }

  void flush() {
    if (open_) out_.cues.push_back(std::move(current_));
    open_ = false;
  }

 private:
  RawTranscript &out_;
  RawCue current_;
  bool open_ = false;
};

void read_deepgram_words(RawTranscript &out, const Fields &alternative,
                         const std::string &channel) {
  const Json *words = alternative.array("words");
  if (words == nullptr || words->empty()) {
    append_sentences(out, base::collapse_spaces(alternative.text("transcript")),
                     alternative.where());
    return;
  }
  WordGrouper grouper(out);
  for (std::size_t i = 0; i < words->size(); ++i) {
    const Fields word = Fields::element(*words, i, alternative.where() + "/words");
    const std::string spoken =
        word.has("punctuated_word") ? word.text("punctuated_word") : word.text("word");
    const std::string speaker = channel.empty() ? word.text("speaker") : channel;
    grouper.add(speaker_label(speaker), spoken, word.seconds("start"), word.seconds("end"),
                word.where());
  }
  grouper.flush();
}

RawTranscript read_deepgram(const Fields &root) {
  RawTranscript out;
  out.format = "deepgram";
  const Fields results(root.object()["results"], "/results");
  if (const auto meta = root.object().find("metadata");
      meta != root.object().end() && meta->is_object()) {
    out.duration_ms = Fields(*meta, "/metadata").seconds("duration");
  }
  const Json *channels = results.array("channels");
  const bool several = channels != nullptr && channels->size() > 1;
  if (const Json *utterances = results.array("utterances"); utterances && !utterances->empty()) {
    for (std::size_t i = 0; i < utterances->size(); ++i) {
      const Fields u = Fields::element(*utterances, i, "/results/utterances");
      out.cues.push_back({speaker_label(u.text(several ? "channel" : "speaker")),
                          base::collapse_spaces(u.text("transcript")), u.seconds("start"),
                          u.seconds("end"), u.where()});
    }
    return out;
  }
  for (std::size_t c = 0; channels != nullptr && c < channels->size(); ++c) {
    const Fields channel = Fields::element(*channels, c, "/results/channels");
    if (out.language.empty()) out.language = channel.text("detected_language");
    const Json *alternatives = channel.array("alternatives");
    if (alternatives == nullptr || alternatives->empty()) continue;
    read_deepgram_words(out, Fields::element(*alternatives, 0, channel.where() + "/alternatives"),
                        several ? std::to_string(c) : std::string());
  }
  return out;
}

RawTranscript read_assemblyai(const Fields &root) {
  RawTranscript out;
  out.format = "assemblyai";
  out.language = root.text("language_code");
  out.duration_ms = root.seconds("audio_duration");
  if (root.text("status") == "error") {
    throw BadResult(
        errors::invalid_input("the recogniser returned an error instead of a transcript: " +
                                  base::collapse_spaces(root.text("error")),
                              "/status"));
  }
  const Json *words = root.array("words");
  WordGrouper grouper(out);
  for (std::size_t i = 0; words != nullptr && i < words->size(); ++i) {
    const Fields word = Fields::element(*words, i, "/words");
    grouper.add(speaker_label(word.text("speaker")), word.text("text"), word.milliseconds("start"),
                word.milliseconds("end"), word.where());
  }
  grouper.flush();
  if (out.cues.empty()) append_sentences(out, base::collapse_spaces(root.text("text")), "/text");
  return out;
}

void read_scribe_words(RawTranscript &out, const Fields &part, const std::string &channel) {
  const Json *words = part.array("words");
  WordGrouper grouper(out);
  for (std::size_t i = 0; words != nullptr && i < words->size(); ++i) {
    const Fields word = Fields::element(*words, i, part.where() + "/words");
    const std::string type = word.text("type");
    if (type == "spacing" || type == "audio_event") continue;
    const std::string speaker = channel.empty() ? word.text("speaker_id") : channel;
    grouper.add(speaker_label(speaker), base::collapse_spaces(word.text("text")),
                word.seconds("start"), word.seconds("end"), word.where());
  }
  grouper.flush();
}

RawTranscript read_scribe(const Fields &root) {
  RawTranscript out;
  out.format = "elevenlabs";
  out.language = root.text("language_code");
  out.duration_ms = root.seconds("audio_duration_secs");
  if (const Json *transcripts = root.array("transcripts")) {
    for (std::size_t i = 0; i < transcripts->size(); ++i) {
      const Fields part = Fields::element(*transcripts, i, "/transcripts");
      if (out.language.empty()) out.language = part.text("language_code");
      read_scribe_words(out, part, part.text("channel_index"));
    }
  } else {
    read_scribe_words(out, root, {});
  }
  return out;
}

// Channels come one after the other; this sorts their cues by time.
void sort_channels(RawTranscript &out) {
  std::stable_sort(out.cues.begin(), out.cues.end(), [](const RawCue &a, const RawCue &b) {
    return a.begin_ms.value_or(0) < b.begin_ms.value_or(0);
  });
}

bool first_has(const Json &array, const char *key) {
  return array.is_array() && !array.empty() && array[0].is_object() && array[0].contains(key);
}

}  // namespace

std::string speaker_label(const std::string &raw) {
  if (raw.empty()) return {};
  constexpr std::size_t longest_number = 4;  // a longer one is a telephone's
  const bool number =
      raw.size() <= longest_number && raw.find_first_not_of("0123456789") == std::string::npos;
  const bool letter = raw.size() == 1 && raw[0] >= 'A' && raw[0] <= 'Z';
  if (number || letter) return "Speaker " + raw;
  if (raw.rfind("speaker_", 0) == 0) return "Speaker " + raw.substr(8);
  return base::collapse_spaces(raw);
}

std::optional<Result<RawTranscript>> read_recogniser_json(const Json &document) {
  if (!document.is_object()) return std::nullopt;
  const Fields root(document, {});
  const auto field = [&](const char *key) -> const Json & { return field_of(document, key); };
  if (field("results").is_object() &&
      (field("results").contains("channels") || field("results").contains("utterances"))) {
    RawTranscript out = read_deepgram(root);
    sort_channels(out);
    return out;
  }
  // The channels of ElevenLabs name no speaker; the turns of meeting bots do.
  const bool channels =
      first_has(field("transcripts"), "words") && !first_has(field("transcripts"), "speaker");
  if (channels || first_has(field("words"), "type")) {
    RawTranscript out = read_scribe(root);
    sort_channels(out);
    return out;
  }
  const bool assembly = root.has("audio_duration") || root.has("language_code") ||
                        root.has("status") || root.has("utterances");
  const bool words = field("words").is_array() && !field("words").empty();
  const bool text = root.has("text") && !root.has("tokens") && !root.has("segments");
  const bool turns = field("utterances").is_array() && !field("utterances").empty();
  if (assembly && !turns && (words || text)) return read_assemblyai(root);
  return std::nullopt;
}

}  // namespace saleschecklist::transcript
