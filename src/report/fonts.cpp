#ifdef SALESCHECKLIST_WITH_PDF

#include "report/fonts.hpp"
#include "base/errors.hpp"

#include "base/unicode.hpp"
#include "report/haru.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <fribidi.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <map>
#include <new>
#include <optional>
#include <tuple>

namespace saleschecklist::report {
namespace {

constexpr std::size_t most_fonts = 10;             // per document, including fallbacks
constexpr std::size_t fontconfig_bytes = 8 << 20;  // more than its configuration takes
constexpr std::int32_t largest_code = 0xFFFF;      // libharu encodes the basic plane only

template <auto Destroy>
struct Destroyer {
  template <class T>
  void operator()(T *thing) const {
    Destroy(thing);
  }
};
using Pattern = std::unique_ptr<FcPattern, Destroyer<FcPatternDestroy>>;
using FontSet = std::unique_ptr<FcFontSet, Destroyer<FcFontSetDestroy>>;
using CharSet = std::unique_ptr<FcCharSet, Destroyer<FcCharSetDestroy>>;
using FreeType = std::unique_ptr<FT_LibraryRec_, Destroyer<FT_Done_FreeType>>;
using FtFace = std::unique_ptr<FT_FaceRec_, Destroyer<FT_Done_Face>>;

struct FontFile {
  std::string path;
  int index = 0;
};

// Converts text to Latin-1 for the PDF base fonts: accents are removed, and other characters become
// '?'.
std::string transliterate(std::int32_t code) {
  static const std::map<std::int32_t, const char *> special = {
      {0x2018, "'"},  {0x2019, "'"},   {0x201C, "\""},  {0x201D, "\""}, {0x2013, "-"},
      {0x2014, "-"},  {0x2026, "..."}, {0x20AC, "EUR"}, {0x2022, "-"},  {0x0141, "L"},
      {0x0142, "l"},  {0x0110, "D"},   {0x0111, "d"},   {0x0131, "i"},  {0x0152, "OE"},
      {0x0153, "oe"}, {0x2713, "+"},   {0x2717, "-"}};
  if (code < 0x80 || (code >= 0xA0 && code <= 0xFF)) return std::string(1, static_cast<char>(code));
  if (const auto found = special.find(code); found != special.end()) return found->second;
  std::array<utf8proc_int32_t, 8> parts{};
  const auto count = utf8proc_decompose_char(
      code, parts.data(), parts.size(),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), nullptr);
  std::string out;
  for (utf8proc_ssize_t i = 0; i < count && i < 8; ++i) {
    const auto category = utf8proc_category(parts[static_cast<std::size_t>(i)]);
    const bool mark = category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
    if (!mark && parts[static_cast<std::size_t>(i)] < 0x80) {
      out += static_cast<char>(parts[static_cast<std::size_t>(i)]);
    }
  }
  return out.empty() ? "?" : out;
}

// Whether any character is written from right to left, as in Hebrew and Arabic.
bool has_right_to_left(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    if ((c.value >= 0x0590 && c.value <= 0x08FF) || (c.value >= 0xFB1D && c.value <= 0xFEFC))
      return true;
    at += c.size;
  }
  return false;
}

// Reorders a line from reading order to drawing order, and replaces Arabic letters with their
// joined forms (Unicode bidirectional algorithm).
std::string visual_order(std::string_view text) {
  std::vector<FriBidiChar> logical;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    logical.push_back(static_cast<FriBidiChar>(c.value));
    at += c.size;
  }
  std::vector<FriBidiChar> visual(logical.size());
  FriBidiParType direction = FRIBIDI_PAR_LTR;
  if (!fribidi_log2vis(logical.data(), static_cast<FriBidiStrIndex>(logical.size()), &direction,
                       visual.data(), nullptr, nullptr, nullptr)) {
    throw std::bad_alloc();  // it has no other reason
  }
  std::string out;
  for (const FriBidiChar c : visual) {
    if (c != FRIBIDI_CHAR_FILL) base::append_utf8(out, static_cast<std::int32_t>(c));
  }
  return out;
}

// Throws std::bad_alloc if the error of FreeType is that memory ran out.
void require_memory(FT_Error error) {
  if (FT_ERROR_BASE(error) == FT_Err_Out_Of_Memory) throw std::bad_alloc();
}

// The same for what fontconfig returns: it has no other reason to fail.
template <class T>
T *made(T *thing) {
  if (thing == nullptr) throw std::bad_alloc();
  return thing;
}
void require_done(FcBool done) {
  if (done == FcFalse) throw std::bad_alloc();
}

const FcChar8 *characters(const char *text) { return reinterpret_cast<const FcChar8 *>(text); }

bool is_embeddable(FT_Face face, FT_UInt glyph, int depth) {
  constexpr FT_UInt largest_part = 32767;
  constexpr int deepest = 6;
  const FT_Error error = FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_RECURSE);
  require_memory(error);
  if (error != 0) return false;
  const FT_GlyphSlot slot = face->glyph;
  if (slot->format != FT_GLYPH_FORMAT_COMPOSITE) return true;
  std::vector<FT_UInt> parts;
  for (FT_UInt i = 0; i < slot->num_subglyphs; ++i) {
    FT_Int index = 0, x = 0, y = 0;
    FT_UInt flags = 0;
    FT_Matrix matrix;
    FT_Get_SubGlyph_Info(slot, i, &index, &flags, &x, &y, &matrix);
    parts.push_back(static_cast<FT_UInt>(index));
  }
  return depth < deepest && std::all_of(parts.begin(), parts.end(), [&](FT_UInt part) {
           return part <= largest_part && is_embeddable(face, part, depth + 1);
         });
}

// Whether the font has the character and libharu can embed it correctly: libharu reads the
// component indexes of a composite glyph as signed 16-bit integers and loses those above 32,767.
bool has_character(FT_Face face, std::int32_t code) {
  const FT_UInt glyph = FT_Get_Char_Index(face, static_cast<FT_ULong>(code));
  return glyph != 0 && is_embeddable(face, glyph, 0);
}

}  // namespace

struct Fonts::Loaded {
  HPDF_Font font = nullptr;
  FtFace face;  // null for a base font

  bool has(std::int32_t code) const { return has_character(face.get(), code); }
};

struct Fonts::Config {
  Config() {
    FT_Library opened = nullptr;
    if (FT_Init_FreeType(&opened) != 0) throw std::bad_alloc();
    library.reset(opened);
    // Reading its configuration, fontconfig does not look whether it got memory, and crashes.
    require_memory_for(fontconfig_bytes);
    fc.reset(made(FcInitLoadConfigAndFonts()));
  }

  FreeType library;
  std::unique_ptr<FcConfig, Destroyer<FcConfigDestroy>> fc;

  FtFace open(const std::string &file, int index) const {
    FT_Face face = nullptr;
    require_memory(FT_New_Face(library.get(), file.c_str(), index, &face));
    return FtFace(face);
  }

  std::optional<FontFile> match(const char *family, int weight) const {
    const Pattern pattern(made(FcPatternCreate()));
    require_done(FcPatternAddString(pattern.get(), FC_FAMILY, characters(family)));
    require_done(FcPatternAddInteger(pattern.get(), FC_WEIGHT, weight));
    require_done(FcPatternAddInteger(pattern.get(), FC_SLANT, FC_SLANT_ROMAN));
    require_done(FcPatternAddInteger(pattern.get(), FC_WIDTH, FC_WIDTH_NORMAL));
    auto found = list(pattern.get());
    return found.empty() ? std::nullopt : std::optional(std::move(found.front().file));
  }

  // A font of the system and the characters that it says to have.
  struct Candidate {
    FontFile file;
    CharSet characters;
    FtFace face{};  // once it was looked at
    bool is_unusable = false;
  };

  // All fonts that libharu can embed. They are listed once: a document may have thousands of
  // characters that no font has.
  std::vector<Candidate> &candidates() {
    if (!listed_) {
      candidates_ = list(Pattern(made(FcPatternCreate())).get());
      listed_ = true;
    }
    return candidates_;
  }

  // Whether the candidate has the character indeed.
  bool has(Candidate &candidate, std::int32_t code) const {
    if (candidate.is_unusable || !candidate.characters ||
        FcCharSetHasChar(candidate.characters.get(), static_cast<FcChar32>(code)) == FcFalse) {
      return false;
    }
    if (!candidate.face) candidate.face = open(candidate.file.path, candidate.file.index);
    candidate.is_unusable = !candidate.face;
    return candidate.face && has_character(candidate.face.get(), code);
  }

 private:
  // Font files that libharu can embed: TrueType outlines that are not variable.
  std::vector<Candidate> list(FcPattern *pattern) const {
    require_done(FcPatternAddString(pattern, FC_FONTFORMAT, characters("TrueType")));
    require_done(FcPatternAddBool(pattern, FC_SCALABLE, FcTrue));
    require_done(FcPatternAddBool(pattern, FC_VARIABLE, FcFalse));
    const std::unique_ptr<FcObjectSet, Destroyer<FcObjectSetDestroy>> fields(
        made(FcObjectSetBuild(FC_FILE, FC_INDEX, FC_CHARSET, nullptr)));
    const FontSet found(made(FcFontList(fc.get(), pattern, fields.get())));
    std::vector<Candidate> files;
    for (int i = 0; i < found->nfont; ++i) {
      FcChar8 *file = nullptr;
      int index = 0;
      if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &file) != FcResultMatch) continue;
      FcPatternGetInteger(found->fonts[i], FC_INDEX, 0, &index);
      FcCharSet *set = nullptr;  // owned by the pattern
      FcPatternGetCharSet(found->fonts[i], FC_CHARSET, 0, &set);
      Candidate candidate{{reinterpret_cast<const char *>(file), index}, nullptr};
      if (set != nullptr) candidate.characters.reset(made(FcCharSetCopy(set)));
      files.push_back(std::move(candidate));
    }
    std::sort(files.begin(), files.end(), [](const Candidate &a, const Candidate &b) {
      return std::tie(a.file.path, a.file.index) < std::tie(b.file.path, b.file.index);
    });
    return files;
  }

  bool listed_ = false;
  std::vector<Candidate> candidates_;
};

Fonts::Fonts(HPDF_Doc document, const PdfOptions &options)
    : document_(document), log_(options.log), config_(std::make_unique<Config>()) {
  HPDF_UseUTFEncodings(document_);
  require_sound(document_);
  // Made here, because libharu gives another reason if it has no memory for it.
  if (HPDF_GetEncoder(document_, "UTF-8") == nullptr) throw std::bad_alloc();
  load_main(options);
}

Fonts::~Fonts() = default;

void Fonts::load_main(const PdfOptions &options) {
  if (!options.font_file.empty()) {
    load(options.font_file, 0, true);
    load(options.bold_font_file.empty() ? options.font_file : options.bold_font_file, 0, true);
    return;
  }
  for (const char *family : {"DejaVu Sans", "Liberation Sans", "Noto Sans", "Arimo"}) {
    const auto regular = config_->match(family, FC_WEIGHT_REGULAR);
    const auto bold = config_->match(family, FC_WEIGHT_BOLD);
    if (!regular || !load(regular->path, regular->index, false)) continue;
    if (!bold || !load(bold->path, bold->index, false)) load(regular->path, regular->index, false);
    if (loaded_.size() == 2) return;
    loaded_.clear();
  }
  note(LogLevel::warning, "no TrueType font was found: letters outside Latin-1 are transliterated");
  for (const char *base : {"Helvetica", "Helvetica-Bold"}) {
    auto font = std::make_unique<Loaded>();
    font->font = HPDF_GetFont(document_, base, "WinAnsiEncoding");
    require_sound(document_);
    loaded_.push_back(std::move(font));
  }
}

bool Fonts::load(const std::string &file, int index, bool must) {
  const bool collection = index > 0 || (file.size() > 4 && file.substr(file.size() - 4) == ".ttc");
  const char *name = collection ? HPDF_LoadTTFontFromFile2(document_, file.c_str(),
                                                           static_cast<HPDF_UINT>(index), HPDF_TRUE)
                                : HPDF_LoadTTFontFromFile(document_, file.c_str(), HPDF_TRUE);
  if (name == nullptr && lacks_memory(document_)) throw std::bad_alloc();
  // libharu fails if a file is loaded twice, but the font is then available.
  if (name == nullptr && HPDF_GetError(document_) == HPDF_FONT_EXISTS && !loaded_.empty()) {
    HPDF_ResetError(document_);
    auto again = std::make_unique<Loaded>();
    again->font = loaded_.back()->font;
    again->face = config_->open(file, index);
    loaded_.push_back(std::move(again));
    return true;
  }
  auto loaded = std::make_unique<Loaded>();
  loaded->font = name == nullptr ? nullptr : HPDF_GetFont(document_, name, "UTF-8");
  if (lacks_memory(document_)) throw std::bad_alloc();
  loaded->face = config_->open(file, index);
  if (loaded->font == nullptr || !loaded->face) {
    HPDF_ResetError(document_);
    if (!must) return false;
    throw BadResult(errors::io("cannot load the file as a TrueType font", file));
  }
  loaded_.push_back(std::move(loaded));
  note(LogLevel::debug, "font " + file);
  return true;
}

void Fonts::note(LogLevel level, const std::string &message) const {
  if (log_) log_(level, message);
}

void Fonts::note_missing(std::int32_t code) {
  if (!missing_.insert(code).second) return;
  note(LogLevel::warning, fmt::format("no font has U+{:04X}: it is drawn as '?'", code));
}

std::size_t Fonts::font_for(std::int32_t code, Face face) {
  const std::size_t main = face == Face::bold ? 1 : 0;
  const auto [known, added] = chosen_[main].emplace(code, main);
  if (added && loaded_[main]->face && !loaded_[main]->has(code)) {
    const auto fallback = find_fallback(code);
    if (!fallback) note_missing(code);
    known->second = fallback.value_or(main);
  }
  return known->second;
}

// A font that has the character: one that is loaded already, or another one of the system.
std::optional<std::size_t> Fonts::find_fallback(std::int32_t code) {
  for (std::size_t i = 0; i < loaded_.size(); ++i) {
    if (loaded_[i]->has(code)) return i;
  }
  if (loaded_.size() >= most_fonts) return std::nullopt;
  for (Config::Candidate &candidate : config_->candidates()) {
    if (!config_->has(candidate, code)) continue;
    if (load(candidate.file.path, candidate.file.index, false)) return loaded_.size() - 1;
    candidate.is_unusable = true;
  }
  return std::nullopt;
}

std::vector<FontRun> Fonts::runs(std::string_view line, Face face) {
  const std::string reordered = has_right_to_left(line) ? visual_order(line) : std::string();
  const std::string_view text = reordered.empty() ? line : std::string_view(reordered);
  std::vector<FontRun> out;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    at += c.size;
    if (c.value < 0x20) continue;
    if (c.value > largest_code) note_missing(c.value);
    const std::int32_t code = c.value > largest_code ? '?' : c.value;
    const std::size_t index = font_for(code, face);
    const Loaded &font = *loaded_[index];
    if (out.empty() || out.back().font != font.font) out.push_back({font.font, {}});
    if (!font.face)
      out.back().text += transliterate(code);
    else
      base::append_utf8(out.back().text, font.has(code) ? code : '?');
  }
  return out;
}

double Fonts::width(std::string_view text, Face face, double size) {
  double total = 0;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    const auto [entry, added] = widths_[face == Face::bold].emplace(c.value, 0);
    if (added) entry->second = measure(text.substr(at, c.size), face);
    total += entry->second;
    at += c.size;
  }
  return total * size / 1000.0;
}

// In thousandths of the font size.
double Fonts::measure(std::string_view letter, Face face) {
  double total = 0;
  for (const FontRun &run : runs(letter, face)) {
    const HPDF_TextWidth width =
        HPDF_Font_TextWidth(run.font, reinterpret_cast<const HPDF_BYTE *>(run.text.data()),
                            static_cast<HPDF_UINT>(run.text.size()));
    require_sound(document_);
    total += static_cast<double>(width.width);
  }
  return total;
}

}  // namespace saleschecklist::report

#endif
