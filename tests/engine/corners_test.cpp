// What goes wrong between two steps, and must not.
#include <doctest/doctest.h>

#include "engine/session_record.hpp"
#include "engines.hpp"
#include "faulty_store.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// Blobs that cannot be written or erased when told so, and that call something before each put.
class FaultyBlobs : public BlobStore {
 public:
  Result<void> put(const Blob &blob) override {
    if (before_put) before_put();
    if (!puts) return Error{ErrorCode::io, "there is no room", {}};
    return real_->put(blob);
  }
  Result<void> get(const std::string &key,
                   const std::function<bool(std::string_view)> &piece) override {
    return real_->get(key, piece);
  }
  Result<void> erase(const std::string &key) override {
    if (!erases) return Error{ErrorCode::not_found, "there is no such bucket", "bucket"};
    return real_->erase(key);
  }
  Result<std::string> link(const std::string &key, std::int64_t seconds) override {
    return real_->link(key, seconds);
  }

  bool puts = true, erases = true;
  std::function<void()> before_put;

 private:
  const std::shared_ptr<BlobStore> real_ = memory_blobs();
};

struct Corner {
  std::shared_ptr<FaultyBlobs> blobs = std::make_shared<FaultyBlobs>();
  EngineOptions options = offline_options();
  std::optional<Engine> engine;

  Corner() {
    options.blobs = blobs;
    engine.emplace(Engine::open(options).value());
  }
  bool has_blob(const std::string &key) { return read_blob(*blobs, key).has_value(); }
};

constexpr std::int64_t far_away = 9'000'000'000'000;

std::string recording() { return (source_dir() / "examples/recording/call.m4a").string(); }

}  // namespace

TEST_CASE("an upload that fails leaves the session as it was" * doctest::skip(!with_ffmpeg)) {
  Corner c;
  const std::string id = attached(*c.engine, small_call()).id;
  c.blobs->puts = false;
  CHECK(c.engine->attach_audio(id, recording()).error().code == ErrorCode::io);
  CHECK(c.engine->find(id).value().status == SessionStatus::analyzing);
  CHECK(c.engine->run_pending().value().size() == 1);
  CHECK(c.engine->attach_audio(id, recording()).error().code == ErrorCode::io);
  CHECK(c.engine->find(id).value().status == SessionStatus::completed);
  CHECK(c.engine->report(id));
}

TEST_CASE("the same recording with other hints is heard anew" * doctest::skip(!with_ffmpeg)) {
  Corner c;
  const std::string id = c.engine->create({"Acme"}).value().id;
  const Session first = c.engine->attach_audio(id, recording()).value();
  REQUIRE(c.engine->attach_transcript(id, small_call()));
  REQUIRE(c.engine->run(id));
  const Session second = c.engine->attach_audio(id, recording(), {{"Dana"}, {}, {}}).value();
  CHECK(second.audio->blob != first.audio->blob);
  CHECK(second.stale.front() == Stage::transcribe);
  CHECK_FALSE(c.has_blob(first.audio->blob));
  CHECK(c.has_blob(second.audio->blob));
}

TEST_CASE("a recording that arrives while its session is erased is not left behind" *
          doctest::skip(!with_ffmpeg)) {
  Corner c;
  const std::string id = c.engine->create({"Acme"}).value().id;
  c.blobs->before_put = [&] { REQUIRE(c.engine->erase(id)); };
  CHECK(c.engine->attach_audio(id, recording()).error().code == ErrorCode::not_found);
  CHECK_FALSE(c.has_blob(id + "/1/" + "x"));
  CHECK(c.engine->audit(id).value().back().action == "erased");
}

TEST_CASE("retention passes over what it cannot erase, says so, and ends" *
          doctest::skip(!with_ffmpeg)) {
  Corner c;
  const std::string stuck = c.engine->create({"Acme"}).value().id;
  REQUIRE(c.engine->attach_audio(stuck, recording()));
  REQUIRE(c.engine->create({"Globex"}));
  c.blobs->erases = false;
  const auto failed = c.engine->erase_created_before(far_away);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().where == "bucket");
  CHECK(c.engine->list().value().sessions.size() == 1);
  c.blobs->erases = true;
  CHECK(c.engine->erase_created_before(far_away).value() == 1);
}

TEST_CASE("first answers of another call are not shown") {
  Corner c;
  const Transcript call = small_call();
  std::size_t answered = 3;
  const Honest honest(call, Checklist::standard());
  c.options.services.model = std::make_shared<MockModel>(
      [&](const ModelRequest &request, std::size_t i) -> Result<ModelReply> {
        if (i >= answered) return Error{ErrorCode::cancelled, "away", {}};
        return honest(request);
      });
  const auto engine = Engine::open(c.options).value();
  const std::string id = attached(engine, call).id;
  RunOptions one;
  one.parallel = 1;
  CHECK_FALSE(engine.run(id, one));
  CHECK(engine.result(id).value().assessment);
  REQUIRE(engine.attach_transcript(id, sample_call("board-meeting.vtt")));
  CHECK_FALSE(engine.result(id).value().assessment);
  CHECK(engine.result(id).value().usage.at(0).usage.requests == 3);
  answered = 1'000;
  REQUIRE(engine.attach_transcript(id, call));
  REQUIRE(engine.run(id));
  CHECK(engine.result(id).value().assessment->responses.size() == 92);
}

TEST_CASE("a review that is asked for while a call is judged is waited for") {
  Corner c;
  const Transcript call = small_call();
  std::string id;
  const Honest honest(call, Checklist::standard());
  c.options.services.model =
      std::make_shared<MockModel>([&](const ModelRequest &request, std::size_t) {
        SessionChange change;
        change.review = true;
        REQUIRE(c.engine->update(id, change));
        return Result<ModelReply>(honest(request));
      });
  const auto engine = Engine::open(c.options).value();
  id = attached(engine, call).id;
  RunOptions one;
  one.parallel = 1;
  CHECK(engine.run(id, one).value().status == SessionStatus::pending_review);
  CHECK(engine.run_pending().value().empty());
}

TEST_CASE("ids that cannot be parts of keys are refused") {
  for (const std::string &id : {std::string(), std::string("a/b"), std::string("../x"),
                                std::string("a b"), std::string(65, 'a'), std::string(".a")}) {
    EngineOptions options = offline_options();
    options.new_id = [id] { return id; };
    CHECK(Engine::open(options).value().create({"Acme"}).error().where == "new_id");
  }
  EngineOptions options = offline_options();
  options.tenant = std::string(201, 't');
  CHECK(Engine::open(options).error().where == "tenant");
  options = offline_options();
  options.lease_ms = 50;
  CHECK(Engine::open(options).error().where == "lease_ms");
}

TEST_CASE("damaged sessions are told beside the sound ones, without their words") {
  const std::pair<const char *, const char *> damages[] = {
      {"null", "object"},
      {"[]", "object"},
      {"{}", "customer"},
      {R"({"customer": 7})", "must be string"},
      {R"({"customer": "Acme-Secret"})", "opportunity"}};
  for (const auto &[body, told] : damages) {
    CAPTURE(std::string(body));
    Corner c;
    const std::string broken = attached(*c.engine, small_call()).id;
    const std::string sound = attached(*c.engine, small_call()).id;
    Record record = c.options.store->get("session", "", broken).value();
    record.body = body;
    REQUIRE(c.options.store->commit({{Write::Action::put, record, {}}}));
    const SessionPage page = c.engine->list().value();
    REQUIRE(page.sessions.size() == 1);
    CHECK(page.sessions[0].id == sound);
    REQUIRE(page.damaged.size() == 1);
    const Error &error = page.damaged[0];
    CHECK(error.code == ErrorCode::corrupt);
    CHECK(error.where == "session " + broken);
    CHECK(error.message.find(told) != std::string::npos);
    CHECK(error.message.find("Secret") == std::string::npos);
    CHECK(c.engine->find(broken).error().message == error.message);
    CHECK(to_json(page).find("damaged") != std::string::npos);
  }
}

TEST_CASE("a stored session that is no JSON or no text is damaged, and its error is a text") {
  const auto fault = [](const std::string &id, const std::string &body) {
    Record row;
    row.id = id;
    row.body = body;
    try {
      (void)engine::session_record_of(row);
    } catch (const BadResult &damaged) {
      return damaged.error();
    }
    return Error{};
  };
  for (const std::string body : {"", "{", "\xff", "{\"customer\": \"Acme-Secret",
                                 "{\"customer\": \"Acme-Secret\xff\xfe\"}", "\"\\ud800\"", "nan"}) {
    CAPTURE(body);
    const Error error = fault("s1", body);
    CHECK(error.code == ErrorCode::corrupt);
    CHECK(error.where == "session s1");
    CHECK(error.message.find("not JSON in UTF-8 from byte") != std::string::npos);
    CHECK(error.message.find("Secret") == std::string::npos);
  }
  for (const std::string id : {"\xff\xfe", "a\x1b[31m", "a\nb", "\xc3"}) {
    const Error error = fault(id, "{}");
    CHECK(error.message.find("its id") != std::string::npos);
    CHECK_NOTHROW((void)to_json(SessionPage{{}, "", {error}}));
    CHECK(error.where.find_first_of("\x1b\n") == std::string::npos);
  }
}

TEST_CASE("a session that cannot be read holds up no other") {
  Corner c;
  const std::string broken = attached(*c.engine, small_call()).id;
  const std::string sound = attached(*c.engine, small_call()).id;
  Record record = c.options.store->get("session", "", broken).value();
  record.body = "{}";
  REQUIRE(c.options.store->commit({{Write::Action::put, record, {}}}));
  CHECK(c.engine->find(broken).error().code == ErrorCode::corrupt);
  CHECK(c.engine->list().value().sessions.size() == 1);
  const auto ran = c.engine->run_pending().value();
  REQUIRE(ran.size() == 1);
  CHECK(ran[0].id == sound);
}

TEST_CASE("a session that is listed by other words than its own is found by its audit log") {
  Corner c;
  const std::string id = c.engine->create({"Acme"}).value().id;
  Record record = c.options.store->get("session", "", id).value();
  record.owner = "eve";
  REQUIRE(c.options.store->commit({{Write::Action::put, record, {}}}));
  CHECK(c.engine->verify_audit(id).value().faults.at(0).message.find("listed") !=
        std::string::npos);
}
