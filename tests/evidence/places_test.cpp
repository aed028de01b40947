// Where quotes stand: their times, their overlap, and evidence that was stored.
#include <doctest/doctest.h>

#include "evidence/evidence.hpp"
#include "evidence/stored_evidence.hpp"

#include "support/support.hpp"

using namespace saleschecklist;

namespace {

Utterance said(const std::string &text, Role role = Role::customer) {
  Utterance out;
  out.text = text;
  out.role = role;
  return out;
}

Transcript transcript_of(std::vector<Utterance> utterances) {
  Transcript out;
  out.utterances = std::move(utterances);
  return out;
}

Evidence place(std::size_t utterance, std::size_t begin, std::size_t end, std::string quote = {}) {
  Evidence out;
  out.utterance = utterance;
  out.begin = begin;
  out.end = end;
  out.quote = std::move(quote);
  return out;
}

// One response with that evidence.
std::vector<Response> proved(const Evidence &evidence) {
  Response out;
  out.support = Support::verified;
  out.evidence = {evidence};
  return {out};
}

}  // namespace

TEST_CASE("quotes overlap if they share a byte of one utterance") {
  const Evidence quote = place(1, 10, 20);
  for (const Evidence &other :
       {place(1, 10, 20), place(1, 12, 15), place(1, 0, 30), place(1, 0, 11), place(1, 19, 25)}) {
    CHECK(evidence::overlap(quote, other));
    CHECK(evidence::overlap(other, quote));
  }
  for (const Evidence &other :
       {place(0, 10, 20), place(2, 12, 15), place(1, 0, 10), place(1, 20, 30), place(1, 0, 5)}) {
    CHECK_FALSE(evidence::overlap(quote, other));
    CHECK_FALSE(evidence::overlap(other, quote));
  }
}

TEST_CASE("evidence has the times of the spans that it touches and of no others") {
  Utterance u = said("one two three");
  u.spans = {{0, 100, 190}, {4, 200, 290}, {8, 300, 390}};
  const auto times = [](const Utterance &from, std::size_t begin, std::size_t end) {
    const Evidence e =
        evidence::evidence_at(transcript_of({from}), 0, begin, end, EvidenceStatus::verified);
    return std::pair(e.begin_ms, e.end_ms);
  };
  using Times = std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>;
  CHECK(times(u, 0, 3) == Times(100, 190));
  CHECK(times(u, 0, 4) == Times(100, 190));
  CHECK(times(u, 0, 5) == Times(100, 290));
  CHECK(times(u, 4, 7) == Times(200, 290));
  CHECK(times(u, 8, 13) == Times(300, 390));
  CHECK(times(u, 12, 13) == Times(300, 390));
  CHECK(times(u, 3, 9) == Times(100, 390));
  u.spans[1].end_ms.reset();
  CHECK(times(u, 4, 7) == Times(200, std::nullopt));
  CHECK(times(u, 0, 7) == Times(100, 190));
  u.spans = {{0, 0, 0}};
  CHECK(times(u, 0, 3) == Times(0, 0));
}

TEST_CASE("evidence keeps the latest end of overlapping spans") {
  Utterance u = said("one two");
  u.spans = {{0, 100, 500}, {4, 200, 300}};
  const Evidence e = evidence::evidence_at(transcript_of({u}), 0, 0, 7, EvidenceStatus::repaired);
  CHECK(e.end_ms == 500);
  CHECK(e.status == EvidenceStatus::repaired);
}

TEST_CASE("an item that nobody could prove says why") {
  Item item;
  item.id = "c1.1";
  item.evidence_from = EvidenceFrom::customer;
  Utterance invented = said("Thanks for watching.");
  invented.suspect = "nobody speaks there";
  for (const Transcript &silent : {Transcript{}, transcript_of({invented})}) {
    const Response none = evidence::unprovable(silent, item);
    CHECK(none.item_id == "c1.1");
    CHECK(none.answer == Answer::unanswered);
    CHECK(none.unanswered_reason == UnansweredReason::no_words);
    CHECK(none.reasoning == "Nothing is said in this transcript.");
  }
  const Transcript call = transcript_of({invented, said("We sell boats.", Role::rep)});
  const Response absent = evidence::unprovable(call, item);
  CHECK(absent.item_id == "c1.1");
  CHECK(absent.unanswered_reason == UnansweredReason::side_absent);
  CHECK(absent.reasoning ==
        "Nobody in this transcript is known to be the customer, so nobody's words could prove it.");
  item.evidence_from = EvidenceFrom::either;
  CHECK(evidence::unprovable(call, item).reasoning ==
        "Nobody in this transcript is known to be the seller or the customer, so nobody's words "
        "could prove it.");
}

TEST_CASE("stored evidence has to be in the transcript at its place") {
  const Transcript call = transcript_of({said("We lose money."), said("It is late.")});
  CHECK_FALSE(evidence::evidence_fault(call, {}));
  CHECK_FALSE(evidence::evidence_fault(call, proved(place(0, 3, 7, "lose"))));
  CHECK_FALSE(evidence::evidence_fault(call, proved(place(1, 0, 11, "It is late."))));
  for (const Evidence &wrong : {place(2, 0, 2, "It"), place(9, 0, 2, "It"), place(0, 3, 7, "save"),
                                place(0, 4, 7, "lose"), place(0, 7, 3, "lose"), place(0, 3, 3, ""),
                                place(1, 6, 12, "late."), place(1, 6, 99, "late.")}) {
    const auto fault = evidence::evidence_fault(call, proved(wrong));
    REQUIRE(fault);
    CHECK(fault->code == ErrorCode::invalid_argument);
    CHECK(to_string(*fault) ==
          "/responses/0/evidence/0: the quote is not in the transcript at its place");
  }
}

TEST_CASE("the first fault of stored evidence is named by its place") {
  Transcript call = transcript_of({said("We lose money."), said("It is late.")});
  call.utterances[1].suspect = "nobody speaks there";
  std::vector<Response> responses = proved(place(0, 3, 7, "lose"));
  responses.push_back(responses[0]);
  responses[1].evidence.push_back(place(1, 0, 2, "It"));
  CHECK(to_string(evidence::evidence_fault(call, responses).value()) ==
        "/responses/1/evidence/1: the quote is of suspect words: nobody speaks there");
}

TEST_CASE("support without evidence is a fault, and its lack without support is not") {
  const Transcript call = transcript_of({said("We lose money.")});
  Response bare;
  for (const Support claimed : {Support::verified, Support::repaired}) {
    bare.support = claimed;
    CHECK(to_string(evidence::evidence_fault(call, {bare}).value()) ==
          std::string("/responses/0/support: ") + name(claimed) + " support without evidence");
  }
  for (const Support unclaimed : {Support::none, Support::unsupported}) {
    bare.support = unclaimed;
    CHECK_FALSE(evidence::evidence_fault(call, {bare}));
  }
}

TEST_CASE("a moment of the coaching has to be in its utterance") {
  Transcript call = transcript_of({said("We lose money."), said("It is late.")});
  Coaching coaching;
  CHECK_FALSE(evidence::moment_fault(call, coaching));
  coaching.moments = {{0, "lose", {}, {}, ""}, {1, "It is", {}, {}, ""}};
  CHECK_FALSE(evidence::moment_fault(call, coaching));
  for (const Moment &wrong : {Moment{0, "late", {}, {}, ""}, Moment{2, "It is", {}, {}, ""}}) {
    coaching.moments[1] = wrong;
    CHECK(to_string(evidence::moment_fault(call, coaching).value()) ==
          "/coaching/moments/1: the quote is not in that utterance");
  }
  coaching.moments[1] = {1, "It is", {}, {}, ""};
  call.utterances[1].suspect = "nobody speaks there";
  CHECK(to_string(evidence::moment_fault(call, coaching).value()) ==
        "/coaching/moments/1: the quote is of suspect words: nobody speaks there");
}
