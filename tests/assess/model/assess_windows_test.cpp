// assess() over a transcript that is longer than the model reads at a time.
#include <doctest/doctest.h>

#include <rapidcheck.h>

#include <set>

#include "assess/model/prompt_transcript.hpp"
#include "mock_model.hpp"

namespace saleschecklist::test {
namespace {

// A talk of `turns` turns each; `said[i]` is what Ann says in turn i.
Transcript long_talk(std::size_t turns, const std::map<std::size_t, std::string> &said) {
  std::string text;
  for (std::size_t i = 0; i < turns; ++i) {
    const auto found = said.find(i);
    text +=
        "Rita: And what else is there to say about the matter number " + std::to_string(i) + "?\n";
    text += "Ann: " +
            (found == said.end() ? "Well, there is this and that, as in week " + std::to_string(i) +
                                       ", and no more than that."
                                 : found->second) +
            "\n";
  }
  return talk(text);
}

// Answers from what it is shown: yes or no with the words, if they are there.
MockModel::Reply listens_for(const std::string &yes, const std::string &no) {
  return [=](const ModelRequest &r, std::size_t) -> Result<ModelReply> {
    const bool denied = !no.empty() && r.shared.find(no) != std::string::npos;
    const bool shown = r.shared.find(yes) != std::string::npos;
    const Json quotes = denied  ? Json::array({quote_of(0, no)})
                        : shown ? Json::array({quote_of(0, yes)})
                                : Json::array();
    return ModelReply{answers_of(Json::array({entry("budget",
                                                    denied  ? "denied"
                                                    : shown ? "yes"
                                                            : "no",
                                                    quotes, 0.8)}))
                          .dump()};
  };
}

const std::string approved = "The budget of two million is approved by the board.";
const std::string withdrawn = "The board has taken the budget back, there is none now.";

Assessment assessed(MockModel &model, const Transcript &t, const AssessOptions &options = {}) {
  Usage usage;
  return assess(t, budget_card(), model, options, &usage).value();
}

std::set<std::size_t> shown_numbers(const std::string &text) {
  std::set<std::size_t> out;
  for (std::size_t at = text.find("\n#"); at != std::string::npos; at = text.find("\n#", at + 1)) {
    out.insert(std::stoul(text.substr(at + 2)));
  }
  return out;
}

}  // namespace

TEST_CASE("a long call is judged in overlapping parts, and the best evidence wins") {
  for (const std::size_t where : {0U, 50U, 199U}) {
    const Transcript t = long_talk(200, {{where, approved}});
    MockModel model(listens_for(approved, ""), 8'000);
    const Assessment out = assessed(model, t);
    REQUIRE(model.count() >= 3);
    CHECK(out.responses[0].answer == Answer::yes);
    CHECK(out.responses[0].support == Support::verified);
    REQUIRE(out.responses[0].evidence.size() == 1);
    CHECK(out.responses[0].evidence[0].utterance == 2 * where + 1);
    CHECK(out.notices.front().find("overlapping parts") != std::string::npos);
    std::size_t shown = 0;
    std::set<std::size_t> all;
    for (const ModelRequest &r : model.requests()) {
      const std::int64_t tokens =
          assessing::estimate_tokens(r.instructions) + assessing::estimate_tokens(r.schema) +
          assessing::estimate_tokens(r.shared) + assessing::estimate_tokens(r.question);
      CHECK(tokens + r.max_output_tokens <= 8'000);
      const auto numbers = shown_numbers(r.shared);
      shown += numbers.size();
      all.insert(numbers.begin(), numbers.end());
    }
    CHECK(all.size() == t.utterances.size());
    CHECK(shown > all.size());
  }
}

TEST_CASE("a contradiction in a later part is seen; one before the proof is not held against it") {
  MockModel model(listens_for(approved, withdrawn), 8'000);
  const Assessment later = assessed(model, long_talk(200, {{3, approved}, {190, withdrawn}}));
  const Response &r = later.responses[0];
  CHECK(r.answer == Answer::denied);
  CHECK(r.needs_review);
  CHECK(r.confidence == doctest::Approx(0.4));
  REQUIRE(r.evidence.size() == 1);
  CHECK(r.evidence[0].quote == withdrawn.substr(0, withdrawn.size() - 1));
  REQUIRE(r.contrary_evidence.size() == 1);
  CHECK(r.contrary_evidence[0].quote == approved.substr(0, approved.size() - 1));

  MockModel other(listens_for(approved, withdrawn), 8'000);
  const Assessment before = assessed(other, long_talk(200, {{3, withdrawn}, {190, approved}}));
  CHECK(before.responses[0].answer == Answer::yes);
  CHECK(before.responses[0].contrary_evidence.size() == 1);
  CHECK_FALSE(before.responses[0].needs_review);
}

TEST_CASE("an item that was not judged in some part and proven in none is unanswered") {
  const Transcript t = long_talk(200, {});
  std::size_t failing = 1;
  MockModel model(
      [&](const ModelRequest &r, std::size_t i) -> Result<ModelReply> {
        if (i == failing) return Error{ErrorCode::timeout, "slow", {}};
        return listens_for(approved, "")(r, i);
      },
      8'000);
  AssessOptions options;
  options.parallel = 1;
  CHECK(assessed(model, t, options).responses[0].answer == Answer::unanswered);
  failing = 1000;
  CHECK(assessed(model, t, options).responses[0].answer == Answer::no);
}

TEST_CASE("one utterance that is longer than the context is shown in parts under its number") {
  std::string speech;
  for (int i = 0; i < 3000; ++i) speech += "word" + std::to_string(i) + " ";
  speech += approved;
  const Transcript t = talk("Rita: Please go on for as long as you like.\nAnn: " + speech);
  MockModel model(listens_for(approved, ""), 8'000);
  const Assessment out = assessed(model, t);
  CHECK(model.count() > 2);
  CHECK(out.responses[0].answer == Answer::yes);
  CHECK(out.responses[0].evidence.at(0).utterance == 1);
  std::string all;
  for (const ModelRequest &r : model.requests()) all += r.shared;
  CHECK(all.find("#1 customer (Ann), part 2 of ") != std::string::npos);
  for (int i = 0; i + 4 < 3000; ++i) {  // whole words, and neighbours together somewhere
    const std::string run = "word" + std::to_string(i) + " word" + std::to_string(i + 1) + " word" +
                            std::to_string(i + 2);
    CHECK((all.find(run) != std::string::npos));
  }
}

TEST_CASE("a context that does not even hold the questions is a clear error") {
  MockModel model(listens_for(approved, ""), 1'500);
  Usage usage;
  const auto out = assess(long_talk(3, {}), budget_card(), model, {}, &usage);
  REQUIRE_FALSE(out);
  CHECK(out.error().code == ErrorCode::invalid_argument);
  CHECK(out.error().where == "model");
  CHECK(model.count() == 0);
}

TEST_CASE("passages of any talk show every word whole, within their size") {
  CHECK(rc::check([] {
    const auto lengths =
        *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 900));
    const auto most = *rc::gen::inRange<std::int64_t>(400, 3000);
    const bool chinese = *rc::gen::arbitrary<bool>();
    Transcript t;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      Utterance u;
      u.speaker = i % 2 == 0 ? "Rita" : "\xC3\x84nn";
      u.role = i % 2 == 0 ? Role::rep : Role::customer;
      for (std::size_t w = 0; w < lengths[i]; ++w) {
        u.text += chinese ? "\xE4\xB8\xAD" : (w == 0 ? "w" : " w") + std::to_string(w);
      }
      u.spans = {{0, {}, {}}};
      t.utterances.push_back(u);
    }
    std::set<std::size_t> shown;
    for (const assessing::Passage &p : assessing::passages(t, most)) {
      RC_ASSERT(p.tokens == assessing::estimate_tokens(p.text));
      RC_ASSERT(p.tokens <= most);
      const auto numbers = shown_numbers(p.text);
      shown.insert(numbers.begin(), numbers.end());
    }
    RC_ASSERT(shown.size() == t.utterances.size());
  }));
}

}  // namespace saleschecklist::test
