// What a transcript must not be: broken, binary, or so large that a slow reader would show.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

Error refusal(const std::string &bytes) {
  auto result = read_transcript(bytes);
  REQUIRE_MESSAGE(!result, bytes.substr(0, 80));
  CHECK(result.error().code == ErrorCode::invalid_input);
  CHECK(!result.error().message.empty());
  CHECK(result.error().message.find('\n') == std::string::npos);
  return result.error();
}

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

std::string repeated(const std::string &text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

constexpr std::size_t megabyte = 1000 * 1000;

}  // namespace

TEST_CASE("nothing at all is refused") {
  refusal("");
  refusal("   \r\n\t \n");
  refusal("\xEF\xBB\xBF");
  refusal("\xFF\xFE");
}

TEST_CASE("a transcript without words is refused") {
  refusal("WEBVTT\n");
  refusal("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann></v>\n");
  refusal("WEBVTT\n\n00:01.000 --> 00:02.000\n...\n");
  refusal("Dana:\nCarl: ...\n");
  refusal("- - -\n!!!\n");
  refusal("<p></p>");
  refusal("<!DOCTYPE html><html><head><title>Call</title></head><body></body></html>");
  refusal("[]");
  refusal(R"({"text": ""})");
  refusal(R"({"text": "...", "segments": []})");
  refusal(R"({"results": {"channels": []}})");
  refusal(R"({"meeting_transcripts": []})");
}

TEST_CASE("zero bytes are refused with their line") {
  refusal(std::string(64, '\0'));
  CHECK(refusal(std::string("Dana: Hi.\nCarl: H\0i.\n", 21)).where == "line 2");
}

TEST_CASE("a zero character in UTF-16 is refused as in UTF-8") {
  refusal(
      std::string("\xFF\xFE"
                  "D\0:\0 \0H\0\0\0i\0",
                  14));
}

TEST_CASE("recordings, documents and archives are named for what they are") {
  CHECK(contains(refusal(std::string("RIFF\x24\0\0\0WAVEfmt ", 16)).message, "WAV"));
  CHECK(contains(refusal("%PDF-1.7\n").message, "PDF"));
  CHECK(contains(refusal("PK\x03\x04\x14").message, "ZIP"));
  CHECK(contains(refusal("ID3\x04").message, "MP3"));
  CHECK(contains(refusal(std::string("\0\0\0\x20"
                                     "ftypM4A ",
                                     12))
                     .message,
                 "M4A"));
}

TEST_CASE("a text is not taken for a recording because of its first letters") {
  for (const char *text : {"ID3 tags: what do they cost?", "OggS: hello", "fLaC: hello",
                           "Liftyp: hello", "\xEF\xBB\xBFxftyp: hello", "RIFF: hello"}) {
    CAPTURE(text);
    CHECK(read_transcript(text).has_value());
  }
}

TEST_CASE("Windows-1252 is refused with its line and a hint") {
  const Error error = refusal("Dana: Hello.\nCarl: It\x92s caf\xE9.\n");
  CHECK(error.where == "line 2");
  CHECK(contains(error.message, "Windows-1252"));
  refusal("Dana: over\xC0\xAFlong\n");
  refusal("Dana: half a surrogate \xED\xA0\x80\n");
  refusal("Dana: cut \xE2\x82");
}

TEST_CASE("UTF-32 with a byte order mark is read, and refused where it is cut or is no text") {
  const auto utf32 = [](const std::u32string &text, bool big_endian) {
    std::string out;
    for (const char32_t c : U"\xFEFF" + text) {
      for (int b = 0; b < 4; ++b) {
        out += static_cast<char>(c >> (big_endian ? 24 - 8 * b : 8 * b) & 0xFF);
      }
    }
    return out;
  };
  for (const bool big_endian : {false, true}) {
    const std::string bytes =
        utf32(U"Dana: Zum Preis?\r\nJörg: 300 €, \U0001F642 ja.\n", big_endian);
    const Transcript read = read_transcript(bytes).value();
    REQUIRE(read.utterances.size() == 2);
    CHECK(read.utterances[0].speaker == "Dana");
    CHECK(read.utterances[1].speaker == "J\xC3\xB6rg");
    CHECK(read.utterances[1].text == "300 \xE2\x82\xAC, \xF0\x9F\x99\x82 ja.");
    refusal(bytes.substr(0, bytes.size() - 1));
    std::u32string wrong = U"Dana: Hm?\nLee: ";
    wrong += static_cast<char32_t>(0xD800);
    refusal(utf32(wrong, big_endian));
    wrong.back() = static_cast<char32_t>(0x110000);
    refusal(utf32(wrong, big_endian));
    wrong.back() = U'\0';
    refusal(utf32(wrong, big_endian));
  }
}

TEST_CASE("truncated UTF-16 is refused") {
  refusal(
      std::string("\xFF\xFE"
                  "D\0:\0 \0H",
                  9));
  refusal(
      std::string("\xFF\xFE"
                  "D\0:\0 \0H\0\x3D\xD8",
                  12));
  refusal(
      std::string("\xFF\xFE"
                  "D\0:\0 \0\x00\xDEH\0",
                  12));
}

TEST_CASE("JSON that is cut off is refused with line and column") {
  const Error error = refusal("{\n  \"text\": \"Hel");
  CHECK(contains(error.message, "truncated"));
  CHECK(error.where == "line 2, column 15");
  CHECK(contains(refusal("{").message, "truncated"));
  CHECK(contains(refusal("[{\"speaker\": \"Ann\", \"text\": \"Hi.\"}").message, "truncated"));
  CHECK(contains(refusal("{\"text\": \"Hi.\"").message, "truncated"));
}

TEST_CASE("JSON that is broken is refused with line and column") {
  CHECK(refusal("{\"text\": \"Hi.\",\n \"x\": }").where == "line 2, column 7");
  CHECK(contains(refusal("{\"text\": \"Hi.\"} more").where, "line 1"));
  CHECK(contains(refusal("{\"text\": \"Hi.\", \"n\": NaN}").where, "line 1"));
  CHECK(contains(refusal("{\"text\": \"Hi.\", \"n\": 1e999}").where, "line 1"));
}

TEST_CASE("wrong types in JSON are refused with the pointer") {
  CHECK(refusal(R"({"text": "Hi.", "segments": [{"text": "Hi.", "start": true}]})").where ==
        "/segments/0/start");
  CHECK(refusal(R"({"text": "Hi.", "segments": [{"text": "Hi."}, 5]})").where == "/segments/1");
  CHECK(refusal(R"({"text": "Hi.", "segments": [{"text": ["Hi."]}]})").where == "/segments/0/text");
  CHECK(refusal(R"({"results": {"channels": 5}})").where == "/results/channels");
  CHECK(refusal(R"({"results": {"channels": [{"alternatives": [{"words": {}}]}]}})").where ==
        "/results/channels/0/alternatives/0/words");
  CHECK(
      refusal(R"({"status": "completed", "utterances": [{"text": "Hi.", "start": true}]})").where ==
      "/utterances/0/start");
  CHECK(refusal(R"({"language_code": "en", "words": [{"type": "word", "text": {}}]})").where ==
        "/words/0/text");
  CHECK(refusal(R"({"meeting_transcripts": [{"speaker": "Ann", "content": 1.5}]})").where ==
        "/meeting_transcripts/0/content");
  CHECK(refusal(R"({"meeting_transcripts": [{"speaker": "Ann"}]})").where ==
        "/meeting_transcripts/0");
  CHECK(refusal(R"({"schema": "saleschecklist/transcript/1", "utterances": {}})").where ==
        "/utterances");
}

TEST_CASE("JSON that is no transcript is refused and the known kinds are named") {
  CHECK(contains(refusal(R"({"items": [1, 2]})").message, "Whisper"));
  refusal(R"(["a", "b"])");
  refusal("{}");
  refusal(R"({"schema": "saleschecklist/report/1"})");
}

TEST_CASE("times that are no times in a recording are refused with the pointer") {
  const auto starts_at = [](const std::string &time) {
    return refusal(R"({"text": "Hi.", "segments": [{"text": "Hi.", "start": )" + time + "}]}")
        .where;
  };
  CHECK(contains(starts_at("-0.5"), "/segments/0"));
  CHECK(starts_at("1e300") == "/segments/0/start");
  CHECK(starts_at("-1e300") == "/segments/0/start");
  CHECK(starts_at("99999999999999999999999") == "/segments/0/start");
}

TEST_CASE("a cue that ends before it begins is refused with its line") {
  CHECK(refusal("WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nHi.\n").where == "line 3");
  CHECK(refusal("1\n00:00:02,000 --> 00:00:01,000\nHi.\n").where == "line 2");
  CHECK(contains(refusal(R"({"segments": [{"text": "Hi.", "start": 2, "end": 1}]})").where,
                 "/segments/0"));
}

TEST_CASE("times that run backwards in own JSON are refused with the pointer") {
  CHECK(contains(refusal(R"({"schema": "saleschecklist/transcript/1", "utterances": [
    {"speaker": "Ann", "begin_ms": 60000, "end_ms": 61000, "text": "Hi."},
    {"speaker": "Bob", "begin_ms": 1000, "end_ms": 2000, "text": "Yes."}]})")
                     .where,
                 "/utterances/1"));
}

TEST_CASE("times that run backwards are refused with their line") {
  CHECK(refusal("WEBVTT\n\n00:01:00.000 --> 00:01:01.000\nHi.\n\n"
                "00:00:01.000 --> 00:00:02.000\nHi.\n")
            .where == "line 6");
  CHECK(refusal("[01:00] Dana: Hi.\n[00:30] Carl: Hi.\n").where == "line 2");
}

TEST_CASE("a cue without a time is refused with its line") {
  CHECK(refusal("WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n\nforgotten\n").where == "line 6");
  CHECK(refusal("1\n00:00:01,000 --> 00:00:02,000\nHi.\n\n2\nHi again.\n").where == "line 5");
}

TEST_CASE("a cue with a broken time is refused with its line and an example") {
  for (const char *times : {"00:00:0x.000 --> 00:00:02.000", "00:00:01.000 -->", "--> 00:02.000",
                            "-00:01.000 --> 00:02.000", "00:00:61.000 --> 00:02:00.000",
                            "00:75:01.000 --> 01:20:00.000", "1:2:3:4 --> 00:00:09.000"}) {
    CAPTURE(std::string(times));
    const auto read = read_transcript(fmt::format("WEBVTT\n\n{}\nHi.\n", times));
    CHECK_FALSE(read);
    if (read) continue;
    CHECK(read.error().where == "line 3");
    CHECK(contains(read.error().message, "00:00:01.000"));
  }
}

TEST_CASE("deeply nested JSON is refused or read, and never a crash") {
  const std::string deep = repeated("[", 100 * 1000), up = repeated("]", 100 * 1000);
  refusal(deep);
  refusal("{\"text\":" + deep);
  refusal(repeated("{\"a\":", 100 * 1000));
  refusal("[{\"text\": \"Hi.\", \"speaker\": " + deep + up + "}]");
}

TEST_CASE("deeply nested fields that a reader looks at are refused without a crash") {
  const std::string nested = repeated("[", 100 * 1000) + repeated("]", 100 * 1000);
  for (const char *field : {"schema", "segments", "results", "transcripts", "words", "utterances",
                            "duration", "metadata", "status"}) {
    const auto read =
        read_transcript(fmt::format("{{\"{}\": {}, \"text\": \"Hi.\"}}", field, nested));
    if (!read) CHECK(read.error().code == ErrorCode::invalid_input);
  }
  refusal("{\"schema\": \"saleschecklist/transcript/1\", \"utterances\": " + nested + "}");
}

TEST_CASE("an utterance of a megabyte is read in every format") {
  std::string words;  // no phrase is repeated: that would be the loop of a recogniser
  for (std::size_t i = 0; words.size() < megabyte; ++i)
    words += fmt::format("we lose {} euros ", i);
  for (const std::string &text :
       {"Dana: " + words, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana>" + words + "\n",
        "{\"text\": \"Hi.\", \"segments\": [{\"start\": 0, \"end\": 1, \"text\": \"" + words +
            "\"}]}"}) {
    const auto read = read_transcript(text);
    REQUIRE(read);
    CHECK(read->utterances[0].text.size() + 1 == words.size());
  }
}

TEST_CASE("many ampersands or angle brackets in a cue is read in linear time") {
  for (const char *mark : {"&", "<", "<b", "{", "{\\"}) {
    const auto read = read_transcript("WEBVTT\n\n00:01.000 --> 00:02.000\nHi " +
                                      repeated(mark, megabyte / 4) + "\n");
    CHECK(read);
  }
}

TEST_CASE("many brackets, commas or tags are read or refused in linear time") {
  for (const char *mark : {"[", "(", "[a\n", "<p ", "</", "\"x,\n", "0:01\n", "*a* "}) {
    for (const char *head : {"", "<html><body>", "start,speaker,text\n1,A,"}) {
      CAPTURE(mark);
      const auto read = read_transcript(head + repeated(mark, megabyte / 8));
      CHECK((read || !read.error().message.empty()));
    }
  }
}

TEST_CASE("a megabyte of noise marks and spaces is read in linear time") {
  for (const char *mark : {"{", "{a", " ", ". ", "\\n"}) {
    const auto read = read_transcript(
        "{\"meeting_transcripts\": [{\"speaker\": \"A\", "
        "\"content\": \"Hi " +
        repeated(mark, megabyte) + "\"}]}");
    CHECK(read);
  }
}

TEST_CASE("a hundred thousand utterances are read in linear time") {
  std::string text, vtt = "WEBVTT\n\n", json = "[";
  for (int i = 0; i < 100 * 1000; ++i) {
    const char *who = i % 2 == 0 ? "Dana" : "Carl";
    text += fmt::format("{}: Line {} of many.\n", who, i);
    vtt += fmt::format("{:02}:{:02}:{:02}.000 --> {:02}:{:02}:{:02}.500\n<v {}>Line {}.\n\n",
                       i / 3600, i / 60 % 60, i % 60, i / 3600, i / 60 % 60, i % 60, who, i);
    json +=
        fmt::format("{}{{\"speaker\":\"{}\",\"text\":\"Line {}.\"}}", i == 0 ? "" : ",", who, i);
  }
  for (const std::string &bytes : {text, vtt, json + "]"}) {
    const auto read = read_transcript(bytes, {{"Dana"}});
    REQUIRE(read);
    CHECK(read->utterances.size() == 100 * 1000);
  }
}

TEST_CASE("ten megabytes of text are read in linear time") {
  const std::string sentence = "We lose money every month. ";
  const auto unnamed = read_transcript(repeated(sentence, 10 * megabyte / sentence.size()));
  REQUIRE(unnamed);
  CHECK(unnamed->utterances.size() == 10 * megabyte / sentence.size());
  const std::string line = "Dana: We lose money.\nand time\nCarl: How much?\n";
  CHECK(read_transcript(repeated(line, megabyte / line.size())));
}

}  // namespace saleschecklist::test
