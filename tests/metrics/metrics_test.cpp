// measure() against an oracle that marks milliseconds, written from the definitions in metrics.hpp.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

using Time = std::optional<std::int64_t>;

struct Person {
  const char *name;
  Role role;
};
constexpr Person people[] = {{"Rita", Role::rep},
                             {"Ralf", Role::rep},
                             {"Carl", Role::customer},
                             {"Cora", Role::customer},
                             {"Ulf", Role::unknown}};

Utterance utterance(const Person &person, std::vector<TimedSpan> spans,
                    std::vector<std::string> texts) {
  Utterance out{person.name, person.role, {}, {}, {}, std::move(spans)};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out.text += ' ';
    out.spans[i].begin = out.text.size();
    out.text += texts[i];
    const TimedSpan &span = out.spans[i];
    if (!out.begin_ms) out.begin_ms = span.begin_ms;
    if (span.end_ms) out.end_ms = std::max(out.end_ms.value_or(0), *span.end_ms);
  }
  if (out.begin_ms && out.end_ms && *out.end_ms < *out.begin_ms) out.begin_ms.reset();
  return out;
}

Utterance simple(const Person &person, Time begin, Time end, std::string text) {
  return utterance(person, {{0, begin, end}}, {std::move(text)});
}

constexpr Person rita = people[0], carl = people[2], cora = people[3], ulf = people[4];

Transcript call(std::vector<Utterance> utterances) {
  Transcript out;
  out.utterances = std::move(utterances);
  return out;
}

// Each word is one word by the library's rule, so that a word is what stands between spaces.
std::string some_sentence() {
  static const std::vector<std::string> words = {"we", "lose", "1,200.50", "café", "don't", "x2"};
  static const std::vector<std::string> ends = {".", "?", "!", "??", "?!", ""};
  std::string out;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    out += (out.empty() ? "" : " ") + *rc::gen::elementOf(words);
  }
  return out + *rc::gen::elementOf(ends);
}

Time maybe(std::int64_t value, bool gaps) {
  if (gaps && *rc::gen::inRange(0, 2) == 0) return std::nullopt;
  return value;
}

Transcript some_call(bool gaps) {
  Transcript out;
  std::int64_t now = *rc::gen::inRange(0, 50);
  const int count = *rc::gen::inRange(0, 14);
  for (int i = 0; i < count; ++i) {
    const Person &person = people[*rc::gen::inRange(0, 5)];
    std::vector<TimedSpan> spans;
    std::vector<std::string> texts;
    for (int c = *rc::gen::inRange(1, 4); c > 0; --c) {
      now += *rc::gen::inRange(0, 30);
      const std::int64_t length = *rc::gen::inRange(0, 60);
      spans.push_back({0, maybe(now, gaps), maybe(now + length, gaps)});
      texts.push_back(some_sentence());
    }
    out.utterances.push_back(utterance(person, std::move(spans), std::move(texts)));
  }
  return out;
}

std::size_t words_in(const std::string &text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

std::size_t questions_in(const std::string &text) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < text.size(); ++i) out += text[i] == '?' && text[i - 1] != '?';
  return out;
}

struct Turn {
  std::string speaker;
  std::size_t words = 0;
  Time begin, end;
};

std::vector<Turn> turns_of(const Transcript &t) {
  std::vector<Turn> out;
  for (const Utterance &u : t.utterances) {
    if (out.empty() || out.back().speaker != u.speaker) out.push_back({u.speaker, 0, {}, {}});
    Turn &turn = out.back();
    turn.words += words_in(u.text);
    if (!turn.begin) turn.begin = u.begin_ms;
    if (u.end_ms) turn.end = std::max(turn.end.value_or(*u.end_ms), *u.end_ms);
  }
  return out;
}

// Milliseconds in which somebody speaks, one by one.
std::int64_t marked(const Transcript &t, const std::string &speaker) {
  std::set<std::int64_t> spoken;
  for (const Utterance &u : t.utterances) {
    if (u.speaker != speaker) continue;
    for (const TimedSpan &span : u.spans) {
      if (!span.begin_ms || !span.end_ms) continue;
      for (std::int64_t ms = *span.begin_ms; ms < *span.end_ms; ++ms) spoken.insert(ms);
    }
  }
  return static_cast<std::int64_t>(spoken.size());
}

std::size_t timed_words(const Transcript &t, const std::string &speaker) {
  std::size_t out = 0;
  for (const Utterance &u : t.utterances) {
    for (std::size_t c = 0; c < u.spans.size() && u.speaker == speaker; ++c) {
      if (!u.spans[c].begin_ms || !u.spans[c].end_ms) continue;
      const bool last = c + 1 == u.spans.size();
      const std::size_t end = last ? u.text.size() : u.spans[c + 1].begin - 1;
      out += words_in(u.text.substr(u.spans[c].begin, end - u.spans[c].begin));
    }
  }
  return out;
}

std::size_t interruptions(const Transcript &t, const std::string &speaker) {
  std::size_t out = 0;
  for (const Turn &turn : turns_of(t)) {
    if (turn.speaker != speaker || !turn.begin) continue;
    out += std::any_of(t.utterances.begin(), t.utterances.end(), [&](const Utterance &u) {
      return u.speaker != speaker && u.begin_ms && u.end_ms && *u.begin_ms < *turn.begin &&
             *turn.begin < *u.end_ms;
    });
  }
  return out;
}

bool equal(const std::optional<double> &a, const std::optional<double> &b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return std::fabs(*a - *b) <= 1e-9 * std::max(1.0, std::fabs(*b));
}

std::optional<double> ratio(double part, double whole) {
  if (whole == 0) return std::nullopt;
  return part / whole;
}

bool all_timed(const Transcript &t) {
  for (const Utterance &u : t.utterances) {
    for (const TimedSpan &span : u.spans) {
      if (!span.begin_ms || !span.end_ms) return false;
    }
  }
  return true;
}

void check_counts(const Transcript &t, const Metrics &m) {
  const auto turns = turns_of(t);
  std::size_t words = 0;
  Time first, last;
  for (const Utterance &u : t.utterances) {
    words += words_in(u.text);
    if (u.begin_ms) first = std::min(first.value_or(*u.begin_ms), *u.begin_ms);
    if (u.end_ms) last = std::max(last.value_or(*u.end_ms), *u.end_ms);
  }
  RC_ASSERT(m.words == words);
  RC_ASSERT(m.utterances == t.utterances.size());
  RC_ASSERT(m.turns == turns.size());
  RC_ASSERT(m.speaker_switches == (turns.empty() ? 0 : turns.size() - 1));
  const std::int64_t duration = first && last && *last > *first ? *last - *first : 0;
  RC_ASSERT(m.duration_ms == duration);
  RC_ASSERT(
      equal(m.switches_per_minute, ratio(60000.0 * double(m.speaker_switches), double(duration))));
}

void check_speaker(const Transcript &t, const SpeakerMetrics &s) {
  std::size_t words = 0, questions = 0, turns = 0, longest_words = 0, replies = 0;
  std::int64_t pauses = 0;
  Time longest;
  for (const Utterance &u : t.utterances) {
    if (u.speaker != s.speaker) continue;
    RC_ASSERT(s.role == u.role);
    words += words_in(u.text);
    questions += questions_in(u.text);
  }
  const auto all = turns_of(t);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Turn &turn = all[i];
    if (turn.speaker != s.speaker) continue;
    ++turns;
    longest_words = std::max(longest_words, turn.words);
    if (turn.begin && turn.end && *turn.begin <= *turn.end) {
      longest = std::max(longest.value_or(0), *turn.end - *turn.begin);
    }
    if (i > 0 && turn.begin && all[i - 1].end && *turn.begin >= *all[i - 1].end) {
      pauses += *turn.begin - *all[i - 1].end;
      ++replies;
    }
  }
  RC_ASSERT(s.words == words);
  RC_ASSERT(s.questions == questions);
  RC_ASSERT(s.turns == turns);
  RC_ASSERT(s.longest_monologue_words == longest_words);
  RC_ASSERT(s.longest_monologue_ms == longest);
  RC_ASSERT(s.replies == replies);
  RC_ASSERT(s.patience_ms.has_value() == (replies > 0));
  if (replies > 0) {
    const double mean = double(pauses) / double(replies);
    RC_ASSERT(std::fabs(double(*s.patience_ms) - mean) < 1.0);
  }
  RC_ASSERT(s.talk_ms == marked(t, s.speaker));
  RC_ASSERT(equal(s.words_per_minute,
                  ratio(60000.0 * double(timed_words(t, s.speaker)), double(s.talk_ms))));
}

void check_shares(const Transcript &t, const Metrics &m) {
  std::int64_t talk = 0;
  for (const SpeakerMetrics &s : m.speakers) talk += marked(t, s.speaker);
  const bool by_time = all_timed(t) && talk > 0;  // else there is no time to share
  const ShareBasis basis = by_time       ? ShareBasis::time
                           : m.words > 0 ? ShareBasis::words
                                         : ShareBasis::none;
  RC_ASSERT(m.talk_share_basis == basis);
  const double whole = by_time ? double(talk) : double(m.words);
  double rep = 0, customer = 0;
  for (const SpeakerMetrics &s : m.speakers) {
    const double part = by_time ? double(marked(t, s.speaker)) : double(s.words);
    RC_ASSERT(equal(s.talk_share, ratio(part, whole)));
    if (s.role == Role::rep) rep += part;
    if (s.role == Role::customer) customer += part;
  }
  if (m.rep_talk_share) RC_ASSERT(equal(m.rep_talk_share, ratio(rep, whole)));
  if (m.customer_talk_share) RC_ASSERT(equal(m.customer_talk_share, ratio(customer, whole)));
}

void check_order(const Transcript &t, const Metrics &m) {
  std::vector<std::string> order;
  for (const Utterance &u : t.utterances) {
    if (std::find(order.begin(), order.end(), u.speaker) == order.end()) order.push_back(u.speaker);
  }
  RC_ASSERT(m.speakers.size() == order.size());
  for (std::size_t i = 0; i < order.size(); ++i) RC_ASSERT(m.speakers[i].speaker == order[i]);
}

void check_all(const Transcript &t) {
  const Metrics m = measure(t);
  check_counts(t, m);
  check_order(t, m);
  for (const SpeakerMetrics &s : m.speakers) check_speaker(t, s);
  check_shares(t, m);
}

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
