// Text that is JSON, and text that only looks like it.
#include "json/parse.hpp"

#include <saleschecklist/json.hpp>
#include <saleschecklist/limits.hpp>

#include <doctest/doctest.h>

using namespace saleschecklist;
using namespace std::string_literals;

TEST_CASE("a zero byte is not the end of JSON") {
  CHECK(transcript_from_json("{}\0 and more"s).error().code == ErrorCode::invalid_input);
  const auto read = json::parse_json("{\n}\0"s);
  REQUIRE_FALSE(read);
  CHECK(read.error().where == "line 2, column 2");
}

TEST_CASE("JSON of more values than fit into memory is refused before it is read") {
  const std::string most = "[" + std::string(limits::json_values - 1, ',') + "1]";
  CHECK_FALSE(json::has_many_values(most));
  CHECK(json::has_many_values(most + ","));
  CHECK(json::parse_json(most + ",").error().message ==
        "the JSON is too large: expected at most 10000000 values");
  CHECK_FALSE(json::has_many_values("\"" + most + most + "\""));
}

TEST_CASE("an error of JSON does not quote a whole document") {
  const auto read = json::parse_json("[" + std::string(1'000'000, '1') + "]");
  REQUIRE_FALSE(read);
  CHECK(read.error().message.size() < 300);
  CHECK(read.error().where == "line 1, column 2");
  CHECK(json::parse_json("[\"" + std::string(1'000'000, 'x')).error().message.size() < 300);
  CHECK(json::parse_json(std::string(1'000'000, 'x')).error().message.size() < 300);
}

TEST_CASE("objects of very many members are told from other large documents") {
  std::string object = "{", list = "[";
  for (int i = 0; i < 5'001; ++i) {
    const std::string comma = i == 0 ? "" : ",";
    object += comma + "\"" + std::to_string(i) + "\":1";
    list += comma + "{\"a\":\"x:y\"}";
  }
  CHECK(json::has_large_objects(object + "}"));
  CHECK(json::has_large_objects("[[" + object));  // also where it is cut off
  CHECK_FALSE(json::has_large_objects(list + "]"));
  CHECK_FALSE(json::has_large_objects("\"" + std::string(10'000, ':') + "\""));
}
