// Scores a whole history of answers, given as bytes, at the speed of memory.
#ifndef SALESCHECKLIST_BATCH_HPP
#define SALESCHECKLIST_BATCH_HPP

#include <saleschecklist/score.hpp>

#include <cstddef>
#include <cstdint>

namespace saleschecklist {

// An answer as one byte. Numbers are stable and never reused. Pass an unsupported yes and a denied
// item as `no`, and an ambiguous item as Policy::ambiguous says, since that is how they count.
enum class AnswerCode : std::uint8_t { unanswered = 0, yes = 1, no = 2, not_applicable = 3 };

// The caller's arrays for the results, row-major. An array that is not wanted may be null.
struct BatchOutput {
  std::uint8_t *totals = nullptr;     // [rows]: Score::total_score, 0 to 100
  std::uint8_t *bands = nullptr;      // [rows]: RiskBand, 0 red, 1 yellow, 2 green
  double *category_scores = nullptr;  // [rows x categories]: CategoryScore::score
};

// Scores `rows` sets of answers, each item_count(checklist) bytes of AnswerCode in checklist order,
// exactly as score() does, on at most `threads` threads (0: one per processor core). Returns the
// number of rows. Fails as score() does, and with invalid_argument naming the first row and item
// with an unknown code, or the first row in which every item is not_applicable. After a failure the
// content of the arrays is unspecified.
SALESCHECKLIST_API Result<std::size_t> score_many(const Checklist &checklist,
                                                  const std::uint8_t *answers, std::size_t rows,
                                                  const BatchOutput &output,
                                                  const Policy &policy = {}, unsigned threads = 1);

}  // namespace saleschecklist

#endif
