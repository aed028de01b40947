// measure(). metrics.hpp has the definitions; tests compare the results with a brute-force oracle.
#include <saleschecklist/metrics.hpp>

#include "text/words.hpp"

#include <algorithm>
#include <map>

namespace saleschecklist {
namespace {

struct Interval {
  std::int64_t begin, end;
};

std::int64_t union_length(std::vector<Interval> intervals) {
  std::sort(intervals.begin(), intervals.end(),
            [](const Interval &a, const Interval &b) { return a.begin < b.begin; });
  std::int64_t total = 0, covered_to = INT64_MIN;
  for (const Interval &i : intervals) {
    const std::int64_t begin = std::max(i.begin, covered_to);
    if (i.end > begin) total += i.end - begin;
    covered_to = std::max(covered_to, i.end);
  }
  return total;
}

// The part of the utterance's text that belongs to one span.
std::string_view span_text(const Utterance &u, std::size_t span) {
  const std::size_t begin = u.spans[span].begin;
  const std::size_t end = span + 1 < u.spans.size() ? u.spans[span + 1].begin : u.text.size();
  return std::string_view(u.text).substr(begin, end - begin);
}

struct Turn {
  std::size_t speaker = 0;
  std::size_t words = 0;
  std::optional<std::int64_t> begin_ms, end_ms;
};

struct TimedUtterance {
  std::size_t speaker;
  std::int64_t begin_ms, end_ms;
};

struct Tally {
  SpeakerMetrics figures;
  std::vector<Interval> spoken;
  std::size_t timed_words = 0;
  std::int64_t pause_sum_ms = 0;
};

class Measurer {
 public:
  explicit Measurer(const Transcript &transcript) : transcript_(transcript) {}

  Metrics run() {
    for (const Utterance &u : transcript_.utterances) {
      if (u.suspect.empty()) add(u);
    }
    count_turns();
    finish_speakers();
    finish_shares();
    return std::move(out_);
  }

 private:
  std::size_t speaker_index(const Utterance &u) {
    const auto [found, added] = index_.emplace(std::pair(u.speaker, u.role), tallies_.size());
    if (added) {
      tallies_.emplace_back();
      tallies_.back().figures.speaker = u.speaker;
      tallies_.back().figures.role = u.role;
    }
    return found->second;
  }

  void add(const Utterance &u) {
    const std::size_t who = speaker_index(u);
    Tally &tally = tallies_[who];
    const text::WordedText text = text::split_words(u.text);
    const std::size_t words = text.words.size();
    for (std::size_t s = 0; s < u.spans.size(); ++s) {
      const TimedSpan &span = u.spans[s];
      if (!span.begin_ms || !span.end_ms) {
        all_timed_ = false;
        continue;
      }
      tally.spoken.push_back({*span.begin_ms, *span.end_ms});
      tally.timed_words += text::count_words(span_text(u, s));
    }
    tally.figures.words += words;
    tally.figures.questions += static_cast<std::size_t>(
        std::count_if(text.sentences.begin(), text.sentences.end(),
                      [](const text::Sentence &sentence) { return sentence.question; }));
    if (u.begin_ms && u.end_ms) timed_.push_back({who, *u.begin_ms, *u.end_ms});
    out_.words += words;
    ++out_.utterances;
    if (u.begin_ms) first_ = std::min(first_.value_or(*u.begin_ms), *u.begin_ms);
    if (u.end_ms) last_ = std::max(last_.value_or(*u.end_ms), *u.end_ms);
    extend_turns(who, u, words);
  }

  void extend_turns(std::size_t who, const Utterance &u, std::size_t words) {
    if (turns_.empty() || turns_.back().speaker != who) {
      turns_.push_back({who, 0, u.begin_ms, std::nullopt});
    }
    Turn &turn = turns_.back();
    turn.words += words;
    if (!turn.begin_ms) turn.begin_ms = u.begin_ms;
    if (u.end_ms) turn.end_ms = std::max(turn.end_ms.value_or(*u.end_ms), *u.end_ms);
  }

  void count_turns() {
    out_.turns = turns_.size();
    out_.speaker_switches = turns_.empty() ? 0 : turns_.size() - 1;
    for (std::size_t i = 0; i < turns_.size(); ++i) {
      const Turn &turn = turns_[i];
      Tally &tally = tallies_[turn.speaker];
      ++tally.figures.turns;
      count_monologue(tally.figures, turn);
      if (i > 0 && turn.begin_ms) count_reply(tally, turn, turns_[i - 1]);
    }
    count_interruptions();
  }

  // Among the utterances that began earlier, the two latest ends that belong to different speakers:
  // the one of another speaker tells whether a turn begins while that speaker is talking.
  struct Latest {
    std::size_t speaker = SIZE_MAX;
    std::int64_t end_ms = INT64_MIN;
  };

  void count_interruptions() {
    std::sort(timed_.begin(), timed_.end(), [](const TimedUtterance &a, const TimedUtterance &b) {
      return a.begin_ms < b.begin_ms;
    });
    std::vector<const Turn *> turns;
    for (const Turn &turn : turns_) {
      if (turn.begin_ms) turns.push_back(&turn);
    }
    std::stable_sort(turns.begin(), turns.end(),
                     [](const Turn *a, const Turn *b) { return *a->begin_ms < *b->begin_ms; });
    Latest first, second;
    std::size_t next = 0;
    for (const Turn *turn : turns) {
      for (; next < timed_.size() && timed_[next].begin_ms < *turn->begin_ms; ++next) {
        remember(timed_[next], first, second);
      }
      const Latest &other = first.speaker == turn->speaker ? second : first;
      if (*turn->begin_ms < other.end_ms) ++tallies_[turn->speaker].figures.interruptions;
    }
  }

  static void remember(const TimedUtterance &u, Latest &first, Latest &second) {
    if (u.speaker == first.speaker) {
      first.end_ms = std::max(first.end_ms, u.end_ms);
    } else if (u.end_ms > first.end_ms) {
      second = first;
      first = {u.speaker, u.end_ms};
    } else if (u.end_ms > second.end_ms) {
      second = {u.speaker, u.end_ms};
    }
  }

  static void count_monologue(SpeakerMetrics &figures, const Turn &turn) {
    figures.longest_monologue_words = std::max(figures.longest_monologue_words, turn.words);
    if (!turn.begin_ms || !turn.end_ms || *turn.end_ms < *turn.begin_ms) return;
    const std::int64_t length = *turn.end_ms - *turn.begin_ms;
    figures.longest_monologue_ms = std::max(figures.longest_monologue_ms.value_or(length), length);
  }

  static void count_reply(Tally &tally, const Turn &turn, const Turn &previous) {
    if (!previous.end_ms || *turn.begin_ms < *previous.end_ms) return;
    tally.pause_sum_ms += *turn.begin_ms - *previous.end_ms;
    ++tally.figures.replies;
  }

  void finish_speakers() {
    for (Tally &tally : tallies_) {
      SpeakerMetrics &figures = tally.figures;
      figures.talk_ms = union_length(std::move(tally.spoken));
      talk_ms_ += figures.talk_ms;
      if (figures.talk_ms > 0) {
        figures.words_per_minute =
            static_cast<double>(tally.timed_words) * 60000.0 / static_cast<double>(figures.talk_ms);
      }
      if (figures.replies > 0) {
        figures.patience_ms = tally.pause_sum_ms / static_cast<std::int64_t>(figures.replies);
      }
    }
    if (first_ && last_) out_.duration_ms = std::max<std::int64_t>(0, *last_ - *first_);
    if (out_.duration_ms > 0) {
      out_.switches_per_minute = static_cast<double>(out_.speaker_switches) * 60000.0 /
                                 static_cast<double>(out_.duration_ms);
    }
  }

  void finish_shares() {
    const bool by_time = all_timed_ && talk_ms_ > 0;
    if (by_time)
      out_.talk_share_basis = ShareBasis::time;
    else if (out_.words > 0)
      out_.talk_share_basis = ShareBasis::words;
    std::int64_t whole = by_time ? talk_ms_ : static_cast<std::int64_t>(out_.words);
    std::int64_t rep = 0, customer = 0;
    for (Tally &tally : tallies_) {
      SpeakerMetrics &figures = tally.figures;
      const std::int64_t part =
          by_time ? figures.talk_ms : static_cast<std::int64_t>(figures.words);
      if (whole > 0) figures.talk_share = static_cast<double>(part) / static_cast<double>(whole);
      if (figures.role == Role::rep) {
        rep += part;
        has_rep_ = true;
        if (figures.longest_monologue_ms) {
          out_.longest_rep_monologue_ms =
              std::max(out_.longest_rep_monologue_ms.value_or(0), *figures.longest_monologue_ms);
        }
      }
      if (figures.role == Role::customer) {
        customer += part;
        has_customer_ = true;
      }
      out_.speakers.push_back(std::move(figures));
    }
    const auto share = [&](std::int64_t part) {
      return static_cast<double>(part) / static_cast<double>(whole);
    };
    if (whole > 0 && has_rep_) out_.rep_talk_share = share(rep);
    if (whole > 0 && has_customer_) out_.customer_talk_share = share(customer);
  }

  const Transcript &transcript_;
  Metrics out_;
  std::map<std::pair<std::string, Role>, std::size_t> index_;
  std::vector<Tally> tallies_;
  std::vector<Turn> turns_;
  std::vector<TimedUtterance> timed_;
  std::optional<std::int64_t> first_, last_;
  std::int64_t talk_ms_ = 0;
  bool all_timed_ = true;
  bool has_rep_ = false, has_customer_ = false;
};

}  // namespace

Metrics measure(const Transcript &transcript) { return Measurer(transcript).run(); }

const char *name(ShareBasis basis) noexcept {
  switch (basis) {
    case ShareBasis::time:
      return "time";
    case ShareBasis::words:
      return "words";
    case ShareBasis::none:
      break;
  }
  return "none";
}

}  // namespace saleschecklist
