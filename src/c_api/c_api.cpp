// The C API: thin over the public C++ headers. No exception leaves these functions.
#include <saleschecklist/saleschecklist.h>
#include <saleschecklist/saleschecklist.hpp>

#include "c_api/arguments.hpp"
#include "c_api/boundary.hpp"

#include <cstdlib>

using namespace saleschecklist;
using namespace saleschecklist::c_api;

namespace {

static_assert(SCL_OVER_BUDGET == static_cast<int>(ErrorCode::over_budget));
static_assert(SCL_CONFLICT == static_cast<int>(ErrorCode::conflict));
static_assert(SCL_CORRUPT == static_cast<int>(ErrorCode::corrupt));
static_assert(SCL_LOG_ERROR == static_cast<int>(LogLevel::error));
static_assert(SCL_NOT_APPLICABLE == static_cast<int>(AnswerCode::not_applicable));
static_assert(SCL_GREEN == static_cast<int>(RiskBand::green));

Policy policy_of(const char *json) {
  return json == nullptr ? Policy() : policy_from_json(json).value();
}

ReadOptions read_options_of(const char *json) {
  return json == nullptr ? ReadOptions() : read_options_from_json(json).value();
}

AnalyzeOptions analyze_options_of(const char *json, const scl_log *log) {
  AnalyzeOptions out;
  if (json != nullptr) out = analyze_options_from_json(json).value();
  out.call.log = log_of(log);
  return out;
}

// The cues that the offline assessor uses with the checklist.
Cues all_cues_of(const scl_checklist &checklist) {
  if (checklist.cues) return *checklist.cues;
  const auto built_in = find_cues(checklist.value.id);
  return built_in ? **built_in : Cues{checklist.value.id, {}, {}};
}

}  // namespace

int scl_abi(void) { return SCL_ABI; }

const char *scl_version(void) { return version(); }

void scl_text_free(scl_text *text) {
  if (text == nullptr) return;
  std::free(text->data);
  *text = {nullptr, 0};
}

scl_status scl_checklist_find(scl_checklist **checklist, const char *id, scl_error **error) {
  return call(error, [&] {
    required(checklist, "checklist");
    const Checklist &found = *find_checklist(required(id, "id")).value();
    *checklist = new scl_checklist{found};
  });
}

scl_status scl_checklist_parse(scl_checklist **checklist, const char *json, scl_error **error) {
  return call(error, [&] {
    required(checklist, "checklist");
    ChecklistFile file = read_checklist(required(json, "json")).value();
    auto out = std::make_unique<scl_checklist>();
    out->value = std::move(file.checklist);
    if (file.cues) out->cues = std::make_shared<const Cues>(*std::move(file.cues));
    if (!file.notices.empty()) out->notice = std::move(file.notices.front());
    *checklist = out.release();
  });
}

scl_status scl_checklist_with_cues(scl_checklist **other, const scl_checklist *checklist,
                                   const char *cues, scl_error **error) {
  return call(error, [&] {
    required(other, "other");
    const Checklist &list = checklist_of(checklist);
    Cues read = cues_from_json(required(cues, "cues"), list).value();
    *other = new scl_checklist{list, std::make_shared<const Cues>(std::move(read))};
  });
}

scl_status scl_checklist_cues(scl_text *cues, const scl_checklist *checklist, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(cues, "cues");
    give(given, to_json(all_cues_of(*required(checklist, "checklist"))));
  });
}

const char *scl_checklist_notice(const scl_checklist *checklist) {
  return checklist == nullptr ? "" : checklist->notice.c_str();
}

scl_status scl_checklist_json(scl_text *json, const scl_checklist *checklist, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(json, "json");
    give(given, to_json(checklist_of(checklist)));
  });
}

size_t scl_checklist_items(const scl_checklist *checklist) {
  return checklist == nullptr ? 0 : item_count(checklist->value);
}

size_t scl_checklist_categories(const scl_checklist *checklist) {
  return checklist == nullptr ? 0 : checklist->value.categories.size();
}

void scl_checklist_free(scl_checklist *checklist) { delete checklist; }

scl_status scl_analyze(scl_text *report, const void *bytes, size_t size,
                       const scl_checklist *checklist, const char *options, const scl_log *log,
                       scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(report, "report");
    AnalyzeOptions all = analyze_options_of(options, log);
    all.cues = cues_of(checklist);
    give(given, to_json(analyze(bytes_of(bytes, size), checklist_of(checklist), all).value()));
  });
}

scl_status scl_analyze_file(scl_text *report, const char *path, const scl_checklist *checklist,
                            const char *options, const scl_log *log, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(report, "report");
    const Report made = analyze_file(required(path, "path"), checklist_of(checklist),
                                     analyze_options_of(options, log))
                            .value();
    give(given, to_json(made));
  });
}

scl_status scl_json_number(double *number, const char *json, const char *pointer,
                           scl_error **error) {
  return call(error, [&] {
    double &given = *required(number, "number");
    given = number_at(required(json, "json"), required(pointer, "pointer")).value();
  });
}

scl_status scl_json_text(scl_text *text, const char *json, const char *pointer, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(text, "text");
    give(given, text_at(required(json, "json"), required(pointer, "pointer")).value());
  });
}

scl_status scl_render_pdf(scl_text *pdf, const char *report, const scl_checklist *checklist,
                          const char *options, const scl_log *log, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(pdf, "pdf");
    const Report made =
        report_from_json(required(report, "report"), checklist_of(checklist)).value();
    PdfOptions pdf_options;
    if (options != nullptr) pdf_options = pdf_options_from_json(options).value();
    pdf_options.log = log_of(log);
    give(given, render_pdf(made, pdf_options).value());
  });
}

scl_status scl_transcript_read(scl_text *transcript, const void *bytes, size_t size,
                               const char *options, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(transcript, "transcript");
    give(given, to_json(read_transcript(bytes_of(bytes, size), read_options_of(options)).value()));
  });
}

scl_status scl_transcript_read_file(scl_text *transcript, const char *path, const char *options,
                                    scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(transcript, "transcript");
    give(given,
         to_json(read_transcript_file(required(path, "path"), read_options_of(options)).value()));
  });
}

scl_status scl_measure(scl_text *metrics, const char *transcript, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(metrics, "metrics");
    give(given, to_json(measure(transcript_of(transcript))));
  });
}

scl_status scl_verify(scl_text *verdicts, const char *transcript, const char *claims,
                      scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(verdicts, "verdicts");
    const Transcript talk = transcript_of(transcript);
    give(given, to_json(verify(talk, claims_from_json(required(claims, "claims")).value())));
  });
}

scl_status scl_assess_offline(scl_text *assessment, const char *transcript,
                              const scl_checklist *checklist, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(assessment, "assessment");
    const Transcript talk = transcript_of(transcript);
    const Checklist &list = checklist_of(checklist);
    const auto cues = cues_of(checklist);
    const auto made = cues ? assess_offline(talk, list, *cues) : assess_offline(talk, list);
    give(given, to_json(made.value()));
  });
}

scl_status scl_score(scl_text *out, const scl_checklist *checklist, const char *responses,
                     const char *policy, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(out, "score");
    const Score card =
        score(checklist_of(checklist), responses_of(responses), policy_of(policy)).value();
    give(given, to_json(card));
  });
}

scl_status scl_is_sales_call(scl_text *sales_call, const char *transcript,
                             const scl_checklist *checklist, const char *responses,
                             scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(sales_call, "sales_call");
    const Transcript talk = transcript_of(transcript);
    give(given, to_json(is_sales_call(talk, checklist_of(checklist), responses_of(responses))));
  });
}

scl_status scl_coach_offline(scl_text *coaching, const char *transcript,
                             const scl_checklist *checklist, const char *responses,
                             const char *card, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(coaching, "coaching");
    const Transcript talk = transcript_of(transcript);
    const auto answers = responses_of(responses);
    const Score known = score_from_json(required(card, "score")).value();
    give(given, to_json(coach_offline(talk, checklist_of(checklist), answers, known).value()));
  });
}

scl_status scl_compose(scl_text *report, const char *transcript, const scl_checklist *checklist,
                       const char *responses, const char *assessor, const char *options,
                       const scl_log *log, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(report, "report");
    const Transcript talk = transcript_of(transcript);
    const Report made = compose(talk, checklist_of(checklist), responses_of(responses),
                                required(assessor, "assessor"), analyze_options_of(options, log))
                            .value();
    give(given, to_json(made));
  });
}

scl_status scl_roll_up(scl_text *deal, const scl_checklist *checklist, const char *before,
                       const char *history, const char *options, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(deal, "deal");
    const Checklist &card = checklist_of(checklist);
    const DealHistory more = deal_history_from_json(required(history, "history")).value();
    RollUpOptions by;
    if (options != nullptr) by = roll_up_options_from_json(options).value();
    const Deal made = before == nullptr
                          ? roll_up(card, more, by).value()
                          : roll_up(card, deal_from_json(before).value(), more, by).value();
    give(given, to_json(made));
  });
}

scl_status scl_stage_plan(scl_text *plan, const char *id, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(plan, "plan");
    give(given, to_json(*find_stage_plan(required(id, "id")).value()));
  });
}

scl_status scl_score_many(uint8_t *totals, uint8_t *bands, double *category_scores,
                          const scl_checklist *checklist, const uint8_t *answers, size_t rows,
                          const char *policy, unsigned threads, scl_error **error) {
  return call(error, [&] {
    const BatchOutput output{totals, bands, category_scores};
    score_many(checklist_of(checklist), answers, rows, output, policy_of(policy), threads).value();
  });
}
