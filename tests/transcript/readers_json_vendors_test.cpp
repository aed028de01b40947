// JSON of meeting assistants, contact centres, voice agents and recognisers: who said what, when.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

// Each file has the same call of eight turns, if it has not another number.
struct Expected {
  const char *file;
  const char *format;
  const char *speakers;  // in order of appearance
  std::size_t turns;
  long long second_ms;  // when the second turn begins; -1 if the file has no times
};

constexpr const char *people = "Dana Reyes, Lee Okafor";

constexpr Expected table[] = {
    {"azure-batch.json", "azure_speech", "Speaker 1, Speaker 2", 8, 8000},
    {"azure-fast.json", "azure_speech", "Speaker 1, Speaker 2", 8, 8000},
    {"connect-lens.json", "contact_lens", "AGENT, CUSTOMER", 8, 8000},
    {"elevenlabs-agent.json", "elevenlabs_agent", "agent, user", 8, 8000},
    {"fathom-api-one.json", "fathom", people, 8, 8000},
    {"fathom-api.json", "fathom", people, 8, 8000},
    {"fireflies-export.json", "fireflies", people, 8, 8000},
    {"fireflies.json", "fireflies", people, 8, 8000},
    {"gladia.json", "gladia", "Speaker 0, Speaker 1", 8, 8000},
    {"google-v1.json", "google_speech", "Speaker 1, Speaker 2", 8, 8000},
    {"grain.json", "grain", people, 8, 8000},
    {"gridspace.json", "gridspace", "agent, caller", 2, 8520},
    {"jsonl.jsonl", "turns_json", people, 8, 8000},
    {"made-aircall.json", "aircall", "internal, external", 8, 8000},
    {"made-amber.json", "turns_json", people, 8, 8000},
    {"made-ampm.json", "turns_json", people, 8, 5000},
    {"made-assembly.json", "assemblyai", "Speaker A, Speaker B", 8, 8000},
    {"made-avoma.json", "avoma", people, 8, 8000},
    {"made-aws-new.json", "aws_transcribe", "spk_0, spk_1", 8, 8000},
    {"made-aws-old.json", "aws_transcribe", "spk_0, spk_1", 8, 8000},
    {"made-call-analytics.json", "call_analytics", "AGENT, CUSTOMER", 8, 8000},
    {"made-caps.json", "turns_json", people, 8, 8000},
    {"made-chorus.json", "chorus", people, 8, 8000},
    {"made-clock.json", "turns_json", people, 8, 5000},
    {"made-deepgram-wrapped.json", "deepgram", "Speaker 0, Speaker 1", 8, 8000},
    {"made-dialpad.json", "dialpad", people, 8, 5000},
    {"made-epoch-s.json", "turns_json", people, 8, 5000},
    {"made-faster.json", "whisper", "", 8, 8000},
    {"made-gladia-v1.json", "gladia", "Speaker A, Speaker B", 8, 8000},
    {"made-gong-parties.json", "gong", people, 8, 8000},
    {"made-google-py.json", "google_speech", "Speaker 1, Speaker 2", 8, 8000},
    {"made-google-stereo.json", "google_speech", "Speaker 1, Speaker 2", 8, 8000},
    {"made-google-v1-dup.json", "google_speech", "Speaker 1, Speaker 2", 8, 8000},
    {"made-google-v2.json", "google_speech", "Speaker 1, Speaker 2", 8, 8000},
    {"made-happyscribe.json", "turns_json", people, 8, 8000},
    {"made-hf.json", "whisper", "", 8, 8000},
    {"made-hms.json", "turns_json", people, 8, 8000},
    {"made-hubspot.json", "hubspot", people, 8, 8000},
    {"made-ibm.json", "ibm_watson", "Speaker 0, Speaker 1", 8, 8000},
    {"made-id-parties.json", "turns_json", people, 8, 8000},
    {"made-labels-chat.json", "turns_json", "agent, visitor", 8, 5000},
    {"made-lens-rt.json", "contact_lens", "AGENT, CUSTOMER", 8, 8000},
    {"made-lines-in.json", "text_json", people, 8, -1},
    {"made-map.json", "turns_json", people, 8, 8000},
    {"made-mbaas-bot.json", "meetingbaas", people, 8, 8000},
    {"made-mbaas-hook.json", "meetingbaas", people, 8, 8000},
    {"made-mbaas-words.json", "meetingbaas", people, 8, 8000},
    {"made-meet.json", "google_meet",
     "conferenceRecords/1/participants/A, conferenceRecords/1/participants/B", 8, 5000},
    {"made-nemo-manifest.jsonl", "nemo_manifest", "Speaker 0, Speaker 1", 8, 8000},
    {"made-nested.json", "turns_json", people, 8, 8000},
    {"made-openai-bare.json", "turns_json", "assistant, user", 8, -1},
    {"made-openai-msgs.json", "openai_messages", "assistant, user", 8, -1},
    {"made-otter.json", "otter", people, 8, 8000},
    {"made-pretty-lines.jsonl", "turns_json", people, 8, 8000},
    {"made-recall-null.json", "recall", "Speaker 1, Speaker 2", 8, 8000},
    {"made-revai-info.json", "revai", people, 8, 8000},
    {"made-soniox-sub.json", "soniox", "Speaker 1, Speaker 2", 8, 8000},
    {"made-speechmatics.json", "speechmatics", "S1, S2", 8, 8000},
    {"made-strings.json", "text_json", people, 8, -1},
    {"made-teams.json", "teams", people, 8, 8000},
    {"made-ticks.json", "turns_json", "Guest-1, Guest-2", 8, 8000},
    {"made-twilio.json", "twilio", "Speaker 1, Speaker 2", 8, 8000},
    {"made-webex.json", "webex", people, 8, 8000},
    {"made-whisperx-gap.json", "whisperx", "SPEAKER_00, SPEAKER_01", 8, 8000},
    {"meetingbaas.json", "meetingbaas", people, 8, 8000},
    {"ms-in-array.json", "turns_json", people, 8, 8000},
    {"ms-in-segments.json", "openai_diarized", people, 8, 8000},
    {"name-key.json", "turns_json", people, 8, 8000},
    {"nemo-manifest.jsonl", "seglst", "Speaker 0, Speaker 1", 8, 8000},
    {"podcast-ns.json", "podcast_json", people, 8, 8000},
    {"readai.json", "readai", people, 8, 5000},
    {"recall-old.json", "recall", people, 8, 8000},
    {"recall.json", "recall", people, 8, 8000},
    {"retell.json", "retell", "agent, user", 8, 8000},
    {"revai.json", "revai", "Speaker 0, Speaker 1", 8, 8000},
    {"role-key.json", "turns_json", "agent, customer", 8, -1},
    {"seglst.json", "seglst", people, 8, 8000},
    {"sender-message.json", "turns_json", "representative, customer", 8, 5000},
    {"soniox.json", "soniox", "Speaker 1, Speaker 2", 8, 8000},
    {"speaker-name-key.json", "turns_json", people, 8, 8000},
    {"speaker-object.json", "turns_json", people, 8, 8000},
    {"string-seconds.json", "turns_json", people, 8, 8000},
    {"string-times.json", "turns_json", people, 8, 8000},
    {"text-labelled.json", "text_json", people, 8, -1},
    {"tldv.json", "tldv", people, 8, 8000},
    {"vapi.json", "vapi", "bot, user", 8, 8000},
    {"whispercpp.json", "whispercpp", "", 8, 8000},
    {"whisperx-mixed-segment.json", "whisperx", "SPEAKER_00, SPEAKER_01", 8, 8000},
};

std::string speakers_of(const Transcript &transcript) {
  std::vector<std::string> names;
  for (const Utterance &u : transcript.utterances) {
    if (std::find(names.begin(), names.end(), u.speaker) == names.end()) names.push_back(u.speaker);
  }
  std::string out;
  for (const std::string &name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

bool warns(const Transcript &transcript, const std::string &text) {
  return std::any_of(
      transcript.warnings.begin(), transcript.warnings.end(),
      [&](const std::string &warning) { return warning.find(text) != std::string::npos; });
}

// Twenty turns, one a second apart, of which the one at `place` is `odd`.
std::string call_with(std::size_t place, const std::string &odd, char between = ',') {
  std::string out;
  for (int i = 0; i < 20; ++i) {
    if (i > 0) out += between;
    out += static_cast<std::size_t>(i) == place
               ? odd
               : fmt::format(R"({{"speaker": "{}", "text": "We say three words.", )"
                             R"("start": {}, "end": {}}})",
                             i % 2 == 0 ? "Ann" : "Bob", 2 * i, 2 * i + 1);
  }
  return between == ',' ? "[" + out + "]" : out + "\n";
}

Transcript read(const std::string &bytes) {
  auto result = read_transcript(bytes);
  REQUIRE_MESSAGE(result, to_string(result ? Error{} : result.error()));
  CHECK(validate(*result).empty());
  return *std::move(result);
}

}  // namespace

TEST_CASE("each vendor's JSON gives its speakers, turns and times") {
  for (const Expected &expected : table) {
    CAPTURE(std::string(expected.file));
    const auto t =
        read_transcript_file((source_dir() / "tests/data/transcripts" / expected.file).string());
    REQUIRE_MESSAGE(t, to_string(t ? Error{} : t.error()));
    CHECK(validate(*t).empty());
    CHECK(t->source_format == expected.format);
    CHECK(speakers_of(*t) == expected.speakers);
    REQUIRE(t->utterances.size() == expected.turns);
    CHECK(t->utterances[1].begin_ms.value_or(-1) == expected.second_ms);
    if (expected.turns != 8) continue;
    CHECK(t->utterances[0].text ==
          "Thanks for taking the time today, Lee. How do you currently plan the routes?");
    CHECK(t->utterances[7].text == "Yes, Thursday works for us.");
  }
}

TEST_CASE("one bad turn of many is repaired or left out, and told with its place") {
  const Transcript ends =
      read(call_with(4, R"({"speaker": "Ann", "text": "Here I am.", "start": 8, "end": 3})"));
  CHECK(ends.utterances.size() == 20);
  CHECK(warns(ends, "/4: the utterance ends before it begins"));
  CHECK(warns(
      read(call_with(4, R"({"speaker": "Ann", "text": "Here I am.", "start": -8, "end": 9})")),
      "/4: expected a time of 0 or more"));
  CHECK(warns(read(call_with(4, R"({"speaker": "Ann", "text": "Here.", "start": "soon"})")),
              "/4/start: expected a time"));
  CHECK(warns(read(call_with(4, R"({"speaker": "Ann", "text": 1.5, "start": 8})")),
              "/4/text: expected a string"));
  CHECK(warns(read(call_with(4, "7")), "/4: expected an object"));
  CHECK(warns(read(call_with(4, R"({"speaker": "Ann", "text": "Here.", "start": 0, "end": 0})")),
              "/4: expected a time after that of the previous cue"));
}

TEST_CASE("a turn out of order is put in its place, and told") {
  const Transcript t =
      read(call_with(4, R"({"speaker": "Eve", "text": "Last words.", "start": 90, "end": 91})"));
  CHECK(t.utterances.back().speaker == "Eve");
  CHECK(warns(t, "/5: the time is before that of the previous cue"));
}

TEST_CASE("a turn that names nobody is nobody's, and told") {
  const Transcript t =
      read(call_with(4, R"({"speaker": null, "text": "Who am I?", "start": 8, "end": 9})"));
  CHECK(t.utterances[4].speaker.empty());
  CHECK(warns(t, "1 of 20 parts name no speaker"));
}

TEST_CASE("one identifier for several people names nobody") {
  const Transcript t = read(R"([{"speaker_name": "Ann", "speaker_id": 0, "text": "One two."},
    {"speaker_name": "Bob", "speaker_id": 0, "text": "Three four."},
    {"speaker_name": null, "speaker_id": 0, "text": "Five six."},
    {"speaker_name": "Ann", "speaker_id": 0, "text": "Seven."}])");
  CHECK(t.utterances[2].speaker.empty());
}

TEST_CASE("a broken line of JSON lines is left out and told with its number") {
  const Transcript t = read(call_with(4, R"({"speaker": "Ann", "te)", '\n'));
  CHECK(t.utterances.size() == 19 - 1);  // the neighbours of the lost turn are one speaker's
  CHECK(warns(t, "line 5: the line is not a JSON object"));
  const Transcript late =
      read(call_with(4, R"({"speaker": "Ann", "text": "Here I am.", "start": 8, "end": 3})", '\n'));
  CHECK(warns(late, "line 5: the utterance ends before it begins"));
}

TEST_CASE("JSON of which the brackets do not match is refused") {
  CHECK_FALSE(
      read_transcript("{\n\"speaker\": \"Ann\", \"text\": \"Hi.\"\n}\n{\n\"speaker\": \"B\"\n"));
}

TEST_CASE("a file of which a fifth is bad is refused with the first place") {
  std::string list = "[";
  for (int i = 0; i < 10; ++i) {
    list += fmt::format(R"({}{{"speaker": "Ann", "text": "Words.", "start": {}, "end": {}}})",
                        i == 0 ? "" : ",", i + 5, i % 5 == 4 ? 1 : i + 6);
  }
  const auto t = read_transcript(list + "]");
  REQUIRE(!t);
  CHECK(t.error().where == "/4");
}

TEST_CASE("several conversations in one document are refused") {
  const std::string one = R"({"transcript": [{"speaker": "Ann", "text": "Hi there."}]})";
  const auto t = read_transcript("{\"items\": [" + one + ", " + one + "]}");
  REQUIRE(!t);
  CHECK(t.error().message.find("2 conversations") != std::string::npos);
}

TEST_CASE("what is beside a conversation is no speech") {
  for (const char *json :
       {R"({"action_items": [{"text": "Send it", "speaker": "Ann"}], "title": "x"})",
        R"({"chapters": [{"text": "Intro", "start": 0}], "summary": [{"text": "They met"}]})",
        R"({"records": [{"name": "Stage", "text": "Won"}, {"name": "Owner", "text": "Ann"},
            {"name": "City", "text": "Rome"}, {"name": "Plan", "text": "Gold"}]})",
        R"([["Ann", "Hello there."], ["Bob", "Hi."]])"}) {
    CAPTURE(std::string(json));
    CHECK_FALSE(read_transcript(json));
  }
  const Transcript t = read(R"({"messages": [{"role": "system", "content": "You sell."},
    {"role": "assistant", "content": "Hello there."}, {"role": "tool", "content": "{}"},
    {"role": "user", "content": [{"type": "text", "text": "Hi, who is it?"}]}]})");
  REQUIRE(t.utterances.size() == 2);
  CHECK(t.utterances[1].text == "Hi, who is it?");
}

TEST_CASE("words that are not the whole text do not divide it") {
  const Transcript t = read(R"({"segments": [{"start": 0, "end": 4, "speaker": "S0",
    "text": "One two three four five six.", "words": [
    {"word": "One", "start": 0, "end": 1, "speaker": "S0"},
    {"word": "six.", "start": 3, "end": 4, "speaker": "S1"}]}]})");
  REQUIRE(t.utterances.size() == 1);
  CHECK(t.utterances[0].speaker.empty());
  CHECK(t.utterances[0].text == "One two three four five six.");
  CHECK(warns(t, "several speakers cannot be told apart"));
}

TEST_CASE("dates count from the start of the call if the document states it") {
  const Transcript t = read(R"({"start_time": "2023-11-14T22:13:20Z", "transcript": {
    "speaker_blocks": [
    {"start_time": "1700000003000", "end_time": "1700000005000", "speaker": {"name": "Ann"},
     "words": "We lose three trucks."},
    {"start_time": "1700000006000", "end_time": "1700000008000", "speaker": {"name": "Bob"},
     "words": "How many did you have?"}]}})");
  CHECK(t.source_format == "readai");
  CHECK(t.utterances[0].begin_ms == 3000);
  CHECK(t.utterances[1].end_ms == 8000);
}

TEST_CASE("labels before the words of a recogniser's segments name speakers if they recur") {
  const Transcript t = read(R"({"segments": [
    {"start": 0, "end": 2, "text": " Ann Lee: How many trucks?"},
    {"start": 2, "end": 4, "text": " Bob: We lose three."},
    {"start": 4, "end": 6, "text": " Ann Lee: When?"},
    {"start": 6, "end": 8, "text": " Bob: Question: who pays?"}]})");
  CHECK(speakers_of(t) == "Ann Lee, Bob");
  CHECK(t.utterances[3].text == "Question: who pays?");
  const Transcript unnamed = read(R"({"segments": [
    {"start": 0, "end": 2, "text": "Look: we lose three trucks."},
    {"start": 2, "end": 4, "text": "Every morning."},
    {"start": 4, "end": 6, "text": "Look: nobody knows."}]})");
  CHECK(speakers_of(unnamed).empty());
}

TEST_CASE("a slow call keeps its unit") {
  const Transcript t = read(R"([{"speaker": "Ann", "text": "Yes.", "start": 0, "end": 20},
    {"speaker": "Bob", "text": "No.", "start": 30, "end": 50}])");
  CHECK(t.utterances[1].begin_ms == 30000);
  CHECK(t.warnings.empty());
}

TEST_CASE("unknown JSON is refused with what it has, the nearest kind and a way to convert") {
  const auto t = read_transcript(R"({"monologues": [{"who_knows": 1}], "title": "x"})");
  REQUIRE(!t);
  for (const char *part : {"'monologues'", "Rev.ai", "convert it to", "Whisper"}) {
    CAPTURE(std::string(part));
    CHECK(t.error().message.find(part) != std::string::npos);
  }
}

}  // namespace saleschecklist::test
