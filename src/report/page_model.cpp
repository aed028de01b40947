#include "report/page_model.hpp"

#include "report/chapters/chapters.hpp"
#include "text/phrasing.hpp"

namespace saleschecklist::report {

std::string clock_text(const std::optional<std::int64_t> &ms) {
  return ms ? text::clock_time(*ms) : std::string();
}

std::string quoted(const std::string &text) { return "\xE2\x80\x9C" + text + "\xE2\x80\x9D"; }

PageModel build_pages(const Report &report, bool include_transcript) {
  const std::string &customer = report.deal.customer;
  PageModel out;
  out.title = customer.empty() ? "Sales call report" : "Sales call report: " + customer;
  out.subject = report.checklist.name;
  out.footer = customer.empty() ? "Confidential" : "Confidential \xC2\xB7 " + customer;
  add_summary(out.blocks, report, out.title);
  if (report.score) add_categories(out.blocks, report);
  if (report.coaching) add_coaching(out.blocks, *report.coaching);
  add_metrics(out.blocks, report.metrics);
  add_items(out.blocks, report);
  if (include_transcript) add_transcript(out.blocks, report.transcript);
  add_provenance(out.blocks, report);
  return out;
}

}  // namespace saleschecklist::report
