// Words that a recogniser may have invented: kept and marked, but never proof.
#include "transcript/readers/suspect.hpp"
#include "support/support.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace saleschecklist;
using transcript::doubt_of_scores;
using transcript::doubt_repetitions;
using transcript::RawCue;

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

// Per cue, 'x' when it is in doubt and '.' when not.
std::string doubts_in(std::vector<transcript::RawCue> cues) {
  transcript::doubt_repetitions(cues);
  std::string out;
  for (const transcript::RawCue &cue : cues) out += cue.doubt.empty() ? '.' : 'x';
  return out;
}

const std::string budget = "We have a budget of forty thousand dollars for this quarter";

// The customer says something that matters; `doubt` speaks against it.
Transcript talk_of_budget(const std::string &doubt) {
  Transcript t = test::talk("Rita: What have you set aside for it?\nCarl: " + budget +
                            ".\nRita: Thank you for that.\n");
  t.utterances[1].doubt = doubt;
  return t;
}

}  // namespace

TEST_CASE("Whisper's scores raise a doubt exactly beyond the thresholds of its own code") {
  CHECK(transcript::doubt_of_scores({}).empty());
  CHECK(transcript::doubt_of_scores({-1.0, 2.4, 0.6}).empty());
  CHECK(transcript::doubt_of_scores({-1.01, 1.5, 0.1}).find("avg_logprob -1.01") !=
        std::string::npos);
  CHECK(transcript::doubt_of_scores({-0.3, 2.41, 0.1}).find("compression_ratio 2.41") !=
        std::string::npos);
  CHECK(transcript::doubt_of_scores({-1.2, 1.5, 0.7}).find("no_speech_prob 0.70") !=
        std::string::npos);
  // A sure decoding outvotes the silence that the model suspects, as in Whisper itself.
  CHECK(transcript::doubt_of_scores({-0.3, 1.5, 0.9}).empty());
  CHECK_FALSE(transcript::doubt_of_scores({std::nullopt, std::nullopt, 0.9}).empty());
}

TEST_CASE("a phrase said over and over is in doubt, within a cue and through cues") {
  CHECK(doubts_in(cues_of({"Hello there.",
                           "Thank you so much. Thank you so much. Thank you so "
                           "much. Thank you so much."})) == ".x");
  CHECK(doubts_in(cues_of({"Good morning, Carl.", "See you next time.", "See you next time.",
                           "See you next time.", "See you next time.", "And the price?"})) ==
        ".xxxx.");
  CHECK(doubts_in(cues_of({"You.", "You.", "You.", "You.", "You.", "You.", "You.", "You."})) ==
        "xxxxxxxx");
}

TEST_CASE("people may repeat themselves") {
  CHECK(doubts_in(cues_of({"No, no, no, no, that is not what I said."})) == ".");
  CHECK(doubts_in(cues_of({"I don't know. I don't know. I don't know."})) == ".");
  CHECK(doubts_in(cues_of({"Yes.", "Yes.", "Yes."})) == "...");
  CHECK(doubts_in(cues_of({"Very, very, very, very, very, very, very, very good, and now let us "
                           "talk about the contract and who signs it on your side"})) == ".");
  std::vector<transcript::RawCue> two =
      cues_of({"We sign today.", "We sign today.", "We sign today.", "We sign today."});
  two[1].speaker = two[3].speaker = "Carl";
  CHECK(doubts_in(two) == "....");
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
  CHECK(doubts_in(apart) == "......");
  CHECK(doubts_in(close) == "xxxxxx");
}

TEST_CASE("Whisper's JSON gives doubtful utterances, which its sound ones do not swallow") {
  const std::string json = R"({"language":"english","duration":9.0,"text":"x","segments":[
    {"start":0,"end":2,"text":"We sign in March.","avg_logprob":-0.2,"compression_ratio":1.1,
     "no_speech_prob":0.01},
    {"start":2,"end":4,"text":"Thanks for watching!","avg_logprob":-1.4,"compression_ratio":0.9,
     "no_speech_prob":0.8},
    {"start":4,"end":6,"text":"The board agreed.","avg_logprob":-0.3,"compression_ratio":1.0,
     "no_speech_prob":null}]})";
  const Transcript t = read_transcript(json).value();
  REQUIRE(t.utterances.size() == 3);
  CHECK(t.utterances[0].doubt.empty());
  CHECK(t.utterances[1].doubt.find("no speech") != std::string::npos);
  CHECK(t.utterances[2].doubt.empty());

  nlohmann::json named = nlohmann::json::parse(json);
  for (auto &segment : named["segments"]) segment["speaker"] = "A";
  const Transcript same = read_transcript(named.dump()).value();
  REQUIRE(same.utterances.size() == 3);
  CHECK_FALSE(same.utterances[1].doubt.empty());
}

TEST_CASE("a score of the wrong type is refused with its place") {
  const auto read = read_transcript(
      R"({"text":"a","segments":[{"start":0,"end":1,"text":"a b","avg_logprob":"low"}]})");
  REQUIRE_FALSE(read);
  CHECK(read.error().where == "/segments/0/avg_logprob");
}

TEST_CASE("a doubt goes to JSON and back, and is not written where there is none") {
  const Transcript t = talk_of_budget("the recogniser was guessing");
  const std::string json = to_json(t);
  const auto document = nlohmann::json::parse(json);
  CHECK(document["utterances"][1]["doubt"] == "the recogniser was guessing");
  CHECK_FALSE(document["utterances"][0].contains("doubt"));
  const Transcript back = transcript_from_json(json).value();
  CHECK(back.utterances[1].doubt == t.utterances[1].doubt);
  CHECK(to_json(back) == json);
  CHECK(validate(t).empty());
  Transcript broken = t;
  broken.utterances[1].doubt = "two\nlines";
  REQUIRE(validate(broken).size() == 1);
  CHECK(validate(broken)[0].where == "/utterances/1/doubt");
}

TEST_CASE("doubtful words count in no metric") {
  const Metrics with = measure(talk_of_budget("guessed"));
  CHECK(with.utterances == 2);
  CHECK(with.turns == 1);
  CHECK(with.speakers.size() == 1);
  CHECK(with.words < measure(talk_of_budget("")).words);
}

TEST_CASE("a quote that stands only in doubtful words is refused, and says why") {
  const auto judge = [](const Transcript &t, const std::string &quote) {
    return verify(t, {Claim{quote, {}, EvidenceFrom::customer}}).front();
  };
  CHECK(judge(talk_of_budget(""), budget).evidence);
  const Verdict exact = judge(talk_of_budget("guessed"), budget);
  CHECK_FALSE(exact.evidence);
  REQUIRE(exact.rejected);
  CHECK(exact.rejected->reason == RejectionReason::doubtful_words);
  CHECK(exact.rejected->doubt == "guessed");
  CHECK(describe(*exact.rejected).find("may have invented: guessed") != std::string::npos);
  const std::string noisy = "We have um a budget of forty thousand dollars for this quarter";
  CHECK(judge(talk_of_budget(""), noisy).evidence);
  const Verdict repaired = judge(talk_of_budget("guessed"), noisy);
  CHECK_FALSE(repaired.evidence);
  REQUIRE(repaired.rejected);
  CHECK(repaired.rejected->reason == RejectionReason::doubtful_words);
  CHECK(repaired.rejected->doubt == "guessed");
}

TEST_CASE("a quote is found in sound words although doubtful ones have it, too") {
  Transcript t = talk_of_budget("guessed");
  for (int i = 0; i < 20; ++i) t.utterances.insert(t.utterances.begin() + 1, t.utterances[1]);
  Utterance sound = t.utterances[1];
  sound.doubt.clear();
  t.utterances.push_back(sound);
  for (const std::string &quote :
       {budget, std::string("We have um a budget of forty thousand dollars for this quarter")}) {
    const Verdict verdict = verify(t, {Claim{quote, {}, EvidenceFrom::customer}}).front();
    REQUIRE(verdict.evidence);
    CHECK(verdict.evidence->utterance == t.utterances.size() - 1);
  }
}

TEST_CASE("the offline assessor does not hear doubtful words") {
  const auto yes = [](const Transcript &t) {
    const auto responses = assess_offline(t, Checklist::standard()).value().responses;
    return std::count_if(responses.begin(), responses.end(),
                         [](const Response &r) { return r.answer == Answer::yes; });
  };
  Transcript call =
      read_transcript(test::read_file(test::source_dir() / "examples/calls/freight-tracking.vtt"))
          .value();
  REQUIRE(yes(call) > 0);
  for (Utterance &u : call.utterances) u.doubt = "guessed";
  CHECK(yes(call) == 0);
}

TEST_CASE("stored evidence of doubtful words is refused") {
  const Checklist &checklist = Checklist::standard();
  Transcript call =
      read_transcript(test::read_file(test::source_dir() / "examples/calls/freight-tracking.vtt"))
          .value();
  const auto responses = assess_offline(call, checklist).value().responses;
  const auto score_of = score(checklist, responses).value();
  REQUIRE(coach_offline(call, checklist, responses, score_of));
  for (Utterance &u : call.utterances) u.doubt = "guessed";
  const auto coached = coach_offline(call, checklist, responses, score_of);
  REQUIRE_FALSE(coached);
  CHECK(coached.error().message.find("doubtful words: guessed") != std::string::npos);
}
