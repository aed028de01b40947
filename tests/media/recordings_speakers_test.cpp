// Which recordings need a transcriber that tells speakers apart, which model hears them, and in
// which language.
#include "tones.hpp"

#include <saleschecklist/services.hpp>

#include <doctest/doctest.h>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// Hears two channels with "tones:1", and all else with "tones:apart", which takes half a minute.
std::shared_ptr<ToneTranscriber> two_models() {
  auto out = std::make_shared<ToneTranscriber>();
  out->limits.for_several = std::make_shared<const TranscriberInfo>(
      TranscriberInfo{"tones:apart", 0, minute_ms / 2, true});
  return out;
}

}  // namespace

TEST_CASE("what stands on one channel is heard by the model that tells speakers apart") {
  const TempFolder folder;
  const std::string file = folder.file("mono.wav");
  const auto words = some_words(300, minute_ms, 0, false);
  write_recording(file, 8'000, minute_ms, {words});
  Services services;
  const auto transcriber = two_models();
  services.transcriber = transcriber;
  std::vector<StageUsage> usage;
  TranscribeOptions options;
  options.call.prices = {{"tones:apart", 0, 0, 0, 0, 3'600'000}};
  const auto got = transcribe(file, services, options, &usage);
  REQUIRE(got);
  CHECK(difference(words, *got) == "");
  REQUIRE(transcriber->speakers.size() >= 2);
  for (const Speakers speakers : transcriber->speakers) CHECK(speakers == Speakers::several);
  for (const std::int64_t length : transcriber->lengths_ms) CHECK(length <= minute_ms / 2);
  REQUIRE(usage.size() == 1);
  CHECK(usage[0].stage == "transcribe");
  CHECK(usage[0].provider == "tones:apart");
  CHECK(usage[0].usage.micro_dollars >= usage[0].usage.audio_ms);
}

TEST_CASE("what stands on two channels is heard as ever, and a stage adds up") {
  const TempFolder folder;
  const std::string file = folder.file("stereo.wav");
  write_recording(
      file, 8'000, minute_ms,
      {some_words(300, minute_ms / 2, 0, false), some_words(minute_ms / 2, minute_ms, 500, false)});
  const auto transcriber = two_models();
  StageUsage stage;
  for (std::int64_t times = 1; times <= 2; ++times) {
    REQUIRE(transcribe(file, *transcriber, {}, stage));
    CHECK(stage.stage == "transcribe");
    CHECK(stage.provider == "tones:1");
    CHECK(stage.usage.requests == 2 * times);
  }
  for (const Speakers speakers : transcriber->speakers) CHECK(speakers == Speakers::one);
  CHECK_FALSE(transcribe(folder.file("none.wav"), *transcriber, {}, stage));
  CHECK(stage.provider == "tones:1");
  CHECK(stage.usage.requests == 4);
}

TEST_CASE("a transcriber with one model hears every recording with it") {
  const TempFolder folder;
  const std::string file = folder.file("mono.wav");
  write_recording(file, 8'000, minute_ms, {some_words(300, minute_ms, 0, false)});
  ToneTranscriber transcriber;
  StageUsage stage;
  REQUIRE(transcribe(file, transcriber, {}, stage));
  CHECK(stage.provider == "tones:1");
  CHECK(transcriber.speakers == std::vector<Speakers>{Speakers::several});
}

TEST_CASE("a language is named by its code or its name, and checked before anything is sent") {
  const TempFolder folder;
  const std::string file = folder.file("mono.wav");
  write_recording(file, 8'000, minute_ms / 4, {some_words(300, minute_ms / 4, 0, false)});
  ToneTranscriber transcriber;
  TranscribeOptions options;
  StageUsage stage;
  for (const auto &[given, code] : {std::pair("German", "de"), std::pair("pt-BR", "pt"),
                                    std::pair("DEU", "de"), std::pair("yue", "yue")}) {
    options.language = given;
    REQUIRE(transcribe(file, transcriber, options, stage));
    CHECK(transcriber.languages.back() == code);
  }
  const std::size_t asked = transcriber.languages.size();
  options.language = "Polsih";
  const auto unknown = transcribe(file, transcriber, options, stage);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::invalid_argument);
  CHECK(unknown.error().message.find("'Polsih'") != std::string::npos);
  CHECK(transcriber.languages.size() == asked);
}

TEST_CASE("without times, the speaker who says little on a channel keeps every word") {
  const TempFolder folder;
  const std::string file = folder.file("stereo.wav");
  std::vector<TonedWord> little = some_words(300, 2'000, 500, false);
  const auto end = some_words(minute_ms - 2'000, minute_ms, 600, false);
  little.insert(little.end(), end.begin(), end.end());
  write_recording(file, 8'000, minute_ms, {some_words(2'500, minute_ms - 2'500, 0, false), little});
  ToneTranscriber transcriber;
  transcriber.timed = false;
  const Transcript transcript = transcribe(file, transcriber, {}).value();
  for (const Utterance &said : transcript.utterances) {
    CAPTURE(said.text);
    CHECK(said.suspect == "");
  }
}
