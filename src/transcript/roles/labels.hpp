// What the label of a speaker says about the speaker's side.
#ifndef SALESCHECKLIST_TRANSCRIPT_ROLES_LABELS_HPP
#define SALESCHECKLIST_TRANSCRIPT_ROLES_LABELS_HPP

#include <saleschecklist/transcript.hpp>

#include <string>
#include <string_view>

namespace saleschecklist::transcript {

struct LabelMeaning {
  // The side, if a part of the label is nothing but the word for it: "Rep", "Customer 2", "Dana
  // (seller)".
  Role stated = Role::unknown;
  // How much the job title speaks for a seller (positive) or a buyer (negative), as log odds.
  double lean = 0;
  std::string company;  // folded, from "Dana (Acme)" or "dana@acme.com"; empty if there is none
};

LabelMeaning meaning_of_label(std::string_view label);

// Whether `word`, which may be several words, occurs in the text as whole words. Both are folded.
bool has_words(std::string_view text, std::string_view word);

}  // namespace saleschecklist::transcript

#endif
