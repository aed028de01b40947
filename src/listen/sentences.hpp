// The transcript as the offline assessor matches it: sentences of stemmed tokens with slots.
#ifndef SALESCHECKLIST_LISTEN_SENTENCES_HPP
#define SALESCHECKLIST_LISTEN_SENTENCES_HPP

#include "cues/cue_language.hpp"
#include "text/stems.hpp"

#include <saleschecklist/transcript.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::listening {

struct StemmedToken {
  std::string word;  // folded, contractions expanded
  text::Stem stem = text::unknown_stem;
  std::uint32_t source_begin = 0, source_end = 0;  // bytes in the utterance's text
  bool number = false;
  bool capital = false;
  bool first_in_sentence = false;
  bool filler = false;        // may be skipped between the words of a cue
  bool negation = false;      // such as "not", "no" or "never"
  bool clause_start = false;  // follows a comma or a conjunction such as "but"
};

struct SlotSpan {
  cues::Slot slot;
  std::uint32_t begin, end;  // tokens, half-open, within the sentence
};

// A sentence, or a part of one that is too long.
struct StemmedSentence {
  static constexpr std::size_t most_tokens = 60;

  std::uint32_t utterance = 0;
  Role role = Role::unknown;
  bool question = false;
  std::uint32_t source_begin = 0, source_end = 0;
  std::vector<StemmedToken> tokens;
  std::vector<SlotSpan> slots;  // ordered by begin
};

// All sentences of the call in order. A suspect utterance becomes a sentence without words.
std::vector<StemmedSentence> split_sentences(const Transcript &transcript, text::StemLookup &stems);

// Marks amounts, dates, job titles and other slots in `sentence`.
void mark_slots(StemmedSentence &sentence);

// Whether the talk is in English, judged by the share of the most frequent English words. Talk that
// is too short to tell counts as English.
bool sounds_english(const std::vector<StemmedSentence> &sentences);

}  // namespace saleschecklist::listening

#endif
