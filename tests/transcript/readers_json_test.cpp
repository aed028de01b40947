// The readers of JSON transcripts: recognisers, corpora, and this library's own.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

std::string time_text(const std::optional<std::int64_t> &ms) {
  return ms ? std::to_string(*ms) : "-";
}

// One line an utterance: "Dana 0..1500: Hello."
std::string said(const Transcript &transcript) {
  std::string out;
  for (const Utterance &u : transcript.utterances) {
    out += fmt::format("{} {}..{}: {}\n", u.speaker.empty() ? "?" : u.speaker,
                       time_text(u.begin_ms), time_text(u.end_ms), u.text);
  }
  return out;
}

Transcript read(const std::string &bytes) {
  auto result = read_transcript(bytes);
  REQUIRE_MESSAGE(result, to_string(result ? Error{} : result.error()));
  return *std::move(result);
}

Error refusal(const std::string &bytes) {
  auto result = read_transcript(bytes);
  REQUIRE_MESSAGE(!result, bytes.substr(0, 80));
  CHECK(result.error().code == ErrorCode::invalid_input);
  CHECK(!result.error().message.empty());
  return result.error();
}

}  // namespace

TEST_CASE("Whisper segments give times and language") {
  const Transcript t = read(R"({"task": "transcribe", "language": "english", "duration": 9.5,
    "text": " Hello there. Good.", "segments": [
    {"id": 0, "seek": 0, "start": 0.0, "end": 1.5, "text": " Hello there.", "tokens": [1, 2],
     "temperature": 0.0, "avg_logprob": -0.3, "compression_ratio": 1.1, "no_speech_prob": 0.01},
    {"id": 1, "seek": 0, "start": 1.5, "end": 2.004, "text": " Good."}],
    "words": [{"word": "Hello", "start": 0.0, "end": 0.4}]})");
  CHECK(said(t) == "? 0..1500: Hello there.\n? 1500..2004: Good.\n");
  CHECK(t.source_format == "whisper");
  CHECK(t.language == "english");
  CHECK(t.duration_ms == 9500);
}

TEST_CASE("a Whisper reply without segments is one text") {
  CHECK(said(read(R"({"text": "Hello there. How are you?", "usage": {"type": "tokens"}})")) ==
        "? -..-: Hello there.\n? -..-: How are you?\n");
}

TEST_CASE("OpenAI diarized segments give speakers") {
  const Transcript t = read(R"({"task": "transcribe", "duration": 5, "text": "Hi. Hello.",
    "segments": [
    {"type": "transcript.text.segment", "id": "s0", "start": 0, "end": 1, "text": "Hi.",
     "speaker": "A"},
    {"type": "transcript.text.segment", "id": "s1", "start": 1.2, "end": 2, "text": " Hello.",
     "speaker": "Dana"}]})");
  CHECK(said(t) == "Speaker A 0..1000: Hi.\nDana 1200..2000: Hello.\n");
  CHECK(t.source_format == "openai_diarized");
  CHECK(t.duration_ms == 5000);
}

TEST_CASE("Deepgram utterances are preferred to its words") {
  const Transcript t = read(R"({"metadata": {"duration": 4.25}, "results": {
    "channels": [{"alternatives": [{"transcript": "hi hello", "words": []}]}],
    "utterances": [
    {"start": 0.1, "end": 0.9, "transcript": "Hi.", "speaker": 0, "channel": 0},
    {"start": 1.0, "end": 2.0, "transcript": "Hello.", "speaker": 1, "channel": 0}]}})");
  CHECK(said(t) == "Speaker 0 100..900: Hi.\nSpeaker 1 1000..2000: Hello.\n");
  CHECK(t.source_format == "deepgram");
  CHECK(t.duration_ms == 4250);
}

TEST_CASE("Deepgram words with speakers become utterances") {
  CHECK(said(read(R"({"results": {"channels": [{"detected_language": "en", "alternatives": [
    {"transcript": "hi there hello", "words": [
    {"word": "hi", "punctuated_word": "Hi", "start": 0, "end": 0.5, "speaker": 0},
    {"word": "there", "punctuated_word": "there.", "start": 0.5, "end": 0.9, "speaker": 0},
    {"word": "hello", "start": 1, "end": 1.5, "speaker": 1}]}]}]}})")) ==
        "Speaker 0 0..900: Hi there.\nSpeaker 1 1000..1500: hello\n");
}

TEST_CASE("Deepgram channels are put in order of time") {
  CHECK(said(read(R"({"results": {"channels": [
    {"alternatives": [{"transcript": "", "words": [
      {"word": "Hi.", "start": 0, "end": 0.5}, {"word": "Bye.", "start": 3, "end": 3.5}]}]},
    {"alternatives": [{"transcript": "", "words": [
      {"word": "Hello.", "start": 1, "end": 1.5}]}]}]}})")) ==
        "Speaker 0 0..500: Hi.\nSpeaker 1 1000..1500: Hello.\nSpeaker 0 3000..3500: Bye.\n");
}

TEST_CASE("AssemblyAI utterances have times in milliseconds") {
  const Transcript t = read(R"({"id": "x", "status": "completed", "language_code": "en_us",
    "audio_duration": 12, "text": "Hi. Hello.", "words": [], "utterances": [
    {"speaker": "A", "text": "Hi.", "start": 250, "end": 900, "confidence": 0.9, "words": []},
    {"speaker": "B", "text": "Hello.", "start": 1000, "end": 1500, "confidence": 0.9}]})");
  CHECK(said(t) == "Speaker A 250..900: Hi.\nSpeaker B 1000..1500: Hello.\n");
  CHECK(t.source_format == "assemblyai");
  CHECK(t.language == "en_us");
  CHECK(t.duration_ms == 12000);
}

TEST_CASE("AssemblyAI words alone become sentences") {
  CHECK(said(read(R"({"status": "completed", "text": "Hi there. Yes", "utterances": null,
    "words": [{"text": "Hi", "start": 0, "end": 200, "speaker": null},
              {"text": "there.", "start": 200, "end": 500, "speaker": null},
              {"text": "Yes", "start": 900, "end": 1000, "speaker": null}]})")) ==
        "? 0..500: Hi there.\n? 900..1000: Yes\n");
}

TEST_CASE("a recogniser's own error is passed on") {
  const Error error = refusal(R"({"id": "x", "status": "error", "error": "Download failed",
    "text": null, "words": null, "utterances": null})");
  CHECK(error.message.find("Download failed") != std::string::npos);
  CHECK(error.where == "/status");
}

TEST_CASE("ElevenLabs words are joined, and spaces and noises are no words") {
  const Transcript t = read(R"json({"language_code": "eng", "audio_duration_secs": 3.5,
    "text": "Hi there. (laughs) Yes", "words": [
    {"text": "Hi", "start": 0.1, "end": 0.3, "type": "word", "speaker_id": "speaker_0"},
    {"text": " ", "start": 0.3, "end": 0.4, "type": "spacing", "speaker_id": "speaker_0"},
    {"text": "there.", "start": 0.4, "end": 0.8, "type": "word", "speaker_id": "speaker_0"},
    {"text": "(laughs)", "start": 1, "end": 2, "type": "audio_event", "speaker_id": "speaker_0"},
    {"text": "Yes", "start": 2, "end": 2.5, "type": "word", "speaker_id": "speaker_1"}]})json");
  CHECK(said(t) == "Speaker 0 100..800: Hi there.\nSpeaker 1 2000..2500: Yes\n");
  CHECK(t.source_format == "elevenlabs");
  CHECK(t.language == "eng");
  CHECK(t.duration_ms == 3500);
}

TEST_CASE("ElevenLabs words that begin with a spacing are read, too") {
  CHECK(said(read(R"({"language_code": "en", "words": [
    {"text": " ", "type": "spacing"},
    {"text": "Yes.", "start": 2, "end": 2.5, "type": "word"}]})")) == "? 2000..2500: Yes.\n");
}

TEST_CASE("ElevenLabs channels are put in order of time") {
  CHECK(said(read(R"({"transcripts": [
    {"channel_index": 0, "language_code": "en", "text": "", "words": [
      {"text": "Hi.", "start": 0, "end": 1, "type": "word"},
      {"text": "Bye.", "start": 4, "end": 5, "type": "word"}]},
    {"channel_index": 1, "language_code": "en", "text": "", "words": [
      {"text": "Hello.", "start": 2, "end": 3, "type": "word"}]}]})")) ==
        "Speaker 0 0..1000: Hi.\nSpeaker 1 2000..3000: Hello.\nSpeaker 0 4000..5000: Bye.\n");
}

TEST_CASE("line breaks inside a recogniser's words are no line breaks of the utterance") {
  CHECK(said(read(R"({"results": {"channels": [{"alternatives": [{"words": [
    {"word": "hi\n", "start": 0, "end": 1}, {"word": " yo", "start": 1, "end": 2}]}]}]}})")) ==
        "? 0..2000: hi yo\n");
  CHECK(said(read(R"({"status": "completed", "words": [
    {"text": "hi\n", "start": 0, "end": 1000}, {"text": " yo", "start": 1000, "end": 2000}]})")) ==
        "? 0..2000: hi yo\n");
}

TEST_CASE("QMSum turns lose their noise marks") {
  const Transcript t = read(R"({"topic_list": [], "meeting_transcripts": [
    {"speaker": "Project Manager", "content": "Okay , {vocalsound} good morning ."},
    {"speaker": "Marketing", "content": "{vocalsound}"},
    {"speaker": "Marketing", "content": "Morning !"}]})");
  CHECK(said(t) == "Project Manager -..-: Okay, good morning.\nMarketing -..-: Morning!\n");
  CHECK(t.source_format == "qmsum");
}

TEST_CASE("a JSON object with one text is read as sentences") {
  for (const char *key : {"text", "Content"}) {
    const Transcript t =
        read(fmt::format(R"({{"Id": 7, "{}": "Hello there.  How are you?\nFine."}})", key));
    CHECK(said(t) == "? -..-: Hello there.\n? -..-: How are you?\n? -..-: Fine.\n");
    CHECK(t.warnings.size() == 1);
  }
}

TEST_CASE("an array of turns is read") {
  CHECK(said(read(R"([{"speaker": "Ann", "text": "Hi."}, {"speaker": "Bob", "text": "Yes."}])")) ==
        "Ann -..-: Hi.\nBob -..-: Yes.\n");
}

TEST_CASE("a transcript written as JSON is read back byte for byte") {
  for (const std::string &source :
       {std::string("Rep: Hello \"you\".\nCustomer: Grüße, 😀 and \\ back.\n"),
        std::string("Ann: Nice weather.\nBob: Very nice.\n"), std::string("No names. At all."),
        std::string("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>One.\n\n"
                    "00:02.000 --> 00:03.000\n<v Ann>Zwei ü.\n\n00:03.000 --> 00:04.000\n"
                    "<v Bob>Three.\n"),
        std::string("Ann: Thanks for taking the time. Let me show you our platform.\n"
                    "Bob: Our CFO asked how much does it cost.\n")}) {
    const std::string once = to_json(read(source));
    CHECK(to_json(read(once)) == once);
    CHECK(to_json(transcript_from_json(once).value()) == once);
  }
  const std::string named = to_json(read_transcript("Ann: Hello.\nBob: Hi.\n", {{"Bob"}}).value());
  CHECK(to_json(read(named)) == named);
}

TEST_CASE("own JSON without its schema line keeps its times") {
  CHECK(said(read(R"({"utterances": [
    {"speaker": "Ann", "role": "rep", "begin_ms": 1000, "end_ms": 2000, "text": "Hi."}]})")) ==
        "Ann 1000..2000: Hi.\n");
}

TEST_CASE("a report is read as its transcript") {
  const Transcript t = talk("Rita: What does it cost you?\nCarl: We lose 40k a month.\n");
  const Report report = analyze(t, Checklist::ten_point()).value();
  CHECK(to_json(read(to_json(report))) == to_json(t));
}

TEST_CASE("own JSON with faulty places is refused with the pointer") {
  const auto with = [](const std::string &utterance) {
    return R"({"schema": "saleschecklist/transcript/1", "utterances": [{"text": "Hi."}, )" +
           utterance + "]}";
  };
  CHECK(refusal(with(R"({"text": ""})")).where == "/utterances/1/text");
  CHECK(refusal(with(R"({"text": "..."})")).where == "/utterances/1/text");
  CHECK(refusal(with(R"({"text": "a\nb"})")).where == "/utterances/1/text");
  CHECK(refusal(with(R"({"text": 5})")).where == "/utterances/1/text");
  CHECK(refusal(with(R"({"text": "Hi.", "begin_ms": -1})")).where == "/utterances/1/begin_ms");
  CHECK(refusal(with(R"({"text": "Hi.", "begin_ms": 9, "end_ms": 8})")).where == "/utterances/1");
  CHECK(refusal(with(R"({"text": "Hi.", "begin_ms": 1.5})")).where == "/utterances/1/begin_ms");
  CHECK(refusal(with(R"({"text": "Hi.", "spans": [{"begin": 1}]})")).where ==
        "/utterances/1/spans/0");
  CHECK(refusal(with(R"({"text": "Hü yo", "spans": [{"begin": 0}, {"begin": 2}]})")).where ==
        "/utterances/1/spans/1");
  CHECK(refusal(with(R"({"text": "Hi yo", "spans": [{"begin": 0}, {"begin": 99}]})")).where ==
        "/utterances/1/spans/1");
  CHECK(refusal(R"({"schema": "saleschecklist/transcript/1", "utterances": []})").where ==
        "/utterances");
}

TEST_CASE("spans are read by the key of earlier versions, too, and faults name that key") {
  const auto with = [](const std::string &spans) {
    return R"({"utterances": [{"text": "Hi yo", "begin_ms": 0, )" + spans + "}]}";
  };
  const std::string list = R"([{"begin": 0, "begin_ms": 0}, {"begin": 3, "begin_ms": 500}])";
  const Transcript now = read(with("\"spans\": " + list));
  const Transcript before = read(with("\"cues\": " + list));
  REQUIRE(now.utterances[0].spans.size() == 2);
  CHECK(now.utterances[0].spans[1].begin == 3);
  CHECK(now.utterances[0].spans[1].begin_ms == 500);
  CHECK(to_json(before) == to_json(now));
  CHECK(to_json(now).find("\"cues\"") == std::string::npos);
  CHECK(refusal(with(R"("cues": [{"begin": 0}, {"begin": 99}])")).where == "/utterances/0/cues/1");
  CHECK(refusal(with(R"("cues": [{"begin": "x"}])")).where == "/utterances/0/cues/0/begin");
  const Transcript both = read(with(R"("cues": [{"begin": 0}], "spans": )" + list));
  CHECK(to_json(both) == to_json(now));
}

TEST_CASE("a whole QMSum file gives its turns without noise marks, lone ones left out") {
  const Transcript t = read(read_file(source_dir() / "tests/data/kettle-meeting.qmsum.json"));
  CHECK(t.source_format == "qmsum");
  CHECK(t.utterances.size() == 42);
  CHECK(said(t).find('{') == std::string::npos);
  CHECK(said(t).find(" ,") == std::string::npos);
  CHECK(t.utterances.front().speaker == "Project Manager");
  CHECK(t.utterances.back().text == "Thanks everybody.");
}

TEST_CASE("a whole reply with the call as one text gives its sentences, abbreviations and all") {
  const Transcript t = read(read_file(source_dir() / "tests/data/support-call.stt.json"));
  CHECK(t.utterances.size() == 33);
  CHECK(t.utterances.front().text ==
        "Good afternoon, this is Harbour Water, you're speaking with Ruth.");
  CHECK(t.utterances.front().speaker.empty());
  CHECK(t.utterances.back().text == "Goodbye.");
}

}  // namespace saleschecklist::test
