// transcribe() and probe_audio() on recordings of which every word is known.
#include "tones.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <set>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

Result<Transcript> hear(const std::string &file, Transcriber &transcriber,
                        const TranscribeOptions &options = {}) {
  Usage usage;
  return transcribe(file, transcriber, options, &usage);
}

}  // namespace

TEST_CASE("three hours come word by word, each once and in time, whatever the windows") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const std::int64_t length = 180 * minute_ms;
  const auto words = some_words(700, length - 5'000);
  REQUIRE(words.size() > 8'000);
  write_recording(file, 8'000, length, {words});

  ToneTranscriber transcriber;
  transcriber.limits.max_bytes = 26'214'400;
  std::vector<std::size_t> steps;
  TranscribeOptions options;
  options.call.progress = [&](const ProgressStep &step) {
    CHECK(step.stage == "transcribe");
    steps.push_back(step.done);
  };
  Usage usage;
  const auto begin = std::chrono::steady_clock::now();
  const auto got = transcribe(file, transcriber, options, &usage);
  const auto took = std::chrono::steady_clock::now() - begin;
  MESSAGE("3 hours in " << std::chrono::duration_cast<std::chrono::milliseconds>(took).count()
                        << " ms, " << transcriber.sizes.size() << " windows");
  REQUIRE(got);
  CHECK(difference(words, *got) == "");
  CHECK(got->duration_ms == length);
  CHECK(got->language == "pl");
  CHECK(got->warnings.empty());
  CHECK(validate(*got).empty());

  const std::int64_t sent =
      std::accumulate(transcriber.lengths_ms.begin(), transcriber.lengths_ms.end(), 0LL);
  CHECK(usage.audio_ms == sent);
  CHECK(usage.requests == static_cast<std::int64_t>(transcriber.sizes.size()));
  CHECK(transcriber.sizes.size() > 10);
  CHECK(transcriber.most_at_a_time <= options.parallel);
  CHECK(*std::max_element(transcriber.lengths_ms.begin(), transcriber.lengths_ms.end()) <=
        10 * minute_ms);
  // Of a silence of three seconds or more, 0.4 seconds at both ends are sent.
  std::int64_t worth = length;
  std::int64_t silent_from = 0;
  for (const TonedWord &word : words) {
    const std::int64_t pause = word.begin_ms - silent_from;
    if (pause >= 3'000) worth -= pause - 800;
    silent_from = word.begin_ms + word_ms;
  }
  worth -= length - silent_from - 400;
  CHECK(worth < length * 9 / 10);
  CHECK(std::llabs(sent - worth) < worth / 1'000);
  CHECK(steps.size() == transcriber.sizes.size() + 1);
  CHECK(steps.front() == 0);
  CHECK(std::is_sorted(steps.begin(), steps.end()));
}

TEST_CASE("windows are as long as the transcriber allows, and cut no word") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const auto words = some_words(300, 20 * minute_ms, 0, false);  // pauses of 1.5 s at most
  write_recording(file, 16'000, 20 * minute_ms, {words});
  for (const std::int64_t most_ms : {30'000, 95'000}) {
    ToneTranscriber transcriber;
    transcriber.limits.max_ms = most_ms;
    transcriber.words_per_segment = 7;
    const auto got = hear(file, transcriber);
    REQUIRE(got);
    std::string said, heard;
    for (const TonedWord &word : words) said += text_of(word.number) + " ";
    for (const Utterance &u : got->utterances) heard += u.text + " ";
    CHECK(heard == said);
    for (const std::int64_t length : transcriber.lengths_ms) CHECK(length <= most_ms);
    const auto least = static_cast<std::size_t>(20 * minute_ms / most_ms);
    CHECK(transcriber.lengths_ms.size() >= least);
    CHECK(transcriber.lengths_ms.size() <= 2 * least);
  }
}

TEST_CASE("where lossless clips would be too short, Opus keeps the times, too") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const auto words = some_words(300, 3 * minute_ms);
  write_recording(file, 16'000, 3 * minute_ms, {words});
  ToneTranscriber transcriber;
  transcriber.limits.max_bytes = 400'000;
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  CHECK(difference(words, *got) == "");
  CHECK(transcriber.sizes.size() > 1);
  for (const std::size_t size : transcriber.sizes) CHECK(size <= transcriber.limits.max_bytes);
  for (const std::string &name : transcriber.file_names) {
    CHECK(name.substr(name.size() - 4) == ".ogg");
  }
}

TEST_CASE("what stands in seconds of silence keeps its time, and the silence is not sent") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const std::vector<TonedWord> words = {{1, 20'000},  {2, 20'400},  {3, 95'013},
                                        {4, 240'007}, {5, 240'300}, {6, 299'500}};
  write_recording(file, 16'000, 5 * minute_ms, {words});
  for (const std::size_t words_per_segment : {1, 3}) {
    ToneTranscriber transcriber;
    transcriber.words_per_segment = words_per_segment;
    const auto got = hear(file, transcriber);
    REQUIRE(got);
    REQUIRE(transcriber.lengths_ms.size() == 1);
    CHECK(transcriber.lengths_ms[0] < 6'000);
    if (words_per_segment == 1) {
      CHECK(difference(words, *got) == "");
      continue;
    }
    // A segment that goes on beyond a silence is cut there.
    REQUIRE(got->utterances.size() == 4);
    CHECK(got->utterances[0].text == "w1 w2");
    CHECK(got->utterances[1].text == "w3");
    CHECK(got->utterances[2].text == "w4 w5");
    CHECK(std::llabs(*got->utterances[2].begin_ms - 240'007) <= 20);
    CHECK(std::llabs(*got->utterances[2].end_ms - 240'420) <= 20);
  }
}

TEST_CASE("two channels are heard apart and come interleaved with their speakers") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  // The speakers take turns of ten seconds.
  std::vector<TonedWord> rep, customer, both;
  for (std::int64_t turn = 0; turn < 24; ++turn) {
    const auto words =
        some_words(turn * 10'000 + 200, turn * 10'000 + 9'500, static_cast<int>(turn) * 100, false);
    auto &own = turn % 2 == 0 ? rep : customer;
    own.insert(own.end(), words.begin(), words.end());
    both.insert(both.end(), words.begin(), words.end());
  }
  write_recording(file, 16'000, 4 * minute_ms, {rep, customer});
  ToneTranscriber transcriber;
  transcriber.limits.max_ms = minute_ms;
  TranscribeOptions options;
  const auto plain = hear(file, transcriber, options);
  REQUIRE(plain);
  CHECK(difference(both, *plain) == "");
  REQUIRE(plain->utterances.size() == 24);
  CHECK(plain->utterances[0].speaker == "Channel 1");
  CHECK(plain->utterances[1].speaker == "Channel 2");
  CHECK(plain->utterances[1].spans.size() > 5);

  options.channel_names = {"Dana", "Carl"};
  options.rep_names = {"Dana"};
  options.language = "de";
  const auto named = hear(file, transcriber, options);
  REQUIRE(named);
  CHECK(named->utterances[0].speaker == "Dana");
  CHECK(named->utterances[0].role == Role::rep);
  CHECK(named->utterances[1].role == Role::customer);
  CHECK(named->role_source == RoleSource::given);
  CHECK(named->language == "de");
  CHECK(transcriber.languages.back() == "de");
  CHECK(transcriber.languages.front() == "");
}

TEST_CASE("the same answer to many questions is no loop of the recogniser") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  std::vector<TonedWord> rep, customer;
  for (int turn = 0; turn < 6; ++turn) {
    rep.push_back({turn, turn * 10'000 + 500});
    customer.push_back({turn + 50, turn * 10'000 + 5'500});
  }
  write_recording(file, 16'000, minute_ms, {rep, customer});
  ToneTranscriber transcriber;
  transcriber.on_heard = [](std::size_t, TranscribedClip &clip) {
    for (TranscribedSegment &segment : clip.segments) {
      if (std::stoi(segment.text.substr(1)) < 50) continue;
      segment.text = "Yes, exactly.";
      segment.words.clear();
    }
  };
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  std::size_t said = 0;
  for (const Utterance &u : got->utterances) {
    said += u.text == "Yes, exactly." ? 1 : 0;
    CHECK(u.suspect == "");
  }
  CHECK(said == 6);
}

TEST_CASE("a channel that says nothing has its name all the same") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const auto words = some_words(300, minute_ms);
  write_recording(file, 16'000, minute_ms, {words, {}}, 8000, 0);
  ToneTranscriber transcriber;
  TranscribeOptions options;
  options.channel_names = {"Carl", "Dana"};
  options.rep_names = {"Dana"};
  const auto got = hear(file, transcriber, options);
  REQUIRE(got);
  CHECK(difference(words, *got) == "");
  CHECK(got->utterances[0].speaker == "Carl");
  CHECK(got->utterances[0].role == Role::customer);

  const auto unnamed = hear(file, transcriber);
  REQUIRE(unnamed);
  CHECK(difference(words, *unnamed) == "");
  CHECK(unnamed->utterances[0].speaker == "");  // one microphone, plugged in on one side
}

TEST_CASE("the same sound on both channels is heard once") {
  const TempFolder folder;
  const std::string same = folder.file("same.wav"), opposed = folder.file("opposed.wav");
  const auto words = some_words(300, minute_ms);
  write_recording(same, 16'000, minute_ms, {words, words});
  {
    WavFile wav(opposed, 2, 16'000);
    auto left = render(words, 16'000, 0, 60 * 16'000), right = left;
    for (auto &sample : right) sample = static_cast<std::int16_t>(-sample);
    wav.add({left, right});
  }
  for (const std::string &file : {same, opposed}) {
    ToneTranscriber transcriber;
    TranscribeOptions options;
    options.channel_names = {"Dana", "Carl"};
    const auto got = hear(file, transcriber, options);
    REQUIRE(got);
    CHECK(difference(words, *got) == "");
    CHECK(transcriber.sizes.size() == 1);
    CHECK(got->utterances[0].speaker == "");
    REQUIRE(got->warnings.size() == 1);
    CHECK(got->warnings[0].find("names of the channels were not used") != std::string::npos);
  }
}

TEST_CASE("more than two channels are mixed into one") {
  const TempFolder folder;
  const std::string file = folder.file("room.wav");
  const auto words = some_words(300, 20'000);
  write_recording(file, 16'000, 20'000, {words, words, words, words});
  ToneTranscriber transcriber;
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  CHECK(difference(words, *got) == "");
}

TEST_CASE("text where the recording is silent is kept and suspect") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const std::vector<TonedWord> words = {{1, 1'000}, {2, 1'500}, {3, 4'300}, {4, 4'800}};
  write_recording(file, 16'000, 6'000, {words});
  ToneTranscriber transcriber;
  transcriber.on_heard = [](std::size_t, TranscribedClip &clip) {
    // The clip begins 400 ms before the first word.
    clip.segments.insert(clip.segments.begin() + 2, {"Thanks for watching!", 1'900, 2'800});
  };
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  REQUIRE(got->utterances.size() == 5);
  CHECK(got->utterances[2].text == "Thanks for watching!");
  CHECK(got->utterances[2].suspect.find("silent") != std::string::npos);
  for (const std::size_t sound : {0, 1, 3, 4}) CHECK(got->utterances[sound].suspect == "");
}

TEST_CASE("one speaker on the other's channel is suspect as crosstalk") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  std::vector<TonedWord> rep, customer;
  for (int i = 0; i < 20; ++i) {
    (i % 2 == 0 ? rep : customer).push_back({i, 1'000 + i * 1'000});
  }
  {
    constexpr std::size_t count = 22 * 16'000;
    auto left = render(rep, 16'000, 0, count), right = render(customer, 16'000, 0, count);
    const auto faint = render(rep, 16'000, 0, count, 300);
    for (std::size_t i = 0; i < count; ++i)
      right[i] = static_cast<std::int16_t>(right[i] + faint[i]);
    WavFile(file, 2, 16'000).add({left, right});
  }
  ToneTranscriber transcriber;
  transcriber.loud = 200;  // it hears what is faint
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  std::size_t suspects = 0;
  for (const Utterance &u : got->utterances) {
    const int number = std::stoi(u.text.substr(1));
    const bool own = (u.speaker == "Channel 1") == (number % 2 == 0);
    CHECK(u.suspect.empty() == own);
    suspects += u.suspect.empty() ? 0 : 1;
  }
  CHECK(suspects == rep.size());
}

TEST_CASE("a service without times gives words the window's times, and a warning") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const auto words = some_words(500, 10'000, 0, false);
  write_recording(file, 16'000, 10'000, {words});
  ToneTranscriber transcriber;
  transcriber.timed = false;
  transcriber.on_heard = [](std::size_t, TranscribedClip &clip) {
    clip.segments = {{"We sign today. Who else signs?", 0, 0}};
  };
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  REQUIRE(got->utterances.size() == 2);
  CHECK(got->utterances[1].text == "Who else signs?");
  CHECK(*got->utterances[1].begin_ms == 100);
  CHECK(*got->utterances[1].end_ms >= words.back().begin_ms + word_ms);
  REQUIRE(got->warnings.size() == 1);
  CHECK(got->warnings[0].find("no times for 1 of 1 windows") != std::string::npos);
}

TEST_CASE("speakers told apart by the service are as long-lived as a window") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const auto words = some_words(300, 4 * minute_ms, 0, false);
  write_recording(file, 16'000, 4 * minute_ms, {words});
  ToneTranscriber transcriber;
  transcriber.limits.names_speakers = true;
  transcriber.on_heard = [](std::size_t, TranscribedClip &clip) {
    for (std::size_t s = 0; s < clip.segments.size(); ++s) {
      clip.segments[s].speaker = s % 2 == 0 ? "A" : "B";
    }
  };
  const auto speakers = [](const Transcript &t) {
    std::set<std::string> names;
    for (const Utterance &u : t.utterances) names.insert(u.speaker);
    return names;
  };
  const auto whole = hear(file, transcriber);
  REQUIRE(whole);
  CHECK(speakers(*whole) == std::set<std::string>{"Speaker A", "Speaker B"});
  CHECK(whole->warnings.empty());

  transcriber.limits.max_ms = 3 * minute_ms;
  const auto parts = hear(file, transcriber);
  REQUIRE(parts);
  CHECK(speakers(*parts) == std::set<std::string>{"Speaker A (part 1)", "Speaker B (part 1)",
                                                  "Speaker A (part 2)", "Speaker B (part 2)"});
  REQUIRE(parts->warnings.size() == 1);
  CHECK(parts->warnings[0].find("different name in each") != std::string::npos);
}

TEST_CASE("a window that fails ends the others, and the error names its stretch") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  const auto words = some_words(300, 10 * minute_ms, 0, false);
  write_recording(file, 8'000, 10 * minute_ms, {words});
  ToneTranscriber transcriber;
  transcriber.limits.max_ms = 61'000;
  std::atomic<int> ended{0};
  transcriber.on_clip = [&](std::size_t number, const AudioClip &clip) -> std::optional<Error> {
    if (number < 3) return std::nullopt;
    if (number == 3) {
      Error error{ErrorCode::quota, "no credit is left", {}, "tones", 429};
      error.request_id = "r-4";
      return error;
    }
    while (!clip.cancel.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ++ended;
    return Error{ErrorCode::cancelled, "cancelled", {}};
  };
  Usage usage;
  TranscribeOptions options;
  options.parallel = 2;
  options.call.prices = {{"tones:1", 0, 0, 0, 0, 3'600'000}};
  const auto got = transcribe(file, transcriber, options, &usage);
  REQUIRE_FALSE(got);
  CHECK(got.error().code == ErrorCode::quota);
  CHECK(got.error().message == "no credit is left");
  CHECK(got.error().provider == "tones");
  CHECK(got.error().request_id == "r-4");
  REQUIRE(got.error().where.size() == 9);
  CHECK(got.error().where.substr(0, 2) == "2:");
  CHECK(got.error().where.find("-3:") != std::string::npos);
  CHECK(usage.requests == static_cast<std::int64_t>(transcriber.sizes.size()));
  CHECK(usage.micro_dollars == usage.audio_ms);
  CHECK(transcriber.sizes.size() < 8);
  CHECK(transcriber.most_at_a_time <= 2);
}

TEST_CASE("a transcriber that throws is an error, not the end") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  write_recording(file, 8'000, 5'000, {some_words(300, 4'000)});
  ToneTranscriber transcriber;
  transcriber.on_clip = [](std::size_t, const AudioClip &) -> std::optional<Error> {
    throw std::runtime_error("out of order");
  };
  const auto got = hear(file, transcriber);
  REQUIRE_FALSE(got);
  CHECK(got.error().code == ErrorCode::internal);
  CHECK(got.error().message == "out of order");
}

TEST_CASE("the host stops it before, during decoding and during hearing, at once") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  write_recording(file, 8'000, 30 * minute_ms, {some_words(300, 30 * minute_ms)});
  const auto run = [&](ToneTranscriber &transcriber, const TranscribeOptions &options) {
    const auto got = hear(file, transcriber, options);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == ErrorCode::cancelled);
  };
  {
    ToneTranscriber transcriber;
    TranscribeOptions options;
    options.call.cancel.cancel();
    run(transcriber, options);
    CHECK(transcriber.sizes.empty());
  }
  {
    ToneTranscriber transcriber;
    TranscribeOptions options;
    options.call.log = [&](LogLevel, std::string_view) {
      options.call.cancel.cancel();
    };  // after the survey
    run(transcriber, options);
    CHECK(transcriber.sizes.empty());
  }
  {
    ToneTranscriber transcriber;
    TranscribeOptions options;
    std::chrono::steady_clock::time_point stopped;
    std::mutex mutex;
    transcriber.on_clip = [&](std::size_t number, const AudioClip &clip) -> std::optional<Error> {
      if (number == 1) {
        const std::lock_guard lock(mutex);
        stopped = std::chrono::steady_clock::now();
        options.call.cancel.cancel();
      }
      while (!clip.cancel.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return Error{ErrorCode::cancelled, "cancelled", {}};
    };
    run(transcriber, options);
    const std::lock_guard lock(mutex);
    CHECK(std::chrono::steady_clock::now() - stopped < std::chrono::milliseconds(500));
  }
}

TEST_CASE("names that cannot be right are refused before anything is sent") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  write_recording(file, 8'000, 20'000, {some_words(300, 9'000), some_words(10'000, 19'000, 50)});
  ToneTranscriber transcriber;
  const auto refused = [&](std::vector<std::string> channels, std::vector<std::string> reps) {
    TranscribeOptions options;
    options.channel_names = std::move(channels);
    options.rep_names = std::move(reps);
    const auto got = hear(file, transcriber, options);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == ErrorCode::invalid_argument);
    return got.error().message;
  };
  CHECK(refused({"Dana"}, {}).find("two different names") != std::string::npos);
  CHECK(refused({"Dana", " Dana "}, {}).find("two different names") != std::string::npos);
  CHECK(refused({"Dana", "Carl"}, {"Rita"}).find("Dana, Carl") != std::string::npos);
  TranscribeOptions nobody;
  nobody.parallel = 0;
  const auto got = hear(file, transcriber, nobody);
  REQUIRE_FALSE(got);
  CHECK(got.error().code == ErrorCode::invalid_argument);
  CHECK(got.error().where == "parallel");
  CHECK(transcriber.sizes.empty());
}

TEST_CASE("times that a service makes up stay within the window") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  write_recording(file, 16'000, 10'000, {{{1, 1'000}, {2, 8'000}}});
  ToneTranscriber transcriber;
  transcriber.on_heard = [](std::size_t, TranscribedClip &clip) {
    clip.segments = {{"One of them.", INT64_MIN, INT64_MAX}, {"Another one.", 1'500, 700}};
    clip.segments[0].words = {{"One", INT64_MAX, INT64_MIN}, {"of", -5, -9}, {"them.", 700, 800}};
  };
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  CHECK(validate(*got).empty());
  for (const Utterance &u : got->utterances) {
    CHECK(*u.begin_ms >= 600);
    CHECK(*u.end_ms <= 8'520);
  }
}
