// Bugs that were found once and stay mended.
#include <doctest/doctest.h>

#include "support/support.hpp"

using namespace saleschecklist;

TEST_CASE("a line of no-break spaces adds nothing to the utterance before it") {
  const auto read = read_transcript(std::string_view("Dana: Hello there.\n\xC2\xA0\nCarl: Hi.\n"));
  REQUIRE(read);
  CHECK(read->utterances[0].text == "Hello there.");
}

TEST_CASE("a NOTE line with an arrow in it ends in an error and not in an endless loop") {
  const auto read = read_transcript(std::string_view("WEBVTT\n\nNOTE --> x\nHello\n"));
  REQUIRE_FALSE(read);
  CHECK(read.error().where == "line 3");
}

TEST_CASE("an acute accent and a double prime stand for quotation marks in quotes") {
  const Transcript call = test::talk("Rita: What now?\nTom: We don\u00B4t pay 5\u2033 more.\n");
  CHECK(verify(call, {{"We don't pay 5\" more", {}, EvidenceFrom::either}}).front().evidence);
}
