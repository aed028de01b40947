#include "assess/model/prompt_injection.hpp"

#include "evidence/evidence.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t least_shared = 3;  // words of a text that is contained in another
constexpr std::size_t run_length = 6;  // consecutive words that two texts do not share by accident
constexpr std::size_t most_searched =
    200;  // reported quotes; of further ones the whole line counts

std::vector<std::string> folded_words(const std::string &text) {
  const text::WordedText worded = text::split_words(text);
  std::vector<std::string> out;
  out.reserve(worded.words.size());
  for (const text::Word &word : worded.words) out.emplace_back(worded.text_of(word));
  return out;
}

// The words [first, first + count), with a space around each.
std::string joined(const std::vector<std::string> &words, std::size_t first, std::size_t count) {
  std::string out = " ";
  for (std::size_t i = first; i < first + count; ++i) out += words[i] + " ";
  return out;
}

// Whether any `length` consecutive words are in `known`.
bool any_run(const std::vector<std::string> &words, std::size_t length,
             const std::unordered_set<std::string> &known) {
  for (std::size_t i = 0; !known.empty() && i + length <= words.size(); ++i) {
    if (known.count(joined(words, i, length)) != 0) return true;
  }
  return false;
}

}  // namespace

std::vector<Evidence> locate_injections(const Transcript &transcript,
                                        const std::vector<Quote> &reported,
                                        const CancelToken &cancel) {
  std::vector<Claim> claims;
  std::set<std::size_t> lines;
  const auto suspect = [&](const std::optional<std::size_t> &line) {
    if (line && *line < transcript.utterances.size() &&
        transcript.utterances[*line].suspect.empty()) {
      lines.insert(*line);
    }
  };
  std::set<std::pair<std::optional<std::size_t>, std::string>> known;
  for (const Quote &quote : reported) {
    if (!known.emplace(quote.utterance, quote.words).second) continue;
    if (claims.size() < most_searched) {
      claims.push_back({quote.words, quote.utterance, EvidenceFrom::either});
    } else {
      suspect(quote.utterance);
    }
  }
  std::vector<Evidence> out;
  std::vector<Verdict> verdicts = evidence::verify(transcript, claims, cancel);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const auto &found = verdicts[i].evidence;
    if (!found || found->status != EvidenceStatus::verified) suspect(claims[i].utterance);
    if (found) out.push_back(*found);
  }
  for (const std::size_t line : lines) {
    const std::size_t size = transcript.utterances[line].text.size();
    out.push_back(evidence::evidence_at(transcript, line, 0, size, EvidenceStatus::verified));
  }
  return out;
}

PromptInjections::PromptInjections(const std::vector<Evidence> &places) : places_(places) {
  for (const Evidence &place : places) {
    const auto words = folded_words(place.quote);
    if (words.size() < least_shared) continue;
    texts_.push_back(joined(words, 0, words.size()));
    if (words.size() < run_length) short_.insert(texts_.back());
    for (std::size_t i = 0; i + run_length <= words.size(); ++i) {
      runs_.insert(joined(words, i, run_length));
    }
  }
}

bool PromptInjections::hold(const Evidence &evidence) const {
  const bool there = std::any_of(places_.begin(), places_.end(), [&](const Evidence &place) {
    return evidence::overlap(place, evidence);
  });
  if (there) return true;
  if (texts_.empty()) return false;
  const auto words = folded_words(evidence.quote);
  if (words.size() < least_shared) return false;
  if (any_run(words, run_length, runs_)) return true;
  for (std::size_t length = least_shared; length < run_length; ++length) {
    if (any_run(words, length, short_)) return true;
  }
  if (words.size() >= run_length) return false;
  const std::string text = joined(words, 0, words.size());
  return std::any_of(texts_.begin(), texts_.end(), [&](const std::string &attempt) {
    return attempt.find(text) != std::string::npos;
  });
}

}  // namespace saleschecklist::assessing
