#include "transcript/roles/sides.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>

namespace saleschecklist::transcript {
namespace {

constexpr std::size_t most_together = 10;

class Division {
 public:
  explicit Division(const Pulls &pulls) : pulls_(pulls), chances_(pulls.words.size(), 0.5) {
    for (std::size_t i = 0; i < pulls.known.size(); ++i) {
      if (pulls.known[i] != Role::unknown) {
        chances_[i] = pulls.known[i] == Role::rep;
        placed_.push_back(i);
      } else {
        open_.push_back(i);
      }
    }
    std::stable_sort(open_.begin(), open_.end(),
                     [&](std::size_t a, std::size_t b) { return pulls.words[a] > pulls.words[b]; });
  }

  std::vector<double> run() && {
    const std::size_t together = std::min(open_.size(), most_together);
    place_together({open_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(together)});
    for (std::size_t n = together; n < open_.size(); ++n) place(open_[n]);
    return std::move(chances_);
  }

 private:
  // The log odds that somebody sells, by their talk and by those who are placed.
  double pull(std::size_t i) const {
    double out = pulls_.leans[i];
    for (const std::size_t j : placed_) out += pulls_.apart[i][j] * (1 - 2 * chances_[j]);
    return out;
  }

  void place(std::size_t i) {
    chances_[i] = 1 / (1 + std::exp(-pull(i)));
    placed_.push_back(i);
  }

  // Whether each side has somebody if those of `who` sell whose bits are set.
  bool has_both(std::size_t who, std::size_t bits) const {
    const auto sells = [&](std::size_t i) { return chances_[i] == 1; };
    const bool seller = bits != 0 || std::any_of(placed_.begin(), placed_.end(), sells);
    const bool buyer =
        bits + 1 != std::size_t{1} << who || !std::all_of(placed_.begin(), placed_.end(), sells);
    return seller && buyer;
  }

  void place_together(const std::vector<std::size_t> &who) {
    std::vector<double> pulls;
    pulls.reserve(who.size());
    for (const std::size_t i : who) pulls.push_back(pull(i));
    std::vector<double> log_weights;
    for (std::size_t bits = 0; bits < std::size_t{1} << who.size(); ++bits) {
      double sum = 0;
      for (std::size_t a = 0; a < who.size(); ++a) {
        const bool sells = bits >> a & 1;
        if (sells) sum += pulls[a];
        for (std::size_t b = 0; b < a; ++b) {
          if (sells != (bits >> b & 1)) sum += pulls_.apart[who[a]][who[b]];
        }
      }
      log_weights.push_back(has_both(who.size(), bits) ? sum : -HUGE_VAL);
    }
    const double greatest = *std::max_element(log_weights.begin(), log_weights.end());
    double all = 0;
    std::vector<double> selling(who.size());
    for (std::size_t bits = 0; bits < log_weights.size(); ++bits) {
      const double weight = std::exp(log_weights[bits] - greatest);
      all += weight;
      for (std::size_t a = 0; a < who.size(); ++a) selling[a] += bits >> a & 1 ? weight : 0;
    }
    for (std::size_t a = 0; a < who.size(); ++a) chances_[who[a]] = selling[a] / all;
    placed_.insert(placed_.end(), who.begin(), who.end());
  }

  const Pulls &pulls_;
  std::vector<double> chances_;
  std::vector<std::size_t> placed_, open_;
};

}  // namespace

std::vector<std::vector<double>> count_exchanges(const Transcript &transcript,
                                                 const std::vector<std::string> &speakers) {
  std::vector<std::vector<double>> out(speakers.size(), std::vector<double>(speakers.size()));
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < speakers.size(); ++i) places.emplace(speakers[i], i);
  auto before = places.end();
  for (const Utterance &u : transcript.utterances) {
    const auto now = places.find(u.speaker);
    if (now == places.end()) continue;
    if (before != places.end() && before != now) {
      ++out[before->second][now->second];
      ++out[now->second][before->second];
    }
    before = now;
  }
  return out;
}

std::vector<double> chances_of_selling(const Pulls &pulls) { return Division(pulls).run(); }

}  // namespace saleschecklist::transcript
