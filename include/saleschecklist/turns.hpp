// Separates the turns of a transcript in which nobody is named.
#ifndef SALESCHECKLIST_TURNS_HPP
#define SALESCHECKLIST_TURNS_HPP

#include <saleschecklist/call_options.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <string>
#include <vector>

namespace saleschecklist {

struct SeparateOptions {
  std::vector<std::string> rep_names{};  // of the salespeople, if the host knows them
  CallOptions call{};                    // progress: a part per passage
};

// Whether something is said in the transcript, and no words have a speaker, as in the transcript of
// a recording on one channel by a recogniser that does not tell speakers apart.
SALESCHECKLIST_API bool lacks_speakers(const Transcript &transcript);

// Asks a model who speaks, sentence by sentence, and returns the transcript with the speakers
// "Speaker 1", "Speaker 2", ... and their roles. The words and their order stay as they are;
// utterances are divided where the speaker changes within them. Words whose speaker the model
// cannot tell stay nobody's. Transcript::speakers_inferred is then true. The roles are those on
// which the model and the inference from the talk (see ReadOptions) do not disagree; otherwise
// nobody has one. A transcript that has speakers is returned as it is, and nothing is sent.
// Fails as the model does; with refused if its replies cannot be used, or if they leave all words
// to one speaker; with over_budget; and with invalid_argument if validate() finds a fault in the
// transcript. What was used is added to `usage`, if there is one, also on failure.
SALESCHECKLIST_API Result<Transcript> separate_turns(const Transcript &transcript,
                                                     LanguageModel &model,
                                                     const SeparateOptions &options = {},
                                                     Usage *usage = nullptr);

}  // namespace saleschecklist

#endif
