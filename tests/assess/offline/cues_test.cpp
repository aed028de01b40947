// Cues beside a checklist: what makes them sound, and what tuning them changes.
#include <doctest/doctest.h>

#include "json/library.hpp"

#include <set>

#include "assess/offline/assessor_id.hpp"
#include "json/schema.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

using Json = nlohmann::json;

constexpr const char *never_said = "xylophone quorum of the seventh marmalade";

std::shared_ptr<const Cues> tuned() {
  Cues out = Cues::standard();
  for (auto &[id, item] : out.items) {
    for (auto *list : {&item.statement, &item.question, &item.exchange, &item.veto}) {
      list->push_back(never_said);
    }
    if (!item.answer.empty()) item.answer.push_back(never_said);
  }
  return std::make_shared<const Cues>(std::move(out));
}

Report some_report(std::shared_ptr<const Cues> cues = {}) {
  AnalyzeOptions options;
  options.read.rep_names = {"Imogen"};
  options.cues = std::move(cues);
  return analyze(read_file(source_dir() / "examples/calls/freight-tracking.vtt"),
                 Checklist::standard(), options)
      .value();
}

std::string places(const Cues &cues) {
  std::string out;
  for (const Error &fault : validate(cues, Checklist::ten_point())) out += fault.where + " ";
  return out;
}

// A checklist of two items, with these cues inside the first.
Json with_inside(const Json &cues, const Json &concepts = Json::object()) {
  Json out = Json::parse(R"({"id": "own", "name": "Own", "categories": [
      {"id": "a", "name": "A", "items": [
        {"id": "a.1", "title": "One", "definition": "They lose something."},
        {"id": "a.2", "title": "Two", "definition": "They say more."}]}]})");
  if (!concepts.empty()) out["concepts"] = concepts;
  out["categories"][0]["items"][0]["cues"] = cues;
  return out;
}

}  // namespace

TEST_CASE("a cue that never matches changes nothing but the assessor's id") {
  const Report before = some_report(), after = some_report(tuned());
  CHECK(before.assessor != after.assessor);
  CHECK(before.checklist_fingerprint == after.checklist_fingerprint);
  CHECK(before.score->fingerprint == after.score->fingerprint);
  CHECK(to_json(before.responses) == to_json(after.responses));
  Json same = Json::parse(to_json(after));
  same["assessor"] = before.assessor;
  CHECK(same == Json::parse(to_json(before)));
}

TEST_CASE("a report that was stored before the cues were tuned reads back after") {
  Json stored = Json::parse(to_json(some_report()));
  stored["assessor"] = some_report(tuned()).assessor;
  CHECK(report_from_json(stored.dump(), Checklist::standard()));
  stored["assessor"] = "offline-cues/1";
  CHECK(report_from_json(stored.dump(), Checklist::standard()).error().where == "/score");
}

TEST_CASE("a cue that matches changes an answer, and with it the score's fingerprint") {
  Cues cues = Cues::standard();
  const Report before = some_report();
  const std::string gap = before.score->gaps.front().item_id;
  cues.items[gap].statement.push_back("we");
  const Report after = some_report(std::make_shared<const Cues>(cues));
  CHECK(after.score->summary.validated_items == before.score->summary.validated_items + 1);
  CHECK(after.score->fingerprint != before.score->fingerprint);
  CHECK(after.checklist_fingerprint == before.checklist_fingerprint);
}

TEST_CASE("the shipped checklists hold no cues, and their cues are files of their own") {
  const std::pair<const Checklist *, const Cues *> shipped[] = {
      {&Checklist::standard(), &Cues::standard()}, {&Checklist::ten_point(), &Cues::ten_point()}};
  for (const auto &[checklist, cues] : shipped) {
    const auto schemas = source_dir() / "schemas";
    const std::string text = read_file(schemas / "checklists" / (checklist->id + ".json"));
    CHECK(text.size() < 100'000);
    CHECK(text.find("\"cues\"") == std::string::npos);
    CHECK(text.find("\"concepts\"") == std::string::npos);
    const std::string phrases = read_file(schemas / "cues" / (checklist->id + ".json"));
    CHECK(json::schema_faults(Json::parse(phrases), "cues.schema.json").empty());
    CHECK(to_json(cues_from_json(phrases, *checklist).value()) == to_json(*cues));
    CHECK(validate(*cues, *checklist).empty());
    CHECK(cues->items.size() + 1 >= item_count(*checklist));
    CHECK(*find_cues(checklist->id) == cues);
  }
  CHECK(find_cues("nine-point").error().code == ErrorCode::not_found);
}

TEST_CASE("each fault of cues is found at its place") {
  const Cues sound = Cues::ten_point();
  CHECK(places(sound) == "");
  Cues cues = sound;
  cues.checklist_id = "sales-checklist-92";
  CHECK(places(cues) == "/checklist ");
  cues = sound;
  cues.items["mentor.99"].statement = {"we lose"};
  CHECK(places(cues) == "/items/mentor.99 ");
  cues.items["a/b~c"];
  CHECK(places(cues) == "/items/a~1b~0c /items/mentor.99 ");
  cues = sound;
  cues.items["mentor.01"].answer = {"we lose", "(broken"};
  cues.items["mentor.01"].veto = {"{no_such_concept}"};
  CHECK(places(cues) == "/items/mentor.01/answer/1 /items/mentor.01/veto/0 ");
  cues.items["mentor.99"];
  CHECK(places(cues) == "/items/mentor.99 /items/mentor.01/answer/1 /items/mentor.01/veto/0 ");
  for (const char *broken : {"", "()", "(a|)", "a)", "{a", "... a", "we're?", "a ; b"}) {
    CAPTURE(broken);
    cues = sound;
    cues.items["mentor.01"].statement = {broken};
    CHECK(places(cues) == "/items/mentor.01/statement/0 ");
  }
}

TEST_CASE("a circle of concepts is a fault, a chain is none") {
  Cues cues;
  cues.checklist_id = "ten-point";
  cues.items["mentor.01"].statement = {"{a}"};
  CHECK(validate(cues, Checklist::ten_point()).at(0).message.find("concept 'a'") !=
        std::string::npos);
  cues.concepts = {{"a", {"{b}"}}, {"b", {"{a}"}}};
  const Error circle = validate(cues, Checklist::ten_point()).at(0);
  CHECK(circle.message == "the concept refers to itself, directly or through other concepts");
  CHECK(circle.where == "/concepts/a");
  cues.concepts = {{"a", {"{b}"}}, {"b", {"fine"}}};
  CHECK(places(cues) == "");
}

TEST_CASE("a short cue that stands for too much is a fault, and is found at once") {
  const auto fault_of = [](const Cues &cues) {
    const auto faults = validate(cues, Checklist::ten_point());
    return faults.empty() ? std::string() : faults.front().where + ": " + faults.front().message;
  };
  const auto name_of = [](int i) {
    return "c" + std::string(i < 10 ? "0" : "") + std::to_string(i);
  };
  Cues cues;
  cues.checklist_id = "ten-point";
  cues.items["mentor.01"].statement = {"{c00}"};
  // Each concept stands for four times as much as the next.
  for (const int levels : {5, 12}) {
    cues.concepts.clear();
    for (int i = 0; i < levels; ++i) {
      const std::string next = "{" + name_of(i + 1) + "}";
      cues.concepts[name_of(i)] = {next + " a " + next, next + " b " + next};
    }
    cues.concepts[name_of(levels)] = {"word"};
    CAPTURE(fault_of(cues));
    CHECK((fault_of(cues) == "") == (levels == 5));
  }
  CHECK(fault_of(cues).find("stands for too much") != std::string::npos);
  // A chain, whichever end is looked at first.
  for (const bool upwards : {false, true}) {
    for (const int levels : {16, 17, 20'000}) {
      cues.concepts.clear();
      for (int i = 0; i < levels; ++i) {
        const int number = upwards ? i : levels - 1 - i;
        cues.concepts["k" + std::to_string(100'000 + number)] = {
            i == 0 ? "word"
                   : "{k" + std::to_string(100'000 + (upwards ? i - 1 : levels - i)) + "}"};
      }
      cues.items["mentor.01"].statement = {"{k100000}"};
      CAPTURE(levels);
      CHECK((fault_of(cues) == "") == (levels == 16));
    }
  }
  // Many cues that are each within the bound.
  cues.concepts = {{"many", std::vector<std::string>(9'000, "word")}};
  cues.items["mentor.01"].statement.assign(110, "{many}");
  CHECK(fault_of(cues) == "");
  cues.items["mentor.01"].statement.resize(112, "{many}");
  CHECK(fault_of(cues).rfind("/items/mentor.01/statement: the cues up to here", 0) == 0);
}

TEST_CASE("cues survive JSON byte for byte, and any edit changes their fingerprint") {
  std::set<std::string> prints = {fingerprint(Cues::ten_point())};
  std::size_t edits = 0;
  const auto edited = [&](auto edit) {
    Cues copy = Cues::ten_point();
    edit(copy, copy.items["mentor.01"]);
    CHECK(prints.insert(fingerprint(copy)).second);
    CHECK(to_json(cues_from_json(to_json(copy)).value()) == to_json(copy));
    ++edits;
  };
  edited([](auto &c, auto &) { c.checklist_id += "x"; });
  edited([](auto &c, auto &) { c.concepts["x"] = {"y"}; });
  edited([](auto &c, auto &) { c.concepts["x"] = {"y", "z"}; });
  edited([](auto &c, auto &) { c.items["x"]; });
  edited([](auto &, auto &i) { i.statement.push_back("x"); });
  edited([](auto &, auto &i) { i.question.push_back("x"); });
  edited([](auto &, auto &i) { i.exchange.push_back("x"); });
  edited([](auto &, auto &i) { i.answer.push_back("x"); });
  edited([](auto &, auto &i) { i.veto.push_back("x"); });
  CHECK(prints.size() == edits + 1);
  CHECK(fingerprint(Cues::standard()) == fingerprint(Cues(Cues::standard())));
}

TEST_CASE("cues in JSON are refused with their pointer, and for a checklist that lacks the item") {
  const auto refusal = [](const char *text) { return cues_from_json(text).error().where; };
  CHECK(refusal(R"({"items": {}})") == "/");
  CHECK(refusal(R"({"checklist": "x", "items": {"a": {"say": ["b"]}}})") == "/items/a");
  CHECK(refusal(R"({"checklist": "x", "items": {"a": {"veto": [""]}}})") == "/items/a/veto/0");
  CHECK(refusal(R"({"checklist": "x", "items": {"a": {"veto": ["(b"]}}})") == "/items/a/veto/0");
  CHECK(refusal(R"({"checklist": "x", "concepts": {"a": ["{a}"]}, "items": {}})") == "/concepts/a");
  const char *sound = R"({"checklist": "ten-point", "items": {"mentor.99": {"veto": ["b"]}}})";
  CHECK(cues_from_json(sound));
  const Error unknown = cues_from_json(sound, Checklist::ten_point()).error();
  CHECK(unknown.code == ErrorCode::invalid_input);
  CHECK(unknown.where == "/items/mentor.99");
}

TEST_CASE("cues inside a checklist are read by their new and by their old names") {
  const Json by_new = {{"statement", {"we (lose|waste) {soon}"}},
                       {"question", {"b"}},
                       {"exchange", {"c"}},
                       {"answer", {"d"}},
                       {"veto", {"e"}}};
  const Json by_old = {{"say", {"we (lose|waste) {soon}"}},
                       {"asks", {"b"}},
                       {"asked", {"c"}},
                       {"reply", {"d"}},
                       {"unless", {"e"}}};
  const Json concepts = {{"soon", {"by june", "this week"}}};
  for (const Json &names : {by_new, by_old}) {
    const std::string text = with_inside(names, concepts).dump();
    CHECK(json::schema_faults(Json::parse(text), "checklist.schema.json").empty());
    const ChecklistFile file = read_checklist(text).value();
    REQUIRE(file.cues);
    CHECK(Json::parse(to_json(*file.cues)) ==
          Json{{"checklist", "own"}, {"concepts", concepts}, {"items", {{"a.1", by_new}}}});
    CHECK(validate(*file.cues, file.checklist).empty());
    REQUIRE(file.notices.size() == 1);
    CHECK(file.notices[0].find("a separate file") != std::string::npos);
    CHECK(to_json(file.checklist).find("cues") == std::string::npos);
    CHECK(checklist_from_json(to_json(file.checklist)));
    const Error lost = checklist_from_json(text).error();
    CHECK(lost.code == ErrorCode::invalid_input);
    CHECK(lost.where == "/concepts");
    CHECK(lost.message.find("read_checklist()") != std::string::npos);
  }
  const Error item = checklist_from_json(with_inside({{"say", {"a"}}}).dump()).error();
  CHECK(item.where == "/categories/0/items/0/cues");
}

TEST_CASE("a checklist with empty cues inside holds no cues") {
  const std::string text = with_inside({{"say", Json::array()}}).dump();
  CHECK(checklist_from_json(text));
  const ChecklistFile file = read_checklist(text).value();
  CHECK_FALSE(file.cues);
  CHECK(file.notices.empty());
}

TEST_CASE("broken cues inside a checklist are refused at their place in it") {
  const auto place = [](const Json &cues, const Json &concepts = Json::object()) {
    return read_checklist(with_inside(cues, concepts).dump()).error().where;
  };
  const std::string item = "/categories/0/items/0/cues";
  CHECK(place({{"say", {"a", "(broken"}}}) == item + "/say/1");
  CHECK(place({{"question", {"we lose {nothing_known}"}}}) == item + "/question/0");
  CHECK(place({{"answers", {"a"}}}) == item);
  CHECK(place({{"reply", {7}}}) == item + "/reply/0");
  CHECK(place({{"say", {"a"}}}, {{"a", {"{a}"}}}) == "/concepts/a");
}

TEST_CASE("the offline assessor is known by its id, with and without the digits of its cues") {
  const std::string id = assessing::offline_assessor(Cues::ten_point());
  CHECK(id == "offline-cues/3:" + fingerprint(Cues::ten_point()).substr(0, 8));
  CHECK(assessing::is_offline_assessor(id));
  CHECK(assessing::is_offline_assessor("offline-cues/1"));
  CHECK(assessing::without_cue_digits(id) == "offline-cues/3");
  CHECK(assessing::without_cue_digits(id + ", then Dana") == "offline-cues/3, then Dana");
  for (const std::string other :
       {"", "Dana", "offline-cues/", "offline-cues/x", "offline-cues/3:1a2b3c4", "offline-cues/3:",
        "offline-cues/3:1a2b3c4d5", "offline-cues/3, then Dana", "openai:gpt-4o-mini/assess-2"}) {
    CAPTURE(other);
    CHECK_FALSE(assessing::is_offline_assessor(other));
    CHECK(assessing::without_cue_digits(other) == other);
  }
}

}  // namespace saleschecklist::test
