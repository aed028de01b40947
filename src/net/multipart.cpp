#include "net/multipart.hpp"

#include "base/sha256.hpp"

#include <algorithm>

namespace saleschecklist::net {
namespace {

// Escapes names in forms as the HTML standard requires (section 4.10.21.8).
std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"')
      out += "%22";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else
      out += c;
  }
  return out + '"';
}

std::string digest_of(const std::vector<FormPart> &parts) {
  std::string digests;
  for (const FormPart &part : parts) {
    for (const std::string_view bytes :
         {part.name, part.value, part.file_name, part.content_type}) {
      digests += base::sha256_hex(bytes);
    }
  }
  return base::sha256_hex(digests);
}

std::string boundary_for(const std::vector<FormPart> &parts) {
  constexpr std::size_t size = 40;  // RFC 2046 allows up to 70
  std::string digest = digest_of(parts);
  for (;;) {
    std::string boundary = digest.substr(0, size);
    const bool occurs = std::any_of(parts.begin(), parts.end(), [&](const FormPart &part) {
      return part.value.find(boundary) != std::string_view::npos;
    });
    if (!occurs) return boundary;
    digest = base::sha256_hex(digest);
  }
}

}  // namespace

FormBody encode_form(const std::vector<FormPart> &parts) {
  const std::string boundary = boundary_for(parts);
  FormBody out{"multipart/form-data; boundary=" + boundary, {}};
  std::size_t size = form_margin;
  for (const FormPart &part : parts) size += part.value.size();
  out.body.reserve(size);
  for (const FormPart &part : parts) {
    out.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(part.name);
    if (!part.file_name.empty()) out.body += "; filename=" + quoted(part.file_name);
    if (!part.content_type.empty()) {
      out.body += "\r\nContent-Type: ";
      std::copy_if(part.content_type.begin(), part.content_type.end(), std::back_inserter(out.body),
                   [](char c) { return c != '\r' && c != '\n'; });
    }
    out.body += "\r\n\r\n";
    out.body.append(part.value);
    out.body += "\r\n";
  }
  out.body += "--" + boundary + "--\r\n";
  return out;
}

}  // namespace saleschecklist::net
