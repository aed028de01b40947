// The limits of limits.hpp for transcripts: what is at a limit is read, what is beyond it is
// refused and the message says how much was found and expected.
#include <doctest/doctest.h>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

std::string repeated(const std::string &text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// The message of a refusal; empty if the transcript is read.
std::string refusal(const std::string &bytes, const ReadOptions &options = {}) {
  const auto read = read_transcript(bytes, options);
  if (read) return {};
  CHECK(read.error().code == ErrorCode::invalid_input);
  return read.error().message;
}

Transcript of_turns(std::size_t turns, std::size_t speakers) {
  Transcript out;
  for (std::size_t n = 0; n < turns; ++n) {
    Utterance u;
    u.speaker = "S" + std::to_string(n % speakers);
    u.text = "yes";
    u.spans.push_back({});
    out.utterances.push_back(std::move(u));
  }
  return out;
}

std::string fault_of(const Transcript &transcript) {
  const auto faults = validate(transcript);
  return faults.empty() ? "" : faults.front().message + " (" + faults.front().where + ")";
}

}  // namespace

TEST_CASE("a transcript of more bytes than the host allows is refused") {
  const std::string text = "Dana: Hello.\nLee: Hi.\n";
  ReadOptions options;
  options.most_bytes = text.size();
  CHECK(refusal(text, options) == "");
  options.most_bytes = text.size() - 1;
  CHECK(refusal(text, options) == "the transcript has 22 bytes, expected at most 21");
  CHECK(refusal(repeated(" ", limits::transcript_bytes + 1)) ==
        "the transcript has 67108865 bytes, expected at most 67108864");
  CHECK(read_options_from_json(R"({"most_bytes":12})").value().most_bytes == 12);
  CHECK_FALSE(read_options_from_json(R"({"most_bytes":0})"));
}

TEST_CASE("a transcript of too many lines is refused in each family of formats") {
  const std::string lines = repeated("\n", limits::transcript_lines);
  for (const std::string head : {"Dana: Hello.", "WEBVTT", "start,end,speaker,text"}) {
    CAPTURE(head);
    CHECK(refusal(head + lines) == "the transcript has 1000001 lines, expected at most 1000000");
  }
  CHECK(refusal("Dana: Hello." + lines.substr(1)) == "");
  CHECK(refusal("{\\rtf1 Dana: Hello." + repeated("\\par ", limits::transcript_lines) + "}") ==
        "the transcript has 1000001 lines, expected at most 1000000");
  const std::string page =
      "<!DOCTYPE html><html><body>Dana: Hi" + repeated("<p>Lee: a", limits::transcript_lines);
  CHECK(refusal(page).find("expected at most 1000000") != std::string::npos);
}

TEST_CASE("a transcript of too many cues is refused") {
  const std::string cue = R"({"start":1,"end":2,"text":"yes"},)";
  const std::string json = R"({"segments":[)" + repeated(cue, limits::transcript_cues) +
                           R"({"start":1,"end":2,"text":"yes"}]})";
  CHECK(refusal(json).find("1000001 cues, expected at most 1000000") != std::string::npos);
}

TEST_CASE("utterances are limited in number and in length") {
  CHECK(fault_of(of_turns(limits::utterances, 2)) == "");
  CHECK(fault_of(of_turns(limits::utterances + 1, 2)) ==
        "the transcript has 500001 utterances, expected at most 500000 (/utterances)");
  CHECK(refusal(repeated("Dana: yes\nLee: no\n", limits::utterances / 2 + 1)) ==
        "the transcript has 500002 utterances, expected at most 500000");
  Transcript call = of_turns(2, 2);
  call.utterances[1].text = repeated("a", limits::utterance_bytes);
  CHECK(fault_of(call) == "");
  call.utterances[1].text += 'a';
  CHECK(fault_of(call) ==
        "the utterance has 10485761 bytes, expected at most 10485760 (/utterances/1/text)");
  CHECK(refusal("Dana: " + repeated("yes ", limits::utterance_bytes / 4 + 1)) ==
        "the utterance has 10485763 bytes, expected at most 10485760");
}

TEST_CASE("speakers are limited in number") {
  CHECK(fault_of(of_turns(limits::speakers, limits::speakers)) == "");
  CHECK(fault_of(of_turns(limits::speakers + 1, limits::speakers + 1)) ==
        "the transcript has more than 10000 speakers (/utterances)");
  CHECK(fault_of(of_turns(limits::speakers + 1, limits::speakers)) == "");
}

}  // namespace saleschecklist::test
