// XML of unknown kinds, several conversations in one file, and mails in older encodings.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/base64.hpp"
#include "support/support.hpp"
#include "transcript/sample_call.hpp"

namespace saleschecklist::test {
namespace {

std::string in_form(const std::string &form) {
  return call_of([&](std::size_t i, const std::string &name, const std::string &said) {
    return fmt::format(fmt::runtime(form), name, seconds[i], said, i % 2 == 0 ? "s1" : "s2");
  });
}

Error refusal_of(const std::string &bytes) {
  CAPTURE(bytes);
  const auto read = read_transcript(bytes);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::invalid_input);
  return read.error();
}

bool contains(const std::string &text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("elements that name a speaker and have words are turns") {
  for (const char *turn :
       {"<turn speaker=\"{0}\" start=\"{1}.0\">{2}</turn>\n",
        "<turn start=\"0:{1:02}\"><speaker>{0}</speaker><text>{2}</text></turn>\n",
        "<Message><From>{0}</From><Time>00:00:{1:02}</Time><Body>{2}</Body></Message>\n",
        "<entry><speaker><name>{0}</name></speaker><time>{1}</time><words>{2}</words></entry>\n",
        "<utterance who=\"{0}\" begin=\"{1}s\"><b>{2}</b></utterance>",
        "<turn speaker=\"{0}\" start=\"{1}\"><!-- <x> --><![CDATA[{2}]]></turn>\n",
        "<line time=\"{1}000ms\" name=\"{0}\" text=\"{2}\"/>\n"}) {
    CAPTURE(turn);
    for (const char *around :
         {"<call>\n{}</call>\n",
          "<?xml version=\"1.0\"?>\n<!-- a call -->\n<x:call "
          "xmlns:x=\"urn:x\"><title>A call</title><x:turns>{}</x:turns></x:call>"}) {
      const auto read = check_call(fmt::format(fmt::runtime(around), in_form(turn)));
      check_times(read);
      CHECK(read.source_format == "xml");
    }
  }
}

TEST_CASE("speakers of XML that are named apart have their names") {
  for (const char *form :
       {"<Trans><Speakers><Speaker id=\"s1\" name=\"Dana Reyes\"/><Speaker id=\"s2\" "
        "name=\"Lee Okafor\"/></Speakers>{}</Trans>",
        "<TEI><person xml:id=\"s1\"><persName>Dana Reyes</persName></person><person "
        "xml:id=\"s2\"><persName>Lee Okafor</persName></person>{}</TEI>"}) {
    check_times(check_call(fmt::format(
        fmt::runtime(form), in_form("<Turn speaker=\"{3}\" startTime=\"{1}\">{2}</Turn>\n"))));
    check_call(fmt::format(fmt::runtime(form), in_form("<u who=\"#{3}\">{2}</u>\n")));
  }
}

TEST_CASE("labels between the tags of XML are read as in a text") {
  const auto read = check_call("<note>\n<title>Call</title>\n" +
                               in_form("<para>{0}: {2}</para>\n") + "</note>\n");
  CHECK(read.source_format == "xml");
}

TEST_CASE("XML without speakers is refused, and its elements are named") {
  for (const char *bytes :
       {"<?xml version=\"1.0\"?>\n<rss><channel><title>News</title><item><title>We grow</title>"
        "</item></channel></rss>\n",
        "<config>\n  <path>/srv/calls</path>\n  <level>3</level>\n</config>",
        "<call><words>We use spreadsheets.</words><words>Shall we meet?</words></call>", "<call/>",
        "<call></call>"}) {
    const Error error = refusal_of(bytes);
    CHECK(contains(error.message, "XML"));
    CHECK(contains(error.message, "TTML"));
    CHECK(contains(error.message, "convert"));
  }
  CHECK(contains(refusal_of("<config><path>/srv</path></config>").message, "<config>, <path>"));
}

TEST_CASE("deep, long or broken XML is read or refused in linear time") {
  constexpr std::size_t many = 100'000;
  for (const auto &[head, part] : std::vector<std::pair<std::string, std::string>>{
           {"<r>", "<p who=\"A\">x"},
           {"<r>", "<![CDATA[ x ]]>"},
           {"<r>", "<t who=\"A\"><t>"},
           {"<?xml", "<"},
           {"<!DOCTYPE html><html><body>", "<!-- x -->"},
           {"<r>", "</r>"}}) {
    std::string bytes = head;
    for (std::size_t i = 0; i < many; ++i) bytes += part;
    const auto read = read_transcript(bytes + "</r>");
    CHECK((read || !read.error().message.empty()));
  }
}

TEST_CASE("a text that begins with a name in angle brackets is no XML") {
  check_call(in_form("<{0}> {2}\n"));
}

TEST_CASE("a mail in an older encoding is read as it says") {
  const std::string said =
      "Jos\xE9: \x84"
      "Zw\xF6lf\x93 Euro?\r\nLee: \x80 12.\r\n";
  const std::string quoted = "Jos=E9: =84Zw=F6lf=93 Euro?\r\nLee: =80 12.\r\n";
  const std::string head = "From: a@example.com\r\nTo: b@example.com\r\nSubject: Call\r\n";
  const auto type = [](const std::string &charset, const std::string &encoding) {
    return "Content-Type: text/plain; charset=" + charset +
           (encoding.empty() ? "" : "\r\nContent-Transfer-Encoding: " + encoding) + "\r\n\r\n";
  };
  for (const char *charset : {"windows-1252", "\"Windows-1252\"", "iso-8859-1", "ISO-8859-1;x=y"}) {
    for (const std::string &bytes :
         {head + type(charset, "8bit") + said, head + type(charset, "") + said,
          head + type(charset, "quoted-printable") + quoted,
          head + type(charset, "base64") + base::base64_encode(said),
          head + "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" +
              type(charset, "8bit") + said + "\r\n--a--\r\n"}) {
      CAPTURE(bytes);
      const auto read = read_transcript(bytes);
      REQUIRE(read);
      REQUIRE(read->utterances.size() == 2);
      CHECK(read->source_format == "mail");
      CHECK(read->utterances[0].speaker == "Jos\xC3\xA9");
      CHECK(read->utterances[0].text == "\xE2\x80\x9EZw\xC3\xB6lf\xE2\x80\x9C Euro?");
      CHECK(read->utterances[1].text == "\xE2\x82\xAC 12.");
    }
  }
  const auto euro =
      read_transcript(head + type("iso-8859-15", "") + "Dana: 5 \xA4?\r\nLee: Ja.\r\n");
  REQUIRE(euro);
  CHECK(euro->utterances[0].text == "5 \xE2\x82\xAC?");
  for (const char *charset : {"x-own", "utf-8", "koi8-r/../x", ""}) {
    CHECK(contains(refusal_of(head + type(charset, "") + said).message, "UTF-8"));
  }
  const auto first_words = [&](const char *charset, const std::string &words) {
    return read_transcript(head + type(charset, "") + "Dana: " + words + "\r\nLee: 3.\r\n")
        .value()
        .utterances.at(0)
        .text;
  };
  CHECK(first_words("koi8-r", "\xE4\xC1") == "\xD0\x94\xD0\xB0");  // Da, in Cyrillic
  CHECK(first_words("windows-1251", "\xC4\xE0") == "\xD0\x94\xD0\xB0");
  CHECK(first_words("Shift_JIS", "\x82\xCD\x82\xA2") == "\xE3\x81\xAF\xE3\x81\x84");  // hai
  CHECK(first_words("ISO-2022-JP", "\x1B$B$O$$\x1B(B") == "\xE3\x81\xAF\xE3\x81\x84");
  CHECK(contains(refusal_of(head + "\r\n" + said).message, "UTF-8"));
}

TEST_CASE("several conversations in one JSON file are refused with their number") {
  const std::string turns =
      R"([{"speaker": "Ann", "text": "Hello."}, {"speaker": "Bob", "text": "Hello, Ann."}])";
  for (const char *form :
       {R"({{"calls": [{{"turns": {0}}}, {{"turns": {0}}}, {{"turns": {0}}}]}})",
        R"([{{"id": 1, "turns": {0}}}, {{"id": 2, "turns": {0}}}, {{"id": 3, "turns": {0}}}])",
        R"({{"call_1": {0}, "call_2": {0}, "call_3": {0}}})", "[{0}, {0}, {0}]",
        "{{\"turns\": {0}}}\n{{\"turns\": {0}}}\n{{\"turns\": {0}}}\n"}) {
    CAPTURE(form);
    const Error error = refusal_of(fmt::format(fmt::runtime(form), turns));
    CHECK(contains(error.message, "3 conversations"));
    CHECK(contains(error.message, "a file of its own"));
  }
  std::string texts;
  for (int i = 0; i < 3; ++i) {
    texts += fmt::format(R"({}{{"id": {}, "transcript": "Ann: Hello.\nBob: Hi.\nAnn: Bye."}})",
                         i > 0 ? ",\n" : "", i);
  }
  CHECK(contains(refusal_of("[" + texts + "]").message, "3 conversations"));
  CHECK(contains(refusal_of("{\"calls\": [" + texts + "]}").message, "3 conversations"));
}

TEST_CASE("two views of one conversation in JSON are one conversation") {
  const std::string turns =
      R"([{"speaker": "Ann", "text": "Hello."}, {"speaker": "Bob", "text": "Hello, Ann."}])";
  for (const char *form : {R"({{"raw": {0}, "clean": {0}}})", R"({{"turns": {0}, "words": []}})"}) {
    const auto read = read_transcript(fmt::format(fmt::runtime(form), turns));
    REQUIRE(read);
    CHECK(read->utterances.size() == 2);
  }
}

}  // namespace saleschecklist::test
