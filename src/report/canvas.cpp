#ifdef SALESCHECKLIST_WITH_PDF

#include "report/canvas.hpp"
#include "base/errors.hpp"

#include "base/unicode.hpp"
#include "report/haru.hpp"

#include <fmt/format.h>

#include <memory>
#include <new>

namespace saleschecklist::report {
namespace {

// libharu keeps the memory of a document in pieces of this size, and frees all of it with the
// document: on its own, it loses blocks after an error.
constexpr HPDF_UINT pool_bytes = 1 << 18;

// libharu calls this on errors; it also keeps the first error, which require_sound() reads.
void ignore_error(HPDF_STATUS, HPDF_STATUS, void *) {}

float f(double value) { return static_cast<float>(value); }

// Whether a line may break here: after a space, or next to a character of a script without spaces.
bool may_break_between(std::int32_t before, std::int32_t after) {
  return base::is_white_space(before) || base::is_unspaced_script(before) ||
         base::is_unspaced_script(after);
}

}  // namespace

Color color_of(const std::string &hex) {
  const auto part = [&](std::size_t at) {
    return static_cast<float>(std::stoi(hex.substr(at, 2), nullptr, 16)) / 255.0F;
  };
  return {part(1), part(3), part(5)};
}

void Canvas::Release::operator()(_HPDF_Doc_Rec *document) const { HPDF_Free(document); }

Canvas::Canvas(const PdfOptions &options)
    : document_(HPDF_NewEx(ignore_error, nullptr, nullptr, pool_bytes, nullptr)) {
  if (!document_) throw std::bad_alloc();
  HPDF_SetCompressionMode(document_.get(), HPDF_COMP_ALL);
  require_sound();
  fonts_ = std::make_unique<Fonts>(document_.get(), options);
  HPDF_SetCurrentEncoder(document_.get(), "UTF-8");
  require_sound();
  HPDF_SetPageMode(document_.get(), HPDF_PAGE_MODE_USE_OUTLINE);
  require_sound();
  new_page();
}

void Canvas::require_sound() const { report::require_sound(document_.get()); }

void Canvas::new_page() {
  const HPDF_Page page = HPDF_AddPage(document_.get());
  require_sound();
  HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
  require_sound();
  pages_.push_back(page);
  y_ = top;
}

void Canvas::need(double height) {
  if (y_ - height < bottom) new_page();
}

void Canvas::set_fill(HPDF_Page page, Color c) {
  HPDF_Page_SetRGBFill(page, c.red, c.green, c.blue);
  require_sound();
}

void Canvas::draw(HPDF_Page page, std::string_view text, const TextStyle &style, double x,
                  double y) {
  // libharu does not look whether it got memory for a text, and crashes.
  require_memory_for(std::size_t{2} * pool_bytes);
  set_fill(page, style.color);
  HPDF_Page_BeginText(page);
  require_sound();
  HPDF_Page_MoveTextPos(page, f(x), f(y));
  require_sound();
  for (const FontRun &run : fonts_->runs(text, style.face)) {
    HPDF_Page_SetFontAndSize(page, run.font, f(style.size));
    require_sound();
    HPDF_Page_ShowText(page, run.text.c_str());
    require_sound();
  }
  HPDF_Page_EndText(page);
  require_sound();
}

double Canvas::text_width(std::string_view text, const TextStyle &style) {
  return fonts_->width(text, style.face, style.size);
}

std::vector<std::string> Canvas::wrap(std::string_view text, const TextStyle &style, double width) {
  std::vector<std::string> lines;
  std::string line;  // up to the last possible break
  std::string word;  // since then
  double line_width = 0, word_width = 0;
  const auto flush_line = [&] {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (!line.empty()) lines.push_back(line);
    line.clear();
    line_width = 0;
  };
  const auto take_word = [&] {
    line += word;
    line_width += word_width;
    word.clear();
    word_width = 0;
  };
  std::int32_t previous = ' ';
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    const std::string_view letter = text.substr(at, c.size);
    at += c.size;
    if (may_break_between(previous, c.value)) take_word();
    previous = c.value;
    const double letter_width = fonts_->width(letter, style.face, style.size);
    const bool fits = line_width + word_width + letter_width <= width;
    if (!fits && !base::is_white_space(c.value)) {
      if (line.empty()) take_word();  // a word wider than the line is cut
      flush_line();
    }
    if (base::is_white_space(c.value) && line.empty() && word.empty()) continue;
    word += letter;
    word_width += letter_width;
  }
  take_word();
  flush_line();
  return lines;
}

void Canvas::text(std::string_view text, const TextStyle &style, double x, double width) {
  const double height = style.size * style.leading;
  for (const std::string &row : wrap(text, style, width)) {
    need(height);
    y_ -= height;
    draw(pages_.back(), row, style, x, y_ + height - style.size);
  }
}

std::string Canvas::fit(std::string_view text, const TextStyle &style, double width) {
  if (text_width(text, style) <= width) return std::string(text);
  constexpr const char *ellipsis = "\xE2\x80\xA6";
  double used = text_width(ellipsis, style);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = base::code_point_at(text, at).size;
    used += text_width(text.substr(at, size), style);
    if (used > width) break;
    out += text.substr(at, size);
    at += size;
  }
  return out + ellipsis;
}

void Canvas::line(std::string_view text, const TextStyle &style, double x, double baseline,
                  double width) {
  draw(pages_.back(), fit(text, style, width), style, x, baseline);
}

void Canvas::fill(double x, double y, double width, double height, Color color) {
  const HPDF_Page page = pages_.back();
  set_fill(page, color);
  HPDF_Page_Rectangle(page, f(x), f(y), f(width), f(height));
  require_sound();
  HPDF_Page_Fill(page);
  require_sound();
}

void Canvas::stroke(double x1, double y1, double x2, double y2) {
  const HPDF_Page page = pages_.back();
  HPDF_Page_MoveTo(page, f(x1), f(y1));
  require_sound();
  HPDF_Page_LineTo(page, f(x2), f(y2));
  require_sound();
  HPDF_Page_Stroke(page);
  require_sound();
}

void Canvas::cross(double x, double y, double size, Color c) {
  HPDF_Page_SetRGBStroke(pages_.back(), c.red, c.green, c.blue);
  require_sound();
  HPDF_Page_SetLineWidth(pages_.back(), 1.4F);
  require_sound();
  stroke(x, y, x + size, y + size);
  stroke(x, y + size, x + size, y);
}

void Canvas::check(double x, double y, double size, Color c) {
  HPDF_Page_SetRGBStroke(pages_.back(), c.red, c.green, c.blue);
  require_sound();
  HPDF_Page_SetLineWidth(pages_.back(), 1.6F);
  require_sound();
  stroke(x, y + size * 0.45, x + size * 0.38, y);
  stroke(x + size * 0.36, y, x + size, y + size);
}

void Canvas::outline(const std::string &title) {
  const HPDF_Encoder encoder = HPDF_GetEncoder(document_.get(), "UTF-8");
  require_sound();
  const HPDF_Outline entry = HPDF_CreateOutline(document_.get(), nullptr, title.c_str(), encoder);
  require_sound();
  const HPDF_Destination place = HPDF_Page_CreateDestination(pages_.back());
  require_sound();
  HPDF_Destination_SetXYZ(place, 0, f(y_ + 20), 1);
  require_sound();
  HPDF_Outline_SetDestination(entry, place);
  require_sound();
}

void Canvas::describe(const std::string &title, const std::string &subject) {
  HPDF_SetInfoAttr(document_.get(), HPDF_INFO_TITLE, title.c_str());
  require_sound();
  HPDF_SetInfoAttr(document_.get(), HPDF_INFO_SUBJECT, subject.c_str());
  require_sound();
  HPDF_SetInfoAttr(document_.get(), HPDF_INFO_CREATOR, "saleschecklist " SALESCHECKLIST_VERSION);
  require_sound();
}

std::string Canvas::finish(const std::string &footer) {
  TextStyle style;
  style.size = 8;
  style.color = {0.45F, 0.48F, 0.52F};
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    const std::string number = fmt::format("{} / {}", i + 1, pages_.size());
    const double width = text_width(number, style);
    draw(pages_[i], fit(footer, style, right - left - width - 20), style, left, bottom - 28);
    draw(pages_[i], number, style, right - width, bottom - 28);
  }
  HPDF_SaveToStream(document_.get());
  require_sound();
  HPDF_ResetStream(document_.get());
  require_sound();
  std::string bytes(HPDF_GetStreamSize(document_.get()), '\0');
  auto size = static_cast<HPDF_UINT32>(bytes.size());
  HPDF_ReadFromStream(document_.get(), reinterpret_cast<HPDF_BYTE *>(bytes.data()), &size);
  require_sound();
  if (size != bytes.size())
    throw BadResult(errors::internal("the PDF library lost a part of the document"));
  return bytes;
}

}  // namespace saleschecklist::report

#endif
