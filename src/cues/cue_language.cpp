#include "cues/cue_language.hpp"
#include "base/errors.hpp"

#include "base/unicode.hpp"
#include "text/contractions.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace saleschecklist::cues {
namespace {

std::optional<Slot> slot_named(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Slot>, 7> slots = {{{"money", Slot::money},
                                                                       {"percent", Slot::percent},
                                                                       {"number", Slot::number},
                                                                       {"duration", Slot::duration},
                                                                       {"date", Slot::date},
                                                                       {"role", Slot::role},
                                                                       {"name", Slot::name}}};
  for (const auto &[known, slot] : slots) {
    if (known == name) return slot;
  }
  return std::nullopt;
}

bool is_word_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '\'' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

class CueParser {
 public:
  CueParser(std::string_view cue, const Concepts &concepts)
      : text_(base::fold_key(cue)), concepts_(concepts) {}

  CueSequence parse() {
    if (text_.size() > limits::cue_bytes)
      fail(fmt::format("is too long: expected at most {} bytes", limits::cue_bytes));
    CueSequence out = sequence(0);
    if (at_ < text_.size()) fail(fmt::format("has an unexpected '{}'", text_[at_]));
    if (out.empty()) fail("is empty");
    if (out.front().kind == CueNode::Kind::gap) fail("begins with a gap");
    return out;
  }

  std::size_t nodes() const { return nodes_; }
  std::size_t levels() const { return levels_; }  // of the concepts that it uses

 private:
  [[noreturn]] void fail(const std::string &what) const {
    throw BadResult(errors::invalid_input(fmt::format("the cue '{}' {}", text_, what)));
  }

  CueSequence sequence(std::size_t depth) {
    if (depth > limits::cue_levels) fail("is nested too deeply");
    CueSequence out;
    while (at_ < text_.size() && text_[at_] != ')' && text_[at_] != '|') {
      const char c = text_[at_];
      if (c == ' ' || c == '-') {  // a hyphen separates words, as in the transcript
        ++at_;
        continue;
      }
      const std::size_t before = out.size();
      count_nodes(1);
      if (c == '(')
        out.push_back(choice(depth));
      else if (c == '{')
        out.push_back(braces());
      else if (text_.compare(at_, 3, "...") == 0)
        out.push_back(gap());
      else if (is_word_byte(c))
        words(out);
      else
        fail(fmt::format("has an unexpected '{}'", c));
      if (at_ < text_.size() && text_[at_] == '?') {
        ++at_;
        if (out.size() != before + 1)
          fail("has '?' after a contraction, which is two words: put it in brackets");
        out.back().optional = true;
      }
    }
    return out;
  }

  CueNode choice(std::size_t depth) {
    CueNode node;
    node.kind = CueNode::Kind::choice;
    auto choices = std::make_shared<CueChoices>();
    do {
      ++at_;  // '(' or '|'
      choices->phrases.push_back(sequence(depth + 1));
      if (choices->phrases.back().empty()) fail("has an empty alternative");
    } while (at_ < text_.size() && text_[at_] == '|');
    if (at_ == text_.size()) fail("has a '(' without a ')'");
    ++at_;
    node.choices = std::move(choices);
    return node;
  }

  CueNode braces() {
    const std::size_t close = text_.find('}', at_);
    if (close == std::string::npos) fail("has a '{' without a '}'");
    const std::string name = text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    CueNode node;
    if (const auto slot = slot_named(name)) {
      node.kind = CueNode::Kind::slot;
      node.slot = *slot;
      return node;
    }
    const auto found = concepts_.find(name);
    if (found == concepts_.end())
      fail(fmt::format("refers to the unknown slot or concept '{}'", name));
    node.kind = CueNode::Kind::choice;
    node.choices = found->second;
    count_nodes(node.choices->nodes);
    levels_ = std::max(levels_, node.choices->levels);
    return node;
  }

  void count_nodes(std::size_t more) {
    nodes_ += more;
    if (nodes_ > limits::cue_nodes) {
      fail(
          fmt::format("stands for too much: its concepts, written out, have more than {} words, "
                      "slots and alternatives",
                      limits::cue_nodes));
    }
  }

  CueNode gap() {
    at_ += 3;
    CueNode node;
    node.kind = CueNode::Kind::gap;
    return node;
  }

  void words(CueSequence &out) {
    std::size_t end = at_;
    while (end < text_.size() && is_word_byte(text_[end])) ++end;
    std::vector<std::string> parts;
    text::append_expanded(parts, std::string_view(text_).substr(at_, end - at_));
    at_ = end;
    for (std::string &part : parts) {
      CueNode node;
      node.word = std::move(part);
      out.push_back(std::move(node));
    }
  }

  std::string text_;
  const Concepts &concepts_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0, levels_ = 0;
};

// Resolves concepts depth first, so that they may refer to each other in any order without a cycle.
class ConceptParser {
 public:
  explicit ConceptParser(const std::map<std::string, std::vector<std::string>> &texts)
      : texts_(texts) {}

  Concepts run() {
    for (const auto &[name, phrases] : texts_) resolve(name, 1);
    return std::move(done_);
  }

 private:
  // `depth` is 1 for a concept that is resolved for its own sake.
  void resolve(const std::string &name, std::size_t depth) {
    if (done_.count(name) != 0) return;
    const std::string where = "/concepts/" + name;
    if (slot_named(name)) fail("a concept must not have the name of a slot", where);
    if (!open_.insert(name).second)
      fail("the concept refers to itself, directly or through other concepts", where);
    if (depth > limits::concept_levels) fail_levels(where);
    CueChoices parsed;
    const std::vector<std::string> &phrases = texts_.at(name);
    for (std::size_t i = 0; i < phrases.size(); ++i) {
      resolve_used(phrases[i], depth + 1);
      add(parsed, phrases[i], fmt::format("{}/{}", where, i));
    }
    if (parsed.phrases.empty()) fail("the concept has no phrases: expected at least one", where);
    if (++parsed.levels > limits::concept_levels) fail_levels(where);
    open_.erase(name);
    done_[name] = std::make_shared<const CueChoices>(std::move(parsed));
  }

  void add(CueChoices &concept_, const std::string &phrase, const std::string &where) const {
    try {
      CueParser parser(phrase, done_);
      concept_.phrases.push_back(parser.parse());
      concept_.nodes += parser.nodes();
      concept_.levels = std::max(concept_.levels, parser.levels());
    } catch (const BadResult &failure) {
      fail(failure.error().message, where);
    }
  }

  void resolve_used(const std::string &phrase, std::size_t depth) {
    for (std::size_t open = phrase.find('{'); open != std::string::npos;
         open = phrase.find('{', open + 1)) {
      const std::size_t close = phrase.find('}', open);
      if (close == std::string::npos) return;
      const std::string name = phrase.substr(open + 1, close - open - 1);
      if (texts_.count(name) != 0) resolve(name, depth);
    }
  }

  [[noreturn]] static void fail_levels(const std::string &where) {
    fail(fmt::format("the concepts use each other in more than {} levels", limits::concept_levels),
         where);
  }

  [[noreturn]] static void fail(std::string message, std::string where) {
    throw BadResult(errors::invalid_input(std::move(message), std::move(where)));
  }

  const std::map<std::string, std::vector<std::string>> &texts_;
  std::set<std::string> open_;
  Concepts done_;
};

}  // namespace

Result<CueSequence> parse_cue(std::string_view cue, const Concepts &concepts, std::size_t *nodes) {
  try {
    CueParser parser(cue, concepts);
    CueSequence out = parser.parse();
    if (nodes != nullptr) *nodes += parser.nodes();
    return out;
  } catch (const BadResult &failure) {
    return failure.error();
  }
}

Result<Concepts> parse_concepts(const std::map<std::string, std::vector<std::string>> &texts) {
  try {
    return ConceptParser(texts).run();
  } catch (const BadResult &failure) {
    return failure.error();
  }
}

}  // namespace saleschecklist::cues
