#include <saleschecklist/secret.hpp>

#include "base/wipe.hpp"

#include <openssl/crypto.h>

namespace saleschecklist {

void base::wipe(void *bytes, std::size_t size) noexcept { OPENSSL_cleanse(bytes, size); }

void Secret::wipe(std::string &text) noexcept {
  text.resize(text.capacity());  // does not allocate
  base::wipe(text.data(), text.size());
  text.clear();
}

}  // namespace saleschecklist
