// Whatever somebody does to the records of a store, an engine says which record is corrupt.
#include <doctest/doctest.h>

#include <set>

#include "engines.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

const std::vector<std::string> kinds = {
    "session", "job",   "transcript", "assessment", "score",     "coaching", "speech",
    "report",  "audit", "exchange",   "answers",    "checklist", "cues"};

// The bodies with one value of the document, at any depth, replaced or removed.
std::vector<std::string> tampered(const Json &body, std::size_t most) {
  const Json flat = body.flatten();
  const Json others[] = {Json(),     Json(true),        Json(-1),       Json(1e300),
                         Json("x"),  Json(INT64_MAX),   Json::array(),  Json::object(),
                         Json(0.25), Json::array({-7}), Json{{"x", 1}}, Json("\u00e4\u0301")};
  std::vector<Json::json_pointer> places;
  for (const auto &[place, value] : flat.items()) {
    Json::json_pointer at(place);
    if (at.empty()) continue;
    places.push_back(at);
    if (!at.parent_pointer().empty()) places.push_back(at.parent_pointer());
  }
  std::vector<std::string> out = {"", "{", "[]", "7", "null", "\"x\"", "{}"};
  const std::size_t step = std::max<std::size_t>(1, places.size() / most);
  for (std::size_t p = 0; p < places.size(); p += step) {
    const Json::json_pointer &at = places[p];
    Json changed = body;
    changed[at] = others[p % std::size(others)];
    out.push_back(changed.dump());
    changed = body;
    Json &parent = changed[at.parent_pointer()];
    if (parent.is_object()) parent.erase(at.back());
    if (parent.is_array()) parent.erase(std::stoul(at.back()));
    out.push_back(changed.dump());
  }
  return out;
}

// The engine's session: one that is completed, or one that failed while its answers were read.
struct Tampered {
  EngineOptions options = offline_options();
  std::string id;

  explicit Tampered(bool fails) {
    Transcript call = small_call();
    const auto asked = std::make_shared<std::atomic<int>>(0);
    options.services.model = std::make_shared<MockModel>(
        [asked, fails, honest = Honest(call, Checklist::standard())](
            const ModelRequest &request, std::size_t) -> Result<ModelReply> {
          if (fails && ++*asked > 3) return Error{ErrorCode::network, "gone", {}};
          return honest(request);
        });
    const Engine engine = Engine::open(options).value();
    id = attached(engine, call).id;
    (void)engine.run(id);
    if (!fails) REQUIRE(engine.override_answer(id, "mentor.01", Answer::yes, "heard"));
  }

  std::vector<Record> records() const {
    std::vector<Record> out;
    for (const std::string &kind : kinds) {
      Query query;
      query.kind = kind;
      query.limit = 1'000;
      const Page page = options.store->list(query).value();
      out.insert(out.end(), page.records.begin(), page.records.end());
    }
    return out;
  }

  // Stores that refuse such a body cannot have it.
  bool put(const Record &record) const {
    return options.store->commit({{Write::Action::put, record, {}}}).has_value();
  }

  // The errors of all that can be asked about the session, by an engine that has cached nothing.
  std::vector<Error> errors() const {
    const Engine engine = Engine::open(options).value();
    std::vector<Error> out;
    const auto ask = [&](const auto &result) {
      if (!result) out.push_back(result.error());
    };
    ask(engine.find(id));
    const auto page = engine.list();
    ask(page);
    if (page) out.insert(out.end(), page->damaged.begin(), page->damaged.end());
    ask(engine.result(id));
    ask(engine.report(id));
    ask(engine.history(id));
    ask(engine.audit(id));
    const auto audit = engine.verify_audit(id);
    ask(audit);
    if (audit) out.insert(out.end(), audit->faults.begin(), audit->faults.end());
    ask(engine.run(id));
    return out;
  }
};

// Tampers with every record in turn. Returns the kinds of records for which an error was corrupt.
std::set<std::string> tamper_with_all(bool fails, std::size_t most_places) {
  std::set<std::string> told;
  const Tampered session(fails);
  const auto sound = session.records();
  REQUIRE(sound.size() > 5);
  for (const Record &record : sound) {
    for (const std::string &body : tampered(Json::parse(record.body), most_places)) {
      Record changed = record;
      changed.body = body;
      if (!session.put(changed)) continue;
      CAPTURE(record.kind);
      CAPTURE(body.substr(0, 300));
      for (const Error &error : session.errors()) {
        CAPTURE(to_string(error));
        CHECK(error.code != ErrorCode::internal);
        if (error.code != ErrorCode::corrupt) continue;
        CHECK_FALSE(error.where.empty());
        told.insert(record.kind);
      }
      for (const Record &row : session.records()) {  // what the run wrote goes
        (void)session.options.store->commit({{Write::Action::erase, row, {}}});
      }
      for (const Record &row : sound) REQUIRE(session.put(row));
    }
  }
  CHECK(session.errors().size() == (fails ? 2 : 0));
  return told;
}

}  // namespace

TEST_CASE("a completed session whose records were tampered with is corrupt, never a bug") {
  const auto told = tamper_with_all(false, 40);
  for (const char *kind : {"session", "transcript", "assessment", "score", "coaching", "audit"}) {
    CAPTURE(kind);
    CHECK(told.contains(kind));
  }
}

TEST_CASE("a session that failed while its answers were read and was tampered with is corrupt") {
  const auto told = tamper_with_all(true, 12);
  CHECK(told.contains("exchange"));
}
