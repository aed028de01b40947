// Recordings and spoken coaching: kept among blobs, heard and spoken once.
#include <doctest/doctest.h>

#include <set>

#include "engines.hpp"
#include "support/temporary_folder.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// Hears ten seconds at a time, and fails from clip number `broken` on.
class ShortListener : public Transcriber {
 public:
  explicit ShortListener(std::size_t broken = 1'000) : broken_(broken) {}

  TranscriberInfo info() const override { return {"openai:whisper-1", 1 << 24, 10'000, false}; }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    const std::lock_guard lock(mutex_);
    if (heard_.size() >= broken_) return Error{ErrorCode::network, "the line broke", {}};
    usage.requests += 1;
    usage.audio_ms += clip.duration_ms;
    heard_.push_back(clip.bytes);
    TranscribedClip out;
    out.language = "en";
    TranscribedSegment segment;
    segment.text = "My number is 020 7946 0958 and we lose two containers a week.";
    segment.end_ms = clip.duration_ms;
    segment.words = {{"My", 0, 100}, {"number", 100, 300}};
    out.segments.push_back(segment);
    return out;
  }

  const std::vector<std::string> &heard() const { return heard_; }

 private:
  const std::size_t broken_;
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;
};

// Knows speakers by samples of their voices, so that what is asked depends on what was heard.
class KnowingListener : public ShortListener {
 public:
  using ShortListener::ShortListener;

  TranscriberInfo info() const override {
    TranscriberInfo out = ShortListener::info();
    out.names_speakers = true;
    out.known_speakers = 4;
    return out;
  }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    auto out = ShortListener::transcribe(clip, usage);
    if (!out) return out;
    known.push_back(clip.known_speakers.size());
    const bool is_known = !clip.known_speakers.empty();
    out->segments.at(0).speaker = is_known ? clip.known_speakers[0].name : "A";
    return out;
  }

  std::vector<std::size_t> known;  // of each clip
};

class ShortVoice : public Voice {
 public:
  explicit ShortVoice(std::size_t broken = 1'000) : broken_(broken) {}

  VoiceInfo info() const override { return {"elevenlabs:eleven_multilingual_v2", 300}; }

  Result<Speech> synthesize(const VoiceRequest &request, Usage &usage) override {
    if (said_.size() >= broken_) return Error{ErrorCode::timeout, "it took too long", {}};
    usage.requests += 1;
    said_.push_back(request.text);
    Speech out;
    out.audio = "\xff\xfb" + request.text;
    out.content_type = "audio/mpeg";
    out.duration_ms = 1'000;
    return out;
  }

  const std::vector<std::string> &said() const { return said_; }

 private:
  const std::size_t broken_;
  std::vector<std::string> said_;
};

std::string recording() { return (source_dir() / "examples/recording/call.m4a").string(); }

// Different blob stores: one that has files, one that has not.
std::vector<std::shared_ptr<BlobStore>> blob_stores(const TemporaryFolder &folder) {
  return {folder_blobs(folder.path("blobs")).value(), memory_blobs()};
}

std::size_t occurrences(const std::filesystem::path &folder, const std::string &words) {
  std::size_t out = 0;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = read_file(entry.path());
    for (std::size_t at = 0; (at = bytes.find(words, at)) != std::string::npos; ++at) ++out;
  }
  return out;
}

}  // namespace

TEST_CASE("a recording is kept and heard window by window, from a file or not" *
          doctest::skip(!with_ffmpeg)) {
  const TemporaryFolder folder;
  for (const auto &blobs : blob_stores(folder)) {
    const auto whole = std::make_shared<ShortListener>();
    EngineOptions options = offline_options();
    options.blobs = blobs;
    options.services.transcriber = whole;
    const auto engine = Engine::open(options).value();
    const Session made = engine.create({"Acme"}).value();
    const Session attached = engine.attach_audio(made.id, recording()).value();
    CHECK(attached.status == SessionStatus::processing);
    CHECK(attached.audio->name == "call.m4a");
    CHECK(attached.audio->bytes ==
          static_cast<std::int64_t>(std::filesystem::file_size(recording())));
    CHECK(engine.run(made.id).value().status == SessionStatus::not_assessable);  // no sides
    CHECK(whole->heard().size() > 3);
    const std::set<std::string> different(whole->heard().begin(), whole->heard().end());
    CHECK(different.size() == whole->heard().size());
  }
}

TEST_CASE("a build without FFmpeg refuses a recording, says so, and leaves the session as it was" *
          doctest::skip(with_ffmpeg)) {
  const auto engine = Engine::open(offline_options()).value();
  const std::string id = engine.create({"Acme"}).value().id;
  const auto refused = engine.attach_audio(id, recording());
  CHECK(refused.error().code == ErrorCode::unsupported);
  CHECK(refused.error().message.find("SALESCHECKLIST_FFMPEG") != std::string::npos);
  CHECK_FALSE(engine.find(id)->audio);
}

TEST_CASE("windows that were heard before a failure are not heard again" *
          doctest::skip(!with_ffmpeg)) {
  const auto first = std::make_shared<ShortListener>(2);
  EngineOptions options = offline_options();
  options.services.transcriber = first;
  RunOptions one;
  one.parallel = 1;
  const auto broken = Engine::open(options).value();
  const std::string id = broken.create({"Acme"}).value().id;
  REQUIRE(broken.attach_audio(id, recording()));
  CHECK_FALSE(broken.run(id, one));
  CHECK(first->heard().size() == 2);
  const auto second = std::make_shared<ShortListener>();
  options.services.transcriber = second;
  const auto mended = Engine::open(options).value();
  CHECK(mended.run(id, one).value().status == SessionStatus::not_assessable);
  for (const std::string &clip : second->heard()) {
    CHECK(std::count(first->heard().begin(), first->heard().end(), clip) == 0);
  }
  const auto usage = mended.result(id).value().usage;
  CHECK(usage.at(0).usage.requests ==
        static_cast<std::int64_t>(first->heard().size() + second->heard().size()));
}

TEST_CASE("windows heard before a failure teach the voices of the speakers to those after it" *
          doctest::skip(!with_ffmpeg)) {
  const auto whole = std::make_shared<KnowingListener>();
  EngineOptions options = offline_options();
  options.services.transcriber = whole;
  const auto heard_at_once = Engine::open(options).value();
  const std::string once = heard_at_once.create({"Acme"}).value().id;
  REQUIRE(heard_at_once.attach_audio(once, recording()));
  REQUIRE(heard_at_once.run(once));
  const auto first = std::make_shared<KnowingListener>(2);
  options.services.transcriber = first;
  const auto broken = Engine::open(options).value();
  const std::string id = broken.create({"Acme"}).value().id;
  REQUIRE(broken.attach_audio(id, recording()));
  CHECK_FALSE(broken.run(id));
  const auto second = std::make_shared<KnowingListener>();
  options.services.transcriber = second;
  const auto mended = Engine::open(options).value();
  REQUIRE(mended.run(id));
  CHECK(first->heard().size() + second->heard().size() == whole->heard().size());
  CHECK(first->known == std::vector<std::size_t>{0, 1});
  for (const std::size_t known : second->known) CHECK(known == 1);
  CHECK(to_json(*mended.result(id).value().transcript) ==
        to_json(*heard_at_once.result(once).value().transcript));
}

TEST_CASE("coaching is spoken and kept; what was said before a failure is not said again") {
  const auto first = std::make_shared<ShortVoice>(2);
  EngineOptions options = offline_options();
  options.services.voice = first;
  const auto broken = Engine::open(options).value();
  const std::string id = attached(broken, small_call()).id;
  CHECK(broken.run(id).error().code == ErrorCode::timeout);
  const Session failed = broken.find(id).value();
  CHECK(failed.failure->stage == Stage::speak);
  CHECK(failed.coaching_version == 1);  // the text is there
  CHECK(broken.coaching_audio(id).error().code == ErrorCode::not_found);
  const auto second = std::make_shared<ShortVoice>();
  options.services.voice = second;
  const auto mended = Engine::open(options).value();
  CHECK(mended.run(id).value().status == SessionStatus::completed);
  const std::string audio = mended.coaching_audio(id).value();
  std::string expected;
  for (const auto *voice : {first.get(), second.get()}) {
    for (const std::string &text : voice->said()) expected += "\xff\xfb" + text;
  }
  CHECK(audio == expected);
  const std::string item = mended.result(id).value().score->gaps.front().item_id;
  REQUIRE(mended.override_answer(id, item, Answer::yes, "heard"));
  CHECK(mended.coaching_audio(id).error().code == ErrorCode::not_found);
}

TEST_CASE("without anybody to hear it a recording waits" * doctest::skip(!with_ffmpeg)) {
  const auto engine = Engine::open(offline_options()).value();
  const std::string id = engine.create({"Acme"}).value().id;
  REQUIRE(engine.attach_audio(id, recording()));
  CHECK(engine.run(id).error().where == "services");
  CHECK(engine.find(id).value().status == SessionStatus::failed);
  CHECK(engine.attach_audio(id, "/nowhere.wav").error().code == ErrorCode::io);
  const TemporaryFolder folder;
  CHECK(engine.attach_audio(id, folder.write("x.wav", "no sound")).error().code ==
        ErrorCode::invalid_input);
}

TEST_CASE("personal data is neither kept nor left in a recording" * doctest::skip(!with_ffmpeg)) {
  const TemporaryFolder folder;
  EngineOptions options = offline_options();
  options.store = sqlite_store(folder.path("sessions.db")).value();
  options.blobs = folder_blobs(folder.path("blobs")).value();
  options.services.transcriber = std::make_shared<ShortListener>();
  options.redact.emplace();
  const auto engine = Engine::open(options).value();
  const std::string id = engine.create({"Acme"}).value().id;
  REQUIRE(engine.attach_audio(id, recording()));
  const Session done = engine.run(id).value();
  CHECK(done.audio->blob.empty());
  const auto result = engine.result(id).value();
  CHECK(result.transcript->utterances[0].text.find("[phone 1]") != std::string::npos);
  CHECK(occurrences(folder.path(), "7946 0958") == 0);
  CHECK(occurrences(folder.path(), "79460958") == 0);
  CHECK(occurrences(folder.path(), "ftypM4A") == 0);
  CHECK(engine.verify_audit(id).value().faults.empty());
}

TEST_CASE("after erasing, no word of the customer is in any file" * doctest::skip(!with_ffmpeg)) {
  const TemporaryFolder folder;
  EngineOptions options = offline_options();
  options.store = sqlite_store(folder.path("sessions.db")).value();
  options.blobs = folder_blobs(folder.path("blobs")).value();
  const auto model = honest_model(small_call());
  options.services.model = model;
  options.services.voice = std::make_shared<ShortVoice>();
  options.services.transcriber = std::make_shared<ShortListener>();
  const auto engine = Engine::open(options).value();
  std::vector<std::string> ids;
  for (int i = 0; i < 4; ++i) {
    ids.push_back(attached(engine, small_call(), {"Zebedee Freight"}).id);
    if (i == 2) REQUIRE(engine.attach_audio(ids.back(), recording()));
    RunOptions until;
    until.until = i == 3 ? Stage::assess : Stage::speak;
    if (i != 2) REQUIRE(engine.run(ids.back(), until));
  }
  REQUIRE(engine.override_answer(ids[0], "mentor.01", Answer::yes, "said so on the phone"));
  if (with_pdf) REQUIRE(engine.report_pdf(ids[0]));
  CHECK(occurrences(folder.path(), "Zebedee") > 0);
  CHECK(occurrences(folder.path(), "Felixstowe") > 0);
  for (const std::string &id : ids) REQUIRE(engine.erase(id));
  for (const char *words :
       {"Zebedee", "Felixstowe", "pallet of broken tiles", "said so on", "ftypM4A"}) {
    CAPTURE(words);
    CHECK(occurrences(folder.path(), words) == 0);
  }
  CHECK(engine.audit(ids[0]).value().back().action == "erased");
}
