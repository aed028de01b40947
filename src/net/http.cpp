#include <saleschecklist/transport.hpp>

#include "base/ascii.hpp"
#include "net/headers.hpp"

#include <algorithm>
#include <string>

namespace saleschecklist {

bool net::is_sendable(const HttpHeader &header) {
  const auto broken = [](unsigned char c) { return c == '\r' || c == '\n' || c == '\0'; };
  return !header.name.empty() && header.name.find(':') == std::string::npos &&
         std::none_of(header.name.begin(), header.name.end(), broken) &&
         std::none_of(header.value.begin(), header.value.end(), broken);
}

std::string_view HttpResponse::header(std::string_view name) const noexcept {
  for (const HttpHeader &h : headers) {
    if (base::equal_ignoring_case(h.name, name)) return h.value;
  }
  return {};
}

}  // namespace saleschecklist
