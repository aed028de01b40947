// The quick look at JSON says yes only to what the library's reader takes, too.
#include "storage/plain_json.hpp"

#include "json/parse.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace saleschecklist::test {

TEST_CASE("plain JSON is known as such") {
  for (const char *text : {"{}", "[]", " [ 1 , -2.50 , 0 ] ",
                           R"({"a":{"b":[true,false,null]},"c":"\"\\\/\b\f\n\r\t\u00e9"})",
                           "\"Grüße €😀\"", "12345678901234567890", "null"}) {
    CAPTURE(std::string(text));
    CHECK(storage::is_plain_json(text));
  }
}

TEST_CASE("what is no JSON, or not plain, is not taken for it") {
  using namespace std::string_literals;
  for (const std::string &text : {""s,
                                  "{"s,
                                  "}"s,
                                  "{\"a\"}"s,
                                  "{\"a\":}"s,
                                  "{\"a\":1,}"s,
                                  "[1,]"s,
                                  "[1 2]"s,
                                  "{a:1}"s,
                                  "01"s,
                                  "-"s,
                                  "1."s,
                                  ".5"s,
                                  "+1"s,
                                  "1e5"s,
                                  "1E999"s,
                                  "tru"s,
                                  "nulll"s,
                                  "\"a"s,
                                  "\"\\x\""s,
                                  "\"\\u12\""s,
                                  "\"\\u00g0\""s,
                                  "\"\\u0000\""s,
                                  "\"\\ud83d\""s,
                                  "\"\n\""s,
                                  "\"\0\""s,
                                  "\0"s,
                                  "[]\0"s,
                                  "\xEF\xBB\xBF[]"s,
                                  "\"\xff\""s,
                                  "\"\xc0\x80\""s,
                                  "\"\xed\xa0\x80\""s,
                                  "[] []"s,
                                  "NaN"s,
                                  "'a'"s,
                                  "\"\\"s,
                                  std::string(51, '[') + std::string(51, ']'),
                                  "\v1"s}) {
    CAPTURE(text);
    CHECK_FALSE(storage::is_plain_json(text));
  }
}

TEST_CASE("what the quick look takes, the reader takes, after any change of bytes") {
  const std::string seed =
      R"({"a":[1,-2.5,{"b":"x\n\u00e9 Grüße"}],"c":null,"d":true,"e":[[],{}]})";
  std::mt19937 random(7);
  int taken = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string text = seed;
    for (unsigned n = random() % 3 + 1; n > 0; --n) {
      const std::size_t at = random() % text.size();
      const std::string bytes =
          "{}[]\",:\\0123456789.-eEtrufalsn \n\xc3\xa9\xff" + std::string(1, '\0');
      const char byte = bytes[random() % bytes.size()];
      if (random() % 3 == 0) {
        text.erase(at, 1);
      } else if (random() % 2 == 0) {
        text.insert(at, 1, byte);
      } else {
        text[at] = byte;
      }
    }
    if (!storage::is_plain_json(text)) continue;
    ++taken;
    CHECK(json::parse_json(text));
  }
  CHECK(taken > 1000);
}

}  // namespace saleschecklist::test
