#include "transcript/roles/weighing.hpp"

#include "text/words.hpp"
#include "transcript/roles/evidence.hpp"
#include "transcript/roles/labels.hpp"
#include "transcript/roles/talk_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace saleschecklist::transcript {
namespace {

// How far the two sides lean apart decides. Kinds that other conversations have as well count half
// and no more than `most_common`, since interviewers and support agents, too, ask and promise.
constexpr double common_share = 0.5, most_common = 1.5;
// What one sentence per thousand words that belongs to another kind of conversation takes from the
// evidence, and the most that all of them take.
constexpr double other_penalty = 0.15, most_penalty = 3.0;
// A logistic regression of the learned odds, of the weighed evidence and of the length, fitted to
// conversations that the odds were not learned from. Of these, 88 % of the sales calls and 2 % of
// the others have log odds of at least `least_log_odds`.
constexpr double learned_weight = 2.54, evidence_weight = 1.05, length_weight = -1.1;
constexpr double intercept = -1.29, usual_words = 500, most_words = 10'000;
constexpr double telling_words = 150;  // in fewer, what was learned counts by their share squared
constexpr double least_log_odds = 1.5;
// What a speaker beside the two who lean most needs to be given a side: with the replies counted,
// and without.
constexpr double third_lean = 1.2, clear_lean = 2;
// What the weighed evidence adds to the learned log odds of a speaker. In fewer words than these,
// what was learned counts by their share, and the evidence more.
constexpr double evidence_share = 0.25, telling_words_of_one = 40;
constexpr double label_confidence = 0.97, most_confidence = 0.99;

double doublings(double count, double expected) { return std::log2((count + 1) / (expected + 1)); }

struct Lean {
  double core = 0, common = 0;  // by kinds that are seldom heard elsewhere, and by the other kinds
};

class Weigher {
 public:
  Weigher(const Transcript &transcript, const std::vector<std::string> &speakers)
      : speakers_(speakers),
        heard_(hear_evidence(transcript, speakers)),
        talks_(hear_talk(transcript, speakers)) {
    for (const std::string &speaker : speakers) labels_.push_back(meaning_of_label(speaker));
    for (const Heard &heard : heard_) words_ += heard.words;
    for (std::size_t i = 0; i < speakers.size(); ++i) {
      const Lean lean = lean_of(heard_[i]);
      const double learned = std::min(1.0, talks_[i].words / telling_words_of_one);
      leans_.push_back(labels_[i].lean + learned * seller_log_odds(talks_[i]) +
                       (1 - (1 - evidence_share) * learned) * (lean.core + lean.common));
    }
    sides_.resize(speakers.size(), Role::unknown);
  }

  // The log odds that this is a sale, in which the first speaker sells to the second.
  double log_odds_between_first_two() {
    sides_[0] = Role::rep;
    sides_[1] = Role::customer;
    return log_odds_of_sale();
  }

  Inference run() { return take_labels() ? from_labels() : from_talk(); }

 private:
  // How much somebody says what sellers say rather than what buyers say, against what their share
  // of all words would let expect.
  Lean lean_of(const Heard &heard) const {
    Lean lean;
    const double share = words_ == 0 ? 0 : heard.words / words_;
    for (std::size_t k = 0; k < kind_count; ++k) {
      double all = 0;
      for (const Heard &other : heard_) all += other.counts[k];
      const double told = kinds[k].weight * doublings(heard.counts[k], all * share);
      (kinds[k].core ? lean.core : lean.common) += kinds[k].of == KindOf::buying ? -told : told;
    }
    return lean;
  }

  // What is heard from all speakers of a side together.
  Heard heard_from(Role side) const {
    Heard out;
    for (std::size_t i = 0; i < speakers_.size(); ++i) {
      if (sides_[i] != side) continue;
      out.words += heard_[i].words;
      for (std::size_t k = 0; k < kind_count; ++k) out.counts[k] += heard_[i].counts[k];
    }
    return out;
  }

  static Inference doubt(std::string reason) {
    Inference out;
    out.reason = std::move(reason);
    return out;
  }

  std::size_t count(Role side) const {
    return static_cast<std::size_t>(std::count(sides_.begin(), sides_.end(), side));
  }

  // Whether the labels state both sides, or one of two speakers' side.
  bool take_labels() {
    for (std::size_t i = 0; i < speakers_.size(); ++i) sides_[i] = labels_[i].stated;
    const std::size_t reps = count(Role::rep), customers = count(Role::customer);
    if (reps > 0 && customers > 0) return true;
    if (reps + customers == 1 && speakers_.size() == 2) {
      for (Role &side : sides_) {
        if (side == Role::unknown) side = reps == 0 ? Role::rep : Role::customer;
      }
      return true;
    }
    sides_.assign(speakers_.size(), Role::unknown);
    return false;
  }

  Inference from_labels() {
    place_the_others();
    return finish(label_confidence, "the speakers' labels state their roles");
  }

  Inference from_talk() {
    const auto [low, high] = std::minmax_element(leans_.begin(), leans_.end());
    const auto seller = static_cast<std::size_t>(high - leans_.begin());
    sides_[seller] = Role::rep;
    sides_[static_cast<std::size_t>(low - leans_.begin())] = Role::customer;
    place_the_others();
    const double log_odds = log_odds_of_sale() + labels_[seller].lean;
    if (log_odds < least_log_odds) {
      return doubt("no speaker clearly talks like the seller; name the seller to be certain");
    }
    return finish(std::min(most_confidence, 1 / (1 + std::exp(-log_odds))), reason(seller));
  }

  double log_odds_of_sale() const {
    const double words = std::clamp(words_, 1.0, most_words);
    const double learned =
        learned_weight * sale_log_odds(talks_) + length_weight * std::log(words / usual_words);
    const double share = std::min(1.0, words / telling_words);
    return intercept + evidence_weight * evidence() + learned * share * share;
  }

  // How far the two sides lean apart, less what speaks for another kind of conversation.
  double evidence() const {
    const Lean sellers = lean_of(heard_from(Role::rep)),
               buyers = lean_of(heard_from(Role::customer));
    const double common = common_share * (sellers.common - buyers.common);
    return sellers.core - buyers.core + std::min(most_common, common) - penalty();
  }

  double penalty() const {
    double sentences = 0;
    for (const Heard &heard : heard_) {
      for (std::size_t k = 0; k < kind_count; ++k) {
        if (kinds[k].of == KindOf::other) sentences += heard.counts[k];
      }
    }
    const double per_thousand = words_ == 0 ? 0 : 1000 * sentences / words_;
    return std::min(most_penalty, other_penalty * per_thousand);
  }

  // Whoever is of the same company as one side, or clearly talks like it, joins it; then those who
  // talk with one side like the other.
  void place_the_others() {
    for (const bool by_replies : {false, true}) {
      const std::vector<Role> known = sides_;
      for (std::size_t i = 0; i < speakers_.size(); ++i) {
        if (known[i] != Role::unknown) continue;
        const std::optional<Role> company = side_of_company(i, known);
        const double lean = leans_[i] + (by_replies ? answering_lean(i, known) : 0);
        if (company) {
          sides_[i] = *company;
        } else if (std::abs(lean) >= (by_replies ? third_lean : clear_lean)) {
          sides_[i] = lean > 0 ? Role::rep : Role::customer;
        }
      }
    }
  }

  // The side of those whose labels name the same company; std::nullopt if both sides do, or none.
  std::optional<Role> side_of_company(std::size_t i, const std::vector<Role> &known) const {
    std::optional<Role> out;
    if (labels_[i].company.empty()) return out;
    for (std::size_t j = 0; j < known.size(); ++j) {
      if (known[j] == Role::unknown || labels_[j].company != labels_[i].company) continue;
      if (out && *out != known[j]) return std::nullopt;
      out = known[j];
    }
    return out;
  }

  // People mostly answer the other side: whoever answers sellers' questions buys.
  double answering_lean(std::size_t i, const std::vector<Role> &known) const {
    double with_sellers = 0, with_buyers = 0;
    for (std::size_t j = 0; j < known.size(); ++j) {
      const double replies = heard_[i].replies[j] + heard_[j].replies[i];
      if (known[j] == Role::rep) with_sellers += replies;
      if (known[j] == Role::customer) with_buyers += replies;
    }
    return doublings(with_buyers, with_sellers);
  }

  // Names the seller and what tells most.
  std::string reason(std::size_t seller) const {
    std::vector<std::size_t> told;
    for (std::size_t k = 0; k < kind_count; ++k) {
      if (kinds[k].of == KindOf::selling && heard_[seller].counts[k] > 0) told.push_back(k);
    }
    const auto weight = [&](std::size_t k) {
      return kinds[k].weight * std::log2(1 + heard_[seller].counts[k]);
    };
    std::stable_sort(told.begin(), told.end(),
                     [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
    std::string clauses;
    for (std::size_t n = 0; n < std::min<std::size_t>(told.size(), 3); ++n) {
      const bool last = n > 0 && n + 1 == std::min<std::size_t>(told.size(), 3);
      clauses += fmt::format("{}{}", n == 0 ? "" : last ? " and " : ", ", kinds[told[n]].clause);
    }
    return fmt::format("{} talks like the seller: {}", speakers_[seller], clauses);
  }

  Inference finish(double confidence, std::string reason) const {
    Inference out;
    std::string unknown;
    for (std::size_t i = 0; i < speakers_.size(); ++i) {
      if (sides_[i] != Role::unknown) {
        out.roles[speakers_[i]] = sides_[i];
      } else {
        unknown += (unknown.empty() ? "" : ", ") + speakers_[i];
      }
    }
    out.confidence = std::round(confidence * 100) / 100;
    out.reason = std::move(reason);
    if (!unknown.empty()) out.reason += fmt::format("; the side of {} is in doubt", unknown);
    return out;
  }

  const std::vector<std::string> &speakers_;
  std::vector<LabelMeaning> labels_;
  std::vector<Heard> heard_;
  std::vector<SpokenWords> talks_;  // by speaker
  double words_ = 0;
  std::vector<double> leans_;
  std::vector<Role> sides_;
};

}  // namespace

Inference infer_roles(const Transcript &transcript, const std::vector<std::string> &speakers) {
  if (speakers.size() < 2) {
    Inference doubt;
    doubt.reason = speakers.empty() ? "the source names no speakers" : "only one speaker is named";
    return doubt;
  }
  constexpr std::size_t most_speakers = 200;  // each is weighed against each
  if (speakers.size() > most_speakers) {
    Inference doubt;
    doubt.reason =
        fmt::format("{} speakers are named, too many to tell who sells", speakers.size());
    return doubt;
  }
  return Weigher(transcript, speakers).run();
}

std::optional<double> log_odds_of_sale(const Transcript &transcript) {
  constexpr double too_few_words = 100;
  Transcript sides = transcript;
  double words = 0;
  for (Utterance &u : sides.utterances) {
    u.speaker = name(u.role);
    if (u.suspect.empty()) words += static_cast<double>(text::count_words(u.text));
  }
  if (words < too_few_words) return std::nullopt;
  const std::vector<std::string> speakers = {name(Role::rep), name(Role::customer)};
  return Weigher(sides, speakers).log_odds_between_first_two();
}

}  // namespace saleschecklist::transcript
