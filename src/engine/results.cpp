#include "engine/results.hpp"
#include "base/errors.hpp"

#include "base/sha256.hpp"
#include "engine/damage.hpp"
#include "engine/session_documents.hpp"
#include "engine/stages.hpp"
#include "json/documents.hpp"
#include "pipeline/compose_stored.hpp"

#include <saleschecklist/json.hpp>

#include <fmt/format.h>

namespace saleschecklist::engine {
namespace {

using Json = nlohmann::json;

// The answers of finished categories while others are still being asked, in checklist order.
Result<std::optional<Assessment>> first_answers(const Context &context,
                                                const SessionRecord &record) {
  if (record.session.status != SessionStatus::analyzing) return std::optional<Assessment>();
  const auto records = all_of(context, "answers", record.session.id);
  if (!records) return records.error();
  Assessment out;
  for (const Record &row : *records) {
    auto answers = read_body(row, [&](const Json &body) {
      const bool of_this_call = body.at("transcript") == record.session.transcript_version &&
                                body.at("checklist") == record.session.checklist_fingerprint;
      return of_this_call ? json::responses_from_document(body.at("responses"))
                          : std::vector<Response>();
    });
    if (!answers) return answers.error();
    for (Response &r : *answers) out.responses.push_back(std::move(r));
  }
  if (out.responses.empty()) return std::optional<Assessment>();
  out.notices.emplace_back("The call is still being assessed: these are the first answers.");
  return std::optional(std::move(out));
}

template <class T>
Result<std::optional<T>> if_current(const SessionRecord &record, Stage stage,
                                    Result<T> (*load)(const Context &, const SessionRecord &),
                                    const Context &context) {
  if (!is_current(record, stage)) return std::optional<T>();
  auto out = load(context, record);
  if (!out) return out.error();
  return std::optional<T>(*std::move(out));
}

Result<SessionResult> result_of(const Context &context, const SessionRecord &record) {
  SessionResult out;
  out.session = record.session;
  auto transcript = if_current(record, Stage::transcribe, load_transcript, context);
  if (!transcript) return transcript.error();
  out.transcript = *std::move(transcript);
  auto assessment = is_current(record, Stage::assess)
                        ? if_current(record, Stage::assess, load_assessment, context)
                        : first_answers(context, record);
  if (!assessment) return assessment.error();
  out.assessment = *std::move(assessment);
  auto card = if_current(record, Stage::score, load_score, context);
  if (!card) return card.error();
  if (*card) {
    out.assessability = std::move((*card)->assessability);
    out.score = std::move((*card)->score);
  }
  auto coaching = if_current(record, Stage::coach, load_coaching, context);
  if (!coaching) return coaching.error();
  if (*coaching) out.coaching = std::move((*coaching)->coaching);
  auto usage = usage_of_all(context, record.session.id);
  if (!usage) return usage.error();
  out.usage = *std::move(usage);
  return out;
}

Error not_current(const SessionRecord &record) {
  return errors::conflict("the answers or the score are not current: run the session first",
                          "session " + record.session.id);
}

std::string fingerprint_of(const std::optional<Score> &score) {
  return score ? score->fingerprint : "";
}

std::string total_of(const std::optional<Score> &score) {
  return score ? std::to_string(score->total_score) : "none";
}

// Replaces the coaching that compose() made by the stored one, if that is current.
std::optional<Error> put_coaching_into(Report &report, const Context &context,
                                       const SessionRecord &record) {
  if (!report.coaching) return std::nullopt;
  if (!is_current(record, Stage::coach)) {
    if (record.session.coaching_version > 0) {
      report.notices.emplace_back(
          "The coaching was composed offline: the stored coaching is older than the answers.");
    }
    return std::nullopt;
  }
  auto coaching = load_coaching(context, record);
  if (!coaching) return coaching.error();
  report.coaching = std::move(coaching->coaching);
  report.notices.insert(report.notices.begin(), coaching->notices.begin(), coaching->notices.end());
  return std::nullopt;
}

Result<Report> report_of(const Context &context, const SessionRecord &record) {
  if (!is_current(record, Stage::score)) return not_current(record);
  const auto known = context.checklists->find(context.store(), context.tenant(),
                                              record.session.checklist_fingerprint);
  if (!known) return known.error();
  const auto transcript = load_transcript(context, record);
  if (!transcript) return transcript.error();
  auto assessment = load_assessment(context, record);
  if (!assessment) return assessment.error();
  const auto kept = load_score(context, record);
  if (!kept) return kept.error();
  AnalyzeOptions options;
  options.deal = {record.session.customer, record.session.opportunity, record.session.deal_stage};
  options.policy = record.session.policy;
  options.sales_call = record.session.sales_call;
  auto out = pipeline::compose_stored(*transcript, *known->value, assessment->responses,
                                      assessment->assessor, options, kept->assessability);
  if (!out) {
    Error error = out.error();
    const bool of_record =
        error.code == ErrorCode::invalid_argument || error.code == ErrorCode::invalid_input;
    if (of_record) error.code = ErrorCode::corrupt;  // what is stored was sound when it was written
    return error;
  }
  const bool withdrawn = !kept->assessability && !out->score;  // see StoredScore
  if (!withdrawn && fingerprint_of(out->score) != fingerprint_of(kept->score)) {
    return errors::corrupt(
        fmt::format("the stored score ({}) does not follow from the stored answers ({})",
                    total_of(kept->score), total_of(out->score)),
        "session " + record.session.id);
  }
  if (auto fault = put_coaching_into(*out, context, record)) return *std::move(fault);
  out->notices.insert(out->notices.begin(), assessment->notices.begin(), assessment->notices.end());
  auto usage = usage_of_all(context, record.session.id);
  if (!usage) return usage.error();
  out->usage = *std::move(usage);
  return out;
}

// Identifies everything that determines the pages of a report.
std::string fingerprint_of(const Report &report, const PdfOptions &options) {
  return base::sha256_hex(Json{to_json(report), options.font_file, options.bold_font_file,
                               options.include_transcript, SALESCHECKLIST_VERSION}
                              .dump());
}

// The stored PDF with that fingerprint; absent if there is none.
Result<std::optional<std::string>> kept_pdf(const Context &context, const std::string &id,
                                            const std::string &fingerprint) {
  const auto row = context.store().get("report", context.tenant(), id);
  if (!row) {
    if (row.error().code == ErrorCode::not_found) return std::optional<std::string>();
    return row.error();
  }
  const auto blob = read_body(*row, [&](const Json &body) {
    return body.at("fingerprint") == fingerprint ? body.at("blob").get<std::string>()
                                                 : std::string();
  });
  if (!blob) return blob.error();
  if (blob->empty()) return std::optional<std::string>();
  auto out = read_blob(context.blobs(), *blob);
  if (out) return std::optional(*std::move(out));
  if (out.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return out.error();
}

Result<void> keep_pdf(const Context &context, const std::string &id, const std::string &fingerprint,
                      const std::string &pdf) {
  Blob blob;
  blob.key = blob_folder(context, id) + "/" + base::sha256_hex(pdf) + ".pdf";
  blob.content_type = "application/pdf";
  blob.bytes = pdf;
  const auto planned = mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    return plan_blob(transaction, blob.key, {"rendering"});
  });
  if (!planned) return planned.error();
  if (auto put = context.blobs().put(blob); !put) return put;
  const auto kept = mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    transaction.put("report", id, 0,
                    {{"at_ms", transaction.now()},
                     {"fingerprint", fingerprint},
                     {"blob", blob.key},
                     {"bytes", pdf.size()}});
    return logged({"reported"});
  });
  if (kept) return {};
  forget_blob(context, id, blob.key);
  return kept.error();
}

}  // namespace

Result<SessionResult> result_of(const Context &context, const std::string &id) {
  const auto record = load(context, id);
  if (!record) return record.error();
  return result_of(context, *record);
}

Result<Report> report_of(const Context &context, const std::string &id) {
  const auto record = load(context, id);
  if (!record) return record.error();
  return report_of(context, *record);
}

Result<std::string> report_pdf(const Context &context, const std::string &id,
                               const PdfOptions &options) {
  const auto made = report_of(context, id);
  if (!made) return made.error();
  const std::string fingerprint = fingerprint_of(*made, options);
  auto kept = kept_pdf(context, id, fingerprint);
  if (!kept) return kept.error();
  if (*kept) return **std::move(kept);
  auto pdf = render_pdf(*made, options);
  if (!pdf) return pdf;
  if (const auto done = keep_pdf(context, id, fingerprint, *pdf); !done) return done.error();
  return pdf;
}

Result<std::string> coaching_audio(const Context &context, const std::string &id) {
  const auto record = load(context, id);
  if (!record) return record.error();
  if (!is_current(*record, Stage::speak)) {
    return errors::not_found("there is no current spoken coaching", "session " + id);
  }
  return read_blob(context.blobs(), record->session.coaching_blob);
}

Result<std::vector<ScoreVersion>> score_history(const Context &context, const std::string &id) {
  const auto record = load(context, id);
  if (!record) return record.error();
  const auto records = all_of(context, "score", id);
  if (!records) return records.error();
  std::vector<ScoreVersion> out;
  for (const Record &row : *records) {
    const int version = static_cast<int>(out.size()) + 1;
    auto score = read_body(row, [&](const Json &body) { return score_version_of(body, version); });
    if (!score) return score.error();
    out.push_back(*std::move(score));
  }
  return out;
}

}  // namespace saleschecklist::engine
