// The features by which talk is told apart: words, pairs of words, and where sentences begin and
// end.
#ifndef SALESCHECKLIST_TRANSCRIPT_ROLES_TALK_FEATURES_HPP
#define SALESCHECKLIST_TRANSCRIPT_ROLES_TALK_FEATURES_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace saleschecklist::transcript {

// Calls `heard` for each feature of an utterance: "so", "so the", "?" for the end of a question,
// "." for that of another sentence, "price ?" for what a question ends with and ". so" for what any
// sentence begins with. Returns the number of words.
std::size_t each_feature(std::string_view text,
                         const std::function<void(const std::string &)> &heard);

}  // namespace saleschecklist::transcript

#endif
