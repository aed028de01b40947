// Drawing of pages, lines and colours with libharu, independent of the content.
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
  double leading = 1.38;  // line height, as a multiple of the size
};

// A4 pages, filled from the top; units are points. Every call throws std::bad_alloc if memory runs
// out, and BadResult (internal) after any other error of libharu; the canvas is then unusable.
class Canvas {
 public:
  explicit Canvas(const PdfOptions &options);

  static constexpr double left = 54, right = 541, top = 790, bottom = 60;

  double y() const { return y_; }
  void move_to(double y) { y_ = y; }
  void skip(double points) { y_ -= points; }
  // Begins a new page unless the current one has room for `height` points.
  void need(double height);
  void new_page();

  // Wraps text into [x, x + width], from y() downwards and across pages.
  void text(std::string_view text, const TextStyle &style, double x, double width);
  // Draws one line at a baseline; cuts it off with an ellipsis if it is wider than `width`.
  void line(std::string_view text, const TextStyle &style, double x, double baseline, double width);
  double text_width(std::string_view text, const TextStyle &style);
  std::vector<std::string> wrap(std::string_view text, const TextStyle &style, double width);
  void fill(double x, double y, double width, double height, Color color);
  void cross(double x, double y, double size, Color color);
  void check(double x, double y, double size, Color color);

  void outline(const std::string &title);
  void describe(const std::string &title, const std::string &subject);
  // Draws the footer on every page and returns the bytes of the document.
  std::string finish(const std::string &footer);

 private:
  struct Release {
    void operator()(_HPDF_Doc_Rec *document) const;
  };
  void require_sound() const;
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
