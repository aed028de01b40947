#include "checklists.hpp"

#include <array>
#include <atomic>

namespace saleschecklist::python {
namespace {

template <class T>
struct BuiltIn {
  const T &(*get)();
  std::atomic<PyObject *> object{nullptr};  // kept for the life of the process
};

// Those of a checklist or of cues.
template <class T>
std::array<BuiltIn<T>, 2> &built_ins() {
  static std::array<BuiltIn<T>, 2> list{{{&T::standard}, {&T::ten_point}}};
  return list;
}

template <class T>
const T *built_in_of(py::handle object) {
  for (const BuiltIn<T> &b : built_ins<T>()) {
    if (b.object.load() == object.ptr()) return &b.get();
  }
  return nullptr;
}

template <class T>
py::object object_of(const T &built_in) {
  for (BuiltIn<T> &b : built_ins<T>()) {
    if (&b.get() != &built_in) continue;
    if (b.object.load() == nullptr) {
      // Other threads may run while it is made; the first to finish wins.
      py::object made = cast(built_in);
      PyObject *none = nullptr;
      if (b.object.compare_exchange_strong(none, made.ptr())) made.release();
    }
    return py::reinterpret_borrow<py::object>(b.object.load());
  }
  throw std::logic_error("not a built-in value");
}

template <class T>
T load_noun(py::handle from, const Place &place) {
  if (const T *built_in = built_in_of<T>(from)) return *built_in;
  T out;
  load_fields(out, from, place);
  return out;
}

}  // namespace

const Checklist *built_in_checklist(py::handle object) { return built_in_of<Checklist>(object); }
const Cues *built_in_cues(py::handle object) { return built_in_of<Cues>(object); }
py::object built_in_object(const Checklist &built_in) { return object_of(built_in); }
py::object built_in_object(const Cues &built_in) { return object_of(built_in); }

Checklist Converter<Checklist>::load(py::handle from, const Place &place) {
  return load_noun<Checklist>(from, place);
}

py::object Converter<Checklist>::cast(const Checklist &checklist) {
  return construct(checklist, [](const auto &member) { return python::cast(member); });
}

Cues Converter<Cues>::load(py::handle from, const Place &place) {
  return load_noun<Cues>(from, place);
}

py::object Converter<Cues>::cast(const Cues &cues) {
  return construct(cues, [](const auto &member) { return python::cast(member); });
}

CuesPointer Converter<CuesPointer>::load(py::handle from, const Place &place) {
  if (from.is_none()) return nullptr;
  if (const Cues *built_in = built_in_cues(from)) return {CuesPointer(), built_in};
  return std::make_shared<const Cues>(python::load<Cues>(from, place));
}

ChecklistArgument::ChecklistArgument(py::handle object, const Place &place)
    : object_(object), built_in_(built_in_checklist(object)) {
  if (built_in_ == nullptr) own_ = load<Checklist>(object, place);
}

py::object cast_report(const Report &report, py::handle checklist) {
  return construct(report, [&](const auto &member) -> py::object {
    if constexpr (std::is_same_v<std::decay_t<decltype(member)>, Checklist>) {
      return py::reinterpret_borrow<py::object>(checklist);
    } else {
      return cast(member);
    }
  });
}

}  // namespace saleschecklist::python
