#include "evidence/word_index.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace saleschecklist::evidence {
namespace {

// The folded words [first, last) of a quote, with what stands between them.
std::string_view folded_words(const text::WordedText &quote, std::size_t first, std::size_t last) {
  const std::uint32_t begin = quote.words[first].begin;
  return std::string_view(quote.folded.text).substr(begin, quote.words[last - 1].end - begin);
}

// The first word that ends after `at`.
std::vector<text::Word>::const_iterator word_after(const std::vector<text::Word> &words,
                                                   std::size_t at) {
  return std::partition_point(words.begin(), words.end(),
                              [=](const text::Word &w) { return w.end <= at; });
}

bool is_inside_word(const std::vector<text::Word> &words, std::size_t at) {
  const auto after = word_after(words, at);
  return after != words.end() && after->begin < at;
}

// Searches for one text in others in linear time, however often a part of it is repeated there
// (Knuth, Morris and Pratt, "Fast pattern matching in strings", 1977).
class Search {
 public:
  explicit Search(std::string_view needle) : needle_(needle), borders_(needle.size()) {
    for (std::size_t i = 1; i < needle.size(); ++i) {
      borders_[i] = longer(borders_[i - 1], needle[i]);
    }
  }

  // The first place at which the needle stands whole words of `hay` apart; npos if there is none.
  std::size_t find(std::string_view hay, const std::vector<text::Word> &words) const {
    std::size_t matched = 0;
    for (std::size_t i = 0; i < hay.size(); ++i) {
      matched = longer(matched, hay[i]);
      if (matched < needle_.size()) continue;
      const std::size_t end = i + 1, begin = end - matched;
      if (!is_inside_word(words, begin) && !is_inside_word(words, end)) return begin;
      matched = borders_.back();
    }
    return std::string_view::npos;
  }

 private:
  // How much of the needle stands before a character if `matched` of it stood before the last one.
  std::size_t longer(std::size_t matched, char next) const {
    while (matched > 0 && needle_[matched] != next) matched = borders_[matched - 1];
    return needle_[matched] == next ? matched + 1 : 0;
  }

  std::string_view needle_;
  std::vector<std::size_t> borders_;  // of each prefix: its longest other prefix that ends it, too
};

}  // namespace

WordIndex::WordIndex(const Transcript &transcript) : transcript_(transcript) {
  texts_.reserve(transcript.utterances.size());
  for (const Utterance &u : transcript.utterances) {
    text::WordedText worded = text::split_words(u.text);
    texts_.push_back({std::move(worded.folded.text), std::move(worded.words)});
  }
  for (std::size_t u = 0; u < texts_.size(); ++u) {
    const std::string_view text = texts_[u].folded;
    for (const text::Word &word : texts_[u].words) {
      auto &list = holders_[text.substr(word.begin, word.end - word.begin)];
      if (list.empty() || list.back() != u) list.push_back(static_cast<std::uint32_t>(u));
    }
  }
}

std::vector<std::uint32_t> WordIndex::candidates(const text::WordedText &quote) const {
  const std::vector<std::uint32_t> *rarest = nullptr;
  for (const text::Word &word : quote.words) {
    const auto found = holders_.find(quote.text_of(word));
    if (found == holders_.end()) return {};
    if (rarest == nullptr || found->second.size() < rarest->size()) rarest = &found->second;
  }
  return rarest == nullptr ? std::vector<std::uint32_t>() : *rarest;
}

std::optional<Range> WordIndex::find(const text::WordedText &quote, std::size_t utterance) const {
  const std::string_view needle = folded_words(quote, 0, quote.words.size());
  const Text &text = texts_[utterance];
  const std::size_t begin = Search(needle).find(text.folded, text.words);
  if (begin == std::string_view::npos) return std::nullopt;
  return range_of(utterance, begin, begin + needle.size());
}

// The bytes of the utterance from which the bytes [begin, end) of its folded text were made.
Range WordIndex::range_of(std::size_t utterance, std::size_t begin, std::size_t end) const {
  const std::vector<text::Word> &words = texts_[utterance].words;
  const auto first = word_after(words, begin), last = word_after(words, end - 1);
  if (first != words.end() && first->begin == begin && last != words.end() && last->end == end) {
    return {first->source_begin, last->source_end};
  }
  // What is a word in the quote may be none here, such as a sign.
  const base::FoldedText folded = base::fold(transcript_.utterances[utterance].text);
  return {folded.begin[begin], folded.end[end - 1]};
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
