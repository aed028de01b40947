#include "engine/answers.hpp"
#include "base/errors.hpp"

#include "base/unicode.hpp"
#include "cues/cues.hpp"
#include "engine/session_documents.hpp"
#include "engine/stages.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace saleschecklist::engine {
namespace {

Error stale(const SessionRecord &record, const char *what) {
  return errors::conflict(fmt::format("there {}: run the session first", what),
                          "session " + record.session.id);
}

std::optional<Error> reason_fault(const std::string &reason) {
  if (base::collapse_spaces(reason).empty())
    return errors::invalid_argument("expected a reason", "reason");
  if (reason.size() > limits::reason_bytes) {
    return errors::invalid_argument(fmt::format("expected at most {} bytes", limits::reason_bytes),
                                    "reason");
  }
  if (base::valid_utf8_prefix(reason) != reason.size())
    return errors::invalid_argument("expected valid UTF-8", "reason");
  return std::nullopt;
}

// Whether an answer to one item is an answer to the other.
bool same_question(const Item &a, const Item &b) {
  return a.title == b.title && a.definition == b.definition && a.key_behavior == b.key_behavior &&
         a.evidence_from == b.evidence_from;
}

struct Carried {
  std::vector<Response> responses;  // of the new checklist's items, in its order
  std::size_t unasked = 0;          // items that are new or ask something else than before
};

Carried carry(const std::vector<Response> &answers, const Checklist &from, const Checklist &to) {
  std::map<std::string, const Item *> questions;
  for (const Category &category : from.categories) {
    for (const Item &item : category.items) questions[item.id] = &item;
  }
  std::map<std::string, const Response *> given;
  for (const Response &r : answers) given[r.item_id] = &r;
  Carried out;
  for (const Category &category : to.categories) {
    for (const Item &item : category.items) {
      const auto question = questions.find(item.id);
      const auto response = given.find(item.id);
      const bool known = question != questions.end() && same_question(*question->second, item);
      if (!known) ++out.unasked;
      if (known && response != given.end()) {
        out.responses.push_back(*response->second);
        continue;
      }
      Response blank;
      blank.item_id = item.id;
      blank.unanswered_reason = UnansweredReason::not_asked;
      blank.reasoning = "The checklist did not have this question when the call was judged.";
      out.responses.push_back(std::move(blank));
    }
  }
  return out;
}

// The cues for further runs: the given ones, else those of the session's cues that fit the
// checklist.
Result<StoredCues> next_cues(const Context &context, const SessionRecord &record,
                             const Checklist &checklist, std::shared_ptr<const Cues> given) {
  if (!given && !record.cues.empty() && record.session.checklist_id == checklist.id) {
    const auto known =
        context.checklists->find_cues(context.store(), context.tenant(), record.cues);
    if (!known) return known.error();
    given = cues::cues_for(checklist, known->value);
  }
  return context.checklists->keep_cues(context.store(), context.tenant(), checklist,
                                       std::move(given));
}

}  // namespace

std::optional<Error> put_new_score(const Context &context, Transaction &transaction,
                                   const Transcript &transcript, const Assessment &assessment,
                                   const std::string &reason,
                                   const std::vector<std::string> &changed) {
  auto card = score_of(context, transaction.record, transcript, assessment);
  if (!card) return card.error();
  const SessionRecord from = transaction.record;
  put_score(transaction, from, *card, reason, changed);
  return std::nullopt;
}

Result<Session> override_answer(const Context &context, const std::string &id,
                                const std::string &item_id, Answer answer,
                                const std::string &reason) {
  if (auto fault = reason_fault(reason)) return *std::move(fault);
  if (answer == Answer::unanswered || answer == Answer::ambiguous) {
    return errors::invalid_argument("expected yes, no, denied or not_applicable", "answer");
  }
  return session_of(mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    const SessionRecord from = transaction.record;
    if (!is_current(from, Stage::assess)) return stale(from, "are no current answers");
    auto assessment = load_assessment(context, from);
    if (!assessment) return assessment.error();
    const auto found = std::find_if(assessment->responses.begin(), assessment->responses.end(),
                                    [&](const Response &r) { return r.item_id == item_id; });
    if (found == assessment->responses.end()) {
      return errors::invalid_argument(fmt::format("the checklist has no item '{}'", item_id),
                                      "item_id");
    }
    const bool changes = found->answer != answer;
    found->answer = answer;
    found->correction = Correction{transaction.actor(), reason, iso_time(transaction.now())};
    found->needs_review = false;
    put_assessment(transaction, from, *assessment, {});
    if (from.session.score_version > 0) {
      const auto transcript = load_transcript(context, from);
      if (!transcript) return transcript.error();
      const auto changed = changes ? std::vector<std::string>{item_id} : std::vector<std::string>();
      if (auto fault =
              put_new_score(context, transaction, *transcript, *assessment,
                            fmt::format("{}: {}, {}", item_id, name(answer), reason), changed)) {
        return *std::move(fault);
      }
    }
    return logged({"overridden", item_id});
  }));
}

Result<Session> rescore(const Context &context, const std::string &id, const Policy &policy) {
  if (const auto faults = validate(policy); !faults.empty()) return faults.front();
  return session_of(mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    if (!is_current(transaction.record, Stage::assess)) {
      return stale(transaction.record, "are no current answers");
    }
    transaction.record.session.policy = policy;
    const auto transcript = load_transcript(context, transaction.record);
    if (!transcript) return transcript.error();
    const auto assessment = load_assessment(context, transaction.record);
    if (!assessment) return assessment.error();
    if (auto fault = put_new_score(context, transaction, *transcript, *assessment,
                                   "rescored by policy " + policy.id, {})) {
      return *std::move(fault);
    }
    return logged({"rescored", "policy"});
  }));
}

Result<Session> rescore(const Context &context, const std::string &id, const Checklist &checklist,
                        std::shared_ptr<const Cues> cues) {
  const auto known = context.checklists->keep(context.store(), context.tenant(),
                                              std::make_shared<const Checklist>(checklist));
  if (!known) return known.error();
  return session_of(mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    const SessionRecord from = transaction.record;
    if (!is_current(from, Stage::assess)) return stale(from, "are no current answers");
    const auto before = context.checklists->find(context.store(), context.tenant(),
                                                 from.session.checklist_fingerprint);
    if (!before) return before.error();
    const auto listened_for = next_cues(context, from, checklist, cues);
    if (!listened_for) return listened_for.error();
    const auto transcript = load_transcript(context, from);
    if (!transcript) return transcript.error();
    auto assessment = load_assessment(context, from);
    if (!assessment) return assessment.error();
    const auto old = assessment->responses;
    Carried carried = carry(old, *before->value, checklist);
    assessment->responses = std::move(carried.responses);
    Session &s = transaction.record.session;
    s.checklist_id = checklist.id;
    s.checklist_fingerprint = known->fingerprint;
    transaction.record.cues = listened_for->fingerprint;
    // If questions are new, the answers remain those to the previous checklist, so they are stale.
    put_assessment(transaction, carried.unasked == 0 ? transaction.record : from, *assessment, {});
    const std::string reason = fmt::format("rescored for {} revision {}, {} items not asked about",
                                           checklist.id, checklist.revision, carried.unasked);
    if (auto fault = put_new_score(context, transaction, *transcript, *assessment, reason,
                                   changed_items(old, assessment->responses))) {
      return *std::move(fault);
    }
    return logged({"rescored", "checklist"});
  }));
}

}  // namespace saleschecklist::engine
