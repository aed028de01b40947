// Whatever bytes come in, a transcript that comes out keeps the promises of transcript.hpp.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include "json/library.hpp"

#include "json/schema.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

const std::vector<std::string> samples = {
    "WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.500 align:start\n<v Ann Lee>Hi &amp; <b>bye"
    "</b>\n\n00:00:02.000 --> 00:00:04.000\nBob: Yes.\n\n00:00:04.500 --> 00:00:05.000\n- No.\n",
    "1\n00:00:01,000 --> 00:00:02,500\nDana: Hello.\n\n2\n00:00:03,000 --> 00:00:04,000\n>> Wörk\n",
    "Date: May\n[00:03] Dana: Hello there\nand more: of it.\n(1:05) Carl: Hi.\n\nDana：はい。\n",
    "Dana Reyes  0:03\nHello there.\n\nCarl  1:02:05\nFine. Really?\n",
    R"({"language": "en", "text": "x", "segments": [{"start": 0.5, "end": 1, "text": " Hi there."},
       {"start": 1.5, "end": 2, "text": " Good.", "speaker": "A"}]})",
    R"({"results": {"channels": [{"alternatives": [{"words": [
       {"word": "hi", "start": 0, "end": 0.5, "speaker": 0},
       {"word": "yo.", "start": 1, "end": 1.5, "speaker": 1}]}]}, {"alternatives": []}]}})",
    R"({"status": "completed", "utterances": [
       {"speaker": "A", "text": "Hi.", "start": 250, "end": 900},
       {"speaker": "B", "text": "Hello you.", "start": 1000, "end": 1500}]})",
    R"({"language_code": "en", "words": [
       {"text": "Hi", "start": 0.1, "end": 0.3, "type": "word", "speaker_id": "speaker_0"},
       {"text": "Yes", "start": 2, "end": 2.5, "type": "word", "speaker_id": "speaker_1"}]})",
    R"({"meeting_transcripts": [{"speaker": "PM", "content": "Okay , {vocalsound} yes ."},
       {"speaker": "ME", "content": "Morning !"}]})",
    R"({"schema": "saleschecklist/transcript/1", "roles": {"source": "given", "reason": "x"},
       "utterances": [{"speaker": "A", "role": "rep", "begin_ms": 5, "end_ms": 9, "text": "Hi yo.",
       "spans": [{"begin": 0, "begin_ms": 5, "end_ms": 6}, {"begin": 3, "begin_ms": 6}]},
       {"speaker": "B", "role": "customer", "begin_ms": 10, "text": "Yes."}]})",
    R"({"Content": "Hello there. How are you?"})"};

// A sample with some pieces exchanged, doubled or dropped.
std::string some_bytes() {
  static const std::vector<std::string> pieces = {"",
                                                  "\n",
                                                  "\n\n",
                                                  ":",
                                                  "-->",
                                                  "<",
                                                  ">",
                                                  "&",
                                                  ";",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  "\"",
                                                  ",",
                                                  "0",
                                                  "-1",
                                                  "99",
                                                  "null",
                                                  "true",
                                                  "1e30",
                                                  "Ann: ",
                                                  "<v Bob>",
                                                  "\r",
                                                  "\t",
                                                  "\xEF\xBC\x9A",
                                                  "\xCC\x81",
                                                  "\xE2\x80\x8B",
                                                  "\xE2\x80\xA8",
                                                  "\xC3",
                                                  "\x01",
                                                  "\\u0000",
                                                  "\\u000a",
                                                  "\\ud800",
                                                  "\xC2\xA0",
                                                  "00:00:00.000 --> 00:00:09.000\n",
                                                  "?",
                                                  ".",
                                                  "x",
                                                  "\xF0\x9F\x98\x80"};
  std::string out = *rc::gen::elementOf(samples);
  for (int edits = *rc::gen::inRange(0, 5); edits > 0; --edits) {
    const auto at = *rc::gen::inRange<std::size_t>(0, out.size() + 1);
    const auto size = std::min(*rc::gen::inRange<std::size_t>(0, 4), out.size() - at);
    out.replace(at, size, *rc::gen::elementOf(pieces));
  }
  return out;
}

void check_spans(const Utterance &u) {
  RC_ASSERT(!u.spans.empty());
  RC_ASSERT(u.spans[0].begin == 0U);
  for (std::size_t i = 0; i < u.spans.size(); ++i) {
    const TimedSpan &span = u.spans[i];
    RC_ASSERT(span.begin < u.text.size());
    RC_ASSERT((static_cast<unsigned char>(u.text[span.begin]) & 0xC0) != 0x80);
    if (i > 0) RC_ASSERT(span.begin > u.spans[i - 1].begin);
    if (span.begin_ms && span.end_ms) RC_ASSERT(*span.begin_ms <= *span.end_ms);
  }
}

void check_promises(const Transcript &t) {
  std::int64_t last = 0;
  for (const Utterance &u : t.utterances) {
    RC_ASSERT(!u.text.empty());
    RC_ASSERT(u.text.find_first_of("\n\r") == std::string::npos);
    RC_ASSERT(u.text.front() != ' ');
    RC_ASSERT(u.text.back() != ' ');
    RC_ASSERT(u.speaker.find_first_of("\n\r") == std::string::npos);
    if (u.begin_ms) RC_ASSERT(*u.begin_ms >= last);
    if (u.begin_ms) last = *u.begin_ms;
    if (u.begin_ms && u.end_ms) RC_ASSERT(*u.begin_ms <= *u.end_ms);
    if (u.end_ms && t.duration_ms) RC_ASSERT(*u.end_ms <= *t.duration_ms);
    check_spans(u);
  }
}

}  // namespace

TEST_CASE("each sample is read as it stands") {
  for (const std::string &sample : samples) {
    const auto read = read_transcript(sample);
    CHECK_MESSAGE(read, sample);
  }
}

TEST_CASE("what is read keeps the promises of a transcript, and what is not is an input error") {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = 1000;
  const auto result = rc::detail::checkTestable(
      [] {
        const std::string bytes = some_bytes();
        const auto read = read_transcript(bytes);
        if (!read) {
          RC_ASSERT(read.error().code == ErrorCode::invalid_input);
          RC_ASSERT(!read.error().message.empty());
          return;
        }
        check_promises(*read);
        const std::string once = to_json(*read);
        RC_ASSERT(
            json::schema_faults(nlohmann::json::parse(once), "transcript.schema.json").size() ==
            0U);
        const auto again = read_transcript(once);
        RC_ASSERT(again.has_value());
        RC_ASSERT(to_json(*again) == once);
        RC_ASSERT(json::schema_faults(nlohmann::json::parse(to_json(measure(*read))),
                                      "metrics.schema.json")
                      .size() == 0U);
      },
      rc::detail::TestMetadata{}, params);
  rc::detail::printResultMessage(result, std::cerr);
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace saleschecklist::test
