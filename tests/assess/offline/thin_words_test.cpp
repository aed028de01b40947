// Everyday words that sound like an item prove nothing where nothing is sold.
#include <doctest/doctest.h>

#include <set>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

std::string yeses(const Transcript &transcript, const Checklist &checklist) {
  std::string out;
  for (const Response &r : assess_offline(transcript, checklist).value().responses) {
    if (r.answer == Answer::yes) out += r.item_id + ": " + r.evidence.front().quote + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("support calls prove no item, with the agent as seller and the caller as customer") {
  std::size_t calls = 0;
  for (const auto &entry :
       std::filesystem::directory_iterator(source_dir() / "tests/data/support")) {
    CAPTURE(entry.path().string());
    const Transcript call = read_transcript_file(entry.path().string(), {{"Agent"}}).value();
    CHECK(yeses(call, Checklist::standard()) == "");
    CHECK(yeses(call, Checklist::ten_point()) == "");
    ++calls;
  }
  CHECK(calls >= 10);
}

TEST_CASE("meetings, interviews and lessons prove no item, whoever is taken for the seller") {
  const auto data = source_dir() / "tests/data";
  std::vector<std::filesystem::path> files = {data / "kettle-meeting.qmsum.json"};
  for (const char *name : {"board-meeting", "team-retrospective", "school-fair"})
    files.push_back(source_dir() / "examples/calls" / (std::string(name) + ".vtt"));
  for (const char *name :
       {"committee-hearing", "design-meeting", "doctor", "job-interview", "lecture", "podcast",
        "project-status", "standup", "town-hall", "sales-team-huddle", "university-advising",
        "vendor-training", "journalist", "works-council", "legal-consult",
        "kitchen-planning-family"})
    files.push_back(data / "roles" / (std::string(name) + ".txt"));
  for (const auto &file : files) {
    std::set<std::string> speakers;
    for (const Utterance &u : read_transcript_file(file.string()).value().utterances)
      speakers.insert(u.speaker);
    for (const std::string &speaker : speakers) {
      CAPTURE(file.string());
      CAPTURE(speaker);
      const Transcript meeting = read_transcript_file(file.string(), {{speaker}}).value();
      CHECK(yeses(meeting, Checklist::standard()) == "");
    }
  }
}

TEST_CASE("a call of one voice without roles proves nothing") {
  const auto file = source_dir() / "tests/data/support-call.stt.json";
  CHECK(yeses(read_transcript_file(file.string()).value(), Checklist::standard()) == "");
}

TEST_CASE("thanks, wishes and bare numbers prove nothing in a sales call either") {
  for (const char *thin :
       {"I appreciate your help.", "We really appreciate your time today.",
        "I want you to compensate me.", "I love your patience.", "We appreciate your business.",
        "I would like you to send it again.", "You've been very helpful.",
        "I prefer you to call me in the morning.", "I want you to fix it.",
        "I appreciate the quick response.", "I want half of the money back.",
        "If I'd known that, I'd have bought the other one."}) {
    CAPTURE(thin);
    CHECK(yeses(talk("Rita: And how is it?\nCarl: " + std::string(thin) + "\n"),
                Checklist::standard()) == "");
  }
  for (const char *answer : {"Yeah around 635.", "635.", "Um, 12.", "Right, about 40.",
                             "O T 4 4 9 1.", "I think 7.", "Nearly two hundred.", "Okay, 3 3 9."}) {
    CAPTURE(answer);
    const std::string call = "Rita: What does that cost you?\nCarl: " + std::string(answer) + "\n" +
                             "Rita: What number do you need?\nCarl: " + std::string(answer) + "\n";
    CHECK(yeses(talk(call), Checklist::standard()) == "");
  }
}

TEST_CASE("praise of the offer, a vote and an amount still prove their items") {
  const std::pair<const char *, const char *> pairs[] = {
      {"ranking.02", "What we like best about your system is the one page report."},
      {"ranking.05", "I want you to win this."},
      {"ranking.05", "If it was up to me you would have the order."}};
  for (const auto &[item, words] : pairs) {
    CAPTURE(words);
    const std::string found = yeses(
        talk("Rita: And how is it?\nCarl: " + std::string(words) + "\n"), Checklist::standard());
    CHECK(found.find(item) != std::string::npos);
  }
  const std::string amount = yeses(
      talk("Rita: What does that cost you?\nCarl: Around 635 euros.\n"), Checklist::standard());
  CHECK(amount.find("trigger.03") != std::string::npos);
}

}  // namespace saleschecklist::test
