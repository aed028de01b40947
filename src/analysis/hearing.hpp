// A transcript as the offline assessor hears it: sentences of stemmed tokens with slots marked.
#ifndef SALESCHECKLIST_ANALYSIS_HEARING_HPP
#define SALESCHECKLIST_ANALYSIS_HEARING_HPP

#include "analysis/stems.hpp"
#include "core/cue_language.hpp"

#include <saleschecklist/transcript.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist {

struct HeardToken {
  std::string word;  // folded, contractions expanded
  Stem stem = unknown_stem;
  std::uint32_t source_begin = 0, source_end = 0;  // bytes in the utterance's text
  bool number = false;
  bool capital = false;
  bool first_in_sentence = false;
  bool filler = false;        // may be skipped between the words of a cue
  bool negation = false;      // not, no, never ...
  bool clause_start = false;  // follows a comma or a conjunction such as "but"
};

struct SlotSpan {
  Slot slot;
  std::uint32_t begin, end;  // tokens, half-open, within the sentence
};

// A sentence, or a part of one where nobody takes a breath for longer.
struct HeardSentence {
  static constexpr std::size_t most_tokens = 60;

  std::uint32_t utterance = 0;
  Role role = Role::unknown;
  bool question = false;
  std::uint32_t source_begin = 0, source_end = 0;
  std::vector<HeardToken> tokens;
  std::vector<SlotSpan> slots;  // ordered by begin
};

// All sentences of the call in order; a doubtful utterance is one without words.
std::vector<HeardSentence> hear(const Transcript &transcript, StemLookup &stems);

// Marks amounts, dates, job titles and the like in `sentence`.
void mark_slots(HeardSentence &sentence);

// Whether the talk is English, by its share of the most frequent English words; short talk, which
// tells nothing, counts as English.
bool sounds_english(const std::vector<HeardSentence> &sentences);

}  // namespace saleschecklist

#endif
