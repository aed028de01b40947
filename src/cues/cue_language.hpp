// The cue language (docs/cues.md): phrases with alternatives, options, gaps, slots and concepts.
#ifndef SALESCHECKLIST_CUES_CUE_LANGUAGE_HPP
#define SALESCHECKLIST_CUES_CUE_LANGUAGE_HPP

#include <saleschecklist/result.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::cues {

// The kinds of expressions that a slot matches.
enum class Slot { money, percent, number, duration, date, role, name };

struct CueNode;
using CueSequence = std::vector<CueNode>;

struct CueNode {
  enum class Kind { word, slot, gap, choice };
  Kind kind = Kind::word;
  bool optional = false;
  std::string word;          // Kind::word: one folded word
  Slot slot = Slot::number;  // Kind::slot
  // Kind::choice: the alternatives. Those of a concept are shared by all references to it.
  std::shared_ptr<const std::vector<CueSequence>> choices;
};

// Named lists of phrases, parsed.
using Concepts = std::map<std::string, std::shared_ptr<const std::vector<CueSequence>>>;

// Parses a cue. Every concept that it refers to must be in `concepts`. Fails with invalid_input;
// the message quotes the cue.
Result<CueSequence> parse_cue(std::string_view cue, const Concepts &concepts);

// Parses named lists of phrases, which may refer to each other without a cycle. Fails with
// invalid_input; Error::where is the JSON pointer of the faulty phrase.
Result<Concepts> parse_concepts(const std::map<std::string, std::vector<std::string>> &texts);

}  // namespace saleschecklist::cues

#endif
