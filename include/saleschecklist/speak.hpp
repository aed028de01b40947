// Speech of any length through a voice.
#ifndef SALESCHECKLIST_SPEAK_HPP
#define SALESCHECKLIST_SPEAK_HPP

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/progress.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/usage.hpp>
#include <saleschecklist/voice.hpp>

#include <string>
#include <vector>

namespace saleschecklist {

struct SpeakOptions {
  std::vector<Price> prices = default_prices();
  Progress progress{};
  CancelToken cancel{};
};

// The whole text as one recording: cut at sentence ends where it is longer than the voice can say
// at a time, marks counted from the beginning of the text and of the joined audio. Fails as say()
// does, and with invalid_argument when the text is empty or not UTF-8.
SALESCHECKLIST_API Result<Speech> speak(const std::string &text, Voice &voice, Usage &usage,
                                        const SpeakOptions &options = {});

}  // namespace saleschecklist

#endif
