// The features of talk: words, pairs of words, and the borders of sentences.
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "transcript/roles/talk_features.hpp"

namespace saleschecklist::test {
namespace {

using Counts = std::map<std::string, int>;

Counts features_of(const std::string &text) {
  Counts out;
  transcript::each_feature(text, [&](const std::string &feature) { ++out[feature]; });
  return out;
}

std::size_t words_of(const std::string &text) {
  return transcript::each_feature(text, [](const std::string &) {});
}

}  // namespace

TEST_CASE("features are words, pairs of neighbours, and where sentences begin and end") {
  CHECK(features_of("So, it's $5? It is!") == Counts{{"so", 1},
                                                     {"it's", 1},
                                                     {"$5", 1},
                                                     {"it", 1},
                                                     {"is", 1},
                                                     {"?", 1},
                                                     {".", 1},
                                                     {". so", 1},
                                                     {"so it's", 1},
                                                     {"it's $5", 1},
                                                     {"$5 ?", 1},
                                                     {". it", 1},
                                                     {"it is", 1},
                                                     {"is .", 1}});
  CHECK(words_of("So, it's $5? It is!") == 5);
}

TEST_CASE("a text without marks is one sentence, and marks in a row end one") {
  CHECK(features_of("Well") == features_of("well..."));
  CHECK(features_of("Well")[". well"] == 1);
  CHECK(features_of("Well")["well ."] == 1);
  CHECK(features_of("Really?!") == features_of("really?"));
  CHECK(features_of("").empty());
  CHECK(features_of("?!").empty());
}

TEST_CASE("a point between digits ends no sentence") {
  CHECK(features_of("2.4 tons").count("2 .") == 0);
  CHECK(features_of("2.4 tons")["2 4"] == 1);
  CHECK(features_of("By May 2. Four")["2 ."] == 1);
}

TEST_CASE("a curly apostrophe is an apostrophe, and other letters separate words") {
  CHECK(features_of("it\xE2\x80\x99s") == features_of("it's"));
  CHECK(features_of("'tis the boys' turn")["boys turn"] == 1);
  CHECK(words_of("Gy\xC5\x91r") == 2);
}

}  // namespace saleschecklist::test
