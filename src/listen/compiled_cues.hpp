// Cues compiled for matching. Immutable, so threads may share them.
#ifndef SALESCHECKLIST_LISTEN_COMPILED_CUES_HPP
#define SALESCHECKLIST_LISTEN_COMPILED_CUES_HPP

#include "cues/cue_language.hpp"
#include "text/stems.hpp"

#include <saleschecklist/cues.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace saleschecklist::listening {

enum class CueKind { statement, question, exchange, answer, veto, denial };

struct CueOp {
  cues::CueNode::Kind kind = cues::CueNode::Kind::word;
  bool optional = false;
  std::int32_t value = 0;  // word: stem; slot: Slot; choice: index into CompiledCues::choices
};
using CueOps = std::vector<CueOp>;

struct CueChoice {
  std::vector<text::Stem> words;  // alternatives of one word
  std::vector<CueOps> phrases;    // all other alternatives
};

struct CompiledCue {
  std::uint32_t item = 0;  // position in Cues::items
  CueKind kind = CueKind::statement;
  bool negative = false;  // contains a negation
  CueOps ops;
};

class CompiledCues {
 public:
  static constexpr std::size_t slot_kinds = 7;

  // Throws BadResult if a cue is malformed. cue_faults() returns all faults.
  explicit CompiledCues(const Cues &texts);

  text::StemNumbers stems;
  std::vector<CompiledCue> cues;
  std::vector<CueChoice> choices;
  // The cues to try in sentences with a stem or a slot, and those to try in every sentence.
  std::vector<std::vector<std::uint32_t>> by_stem;
  std::array<std::vector<std::uint32_t>, slot_kinds> by_slot;
  std::vector<std::uint32_t> always;

 private:
  void add(const std::vector<std::string> &texts, std::uint32_t item, CueKind kind,
           const cues::Concepts &concepts);
  CueOps compile(const cues::CueSequence &sequence, bool &negative);
  std::int32_t compile_choices(const cues::CueNode &node, bool &negative);
  // Indexes a cue by the rarest words or slots of which it requires one.
  void index(const CueOps &ops, std::uint32_t cue);
  // And how common it is; null if no part is required.
  std::pair<const CueOp *, int> rarest(const CueOps &ops) const;
  int commonness(const CueOp &op) const;
  void index_word(text::Stem stem, std::uint32_t cue);

  text::Stemmer stemmer_;  // used while compiling
  std::vector<bool> choice_negative_;
  std::vector<bool> is_common_;                          // for each stem
  std::map<const void *, std::int32_t> shared_choices_;  // so that each concept is compiled once
};

}  // namespace saleschecklist::listening

#endif
