// Services as an argument, and who watches a long call.
#ifndef SALESCHECKLIST_PYTHON_WATCHED_HPP
#define SALESCHECKLIST_PYTHON_WATCHED_HPP

#include "define.hpp"

#include <chrono>
#include <future>
#include <memory>

namespace saleschecklist::python {

// Services that were opened, with the names of who they are.
struct Opened {
  Services services;
  std::string transcriber, model, voice;
};

template <>
struct Argument<const Opened &> {
  std::shared_ptr<Opened> opened;
  Argument(py::handle from, const Place &place) {
    if (!py::isinstance<Opened>(from)) refuse_type(place, "Services", from);
    opened = from.cast<std::shared_ptr<Opened>>();
  }
  operator const Opened &() const { return *opened; }
};

template <>
struct Converter<CancelToken> {
  static CancelToken load(py::handle from, const Place &place) {
    if (from.is_none()) return {};
    if (!py::isinstance<CancelToken>(from)) refuse_type(place, "Cancel", from);
    return from.cast<CancelToken>();
  }
};

// None, or a callable that takes stage, done and total. What it raises is reported as Python
// reports what cannot be raised.
template <>
struct Converter<Progress> {
  static Progress load(py::handle from, const Place &place);
};

// Runs `work` in a thread while this one, which has no GIL, looks for signals; one that raises,
// such as Ctrl-C, cancels the work.
template <class Work>
auto interruptible(const CancelToken &cancel, const Work &work) {
  constexpr std::chrono::milliseconds look_again{50};
  auto done = std::async(std::launch::async, work);
  while (done.wait_for(look_again) != std::future_status::ready) {
    const py::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() == 0) continue;
    const py::error_already_set raised;
    cancel.cancel();
    {
      const py::gil_scoped_release release;
      done.wait();
    }
    throw raised;
  }
  return done.get();
}

// The options of a JSON text, with what only a call can have.
CallOptions watched(CallOptions call, const Log &log, const Progress &progress,
                    const CancelToken &cancel);
template <class Options>
Options watched(Options options, const Log &log, const Progress &progress,
                const CancelToken &cancel) {
  options.call = watched(std::move(options.call), log, progress, cancel);
  return options;
}

}  // namespace saleschecklist::python

#endif
