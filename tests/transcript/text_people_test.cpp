// Whose words are whose in plain text: odd names, titles, ends of mails, chats, times at the ends.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "support/support.hpp"
#include "transcript/sample_call.hpp"

namespace saleschecklist::test {
namespace {

bool warns_of(const Transcript &read, const std::string &part) {
  return std::any_of(read.warnings.begin(), read.warnings.end(), [&](const std::string &warning) {
    return warning.find(part) != std::string::npos;
  });
}

std::string in_form(const std::string &form, const std::string &seller, const std::string &buyer) {
  return call_of(
      [&](std::size_t i, const std::string &name, const std::string &said) {
        return fmt::format(fmt::runtime(form), name, seconds[i], said);
      },
      seller, buyer);
}

// Checks the call in `bytes`, and that the words after it are nobody's.
Transcript check_call_and_rest(const std::string &bytes, const std::string &seller = "Dana Reyes",
                               const std::string &buyer = "Lee Okafor") {
  CAPTURE(bytes);
  const auto read = read_transcript(bytes);
  REQUIRE(read);
  REQUIRE(read->utterances.size() >= words.size());
  for (std::size_t i = 0; i < read->utterances.size(); ++i) {
    const Utterance &said = read->utterances[i];
    CHECK(said.speaker == (i >= words.size() ? "" : i % 2 == 0 ? seller : buyer));
    if (i < words.size()) CHECK(said.text == words[i]);
  }
  return *read;
}

}  // namespace

TEST_CASE("names that contain colons are whole, wherever they stand") {
  for (const char *form :
       {"{0}: {2}\n", "{0}: {2}\n\n", "[0:{1:02}] {0}: {2}\n", "{0} [0:{1:02}]: {2}\n",
        "{0}  0:{1:02}\n{2}\n\n", "{0}\n0:{1:02}\n{2}\n\n", "0:{1:02}\n{0}\n{2}\n\n",
        "{0}\n{2}\n\n", "{0}:\n{2}\n\n", "## {0}\n\n{2}\n\n", "**{0}:** {2}\n\n", "{0} | {2}\n",
        "{0} - {2}\n", "[{0}] {2}\n", "{0} [0:{1:02}] {2}\n",
        "10:02:{1:02} From {0} to Everyone: {2}\n"}) {
    CAPTURE(form);
    for (const auto &[seller, buyer] :
         std::vector<std::pair<std::string, std::string>>{{"HQ: Boardroom", "Lee Okafor"},
                                                          {"Dana Reyes", "B\xC3\xBCro: Saal 2"},
                                                          {"Room: HQ: Boardroom", "Lee Okafor"},
                                                          {"HQ: Boardroom", "HQ: Kitchen"},
                                                          {"Acme: Lee", "Dana"}}) {
      check_call(in_form(form, seller, buyer), seller, buyer);
    }
  }
}

TEST_CASE("names that contain colons are whole in subtitles, too") {
  for (const char *form : {"00:00:{1:02}.000 --> 00:00:{1:02}.500\n{0}: {2}\n\n",
                           "00:00:{1:02}.000 --> 00:00:{1:02}.500\n<v {0}>{2}</v>\n\n",
                           "00:00:{1:02}.000 --> 00:00:{1:02}.500\n[{0}] {2}\n\n"}) {
    for (const char *buyer : {"Lee Okafor", "HQ: Kitchen"}) {
      const std::string call = in_form(form, "HQ: Boardroom", buyer);
      check_times(check_call("WEBVTT\n\n" + call, "HQ: Boardroom", buyer));
    }
  }
}

TEST_CASE("a colon in what people say now and then is no part of a name") {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    text += fmt::format("Dana: {}Line {} of many.\n", i % 4 == 0 ? "Hartmann: " : "", i);
    text += "Lee: Yes, certainly.\n";
  }
  const auto read = read_transcript(text);
  REQUIRE(read);
  REQUIRE(read->utterances.size() == 24);
  CHECK(read->utterances[0].speaker == "Dana");
  CHECK(read->utterances[0].text == "Hartmann: Line 0 of many.");
}

TEST_CASE("a title behind a name on a line of its own is no word of the speaker") {
  for (const char *seller :
       {"Dana | Customer Success", "Dana - Sales Lead", "Dana \xE2\x80\x93 Vertrieb",
        "[Dana] Northwind", "Dana: Customer Success", "Dana (Customer Success)"}) {
    for (const char *buyer : {"Lee Okafor", "Lee | Buyer", "Lee Okafor - Acme"}) {
      for (const char *form : {"{0}\n{2}\n\n", "{0}\n{2}\n", "{0}  0:{1:02}\n{2}\n\n"}) {
        CAPTURE(form);
        if (std::string_view(seller)[0] == '[' && std::string_view(form).find('{', 3) < 6) continue;
        check_call(in_form(form, seller, buyer), seller, buyer);
      }
    }
  }
}

TEST_CASE("short answers that recur are words, and no titles") {
  std::string text;
  for (int i = 0; i < 8; ++i) text += i % 2 == 0 ? "Dana: Yes.\n" : "Lee: No.\n";
  const auto read = read_transcript(text);
  REQUIRE(read);
  REQUIRE(read->utterances.size() == 8);
  CHECK(read->utterances[0].speaker == "Dana");
  CHECK(read->utterances[7].text == "No.");
}

TEST_CASE("an odd display name that recurs as clearly as the others is a name") {
  for (const char *seller : {"\"Big\" Dana",
                             "\xE2\x80\x9C"
                             "Big\xE2\x80\x9D Dana",
                             "Question", "Answer Man; HQ", "Notes", "The Boss", "My iPhone", "Demo",
                             "Dana {Acme}", "Who is this?"}) {
    for (const char *form : {"{0}: {2}\n", "[0:{1:02}] {0}: {2}\n", "{0}: {2}\n\n",
                             "{0}  0:{1:02}\n{2}\n\n", "**{0}:** {2}\n\n"}) {
      CAPTURE(form);
      check_call(in_form(form, seller, "Lee Okafor"), seller, "Lee Okafor");
    }
  }
}

TEST_CASE("the end of a mail is not the last speaker's") {
  const std::string mail = "From: a@example.com\nTo: b@example.com\nSubject: Call\n\nHi Lee,\n\n";
  for (const char *end : {"Best,\nDana\n", "Thanks,\nDana Smith\nAcme Inc.\n",
                          "Viele Gr\xC3\xBC\xC3\x9F"
                          "e\nDana\n",
                          "Cheers\n\nDana Reyes\nNorthwind GmbH\n+49 170 1234567\n",
                          "Sent from my iPhone\n", "Let me know if this is wrong.\n\nD.\n"}) {
    for (const char *form : {"{0}: {2}\n", "{0}: {2}\n\n", "{0}  0:{1:02}\n{2}\n\n",
                             "[0:{1:02}] {0}: {2}\n", "## {0}\n\n{2}\n\n", "**{0}:** {2}\n\n"}) {
      CAPTURE(form);
      const std::string call = in_form(form, "Dana Reyes", "Lee Okafor");
      for (const std::string &head : {mail, std::string()}) {
        const auto read = check_call_and_rest(head + call + "\n" + end);
        CHECK(warns_of(read, "below the last turn"));
      }
    }
  }
}

TEST_CASE("a second paragraph is its speaker's where turns have several throughout") {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += fmt::format("{}: {}\n\nAnd one thing more about this, number {}.\n\n",
                        i % 2 == 0 ? "Dana Reyes" : "Lee Okafor", words[i], i);
  }
  const auto read = read_transcript(text);
  REQUIRE(read);
  REQUIRE(read->utterances.size() == words.size());
  CHECK(read->utterances[7].speaker == "Lee Okafor");
  CHECK(read->utterances[7].text == words[7] + " And one thing more about this, number 7.");
}

TEST_CASE("the sender of a chat message is a name, and not the phrase around it") {
  for (const char *form :
       {"From {0} to Everyone:\n{2}\n", "10:02:{1:02} From {0} to Everyone: {2}\n",
        "10:02:{1:02} From {0} to Lee Okafor (Direct Message):\n\t{2}\n",
        "10:02:{1:02} From {0} to Everyone(Direct Message) : {2}\n",
        "10:02:{1:02} From {0} (Privately) to Dana Reyes: {2}\n",
        "10:02:{1:02}\t From  {0}  to  Everyone : {2}\n", "From {0} to Everyone: {2}\n",
        "10:02:{1:02} From {0} : {2}\n", "10:02:{1:02} Von {0} an alle: {2}\n",
        "10:02:{1:02} De {0} \xC3\xA0 tous: {2}\n", "10:02:{1:02} De {0} para todos:\n\t{2}\n",
        "2026-03-03 10:02:{1:02} From {0} to Everyone:\n\t{2}\n"}) {
    CAPTURE(form);
    for (const char *buyer : {"Lee Okafor", "Acme: Lee"}) {
      if (std::string_view(form).find(" : {") < 26 && buyer[0] == 'A') continue;
      const auto read = check_call(in_form(form, "Dana Smith", buyer), "Dana Smith", buyer);
      CHECK(read.source_format == "zoom_chat");
    }
  }
}

TEST_CASE("an office with its article is a label, and a subject with one is not") {
  for (const char *form : {"{0}: {2}\n", "[0:{1:02}] {0}: {2}\n", "**{0}:** {2}\n\n"}) {
    CAPTURE(form);
    for (const char *office : {"The Chairman", "The Presiding Officer", "The Minister", "THE COURT",
                               "The Lord Mayor", "The Interpreter"}) {
      check_call(in_form(form, office, "Mr Fenwick"), office, "Mr Fenwick");
    }
  }
  const auto read = read_transcript(
      "Dana: We looked at it.\nThe problem: it leaks. The price: too high.\nLee: I see.\n"
      "The problem: who pays.\nDana: You do.\nLee: Fine.\n");
  REQUIRE(read);
  for (const Utterance &said : read->utterances) CHECK(said.speaker.rfind("The", 0) != 0);
}

TEST_CASE("times at the ends of turns are times, and no words") {
  for (const char *form :
       {"{0}: {2} [00:00:{1:02}]\n", "{0}: {2} (0:{1:02})\n", "{0} | {2} [0:{1:02}]\n",
        "{0}\n{2} (0:{1:02})\n\n", "{0}: {2} 00:00:{1:02}\n", "{0}: {2} \xE2\x80\x94 0:{1:02}\n",
        "[{0}] {2} (0:{1:02})\n"}) {
    CAPTURE(form);
    check_times(check_call(in_form(form, "Dana Reyes", "Lee Okafor")));
  }
  check_times(check_call(in_form("{2} [00:00:{1:02}]\n", "", ""), "", ""));
}

TEST_CASE("times before and after the words are the begin and the end") {
  const auto read = check_call(call_of([](std::size_t i, const auto &name, const auto &said) {
    return fmt::format("[0:{:02}] {}: {} [0:{:02}]\n", seconds[i], name, said, seconds[i] + 2);
  }));
  check_times(read);
  CHECK(read.utterances[7].end_ms == 38000);
}

TEST_CASE("a time at the end of one sentence is a part of it") {
  const auto read = read_transcript(call_of([](std::size_t i, const auto &name, const auto &said) {
    return fmt::format("{}: {}{}\n", name, said, i == 3 ? " See you at (10:30)" : "");
  }));
  REQUIRE(read);
  REQUIRE(read->utterances.size() == words.size());
  CHECK(read->utterances[3].text == words[3] + " See you at (10:30)");
  CHECK_FALSE(read->utterances[3].begin_ms);
}

}  // namespace saleschecklist::test
