// Taking personal data out of a transcript before it is sent or kept.
#ifndef SALESCHECKLIST_REDACT_HPP
#define SALESCHECKLIST_REDACT_HPP

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// What is taken out. Digits are found in figures and as spoken in English ("four two double one"),
// with separators between them.
struct RedactOptions {
  bool cards = true;     // 13 to 19 digits with a right check digit (ISO/IEC 7812)
  bool accounts = true;  // IBANs with right check digits; longer numbers called an account
  bool phones = true;    // 7 to 15 digits written or spoken as a phone number
  bool emails = true;    // also as spoken: "dana at acme dot com"
  std::vector<std::string> names{};  // as whole words, compared without case
};

// What stands in the transcript now, and what stood there.
struct Replacement {
  std::string placeholder;  // "[card 1]", "[account 1]", "[phone 1]", "[email 1]", "[name 1]"
  std::string original;     // as it was said first
};

struct Redacted {
  Transcript transcript;                  // speakers' names among what is replaced
  std::vector<Replacement> replacements;  // each different one once; equal data, equal placeholder
};

// Takes personal data out of the texts and speakers' names. It finds what looks like such data, so
// it may miss some: it is a help, not a proof. Times and roles stay; the warnings say how much was
// replaced. A number that goes on in the speaker's next utterance is replaced there, too, as a part
// of its own. Fails with invalid_argument when the transcript is unsound or a name is empty.
SALESCHECKLIST_API Result<Redacted> redact(const Transcript &transcript,
                                           const RedactOptions &options = {});

// A text with what stood there before, for whoever may see it; the library keeps no replacements.
SALESCHECKLIST_API std::string restore(std::string_view text,
                                       const std::vector<Replacement> &replacements);

}  // namespace saleschecklist

#endif
