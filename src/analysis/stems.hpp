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

// Numbers the stems of English words. Cues add words; talk only looks them up. One thread at a
// time.
class Stems {
 public:
  Stems();
  Stem add(std::string_view folded_word);
  Stem find(std::string_view folded_word);  // unknown_stem when no cue has the word
  std::size_t size() const { return numbers_.size(); }

 private:
  std::string_view stem(std::string_view word);

  struct Deleter {
    void operator()(sb_stemmer *stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Deleter> stemmer_;
  std::unordered_map<std::string, Stem> numbers_;  // by stem
  std::unordered_map<std::string, Stem> looked_up_;  // by word
};

}  // namespace saleschecklist

#endif
