// Bugs that were found once and stay mended.
#include <doctest/doctest.h>

#include "support/support.hpp"
#include "support/temporary_folder.hpp"

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

TEST_CASE("a recorded body in none of the known forms is invalid input") {
  const test::TemporaryFolder folder;
  folder.write("1.json", R"({"schema": "saleschecklist/exchange/1",
      "request": {"method": "GET", "url": "http://127.0.0.1/", "headers": [],
                  "body": {"boundary": "b", "parts": [{"headers": [], "contents": {}}]}},
      "response": {"status": 200, "headers": [], "body": {"lines": [""]}, "pieces": []}})");
  const auto replay = replay_transport(folder.path());
  REQUIRE_FALSE(replay);
  CHECK(replay.error().code == ErrorCode::invalid_input);
}

TEST_CASE("a base URL without a host is refused") {
  ProviderOptions options;
  options.key = Secret("a-key");
  for (const char *url : {"https://?version=1", "https://#here", "http://:8080/v1", "http:///v1"}) {
    options.base_url = url;
    const auto model = openai_model(options);
    REQUIRE_FALSE(model);
    CHECK(model.error().where == "base_url");
  }
}
