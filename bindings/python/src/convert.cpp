#include "convert.hpp"

#include <limits>

namespace saleschecklist::python {

std::string_view utf8(py::handle from, const Place &place, ErrorCode code) {
  if (!PyUnicode_Check(from.ptr())) refuse_type(place, "str", from);
  Py_ssize_t size = 0;
  const char *bytes = PyUnicode_AsUTF8AndSize(from.ptr(), &size);
  if (bytes != nullptr) return {bytes, static_cast<std::size_t>(size)};
  py::error_already_set error;
  if (!error.matches(PyExc_UnicodeEncodeError)) throw error;
  refuse_value(place,
               "a lone surrogate at " + py::str(error.value().attr("start")).cast<std::string>() +
                   ", which is no character",
               code);
}

std::int64_t load_int64(py::handle from, const Place &place, std::int64_t least,
                        std::uint64_t most) {
  if (PyBool_Check(from.ptr()) || !PyIndex_Check(from.ptr())) refuse_type(place, "int", from);
  const py::object number = py::reinterpret_steal<py::object>(PyNumber_Index(from.ptr()));
  if (!number) throw py::error_already_set();
  int overflow = 0;
  const long long value = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
  if (overflow == 0 && value >= least && (value < 0 || static_cast<std::uint64_t>(value) <= most)) {
    return value;
  }
  if (overflow > 0 && most > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    const unsigned long long large = PyLong_AsUnsignedLongLong(number.ptr());
    if (!PyErr_Occurred()) return static_cast<std::int64_t>(large);
    PyErr_Clear();
  }
  refuse_value(place, "expected an integer from " + std::to_string(least) + " to " +
                          std::to_string(most) +
                          (overflow != 0 ? "" : ", got " + std::to_string(value)));
}

double Converter<double>::load(py::handle from, const Place &place) {
  const bool number =
      PyFloat_Check(from.ptr()) || PyIndex_Check(from.ptr()) || py::hasattr(from, "__float__");
  if (PyBool_Check(from.ptr()) || !number) refuse_type(place, "float", from);
  const double value = PyFloat_AsDouble(from.ptr());
  if (value != -1.0 || PyErr_Occurred() == nullptr) return value;
  py::error_already_set error;
  if (!error.matches(PyExc_OverflowError)) throw error;
  refuse_value(place, "expected a number that a float can hold");
}

py::object elements(py::handle from, const Place &place) {
  const bool words = PyUnicode_Check(from.ptr()) || PyBytes_Check(from.ptr());
  PyObject *list = words ? nullptr : PySequence_Fast(from.ptr(), "");
  if (list != nullptr) return py::reinterpret_steal<py::object>(list);
  if (!words && !PyErr_ExceptionMatches(PyExc_TypeError)) throw py::error_already_set();
  PyErr_Clear();
  refuse_type(place, "an iterable that is not a str", from);
}

Error Converter<Error>::load(py::handle from, const Place &place) {
  Error out;
  load_fields(out, from, place);
  return out;
}

py::object Converter<Error>::cast(const Error &error) {
  return package("_errors").attr("error_of")(name(error.code), python::cast(error.message),
                                             python::cast(error.where),
                                             python::cast(error.provider), error.http_status,
                                             python::cast(error.request_id), error.retry_after_ms);
}

}  // namespace saleschecklist::python
