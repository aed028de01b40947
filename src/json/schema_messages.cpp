#include "json/schema_messages.hpp"

#include "json/embedded.hpp"
#include "text/words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_shown = 40;

// Follows references to a definition in the same schema or in another file, also one that may be
// null instead. `root` is set to the schema that contains the result.
Json resolved(Json node, Json &root) {
  while (node.is_object()) {
    for (const Json &choice : node.value("anyOf", Json::array())) {
      if (choice.contains("$ref")) node = Json(choice);
    }
    if (!node.contains("$ref")) break;
    const std::string target = node["$ref"];
    if (target[0] != '#') root = Json::parse(embedded_text(target));
    node = target[0] == '#' ? root.at(Json::json_pointer(target.substr(1))) : root;
  }
  return node;
}

// The part of the schema that describes the value at the path; null if there is none.
Json node_at(std::string_view schema, const std::vector<std::string> &path) {
  Json root = Json::parse(embedded_text(schema));
  Json node = root;
  for (const std::string &step : path) {
    node = resolved(std::move(node), root);
    const auto properties = node.find("properties");
    Json next;
    if (properties != node.end() && properties->contains(step)) {
      next = (*properties)[step];
    } else if (node.contains("items")) {
      next = node["items"];
    } else if (node.contains("additionalProperties")) {
      next = node["additionalProperties"];
    }
    node = std::move(next);
  }
  return resolved(std::move(node), root);
}

std::string type_name(const Json &value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "true or false";
  if (value.is_number_float()) return "a number";
  if (value.is_number()) return "a whole number";
  if (value.is_string()) return "a string";
  return value.is_array() ? "an array" : "an object";
}

std::string type_name(const std::string &type) {
  if (type == "string") return "a string";
  if (type == "integer") return "a whole number";
  if (type == "number") return "a number";
  if (type == "boolean") return "true or false";
  if (type == "array") return "an array";
  return type == "object" ? "an object" : type;
}

std::string shown(const Json &value) {
  if (value.is_structured()) return type_name(value);
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > longest_shown)
    return "a longer " + std::string(value.is_string() ? "string" : "number");
  if (value.is_string()) text.front() = text.back() = '\'';
  return text;
}

std::string expected_type(const Json &node, const Json &value) {
  std::vector<std::string> types;
  const Json allowed = node.value("type", Json());
  if (allowed.is_string()) types.push_back(type_name(allowed.get<std::string>()));
  if (allowed.is_array()) {
    for (const Json &type : allowed) types.push_back(type_name(type.get<std::string>()));
  }
  return fmt::format("expected {}, got {}", fmt::join(types, " or "), type_name(value));
}

std::string expected_word(const Json &node, const Json &value) {
  std::vector<std::string> words;
  for (const Json &word : node.value("enum", Json::array())) words.push_back(shown(word));
  return fmt::format("expected {}, got {}", fmt::join(words, " or "), shown(value));
}

std::string expected_number(const Json &node, const Json &value) {
  const bool least = node.contains("minimum"), most = node.contains("maximum");
  const std::string range =
      least && most
          ? fmt::format("a number from {} to {}", node["minimum"].dump(), node["maximum"].dump())
      : least ? fmt::format("a number of at least {}", node["minimum"].dump())
              : fmt::format("a number of at most {}", node["maximum"].dump());
  return fmt::format("expected {}, got {}", range, shown(value));
}

// The key that the validator quotes at the end of its text: "... constraints: 'colour'.".
std::string quoted_key(const std::string &description, std::string_view before) {
  const std::size_t open = description.find('\'', description.find(before) + before.size());
  const std::size_t close = description.rfind('\'');
  if (open == std::string::npos || close <= open) return "''";
  return description.substr(open, close + 1 - open);
}

std::string unknown_key(const Json &node, const std::string &description) {
  std::vector<std::string> known;
  const Json properties = node.value("properties", Json::object());
  for (const auto &[key, ignored] : properties.items()) known.push_back(key);
  return fmt::format("the key {} is unknown; expected one of {}",
                     base::collapse_spaces(quoted_key(description, "constraints")),
                     fmt::join(known, ", "));
}

}  // namespace

std::string schema_message(std::string_view schema, const std::vector<std::string> &path,
                           const Json &value, const std::string &description) {
  const auto says = [&](std::string_view words) {
    return description.find(words) != std::string::npos;
  };
  const Json node = node_at(schema, path);
  if (says("Missing required property")) {
    return fmt::format("the key {} is missing", quoted_key(description, "property"));
  }
  if (!node.is_object()) return description;  // in one of several forms that a value may have
  if (says("Object contains a property")) return unknown_key(node, description);
  if (says("not permitted by 'type'") && node.contains("type")) return expected_type(node, value);
  if (says("match against any enum") && node.contains("enum")) return expected_word(node, value);
  if (says("Expected number") && (node.contains("minimum") || node.contains("maximum"))) {
    return expected_number(node, value);
  }
  if (says("Array should contain no fewer") && node.contains("minItems")) {
    const auto least = node["minItems"].get<std::size_t>();
    return fmt::format("expected at least {} element{}", least, least == 1 ? "" : "s");
  }
  if (says("String should be no fewer") && node.value("minLength", 0) == 1) {
    return "expected a string that is not empty";
  }
  return description;
}

}  // namespace saleschecklist::json
