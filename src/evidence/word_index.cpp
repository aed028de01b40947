#include "evidence/word_index.hpp"

#include <algorithm>
#include <cstdint>

namespace saleschecklist::evidence {
namespace {

// The folded words [first, last) of a quote, with what stands between them.
std::string_view folded_words(const text::WordedText &quote, std::size_t first, std::size_t last) {
  const std::uint32_t begin = quote.words[first].begin;
  return std::string_view(quote.folded.text).substr(begin, quote.words[last - 1].end - begin);
}

bool inside_word(const text::WordedText &text, std::size_t at) {
  const auto after = std::upper_bound(text.words.begin(), text.words.end(), at,
                                      [](std::size_t p, const text::Word &w) { return p < w.end; });
  return after != text.words.end() && after->begin < at;
}

}  // namespace

WordIndex::WordIndex(const Transcript &transcript) {
  for (const Utterance &u : transcript.utterances) texts_.push_back(text::split_words(u.text));
  for (std::size_t u = 0; u < texts_.size(); ++u) {
    for (const text::Word &word : texts_[u].words) {
      auto &list = holders_[texts_[u].text_of(word)];
      if (list.empty() || list.back() != u) list.push_back(u);
    }
  }
}

std::vector<std::size_t> WordIndex::candidates(const text::WordedText &quote) const {
  const std::vector<std::size_t> *rarest = nullptr;
  for (const text::Word &word : quote.words) {
    const auto found = holders_.find(quote.text_of(word));
    if (found == holders_.end()) return {};
    if (rarest == nullptr || found->second.size() < rarest->size()) rarest = &found->second;
  }
  return rarest == nullptr ? std::vector<std::size_t>() : *rarest;
}

std::optional<Range> WordIndex::find(const text::WordedText &quote, std::size_t utterance) const {
  const std::string_view needle = folded_words(quote, 0, quote.words.size());
  const text::WordedText &text = texts_[utterance];
  const std::string &hay = text.folded.text;
  for (std::size_t at = hay.find(needle); at != std::string::npos; at = hay.find(needle, at + 1)) {
    const std::size_t end = at + needle.size();
    if (!inside_word(text, at) && !inside_word(text, end)) {
      return Range{text.folded.begin[at], text.folded.end[end - 1]};
    }
  }
  return std::nullopt;
}

bool WordIndex::has_run(const text::WordedText &quote, std::size_t first, std::size_t last) const {
  const text::WordedText run = text::split_words(folded_words(quote, first, last));
  const auto places = candidates(run);
  return std::any_of(places.begin(), places.end(),
                     [&](std::size_t u) { return find(run, u).has_value(); });
}

bool WordIndex::is_stitched(const text::WordedText &quote) const {
  constexpr std::size_t least_run = 3;
  const std::size_t size = quote.words.size();
  if (size < 2 * least_run || !has_run(quote, 0, least_run)) return false;
  // If a run stands, so does every beginning of it: cut after the longest, which leaves the
  // shortest end.
  std::size_t cut = least_run, beyond = size - least_run + 1;
  while (cut + 1 < beyond) {
    const std::size_t middle = cut + (beyond - cut) / 2;
    (has_run(quote, 0, middle) ? cut : beyond) = middle;
  }
  return has_run(quote, cut, size);
}

}  // namespace saleschecklist::evidence
