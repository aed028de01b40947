// Word stems as small integers. The only user of the Snowball library.
#ifndef SALESCHECKLIST_TEXT_STEMS_HPP
#define SALESCHECKLIST_TEXT_STEMS_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sb_stemmer;

namespace saleschecklist::text {

// The Snowball English stemmer. Irregular verbs are first replaced with their base form ("lose" for
// "lost"). One thread at a time.
class Stemmer {
 public:
  Stemmer();
  std::string_view stem(std::string_view word);  // valid until the next call

 private:
  struct Deleter {
    void operator()(sb_stemmer *stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Deleter> stemmer_;
};

using Stem = std::int32_t;
constexpr Stem unknown_stem = -1;

// The number of each stem that occurs in cues, counted from 0.
using StemNumbers = std::unordered_map<std::string, Stem>;

// Maps words of a transcript to the numbers of their stems. One thread at a time.
class StemLookup {
 public:
  explicit StemLookup(const StemNumbers &numbers) : numbers_(numbers) {}
  Stem find(std::string_view folded_word);  // unknown_stem if no cue has the word

 private:
  const StemNumbers &numbers_;
  Stemmer stemmer_;
  std::unordered_map<std::string, Stem> known_;  // cache, by word
};

}  // namespace saleschecklist::text

#endif
