// Reads single values from JSON text, for hosts without a JSON library.
#include <saleschecklist/json.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "json/parse.hpp"

#include <fmt/format.h>

namespace saleschecklist {
namespace {

using Json = nlohmann::json;

// Returns the value at a JSON pointer (RFC 6901). Throws BadResult.
Json value_at(std::string_view json, std::string_view pointer) {
  const Json document = json::parse_json(json).value();
  try {
    const Json::json_pointer place{std::string(pointer)};
    if (document.contains(place)) return document.at(place);
  } catch (const Json::exception &) {
    throw BadResult(errors::invalid_argument(
        fmt::format("expected a JSON pointer such as /score/total_score, got '{}'", pointer),
        "pointer"));
  }
  throw BadResult(
      errors::not_found("the document has no value at this JSON pointer", std::string(pointer)));
}

Error wrong_type(const char *expected, const Json &found, std::string_view pointer) {
  return errors::invalid_input(
      fmt::format("expected a {}, found a value of type {}", expected, found.type_name()),
      std::string(pointer));
}

}  // namespace

Result<double> number_at(std::string_view json, std::string_view pointer) {
  return base::guard([&]() -> Result<double> {
    const Json value = value_at(json, pointer);
    if (!value.is_number()) return wrong_type("number", value, pointer);
    return value.get<double>();
  });
}

Result<std::string> text_at(std::string_view json, std::string_view pointer) {
  return base::guard([&]() -> Result<std::string> {
    const Json value = value_at(json, pointer);
    if (!value.is_string()) return wrong_type("string", value, pointer);
    return value.get<std::string>();
  });
}

}  // namespace saleschecklist
