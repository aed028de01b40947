#include "metrics/oracle.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace saleschecklist::test {
namespace {

Utterance simple(const Person &person, Time begin, Time end, std::string text) {
  return utterance(person, {{0, begin, end}}, {std::move(text)});
}

constexpr Person rita = people[0], carl = people[2], cora = people[3], ulf = people[4];

Transcript call(std::vector<Utterance> utterances) {
  Transcript out;
  out.utterances = std::move(utterances);
  return out;
}

Transcript some_call(bool gaps) {
  return test::some_call([](int first, int end) { return *rc::gen::inRange(first, end); }, gaps);
}

void check_all(const Transcript &t) { RC_ASSERT(MetricsCheck(t).faults().empty()); }

void check_interruptions(const Transcript &t) {
  for (const SpeakerMetrics &s : measure(t).speakers) {
    RC_ASSERT(s.interruptions == interruptions(t, s.speaker));
  }
}

}  // namespace

TEST_CASE("the figures of a timed call are those of a marked tape") {
  CHECK(rc::check("timed", [] { check_all(some_call(false)); }));
}

TEST_CASE("the figures of a call with missing times are those of a marked tape") {
  CHECK(rc::check("gaps", [] { check_all(some_call(true)); }));
}

TEST_CASE("interruptions of a timed call are turns begun inside another's utterance") {
  CHECK(rc::check("timed", [] { check_interruptions(some_call(false)); }));
}

TEST_CASE("interruptions of a call with missing times are turns begun inside another's utterance") {
  CHECK(rc::check("gaps", [] { check_interruptions(some_call(true)); }));
}

TEST_CASE("a figure is never negative") {
  CHECK(rc::check("signs", [] {
    const Metrics m = measure(some_call(true));
    RC_ASSERT(m.duration_ms >= 0);
    RC_ASSERT(m.longest_rep_monologue_ms.value_or(0) >= 0);
    for (const SpeakerMetrics &s : m.speakers) RC_ASSERT(s.longest_monologue_ms.value_or(0) >= 0);
  }));
}

TEST_CASE("a small call gives the figures that one gets by hand") {
  const Metrics m = measure(call({simple(rita, 0, 10000, "How are you? What changed?"),
                                  simple(carl, 12000, 42000, "We lose forty thousand a month."),
                                  simple(rita, 42000, 60000, "I see.")}));
  CHECK(m.duration_ms == 60000);
  CHECK(m.words == 13);
  CHECK(m.turns == 3);
  CHECK(m.speaker_switches == 2);
  CHECK(m.switches_per_minute == 2.0);
  CHECK(m.talk_share_basis == ShareBasis::time);
  CHECK(*m.rep_talk_share == doctest::Approx(28.0 / 58.0));
  CHECK(*m.customer_talk_share == doctest::Approx(30.0 / 58.0));
  CHECK(m.longest_rep_monologue_ms == 18000);
  REQUIRE(m.speakers.size() == 2);
  CHECK(m.speakers[0].questions == 2);
  CHECK(m.speakers[0].patience_ms == 0);
  CHECK(m.speakers[0].replies == 1);
  CHECK(m.speakers[1].patience_ms == 2000);
  CHECK(*m.speakers[1].words_per_minute == doctest::Approx(12.0));
  CHECK(m.speakers[1].longest_monologue_words == 6);
}

TEST_CASE("an empty transcript has no ratios") {
  const Metrics m = measure({});
  CHECK(m.duration_ms == 0);
  CHECK(m.turns == 0);
  CHECK(m.speaker_switches == 0);
  CHECK(m.talk_share_basis == ShareBasis::none);
  CHECK_FALSE(m.switches_per_minute);
  CHECK_FALSE(m.rep_talk_share);
  CHECK_FALSE(m.customer_talk_share);
}

TEST_CASE("overlapping speech counts for each who speaks") {
  const Metrics m = measure(call({simple(rita, 0, 1000, "One."), simple(carl, 0, 1000, "Two.")}));
  CHECK(m.rep_talk_share == 0.5);
  CHECK(m.customer_talk_share == 0.5);
}

TEST_CASE("overlapping spans of one speaker are one talk") {
  const Metrics m = measure(call({utterance(rita, {{0, 0, 1000}, {0, 500, 800}}, {"One.", "Two."}),
                                  simple(carl, 2000, 3000, "Three.")}));
  CHECK(m.speakers[0].talk_ms == 1000);
}

TEST_CASE("words share the talk when one span lacks a time") {
  const Metrics m =
      measure(call({simple(rita, 0, {}, "One two three."), simple(carl, 0, 1000, "Four.")}));
  CHECK(m.talk_share_basis == ShareBasis::words);
  CHECK(m.rep_talk_share == 0.75);
}

TEST_CASE("the customers' share does not need a seller") {
  const Metrics m = measure(call({simple(carl, 0, 1000, "One."), simple(ulf, 1000, 2000, "Two.")}));
  REQUIRE(m.customer_talk_share);
  CHECK(*m.customer_talk_share == 0.5);
}

TEST_CASE("who begins at the same moment does not interrupt") {
  const Metrics m = measure(call({simple(rita, 0, 1000, "One."), simple(carl, 0, 500, "Two.")}));
  CHECK(m.speakers[1].interruptions == 0);
}

TEST_CASE("who begins at another's last moment does not interrupt") {
  const Metrics m =
      measure(call({simple(rita, 0, 1000, "One."), simple(carl, 1000, 1500, "Two.")}));
  CHECK(m.speakers[1].interruptions == 0);
  CHECK(m.speakers[1].replies == 1);
}

TEST_CASE("nobody interrupts an utterance whose begin is unknown") {
  const Metrics m =
      measure(call({simple(rita, {}, 1000, "One."), simple(carl, 500, 1500, "Two.")}));
  CHECK(m.speakers[1].interruptions == 0);
}

TEST_CASE("a long utterance is interrupted by each who begins inside it") {
  const Metrics m =
      measure(call({simple(rita, 0, 9000, "One."), simple(carl, 1000, 2000, "Two."),
                    simple(cora, 3000, 4000, "Three."), simple(rita, 9500, 9900, "Four.")}));
  CHECK(m.speakers[1].interruptions == 1);
  CHECK(m.speakers[2].interruptions == 1);
  CHECK(m.speakers[2].replies == 1);
  CHECK(m.speakers[0].interruptions == 0);
}

TEST_CASE("a turn whose only begin lies after its only end is not timed") {
  const Metrics m = measure(call({simple(rita, {}, 100, "One."), simple(rita, 500, {}, "Two."),
                                  simple(carl, 600, 700, "Three.")}));
  CHECK_FALSE(m.speakers[0].longest_monologue_ms);
  CHECK(measure(call({simple(rita, {}, 100, "One."), simple(carl, 500, {}, "Two.")})).duration_ms ==
        0);
}

TEST_CASE("questions are sentences and not question marks") {
  const auto questions = [](const std::string &text) {
    return measure(call({simple(rita, 0, 1000, text)})).speakers[0].questions;
  };
  CHECK(questions("Really?? And you?!") == 2);
  CHECK(questions("What?! No. Why? ") == 2);
  CHECK(questions("本当ですか？はい。") == 1);
  CHECK(questions("No question here.") == 0);
  CHECK(questions("Who, when, why ? ? I see.") == 1);
  CHECK(questions("See example.com/a?b=1 for it.") == 0);
}

}  // namespace saleschecklist::test
