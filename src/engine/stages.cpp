#include "engine/stages.hpp"
#include "base/errors.hpp"

#include <saleschecklist/coach.hpp>
#include <saleschecklist/speak.hpp>
#include <saleschecklist/turns.hpp>

#include "base/sha256.hpp"
#include "engine/recording.hpp"
#include "engine/rejudging.hpp"
#include "engine/reply_journal.hpp"
#include "engine/session_documents.hpp"
#include "json/documents.hpp"
#include "pipeline/notices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace saleschecklist::engine {
namespace {

using Json = nlohmann::json;

// A stage at work: its session, lease and options.
class Work {
 public:
  Work(Lease &lease, const SessionRecord &record, const RunOptions &options)
      : lease_(lease), context_(lease.context()), record_(record), options_(options) {}

  Result<SessionRecord> transcribe();
  Result<SessionRecord> assess();
  Result<SessionRecord> score();
  Result<SessionRecord> coach();
  Result<SessionRecord> speak();

 private:
  const Services &services() const { return context_.options.services; }
  Result<StoredChecklist> checklist() const {
    return context_.checklists->find(context_.store(), context_.tenant(),
                                     record_.session.checklist_fingerprint);
  }
  // Options for a call of a service, which ends it if the lease is lost.
  CallOptions call(const Budget &budget) const;
  Result<Transcript> separated(const Transcript &transcript, ReplyJournal *journal,
                               StageUsage &usage) const;
  Result<Assessment> judge(const Transcript &transcript, const Checklist &checklist,
                           ReplyJournal *journal, std::vector<StageUsage> &usage);
  Result<Assessment> judge_again(const Transcript &transcript, const Checklist &checklist,
                                 ReplyJournal *journal, std::vector<StageUsage> &usage);
  void keep_first_answers(const Category &category, const std::vector<Response> &answers);
  Result<StoredCoaching> coached(const Transcript &transcript, const Checklist &checklist,
                                 const Assessment &assessment, const Score &score,
                                 ReplyJournal &journal);
  Result<Budget> budget_left(std::vector<StageUsage> used) const;
  Result<std::vector<StageUsage>> usage_of_assessment() const;
  Result<SessionRecord> commit(const std::function<void(Transaction &)> &put,
                               const AuditAction &action, ReplyJournal *journal,
                               SessionStatus next);

  Lease &lease_;
  const Context &context_;
  const SessionRecord &record_;
  const RunOptions &options_;
};

CallOptions Work::call(const Budget &budget) const {
  CallOptions out = options_.call;
  out.budget = budget;
  if (!out.log) out.log = context_.options.log;
  out.cancel = lease_.cancel_token();
  return out;
}

// Commits a stage's result, erases its stored replies and sets the next status. Completed sessions
// and those that wait for a person are parked.
Result<SessionRecord> Work::commit(const std::function<void(Transaction &)> &put,
                                   const AuditAction &action, ReplyJournal *journal,
                                   SessionStatus next) {
  std::vector<Record> done;
  if (journal != nullptr) {
    auto records = journal->records();
    if (!records) return records.error();
    done = *std::move(records);
  }
  const Mutation edit = [&](Transaction &transaction) -> MutationResult {
    put(transaction);
    transaction.drop(done);
    Session &s = transaction.record.session;
    s.status = next;
    // Asked for while the call was being judged: run() sees it before it goes on.
    const bool judged = next == SessionStatus::scoring && action.action == "assessed";
    if (judged && s.review) s.status = SessionStatus::pending_review;
    s.failure.reset();
    if (next == SessionStatus::completed) s.completed_at_ms = transaction.now();
    return std::optional(action);
  };
  const bool waits = next == SessionStatus::completed || next == SessionStatus::pending_review;
  return waits ? lease_.mutate_and_park(edit) : lease_.mutate(edit);
}

Result<SessionRecord> Work::transcribe() {
  if (!services().transcriber) {
    return errors::invalid_argument(
        "expected services with a transcriber, which the recording requires", "services");
  }
  const SessionAudio &audio = *record_.session.audio;
  const auto file = LocalFile::of(context_.blobs(), audio.blob);
  if (!file) return file.error();
  const auto journal = ReplyJournal::open(lease_, Stage::transcribe);
  if (!journal) return journal.error();
  const auto transcriber =
      journaled_transcriber(*services().transcriber, **journal, context_.options.redact);
  TranscribeOptions hearing;
  hearing.rep_names = record_.hints.rep_names;
  hearing.channel_names = record_.hints.channel_names;
  hearing.language = record_.hints.language;
  hearing.parallel = options_.parallel;
  hearing.call = call({});
  StageUsage usage{"transcribe", transcriber->info().id, {}};
  auto transcript = saleschecklist::transcribe(file->path(), *transcriber, hearing, usage);
  if (!transcript) return transcript.error();
  if (context_.options.redact) {
    auto redacted = redact(*transcript, *context_.options.redact);
    if (!redacted) return redacted.error();
    transcript = std::move(redacted->transcript);
  }
  return commit(
      [&](Transaction &transaction) { put_transcript(transaction, record_, *transcript, {usage}); },
      {"transcribed"}, journal->get(), SessionStatus::analyzing);
}

Result<Transcript> Work::separated(const Transcript &transcript, ReplyJournal *journal,
                                   StageUsage &usage) const {
  const auto model = journaled_model(*services().model, *journal);
  usage = {"separate", model->info().id, {}};
  return separate_turns(transcript, *model, {record_.hints.rep_names, call(options_.call.budget)},
                        &usage.usage);
}

// Failures are ignored: the journal has the replies.
void Work::keep_first_answers(const Category &category, const std::vector<Response> &answers) {
  const std::string &id = record_.session.id;
  Record row = context_.record("answers", id + "." + category.id, id);
  row.at = category.order;
  row.body = stored_text({{"transcript", record_.session.transcript_version},
                          {"checklist", record_.session.checklist_fingerprint},
                          {"responses", json::to_document(answers)["responses"]}});
  if (const auto kept = lease_.keep(row); !kept) {
    context_.log(LogLevel::warning, fmt::format("the answers of {} cannot be shown yet: {}",
                                                category.name, kept.error().message));
  }
}

Result<Assessment> Work::judge(const Transcript &transcript, const Checklist &checklist,
                               ReplyJournal *journal, std::vector<StageUsage> &usage) {
  if (!services().model) return assess_offline_with(context_, record_, transcript, checklist);
  const auto model = journaled_model(*services().model, *journal);
  const auto budget = budget_left(usage);
  if (!budget) return budget.error();
  AssessOptions asking;
  asking.votes = options_.votes;
  asking.parallel = options_.parallel;
  asking.call = call(*budget);
  asking.answered = [&](std::size_t category, const std::vector<Response> &answers) {
    keep_first_answers(checklist.categories[category], answers);
  };
  asking.unusable = [&](const ModelRequest &request) {
    journal->reject(fingerprint_of(*services().model, request));
  };
  usage.push_back({"assess", model->info().id, {}});
  auto out = saleschecklist::assess(transcript, checklist, *model, asking, &usage.back().usage);
  if (!out || !out->failure) return out;
  // A reply that this side could not store is not missing for the service's sake.
  const ErrorCode code = out->failure->code;
  const bool of_service = code != ErrorCode::io && code != ErrorCode::conflict;
  if (options_.allow_partial && of_service) return out;
  if (const auto done = journal->forget_rejected(); !done) return done.error();
  return *out->failure;
}

// Judges only the answers that an edit put in question. Answers of two assessors are never mixed:
// if the one who answered before is another, everything is judged.
Result<Assessment> Work::judge_again(const Transcript &transcript, const Checklist &checklist,
                                     ReplyJournal *journal, std::vector<StageUsage> &usage) {
  auto before = load_assessment(context_, record_);
  if (!before) return before;
  auto fresh = services().model
                   ? judge(transcript, only(checklist, *record_.rejudge), journal, usage)
                   : judge(transcript, checklist, journal, usage);
  if (!fresh) return fresh;
  if (fresh->assessor != before->assessor) return judge(transcript, checklist, journal, usage);
  return with_new_answers(*std::move(before), *fresh, *record_.rejudge);
}

Result<SessionRecord> Work::assess() {
  const auto known = checklist();
  if (!known) return known.error();
  const auto transcript = load_transcript(context_, record_);
  if (!transcript) return transcript.error();
  const auto journal = ReplyJournal::open(lease_, Stage::assess);
  if (!journal) return journal.error();
  std::vector<StageUsage> usage;
  std::optional<std::string> warning;
  if (services().model && !record_.rejudge && lacks_speakers(*transcript)) {
    const auto turns = separated(*transcript, journal->get(), usage.emplace_back());
    if (turns) {  // which is assessed next
      return commit(
          [&](Transaction &transaction) { put_transcript(transaction, record_, *turns, usage); },
          {"speakers told apart", usage.front().provider}, journal->get(),
          SessionStatus::analyzing);
    }
    if (!pipeline::is_done_without_turns(turns.error())) return turns.error();
    warning = pipeline::turns_warning(turns.error());
  }
  auto assessment = record_.rejudge ? judge_again(*transcript, *known->value, journal->get(), usage)
                                    : judge(*transcript, *known->value, journal->get(), usage);
  if (!assessment) return assessment.error();
  if (warning) assessment->notices.push_back("Transcript: " + *warning + ".");
  const auto unasked = (*journal)->usage_of_unasked();
  usage.insert(usage.end(), unasked.begin(), unasked.end());
  const auto first_answers = all_of(context_, "answers", record_.session.id);
  if (!first_answers) return first_answers.error();
  return commit(
      [&](Transaction &transaction) {
        put_assessment(transaction, record_, *assessment, usage);
        transaction.drop(*first_answers);
      },
      {"assessed", assessment->assessor}, journal->get(),
      record_.session.review ? SessionStatus::pending_review : SessionStatus::scoring);
}

Result<SessionRecord> Work::score() {
  const auto transcript = load_transcript(context_, record_);
  if (!transcript) return transcript.error();
  const auto assessment = load_assessment(context_, record_);
  if (!assessment) return assessment.error();
  const auto card = score_of(context_, record_, *transcript, *assessment);
  if (!card) return card.error();
  std::vector<Response> before;  // the answers that were scored last
  if (record_.session.score_version > 0) {
    SessionRecord earlier = record_;
    earlier.session.assessment_version = record_.scored_assessment;
    auto old = load_assessment(context_, earlier);
    if (!old) return old.error();
    before = std::move(old->responses);
  }
  return commit(
      [&](Transaction &transaction) {
        put_score(transaction, record_, *card, "assessed",
                  changed_items(before, assessment->responses));
      },
      {"scored", fmt::format("version {}", record_.session.score_version + 1)}, nullptr,
      SessionStatus::scoring);
}

// What is left of the budget, which telling the speakers apart, assessing and coaching share, after
// what was used besides the transcript.
Result<Budget> Work::budget_left(std::vector<StageUsage> used) const {
  Budget out = options_.call.budget;
  if (out.tokens == 0 && out.micro_dollars == 0) return out;
  const auto transcript =
      usage_of_part(context_, "transcript", record_.session.id, record_.session.transcript_version);
  if (!transcript) return transcript.error();
  std::copy_if(transcript->begin(), transcript->end(), std::back_inserter(used),
               [](const StageUsage &stage) { return stage.stage == "separate"; });
  for (const StageUsage &stage : used) {
    if (out.tokens > 0) {
      out.tokens =
          std::max<std::int64_t>(1, out.tokens - stage.usage.tokens_in - stage.usage.tokens_out);
    }
    if (out.micro_dollars > 0) {
      out.micro_dollars = std::max<std::int64_t>(1, out.micro_dollars - stage.usage.micro_dollars);
    }
  }
  return out;
}

Result<std::vector<StageUsage>> Work::usage_of_assessment() const {
  Result<std::vector<StageUsage>> out = std::vector<StageUsage>();
  // Versions made by corrections used nothing.
  for (int version = record_.session.assessment_version; version > 0 && out && out->empty();
       --version) {
    out = usage_of_part(context_, "assessment", record_.session.id, version);
  }
  return out;
}

Result<StoredCoaching> Work::coached(const Transcript &transcript, const Checklist &checklist,
                                     const Assessment &assessment, const Score &score,
                                     ReplyJournal &journal) {
  StoredCoaching out;
  if (services().model) {
    const auto model = journaled_model(*services().model, journal);
    const auto assessing = usage_of_assessment();
    if (!assessing) return assessing.error();
    const auto budget = budget_left(*assessing);
    if (!budget) return budget.error();
    StageUsage usage{"coach", model->info().id, {}};
    auto coaching = saleschecklist::coach(transcript, checklist, assessment.responses, score,
                                          *model, call(*budget), &usage.usage);
    if (usage.usage.requests > 0 || coaching) out.usage.push_back(std::move(usage));
    if (coaching) {
      out.coaching = *std::move(coaching);
      return out;
    }
    // Errors that a retry cannot mend; all others are failures from which the session is resumed.
    const ErrorCode code = coaching.error().code;
    if (code != ErrorCode::over_budget && code != ErrorCode::refused) return coaching.error();
    out.notices.push_back(pipeline::offline_coaching_notice(coaching.error()));
  }
  auto coaching = coach_offline(transcript, checklist, assessment.responses, score);
  if (!coaching) return coaching.error();
  out.coaching = *std::move(coaching);
  return out;
}

Result<SessionRecord> Work::coach() {
  const auto known = checklist();
  if (!known) return known.error();
  const auto transcript = load_transcript(context_, record_);
  if (!transcript) return transcript.error();
  const auto assessment = load_assessment(context_, record_);
  if (!assessment) return assessment.error();
  const auto card = load_score(context_, record_);
  if (!card) return card.error();
  if (!card->score) return errors::internal("a call without a score is not coached");
  const auto journal = ReplyJournal::open(lease_, Stage::coach);
  if (!journal) return journal.error();
  const auto coaching = coached(*transcript, *known->value, *assessment, *card->score, **journal);
  if (!coaching) return coaching.error();
  if (auto failure = (*journal)->failure()) return *std::move(failure);
  const bool last = !services().voice || options_.until == Stage::coach;
  return commit([&](Transaction &transaction) { put_coaching(transaction, record_, *coaching); },
                {"coached", fmt::format("version {}", record_.session.coaching_version + 1)},
                journal->get(), last ? SessionStatus::completed : SessionStatus::scoring);
}

Result<SessionRecord> Work::speak() {
  const auto coaching = load_coaching(context_, record_);
  if (!coaching) return coaching.error();
  const auto journal = ReplyJournal::open(lease_, Stage::speak);
  if (!journal) return journal.error();
  const auto voice = journaled_voice(*services().voice, **journal);
  StageUsage usage{"speak", voice->info().id, {}};
  const auto speech =
      saleschecklist::speak(coaching->coaching.feedback_text, *voice, call({}), &usage.usage);
  if (!speech) return speech.error();
  const std::string blob = blob_folder(context_, record_.session.id) + "/" +
                           base::sha256_hex(speech->audio) +
                           (speech->content_type == "audio/mpeg" ? ".mp3" : ".audio");
  const auto planned = lease_.mutate([&](Transaction &transaction) -> MutationResult {
    return plan_blob(transaction, blob, {"speaking"});
  });
  if (!planned) return planned.error();
  Blob sound;
  sound.key = blob;
  sound.content_type = speech->content_type;
  sound.bytes = speech->audio;
  if (const auto put = context_.blobs().put(sound); !put) return put.error();
  auto out = commit(
      [&](Transaction &transaction) { put_speech(transaction, record_, *speech, blob, {usage}); },
      {"spoken"}, journal->get(), SessionStatus::completed);
  if (!out) forget_blob(context_, record_.session.id, blob);
  return out;
}

}  // namespace

Result<Assessment> assess_offline_with(const Context &context, const SessionRecord &record,
                                       const Transcript &transcript, const Checklist &checklist) {
  if (record.cues.empty()) return assess_offline(transcript, checklist, {checklist.id, {}, {}});
  const auto cues = context.checklists->find_cues(context.store(), context.tenant(), record.cues);
  if (!cues) return cues.error();
  return assess_offline(transcript, checklist, *cues->value);
}

Result<StoredScore> score_of(const Context &context, const SessionRecord &record,
                             const Transcript &transcript, const Assessment &assessment) {
  const auto known = context.checklists->find(context.store(), context.tenant(),
                                              record.session.checklist_fingerprint);
  if (!known) return known.error();
  auto card = score(*known->value, assessment.responses, record.session.policy);
  if (!card) return card.error();
  StoredScore out;
  out.assessability =
      assessability(transcript, *known->value, assessment.responses, record.session.sales_call);
  if (out.assessability->reason) return out;
  card->fingerprint = fingerprint(*known->value, transcript, assessment.assessor,
                                  record.session.policy, assessment.responses);
  out.score = *std::move(card);
  return out;
}

std::vector<std::string> changed_items(const std::vector<Response> &before,
                                       const std::vector<Response> &after) {
  std::map<std::string, Answer> answers;
  for (const Response &r : before) answers[r.item_id] = r.answer;
  std::vector<std::string> out;
  for (const Response &r : after) {
    const auto found = answers.find(r.item_id);
    const Answer old = found == answers.end() ? Answer::unanswered : found->second;
    if (old != r.answer) out.push_back(r.item_id);
  }
  return out;
}

Result<std::optional<Stage>> next_stage(const Context &context, const SessionRecord &record,
                                        Stage until) {
  const Session &s = record.session;
  if (s.status == SessionStatus::uploading) {
    return errors::invalid_argument("the recording was not stored completely; attach it again",
                                    "session " + s.id);
  }
  if (s.transcript_version == 0 && !s.audio) {
    return errors::invalid_argument("nothing is attached: attach a recording or a transcript",
                                    "session " + s.id);
  }
  for (const Stage stage :
       {Stage::transcribe, Stage::assess, Stage::score, Stage::coach, Stage::speak}) {
    if (stage > until || (stage == Stage::speak && !context.options.services.voice)) break;
    if (stage == Stage::score && s.status == SessionStatus::pending_review) break;
    if (!is_done(record, stage)) return std::optional(stage);
  }
  return std::optional<Stage>();
}

Result<SessionRecord> perform(Lease &lease, const SessionRecord &record, Stage stage,
                              const RunOptions &options) {
  Work work(lease, record, options);
  switch (stage) {
    case Stage::transcribe:
      return work.transcribe();
    case Stage::assess:
      return work.assess();
    case Stage::score:
      return work.score();
    case Stage::coach:
      return work.coach();
    case Stage::speak:
      break;
  }
  return work.speak();
}

}  // namespace saleschecklist::engine
