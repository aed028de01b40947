#include "watched.hpp"

namespace saleschecklist::python {

Progress Converter<Progress>::load(py::handle from, const Place &place) {
  if (from.is_none()) return {};
  if (!PyCallable_Check(from.ptr())) refuse_type(place, "a callable", from);
  return [from](const ProgressStep &step) {
    const py::gil_scoped_acquire gil;
    try {
      from(Converter<std::string>::cast(step.stage), step.done, step.total);
    } catch (py::error_already_set &error) {
      error.discard_as_unraisable("saleschecklist: showing progress");
    }
  };
}

CallOptions watched(CallOptions call, const Log &log, const Progress &progress,
                    const CancelToken &cancel) {
  call.log = log;
  call.progress = progress;
  call.cancel = cancel;
  return call;
}

}  // namespace saleschecklist::python
