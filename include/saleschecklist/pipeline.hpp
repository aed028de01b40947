// All steps in a row: from a transcript, or from known answers, to a report.
#ifndef SALESCHECKLIST_PIPELINE_HPP
#define SALESCHECKLIST_PIPELINE_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/log.hpp>
#include <saleschecklist/progress.hpp>
#include <saleschecklist/report.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

struct AnalyzeOptions {
  Deal deal;
  Policy policy;
  ReadOptions read{};  // how bytes are read; without effect where a Transcript is given
  Log log{};           // a line per stage
  // Who answers and coaches; none: the offline assessor, and nothing is sent anywhere.
  std::shared_ptr<LanguageModel> model{};
  int votes = 1;    // as AssessOptions has it; these are without effect offline
  Budget budget{};  // of assessing and coaching together
  std::vector<Price> prices = default_prices();
  Progress progress{};
  CancelToken cancel{};
};

// Measures, assesses, scores and coaches in one call. Fails as assess_offline() or assess() and
// score() do. A model that answers but cannot coach leaves coaching to coach_offline(), which the
// notices say.
SALESCHECKLIST_API Result<Report> analyze(const Transcript &transcript, const Checklist &checklist,
                                          const AnalyzeOptions &options = {});

// The same from the bytes of a transcript; fails as read_transcript() does, too.
SALESCHECKLIST_API Result<Report> analyze(std::string_view bytes, const Checklist &checklist,
                                          const AnalyzeOptions &options = {});

// All that follows from answers which are known already: metrics, score, coaching, notices.
// `assessor` names who answered, such as "offline-cues/1" or a person. Fails as score() does, and
// with invalid_argument when a piece of evidence is not in the transcript at its place.
SALESCHECKLIST_API Result<Report> compose(const Transcript &transcript, const Checklist &checklist,
                                          const std::vector<Response> &responses,
                                          const std::string &assessor,
                                          const AnalyzeOptions &options = {});

}  // namespace saleschecklist

#endif
