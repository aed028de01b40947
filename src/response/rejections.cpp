// describe(): why a quote was refused, for people.
#include <saleschecklist/response.hpp>

#include <fmt/format.h>

namespace saleschecklist {
namespace {

std::string side(EvidenceFrom from) {
  return from == EvidenceFrom::either ? "either side" : fmt::format("the {}", name(from));
}

std::string describe_speaker(const RejectedEvidence &rejected) {
  const std::string speaker = rejected.speaker.empty() ? "an unnamed speaker" : rejected.speaker;
  const std::string role = rejected.reason == RejectionReason::unknown_speaker
                               ? ", whose role is unknown"
                               : fmt::format(" ({})", name(rejected.role));
  return fmt::format("said by {}{}; the item asks for the words of {}", speaker, role,
                     side(rejected.evidence_from));
}

std::string describe_difference(const RejectedEvidence &rejected) {
  const auto shown = [](const std::string &word) {
    return word.empty() ? std::string("nothing") : fmt::format("'{}'", word);
  };
  return fmt::format("the words differ: the quote has {} where the transcript has {}",
                     shown(rejected.quote_word), shown(rejected.transcript_word));
}

}  // namespace

std::string describe(const RejectedEvidence &rejected) {
  switch (rejected.reason) {
    case RejectionReason::words_differ:
    case RejectionReason::number_differs:
    case RejectionReason::name_differs:
    case RejectionReason::negation_differs:
      return describe_difference(rejected);
    case RejectionReason::stitched:
      return "its parts come from different places";
    case RejectionReason::wrong_side:
    case RejectionReason::unknown_speaker:
      return describe_speaker(rejected);
    case RejectionReason::suspect_words:
      return "only in words that the recogniser may have invented: " + rejected.suspect;
    case RejectionReason::addressed_to_assessor:
      return "these words are addressed to the assessor";
    case RejectionReason::single_word:
      return "a single word proves nothing by itself";
    case RejectionReason::no_words:
      return "the quote has no words";
    case RejectionReason::too_long:
      return "the quote is longer than 4,000 bytes";
    case RejectionReason::not_utf8:
      return "the quote is not UTF-8";
    case RejectionReason::not_found:
      break;
  }
  return "these words are not in the transcript";
}

}  // namespace saleschecklist
