// What PostgreSQL keeps is what the audit log vouches for, whatever the numbers look like there.
#include <doctest/doctest.h>

#include "engines.hpp"
#include "storage/postgres_server.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

TEST_CASE("an audit log stays whole in PostgreSQL") {
  PostgresServer *server = PostgresServer::shared();
  if (server == nullptr) {
    MESSAGE("PostgreSQL is not installed");
    return;
  }
  EngineOptions options = offline_options();
  auto store = open_store(server->url());
  if (!store && store.error().code == ErrorCode::unsupported) return;
  options.store = std::move(store).value();
  const Transcript call = small_call();
  const Honest honest(call, Checklist::standard());
  options.services.model =
      std::make_shared<MockModel>([&](const ModelRequest &request, std::size_t) {
        ModelReply reply = honest(request);
        const std::size_t at = reply.text.find("0.9");
        if (at != std::string::npos) reply.text.replace(at, 3, "-0.0");
        return Result<ModelReply>(reply);
      });
  const auto engine = Engine::open(options).value();
  NewSession session{"Ácme \"Żółć\" \\ Ltd"};
  session.policy.green.threshold = 80.125;
  session.policy.yellow.threshold = 1e-3;
  const std::string id = attached(engine, call, session).id;
  REQUIRE(engine.run(id));
  REQUIRE(engine.override_answer(id, "mentor.01", Answer::yes, "heard it"));
  CHECK(engine.verify_audit(id).value().faults.empty());
  REQUIRE(engine.report(id));
  SessionFilter filter;
  filter.customer = "áCME \"żółć\" \\ ltd";
  CHECK(engine.list(filter).value().sessions.size() == 1);
  REQUIRE(engine.erase(id));
  CHECK(engine.verify_audit(id).value().faults.empty());
}
