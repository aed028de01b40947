#include "providers/speech_marks.hpp"
#include "base/errors.hpp"

#include "base/unicode.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::providers {
namespace {

constexpr std::size_t furthest = 24;  // the most characters that a difference may span

struct Times {
  std::int64_t begin_ms, end_ms;
};

std::string_view character_at(std::string_view text, std::size_t at) {
  return text.substr(at, base::code_point_at(text, at).size);
}

bool same(std::string_view text, std::size_t at, std::string_view piece) {
  return !piece.empty() && text.substr(at, piece.size()) == piece;
}

// Finds the nearest place after a difference at which text and pieces agree again.
struct Skip {
  std::size_t bytes, pieces;
};
std::optional<Skip> next_agreement(std::string_view text, std::size_t at,
                                   const std::vector<SpokenPiece> &pieces, std::size_t piece) {
  std::vector<std::size_t> offsets = {0};  // of the characters after `at`
  while (offsets.size() <= furthest && at + offsets.back() < text.size()) {
    offsets.push_back(offsets.back() + character_at(text, at + offsets.back()).size());
  }
  for (std::size_t sum = 1; sum <= 2 * furthest; ++sum) {
    for (std::size_t skipped = 0; skipped <= std::min(sum, furthest); ++skipped) {
      const std::size_t chars = sum - skipped;
      if (chars >= offsets.size() || piece + skipped >= pieces.size()) continue;
      const std::size_t place = at + offsets[chars];
      // White space always agrees, so it proves nothing.
      const std::string &heard = pieces[piece + skipped].text;
      if (heard != " " && place < text.size() && same(text, place, heard)) {
        return Skip{offsets[chars], skipped};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::int64_t count_characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

void require_sayable(std::string_view text, const VoiceInfo &info) {
  const auto refuse = [](std::string message) {
    throw BadResult(errors::invalid_argument(std::move(message), "text"));
  };
  if (text.empty()) refuse("expected a text that is not empty");
  if (base::valid_utf8_prefix(text) != text.size()) refuse("expected valid UTF-8");
  const std::int64_t size = count_characters(text);
  if (size > static_cast<std::int64_t>(info.max_characters)) {
    refuse(fmt::format("{} accepts at most {} characters in one request, got {}", info.id,
                       info.max_characters, size));
  }
}

std::vector<SpokenMark> marks_of(std::string_view text, const std::vector<SpokenPiece> &pieces) {
  std::vector<std::optional<Times>> spoken(text.size());  // for each byte
  std::size_t at = 0;
  for (std::size_t i = 0; i < pieces.size() && at < text.size();) {
    if (same(text, at, pieces[i].text)) {
      std::fill_n(spoken.begin() + static_cast<std::ptrdiff_t>(at), pieces[i].text.size(),
                  Times{pieces[i].begin_ms, pieces[i].end_ms});
      at += pieces[i].text.size();
      ++i;
    } else if (const auto skip = next_agreement(text, at, pieces, i)) {
      at += skip->bytes;
      i += skip->pieces;
    } else {
      break;
    }
  }
  std::vector<SpokenMark> out;
  for (const text::Word &word : text::split_words(text).words) {
    SpokenMark mark{word.source_begin, word.source_end};
    bool heard = false;
    for (std::size_t byte = mark.begin; byte < mark.end; ++byte) {
      if (!spoken[byte]) continue;
      mark.begin_ms =
          heard ? std::min(mark.begin_ms, spoken[byte]->begin_ms) : spoken[byte]->begin_ms;
      mark.end_ms = heard ? std::max(mark.end_ms, spoken[byte]->end_ms) : spoken[byte]->end_ms;
      heard = true;
    }
    if (heard) out.push_back(mark);
  }
  return out;
}

}  // namespace saleschecklist::providers
