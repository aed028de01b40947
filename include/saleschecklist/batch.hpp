// Rescoring a whole history at the speed of memory: answers in, figures out, no text between.
#ifndef SALESCHECKLIST_BATCH_HPP
#define SALESCHECKLIST_BATCH_HPP

#include <saleschecklist/score.hpp>

#include <cstddef>
#include <cstdint>

namespace saleschecklist {

// An answer as one byte. Numbers are stable and never reused. A yes that was found unsupported
// counts as no, so it is to be given as no.
enum class AnswerCode : std::uint8_t { unanswered = 0, yes = 1, no = 2, not_applicable = 3 };

// Where the figures go: the caller's arrays, row-major, any of them null when not wanted.
struct BatchOutput {
  std::uint8_t *totals = nullptr;     // [rows]: Score::total_score, 0 to 100
  std::uint8_t *bands = nullptr;      // [rows]: RiskBand, 0 red, 1 yellow, 2 green
  double *category_scores = nullptr;  // [rows x categories]: CategoryScore::score
};

// Scores `rows` sets of answers, each item_count(checklist) bytes of AnswerCode in checklist order,
// exactly as score() does. `threads`: how many to use at most, 0 for one per processor core.
// Returns the number of rows. Fails as score() does, and with invalid_argument naming the first row
// and item with an unknown code, or the first row in which nothing is applicable. The arrays are
// filled in place: after a failure what they hold is unspecified.
SALESCHECKLIST_API Result<std::size_t> score_many(const Checklist &checklist,
                                                  const std::uint8_t *answers, std::size_t rows,
                                                  const BatchOutput &output,
                                                  const Policy &policy = {}, unsigned threads = 1);

}  // namespace saleschecklist

#endif
