// Files of subtitles and tables as tools write them: who said what, and when.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

// The speakers in order of appearance, "?" for nobody.
std::string speakers_of(const Transcript &transcript) {
  std::vector<std::string> out;
  for (const Utterance &u : transcript.utterances) {
    const std::string name = u.speaker.empty() ? "?" : u.speaker;
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  }
  return fmt::format("{}", fmt::join(out, ", "));
}

std::string said(const std::string &bytes) {
  const auto read = read_transcript(bytes);
  if (!read) return "error: " + to_string(read.error());
  std::string out;
  for (const Utterance &u : read->utterances) {
    out += fmt::format("{}: {}\n", u.speaker.empty() ? "?" : u.speaker, u.text);
  }
  return out;
}

std::string times_of(const std::string &bytes) {
  const auto read = read_transcript(bytes);
  if (!read) return "error: " + to_string(read.error());
  std::string out;
  for (const Utterance &u : read->utterances) {
    out += fmt::format("{}..{} ", u.begin_ms ? std::to_string(*u.begin_ms) : "-",
                       u.end_ms ? std::to_string(*u.end_ms) : "-");
  }
  return out;
}

std::string warnings_of(const std::string &bytes) {
  const auto read = read_transcript(bytes);
  if (!read) return "error: " + to_string(read.error());
  return fmt::format("{}", fmt::join(read->warnings, "\n"));
}

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

struct Case {
  std::string file, format, speakers;
  std::size_t turns;
  std::string first, last;  // words
  std::int64_t begin, end;  // of the whole
};

const std::string thanks = "Thanks for taking the time today, Lee. How do you currently plan the ";
const std::string thursday = "Yes, Thursday works for us.";

std::vector<Case> labelled_cases() {
  const auto zoom = [](const std::string &file, const std::string &name) {
    return Case{file, "webvtt", name + ", Lee Okafor", 8, thanks, thursday, 3000, 39000};
  };
  std::vector<Case> out;
  for (const char *file : {"blank-after-time.vtt", "header-lower.vtt", "seconds-only.vtt",
                           "teams-out-of-order.vtt", "arrow-in-text.vtt", "nul.vtt"}) {
    out.push_back(zoom(file, "Dana Reyes"));
  }
  for (const char *file :
       {"bracket-name.srt", "paren-name.srt", "colon-ms.srt", "junk-before.srt", "footer.srt"}) {
    out.push_back(zoom(file, "Dana Reyes"));
    out.back().format = "srt";
  }
  out.push_back(zoom("zoom-lowercase-name.vtt", "dana"));
  out.push_back(zoom("zoom-digits-name.vtt", "14155550199"));
  out.push_back(zoom("zoom-emoji-name.vtt", "🚗 Dana Reyes"));
  out.push_back(zoom("zoom-handle-name.vtt", "@dana / Dana Reyes (EIP-1)"));
  out.push_back(zoom("zoom-hash-name.vtt", "#1 Dana Reyes"));
  out.push_back(zoom("zoom-quoted-name.vtt", "Dana \"DR\" Reyes"));
  out.push_back(zoom("zoom-long-name.vtt",
                     "Dana Reyes - Senior Account Executive - Northwind Software (she/her)"));
  return out;
}

std::vector<Case> other_cases() {
  const std::string both = "Dana Reyes, Lee Okafor", yes = thursday;
  return {
      {"de-label.vtt", "webvtt", "Dana Reyes, von Okafor, Lee", 8, thanks, yes, 3000, 39000},
      {"negative-time.vtt", "webvtt", both, 8, thanks, yes, 3000, 39000},
      {"srt-speaker-once.srt", "srt", both, 8, thanks, "Yes, Thursday works for us.", 3000, 39000},
      {"whisperx.srt", "srt", "SPEAKER_00, SPEAKER_01", 8, thanks, yes, 3000, 39000},
      {"csv.csv", "csv", both, 8, thanks, yes, 3000, 39000},
      {"tsv.tsv", "tsv", both, 8, thanks, yes, 3000, 39000},
      {"whisper.tsv", "tsv", "?", 8, thanks, yes, 3000, 39000},
      {"srv3.xml", "srv3", "?", 8, thanks, yes, 3000, 39000},
      {"vtt-unnamed-colon.vtt", "webvtt", "?", 8, thanks, yes, 3000, 39000},
      {"entities.vtt", "webvtt", "Ana López", 1, "R&D wants éclairs … ”now” © ’s", "’s", 1000,
       4000},
      {"rev-voice-dash.vtt", "webvtt", "?, Lee", 4, "Thanks for taking", "two hours.", 809, 12000},
      {"speaker-in-id.vtt", "webvtt", both, 2, "Thanks for taking", "every morning.", 3000, 13500},
      {"teams-unattributed.vtt", "webvtt", "?", 2, "Thanks for taking", "We use spreadsheets.",
       3000, 13500}};
}

void check(const Case &c) {
  CAPTURE(c.file);
  const auto read = read_transcript(read_file(source_dir() / "tests/data/transcripts" / c.file));
  REQUIRE_MESSAGE(read, to_string(read.error()));
  CHECK(read->source_format == c.format);
  CHECK(speakers_of(*read) == c.speakers);
  CHECK(read->utterances.size() == c.turns);
  CHECK(read->utterances.front().text.substr(0, c.first.size()) == c.first);
  const std::string &last = read->utterances.back().text;
  CHECK(last.substr(last.size() - std::min(last.size(), c.last.size())) == c.last);
  CHECK(read->utterances.front().begin_ms == c.begin);
  CHECK(read->duration_ms == c.end);
  CHECK(validate(*read).empty());
}

// A call of eight turns; `cue(number, begin, end, speaker, words)` writes one.
struct Turn {
  int begin, end;  // seconds
  const char *words;
};
constexpr std::array<Turn, 8> turns = {
    {{3, 7, "Thanks for taking the time today, Lee."},
     {8, 13, "We use spreadsheets. Three dispatchers lose about two hours every morning."},
     {14, 17, "What happens if nothing changes by winter?"},
     {17, 23, "Then we lose the Hartmann contract, and our CFO will not accept that."},
     {24, 28, "Our platform plans a day in four minutes. Who else decides with you?"},
     {28, 33, "Our CFO signs, and our operations lead has a veto."},
     {33, 36, "Shall we meet on Thursday at ten?"},
     {36, 39, "Yes, Thursday works for us."}}};

template <class Write>
std::string call(Write write, const std::string &head = {}) {
  std::string out = head;
  for (std::size_t i = 0; i < turns.size(); ++i) out += write(i, turns[i], i % 2 == 0);
  return out;
}

// WebVTT in which each payload is `seller` or `buyer`, with "@" for the words.
std::string labelled(const std::string &seller, const std::string &buyer) {
  return call(
      [&](std::size_t i, const Turn &turn, bool sells) {
        std::string payload = sells ? seller : buyer;
        payload.replace(payload.find('@'), 1, turn.words);
        return fmt::format("{}\n00:00:{:02}.000 --> 00:00:{:02}.000\n{}\n\n", i + 1, turn.begin,
                           turn.end, payload);
      },
      "WEBVTT\n\n");
}

void check_call(const std::string &bytes, const std::string &speakers,
                const std::string &format = "webvtt") {
  CAPTURE(bytes.substr(0, 200));
  const auto read = read_transcript(bytes);
  REQUIRE_MESSAGE(read, to_string(read.error()));
  CHECK(read->source_format == format);
  CHECK(speakers_of(*read) == speakers);
  REQUIRE(read->utterances.size() == turns.size());
  for (std::size_t i = 0; i < turns.size(); ++i) {
    CHECK(read->utterances[i].text == turns[i].words);
    CHECK(read->utterances[i].begin_ms == turns[i].begin * 1000);
  }
  CHECK(validate(*read).empty());
}

}  // namespace

TEST_CASE("each file of subtitles is read to the right words of the right people") {
  for (const Case &c : labelled_cases()) check(c);
  for (const Case &c : other_cases()) check(c);
}

TEST_CASE("a label may have any form if it recurs") {
  for (const char *name :
       {"Okafor, Lee (Extern)", "Dr. Lee Okafor", "Lee van den Berg", "dana | Customer Success",
        "+1 (415) 555-0199", "岡田 リー", "lee o", "L. O'Kafor-Smith, PhD", "iPhone von Lee",
        "~lee~", "[EXT] Lee Okafor"}) {
    check_call(labelled("Dana Reyes: @", std::string(name) + ": @"),
               "Dana Reyes, " + std::string(name));
  }
}

TEST_CASE("speakers may stand in tags, brackets and marks of all kinds") {
  check_call(labelled("<v Dana>@", "<v.quiet Lee>@</v>"), "Dana, Lee");
  check_call(labelled("[Dana]: @", "[Lee]: @"), "Dana, Lee");
  check_call(labelled("[Dana]\n@", "[Lee]\n@"), "Dana, Lee");
  check_call(labelled("(dana) @", "(lee o.) @"), "dana, lee o.");
  check_call(labelled(">> Dana: @", ">> Lee: @"), "Dana, Lee");
  check_call(labelled("- Dana: @", "- Lee: @"), "Dana, Lee");
  check_call(labelled("<b>Dana:</b> @", "<b>Lee:</b> @"), "Dana, Lee");
  check_call(labelled("Dana:\n@", "Lee:\n@"), "Dana, Lee");
  check_call(labelled("Dana Reyes\n@", "lee\n@"), "Dana Reyes, lee");
  check_call(labelled("Dana：@", "Lee：@"), "Dana, Lee");
  check_call(labelled("&#x5B;Dana&#93; @", "&lsqb;Lee&rsqb; @"), "Dana, Lee");
}

TEST_CASE("words before a colon that do not recur, or name nobody, are speech") {
  check_call(labelled("<v Dana>@", "<v Lee>@"), "Dana, Lee");
  const std::string head = "WEBVTT\n\n";
  for (const char *words : {"Look: we lose money.", "Question: what does it cost?",
                            "Digo: no puedo.", "One thing: we stop.", "Slides: see page two."}) {
    std::string text = labelled("@", "@");
    text += fmt::format("00:00:40.000 --> 00:00:42.000\n{}\n", words);
    const auto read = read_transcript(text);
    REQUIRE(read);
    CHECK(speakers_of(*read) == "?");
    CHECK(read->utterances.back().text == words);
  }
}

TEST_CASE("a cue without a label among labelled ones is nobody's, and a warning says so") {
  const std::string text = labelled("Dana: @", "Lee: @") +
                           "9\n00:00:40.000 --> 00:00:42.000\nQuestion: what does it cost?\n";
  CHECK(contains(said(text), "?: Question: what does it cost?"));
  CHECK(contains(warnings_of(text), "have no speaker"));
}

TEST_CASE("a name only where the speaker changes counts for the next cues") {
  const auto write = [](std::size_t i, const Turn &turn, bool sells) {
    return fmt::format(
        "{}\n00:00:{:02},000 --> 00:00:{:02},500\n{}: {}\n\n{}\n00:00:{:02},500 --> "
        "00:00:{:02},900\nand more of it.\n\n",
        3 * i + 1, turn.begin, turn.begin, sells ? "Dana Reyes" : "Lee", turn.words, 3 * i + 2,
        turn.begin, turn.begin);
  };
  const auto read = read_transcript(call(write));
  REQUIRE(read);
  CHECK(read->source_format == "srt");
  CHECK(speakers_of(*read) == "Dana Reyes, Lee");
  CHECK(read->utterances.size() == 8);
  CHECK(read->utterances[1].spans.size() == 2);
}

TEST_CASE("marks of a change of speaker end the words of the one who is named") {
  const std::string head = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n";
  CHECK(said(head + "<v Dana>Ready?</v> Somebody else.") == "Dana: Ready?\n?: Somebody else.\n");
  CHECK(said(head + "- Ready?\n- Ready.\n") == "?: Ready?\n?: Ready.\n");
  CHECK(said(head + "&gt;&gt; Ready? &gt;&gt; Ready.\n") == "?: Ready?\n?: Ready.\n");
  CHECK(said(head + "<v ->Ready?</v>\n<v ->Ready.\n") == "?: Ready?\n?: Ready.\n");
  CHECK(said(head + "It is\n-5 degrees.\n") == "?: It is -5 degrees.\n");
  CHECK(said(head + "<v Dana>x >> y") == "Dana: x\n?: y\n");
}

TEST_CASE("several labels in one cue are several speakers") {
  std::string text = labelled("Dana: @", "Lee: @");
  text += "9\n00:00:40.000 --> 00:00:42.000\nDana: Bye.\nLee: Goodbye.\n";
  CHECK(contains(said(text), "Dana: Bye.\nLee: Goodbye.\n"));
}

TEST_CASE("a label that never begins a cue is a speaker's, too") {
  std::string text = "WEBVTT\n\n";
  for (int i = 0; i < 6; ++i) {
    text += fmt::format(
        "00:00:{0:02}.000 --> 00:00:{0:02}.900\nDana: What is {0}?\nLee: It is {0}.\n\n", i);
  }
  const auto read = read_transcript(text);
  REQUIRE(read);
  CHECK(speakers_of(*read) == "Dana, Lee");
  CHECK(read->utterances.size() == 12);
  CHECK(read->utterances[11].text == "It is 5.");
}

TEST_CASE("Webex names the speaker in the identifier of the cue") {
  const auto write = [](std::size_t i, const Turn &turn, bool sells) {
    return fmt::format("{} \"{}\" ({})\n00:00:{:02}.000 --> 00:00:{:02}.000\n{}\n\n", i + 1,
                       sells ? "Dana Reyes" : "Okafor, Lee", sells ? 352 : 353, turn.begin,
                       turn.end, turn.words);
  };
  check_call(call(write, "WEBVTT\n\n"), "Dana Reyes, Okafor, Lee", "webex_vtt");
}

TEST_CASE("identifiers that name no people are no speakers") {
  const auto write = [](std::size_t i, const Turn &turn, bool) {
    return fmt::format("4f1c-22/{}-0\n00:00:{:02}.000 --> 00:00:{:02}.000\n{}\n\n", i, turn.begin,
                       turn.end, turn.words);
  };
  check_call(call(write, "WEBVTT\n\n"), "?");
}

TEST_CASE("one bad cue is repaired or left out, and the warning names its line") {
  const std::string good = labelled("<v Dana>@", "<v Lee>@");
  const auto with_times = [&](const std::string &times) {
    std::string text = good;
    const std::string third = "00:00:14.000 --> 00:00:17.000";
    return text.replace(text.find(third), third.size(), times);
  };
  for (const char *times : {"00:00:14.000 --> 00:00:13.000", "-00:00:14.000 --> 00:00:17.000",
                            "00:00:1x.000 --> 00:00:17.000", "00:00:14.000 -->", "--> 00:00:17.000",
                            "00:00:14.000 --> 00:00:77.000", "00:00:14,000 --> 00:60:17,000",
                            "09:00:14.000 --> 09:00:17.000"}) {
    CAPTURE(std::string(times));
    const std::string text = with_times(times);
    CHECK(said(text) == said(good));
    CHECK(contains(warnings_of(text), "line 12"));
  }
  for (const char *times : {"00:00:14,000 --> 00:00:17,000", "14 --> 17", "0:14.000 -> 0:17.000",
                            "00:00:14:000 --> 00:00:17:000"}) {
    CHECK(times_of(with_times(times)) == times_of(good));
  }
}

TEST_CASE("text outside of cues is no speech") {
  std::string text = labelled("Dana: @", "Lee: @");
  text.insert(text.find("5\n"), "Page 2 of 3\n\n");
  check_call(text, "Dana, Lee");
  CHECK(contains(warnings_of(text), "'Page 2 of 3'"));
  check_call(labelled("Dana: @", "Lee: @") + "Exported by A Tool\n\nsee https://example.org\n",
             "Dana, Lee");
}

TEST_CASE("a file with more bad cues than a tenth is refused") {
  std::string text = labelled("Dana: @", "Lee: @");
  for (const char *time : {"00:00:14.000 -->", "00:00:24.000 -->"}) {
    text.replace(text.find(time), 16, "00:00:xx.000 -->");
  }
  const auto read = read_transcript(text);
  REQUIRE_FALSE(read);
  CHECK(read.error().where == "line 12");
}

TEST_CASE("cues that are written late are sorted") {
  const std::string text =
      "WEBVTT\n\n00:10.000 --> 00:12.000\n<v Lee>Second.\n\n00:02.000 --> 00:04.000\n"
      "<v Dana>First.\n\n00:20.000 --> 00:22.000\n<v Lee>Third.\n";
  CHECK(said(text) == "Dana: First.\nLee: Second. Third.\n");
  CHECK(contains(warnings_of(text), "sorted"));
}

TEST_CASE("rolling captions are told once") {
  std::string text = "WEBVTT\nKind: captions\n\n";
  std::string before = " ";
  for (std::size_t i = 0; i < turns.size(); ++i) {
    text += fmt::format("00:00:{:02}.000 --> 00:00:{:02}.990 align:start\n{}\n{}\n\n",
                        turns[i].begin, turns[i].end - 1, before, turns[i].words);
    text += fmt::format("00:00:{:02}.990 --> 00:00:{:02}.000\n{}\n \n\n", turns[i].end - 1,
                        turns[i].end, turns[i].words);
    before = turns[i].words;
  }
  check_call(text, "?");
}

TEST_CASE("times of a clock are counted from the first cue") {
  const auto write = [](std::size_t, const Turn &turn, bool sells) {
    return fmt::format("14:03:{:02}.000 --> 14:03:{:02}.000\n<v {}>{}\n\n", turn.begin, turn.end,
                       sells ? "Dana" : "Lee", turn.words);
  };
  const auto read = read_transcript(call(write, "WEBVTT\n\n"));
  REQUIRE(read);
  CHECK(read->utterances[0].begin_ms == 0);
  CHECK(read->duration_ms == 36000);
  CHECK(read->warnings.size() == 1);
}

TEST_CASE("SubViewer, TTML, ASS and LRC are read") {
  check_call(call([](std::size_t, const Turn &turn, bool sells) {
               return fmt::format("0:00:{:02}.000,0:00:{:02}.000\n{}: {}\n\n", turn.begin, turn.end,
                                  sells ? "Dana" : "Lee", turn.words);
             }),
             "Dana, Lee", "sbv");
  check_call(call(
                 [](std::size_t, const Turn &turn, bool sells) {
                   return fmt::format("[00:{:02}.00]{}: {}\n", turn.begin, sells ? "Dana" : "Lee",
                                      turn.words);
                 },
                 "[ti:A call]\n[by:Tool]\n"),
             "Dana, Lee", "lrc");
  check_call(
      call(
          [](std::size_t, const Turn &turn, bool sells) {
            return fmt::format(
                "Dialogue: 0,0:00:{:02}.00,0:00:{:02}.00,Default,{},0,0,0,,{{\\i1}}"
                "{}\n",
                turn.begin, turn.end, sells ? "Dana" : "Lee", turn.words);
          },
          "[Script Info]\nTitle: A call\n\n[Events]\nFormat: Layer, Start, End, Style, Name, "
          "MarginL, MarginR, MarginV, Effect, Text\nComment: 0,0:00:01.00,0:00:02.00,"
          "Default,,0,0,0,,not said\n"),
      "Dana, Lee", "ass");
  check_call(call(
                 [](std::size_t, const Turn &turn, bool sells) {
                   return fmt::format(
                       "<p begin=\"00:00:{:02}.000\" dur=\"{}s\" ttm:agent=\"{}\">{}</p>\n",
                       turn.begin, turn.end - turn.begin, sells ? "a1" : "a2", turn.words);
                 },
                 "<?xml version=\"1.0\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\"><head><metadata>"
                 "<ttm:agent xml:id=\"a1\" type=\"person\"><ttm:name type=\"full\">Dana</ttm:name>"
                 "</ttm:agent><ttm:agent xml:id=\"a2\"><ttm:name>Lee</ttm:name></ttm:agent>"
                 "</metadata></head><body><div>\n") +
                 "</div></body></tt>",
             "Dana, Lee", "ttml");
  check_call(call(
                 [](std::size_t, const Turn &turn, bool) {
                   return fmt::format("<text start=\"{}\" dur=\"2.5\">{}</text>", turn.begin,
                                      turn.words);
                 },
                 "<?xml version=\"1.0\"?><transcript>"),
             "?", "srv1");
}

TEST_CASE("tables are read by the names of their columns") {
  const auto table = [](const std::string &head, const std::string &row) {
    return call(
        [&](std::size_t i, const Turn &turn, bool sells) {
          return fmt::format(fmt::runtime(row), fmt::arg("i", i + 1), fmt::arg("s", turn.begin),
                             fmt::arg("e", turn.end),
                             fmt::arg("who", sells ? "Dana Reyes" : "Okafor, Lee"),
                             fmt::arg("words", turn.words)) +
                 "\n";
        },
        head + "\n");
  };
  const std::string both = "Dana Reyes, Okafor, Lee";
  check_call(
      table("Speaker,Start Time,End Time,Text", "\"{who}\",00:00:{s:02},0:{e:02},\"{words}\""),
      both, "csv");
  check_call(table("sep=;\nstart;name;transcript", "{s},0;\"{who}\";\"{words}\""), both, "csv");
  check_call(table("id\tstart_ms\tend_ms\tSpeaker Label\tUtterance",
                   "{i}\t{s}000\t{e}000\t{who}\t{words}"),
             both, "tsv");
  check_call(table("startTime,duration,participant,content", "{s}.0,1.5,\"{who}\",\"{words}\""),
             both, "csv");
  check_call(table("Meeting,Call with Lee\nDate,2026-03-03\n\nTimestamp,Speaker,Text",
                   "0:{s:02},\"{who}\",\"{words}\""),
             both, "csv");
  check_call(table("start,end,speaker,text", "{s},{e},\"{who}\",{words}"), both, "csv");
  check_call(table("start,end,text,confidence", "{s},{e},\"{words}\",0.9"), "?", "csv");
  check_call(table("start,end,text", "{s},{e},\"{who}: {words}\""), both, "csv");
}

TEST_CASE("tables without names of columns are read by what is in them") {
  const auto table = [](const std::string &row) {
    return call([&](std::size_t i, const Turn &turn, bool sells) {
      return fmt::format(fmt::runtime(row), fmt::arg("i", i + 1), fmt::arg("s", turn.begin),
                         fmt::arg("e", turn.end), fmt::arg("who", sells ? "Dana" : "Lee"),
                         fmt::arg("words", turn.words)) +
             "\n";
    });
  };
  check_call(table("0:{s:02}\t{who}\t{words}"), "Dana, Lee", "tsv");
  check_call(table("{s}.0,{e}.0,{who},\"{words}\""), "Dana, Lee", "csv");
  check_call(table("{i}\t{s}000\t{e}000\t{who}\t{words}"), "Dana, Lee", "tsv");
}

TEST_CASE("names of columns in another language are no speech") {
  std::string table = "Hora,Hablante,Texto\n";
  for (int i = 0; i < 6; ++i) {
    table +=
        fmt::format("00:00:{:02},{},\"Decimos algo, como siempre.\"\n", i, i % 2 ? "Ana" : "Luis");
  }
  const auto read = read_transcript(table);
  REQUIRE(read);
  CHECK(speakers_of(*read) == "Luis, Ana");
  CHECK(read->utterances.size() == 6);
}

TEST_CASE("a quoted field may have quotation marks, delimiters and line breaks") {
  CHECK(said("speaker,text\nDana,\"We say \"\"stop\"\",\nand stop.\"\nLee,Fine.\n") ==
        "Dana: We say \"stop\", and stop.\nLee: Fine.\n");
  CHECK(said("speaker,text\nDana,\"Never closed, and so on\nLee,Fine.\n") ==
        "Dana: \"Never closed, and so on\nLee: Fine.\n");
}

TEST_CASE("prose with commas and tabs is no table") {
  const auto read = read_transcript(
      std::string("Dana: Well, yes, we lose money.\nLee: How much, Dana, and since when?\n"));
  REQUIRE(read);
  CHECK(read->source_format == "text");

  // One comma in each line, after which the same words come over and over.
  std::string lines;
  for (int i = 0; i < 12; ++i) {
    lines +=
        fmt::format("{}: Offer number {}, if that is all right.\n", i % 2 == 0 ? "Dana" : "Lee", i);
  }
  const auto labelled = read_transcript(lines, {{"Dana"}});
  REQUIRE(labelled);
  CHECK(labelled->utterances.size() == 12);
  const auto plain = read_transcript("Yes, I do.\nNo, I do not.\nYes, of course.\nNo, never.\n");
  REQUIRE(plain);
  for (const Utterance &u : plain->utterances) CHECK(u.speaker.empty());
}

}  // namespace saleschecklist::test
