// Word stems as small numbers; the only user of the Snowball library.
#ifndef SALESCHECKLIST_TEXT_STEMS_HPP
#define SALESCHECKLIST_TEXT_STEMS_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sb_stemmer;

namespace saleschecklist::text {

// The Snowball English stemmer, with irregular verbs brought to their base form first ("lost" is
// "lose"). One thread at a time.
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

// Numbers of the stems that cues use, 0, 1, 2 ...
using StemNumbers = std::unordered_map<std::string, Stem>;

// Finds the numbers of spoken words. One thread at a time.
class StemLookup {
 public:
  explicit StemLookup(const StemNumbers &numbers) : numbers_(numbers) {}
  Stem find(std::string_view folded_word);  // unknown_stem when no cue has the word

 private:
  const StemNumbers &numbers_;
  Stemmer stemmer_;
  std::unordered_map<std::string, Stem> known_;  // by word
};

}  // namespace saleschecklist::text

#endif
