// What transcribers have in common: names of uploads, reading words and grouping them into phrases.
#ifndef SALESCHECKLIST_PROVIDERS_TRANSCRIBER_HPP
#define SALESCHECKLIST_PROVIDERS_TRANSCRIBER_HPP

#include <saleschecklist/transcriber.hpp>

#include "providers/provider_client.hpp"

#include <initializer_list>
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

// How a service writes the words of a list.
struct WordShape {
  std::initializer_list<const char *> texts;  // keys of the text: the first that has one is taken
  bool milliseconds = false;                  // "start" and "end" are in milliseconds, not seconds
};

// Reads one word; its text is empty if it has none. A word without times follows `before_ms`.
TranscribedWord read_word(const Json &word, const WordShape &shape, std::int64_t before_ms = 0);

// Appends the words of a list with their "speaker". Words without text are left out.
void append_words(const Json &list, const WordShape &shape, std::vector<SpokenWord> &out);

// The words of utterances, which have lists of "words"; those of `words` if there are none.
std::vector<SpokenWord> words_of(const Json &utterances, const Json &words, const WordShape &shape);

// Groups words into phrases. A new phrase begins with another speaker, after a pause, and after the
// end of a sentence once the phrase is long.
std::vector<TranscribedSegment> phrases_of(const std::vector<SpokenWord> &words);

// Clamps times to 0..`duration_ms` (if it is known), moves ends that precede their begin, and sorts
// by time.
void put_in_order(std::vector<TranscribedSegment> &segments, std::int64_t duration_ms);

// Text without times: one segment as long as the clip, or none if the text is empty.
TranscribedClip untimed(std::string text, const AudioClip &clip);

// The phrases of these words, in order; without words, the text without times.
TranscribedClip clip_of(const std::vector<SpokenWord> &words, std::string text,
                        std::string language, const AudioClip &clip);

// Text without leading and trailing white space.
std::string trimmed(const std::string &text);

// Throws BadResult (refused) if the clip is larger than the service accepts.
void require_size(const AudioClip &clip, const TranscriberInfo &info,
                  const ProviderClient &service);

}  // namespace saleschecklist::providers

#endif
