#include <saleschecklist/transport.hpp>

#include <algorithm>
#include <cctype>

namespace saleschecklist {

std::string_view HttpResponse::header(std::string_view name) const noexcept {
  const auto same = [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  };
  for (const HttpHeader &h : headers) {
    if (std::equal(h.name.begin(), h.name.end(), name.begin(), name.end(), same)) return h.value;
  }
  return {};
}

}  // namespace saleschecklist
