// Corrections of a transcript by a person: names, roles and words.
#ifndef SALESCHECKLIST_TRANSCRIPT_EDITS_HPP
#define SALESCHECKLIST_TRANSCRIPT_EDITS_HPP

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

// What an edit changed. Utterances keep their number and order under every edit.
struct Touched {
  // The utterances whose words or side are not what they were, in order. A new name alone changes
  // neither.
  std::vector<std::size_t> utterances{};
  std::set<std::string> speakers{};  // who had said them
};

// Each edit leaves a transcript without faults (see validate()), or throws BadResult
// (invalid_argument) and changes nothing. A speaker is named exactly as in the transcript; "" is
// the one whom the source does not name. White space in a new name or text becomes single spaces.

// Gives a speaker another name, which no other speaker has.
Touched rename_speaker(Transcript &transcript, const std::string &speaker, const std::string &name);

// Gives the words of all `speakers` to `into`, another speaker of the transcript, whose role they
// take.
Touched merge_speakers(Transcript &transcript, const std::vector<std::string> &speakers,
                       const std::string &into);

// Gives these utterances to `name`. Their role is that speaker's; unknown if the transcript does
// not have the speaker yet.
Touched split_speaker(Transcript &transcript, const std::vector<std::size_t> &utterances,
                      const std::string &name);

// Replaces the words of one utterance. They have the times of the whole utterance, and are not
// suspect any more.
Touched correct_utterance(Transcript &transcript, std::size_t utterance, const std::string &text);

// Sets the role of all words of a speaker.
Touched set_role(Transcript &transcript, const std::string &speaker, Role role);

}  // namespace saleschecklist::transcript

#endif
