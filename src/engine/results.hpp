// What is known about a session, and its report.
#ifndef SALESCHECKLIST_ENGINE_RESULTS_HPP
#define SALESCHECKLIST_ENGINE_RESULTS_HPP

#include "engine/context.hpp"

namespace saleschecklist::engine {

// As the functions of Engine; they throw as the standard library does.
Result<SessionResult> result_of(const Context &context, const std::string &id);
Result<Report> report_of(const Context &context, const std::string &id);
Result<std::string> report_pdf(const Context &context, const std::string &id,
                               const PdfOptions &options);
Result<std::string> coaching_audio(const Context &context, const std::string &id);
Result<std::vector<ScoreVersion>> score_history(const Context &context, const std::string &id);

}  // namespace saleschecklist::engine

#endif
