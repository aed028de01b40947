#include "analysis/cue_matcher.hpp"

#include <algorithm>

namespace saleschecklist {
namespace {

constexpr std::uint32_t longest_gap = 6;      // words that "..." may stand for
constexpr std::uint32_t most_fillers = 3;     // skipped between two words of a cue
constexpr std::uint32_t negation_reach = 5;   // words before a match that can negate it

}  // namespace

CueMatcher::CueMatcher(const Checklist &checklist) : by_slot_(7) {
  const Concepts concepts = parse_concepts(checklist.concepts).value();
  std::uint32_t item = 0;
  for (const Category &category : checklist.categories) {
    for (const Item &i : category.items) {
      add(i.cues.say, item, CueKind::say, concepts);
      add(i.cues.asks, item, CueKind::asks, concepts);
      add(i.cues.asked, item, CueKind::asked, concepts);
      add(i.cues.reply, item, CueKind::reply, concepts);
      add(i.cues.unless, item, CueKind::unless, concepts);
      ++item;
    }
  }
  by_stem_.resize(stems_.size());
  for (std::uint32_t c = 0; c < cues_.size(); ++c) index_first(cues_[c].ops, c);
  for (auto *index : {&by_stem_, &by_slot_}) {
    for (auto &list : *index) {
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
    }
  }
  last_match_.assign(cues_.size(), 0);
}

void CueMatcher::add(const std::vector<std::string> &texts, std::uint32_t item, CueKind kind,
                     const Concepts &concepts) {
  for (const std::string &text : texts) {
    Cue cue{item, kind, false, {}};
    cue.ops = compile(parse_cue(text, concepts).value(), cue.negative);
    cues_.push_back(std::move(cue));
  }
}

CueMatcher::Ops CueMatcher::compile(const CueSequence &sequence, bool &negative) {
  Ops out;
  for (const CueNode &node : sequence) {
    Op op{node.kind, node.optional, 0};
    if (node.kind == CueNode::Kind::word) {
      op.value = stems_.add(node.word);
      for (const char *word : {"not", "no", "never", "nobody", "nothing", "without", "none"}) {
        negative = negative || node.word == word;
      }
    } else if (node.kind == CueNode::Kind::slot) {
      op.value = static_cast<std::int32_t>(node.slot);
    } else if (node.kind == CueNode::Kind::choice) {
      op.value = compile_choices(node, negative);
    }
    out.push_back(op);
  }
  return out;
}

std::int32_t CueMatcher::compile_choices(const CueNode &node, bool &negative) {
  const auto known = shared_choices_.find(node.choices.get());
  if (known != shared_choices_.end()) {
    negative = negative || choice_negative_[static_cast<std::size_t>(known->second)];
    return known->second;
  }
  std::vector<Ops> compiled;
  bool any_negative = false;
  for (const CueSequence &choice : *node.choices) compiled.push_back(compile(choice, any_negative));
  const auto index = static_cast<std::int32_t>(choices_.size());
  choices_.push_back(std::move(compiled));
  choice_negative_.push_back(any_negative);
  // Only a concept outlives its cue: others may leave their address to a later one.
  if (node.choices.use_count() > 1) shared_choices_.emplace(node.choices.get(), index);
  negative = negative || any_negative;
  return index;
}

bool CueMatcher::index_first(const Ops &ops, std::uint32_t cue) {
  for (const Op &op : ops) {
    bool empty = op.optional || op.kind == CueNode::Kind::gap;
    const auto value = static_cast<std::size_t>(op.value);
    if (op.kind == CueNode::Kind::word) {
      by_stem_[value].push_back(cue);
    } else if (op.kind == CueNode::Kind::slot) {
      by_slot_[value].push_back(cue);
    } else if (op.kind == CueNode::Kind::choice) {
      for (const Ops &choice : choices_[value]) empty = index_first(choice, cue) || empty;
    }
    if (!empty) return false;
  }
  return true;
}

void CueMatcher::match(const HeardSentence &sentence, std::vector<CueMatch> &out) {
  ++sentence_counter_;
  std::size_t slot = 0;
  for (std::uint32_t begin = 0; begin < sentence.tokens.size(); ++begin) {
    const Stem stem = sentence.tokens[begin].stem;
    if (stem != unknown_stem) {
      try_cues(by_stem_[static_cast<std::size_t>(stem)], begin, sentence, out);
    }
    for (; slot < sentence.slots.size() && sentence.slots[slot].begin == begin; ++slot) {
      try_cues(by_slot_[static_cast<std::size_t>(sentence.slots[slot].slot)], begin, sentence, out);
    }
  }
}

void CueMatcher::try_cues(const std::vector<std::uint32_t> &cues, std::uint32_t begin,
                          const HeardSentence &sentence, std::vector<CueMatch> &out) {
  for (const std::uint32_t index : cues) {
    if (last_match_[index] == sentence_counter_) continue;
    const Cue &cue = cues_[index];
    const Positions ends = run(cue.ops, {begin}, sentence);
    if (ends.empty() || ends.front() == begin) continue;
    last_match_[index] = sentence_counter_;
    const bool negated = !cue.negative && is_negated(sentence, begin, ends.front());
    out.push_back({cue.item, cue.kind, index, begin, ends.front(), negated});
  }
}

CueMatcher::Positions CueMatcher::run(const Ops &ops, Positions from,
                                      const HeardSentence &sentence) const {
  for (std::size_t i = 0; i < ops.size() && !from.empty(); ++i) {
    Positions to;
    if (ops[i].optional) to = from;
    for (const std::uint32_t at : from) step(ops[i], at, sentence, to);
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
    from = std::move(to);
  }
  return from;
}

void CueMatcher::step(const Op &op, std::uint32_t at, const HeardSentence &sentence,
                      Positions &to) const {
  const auto size = static_cast<std::uint32_t>(sentence.tokens.size());
  if (op.kind == CueNode::Kind::gap) {
    for (std::uint32_t skip = 0; skip <= longest_gap && at + skip <= size; ++skip) {
      to.push_back(at + skip);
    }
    return;
  }
  for (std::uint32_t skip = 0; skip <= most_fillers && at + skip < size; ++skip) {
    const std::uint32_t here = at + skip;
    if (op.kind == CueNode::Kind::word) {
      if (sentence.tokens[here].stem == op.value) to.push_back(here + 1);
    } else if (op.kind == CueNode::Kind::slot) {
      for (const SlotSpan &span : sentence.slots) {
        if (span.begin == here && static_cast<std::int32_t>(span.slot) == op.value) {
          to.push_back(span.end);
        }
      }
    } else {
      for (const Ops &choice : choices_[static_cast<std::size_t>(op.value)]) {
        for (const std::uint32_t end : run(choice, {here}, sentence)) to.push_back(end);
      }
    }
    if (!sentence.tokens[here].filler) break;
  }
}

bool CueMatcher::is_negated(const HeardSentence &sentence, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t first = begin;
  while (first > 0 && begin - first < negation_reach && !sentence.tokens[first].clause_start) {
    --first;
  }
  for (std::uint32_t i = first; i < end; ++i) {
    const HeardToken &token = sentence.tokens[i];
    if (!token.negation) continue;
    const bool agreeable = i + 1 < sentence.tokens.size() &&
                           (sentence.tokens[i + 1].word == "only" ||
                            sentence.tokens[i + 1].word == "problem" ||
                            sentence.tokens[i + 1].word == "doubt");
    if (!agreeable) return true;
  }
  return false;
}

}  // namespace saleschecklist
