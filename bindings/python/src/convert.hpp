// C++ values to and from Python: load<T>() reads attributes, cast() constructs the class. One
// Converter per kind of type; nouns and enumerations follow fields.hpp. All need the GIL.
#ifndef SALESCHECKLIST_PYTHON_CONVERT_HPP
#define SALESCHECKLIST_PYTHON_CONVERT_HPP

#include "place.hpp"
#include "sound.hpp"

#include <saleschecklist/fields.hpp>
#include <saleschecklist/saleschecklist.hpp>

#include <pybind11/gil_safe_call_once.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace saleschecklist::python {

template <class T>
struct Converter;

template <class T>
T load(py::handle from, const Place &place) {
  return Converter<T>::load(from, place);
}

template <class T>
py::object cast(const T &value) {
  return Converter<T>::cast(value);
}

// The package's attribute of that name.
inline py::object package(const char *name) {
  return py::module_::import("saleschecklist").attr(name);
}

// The UTF-8 of a str, valid as long as the str. Refuses other types, and lone surrogates.
std::string_view utf8(py::handle from, const Place &place,
                      ErrorCode code = ErrorCode::invalid_argument);

template <>
struct Converter<std::string> {
  static std::string load(py::handle from, const Place &place) {
    return std::string(utf8(from, place));
  }
  static py::object cast(std::string_view text) {
    PyObject *str =
        PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
    if (str == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(str);
  }
};

template <>
struct Converter<bool> {
  static bool load(py::handle from, const Place &place) {
    if (!PyBool_Check(from.ptr())) refuse_type(place, "bool", from);
    return from.ptr() == Py_True;
  }
  static py::object cast(bool value) { return py::bool_(value); }
};

// Integers too large for the C++ type are refused as values, not as types.
std::int64_t load_int64(py::handle from, const Place &place, std::int64_t least,
                        std::uint64_t most);

// Integers of any class that says so (__index__), such as numpy's; a bool is not a number here.
template <class T>
requires std::is_integral_v<T>
struct Converter<T> {
  static T load(py::handle from, const Place &place) {
    using Limits = std::numeric_limits<T>;
    return static_cast<T>(load_int64(from, place, static_cast<std::int64_t>(Limits::min()),
                                     static_cast<std::uint64_t>(Limits::max())));
  }
  static py::object cast(T value) { return py::int_(value); }
};

template <>
struct Converter<double> {
  static double load(py::handle from, const Place &place);
  static py::object cast(double value) { return py::float_(value); }
};

template <class T>
struct Converter<std::optional<T>> {
  static std::optional<T> load(py::handle from, const Place &place) {
    if (from.is_none()) return std::nullopt;
    return python::load<T>(from, place);
  }
  static py::object cast(const std::optional<T> &value) {
    return value ? python::cast(*value) : py::none();
  }
};

// A tuple or list of the iterable's elements; a str is not a list of its letters.
py::object elements(py::handle from, const Place &place);

template <class T>
struct Converter<std::vector<T>> {
  static std::vector<T> load(py::handle from, const Place &place) {
    const py::object list = elements(from, place);
    const Py_ssize_t size = PySequence_Fast_GET_SIZE(list.ptr());
    std::vector<T> out;
    out.reserve(static_cast<std::size_t>(size));
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list.ptr()); ++i) {
      const py::object element =
          py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(list.ptr(), i));
      out.push_back(python::load<T>(element, place.element(i)));
    }
    return out;
  }
  static py::object cast(const std::vector<T> &list) {
    py::tuple out(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      PyTuple_SET_ITEM(out.ptr(), static_cast<Py_ssize_t>(i),
                       python::cast(list[i]).release().ptr());
    }
    return out;
  }
};

template <class T>
struct Converter<std::map<std::string, T>> {
  static std::map<std::string, T> load(py::handle from, const Place &place) {
    if (!PyMapping_Check(from.ptr()) || !py::hasattr(from, "items")) {
      refuse_type(place, "a mapping", from);
    }
    std::map<std::string, T> out;
    Py_ssize_t index = 0;
    for (const py::handle pair : from.attr("items")()) {
      const py::tuple entry = py::reinterpret_borrow<py::tuple>(pair);
      const Place here = place.element(index++);
      out[python::load<std::string>(entry[0], here)] = python::load<T>(entry[1], here);
    }
    return out;
  }
  static py::object cast(const std::map<std::string, T> &map) {
    py::dict out;
    for (const auto &[key, value] : map) out[python::cast(key)] = python::cast(value);
    return out;
  }
};

// The members of the Python enumeration, in the order of their values; looked up once.
template <class T>
requires HasWords<T>::value const std::vector<py::object> &members() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<std::vector<py::object>> storage;
  return storage
      .call_once_and_store_result([] {
        const py::object type = package(Words<T>::name);
        std::vector<py::object> out;
        for (const T value : Words<T>::values) out.push_back(type(name(value)));
        return out;
      })
      .get_stored();
}

template <class T>
requires HasWords<T>::value struct Converter<T> {
  static T load(py::handle from, const Place &place) {
    const auto &known = members<T>();
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (known[i].ptr() == from.ptr()) return Words<T>::values[i];
    }
    if (!PyUnicode_Check(from.ptr())) refuse_type(place, Words<T>::name, from);
    const std::string_view word = utf8(from, place);
    std::string expected;
    for (const T value : Words<T>::values) {
      if (word == name(value)) return value;
      expected += std::string(expected.empty() ? "" : ", ") + name(value);
    }
    refuse_value(place, "expected one of " + expected + ", got '" + std::string(word) + "'");
  }
  static py::object cast(T value) {
    for (std::size_t i = 0; i < Words<T>::values.size(); ++i) {
      if (Words<T>::values[i] == value) return members<T>()[i];
    }
    throw std::logic_error(std::string("a value without a word in ") + Words<T>::name);
  }
};

// A noun's class and the interned names of its members; looked up once.
struct NounClass {
  py::object type;
  py::tuple names;
};

template <class T>
concept Noun = HasFields<T>::value;

// Members only: what is computed from a noun is no attribute.
template <class N, class Member>
std::tuple<Field<N, Member>> member_or_nothing(const Field<N, Member> &field) {
  return {field};
}
template <class N, class Value>
std::tuple<> member_or_nothing(const Computed<N, Value> &) {
  return {};
}

// Calls a function with all fields that are members of T.
template <Noun T, class Function>
decltype(auto) with_members(const Function &function) {
  return std::apply(
      [&](const auto &...field) {
        return std::apply(function, std::tuple_cat(member_or_nothing(field)...));
      },
      Fields<T>::list);
}

template <Noun T>
const NounClass &class_of() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<NounClass> storage;
  return storage
      .call_once_and_store_result([] {
        const auto intern = [](const auto &...field) {
          return py::make_tuple(
              py::reinterpret_steal<py::object>(PyUnicode_InternFromString(field.name))...);
        };
        return NounClass{package(Fields<T>::name), with_members<T>(intern)};
      })
      .get_stored();
}

// Constructs T's class; `cast_field` makes the Python value of each field.
template <Noun T, class CastField>
py::object construct(const T &value, const CastField &cast_field) {
  const NounClass &known = class_of<T>();
  return with_members<T>([&](const auto &...field) {
    const std::array<py::object, sizeof...(field)> values{cast_field(value.*field.member)...};
    std::array<PyObject *, sizeof...(field)> arguments;
    for (std::size_t i = 0; i < values.size(); ++i) arguments[i] = values[i].ptr();
    PyObject *made = PyObject_Vectorcall(known.type.ptr(), arguments.data(), 0, known.names.ptr());
    if (made == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(made);
  });
}

template <Noun T>
void load_fields(T &out, py::handle from, const Place &place) {
  const NounClass &known = class_of<T>();
  const int same = PyObject_IsInstance(from.ptr(), known.type.ptr());
  if (same < 0) throw py::error_already_set();
  if (same == 0) refuse_type(place, Fields<T>::name, from);
  Py_ssize_t index = 0;
  const auto load_one = [&](const auto &field) {
    const Place here{place.field[0] == '\0' ? nullptr : &place, Fields<T>::name, field.name};
    const py::object attribute = py::reinterpret_steal<py::object>(
        PyObject_GetAttr(from.ptr(), PyTuple_GET_ITEM(known.names.ptr(), index++)));
    if (!attribute) throw py::error_already_set();
    out.*field.member = load<std::decay_t<decltype(out.*field.member)>>(attribute, here);
  };
  with_members<T>([&](const auto &...field) { (load_one(field), ...); });
}

template <Noun T>
struct Converter<T> {
  static T load(py::handle from, const Place &place) {
    T out{};
    load_fields(out, from, place);
    if constexpr (requires { check(out, place); }) check(out, place);
    return out;
  }
  static py::object cast(const T &value) {
    return construct(value, [](const auto &member) { return python::cast(member); });
  }
};

// An instance of the exception class of the error's code.
template <>
struct Converter<Error> {
  static Error load(py::handle from, const Place &place);
  static py::object cast(const Error &error);
};

}  // namespace saleschecklist::python

#endif
