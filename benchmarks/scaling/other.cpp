// Shapes of JSON, reports and recordings that may be hard to read or to write.
#include "scaling.hpp"

#include <saleschecklist/saleschecklist.hpp>

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <utility>

namespace scaling {
namespace {

using namespace saleschecklist;

template <class T>
std::string refusal_of(const Result<T> &result) {
  return result ? std::string() : result.error().message;
}

using Make = std::function<std::string(std::size_t bytes)>;

Make of_unit(std::string head, std::string unit, std::string foot) {
  return [=](std::size_t bytes) { return head + repeated(unit, bytes) + foot; };
}

Make of_keys() {
  return [](std::size_t bytes) {
    return numbered(
        bytes, [](std::size_t n) { return "\"k" + std::to_string(n) + "\":1,"; }, "{", "\"k\":1}");
  };
}

std::vector<Case> json_cases() {
  const std::vector<std::pair<std::string, Make>> shapes = {
      {"spaces", of_unit("{", " ", "}")},
      {"keys", of_keys()},
      {"one key again and again", of_unit("{", "\"items\":[],", "\"id\":\"x\"}")},
      {"one text", of_unit("{\"id\":\"", "a", "\"}")},
      {"escapes", of_unit("{\"id\":\"", "\\n", "\"}")},
      {"arrays opened", of_unit("{\"id\":", "[", "")},
      {"objects opened", of_unit("", "{\"id\":", "")},
      {"empty objects", of_unit("{\"utterances\":[", "{},", "{}]}")},
      {"utterances", of_unit("{\"utterances\":[", R"({"speaker":"Dana","text":"yes"},)",
                             R"({"speaker":"Dana","text":"yes"}]})")},
      {"categories",
       of_unit(R"({"id":"x","title":"x","categories":[)", R"({"id":"c","title":"c","items":[]},)",
               R"({"id":"c","title":"c","items":[]}]})")},
  };
  const std::vector<std::pair<std::string, std::function<std::string(const std::string &)>>>
      passes = {
          {"transcript", [](const auto &json) { return refusal_of(transcript_from_json(json)); }},
          {"checklist", [](const auto &json) { return refusal_of(read_checklist(json)); }},
          {"cues", [](const auto &json) { return refusal_of(cues_from_json(json)); }},
          {"answers", [](const auto &json) { return refusal_of(responses_from_json(json)); }},
          {"number", [](const auto &json) { return refusal_of(number_at(json, "/k0")); }},
      };
  std::vector<Case> out;
  for (const auto &[pass, run] : passes) {
    for (const auto &[shape, make] : shapes) {
      out.push_back({pass, "JSON, " + shape, [run = run, make = make](std::size_t bytes) -> Pass {
                       return [run, json = make(bytes)] { return run(json); };
                     }});
    }
  }
  return out;
}

// A report whose transcript is printed.
Pass pdf_of(const std::string &unit, std::size_t turn_bytes, std::size_t bytes) {
  Transcript call;
  call.role_source = RoleSource::given;
  for (std::size_t size = 0; size < bytes; size += turn_bytes) {
    Utterance u;
    u.speaker = call.utterances.size() % 2 == 0 ? "Dana" : "Lee";
    u.role = call.utterances.size() % 2 == 0 ? Role::rep : Role::customer;
    u.text = repeated(unit, std::min(turn_bytes, bytes)) + "x";
    call.utterances.push_back(std::move(u));
  }
  auto report = std::make_shared<Report>();
  report->transcript = std::move(call);
  if (auto made = analyze("Dana: hello\nLee: hello\n", Checklist::standard())) {
    made->transcript = std::move(report->transcript);
    *report = std::move(*made);
  }
  return [report] {
    PdfOptions options;
    options.include_transcript = true;
    return refusal_of(render_pdf(*report, options));
  };
}

std::vector<Case> pdf_cases() {
  const auto pdf = [](std::string shape, std::string unit, std::size_t turn_bytes) {
    return Case{"pdf", std::move(shape),
                [=](std::size_t bytes) { return pdf_of(unit, turn_bytes, bytes / 4); }};
  };
  constexpr std::size_t whole = std::size_t{1} << 30;
  return {pdf("short turns, a quarter of the size", "yes ", 40),
          pdf("one turn, a quarter of the size", "we lose forty thousand ", whole),
          pdf("one word, a quarter of the size", "a", whole),
          pdf("marks, a quarter of the size", "\xCC\x81", whole),
          pdf("Chinese, a quarter of the size", "\xE9\xA2\x84\xE7\xAE\x97", 300),
          pdf("emoji, a quarter of the size", "\xF0\x9F\x98\x80", 300),
          pdf("Hebrew and English, a quarter of the size", "\xD7\xA9\xD7\x9C ok ", 300)};
}

// A service that finds no words.
class NobodySpeaks final : public Transcriber {
 public:
  TranscriberInfo info() const override {
    TranscriberInfo out;
    out.id = "nobody";
    out.max_bytes = std::size_t{25} << 20;
    return out;
  }
  Result<TranscribedClip> transcribe(const AudioClip &, Usage &) override {
    return TranscribedClip();
  }
};

std::string little_endian(std::size_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

// 16 bits, 8 kHz, one channel.
std::string wav(const std::string &sound) {
  return "RIFF" + little_endian(36 + sound.size(), 4) + "WAVEfmt " + little_endian(16, 4) +
         little_endian(1, 2) + little_endian(1, 2) + little_endian(8'000, 4) +
         little_endian(16'000, 4) + little_endian(2, 2) + little_endian(16, 2) + "data" +
         little_endian(sound.size(), 4) + sound;
}

// A file that is removed with its last copy.
std::shared_ptr<const std::string> file_of(const std::string &content) {
  std::string path = "/tmp/scaling-XXXXXX";
  close(mkstemp(path.data()));
  std::ofstream(path, std::ios::binary) << content;
  return {new std::string(path), [](const std::string *p) {
            unlink(p->c_str());
            delete p;
          }};
}

std::vector<Case> sound_cases() {
  const auto scan = [](std::string shape, Make sound) {
    return Case{"transcribe", std::move(shape),
                [=](std::size_t bytes) -> Pass {
                  return [file = file_of(wav(sound(bytes)))] {
                    NobodySpeaks transcriber;
                    return refusal_of(transcribe(*file, transcriber));
                  };
                },
                3};
  };
  const auto noise = [](std::size_t bytes) {
    std::string out;
    unsigned state = 1;
    while (out.size() < bytes)
      out += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    return out;
  };
  return {scan("silence", of_unit("", std::string(1000, '\0'), "")), scan("noise", noise),
          scan("clicks", of_unit("", std::string(2, '\x7F') + std::string(8'000, '\0'), "")),
          scan("a tone", of_unit("", std::string(8, '\x40') + std::string(8, '\xC0'), ""))};
}

}  // namespace

std::vector<Case> other_cases() {
  std::vector<Case> out;
  for (auto more : {json_cases(), pdf_cases(), sound_cases()}) {
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

}  // namespace scaling
