// JSON whose strings may be keys.
#include "json/masked.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace saleschecklist;

namespace {

const std::string text =
    R"( {"providers" : {"openai":{"key":"sk-0123456789","headers":{"X-Long-Name"
  : "Bearer 0123456789"}, "model":"short", "voice": "twelve bytes\u002e", "effort":"caf)"
    "\xC3\xA9-caf\xC3\xA9"
    R"("}}, "list":["00000001", "12345678", "", 7]} )";

nlohmann::json restored(const std::string &json) {
  const json::MaskedJson masked(json);
  nlohmann::json document = nlohmann::json::parse(masked.text());
  masked.restore(document);
  return document;
}

}  // namespace

TEST_CASE("the strings of masked JSON come back, whatever they look like") {
  CHECK(restored(text) == nlohmann::json::parse(text));
  CHECK(restored("\"sk-0123456789\"") == "sk-0123456789");
  CHECK(restored("[]") == nlohmann::json::array());
}

TEST_CASE("masked JSON has no key in it, and every name and place as it was") {
  const json::MaskedJson masked(text);
  CHECK(masked.text().size() == text.size());
  CHECK(masked.text().find("0123456789") == std::string::npos);
  for (const char *kept :
       {"\"X-Long-Name\"", "\"providers\"", "\"short\"", "twelve bytes\\u002e"}) {
    CAPTURE(kept);
    CHECK(masked.text().find(kept) == text.find(kept));
  }
}

TEST_CASE("text that is not JSON is masked to text of the same length") {
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string cut = text.substr(0, size);
    CHECK(json::MaskedJson(cut).text().size() == size);
  }
  for (const char *odd : {"\"", "\\", "\"\\", "\"\\\"", "\"\"\"", "\"abcdefghij\\"}) {
    CHECK(json::MaskedJson(odd).text().size() == std::string(odd).size());
  }
}
