// What voices share.
#ifndef SALESCHECKLIST_PROVIDERS_SPEECH_MARKS_HPP
#define SALESCHECKLIST_PROVIDERS_SPEECH_MARKS_HPP

#include <saleschecklist/voice.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::providers {

// Code points; `text` is valid UTF-8.
std::int64_t count_characters(std::string_view text);

// Fails with invalid_argument when the text is empty, not UTF-8 or too long.
void require_sayable(std::string_view text, const VoiceInfo &info);

// A stretch that a service says it has spoken: one character mostly.
struct SpokenPiece {
  std::string text;
  std::int64_t begin_ms = 0;
  std::int64_t end_ms = 0;
};

// The words of `text`, each with the time of the pieces that make it. Pieces may differ from the
// text here and there, as a service that normalises it does; words with none of their own are left
// out.
std::vector<SpokenMark> marks_of(std::string_view text, const std::vector<SpokenPiece> &pieces);

}  // namespace saleschecklist::providers

#endif
