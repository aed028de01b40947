// Checklists and cues as arguments and results. The built-in ones have one Python object each,
// which is known again and never converted back: they are large, and the library keeps cues
// compiled.
#ifndef SALESCHECKLIST_PYTHON_CHECKLISTS_HPP
#define SALESCHECKLIST_PYTHON_CHECKLISTS_HPP

#include "convert.hpp"

#include <memory>
#include <optional>

namespace saleschecklist::python {

// The Python object of a built-in checklist or of built-in cues, always the same.
py::object built_in_object(const Checklist &built_in);
py::object built_in_object(const Cues &built_in);

// The built-in checklist or the built-in cues whose object this is, or null.
const Checklist *built_in_checklist(py::handle object);
const Cues *built_in_cues(py::handle object);

template <>
struct Converter<Checklist> {
  static Checklist load(py::handle from, const Place &place);
  static py::object cast(const Checklist &checklist);
};

template <>
struct Converter<Cues> {
  static Cues load(py::handle from, const Place &place);
  static py::object cast(const Cues &cues);
};

// None is none.
using CuesPointer = std::shared_ptr<const Cues>;
template <>
struct Converter<CuesPointer> {
  static CuesPointer load(py::handle from, const Place &place);
};

// A checklist given by a caller, as long as the call lasts.
class ChecklistArgument {
 public:
  ChecklistArgument(py::handle object, const Place &place);
  const Checklist &get() const { return own_ ? *own_ : *built_in_; }
  py::handle object() const { return object_; }

 private:
  py::handle object_;
  const Checklist *built_in_;
  std::optional<Checklist> own_;
};

// A report as Python's, with the checklist object that it was made with.
py::object cast_report(const Report &report, py::handle checklist);

}  // namespace saleschecklist::python

#endif
