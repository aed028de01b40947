// What a failed session advises.
#include "engine/advice.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>

#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;
using engine::advice_on;

namespace {

constexpr std::array stages = {Stage::transcribe, Stage::assess, Stage::score, Stage::coach,
                               Stage::speak};

std::string advice(ErrorCode code, Stage stage, const std::string &where = {},
                   const std::string &provider = {}) {
  Error error{code, "it went wrong", where};
  error.provider = provider;
  return advice_on(error, stage);
}

bool has(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every code at every stage has one sentence that says what to do") {
  for (int code = 1; code <= static_cast<int>(ErrorCode::conflict); ++code) {
    for (const Stage stage : stages) {
      const std::string todo = advice(static_cast<ErrorCode>(code), stage);
      CAPTURE(todo);
      CHECK(todo.size() > 20);
      CHECK(todo.back() == '.');
      CHECK_FALSE(has(todo, ". "));
      CHECK_FALSE(has(todo, "what the message names"));
    }
  }
}

TEST_CASE("advice on a bad option is about that option") {
  const auto on = [](Stage stage, const std::string &where, const std::string &provider = {}) {
    return advice(ErrorCode::invalid_argument, stage, where, provider);
  };
  CHECK(has(on(Stage::transcribe, "services"), "attach a transcript"));
  CHECK(has(on(Stage::transcribe, "language"), "Attach the recording again"));
  CHECK(has(on(Stage::transcribe, "channel_names"), "names"));
  CHECK(has(on(Stage::assess, "prices"), "price"));
  CHECK(has(on(Stage::assess, "model"), "larger context"));
  CHECK(has(on(Stage::score, ""), "rescore"));
  CHECK(has(on(Stage::coach, ""), "Rescore"));
  CHECK(has(on(Stage::speak, "text"), "without a voice"));
  for (const Stage stage : stages) {
    CHECK(has(on(stage, "", "openai"), "service"));
    CHECK(has(on(stage, "https://api.example/v1"), "service"));
  }
  std::set<std::string> all;
  for (const Stage stage : stages) all.insert(on(stage, ""));
  CHECK(all.size() == stages.size());
}

TEST_CASE("no stage but the first is advised to use another recording for what the store lost") {
  CHECK(has(advice(ErrorCode::invalid_input, Stage::transcribe), "attach another recording"));
  for (const Stage stage : {Stage::assess, Stage::score, Stage::coach, Stage::speak}) {
    CHECK(has(advice(ErrorCode::invalid_input, stage), "backup"));
    CHECK(has(advice(ErrorCode::not_found, stage), "store"));
    CHECK_FALSE(has(advice(ErrorCode::unsupported, stage), "mp3"));
    CHECK_FALSE(has(advice(ErrorCode::over_budget, stage), "transcriber"));
  }
  CHECK(has(advice(ErrorCode::refused, Stage::assess), "allow_partial"));
  CHECK(has(advice(ErrorCode::refused, Stage::speak), "voice"));
}

TEST_CASE("a failed session has the advice of its stage") {
  EngineOptions options = offline_options();
  options.services.model = std::make_shared<MockModel>([](const ModelRequest &, std::size_t) {
    Error error{ErrorCode::invalid_argument, "the URL has no scheme", "localhost:1"};
    error.provider = "openai";
    return Result<ModelReply>(error);
  });
  const Engine engine = Engine::open(options).value();
  const std::string id = attached(engine, small_call()).id;
  REQUIRE_FALSE(engine.run(id));
  const Session kept = engine.find(id).value();
  REQUIRE(kept.failure);
  CHECK(kept.failure->advice == advice_on(kept.failure->error, Stage::assess));
  CHECK(has(kept.failure->advice, "address"));
}
