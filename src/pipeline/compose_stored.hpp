// compose() for what is stored.
#ifndef SALESCHECKLIST_PIPELINE_COMPOSE_STORED_HPP
#define SALESCHECKLIST_PIPELINE_COMPOSE_STORED_HPP

#include <saleschecklist/pipeline.hpp>

#include <optional>

namespace saleschecklist::pipeline {

// As compose(), but takes what was judged of the call from `judged`, if it was judged before; see
// assessable::reassessed().
Result<Report> compose_stored(const Transcript &transcript, const Checklist &checklist,
                              const std::vector<Response> &responses, const std::string &assessor,
                              const AnalyzeOptions &options,
                              const std::optional<Assessability> &judged);

}  // namespace saleschecklist::pipeline

#endif
