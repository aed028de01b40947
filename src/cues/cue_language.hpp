// The cue language (docs/cues.md): phrases with alternatives, options, gaps, slots and concepts.
#ifndef SALESCHECKLIST_CUES_CUE_LANGUAGE_HPP
#define SALESCHECKLIST_CUES_CUE_LANGUAGE_HPP

#include <saleschecklist/result.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::cues {

// The kinds of expressions that a slot matches.
enum class Slot { money, percent, number, duration, date, role, name };

// Concepts stand for all of their phrases, so a short cue may stand for very much. The built-in
// cues have at most some 530 nodes each and 3 levels of concepts.

struct CueNode;
using CueSequence = std::vector<CueNode>;
struct CueChoices;

struct CueNode {
  enum class Kind { word, slot, gap, choice };
  Kind kind = Kind::word;
  bool optional = false;
  std::string word;          // Kind::word: one folded word
  Slot slot = Slot::number;  // Kind::slot
  // Kind::choice: the alternatives. Those of a concept are shared by all references to it.
  std::shared_ptr<const CueChoices> choices;
};

struct CueChoices {
  std::vector<CueSequence> phrases;
  std::size_t nodes = 0;   // of a concept, written out
  std::size_t levels = 0;  // of a concept: 1 if it uses no other
};

// Named lists of phrases, parsed.
using Concepts = std::map<std::string, std::shared_ptr<const CueChoices>>;

// Parses a cue. Every concept that it refers to must be in `concepts`. Fails with invalid_input;
// the message quotes the cue. Adds the nodes of the cue, with its concepts written out, to `nodes`.
Result<CueSequence> parse_cue(std::string_view cue, const Concepts &concepts,
                              std::size_t *nodes = nullptr);

// Parses named lists of phrases, which may refer to each other without a cycle, in at most
// limits::concept_levels. Fails with invalid_input; Error::where is the JSON pointer of the faulty
// phrase.
Result<Concepts> parse_concepts(const std::map<std::string, std::vector<std::string>> &texts);

}  // namespace saleschecklist::cues

#endif
