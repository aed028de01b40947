#include "define.hpp"

namespace saleschecklist::python {

Content::Content(py::handle from, const Place &place) {
  if (PyUnicode_Check(from.ptr())) {
    owner_ = py::reinterpret_borrow<py::object>(from);
    view_ = utf8(from, place, ErrorCode::invalid_input);
    return;
  }
  if (!PyObject_CheckBuffer(from.ptr())) refuse_type(place, "bytes or str", from);
  owner_ = py::reinterpret_steal<py::object>(PyBytes_FromObject(from.ptr()));
  if (!owner_) throw py::error_already_set();
  view_ = {PyBytes_AS_STRING(owner_.ptr()),
           static_cast<std::size_t>(PyBytes_GET_SIZE(owner_.ptr()))};
}

Log Converter<Log>::load(py::handle from, const Place &place) {
  if (from.is_none()) return {};
  if (!PyCallable_Check(from.ptr())) refuse_type(place, "a callable", from);
  // Copies of a Log may be made without the GIL, so it holds a handle, not a reference.
  return [from](LogLevel level, std::string_view message) {
    const py::gil_scoped_acquire gil;
    try {
      from(name(level), Converter<std::string>::cast(message));
    } catch (py::error_already_set &error) {
      error.discard_as_unraisable("saleschecklist: writing to the log");
    }
  };
}

}  // namespace saleschecklist::python
