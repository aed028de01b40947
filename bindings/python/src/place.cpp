#include "place.hpp"

namespace saleschecklist::python {
namespace {

std::string step(const Place &place) {
  std::string out = place.noun == nullptr ? "" : std::string(place.noun) + ".";
  out += place.field;
  if (place.index >= 0) out += "[" + std::to_string(place.index) + "]";
  return out;
}

}  // namespace

std::string to_string(const Place &place) {
  std::string around;
  for (const Place *p = place.outer; p != nullptr; p = p->outer) {
    around = around.empty() ? step(*p) : step(*p) + " > " + around;
  }
  return around.empty() ? step(place) : step(place) + " (in " + around + ")";
}

void refuse_type(const Place &place, const std::string &expected, py::handle got) {
  throw py::type_error(to_string(place) + ": expected " + expected + ", got " +
                       Py_TYPE(got.ptr())->tp_name);
}

void refuse_value(const Place &place, std::string message, ErrorCode code) {
  throw BadResult({code, std::move(message), to_string(place)});
}

}  // namespace saleschecklist::python
