#include "json/masked.hpp"

#include <saleschecklist/secret.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace saleschecklist::json {
namespace {

constexpr std::size_t shortest = 8;

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return c >= 32 && c < 127 && c != '\\'; });
}

// The offset of the quotation mark that ends the string which begins at `begin`.
std::size_t string_end(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at, text.size());
}

bool is_name(std::string_view text, std::size_t end) {
  const std::size_t next = text.find_first_not_of(" \t\r\n", end + 1);
  return next != std::string_view::npos && text[next] == ':';
}

// A word of `size` characters that tells where the string is.
std::string mask_of(std::size_t offset, std::size_t size) {
  const std::string digits = std::to_string(offset);
  return digits.size() > size ? std::string() : std::string(size - digits.size(), '0') + digits;
}

void wipe(nlohmann::json &value) noexcept {
  if (value.is_string()) {
    Secret::wipe(value.get_ref<std::string &>());
  } else if (value.is_structured()) {
    for (nlohmann::json &part : value) wipe(part);
  }
}

}  // namespace

MaskedJson::MaskedJson(std::string_view text) : original_(text) {
  masked_.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find('"', at), text.size() - 1) + 1;
    masked_.append(text.substr(at, begin - at));
    const std::size_t end = string_end(text, begin);
    const std::string_view found = text.substr(begin, end - begin);
    std::string mask;
    if (found.size() >= shortest && is_plain(found) && !is_name(text, end)) {
      mask = mask_of(begin, found.size());
    }
    masked_.append(mask.empty() ? found : std::string_view(mask));
    if (end < text.size()) masked_ += '"';
    at = end + 1;
  }
}

void MaskedJson::restore(nlohmann::json &document) const {
  if (document.is_structured()) {
    for (nlohmann::json &part : document) restore(part);
  }
  if (!document.is_string()) return;
  auto &text = document.get_ref<std::string &>();
  std::size_t offset = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (fault != std::errc() || end != text.data() + text.size() || text.size() < shortest) return;
  if (offset > original_.size() || masked_.compare(offset, text.size(), text) != 0) return;
  text = original_.substr(offset, text.size());
}

WipedStrings::~WipedStrings() { wipe(document_); }

}  // namespace saleschecklist::json
