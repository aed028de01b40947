#include "functions.hpp"

#include <new>

namespace saleschecklist::python {
namespace {

void raise(const Error &error) {
  const py::object exception = cast(error);
  PyErr_SetObject(reinterpret_cast<PyObject *>(Py_TYPE(exception.ptr())), exception.ptr());
}

// Python's own exceptions pass; everything else is one of the package's.
void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const BadResult &bad) {
    raise(bad.error());
  } catch (const std::bad_alloc &) {
    raise({ErrorCode::out_of_memory, "out of memory", {}});
  } catch (const py::builtin_exception &) {
    throw;
  } catch (const py::error_already_set &) {
    throw;
  } catch (const std::exception &fault) {
    raise({ErrorCode::internal, fault.what(), {}});
  }
}

}  // namespace
}  // namespace saleschecklist::python

PYBIND11_MODULE(_core, module) {
  using namespace saleschecklist::python;
  module.doc() = "The library's functions over the package's nouns; private.";
  pybind11::register_local_exception_translator(translate);
  define_arrows(module);
  define_deals(module);
  define_json(module);
  define_batch(module);
  define_services(module);
  define_sessions(module);
}
