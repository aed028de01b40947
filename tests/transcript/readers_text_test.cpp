// The shapes of plain text: who said what, and when, in the texts that meeting tools and people
// make.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

#include "base/base64.hpp"
#include "support/support.hpp"
#include "transcript/sample_call.hpp"

namespace saleschecklist::test {
namespace {

struct Expected {
  std::string file, format, seller, buyer;
  std::int64_t first_ms;  // of the first turn; -1 if the turns have no times
};

const std::vector<Expected> files = {
    {"bar-time.txt", "chorus_text", "Dana Reyes", "Lee Okafor", 3000},
    {"changelog.md", "markdown", "Dana Reyes", "Lee Okafor", -1},
    {"clock-ampm.txt", "otter", "Dana Reyes", "Lee Okafor", -1},
    {"comma-time.txt", "otter", "Dana Reyes", "Lee Okafor", 3000},
    {"descript-2.md", "descript_markdown", "Dana Reyes", "Lee Okafor", 3000},
    {"descript.md", "descript_markdown", "Dana Reyes", "Lee Okafor", 3000},
    {"eml.eml", "mail", "Dana Reyes", "Lee Okafor", -1},
    {"fathom.txt", "fathom_text", "Dana Reyes", "Lee Okafor", 3000},
    {"fireflies.md", "fireflies_markdown", "Dana Reyes", "Lee Okafor", 3000},
    {"gong-copy.txt", "gong_text", "Dana Reyes", "Lee Okafor", 3000},
    {"granola-md.md", "markdown", "Dana Reyes", "Lee Okafor", 3000},
    {"happyscribe.txt", "happyscribe_text", "Dana Reyes", "Lee Okafor", 3000},
    {"heading-comma.txt", "otter", "Reyes, Dana", "Okafor, Lee", 3000},
    {"heading-dr.txt", "otter", "Dana Reyes", "Dr. Lee Okafor", 3000},
    {"heading-lower.txt", "otter", "Dana Reyes", "lee okafor", 3000},
    {"heading-van.txt", "otter", "Dana Reyes", "Lee van den Berg", 3000},
    {"headings.md", "markdown", "Dana Reyes", "Lee Okafor", 3000},
    {"lower-labels.txt", "text", "agent", "customer", -1},
    {"md-table.md", "markdown_table", "Dana Reyes", "Lee Okafor", 3000},
    {"meta-head.txt", "text", "Dana Reyes", "Lee Okafor", -1},
    {"nbsp-label.txt", "text", "Dana Reyes", "Lee Okafor", -1},
    {"nemo.txt", "nemo_text", "speaker_0", "speaker_1", 3000},
    {"numbered.txt", "text", "Dana Reyes", "Lee Okafor", -1},
    {"pyannote.txt", "pyannote_text", "SPEAKER_00", "SPEAKER_01", 3000},
    {"rev.txt", "rev_text", "Dana Reyes", "Lee Okafor", 3000},
    {"role-client-partner.txt", "text", "Dana Reyes (Client Partner)", "Lee Okafor", -1},
    {"role-customer-success.txt", "text", "Dana Reyes | Customer Success", "Lee Okafor", -1},
    {"role-sales-lead.txt", "text", "Dana Reyes - Sales Lead", "Lee Okafor", -1},
    {"rtf.rtf", "rtf", "Dana Reyes", "Lee Okafor", -1},
    {"teams-copy.txt", "teams_text", "Dana Reyes", "Lee Okafor", 3000},
    {"teams-docx-old.txt", "teams_text", "Dana Reyes", "Lee Okafor", 3000},
    {"teams-docx.txt", "teams_text", "Dana Reyes", "Lee Okafor", 3000},
    {"utf16le-nobom.txt", "text", "Dana Reyes", "Lee Okafor", -1},
    {"whisperx.txt", "whisperx_text", "SPEAKER_00", "SPEAKER_01", -1},
    {"zoom-caption.txt", "zoom_captions", "Dana Reyes", "Lee Okafor", 0},
    {"zoom-chat.txt", "zoom_chat", "Dana Reyes", "Lee Okafor", 0}};

std::string sample(const std::string &file) {
  return read_file(source_dir() / "tests/data/transcripts" / file);
}

}  // namespace

TEST_CASE("texts of meeting tools give the right words to the right person") {
  for (const Expected &expected : files) {
    CAPTURE(expected.file);
    const Transcript read = check_call(sample(expected.file), expected.seller, expected.buyer);
    CHECK(read.source_format == expected.format);
    CHECK(read.utterances[0].role == Role::rep);
    CHECK(read.utterances[1].role == Role::customer);
    CHECK(read.utterances[0].begin_ms.value_or(-1) == expected.first_ms);
    if (expected.first_ms < 0) continue;
    const std::int64_t last = (seconds[7] - seconds[0]) * 1000 + expected.first_ms;
    CHECK(*read.utterances[7].begin_ms / 1000 == last / 1000);
  }
}

TEST_CASE("the console output of Whisper has times and no speakers") {
  for (const char *file : {"whisper-console.txt", "whispercpp-console.txt"}) {
    const Transcript read = check_call(sample(file), "", "");
    CHECK(read.utterances[1].begin_ms == 8000);
    CHECK(read.utterances[1].end_ms == 13500);
    CHECK(read.source_format == "whisper_text");
  }
}

TEST_CASE("a sentence with a colon stays with its speaker") {
  const auto said_by_lee = [](const std::string &bytes, std::size_t turn,
                              const std::string &begin) {
    const auto read = read_transcript(bytes);
    REQUIRE(read);
    REQUIRE(read->utterances.size() == 8);
    CHECK(read->utterances[turn].speaker == "Lee Okafor");
    CHECK(read->utterances[turn].text.find(begin) != std::string::npos);
  };
  said_by_lee(sample("heading-colon-sentence.txt"), 1, "Question: who pays");
  said_by_lee(sample("heading-colon-sentence.txt"), 5, "Honestly: our CFO");
  said_by_lee(sample("plain-colon-sentence.txt"), 1, "Problem: Three");
  said_by_lee(sample("plain-colon-sentence.txt"), 5, "Honestly: our CFO");
  said_by_lee(sample("plain-arrow.txt"), 1, "Lead --> quote");
  for (const char *label : {"Summary", "Slides", "Question", "the thing is", "Step 1", "Note",
                            "One question", "The plan is this", "Bottom line", "Next steps"}) {
    const std::string inner = fmt::format("{}: we wait.", label);
    const auto add = [&](auto shape) {
      return call_of([&](std::size_t i, const std::string &name, const std::string &said) {
        return shape(i, name, i == 1 || i == 3 ? said + "\n" + inner : said);
      });
    };
    said_by_lee(add(labelled), 1, inner);
    said_by_lee(add(headed), 3, inner);
  }
}

TEST_CASE("names are speakers however they look if they recur") {
  for (const char *name :
       {"dana", "@dana / Dana Reyes (EIP-1)", "14155550199", "+1 415 555 0199",
        "\xF0\x9F\x9A\x97 Dana Reyes", "Dana | Customer Success", "Reyes, Dana (Extern)",
        "Dr. Dana Reyes", "Dana van den Berg", "dana.reyes", "Speaker A"}) {
    check_call(call_of(labelled, name), name);
    check_times(check_call(call_of(headed, name), name));
  }
}

TEST_CASE("names and times are read wherever they stand") {
  for (const char *turn :
       {"[00:00:{1:02}] {0}: {2}\n", "{0} [00:00:{1:02}]: {2}\n", "{0}\n00:00:{1:02}\n{2}\n\n",
        "00:00:{1:02}\n{0}\n{2}\n\n", "00:00:{1:02}\t{0}\t{2}\n", "{0} - 0:{1:02}\n{2}\n\n",
        "0:{1:02} - {0} (Northwind)\n{2}\n\n", "[0:{1:02}] [{0}] {2}\n",
        "{0} 0 minutes {1} seconds\n{2}\n", "**[0:{1:02}] {0}:** {2}\n\n",
        "[0:{1:02}](https://example.com/?t={1}) **{0}:** {2}\n\n", "* **{0}** (0:{1:02}): {2}\n",
        "[0:{1:02} - {0}] {2}\n", "[{0}, 0:{1:02}] {2}\n", "{0} at 0:{1:02}\n{2}\n\n",
        "start={1}.0s stop={1}.5s {0}\n{2}\n", "[{1}] {0}: {2}\n", "[{1}000] {0}: {2}\n"}) {
    CAPTURE(turn);
    const std::string format = turn;
    check_times(
        check_call(call_of([&](std::size_t i, const std::string &name, const std::string &said) {
          return fmt::format(fmt::runtime(format), name, seconds[i], said);
        })));
  }
}

TEST_CASE("names without times are read wherever they stand") {
  for (const char *turn : {"{0}\n{1}\n\n", "## {0}\n\n{1}\n\n", "_{0}_: {1}\n",
                           "> **{0}:** {1}\n\n", "- **{0}**: {1}\n", "<{0}> {1}\n", ">> {0}: {1}\n",
                           "{0}:\n{1}\n\n", "{0} | {1}\n", "{0} - {1}\n", "{0} \xE2\x80\x94 {1}\n",
                           "[{0}] {1}\n", "<p><b>{0}:</b> {1}</p>\n", "<div>{0}: {1}<br></div>"}) {
    CAPTURE(turn);
    const std::string format = turn;
    check_call(call_of([&](std::size_t, const std::string &name, const std::string &said) {
      return fmt::format(fmt::runtime(format), name, said);
    }));
  }
}

TEST_CASE("what stands around a conversation is no speech, and a warning says so") {
  const std::string call = call_of(labelled);
  for (const std::string &bytes :
       {"Call ID: 8842\nOpportunity: Hartline\nOwner: Dana Reyes\n\n" + call,
        "---\ntitle: Planning\nattendees:\n  - Dana Reyes\n---\n\n" + call,
        "# Planning\n\n## Summary\n\nThey talked.\n\n## Action items\n\n- **Dana:** quote\n\n"
        "## Transcript\n\n" +
            call,
        call + "\nSummary:\nThey agreed.\n\nAction items:\n- Dana Reyes: send it\n",
        call + "Dana Reyes stopped transcription\n",
        "Subject: Call\nFrom: a@example.com\nX-Id: 7\n\nHi Lee, here it is.\n\n" + call +
            "--\nDana Reyes\nNorthwind\n",
        call + "\nTranscription ended after 00:06:11\n\nThis editable transcript was computer "
               "generated "
               "and might contain errors.\n",
        call + "\nTranscribed by https://otter.ai\n"}) {
    CHECK_FALSE(check_call(bytes).warnings.empty());
  }
}

TEST_CASE("whoever is not certainly a speaker is nobody, and a warning says so") {
  const auto read = read_transcript(call_of(labelled) + "Hartmann: they left.\n");
  REQUIRE(read);
  CHECK(read->utterances.back().speaker.empty());
  CHECK(read->utterances.back().text == "Hartmann: they left.");
  REQUIRE(read->warnings.size() == 1);
  CHECK(read->warnings[0].find("line 9") != std::string::npos);
}

TEST_CASE("one wrong time costs a time and no words") {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += fmt::format("[0:{:02}] {}: Line {} of many.\n", i, i % 2 == 0 ? "Ann" : "Bob", i);
  }
  for (const char *wrong : {"[9:05]", "[0:75]", "[0:01]"}) {
    std::string bytes = text;
    bytes.replace(bytes.find("[0:05]"), 6, wrong);
    const auto read = read_transcript(bytes);
    REQUIRE(read);
    REQUIRE(read->utterances.size() == 20);
    CHECK(read->utterances[5].text == "Line 5 of many.");
    CHECK_FALSE(read->utterances[5].begin_ms);
    REQUIRE(read->warnings.size() == 1);
    CHECK(read->warnings[0].find("line 6") == 0);
  }
}

TEST_CASE("numbers that count the turns are no part of the names") {
  std::size_t number = 0;
  for (const char *turn : {"{0} {1}: {2}\n", "{0}. {1}: {2}\n", "{0}\n{1}: {2}\n"}) {
    number = 0;
    const std::string format = turn;
    check_call(call_of([&](std::size_t, const std::string &name, const std::string &said) {
      return fmt::format(fmt::runtime(format), ++number, name, said);
    }));
  }
}

TEST_CASE("two people whose names differ by a number or a company stay two") {
  for (const char *turn : {"{0}: {2}\n", "{0}  0:{1:02}\n{2}\n\n", "0:{1:02} - {0}\n{2}\n\n"}) {
    const std::string format = turn;
    check_call(call_of(
                   [&](std::size_t i, const std::string &name, const std::string &said) {
                     return fmt::format(fmt::runtime(format), name, seconds[i], said);
                   },
                   "Lee (2)", "Lee (Acme)"),
               "Lee (2)", "Lee (Acme)");
  }
}

TEST_CASE("a web page is read as its text, and what is not shown is no speech") {
  const auto read = check_call(
      "<!DOCTYPE html>\n<html><head><title>A: b</title><style>p { color: red }</style></head>\n"
      "<body><!-- Dana: this is not shown --><script>if (a < b) document.write('Dana: "
      "no');</script>\n" +
      call_of([](std::size_t, const std::string &name, const std::string &said) {
        return "<p class=\"turn\"><strong>" + name + "</strong>: " + said + "</p>\n";
      }) +
      "</body></html>\n");
  CHECK(read.source_format == "html");
  check_times(
      check_call("<table><tr><th>Time</th><th>Speaker</th><th>Text</th></tr>\n" +
                 call_of([](std::size_t i, const std::string &name, const std::string &said) {
                   return fmt::format("<tr><td>0:{:02}</td><td>{}</td><td>{}</td></tr>\n",
                                      seconds[i], name, said);
                 }) +
                 "</table>\n"));
}

TEST_CASE("a mail is read in whatever parts and encoding its text is") {
  const std::string head =
      "From: Dana <dana@example.com>\nTo: lee@example.org\nSubject: Call\nMIME-Version: 1.0\n";
  const std::string call = call_of(labelled), encoded = base::base64_encode(call);
  std::string lines;
  for (std::size_t at = 0; at < encoded.size(); at += 76) lines += encoded.substr(at, 76) + "\n";
  const std::string plain =
      "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + lines;
  const std::string page =
      "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n" +
      call_of([](std::size_t, const auto &name, const auto &said) {
        return "<p class=3D\"turn\">" + name + ": " + said + "</p>=\n\n";
      });
  for (const std::string &bytes :
       {head + plain, head + page,
        head + "Content-Type: multipart/alternative;\n boundary=\"=1=\"\n\nParts.\n--=1=\n" + page +
            "\n--=1=\n" + plain + "\n--=1=--\n",
        head +
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: image/png\n\n"
            "iVBORw0KGgo=\n--a\n" +
            page + "\n--a--\n"}) {
    CHECK(check_call(bytes).source_format == "mail");
  }
}

TEST_CASE(
    "dated lines of chats count from the first, and instructions to an assistant are no speech") {
  const auto chat =
      check_call(call_of([](std::size_t i, const std::string &name, const std::string &said) {
        return fmt::format("[02.03.26, 10:00:{:02}] {}: {}\n", seconds[i], name, said);
      }));
  CHECK(chat.utterances[1].begin_ms == 5000);
  const auto prompted =
      check_call("System: You sell routes.\nBe brief.\n" + call_of(labelled, "Assistant", "User"),
                 "Assistant", "User");
  CHECK(prompted.warnings.size() == 1);
}

}  // namespace saleschecklist::test
