#include "base/unicode.hpp"
#include "transcript/readers/suspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace saleschecklist::transcript {
namespace {

struct ScriptRange {
  std::int32_t first, last;
  std::size_t script;  // in script_names
};

// What is written together in one language is one script here.
constexpr std::array<const char *, 12> script_names = {
    "Latin", "Greek", "Cyrillic", "Armenian", "Hebrew", "Arabic",
    "Indic", "Thai",  "Georgian", "Hangul",   "Han",    "Ethiopic"};
constexpr std::size_t latin = 0, no_script = script_names.size();

// The blocks of Unicode in which the scripts have their letters.
constexpr std::array<ScriptRange, 25> ranges = {
    {{0x41, 0x24F, 0},     {0x370, 0x3FF, 1},    {0x400, 0x52F, 2},    {0x530, 0x58F, 3},
     {0x590, 0x5FF, 4},    {0x600, 0x77F, 5},    {0x8A0, 0x8FF, 5},    {0x900, 0xDFF, 6},
     {0xE00, 0xEFF, 7},    {0x10A0, 0x10FF, 8},  {0x1100, 0x11FF, 9},  {0x1200, 0x139F, 11},
     {0x1C80, 0x1C8F, 2},  {0x1E00, 0x1EFF, 0},  {0x1F00, 0x1FFF, 1},  {0x2E80, 0x2FDF, 10},
     {0x3005, 0x30FF, 10}, {0x3130, 0x318F, 9},  {0x31F0, 0x31FF, 10}, {0x3400, 0x9FFF, 10},
     {0xAC00, 0xD7AF, 9},  {0xF900, 0xFAFF, 10}, {0xFB50, 0xFEFC, 5},  {0xFF21, 0xFF5A, 0},
     {0xFF66, 0xFF9D, 10}}};

constexpr std::size_t least_letters = 200;  // of a call whose script is known
constexpr std::size_t most_percent = 10;    // of the call in a script that it does not use
constexpr std::size_t mostly_percent = 80;  // of a segment that is in one script
constexpr std::size_t several = 3;          // segments in a row that are no burst

using Letters = std::array<std::size_t, script_names.size()>;

std::size_t script_of(std::int32_t code) {
  if (!base::is_alphanumeric(code) || (code >= '0' && code <= '9')) return no_script;
  const auto found = std::find_if(ranges.begin(), ranges.end(), [&](const ScriptRange &range) {
    return code >= range.first && code <= range.last;
  });
  return found == ranges.end() ? no_script : found->script;
}

// The letters of each script; digits are of none. One of a script without spaces counts as two: it
// says as much.
Letters letters_of(std::string_view segment) {
  const std::string text = base::fold_key(segment);  // which has the digits of all scripts as 0-9
  Letters out{};
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    const std::size_t script = script_of(c.value);
    if (script != no_script) out[script] += base::is_unspaced_script(c.value) ? 2 : 1;
    at += c.size;
  }
  return out;
}

std::size_t sum(const Letters &letters) {
  std::size_t out = 0;
  for (const std::size_t count : letters) out += count;
  return out;
}

// The script that nearly all of the segment is in: a name in another script changes nothing.
std::size_t script_of(std::string_view segment) {
  const Letters letters = letters_of(segment);
  const auto most = std::max_element(letters.begin(), letters.end());
  const bool nearly_all = *most > 0 && *most * 100 >= sum(letters) * mostly_percent;
  return nearly_all ? static_cast<std::size_t>(most - letters.begin()) : no_script;
}

}  // namespace

void mark_foreign_scripts(std::vector<RawCue> &cues) {
  Letters all{};
  std::vector<std::size_t> scripts(cues.size(), no_script);
  std::array<bool, script_names.size()> spoken{};  // in several segments in a row
  std::size_t row = 0, last = no_script;
  for (std::size_t c = 0; c < cues.size(); ++c) {
    if (!cues[c].suspect.empty()) continue;
    const Letters letters = letters_of(cues[c].text);
    for (std::size_t s = 0; s < all.size(); ++s) all[s] += letters[s];
    scripts[c] = script_of(cues[c].text);
    row = scripts[c] == last ? row + 1 : 1;
    last = scripts[c];
    if (last != no_script && row >= several) spoken[last] = true;
  }
  const std::size_t letters = sum(all);
  if (letters < least_letters) return;
  for (std::size_t c = 0; c < cues.size(); ++c) {
    const std::size_t script = scripts[c];
    // Names of products and "OK" are in Latin letters in every language.
    if (script == no_script || script == latin || spoken[script]) continue;
    if (all[script] * 100 > letters * most_percent) continue;
    cues[c].suspect =
        fmt::format("it is in {} script, which the rest of the call is not", script_names[script]);
  }
}

}  // namespace saleschecklist::transcript
