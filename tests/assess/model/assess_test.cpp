// assess(): how requests look, in which order they go out, and what becomes of the replies.
#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <set>

#include "mock_model.hpp"

namespace saleschecklist::test {
namespace {

const Checklist &standard() { return Checklist::standard(); }

std::string json_of(const Assessment &a) { return to_json(a.responses); }

std::string notices_of(const Assessment &a) {
  std::string out;
  for (const std::string &notice : a.notices) out += notice + "\n";
  return out;
}

AssessOptions parallel(std::size_t n) {
  AssessOptions out;
  out.parallel = n;
  return out;
}

Assessment run(MockModel &model, const Transcript &transcript, const AssessOptions &options = {},
               const Checklist &checklist = standard()) {
  Usage usage;
  return assess(transcript, checklist, model, options, &usage).value();
}

}  // namespace

TEST_CASE("an honest model's answers become verified responses, whatever the order of replies") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  std::string first;
  for (const std::size_t n : {1U, 3U, 8U}) {
    MockModel model([&](const ModelRequest &r, std::size_t i) -> Result<ModelReply> {
      if (n > 1)
        std::this_thread::sleep_for(
            std::chrono::milliseconds(20 - 2 * std::min<std::size_t>(i, 9)));
      return honest(r);
    });
    Usage usage;
    const auto out = assess(t, standard(), model, parallel(n), &usage);
    REQUIRE(out);
    CHECK(out->assessor == "openai:gpt-4o-mini/assess-2");
    REQUIRE(out->responses.size() == 92);
    CHECK(model.count() == 10);
    CHECK(usage.requests == 10);
    CHECK(usage.micro_dollars == estimate(usage, "openai:gpt-4o-mini", default_prices()));
    if (first.empty()) first = json_of(*out);
    CHECK((json_of(*out) == first));
    std::size_t yes = 0;
    for (const Response &r : out->responses) {
      if (r.answer != Answer::yes) continue;
      ++yes;
      CHECK(r.support == Support::verified);
      CHECK_FALSE(r.needs_review);
    }
    CHECK(yes > 30);
  }
}

TEST_CASE("all requests of a call share one prefix, byte for byte, and differ in the question") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  MockModel model(
      [&](const ModelRequest &r, std::size_t) -> Result<ModelReply> { return honest(r); });
  run(model, t);
  run(model, t);
  std::set<std::string> questions;
  const auto requests = model.requests();
  REQUIRE(requests.size() == 20);
  for (const ModelRequest &r : requests) {
    CHECK((r.instructions == requests[0].instructions));
    CHECK((r.shared == requests[0].shared));
    CHECK((r.schema == requests[0].schema));
    CHECK(r.schema_name == requests[0].schema_name);
    CHECK(r.cache_key == requests[0].cache_key);
    CHECK(r.cache_key.size() <= 64);
    questions.insert(r.question);
  }
  CHECK(questions.size() == 10);
  CHECK_FALSE(requests[0].cache_key.empty());
  CHECK(requests[0].shared.find("#0 ") != std::string::npos);
  CHECK(asked_ids(requests[0].question).size() == 10);
}

TEST_CASE("the schema is of the strict kind") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  MockModel model(
      [&](const ModelRequest &r, std::size_t) -> Result<ModelReply> { return honest(r); });
  run(model, t);
  std::size_t objects = 0;
  const std::function<void(const Json &)> look = [&](const Json &s) {
    if (!s.is_object()) return;
    if (s.value("type", "") == "object") {
      ++objects;
      CHECK(s.at("additionalProperties") == false);
      CHECK(s.at("required").size() == s.at("properties").size());
      for (const auto &[name, property] : s.at("properties").items()) look(property);
    }
    for (const char *key : {"minLength", "maxLength", "$id", "$schema"}) CHECK(s.count(key) == 0);
    if (s.contains("items")) look(s["items"]);
  };
  look(Json::parse(model.requests()[0].schema));
  CHECK(objects == 5);
}

TEST_CASE("nine questions wait for the first byte of the first reply, and for no more") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  std::mutex mutex;
  std::condition_variable changed;
  int begun = 0;
  int before_first_byte = 0;
  bool others_came = false;
  MockModel model([&](const ModelRequest &r, std::size_t i) -> Result<ModelReply> {
    std::unique_lock lock(mutex);
    ++begun;
    changed.notify_all();
    if (i == 0) {
      changed.wait_for(lock, std::chrono::milliseconds(100), [&] { return begun > 1; });
      before_first_byte = begun;
      lock.unlock();
      r.on_begin();
      lock.lock();
      others_came = changed.wait_for(lock, std::chrono::seconds(10), [&] { return begun >= 8; });
    }
    return honest(r);
  });
  run(model, t, parallel(8));
  CHECK(before_first_byte == 1);
  CHECK(others_came);
}

TEST_CASE("without a first byte the others begin when the first is over") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  std::atomic<int> under_way{0};
  std::atomic<int> with_first{0};
  MockModel model([&](const ModelRequest &r, std::size_t i) -> Result<ModelReply> {
    ++under_way;
    if (i == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(60));
      with_first = under_way.load();
    }
    return honest(r);
  });
  run(model, t, parallel(8));
  CHECK(with_first == 1);
  CHECK(model.count() == 10);
}

TEST_CASE("never more questions are under way than allowed") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  std::atomic<int> under_way{0}, most{0};
  MockModel model([&](const ModelRequest &r, std::size_t) -> Result<ModelReply> {
    const int now = ++under_way;
    int seen = most;
    while (now > seen && !most.compare_exchange_weak(seen, now)) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    --under_way;
    return honest(r);
  });
  run(model, t, parallel(3));
  CHECK(most <= 3);
  CHECK(most >= 2);
}

TEST_CASE("progress counts categories, in order and to the end") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  MockModel model(
      [&](const ModelRequest &r, std::size_t) -> Result<ModelReply> { return honest(r); });
  AssessOptions options;
  std::vector<std::size_t> steps;
  options.call.progress = [&](const ProgressStep &step) {
    CHECK(step.stage == "assess");
    CHECK(step.total == 10);
    steps.push_back(step.done);
  };
  run(model, t, options);
  CHECK(steps == std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
}

TEST_CASE("log lines hold counts, and none of the call's words") {
  const Transcript t = talk("Rita: What does it cost you?\nAnn: Zanzibar costs us 400 a week.");
  const Honest honest(t, standard());
  MockModel model(
      [&](const ModelRequest &r, std::size_t) -> Result<ModelReply> { return honest(r); });
  AssessOptions options;
  std::string lines;
  const auto here = std::this_thread::get_id();
  options.call.log = [&](LogLevel, std::string_view message) {
    CHECK(std::this_thread::get_id() == here);
    lines += message;
  };
  run(model, t, options);
  CHECK_FALSE(lines.empty());
  CHECK(lines.find("Zanzibar") == std::string::npos);
  CHECK(lines.find("Ann") == std::string::npos);
}

TEST_CASE("an error that asking on cannot mend stops after the first request") {
  const Transcript t = freight();
  for (const ErrorCode code : {ErrorCode::unauthorized, ErrorCode::quota}) {
    MockModel model([&](const ModelRequest &, std::size_t) -> Result<ModelReply> {
      return Error{code, "no", {}};
    });
    Usage usage;
    const auto out = assess(t, standard(), model, {}, &usage);
    REQUIRE_FALSE(out);
    CHECK(out.error().code == code);
    CHECK(model.count() == 1);
    CHECK(usage.requests == 1);
  }
}

TEST_CASE("a dead network is given up after the second question") {
  const Transcript t = freight();
  MockModel model([&](const ModelRequest &, std::size_t) -> Result<ModelReply> {
    return Error{ErrorCode::network, "no route", {}};
  });
  Usage usage;
  const auto out = assess(t, standard(), model, {}, &usage);
  REQUIRE_FALSE(out);
  CHECK(out.error().code == ErrorCode::network);
  CHECK(model.count() == 2);
}

TEST_CASE("when the n-th request fails, its category is unanswered and said so, for every n") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  for (std::size_t n = 0; n < 10; ++n) {
    CAPTURE(n);
    std::set<std::string> lost;
    std::mutex mutex;
    MockModel model([&](const ModelRequest &r, std::size_t i) -> Result<ModelReply> {
      if (i != n) return honest(r);
      const std::lock_guard lock(mutex);
      for (const std::string &id : asked_ids(r.question)) lost.insert(id);
      return Error{ErrorCode::network, "the line broke", {}};
    });
    const Assessment out = run(model, t);
    CHECK(model.count() == 10);
    for (const Response &r : out.responses) {
      CHECK((r.answer == Answer::unanswered) == (lost.count(r.item_id) != 0));
      CHECK((r.unanswered_reason == UnansweredReason::service_failed) ==
            (lost.count(r.item_id) != 0));
    }
    CHECK(notices_of(out).find("unanswered: the service failed (network)") != std::string::npos);
  }
}

TEST_CASE("what a port throws is an error like any other") {
  const Transcript t = freight();
  MockModel model([&](const ModelRequest &, std::size_t) -> Result<ModelReply> {
    throw std::runtime_error("a host's bug");
  });
  Usage usage;
  const auto out = assess(t, standard(), model, {}, &usage);
  REQUIRE_FALSE(out);
  CHECK(out.error().code == ErrorCode::internal);
}

TEST_CASE("cancelled in the middle, nothing further begins and the tokens so far are counted") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  AssessOptions options;
  options.parallel = 2;
  MockModel model([&](const ModelRequest &r, std::size_t i) -> Result<ModelReply> {
    CHECK_FALSE(r.cancel.cancelled());
    if (i == 3) options.call.cancel.cancel();
    if (i == 3) CHECK(r.cancel.cancelled());
    return honest(r);
  });
  Usage usage;
  const auto out = assess(t, standard(), model, options, &usage);
  REQUIRE_FALSE(out);
  CHECK(out.error().code == ErrorCode::cancelled);
  CHECK(model.count() <= 5);
  CHECK(usage.tokens_in > 0);
  const auto again = assess(t, standard(), model, options, &usage);
  CHECK(again.error().code == ErrorCode::cancelled);
}

TEST_CASE("unsound options are refused before anything is sent") {
  const Transcript t = freight();
  MockModel model(
      [&](const ModelRequest &, std::size_t) -> Result<ModelReply> { return ModelReply{}; });
  const auto refused = [&](const AssessOptions &options, const Transcript &transcript) {
    Usage usage;
    const auto out = assess(transcript, standard(), model, options, &usage);
    REQUIRE_FALSE(out);
    CHECK(out.error().code == ErrorCode::invalid_argument);
    return out.error().where;
  };
  AssessOptions options;
  options.votes = 0;
  CHECK(refused(options, t) == "votes");
  options.votes = 10;
  CHECK(refused(options, t) == "votes");
  CHECK(refused(parallel(0), t) == "parallel");
  options = {};
  options.call.budget.tokens = -1;
  CHECK(refused(options, t) == "budget");
  options = {};
  options.call.budget.micro_dollars = 1'000'000;
  options.call.prices.clear();
  CHECK(refused(options, t) == "prices");
  Transcript broken = t;
  broken.utterances[0].text = "two\nlines";
  CHECK(refused({}, broken) == "/utterances/0/text");
  CHECK(model.count() == 0);
}

TEST_CASE("a budget of tokens or money is kept, but for what is under way") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  MockModel model(
      [&](const ModelRequest &r, std::size_t) -> Result<ModelReply> { return honest(r); });
  Usage whole;
  REQUIRE(assess(t, standard(), model, {}, &whole));
  const std::int64_t one = (whole.tokens_in + whole.tokens_out) / 10;
  for (const std::size_t n : {1U, 8U}) {
    AssessOptions options = parallel(n);
    options.call.budget.tokens = (whole.tokens_in + whole.tokens_out) / 2;
    Usage usage;
    const Assessment out = assess(t, standard(), model, options, &usage).value();
    CHECK(usage.tokens_in + usage.tokens_out <= options.call.budget.tokens);
    CHECK(usage.tokens_in + usage.tokens_out > options.call.budget.tokens - 3 * one);
    CHECK(notices_of(out).find("the budget is spent") != std::string::npos);
    for (const Response &r : out.responses) {
      CHECK((r.unanswered_reason == UnansweredReason::over_budget) ==
            (r.answer == Answer::unanswered));
    }
    options = parallel(n);
    options.call.budget.micro_dollars = whole.micro_dollars / 2;
    Usage dear;
    REQUIRE(assess(t, standard(), model, options, &dear));
    CHECK(dear.micro_dollars <= options.call.budget.micro_dollars);
    CHECK(dear.micro_dollars > 0);
  }
  AssessOptions options;
  options.call.budget.tokens = 100;
  Usage usage;
  const auto out = assess(t, standard(), model, options, &usage);
  REQUIRE_FALSE(out);
  CHECK(out.error().code == ErrorCode::over_budget);
  CHECK(usage.requests == 0);
}

TEST_CASE("votes that agree are asked for no longer than they can change anything") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  MockModel model(
      [&](const ModelRequest &r, std::size_t) -> Result<ModelReply> { return honest(r); });
  AssessOptions options;
  options.votes = 5;
  const Assessment out = run(model, t, options);
  CHECK(model.count() == 40);  // four of five
  for (const Response &r : out.responses) CHECK(r.confidence == 1.0);
}

TEST_CASE("agreement becomes confidence, and open items alone are voted on") {
  const Transcript t = freight();
  const Honest honest(t, standard());
  const auto first = assess_offline(t, standard()).value().responses;
  std::size_t at = 0;
  while (first[at].answer != Answer::yes) ++at;
  REQUIRE(at < 10);
  const std::string torn = first[at].item_id;
  std::mutex mutex;
  int votes = 0;
  std::vector<std::size_t> sizes;
  MockModel model([&](const ModelRequest &r, std::size_t) -> Result<ModelReply> {
    const auto ids = asked_ids(r.question);
    Json entries = Json::array();
    const std::lock_guard lock(mutex);
    for (const std::string &id : ids) {
      entries.push_back(honest.entry_for(id));
      if (id != torn) continue;
      sizes.push_back(ids.size());
      if (++votes == 2) entries.back() = entry(id, "no", Json::array());
    }
    return ModelReply{answers_of(entries).dump()};
  });
  AssessOptions options;
  options.votes = 3;
  const Assessment out = run(model, t, options);
  CHECK(sizes == std::vector<std::size_t>{10, 10, 1});
  CHECK(out.responses[at].answer == Answer::yes);
  CHECK(out.responses[at].confidence == doctest::Approx(2.0 / 3));
  CHECK(out.responses[at + 1].confidence == 1.0);
}

TEST_CASE("items that nobody's words could prove are not asked about") {
  const Transcript t = read_transcript("Ann: We lose money.\nBob: How much?").value();
  REQUIRE(t.role_source == RoleSource::none);
  MockModel model([&](const ModelRequest &r, std::size_t) -> Result<ModelReply> {
    Json entries = Json::array();
    for (const auto &id : asked_ids(r.question)) entries.push_back(entry(id, "no", Json::array()));
    return ModelReply{answers_of(entries).dump()};
  });
  const Assessment out = run(model, t);
  std::size_t unanswered = 0;
  for (const Response &r : out.responses) unanswered += r.answer == Answer::unanswered;
  CHECK(unanswered > 50);
  for (const Response &r : out.responses) {
    CHECK((r.unanswered_reason == UnansweredReason::side_absent) ==
          (r.answer == Answer::unanswered));
  }
  for (const ModelRequest &r : model.requests()) {
    CHECK(r.question.find("words of the customer") == std::string::npos);
  }
}

TEST_CASE("suspect utterances are not shown, and the numbers of the others stay") {
  Transcript t = freight();
  t.utterances[4].text = "Thanks for watching zzz.";
  t.utterances[4].spans = {{0, {}, {}}};
  t.utterances[4].suspect = "said in silence";
  const Honest honest(t, standard());
  MockModel model(
      [&](const ModelRequest &r, std::size_t) -> Result<ModelReply> { return honest(r); });
  run(model, t);
  const std::string shared = model.requests()[0].shared;
  CHECK(shared.find("zzz") == std::string::npos);
  CHECK(shared.find("#4 ") == std::string::npos);
  CHECK(shared.find("#5 ") != std::string::npos);
}

}  // namespace saleschecklist::test
