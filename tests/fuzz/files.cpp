// Targets that read files.
#include "targets.hpp"

#include <saleschecklist/saleschecklist.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace saleschecklist::fuzz {
namespace {

namespace fs = std::filesystem;

// A folder of this process, in memory where the system has such a place.
class Folder {
 public:
  Folder() {
    const fs::path base = fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    path_ = base / ("saleschecklist-fuzz-" + std::to_string(::getpid()));
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;

  std::string write(const char *name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

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
