// What transcribers have in common: names of uploads, and grouping of words into phrases.
#ifndef SALESCHECKLIST_PROVIDERS_TRANSCRIBER_HPP
#define SALESCHECKLIST_PROVIDERS_TRANSCRIBER_HPP

#include <saleschecklist/transcriber.hpp>

#include "providers/provider_client.hpp"

#include <string>
#include <vector>

namespace saleschecklist::providers {

// The name and type of a clip in a form. Services recognise formats by the extension, so there
// always is one, derived from the clip's name, its content type or its first bytes.
struct UploadName {
  std::string file_name;
  std::string content_type;
};
UploadName upload_name(const AudioClip &clip);

// A word with its speaker and the text between the previous word and this one.
struct SpokenWord {
  TranscribedWord word;
  std::string speaker{};
  std::string space = " ";
  std::optional<double> logprob{};
};

// Groups words into phrases. A new phrase begins with another speaker, after a pause, and after the
// end of a sentence once the phrase is long.
std::vector<TranscribedSegment> phrases_of(const std::vector<SpokenWord> &words);

// Clamps times to 0..`duration_ms` (if it is known), moves ends that precede their begin, and sorts
// by time.
void put_in_order(std::vector<TranscribedSegment> &segments, std::int64_t duration_ms);

// Text without times: one segment as long as the clip, or none if the text is empty.
TranscribedClip untimed(std::string text, const AudioClip &clip);

// Text without leading and trailing white space.
std::string trimmed(const std::string &text);

// Throws BadResult (refused) if the clip is larger than the service accepts.
void require_size(const AudioClip &clip, const TranscriberInfo &info,
                  const ProviderClient &service);

}  // namespace saleschecklist::providers

#endif
