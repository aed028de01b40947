#include "functions.hpp"

namespace saleschecklist::python {
namespace {

using Answers = std::vector<Response>;

AnalyzeOptions options(const DealInfo &deal, const Policy &policy, const Log &log,
                       SalesCallRule sales_call) {
  AnalyzeOptions out;
  out.sales_call = sales_call;
  out.deal = deal;
  out.policy = policy;
  out.call.log = log;
  return out;
}

Result<Report> analyze_content(std::string_view content, const Checklist &checklist,
                               const DealInfo &deal, const Policy &policy, const CuesPointer &cues,
                               const Log &log, SalesCallRule sales_call,
                               const std::vector<std::string> &rep_names) {
  AnalyzeOptions all = options(deal, policy, log, sales_call);
  all.read.rep_names = rep_names;
  all.cues = cues;
  return analyze(content, checklist, all);
}

Result<Report> analyze_transcript(const Transcript &transcript, const Checklist &checklist,
                                  const DealInfo &deal, const Policy &policy,
                                  const CuesPointer &cues, const Log &log,
                                  SalesCallRule sales_call) {
  AnalyzeOptions all = options(deal, policy, log, sales_call);
  all.cues = cues;
  return analyze(transcript, checklist, all);
}

Result<Assessment> assess_by_cues(const Transcript &transcript, const Checklist &checklist,
                                  const CuesPointer &cues) {
  return cues ? assess_offline(transcript, checklist, *cues)
              : assess_offline(transcript, checklist);
}

Result<Report> compose_answers(const Transcript &transcript, const Checklist &checklist,
                               const Answers &responses, const std::string &assessor,
                               const DealInfo &deal, const Policy &policy, const Log &log,
                               SalesCallRule sales_call) {
  return compose(transcript, checklist, responses, assessor,
                 options(deal, policy, log, sales_call));
}

// A transcript that may have faults.
struct Draft {
  Transcript transcript;
};

Result<Blob> render(const Report &report, bool include_transcript, const std::string &font_file,
                    const std::string &bold_font_file, const Log &log) {
  auto pdf = render_pdf(report, {font_file, bold_font_file, include_transcript, log});
  if (!pdf) return pdf.error();
  return Blob{*std::move(pdf)};
}

}  // namespace

template <>
struct Converter<Draft> {
  static Draft load(py::handle from, const Place &place) {
    Draft out;
    load_fields(out.transcript, from, place);
    return out;
  }
};

void define_arrows(py::module_ &module) {
  define(
      module, "read_transcript",
      +[](std::string_view content, const std::vector<std::string> &names, std::size_t most_bytes) {
        return read_transcript(content, {names, most_bytes});
      },
      {"data", "rep_names", "most_bytes"});
  define(module, "measure", &measure, {"transcript"});
  define(module, "find_checklist", +[](const std::string &id) { return find_checklist(id); },
         {"id"});
  define(module, "find_cues", +[](const std::string &id) { return find_cues(id); },
         {"checklist_id"});
  define(module, "validate_checklist",
         +[](const Checklist &checklist) { return validate(checklist); }, {"checklist"});
  define(module, "validate_cues",
         +[](const Cues &cues, const Checklist &checklist) { return validate(cues, checklist); },
         {"cues", "checklist"});
  define(module, "validate_policy", +[](const Policy &policy) { return validate(policy); },
         {"policy"});
  define(module, "validate_transcript",
         +[](const Draft &draft) { return validate(draft.transcript); }, {"transcript"});
  define(module, "item_count", +[](const Checklist &checklist) { return item_count(checklist); },
         {"checklist"});
  define(module, "checklist_fingerprint",
         +[](const Checklist &checklist) { return fingerprint(checklist); }, {"checklist"});
  define(module, "cues_fingerprint", +[](const Cues &cues) { return fingerprint(cues); }, {"cues"});
  define(module, "fingerprint",
         +[](const Checklist &c, const Transcript &t, const std::string &assessor, const Policy &p,
             const Answers &r) { return fingerprint(c, t, assessor, p, r); },
         {"checklist", "transcript", "assessor", "policy", "responses"});
  define(module, "verify",
         +[](const Transcript &transcript, const std::vector<Claim> &claims) {
           return verify(transcript, claims);
         },
         {"transcript", "claims"});
  define(module, "describe", +[](const RejectedEvidence &rejected) { return describe(rejected); },
         {"rejected"});
  define(module, "describe_assessability",
         +[](const Assessability &assessability) { return describe(assessability); },
         {"assessability"});
  define(module, "is_incomplete", &is_incomplete, {"assessability"});
  define(module, "detect_language", &detect_language, {"transcript"});
  define(module, "is_sales_call", &is_sales_call, {"transcript", "checklist", "responses"});
  define(module, "assessability", &assessability,
         {"transcript", "checklist", "responses", "sales_call"});
  define(module, "assess_offline", &assess_by_cues, {"transcript", "checklist", "cues"});
  define(module, "score",
         +[](const Checklist &c, const Answers &r, const Policy &p) { return score(c, r, p); },
         {"checklist", "responses", "policy"});
  define(module, "coach_offline", &coach_offline,
         {"transcript", "checklist", "responses", "score"});
  define(module, "analyze_content", &analyze_content,
         {"call", "checklist", "deal", "policy", "cues", "log", "sales_call", "rep_names"});
  define(module, "analyze_transcript", &analyze_transcript,
         {"call", "checklist", "deal", "policy", "cues", "log", "sales_call"});
  define(
      module, "compose", &compose_answers,
      {"transcript", "checklist", "responses", "assessor", "deal", "policy", "log", "sales_call"});
  define(module, "render_pdf", &render,
         {"report", "include_transcript", "font_file", "bold_font_file", "log"});
  module.def("version", &version);
}

}  // namespace saleschecklist::python
