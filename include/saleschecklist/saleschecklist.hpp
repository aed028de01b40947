// saleschecklist: analyses a sales call, answers a checklist with quotes as evidence, and scores
// the deal.
//
//   #include <saleschecklist/saleschecklist.hpp>
//   using namespace saleschecklist;
//
//   Transcript call = read_transcript(bytes, {.rep_names = {"Dana"}}).value();  // any format
//   Report report   = analyze(call, Checklist::standard()).value();    // offline, pure
//   if (report.score) std::cout << report.score->total_score << "\n";
//   std::string pdf  = render_pdf(report).value();
//   std::string json = to_json(report);
//
// or step by step, each a pure function:
//
//   auto assessment = assess_offline(call, checklist).value();         // answers with quotes
//   auto verdicts   = verify(call, {"we lose 40k a month"});           // is this quote there?
//   auto card       = score(checklist, assessment.responses, policy).value();  // recomputable
//   auto coaching   = coach_offline(call, checklist, assessment.responses, card).value();
//
// Functions that can fail return Result<T>. Nothing here prints, exits, reads the environment,
// or keeps state; all functions may be called from any thread. A function that returns a plain
// value fails only by std::bad_alloc.
#ifndef SALESCHECKLIST_SALESCHECKLIST_HPP
#define SALESCHECKLIST_SALESCHECKLIST_HPP

#include <saleschecklist/assess.hpp>
#include <saleschecklist/assessability.hpp>
#include <saleschecklist/audio.hpp>
#include <saleschecklist/batch.hpp>
#include <saleschecklist/blob_store.hpp>
#include <saleschecklist/call_options.hpp>
#include <saleschecklist/cancel.hpp>
#include <saleschecklist/cassette.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/coach.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/cues.hpp>
#include <saleschecklist/deal.hpp>
#include <saleschecklist/engine.hpp>
#include <saleschecklist/evidence.hpp>
#include <saleschecklist/json.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/limits.hpp>
#include <saleschecklist/log.hpp>
#include <saleschecklist/metrics.hpp>
#include <saleschecklist/network.hpp>
#include <saleschecklist/pipeline.hpp>
#include <saleschecklist/progress.hpp>
#include <saleschecklist/providers.hpp>
#include <saleschecklist/redact.hpp>
#include <saleschecklist/report.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/secret.hpp>
#include <saleschecklist/services.hpp>
#include <saleschecklist/session.hpp>
#include <saleschecklist/speak.hpp>
#include <saleschecklist/stage_plan.hpp>
#include <saleschecklist/storage.hpp>
#include <saleschecklist/store.hpp>
#include <saleschecklist/transcriber.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/transport.hpp>
#include <saleschecklist/turns.hpp>
#include <saleschecklist/usage.hpp>
#include <saleschecklist/voice.hpp>

namespace saleschecklist {

// The library's version, such as "0.1.0".
SALESCHECKLIST_API const char *version() noexcept;

}  // namespace saleschecklist

#endif
