#include "json/nouns.hpp"

namespace saleschecklist::json {

OrderedJson &value_at(OrderedJson &object, std::string_view key) {
  const std::size_t slash = key.find('/');
  OrderedJson &value = object[std::string(key.substr(0, slash))];
  if (slash == std::string_view::npos) return value;
  // Not left to operator[]: it makes an object without content if there is no memory for one.
  if (value.is_null()) value = OrderedJson::object();
  return value_at(value, key.substr(slash + 1));
}

const Json *find(const Json &object, std::string_view key) {
  const std::size_t slash = key.find('/');
  const auto found = object.find(std::string(key.substr(0, slash)));
  if (found == object.end()) return nullptr;
  return slash == std::string_view::npos ? &*found : find(*found, key.substr(slash + 1));
}

std::string pretty_json(const OrderedJson &document) {
  return document.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

std::string canonical_json(const OrderedJson &document) {
  return document.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace saleschecklist::json
