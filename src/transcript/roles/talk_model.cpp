// Two logistic regressions over square roots of the frequencies of words and pairs of words. The
// weights are in schemas/models/talk-en.json, which scripts/train_talk_model.py writes.
#include "transcript/roles/talk_model.hpp"

#include "json/embedded.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_map>

namespace saleschecklist::transcript {
namespace {

constexpr double most_words = 30'000;

struct Weights {
  double intercept = 0;
  std::vector<double> of_feature;
};

struct Model {
  std::unordered_map<std::string, std::size_t> features;
  Weights seller, sale;
};

const Model &model() {
  static const Model loaded = [] {
    const auto json = nlohmann::json::parse(json::embedded_text("models/talk-en.json"));
    Model out;
    out.seller.intercept = json.at("intercepts").at("seller");
    out.sale.intercept = json.at("intercepts").at("sale");
    for (const auto &[feature, weights] : json.at("weights").items()) {
      out.features.emplace(feature, out.features.size());
      out.seller.of_feature.push_back(weights.at(0));
      out.sale.of_feature.push_back(weights.at(1));
    }
    return out;
  }();
  return loaded;
}

// The words of a text in lower case: ASCII letters, digits, "$" and "%", and an apostrophe that
// letters follow.
std::vector<std::string> words_of(std::string_view text) {
  constexpr std::string_view curly = "\xE2\x80\x99";
  std::vector<std::string> out;
  bool inside = false;
  const auto letter = [&](std::size_t at) {
    const char c = at < text.size() ? static_cast<char>(text[at] | 0x20) : ' ';
    return c >= 'a' && c <= 'z';
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_curly = text.substr(at, curly.size()) == curly;
    if (letter(at) || (c >= '0' && c <= '9') || c == '$' || c == '%') {
      if (!inside) out.emplace_back();
      out.back() += letter(at) ? static_cast<char>(c | 0x20) : c;
      inside = true;
    } else if (inside && (c == '\'' || is_curly) && letter(at + (is_curly ? curly.size() : 1)) &&
               out.back().find('\'') == std::string::npos) {
      out.back() += '\'';
      if (is_curly) at += curly.size() - 1;
    } else {
      inside = false;
    }
  }
  return out;
}

SpokenWords nothing_said() { return {0, std::vector<double>(model().features.size())}; }

void count(SpokenWords &talk, const std::string &feature) {
  const auto found = model().features.find(feature);
  if (found != model().features.end()) ++talk.counts[found->second];
}

void count_words(SpokenWords &talk, std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    count(talk, words[i]);
    if (i + 1 < words.size()) count(talk, words[i] + ' ' + words[i + 1]);
  }
  if (text.find('?') != std::string_view::npos) count(talk, "?");
  talk.words += static_cast<double>(words.size());
}

double log_odds(const Weights &weights, const SpokenWords &talk) {
  if (talk.words == 0) return 0;
  double out = weights.intercept;
  for (std::size_t i = 0; i < talk.counts.size(); ++i) {
    if (talk.counts[i] > 0) out += weights.of_feature[i] * std::sqrt(talk.counts[i] / talk.words);
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
    count_words(talk, u.text);
    words += talk.words - before;
  }
  return out;
}

double seller_log_odds(const SpokenWords &talk) { return log_odds(model().seller, talk); }

double sale_log_odds(const std::vector<SpokenWords> &talks) {
  SpokenWords all = nothing_said();
  for (const SpokenWords &talk : talks) {
    all.words += talk.words;
    for (std::size_t i = 0; i < talk.counts.size(); ++i) all.counts[i] += talk.counts[i];
  }
  return log_odds(model().sale, all);
}

}  // namespace saleschecklist::transcript
