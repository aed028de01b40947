#include "base/unicode.hpp"
#include "text/words.hpp"
#include "transcript/readers/suspect.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace saleschecklist::transcript {
namespace {

constexpr std::size_t longest_phrase = 24;  // in words, or in characters of scripts without spaces
constexpr std::int64_t longest_pause_ms = 2'000;
constexpr std::size_t long_repetition = 24;  // words that are suspect in any surroundings
constexpr const char *reason = "the same words are repeated many times";

// People say "no, no, no", "yeah, yeah, yeah" and "I know, I know, I know", and a whole sentence
// twice for emphasis; a recogniser in a loop repeats until its window of 30 seconds is full. What
// people may say more often loses nothing, since its first time stays.
std::size_t least_repetitions(std::size_t words) {
  return words == 1 ? 8 : words == 2 ? 5 : words < 8 ? 4 : 3;
}

struct SpokenWord {
  std::uint32_t cue;
  std::uint32_t begin;         // in the cue's text
  std::uint32_t id : 31;       // of the folded word
  std::uint32_t unspaced : 1;  // a character of a script without spaces: two make a word
};

enum class Said : char { once, first, again };  // first: the first time of what is repeated

// The words of the neighbouring cues [first, last).
std::vector<SpokenWord> words_of(const std::vector<RawCue> &cues, std::size_t first,
                                 std::size_t last) {
  std::vector<SpokenWord> out;
  std::unordered_map<std::string, std::uint32_t> ids;
  for (std::size_t c = first; c < last; ++c) {
    const text::WordedText text = text::split_words(cues[c].text);
    for (const text::Word &word : text.words) {
      const std::string folded(text.text_of(word));
      const bool unspaced = base::is_unspaced_script(base::code_point_at(folded, 0).value);
      const auto next = static_cast<std::uint32_t>(ids.size());
      const auto [known, added] = ids.emplace(folded, next);
      out.push_back(
          {static_cast<std::uint32_t>(c), word.source_begin, known->second, unspaced ? 1u : 0u});
    }
  }
  return out;
}

// For each word, whether it belongs to a phrase that is repeated many times.
std::vector<Said> repeated(const std::vector<SpokenWord> &words) {
  std::vector<Said> out(words.size(), Said::once);
  const auto mark = [&](std::size_t begin, std::size_t end, Said as) {
    for (std::size_t w = begin; w < end; ++w) out[w] = std::max(out[w], as);
  };
  for (std::size_t period = 1; period <= longest_phrase; ++period) {
    std::size_t same = 0;  // length of the repetition that ends here, in words
    for (std::size_t w = period; w <= words.size(); ++w) {
      if (w < words.size() && words[w].id == words[w - period].id) {
        ++same;
        continue;
      }
      const std::size_t begin = w - same - period;
      std::size_t halves = 0;
      for (std::size_t p = begin; same > 0 && p < begin + period; ++p)
        halves += words[p].unspaced ? 1 : 2;
      if (same > 0 && (same + period) / period >= least_repetitions((halves + 1) / 2)) {
        mark(begin, begin + period, Said::first);
        mark(begin + period, w, Said::again);
      }
      same = 0;
    }
  }
  return out;
}

// Whether one speaker continues without a pause, as the output of a recogniser in a loop does.
bool goes_on(const RawCue &cue, const RawCue &next) {
  if (cue.speaker != next.speaker) return false;
  return !cue.end_ms || !next.begin_ms || *next.begin_ms - *cue.end_ms <= longest_pause_ms;
}

// Whether the repetition in the words [begin, end) of a cue is most of it, or is long.
bool is_loop(const std::vector<Said> &said, std::size_t begin, std::size_t end) {
  std::size_t looped = 0, again = 0;
  for (std::size_t w = begin; w < end; ++w) {
    looped += said[w] != Said::once ? 1 : 0;
    again += said[w] == Said::again ? 1 : 0;
  }
  return again > 0 && (2 * looped >= end - begin || again >= long_repetition);
}

// Divides a cue, whose words are [begin, end), into what is said for the first time and what is
// repeated.
void append_parts(std::vector<RawCue> &out, const RawCue &cue, const std::vector<SpokenWord> &words,
                  const std::vector<Said> &said, std::size_t begin, std::size_t end) {
  const auto again = [&](std::size_t w) { return said[w] == Said::again; };
  for (std::size_t w = begin; w < end;) {
    std::size_t next = w + 1;
    while (next < end && again(next) == again(w)) ++next;
    const std::size_t from = w == begin ? 0 : words[w].begin;
    const std::size_t to = next == end ? cue.text.size() : words[next].begin;
    RawCue part = cue;
    part.text = base::collapse_spaces(std::string_view(cue.text).substr(from, to - from));
    if (again(w)) part.suspect = reason;
    out.push_back(std::move(part));
    w = next;
  }
}

// Appends the neighbouring cues [first, last), with what is repeated in them marked.
void append_run(std::vector<RawCue> &out, std::vector<RawCue> &cues, std::size_t first,
                std::size_t last) {
  const std::vector<SpokenWord> words = words_of(cues, first, last);
  const std::vector<Said> said = repeated(words);
  std::size_t w = 0;
  for (std::size_t c = first; c < last; ++c) {
    const std::size_t begin = w;
    while (w < words.size() && words[w].cue == c) ++w;
    if (cues[c].suspect.empty() && is_loop(said, begin, w)) {
      append_parts(out, cues[c], words, said, begin, w);
    } else {
      out.push_back(std::move(cues[c]));
    }
  }
}

}  // namespace

void mark_repetitions(std::vector<RawCue> &cues) {
  std::vector<RawCue> out;
  out.reserve(cues.size());
  for (std::size_t first = 0; first < cues.size();) {
    std::size_t last = first + 1;
    while (last < cues.size() && goes_on(cues[last - 1], cues[last])) ++last;
    append_run(out, cues, first, last);
    first = last;
  }
  cues = std::move(out);
}

}  // namespace saleschecklist::transcript
