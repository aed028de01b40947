// What measure() has to give, by an oracle that marks milliseconds, written from the definitions in
// metrics.hpp, and calls to try it on.
#ifndef SALESCHECKLIST_TESTS_METRICS_ORACLE_HPP
#define SALESCHECKLIST_TESTS_METRICS_ORACLE_HPP

#include <saleschecklist/metrics.hpp>
#include <saleschecklist/transcript.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace saleschecklist::test {

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

inline Utterance utterance(const Person &person, std::vector<TimedSpan> spans,
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

// Chooses a number from `first` up to but not including `end`.
using Choose = std::function<int(int first, int end)>;

// Each word is one word by the library's rule, so that a word is what stands between spaces.
inline std::string some_sentence(const Choose &choose) {
  static const std::vector<std::string> words = {"we", "lose", "1,200.50", "café", "don't", "x2"};
  static const std::vector<std::string> ends = {".", "?", "!", "??", "?!", ""};
  const auto one_of = [&](const std::vector<std::string> &texts) {
    return texts[static_cast<std::size_t>(choose(0, static_cast<int>(texts.size())))];
  };
  std::string out;
  for (int i = choose(1, 6); i > 0; --i) out += (out.empty() ? "" : " ") + one_of(words);
  return out + one_of(ends);
}

// A call of up to 14 utterances; with `gaps`, about half of the times are missing.
inline Transcript some_call(const Choose &choose, bool gaps) {
  const auto maybe = [&](std::int64_t value) {
    return gaps && choose(0, 2) == 0 ? Time() : Time(value);
  };
  Transcript out;
  std::int64_t now = choose(0, 50);
  const int count = choose(0, 14);
  for (int i = 0; i < count; ++i) {
    const Person &person = people[static_cast<std::size_t>(choose(0, 5))];
    std::vector<TimedSpan> spans;
    std::vector<std::string> texts;
    for (int c = choose(1, 4); c > 0; --c) {
      now += choose(0, 30);
      const std::int64_t length = choose(0, 60);
      spans.push_back({0, maybe(now), maybe(now + length)});
      texts.push_back(some_sentence(choose));
    }
    out.utterances.push_back(utterance(person, std::move(spans), std::move(texts)));
  }
  return out;
}

inline std::size_t words_in(const std::string &text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

inline std::size_t questions_in(const std::string &text) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < text.size(); ++i) out += text[i] == '?' && text[i - 1] != '?';
  return out;
}

struct Turn {
  std::string speaker;
  std::size_t words = 0;
  Time begin, end;
};

inline std::vector<Turn> turns_of(const Transcript &t) {
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
inline std::int64_t marked(const Transcript &t, const std::string &speaker) {
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

inline std::size_t timed_words(const Transcript &t, const std::string &speaker) {
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

inline std::size_t interruptions(const Transcript &t, const std::string &speaker) {
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

inline bool equal(const std::optional<double> &a, const std::optional<double> &b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return std::fabs(*a - *b) <= 1e-9 * std::max(1.0, std::fabs(*b));
}

inline std::optional<double> ratio(double part, double whole) {
  if (whole == 0) return std::nullopt;
  return part / whole;
}

inline bool all_timed(const Transcript &t) {
  for (const Utterance &u : t.utterances) {
    for (const TimedSpan &span : u.spans) {
      if (!span.begin_ms || !span.end_ms) return false;
    }
  }
  return true;
}

// Compares all figures of a call with those of the oracle.
class MetricsCheck {
 public:
  explicit MetricsCheck(const Transcript &transcript) : t(transcript), m(measure(transcript)) {}

  // The names of the figures that differ; empty if none does.
  std::vector<std::string> faults() {
    check_counts();
    check_order();
    for (const SpeakerMetrics &s : m.speakers) check_speaker(s);
    check_shares();
    return faults_;
  }

 private:
  void expect(bool agrees, const char *figure) {
    if (!agrees) faults_.emplace_back(figure);
  }

  void check_counts() {
    const auto turns = turns_of(t);
    std::size_t words = 0;
    Time first, last;
    for (const Utterance &u : t.utterances) {
      words += words_in(u.text);
      if (u.begin_ms) first = std::min(first.value_or(*u.begin_ms), *u.begin_ms);
      if (u.end_ms) last = std::max(last.value_or(*u.end_ms), *u.end_ms);
    }
    expect(m.words == words, "words");
    expect(m.utterances == t.utterances.size(), "utterances");
    expect(m.turns == turns.size(), "turns");
    expect(m.speaker_switches == (turns.empty() ? 0 : turns.size() - 1), "speaker_switches");
    const std::int64_t duration = first && last && *last > *first ? *last - *first : 0;
    expect(m.duration_ms == duration, "duration_ms");
    expect(
        equal(m.switches_per_minute, ratio(60000.0 * double(m.speaker_switches), double(duration))),
        "switches_per_minute");
  }

  void check_speaker(const SpeakerMetrics &s) {
    std::size_t words = 0, questions = 0, turns = 0, longest_words = 0, replies = 0;
    std::int64_t pauses = 0;
    Time longest;
    for (const Utterance &u : t.utterances) {
      if (u.speaker != s.speaker) continue;
      expect(s.role == u.role, "role");
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
    expect(s.words == words, "words");
    expect(s.questions == questions, "questions");
    expect(s.turns == turns, "turns");
    expect(s.longest_monologue_words == longest_words, "longest_monologue_words");
    expect(s.longest_monologue_ms == longest, "longest_monologue_ms");
    expect(s.replies == replies, "replies");
    expect(s.patience_ms.has_value() == (replies > 0), "patience_ms");
    if (replies > 0) {
      const double mean = double(pauses) / double(replies);
      expect(std::fabs(double(*s.patience_ms) - mean) < 1.0, "patience_ms");
    }
    expect(s.talk_ms == marked(t, s.speaker), "talk_ms");
    expect(equal(s.words_per_minute,
                 ratio(60000.0 * double(timed_words(t, s.speaker)), double(s.talk_ms))),
           "words_per_minute");
  }

  void check_shares() {
    std::int64_t talk = 0;
    for (const SpeakerMetrics &s : m.speakers) talk += marked(t, s.speaker);
    const bool by_time = all_timed(t) && talk > 0;  // else there is no time to share
    const ShareBasis basis = by_time       ? ShareBasis::time
                             : m.words > 0 ? ShareBasis::words
                                           : ShareBasis::none;
    expect(m.talk_share_basis == basis, "talk_share_basis");
    const double whole = by_time ? double(talk) : double(m.words);
    double rep = 0, customer = 0;
    for (const SpeakerMetrics &s : m.speakers) {
      const double part = by_time ? double(marked(t, s.speaker)) : double(s.words);
      expect(equal(s.talk_share, ratio(part, whole)), "talk_share");
      if (s.role == Role::rep) rep += part;
      if (s.role == Role::customer) customer += part;
    }
    if (m.rep_talk_share) expect(equal(m.rep_talk_share, ratio(rep, whole)), "rep_talk_share");
    if (m.customer_talk_share)
      expect(equal(m.customer_talk_share, ratio(customer, whole)), "customer_talk_share");
  }

  void check_order() {
    std::vector<std::string> order;
    for (const Utterance &u : t.utterances) {
      if (std::find(order.begin(), order.end(), u.speaker) == order.end())
        order.push_back(u.speaker);
    }
    expect(m.speakers.size() == order.size(), "speakers");
    for (std::size_t i = 0; i < order.size(); ++i)
      expect(m.speakers[i].speaker == order[i], "speaker");
  }

  const Transcript &t;
  const Metrics m;
  std::vector<std::string> faults_;
};

}  // namespace saleschecklist::test

#endif
