// Forms with files (RFC 7578).
#ifndef SALESCHECKLIST_NET_MULTIPART_HPP
#define SALESCHECKLIST_NET_MULTIPART_HPP

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::net {

// A field, or a file if `file_name` is not empty. The views must stay valid until encode_form()
// returns.
struct FormPart {
  std::string_view name;
  std::string_view value;
  std::string_view file_name{};
  std::string_view content_type{};
};

struct FormBody {
  std::string content_type;  // includes the boundary
  std::string body;
};

// Equal parts give equal bytes, so that a recorded exchange can be recognised: the boundary is
// derived from a digest of the parts. It occurs in none of them.
FormBody encode_form(const std::vector<FormPart> &parts);

// An upper limit for the size of a form without its values.
constexpr std::size_t form_margin = std::size_t{16} * 1024;

}  // namespace saleschecklist::net

#endif
