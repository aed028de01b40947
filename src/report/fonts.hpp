// Fonts for the PDF: a main family, and others for the characters it lacks.
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

// A stretch of text in one font; `text` is in that font's encoding.
struct FontRun {
  HPDF_Font font = nullptr;
  std::string text;
};

// The fonts of one document. One thread at a time.
class Fonts {
 public:
  // Throws BadResult (io) when a font file named in the options cannot be loaded.
  Fonts(HPDF_Doc document, const PdfOptions &options);
  ~Fonts();
  Fonts(const Fonts &) = delete;
  Fonts &operator=(const Fonts &) = delete;

  // One line in fonts that have its characters, in the order of drawing; what no font has
  // becomes '?'.
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
  std::set<std::int32_t> missing_;  // characters without a font, each logged once
  struct Config;
  std::unique_ptr<Config> config_;               // outlives the faces in loaded_
  std::vector<std::unique_ptr<Loaded>> loaded_;  // 0: regular, 1: bold, then fallbacks
  // By face and code point, once looked up: the font, and the width in thousandths of its size.
  std::array<std::unordered_map<std::int32_t, std::size_t>, 2> chosen_;
  std::array<std::unordered_map<std::int32_t, double>, 2> widths_;
};

}  // namespace saleschecklist::report

#endif
