// Where a Python value stands inside an argument, and the errors that say so.
#ifndef SALESCHECKLIST_PYTHON_PLACE_HPP
#define SALESCHECKLIST_PYTHON_PLACE_HPP

#include <saleschecklist/result.hpp>

#include <pybind11/pybind11.h>

#include <string>

namespace saleschecklist::python {

namespace py = pybind11;

// A chain on the stack of the conversion, innermost first; texts are made only for an error.
struct Place {
  const Place *outer = nullptr;
  const char *noun = nullptr;  // the class; null for an argument
  const char *field = "";
  Py_ssize_t index = -1;  // within the field; -1 for the field itself

  Place element(Py_ssize_t i) const { return {outer, noun, field, i}; }
};

// "Utterance.text (in transcript > Transcript.utterances[3])".
std::string to_string(const Place &place);

// TypeError "Utterance.text: expected str, got int".
[[noreturn]] void refuse_type(const Place &place, const std::string &expected, py::handle got);

// InvalidArgument with the place in `where`.
[[noreturn]] void refuse_value(const Place &place, std::string message,
                               ErrorCode code = ErrorCode::invalid_argument);

}  // namespace saleschecklist::python

#endif
