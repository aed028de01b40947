#include <saleschecklist/transport.hpp>

#include "base/ascii.hpp"

namespace saleschecklist {

std::string_view HttpResponse::header(std::string_view name) const noexcept {
  for (const HttpHeader &h : headers) {
    if (base::equal_ignoring_case(h.name, name)) return h.value;
  }
  return {};
}

}  // namespace saleschecklist
