// define(): a C++ function as Python's, with one way to convert, release the GIL and report errors.
#ifndef SALESCHECKLIST_PYTHON_DEFINE_HPP
#define SALESCHECKLIST_PYTHON_DEFINE_HPP

#include "checklists.hpp"

#include <array>
#include <tuple>
#include <utility>

namespace saleschecklist::python {

// Bytes that are to be Python's bytes.
struct Blob {
  std::string bytes;
};

template <>
struct Converter<Blob> {
  static py::object cast(const Blob &blob) { return py::bytes(blob.bytes); }
};

// The bytes of a bytes-like object, or the UTF-8 of a str, without a copy where there is a choice.
class Content {
 public:
  Content(py::handle from, const Place &place);
  operator std::string_view() const { return view_; }

 private:
  py::object owner_;
  std::string_view view_;
};

// None, or a callable that takes the level's name and the line. Calls of it that raise are reported
// as Python reports what cannot be raised. The callable lives as long as the call.
template <>
struct Converter<Log> {
  static Log load(py::handle from, const Place &place);
};

// What an argument of type A is while the call lasts.
template <class A>
struct Argument {
  std::decay_t<A> value;
  Argument(py::handle from, const Place &place) : value(load<std::decay_t<A>>(from, place)) {}
  operator const std::decay_t<A> &() const { return value; }
};
template <>
struct Argument<std::string_view> : Content {
  using Content::Content;
};
template <>
struct Argument<const Checklist &> : ChecklistArgument {
  using ChecklistArgument::ChecklistArgument;
  operator const Checklist &() const { return get(); }
};

template <class T>
T &&unwrap(T &&value) {
  return std::forward<T>(value);
}
template <class T>
T unwrap(Result<T> &&result) {
  return std::move(result).value();
}

template <class T, class Arguments>
py::object cast_result(const T &value, const Arguments &arguments) {
  if constexpr (std::is_same_v<T, Report>) {
    return cast_report(value, std::get<Argument<const Checklist &>>(arguments).object());
  } else if constexpr (std::is_same_v<T, const Checklist *> || std::is_same_v<T, const Cues *>) {
    return built_in_object(*value);
  } else {
    return cast(value);
  }
}

template <class... A>
using Names = std::array<const char *, sizeof...(A)>;

template <class A>
using Handle = py::handle;

// Arguments are positional; `names` are used in messages. Native work runs without the GIL. A
// Report is given the checklist object that came in.
template <class R, class... A>
void define(py::module_ &module, const char *name, R (*function)(A...), const Names<A...> &names) {
  module.def(name, [function, names](Handle<A>... from) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      const std::tuple<Argument<A>...> arguments{
          Argument<A>(from, Place{nullptr, nullptr, names[I]})...};
      auto result = [&] {
        const py::gil_scoped_release release;
        return function(std::get<I>(arguments)...);
      }();
      if constexpr (std::is_same_v<R, Result<void>>) {
        result.value();
        return py::object(py::none());
      } else {
        return cast_result(unwrap(std::move(result)), arguments);
      }
    }
    (std::index_sequence_for<A...>());
  });
}

}  // namespace saleschecklist::python

#endif
