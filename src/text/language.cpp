#include "text/language.hpp"

#include "base/ascii.hpp"
#include "text/words.hpp"

#include <cstdio>  // which the header below needs

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>
#include <utility>

namespace saleschecklist::text {
namespace {

constexpr std::size_t least_words = 4;        // fewer words can be of any language
constexpr std::size_t contradicts_from = 40;  // words that outweigh the language that a file states
constexpr int least_percent = 60;             // of the text that is in the prevailing language
constexpr std::size_t sample_bytes = std::size_t{64} * 1024;

// Codes that are not those of ISO 639-1 or BCP 47.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> renamed = {
    {{"iw", "he"}, {"jw", "jv"}, {"mo", "ro"}, {"tlh", ""}}};

// Other names that transcribers use, most of them of ISO 639-2 and 639-3, with the code of each.
constexpr std::array<std::pair<std::string_view, std::string_view>, 48> other_names = {
    {{"ara", "ar"}, {"bul", "bg"},     {"cat", "ca"},     {"ces", "cs"}, {"cmn", "zh"},
     {"cze", "cs"}, {"chi", "zh"},     {"dan", "da"},     {"deu", "de"}, {"dut", "nl"},
     {"ell", "el"}, {"eng", "en"},     {"est", "et"},     {"fas", "fa"}, {"fin", "fi"},
     {"fra", "fr"}, {"fre", "fr"},     {"ger", "de"},     {"gre", "el"}, {"heb", "he"},
     {"hin", "hi"}, {"hrv", "hr"},     {"hun", "hu"},     {"ind", "id"}, {"ita", "it"},
     {"jpn", "ja"}, {"kor", "ko"},     {"lav", "lv"},     {"lit", "lt"}, {"nld", "nl"},
     {"nor", "no"}, {"pol", "pl"},     {"por", "pt"},     {"ron", "ro"}, {"rum", "ro"},
     {"rus", "ru"}, {"slk", "sk"},     {"slv", "sl"},     {"spa", "es"}, {"swe", "sv"},
     {"tur", "tr"}, {"ukr", "uk"},     {"vie", "vi"},     {"zho", "zh"}, {"nob", "no"},
     {"nno", "nn"}, {"chinese", "zh"}, {"mandarin", "zh"}}};

template <class Table>
std::string_view looked_up(const Table &table, std::string_view key, std::string_view otherwise) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto &entry) { return entry.first == key; });
  return found == table.end() ? otherwise : found->second;
}

std::string code_of(CLD2::Language language) {
  const std::string_view code = CLD2::LanguageCode(language);
  if (language == CLD2::UNKNOWN_LANGUAGE || code.empty() || code == "un") return {};
  return std::string(looked_up(renamed, code, code));
}

// Languages that are so alike that the detector takes one for the other, which contradicts nobody.
constexpr std::array<std::array<std::string_view, 3>, 3> alike = {
    {{"da", "no", "nn"}, {"hr", "sr", "bs"}, {"id", "ms", "ms"}}};

bool are_alike(std::string_view a, std::string_view b) {
  return std::any_of(alike.begin(), alike.end(), [&](const auto &group) {
    return std::find(group.begin(), group.end(), a) != group.end() &&
           std::find(group.begin(), group.end(), b) != group.end();
  });
}

// "zh-Hant" and "zh" are the same language in two scripts.
std::string_view without_script(std::string_view code) { return code.substr(0, code.find('-')); }

struct Sample {
  std::string text;
  std::size_t words = 0;
};

// Utterances from the whole call, at most about sample_bytes.
Sample sample_of(const Transcript &transcript) {
  std::size_t bytes = 0;
  for (const Utterance &u : transcript.utterances) bytes += u.text.size();
  const std::size_t step = bytes / sample_bytes + 1;
  Sample out;
  for (std::size_t i = 0; i < transcript.utterances.size(); i += step) {
    const Utterance &u = transcript.utterances[i];
    if (!u.suspect.empty()) continue;
    out.text += std::string_view(u.text).substr(0, sample_bytes);
    out.text += '\n';
  }
  out.words = count_words(out.text);
  return out;
}

}  // namespace

std::string detect_language(std::string_view text) {
  if (count_words(text) < least_words) return {};
  std::string plain(text);
  // The detector refuses texts with control characters.
  std::replace_if(
      plain.begin(), plain.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3], bytes = 0, valid_bytes = 0;
  double scores[3];
  bool reliable = false;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(plain.data(), static_cast<int>(plain.size()), true,
                                          &no_hints, 0, languages, percents, scores, nullptr,
                                          &bytes, &reliable, &valid_bytes);
  return reliable && percents[0] >= least_percent ? code_of(languages[0]) : std::string();
}

std::string language_code(std::string_view name) {
  std::string key = base::ascii_lower(name);
  const std::size_t region = key.find_first_of("-_ ");
  if (region <= 3) key.resize(region);
  key = looked_up(other_names, key, key);
  if (key == "he") key = "iw";  // the detector's own code
  CLD2::Language found = CLD2::GetLanguageFromName(key.c_str());
  for (char &c : key) {  // the detector has the names of languages in capitals
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (found == CLD2::UNKNOWN_LANGUAGE) found = CLD2::GetLanguageFromName(key.c_str());
  return key.empty() ? key : code_of(found);
}

std::string language_name(const std::string &code) {
  const std::string known = code == "he" ? "iw" : code;
  const CLD2::Language language = CLD2::GetLanguageFromName(known.c_str());
  if (language == CLD2::UNKNOWN_LANGUAGE) return code;
  std::string out = base::ascii_lower(CLD2::LanguageName(language));
  if (out == "chineset") return "Chinese";
  if (out == "norwegian_n") return "Norwegian";
  bool first = true;
  for (char &c : out) {
    if (first && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    first = c == '_' || c == ' ' || c == '-';
    if (c == '_') c = ' ';
  }
  return out;
}

std::string spoken_language(const Transcript &transcript) {
  const std::string stated = language_code(transcript.language);
  const Sample sample = sample_of(transcript);
  const std::string heard = detect_language(sample.text);
  if (stated.empty() || heard.empty()) return stated.empty() ? heard : stated;
  const bool same = without_script(stated) == without_script(heard) || are_alike(stated, heard);
  return same || sample.words < contradicts_from ? stated : heard;
}

}  // namespace saleschecklist::text
