// Each noun to and from JSON text, as described by the schemas in schemas/.
// Texts are UTF-8, two-space indented, keys in schema order: equal values give equal bytes.
// Readers fail with invalid_input; `where` is "line L, column C" for broken JSON and a JSON
// pointer for broken content; when there are several faults, the message lists them all.
#ifndef SALESCHECKLIST_JSON_HPP
#define SALESCHECKLIST_JSON_HPP

#include <saleschecklist/assess.hpp>
#include <saleschecklist/audio.hpp>
#include <saleschecklist/engine.hpp>
#include <saleschecklist/evidence.hpp>
#include <saleschecklist/pipeline.hpp>
#include <saleschecklist/services.hpp>
#include <saleschecklist/voice.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

SALESCHECKLIST_API std::string to_json(const Checklist &checklist);
SALESCHECKLIST_API std::string to_json(const Transcript &transcript);
// The transcript with its metrics beside it; reads back as the transcript.
SALESCHECKLIST_API std::string to_json(const Transcript &transcript, const Metrics &metrics);
SALESCHECKLIST_API std::string to_json(const Metrics &metrics);
SALESCHECKLIST_API std::string to_json(const std::vector<Response> &responses);
SALESCHECKLIST_API std::string to_json(const std::vector<Verdict> &verdicts);
SALESCHECKLIST_API std::string to_json(const Policy &policy);
SALESCHECKLIST_API std::string to_json(const Score &score);
SALESCHECKLIST_API std::string to_json(const Coaching &coaching);
SALESCHECKLIST_API std::string to_json(const Report &report);
SALESCHECKLIST_API std::string to_json(const Assessment &assessment);
SALESCHECKLIST_API std::string to_json(const std::vector<StageUsage> &stages);  // and their total
SALESCHECKLIST_API std::string to_json(const Speech &speech);                   // without its sound

SALESCHECKLIST_API std::string to_json(const Session &session);
SALESCHECKLIST_API std::string to_json(const SessionPage &page);
SALESCHECKLIST_API std::string to_json(const std::vector<Session> &sessions);  // a last page
SALESCHECKLIST_API std::string to_json(const SessionResult &result);
SALESCHECKLIST_API std::string to_json(const std::vector<ScoreVersion> &history);
SALESCHECKLIST_API std::string to_json(const std::vector<AuditEntry> &trail);
SALESCHECKLIST_API std::string to_json(const AuditReport &report);
SALESCHECKLIST_API std::string to_json(const Redacted &redacted);

SALESCHECKLIST_API Result<Checklist> checklist_from_json(std::string_view json);
SALESCHECKLIST_API Result<Policy> policy_from_json(std::string_view json);
SALESCHECKLIST_API Result<Transcript> transcript_from_json(std::string_view json);
SALESCHECKLIST_API Result<Metrics> metrics_from_json(std::string_view json);
SALESCHECKLIST_API Result<std::vector<Claim>> claims_from_json(std::string_view json);
SALESCHECKLIST_API Result<Score> score_from_json(std::string_view json);
SALESCHECKLIST_API Result<Coaching> coaching_from_json(std::string_view json);
SALESCHECKLIST_API Result<std::vector<StageUsage>> usage_from_json(std::string_view json);

// Accepts an array of responses, an object that holds one as "responses", or a whole report.
SALESCHECKLIST_API Result<std::vector<Response>> responses_from_json(std::string_view json);

// A report with the checklist that it names. What can be recomputed is: fails with invalid_argument
// when the checklist has another fingerprint, and with invalid_input when a quote is not in the
// transcript, or when metrics or score do not follow from transcript and responses.
SALESCHECKLIST_API Result<Report> report_from_json(std::string_view json,
                                                   const Checklist &checklist);

// Options, for hosts that keep them as JSON. Callbacks are not part of them.
SALESCHECKLIST_API Result<ReadOptions> read_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<AnalyzeOptions> analyze_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<PdfOptions> pdf_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<TranscribeOptions> transcribe_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<AssessOptions> assess_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<NewSession> new_session_from_json(std::string_view json);
SALESCHECKLIST_API Result<SessionChange> session_change_from_json(std::string_view json);
SALESCHECKLIST_API Result<SessionFilter> session_filter_from_json(std::string_view json);
SALESCHECKLIST_API Result<AudioHints> audio_hints_from_json(std::string_view json);
SALESCHECKLIST_API Result<RunOptions> run_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<RedactOptions> redact_options_from_json(std::string_view json);
// These read the environment where the text asks for it. The engine's opens its stores.
SALESCHECKLIST_API Result<EngineOptions> engine_options_from_json(std::string_view json);
SALESCHECKLIST_API Result<ServicesOptions> services_options_from_json(std::string_view json);

}  // namespace saleschecklist

#endif
