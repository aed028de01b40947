// How long ten megabytes of a transcript take to read, one row for each family of formats.
#include <saleschecklist/saleschecklist.hpp>

#include <benchmark/benchmark.h>
#include <zip.h>

#include <cstdio>
#include <string>
#include <string_view>

namespace {

using namespace saleschecklist;

constexpr std::size_t file_size = 10'000'000;  // in bytes
constexpr int turn_seconds = 6;

struct Turn {
  int number;
  const char *speaker;
  std::string words;
};

Turn turn_at(int number) {
  static constexpr const char *speakers[] = {"Dana Reyes", "Lee Okafor", "Mira van den Berg"};
  Turn out{number, speakers[number % 3], {}};
  out.words = "We looked at line " + std::to_string(number % 977) +
              ", and it still stops twice a week. What would it take to see a drop by autumn?";
  return out;
}

// "00:01:30.000"; `point` stands before the milliseconds.
std::string clock_time(int seconds, char point) {
  char text[32];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d%c000", seconds / 3600, seconds / 60 % 60,
                seconds % 60, point);
  return text;
}

std::string short_time(int seconds) { return clock_time(seconds, '.').substr(0, 8); }

std::string begin_of(const Turn &turn) { return std::to_string(turn.number * turn_seconds); }
std::string end_of(const Turn &turn) { return std::to_string(turn.number * turn_seconds + 5); }

std::string arrow_times(const Turn &turn, char point) {
  const int begin = turn.number * turn_seconds;
  return clock_time(begin, point) + " --> " + clock_time(begin + 5, point) + "\n";
}

using WriteTurn = std::string (*)(const Turn &turn);

std::string file_of(std::string_view head, WriteTurn write, std::string_view between,
                    std::string_view foot) {
  std::string out(head);
  for (int number = 0; out.size() < file_size; ++number) {
    if (number > 0) out += between;
    out += write(turn_at(number));
  }
  return out.append(foot);
}

std::string webvtt(const Turn &turn) {
  return arrow_times(turn, '.') + "<v " + turn.speaker + ">" + turn.words + "</v>\n\n";
}

std::string subrip(const Turn &turn) {
  return std::to_string(turn.number + 1) + "\n" + arrow_times(turn, ',') + turn.speaker + ": " +
         turn.words + "\n\n";
}

std::string labels(const Turn &turn) { return turn.speaker + (": " + turn.words) + "\n"; }

std::string headings(const Turn &turn) {
  return turn.speaker + ("  " + short_time(turn.number * turn_seconds)) + "\n" + turn.words +
         "\n\n";
}

std::string segment(const Turn &turn) {
  return "{\"id\":" + std::to_string(turn.number) + ",\"start\":" + begin_of(turn) +
         ".0,\"end\":" + end_of(turn) + ".0,\"text\":\" " + turn.words + "\"}";
}

std::string numbered_word(const Turn &turn) {
  return R"({"word":"autumn","start":)" + begin_of(turn) + ".0,\"end\":" + end_of(turn) +
         R"(.0,"confidence":0.98,"speaker":)" + std::to_string(turn.number / 20 % 2) +
         R"(,"punctuated_word":"autumn)" + (turn.number % 10 == 9 ? "." : "") + "\"}";
}

std::string json_turn(const Turn &turn) {
  return R"({"speaker_name":")" + std::string(turn.speaker) + R"(","text":")" + turn.words +
         R"(","start_time":)" + begin_of(turn) + R"(,"end_time":)" + end_of(turn) + "}";
}

std::string row(const Turn &turn) {
  return begin_of(turn) + "," + end_of(turn) + "," + turn.speaker + ",\"" + turn.words + "\"\n";
}

std::string paragraph(const Turn &turn) {
  return "<p><b>" + std::string(turn.speaker) + ":</b> " + turn.words + "</p>\n";
}

std::string element(const Turn &turn) {
  return "<p begin=\"" + begin_of(turn) + "s\" end=\"" + end_of(turn) + "s\">" + turn.speaker +
         ": " + turn.words + "</p>\n";
}

std::string word_paragraph(const Turn &turn) {
  return R"(<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">)" +
         std::string(turn.speaker) + "   " + short_time(turn.number * turn_seconds) +
         "</w:t></w:r><w:r><w:br/><w:t>" + turn.words + "</w:t></w:r></w:p>";
}

// A Word document with this as its main part; empty if it cannot be made.
std::string word_document(const std::string &xml) {
  zip_source_t *packed = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(packed);
  zip_t *archive = zip_open_from_source(packed, ZIP_TRUNCATE, nullptr);
  zip_source_t *part = zip_source_buffer(archive, xml.data(), xml.size(), 0);
  zip_file_add(archive, "word/document.xml", part, ZIP_FL_ENC_UTF_8);
  std::string out;
  if (zip_close(archive) == 0 && zip_source_open(packed) == 0) {
    zip_source_seek(packed, 0, SEEK_END);
    out.resize(static_cast<std::size_t>(zip_source_tell(packed)));
    zip_source_seek(packed, 0, SEEK_SET);
    zip_source_read(packed, out.data(), out.size());
    zip_source_close(packed);
  }
  zip_source_free(packed);
  return out;
}

void read(benchmark::State &state, const std::string &file) {
  for (auto _ : state) {
    const auto transcript = read_transcript(file);
    if (!transcript) return state.SkipWithError(transcript.error().message.c_str());
    state.SetLabel(transcript->source_format);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(file.size()) * state.iterations());
}

void add_row(const char *name, std::string_view head, WriteTurn write, std::string_view between,
             std::string_view foot) {
  benchmark::RegisterBenchmark(
      name, [=](benchmark::State &state) { read(state, file_of(head, write, between, foot)); })
      ->Unit(benchmark::kMillisecond)
      ->Iterations(1);
}

}  // namespace

int main(int argc, char **argv) {
  add_row("webvtt", "WEBVTT\n\n", webvtt, "", "");
  add_row("subrip", "", subrip, "", "");
  add_row("text with labels", "", labels, "", "");
  add_row("text with headings", "", headings, "", "");
  add_row("whisper", R"({"task":"transcribe","language":"english","segments":[)", segment, ",",
          R"(],"text":""})");
  add_row("deepgram", R"({"results":{"channels":[{"alternatives":[{"words":[)", numbered_word, ",",
          "]}]}]}}");
  add_row("json turns", "[", json_turn, ",", "]");
  add_row("csv", "start,end,speaker,text\n", row, "", "");
  add_row("html", "<!DOCTYPE html><html><body>\n", paragraph, "", "</body></html>\n");
  add_row("ttml", "<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>\n", element, "",
          "</div></body></tt>\n");
  constexpr std::string_view word_head =
      R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)";
  benchmark::RegisterBenchmark("docx, 10 MB unpacked",
                               [=](benchmark::State &state) {
                                 read(state, word_document(file_of(word_head, word_paragraph, "",
                                                                   "</w:body></w:document>")));
                               })
      ->Unit(benchmark::kMillisecond)
      ->Iterations(1);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
