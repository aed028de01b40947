// analyze(): all steps in order, and the notices of a report.
#include <saleschecklist/assess.hpp>
#include <saleschecklist/assessability.hpp>
#include <saleschecklist/coach.hpp>
#include <saleschecklist/pipeline.hpp>
#include <saleschecklist/turns.hpp>

#include "assess/model/assess.hpp"
#include "assess/offline/assessor_id.hpp"
#include "assessability/judged.hpp"
#include "base/errors.hpp"
#include "base/guard.hpp"
#include "base/unicode.hpp"
#include "evidence/stored_evidence.hpp"
#include "pipeline/compose_stored.hpp"
#include "pipeline/notices.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist {
namespace {

std::vector<std::string> notices_of(const Report &report) {
  std::vector<std::string> out;
  if (assessing::is_offline_assessor(report.assessor)) {
    out.emplace_back(
        "Assessed offline: the assessor listened for phrases (cues), not for meaning. A missed "
        "item may have been said in other words.");
  }
  const Transcript &t = report.transcript;
  if (t.speakers_inferred) {
    out.emplace_back(
        "The source does not say who spoke: a language model told the speakers apart by their "
        "words alone. Listen again to what matters.");
  }
  if (t.role_source == RoleSource::inferred) {
    out.push_back(fmt::format("The roles were inferred: {}.", t.role_reason));
  } else if (t.role_source == RoleSource::none) {
    out.push_back(
        fmt::format("Nobody's role is known ({}), so the items that ask for one side's "
                    "words are unanswered.",
                    t.role_reason));
  }
  for (const std::string &warning : t.warnings) out.push_back("Transcript: " + warning + ".");
  return out;
}

std::optional<Error> check_deal(const DealInfo &deal) {
  for (const auto &[text, field] :
       {std::pair(&deal.customer, "customer"), std::pair(&deal.opportunity, "opportunity"),
        std::pair(&deal.stage, "stage")}) {
    if (base::valid_utf8_prefix(*text) != text->size()) {
      return errors::invalid_argument(fmt::format("expected valid UTF-8 for the {}", field));
    }
  }
  return std::nullopt;
}

void log(const Log &log, LogLevel level, const std::string &message) {
  if (log) log(level, message);
}

void log_score(const Report &report, const AnalyzeOptions &options) {
  if (!report.score) {
    return log(options.call.log, LogLevel::info,
               fmt::format("no score: {}", name(*report.assessment.reason)));
  }
  const ScoreSummary &s = report.score->summary;
  log(options.call.log, LogLevel::info,
      fmt::format("scored {} ({}): {} of {} items validated", report.score->total_score,
                  name(report.score->risk_band), s.validated_items, s.total_items));
}

// Makes a report without coaching and notices. `judged` is what was judged of the call before.
Report scored(const Transcript &transcript, const Checklist &checklist,
              std::vector<Response> responses, const std::string &assessor,
              const AnalyzeOptions &options,
              const std::optional<Assessability> &judged = std::nullopt) {
  Report out;
  auto card = score(checklist, responses, options.policy).value();
  const SalesCallRule rule = options.sales_call;
  out.assessment = judged ? assessable::reassessed(transcript, checklist, responses, rule, *judged)
                          : assessability(transcript, checklist, responses, rule);
  if (!out.assessment.reason) {
    card.fingerprint = fingerprint(checklist, transcript, assessor, options.policy, responses);
    out.score = std::move(card);
  }
  out.deal = options.deal;
  out.checklist = checklist;
  out.checklist_fingerprint = fingerprint(checklist);
  out.transcript = transcript;
  out.metrics = measure(transcript);
  out.responses = std::move(responses);
  out.assessor = assessor;
  log_score(out, options);
  return out;
}

void log_coaching(const Report &report, const AnalyzeOptions &options) {
  if (!report.coaching) return;
  log(options.call.log, LogLevel::info,
      fmt::format("coached: {} strengths, {} points to improve", report.coaching->strengths.size(),
                  report.coaching->improvement_areas.size()));
}

Report composed(const Transcript &transcript, const Checklist &checklist,
                std::vector<Response> responses, const std::string &assessor,
                const AnalyzeOptions &options,
                const std::optional<Assessability> &judged = std::nullopt) {
  Report out = scored(transcript, checklist, std::move(responses), assessor, options, judged);
  if (out.score) {
    out.coaching = coach_offline(transcript, checklist, out.responses, *out.score).value();
  }
  out.notices = notices_of(out);
  log_coaching(out, options);
  return out;
}

// The rest of the budget after assessing; absent if nothing is left.
std::optional<Budget> rest_of(const Budget &budget, const Usage &used) {
  Budget out = budget;
  if (budget.tokens > 0) out.tokens -= used.tokens_in + used.tokens_out;
  if (budget.micro_dollars > 0) out.micro_dollars -= used.micro_dollars;
  const bool spent = (budget.tokens > 0 && out.tokens <= 0) ||
                     (budget.micro_dollars > 0 && out.micro_dollars <= 0);
  return spent ? std::nullopt : std::optional(out);
}

Result<Coaching> coach_by(LanguageModel &model, const Report &report, const Budget &budget,
                          Usage &usage, const AnalyzeOptions &options) {
  CallOptions call = options.call;
  call.budget = budget;
  return coach(report.transcript, report.checklist, report.responses, *report.score, model, call,
               &usage);
}

// Coaches by the model, or offline if it cannot. Fails with cancelled.
std::optional<Error> add_coaching(Report &report, LanguageModel &model, const Usage &counted,
                                  const AnalyzeOptions &options) {
  Usage used;
  const auto rest = rest_of(options.call.budget, counted);
  auto coaching = rest ? coach_by(model, report, *rest, used, options)
                       : Result<Coaching>(errors::over_budget({}));
  if (!coaching && coaching.error().code == ErrorCode::cancelled) return coaching.error();
  if (used.requests > 0 || coaching) report.usage.push_back({"coach", model.info().id, used});
  if (!coaching) report.notices.push_back(pipeline::offline_coaching_notice(coaching.error()));
  report.coaching =
      coaching ? *std::move(coaching)
               : coach_offline(report.transcript, report.checklist, report.responses, *report.score)
                     .value();
  return std::nullopt;
}

// The transcript with its turns separated if it lacks speakers; else, or if the model cannot, as it
// is. Fails as the service does.
Result<Transcript> with_turns(LanguageModel &model, const Transcript &transcript,
                              const AnalyzeOptions &options, std::vector<StageUsage> &stages) {
  if (!lacks_speakers(transcript)) return transcript;
  Usage used;
  auto out = separate_turns(transcript, model, {options.read.rep_names, options.call}, &used);
  stages.push_back({"separate", model.info().id, used});
  if (out || !pipeline::is_done_without_turns(out.error())) return out;
  Transcript as_it_is = transcript;
  as_it_is.warnings.push_back(pipeline::turns_warning(out.error()));
  return as_it_is;
}

Result<Report> analyze_by(LanguageModel &model, const Transcript &given, const Checklist &checklist,
                          const AnalyzeOptions &options) {
  if (const auto faults = validate(options.policy); !faults.empty()) return faults.front();
  const std::string provider = model.info().id;
  std::vector<StageUsage> stages;
  const auto separated = with_turns(model, given, options, stages);
  if (!separated) return separated.error();
  const Transcript &transcript = *separated;
  AssessOptions asking;
  asking.votes = options.votes;
  asking.call = options.call;
  Usage assess_usage, counted;
  for (const StageUsage &stage : stages) counted += stage.usage;
  asking.call.budget = rest_of(options.call.budget, counted).value_or(Budget{1, 0});
  auto assessment =
      assessing::assess_counted(transcript, checklist, model, asking, assess_usage, counted);
  if (!assessment) return assessment.error();
  Report out = scored(transcript, checklist, std::move(assessment->responses), assessment->assessor,
                      options);
  out.usage = std::move(stages);
  out.usage.push_back({"assess", provider, assess_usage});
  out.notices = std::move(assessment->notices);
  if (out.score) {
    if (auto error = add_coaching(out, model, counted, options)) return *std::move(error);
  }
  for (std::string &notice : notices_of(out)) out.notices.push_back(std::move(notice));
  log_coaching(out, options);
  return out;
}

Result<Report> analyze_offline(const Transcript &transcript, const Checklist &checklist,
                               const AnalyzeOptions &options) {
  auto assessment = options.cues ? assess_offline(transcript, checklist, *options.cues)
                                 : assess_offline(transcript, checklist);
  if (!assessment) return assessment.error();
  log(options.call.log, LogLevel::info,
      fmt::format("answered {} items offline", assessment->responses.size()));
  Report out = composed(transcript, checklist, std::move(assessment->responses),
                        assessment->assessor, options);
  const auto &notices = assessment->notices;
  out.notices.insert(out.notices.begin(), notices.begin(), notices.end());
  return out;
}

}  // namespace

Result<Report> analyze(const Transcript &transcript, const Checklist &checklist,
                       const AnalyzeOptions &options) {
  return base::guard([&]() -> Result<Report> {
    if (auto error = check_deal(options.deal)) return *std::move(error);
    log(options.call.log, LogLevel::info,
        fmt::format("transcript of {} utterances, roles {}", transcript.utterances.size(),
                    name(transcript.role_source)));
    if (options.model) return analyze_by(*options.model, transcript, checklist, options);
    return analyze_offline(transcript, checklist, options);
  });
}

Result<Report> analyze(std::string_view bytes, const Checklist &checklist,
                       const AnalyzeOptions &options) {
  const auto transcript = read_transcript(bytes, options.read);
  if (!transcript) return transcript.error();
  return analyze(*transcript, checklist, options);
}

Result<Report> analyze_file(const std::string &path, const Checklist &checklist,
                            const AnalyzeOptions &options) {
  const auto transcript = read_transcript_file(path, options.read);
  if (!transcript) return transcript.error();
  return analyze(*transcript, checklist, options);
}

Result<Report> pipeline::compose_stored(const Transcript &transcript, const Checklist &checklist,
                                        const std::vector<Response> &responses,
                                        const std::string &assessor, const AnalyzeOptions &options,
                                        const std::optional<Assessability> &judged) {
  return base::guard([&]() -> Result<Report> {
    if (auto error = check_deal(options.deal)) return *std::move(error);
    if (assessor.empty() || base::valid_utf8_prefix(assessor) != assessor.size()) {
      return errors::invalid_argument("expected the name of who answered, in UTF-8", "assessor");
    }
    if (auto error = evidence::evidence_fault(transcript, responses)) return *std::move(error);
    return composed(transcript, checklist, responses, assessor, options, judged);
  });
}

Result<Report> compose(const Transcript &transcript, const Checklist &checklist,
                       const std::vector<Response> &responses, const std::string &assessor,
                       const AnalyzeOptions &options) {
  return pipeline::compose_stored(transcript, checklist, responses, assessor, options,
                                  std::nullopt);
}

}  // namespace saleschecklist
