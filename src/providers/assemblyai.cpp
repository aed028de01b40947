#include "providers/assemblyai.hpp"

#include "base/guard.hpp"
#include "providers/defaults.hpp"
#include "providers/transcriber.hpp"

#include <algorithm>
#include <optional>

namespace saleschecklist::providers {
namespace {

using std::chrono::milliseconds;

// Waits between two questions whether a transcript is finished; each is twice the last.
constexpr milliseconds first_wait{100};
constexpr milliseconds longest_wait{3'000};
constexpr milliseconds removal_time{5'000};  // the most that deleting a transcript may take

// Endpoint.

std::string upload_endpoint(const ProviderOptions &options) {
  return join_url(options.base_url, "/upload");
}

std::string transcript_endpoint(const ProviderOptions &options, const std::string &id = "") {
  return join_url(options.base_url, "/transcript" + (id.empty() ? id : "/" + escape_segment(id)));
}

// Auth.

std::vector<HttpHeader> auth(const ProviderOptions &options) {
  return key_header("Authorization", "", options.key);
}

// Encode.

// The newest models know few languages; for all others the service takes the last one of the list.
Json encode_clip(const AudioClip &clip, const std::string &upload, const std::string &model) {
  constexpr const char *every_language = "universal-2";
  Json models = {model};
  if (model != every_language) models.push_back(every_language);
  Json out = {{"audio_url", upload}, {"speech_models", std::move(models)}};
  if (clip.speakers != Speakers::one) out["speaker_labels"] = true;  // it costs extra
  if (clip.language.empty()) {
    out["language_detection"] = true;
  } else {
    out["language_code"] = clip.language;
  }
  return out;
}

// Decode.

constexpr WordShape words_in_milliseconds = {{"text"}, true};

TranscribedClip decode_clip(const Json &document, const AudioClip &clip) {
  return clip_of(words_of(at(document, "utterances"), at(document, "words"), words_in_milliseconds),
                 text_at(document, "text"), text_at(document, "language_code"), clip);
}

// Errors: {"error":"..."} with a status, or a transcript whose status is "error".

void understand(ServiceError &service_error) {
  const auto said = [&](std::initializer_list<std::string_view> words) {
    return mentions(service_error.message, words);
  };
  if (said({"account balance", "insufficient funds", "top up"})) {
    service_error.kind = FailureKind::credit;
  } else if (said({"api token missing", "authentication error"})) {
    service_error.kind = FailureKind::key;
  } else if (said({"too many requests", "rate limit"})) {
    service_error.kind = FailureKind::rate;
  } else if (said({"speech_model"})) {
    service_error.kind = FailureKind::model;
  } else if (said({"does not appear to contain audio", "transcoding failed", "corrupt",
                   "unsupported file", "could not be processed"})) {
    service_error.kind = FailureKind::format;
  } else if (said({"too large", "file size", "maximum size"})) {
    service_error.kind = FailureKind::size;
  } else if (said({"too long", "maximum duration", "maximum audio duration"})) {
    service_error.kind = FailureKind::duration;
  }
}

ServiceError errors(const HttpResponse &response) {
  ServiceError out = read_service_error(response);
  understand(out);
  return out;
}

// The service refuses to detect the language of silence.
bool is_silence(std::string_view message) { return mentions(message, {"no spoken audio"}); }

constexpr Protocol protocol = {"assemblyai", auth, errors};

class AssemblyAi final : public Transcriber {
 public:
  explicit AssemblyAi(const ProviderOptions &options) : client_(protocol, options) {}

  TranscriberInfo info() const override {
    return {client_.id(), assemblyai_upload_bytes, assemblyai_audio_ms, true};
  }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    return base::guard([&]() -> Result<TranscribedClip> {
      require_size(clip, info(), client_);
      auto deadline = client_.deadline();
      const Call call{client_, clip, deadline, usage};
      const auto upload = call.create(upload_endpoint(client_.options()),
                                      "application/octet-stream", clip.bytes, "upload_url");
      if (!upload) return upload.error();
      const Json wanted = encode_clip(clip, *upload, client_.options().model);
      const auto id = call.create(transcript_endpoint(client_.options()), "application/json",
                                  compact(wanted), "id");
      if (!id) return id.error();
      const Kept kept{call, transcript_endpoint(client_.options(), *id)};
      return call.await(kept.url);
    });
  }

 private:
  // The requests of one call.
  struct Call {
    const ProviderClient &client;
    const AudioClip &clip;
    std::chrono::steady_clock::time_point &deadline;
    Usage &usage;

    // Posts, and returns the text that the reply has under `key`.
    Result<std::string> create(const std::string &url, const char *content_type, std::string body,
                               const char *key) const {
      ServiceError refused;
      const auto reply =
          client.send({url, content_type, std::move(body), deadline, clip.cancel, clip.on_wait},
                      usage, refused);
      if (!reply) return reply.error();
      std::string out = text_at(read_json(reply->body).value_or(Json()), key);
      if (out.empty()) return client.unreadable(shape_of(reply->body), *reply, url);
      return out;
    }

    // Asks until the transcript is finished.
    Result<TranscribedClip> await(const std::string &url) const {
      for (milliseconds wait = first_wait;; wait = std::min(2 * wait, longest_wait)) {
        ServiceError refused;
        ProviderRequest request{url, "", "", deadline, clip.cancel, clip.on_wait};
        request.method = "GET";
        const auto reply = client.send(std::move(request), usage, refused);
        if (!reply) return reply.error();
        const Json document = read_json(reply->body).value_or(Json());
        const std::string status = text_at(document, "status");
        if (status == "completed") return finished(document);
        if (status == "error") return failed(text_at(document, "error"), url);
        if (status.empty()) return client.unreadable(shape_of(reply->body), *reply, url);
        if (auto waited = client.wait(wait, deadline, clip.cancel, url); !waited) {
          return waited.error();
        }
      }
    }

    TranscribedClip finished(const Json &document) const {
      usage.audio_ms += ms_at(document, "audio_duration").value_or(clip.duration_ms);
      return decode_clip(document, clip);
    }

    Result<TranscribedClip> failed(std::string message, const std::string &url) const {
      if (is_silence(message)) return TranscribedClip{};
      if (message.empty()) message = "the service could not transcribe the recording";
      ServiceError service_error{200, FailureKind::other, std::move(message)};
      understand(service_error);
      return client.error_of(std::move(service_error), url);
    }

    // Deletes the transcript, also after a failure and when the call was cancelled. If that fails,
    // the service deletes it itself after some time, so the call does not fail.
    void remove(const std::string &url) const {
      ServiceError ignored;
      auto late = std::chrono::steady_clock::now() + removal_time;
      ProviderRequest request{url, "", "", late};
      request.method = "DELETE";
      request.retried = false;
      (void)client.send(std::move(request), usage, ignored);
    }
  };

  // A transcript that the service keeps until this goes out of scope.
  struct Kept {
    const Call &call;
    const std::string url;

    ~Kept() { call.remove(url); }
  };

  const ProviderClient client_;
};

}  // namespace

std::shared_ptr<Transcriber> make_assemblyai_transcriber(const ProviderOptions &options) {
  return std::make_shared<AssemblyAi>(options);
}

}  // namespace saleschecklist::providers
