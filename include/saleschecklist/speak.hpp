// Speaks a text of any length through a Voice.
#ifndef SALESCHECKLIST_SPEAK_HPP
#define SALESCHECKLIST_SPEAK_HPP

#include <saleschecklist/call_options.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/usage.hpp>
#include <saleschecklist/voice.hpp>

#include <string>

namespace saleschecklist {

// Speaks the whole text as one recording. A text that is too long for one request is cut at the
// ends of sentences; marks count from the beginning of the text and of the joined audio. What was
// used is added to `usage`, also on failure. Fails as Voice::synthesize() does, with
// invalid_argument if the text is empty or not UTF-8, and with over_budget, before anything is
// sent, if the text would cost more than the budget allows.
SALESCHECKLIST_API Result<Speech> speak(const std::string &text, Voice &voice,
                                        const CallOptions &options = {}, Usage *usage = nullptr);

}  // namespace saleschecklist

#endif
