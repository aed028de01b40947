#include "providers/elevenlabs.hpp"

#include "base/base64.hpp"
#include "base/guard.hpp"
#include "net/multipart.hpp"
#include "providers/defaults.hpp"
#include "providers/model_list.hpp"
#include "providers/provider_client.hpp"
#include "providers/speech_marks.hpp"
#include "providers/transcriber.hpp"

#include <algorithm>

namespace saleschecklist::providers {
namespace {

// Endpoint.

std::string speech_endpoint(const ProviderOptions &options) {
  return join_url(options.base_url, "/text-to-speech/" + escape_segment(options.voice) +
                                        "/with-timestamps?output_format=" + elevenlabs_format);
}

std::string scribe_endpoint(const ProviderOptions &options) {
  return join_url(options.base_url, "/speech-to-text");
}

// Auth.

std::vector<HttpHeader> auth(const ProviderOptions &options) {
  return key_header("xi-api-key", "", options.key);
}

// Encode.

net::FormBody encode_clip(const AudioClip &clip, const std::string &model) {
  std::vector<net::FormPart> parts = {{"model_id", model},
                                      {"diarize", "true"},
                                      {"tag_audio_events", "false"},
                                      {"timestamps_granularity", "word"}};
  // Names the speakers "agent" and "customer", for a surcharge, where the channels do not tell
  // them.
  if (clip.speakers == Speakers::several) parts.push_back({"detect_speaker_roles", "true"});
  if (!clip.language.empty()) parts.push_back({"language_code", clip.language});
  const UploadName name = upload_name(clip);
  parts.push_back({"file", clip.bytes, name.file_name, name.content_type});
  return net::encode_form(parts);
}

// Whether the model accepts the preceding text and requests as context; eleven_v3 rejects them.
bool carries_on(const std::string &model) { return model.rfind("eleven_v3", 0) != 0; }

Json encode_speech(const VoiceRequest &request, const std::string &model) {
  constexpr std::size_t most_ids = 3;
  Json out = {{"text", request.text}, {"model_id", model}};
  if (!carries_on(model)) return out;
  if (!request.previous_text.empty()) out["previous_text"] = request.previous_text;
  if (!request.next_text.empty()) out["next_text"] = request.next_text;
  const auto &ids = request.previous_request_ids;
  if (!ids.empty()) {
    out["previous_request_ids"] = std::vector<std::string>(
        ids.end() - static_cast<std::ptrdiff_t>(std::min(ids.size(), most_ids)), ids.end());
  }
  return out;
}

// Decode.

// Reads words, the spaces between them, and sounds such as "(laughter)", which are skipped.
std::vector<SpokenWord> read_words(const Json &list) {
  std::vector<SpokenWord> out;
  std::string space;
  for (const Json &item : list) {
    const std::string type = text_at(item, "type");
    if (type == "spacing") space += text_at(item, "text");
    if (type != "word" && !type.empty()) continue;
    SpokenWord word;
    word.word = read_word(item, {{"text"}}, out.empty() ? 0 : out.back().word.end_ms);
    if (word.word.text.empty()) continue;
    word.speaker = text_at(item, "speaker_id");
    word.space = space.empty() ? "" : " ";
    word.logprob = number_at(item, "logprob");
    space.clear();
    out.push_back(std::move(word));
  }
  return out;
}

bool decode_clip(const Json &document, const AudioClip &clip, TranscribedClip &out) {
  const Json &words = at(document, "words");
  if (!words.is_array() && !at(document, "text").is_string()) return false;
  const bool listed = words.is_array() && !words.empty();  // the text also has the sounds
  out = clip_of(listed ? read_words(words) : std::vector<SpokenWord>(),
                listed ? std::string() : text_at(document, "text"),
                text_at(document, "language_code"), clip);
  return true;
}

std::vector<SpokenPiece> read_alignment(const Json &alignment) {
  const Json &characters = at(alignment, "characters");
  const Json &begins = at(alignment, "character_start_times_seconds");
  const Json &ends = at(alignment, "character_end_times_seconds");
  std::vector<SpokenPiece> out;
  if (!characters.is_array() || !begins.is_array() || !ends.is_array()) return out;
  const std::size_t size = std::min({characters.size(), begins.size(), ends.size()});
  const auto ms = [](const Json &seconds) { return ms_at(Json{{"s", seconds}}, "s").value_or(0); };
  for (std::size_t i = 0; i < size; ++i) {
    if (!characters[i].is_string()) continue;
    const std::int64_t begin = ms(begins[i]);
    out.push_back({characters[i].get<std::string>(), begin, std::max(begin, ms(ends[i]))});
  }
  return out;
}

// The length of the audio, computed from its constant bit rate, but at least the end of the last
// word.
std::int64_t duration_of(const std::string &audio, const std::vector<SpokenPiece> &pieces) {
  std::int64_t out = static_cast<std::int64_t>(audio.size()) * 1'000 / elevenlabs_bytes_per_second;
  for (const SpokenPiece &piece : pieces) out = std::max(out, piece.end_ms);
  return out;
}

bool decode_speech(const Json &document, const std::string &text, Speech &out) {
  const Json &coded = at(document, "audio_base64");
  if (!coded.is_string()) return false;
  auto audio = base::base64_decode(coded.get_ref<const std::string &>());
  if (!audio || audio->empty()) return false;
  out.audio = *std::move(audio);
  out.content_type = "audio/mpeg";
  const std::vector<SpokenPiece> pieces = read_alignment(at(document, "alignment"));
  out.marks = marks_of(text, pieces);
  out.duration_ms = duration_of(out.audio, pieces);
  return true;
}

// Errors.

ServiceError errors(const HttpResponse &response) {
  ServiceError out = read_service_error(response);
  const Json document = read_json(response.body).value_or(Json());
  // "status" is the older name of the code, and the more specific one if both are present.
  const Json &detail = at(document, "detail");
  const std::string status = text_at(detail, "status");
  if (!status.empty() && text_at(detail, "code").empty()) out.code = status;
  const auto coded = [&](std::initializer_list<std::string_view> words) {
    return mentions(out.code, words) || mentions(status, words);
  };
  if (coded({"quota_exceeded", "insufficient_credits", "payment_required"})) {
    out.kind = FailureKind::credit;
  } else if (coded({"missing_permissions", "only_for_creator", "detected_unusual_activity"})) {
    out.kind = FailureKind::permission;
  } else if (coded({"invalid_api_key", "needs_authorization"})) {
    out.kind = FailureKind::key;
  } else if (coded({"concurrent_limit", "rate_limit", "too_many_concurrent"})) {
    out.kind = FailureKind::rate;
  } else if (coded({"system_busy"})) {
    out.kind = FailureKind::overload;
  } else if (coded({"voice_not_found", "model_not_found", "invalid_model"})) {
    out.kind = FailureKind::model;
  } else if (coded({"max_character_limit", "text_too_long"})) {
    out.kind = FailureKind::context;
  } else if (coded({"file_too_large", "upload_too_large"})) {
    out.kind = FailureKind::size;
  } else if (coded({"audio_too_long"})) {
    out.kind = FailureKind::duration;
  } else if (coded({"invalid_audio", "corrupted", "unsupported_format", "invalid_file"})) {
    out.kind = FailureKind::format;
  }
  return out;
}

constexpr Protocol elevenlabs_protocol = {"elevenlabs", auth, errors};

class Scribe final : public Transcriber {
 public:
  explicit Scribe(const ProviderOptions &options) : client_(elevenlabs_protocol, options) {}

  TranscriberInfo info() const override {
    return {client_.id(), elevenlabs_upload_bytes - net::form_margin, elevenlabs_audio_ms, true};
  }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    return base::guard([&]() -> Result<TranscribedClip> {
      require_size(clip, info(), client_);
      const std::string url = scribe_endpoint(client_.options());
      net::FormBody form = encode_clip(clip, client_.options().model);
      auto deadline = client_.deadline();
      ServiceError refused;
      const auto reply = client_.send({url, std::move(form.content_type), std::move(form.body),
                                       deadline, clip.cancel, clip.on_wait},
                                      usage, refused);
      if (!reply) return reply.error();
      const auto document = read_json(reply->body);
      const auto heard = ms_at(document.value_or(Json()), "audio_duration_secs");
      usage.audio_ms += heard.value_or(clip.duration_ms);
      TranscribedClip out;
      if (!document || !decode_clip(*document, clip, out)) {
        return client_.unreadable(shape_of(reply->body), *reply, url);
      }
      return out;
    });
  }

 private:
  const ProviderClient client_;
};

class ElevenLabsVoice final : public Voice {
 public:
  explicit ElevenLabsVoice(const ProviderOptions &options)
      : client_(elevenlabs_protocol, options) {}

  VoiceInfo info() const override {
    return {client_.id(), most_characters("elevenlabs", client_.options().model)};
  }

  Result<Speech> synthesize(const VoiceRequest &request, Usage &usage) override {
    return base::guard([&]() -> Result<Speech> {
      require_sayable(request.text, info());
      require_utf8(request.previous_text, "previous_text");
      require_utf8(request.next_text, "next_text");
      const std::string url = speech_endpoint(client_.options());
      auto deadline = client_.deadline();
      ServiceError refused;
      const auto reply = client_.send(
          {url, "application/json", compact(encode_speech(request, client_.options().model)),
           deadline, request.cancel, request.on_wait},
          usage, refused);
      if (!reply) return reply.error();
      const std::int64_t cost = count_at(Json{{"cost", reply->header("character-cost")}}, "cost");
      usage.characters += cost > 0 ? cost : count_characters(request.text);
      Speech out;
      const auto document = read_json(reply->body);
      if (!document || !decode_speech(*document, request.text, out)) {
        return client_.unreadable(shape_of(reply->body), *reply, url);
      }
      out.request_id = client_.request_id(*reply);
      return out;
    });
  }

 private:
  const ProviderClient client_;
};

}  // namespace

std::shared_ptr<Transcriber> make_elevenlabs_transcriber(const ProviderOptions &options) {
  return std::make_shared<Scribe>(options);
}

std::shared_ptr<Voice> make_elevenlabs_voice(const ProviderOptions &options) {
  return std::make_shared<ElevenLabsVoice>(options);
}

}  // namespace saleschecklist::providers
