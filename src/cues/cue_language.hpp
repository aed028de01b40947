// The language of cues (docs/cues.md): phrases with alternatives, options, gaps, slots, concepts.
#ifndef SALESCHECKLIST_CUES_CUE_LANGUAGE_HPP
#define SALESCHECKLIST_CUES_CUE_LANGUAGE_HPP

#include <saleschecklist/result.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::cues {

// What a slot stands for in speech.
enum class Slot { money, percent, number, duration, date, role, name };

struct CueNode;
using CueSequence = std::vector<CueNode>;

struct CueNode {
  enum class Kind { word, slot, gap, choice };
  Kind kind = Kind::word;
  bool optional = false;
  std::string word;          // Kind::word: folded, one word
  Slot slot = Slot::number;  // Kind::slot
  // Kind::choice: alternatives; a concept's are shared by all who name it.
  std::shared_ptr<const std::vector<CueSequence>> choices;
};

// Named phrase lists, already parsed.
using Concepts = std::map<std::string, std::shared_ptr<const std::vector<CueSequence>>>;

// Parses a cue. Concepts it names must be in `concepts`. Fails with invalid_input and a message
// that quotes the cue.
Result<CueSequence> parse_cue(std::string_view cue, const Concepts &concepts);

// Parses named lists of phrases, which may name each other, but not in a circle. Fails with
// the JSON pointer of the faulty phrase.
Result<Concepts> parse_concepts(const std::map<std::string, std::vector<std::string>> &texts);

}  // namespace saleschecklist::cues

#endif
