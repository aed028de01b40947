#include "providers/deepgram.hpp"

#include "base/guard.hpp"
#include "providers/defaults.hpp"
#include "providers/transcriber.hpp"

namespace saleschecklist::providers {
namespace {

// Endpoint. All options are in the query; the body is the recording.

std::string endpoint(const ProviderOptions &options, const AudioClip &clip) {
  std::string query = "?model=" + escape_segment(options.model) +
                      "&smart_format=true&punctuate=true&utterances=true";
  // `diarize` alone is the older way, which servers of one's own may know: it selects the older of
  // the service's two recognisers of speakers. They cost extra, so they are left out if possible.
  if (clip.speakers != Speakers::one) query += "&diarize=true&diarize_model=latest";
  query += clip.language.empty() ? "&detect_language=true"
                                 : "&language=" + escape_segment(clip.language);
  return join_url(options.base_url, "/listen" + query);
}

// Auth.

std::vector<HttpHeader> auth(const ProviderOptions &options) {
  return key_header("Authorization", "Token ", options.key);
}

// Decode.

constexpr WordShape words_with_punctuation = {{"punctuated_word", "word"}};

bool decode_clip(const Json &document, const AudioClip &clip, TranscribedClip &out) {
  const Json &results = at(document, "results");
  const Json &channel = first(at(results, "channels"));
  const Json &alternative = first(at(channel, "alternatives"));
  const Json &utterances = at(results, "utterances");
  if (!alternative.is_object() && !utterances.is_array()) return false;
  out = clip_of(words_of(utterances, at(alternative, "words"), words_with_punctuation),
                text_at(alternative, "transcript"), text_at(channel, "detected_language"), clip);
  return true;
}

// Errors: {"err_code","err_msg","request_id"} or {"category","message","details","request_id"}.

ServiceError errors(const HttpResponse &response) {
  ServiceError out = read_service_error(response);
  const auto coded = [&](std::string_view word) { return mentions(out.code, {word}); };
  const auto said = [&](std::initializer_list<std::string_view> words) {
    return mentions(out.message, words);
  };
  if (coded("payment_required") || coded("insufficient_credits")) {
    out.kind = FailureKind::credit;
  } else if (coded("invalid_auth")) {
    out.kind = FailureKind::key;
  } else if (said({"no such model", "access to the requested model"})) {
    out.kind = FailureKind::model;
  } else if (said({"unsupported data", "corrupt", "unsupported media", "unsupported audio"})) {
    out.kind = FailureKind::format;
  } else if (said({"too long", "maximum duration"})) {
    out.kind = FailureKind::duration;
  } else if (said({"too large", "maximum size", "file size"})) {
    out.kind = FailureKind::size;
  }
  return out;
}

constexpr Protocol protocol = {"deepgram", auth, errors};

class Deepgram final : public Transcriber {
 public:
  explicit Deepgram(const ProviderOptions &options) : client_(protocol, options) {}

  TranscriberInfo info() const override { return {client_.id(), deepgram_upload_bytes, 0, true}; }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    return base::guard([&]() -> Result<TranscribedClip> {
      require_size(clip, info(), client_);
      const std::string url = endpoint(client_.options(), clip);
      auto deadline = client_.deadline();
      ServiceError refused;
      const auto reply = client_.send(
          {url, upload_name(clip).content_type, clip.bytes, deadline, clip.cancel, clip.on_wait},
          usage, refused);
      if (!reply) return reply.error();
      const Json document = read_json(reply->body).value_or(Json());
      usage.audio_ms += ms_at(at(document, "metadata"), "duration").value_or(clip.duration_ms);
      TranscribedClip out;
      if (!decode_clip(document, clip, out)) {
        return client_.unreadable(shape_of(reply->body), *reply, url);
      }
      return out;
    });
  }

 private:
  const ProviderClient client_;
};

}  // namespace

std::shared_ptr<Transcriber> make_deepgram_transcriber(const ProviderOptions &options) {
  return std::make_shared<Deepgram>(options);
}

}  // namespace saleschecklist::providers
