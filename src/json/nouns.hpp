// Generic JSON conversion of the public structs, driven by Fields<T>. Readers expect documents that
// passed their schema.
#ifndef SALESCHECKLIST_JSON_NOUNS_HPP
#define SALESCHECKLIST_JSON_NOUNS_HPP

#include "base/guard.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

#include <saleschecklist/fields.hpp>

#include <map>
#include <string_view>
#include <vector>

namespace saleschecklist::json {

using Json = nlohmann::json;

// Hook called after all fields of an object were read, for derived values; defined with the type's
// JSON code.
void after_read(const Json &object, Utterance &utterance);
void after_read(const Json &object, Response &response);

// The value of a key such as "roles/source", creating it if absent.
OrderedJson &value_at(OrderedJson &object, std::string_view key);
// The value of such a key, or null if the object has none.
const Json *find(const Json &object, std::string_view key);

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_list = false;
template <class T>
constexpr bool is_list<std::vector<T>> = true;
template <class T>
constexpr bool is_map = false;
template <class T>
constexpr bool is_map<std::map<std::string, T>> = true;

template <class T>
void write_fields(OrderedJson &out, const T &noun);

// Converts structs, enumerations, and lists, maps and optionals of those; other types use the JSON
// library's conversion.
template <class T>
OrderedJson written(const T &value) {
  if constexpr (std::is_same_v<T, std::vector<StageUsage>>) {
    return to_document(value);
  } else if constexpr (HasWords<T>::value) {
    return name(value);
  } else if constexpr (HasFields<T>::value) {
    OrderedJson out = OrderedJson::object();
    write_fields(out, value);
    return out;
  } else if constexpr (is_optional<T>) {
    return value ? written(*value) : OrderedJson(nullptr);
  } else if constexpr (is_list<T>) {
    OrderedJson out = OrderedJson::array();
    for (const auto &element : value) out.push_back(written(element));
    return out;
  } else if constexpr (is_map<T>) {
    OrderedJson out = OrderedJson::object();
    for (const auto &[key, element] : value) out[key] = written(element);
    return out;
  } else {
    return OrderedJson(value);
  }
}

template <class T>
OrderedJson written_with_index(const std::vector<T> &list) {
  OrderedJson out = OrderedJson::array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    OrderedJson row = OrderedJson::object();
    row["index"] = i;
    write_fields(row, list[i]);
    out.push_back(std::move(row));
  }
  return out;
}

template <class T>
bool is_left_out(const T &value, const T &standard, Written rule) {
  if constexpr (is_list<T>) {
    if (rule == Written::if_several) return value.size() < 2;
    return rule == Written::unless_default && value.empty();
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool> ||
                       HasWords<T>::value) {
    return rule == Written::unless_default && value == standard;
  } else if constexpr (is_optional<T>) {
    return rule == Written::unless_default && !value;
  } else {
    return false;
  }
}

template <class Noun, class Member>
void write_field(OrderedJson &out, const Noun &noun, const Field<Noun, Member> &field) {
  static const Noun standard{};
  const Member &value = noun.*field.member;
  if (field.written == Written::never) return;
  if (is_left_out(value, standard.*field.member, field.written)) return;
  if constexpr (HasFields<Member>::value) {
    if (field.is_inlined) return write_fields(out, value);
  } else if constexpr (is_list<Member>) {
    if constexpr (HasFields<typename Member::value_type>::value) {
      if (field.numbered) {
        value_at(out, field.key) = written_with_index(value);
        return;
      }
    }
  } else if constexpr (std::is_same_v<Member, std::string>) {
    if (field.written == Written::null_if_empty && value.empty()) {
      value_at(out, field.key) = nullptr;
      return;
    }
  }
  value_at(out, field.key) = written(value);
}

template <class Noun, class Value>
void write_field(OrderedJson &out, const Noun &noun, const Computed<Noun, Value> &computed) {
  value_at(out, computed.key) = written(computed.value(noun));
}

// Adds the fields of a struct to an object.
template <class T>
void write_fields(OrderedJson &out, const T &noun) {
  std::apply([&](const auto &...field) { (write_field(out, noun, field), ...); }, Fields<T>::list);
}

template <class T>
void read_fields(const Json &object, T &noun);

// Leaves `out` unchanged if `word` is not a known name.
template <class T>
void read_word(const std::string &word, T &out) {
  for (const T value : Words<T>::values) {
    if (word == name(value)) out = value;
  }
  if constexpr (requires { Words<T>::renamed; }) {
    for (const auto &[before, value] : Words<T>::renamed) {
      if (word == before) out = value;
    }
  }
}

template <class T>
void read_value(const Json &value, T &out) {
  if constexpr (std::is_same_v<T, std::vector<StageUsage>>) {
    out = usage_from_document(value);
  } else if constexpr (HasWords<T>::value) {
    read_word(value.get<std::string>(), out);
  } else if constexpr (HasFields<T>::value) {
    read_fields(value, out);
  } else if constexpr (is_optional<T>) {
    out.reset();
    if (!value.is_null()) read_value(value, out.emplace());
  } else if constexpr (is_list<T>) {
    out.clear();
    for (const Json &element : value) read_value(element, out.emplace_back());
  } else if constexpr (is_map<T>) {
    out.clear();
    for (const auto &[key, element] : value.items()) read_value(element, out[key]);
  } else {
    value.get_to(out);
  }
}

template <class Noun, class Member>
void read_field(const Json &object, Noun &noun, const Field<Noun, Member> &field) {
  if (field.written == Written::never) return;
  Member &member = noun.*field.member;
  if constexpr (HasFields<Member>::value) {
    if (field.is_inlined) return read_fields(object, member);
  }
  const Json *value = find(object, field.key);
  if (value == nullptr && field.old_key != nullptr) value = find(object, field.old_key);
  if (value == nullptr && field.required) value = &object.at(field.key);  // throws
  if (value == nullptr) return;
  if (field.written == Written::null_if_empty && value->is_null()) return;
  read_value(*value, member);
}

template <class Noun, class Value>
void read_field(const Json &, const Noun &, const Computed<Noun, Value> &) {}

// Leaves members unchanged whose keys are absent.
template <class T>
void read_fields(const Json &object, T &noun) {
  std::apply([&](const auto &...field) { (read_field(object, noun, field), ...); },
             Fields<T>::list);
  if constexpr (requires { after_read(object, noun); }) after_read(object, noun);
}

template <class T>
T read(const Json &value) {
  T out{};
  read_value(value, out);
  return out;
}

// Parses a text, validates it against the schema and converts it.
template <class T>
Result<T> read_text(std::string_view text, std::string_view schema) {
  return base::guard([&]() -> Result<T> {
    const auto document = checked_document(text, schema);
    if (!document) return document.error();
    return read<T>(*document);
  });
}

// Same as read_text(), and also validates the policy.
template <class T>
Result<T> read_text_with_policy(std::string_view text, std::string_view schema) {
  auto out = read_text<T>(text, schema);
  if (!out) return out;
  if (auto fault = policy_fault(out->policy, "/policy")) return *std::move(fault);
  return out;
}

}  // namespace saleschecklist::json

#endif
