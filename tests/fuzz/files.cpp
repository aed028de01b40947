// Targets that read files.
#include "support.hpp"

namespace saleschecklist::fuzz {
namespace {

// Checks what it is sent and hears a word in each clip.
class Listener final : public Transcriber {
 public:
  TranscriberInfo info() const override { return {"fuzz:listener", 1 << 20, 60'000, false}; }
  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    require(clip.bytes.size() <= info().max_bytes, "a clip has at most max_bytes");
    require(clip.duration_ms <= info().max_ms, "a clip lasts at most max_ms");
    ++usage.requests;
    TranscribedClip heard;
    heard.segments.push_back({"hello there", 0, clip.duration_ms});
    return heard;
  }
};

}  // namespace

void cassette(std::string_view bytes) {
  const Folder folder;
  folder.write("exchange.json", bytes);
  const auto replay = replay_transport(folder.path());
  if (!replay) return;
  HttpRequest request;
  request.url = "http://127.0.0.1/v1/echo";
  for (int n = 0; n < 2; ++n) {
    const auto reply = (*replay)->send(request);
    require(reply || reply.error().code == ErrorCode::not_found,
            "a request that was not recorded is not found");
  }
}

void recording(std::string_view bytes) {
  const Folder folder;
  const std::string file = folder.write("call", bytes);
  const auto info = probe_audio(file);
  if (!info) {
    require(info.error().code == ErrorCode::invalid_input || info.error().code == ErrorCode::io ||
                info.error().code == ErrorCode::unsupported,
            "a file without audio is invalid input");
    return;
  }
  require(info->duration_ms >= 0, "a duration is not negative");
  if (info->duration_ms > 600'000) return;  // would take minutes to decode
  Listener listener;
  const auto call = transcribe(file, listener);
  if (call) require(validate(*call).empty(), "a transcript of a recording has no fault");
}

}  // namespace saleschecklist::fuzz
