// The target of rendered reports: each line replaces one text of a report, in order; an empty line
// leaves the text as it is.
#include "support.hpp"

namespace saleschecklist::fuzz {
namespace {

const Report &report_of_call() {
  static const Report out =
      analyze(read_transcript(
                  "Rita: What does it cost you when a truck is late?\n"
                  "Tom: We lose about forty thousand dollars a month, and our CFO is not happy.\n"
                  "Rita: Have you tried anything else? We can show you a price on Friday.\n"
                  "Tom: Twice, in March and last quarter. Send it, and I will sign.\n",
                  {{"Rita"}})
                  .value(),
              Checklist::ten_point(), {{"Halden Freight", "Tracking", "Trial"}, {}})
          .value();
  return out;
}

// All texts of a report that people wrote.
std::vector<std::string *> texts_of(Report &report) {
  std::vector<std::string *> out = {&report.deal.customer, &report.deal.opportunity,
                                    &report.deal.stage, &report.assessor};
  for (Utterance &utterance : report.transcript.utterances) {
    out.push_back(&utterance.text);
    out.push_back(&utterance.speaker);
  }
  if (report.coaching) {
    out.push_back(&report.coaching->feedback_text);
    out.push_back(&report.coaching->first_change);
    for (std::string &action : report.coaching->action_items) out.push_back(&action);
    for (Moment &moment : report.coaching->moments) out.push_back(&moment.quote);
  }
  for (std::string &notice : report.notices) out.push_back(&notice);
  for (Response &response : report.responses) {
    out.push_back(&response.reasoning);
    for (Evidence &evidence : response.evidence) out.push_back(&evidence.quote);
  }
  for (Category &category : report.checklist.categories) {
    out.push_back(&category.name);
    for (Item &item : category.items) out.push_back(&item.title);
  }
  for (SpeakerMetrics &speaker : report.metrics.speakers) out.push_back(&speaker.speaker);
  return out;
}

}  // namespace

void pdf(std::string_view bytes) {
  Report report = report_of_call();
  const std::vector<std::string *> texts = texts_of(report);
  const std::vector<std::string> lines = lines_of(bytes);
  for (std::size_t i = 0; i < std::min(texts.size(), lines.size()); ++i) {
    if (!lines[i].empty()) *texts[i] = lines[i];
  }
  PdfOptions options;
  options.include_transcript = bytes.size() % 2 == 0;
  const auto pdf = render_pdf(report, options);
  if (!pdf) {
    return require_documented(pdf.error(), {ErrorCode::invalid_input, ErrorCode::invalid_argument,
                                            ErrorCode::unsupported});
  }
  require(pdf->rfind("%PDF-", 0) == 0, "a PDF begins as one");
  require(pdf->find("%%EOF", pdf->size() - 16) != std::string::npos, "a PDF is complete");
  if (lines.size() % 4 == 0) {  // it takes as long again
    require(render_pdf(report, options).value() == *pdf, "equal reports give equal bytes");
  }
}

}  // namespace saleschecklist::fuzz
