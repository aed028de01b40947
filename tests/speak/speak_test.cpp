// speak(): where a long text is cut, what a voice is told about its neighbours, and the joined
// sound.
#include <doctest/doctest.h>

#include <rapidcheck.h>

#include "base/unicode.hpp"
#include "speak/pieces.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

std::size_t code_points(const std::string &text) {
  std::size_t out = 0;
  for (const char c : text) out += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return out;
}

// Says a millisecond per byte; its sound is the text in brackets, its marks are the words.
class MockVoice : public Voice {
 public:
  explicit MockVoice(std::size_t most) : most_(most) {}

  VoiceInfo info() const override { return {"elevenlabs:eleven_multilingual_v2", most_}; }

  Result<Speech> synthesize(const VoiceRequest &request, Usage &usage) override {
    if (most_ > 0) CHECK(code_points(request.text) <= most_);
    CHECK(base::valid_utf8_prefix(request.text) == request.text.size());
    requests.push_back(request);
    usage.requests += 1;
    usage.characters += static_cast<std::int64_t>(code_points(request.text));
    if (requests.size() == failing) return Error{ErrorCode::network, "broken", {}};
    Speech out;
    out.audio = "[" + request.text + "]";
    out.content_type = requests.size() == changing ? "audio/wav" : "audio/mpeg";
    out.request_id = "r" + std::to_string(requests.size());
    const auto length = static_cast<std::int64_t>(request.text.size());
    if (with_duration) out.duration_ms = length + 10;
    for (std::size_t at = 0; with_marks && at < request.text.size();) {
      const std::size_t end = std::min(request.text.find(' ', at), request.text.size());
      out.marks.push_back({at, end, static_cast<std::int64_t>(at), static_cast<std::int64_t>(end)});
      at = end + 1;
    }
    return out;
  }

  std::vector<VoiceRequest> requests;
  std::size_t failing = 0, changing = 0;
  bool with_duration = true, with_marks = true;

 private:
  std::size_t most_;
};

std::vector<std::string> pieces(const std::string &text, std::size_t most) {
  std::vector<std::string> out;
  for (const speech::TextPiece &p : speech::spoken_pieces(text, most)) {
    out.push_back(text.substr(p.begin, p.end - p.begin));
  }
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a text that fits is said in one go") {
  MockVoice voice(100);
  Usage usage;
  const auto speech = speak("Well done. Ask more.", voice, {}, &usage);
  REQUIRE(speech);
  CHECK(voice.requests.size() == 1);
  CHECK(voice.requests[0].previous_text.empty());
  CHECK(voice.requests[0].next_text.empty());
  CHECK(speech->audio == "[Well done. Ask more.]");
  CHECK(speech->request_id == "r1");
  CHECK(usage.characters == 20);
  CHECK(usage.micro_dollars == 6000);
}

TEST_CASE("a long text is cut at sentences, and no abbreviation or number ends one") {
  CHECK(pieces("Mr. Smith pays 3.50 a day. That is much! Is it? Yes.", 30) ==
        Texts{"Mr. Smith pays 3.50 a day.", "That is much! Is it? Yes."});
  CHECK(pieces("One line\nand another line", 20) == Texts{"One line", "and another line"});
  CHECK(pieces("She said \"Stop.\" Then he left us.", 24) ==
        Texts{"She said \"Stop.\"", "Then he left us."});
  CHECK(pieces("\xE4\xBD\xA0\xE5\xA5\xBD\xE3\x80\x82\xE5\x86\x8D\xE8\xA7\x81\xE3\x80\x82", 4) ==
        Texts{"\xE4\xBD\xA0\xE5\xA5\xBD\xE3\x80\x82", "\xE5\x86\x8D\xE8\xA7\x81\xE3\x80\x82"});
}

TEST_CASE("a sentence that is too long is cut at a clause, a space, or between characters") {
  CHECK(pieces("When the board meets, we will ask them again.", 30) ==
        Texts{"When the board meets,", "we will ask them again."});
  CHECK(pieces("one two three four", 9) == Texts{"one two", "three", "four"});
  CHECK(pieces("abcdefghij", 4) == Texts{"abcd", "efgh", "ij"});
  // A base letter with two marks is one character, and so is a family of emoji.
  CHECK(pieces("ae\xCC\x81\xCC\x82z", 3) == Texts{"a", "e\xCC\x81\xCC\x82", "z"});
  CHECK(pieces("a\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7z", 3) ==
        Texts{"a", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", "z"});
  CHECK(pieces("e\xCC\x81\xCC\x82", 2) == Texts{"e\xCC\x81", "\xCC\x82"});  // nothing else is left
  CHECK(pieces(" \n ", 5).empty());
}

TEST_CASE("pieces of any text are all of it, in order and within the limit") {
  CHECK(rc::check([] {
    const auto codes = *rc::gen::container<std::vector<std::int32_t>>(
        rc::gen::element<std::int32_t>('a', 'b', 'B', '.', ',', ' ', '\n', '?', 0x301, 0x4E2D,
                                       0x3002, 0x1F469, 0x200D, 0xE9, '5'));
    const auto most = *rc::gen::inRange<std::size_t>(1, 12);
    std::string text;
    for (const std::int32_t code : codes) base::append_utf8(text, code);
    std::size_t at = 0;
    for (const speech::TextPiece &p : speech::spoken_pieces(text, most)) {
      RC_ASSERT(p.begin >= at);
      RC_ASSERT(p.end > p.begin);
      for (std::size_t i = at; i < p.begin; ++i) RC_ASSERT(text[i] == ' ' || text[i] == '\n');
      const std::string piece = text.substr(p.begin, p.end - p.begin);
      RC_ASSERT(base::valid_utf8_prefix(piece) == piece.size());
      RC_ASSERT(code_points(piece) <= most);
      at = p.end;
    }
    for (std::size_t i = at; i < text.size(); ++i) RC_ASSERT(text[i] == ' ' || text[i] == '\n');
  }));
}

TEST_CASE("each piece knows its neighbours, and at most three requests before it") {
  MockVoice voice(12);
  Usage usage;
  std::vector<std::size_t> steps;
  CallOptions options;
  options.progress = [&](const ProgressStep &step) {
    CHECK(step.stage == "speak");
    CHECK(step.total == 5);
    steps.push_back(step.done);
  };
  const auto speech = speak("One is here. Two is here. Six is here. Ten is here. And the end.",
                            voice, options, &usage);
  REQUIRE(speech);
  REQUIRE(voice.requests.size() == 5);
  CHECK(steps == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
  CHECK(voice.requests[1].previous_text == "One is here.");
  CHECK(voice.requests[1].next_text == "Six is here.");
  CHECK(voice.requests[4].next_text.empty());
  CHECK(voice.requests[4].previous_request_ids == Texts{"r2", "r3", "r4"});
  CHECK(voice.requests[1].previous_request_ids == Texts{"r1"});
  CHECK(usage.requests == 5);
  CHECK(speech->request_id == "r5");
}

TEST_CASE("marks are counted from the beginning of text and sound") {
  const std::string text =
      "  \xC3\x9C"
      "ber it. Two is here.\n\nSix is here.";
  MockVoice voice(12);
  Usage usage;
  const Speech speech = speak(text, voice, {}, &usage).value();
  CHECK(speech.audio ==
        "[\xC3\x9C"
        "ber it.][Two is here.][Six is here.]");
  REQUIRE(speech.marks.size() == 8);
  CHECK(text.substr(speech.marks[0].begin, speech.marks[0].end - speech.marks[0].begin) ==
        "\xC3\x9C"
        "ber");
  CHECK(text.substr(speech.marks[5].begin, speech.marks[5].end - speech.marks[5].begin) == "Six");
  CHECK(speech.marks[2].begin_ms == 9 + 10);
  CHECK(speech.marks[5].begin_ms == 9 + 10 + 12 + 10);
  CHECK(speech.duration_ms == 9 + 12 + 12 + 30);
  for (std::size_t i = 1; i < speech.marks.size(); ++i) {
    CHECK(speech.marks[i].begin_ms >= speech.marks[i - 1].end_ms);
  }
}

TEST_CASE("a length that the voice does not tell is that of its last mark, or unknown") {
  const std::string text = "One is here. Two is here.";
  MockVoice by_marks(12);
  by_marks.with_duration = false;
  Usage usage;
  Speech speech = speak(text, by_marks, {}, &usage).value();
  CHECK(speech.duration_ms == 24);
  CHECK(speech.marks[3].begin_ms == 12);
  MockVoice silent(12);
  silent.with_duration = silent.with_marks = false;
  speech = speak(text, silent, {}, &usage).value();
  CHECK(speech.duration_ms == 0);
  CHECK(speech.marks.empty());
}

TEST_CASE("what cannot be said is refused, and what was said before is paid for") {
  MockVoice voice(12);
  Usage usage;
  CHECK(speak("", voice, {}, &usage).error().code == ErrorCode::invalid_argument);
  CHECK(speak(" \n", voice, {}, &usage).error().code == ErrorCode::invalid_argument);
  CHECK(speak("\xFF", voice, {}, &usage).error().code == ErrorCode::invalid_argument);
  CHECK(usage.requests == 0);
  const std::string text = "One is here. Two is here. Six is here.";
  voice.failing = 2;
  CHECK(speak(text, voice, {}, &usage).error().code == ErrorCode::network);
  CHECK(usage.requests == 2);
  CHECK(usage.micro_dollars == 7200);
  MockVoice changing(12);
  changing.changing = 3;
  CHECK(speak(text, changing, {}, &usage).error().code == ErrorCode::refused);
  MockVoice cancelled(12);
  CallOptions options;
  options.progress = [&](const ProgressStep &step) {
    if (step.done == 1) options.cancel.cancel();
  };
  CHECK(speak(text, cancelled, options, &usage).error().code == ErrorCode::cancelled);
  CHECK(cancelled.requests.size() == 1);
}

}  // namespace saleschecklist::test
