// JSON whose strings may be keys.
#ifndef SALESCHECKLIST_JSON_MASKED_HPP
#define SALESCHECKLIST_JSON_MASKED_HPP

#include "json/library.hpp"

#include <string>
#include <string_view>

namespace saleschecklist::json {

// A JSON text in which other words of the same length stand for the strings, so that no key gets
// into the buffers of the parser, which cannot be overwritten. Strings of fewer than 8 bytes,
// strings with an escape or with another character than those of ASCII, and names of members are as
// they were.
class MaskedJson {
 public:
  explicit MaskedJson(std::string_view text);  // which has to live as long; it need not be valid

  const std::string &text() const { return masked_; }

  // Puts the strings back in a document that was parsed from text().
  void restore(nlohmann::json &document) const;

 private:
  std::string_view original_;
  std::string masked_;
};

// Overwrites the strings of a document when it goes out of scope.
class WipedStrings {
 public:
  explicit WipedStrings(nlohmann::json &document) : document_(document) {}
  ~WipedStrings();
  WipedStrings(const WipedStrings &) = delete;
  WipedStrings &operator=(const WipedStrings &) = delete;

 private:
  nlohmann::json &document_;
};

}  // namespace saleschecklist::json

#endif
