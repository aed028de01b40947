// score_many() over the caller's own memory, by the buffer protocol.
#include "functions.hpp"

namespace saleschecklist::python {
namespace {

// A C-contiguous buffer of one element type, held for as long as the call lasts.
template <class T>
T *array(const py::buffer_info &info, std::size_t size, const char *name) {
  const bool fits =
      info.item_type_is_equivalent_to<T>() && info.size == static_cast<py::ssize_t>(size);
  if (!fits) throw py::type_error(std::string(name) + ": an array of another type or size");
  return static_cast<T *>(info.ptr);
}

bool is_c_contiguous(const py::buffer_info &info) {
  py::ssize_t expected = info.itemsize;
  for (py::ssize_t i = info.ndim; i-- > 0;) {
    if (info.shape[i] > 1 && info.strides[i] != expected) return false;
    expected *= info.shape[i];
  }
  return true;
}

std::string shape_of(const py::buffer_info &info) {
  std::string out;
  for (const py::ssize_t size : info.shape) out += (out.empty() ? "" : ", ") + std::to_string(size);
  return "(" + out + ")";
}

// The rows of a uint8 array [rows, items] in C order.
std::size_t rows_of(const py::buffer_info &info, std::size_t items) {
  const Place place{nullptr, nullptr, "answers"};
  if (!info.item_type_is_equivalent_to<std::uint8_t>()) {
    throw py::type_error("answers: expected an array of uint8, got format '" + info.format + "'");
  }
  if (info.ndim != 2 || info.shape[1] != static_cast<py::ssize_t>(items)) {
    refuse_value(place,
                 "expected the shape (rows, " + std::to_string(items) + "), got " + shape_of(info));
  }
  if (info.size > 0 && !is_c_contiguous(info)) {
    refuse_value(place, "expected a C-contiguous array; numpy.ascontiguousarray() makes one");
  }
  return static_cast<std::size_t>(info.shape[0]);
}

void score_rows(py::buffer answers, py::handle checklist, py::handle policy, py::handle threads,
                py::buffer totals, py::buffer bands, py::object category_scores) {
  const ChecklistArgument list(checklist, {nullptr, nullptr, "checklist"});
  const auto rule = load<Policy>(policy, {nullptr, nullptr, "policy"});
  const auto most = load<unsigned>(threads, {nullptr, nullptr, "threads"});
  const py::buffer_info in = answers.request(), out1 = totals.request(true),
                        out2 = bands.request(true);
  const std::size_t rows = rows_of(in, item_count(list.get()));
  BatchOutput output{array<std::uint8_t>(out1, rows, "totals"),
                     array<std::uint8_t>(out2, rows, "bands"), nullptr};
  py::buffer_info out3;
  if (!category_scores.is_none()) {
    out3 = py::reinterpret_borrow<py::buffer>(category_scores).request(true);
    output.category_scores =
        array<double>(out3, rows * list.get().categories.size(), "category_scores");
  }
  const py::gil_scoped_release release;
  score_many(list.get(), static_cast<const std::uint8_t *>(in.ptr), rows, output, rule, most)
      .value();
}

}  // namespace

void define_batch(py::module_ &module) { module.def("score_many", &score_rows); }

}  // namespace saleschecklist::python
