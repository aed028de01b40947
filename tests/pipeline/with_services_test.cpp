// transcribe(), assess(), coach() and speak() with the ports of Services.
#include <doctest/doctest.h>

#include <saleschecklist/services.hpp>

namespace saleschecklist::test {
namespace {

// Counts one request, and fails or speaks one byte.
class MeteredVoice : public Voice {
 public:
  explicit MeteredVoice(bool fails, std::int64_t requests = 1)
      : fails_(fails), requests_(requests) {}

  VoiceInfo info() const override { return {"mock:voice", 1'000}; }

  Result<Speech> synthesize(const VoiceRequest &request, Usage &usage) override {
    usage.requests += requests_;
    usage.characters += static_cast<std::int64_t>(request.text.size());
    if (fails_) return Error{ErrorCode::refused, "no", "mock"};
    Speech out;
    out.audio = "x";
    return out;
  }

 private:
  bool fails_;
  std::int64_t requests_;
};

}  // namespace

TEST_CASE("a call with services names the port that is missing") {
  const Services none;
  std::vector<StageUsage> usage;
  const auto is_missing = [](const Error &error, const char *port) {
    CHECK(error.code == ErrorCode::invalid_argument);
    CHECK(error.message == std::string("these services were opened without a ") + port);
    CHECK(error.where == "services");
  };
  is_missing(transcribe("no-such-file.wav", none, {}, &usage).error(), "transcriber");
  is_missing(assess({}, {}, none, {}, &usage).error(), "model");
  is_missing(coach({}, {}, {}, {}, none, {}, &usage).error(), "model");
  is_missing(speak("Hello.", none, {}, &usage).error(), "voice");
  CHECK(usage.empty());
}

TEST_CASE("what a call with services used is appended, also on failure, and never twice") {
  Services services;
  std::vector<StageUsage> usage{{"assess", "mock:model", {}}};
  services.voice = std::make_shared<MeteredVoice>(false);
  CHECK(speak("Hello.", services, {}, &usage).value().audio == "x");
  services.voice = std::make_shared<MeteredVoice>(true);
  CHECK(speak("Hello.", services, {}, &usage).error().code == ErrorCode::refused);
  services.voice = std::make_shared<MeteredVoice>(true, 0);  // nothing was sent
  CHECK_FALSE(speak("Hello.", services, {}, &usage));
  CHECK(speak("Hello.", services).error().code == ErrorCode::refused);  // nobody asks

  REQUIRE(usage.size() == 3);
  for (std::size_t i : {1U, 2U}) {
    CHECK(usage[i].stage == "speak");
    CHECK(usage[i].provider == "mock:voice");
    CHECK(usage[i].usage.requests == 1);
    CHECK(usage[i].usage.characters == 6);
  }
}

}  // namespace saleschecklist::test
