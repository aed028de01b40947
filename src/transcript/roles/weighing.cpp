#include "transcript/roles/weighing.hpp"

#include "text/words.hpp"
#include "transcript/roles/evidence.hpp"
#include "transcript/roles/labels.hpp"
#include "transcript/roles/sides.hpp"
#include "transcript/roles/talk_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace saleschecklist::transcript {
namespace {

// Of conversations that were not learned from, nearly none but sales calls have such log odds.
constexpr double least_log_odds = 1;
// How certain it has to be of one speaker at least that they sell, and of one that they buy, before
// anybody has a role, and of each other speaker.
constexpr double clear_chance = 0.9, third_chance = 0.85;
// The log odds that speakers whose labels name the same company are on the same side.
constexpr double same_company = 4;
constexpr double label_confidence = 0.97, most_confidence = 0.99;

// How certain it is of somebody whether they sell.
double certainty(double chance) { return std::max(chance, 1 - chance); }

class Weigher {
 public:
  Weigher(const Transcript &transcript, const std::vector<std::string> &speakers)
      : speakers_(speakers), heard_(hear_evidence(transcript, speakers)) {
    const std::vector<SpokenWords> talks = hear_talk(transcript, speakers);
    sale_log_odds_ = sale_log_odds(talks, heard_);
    pulls_.leans = seller_log_odds(talks, heard_);
    pulls_.apart = count_exchanges(transcript, speakers);
    for (std::size_t i = 0; i < speakers.size(); ++i) {
      labels_.push_back(meaning_of_label(speakers[i]));
      pulls_.words.push_back(talks[i].words);
      pulls_.leans[i] += labels_[i].lean;
      for (double &exchanges : pulls_.apart[i]) exchanges = apart_log_odds(exchanges);
    }
    keep_companies_together();
    sides_.resize(speakers.size(), Role::unknown);
  }

  Inference run() { return take_labels() ? from_labels() : from_talk(); }

 private:
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
    pulls_.known = sides_;
    place(chances_of_selling(pulls_));
    return finish(label_confidence, "the speakers' labels state their roles");
  }

  Inference from_talk() {
    pulls_.known = sides_;
    const std::vector<double> chances = chances_of_selling(pulls_);
    const auto [low, high] = std::minmax_element(chances.begin(), chances.end());
    const auto seller = static_cast<std::size_t>(high - chances.begin());
    const double log_odds = sale_log_odds_ + labels_[seller].lean;
    if (log_odds < least_log_odds || *high < clear_chance || *low > 1 - clear_chance) {
      return doubt("no speaker clearly talks like the seller; name the seller to be certain");
    }
    place(chances);
    double confidence = std::min(most_confidence, 1 / (1 + std::exp(-log_odds)));
    for (std::size_t i = 0; i < chances.size(); ++i) {
      if (sides_[i] != Role::unknown) confidence = std::min(confidence, certainty(chances[i]));
    }
    return finish(confidence, reason(seller));
  }

  void place(const std::vector<double> &chances) {
    for (std::size_t i = 0; i < chances.size(); ++i) {
      if (sides_[i] != Role::unknown || certainty(chances[i]) < third_chance) continue;
      sides_[i] = chances[i] > 0.5 ? Role::rep : Role::customer;
    }
  }

  // Unless all are of one company, which then tells nothing.
  void keep_companies_together() {
    const auto same = [&](const LabelMeaning &label) {
      return label.company == labels_[0].company;
    };
    if (std::all_of(labels_.begin(), labels_.end(), same)) return;
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      for (std::size_t j = 0; j < labels_.size(); ++j) {
        const bool together =
            !labels_[i].company.empty() && labels_[i].company == labels_[j].company;
        if (together && i != j) pulls_.apart[i][j] -= same_company;
      }
    }
  }

  // Names the seller and what tells most.
  std::string reason(std::size_t seller) const {
    std::vector<std::size_t> told;
    for (std::size_t k = 0; k < kind_count; ++k) {
      if (kinds[k].of == KindOf::selling && heard_[seller].counts[k] > 0) told.push_back(k);
    }
    const auto weight = [&](std::size_t k) {
      return kinds[k].telling * std::log2(1 + heard_[seller].counts[k]);
    };
    std::stable_sort(told.begin(), told.end(),
                     [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
    std::string clauses;
    for (std::size_t n = 0; n < std::min<std::size_t>(told.size(), 3); ++n) {
      const bool last = n > 0 && n + 1 == std::min<std::size_t>(told.size(), 3);
      clauses += fmt::format("{}{}", n == 0 ? "" : last ? " and " : ", ", kinds[told[n]].clause);
    }
    return fmt::format("{} talks like the seller{}{}", speakers_[seller],
                       clauses.empty() ? "" : ": ", clauses);
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
  std::vector<Heard> heard_;
  std::vector<LabelMeaning> labels_;
  double sale_log_odds_ = 0;
  Pulls pulls_;
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
  return sale_log_odds(hear_talk(sides, speakers), hear_evidence(sides, speakers));
}

}  // namespace saleschecklist::transcript
