// Fonts for the PDF: a main family, and fallbacks for the characters that it does not have.
#ifndef SALESCHECKLIST_REPORT_FONTS_HPP
#define SALESCHECKLIST_REPORT_FONTS_HPP

#include <saleschecklist/report.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <hpdf.h>

namespace saleschecklist::report {

enum class Face { regular, bold };

// A run of text in one font; `text` is in the encoding of that font.
struct FontRun {
  HPDF_Font font = nullptr;
  std::string text;
};

// The fonts of one document. One thread at a time.
class Fonts {
 public:
  // Throws BadResult (io) if a font file named in the options cannot be loaded.
  Fonts(HPDF_Doc document, const PdfOptions &options);
  ~Fonts();
  Fonts(const Fonts &) = delete;
  Fonts &operator=(const Fonts &) = delete;

  // Splits a line into runs in fonts that have its characters, in drawing order. Characters that no
  // font has become '?'.
  std::vector<FontRun> runs(std::string_view line, Face face);

  // In points.
  double width(std::string_view text, Face face, double size);

 private:
  struct Loaded;
  std::size_t font_for(std::int32_t code_point, Face face);
  bool load(const std::string &file, int index, bool must);
  void load_main(const PdfOptions &options);
  double measure(std::string_view letter, Face face);
  std::optional<std::size_t> find_fallback(std::int32_t code_point);
  void note(LogLevel level, const std::string &message) const;
  void note_missing(std::int32_t code_point);

  HPDF_Doc document_;
  Log log_;
  std::set<std::int32_t> missing_;  // characters without a font that were logged
  struct Config;
  std::unique_ptr<Config> config_;               // must outlive the faces in loaded_
  std::vector<std::unique_ptr<Loaded>> loaded_;  // 0: regular, 1: bold, then fallbacks
  // Caches, by face and code point: the font, and the width in thousandths of the font size.
  std::array<std::unordered_map<std::int32_t, std::size_t>, 2> chosen_;
  std::array<std::unordered_map<std::int32_t, double>, 2> widths_;
};

}  // namespace saleschecklist::report

#endif
