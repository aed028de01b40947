// Matches sentences against all cues at once. Sets of places in a sentence are the bits of a word,
// which is why a heard sentence has at most 60 tokens.
#ifndef SALESCHECKLIST_ASSESS_OFFLINE_CUE_MATCHER_HPP
#define SALESCHECKLIST_ASSESS_OFFLINE_CUE_MATCHER_HPP

#include "assess/offline/compiled_cues.hpp"
#include "assess/offline/sentences.hpp"

#include <cstdint>
#include <vector>

namespace saleschecklist::assessing {

struct CueMatch {
  std::uint32_t item = 0;  // position in Cues::items
  CueKind kind = CueKind::statement;
  std::uint32_t begin = 0, end = 0;  // tokens of the sentence: the first match of the cue
  bool negated = false;
};

// One thread at a time; keeps a reference to `cues`.
class CueMatcher {
 public:
  explicit CueMatcher(const CompiledCues &cues);

  // All matches in a sentence, at most one per cue.
  std::vector<CueMatch> match(const StemmedSentence &sentence);

 private:
  using Places = std::uint64_t;  // bit p: before token p; bit tokens.size(): behind the last

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
  std::vector<Places> stem_places_;  // per stem: tokens of the sentence with it
  Places fillers_ = 0, everywhere_ = 0;
  std::uint32_t counter_ = 0;               // of sentences
  std::vector<std::uint32_t> tried_;        // per cue: the sentence in which it was tried
  std::vector<std::uint32_t> cached_;       // per choice: the sentence that ...
  std::vector<Places> cached_word_places_;  // ... these places of its one-word alternatives are of
};

}  // namespace saleschecklist::assessing

#endif
