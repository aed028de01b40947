#include "redact/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace saleschecklist::redaction {
namespace {

constexpr std::array<std::string_view, 5> kind_names = {"card", "account", "phone", "email",
                                                        "name"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t count_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  return n;
}

// Whether the digits after the first separator are in groups of three.
bool in_thousands(std::string_view number, char separator) {
  std::size_t group = count_digits(number);
  if (group == 0 || group > 3) return false;
  for (std::size_t at = group; at < number.size(); at += group + 1) {
    group = count_digits(number.substr(at + 1));
    if (number[at] != separator || group != 3) return false;
  }
  return true;
}

// Amounts such as "10:30", "1,250", "1.250.000,50" and "12.5", but not "4111.1111.1111.1111" or
// "12/27".
bool is_amount(std::string_view number) {
  const auto count = [&](char c) { return std::count(number.begin(), number.end(), c); };
  if (count(':') > 0) return true;
  const auto commas = count(','), stops = count('.');
  if (commas > 0 && stops > 0) return true;
  if (commas == 1 || stops == 1) return count('/') == 0;
  return (commas > 0 && in_thousands(number, ',')) || (stops > 0 && in_thousands(number, '.'));
}

bool is_unspaced(std::string_view word, bool last_character) {
  const base::CodePoint c =
      last_character ? base::code_point_before(word, word.size()) : base::code_point_at(word, 0);
  return base::is_unspaced_script(c.value);
}

}  // namespace

std::string placeholder(DataKind kind, std::size_t number) {
  return fmt::format("[{} {}]", kind_names[static_cast<std::size_t>(kind)], number);
}

std::size_t placeholder_size(std::string_view text) {
  constexpr std::size_t most_digits = 6;  // a longer number may be personal data
  for (const std::string_view kind : kind_names) {
    const std::size_t start = kind.size() + 2;
    if (text.size() < start + 2 || text[0] != '[' || text.substr(1, kind.size()) != kind ||
        text[start - 1] != ' ') {
      continue;
    }
    const std::size_t digits = count_digits(text.substr(start, most_digits + 1));
    const std::size_t end = start + digits;
    if (digits == 0 || digits > most_digits || end == text.size() || text[end] != ']') return 0;
    return end + 1;
  }
  return 0;
}

std::vector<Talk::Range> Talk::find_placeholders(std::string_view text) {
  std::vector<Range> out;
  for (std::size_t at = text.find('['); at != text.npos; at = text.find('[', at + 1)) {
    const std::size_t size = placeholder_size(text.substr(at));
    if (size == 0) continue;
    out.push_back({at, at + size});
    placeholders.emplace(text.substr(at, size));
  }
  return out;
}

std::uint32_t Talk::add(std::string_view text) {
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(text::split_words(text));
  const text::WordedText &worded = texts_.back();
  const std::vector<Range> known = find_placeholders(text);
  auto range = known.begin();
  std::uint32_t previous = 0;
  for (const text::Word &word : worded.words) {
    const std::size_t first = tokens.size();
    add_word(number, worded, word, previous);
    while (range != known.end() && range->end <= word.source_begin) ++range;
    const bool inside = range != known.end() && word.source_begin >= range->begin;
    for (std::size_t i = first; inside && i < tokens.size(); ++i) tokens[i].taken = true;
  }
  return number;
}

void Talk::add_word(std::uint32_t text, const text::WordedText &worded, const text::Word &word,
                    std::uint32_t &previous) {
  const std::string_view folded = worded.folded.text;
  std::uint32_t begin = word.begin;
  if (word.number && folded[begin] == '-') ++begin;
  const bool amount = word.number && is_amount(folded.substr(begin, word.end - begin));
  const bool first_word = &word == worded.words.data();
  const auto part = [&](std::uint32_t from, std::uint32_t to, bool digits) {
    const auto before = folded.substr(previous, from - previous);
    tokens.push_back({text, from, to, folded.substr(from, to - from), before,
                      first_word && previous == 0, digits, amount});
    previous = to;
  };
  if (!word.number) return part(word.begin, word.end, false);
  while (begin < word.end) {
    std::uint32_t end = begin;
    const bool digits = is_digit(folded[begin]);
    while (end < word.end && is_digit(folded[end]) == digits) ++end;
    const bool separator = !digits && end - begin == 1 && !base::is_alphanumeric(folded[begin]) &&
                           static_cast<unsigned char>(folded[begin]) < 0x80;
    if (!separator) part(begin, end, digits);
    begin = end;
  }
}

bool Talk::taken(std::size_t first, std::size_t last) const {
  return std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                     tokens.begin() + static_cast<std::ptrdiff_t>(last),
                     [](const TalkToken &t) { return t.taken; });
}

void Talk::take(std::size_t first, std::size_t last, DataKind kind, std::string key) {
  take_bytes(first, last, tokens[first].begin, tokens[last - 1].end, kind, std::move(key));
}

void Talk::take_bytes(std::size_t first, std::size_t last, std::uint32_t folded_begin,
                      std::uint32_t folded_end, DataKind kind, std::string key) {
  for (std::size_t i = first; i < last; ++i) tokens[i].taken = true;
  const base::FoldedText &folded = texts_[tokens[first].text].folded;
  finds.push_back({tokens[first].text, folded.begin[folded_begin], folded.end[folded_end - 1], kind,
                   std::move(key)});
}

void Talk::extend(std::size_t first, std::size_t last, const std::string &key) {
  for (std::size_t i = first; i < last; ++i) tokens[i].taken = true;
  const base::FoldedText &folded = texts_[tokens[first].text].folded;
  finds.back().end = folded.end[tokens[last - 1].end - 1];
  finds.back().key += key;
}

bool Talk::glued(std::size_t token) const {
  const auto joined = [&](std::size_t later) {
    return follows(later) && tokens[later].gap.empty() && !is_unspaced(tokens[later].word, false) &&
           !is_unspaced(tokens[later - 1].word, true);
  };
  return joined(token) || joined(token + 1);
}

}  // namespace saleschecklist::redaction
