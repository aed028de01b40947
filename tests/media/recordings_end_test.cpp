// Recordings that were cut off, never finished, or streamed: what is wrong is told, and only that.
#include "media/file_end.hpp"
#include "tones.hpp"

#include <doctest/doctest.h>

using namespace saleschecklist;
using namespace saleschecklist::test;
using media::fault_at_end;

namespace {

std::string write(const std::string &file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

bool run(const std::string &command) { return std::system(command.c_str()) == 0; }

std::string all_warnings(const Transcript &transcript) {
  std::string out;
  for (const std::string &warning : transcript.warnings) out += warning + "\n";
  return out;
}

bool has(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

// The recording of 20 seconds, its words, and its bytes as WAV.
struct Call {
  TempFolder folder;
  std::vector<TonedWord> words = some_words(300, 19'500, 0, false);
  std::string wav = folder.file("call.wav");
  std::string bytes;

  Call() {
    write_recording(wav, 16'000, 20'000, {words});
    bytes = read_file(wav);
  }
  // With other lengths in its header, of the whole and of the sound.
  std::string with_lengths(std::uint32_t whole, std::uint32_t sound) const {
    std::string out = bytes;
    for (int i = 0; i < 4; ++i) {
      out[static_cast<std::size_t>(4 + i)] = static_cast<char>(whole >> (8 * i) & 0xff);
      out[static_cast<std::size_t>(40 + i)] = static_cast<char>(sound >> (8 * i) & 0xff);
    }
    return out;
  }
  Result<Transcript> hear(const std::string &file) const {
    ToneTranscriber transcriber;
    Usage usage;
    return transcribe(file, transcriber, {}, &usage);
  }
  // The file that ffmpeg makes of it; empty if it cannot.
  std::string as(const std::string &name, const std::string &how) const {
    const std::string file = folder.file(name);
    const std::string command =
        "ffmpeg -v error -y -i \"" + wav + "\" " + how + " \"" + file + "\" 2> /dev/null";
    return run(command) ? file : "";
  }
};

}  // namespace

TEST_CASE("a WAV file that announces more sound than it has is heard, and said to be cut off") {
  const Call call;
  for (const std::size_t seconds : {1, 7, 19}) {
    const std::string part =
        write(call.folder.file("part.wav"), call.bytes.substr(0, 44 + seconds * 32'000));
    const auto info = probe_audio(part);
    REQUIRE(info);
    REQUIRE(info->warnings.size() == 1);
    const std::string expected =
        "the recording is cut off: its sound announces 640000 bytes, and "
        "the file has " +
        std::to_string(seconds * 32'000);
    CHECK(info->warnings[0] == expected);
    const auto got = call.hear(part);
    REQUIRE(got);
    CHECK(has(all_warnings(*got), expected));
    CHECK(got->duration_ms == static_cast<std::int64_t>(seconds) * 1'000);
  }
}

TEST_CASE("a WAV file that was streamed announces no length, which is fine") {
  const Call call;
  for (const std::uint32_t length :
       {0u, 0xFFFF'FFFFu, 0x7FFF'FFFFu, 0x7FFF'F000u, 0x8000'0000u, 0xFFFF'FFFEu}) {
    CAPTURE(length);
    for (const std::uint32_t whole : {length, 36u, 0xFFFF'FFFFu}) {
      const std::string file =
          write(call.folder.file("streamed.wav"), call.with_lengths(whole, length));
      CHECK_FALSE(fault_at_end(file));
      const auto got = call.hear(file);
      REQUIRE(got);
      CHECK(difference(call.words, *got) == "");
      CHECK(all_warnings(*got) == "");
    }
  }
}

TEST_CASE("a WAV file that goes on behind the end that it states is said to") {
  const Call call;
  const std::string file = write(call.folder.file("more.wav"), call.with_lengths(320'036, 320'000));
  const auto got = call.hear(file);
  REQUIRE(got);
  CHECK(got->duration_ms == 10'000);
  CHECK(has(all_warnings(*got), "has 320000 bytes behind the end that its header states"));
  // Tags of other programs are no sound.
  CHECK_FALSE(fault_at_end(write(file, call.bytes + std::string(5'000, 't'))));
}

TEST_CASE("a WAV file that is cut before or at its sound is refused as cut off") {
  const Call call;
  for (const std::size_t size : {13, 20, 30, 36, 40, 44}) {
    CAPTURE(size);
    const std::string file = write(call.folder.file("head.wav"), call.bytes.substr(0, size));
    const auto got = call.hear(file);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == ErrorCode::invalid_input);
    CHECK(got.error().where == file);
    CHECK(has(got.error().message, "the recording is cut off"));
  }
}

TEST_CASE("an MP4 file without its index is refused as cut off or not finalised") {
  const Call call;
  for (const char *name : {"call.m4a", "call.mp4", "call.mov", "call.3gp"}) {
    const std::string file = call.as(name, "-c:a aac -b:a 64k");
    if (file.empty()) {
      MESSAGE("skipped, this ffmpeg cannot make it: " << name);
      continue;
    }
    CHECK_FALSE(fault_at_end(file));
    const std::string bytes = read_file(file);
    for (const std::size_t size : {bytes.size() / 2, bytes.size() / 10, std::size_t{40}}) {
      const std::string part =
          write(call.folder.file(std::string("part-") + name), bytes.substr(0, size));
      for (const Error &error : {call.hear(part).error(), probe_audio(part).error()}) {
        CHECK(error.code == ErrorCode::invalid_input);
        CHECK(error.where == part);
        CHECK(has(error.message, "the file is cut off or was not finalised"));
        CHECK(has(error.message, "moov"));
      }
    }
  }
}

TEST_CASE("a recording of any format that is cut off is refused or heard with a warning") {
  const Call call;
  const std::vector<std::pair<const char *, const char *>> kinds = {
      {"a.mp3", "-b:a 64k"},
      {"fast.m4a", "-c:a aac -b:a 64k -movflags faststart"},
      {"fragmented.mp4", "-c:a aac -b:a 64k -movflags frag_keyframe+empty_moov"},
      {"a.ogg", "-c:a libvorbis"},
      {"a.opus", "-c:a libopus"},
      {"a.flac", ""},
      {"a.webm", "-c:a libopus"},
      {"a.mkv", "-c:a libmp3lame"},
      {"a.aiff", ""},
      {"a.au", ""},
      {"a.caf", ""},
      {"a.w64", ""},
      {"a.wma", "-c:a wmav2"},
      {"a.avi", "-c:a libmp3lame"},
      {"a.rf64.wav", "-rf64 always"},
  };
  for (const auto &[name, how] : kinds) {
    CAPTURE(name);
    const std::string file = call.as(name, how);
    if (file.empty()) {
      MESSAGE("skipped, this ffmpeg cannot make it: " << name);
      continue;
    }
    const auto whole = call.hear(file);
    REQUIRE(whole);
    CHECK(all_warnings(*whole) == "");
    const std::string bytes = read_file(file);
    const std::string part = write(call.folder.file(std::string("part-") + name),
                                   bytes.substr(0, bytes.size() * 6 / 10));
    const auto got = call.hear(part);
    if (!got) {
      CHECK(got.error().code == ErrorCode::invalid_input);
      CHECK(has(got.error().message, "cut off"));
      continue;
    }
    CHECK_FALSE(got->warnings.empty());
    CHECK(*got->duration_ms < 19'000);
  }
}

TEST_CASE("a recorder's stream without lengths is no cut recording") {
  const Call call;
  const std::vector<std::pair<const char *, const char *>> kinds = {
      {"live.webm", "-c:a libopus -f webm -live 1"},
      {"live.mkv", "-c:a libmp3lame -f matroska -live 1"},
      {"live.flac", "-f flac"},
      {"live.wav", "-f wav"},
      {"live.aac", "-c:a aac -f adts"},
      {"live.mp3", "-f mp3"},
      {"live.caf", "-f caf"},
  };
  int heard = 0;
  for (const auto &[name, how] : kinds) {
    CAPTURE(name);
    const std::string file = call.folder.file(name);
    if (!run("ffmpeg -v error -y -i \"" + call.wav + "\" " + how + " - 2> /dev/null | cat > \"" +
             file + "\"") ||
        std::filesystem::file_size(file) == 0) {
      MESSAGE("this FFmpeg does not write " << name);
      continue;
    }
    ++heard;
    const auto got = call.hear(file);
    REQUIRE(got);
    CHECK(all_warnings(*got) == "");
  }
  CHECK(heard >= 4);  // what needs no codec that FFmpeg may lack
}

TEST_CASE("the end of any bytes at all is looked at") {
  const TempFolder folder;
  const std::string file = folder.file("bytes");
  CHECK_FALSE(fault_at_end(folder.file("missing")));
  std::mt19937 random(5);
  using namespace std::string_literals;
  const std::vector<std::string> heads = {
      "",
      "RIFF",
      "RIFF\0\0\0\0WAVE"s,
      "RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0"s,
      "RIFF\xff\xff\xff\0AVI "s,
      "\0\0\0\x18"
      "ftypM4A \0\0\0\0"s,
      "\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff"s,
      "\0\0\0\x01mdat\0\0\0\0\0\0\0\0"s,
      "\0\0\0\0moov"s,
      "OggS\0\x02"s,
      "caff\0\x01\0\0data\xff\xff\xff\xff\xff\xff\xff\xff"s,
      "riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\xff\xff\xff\xff\xff\xff\xff\x7f"s,
      "\x30\x26\xB2\x75\x8E\x66\xCF\x11"s,
  };
  for (const std::string &head : heads) {
    for (int i = 0; i < 50; ++i) {
      std::string bytes = head;
      for (std::size_t n = random() % 3'000; n > 0; --n) {
        bytes += static_cast<char>(random() % (i % 2 == 0 ? 256 : 3));
      }
      write(file, bytes);
      if (const auto fault = fault_at_end(file)) CHECK_FALSE(fault->empty());
    }
  }
  // A million boxes of eight bytes.
  std::string boxes;
  for (int i = 0; i < 1'000'000; ++i)
    boxes +=
        "\0\0\0\x08"
        "free"s;
  write(file, boxes);
  CHECK(fault_at_end(file));
}
