// Who speaks in a transcript that does not say so: what a model says of it, and what of that holds.
#include "engine/engines.hpp"
#include "unnamed.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

// The share of words with the same role; the words are the same.
double share_of_equal_words(const std::vector<std::pair<Role, std::string>> &found,
                            const std::vector<std::pair<Role, std::string>> &expected) {
  const auto roles_of = [](const auto &turns) {
    std::vector<Role> out;
    for (const auto &[role, text] : turns) {
      const auto words = 1 + std::count(text.begin(), text.end(), ' ');
      out.insert(out.end(), static_cast<std::size_t>(words), role);
    }
    return out;
  };
  const auto a = roles_of(found), b = roles_of(expected);
  REQUIRE(a.size() == b.size());
  double equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal / static_cast<double>(a.size());
}

}  // namespace

TEST_CASE("each word gets its speaker, also where the speaker changes within a segment") {
  const Transcript call = freight();
  for (const std::size_t per_segment : {1, 3, 1000}) {
    CAPTURE(per_segment);
    const Unnamed unnamed = without_speakers(call, per_segment);
    REQUIRE(lacks_speakers(unnamed.transcript));
    MockModel model(knowing(unnamed));
    Usage usage;
    const Transcript out = separate_turns(unnamed.transcript, model, {}, &usage).value();
    CHECK(validate(out).empty());
    CHECK(out.speakers_inferred);
    CHECK(out.role_source == RoleSource::inferred);
    CHECK(words_of(out) == words_of(unnamed.transcript));
    CHECK(usage.requests == static_cast<std::int64_t>(model.count()));
    // As the call is with names, where one goes on.
    std::vector<std::pair<Role, std::string>> expected, found;
    for (std::size_t i = 0; i < call.utterances.size(); ++i) {
      const Utterance &said = call.utterances[i];
      const bool goes_on = i > 0 && call.utterances[i - 1].speaker == said.speaker;
      if (goes_on) expected.back().second += " " + said.text;
      if (!goes_on) expected.emplace_back(said.role, said.text);
    }
    for (const Utterance &said : out.utterances) found.emplace_back(said.role, said.text);
    if (per_segment == 1) CHECK(found == expected);
    CHECK(share_of_equal_words(found, expected) >= (per_segment == 1 ? 1.0 : 0.98));
  }
}

TEST_CASE("a part of a span has no time of its own at the cut") {
  Transcript one;
  one.utterances.resize(1);
  Utterance &said = one.utterances[0];
  said.text = "How are you? Fine, thanks. Good.";
  said.begin_ms = 1'000;
  said.end_ms = 9'000;
  said.spans = {{0, 1'000, 5'000}, {27, 5'000, 9'000}};
  REQUIRE(validate(one).empty());
  const auto units = turns::units_of(one);
  REQUIRE(units.size() == 3);
  const Transcript out = turns::with_speakers(one, units, {"A", "B", "B"});
  CHECK(validate(out).empty());
  REQUIRE(out.utterances.size() == 2);
  CHECK(out.utterances[0].text == "How are you?");
  CHECK(out.utterances[0].begin_ms == 1'000);
  CHECK_FALSE(out.utterances[0].end_ms);
  CHECK(out.utterances[1].text == "Fine, thanks. Good.");
  CHECK_FALSE(out.utterances[1].begin_ms);
  CHECK(out.utterances[1].end_ms == 9'000);
  CHECK(out.utterances[1].spans[1].begin == 14);
  CHECK(out.utterances[1].spans[1].begin_ms == 5'000);
}

TEST_CASE("sentences are cut with their quotation marks, in scripts with and without spaces") {
  const auto cut = [](const std::string &text) {
    Transcript one;
    one.utterances.resize(1);
    one.utterances[0].text = text;
    std::vector<std::string> out;
    for (const turns::Unit &unit : turns::units_of(one))
      out.emplace_back(turns::text_of(one, unit));
    return out;
  };
  using V = std::vector<std::string>;
  CHECK(cut("He said no. \"In September.\" And why?") ==
        V{"He said no. \"In September.\"", "And why?"});
  CHECK(cut("What did we write? \"In development.\" That.") ==
        V{"What did we write?", "\"In development.\"", "That."});
  CHECK(cut("¿Cuánto es? ¡Mucho! Bueno.") == V{"¿Cuánto es?", "¡Mucho!", "Bueno."});
  CHECK(cut("多少钱？「很贵。」好的。").size() >= 2);
  CHECK(cut("...") == V{"..."});
  CHECK(cut("no stops here at all") == V{"no stops here at all"});
}

TEST_CASE("however the speakers fall, the words stay and the transcript is valid") {
  std::mt19937 random(7);
  const Unnamed unnamed = freight_unnamed(4);
  const auto units = turns::units_of(unnamed.transcript);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> speakers(units.size());
    for (std::string &speaker : speakers) speaker = std::array{"", "A", "B"}[random() % 3];
    const Transcript out = turns::with_speakers(unnamed.transcript, units, speakers);
    REQUIRE(words_of(out) == words_of(unnamed.transcript));
    REQUIRE(validate(out).empty());
  }
}

TEST_CASE("a reply that cannot be right is asked for again, with its fault, and then refused") {
  Unnamed unnamed = freight_unnamed(1);
  unnamed.transcript.utterances.resize(40);  // one passage
  const std::size_t last = turns::units_of(unnamed.transcript).size();
  const Json right = {{"speakers", speakers_of(unnamed.roles)},
                      {"turns", turns_of(unnamed.truth, 0, last)}};
  const auto with_turn = [&](std::size_t i, const Json &turn) {
    Json out = right;
    out["turns"][i] = turn;
    return out.dump();
  };
  Json nobody = right;
  nobody["turns"] = Json::array();
  Json many = right;
  many["speakers"].push_back({{"speaker", 9}, {"reasoning", ""}, {"role", "customer"}});
  for (const auto &[reply, fault] :
       {std::pair{std::string("I cannot tell."), std::string("Your last reply could not be used")},
        std::pair{with_turn(0, {{"line", 1}, {"speaker", 1}}), std::string("begin with line 0")},
        std::pair{with_turn(2, {{"line", 1}, {"speaker", 1}}), std::string("in the order")},
        std::pair{with_turn(1, {{"line", last}, {"speaker", 1}}), std::string("in the order")},
        std::pair{with_turn(1, {{"line", -4}, {"speaker", 1}}), std::string("in the order")},
        std::pair{with_turn(1, {{"line", 3}, {"speaker", 7}}), std::string("speaker 7 is not")},
        std::pair{with_turn(1, {{"line", 3}, {"speaker", -1}}), std::string("speaker -1 is not")},
        std::pair{with_turn(1, {{"line", 3}}), std::string("speaker")},
        std::pair{nobody.dump(), std::string("turns is empty")},
        std::pair{many.dump(), std::string("speaker 9 is not a number from 1 to 8")},
        std::pair{std::string(R"({"speakers":[]})"), std::string("turns is missing")}}) {
    CAPTURE(reply);
    MockModel once([&, wrong = reply](const ModelRequest &, std::size_t i) -> Result<ModelReply> {
      return ModelReply{i == 0 ? wrong : right.dump()};
    });
    CHECK(separate_turns(unnamed.transcript, once));
    REQUIRE(once.count() == 2);
    CHECK(once.requests()[1].question.find(fault) != std::string::npos);
    MockModel always([wrong = reply](const ModelRequest &, std::size_t) -> Result<ModelReply> {
      return ModelReply{wrong};
    });
    const auto refused = separate_turns(unnamed.transcript, always);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::refused);
    CHECK(always.count() == 3);
  }
}

TEST_CASE("one voice for all words is no separation") {
  Unnamed unnamed = freight_unnamed();
  std::fill(unnamed.truth.begin(), unnamed.truth.end(), 1);
  MockModel model(knowing(unnamed));
  CHECK(separate_turns(unnamed.transcript, model).error().code == ErrorCode::refused);
}

TEST_CASE("words whose speaker cannot be told stay nobody's") {
  Unnamed unnamed = freight_unnamed(1);
  unnamed.truth[4] = 0;
  MockModel model(knowing(unnamed));
  const Transcript out = separate_turns(unnamed.transcript, model).value();
  const std::string words(
      turns::text_of(unnamed.transcript, turns::units_of(unnamed.transcript)[4]));
  const auto found = std::find_if(out.utterances.begin(), out.utterances.end(),
                                  [](const Utterance &u) { return u.speaker.empty(); });
  REQUIRE(found != out.utterances.end());
  CHECK(found->text == words);
  CHECK(found->role == Role::unknown);
}

TEST_CASE("words that the recogniser has invented are not asked about, and stay nobody's") {
  Unnamed unnamed = freight_unnamed(1);
  Utterance invented;
  invented.text = "Thank you for watching.";
  invented.spans.resize(1);
  invented.suspect = "the recogniser is known to write this into silence";
  unnamed.transcript.utterances.push_back(invented);
  MockModel model(knowing(unnamed));
  const Transcript out = separate_turns(unnamed.transcript, model).value();
  CHECK(model.requests()[0].shared.find("watching") == std::string::npos);
  CHECK(out.utterances.back().text == invented.text);
  CHECK(out.utterances.back().speaker.empty());
}

TEST_CASE("if the model and the talk disagree about who sells, nobody has a role") {
  Unnamed unnamed = freight_unnamed();
  for (auto &[number, role] : unnamed.roles) role = role == Role::rep ? Role::customer : Role::rep;
  MockModel model(knowing(unnamed));
  const Transcript out = separate_turns(unnamed.transcript, model).value();
  CHECK(out.speakers_inferred);
  CHECK(out.role_source == RoleSource::none);
  CHECK(out.role_reason.find("disagree") != std::string::npos);
  CHECK(std::all_of(out.utterances.begin(), out.utterances.end(),
                    [](const Utterance &u) { return u.role == Role::unknown; }));
}

TEST_CASE("roles are given only if it is known who sells") {
  Transcript chat;
  for (const char *text : {"Morning.", "Morning, how was the train?", "Late again.",
                           "It always is.", "I had a coffee meanwhile.", "That is the spirit."}) {
    chat.utterances.emplace_back();
    chat.utterances.back().text = text;
    chat.utterances.back().spans.resize(1);
  }
  Unnamed unnamed = without_speakers(chat, 1);
  unnamed.truth = {1, 2, 1, 2, 1, 2};
  unnamed.roles = {{1, Role::customer}, {2, Role::unknown}};
  MockModel model(knowing(unnamed));
  const Transcript out = separate_turns(unnamed.transcript, model).value();
  CHECK(validate(out).empty());
  CHECK(out.utterances.size() == 6);
  CHECK(out.role_source == RoleSource::none);
}

TEST_CASE("the names of the salespeople are told to the model") {
  const Unnamed unnamed = freight_unnamed();
  MockModel model(knowing(unnamed));
  SeparateOptions options;
  options.rep_names = {"Imogen\nCarter"};
  REQUIRE(separate_turns(unnamed.transcript, model, options));
  CHECK(model.requests()[0].question.find("Who sells is called: Imogen Carter.") !=
        std::string::npos);
}

TEST_CASE("nothing is asked about a transcript with speakers, or without words") {
  MockModel model([](const ModelRequest &, std::size_t) -> Result<ModelReply> {
    return Error{ErrorCode::internal, "asked", {}};
  });
  const Transcript named = freight();
  CHECK_FALSE(lacks_speakers(named));
  CHECK(separate_turns(named, model).value().utterances.size() == named.utterances.size());
  CHECK_FALSE(lacks_speakers({}));
  Transcript invalid;
  invalid.utterances.resize(1);
  CHECK(separate_turns(invalid, model).error().code == ErrorCode::invalid_argument);
  CHECK(model.count() == 0);
}

TEST_CASE("analyze() separates the turns first, says so, and stays within one budget") {
  const Unnamed unnamed = freight_unnamed();
  const auto know = knowing(unnamed);
  MockModel first(know);
  const Transcript separated = separate_turns(unnamed.transcript, first).value();
  const auto model = std::make_shared<MockModel>(
      [know, honest = Honest(separated, Checklist::standard())](
          const ModelRequest &request, std::size_t i) -> Result<ModelReply> {
        return is_turns(request) ? know(request, i) : Result<ModelReply>(honest(request));
      });
  AnalyzeOptions options;
  options.model = model;
  options.read.rep_names = {"Imogen"};
  const Report report = analyze(unnamed.transcript, Checklist::standard(), options).value();
  CHECK(report.transcript.speakers_inferred);
  REQUIRE(report.usage.size() == 3);
  CHECK(report.usage[0].stage == "separate");
  REQUIRE(report.score);
  CHECK(report.score->total_score > 0);
  CHECK(std::any_of(report.notices.begin(), report.notices.end(), [](const std::string &notice) {
    return notice.find("told the speakers apart by their words alone") != std::string::npos;
  }));
  // As a file too, which names nobody.
  const std::string json = to_json(unnamed.transcript);
  CHECK(
      analyze(std::string_view(json), Checklist::standard(), options).value().score->total_score ==
      report.score->total_score);
  options.call.budget.tokens = 100;  // not even for the first question
  CHECK(analyze(unnamed.transcript, Checklist::standard(), options).error().code ==
        ErrorCode::over_budget);
}

TEST_CASE("a model that cannot separate turns is done without; a service that fails is a failure") {
  const Unnamed unnamed = freight_unnamed();
  const auto honest = Honest(unnamed.transcript, Checklist::standard());
  AnalyzeOptions options;
  options.model = std::make_shared<MockModel>(
      [&](const ModelRequest &request, std::size_t) -> Result<ModelReply> {
        return is_turns(request) ? ModelReply{"Sorry."} : honest(request);
      });
  const Report report = analyze(unnamed.transcript, Checklist::standard(), options).value();
  CHECK_FALSE(report.transcript.speakers_inferred);
  CHECK(std::any_of(report.notices.begin(), report.notices.end(), [](const std::string &notice) {
    return notice.find("could not tell the speakers apart (refused)") != std::string::npos;
  }));
  options.model =
      std::make_shared<MockModel>([](const ModelRequest &, std::size_t) -> Result<ModelReply> {
        return Error{ErrorCode::network, "gone", {}};
      });
  CHECK(analyze(unnamed.transcript, Checklist::standard(), options).error().code ==
        ErrorCode::network);
}

TEST_CASE(
    "a session keeps the separated turns, pays for them once, and a person may correct them") {
  const Unnamed unnamed = freight_unnamed();
  const auto know = knowing(unnamed);
  MockModel first(know);
  const Transcript separated = separate_turns(unnamed.transcript, first).value();
  const auto asked_of_all = static_cast<int>(first.count());
  int turns_asked = 0;
  bool fails = true;
  const auto model = std::make_shared<MockModel>(
      [&, honest = Honest(separated, Checklist::standard())](const ModelRequest &request,
                                                             std::size_t i) -> Result<ModelReply> {
        if (is_turns(request)) ++turns_asked;
        if (is_turns(request)) return know(request, i);
        if (fails) return Error{ErrorCode::network, "gone", {}};
        return honest(request);
      });
  EngineOptions options = offline_options();
  options.services.model = model;
  const Engine engine = Engine::open(options).value();
  const Session session = attached(engine, unnamed.transcript);
  REQUIRE_FALSE(engine.run(session.id));  // fails after the turns
  CHECK(engine.find(session.id).value().transcript_version == 2);
  fails = false;
  const Session done = engine.run(session.id).value();
  CHECK(done.status == SessionStatus::completed);
  CHECK(turns_asked == asked_of_all);
  const SessionResult result = engine.result(session.id).value();
  REQUIRE(result.transcript);
  CHECK(result.transcript->speakers_inferred);
  REQUIRE_FALSE(result.usage.empty());
  CHECK(result.usage[0].stage == "separate");
  const auto audit = engine.audit(session.id).value();
  CHECK(std::any_of(audit.begin(), audit.end(), [](const AuditEntry &entry) {
    return entry.action == "speakers told apart" && entry.detail == "openai:gpt-4o-mini";
  }));
}

TEST_CASE("a session tells the speakers apart, assesses and coaches within one budget") {
  const Unnamed unnamed = freight_unnamed();
  const auto know = knowing(unnamed);
  MockModel first(know);
  const Transcript separated = separate_turns(unnamed.transcript, first).value();
  EngineOptions options = offline_options();
  options.services.model = std::make_shared<MockModel>(
      [&, honest = Honest(separated, Checklist::standard())](const ModelRequest &request,
                                                             std::size_t i) -> Result<ModelReply> {
        return is_turns(request) ? know(request, i) : honest(request);
      });
  const Engine engine = Engine::open(options).value();
  const auto tokens_with = [&](std::int64_t budget) {
    const std::string id = attached(engine, unnamed.transcript).id;
    RunOptions run;
    run.call.budget.tokens = budget;
    REQUIRE(engine.run(id, run));
    std::int64_t out = 0;
    for (const StageUsage &stage : engine.result(id).value().usage) {
      out += stage.usage.tokens_in + stage.usage.tokens_out;
    }
    return out;
  };
  const std::int64_t all = tokens_with(0);
  CHECK(tokens_with(all / 2) <= all / 2);
}
