// The readers of cue files and plain text, merging, and roles. JSON has a file of its own.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

std::string time_text(const std::optional<std::int64_t> &ms) {
  return ms ? std::to_string(*ms) : "-";
}

// One line an utterance: "Dana 0..1500: Hello."
std::string said(const Transcript &transcript) {
  std::string out;
  for (const Utterance &u : transcript.utterances) {
    out += fmt::format("{} {}..{}: {}\n", u.speaker.empty() ? "?" : u.speaker,
                       time_text(u.begin_ms), time_text(u.end_ms), u.text);
  }
  return out;
}

std::string said(const std::string &bytes) {
  const auto read = read_transcript(bytes);
  return read ? said(*read) : "error: " + to_string(read.error());
}

std::string format_of(const std::string &bytes) {
  const auto read = read_transcript(bytes);
  return read ? read->source_format : "error: " + to_string(read.error());
}

// "rep", "customer" or "unknown" of each utterance.
std::string roles_of(const Transcript &transcript) {
  std::string out;
  for (const Utterance &u : transcript.utterances) out += std::string(name(u.role)) + " ";
  return out;
}

std::string utf16(const std::u16string &text, bool big_endian) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

const std::string header = "WEBVTT\n\n";

std::string cue(const std::string &payload) {
  return header + "00:00:01.000 --> 00:00:02.500\n" + payload + "\n";
}

}  // namespace

TEST_CASE("WebVTT gives speakers, times and text") {
  const auto read = read_transcript(
      "WEBVTT - Weekly call\nKind: captions\n\n1\n00:00:00.000 --> 00:00:01.500\n<v Dana "
      "Reyes>Hello "
      "there.</v>\n\nintro\n00:02.000 --> 00:03.250\n<v Carl>Hi.\n");
  REQUIRE(read);
  CHECK(said(*read) == "Dana Reyes 0..1500: Hello there.\nCarl 2000..3250: Hi.\n");
  CHECK(read->source_format == "webvtt");
  CHECK(read->duration_ms == 3250);
}

TEST_CASE("the encoding and the line ends of WebVTT do not matter") {
  const std::string expected = "Zoë 1000..2500: Grüße €\n";
  const std::string body = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Zoë>Grüße €</v>\n";
  const std::u16string wide =
      u"WEBVTT\r\n\r\n00:00:01.000 --> 00:00:02.500\r\n<v Zoë>Grüße €</v>\r\n";
  std::string windows, classic;
  for (const char c : body) {
    windows += c == '\n' ? "\r\n" : std::string(1, c);
    classic += c == '\n' ? '\r' : c;
  }
  CHECK(said(body) == expected);
  CHECK(said("\xEF\xBB\xBF" + body) == expected);
  CHECK(said(windows) == expected);
  CHECK(said(classic) == expected);
  CHECK(said(utf16(wide, false)) == expected);
  CHECK(said(utf16(wide, true)) == expected);
}

TEST_CASE("a character beyond the basic plane survives UTF-16") {
  CHECK(said(utf16(u"Dana: Great 😀 indeed.", false)) == "Dana -..-: Great 😀 indeed.\n");
}

TEST_CASE("cue settings are no speech") {
  CHECK(said(header +
             "00:00:01.000 --> 00:00:02.500 align:start position:10% line:0\n<v Ann>Yes.\n") ==
        "Ann 1000..2500: Yes.\n");
}

TEST_CASE("notes, styles and regions are no speech") {
  CHECK(said("WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE\nnobody said\nthis\n\n"
             "NOTE one line\n\n00:00:01.000 --> 00:00:02.500\n<v Ann>Yes.\n\nNOTE the end\n") ==
        "Ann 1000..2500: Yes.\n");
}

TEST_CASE("a cue of several lines is one text") {
  CHECK(said(cue("<v Ann>We lose\nforty thousand\na month.")) ==
        "Ann 1000..2500: We lose forty thousand a month.\n");
}

TEST_CASE("a voice with classes is that voice") {
  CHECK(said(cue("<v.loud.first Mary Lee>Stop.</v>")) == "Mary Lee 1000..2500: Stop.\n");
}

TEST_CASE("several voices in one cue become several utterances") {
  CHECK(said(cue("<v Ann>Ready?</v> <v Bob>Ready.</v>")) ==
        "Ann 1000..2500: Ready?\nBob 1000..2500: Ready.\n");
}

TEST_CASE("markup inside a cue is dropped and its words are kept") {
  CHECK(said(cue("<v Ann><b>Big</b> <i.loud>deal</i> <00:00:01.500><c>today</c> a < b")) ==
        "Ann 1000..2500: Big deal today a < b\n");
}

TEST_CASE("entities become their characters") {
  CHECK(said(cue("<v Tom &amp; Jo>R&amp;D &lt;5&gt; &quot;x&quot;&nbsp;y &#233; &#x20AC; AT&T")) ==
        "Tom & Jo 1000..2500: R&D <5> \"x\" y é € AT&T\n");
}

TEST_CASE("hours above 99 are read") {
  CHECK(said(header + "123:00:01.000 --> 123:00:02.000\n<v Ann>Late.\n") ==
        "Ann 442801000..442802000: Late.\n");
}

TEST_CASE("overlapping and empty cues are kept with their times") {
  CHECK(said(header + "00:00:01.000 --> 00:00:05.000\n<v Ann>Long one.\n\n"
                      "00:00:02.000 --> 00:00:02.000\n<v Bob>Right.\n\n"
                      "00:00:03.000 --> 00:00:04.000\n<v Cy>Yes.\n") ==
        "Ann 1000..5000: Long one.\nBob 2000..2000: Right.\nCy 3000..4000: Yes.\n");
}

TEST_CASE("cues without a speaker stay apart and unnamed") {
  CHECK(said(header + "00:00:01.000 --> 00:00:02.000\nHello.\n\n"
                      "00:00:02.000 --> 00:00:03.000\nHello to you.\n") ==
        "? 1000..2000: Hello.\n? 2000..3000: Hello to you.\n");
}

TEST_CASE("a name before a colon names the speaker of a cue") {
  CHECK(said(cue("Dana Reyes: Hello there.")) == "Dana Reyes 1000..2500: Hello there.\n");
  CHECK(said(cue(">> DANA: Hello there.")) == "DANA 1000..2500: Hello there.\n");
}

TEST_CASE("a colon inside the words of a named voice takes no words away") {
  CHECK(said(cue("<v Ann>I have one question: what does it cost?")) ==
        "Ann 1000..2500: I have one question: what does it cost?\n");
}

TEST_CASE("a colon inside the sentence of an unnamed cue makes no speaker") {
  CHECK(said(cue("I have one question: what does it cost?")) ==
        "? 1000..2500: I have one question: what does it cost?\n");
}

TEST_CASE("neighbouring cues of one speaker merge and keep their times") {
  const auto read = read_transcript(header +
                                    "00:00:01.000 --> 00:00:02.000\n<v Ann>We grew.\n\n"
                                    "00:00:02.500 --> 00:00:04.000\n<v Ann>Then größer.\n\n"
                                    "00:00:04.000 --> 00:00:05.000\n<v Ann>End.\n\n"
                                    "00:00:06.000 --> 00:00:07.000\n<v Bob>Good.\n");
  REQUIRE(read);
  CHECK(said(*read) == "Ann 1000..5000: We grew. Then größer. End.\nBob 6000..7000: Good.\n");
  const auto &spans = read->utterances[0].spans;
  REQUIRE(spans.size() == 3);
  CHECK(spans[0].begin == 0);
  CHECK(spans[1].begin == 9);
  CHECK(spans[1].begin_ms == 2500);
  CHECK(spans[1].end_ms == 4000);
  CHECK(read->utterances[0].text.substr(spans[2].begin) == "End.");
}

TEST_CASE("SubRip is read with comma times, numbers and tags") {
  const auto read = read_transcript(
      "1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<font color=\"red\">Dana: Hello.</font>\r\n\r\n"
      "2\r\n00:00:03,000 --> 00:00:04,000\r\nCarl: We spend\r\n$40,000 a month.\r\n");
  REQUIRE(read);
  CHECK(said(*read) == "Dana 1000..2500: Hello.\nCarl 3000..4000: We spend $40,000 a month.\n");
  CHECK(read->source_format == "srt");
}

TEST_CASE("the content decides the format and no name does") {
  CHECK(format_of(cue("<v Ann>Hi.")) == "webvtt");
  CHECK(format_of("1\n00:00:01,000 --> 00:00:02,500\nHi.\n") == "srt");
  CHECK(format_of("Ann: Hi.\nBob: Hi.\n") == "text");
  CHECK(format_of("Ann Lee  0:03\nHi.\n\nBob  0:05\nHi.\n") == "otter");
  CHECK(format_of("\n\n  {\"text\": \"Hello there.\"}") == "text_json");
}

TEST_CASE("plain text names speakers before a colon and continues lines") {
  CHECK(said("Dana: We have looked at this\nfor a year now.\n\nCarl: I see.\n") ==
        "Dana -..-: We have looked at this for a year now.\nCarl -..-: I see.\n");
}

TEST_CASE("times before names in plain text are read") {
  const std::string expected = "Dana 3000..-: Hello.\nCarl 65000..-: Hi.\n";
  CHECK(said("[00:00:03] Dana: Hello.\n[00:01:05] Carl: Hi.\n") == expected);
  CHECK(said("(0:03) Dana: Hello.\n(1:05) Carl: Hi.\n") == expected);
  CHECK(said("00:03 - Dana: Hello.\n01:05 - Carl: Hi.\n") == expected);
}

TEST_CASE("a label alone on its line names the speaker of the next line") {
  CHECK(said("Dana:\nHello there.\n\nCarl:\nHi.\n") == "Dana -..-: Hello there.\nCarl -..-: Hi.\n");
}

TEST_CASE("a time alone on its line is that of the next line") {
  CHECK(said("0:03\nHello there.\n0:05\nHi.\n") == "? 3000..-: Hello there.\n? 5000..-: Hi.\n");
}

TEST_CASE("utterances with times are in order although others have none") {
  const auto read = read_transcript("[0:03] Ann: Hi.\nBob: Yes.\n[0:02] Cy: No.\n");
  if (!read) return;  // refused is as good
  std::int64_t last = 0;
  for (const Utterance &u : read->utterances) {
    if (!u.begin_ms) continue;
    CHECK(*u.begin_ms >= last);
    last = *u.begin_ms;
  }
}

TEST_CASE("headings before the conversation are left out with a warning") {
  const auto read = read_transcript(
      "Date: 3 May 2026\nAttendees: Dana, Carl\n\nDana: Hello.\nCarl: Hi.\nDana: Good.\n");
  REQUIRE(read);
  CHECK(said(*read) == "Dana -..-: Hello.\nCarl -..-: Hi.\nDana -..-: Good.\n");
  CHECK(read->warnings.size() == 2);
}

TEST_CASE("colons inside sentences of plain text are no labels") {
  CHECK(said("Dana: I will be frank.\nThe plan is this: we stop in May.\nCarl: Fine.\n") ==
        "Dana -..-: I will be frank. The plan is this: we stop in May.\nCarl -..-: Fine.\n");
  CHECK(said("Dana: Look at https://example.com: it is there.\nCarl: At 10:30 it was not.\n") ==
        "Dana -..-: Look at https://example.com: it is there.\nCarl -..-: At 10:30 it was not.\n");
}

TEST_CASE("a continued line that ends in a time of day is no heading") {
  CHECK(said("Dana: Let us talk again soon, perhaps\nwe could meet at 10:30\nCarl: Fine.\n") ==
        "Dana -..-: Let us talk again soon, perhaps we could meet at 10:30\nCarl -..-: Fine.\n");
}

TEST_CASE("text without speakers becomes sentences") {
  CHECK(said("Hello there. How are you? Fine, thanks.") ==
        "? -..-: Hello there.\n? -..-: How are you?\n? -..-: Fine, thanks.\n");
}

TEST_CASE("Otter headings give speaker and time") {
  const auto read = read_transcript(
      "Dana Reyes  0:03\nHello there.\nHow are you?\n\nCarl  1:02:05\nFine.\n\n"
      "Speaker 1  (1:02:09)\nGood.\n");
  REQUIRE(read);
  CHECK(said(*read) ==
        "Dana Reyes 3000..-: Hello there. How are you?\nCarl 3725000..-: Fine.\n"
        "Speaker 1 3729000..-: Good.\n");
}

TEST_CASE("the host names the seller without regard to case") {
  const std::string text = "Dana Reyes: Hello.\nCarl Smith: Hi.\nCora Smith: Hi.\n";
  for (const char *given : {"Dana Reyes", "dana reyes", "DANA", " Dana "}) {
    const auto read = read_transcript(text, {{given}});
    REQUIRE_MESSAGE(read, std::string(given));
    CHECK(roles_of(*read) == "rep customer customer ");
    CHECK(read->role_source == RoleSource::given);
    CHECK(!read->role_reason.empty());
  }
  CHECK(roles_of(read_transcript(text, {{"Dana", "Carl"}}).value()) == "rep rep customer ");
}

TEST_CASE("a seller who does not speak is refused and the speakers are listed") {
  const auto read = read_transcript("Dana Reyes: Hello.\nCarl: Hi.\n", {{"Dan"}});
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::invalid_argument);
  CHECK(read.error().message.find("'Dan'") != std::string::npos);
  CHECK(read.error().message.find("Dana Reyes, Carl") != std::string::npos);
}

TEST_CASE("a first name of two speakers is refused as ambiguous") {
  const auto read = read_transcript("Dana Reyes: Hello.\nDana Wood: Hi.\n", {{"Dana"}});
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::invalid_argument);
  CHECK(read.error().message.find("more than one") != std::string::npos);
  CHECK(read_transcript("Dana: Hello.\nDana Wood: Hi.\n", {{"Dana"}}));  // the exact one wins
}

TEST_CASE("an empty seller's name is refused") {
  CHECK_FALSE(read_transcript("Dana: Hello.\nCarl: Hi.\n", {{""}}));
  CHECK_FALSE(read_transcript("Dana: Hello.\nCarl: Hi.\n", {{"Dana", " "}}));
}

TEST_CASE("labels that are roles give the roles") {
  const auto read = read_transcript("Rep: Hello.\nCustomer: Hi.\n");
  REQUIRE(read);
  CHECK(roles_of(*read) == "rep customer ");
  CHECK(read->role_source == RoleSource::inferred);
  CHECK(read->role_reason.find("label") != std::string::npos);
}

TEST_CASE("roles are inferred from the talk and said to be inferred") {
  const auto read = read_transcript(
      "Ann: Thanks for taking the time. Let me show you our platform. What happens if you wait?\n"
      "Bob: Sure. Our CFO asked how much does it cost. We currently use spreadsheets.\n");
  REQUIRE(read);
  CHECK(roles_of(*read) == "rep customer ");
  CHECK(read->role_source == RoleSource::inferred);
  CHECK(read->role_reason.find("Ann") != std::string::npos);
}

TEST_CASE("nobody is a seller when nothing tells") {
  const auto read = read_transcript("Ann: Nice weather.\nBob: Very nice.\n");
  REQUIRE(read);
  CHECK(roles_of(*read) == "unknown unknown ");
  CHECK(read->role_source == RoleSource::none);
  CHECK(!read->role_reason.empty());
}

}  // namespace saleschecklist::test
