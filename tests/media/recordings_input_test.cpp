// What transcribe() and probe_audio() are given: every container, and what is no recording at all.
#include "media/clip_writer.hpp"
#include "tones.hpp"

#include <doctest/doctest.h>

#ifdef __unix__
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

void write(const std::string &file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

bool run(const std::string &command) { return std::system(command.c_str()) == 0; }

bool has_ffmpeg() {
  static const bool has = run("ffmpeg -version > /dev/null 2>&1");
  return has;
}

Result<Transcript> hear(const std::string &file, Transcriber &transcriber) {
  Usage usage;
  return transcribe(file, transcriber, {}, &usage);
}

// The error that both functions give for a file, without asking the transcriber.
Error refusal(const std::string &file) {
  ToneTranscriber transcriber;
  const auto got = hear(file, transcriber);
  REQUIRE_FALSE(got);
  CHECK(transcriber.sizes.empty());
  CHECK(got.error().message.find('\n') == std::string::npos);
  CHECK(got.error().where == file);
  const auto probed = probe_audio(file);
  if (!probed) CHECK(probed.error().code == got.error().code);
  return got.error();
}

}  // namespace

TEST_CASE("every container gives the same words at the same times") {
  if (!has_ffmpeg()) {
    MESSAGE("skipped: there is no ffmpeg to make the files with");
    return;
  }
  const TempFolder folder;
  constexpr std::int64_t length_ms = 20'000;
  const std::string wav = folder.file("call.wav");
  const auto words = some_words(300, 19'500, 20);
  write_recording(wav, 48'000, length_ms, {words});
  struct Kind {
    const char *name, *how, *container, *codec;
    // Of the sound against the beginning of the recording: because it begins later than the
    // picture, or because the encoder puts something before it and the file does not tell, so that
    // every player gives it late.
    std::int64_t shift_ms = 0;
  };
  const std::string picture = "-f lavfi -i color=black:s=64x64:r=10:d=20";
  const std::string late = "-itsoffset 2 -i \"" + wav + "\"";
  const std::vector<Kind> kinds = {
      {"a.mp3", "-b:a 64k", "mp3", "mp3"},
      {"headless.mp3", "-b:a 64k -write_xing 0 -id3v2_version 0", "mp3", "mp3", 23},
      {"a.m4a", "-b:a 64k", "mov,mp4,m4a,3gp,3g2,mj2", "aac"},
      {"fragmented.mp4", "-b:a 64k -movflags frag_keyframe+empty_moov", "mov,mp4,m4a,3gp,3g2,mj2",
       "aac", 21},
      {"a.aac", "-b:a 64k", "aac", "aac", 21},
      {"a.webm", "-c:a libopus -b:a 48k", "matroska,webm", "opus"},
      {"a.ogg", "-c:a libvorbis -b:a 64k", "ogg", "vorbis"},
      {"a.opus", "-c:a libopus -b:a 48k", "ogg", "opus"},
      {"a.flac", "", "flac", "flac"},
      {"telephone.wav", "-ar 8000 -c:a pcm_mulaw", "wav", "pcm_mulaw"},
      {"float.wav", "-ar 44100 -c:a pcm_f32le", "wav", "pcm_f32le"},
      {"a.mkv", "-ar 22050 -c:a libmp3lame", "matroska,webm", "mp3", 50},
      {"a.ts", "-c:a aac -b:a 64k", "mpegts", "aac", 21},
      {"video.mp4", "VIDEO -c:v mpeg4 -c:a aac -b:a 64k", "mov,mp4,m4a,3gp,3g2,mj2", "aac"},
      {"late.mp4", "LATE -c:v mpeg4 -c:a aac -b:a 64k", "mov,mp4,m4a,3gp,3g2,mj2", "aac", 2'000},
      {"late.mkv", "LATE -c:v mpeg4 -c:a libopus", "matroska,webm", "opus", 2'000},
  };
  for (const Kind &kind : kinds) {
    INFO(kind.name);
    const std::string file = folder.file(kind.name);
    std::string how = kind.how, input = "-i \"" + wav + "\"";
    if (how.substr(0, 5) == "VIDEO") input += " " + picture, how = how.substr(6);
    if (how.substr(0, 4) == "LATE") input = late + " " + picture, how = how.substr(5);
    if (!run("ffmpeg -v error -y " + input + " " + how + " \"" + file + "\" 2> /dev/null")) {
      MESSAGE("skipped, this ffmpeg cannot make it: " << kind.name);
      continue;
    }
    const auto info = probe_audio(file);
    REQUIRE(info);
    CHECK(info->container == kind.container);
    CHECK(info->codec == kind.codec);
    CHECK(info->channels == 1);
    CHECK(info->sample_rate >= 8'000);
    if (info->duration_ms != 0) {
      CHECK(std::llabs(info->duration_ms - length_ms) <= kind.shift_ms + 600);
    }
    auto expected = words;
    for (TonedWord &word : expected) word.begin_ms += kind.shift_ms;
    ToneTranscriber transcriber;
    const auto got = hear(file, transcriber);
    REQUIRE(got);
    CHECK(difference(expected, *got) == "");
    CHECK(std::llabs(*got->duration_ms - length_ms - kind.shift_ms) <= 100);
  }
}

TEST_CASE("clips of both formats begin with their first sample") {
  const std::vector<TonedWord> words = {{7, 0}, {1234, 150}, {99, 2'000}};
  const auto samples = render(words, 16'000, 0, 3 * 16'000);
  const TempFolder folder;
  for (const auto format : {media::ClipFormat::flac, media::ClipFormat::opus}) {
    if (!media::can_write(format)) {
      MESSAGE("skipped, these FFmpeg libraries cannot write it: " << media::extension(format));
      continue;
    }
    media::ClipWriter writer(format);
    for (std::size_t at = 0; at < samples.size(); at += 777) {
      writer.add(samples.data() + at, std::min<std::size_t>(777, samples.size() - at));
    }
    const std::string file = folder.file(std::string("clip.") + media::extension(format));
    write(file, writer.finish());
    const media::Samples back = samples_of(file);
    CHECK(back.size() >= samples.size());
    CHECK(back.size() <= samples.size() + 320);
    if (format == media::ClipFormat::flac) CHECK(back == samples);
    const auto heard = recognise(back);
    REQUIRE(heard.size() == words.size());
    for (std::size_t w = 0; w < words.size(); ++w) {
      CHECK(heard[w].number == words[w].number);
      CHECK(std::llabs(heard[w].begin_ms - words[w].begin_ms) <= 5);
    }
  }
}

TEST_CASE("a hole in a recording's times is silence, not a shift") {
  if (!has_ffmpeg()) {
    MESSAGE("skipped: there is no ffmpeg to make the file with");
    return;
  }
  const TempFolder folder;
  const std::string wav = folder.file("call.wav"), file = folder.file("holes.mkv");
  const auto words = some_words(300, 30'000, 0, false);
  write_recording(wav, 16'000, 30'000, {words});
  // Packets of 72 ms, of which those from 10 to 13 seconds are lost.
  if (!run("ffmpeg -v error -y -i \"" + wav +
           "\" -c:a flac -frame_size 1152 -bsf:a \"noise=drop=gt(n\\,139)*lt(n\\,181)\" \"" + file +
           "\" 2> /dev/null")) {
    MESSAGE("skipped, this ffmpeg cannot make holes");
    return;
  }
  std::vector<TonedWord> left;
  for (const TonedWord &word : words) {
    const bool lost = word.begin_ms + word_ms > 9'700 && word.begin_ms < 13'400;
    if (!lost) left.push_back(word);
  }
  ToneTranscriber transcriber;
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  std::vector<TonedWord> heard;
  for (const Utterance &u : got->utterances) {
    const bool near = *u.begin_ms + word_ms > 9'700 && *u.begin_ms < 13'400;
    if (!near) heard.push_back({std::stoi(u.text.substr(1)), *u.begin_ms});
    const bool within = *u.begin_ms > 10'200 && *u.begin_ms + word_ms < 12'800;
    CHECK_FALSE(within);
  }
  REQUIRE(heard.size() == left.size());
  for (std::size_t w = 0; w < left.size(); ++w) {
    CHECK(heard[w].number == left[w].number);
    CHECK(std::llabs(heard[w].begin_ms - left[w].begin_ms) <= 20);
  }
}

TEST_CASE("a single time that is far ahead moves nothing, and is told of") {
  if (!has_ffmpeg()) {
    MESSAGE("skipped: there is no ffmpeg to make the file with");
    return;
  }
  const TempFolder folder;
  const std::string wav = folder.file("call.wav"), file = folder.file("jump.mkv");
  const auto words = some_words(300, 30'000, 0, false);
  write_recording(wav, 16'000, 30'000, {words});
  if (!run("ffmpeg -v error -y -i \"" + wav +
           "\" -c:a flac -frame_size 1152 -bsf:a \"setts=pts=if(eq(N\\,140)\\,PTS+600/TB\\,PTS)\" "
           "\"" +
           file + "\" 2> /dev/null")) {
    MESSAGE("skipped, this ffmpeg cannot change times");
    return;
  }
  ToneTranscriber transcriber;
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  CHECK(difference(words, *got) == "");
  CHECK(got->duration_ms < 31'000);
  std::string warnings;
  for (const std::string &w : got->warnings) warnings += w + "\n";
  CHECK(warnings.find("1 jump in the recording's timestamps was ignored") != std::string::npos);
}

TEST_CASE("silence is refused without asking, whatever kind it is") {
  const TempFolder folder;
  const std::string file = folder.file("silence.wav");
  for (const int noise : {0, 1, 8}) {
    write_recording(file, 16'000, 3 * minute_ms, {{}}, 0, noise);
    const Error error = refusal(file);
    CHECK(error.code == ErrorCode::invalid_input);
    CHECK(error.message.find("expected speech, found 3:00 of silence") != std::string::npos);
  }
  WavFile(file, 1, 16'000).add({media::Samples(30 * 16'000, 500)});  // a constant offset
  CHECK(refusal(file).message.find("expected speech") != std::string::npos);
}

TEST_CASE("noise without a pause is heard in windows, and may turn out to be no speech") {
  const TempFolder folder;
  const std::string file = folder.file("noise.wav");
  write_recording(file, 8'000, 5 * minute_ms, {{}}, 0, 900);
  ToneTranscriber transcriber;
  transcriber.limits.max_ms = minute_ms;
  transcriber.loud = 20'000;
  const auto got = hear(file, transcriber);
  REQUIRE_FALSE(got);
  CHECK(got.error().code == ErrorCode::invalid_input);
  CHECK(got.error().message == "the service heard no words in the recording");
  CHECK(transcriber.sizes.size() >= 5);
  std::int64_t sent = 0;
  for (const std::int64_t length : transcriber.lengths_ms) {
    CHECK(length <= minute_ms);
    sent += length;
  }
  CHECK(sent == 5 * minute_ms);
}

TEST_CASE("a word and nothing else is enough") {
  const TempFolder folder;
  const std::string file = folder.file("yes.wav");
  const std::vector<TonedWord> words = {{4321, 0}};
  write_recording(file, 16'000, word_ms, {words}, 8000, 0);
  ToneTranscriber transcriber;
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  CHECK(difference(words, *got) == "");
  CHECK(got->duration_ms == word_ms);
}

TEST_CASE("what is no recording is refused with its name and what was expected") {
  const TempFolder folder;
  const Error missing = refusal(folder.file("missing.wav"));
  CHECK(missing.code == ErrorCode::io);
  CHECK(missing.message == "the file does not exist");
  const Error directory = refusal(folder.file(""));
  CHECK(directory.code == ErrorCode::io);
  CHECK(directory.message.find("found a folder") != std::string::npos);
  const std::string file = folder.file("call.wav");
  write(file, "");
  CHECK(refusal(file).message.find("the file is empty") == 0);
  const std::string text = "Dana: Hello, Carl. How are you?\nCarl: Fine.\n";
  for (const char *name : {"text.wav", "text.mp3", "text.m4a", "text.ogg", "text.txt", "text"}) {
    INFO(name);
    write(folder.file(name), text + text + text);
    const Error error = refusal(folder.file(name));
    CHECK(error.code == ErrorCode::invalid_input);
    CHECK(error.message.find("expected a recording") != std::string::npos);
  }
  { WavFile empty(file, 1, 16'000); }
  CHECK(refusal(file).code == ErrorCode::invalid_input);
}

TEST_CASE("a file that names other files or addresses is refused, and so is an address") {
  const TempFolder folder;
  const std::string wav = folder.file("call.wav");
  write_recording(wav, 16'000, 3'000, {some_words(300, 2'500)});
  write(folder.file("list.m3u8"),
        "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\ncall.wav\n"
        "#EXT-X-ENDLIST\n");
  write(folder.file("list.ffconcat"), "ffconcat version 1.0\nfile call.wav\n");
  write(folder.file("list.sdp"),
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nt=0 0\n"
        "m=audio 5004 RTP/AVP 0\n");
  write(folder.file("sub.idx"), "# VobSub index file, v7 (do not modify this line!)\n");
  write(folder.file("sub.sub"), read_file(wav));
  write(folder.file("movie.mlv"),
        "MLVI" + std::string("\x34\0\0\0v2.0\0\0\0\0", 12) + std::string(200, '\0'));
  for (const char *name : {"list.m3u8", "list.ffconcat", "list.sdp", "sub.idx", "movie.mlv"}) {
    INFO(name);
    const Error error = refusal(folder.file(name));
    CHECK(error.code == ErrorCode::invalid_input);
    CAPTURE(error.message);
    CHECK(error.message.find("found what FFmpeg calls") != std::string::npos);
  }
  CHECK(refusal("http://127.0.0.1:9/call.wav").code == ErrorCode::io);
  CHECK(refusal("concat:" + wav).code == ErrorCode::io);
  CHECK(refusal("file:" + wav).code == ErrorCode::io);
}

TEST_CASE("a sample rate at which sound grows out of proportion is refused") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  for (const int rate : {1, 1'999, 768'001, 900'000'000}) {
    {
      WavFile wav(file, 1, rate);
      wav.add({std::vector<std::int16_t>(5'000, 900)});
    }
    CAPTURE(rate);
    const Error error = refusal(file);
    CHECK(error.code == ErrorCode::invalid_input);
    CHECK(error.message.find("expected 2000 to 768000 Hz") != std::string::npos);
  }
}

TEST_CASE("more channels than any recording has are refused") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  for (const int channels : {65, 1'000, 65'535}) {
    {
      WavFile wav(file, channels, 8'000);
      wav.add(std::vector<std::vector<std::int16_t>>(static_cast<std::size_t>(channels),
                                                     std::vector<std::int16_t>(40, 900)));
    }
    CAPTURE(channels);
    const Error error = refusal(file);
    CHECK(error.code == ErrorCode::invalid_input);
    CAPTURE(error.message);
    CHECK(error.message.find("expected") != std::string::npos);
  }
}

TEST_CASE("names with colons, spaces and letters of other scripts are files like any other") {
  const TempFolder folder;
  ToneTranscriber transcriber;
  const std::vector<TonedWord> words = {{5, 300}};
  for (const char *name : {"call:12.wav", "a b%20c.wav", "rozmowa \xC5\xBC.wav", "x|y.wav"}) {
    write_recording(folder.file(name), 16'000, 1'000, {words});
    const auto got = hear(folder.file(name), transcriber);
    REQUIRE(got);
    CHECK(difference(words, *got) == "");
  }
}

TEST_CASE("what is cut off is heard as far as it goes, and the transcript says so") {
  const TempFolder folder;
  const std::string wav = folder.file("call.wav"), part = folder.file("part.wav");
  const auto words = some_words(300, minute_ms, 0, false);
  write_recording(wav, 16'000, minute_ms, {words});
  const std::string bytes = read_file(wav);
  write(part, bytes.substr(0, 44 + 20 * 32'000));
  std::vector<TonedWord> left;
  for (const TonedWord &word : words) {
    if (word.begin_ms + word_ms <= 20'000) left.push_back(word);
  }
  ToneTranscriber transcriber;
  const auto got = hear(part, transcriber);
  REQUIRE(got);
  CHECK(got->duration_ms == 20'000);
  CHECK(difference(left, *got) == "");
  if (!has_ffmpeg()) return;
  const std::string mp4 = folder.file("call.mp4"), fast = folder.file("fast.mp4");
  REQUIRE(run("ffmpeg -v error -y -i \"" + wav + "\" \"" + mp4 + "\""));
  REQUIRE(run("ffmpeg -v error -y -i \"" + wav + "\" -movflags faststart \"" + fast + "\""));
  // Its index was to come at the end.
  write(mp4, read_file(mp4).substr(0, 100'000));
  CHECK(refusal(mp4).message.find("cut off or was not finalised") != std::string::npos);
  // Its index is there, of its sound a half.
  write(fast, read_file(fast).substr(0, std::filesystem::file_size(fast) / 2));
  const auto half = hear(fast, transcriber);
  REQUIRE(half);
  REQUIRE(half->warnings.size() >= 1);
  CHECK(half->warnings[0].find("the recording ends at 0:") != std::string::npos);
  CHECK(half->warnings[0].find("states a duration of 1:00") != std::string::npos);
}

TEST_CASE("a video without sound is refused") {
  if (!has_ffmpeg()) {
    MESSAGE("skipped: there is no ffmpeg to make the file with");
    return;
  }
  const TempFolder folder;
  const std::string file = folder.file("mute.mp4");
  REQUIRE(
      run("ffmpeg -v error -y -f lavfi -i color=black:s=64x64:d=2 -c:v mpeg4 \"" + file + "\""));
  const Error error = refusal(file);
  CHECK(error.code == ErrorCode::invalid_input);
  CHECK(error.message.find("found a file without sound") != std::string::npos);
}

TEST_CASE("a file that grows while it is read is refused as unfinished") {
  const TempFolder folder;
  const std::string file = folder.file("call.wav");
  write_recording(file, 16'000, 5'000, {some_words(300, 4'500)});
  ToneTranscriber transcriber;
  TranscribeOptions options;
  options.call.log = [&](LogLevel, std::string_view) {
    std::ofstream(file, std::ios::binary | std::ios::app) << std::string(32'000, 'x');
  };
  Usage usage;
  const auto got = transcribe(file, transcriber, options, &usage);
  REQUIRE_FALSE(got);
  CHECK(got.error().code == ErrorCode::io);
  CHECK(got.error().message.find("changed while it was read") != std::string::npos);
}

#ifdef __unix__
TEST_CASE("nothing is printed about a damaged recording") {
  const TempFolder folder;
  const std::string wav = folder.file("call.wav"), file = folder.file("call.mp3");
  write_recording(wav, 16'000, 20'000, {some_words(300, 19'000)});
  if (!has_ffmpeg() || !run("ffmpeg -v error -y -i \"" + wav + "\" \"" + file + "\"")) {
    MESSAGE("skipped: there is no ffmpeg to make the file with");
    return;
  }
  std::string bytes = read_file(file);
  for (std::size_t at = 5'000; at < bytes.size(); at += 611) bytes[at] ^= 0x55;
  write(file, bytes);
  const std::string printed = folder.file("printed");
  const int before = dup(2), to = open(printed.c_str(), O_CREAT | O_WRONLY, 0600);
  REQUIRE(to >= 0);
  dup2(to, 2);
  ToneTranscriber transcriber;
  const auto got = hear(file, transcriber);
  write(folder.file("text.mp3"), "no sound at all, only words, words and words");
  const auto probed = probe_audio(folder.file("text.mp3"));
  dup2(before, 2);
  close(before);
  close(to);
  CHECK(read_file(printed) == "");
  CHECK_FALSE(probed);
  if (got) CHECK(!got->utterances.empty());
}
#endif

TEST_CASE("a spoken call is heard in one clip from its first to its last word") {
  const std::string file = (source_dir() / "examples/recording/call.m4a").string();
  const auto info = probe_audio(file);
  REQUIRE(info);
  CHECK(info->container == "mov,mp4,m4a,3gp,3g2,mj2");
  CHECK(info->codec == "aac");
  CHECK(info->channels == 1);
  CHECK(info->sample_rate == 16'000);
  CHECK(info->duration_ms == 52'888);
  ToneTranscriber transcriber;
  transcriber.on_heard = [](std::size_t, TranscribedClip &clip) {
    clip.segments = {{"Thank you for calling.", 1'000, 2'500}};
  };
  const auto got = hear(file, transcriber);
  REQUIRE(got);
  CHECK(transcriber.sizes.size() == 1);
  CHECK(transcriber.lengths_ms[0] > 52'000);  // the last word ends at 52.4 s
  CHECK(std::llabs(got->duration_ms.value_or(0) - 52'888) <= 100);
}
