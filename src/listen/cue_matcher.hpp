// Matches sentences against all cues at once. Sets of places in a sentence are the bits of a word,
// which is why a sentence has at most 60 tokens.
#ifndef SALESCHECKLIST_LISTEN_CUE_MATCHER_HPP
#define SALESCHECKLIST_LISTEN_CUE_MATCHER_HPP

#include "listen/compiled_cues.hpp"
#include "listen/sentences.hpp"

#include <cstdint>
#include <vector>

namespace saleschecklist::listening {

struct CueMatch {
  std::uint32_t item = 0;  // position in Cues::items
  CueKind kind = CueKind::statement;
  std::uint32_t begin = 0, end = 0;  // tokens of the cue's first match in the sentence
  bool negated = false;
};

// One thread at a time. `cues` must outlive it.
class CueMatcher {
 public:
  explicit CueMatcher(const CompiledCues &cues);

  // All matches in a sentence, at most one per cue.
  std::vector<CueMatch> match(const StemmedSentence &sentence);

 private:
  using Places = std::uint64_t;  // bit p: before token p; bit tokens.size(): after the last

  void load(const StemmedSentence &sentence);
  void unload();
  Places skip_fillers(Places from) const;
  Places run(const CueOps &ops, Places from);
  Places step(const CueOp &op, Places from);
  Places choose(std::size_t choice, Places from);
  Places word_places(std::size_t choice);
  void try_cue(std::uint32_t index, std::vector<CueMatch> &out);
  bool is_negated(std::uint32_t begin, std::uint32_t end) const;

  const CompiledCues &cues_;
  const StemmedSentence *sentence_ = nullptr;
  std::vector<Places> stem_places_;  // for each stem: its tokens in the sentence
  Places fillers_ = 0, everywhere_ = 0;
  std::uint32_t counter_ = 0;               // number of the sentence
  std::vector<std::uint32_t> tried_;        // for each cue: the last sentence in which it was tried
  std::vector<std::uint32_t> cached_;       // for each choice: the sentence of the cached places
  std::vector<Places> cached_word_places_;  // for each choice: places of its one-word alternatives
};

}  // namespace saleschecklist::listening

#endif
