// Shapes of files that readers may find hard.
#include "scaling.hpp"

#include <saleschecklist/transcript.hpp>

#include <utility>

namespace scaling {
namespace {

using Make = std::function<std::string(std::size_t bytes)>;

Case reading(std::string shape, Make make) {
  return {"read", std::move(shape),
          [make = std::move(make)](std::size_t bytes) -> Pass {
            return [file = make(bytes)] {
              const auto read = saleschecklist::read_transcript(file);
              return read ? std::string() : read.error().message;
            };
          },
          0};
}

std::string filled(const std::string &head, const std::string &unit, const std::string &foot,
                   std::size_t bytes) {
  return head + repeated(unit, bytes - head.size()) + foot;
}

Case of_unit(std::string shape, std::string unit, std::string head = {}, std::string foot = {}) {
  return reading(std::move(shape),
                 [=](std::size_t bytes) { return filled(head, unit, foot, bytes); });
}

Case of_lines(std::string shape, std::function<std::string(std::size_t)> line,
              std::string head = {}, std::string foot = {}) {
  return reading(std::move(shape),
                 [=](std::size_t bytes) { return numbered(bytes, line, head, foot); });
}

// Opened `bytes` deep and closed again.
Case nested(std::string shape, std::string open, std::string close, std::string head = {}) {
  return reading(std::move(shape), [=](std::size_t bytes) {
    const std::size_t deep = bytes / (open.size() + close.size());
    return head + repeated(open, deep * open.size()) + "words" +
           (close.empty() ? "" : repeated(close, deep * close.size()));
  });
}

std::string digits(std::size_t number) { return std::to_string(number); }

// "01:02:03.000", or with another character before the milliseconds.
std::string clock_time(std::size_t seconds, char point) {
  const auto two = [](std::size_t n) { return (n < 10 ? "0" : "") + digits(n); };
  return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60) + point +
         "000";
}

std::string cue(std::size_t begin, char point, const std::string &text) {
  return clock_time(begin, point) + " --> " + clock_time(begin + 1, point) + "\n" + text + "\n\n";
}

std::vector<Case> plain_text() {
  return {
      of_unit("one utterance", "we lose forty thousand a month ", "Dana: "),
      of_unit("one word", "a", "Dana: "),
      of_unit("one line without a label", "words and words "),
      of_unit("one grapheme of marks", "\xCC\x81", "Dana: a"),
      of_unit("marks of many classes", "\xCC\x81\xCC\xA7\xD6\xB0", "Dana: a"),
      of_unit("joined emoji", "\xF0\x9F\x91\xA9\xE2\x80\x8D", "Dana: "),
      of_unit("bidi marks", "\xE2\x80\xAA\xE2\x80\xAC", "Dana: "),
      of_unit("all spaces", " "),
      of_unit("all line breaks", "\n"),
      of_unit("all carriage returns", "\r", "Dana: hello"),
      of_unit("all colons", ":"),
      of_unit("lines of colons", ":\n"),
      of_unit("colons and spaces", ": "),
      of_unit("all zero bytes", std::string(1, '\0'), "Dana: hello"),
      of_unit("all quotation marks", "\""),
      of_unit("all brackets", "["),
      of_unit("closed brackets", "[]"),
      of_unit("all parentheses", "(", "Dana: hello "),
      of_unit("all less-than signs", "<"),
      of_unit("all ampersands", "&", "Dana: "),
      of_unit("all stars", "*"),
      of_unit("all number signs", "#"),
      of_unit("all hyphens", "-"),
      of_unit("all bars", "|"),
      of_unit("all commas", ","),
      of_unit("all tabs", "\t", "a\tb\n"),
      of_unit("all digits", "7"),
      of_unit("digits and spaces", "7 "),
      of_unit("times only", "00:01 "),
      of_unit("lines of a time", "00:01\n"),
      of_unit("lines of one letter", "a\n"),
      of_unit("lines of a label without words", "Dana:\n"),
      of_unit("one turn again and again", "Dana: yes yes yes\n"),
      of_unit("short turns of two", "Dana: yes\nLee: no\n"),
      of_unit("turns with times", "[00:01] Dana: yes\n[00:02] Lee: no\n"),
      of_unit("headings without words", "Dana Reyes 00:01\n"),
      of_unit("headings of two", "Dana Reyes 00:01\nyes\n\nLee Okafor 00:02\nno\n\n"),
      of_unit("capitalised lines", "We Lose Forty\n"),
      of_unit("labels inside of lines", "Dana: yes Lee: no ", "Dana: "),
      of_unit("abbreviations", "Dr. ", "Dana: "),
      of_unit("web addresses", "https://a.b/c ", "Dana: "),
      of_unit("mail addresses", "a@b.cd ", "Dana: "),
      of_unit("quoted mail", "> > > words\n", "From: a@b.cd\nSubject: x\n\n"),
      of_unit("bullets", "- **Dana:** yes\n"),
      of_unit("UTF-16", std::string("a\0 \0", 4), "\xFF\xFE"),
      of_unit("bytes that are no UTF-8", "\xFF", "Dana: "),
      of_lines("a speaker per line", [](std::size_t n) { return "P" + digits(n) + ": hi\n"; }),
      of_lines("a named speaker per turn",
               [](std::size_t n) {
                 return "Ann Lee" + digits(n) + ": how much do you pay for it today?\n";
               }),
      of_lines("a heading per speaker",
               [](std::size_t n) { return "Ann Lee" + digits(n) + "  00:01\nyes\n\n"; }),
      of_lines("times that run back",
               [](std::size_t n) {
                 return "[" + clock_time(300'000 - n % 300'000, '.') + "] Dana: yes\n";
               }),
      of_lines(
          "new words only",
          [](std::size_t n) { return "w" + digits(n) + (n % 20 == 19 ? "\nDana: " : " "); },
          "Dana: "),
  };
}

std::vector<Case> subtitles() {
  return {
      of_lines(
          "webvtt, cues", [](std::size_t n) { return cue(n, '.', "<v Dana>yes"); }, "WEBVTT\n\n"),
      of_lines(
          "webvtt, a speaker per cue",
          [](std::size_t n) { return cue(n, '.', "<v S" + digits(n) + ">yes"); }, "WEBVTT\n\n"),
      of_lines(
          "webvtt, all at one time", [](std::size_t) { return cue(5, '.', "Dana: yes"); },
          "WEBVTT\n\n"),
      of_lines(
          "webvtt, times that run back",
          [](std::size_t n) { return cue(300'000 - n % 300'000, '.', "Dana: yes"); }, "WEBVTT\n\n"),
      of_lines(
          "webvtt, times to and fro",
          [](std::size_t n) { return cue(n % 2 == 0 ? n : 300'000 - n, '.', "Dana: yes"); },
          "WEBVTT\n\n"),
      of_lines(
          "webvtt, rolling captions",
          [](std::size_t n) {
            return cue(n, '.', "word " + digits(n) + "\nword " + digits(n + 1));
          },
          "WEBVTT\n\n"),
      of_unit("webvtt, one cue of many lines", "- yes\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n"),
      of_unit("webvtt, one cue of blank lines", "\nyes\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n"),
      of_unit("webvtt, arrows only", "-->\n", "WEBVTT\n\n"),
      of_unit("webvtt, arrows in one line", "--> ", "WEBVTT\n\n00:01.000 "),
      of_unit("webvtt, tags in one cue", "<c>", "WEBVTT\n\n00:01.000 --> 00:02.000\n"),
      of_unit("webvtt, tags of voices in one cue", "<v Dana>yes",
              "WEBVTT\n\n00:01.000 --> 00:02.000\n"),
      of_unit("webvtt, times in one cue", "<00:01.000>yes", "WEBVTT\n\n00:01.000 --> 00:02.000\n"),
      of_unit("webvtt, a note", "words\n", "WEBVTT\n\nNOTE\n"),
      of_lines("subrip, cues",
               [](std::size_t n) { return digits(n + 1) + "\n" + cue(n, ',', "Dana: yes"); }),
      of_unit("subrip, numbers only", "1\n", "1\n00:00:01,000 --> 00:00:02,000\nyes\n\n"),
      of_unit("sbv", "0:00:01.000,0:00:02.000\nyes\n\n"),
      of_unit("lrc", "[00:01.00]yes\n"),
      of_unit("lrc, times of one line", "[00:01.00]", "[ti:x]\n[00:01.00]yes\n"),
      of_unit("ass", "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Dana,0,0,0,,yes\n",
              "[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, "
              "MarginV, Effect, Text\n"),
      of_unit("ass, overrides", "{\\i1}",
              "[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, "
              "MarginV, Effect, Text\nDialogue: 0,0:00:01.00,0:00:02.00,Default,Dana,0,0,0,,"),
  };
}

std::vector<Case> pages() {
  const std::string ttml = "<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>";
  return {
      of_unit("html, paragraphs", "<p><b>Dana:</b> yes</p>\n", "<html><body>"),
      nested("html, nested", "<div>", "</div>", "<!DOCTYPE html><html><body>"),
      nested("html, never closed", "<b>", "", "<!DOCTYPE html><html><body>"),
      of_unit("html, closing only", "</p>", "<!DOCTYPE html><html><body>Dana: yes"),
      of_unit("html, one tag", " a=b", "<!DOCTYPE html><html><body><p"),
      of_unit("html, comments", "<!--", "<!DOCTYPE html><html><body>Dana: yes"),
      of_unit("html, entities", "&amp;", "<!DOCTYPE html><html><body>Dana: "),
      of_unit("html, unknown entities", "&x", "<!DOCTYPE html><html><body>Dana: "),
      of_unit("html, scripts", "<script>", "<!DOCTYPE html><html><body>Dana: yes"),
      of_unit("html, tables", "<table><tr><td>Dana<td>yes", "<!DOCTYPE html><html><body>"),
      nested("rtf, nested", "{", "}", "{\\rtf1\\ansi "),
      of_unit("rtf, controls", "\\b", "{\\rtf1\\ansi Dana: "),
      of_unit("rtf, bytes", "\\'e9", "{\\rtf1\\ansi Dana: "),
      of_unit("rtf, characters", "\\u233?", "{\\rtf1\\ansi Dana: "),
      of_unit("rtf, paragraphs", "Dana: yes\\par ", "{\\rtf1\\ansi "),
      of_lines(
          "ttml",
          [](std::size_t n) {
            return "<p begin=\"" + digits(n) + "s\" end=\"" + digits(n + 1) + "s\">yes</p>";
          },
          ttml, "</div></body></tt>"),
      nested("ttml, nested", "<span>", "</span>", ttml + "<p begin=\"1s\" end=\"2s\">"),
      of_unit("ttml, one attribute", "a", ttml + "<p begin=\"1s\" end=\"2s\" x=\""),
      nested("xml, nested", "<a>", "</a>", "<?xml version=\"1.0\"?>"),
      of_unit("xml, entities declared", "<!ENTITY a \"b\">",
              "<?xml version=\"1.0\"?><!DOCTYPE x ["),
      of_unit("mail, headers", "X-A: b\n", "From: a@b.cd\nSubject: x\n"),
      of_unit("mail, one header", " folded\n", "From: a@b.cd\nSubject: x\n"),
      of_unit("mail, boundaries", "--b\n",
              "From: a@b.cd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"),
      of_unit("mail, parts", "--b\nContent-Type: text/plain\n\nDana: yes\n",
              "From: a@b.cd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"),
      of_unit("mail, quoted-printable", "=C3=A9=\n",
              "From: a@b.cd\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"),
  };
}

std::vector<Case> tables_and_json() {
  return {
      of_unit("csv", "0,1,Dana,yes\n", "start,end,speaker,text\n"),
      of_unit("csv, columns", "a,", "start,end,speaker,text\n"),
      of_unit("csv, columns of the head", "a,"),
      of_unit("csv, one field", "yes ", "start,end,speaker,text\n0,1,Dana,\""),
      of_unit("csv, quotation marks", "\"\"", "start,end,speaker,text\n0,1,Dana,"),
      of_unit("csv, quotation marks opened", "0,1,Dana,\"yes\n", "start,end,speaker,text\n"),
      of_unit("tsv", "0\t1\tDana\tyes\n", "start\tend\tspeaker\ttext\n"),
      of_unit("markdown table", "| 0 | Dana | yes |\n", "| time | speaker | text |\n|--|--|--|\n"),
      of_unit("markdown table, columns", "| a ", "| time | speaker | text |\n|--|--|--|\n"),
      of_unit("json lines", "{\"speaker\":\"Dana\",\"text\":\"yes\"}\n"),
      of_unit("json values in one line", "{\"speaker\":\"Dana\",\"text\":\"yes\"}"),
      of_unit("json turns", "{\"speaker\":\"Dana\",\"text\":\"yes\"},", "[",
              "{\"speaker\":\"Dana\",\"text\":\"yes\"}]"),
      of_lines(
          "json turns, a speaker each",
          [](std::size_t n) { return "{\"speaker\":\"D" + digits(n) + "\",\"text\":\"yes\"},"; },
          "[", "{\"speaker\":\"Dana\",\"text\":\"yes\"}]"),
      nested("json arrays nested", "[", "]"),
      nested("json objects nested", "{\"a\":", "}"),
      of_unit("json arrays opened", "["),
      of_lines(
          "json, keys", [](std::size_t n) { return "\"k" + digits(n) + "\":1,"; }, "{",
          "\"text\":\"yes\"}"),
      of_unit("json, one key", "k", "{\"", "\":1}"),
      of_unit("json, one text", "yes ", "{\"text\":\"", "\"}"),
      of_unit("json, escapes", "\\u00e9", "[{\"speaker\":\"Dana\",\"text\":\"", "\"}]"),
      of_unit("json, numbers", "1,", "[", "1]"),
      of_unit("json, empty objects", "{},", "[", "{}]"),
      of_unit("json, one number", "1", "[{\"text\":\"yes\",\"start\":", "}]"),
      of_lines(
          "whisper segments",
          [](std::size_t n) {
            return "{\"start\":" + digits(n) + ",\"end\":" + digits(n + 1) + ",\"text\":\"yes\"},";
          },
          R"({"segments":[)", R"({"start":1,"end":2,"text":"yes"}]})"),
      of_lines(
          "deepgram words",
          [](std::size_t n) {
            return "{\"word\":\"yes\",\"start\":" + digits(n) + ",\"end\":" + digits(n + 1) +
                   ",\"speaker\":" + digits(n % 2) + "},";
          },
          R"({"results":{"channels":[{"alternatives":[{"words":[)",
          R"({"word":"yes","start":1,"end":2,"speaker":0}]}]}]}})"),
      of_lines(
          "aws items",
          [](std::size_t n) {
            return "{\"type\":\"pronunciation\",\"start_time\":\"" + digits(n) +
                   ".0\",\"end_time\":\"" + digits(n + 1) +
                   ".0\",\"alternatives\":[{\"content\":\"yes\"}]},";
          },
          R"({"results":{"transcripts":[{"transcript":""}],"items":[)",
          R"({"type":"punctuation","alternatives":[{"content":"."}]}]}})"),
  };
}

// Files as people have them, whose memory is bounded.
std::vector<Case> usual_files() {
  constexpr std::size_t most_memory = 15;
  const auto words = [](std::size_t n) {
    return "We looked at line " + digits(n % 977) +
           ", and it still stops twice a week. What would it take to see a drop by autumn?";
  };
  const auto who = [](std::size_t n) {
    return std::string(n % 3 == 0 ? "Dana Reyes" : n % 3 == 1 ? "Lee Okafor" : "Mira Lind");
  };
  const auto times = [](std::size_t n) {
    return "\"start\":" + digits(5 * n) + ".5,\"end\":" + digits(5 * n + 4) + ".75,";
  };
  std::vector<Case> out = {
      of_lines(
          "usual webvtt",
          [=](std::size_t n) {
            return cue(5 * n % 300'000, '.', "<v " + who(n) + ">" + words(n) + "</v>");
          },
          "WEBVTT\n\n"),
      of_lines("usual subrip",
               [=](std::size_t n) {
                 return digits(n + 1) + "\n" + cue(5 * n, ',', who(n) + ": " + words(n));
               }),
      of_lines("usual labels", [=](std::size_t n) { return who(n) + ": " + words(n) + "\n"; }),
      of_lines("usual headings",
               [=](std::size_t n) {
                 return who(n) + "  " + clock_time(5 * n, '.').substr(0, 8) + "\n" + words(n) +
                        "\n\n";
               }),
      of_lines(
          "usual whisper",
          [=](std::size_t n) { return "{" + times(n) + "\"text\":\" " + words(n) + "\"},"; },
          R"({"segments":[)", R"({"start":1,"end":2,"text":"yes"}]})"),
      of_lines(
          "usual turns in json",
          [=](std::size_t n) {
            return "{" + times(n) + "\"speaker\":\"" + who(n) + "\",\"text\":\"" + words(n) +
                   "\"},";
          },
          "[", R"({"speaker":"Dana Reyes","start":1,"end":2,"text":"yes"}])"),
      of_lines(
          "usual words in json",
          [=](std::size_t n) {
            return "{\"word\":\"autumn\"," + times(n / 10) +
                   "\"confidence\":0.98123,\"speaker\":" + digits(n / 20 % 2) +
                   ",\"speaker_confidence\":0.71,\"punctuated_word\":\"autumn" +
                   (n % 10 == 9 ? ".\"}," : "\"},");
          },
          R"({"results":{"channels":[{"alternatives":[{"words":[)",
          R"({"word":"yes","start":1,"end":2,"speaker":0}]}]}]}})"),
      of_lines(
          "usual csv",
          [=](std::size_t n) {
            return digits(5 * n) + "," + digits(5 * n + 4) + "," + who(n) + ",\"" + words(n) +
                   "\"\n";
          },
          "start,end,speaker,text\n"),
      of_lines(
          "usual html",
          [=](std::size_t n) { return "<p><b>" + who(n) + ":</b> " + words(n) + "</p>\n"; },
          "<!DOCTYPE html><html><body>\n", "</body></html>\n"),
  };
  for (Case &c : out) c.most_memory = most_memory;
  return out;
}

}  // namespace

std::vector<Case> reading_cases() {
  std::vector<Case> out;
  for (auto more : {usual_files(), plain_text(), subtitles(), pages(), tables_and_json()}) {
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

}  // namespace scaling
