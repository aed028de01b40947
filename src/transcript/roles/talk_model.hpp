// How sellers, buyers and others talk in English, learned from labelled conversations.
#ifndef SALESCHECKLIST_TRANSCRIPT_ROLES_TALK_MODEL_HPP
#define SALESCHECKLIST_TRANSCRIPT_ROLES_TALK_MODEL_HPP

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include "transcript/roles/evidence.hpp"

namespace saleschecklist::transcript {

// What somebody says, as counts of the features that the model knows.
struct SpokenWords {
  double words = 0;
  std::vector<double> counts;
};

// One element for each name in `speakers`. Suspect utterances are not counted, and neither is what
// is said after the first 30,000 words.
std::vector<SpokenWords> hear_talk(const Transcript &transcript,
                                   const std::vector<std::string> &speakers);

// For each speaker of a sales call the log odds that they sell, by what each says. Only their
// differences mean something. Whoever says little is close to the mean, which is 0.
std::vector<double> seller_log_odds(const std::vector<SpokenWords> &talks,
                                    const std::vector<Heard> &heard);

// The log odds that two speakers who speak one after the other so often are seller and buyer rather
// than of one side.
double apart_log_odds(double exchanges);

// The log odds that a conversation is a sales call.
double sale_log_odds(const std::vector<SpokenWords> &talks, const std::vector<Heard> &heard);

}  // namespace saleschecklist::transcript

#endif
