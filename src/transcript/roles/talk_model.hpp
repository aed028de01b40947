// How sellers, buyers and others talk in English, learned from labelled conversations.
#ifndef SALESCHECKLIST_TRANSCRIPT_ROLES_TALK_MODEL_HPP
#define SALESCHECKLIST_TRANSCRIPT_ROLES_TALK_MODEL_HPP

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

// What somebody says, as counts of the words and pairs of words that the model knows.
struct SpokenWords {
  double words = 0;
  std::vector<double> counts;
};

// One element for each name in `speakers`. Suspect utterances are not counted, and neither is what
// is said after the first 30,000 words.
std::vector<SpokenWords> hear_talk(const Transcript &transcript,
                                   const std::vector<std::string> &speakers);

// The log odds that somebody who sells or buys talks like this because they sell; 0 if nothing is
// said. Of two speakers of a sales call the one with the greater value sells.
double seller_log_odds(const SpokenWords &talk);

// The log odds that a conversation is a sales call, by the talk of all its speakers alone. They
// grow with the number of words.
double sale_log_odds(const std::vector<SpokenWords> &talks);

}  // namespace saleschecklist::transcript

#endif
