// The language of a text. The only user of the Compact Language Detector 2.
#ifndef SALESCHECKLIST_TEXT_LANGUAGE_HPP
#define SALESCHECKLIST_TEXT_LANGUAGE_HPP

#include <saleschecklist/transcript.hpp>

#include <string>
#include <string_view>

namespace saleschecklist::text {

// The code of the language that most of the text is in ("en", "pt", "zh-Hant"); empty if the text
// has too few words to tell or no language prevails.
std::string detect_language(std::string_view text);

// The code of a language that a source names, such as "english", "en_us", "eng" or "de-CH", without
// the region; empty if the name is not known.
std::string language_code(std::string_view name);

// The English name of a language given by its code: "German" for "de"; the code itself if it is not
// known.
std::string language_name(const std::string &code);

// The code of the language that is spoken: the one that Transcript::language states, unless the
// words are clearly in another one; the detected one if none is stated; empty if it is not known.
std::string spoken_language(const Transcript &transcript);

}  // namespace saleschecklist::text

#endif
