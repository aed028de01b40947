// Converts services and scl_watch parameters to C++ values.
#ifndef SALESCHECKLIST_C_API_WATCHED_HPP
#define SALESCHECKLIST_C_API_WATCHED_HPP

#include "c_api/arguments.hpp"

#include <string>

struct scl_cancel {
  saleschecklist::CancelToken value;
};

namespace saleschecklist::c_api {

// The ports of a handle.
const Services &services_of(const scl_services *services);

// A watch with all fields that this version knows. Throws BadResult (invalid_argument) if `size` is
// too small.
scl_watch watch_of(const scl_watch *watch);

// `call` with the callbacks and the cancellation of a watch.
CallOptions watched(CallOptions call, const scl_watch *given);

// The same for options that contain a CallOptions.
template <class Options>
Options watched(Options options, const scl_watch *given) {
  options.call = watched(std::move(options.call), given);
  return options;
}

}  // namespace saleschecklist::c_api

#endif
