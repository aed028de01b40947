// The variables of the environment that say how the network is reached, set for a test.
#ifndef SALESCHECKLIST_TESTS_ENVIRONMENT_HPP
#define SALESCHECKLIST_TESTS_ENVIRONMENT_HPP

#include <array>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace saleschecklist::test {

// Has these variables of `names` and no others while it lives.
class Environment {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;

  explicit Environment(const Variables &variables) {
    for (const char *name : names) {
      if (const char *value = std::getenv(name)) before_.emplace_back(name, value);
      ::unsetenv(name);
    }
    for (const auto &[name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
  }
  ~Environment() {
    for (const char *name : names) ::unsetenv(name);
    for (const auto &[name, value] : before_) ::setenv(name.c_str(), value.c_str(), 1);
  }
  Environment(const Environment &) = delete;
  Environment &operator=(const Environment &) = delete;

 private:
  static constexpr std::array names = {
      "https_proxy", "HTTPS_PROXY", "http_proxy",     "HTTP_PROXY",   "all_proxy",    "ALL_PROXY",
      "no_proxy",    "NO_PROXY",    "CURL_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"};

  Variables before_;
};

}  // namespace saleschecklist::test

#endif
