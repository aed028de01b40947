// A session's current results, its report and its scores.
#ifndef SALESCHECKLIST_ENGINE_RESULTS_HPP
#define SALESCHECKLIST_ENGINE_RESULTS_HPP

#include "engine/context.hpp"

namespace saleschecklist::engine {

// The functions of Engine of similar names, without its guard against exceptions.
Result<SessionResult> result_of(const Context &context, const std::string &id);
Result<Report> report_of(const Context &context, const std::string &id);
Result<std::string> report_pdf(const Context &context, const std::string &id,
                               const PdfOptions &options);
Result<std::string> coaching_audio(const Context &context, const std::string &id);
Result<std::vector<ScoreVersion>> score_history(const Context &context, const std::string &id);

}  // namespace saleschecklist::engine

#endif
