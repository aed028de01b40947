// Words that a recogniser may have invented: kept and marked, but never proof.
#include "transcript/readers/suspect.hpp"
#include "support/support.hpp"

#include <doctest/doctest.h>
#include "json/library.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using namespace saleschecklist;

namespace {

std::vector<transcript::RawCue> cues_of(const std::vector<std::string> &texts) {
  std::vector<transcript::RawCue> out;
  for (const std::string &text : texts) {
    transcript::RawCue cue;
    cue.text = text;
    out.push_back(cue);
  }
  return out;
}

// Per cue, 'x' when it is suspect and '.' when not.
std::string suspects_in(std::vector<transcript::RawCue> cues) {
  transcript::mark_repetitions(cues);
  std::string out;
  for (const transcript::RawCue &cue : cues) out += cue.suspect.empty() ? '.' : 'x';
  return out;
}

const std::string budget = "We have a budget of forty thousand dollars for this quarter";

// The customer says something that matters; `suspect` speaks against it.
Transcript talk_of_budget(const std::string &suspect) {
  Transcript t = test::talk("Rita: What have you set aside for it?\nCarl: " + budget +
                            ".\nRita: Thank you for that.\n");
  t.utterances[1].suspect = suspect;
  return t;
}

}  // namespace

TEST_CASE("Whisper's scores make words suspect exactly beyond the thresholds of its own code") {
  const auto why_suspect = [](const transcript::SegmentScores &scores) {
    return transcript::why_suspect(scores, "We sign today.");
  };
  CHECK(why_suspect({}).empty());
  CHECK(why_suspect({-1.0, 2.4, 0.6}).empty());
  CHECK(why_suspect({-1.01, 1.5, 0.1}).find("avg_logprob -1.01") != std::string::npos);
  CHECK(why_suspect({-0.3, 2.41, 0.1}).find("compression_ratio 2.41") != std::string::npos);
  CHECK(why_suspect({-1.2, 1.5, 0.7}).find("no_speech_prob 0.70") != std::string::npos);
  // A sure decoding outvotes the silence that the model suspects, as in Whisper itself.
  CHECK(why_suspect({-0.3, 1.5, 0.9}).empty());
  CHECK_FALSE(why_suspect({std::nullopt, std::nullopt, 0.9}).empty());
}

TEST_CASE("a phrase said over and over is suspect from its second time, within and through cues") {
  CHECK(suspects_in(cues_of({"Hello there.",
                             "Thank you so much. Thank you so much. Thank you so "
                             "much. Thank you so much."})) == "..x");
  CHECK(suspects_in(cues_of({"Good morning, Carl.", "See you next time.", "See you next time.",
                             "See you next time.", "See you next time.", "And the price?"})) ==
        "..xxx.");
  CHECK(suspects_in(cues_of({"You.", "You.", "You.", "You.", "You.", "You.", "You.", "You."})) ==
        ".xxxxxxx");
  CHECK(suspects_in(cues_of({"We will sign it all in the first week of March, we will sign it all "
                             "in the first week of March, we will sign it all in the first week of "
                             "March"})) == ".x");
  CHECK(suspects_in(
            cues_of({"我们三月签合同。我们三月签合同。我们三月签合同。我们三月签合同。"})) == ".x");
  CHECK(suspects_in(cues_of({"ありがとうございます。", "ありがとうございます。",
                             "ありがとうございます。", "ありがとうございます。"})) == ".xxx");
  CHECK(suspects_in(cues_of({"ขอบคุณครับขอบคุณครับขอบคุณครับขอบคุณครับขอบคุณครับ"})) == ".x");
  CHECK(suspects_in(cues_of({"네, 알겠습니다 고객님. 네, 알겠습니다 고객님. 네, 알겠습니다 고객님. "
                             "네, 알겠습니다 고객님."})) == ".x");
}

TEST_CASE("a cue with a loop is divided: what is said before, first and after it is sound") {
  auto cues =
      cues_of({"The board agreed, \"and we sign\" by March, by March, by March, by March, by "
               "March, by March. Is that fine?"});
  cues[0].begin_ms = 1'000;
  cues[0].end_ms = 9'000;
  cues[0].speaker = "Carl";
  transcript::mark_repetitions(cues);
  REQUIRE(cues.size() == 3);
  CHECK(cues[0].text == "The board agreed, \"and we sign\" by March,");
  CHECK(cues[1].text == "by March, by March, by March, by March, by March.");
  CHECK(cues[2].text == "Is that fine?");
  for (const transcript::RawCue &cue : cues) {
    CHECK(cue.suspect.empty() == (&cue != &cues[1]));
    CHECK(cue.speaker == "Carl");
    CHECK(cue.begin_ms == 1'000);
    CHECK(cue.end_ms == 9'000);
  }
  // Once more changes nothing.
  transcript::mark_repetitions(cues);
  CHECK(cues.size() == 3);
}

TEST_CASE("a long loop is found in a longer text, and a huge one quickly") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word" + std::to_string(i) + " ";
  for (int i = 0; i < 30; ++i) text += "again ";
  CHECK(suspects_in(cues_of({text + "and so on."})) == ".x.");
  std::string huge;
  for (int i = 0; i < 100'000; ++i) huge += "by March, ";
  const auto begin = std::chrono::steady_clock::now();
  CHECK(suspects_in(cues_of({huge})) == ".x");
  CHECK(suspects_in(cues_of(std::vector<std::string>(50'000, "We sign."))).size() == 50'000);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
  CHECK(suspects_in({}) == "");
  CHECK(suspects_in(cues_of({"", "", "..."})) == "...");
}

TEST_CASE("people may repeat themselves") {
  CHECK(suspects_in(cues_of({"No, no, no, no, that is not what I said."})) == ".");
  CHECK(suspects_in(cues_of({"I don't know. I don't know. I don't know."})) == ".");
  CHECK(suspects_in(cues_of({"Yes.", "Yes.", "Yes."})) == "...");
  for (const std::string said :
       {"Yeah, yeah, yeah, yeah, yeah.", "No no no no no no no.", "Okay, okay, okay.",
        "I know, I know, I know, I know.", "はい、はい、はい、はい。", "はいはいはいはいはい",
        "对对对对对对", "是的是的是的", "そうですね、そうですね、そうですね。", "네네네, 네, 네.",
        "Ja, ja, ja, ja.", "Genau, genau, genau.",
        "We need it now. We need it now. We need it now.",
        "We have a budget of forty thousand dollars. We have a budget of forty thousand dollars.",
        "My number is 555 0100, 555 0100.", "more and more and more and more"}) {
    CAPTURE(said);
    CHECK(suspects_in(cues_of({said})) == ".");
  }
  CHECK(suspects_in(cues_of({"Very, very, very, very, very, very, very, very good, and now let us "
                             "talk about the contract and who signs it on your side"})) == ".");
  std::vector<transcript::RawCue> two =
      cues_of({"We sign today.", "We sign today.", "We sign today.", "We sign today."});
  two[1].speaker = two[3].speaker = "Carl";
  CHECK(suspects_in(two) == "....");
  std::vector<transcript::RawCue> apart =
      cues_of({"Yes, exactly.", "Yes, exactly.", "Yes, exactly.", "Yes, exactly.", "Yes, exactly.",
               "Yes, exactly."});
  std::vector<transcript::RawCue> close = apart;
  for (std::size_t i = 0; i < apart.size(); ++i) {
    const auto n = static_cast<std::int64_t>(i);
    apart[i].begin_ms = n * 90'000;
    apart[i].end_ms = n * 90'000 + 900;
    close[i].begin_ms = n * 2'000;
    close[i].end_ms = n * 2'000 + 900;
  }
  CHECK(suspects_in(apart) == "......");
  CHECK(suspects_in(close) == ".xxxxx");
}

TEST_CASE("Whisper's JSON gives suspect utterances, which its sound ones do not swallow") {
  const std::string json = R"({"language":"english","duration":9.0,"text":"x","segments":[
    {"start":0,"end":2,"text":"We sign in March.","avg_logprob":-0.2,"compression_ratio":1.1,
     "no_speech_prob":0.01},
    {"start":2,"end":4,"text":"Thanks for watching!","avg_logprob":-1.4,"compression_ratio":0.9,
     "no_speech_prob":0.8},
    {"start":4,"end":6,"text":"The board agreed.","avg_logprob":-0.3,"compression_ratio":1.0,
     "no_speech_prob":null}]})";
  const Transcript t = read_transcript(json).value();
  REQUIRE(t.utterances.size() == 3);
  CHECK(t.utterances[0].suspect.empty());
  CHECK(t.utterances[1].suspect.find("no speech") != std::string::npos);
  CHECK(t.utterances[2].suspect.empty());

  nlohmann::json named = nlohmann::json::parse(json);
  for (auto &segment : named["segments"]) segment["speaker"] = "A";
  const Transcript same = read_transcript(named.dump()).value();
  REQUIRE(same.utterances.size() == 3);
  CHECK_FALSE(same.utterances[1].suspect.empty());
}

TEST_CASE("a score of the wrong type is refused with its place") {
  const auto read = read_transcript(
      R"({"text":"a","segments":[{"start":0,"end":1,"text":"a b","avg_logprob":"low"}]})");
  REQUIRE_FALSE(read);
  CHECK(read.error().where == "/segments/0/avg_logprob");
}

TEST_CASE(
    "what makes words suspect goes to JSON and back, and is not written where there is none") {
  const Transcript t = talk_of_budget("the recogniser had low confidence");
  const std::string json = to_json(t);
  const auto document = nlohmann::json::parse(json);
  CHECK(document["utterances"][1]["suspect"] == "the recogniser had low confidence");
  CHECK_FALSE(document["utterances"][0].contains("suspect"));
  const Transcript back = transcript_from_json(json).value();
  CHECK(back.utterances[1].suspect == t.utterances[1].suspect);
  CHECK(to_json(back) == json);
  CHECK(validate(t).empty());
  Transcript broken = t;
  broken.utterances[1].suspect = "two\nlines";
  REQUIRE(validate(broken).size() == 1);
  CHECK(validate(broken)[0].where == "/utterances/1/suspect");
}

TEST_CASE(
    "what makes words suspect is read by the key of earlier versions, too, and never written so") {
  const auto with = [](const std::string &key) {
    return transcript_from_json(R"({"utterances": [{"text": "Hi yo", )" + key + ": \"guessed\"}]}");
  };
  const Transcript before = with("\"doubt\"").value();
  CHECK(before.utterances[0].suspect == "guessed");
  CHECK(to_json(before) == to_json(with("\"suspect\"").value()));
  CHECK(with(R"("doubt": "older", "suspect")").value().utterances[0].suspect == "guessed");
  const auto refused = responses_from_json(R"([{"item_id": "a", "answer": "yes",
    "rejected_evidence": [{"quote": "q", "reason": "doubtful_words", "doubt": "guessed"}]}])");
  const RejectedEvidence &rejected = refused.value()[0].rejected_evidence[0];
  CHECK(rejected.reason == RejectionReason::suspect_words);
  CHECK(rejected.suspect == "guessed");
  CHECK(to_json(*refused).find("doubt") == std::string::npos);
}

TEST_CASE("suspect words count in no metric") {
  const Metrics with = measure(talk_of_budget("guessed"));
  CHECK(with.utterances == 2);
  CHECK(with.turns == 1);
  CHECK(with.speakers.size() == 1);
  CHECK(with.words < measure(talk_of_budget("")).words);
}

TEST_CASE("a quote that stands only in suspect words is refused, and says why") {
  const auto judge = [](const Transcript &t, const std::string &quote) {
    return verify(t, {Claim{quote, {}, EvidenceFrom::customer}}).front();
  };
  CHECK(judge(talk_of_budget(""), budget).evidence);
  const Verdict exact = judge(talk_of_budget("guessed"), budget);
  CHECK_FALSE(exact.evidence);
  REQUIRE(exact.rejected);
  CHECK(exact.rejected->reason == RejectionReason::suspect_words);
  CHECK(exact.rejected->suspect == "guessed");
  CHECK(describe(*exact.rejected).find("may have invented: guessed") != std::string::npos);
  const std::string noisy = "We have um a budget of forty thousand dollars for this quarter";
  CHECK(judge(talk_of_budget(""), noisy).evidence);
  const Verdict repaired = judge(talk_of_budget("guessed"), noisy);
  CHECK_FALSE(repaired.evidence);
  REQUIRE(repaired.rejected);
  CHECK(repaired.rejected->reason == RejectionReason::suspect_words);
  CHECK(repaired.rejected->suspect == "guessed");
}

TEST_CASE("a quote is found in sound words although suspect ones have it, too") {
  Transcript t = talk_of_budget("guessed");
  for (int i = 0; i < 20; ++i) t.utterances.insert(t.utterances.begin() + 1, t.utterances[1]);
  Utterance sound = t.utterances[1];
  sound.suspect.clear();
  t.utterances.push_back(sound);
  for (const std::string &quote :
       {budget, std::string("We have um a budget of forty thousand dollars for this quarter")}) {
    const Verdict verdict = verify(t, {Claim{quote, {}, EvidenceFrom::customer}}).front();
    REQUIRE(verdict.evidence);
    CHECK(verdict.evidence->utterance == t.utterances.size() - 1);
  }
}

TEST_CASE("the offline assessor does not hear suspect words") {
  const auto yes = [](const Transcript &t) {
    const auto responses = assess_offline(t, Checklist::standard()).value().responses;
    return std::count_if(responses.begin(), responses.end(),
                         [](const Response &r) { return r.answer == Answer::yes; });
  };
  Transcript call =
      read_transcript(test::read_file(test::source_dir() / "examples/calls/freight-tracking.vtt"))
          .value();
  REQUIRE(yes(call) > 0);
  for (Utterance &u : call.utterances) u.suspect = "guessed";
  CHECK(yes(call) == 0);
}

TEST_CASE("stored evidence of suspect words is refused") {
  const Checklist &checklist = Checklist::standard();
  Transcript call =
      read_transcript(test::read_file(test::source_dir() / "examples/calls/freight-tracking.vtt"))
          .value();
  const auto responses = assess_offline(call, checklist).value().responses;
  const auto score_of = score(checklist, responses).value();
  REQUIRE(coach_offline(call, checklist, responses, score_of));
  for (Utterance &u : call.utterances) u.suspect = "guessed";
  const auto coached = coach_offline(call, checklist, responses, score_of);
  REQUIRE_FALSE(coached);
  CHECK(coached.error().message.find("suspect words: guessed") != std::string::npos);
}
