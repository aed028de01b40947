// Finds the reply of the other side to a question, and decides whether it is an answer.
#ifndef SALESCHECKLIST_ASSESS_OFFLINE_EXCHANGES_HPP
#define SALESCHECKLIST_ASSESS_OFFLINE_EXCHANGES_HPP

#include "listen/sentences.hpp"

namespace saleschecklist::assessing {

enum class Stance { affirms, denies, evasive, tells };

struct Reply {
  std::size_t first = 0, last = 0;  // sentences, half-open; equal if there is no reply
  Stance stance = Stance::tells;
  std::size_t distance = 0;  // sentences of the asker between the question and the reply
  std::size_t words = 0;     // number of content words
};

// The reply to sentence `asked`: the first words of the other side soon after it.
Reply find_reply(const std::vector<listening::StemmedSentence> &sentences, std::size_t asked);

// Whether the reply answers the sentence: agreement with a closed question or a statement, or a
// substantial reply to an open question.
bool answers(const Reply &reply, const listening::StemmedSentence &asked);

// Whether the sentences from `first` to `last` (inclusive) say what they answer: an amount, a time,
// a role, a name, or words with meaning. A bare number ("Yeah, around 635.") may be anything.
bool bears_meaning(const std::vector<listening::StemmedSentence> &sentences, std::size_t first,
                   std::size_t last);

}  // namespace saleschecklist::assessing

#endif
