#include "assess/model/question_plan.hpp"
#include "base/errors.hpp"

#include "assess/model/prompt_transcript.hpp"
#include "assess/model/prompts.hpp"
#include "evidence/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <set>
#include <utility>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t most_items = 15;       // of one question; more are split evenly
constexpr std::int64_t least_passage = 400;  // tokens
constexpr std::int64_t most_reply_room = 8'000;
constexpr std::int64_t note_room = 200;  // tokens, for what was wrong with the last reply

// Items of one category that are asked about together.
struct Group {
  std::size_t category;
  std::vector<const Item *> items;
};

std::set<Role> roles_heard(const Transcript &transcript) {
  std::set<Role> out;
  for (const Utterance &u : transcript.utterances) {
    if (u.suspect.empty()) out.insert(u.role);
  }
  return out;
}

std::vector<const Item *> provable_items(const Category &category, const std::set<Role> &roles) {
  std::vector<const Item *> out;
  for (const Item &item : category.items) {
    if (std::any_of(roles.begin(), roles.end(),
                    [&](Role role) { return evidence::may_prove(role, item.evidence_from); })) {
      out.push_back(&item);
    }
  }
  return out;
}

std::vector<Group> groups_of(const Checklist &checklist, const std::set<Role> &roles) {
  std::vector<Group> out;
  for (std::size_t c = 0; c < checklist.categories.size(); ++c) {
    const auto items = provable_items(checklist.categories[c], roles);
    const std::size_t parts = (items.size() + most_items - 1) / most_items;
    for (std::size_t part = 0; part < parts; ++part) {
      const auto edge = [&](std::size_t i) {
        return items.begin() + static_cast<std::ptrdiff_t>(i * items.size() / parts);
      };
      out.push_back({c, {edge(part), edge(part + 1)}});
    }
  }
  return out;
}

// Tokens of the longest question, with a note about the last reply.
std::int64_t longest_question(const Checklist &checklist, const std::vector<Group> &groups) {
  std::int64_t out = 0;
  for (const Group &group : groups) {
    const auto question = items_question(checklist.categories[group.category], group.items, "-");
    out = std::max(out, estimate_tokens(question) + note_room);
  }
  return out;
}

// Tokens of the longest passage, where everything else of a request takes `frame`.
std::int64_t longest_passage(const ModelInfo &info, std::int64_t frame) {
  if (info.context_tokens <= 0) return std::numeric_limits<std::int64_t>::max() / 2;  // no limit
  return info.context_tokens - frame - std::min(most_reply_room, info.context_tokens / 4);
}

}  // namespace

Result<QuestionPlan> plan_questions(const Transcript &transcript, const Checklist &checklist,
                                    const ModelInfo &info, const CancelToken &cancel) {
  QuestionPlan out;
  const auto groups = groups_of(checklist, roles_heard(transcript));
  if (groups.empty()) return out;
  for (const Group &group : groups) out.categories.push_back(group.category);
  ModelRequest request;
  request.instructions = assess_instructions();
  request.schema_name = "checklist_answers";
  request.schema = request_schema("model-answers.schema.json");
  request.cancel = cancel;
  const std::int64_t frame =
      estimate_tokens(request.instructions) + estimate_tokens(request.schema);
  const std::int64_t most = longest_passage(info, frame + longest_question(checklist, groups));
  if (most < least_passage) {
    return errors::invalid_argument(
        fmt::format("the context of {} ({} tokens) is too small for the questions", info.id,
                    info.context_tokens),
        "model");
  }
  for (Passage &passage : passages(transcript, most)) {
    if (cancel.cancelled()) return errors::cancelled();
    request.shared = std::move(passage.text);
    request.cache_key = cache_key_of(request);
    const auto prefix = std::make_shared<const ModelRequest>(request);
    for (const Group &group : groups) {
      out.batches.push_back(
          {&checklist.categories[group.category], group.items, prefix, frame + passage.tokens, {}});
    }
    ++out.passages;
  }
  return out;
}

}  // namespace saleschecklist::assessing
