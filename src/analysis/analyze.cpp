// analyze(): all arrows in a row, and the notices that a reader of the result needs.
#include <saleschecklist/analysis.hpp>
#include <saleschecklist/report.hpp>

#include "core/evidence_places.hpp"
#include "core/guard.hpp"
#include "core/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist {
namespace {

constexpr const char *offline_assessor = "offline-cues/1";
constexpr std::size_t few_items_share = 20;  // one item in so many: hardly a sales conversation

std::vector<std::string> notices_of(const Report &report) {
  std::vector<std::string> out;
  if (report.assessor == offline_assessor) {
    out.emplace_back(
        "Assessed offline: the assessor listened for phrases (cues), not for meaning. A missed "
        "item may have been said in other words.");
  }
  const Transcript &t = report.transcript;
  if (t.role_source == RoleSource::inferred) {
    out.push_back(fmt::format("The roles were inferred: {}.", t.role_reason));
  } else if (t.role_source == RoleSource::none) {
    out.push_back(
        fmt::format("Nobody's role is known ({}), so the items that ask for one side's "
                    "words are unanswered.",
                    t.role_reason));
  } else if (report.score.summary.validated_items * few_items_share <
             report.score.summary.total_items) {
    out.emplace_back("Hardly any item was heard: this may not be a sales conversation.");
  }
  for (const std::string &warning : t.warnings) out.push_back("Transcript: " + warning + ".");
  return out;
}

std::optional<Error> check_deal(const Deal &deal) {
  for (const auto &[text, field] :
       {std::pair(&deal.customer, "customer"), std::pair(&deal.opportunity, "opportunity"),
        std::pair(&deal.stage, "stage")}) {
    if (valid_utf8_prefix(*text) != text->size()) {
      return Error{ErrorCode::invalid_argument, fmt::format("the {} is not UTF-8", field), {}};
    }
  }
  return std::nullopt;
}

void log(const Log &log, LogLevel level, const std::string &message) {
  if (log) log(level, message);
}

Report composed(const Transcript &transcript, const Checklist &checklist,
                std::vector<Response> responses, const std::string &assessor,
                const AnalyzeOptions &options) {
  Report out;
  out.score = score(checklist, responses, options.policy).value();
  out.deal = options.deal;
  out.checklist = checklist;
  out.checklist_fingerprint = fingerprint(checklist);
  out.transcript = transcript;
  out.metrics = measure(transcript);
  out.responses = std::move(responses);
  out.assessor = assessor;
  out.score.fingerprint =
      fingerprint(checklist, transcript, assessor, options.policy, out.responses);
  const ScoreSummary &s = out.score.summary;
  log(options.log, LogLevel::info,
      fmt::format("scored {} ({}): {} of {} items validated", out.score.total_score,
                  name(out.score.risk_band), s.validated_items, s.total_items));
  out.coaching = coach_offline(transcript, checklist, out.responses, out.score).value();
  out.notices = notices_of(out);
  log(options.log, LogLevel::info,
      fmt::format("coached: {} strengths, {} points to improve", out.coaching.strengths.size(),
                  out.coaching.improvement_areas.size()));
  return out;
}

}  // namespace

Result<Report> analyze(const Transcript &transcript, const Checklist &checklist,
                       const AnalyzeOptions &options) {
  return guard([&]() -> Result<Report> {
    if (auto error = check_deal(options.deal)) return *std::move(error);
    log(options.log, LogLevel::info,
        fmt::format("transcript of {} utterances, roles {}", transcript.utterances.size(),
                    name(transcript.role_source)));
    auto responses = assess_offline(transcript, checklist);
    if (!responses) return responses.error();
    log(options.log, LogLevel::info, fmt::format("answered {} items offline", responses->size()));
    return composed(transcript, checklist, *std::move(responses), offline_assessor, options);
  });
}

Result<Report> analyze(std::string_view bytes, const Checklist &checklist,
                       const AnalyzeOptions &options) {
  const auto transcript = read_transcript(bytes, options.read);
  if (!transcript) return transcript.error();
  return analyze(*transcript, checklist, options);
}

Result<Report> compose(const Transcript &transcript, const Checklist &checklist,
                       const std::vector<Response> &responses, const std::string &assessor,
                       const AnalyzeOptions &options) {
  return guard([&]() -> Result<Report> {
    if (auto error = check_deal(options.deal)) return *std::move(error);
    if (assessor.empty() || valid_utf8_prefix(assessor) != assessor.size()) {
      return Error{ErrorCode::invalid_argument, "expected who answered, as UTF-8", "assessor"};
    }
    if (auto error = evidence_fault(transcript, responses)) return *std::move(error);
    return composed(transcript, checklist, responses, assessor, options);
  });
}

}  // namespace saleschecklist
