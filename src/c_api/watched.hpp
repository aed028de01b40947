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

// `call` with the callbacks and the cancellation of a watch.
CallOptions watched(CallOptions call, const scl_watch *given);

// The same for options that have a call among them.
template <class Options>
Options watched(Options options, const scl_watch *given) {
  options.call = watched(std::move(options.call), given);
  return options;
}

}  // namespace saleschecklist::c_api

#endif
