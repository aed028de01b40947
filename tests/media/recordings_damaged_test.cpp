// Recordings of every container with bytes changed, cut, doubled and declared otherwise: each is
// heard as far as it can be, or refused as what it is.
#include "tones.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

constexpr int variants = 24;  // of each file

using Bytes = std::string;

struct Kind {
  const char *name, *how;
};

// What recorders, telephones, browsers and meeting tools write.
constexpr Kind kinds[] = {
    {"a.wav", ""},
    {"float.wav", "-c:a pcm_f32le"},
    {"mulaw.wav", "-ar 8000 -c:a pcm_mulaw"},
    {"adpcm.wav", "-c:a adpcm_ima_wav"},
    {"a.w64", ""},
    {"a.aiff", ""},
    {"a.au", ""},
    {"a.caf", ""},
    {"a.voc", "-ar 8000"},
    {"a.mp3", "-b:a 64k"},
    {"a.m4a", "-c:a aac"},
    {"fast.m4a", "-c:a aac -movflags faststart"},
    {"alac.m4a", "-c:a alac"},
    {"fragments.mp4", "-c:a aac -movflags frag_keyframe+empty_moov"},
    {"a.mov", "-c:a pcm_s16le"},
    {"a.aac", "-c:a aac"},
    {"a.ts", "-c:a aac"},
    {"a.webm", "-c:a libopus"},
    {"a.mkv", "-c:a libmp3lame"},
    {"a.ogg", "-c:a libvorbis"},
    {"a.opus", "-c:a libopus"},
    {"a.flac", ""},
    {"a.wma", ""},
    {"a.avi", "-c:a libmp3lame"},
    {"a.flv", "-ar 44100 -c:a aac"},
    {"a.wv", ""},
    {"a.tta", ""},
    {"a.ac3", ""},
    {"a.mxf", "-c:a pcm_s16le -ar 48000"},
    {"a.nut", "-c:a pcm_s16le"},
};

// Draws damages, the same ones in every run.
class Vandal {
 public:
  // Half of the damages are among the first bytes, which say what the file is.
  Bytes damage(Bytes file, int variant) {
    switch (variant % 6) {
      case 0:
        for (int n = 0; n < 1 + variant; ++n) file[place(file)] = static_cast<char>(any(256));
        break;
      case 1:
        overwrite(file, number());
        break;
      case 2:
        file.resize(place(file));
        break;
      case 3:
        overwrite(file, Bytes(1 + any(400), static_cast<char>(any(2) == 0 ? 0 : 0xFF)));
        break;
      case 4: {
        const Bytes piece = file.substr(place(file), 1 + any(2'000));
        file.insert(place(file), piece);
        break;
      }
      default:
        file.erase(place(file), 1 + any(300));
    }
    return file;
  }

 private:
  std::size_t any(std::size_t below) { return random_() % below; }

  std::size_t place(const Bytes &file) {
    const std::size_t head = std::min<std::size_t>(file.size(), 600);
    return any(any(2) == 0 ? head : file.size());
  }

  // A size, a rate or a number of things that is far from what the file has, in either byte order.
  Bytes number() {
    static const Bytes numbers[] = {Bytes(4, '\0'),
                                    Bytes(4, '\xFF'),
                                    Bytes("\x7F\xFF\xFF\xFF", 4),
                                    Bytes("\xFF\xFF\xFF\x7F", 4),
                                    Bytes("\0\0\0\x01", 4),
                                    Bytes("\x01\0\0\0", 4),
                                    Bytes("\x80\0\0\0", 4),
                                    Bytes("\0\0\0\x80", 4),
                                    Bytes("\x10\0\0\0", 4)};
    return numbers[any(std::size(numbers))];
  }

  void overwrite(Bytes &file, const Bytes &piece) {
    const std::size_t at = place(file), size = std::min(piece.size(), file.size() - at);
    file.replace(at, size, piece, 0, size);
  }

  std::mt19937 random_{20261201};
};

// What must hold for any file: it is heard, or refused because of what it contains.
void check(const std::string &file) {
  ToneTranscriber transcriber;
  Usage usage;
  const auto heard = transcribe(file, transcriber, {}, &usage);
  if (heard) {
    CHECK(validate(*heard).empty());
    CHECK(heard->duration_ms.value_or(0) <= limits::recording_hours * 3'600'000LL);
  } else {
    const Error &error = heard.error();
    CAPTURE(to_string(error));
    CHECK((error.code == ErrorCode::invalid_input || error.code == ErrorCode::unsupported));
    CHECK(error.message.find('\n') == std::string::npos);
    CHECK(error.where == file);
  }
}

}  // namespace

TEST_CASE("damaged recordings of every container are heard or refused") {
  if (std::system("ffmpeg -version > /dev/null 2>&1") != 0) {
    MESSAGE("skipped: there is no ffmpeg to make the files with");
    return;
  }
  const TempFolder folder;
  const std::string wav = folder.file("call.wav");
  write_recording(wav, 16'000, 3'000, {some_words(300, 2'800, 20)});
  Vandal vandal;
  int tried = 0;
  for (const Kind &kind : kinds) {
    const std::string whole = folder.file(kind.name);
    const std::string command =
        "ffmpeg -v error -y -i \"" + wav + "\" " + kind.how + " \"" + whole + "\" > /dev/null 2>&1";
    if (std::system(command.c_str()) != 0) {
      MESSAGE("skipped, this ffmpeg cannot make it: " << std::string(kind.name));
      continue;
    }
    const Bytes bytes = read_file(whole);
    for (int variant = 0; variant < variants; ++variant) {
      INFO(kind.name);
      CAPTURE(variant);
      const std::string file = folder.file("damaged-" + std::string(kind.name));
      std::ofstream(file, std::ios::binary) << vandal.damage(bytes, variant);
      check(file);
      ++tried;
    }
  }
  CHECK(tried >= 300);
}
