#include "transcript/language.hpp"

#include "text/language.hpp"

#include <fmt/format.h>

namespace saleschecklist {
namespace transcript {

void settle_language(Transcript &transcript, const char *named_by) {
  const std::string spoken = text::spoken_language(transcript);
  const std::string stated = text::language_code(transcript.language);
  if (!stated.empty() && stated == spoken) return;
  if (!stated.empty()) {
    transcript.warnings.push_back(fmt::format("{} names {} as the language, and the words are {}",
                                              named_by, text::language_name(stated),
                                              text::language_name(spoken)));
  }
  transcript.language = spoken;
}

}  // namespace transcript

std::string detect_language(const Transcript &transcript) {
  return text::spoken_language(transcript);
}

}  // namespace saleschecklist
