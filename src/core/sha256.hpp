// SHA-256; the only user of OpenSSL in core.
#ifndef SALESCHECKLIST_CORE_SHA256_HPP
#define SALESCHECKLIST_CORE_SHA256_HPP

#include <string>
#include <string_view>

namespace saleschecklist {

// Lower-case hex of the digest of `bytes`.
std::string sha256_hex(std::string_view bytes);

}  // namespace saleschecklist

#endif
