// Typed access to the fields of a JSON object. Errors have the JSON pointer of the field in
// Error::where.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_JSON_FIELDS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_JSON_FIELDS_HPP

#include <saleschecklist/result.hpp>

#include "json/library.hpp"

#include <optional>
#include <string>
#include <utility>

namespace saleschecklist::transcript {

// Throws BadResult (invalid_input) if a field has the wrong type.
class Fields {
 public:
  Fields(const nlohmann::json &object, std::string where)
      : object_(object), where_(std::move(where)) {}

  // An element of an array. Throws BadResult if it is not an object.
  static Fields element(const nlohmann::json &array, std::size_t index, const std::string &where);

  std::string text(const char *key) const;  // empty if absent or null; integers become digits
  std::optional<std::int64_t> seconds(const char *key) const { return time(key, 1000.0); }
  std::optional<std::int64_t> milliseconds(const char *key) const { return time(key, 1.0); }
  std::optional<double> ratio(const char *key) const;  // std::nullopt if absent or null
  const nlohmann::json *array(const char *key) const;  // null if absent or null
  bool has(const char *key) const { return object_.contains(key); }
  const nlohmann::json &object() const { return object_; }
  const std::string &where() const { return where_; }

 private:
  std::optional<std::int64_t> time(const char *key, double unit_ms) const;
  BadResult fault(const char *key, const char *expected) const;

  const nlohmann::json &object_;
  std::string where_;
};

}  // namespace saleschecklist::transcript

#endif
