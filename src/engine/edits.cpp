#include "engine/edits.hpp"

#include "base/errors.hpp"
#include "engine/answers.hpp"
#include "engine/attachment.hpp"
#include "engine/rejudging.hpp"
#include "engine/session_documents.hpp"
#include "engine/stages.hpp"

#include <saleschecklist/redact.hpp>

#include <fmt/format.h>

namespace saleschecklist::engine {
namespace {

Result<Transcript> current_transcript(const Context &context, const SessionRecord &record) {
  if (is_current(record, Stage::transcribe)) return load_transcript(context, record);
  return errors::conflict("there is no current transcript: attach one, or run the session first",
                          "session " + record.session.id);
}

// What the engine must not keep, a person may have typed.
Result<Transcript> redacted(const Context &context, Transcript transcript) {
  if (!context.options.redact) return transcript;
  auto out = redact(transcript, *context.options.redact);
  if (!out) return out.error();
  return std::move(out->transcript);
}

// The items to be judged again: those whose answers rest on what was touched, and those that the
// offline assessor finds proved there now.
Result<std::set<std::string>> items_in_question(const Context &context, const SessionRecord &record,
                                                const Transcript &edited,
                                                const Assessment &assessment,
                                                const transcript::Touched &touched) {
  std::set<std::string> out = record.rejudge.value_or(std::set<std::string>());
  if (touched.utterances.empty()) return out;
  out.merge(resting_on(touched, assessment.responses));
  const auto checklist = context.checklists->find(context.store(), context.tenant(),
                                                  record.session.checklist_fingerprint);
  if (!checklist) return checklist.error();
  const auto heard = assess_offline_with(context, record, edited, *checklist->value);
  if (!heard) return heard.error();
  out.merge(proved_by(touched, heard->responses));
  return out;
}

// Keeps the answers for the edited transcript, and the score if there is a current one.
std::optional<Error> keep_answers(const Context &context, Transaction &transaction,
                                  const SessionRecord &from, const Transcript &edited,
                                  const Assessment &assessment, const char *action) {
  const SessionRecord now = transaction.record;
  put_assessment(transaction, now, assessment, {});
  if (!is_current(from, Stage::score)) return std::nullopt;
  return put_new_score(context, transaction, edited, assessment, action, {});
}

}  // namespace

Result<Session> edit_transcript(const Context &context, const std::string &id, const char *action,
                                const std::function<transcript::Touched(Transcript &)> &edit) {
  return session_of(mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    const SessionRecord from = transaction.record;
    auto transcript = current_transcript(context, from);
    if (!transcript) return transcript.error();
    const transcript::Touched touched = edit(*transcript);
    transcript = redacted(context, *std::move(transcript));
    if (!transcript) return transcript.error();
    const AuditAction logged_action{
        action, fmt::format("version {}, {} utterances touched",
                            from.session.transcript_version + 1, touched.utterances.size())};
    put_transcript(transaction, from, *transcript, {});
    if (!is_current(from, Stage::assess) && !from.rejudge) {
      submit(context, transaction, SessionStatus::analyzing);
      return logged(logged_action);
    }
    const auto assessment = load_assessment(context, from);
    if (!assessment) return assessment.error();
    auto items = items_in_question(context, from, *transcript, *assessment, touched);
    if (!items) return items.error();
    if (items->empty()) {
      if (auto fault = keep_answers(context, transaction, from, *transcript, *assessment, action)) {
        return *std::move(fault);
      }
      return logged(logged_action);
    }
    transaction.record.rejudge = *std::move(items);
    submit(context, transaction, SessionStatus::analyzing);
    return logged(logged_action);
  }));
}

}  // namespace saleschecklist::engine
