// The parts of the module.
#ifndef SALESCHECKLIST_PYTHON_FUNCTIONS_HPP
#define SALESCHECKLIST_PYTHON_FUNCTIONS_HPP

#include "define.hpp"

namespace saleschecklist::python {

void define_arrows(py::module_ &module);  // from bytes to a report and its pages
void define_deals(py::module_ &module);   // deals over their calls, and stage plans
void define_json(py::module_ &module);    // each noun to and from JSON
void define_batch(py::module_ &module);   // score_many
void define_services(py::module_ &module);
void define_sessions(py::module_ &module);  // engines, and redaction

}  // namespace saleschecklist::python

#endif
