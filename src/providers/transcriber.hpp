// What transcribers share: naming uploads, and phrases out of words.
#ifndef SALESCHECKLIST_PROVIDERS_TRANSCRIBER_HPP
#define SALESCHECKLIST_PROVIDERS_TRANSCRIBER_HPP

#include <saleschecklist/transcriber.hpp>

#include "providers/provider_client.hpp"

#include <string>
#include <vector>

namespace saleschecklist::providers {

// How a clip is named in a form. Services tell formats by the extension, so there always is one: of
// the clip's name, its content type or its first bytes.
struct UploadName {
  std::string file_name;
  std::string content_type;
};
UploadName upload_name(const AudioClip &clip);

// A word as it comes: with its speaker and what belongs between it and the word before.
struct SpokenWord {
  TranscribedWord word;
  std::string speaker{};
  std::string space = " ";
  std::optional<double> logprob{};
};

// Phrases: a new one begins with another speaker, after a pause, and after the end of a sentence
// once the phrase is long.
std::vector<TranscribedSegment> phrases_of(const std::vector<SpokenWord> &words);

// Times within 0 and `duration_ms` (when it is known), ends not before begins, in order of time.
void put_in_order(std::vector<TranscribedSegment> &segments, std::int64_t duration_ms);

// Text without times: one segment as long as the clip, none when there is no text.
TranscribedClip untimed(std::string text, const AudioClip &clip);

// Text without white space at its ends.
std::string trimmed(const std::string &text);

// Fails with refused when the clip is more than the service's own address takes.
void require_size(const AudioClip &clip, const TranscriberInfo &info,
                  const ProviderClient &service);

}  // namespace saleschecklist::providers

#endif
