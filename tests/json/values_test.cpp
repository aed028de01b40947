// Single values out of JSON text.
#include <saleschecklist/saleschecklist.hpp>

#include <doctest/doctest.h>

namespace saleschecklist::test {
namespace {

const char *const document = R"({
  "score": {"total_score": 51, "percentage": 51.5, "risk_band": "red"},
  "responses": [{"item_id": "mentor.07"}, {"item_id": "caf\u00e9", "evidence": []}],
  "a/b": {"~": -1e3}, "": 7, "none": null, "yes": true
})";

}  // namespace

TEST_CASE("a number or a string is read by its JSON pointer") {
  CHECK(number_at(document, "/score/total_score").value() == 51);
  CHECK(number_at(document, "/score/percentage").value() == 51.5);
  CHECK(number_at(document, "/a~1b/~0").value() == -1000);
  CHECK(number_at(document, "/").value() == 7);
  CHECK(number_at("3", "").value() == 3);
  CHECK(text_at(document, "/score/risk_band").value() == "red");
  CHECK(text_at(document, "/responses/1/item_id").value() == "caf\xC3\xA9");
}

TEST_CASE("a value that is not there, or of another type, is an error at the pointer") {
  for (const char *pointer : {"/score/total", "/responses/2/item_id", "/score/risk_band/0", "/x"}) {
    CAPTURE(pointer);
    const auto missing = number_at(document, pointer);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::not_found);
    CHECK(missing.error().where == pointer);
  }
  for (const char *pointer : {"/score/risk_band", "/none", "/yes", "/responses", ""}) {
    CAPTURE(pointer);
    CHECK(number_at(document, pointer).error().code == ErrorCode::invalid_input);
  }
  CHECK(number_at(document, "/none").error().message ==
        "expected a number, found a value of type null");
  CHECK(text_at(document, "/score/total_score").error().where == "/score/total_score");
}

TEST_CASE("a pointer that is none, and a text that is not JSON, are told apart") {
  for (const char *pointer : {"score", "/a~b", "/~", "#/score"}) {
    CAPTURE(pointer);
    CHECK(number_at(document, pointer).error().code == ErrorCode::invalid_argument);
    CHECK(number_at(document, pointer).error().where == "pointer");
  }
  CHECK(number_at("", "/x").error().code == ErrorCode::invalid_input);
  CHECK(number_at("{\"a\": ", "/a").error().where == "line 1, column 7");
  CHECK(number_at(std::string(100'000, '['), "/0").error().code == ErrorCode::invalid_input);
}

}  // namespace saleschecklist::test
