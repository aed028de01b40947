// open_store().
#include <saleschecklist/storage.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"

#include <algorithm>
#include <string_view>

namespace saleschecklist {
namespace {

// Whether `url` begins with `start`, a text in lower case, ignoring case.
bool begins_with(std::string_view url, std::string_view start) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  return url.size() >= start.size() && std::equal(start.begin(), start.end(), url.begin(),
                                                  [&](char b, char a) { return same(a, b); });
}

}  // namespace

Result<std::shared_ptr<Store>> open_store(const std::string &url) {
  return base::guard([&]() -> Result<std::shared_ptr<Store>> {
    constexpr std::string_view sqlite = "sqlite:";
    if (begins_with(url, "memory:") && url.size() == 7) return memory_store();
    if (begins_with(url, sqlite)) return sqlite_store(url.substr(sqlite.size()));
    if (begins_with(url, "postgresql://") || begins_with(url, "postgres://")) {
      return postgres_store(url);
    }
    return errors::invalid_argument(
        "expected a URL that begins with \"sqlite:\" or \"postgresql://\", or \"memory:\"");
  });
}

}  // namespace saleschecklist
