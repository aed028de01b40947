#include "assess/model/reply_json.hpp"

#include "base/ascii.hpp"
#include "json/embedded.hpp"
#include "json/parse.hpp"

#include <algorithm>
#include <array>

namespace saleschecklist::assessing {
namespace {

using Json = nlohmann::json;

// Each attempt to find the end of a bracket may read the whole text.
constexpr int most_attempts = 200;

// The offset after the bracket that closes the one at `begin`; npos if there is none.
std::size_t end_of(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

// Without commas before a closing bracket, and with escapes for control characters in strings.
std::string strict(std::string_view text) {
  std::string out;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string && c == '\\' && at + 1 < text.size()) {
      out += c;
      out += text[++at];
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!in_string && c == ',') {
      const std::size_t next = text.find_first_not_of(" \t\r\n", at + 1);
      if (next != std::string_view::npos && (text[next] == '}' || text[next] == ']')) continue;
    }
    if (in_string && c == '\n') {
      out += "\\n";
    } else if (in_string && static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else {
      out += c;
    }
  }
  return out;
}

Json parsed(std::string_view text) {
  if (json::nests_too_deeply(text)) return Json::value_t::discarded;
  Json out = Json::parse(text, nullptr, false);
  if (out.is_discarded()) out = Json::parse(strict(text), nullptr, false, true);
  return out;
}

// What stands after the model's reasoning. A text that begins with JSON has none: there a tag is
// part of a string.
std::string_view after_reasoning(std::string_view text) {
  static constexpr std::array<std::string_view, 8> ends = {
      "</think>",      "</thinking>",   "</thought>",  "</reasoning>",
      "</reflection>", "</scratchpad>", "</analysis>", "<|message|>"};
  if (text.empty() || text[0] == '{' || text[0] == '[' || text[0] == '"' || text[0] == '`') {
    return text;
  }
  const std::string lower = base::ascii_lower(text);
  std::size_t begin = 0;
  for (const std::string_view end : ends) {
    const std::size_t at = lower.rfind(end);
    if (at != std::string::npos) begin = std::max(begin, at + end.size());
  }
  const bool reasons_on =
      begin == 0 && (lower.starts_with("<think") || lower.starts_with("<reason"));
  return reasons_on ? std::string_view() : base::trim(text.substr(begin));
}

const Json *member(const Json &object, std::string_view key) {
  for (const auto &[name, value] : object.items()) {
    if (folded_key(name) == folded_key(key)) return &value;
  }
  return nullptr;
}

Json find_object(std::string_view key, const Json &value, int depth) {
  constexpr int deepest_wrapper = 4;
  if (depth > deepest_wrapper) return nullptr;
  if (value.is_object() && member(value, key) != nullptr) return value;
  std::vector<Json> inner;
  if (value.is_string()) inner = json_values_in(value.get_ref<const std::string &>());
  if (value.is_structured()) {
    for (const auto &[name, element] : value.items()) inner.push_back(element);
  }
  for (const Json &element : inner) {
    Json found = find_object(key, element, depth + 1);
    if (!found.is_null()) return found;
  }
  return nullptr;
}

// The value with the keys of its schema only.
Json known_keys(const Json &value, const Json &schema) {
  Json out = value;
  if (value.is_object() && schema.contains("properties")) {
    out = Json::object();
    for (const auto &[key, of] : schema["properties"].items()) {
      if (const Json *found = member(value, key)) out[key] = known_keys(*found, of);
    }
  } else if (value.is_array() && schema.contains("items")) {
    for (Json &element : out) element = known_keys(element, schema["items"]);
  }
  return out;
}

}  // namespace

Json object_with(std::string_view key, const std::vector<Json> &values, std::string_view schema) {
  for (const Json &value : values) {
    const Json found = find_object(key, value, 0);
    if (!found.is_null()) return known_keys(found, Json::parse(json::embedded_text(schema)));
  }
  return nullptr;
}

std::vector<Json> json_values_in(std::string_view text) {
  text = after_reasoning(base::trim(text));
  if (text.starts_with('"')) {  // JSON in a string
    const Json whole = Json::parse(text, nullptr, false);
    if (whole.is_string()) return json_values_in(whole.get_ref<const std::string &>());
  }
  std::vector<Json> out;
  std::size_t at = 0;
  for (int attempts = 0; attempts < most_attempts; ++attempts) {
    at = text.find_first_of("{[", at);
    if (at == std::string_view::npos) break;
    const std::size_t end = end_of(text, at);
    Json value(Json::value_t::discarded);
    if (end != std::string_view::npos) value = parsed(text.substr(at, end - at));
    if (value.is_discarded()) {
      ++at;
      continue;
    }
    out.push_back(std::move(value));
    at = end;
  }
  return out;
}

std::string folded_key(std::string_view key) {
  std::string out = base::ascii_lower(key);
  std::erase_if(out, [](unsigned char c) { return c == '_' || c == '-' || c == ' '; });
  return out;
}

}  // namespace saleschecklist::assessing
