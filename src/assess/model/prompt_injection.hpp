// Words of a conversation that are meant for the assessor.
#ifndef SALESCHECKLIST_ASSESS_MODEL_PROMPT_INJECTION_HPP
#define SALESCHECKLIST_ASSESS_MODEL_PROMPT_INJECTION_HPP

#include "assess/model/model_answers.hpp"

#include <saleschecklist/cancel.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>

#include <string>
#include <unordered_set>
#include <vector>

namespace saleschecklist::assessing {

// Where the words that were reported to address the assessor stand. Words that do not stand there
// as they were reported make the whole line suspect that they were reported of.
std::vector<Evidence> locate_injections(const Transcript &transcript,
                                        const std::vector<Quote> &reported,
                                        const CancelToken &cancel);

// Tells whether evidence is of such words, wherever it stands.
class PromptInjections {
 public:
  explicit PromptInjections(const std::vector<Evidence> &places);

  // It overlaps one of the places, or shares words with one: all words of either, at least three,
  // or six in a row.
  bool hold(const Evidence &evidence) const;

 private:
  const std::vector<Evidence> &places_;
  std::vector<std::string> texts_;         // folded words between spaces
  std::unordered_set<std::string> short_;  // whole texts of less than a run
  std::unordered_set<std::string> runs_;   // of words in a row
};

}  // namespace saleschecklist::assessing

#endif
