#include "providers/json_read.hpp"

#include "json/parse.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace saleschecklist::providers {
namespace {

const Json &nothing() {
  static const Json null;
  return null;
}

}  // namespace

std::optional<Json> read_json(std::string_view text) {
  if (json::nests_too_deeply(text) || json::has_large_objects(text)) return std::nullopt;
  Json out = Json::parse(text, nullptr, false);
  if (out.is_discarded()) return std::nullopt;
  return out;
}

const Json &at(const Json &value, const char *key) {
  if (!value.is_object()) return nothing();
  const auto found = value.find(key);
  return found == value.end() ? nothing() : *found;
}

const Json &first(const Json &value) {
  return value.is_array() && !value.empty() ? value.front() : nothing();
}

std::string text_at(const Json &value, const char *key) {
  const Json &member = at(value, key);
  return member.is_string() ? member.get<std::string>() : std::string();
}

std::string first_text(const Json &value, std::initializer_list<const char *> keys) {
  for (const char *key : keys) {
    if (std::string text = text_at(value, key); !text.empty()) return text;
  }
  return {};
}

std::string label_at(const Json &value, const char *key) {
  const Json &member = at(value, key);
  return member.is_number_integer() ? member.dump() : text_at(value, key);
}

std::optional<double> number_at(const Json &value, const char *key) {
  const Json &member = at(value, key);
  if (member.is_number()) return member.get<double>();
  if (!member.is_string()) return std::nullopt;
  const auto &text = member.get_ref<const std::string &>();
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(out)) {
    return std::nullopt;
  }
  return out;
}

std::int64_t count_at(const Json &value, const char *key) {
  constexpr double most = 1e15;
  return std::llround(std::clamp(number_at(value, key).value_or(0), 0.0, most));
}

std::optional<std::int64_t> ms_at(const Json &value, const char *key) {
  constexpr double most = 1e12;
  const auto seconds = number_at(value, key);
  if (!seconds) return std::nullopt;
  return std::llround(std::clamp(*seconds, 0.0, most) * 1'000);
}

std::string compact(const Json &document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace saleschecklist::providers
