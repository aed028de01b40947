#include <doctest/doctest.h>

#include <set>
#include <tuple>

#include "support/support.hpp"

using namespace saleschecklist;
using test::talk;

namespace {

Verdict judge(const Transcript &call, const std::string &quote,
              EvidenceFrom from = EvidenceFrom::either) {
  return verify(call, {{quote, std::nullopt, from}}).at(0);
}

RejectionReason refusal_of(const Verdict &verdict) {
  REQUIRE(verdict.rejected);
  return verdict.rejected->reason;
}

const char *const budget_call =
    "Rita: So what does that cost you today, roughly?\n"
    "Carl: We lose about, um, forty thousand dollars a month because the reports arrive late.\n"
    "Rita: So you lose two hundred thousand dollars a quarter, obviously.\n"
    "Carl: We do not have a budget for it before March, and Marta would have to approve it.\n"
    "Rita: Understood.\n"
    "Carl: Our team spends twelve hours every week on copying numbers from one system to "
    "another.\n";

}  // namespace

TEST_CASE("a quote that stands word for word is verified with its bytes") {
  const Transcript call = talk(budget_call);
  const auto verdict = judge(call, "because the reports arrive late");
  REQUIRE(verdict.evidence);
  const Evidence &e = *verdict.evidence;
  CHECK(e.status == EvidenceStatus::verified);
  CHECK(e.utterance == 1);
  CHECK(e.quote == "because the reports arrive late");
  CHECK(call.utterances[1].text.substr(e.begin, e.end - e.begin) == e.quote);
  CHECK_FALSE(verdict.rejected);
}

TEST_CASE("case, width, quotation marks, dashes and spaces do not matter to a quote") {
  const Transcript call = talk(
      "Carl: It\xE2\x80\x99s the \xE2\x80\x9C"
      "night shift\xE2\x80\x9D \xE2\x80\x93 the worst \xEF\xBC\xA1 of all.\n");
  for (const std::string quote :
       {"it's the \"night shift\" - the worst A of all", "IT'S  THE\n\"NIGHT SHIFT\"",
        "\xE2\x80\x9Cnight shift\xE2\x80\x9D", "worst a of all."}) {
    CAPTURE(quote);
    const auto verdict = judge(call, quote);
    REQUIRE(verdict.evidence);
    CHECK(verdict.evidence->status == EvidenceStatus::verified);
  }
}

TEST_CASE("byte offsets lead back into text of any script") {
  const Transcript call = talk(
      "Carl: Das kostet uns t\xC3\xA4glich \xC3\xBC"
      "ber 40\xC2\xA0"
      "Tsd. \xE2\x82\xAC, "
      "\xE4\xBB\x8A\xE5\xB9\xB4\xE4\xB8\xAD\xE3\x81\xAB\xE6\xB1\xBA\xE3\x82\x81\xE3\x81\xBE\xE3\x81"
      "\x99\xE3\x80\x82\n");
  for (const std::string quote : {"T\xC3\x84GLICH \xC3\x9C"
                                  "BER 40 tsd",
                                  "\xE6\xB1\xBA\xE3\x82\x81\xE3\x81\xBE\xE3\x81\x99"}) {
    const auto verdict = judge(call, quote);
    REQUIRE(verdict.evidence);
    const Evidence &e = *verdict.evidence;
    CHECK(call.utterances[0].text.substr(e.begin, e.end - e.begin) == e.quote);
  }
}

TEST_CASE("a quote absent from the transcript is rejected") {
  const auto verdict = judge(talk(budget_call), "we have already signed with the competition");
  CHECK_FALSE(verdict.evidence);
  CHECK(refusal_of(verdict) == RejectionReason::not_found);
  CHECK(describe(*verdict.rejected) == "these words are not in the transcript");
  CHECK(verdict.rejected->quote == "we have already signed with the competition");
}

TEST_CASE("a part of a word is no quote") {
  const Transcript call = talk("Carl: We notify everybody about 40,000 units.\n");
  CHECK_FALSE(judge(call, "not").evidence);
  CHECK_FALSE(judge(call, "about 40").evidence);
  CHECK(judge(call, "about 40,000").evidence);
}

TEST_CASE("the rep's words do not prove what the customer has to say") {
  const Transcript call = talk(budget_call);
  const char *quote = "you lose two hundred thousand dollars a quarter";
  const auto refused = judge(call, quote, EvidenceFrom::customer);
  CHECK_FALSE(refused.evidence);
  CHECK(refusal_of(refused) == RejectionReason::wrong_side);
  CHECK(refused.rejected->speaker == "Rita");
  CHECK(refused.rejected->role == Role::rep);
  CHECK(refused.rejected->evidence_from == EvidenceFrom::customer);
  CHECK(describe(*refused.rejected) ==
        "said by Rita (rep); the item asks for the words of the customer");
  CHECK(judge(call, quote, EvidenceFrom::rep).evidence);
  CHECK(judge(call, quote).evidence);
}

TEST_CASE("an unknown speaker proves neither side's item") {
  const Transcript call =
      read_transcript(std::string_view("We lose forty thousand a month.")).value();
  const auto verdict = judge(call, "we lose forty thousand a month", EvidenceFrom::customer);
  CHECK_FALSE(verdict.evidence);
  CHECK(refusal_of(verdict) == RejectionReason::unknown_speaker);
  CHECK(describe(*verdict.rejected) ==
        "said by an unnamed speaker, whose role is unknown; the item asks for the words of the "
        "customer");
}

TEST_CASE("recognition noise is repaired to the transcript's own words") {
  const Transcript call = talk(budget_call);
  for (const std::string quote :
       {"we lose about forty thousand dollars a month because the reports arrive late",
        "We lose about 40,000 dollars a month because reports arrive late",
        "we lose about $40k a month because the reports arive late",
        "our team spends twelve hours every week copying numbers from one system to another",
        "we don't have a budget for it before March",
        "uh our team spends twelve hours every week on on copying numbers"}) {
    CAPTURE(quote);
    const auto verdict = judge(call, quote, EvidenceFrom::customer);
    REQUIRE(verdict.evidence);
    CHECK(verdict.evidence->status == EvidenceStatus::repaired);
    const Evidence &e = *verdict.evidence;
    CHECK(call.utterances[e.utterance].text.substr(e.begin, e.end - e.begin) == e.quote);
  }
}

TEST_CASE("a changed number, name, date or negation is never repaired") {
  const Transcript call = talk(budget_call);
  using R = RejectionReason;
  for (const auto &changed : std::vector<std::pair<std::string, RejectionReason>>{
           {"we lose about fourteen thousand dollars a month because the reports arrive late",
            R::number_differs},
           {"we lose about forty thousand euros a month because the reports arrive late",
            R::words_differ},
           {"we lose about forty thousand dollars a week because the reports arrive late",
            R::words_differ},
           {"we do have a budget for it before March, and Marta would have to approve it",
            R::negation_differs},
           {"we do not have a budget for it before May, and Marta would have to approve it",
            R::words_differ},
           {"we do not have a budget for it before March, and Maria would have to approve it",
            R::name_differs},
           {"we do not have a budget for it after March, and Marta would have to approve it",
            R::words_differ},
           {"our team does not spend twelve hours every week on copying numbers",
            R::negation_differs}}) {
    const auto &quote = changed.first;
    const auto &reason = changed.second;
    CAPTURE(quote);
    const auto verdict = judge(call, quote);
    CHECK_FALSE(verdict.evidence);
    CHECK(refusal_of(verdict) == reason);
  }
}

TEST_CASE("the words that differ are named") {
  const auto verdict =
      judge(talk(budget_call),
            "we lose about fourteen thousand dollars a month because the reports arrive late");
  REQUIRE(verdict.rejected);
  CHECK(verdict.rejected->quote_word == "14000");
  CHECK(verdict.rejected->transcript_word == "40000");
  CHECK(describe(*verdict.rejected) ==
        "the words differ: the quote has '14000' where the transcript has '40000'");
  const auto without =
      judge(talk(budget_call),
            "we do have a budget for it before March, and Marta would have to approve");
  REQUIRE(without.rejected);
  CHECK(without.rejected->quote_word.empty());
  CHECK(describe(*without.rejected) ==
        "the words differ: the quote has nothing where the transcript has 'not'");
}

TEST_CASE("a quote stitched from two places is rejected") {
  const auto verdict =
      judge(talk(budget_call), "because the reports arrive late Marta would have to approve it");
  CHECK_FALSE(verdict.evidence);
  CHECK(refusal_of(verdict) == RejectionReason::stitched);
  CHECK(describe(*verdict.rejected) == "its parts come from different places");
  CHECK_FALSE(
      judge(talk(budget_call), "we lose about forty thousand dollars ... approve it").evidence);
}

TEST_CASE("the claimed utterance is preferred where words stand twice") {
  const Transcript call = talk("Carl: That works for us.\nRita: Good.\nCarl: That works for us.\n");
  const auto verdicts = verify(call, {{"that works for us", 2, EvidenceFrom::customer},
                                      {"that works for us", 1, EvidenceFrom::customer},
                                      {"that works for us", 99, EvidenceFrom::customer}});
  CHECK(verdicts[0].evidence->utterance == 2);
  CHECK(verdicts[1].evidence->utterance == 0);
  CHECK(verdicts[2].evidence->utterance == 0);
}

TEST_CASE("evidence carries the times of the cues that hold it") {
  const Transcript call =
      read_transcript(
          std::string_view(
              "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Carl>We have looked\n\n00:02.000 --> "
              "00:03.500\n"
              "<v Carl>at two other firms\n\n00:03.500 --> 00:05.000\n<v Carl>this spring.\n"))
          .value();
  REQUIRE(call.utterances.size() == 1);
  const auto inner = judge(call, "two other firms").evidence.value();
  CHECK(inner.begin_ms == 2000);
  CHECK(inner.end_ms == 3500);
  const auto across = judge(call, "looked at two other").evidence.value();
  CHECK(across.begin_ms == 1000);
  CHECK(across.end_ms == 3500);
}

TEST_CASE("empty, wordless, broken and endless quotes are rejected with a reason") {
  const Transcript call = talk(budget_call);
  using R = RejectionReason;
  for (const auto &[quote, reason, sentence] :
       std::vector<std::tuple<std::string, RejectionReason, std::string>>{
           {"", R::no_words, "the quote has no words"},
           {" \"...\" ", R::no_words, "the quote has no words"},
           {"\xE2\x80\x9C", R::no_words, "the quote has no words"},
           {"\xFF\xFE", R::not_utf8, "the quote is not UTF-8"},
           {std::string(100000, 'a'), R::too_long, "the quote is longer than 4,000 bytes"}}) {
    const auto verdict = judge(call, quote);
    CHECK_FALSE(verdict.evidence);
    CHECK(refusal_of(verdict) == reason);
    CHECK(describe(*verdict.rejected) == sentence);
  }
}

TEST_CASE("each reason has a code and a sentence of its own") {
  std::set<std::string> codes, sentences;
  for (int reason = 0; reason <= static_cast<int>(RejectionReason::not_utf8); ++reason) {
    RejectedEvidence rejected{"so it is", static_cast<RejectionReason>(reason)};
    rejected.role = Role::rep;
    codes.insert(name(rejected.reason));
    sentences.insert(describe(rejected));
  }
  CHECK(codes.size() == 14);
  CHECK(sentences.size() == 11);  // the four kinds of words that differ share one
}

TEST_CASE("no claims and an empty transcript are fine") {
  CHECK(verify(Transcript{}, {}).empty());
  CHECK_FALSE(judge(Transcript{}, "anything at all").evidence);
}
