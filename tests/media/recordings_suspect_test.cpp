// What a recogniser writes where a recording has no voice.
#include "sounds.hpp"

#include <doctest/doctest.h>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

void write(const std::string &path, const std::vector<media::Samples> &channels,
           int rate = 16'000) {
  WavFile(path, static_cast<int>(channels.size()), rate).add(channels);
}

// What is heard in a recording of one window by a recogniser that writes these segments.
Transcript hear(const std::string &file, const std::vector<TranscribedSegment> &segments,
                const std::function<void(TranscribedClip &)> &change = {}) {
  ToneTranscriber transcriber;
  transcriber.language = "en";
  transcriber.on_heard = [&](std::size_t, TranscribedClip &clip) {
    clip.segments = segments;
    if (change) change(clip);
  };
  Usage usage;
  return transcribe(file, transcriber, {}, &usage).value();
}

constexpr const char *steady = "only a steady tone or noise is audible there";

// Somebody speaks for four seconds before and after six seconds of `middle`.
media::Samples around(const Sound &middle, int rate = 16'000) {
  const Sound speech = speech_like(4, rate);
  return samples_of(speech + middle + speech);
}

const std::vector<TranscribedSegment> three = {
    {"We plan the routes by hand every morning.", 300, 3'700},
    {"I went down to the river that day.", 5'000, 9'000},
    {"And who signs the contract?", 10'300, 13'700}};

}  // namespace

TEST_CASE("words where only a tone, beeps, noise or a held chord sound are suspect") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const std::vector<std::pair<std::string, Sound>> sounds = {
      {"a dial tone", tones_of({350, 440}, 6)},
      {"a hold tone", tones_of({425}, 6)},
      {"a busy tone", tones_of({480, 620}, 6, 0.5, 0.5)},
      {"beeps", tones_of({1'000}, 6, 0.3, 0.3)},
      {"white noise", noise_of(6)},
      {"the noise of a line", noise_of(6, 0.4)},
      {"a held chord", chords_of(6, 6)}};
  for (const auto &[name, sound] : sounds) {
    CAPTURE(name);
    write(file, {around(sound)});
    const Transcript got = hear(file, three);
    REQUIRE(got.utterances.size() == 3);
    CHECK(got.utterances[0].suspect == "");
    CHECK(got.utterances[1].suspect == steady);
    CHECK(got.utterances[2].suspect == "");
    CHECK(got.warnings.empty());
  }
}

TEST_CASE("words where somebody speaks are sound: on a telephone, quietly, over a tone or noise") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const Sound speech = speech_like(14);
  const std::vector<std::pair<std::string, media::Samples>> sounds = {
      {"clear", samples_of(speech)},
      {"quiet", samples_of(speech, 60)},
      {"over white noise", samples_of(over(speech, noise_of(14), 10))},
      {"over dull noise", samples_of(over(speech, noise_of(14, 0.1), 10))},
      {"over a tone", samples_of(over(speech, tones_of({425}, 14), 10))},
      {"over beeps", samples_of(over(speech, tones_of({1'400}, 14, 0.2, 0.8), 10))},
      {"over chords", samples_of(over(speech, chords_of(14, 2), 10))}};
  for (const auto &[name, samples] : sounds) {
    CAPTURE(name);
    write(file, {samples});
    for (const Utterance &u : hear(file, three).utterances) CHECK(u.suspect == "");
  }
  write(file, {samples_of(speech_like(14, 8'000))}, 8'000);
  for (const Utterance &u : hear(file, three).utterances) CHECK(u.suspect == "");
}

TEST_CASE("one word in a segment of noise is heard") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const Sound silence(count_of(4, 16'000));
  write(file, {samples_of(over(silence + speech_like(0.3) + silence, noise_of(8.3), 0))});
  const Transcript got = hear(file, {{"Forty thousand.", 0, 8'000}});
  CHECK(got.utterances.at(0).suspect == "");
}

TEST_CASE("a recording of noise or of a tone alone has no sound words, and says so") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  for (const Sound &sound : {tones_of({425}, 20), noise_of(20), tones_of({425}, 20, 1, 1)}) {
    write(file, {samples_of(sound)});
    for (const bool timed : {true, false}) {
      const auto change = [&](TranscribedClip &clip) { clip.timed = timed; };
      const Transcript got =
          hear(file, {{"We have a budget of forty thousand.", 0, 6'000}}, change);
      REQUIRE(got.utterances.size() == 1);
      CHECK(got.utterances[0].suspect == steady);
      REQUIRE_FALSE(got.warnings.empty());
      CHECK(got.warnings.back().find("all words are suspect") != std::string::npos);
    }
  }
}

TEST_CASE("thanks are suspect where hardly anything sounds, and sound where somebody speaks") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  Sound click(count_of(5, 16'000));
  for (std::size_t i = 0; i < 800; ++i) click[40'000 + i] = i % 3 == 0 ? 0.8 : -0.4;  // 50 ms
  write(file, {around(click)});
  std::vector<TranscribedSegment> segments = three;
  segments[1].end_ms = 8'000;
  segments[2].begin_ms = 9'300;
  segments[2].end_ms = 12'700;
  segments[0].text = "Thank you.";
  segments[1].text = "Thank you very much.";
  segments[2].text = "Thank you for watching the demo with me.";
  const Transcript thanked = hear(file, segments);
  REQUIRE(thanked.utterances.size() == 3);
  CHECK(thanked.utterances[0].suspect == "");
  CHECK(thanked.utterances[1].suspect == "the recording is silent there");
  CHECK(thanked.utterances[2].suspect == "");
  segments[1].text = "Yes.";  // which may be as short
  CHECK(hear(file, segments).utterances.at(1).suspect == "");
}

TEST_CASE("what recognisers are known to invent is suspect wherever it comes") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  write(file, {samples_of(speech_like(14))});
  auto segments = three;
  segments[1].text = "Untertitel im Auftrag des ZDF für funk, 2017";
  const Transcript got = hear(file, segments);
  REQUIRE(got.utterances.size() == 3);
  CHECK(got.utterances[1].suspect == "recognisers are known to write this where nobody speaks");
  CHECK(got.utterances[0].suspect + got.utterances[2].suspect == "");
}

TEST_CASE("a loop in a recording leaves what is said for the first time") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  write(file, {samples_of(speech_like(14))});
  auto segments = three;
  segments[1].text = "We sign in March. We sign in March. We sign in March. We sign in March.";
  const Transcript got = hear(file, segments);
  REQUIRE(got.utterances.size() == 4);
  CHECK(got.utterances[1].text == "We sign in March.");
  CHECK(got.utterances[1].suspect == "");
  CHECK(got.utterances[2].text == "We sign in March. We sign in March. We sign in March.");
  CHECK(got.utterances[2].suspect == "the same words are repeated many times");
  CHECK(validate(got).empty());
}

TEST_CASE("the language of windows of noise is not the language of the call") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const Sound speech = speech_like(6), noise = noise_of(30);
  write(file, {samples_of(speech + noise + speech)});
  ToneTranscriber transcriber;
  transcriber.limits.max_ms = 12'000;
  transcriber.on_heard = [](std::size_t number, TranscribedClip &clip) {
    const bool noisy = number >= 1 && number <= 3;
    clip.language = noisy ? "korean" : number == 0 ? "en" : "english";
    clip.segments = {{noisy ? "I went down there." : "We plan by hand.", 2'000, 4'000}};
  };
  TranscribeOptions options;
  options.parallel = 1;
  Usage usage;
  const auto got = transcribe(file, transcriber, options, &usage);
  REQUIRE(got);
  REQUIRE(transcriber.sizes.size() == 5);
  CHECK(got->language == "en");
  CHECK(got->warnings.empty());
}

TEST_CASE("a language that the words contradict is replaced, whoever named it, and that is said") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  write(file, {samples_of(speech_like(14))});
  constexpr const char *german =
      "Guten Tag Frau Brandt, schön, dass Sie sich heute die Zeit nehmen. Wie planen Sie Ihre "
      "Touren denn im Moment? Noch mit einer Tabelle, und das dauert jeden Morgen fast zwei "
      "Stunden. Und was passiert, wenn ein Fahrer ausfällt? Dann fangen wir von vorne an, und "
      "letzte Woche haben wir deshalb einen Kunden verloren.";
  ToneTranscriber transcriber;
  transcriber.language = "en";
  transcriber.on_heard = [&](std::size_t, TranscribedClip &clip) {
    clip.segments = {{german, 300, 13'700}};
  };
  TranscribeOptions options;
  Usage usage;
  const auto heard = [&](const std::string &named) {
    options.language = named;
    return transcribe(file, transcriber, options, &usage).value();
  };
  const auto by_service = heard("");
  CHECK(by_service.language == "de");
  CHECK(by_service.warnings ==
        std::vector<std::string>{"the service names English as the language, and the words are "
                                 "German"});
  const auto by_host = heard("English");
  CHECK(by_host.language == "de");
  CHECK(by_host.warnings ==
        std::vector<std::string>{"the host names English as the language, and the words are "
                                 "German"});
  CHECK(heard("de-AT").warnings.empty());
  // A language that is not known cannot be contradicted.
  CHECK(heard("xqq").language == "xqq");
}
