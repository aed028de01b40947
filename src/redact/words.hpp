// Finds e-mail addresses and given names in a talk.
#ifndef SALESCHECKLIST_REDACT_WORDS_HPP
#define SALESCHECKLIST_REDACT_WORDS_HPP

#include "redact/tokens.hpp"

#include <string>
#include <vector>

namespace saleschecklist::redaction {

// Finds written and spoken e-mail addresses.
void find_emails(Talk &talk);

// Finds the longest of the names at each place. Each name must have at least one word.
void find_names(Talk &talk, const std::vector<std::string> &names);

}  // namespace saleschecklist::redaction

#endif
