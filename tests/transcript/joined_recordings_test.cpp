// Recordings that were joined in one file.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "support/support.hpp"
#include "transcript/sample_call.hpp"

namespace saleschecklist::test {
namespace {

std::string text_in_form(const std::string &form, const std::string &between = "") {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const char *name = i % 2 == 0 ? "Dana Reyes" : "Lee Okafor";
    out += (i > 0 ? between : "") +
           fmt::format(fmt::runtime(form), name, seconds[i], seconds[i] + 2, words[i], i + 1);
  }
  return out;
}

// Checks that a file has the call twice, the second time after the end of the first.
void check_twice(const std::string &bytes, std::int64_t end_of_first_ms) {
  CAPTURE(bytes);
  const auto read = read_transcript(bytes);
  REQUIRE(read);
  REQUIRE(read->utterances.size() == 2 * words.size());
  for (std::size_t i = 0; i < read->utterances.size(); ++i) {
    const std::size_t turn = i % words.size();
    const std::int64_t offset = i < words.size() ? 0 : end_of_first_ms;
    CHECK(read->utterances[i].speaker == (turn % 2 == 0 ? "Dana Reyes" : "Lee Okafor"));
    CHECK(read->utterances[i].text == words[turn]);
    CHECK(read->utterances[i].begin_ms == seconds[turn] * 1000 + offset);
  }
  const auto told =
      std::count_if(read->warnings.begin(), read->warnings.end(), [&](const std::string &warning) {
        return warning.find("another recording begins here") != std::string::npos &&
               warning.find(std::to_string(end_of_first_ms) + " ms") != std::string::npos;
      });
  CHECK(told == 1);
}

}  // namespace

TEST_CASE("a second recording in a file of subtitles follows the first") {
  const std::string vtt = text_in_form("00:00:{1:02}.000 --> 00:00:{2:02}.000\n<v {0}>{3}</v>\n\n");
  check_twice("WEBVTT\n\n" + vtt + vtt, 38000);
  check_twice("WEBVTT\n\n" + vtt + "WEBVTT\n\n" + vtt, 38000);
  const std::string srt = text_in_form("{4}\n00:00:{1:02},000 --> 00:00:{2:02},000\n{0}: {3}\n\n");
  check_twice(srt + srt, 38000);
  const std::string sbv = text_in_form("0:00:{1:02}.000,0:00:{2:02}.000\n{0}: {3}\n\n");
  check_twice(sbv + sbv, 38000);
}

TEST_CASE("a second recording in a text or a table follows the first") {
  for (const char *form :
       {"[0:{1:02}] {0}: {3}\n", "{0}  0:{1:02}\n{3}\n\n", "{0}: {3} [00:00:{1:02}]\n",
        "00:00:{1:02}\t{0}\t{3}\n", "**{0}** [0:{1:02}]: {3}\n", "{0}\n0:{1:02}\n{3}\n\n"}) {
    CAPTURE(form);
    check_twice(text_in_form(form) + text_in_form(form), 36000);
  }
  const std::string rows = text_in_form("{1},{2},{0},\"{3}\"\n");
  check_twice("start,end,speaker,text\n" + rows + rows, 38000);
}

TEST_CASE("a second recording in a list of JSON follows the first") {
  const std::string turns =
      text_in_form(R"({{"speaker": "{0}", "text": "{3}", "start": {1}.0, "end": {2}.0}})", ",\n");
  check_twice("[" + turns + ",\n" + turns + "]", 38000);
  check_twice("{\"segments\": [" + turns + ", " + turns + "]}", 38000);
  const std::string lines =
      text_in_form(R"({{"speaker": "{0}", "text": "{3}", "start": {1}.0, "end": {2}.0}})", "\n");
  check_twice(lines + "\n" + lines, 38000);
}

TEST_CASE("each of several recordings follows the one before") {
  std::string text;
  for (int part = 0; part < 3; ++part) {
    for (int i = 0; i < 10; ++i) {
      text += fmt::format("[00:{:02}:{:02}] {}: Part {}, line {}.\n", i / 2, i % 2 * 30,
                          i % 2 == 0 ? "Dana" : "Lee", part, i);
    }
  }
  const auto read = read_transcript(text);
  REQUIRE(read);
  REQUIRE(read->utterances.size() == 30);
  CHECK(read->utterances[10].begin_ms == 270'000);
  CHECK(read->utterances[20].begin_ms == 540'000);
  CHECK(read->utterances[29].begin_ms == 810'000);
  CHECK(read->utterances[29].text == "Part 2, line 9.");
}

TEST_CASE("a second recording may be longer than the first") {
  std::string vtt = "WEBVTT\n\n";
  for (int i = 0; i < 30; ++i) {
    const int second = i < 5 ? i * 10 : (i - 5) * 10;
    vtt += fmt::format("00:{:02}:{:02}.000 --> 00:{:02}:{:02}.000\n{}: Line {}.\n\n", second / 60,
                       second % 60, (second + 8) / 60, (second + 8) % 60,
                       i % 2 == 0 ? "Dana" : "Lee", i);
  }
  const auto read = read_transcript(vtt);
  REQUIRE(read);
  REQUIRE(read->utterances.size() == 30);
  CHECK(read->utterances[5].text == "Line 5.");
  CHECK(read->utterances[5].begin_ms == 48'000);
  CHECK(read->utterances[29].begin_ms == 288'000);
}

TEST_CASE("the channels of one recording are no second recording") {
  std::string turns;
  for (const std::size_t channel : {0U, 1U}) {
    for (std::size_t i = channel; i < words.size(); i += 2) {
      turns += fmt::format(R"({}{{"speaker": "{}", "text": "{}", "start": {}, "end": {}}})",
                           turns.empty() ? "" : ",", channel == 0 ? "Dana Reyes" : "Lee Okafor",
                           words[i], seconds[i], seconds[i] + 2);
    }
  }
  check_times(check_call("[" + turns + "]"));
}

TEST_CASE("single times that step back are no second recording") {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    text += fmt::format("[0:{:02}] {}: Line {} of many.\n", i == 20 ? 1 : i,
                        i % 2 == 0 ? "Ann" : "Bob", i);
  }
  const auto read = read_transcript(text);
  REQUIRE(read);
  REQUIRE(read->utterances.size() == 40);
  CHECK_FALSE(read->utterances[20].begin_ms);
  CHECK(read->utterances[39].begin_ms == 39'000);
}

}  // namespace saleschecklist::test
