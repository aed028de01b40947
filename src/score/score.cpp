// score(). All sums are integers, so anyone can recompute a score exactly.
#include <saleschecklist/score.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "json/schema.hpp"
#include "score/score_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <unordered_map>

namespace saleschecklist::scoring {
namespace {

bool is_whole_thousandths(double value) {
  const double scaled = value * static_cast<double>(thousandths);
  return std::fabs(scaled - std::round(scaled)) < 1e-6;
}

void check_band(std::vector<Error> &faults, const Band &band, const std::string &where) {
  const auto fault = [&](const char *message, const char *field) {
    faults.push_back(errors::invalid_argument(message, where + field));
  };
  if (!(band.threshold >= 0 && band.threshold <= 100) || !is_whole_thousandths(band.threshold)) {
    fault("expected a percentage from 0 to 100 in steps of 0.001", "/threshold");
  }
  if (band.label.empty()) fault("expected a label", "/label");
  if (!is_color(band.color)) fault("expected a colour such as #27ae60", "/color");
}

void check_gates(std::vector<Error> &faults, const std::vector<Gate> &gates) {
  std::set<std::pair<std::string_view, std::string_view>> known;  // items and stages
  for (std::size_t i = 0; i < gates.size(); ++i) {
    const auto fault = [&](std::string message, const char *field) {
      faults.push_back(
          errors::invalid_argument(std::move(message), fmt::format("/gates/{}{}", i, field)));
    };
    if (gates[i].item_id.empty()) fault("expected the id of an item", "/item_id");
    if (gates[i].at_most == RiskBand::green) fault("expected yellow or red", "/at_most");
    if (!known.emplace(gates[i].item_id, gates[i].from_stage).second) {
      fault(fmt::format("the item '{}' already has a gate", gates[i].item_id), "/item_id");
    }
  }
}

struct Tally {
  std::uint64_t points = 0;  // of items answered yes, in weight units
  std::uint64_t possible = 0;
};

// An item answered yes whose quotes were all rejected counts as unsupported unless a person gave
// the answer.
bool is_unsupported(const Response *response) {
  return response != nullptr && response->support == Support::unsupported && !response->correction;
}

bool is_validated(const Response *response, const Policy &policy) {
  if (response == nullptr) return false;
  if (response->answer == Answer::ambiguous) return policy.ambiguous == CountsAs::yes;
  return response->answer == Answer::yes && !is_unsupported(response);
}

bool is_left_out(Answer answer, const Policy &policy) {
  return answer == Answer::not_applicable ||
         (answer == Answer::ambiguous && policy.ambiguous == CountsAs::left_out);
}

struct Ranked {
  ScoredItem item;
  std::uint64_t weight;
  double confidence;
  std::size_t order;
};

std::vector<ScoredItem> ranked(std::vector<Ranked> items) {
  std::sort(items.begin(), items.end(), [](const Ranked &a, const Ranked &b) {
    if (a.weight != b.weight) return a.weight > b.weight;
    if (a.confidence != b.confidence) return a.confidence > b.confidence;
    return a.order < b.order;
  });
  std::vector<ScoredItem> out;
  out.reserve(items.size());
  for (Ranked &r : items) out.push_back(std::move(r.item));
  return out;
}

class Scorer {
 public:
  Scorer(const Checklist &checklist, const Policy &policy)
      : checklist_(checklist), policy_(policy) {}

  std::optional<Error> index(const std::vector<Response> &responses) {
    for (const Category &category : checklist_.categories) {
      for (const Item &item : category.items) answers_.emplace(item.id, nullptr);
    }
    for (std::size_t i = 0; i < responses.size(); ++i) {
      const auto found = answers_.find(responses[i].item_id);
      const std::string where = fmt::format("/{}/item_id", i);
      if (found == answers_.end()) {
        return errors::invalid_argument(fmt::format("the checklist '{1}' has no item '{0}'",
                                                    responses[i].item_id, checklist_.id),
                                        where);
      }
      if (found->second != nullptr) {
        return errors::invalid_argument(
            fmt::format("the item '{}' is answered more than once", responses[i].item_id), where);
      }
      if (!(responses[i].confidence >= 0 && responses[i].confidence <= 1)) {
        return errors::invalid_argument("expected a confidence from 0 to 1",
                                        fmt::format("/{}/confidence", i));
      }
      found->second = &responses[i];
    }
    return std::nullopt;
  }

  Result<Score> run() {
    for (const Category &category : checklist_.categories) add_category(category);
    if (total_.possible == 0) {
      return errors::invalid_argument("there is nothing to score: every item is not applicable");
    }
    const std::uint64_t permille = 1000 * total_.points / total_.possible;
    out_.percentage = static_cast<double>(permille) / 10.0;
    out_.total_score = static_cast<int>(permille / 10);
    out_.strengths = ranked(std::move(strengths_));
    out_.gaps = ranked(std::move(gaps_));
    out_.policy = policy_;
    choose_band();
    return std::move(out_);
  }

 private:
  void add_category(const Category &category) {
    CategoryScore row;
    row.id = category.id;
    row.name = category.name;
    Tally tally;
    for (const Item &item : category.items) {
      add_item(category, item, weight_units(category, item, policy_.mode), row, tally);
    }
    total_.points += tally.points;
    total_.possible += tally.possible;
    row.score = points_of(tally.points, category.max_score);
    row.max_score = points_of(tally.possible, category.max_score);
    out_.category_breakdown.push_back(std::move(row));
  }

  void add_item(const Category &category, const Item &item, std::uint64_t weight,
                CategoryScore &row, Tally &tally) {
    const Response *response = answers_.at(item.id);
    const Answer answer = response == nullptr ? Answer::unanswered : response->answer;
    const double confidence = response == nullptr ? 0 : response->confidence;
    ScoreSummary &summary = out_.summary;
    const std::size_t order = summary.total_items++;
    if (answer == Answer::denied) ++summary.denied_items;
    if (answer == Answer::ambiguous) ++summary.ambiguous_items;
    if (is_left_out(answer, policy_)) {
      ++summary.not_applicable_items;
      return;
    }
    ++row.total_items;
    tally.possible += weight;
    Ranked entry{{item.id, item.title, category.name}, weight, confidence, order};
    if (is_validated(response, policy_)) {
      ++summary.validated_items;
      ++row.validated_items;
      tally.points += weight;
      strengths_.push_back(std::move(entry));
      return;
    }
    if (answer == Answer::unanswered)
      ++summary.unanswered_items;
    else
      ++summary.unvalidated_items;
    if (is_unsupported(response)) ++summary.unsupported_items;
    gaps_.push_back(std::move(entry));
  }

  void close_gates() {
    for (const Gate &gate : policy_.gates) {
      const Response *response = answers_.at(gate.item_id);
      const Answer answer = response == nullptr ? Answer::unanswered : response->answer;
      const bool holds = gate.from_stage.empty() && !is_left_out(answer, policy_);
      if (!holds || is_validated(response, policy_)) continue;
      const Item *item = find_item(checklist_, gate.item_id);
      out_.closed_gates.push_back({gate.item_id, item->title, answer, gate.at_most, gate.reason});
      out_.risk_band = std::min(out_.risk_band, gate.at_most);
    }
  }

  void choose_band() {
    out_.risk_band = BandEdges(policy_).band(total_.points, total_.possible);
    close_gates();
    const Band &band = out_.risk_band == RiskBand::green    ? policy_.green
                       : out_.risk_band == RiskBand::yellow ? policy_.yellow
                                                            : policy_.red;
    out_.risk_label = band.label;
    out_.risk_color = band.color;
  }

  const Checklist &checklist_;
  const Policy &policy_;
  std::unordered_map<std::string, const Response *> answers_;
  Tally total_;
  Score out_;
  std::vector<Ranked> strengths_, gaps_;
};

}  // namespace

bool is_color(const std::string &color) {
  return color.size() == 7 && color[0] == '#' &&
         color.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

const Item *find_item(const Checklist &checklist, std::string_view id) {
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      if (item.id == id) return &item;
    }
  }
  return nullptr;
}

std::optional<Error> unscorable(const Checklist &checklist, const Policy &policy) {
  if (const auto faults = validate(policy); !faults.empty()) return json::join_faults(faults);
  if (const auto faults = validate(checklist); !faults.empty()) {
    Error error = json::join_faults(faults);
    error.code = ErrorCode::invalid_argument;
    return error;
  }
  for (std::size_t i = 0; i < policy.gates.size(); ++i) {
    const std::string &id = policy.gates[i].item_id;
    if (find_item(checklist, id) == nullptr) {
      return errors::invalid_argument(
          fmt::format("the checklist '{}' has no item '{}'", checklist.id, id),
          fmt::format("/policy/gates/{}/item_id", i));
    }
  }
  return std::nullopt;
}

}  // namespace saleschecklist::scoring

namespace saleschecklist {

std::vector<Error> validate(const Policy &policy) {
  std::vector<Error> faults;
  scoring::check_band(faults, policy.green, "/green");
  scoring::check_band(faults, policy.yellow, "/yellow");
  scoring::check_band(faults, policy.red, "/red");
  if (policy.yellow.threshold > policy.green.threshold) {
    faults.push_back(errors::invalid_argument(
        fmt::format(
            "the bands are out of order: expected the threshold of yellow ({}) to be at most that "
            "of green ({})",
            policy.yellow.threshold, policy.green.threshold),
        "/yellow/threshold"));
  }
  scoring::check_gates(faults, policy.gates);
  if (policy.evidence_ttl_ms && *policy.evidence_ttl_ms < 1) {
    faults.push_back(errors::invalid_argument("expected at least 1 ms", "/evidence_ttl_ms"));
  }
  if (policy.red.threshold != 0) {
    faults.push_back(
        errors::invalid_argument("expected a threshold of 0 for red", "/red/threshold"));
  }
  return faults;
}

Result<Score> score(const Checklist &checklist, const std::vector<Response> &responses,
                    const Policy &policy) {
  return base::guard([&]() -> Result<Score> {
    if (auto error = scoring::unscorable(checklist, policy)) return *std::move(error);
    scoring::Scorer scorer(checklist, policy);
    if (auto error = scorer.index(responses)) return *std::move(error);
    return scorer.run();
  });
}

const char *name(RiskBand band) noexcept {
  switch (band) {
    case RiskBand::green:
      return "green";
    case RiskBand::yellow:
      return "yellow";
    case RiskBand::red:
      break;
  }
  return "red";
}

const char *name(CountsAs counts) noexcept {
  switch (counts) {
    case CountsAs::yes:
      return "yes";
    case CountsAs::left_out:
      return "left_out";
    case CountsAs::no:
      break;
  }
  return "no";
}

const char *name(ScoringMode mode) noexcept {
  return mode == ScoringMode::weighted ? "weighted" : "equal_weight";
}

}  // namespace saleschecklist
