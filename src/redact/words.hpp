// E-mail addresses and given names in a talk.
#ifndef SALESCHECKLIST_REDACT_WORDS_HPP
#define SALESCHECKLIST_REDACT_WORDS_HPP

#include "redact/tokens.hpp"

#include <string>
#include <vector>

namespace saleschecklist::redaction {

// As written and as spoken.
void find_emails(Talk &talk);

// The longest of the names at each place. A name has at least one word.
void find_names(Talk &talk, const std::vector<std::string> &names);

}  // namespace saleschecklist::redaction

#endif
