// How a transcript without speakers is divided into questions.
#include "unnamed.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// A model whose longest reply and context are given, and change.
class LimitedModel : public MockModel {
 public:
  using MockModel::MockModel;

  ModelInfo info() const override {
    ModelInfo out = MockModel::info();
    out.max_output_tokens = most_output;
    if (context > 0) out.context_tokens = context;
    return out;
  }

  std::int64_t most_output = 16'384, context = 0;
};

std::size_t lines_of(const ModelRequest &request) {
  const auto [first, last] = asked_lines(request);
  return last - first;
}

}  // namespace

TEST_CASE("a long call is asked about in passages that keep the numbers of the speakers") {
  Unnamed unnamed = freight_unnamed(1);
  const Transcript once = unnamed.transcript;
  const auto truth = unnamed.truth;
  for (int i = 0; i < 6; ++i) {
    for (Utterance said : once.utterances) {
      said.begin_ms = said.end_ms = std::nullopt;
      for (TimedSpan &span : said.spans) span.begin_ms = span.end_ms = std::nullopt;
      unnamed.transcript.utterances.push_back(said);
    }
    unnamed.truth.insert(unnamed.truth.end(), truth.begin(), truth.end());
  }
  MockModel model(knowing(unnamed));
  const Transcript out = separate_turns(unnamed.transcript, model).value();
  CHECK(words_of(out) == words_of(unnamed.transcript));
  REQUIRE(model.count() >= 2);
  const auto requests = model.requests();
  CHECK(requests[0].shared.find("(speaker 1)") == std::string::npos);
  for (std::size_t i = 1; i < requests.size(); ++i) {
    const std::size_t first = asked_lines(requests[i]).first;
    CHECK(requests[i].shared.find(fmt::format("#{} (speaker {}): ", first - 1,
                                              unnamed.truth[first - 1])) != std::string::npos);
    CHECK(requests[i].shared.find(fmt::format("#{}: ", first)) != std::string::npos);
  }
  // A small context takes smaller passages.
  MockModel small(knowing(unnamed), 6'000);
  CHECK(separate_turns(unnamed.transcript, small).value().utterances.size() ==
        out.utterances.size());
  CHECK(small.count() > model.count());
}

TEST_CASE("a passage is no longer than what the model can reply about") {
  const Unnamed unnamed = freight_unnamed();
  LimitedModel model(knowing(unnamed));
  model.most_output = 500 + 16 * 10;
  REQUIRE(separate_turns(unnamed.transcript, model));
  CHECK(model.count() == (unnamed.truth.size() + 9) / 10);
  for (const ModelRequest &request : model.requests()) {
    CHECK(lines_of(request) <= 10);
    CHECK(request.max_output_tokens <= model.most_output);
  }
}

TEST_CASE("a passage whose reply is cut off is halved, not asked about in the same way") {
  const Unnamed unnamed = freight_unnamed();
  const auto right = knowing(unnamed);
  MockModel model([&](const ModelRequest &request, std::size_t i) -> Result<ModelReply> {
    auto out = right(request, i);
    if (lines_of(request) > 12) {
      out->text.resize(out->text.size() / 2);
      out->finish = Finish::truncated;
    }
    return out;
  });
  const auto out = separate_turns(unnamed.transcript, model);
  REQUIRE(out);
  CHECK(out->speakers_inferred);
  const auto requests = model.requests();
  for (std::size_t i = 1; i < requests.size(); ++i) {
    if (asked_lines(requests[i]).first != asked_lines(requests[i - 1]).first) continue;
    CHECK(lines_of(requests[i]) == (lines_of(requests[i - 1]) + 1) / 2);
  }
}

TEST_CASE("a passage that the model's context turns out too small for is asked about in parts") {
  const Unnamed unnamed = freight_unnamed();
  const auto right = knowing(unnamed);
  LimitedModel *known = nullptr;
  LimitedModel model([&](const ModelRequest &request, std::size_t i) -> Result<ModelReply> {
    if (i == 0) {
      known->context = 2'500;
      return Error{ErrorCode::refused, "this model's maximum context length is 2500 tokens", {}};
    }
    return right(request, i);
  });
  known = &model;
  REQUIRE(separate_turns(unnamed.transcript, model));
  const auto requests = model.requests();
  CHECK(lines_of(requests[1]) < lines_of(requests[0]));
  MockModel deaf([](const ModelRequest &, std::size_t) -> Result<ModelReply> {
    return Error{ErrorCode::refused, "no", {}};
  });
  CHECK(separate_turns(unnamed.transcript, deaf).error().message == "no");
  CHECK(deaf.count() == 1);
}

TEST_CASE("the progress of a separation counts lines and reaches its total at the end") {
  const Unnamed unnamed = freight_unnamed();
  LimitedModel model(knowing(unnamed));
  model.most_output = 500 + 16 * 20;
  std::vector<std::size_t> done;
  SeparateOptions options;
  options.call.progress = [&](const ProgressStep &step) {
    CHECK(step.total == unnamed.truth.size());
    done.push_back(step.done);
  };
  REQUIRE(separate_turns(unnamed.transcript, model, options));
  CHECK(done.size() == model.count() + 1);
  CHECK(std::is_sorted(done.begin(), done.end()));
  CHECK(std::count(done.begin(), done.end(), unnamed.truth.size()) == 1);
}
