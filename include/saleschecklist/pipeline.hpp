// All steps in a row: from a transcript, or from known answers, to a report.
#ifndef SALESCHECKLIST_PIPELINE_HPP
#define SALESCHECKLIST_PIPELINE_HPP

#include <saleschecklist/assessability.hpp>
#include <saleschecklist/call_options.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/cues.hpp>
#include <saleschecklist/language_model.hpp>
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
  DealInfo deal;
  Policy policy;
  ReadOptions read{};  // used if the transcript is given as bytes or as a file
  // The model that answers and coaches. If null, both are done offline and nothing is sent
  // anywhere.
  std::shared_ptr<LanguageModel> model{};
  // What the offline assessor listens for. If null, the built-in cues of a built-in checklist.
  std::shared_ptr<const Cues> cues{};
  int votes = 1;       // as AssessOptions::votes; without effect offline
  CallOptions call{};  // the budget is for assessing and coaching together
  // Who decides whether this is a sales call, see Report::assessment.
  SalesCallRule sales_call = SalesCallRule::automatic;
};

// Measures, assesses, scores and coaches in one call. A call that is not assessable has no score
// and no coaching, and Report::assessment says why. Fails as assess_offline() or assess() and
// score() do. If the model answers but cannot coach, coaching is composed offline, and a notice
// says so.
SALESCHECKLIST_API Result<Report> analyze(const Transcript &transcript, const Checklist &checklist,
                                          const AnalyzeOptions &options = {});

// The same from the bytes of a transcript; fails as read_transcript() does, too.
SALESCHECKLIST_API Result<Report> analyze(std::string_view bytes, const Checklist &checklist,
                                          const AnalyzeOptions &options = {});

// The same from a file that holds a transcript; fails as read_transcript_file() does, too. A
// recording is transcribed first, see transcribe().
SALESCHECKLIST_API Result<Report> analyze_file(const std::string &path, const Checklist &checklist,
                                               const AnalyzeOptions &options = {});

// Makes a report from answers that are already known: metrics, score, coaching and notices.
// `assessor` names who answered, such as Assessment::assessor or a person. Fails as score() does,
// and with invalid_argument if evidence is not in the transcript at its place.
SALESCHECKLIST_API Result<Report> compose(const Transcript &transcript, const Checklist &checklist,
                                          const std::vector<Response> &responses,
                                          const std::string &assessor,
                                          const AnalyzeOptions &options = {});

}  // namespace saleschecklist

#endif
