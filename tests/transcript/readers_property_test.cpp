// No word is ever given to the wrong person: random conversations of people with all sorts of
// display names, written in every shape that is read.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>
#include "json/library.hpp"

#include <algorithm>
#include <functional>

#include "base/ascii.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

using Json = nlohmann::json;

const std::vector<std::string> &display_names() {
  static const std::vector<std::string> names = {
      "Dana Reyes",
      "dana",
      "lee okafor",
      "Mira van den Berg",
      "Dr. Lee Okafor",
      "Okafor, Lee",
      "Reyes, Dana (Extern)",
      "Lee Okafor - Sales Lead",
      "+1 415 555 0199",
      "14155550199",
      "(415) 555-0199",
      "555-0199",
      "\xF0\x9F\x9A\x80 Rocket Ron",
      "Anna \xF0\x9F\x98\x80",
      "\xE2\x80\xAAMaya Cohen\xE2\x80\xAC",
      "\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD \xD0\x9F\xD0\xB5\xD1\x82\xD1\x80\xD0\xBE\xD0\xB2",
      "\xE5\xB1\xB1\xE7\x94\xB0 \xE5\xA4\xAA\xE9\x83\x8E",
      "Jos\xC3\xA9 N\xC3\xBA\xC3\xB1"
      "ez",
      "Zo\xC3\xAB",
      "O'Brien",
      "Anne-Marie",
      "@dana",
      "#lee",
      "d4n4",
      "iPhone von Anna",
      "SPEAKER_00",
      "Speaker 1",
      "Speaker B",
      "Agent",
      "customer",
      "Conference Room 4B",
      "jdoe@acme.com",
      "Dana R.",
      "Prof. M\xC3\xBCller",
      "Acme Corp",
      "dana.reyes",
      "Sam/Alex",
      "Tom & Jerry",
      "Will",
      "May",
      "Grace",
      "Host",
      "Max Power III",
      "Lee's iPhone",
      "Interviewer",
      "Lee Okafor, Acme Inc.",
      "Bob \"The Builder\" Jones",
      "Katze <3",
      "7of9",
      "HQ: Boardroom",
      "Dana | Customer Success",
      "\"Big\" Dana",
      "The Boss",
      "Question",
      "Guest"};
  return names;
}

const std::vector<std::string> &sentences() {
  static const std::vector<std::string> said = {
      "We looked at the plan for the line.",
      "What would it take to see a drop by autumn?",
      "Question: is that still true for the team?",
      "Yes. It stops twice a week, you know.",
      "I said to him: please call me back.",
      "The plan: we start on Monday.",
      "So the price is 40,000 euros, at 3:30 we meet again.",
      "Honestly: no.",
      "It is 10:30 now, right?",
      "Thanks, Lee. That helps Dana a lot.",
      "He told Dana Reyes and Lee Okafor about it.",
      "Let me think (a second).",
      "Our CFO said: \"no budget\".",
      "5 minutes is enough.",
      "Ja, das passt.",
      "right"};
  return said;
}

struct Said {
  std::string name, words;
  int second;
};
using Talk = std::vector<Said>;

// Two to four people, each of whom speaks several times. Each turn ends with a word of its own.
Talk some_talk() {
  auto names = *rc::gen::unique<std::vector<std::string>>(
      static_cast<std::size_t>(*rc::gen::inRange(2, 5)), rc::gen::elementOf(display_names()));
  Talk out;
  int second = 3;
  const int rounds = *rc::gen::inRange(4, 9);
  for (int round = 0; round < rounds; ++round) {
    for (const std::string &name : names) {
      const std::string words = *rc::gen::elementOf(sentences());
      out.push_back({name, fmt::format("{} zq{}zq", words, out.size()), second});
      second += *rc::gen::inRange(4, 12);
    }
  }
  return out;
}

std::string clock(int second) {
  return fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

std::string html(std::string text) {
  const auto replace = [&](std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  };
  replace("&", "&amp;");
  replace("<", "&lt;");
  return text;
}

std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

struct Shape {
  std::string name, head;
  std::function<std::string(const Said &)> turn;
};

// {0} name, {1} 00:01:02, {2} words, {3} the second after the turn as a time, {4} 1:02
Shape written(const std::string &name, const std::string &turn, const std::string &head = {}) {
  return {name, head, [turn](const Said &said) {
            return fmt::format(fmt::runtime(turn), said.name, clock(said.second), said.words,
                               clock(said.second + 3),
                               fmt::format("{}:{:02}", said.second / 60, said.second % 60));
          }};
}

std::vector<Shape> shapes() {
  std::vector<Shape> out = {
      written("voices", "{1}.000 --> {3}.000\n<v {0}>{2}</v>\n\n", "WEBVTT\n\n"),
      written("cue labels", "{1}.000 --> {3}.000\n{0}: {2}\n\n", "WEBVTT\n\n"),
      written("identifiers", "1 \"{0}\" (3520)\n{1}.000 --> {3}.000\n{2}\n\n", "WEBVTT\n\n"),
      written("SubRip", "1\n{1},000 --> {3},000\n{0}: {2}\n\n"),
      written("SubRip with brackets", "1\n{1},000 --> {3},000\n[{0}] {2}\n\n"),
      written("labels", "{0}: {2}\n"),
      written("labels with blanks", "{0}: {2}\n\n"),
      written("labels above", "{0}:\n{2}\n\n"),
      written("bold labels", "**{0}:** {2}\n\n"),
      written("time and label", "[{1}] {0}: {2}\n"),
      written("plain time and label", "{1} {0}: {2}\n"),
      written("label and time", "{0} [{1}]: {2}\n"),
      written("headings", "{0}  {4}\n{2}\n\n"),
      written("headings without blanks", "{0}  {4}\n{2}\n"),
      written("headings after times", "{4} {0}\n{2}\n\n"),
      written("headings with dashes", "{4} - {0}\n{2}\n\n"),
      written("headings with commas", "{0}, {4}\n{2}\n\n"),
      written("headings with at", "{0} at {4}\n{2}\n\n"),
      written("headings with parentheses", "{0} ({1})\n{2}\n\n"),
      written("Markdown headings", "## {0} ({4})\n\n{2}\n\n"),
      written("Markdown names", "### {0}\n{2}\n\n"),
      written("ranges", "{1} --> {3}\n{0}\n{2}\n\n"),
      written("names and times", "{0}\n{4}\n{2}\n\n"),
      written("names", "{0}\n{2}\n\n"),
      written("in the line", "{0} [{4}] {2}\n"),
      written("time and name in brackets", "[{4} - {0}] {2}\n"),
      written("name and time in brackets", "[{0}, {4}] {2}\n"),
      written("tabs", "{4}\t{0}\t{2}\n"),
      written("bars", "{4} | {0} | {2}\n"),
      written("names and bars", "{0} | {2}\n"),
      written("brackets", "[{0}] {2}\n"),
      written("brackets and colons", "[{0}]: {2}\n"),
      written("chat", "{1} From {0} to Everyone: {2}\n"),
      written("private chat", "{1} From {0} to Ann Smith (Direct Message):\n\t{2}\n"),
      written("chat without times", "From {0} to Everyone:\n{2}\n"),
      written("times at the ends", "{0}: {2} [{1}]\n"),
      written("times at the ends of paragraphs", "{0}:\n{2} ({4})\n\n"),
      written("list", "- **{0}** ({4}): {2}\n"),
      {"CSV", "start,speaker,text\n",
       [](const Said &said) {
         return fmt::format("{},{},{}\n", said.second, quoted(said.name), quoted(said.words));
       }},
      {"HTML", "<!DOCTYPE html><html><body>\n",
       [](const Said &said) {
         return fmt::format("<p><b>{}:</b> {}</p>\n", html(said.name), html(said.words));
       }},
      {"TTML", "<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>\n",
       [](const Said &said) {
         return fmt::format("<p begin=\"{0}s\" end=\"{1}s\">{2}: {3}</p>\n", said.second,
                            said.second + 3, html(said.name), html(said.words));
       }},
      {"JSON lines", "", [](const Said &said) {
         return Json{{"speaker", said.name}, {"text", said.words}, {"start", said.second}}.dump() +
                "\n";
       }}};
  return out;
}

// A name without what readers may leave out: marks of direction, emphasis and spaces.
std::string bare(const std::string &display_name) {
  const std::string name = display_name.substr(0, display_name.find(" ("));  // a company
  std::string out;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool mark = name.compare(at, 2, "\xE2\x80") == 0;
    if (mark) at += 2;
    const char c = name[at];
    if (!mark && c != ' ' && c != '*' && c != '_') out += c;
  }
  return base::ascii_lower(out);
}

// Who said the word of each turn: empty if nobody, "-" if the word was left out.
std::vector<std::string> speakers_of(const Transcript &transcript, std::size_t turns) {
  std::vector<std::string> out(turns, "-");
  for (const Utterance &u : transcript.utterances) {
    for (std::size_t i = 0; i < turns; ++i) {
      if (u.text.find(fmt::format("zq{}zq", i)) != std::string::npos) out[i] = u.speaker;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("no word is given to the wrong person, in any shape and whatever the names are") {
  for (const Shape &shape : shapes()) {
    CAPTURE(shape.name);
    std::size_t named = 0, all = 0;
    CHECK(rc::check(shape.name, [&] {
      const Talk talk = some_talk();
      std::string bytes = shape.head;
      for (const Said &said : talk) bytes += shape.turn(said);
      const auto read = read_transcript(bytes);
      if (!read) return;
      RC_LOG() << bytes;
      const auto speakers = speakers_of(*read, talk.size());
      for (std::size_t i = 0; i < talk.size(); ++i) {
        ++all;
        if (speakers[i].empty() || speakers[i] == "-") {
          RC_ASSERT(!read->warnings.empty());
          continue;
        }
        ++named;
        RC_ASSERT(bare(speakers[i]) == bare(talk[i].name));
      }
    }));
    CHECK(named * 10 >= all * 9);
  }
}

}  // namespace saleschecklist::test
