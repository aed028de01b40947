// The characters that HTML has names for.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"

namespace saleschecklist::transcript {
namespace {

using namespace std::string_view_literals;

// U+00A0 and those that follow it.
constexpr std::string_view latin_1 =
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn "
    "sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave "
    "Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml "
    "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN "
    "szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave "
    "iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute "
    "ucirc "
    "uuml yacute thorn yuml"sv;
// U+0391 and those that follow it; "-" where there is no name.
constexpr std::string_view greek =
    "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - "
    "Sigma Tau Upsilon Phi Chi Psi Omega - - - - - - - alpha beta gamma delta epsilon zeta eta "
    "theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega"sv;

struct Named {
  std::string_view name;
  std::int32_t code;
};
constexpr std::array<Named, 82> others = {
    {{"amp", '&'},       {"lt", '<'},        {"gt", '>'},        {"quot", '"'},
     {"apos", '\''},     {"AMP", '&'},       {"LT", '<'},        {"GT", '>'},
     {"QUOT", '"'},      {"comma", ','},     {"colon", ':'},     {"semi", ';'},
     {"period", '.'},    {"excl", '!'},      {"quest", '?'},     {"num", '#'},
     {"dollar", '$'},    {"percnt", '%'},    {"lpar", '('},      {"rpar", ')'},
     {"lsqb", '['},      {"rsqb", ']'},      {"lbrack", '['},    {"rbrack", ']'},
     {"ast", '*'},       {"plus", '+'},      {"equals", '='},    {"sol", '/'},
     {"bsol", '\\'},     {"commat", '@'},    {"lowbar", '_'},    {"grave", '`'},
     {"verbar", '|'},    {"NewLine", ' '},   {"Tab", ' '},       {"hyphen", 0x2010},
     {"dash", 0x2010},   {"OElig", 0x152},   {"oelig", 0x153},   {"Scaron", 0x160},
     {"scaron", 0x161},  {"Yuml", 0x178},    {"fnof", 0x192},    {"circ", 0x2C6},
     {"tilde", 0x2DC},   {"ensp", ' '},      {"emsp", ' '},      {"thinsp", ' '},
     {"ndash", 0x2013},  {"mdash", 0x2014},  {"horbar", 0x2015}, {"lsquo", 0x2018},
     {"rsquo", 0x2019},  {"sbquo", 0x201A},  {"ldquo", 0x201C},  {"rdquo", 0x201D},
     {"bdquo", 0x201E},  {"rsquor", 0x2019}, {"rdquor", 0x201D}, {"lsaquo", 0x2039},
     {"rsaquo", 0x203A}, {"dagger", 0x2020}, {"Dagger", 0x2021}, {"bull", 0x2022},
     {"hellip", 0x2026}, {"mldr", 0x2026},   {"permil", 0x2030}, {"prime", 0x2032},
     {"Prime", 0x2033},  {"euro", 0x20AC},   {"trade", 0x2122},  {"larr", 0x2190},
     {"rarr", 0x2192},   {"minus", 0x2212},  {"radic", 0x221A},  {"infin", 0x221E},
     {"asymp", 0x2248},  {"ne", 0x2260},     {"le", 0x2264},     {"ge", 0x2265},
     {"check", 0x2713},  {"male", 0x2642}}};
constexpr std::array<std::string_view, 8> invisible = {
    "lrm", "rlm", "shy", "zwj", "zwnj", "ZeroWidthSpace", "wj", "NoBreak"};

// The place of `name` in a list with spaces between.
std::optional<std::int32_t> place_in(std::string_view list, std::string_view name) {
  std::int32_t place = 0;
  for (std::size_t at = 0; at < list.size(); ++place) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (list.substr(at, end - at) == name) return place;
    at = end + 1;
  }
  return std::nullopt;
}

std::optional<std::int32_t> numbered(std::string_view name) {
  if (name.size() < 2 || name[0] != '#') return std::nullopt;
  const bool hex = name[1] == 'x' || name[1] == 'X';
  const std::string digits(name.substr(hex ? 2 : 1));
  char *end = nullptr;
  const long code = std::strtol(digits.c_str(), &end, hex ? 16 : 10);
  const bool scalar = code > 0 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
  if (digits.empty() || *end != '\0' || !scalar) return std::nullopt;
  return static_cast<std::int32_t>(code);
}

std::optional<std::int32_t> character_of(std::string_view name) {
  if (const auto code = numbered(name)) return code;
  for (const Named &other : others) {
    if (other.name == name) return other.code;
  }
  if (name == "nbsp") return ' ';
  if (const auto place = place_in(latin_1, name)) return 0xA0 + *place;
  if (const auto place = place_in(greek, name); place && name != "-") return 0x391 + *place;
  return std::nullopt;
}

}  // namespace

std::string decode_entities(std::string_view text) {
  constexpr std::size_t longest_name = 18;
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t length = text[at] == '&' ? text.substr(at, longest_name).find(';') : 0;
    if (text[at] != '&' || length == std::string_view::npos || length == 1) {
      out += text[at];
      continue;
    }
    const std::string_view name = text.substr(at + 1, length - 1);
    if (std::find(invisible.begin(), invisible.end(), name) == invisible.end()) {
      const auto code = character_of(name);
      if (!code) {
        out += '&';
        continue;
      }
      base::append_utf8(out, *code);
    }
    at += length;
  }
  return out;
}

}  // namespace saleschecklist::transcript
