// Pages, lines and colours over libharu: knows how to draw, not what.
#ifndef SALESCHECKLIST_REPORT_CANVAS_HPP
#define SALESCHECKLIST_REPORT_CANVAS_HPP

#include "report/fonts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::report {

struct Color {
  float red, green, blue;
};
Color color_of(const std::string &hex);  // "#rrggbb"

struct TextStyle {
  Face face = Face::regular;
  double size = 10;
  Color color{0.13F, 0.15F, 0.18F};
  double leading = 1.38;  // line height in sizes
};

// A4 pages in points, filled from the top. After any failure of libharu the calls do nothing, and
// finish() throws.
class Canvas {
 public:
  explicit Canvas(const PdfOptions &options);

  static constexpr double left = 54, right = 541, top = 790, bottom = 60;

  double y() const { return y_; }
  void move_to(double y) { y_ = y; }
  void skip(double points) { y_ -= points; }
  // Begins a new page unless `height` points fit on this one.
  void need(double height);
  void new_page();

  // Wraps text into [x, x + width] from y() down and across pages.
  void text(std::string_view text, const TextStyle &style, double x, double width);
  // One line at a baseline, cut with an ellipsis where it is wider than `width`.
  void line(std::string_view text, const TextStyle &style, double x, double baseline, double width);
  double text_width(std::string_view text, const TextStyle &style);
  std::vector<std::string> wrap(std::string_view text, const TextStyle &style, double width);
  void fill(double x, double y, double width, double height, Color color);
  void cross(double x, double y, double size, Color color);
  void check(double x, double y, double size, Color color);

  void outline(const std::string &title);
  void describe(const std::string &title, const std::string &subject);
  // Draws the footer on every page and returns the document's bytes.
  std::string finish(const std::string &footer);

 private:
  struct Release {
    void operator()(_HPDF_Doc_Rec *document) const;
  };
  void draw(HPDF_Page page, std::string_view text, const TextStyle &style, double x, double y);
  void set_fill(HPDF_Page page, Color color);
  void stroke(double x1, double y1, double x2, double y2);
  std::string fit(std::string_view text, const TextStyle &style, double width);

  std::unique_ptr<_HPDF_Doc_Rec, Release> document_;
  std::unique_ptr<Fonts> fonts_;
  std::vector<HPDF_Page> pages_;
  double y_ = top;
};

}  // namespace saleschecklist::report

#endif
