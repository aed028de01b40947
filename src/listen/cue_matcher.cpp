#include "listen/cue_matcher.hpp"

#include <algorithm>

namespace saleschecklist::listening {
namespace {

constexpr std::uint32_t longest_gap = 6;     // the most words that "..." matches
constexpr std::uint32_t most_fillers = 3;    // the most fillers skipped between two words of a cue
constexpr std::uint32_t negation_reach = 5;  // how many words before a match a negation may be

std::uint32_t lowest(std::uint64_t places) {
  return static_cast<std::uint32_t>(__builtin_ctzll(places));
}

}  // namespace

CueMatcher::CueMatcher(const CompiledCues &cues)
    : cues_(cues),
      stem_places_(cues.stems.size()),
      tried_(cues.cues.size()),
      cached_(cues.choices.size()),
      cached_word_places_(cues.choices.size()) {}

void CueMatcher::load(const StemmedSentence &sentence) {
  sentence_ = &sentence;
  ++counter_;
  fillers_ = 0;
  everywhere_ = (Places{2} << sentence.tokens.size()) - 1;
  for (std::size_t t = 0; t < sentence.tokens.size(); ++t) {
    const StemmedToken &token = sentence.tokens[t];
    if (token.filler) fillers_ |= Places{1} << t;
    if (token.stem != text::unknown_stem) {
      stem_places_[static_cast<std::size_t>(token.stem)] |= Places{1} << t;
    }
  }
}

void CueMatcher::unload() {
  for (const StemmedToken &token : sentence_->tokens) {
    if (token.stem != text::unknown_stem) stem_places_[static_cast<std::size_t>(token.stem)] = 0;
  }
}

std::vector<CueMatch> CueMatcher::match(const StemmedSentence &sentence) {
  std::vector<CueMatch> out;
  load(sentence);
  for (const StemmedToken &token : sentence.tokens) {
    if (token.stem == text::unknown_stem) continue;
    for (const std::uint32_t cue : cues_.by_stem[static_cast<std::size_t>(token.stem)]) {
      try_cue(cue, out);
    }
  }
  for (const SlotSpan &span : sentence.slots) {
    for (const std::uint32_t cue : cues_.by_slot[static_cast<std::size_t>(span.slot)]) {
      try_cue(cue, out);
    }
  }
  for (const std::uint32_t cue : cues_.always) try_cue(cue, out);
  unload();
  return out;
}

void CueMatcher::try_cue(std::uint32_t index, std::vector<CueMatch> &out) {
  if (tried_[index] == counter_) return;
  tried_[index] = counter_;
  const CompiledCue &cue = cues_.cues[index];
  if (run(cue.ops, everywhere_) == 0) return;
  for (std::uint32_t begin = 0; begin < sentence_->tokens.size(); ++begin) {
    const Places ends = run(cue.ops, Places{1} << begin);
    if (ends == 0 || lowest(ends) == begin) continue;
    const std::uint32_t end = lowest(ends);
    out.push_back({cue.item, cue.kind, begin, end, !cue.negative && is_negated(begin, end)});
    return;
  }
}

CueMatcher::Places CueMatcher::run(const CueOps &ops, Places from) {
  for (const CueOp &op : ops) {
    const Places to = step(op, from);
    from = op.optional ? from | to : to;
    if (from == 0) break;
  }
  return from;
}

CueMatcher::Places CueMatcher::skip_fillers(Places from) const {
  Places reached = from;
  for (std::uint32_t i = 0; i < most_fillers; ++i) {
    from = (from & fillers_) << 1;
    reached |= from;
  }
  return reached;
}

CueMatcher::Places CueMatcher::step(const CueOp &op, Places from) {
  if (op.kind == cues::CueNode::Kind::choice)
    return choose(static_cast<std::size_t>(op.value), from);
  if (op.kind == cues::CueNode::Kind::gap) {
    Places to = from;
    for (std::uint32_t i = 1; i <= longest_gap; ++i) to |= from << i;
    return to & everywhere_;
  }
  from = skip_fillers(from);
  if (op.kind == cues::CueNode::Kind::word) {
    return (from & stem_places_[static_cast<std::size_t>(op.value)]) << 1;
  }
  Places to = 0;
  for (const SlotSpan &span : sentence_->slots) {
    const bool fits = static_cast<std::int32_t>(span.slot) == op.value;
    if (fits && (from >> span.begin & 1) != 0) to |= Places{1} << span.end;
  }
  return to;
}

CueMatcher::Places CueMatcher::word_places(std::size_t choice) {
  if (cached_[choice] != counter_) {
    cached_[choice] = counter_;
    Places places = 0;
    for (const text::Stem word : cues_.choices[choice].words) {
      places |= stem_places_[static_cast<std::size_t>(word)];
    }
    cached_word_places_[choice] = places;
  }
  return cached_word_places_[choice];
}

CueMatcher::Places CueMatcher::choose(std::size_t choice, Places from) {
  Places to = (skip_fillers(from) & word_places(choice)) << 1;
  for (const CueOps &phrase : cues_.choices[choice].phrases) to |= run(phrase, from);
  return to;
}

bool CueMatcher::is_negated(std::uint32_t begin, std::uint32_t end) const {
  const auto &tokens = sentence_->tokens;
  std::uint32_t first = begin;
  while (first > 0 && begin - first < negation_reach && !tokens[first].clause_start) --first;
  for (std::uint32_t i = first; i < end; ++i) {
    if (!tokens[i].negation) continue;
    const std::string next = i + 1 < tokens.size() ? tokens[i + 1].word : std::string();
    if (next != "only" && next != "problem" && next != "doubt") return true;
  }
  return false;
}

}  // namespace saleschecklist::listening
