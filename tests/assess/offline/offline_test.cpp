#include <doctest/doctest.h>

#include "support/support.hpp"

using namespace saleschecklist;
using test::talk;

namespace {

// A checklist of one item, and the cues of that item.
struct Card {
  Checklist checklist;
  Cues cues;
};

Card card(ItemCues cues, EvidenceFrom from = EvidenceFrom::customer) {
  Item item;
  item.id = "x.01";
  item.title = "A title";
  item.definition = "A definition.";
  item.evidence_from = from;
  Category category;
  category.id = "x";
  category.name = "X";
  category.items = {item};
  Card out;
  out.checklist.id = "card";
  out.checklist.name = "Card";
  out.checklist.categories = {category};
  out.cues.checklist_id = "card";
  out.cues.items["x.01"] = std::move(cues);
  return out;
}

Response hear(const Card &card, const std::string &call) {
  return assess_offline(talk(call), card.checklist, card.cues).value().responses.at(0);
}

Answer heard(const Card &card, const std::string &call) { return hear(card, call).answer; }

}  // namespace

TEST_CASE("a cue that the customer states is a yes with the sentence as proof") {
  const Response r = hear(
      card({{"we lose {money}"}, {}, {}, {}, {}}),
      "Rita: And now?\nCarl: It is bad. We're losing, um, about $40,000 a month. Every month.\n");
  CHECK(r.answer == Answer::yes);
  CHECK(r.support == Support::verified);
  REQUIRE(r.evidence.size() == 1);
  CHECK(r.evidence[0].quote == "We're losing, um, about $40,000 a month.");
  CHECK(r.confidence >= 0.6);
  CHECK(r.reasoning.find("cues") != std::string::npos);
}

TEST_CASE("the rep's claim is no proof, and is shown as refused") {
  const Response r = hear(card({{"lose {money}"}, {}, {}, {}, {}}),
                          "Rita: You lose $40,000 a month.\nCarl: Maybe.\n");
  CHECK(r.answer == Answer::no);
  REQUIRE(r.rejected_evidence.size() == 1);
  CHECK(r.rejected_evidence[0].quote == "You lose $40,000 a month.");
  CHECK(r.rejected_evidence[0].reason == RejectionReason::wrong_side);
  CHECK(describe(r.rejected_evidence[0]) ==
        "said by Rita (rep); the item asks for the words of the customer");
}

TEST_CASE("what is negated, asked or hedged is not stated") {
  const Card c = card({{"we have (money|budget)"}, {}, {}, {}, {}});
  CHECK(heard(c, "Rita: Yes?\nCarl: We have budget.\n") == Answer::yes);
  CHECK(heard(c, "Rita: Yes?\nCarl: I do not think we have budget.\n") == Answer::no);
  CHECK(heard(c, "Rita: Yes?\nCarl: Do we have budget?\n") == Answer::no);
  CHECK(heard(c, "Rita: Yes?\nCarl: Maybe we have budget.\n") == Answer::no);
  CHECK(heard(c, "Rita: Yes?\nCarl: If we have budget, good.\n") == Answer::no);
  CHECK(heard(c, "Rita: Yes?\nCarl: No, no, we have budget.\n") == Answer::yes);
}

TEST_CASE("an open question is answered by telling, a closed one by agreeing") {
  const Card c = card({{}, {}, {"who (sign|decide)", "is it your budget"}, {}, {}});
  CHECK(heard(c, "Rita: Who signs?\nCarl: That would be our finance director in Leeds.\n") ==
        Answer::yes);
  CHECK(heard(c, "Rita: Who signs?\nCarl: I don't know, honestly, no idea at all.\n") ==
        Answer::no);
  CHECK(heard(c, "Rita: Who signs?\nCarl: Hm.\n") == Answer::no);
  CHECK(heard(c, "Rita: Is it your budget?\nCarl: Yes, it is.\n") == Answer::yes);
  CHECK(heard(c, "Rita: Is it your budget?\nCarl: No, the budget is my boss's.\n") == Answer::no);
  CHECK(heard(c, "Rita: So it's... is it your budget.\nCarl: Exactly.\n") == Answer::yes);
  CHECK(heard(c, "Carl: Who signs?\nRita: That would be our finance director in Leeds.\n") ==
        Answer::no);
}

TEST_CASE("a statement of the contrary denies the item, with its quote") {
  Card c = card({{"we have (a|the)? budget"}, {}, {}, {}, {}});
  c.cues.items["x.01"].denial = {"there is no budget", "the budget is gone"};
  const auto answered = [&](const std::string &text) {
    return assess_offline(talk(text), c.checklist, c.cues).value().responses[0];
  };
  const Response denied = answered("Rita: And the money?\nCarl: There is no budget for it.\n");
  CHECK(denied.answer == Answer::denied);
  CHECK(denied.support == Support::verified);
  CHECK(denied.evidence.at(0).quote == "There is no budget for it.");
  CHECK(denied.contrary_evidence.empty());
  CHECK_FALSE(denied.needs_review);

  // Of one speaker the last word counts, and the other one is kept.
  const Response taken_back = answered(
      "Carl: We have a budget.\nRita: Sure?\nCarl: Sorry, there is no budget, I mixed it up.\n");
  CHECK(taken_back.answer == Answer::denied);
  CHECK(taken_back.contrary_evidence.at(0).quote == "We have a budget.");
  CHECK(taken_back.needs_review);
  CHECK(answered("Carl: There is no budget.\nRita: Sure?\nCarl: Oh, we have a budget.\n").answer ==
        Answer::yes);

  // Two people who say opposite things leave it open.
  const Response torn =
      answered("Carl: We have a budget.\nRita: Good.\nAnn: Carl, the budget is gone.\n");
  CHECK(torn.answer == Answer::ambiguous);
  CHECK(torn.evidence.at(0).quote == "We have a budget.");
  CHECK(torn.contrary_evidence.at(0).quote == "Carl, the budget is gone.");
  CHECK(torn.needs_review);

  for (const char *no_denial :
       {"Rita: There is no budget?\nCarl: Hm.\n", "Rita: Hm.\nCarl: Is there no budget?\n",
        "Rita: Hm.\nCarl: If there is no budget, we stop.\n",
        "Rita: Hm.\nCarl: I do not think the budget is gone.\n"}) {
    CAPTURE(no_denial);
    CHECK(answered(no_denial).answer == Answer::no);
  }
}

TEST_CASE("an answer must hold what the item asks to hear") {
  const Card c = card({{}, {}, {"when does your contract end"}, {"{date}"}, {}});
  CHECK(heard(c, "Rita: When does your contract end?\nCarl: It is up at the end of March.\n") ==
        Answer::yes);
  CHECK(heard(c,
              "Rita: When does your contract end?\nCarl: You would have to look that up "
              "somewhere.\n") == Answer::no);
}

TEST_CASE("a veto silences the sentence it stands in") {
  const Card c = card({{"we are (look|talk)"}, {}, {}, {}, {"your competitor"}});
  CHECK(heard(c, "Rita: So?\nCarl: We are talking about it.\n") == Answer::yes);
  CHECK(heard(c, "Rita: So?\nCarl: We are talking about your competitor.\n") == Answer::no);
}

TEST_CASE("a rep's question is an act that proves a rep's item") {
  const Card c = card({{"who else should (join|be) "}, {}, {}, {}, {}}, EvidenceFrom::rep);
  CHECK(heard(c, "Rita: Who else should be in the room?\nCarl: Nobody.\n") == Answer::yes);
  CHECK(heard(c, "Rita: Hello.\nCarl: Who else should be in the room?\n") == Answer::no);
}

TEST_CASE("where nobody's role is known items are unanswered, and it is said why") {
  const Card c = card({{"we lose"}, {}, {}, {}, {}});
  const Transcript call = read_transcript(std::string_view("Ann: We lose.\nBob: Oh.\n")).value();
  const Response r = assess_offline(call, c.checklist, c.cues).value().responses.at(0);
  CHECK(r.answer == Answer::unanswered);
  CHECK(r.reasoning.find("Nobody") != std::string::npos);
}

TEST_CASE("a conversation in another language is unanswered") {
  std::string call = "Rita: Guten Tag, wie geht es Ihnen heute?\n";
  for (int i = 0; i < 20; ++i)
    call += "Carl: Wir verlieren jeden Monat viel Geld wegen der Berichte.\n";
  const Response r = hear(card({{"wir verlieren"}, {}, {}, {}, {}}), call);
  CHECK(r.answer == Answer::unanswered);
  CHECK(r.reasoning == "The cues are English and this conversation is not.");
  CHECK(r.unanswered_reason == UnansweredReason::other_language);
}

TEST_CASE("every yes on every sample call obeys the evidence law") {
  for (const auto &entry :
       std::filesystem::directory_iterator(test::source_dir() / "examples/calls")) {
    const std::string file = entry.path().filename().string();
    if (file.find(".labels.") != std::string::npos) continue;
    CAPTURE(file);
    const Transcript call = read_transcript(test::read_file(entry.path())).value();
    const Checklist &checklist = Checklist::standard();
    const auto responses = assess_offline(call, checklist).value().responses;
    std::size_t at = 0;
    for (const Category &category : checklist.categories) {
      for (const Item &item : category.items) {
        const Response &r = responses[at++];
        CHECK(r.item_id == item.id);
        if (r.answer == Answer::yes) CHECK_FALSE(r.evidence.empty());
        for (const Evidence &e : r.evidence) {
          const auto verdict = verify(call, {{e.quote, e.utterance, item.evidence_from}}).at(0);
          REQUIRE(verdict.evidence);
          CHECK(verdict.evidence->status == EvidenceStatus::verified);
          CHECK(call.utterances[e.utterance].text.substr(e.begin, e.end - e.begin) == e.quote);
        }
      }
    }
  }
}

TEST_CASE("an unsound checklist is refused, and so are unsound cues") {
  const auto refused = [](const Card &c) {
    const auto r = assess_offline(talk("Carl: Hi.\n"), c.checklist, c.cues);
    REQUIRE_FALSE(r);
    CHECK(r.error().code == ErrorCode::invalid_argument);
    return r.error();
  };
  Card broken = card({{"we lose", "(broken"}, {}, {}, {}, {}});
  CHECK(refused(broken).where == "/items/x.01/statement/1");
  broken.cues.items["x.02"].veto = {"no"};
  CHECK(refused(broken).where == "/items/x.02");
  CHECK(refused(broken).message.find("/items/x.01/statement/1") != std::string::npos);
  broken.checklist.categories[0].items[0].weight = 0;
  CHECK(refused(broken).where == "/categories/0/items/0/weight");
  CHECK(assess_offline(talk("Carl: Hi.\n"), broken.checklist).error().code ==
        ErrorCode::invalid_argument);
}

TEST_CASE("a checklist without cues is heard by nothing, and the notices say so") {
  const Checklist own = card({}).checklist;
  const Assessment none = assess_offline(talk("Rita: Yes?\nCarl: We lose.\n"), own).value();
  CHECK(none.responses.at(0).answer == Answer::unanswered);
  CHECK(none.responses.at(0).unanswered_reason == UnansweredReason::not_asked);
  REQUIRE(none.notices.size() == 1);
  CHECK(none.notices[0].find("no cues for the checklist 'card'") != std::string::npos);
  const Report report = analyze("Rita: Yes?\nCarl: We lose.\n", own).value();
  CHECK(report.notices.at(0) == none.notices[0]);
  CHECK(report.assessor == none.assessor);
  AnalyzeOptions options;
  options.cues = std::make_shared<const Cues>(card({{"we lose"}, {}, {}, {}, {}}).cues);
  options.read.rep_names = {"Rita"};
  const Report heard = analyze("Rita: Yes?\nCarl: We lose.\n", own, options).value();
  CHECK(heard.responses.at(0).answer == Answer::yes);
  CHECK(heard.notices.at(0) != none.notices[0]);
}

TEST_CASE("the cues of a built-in checklist are known by its id") {
  const Transcript call =
      read_transcript(test::read_file(test::source_dir() / "examples/calls/freight-tracking.vtt"))
          .value();
  const Checklist copy = Checklist::standard();
  const Assessment by_id = assess_offline(call, copy).value();
  const Assessment by_cues = assess_offline(call, copy, Cues::standard()).value();
  CHECK(to_json(by_id) == to_json(by_cues));
  CHECK(by_id.assessor == "offline-cues/3:" + fingerprint(Cues::standard()).substr(0, 8));
  CHECK(by_id.notices.empty());
  Checklist shorter = copy;
  shorter.categories[0].items.erase(shorter.categories[0].items.begin());
  shorter.categories[3].items[0].id = "influencer.99";
  const Assessment some = assess_offline(call, shorter).value();
  REQUIRE(some.responses.size() + 1 == by_id.responses.size());
  CHECK(to_json(std::vector{some.responses[0]}) == to_json(std::vector{by_id.responses[1]}));
  CHECK(some.assessor != by_id.assessor);
}

TEST_CASE("slots are heard in their many forms") {
  const auto hears = [](const char *slot, const std::string &said) {
    return heard(card({{std::string("it is ... {") + slot + "}"}, {}, {}, {}, {}}),
                 "Rita: Yes?\nCarl: It is " + said + ".\n") == Answer::yes;
  };
  for (const std::string said : {"$40,000", "forty thousand dollars", "40k", "two grand",
                                 "\xE2\x82\xAC"
                                 "5 million"}) {
    CAPTURE(said);
    CHECK(hears("money", said));
  }
  for (const std::string said :
       {"in March", "next quarter", "the 14th", "the fourteenth", "by Christmas", "in two weeks",
        "Friday", "the end of the year", "Q3", "2027", "in May"}) {
    CAPTURE(said);
    CHECK(hears("date", said));
  }
  for (const std::string said : {"three weeks", "a couple of days", "two or three months"}) {
    CAPTURE(said);
    CHECK(hears("duration", said));
  }
  for (const std::string said : {"our CFO", "the board", "the head of claims", "my boss"}) {
    CAPTURE(said);
    CHECK(hears("role", said));
  }
  CHECK(hears("percent", "ten percent"));
  CHECK(hears("percent", "12 %"));
  CHECK(hears("name", "with Marta"));
  CHECK_FALSE(hears("money", "a lot"));
  CHECK_FALSE(hears("date", "soon, and we may see"));
  CHECK_FALSE(hears("number", "one of those things"));
}
