// Converts each type to and from JSON, as described by the schemas in schemas/.
// Output is UTF-8, indented by two spaces, with keys in the order of the schema: equal values give
// equal bytes. Readers fail with invalid_input; `where` is "line L, column C" if the text is not
// JSON, and a JSON pointer if the content is wrong. The message lists all faults.
#ifndef SALESCHECKLIST_JSON_HPP
#define SALESCHECKLIST_JSON_HPP

#include <saleschecklist/assess.hpp>
#include <saleschecklist/audio.hpp>
#include <saleschecklist/cues.hpp>
#include <saleschecklist/deal.hpp>
#include <saleschecklist/engine.hpp>
#include <saleschecklist/evidence.hpp>
#include <saleschecklist/pipeline.hpp>
#include <saleschecklist/services.hpp>
#include <saleschecklist/voice.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

SALESCHECKLIST_API std::string to_json(const Checklist &checklist);
SALESCHECKLIST_API std::string to_json(const Cues &cues);
SALESCHECKLIST_API std::string to_json(const Transcript &transcript);
// The transcript with its metrics; transcript_from_json() reads the transcript back.
SALESCHECKLIST_API std::string to_json(const Transcript &transcript, const Metrics &metrics);
SALESCHECKLIST_API std::string to_json(const Metrics &metrics);
SALESCHECKLIST_API std::string to_json(const std::vector<Response> &responses);
SALESCHECKLIST_API std::string to_json(const std::vector<Verdict> &verdicts);
SALESCHECKLIST_API std::string to_json(const Policy &policy);
SALESCHECKLIST_API std::string to_json(const Score &score);
SALESCHECKLIST_API std::string to_json(const Coaching &coaching);
SALESCHECKLIST_API std::string to_json(const SalesCall &sales_call);
SALESCHECKLIST_API std::string to_json(const Assessability &assessability);
SALESCHECKLIST_API std::string to_json(const Report &report);
SALESCHECKLIST_API std::string to_json(const Assessment &assessment);
SALESCHECKLIST_API std::string to_json(const StagePlan &plan);
SALESCHECKLIST_API std::string to_json(const Deal &deal);
SALESCHECKLIST_API std::string to_json(const DealHistory &history);
SALESCHECKLIST_API std::string to_json(const std::vector<StageUsage> &stages);  // with their total
SALESCHECKLIST_API std::string to_json(const Speech &speech);                   // without the audio

SALESCHECKLIST_API std::string to_json(const Session &session);
SALESCHECKLIST_API std::string to_json(const SessionPage &page);
SALESCHECKLIST_API std::string to_json(const std::vector<Session> &sessions);  // as a last page
SALESCHECKLIST_API std::string to_json(const SessionResult &result);
SALESCHECKLIST_API std::string to_json(const std::vector<ScoreVersion> &history);
SALESCHECKLIST_API std::string to_json(const std::vector<AuditEntry> &entries);
SALESCHECKLIST_API std::string to_json(const AuditReport &report);
SALESCHECKLIST_API std::string to_json(const Redacted &redacted);

// A checklist as its JSON gives it. Earlier versions kept the cues inside the checklist.
struct ChecklistFile {
  Checklist checklist;
  std::optional<Cues> cues{};          // those inside the checklist; absent if there were none
  std::vector<std::string> notices{};  // sentences for whoever keeps the file
};

// Reads a checklist and the cues that its JSON may hold.
SALESCHECKLIST_API Result<ChecklistFile> read_checklist(std::string_view json);

// Reads a checklist without cues; fails for one that holds any, so that none get lost.
SALESCHECKLIST_API Result<Checklist> checklist_from_json(std::string_view json);
// Reads cues, each of them well formed; the second one also checks that they are for the checklist
// and for items that it has.
SALESCHECKLIST_API Result<Cues> cues_from_json(std::string_view json);
SALESCHECKLIST_API Result<Cues> cues_from_json(std::string_view json, const Checklist &checklist);
SALESCHECKLIST_API Result<Policy> policy_from_json(std::string_view json);
SALESCHECKLIST_API Result<Transcript> transcript_from_json(std::string_view json);
SALESCHECKLIST_API Result<Metrics> metrics_from_json(std::string_view json);
SALESCHECKLIST_API Result<std::vector<Claim>> claims_from_json(std::string_view json);
SALESCHECKLIST_API Result<Score> score_from_json(std::string_view json);
SALESCHECKLIST_API Result<Coaching> coaching_from_json(std::string_view json);
SALESCHECKLIST_API Result<std::vector<StageUsage>> usage_from_json(std::string_view json);

// Accepts an array of responses, an object with such an array as "responses", or a whole report.
SALESCHECKLIST_API Result<std::vector<Response>> responses_from_json(std::string_view json);

// Reads a report; `checklist` is the one that it was made with. Everything that can be recomputed
// is checked: fails with invalid_argument if the checklist has another fingerprint, and with
// invalid_input if a quote is not in the transcript, or if metrics or score do not follow from
// transcript and responses.
SALESCHECKLIST_API Result<Report> report_from_json(std::string_view json,
                                                   const Checklist &checklist);

// Reads a plan; validate() checks it against a checklist.
SALESCHECKLIST_API Result<StagePlan> stage_plan_from_json(std::string_view json);
SALESCHECKLIST_API Result<Deal> deal_from_json(std::string_view json);
SALESCHECKLIST_API Result<DealHistory> deal_history_from_json(std::string_view json);

// The number or string at a JSON pointer (RFC 6901) such as "/score/total_score", for hosts without
// a JSON library. Each call parses the whole text. Fails with not_found if there is no such value,
// with invalid_input if the text is not JSON or the value has another type, and with
// invalid_argument if `pointer` is not a JSON pointer.
SALESCHECKLIST_API Result<double> number_at(std::string_view json, std::string_view pointer);
SALESCHECKLIST_API Result<std::string> text_at(std::string_view json, std::string_view pointer);

// Options, for hosts that store them as JSON. They contain no callbacks.
SALESCHECKLIST_API Result<ReadOptions> read_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<AnalyzeOptions> analyze_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<PdfOptions> pdf_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<TranscribeOptions> transcribe_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<SeparateOptions> separate_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<AssessOptions> assess_options_from_json(std::string_view json);
// `plan` may also be the id of a built-in plan.
SALESCHECKLIST_API Result<RollUpOptions> roll_up_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<NewSession> new_session_from_json(std::string_view json);
SALESCHECKLIST_API Result<SessionChange> session_change_from_json(std::string_view json);
SALESCHECKLIST_API Result<SessionFilter> session_filter_from_json(std::string_view json);
SALESCHECKLIST_API Result<AudioHints> audio_hints_from_json(std::string_view json);
SALESCHECKLIST_API Result<RunOptions> run_options_from_json(std::string_view json);
// A list as prices.schema.json describes it, or an object with it in `prices`, as
// schemas/prices.json.
SALESCHECKLIST_API Result<std::vector<Price>> prices_from_json(std::string_view json);
SALESCHECKLIST_API Result<RedactOptions> redact_options_from_json(std::string_view json);
// These two read the environment if the text asks for it; engine_options_from_json() opens the
// stores.
SALESCHECKLIST_API Result<EngineOptions> engine_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<ServicesOptions> services_options_from_json(std::string_view json);

}  // namespace saleschecklist

#endif
