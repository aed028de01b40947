// Words of the conversation that address the assessor.
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

// The places of the words that the model reported as addressing the assessor. If the words are not
// in the line for which they were reported, the place is the whole line.
std::vector<Evidence> locate_injections(const Transcript &transcript,
                                        const std::vector<Quote> &reported,
                                        const CancelToken &cancel);

// Recognises such words in evidence, wherever it is.
class PromptInjections {
 public:
  explicit PromptInjections(const std::vector<Evidence> &places);

  // Whether the evidence overlaps one of the places or shares words with one: all words of either
  // (at least three), or six consecutive ones.
  bool hold(const Evidence &evidence) const;

 private:
  const std::vector<Evidence> &places_;
  std::vector<std::string> texts_;         // folded words between spaces
  std::unordered_set<std::string> short_;  // whole texts of less than a run
  std::unordered_set<std::string> runs_;   // of words in a row
};

}  // namespace saleschecklist::assessing

#endif
