// Removes personal data from a transcript before it is sent or stored.
#ifndef SALESCHECKLIST_REDACT_HPP
#define SALESCHECKLIST_REDACT_HPP

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// What is removed. Numbers are found in digits and as spoken in English ("four two double one"),
// with or without separators.
struct RedactOptions {
  bool cards = true;     // 13 to 19 digits with a valid check digit (ISO/IEC 7812)
  bool accounts = true;  // IBANs with valid check digits; long numbers that are called an account
  bool phones = true;    // 7 to 15 digits written or spoken as a phone number
  bool emails = true;    // also as spoken: "dana at acme dot com"
  std::vector<std::string> names{};  // removed as whole words, ignoring case
};

// A placeholder in the transcript, and what it replaced.
struct Replacement {
  std::string placeholder;  // "[card 1]", "[account 1]", "[phone 1]", "[email 1]", "[name 1]"
  std::string original;     // as it was first said
};

struct Redacted {
  Transcript transcript;                  // speakers' names are redacted, too
  std::vector<Replacement> replacements;  // one for each distinct value; equal values share one
};

// Replaces personal data in texts and speakers' names by placeholders. It finds what looks like
// such data and may miss some: there is no guarantee. Times and roles are kept, and a warning says
// how much was replaced. If a number continues in the speaker's next utterance, the continuation
// gets a placeholder of its own. Fails with invalid_argument if the transcript has a fault or a
// name is empty.
SALESCHECKLIST_API Result<Redacted> redact(const Transcript &transcript,
                                           const RedactOptions &options = {});

// Puts the originals back into a text. The library does not keep the replacements.
SALESCHECKLIST_API std::string restore(std::string_view text,
                                       const std::vector<Replacement> &replacements);

}  // namespace saleschecklist

#endif
