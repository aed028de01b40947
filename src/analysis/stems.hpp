// Word stems as small numbers; the only user of the Snowball library.
#ifndef SALESCHECKLIST_ANALYSIS_STEMS_HPP
#define SALESCHECKLIST_ANALYSIS_STEMS_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sb_stemmer;

namespace saleschecklist {

using Stem = std::int32_t;
constexpr Stem unknown_stem = -1;

// The Snowball English stemmer. One thread at a time.
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

// Numbers the stems of English words. Cues add words; talk only looks them up. One thread at a
// time.
class Stems {
 public:
  Stem add(std::string_view folded_word);
  Stem find(std::string_view folded_word);  // unknown_stem when no cue has the word
  std::size_t size() const { return numbers_.size(); }

 private:
  Stemmer stemmer_;
  std::unordered_map<std::string, Stem> numbers_;    // by stem
  std::unordered_map<std::string, Stem> looked_up_;  // by word
};

}  // namespace saleschecklist

#endif
