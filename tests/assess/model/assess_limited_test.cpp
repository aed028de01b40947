// An hour's call over an account that may do little in a minute: it takes longer, and is complete.
// A minute lasts one second here.
#include "assess/model/models.hpp"
#include "providers/ports.hpp"
#include "support/support.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

using Clock = std::chrono::steady_clock;

Transcript hour_of_talk() {
  ReadOptions seller;
  seller.rep_names = {"Imogen"};
  const auto file = source_dir() / "examples/calls/freight-tracking.vtt";
  const Transcript call = read_transcript_file(file.string(), seller).value();
  Transcript out = call;
  out.utterances.clear();
  for (std::int64_t begin_ms = 0; begin_ms < 3'600'000;) {
    for (Utterance said : call.utterances) {
      said.begin_ms = begin_ms;
      said.end_ms = begin_ms += 6'000;
      said.spans = {{0, said.begin_ms, said.end_ms}};
      out.utterances.push_back(std::move(said));
    }
  }
  return out;
}

// What an account may use in each minute, restored steadily, and how its service says so.
class Account {
 public:
  enum class Words { headers, message, retry_after, retry_info };

  Account(double limit, Words words) : limit_(limit), left_(limit), words_(words) {}

  // Returns false if the request is refused.
  bool take(double amount, httplib::Response &response) {
    const auto now = Clock::now();
    const double ms = std::chrono::duration<double, std::milli>(now - at_).count();
    left_ = std::min(limit_, left_ + ms / minute_ms * limit_);
    at_ = now;
    const bool accepted = amount <= left_;
    if (accepted) left_ -= amount;
    if (words_ == Words::headers) tell_in_headers(response);
    if (!accepted) refuse((amount - left_) / limit_ * minute_ms, response);
    used_ += accepted ? amount : 0;
    refused_ += accepted ? 0 : 1;
    return accepted;
  }
  double least_ms() const { return (used_ - limit_) / limit_ * minute_ms; }
  int refused() const { return refused_; }

 private:
  static constexpr double minute_ms = 1'000;

  void tell_in_headers(httplib::Response &response) const {
    response.set_header("x-ratelimit-limit-tokens", fmt::format("{:.0f}", limit_));
    response.set_header("x-ratelimit-remaining-tokens", fmt::format("{:.0f}", left_));
    response.set_header("x-ratelimit-reset-tokens",
                        fmt::format("{:.0f}ms", (limit_ - left_) / limit_ * minute_ms));
  }

  void refuse(double ms, httplib::Response &response) const {
    std::string message = "Rate limit reached", code = "rate_limit_exceeded";
    Json details = Json::array();
    if (words_ == Words::message) message += fmt::format(". Please try again in {:.0f}ms.", ms + 1);
    if (words_ == Words::retry_after) {
      response.set_header("retry-after", fmt::format("{:.3f}", ms / 1'000 + 0.001));
    }
    if (words_ == Words::retry_info) {
      code = "RESOURCE_EXHAUSTED";
      details.push_back({{"@type", "type.googleapis.com/google.rpc.RetryInfo"},
                         {"retryDelay", fmt::format("{:.3f}s", ms / 1'000 + 0.001)}});
    }
    response.status = 429;
    response.set_content(Json{{"type", "error"},
                              {"error",
                               {{"code", code},
                                {"status", code},
                                {"type", code},
                                {"message", message},
                                {"details", details}}}}
                             .dump(),
                         "application/json");
  }

  const double limit_;
  double left_, used_ = 0;
  int refused_ = 0;
  const Words words_;
  Clock::time_point at_ = Clock::now();
};

ProviderOptions limited_options(const FakeServices &server, const PortCase &port) {
  ProviderOptions out = options_for(server, port);
  NetworkOptions quick;
  quick.first_wait_ms = 8;  // as 500 ms is to a minute
  out.network = open_network(quick).value();
  return out;
}

}  // namespace

TEST_CASE("30,000 tokens a minute: an hour's call has every answer, and few requests are refused") {
  const Transcript talk = hour_of_talk();
  FakeServices server;
  server.write = [](const std::string &body) { return all_no(body, Checklist::standard()); };
  Account account(30'000, Account::Words::headers);
  server.limit = [&](const httplib::Request &request, httplib::Response &response) {
    // As OpenAI counts: the length of the prompt, and what the reply may have.
    const Json body = Json::parse(request.body);
    const double most = body.value("max_completion_tokens", 0.0);
    return account.take(static_cast<double>(request.body.size()) / 4 + most, response);
  };
  const auto model = openai_model(limited_options(server, model_of("openai"))).value();
  const auto begun = Clock::now();
  Usage usage;
  AssessOptions options;
  std::vector<ProgressStep> steps;
  options.call.progress = [&](const ProgressStep &step) { steps.push_back(step); };
  const auto out = assess(talk, Checklist::standard(), *model, options, &usage).value();
  const double ms = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
  CHECK_FALSE(out.failure);
  CHECK(std::all_of(out.responses.begin(), out.responses.end(),
                    [](const Response &r) { return r.answer == Answer::no; }));
  CHECK(account.refused() <= 15);
  CHECK(usage.retries == account.refused());
  CHECK(ms >= account.least_ms());
  MESSAGE("took " << ms << " ms; the limit itself needs " << account.least_ms() << " ms; "
                  << account.refused() << " of " << usage.requests << " requests were refused");
}

TEST_CASE("five requests a minute: an hour's call has every answer, however the wait is told") {
  const Transcript talk = hour_of_talk();
  struct Case {
    Result<std::shared_ptr<LanguageModel>> (*open)(const ProviderOptions &);
    const char *provider;
    Account::Words words;
  };
  for (const auto &[open, provider, words] :
       {Case{openai_model, "openai", Account::Words::message},
        Case{anthropic_model, "anthropic", Account::Words::retry_after},
        Case{gemini_model, "gemini", Account::Words::retry_info}}) {
    CAPTURE(provider);
    FakeServices server;
    server.write = [](const std::string &body) { return all_no(body, Checklist::standard()); };
    Account account(5, words);
    server.limit = [&](const httplib::Request &, httplib::Response &response) {
      return account.take(1, response);
    };
    const auto model = open(limited_options(server, model_of(provider))).value();
    Usage usage;
    const auto out = assess(talk, Checklist::standard(), *model, {}, &usage).value();
    CHECK_FALSE(out.failure);
    CHECK(std::all_of(out.responses.begin(), out.responses.end(),
                      [](const Response &r) { return r.answer == Answer::no; }));
    CHECK(account.refused() > 0);
    CHECK(usage.retries == account.refused());
  }
}

TEST_CASE("what one model learns of a limit, the others on its network know") {
  FakeServices server;
  Account account(30'000, Account::Words::headers);
  httplib::Response ignored;
  REQUIRE(account.take(29'000, ignored));  // by someone else
  server.limit = [&](const httplib::Request &, httplib::Response &response) {
    return account.take(900, response);
  };
  const ProviderOptions options = limited_options(server, model_of("openai"));
  const auto first = openai_model(options).value(), second = openai_model(options).value();
  Usage usage;
  ModelRequest request = small_question();
  request.max_output_tokens = 3'600;  // a quarter of it is expected
  REQUIRE(first->complete(request, usage));
  REQUIRE(second->complete(request, usage));  // waits before it is sent
  CHECK(account.refused() == 0);
  CHECK(usage.retries == 0);
}
