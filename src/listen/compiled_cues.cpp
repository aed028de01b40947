#include "listen/compiled_cues.hpp"

#include <algorithm>

namespace saleschecklist::listening {
namespace {

bool is_negation_word(const std::string &word) {
  for (const char *negation : {"not", "no", "never", "nobody", "nothing", "without", "none"}) {
    if (word == negation) return true;
  }
  return false;
}

// Half of all words spoken. If possible, a cue is indexed by another of its words.
constexpr const char *common_words[] = {
    "a",     "about", "all",  "and",  "are",   "as",   "at",    "be",    "but",   "can",  "could",
    "do",    "for",   "from", "get",  "go",    "got",  "had",   "has",   "have",  "he",   "her",
    "him",   "his",   "how",  "i",    "if",    "in",   "is",    "it",    "just",  "know", "like",
    "me",    "my",    "no",   "not",  "of",    "on",   "one",   "or",    "our",   "out",  "she",
    "so",    "some",  "that", "the",  "them",  "then", "there", "they",  "think", "this", "to",
    "up",    "us",    "was",  "we",   "were",  "what", "when",  "which", "who",   "will", "with",
    "would", "yes",   "you",  "your", "their", "want", "need",  "am",    "did",   "been", "does",
    "now",   "by",    "an",   "too",  "well",  "say",  "said"};
constexpr int common = 50, never = 1000000;

text::Stem stem_number(text::StemNumbers &numbers, text::Stemmer &stemmer,
                       const std::string &word) {
  const auto next = static_cast<text::Stem>(numbers.size());
  return numbers.emplace(std::string(stemmer.stem(word)), next).first->second;
}

}  // namespace

CompiledCues::CompiledCues(const Cues &texts) {
  const cues::Concepts concepts = cues::parse_concepts(texts.concepts).value();
  std::uint32_t item = 0;
  for (const auto &[id, lists] : texts.items) {
    add(lists.statement, item, CueKind::statement, concepts);
    add(lists.question, item, CueKind::question, concepts);
    add(lists.exchange, item, CueKind::exchange, concepts);
    add(lists.answer, item, CueKind::answer, concepts);
    add(lists.veto, item, CueKind::veto, concepts);
    add(lists.denial, item, CueKind::denial, concepts);
    ++item;
  }
  is_common_.resize(stems.size());
  for (const char *word : common_words) {
    const auto found = stems.find(std::string(stemmer_.stem(word)));
    if (found != stems.end()) is_common_[static_cast<std::size_t>(found->second)] = true;
  }
  by_stem.resize(stems.size());
  for (std::uint32_t c = 0; c < cues.size(); ++c) index(cues[c].ops, c);
}

void CompiledCues::add(const std::vector<std::string> &texts, std::uint32_t item, CueKind kind,
                       const cues::Concepts &concepts) {
  for (const std::string &text : texts) {
    CompiledCue cue{item, kind, false, {}};
    cue.ops = compile(cues::parse_cue(text, concepts).value(), cue.negative);
    cues.push_back(std::move(cue));
  }
}

CueOps CompiledCues::compile(const cues::CueSequence &sequence, bool &negative) {
  CueOps out;
  for (const cues::CueNode &node : sequence) {
    CueOp op{node.kind, node.optional, 0};
    if (node.kind == cues::CueNode::Kind::word) {
      op.value = stem_number(stems, stemmer_, node.word);
      negative = negative || is_negation_word(node.word);
    } else if (node.kind == cues::CueNode::Kind::slot) {
      op.value = static_cast<std::int32_t>(node.slot);
    } else if (node.kind == cues::CueNode::Kind::choice) {
      op.value = compile_choices(node, negative);
    }
    out.push_back(op);
  }
  return out;
}

std::int32_t CompiledCues::compile_choices(const cues::CueNode &node, bool &negative) {
  const auto known = shared_choices_.find(node.choices.get());
  if (known != shared_choices_.end()) {
    negative = negative || choice_negative_[static_cast<std::size_t>(known->second)];
    return known->second;
  }
  CueChoice compiled;
  bool any_negative = false;
  for (const cues::CueSequence &choice : node.choices->phrases) {
    CueOps ops = compile(choice, any_negative);
    const bool word =
        ops.size() == 1 && ops[0].kind == cues::CueNode::Kind::word && !ops[0].optional;
    if (word)
      compiled.words.push_back(ops[0].value);
    else
      compiled.phrases.push_back(std::move(ops));
  }
  const auto index = static_cast<std::int32_t>(choices.size());
  choices.push_back(std::move(compiled));
  choice_negative_.push_back(any_negative);
  // Only a concept outlives its cue: the address of any other choice may be reused.
  if (node.choices.use_count() > 1) shared_choices_.emplace(node.choices.get(), index);
  negative = negative || any_negative;
  return index;
}

void CompiledCues::index_word(text::Stem stem, std::uint32_t cue) {
  auto &list = by_stem[static_cast<std::size_t>(stem)];
  if (list.empty() || list.back() != cue) list.push_back(cue);
}

int CompiledCues::commonness(const CueOp &op) const {
  constexpr int rare = 1, slot = 20;
  const auto value = static_cast<std::size_t>(op.value);
  switch (op.kind) {
    case cues::CueNode::Kind::word:
      return is_common_[value] ? common : rare;
    case cues::CueNode::Kind::slot:
      return slot;
    case cues::CueNode::Kind::gap:
      return never;
    case cues::CueNode::Kind::choice:
      break;
  }
  int sum = 0;
  for (const text::Stem word : choices[value].words)
    sum = std::min(never, sum + (is_common_[static_cast<std::size_t>(word)] ? common : rare));
  for (const CueOps &phrase : choices[value].phrases) {
    sum = std::min(never, sum + rarest(phrase).second);
  }
  return sum;
}

std::pair<const CueOp *, int> CompiledCues::rarest(const CueOps &ops) const {
  const CueOp *best = nullptr;
  int least = never;
  for (const CueOp &op : ops) {
    const int here = op.optional ? never : commonness(op);
    if (here < least) {
      least = here;
      best = &op;
    }
  }
  return {best, least};
}

void CompiledCues::index(const CueOps &ops, std::uint32_t cue) {
  const CueOp *op = rarest(ops).first;
  if (op == nullptr) {
    always.push_back(cue);
    return;
  }
  const auto value = static_cast<std::size_t>(op->value);
  if (op->kind == cues::CueNode::Kind::word) {
    index_word(op->value, cue);
  } else if (op->kind == cues::CueNode::Kind::slot) {
    if (by_slot[value].empty() || by_slot[value].back() != cue) by_slot[value].push_back(cue);
  } else {
    for (const text::Stem word : choices[value].words) index_word(word, cue);
    for (const CueOps &phrase : choices[value].phrases) index(phrase, cue);
  }
}

}  // namespace saleschecklist::listening
