#include "json/library.hpp"

#ifdef SALESCHECKLIST_FREES_JSON_WITHOUT_ALLOCATING

#include <iterator>
#include <memory>
#include <utility>

namespace {

template <class Document>
bool has_children(const Document &value) {
  return value.is_structured() && !value.empty();
}

template <class Document>
Document &last_child(Document &value) {
  if (value.is_array()) return value.template get_ref<typename Document::array_t &>().back();
  return std::prev(value.template get_ref<typename Document::object_t &>().end())->second;
}

template <class Document>
void remove_last_child(Document &value) {
  if (value.is_array()) return value.template get_ref<typename Document::array_t &>().pop_back();
  auto &object = value.template get_ref<typename Document::object_t &>();
  object.erase(std::prev(object.end()));
}

// Removes everything below a value from the leaves upwards, without recursion and without a stack
// of its own: on the way down, the place of a child holds what is above its parent.
template <class Document>
void remove_children(Document &value) {
  Document above, now = std::move(value);
  for (;;) {
    while (has_children(now)) {
      Document &child = last_child(now);
      if (!has_children(child)) {
        remove_last_child(now);
        continue;
      }
      Document next = std::move(child);
      child = std::move(above);
      above = std::move(now);
      now = std::move(next);
    }
    if (above.is_null()) return;
    now = std::move(above);
    above = std::move(last_child(now));
    remove_last_child(now);
  }
}

template <class Owned>
void free_owned(Owned *owned) {
  if (owned == nullptr) return;  // there was no memory for it
  std::allocator<Owned> allocator;
  std::destroy_at(owned);
  allocator.deallocate(owned, 1);
}

template <class Array>
void free_array(Array *array) {
  if (array != nullptr) {
    for (auto &child : *array) remove_children(child);
  }
  free_owned(array);
}

template <class Object>
void free_object(Object *object) {
  if (object != nullptr) {
    for (auto &[key, child] : *object) remove_children(child);
  }
  free_owned(object);
}

}  // namespace

// Explicit specialisations may name private members.
template <>
void nlohmann::json::json_value::destroy(value_t type) {
  if (type == value_t::object) free_object(object);
  if (type == value_t::array) free_array(array);
  if (type == value_t::string) free_owned(string);
  if (type == value_t::binary) free_owned(binary);
}

template <>
void nlohmann::ordered_json::json_value::destroy(value_t type) {
  if (type == value_t::object) free_object(object);
  if (type == value_t::array) free_array(array);
  if (type == value_t::string) free_owned(string);
  if (type == value_t::binary) free_owned(binary);
}

#endif
