// render_pdf(): draws the page model block by block.
#include <saleschecklist/report.hpp>

#include "base/errors.hpp"

#ifdef SALESCHECKLIST_WITH_PDF

#include "base/guard.hpp"
#include "evidence/stored_evidence.hpp"
#include "report/canvas.hpp"
#include "report/page_model.hpp"
#include "score/score_units.hpp"

#include <algorithm>

namespace saleschecklist {
namespace {

constexpr report::Color ink{0.13F, 0.15F, 0.18F}, grey{0.42F, 0.45F, 0.49F},
    pale{0.93F, 0.94F, 0.95F};
constexpr report::Color accent{0.16F, 0.32F, 0.55F}, good{0.15F, 0.55F, 0.33F},
    bad{0.75F, 0.27F, 0.23F};
constexpr double column = report::Canvas::right - report::Canvas::left;

report::TextStyle style(double size, report::Color color = ink,
                        report::Face face = report::Face::regular) {
  return {face, size, color, 1.38};
}

class PdfRenderer {
 public:
  explicit PdfRenderer(const PdfOptions &options) : canvas_(options) {}

  std::string run(const report::PageModel &model) {
    canvas_.describe(model.title, model.subject);
    for (const report::Block &block : model.blocks) {
      std::visit([this](const auto &b) { draw(b); }, block);
    }
    return canvas_.finish(model.footer);
  }

 private:
  void draw(const report::Heading &h) {
    const bool chapter = h.level == 1;
    if (h.new_page && canvas_.y() < report::Canvas::top) canvas_.new_page();
    const double size = chapter ? 17 : 11.5;
    canvas_.need(size * 4);  // keeps a heading on the same page as the text below it
    if (canvas_.y() < report::Canvas::top) canvas_.skip(chapter ? 18 : 10);
    canvas_.text(h.text, style(size, chapter ? accent : ink, report::Face::bold),
                 report::Canvas::left, column);
    if (chapter) canvas_.outline(h.text);
    canvas_.skip(chapter ? 6 : 2);
  }

  static report::TextStyle style_of(report::Tone tone) {
    switch (tone) {
      case report::Tone::muted:
        return style(9, grey);
      case report::Tone::quote:
        return style(9.5, {0.25F, 0.28F, 0.33F});
      case report::Tone::strong:
        return style(10, ink, report::Face::bold);
      case report::Tone::plain:
        break;
    }
    return style(10);
  }

  void draw(const report::Paragraph &p) {
    canvas_.text(p.text, style_of(p.tone), report::Canvas::left, column);
    canvas_.skip(5);
  }

  void draw(const report::ScoreBox &box) {
    constexpr double height = 96, panel = 150;
    canvas_.need(height + 10);
    canvas_.skip(8);
    const double top = canvas_.y();
    const report::Color band = report::color_of(box.color);
    canvas_.fill(report::Canvas::left, top - height, panel, height, band);
    canvas_.fill(report::Canvas::left + panel, top - height, column - panel, height, pale);
    const report::Color white{1, 1, 1};
    canvas_.line(box.number, style(44, white, report::Face::bold), report::Canvas::left + 16,
                 top - 54, panel - 24);
    canvas_.line(box.label, style(14, white, report::Face::bold), report::Canvas::left + 16,
                 top - 80, panel - 24);
    double baseline = top - 24;
    for (const std::string &line : box.lines) {
      canvas_.line(line, style(10.5), report::Canvas::left + panel + 18, baseline,
                   column - panel - 30);
      baseline -= 17;
    }
    canvas_.move_to(top - height - 12);
  }

  void draw(const report::NoScoreBox &box) {
    draw(report::Callout{box.heading, box.text});
    for (const std::string &line : box.lines) draw(report::Paragraph{line, report::Tone::muted});
    canvas_.skip(6);
  }

  void draw(const report::Callout &c) {
    const report::TextStyle body = style(11), head = style(9, accent, report::Face::bold);
    const auto rows = canvas_.wrap(c.text, body, column - 32).size();
    const double height = 30 + static_cast<double>(rows) * body.size * body.leading;
    canvas_.need(height + 8);
    const double top = canvas_.y();
    const bool fits = top - height >= report::Canvas::bottom;
    if (fits) {
      canvas_.fill(report::Canvas::left, top - height, column, height, {0.94F, 0.96F, 0.99F});
      canvas_.fill(report::Canvas::left, top - height, 4, height, accent);
    }
    canvas_.skip(8);
    canvas_.text(c.heading, head, report::Canvas::left + 16, column - 32);
    canvas_.text(c.text, body, report::Canvas::left + 16, column - 32);
    canvas_.skip(18);
  }

  void draw(const report::Bars &bars) {
    constexpr double row = 24, label = 190, note = 60;
    const double length = column - label - note;
    for (const report::Bar &bar : bars.rows) {
      canvas_.need(row);
      canvas_.skip(row);
      const double base = canvas_.y() + 8;
      canvas_.line(bar.label, style(10), report::Canvas::left, base, label - 10);
      canvas_.fill(report::Canvas::left + label, base - 2, length, 10, pale);
      const double ratio = std::clamp(bar.ratio, 0.0, 1.0);
      if (ratio > 0)
        canvas_.fill(report::Canvas::left + label, base - 2, length * ratio, 10, accent);
      canvas_.line(bar.caption, style(9.5, grey), report::Canvas::left + label + length + 10, base,
                   note - 10);
    }
    canvas_.skip(6);
  }

  void draw_mark(report::Mark mark, double baseline) {
    const double x = report::Canvas::left + 1;
    switch (mark) {
      case report::Mark::yes:
        canvas_.check(x, baseline, 8, good);
        break;
      case report::Mark::no:
        canvas_.cross(x, baseline, 6.5, bad);
        break;
      case report::Mark::open:
        canvas_.fill(x, baseline + 2.5, 7, 1.6, grey);
        break;
      case report::Mark::skipped:
        canvas_.fill(x, baseline + 2.5, 7, 1.6, pale);
        break;
      case report::Mark::bullet:
        canvas_.fill(x + 1, baseline + 2, 4, 4, accent);
        break;
      case report::Mark::clock:
        canvas_.fill(x, baseline - 1, 3, 10, accent);
        break;
    }
  }

  void draw(const report::Entry &e) {
    constexpr double indent = 18, gap = 12;
    const report::TextStyle title =
        style(10, ink, e.details.empty() ? report::Face::regular : report::Face::bold);
    const report::TextStyle note = style(9, grey);
    const double note_width = std::min(canvas_.text_width(e.note, note), column / 3);
    const double width = column - indent - (e.note.empty() ? 0 : note_width + gap);
    canvas_.need(title.size * title.leading + (e.details.empty() ? 0 : 14));
    const double baseline = canvas_.y() - title.size;
    draw_mark(e.mark, baseline);
    if (!e.note.empty()) {
      canvas_.line(e.note, note, report::Canvas::right - note_width, baseline, note_width + 0.5);
    }
    canvas_.text(e.title, title, report::Canvas::left + indent, width);
    for (const report::Paragraph &p : e.details) {
      canvas_.text(p.text, style_of(p.tone), report::Canvas::left + indent, column - indent);
    }
    canvas_.skip(4);
  }

  void draw(const report::Facts &facts) {
    constexpr double name_width = 170;
    for (const report::Fact &fact : facts.rows) {
      const report::TextStyle value = style(10);
      canvas_.need(value.size * value.leading);
      canvas_.line(fact.name, style(10, grey), report::Canvas::left, canvas_.y() - value.size,
                   name_width - 10);
      canvas_.text(fact.value, value, report::Canvas::left + name_width, column - name_width);
      canvas_.skip(2);
    }
    canvas_.skip(4);
  }

  report::Canvas canvas_;
};

// What cannot be drawn in a report that a host assembled; std::nullopt if all can.
std::optional<Error> undrawable(const Report &report) {
  if (auto fault = evidence::evidence_fault(report.transcript, report.responses)) return fault;
  if (report.coaching) {
    if (auto fault = evidence::moment_fault(report.transcript, *report.coaching)) return fault;
  }
  if (!report.score && !report.assessment.reason) {
    return errors::invalid_argument("expected a score, or the reason why there is none",
                                    "/assessment/reason");
  }
  if (!report.score || scoring::is_color(report.score->risk_color)) return std::nullopt;
  return errors::invalid_argument("expected a colour such as #27ae60", "/score/risk_color");
}

}  // namespace

Result<std::string> render_pdf(const Report &report, const PdfOptions &options) {
  return base::guard([&]() -> Result<std::string> {
    if (auto fault = undrawable(report)) return *std::move(fault);
    return PdfRenderer(options).run(report::build_pages(report, options.include_transcript));
  });
}

}  // namespace saleschecklist

#else
namespace saleschecklist {

Result<std::string> render_pdf(const Report &, const PdfOptions &) {
  return errors::unsupported(
      "this build does not write PDF: it was configured with SALESCHECKLIST_PDF=OFF");
}

}  // namespace saleschecklist

#endif
