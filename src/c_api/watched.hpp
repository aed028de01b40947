// Services, and who watches a long call, as they come in through C parameters.
#ifndef SALESCHECKLIST_C_API_WATCHED_HPP
#define SALESCHECKLIST_C_API_WATCHED_HPP

#include "c_api/arguments.hpp"

#include <string>

struct scl_cancel {
  saleschecklist::CancelToken value;
};

namespace saleschecklist::c_api {

// The ports of a handle, which stay open as long as somebody has them.
const Services &services_of(const scl_services *services);

// A watch with every field that this version knows. Throws BadResult (invalid_argument).
scl_watch watch_of(const scl_watch *watch);

// Fills in what the options of all long calls have in common.
template <class Options>
Options watched(Options options, const scl_watch *given) {
  const scl_watch watch = watch_of(given);
  if constexpr (requires { options.log; }) options.log = log_of(watch.log);
  if constexpr (requires { options.progress; }) {
    if (watch.progress != nullptr) {
      options.progress = [watch](const ProgressStep &step) {
        watch.progress(watch.context, std::string(step.stage).c_str(), step.done, step.total);
      };
    }
  }
  if (watch.cancel != nullptr) options.cancel = watch.cancel->value;
  return options;
}

}  // namespace saleschecklist::c_api

#endif
