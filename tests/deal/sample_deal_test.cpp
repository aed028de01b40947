// The sample deal of three calls: its labels, its history, and what follows from it.
#include <saleschecklist/assess.hpp>
#include <saleschecklist/deal.hpp>
#include <saleschecklist/evidence.hpp>
#include <saleschecklist/fields.hpp>

#include "json/library.hpp"
#include "support/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

namespace saleschecklist::test {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t day = 86'400'000;

const std::filesystem::path &folder() {
  static const auto out = source_dir() / "examples/deals/hotel-linen";
  return out;
}

// Where the words of a label stand, which have to be in one utterance.
Evidence place_of(const Transcript &transcript, const std::string &quote) {
  const Verdict verdict = verify(transcript, {quote.c_str()}).front();
  REQUIRE_MESSAGE(verdict.evidence.has_value(), quote);
  REQUIRE(verdict.evidence->status == EvidenceStatus::verified);
  return *verdict.evidence;
}

DealCall call_of(const std::string &name, std::int64_t at_ms) {
  const Transcript transcript = read_transcript(read_file(folder() / (name + ".vtt"))).value();
  const Json labels = Json::parse(read_file(folder() / (name + ".labels.json")));
  DealCall out{name, at_ms, {}};
  for (const Utterance &u : transcript.utterances) out.speakers.push_back(u.speaker);
  for (const auto &[item, label] : labels.at("labels").items()) {
    Response response;
    response.item_id = item;
    for (const Answer answer : Words<Answer>::values) {
      if (label.at("answer") == saleschecklist::name(answer)) response.answer = answer;
    }
    response.ai_answer = response.answer;
    response.confidence = 1;
    if (label.contains("quote")) {
      response.support = Support::verified;
      response.evidence.push_back(place_of(transcript, label.at("quote")));
    }
    if (label.contains("contrary_quote")) {
      response.contrary_evidence.push_back(place_of(transcript, label.at("contrary_quote")));
    }
    out.responses.push_back(std::move(response));
  }
  return out;
}

DealHistory history_of_labels() {
  constexpr std::int64_t may_12 = 1'778'580'000'000;  // 2026-05-12T10:00:00Z
  return {{call_of("1-discovery", may_12), call_of("2-demo", may_12 + 28 * day),
           call_of("3-negotiation", may_12 + 113 * day)}};
}

RollUpOptions options() {
  RollUpOptions out;
  out.policy.evidence_ttl_ms = 90 * day;
  out.stage = "negotiation";
  out.plan = StagePlan::complex_sale();
  return out;
}

void check_golden(const std::string &name, const std::string &text) {
  const auto path = folder() / name;
  if (std::getenv("SALESCHECKLIST_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
  }
  CHECK_MESSAGE(read_file(path) == text, "differs from " << name);
}

}  // namespace

TEST_CASE("each golden of the sample deal follows from the labels of its calls") {
  const DealHistory history = history_of_labels();
  check_golden("history.json", to_json(history));
  check_golden("deal.json", to_json(roll_up(Checklist::standard(), history, options()).value()));
}

TEST_CASE("the sample deal has the states that were worked out by hand") {
  const DealHistory history = history_of_labels();
  const Deal deal = roll_up(Checklist::standard(), history, options()).value();
  const Json expected = Json::parse(read_file(folder() / "expected.json")).at("states");
  for (const DealItem &item : deal.items) {
    CAPTURE(item.item_id);
    CHECK(name(item.state) == expected.value(item.item_id, "empty"));
  }
  RollUpOptions ageless = options();
  ageless.policy.evidence_ttl_ms.reset();
  const Deal fresh = roll_up(Checklist::standard(), history, ageless).value();
  std::size_t heard = 0;
  for (const DealItem &item : fresh.items) heard += item.state == ItemState::heard ? 1 : 0;
  CHECK(heard == 46);
  CHECK(fresh.items_to_review == 2);
  REQUIRE(fresh.calls.size() == 3);
  CHECK(fresh.calls[0].gain.num == 21);
  CHECK(fresh.calls[1].gain.num == 15);
  CHECK(fresh.calls[2].gain.num == 12);
}

TEST_CASE("the offline assessor hears that the sample deal's customer takes a fact back") {
  const auto transcript =
      read_transcript(read_file(folder() / "3-negotiation.vtt"), {{"Eimear"}}).value();
  const auto heard = assess_offline(transcript, Checklist::standard()).value().responses;
  const auto found = std::find_if(heard.begin(), heard.end(),
                                  [](const Response &r) { return r.item_id == "priority.05"; });
  CHECK(found->answer == Answer::denied);
  CHECK(found->evidence.at(0).quote.rfind("He was taken off this in July", 0) == 0);
}

}  // namespace saleschecklist::test
