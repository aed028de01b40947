// What the voices of all providers have in common.
#ifndef SALESCHECKLIST_PROVIDERS_SPEECH_MARKS_HPP
#define SALESCHECKLIST_PROVIDERS_SPEECH_MARKS_HPP

#include <saleschecklist/voice.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::providers {

// The number of code points; `text` must be valid UTF-8.
std::int64_t count_characters(std::string_view text);

// Throws BadResult (invalid_argument) if the text is empty, not valid UTF-8 or too long.
void require_sayable(std::string_view text, const VoiceInfo &info);

// A piece of speech with its times, usually a single character.
struct SpokenPiece {
  std::string text;
  std::int64_t begin_ms = 0;
  std::int64_t end_ms = 0;
};

// The words of `text`, each with the time span of its pieces. Pieces may differ from the text in
// places, as a service normalises what it speaks; words without any piece are left out.
std::vector<SpokenMark> marks_of(std::string_view text, const std::vector<SpokenPiece> &pieces);

}  // namespace saleschecklist::providers

#endif
