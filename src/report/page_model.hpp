// The content of a report's pages, independent of how it is drawn.
#ifndef SALESCHECKLIST_REPORT_PAGE_MODEL_HPP
#define SALESCHECKLIST_REPORT_PAGE_MODEL_HPP

#include <saleschecklist/report.hpp>

#include <string>
#include <variant>
#include <vector>

namespace saleschecklist::report {

struct Heading {
  std::string text;
  int level = 1;  // 1: a chapter, which is listed in the outline; 2: a section
  bool new_page = false;
};

enum class Tone { plain, muted, quote, strong };

struct Paragraph {
  std::string text;
  Tone tone = Tone::plain;
};

// The score in its band's colour, with lines that explain it beside it.
struct ScoreBox {
  std::string number, label, color;  // "#rrggbb"
  std::vector<std::string> lines;
};

// Says in words why there is no score.
struct NoScoreBox {
  std::string heading, text;
  std::vector<std::string> lines;
};

struct Callout {
  std::string heading, text;
};

struct Bar {
  std::string label, caption;
  double ratio = 0;  // 0..1
};
struct Bars {
  std::vector<Bar> rows;
};

// A line with a mark in front, and smaller lines below: an item, a moment or an action.
enum class Mark { yes, no, open, skipped, bullet, clock };
struct Entry {
  Mark mark = Mark::bullet;
  std::string title, note;  // the note is right-aligned
  std::vector<Paragraph> details;
};

struct Fact {
  std::string name, value;
};
struct Facts {
  std::vector<Fact> rows;
};

using Block = std::variant<Heading, Paragraph, ScoreBox, NoScoreBox, Callout, Bars, Entry, Facts>;

struct PageModel {
  std::string title, subject, footer;
  std::vector<Block> blocks;
};

PageModel build_pages(const Report &report, bool include_transcript);

}  // namespace saleschecklist::report

#endif
