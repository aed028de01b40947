// The cues of a checklist, compiled so that a sentence is matched against all of them at once.
#ifndef SALESCHECKLIST_ANALYSIS_CUE_MATCHER_HPP
#define SALESCHECKLIST_ANALYSIS_CUE_MATCHER_HPP

#include "analysis/hearing.hpp"
#include "analysis/stems.hpp"
#include "core/cue_language.hpp"

#include <map>
#include <vector>

namespace saleschecklist {

enum class CueKind { say, asks, asked, reply, unless };

struct CueMatch {
  std::uint32_t item = 0;  // position in the checklist
  CueKind kind = CueKind::say;
  std::uint32_t cue = 0;  // number of the cue, for telling different ones apart
  std::uint32_t begin = 0, end = 0;  // tokens of the sentence
  bool negated = false;
};

// Immutable after construction but for `stems()`. One thread at a time.
class CueMatcher {
 public:
  // Precondition: cue_faults(checklist) is empty.
  explicit CueMatcher(const Checklist &checklist);

  Stems &stems() { return stems_; }

  // All matches of all cues in a sentence; at most one per cue.
  void match(const HeardSentence &sentence, std::vector<CueMatch> &out);

 private:
  struct Op {
    CueNode::Kind kind;
    bool optional;
    std::int32_t value;  // word: stem; slot: Slot; choice: index into choices_
  };
  using Ops = std::vector<Op>;
  struct Cue {
    std::uint32_t item;
    CueKind kind;
    bool negative;  // holds a negation itself
    Ops ops;
  };
  using Positions = std::vector<std::uint32_t>;

  void add(const std::vector<std::string> &texts, std::uint32_t item, CueKind kind,
           const Concepts &concepts);
  Ops compile(const CueSequence &sequence, bool &negative);
  std::int32_t compile_choices(const CueNode &node, bool &negative);
  bool index_first(const Ops &ops, std::uint32_t cue);  // true when it can match nothing
  void try_cues(const std::vector<std::uint32_t> &cues, std::uint32_t begin,
                const HeardSentence &sentence, std::vector<CueMatch> &out);
  Positions run(const Ops &ops, Positions from, const HeardSentence &sentence) const;
  void step(const Op &op, std::uint32_t at, const HeardSentence &sentence, Positions &to) const;
  static bool is_negated(const HeardSentence &sentence, std::uint32_t begin, std::uint32_t end);

  Stems stems_;
  std::vector<Cue> cues_;
  std::vector<std::vector<Ops>> choices_;
  std::vector<bool> choice_negative_;
  std::map<const void *, std::int32_t> shared_choices_;  // a concept is compiled once
  std::vector<std::vector<std::uint32_t>> by_stem_;      // cues that may begin with a stem
  std::vector<std::vector<std::uint32_t>> by_slot_;
  std::vector<std::uint32_t> last_match_;  // per cue: the sentence counter of its last match
  std::uint32_t sentence_counter_ = 0;
};

}  // namespace saleschecklist

#endif
