// Linear models over square roots of the frequencies of features, and over the kinds of evidence.
// The weights are in schemas/models/talk-en.json, which scripts/train_talk_model.py writes.
#include "transcript/roles/talk_model.hpp"

#include "json/embedded.hpp"
#include "json/library.hpp"
#include "transcript/roles/talk_features.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_map>

namespace saleschecklist::transcript {
namespace {

constexpr double most_words = 30'000;
constexpr double telling_words_of_one = 40;  // in fewer, a speaker's odds count by their share
constexpr double few_exchanges = 5;          // from which they begin to tell something
// Below a usual length the kinds of evidence count more, and below a short one the features less.
constexpr double short_call = 100, usual_call = 500;

struct Weights {
  std::vector<double> of_feature;
  std::array<double, kind_count> of_kind{};
};

struct Model {
  std::unordered_map<std::string, std::size_t> features;
  Weights seller, sale;
  double exchanges = 0, sale_intercept = 0;
};

const Model &model() {
  static const Model loaded = [] {
    const auto json = nlohmann::json::parse(json::embedded_text("models/talk-en.json"));
    Model out;
    out.exchanges = json.at("exchanges");
    out.sale_intercept = json.at("sale_intercept");
    for (std::size_t k = 0; k < kind_count; ++k) {
      const auto &weights = json.at("kinds").at(std::string(kinds[k].id));
      out.seller.of_kind[k] = weights.at(0);
      out.sale.of_kind[k] = weights.at(1);
    }
    for (const auto &[feature, weights] : json.at("features").items()) {
      out.features.emplace(feature, out.features.size());
      out.seller.of_feature.push_back(weights.at(0));
      out.sale.of_feature.push_back(weights.at(1));
    }
    return out;
  }();
  return loaded;
}

SpokenWords nothing_said() { return {0, std::vector<double>(model().features.size())}; }

void count_features(SpokenWords &talk, std::string_view text) {
  const auto &known = model().features;
  const std::size_t words = each_feature(text, [&](const std::string &feature) {
    const auto found = known.find(feature);
    if (found != known.end()) ++talk.counts[found->second];
  });
  talk.words += static_cast<double>(words);
}

double sum_of_features(const Weights &weights, const SpokenWords &talk) {
  double out = 0;
  for (std::size_t i = 0; i < talk.counts.size(); ++i) {
    if (talk.counts[i] > 0) out += weights.of_feature[i] * std::sqrt(talk.counts[i] / talk.words);
  }
  return out;
}

// What all speakers give as evidence together.
Heard all_heard(const std::vector<Heard> &heard) {
  Heard all;
  for (const Heard &one : heard) {
    all.words += one.words;
    for (std::size_t k = 0; k < kind_count; ++k) all.counts[k] += one.counts[k];
  }
  return all;
}

// How often somebody gives each kind of evidence, in doublings against what their share of all
// words would let expect.
double sum_of_kinds(const Weights &weights, const Heard &one, const Heard &all) {
  const double share = all.words == 0 ? 0 : one.words / all.words;
  double out = 0;
  for (std::size_t k = 0; k < kind_count; ++k) {
    out += weights.of_kind[k] * std::log2((one.counts[k] + 1) / (all.counts[k] * share + 1));
  }
  return out;
}

}  // namespace

std::vector<SpokenWords> hear_talk(const Transcript &transcript,
                                   const std::vector<std::string> &speakers) {
  std::vector<SpokenWords> out(speakers.size(), nothing_said());
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < speakers.size(); ++i) {
    places.emplace(speakers[i], i);
  }
  double words = 0;
  for (const Utterance &u : transcript.utterances) {
    const auto place = places.find(u.speaker);
    if (!u.suspect.empty() || place == places.end() || words > most_words) continue;
    SpokenWords &talk = out[place->second];
    const double before = talk.words;
    count_features(talk, u.text);
    words += talk.words - before;
  }
  return out;
}

std::vector<double> seller_log_odds(const std::vector<SpokenWords> &talks,
                                    const std::vector<Heard> &heard) {
  const Heard all = all_heard(heard);
  std::vector<double> out;
  double sum = 0, words = 0;
  for (std::size_t i = 0; i < talks.size(); ++i) {
    out.push_back(sum_of_features(model().seller, talks[i]) +
                  sum_of_kinds(model().seller, heard[i], all));
    sum += talks[i].words * out[i];
    words += talks[i].words;
  }
  const double mean = words == 0 ? 0 : sum / words;
  for (std::size_t i = 0; i < talks.size(); ++i) {
    out[i] = (out[i] - mean) * std::min(1.0, talks[i].words / telling_words_of_one);
  }
  return out;
}

double apart_log_odds(double exchanges) {
  return model().exchanges * std::log2(1 + exchanges / few_exchanges);
}

double sale_log_odds(const std::vector<SpokenWords> &talks, const std::vector<Heard> &heard) {
  SpokenWords together = nothing_said();
  for (const SpokenWords &talk : talks) {
    together.words += talk.words;
    for (std::size_t i = 0; i < talk.counts.size(); ++i) together.counts[i] += talk.counts[i];
  }
  const Heard all = all_heard(heard);
  double evidence = 0;
  for (std::size_t k = 0; k < kind_count; ++k) {
    const double per_hundred = all.words == 0 ? 0 : 100 * all.counts[k] / all.words;
    evidence += model().sale.of_kind[k] * std::sqrt(per_hundred);
  }
  const double told =
      sum_of_features(model().sale, together) * std::min(1.0, together.words / short_call);
  const double shortness =
      std::log(usual_call / std::clamp(together.words, short_call, usual_call));
  return model().sale_intercept + told + evidence * (1 + shortness / 2);
}

}  // namespace saleschecklist::transcript
