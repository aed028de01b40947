// What the transcribers' and voices' providers send, and what they make of the replies.
#include "ports.hpp"

#include "providers/speech_marks.hpp"
#include "providers/transcriber.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

ProviderOptions options_at(const FakeServices &server, const std::string &model = "") {
  ProviderOptions out;
  out.key = Secret(fake_key);
  out.base_url = server.url() + "/v1";
  out.model = model;
  out.network = quick_network();
  return out;
}

TranscribedClip heard_by(Transcriber &transcriber, const AudioClip &clip = small_clip()) {
  Usage usage;
  return transcriber.transcribe(clip, usage).value();
}

std::string form_field(const httplib::Request &request, const std::string &name) {
  return request.has_file(name) ? request.get_file_value(name).content : "";
}

}  // namespace

TEST_CASE("whisper gives segments with their words and scores") {
  FakeServices server;
  const auto transcriber = openai_transcriber(options_at(server)).value();
  const TranscribedClip heard = heard_by(*transcriber);
  CHECK(transcriber->info().id == "openai:whisper-1");
  CHECK(transcriber->info().max_ms == 0);
  CHECK(heard.timed);
  CHECK(heard.language == "english");
  REQUIRE(heard.segments.size() == 2);
  CHECK(heard.segments[0].begin_ms == 500);
  CHECK(heard.segments[0].end_ms == 1'750);
  REQUIRE(heard.segments[0].words.size() == 3);
  CHECK(heard.segments[0].words[0].text == "Zażółć");
  CHECK(heard.segments[0].words[2].end_ms == 1'750);
  CHECK(heard.segments[0].avg_logprob == -0.25);
  CHECK(heard.segments[1].no_speech_prob == 0.5);
  REQUIRE(heard.segments[1].words.size() == 1);
  const auto request = server.requests().back();
  CHECK(form_field(request, "language") == "pl");
  CHECK(request.get_file_value("file").filename == "window-1.ogg");
  CHECK(request.get_file_value("file").content_type == "audio/ogg");
}

TEST_CASE("gpt-4o-transcribe gives text without times, and is never sent more than it takes") {
  FakeServices server;
  const auto transcriber = openai_transcriber(options_at(server, "gpt-4o-mini-transcribe")).value();
  Usage usage;
  const auto heard = transcriber->transcribe(small_clip(), usage).value();
  CHECK_FALSE(heard.timed);
  REQUIRE(heard.segments.size() == 1);
  CHECK(heard.segments[0].end_ms == 3'000);
  CHECK(usage.tokens_in == 30);
  CHECK(usage.tokens_out == 12);
  CHECK(usage.audio_ms == 3'000);
  CHECK(transcriber->info().max_ms == 1'400'000);
  CHECK(transcriber->info().max_bytes < 26'214'400);
  CHECK(transcriber->info().max_bytes > 26'000'000);
}

TEST_CASE("gpt-transcribe is told the language in its own way, and tells the one that it heard") {
  FakeServices server;
  const auto transcriber = openai_transcriber(options_at(server, "gpt-transcribe")).value();
  Usage usage;
  const auto heard = transcriber->transcribe(small_clip(), usage).value();
  CHECK_FALSE(heard.timed);
  CHECK(heard.language == "pl");
  CHECK(usage.audio_ms == 3'000);
  CHECK(form_field(server.requests().back(), "languages[]") == "pl");
  CHECK(server.faults().empty());
  CHECK(estimate(usage, "openai:gpt-transcribe", default_prices()) == 225);
}

// Sends what is meant for OpenAI's own address to a local server.
class Detour final : public Transport {
 public:
  explicit Detour(std::string to) : to_(std::move(to)) {}

  Result<HttpResponse> send(const HttpRequest &request) override {
    HttpRequest turned = request;
    turned.url = to_ + request.url.substr(request.url.find("/v1/"));
    return curl_->send(turned);
  }

 private:
  const std::string to_;
  const std::shared_ptr<Transport> curl_ = curl_transport().value();
};

TEST_CASE("with OpenAI's key alone, the diarizing model hears speakers that share a channel") {
  FakeServices server;
  ProviderOptions options;
  options.key = Secret(fake_key);
  options.network = open_network({std::make_shared<Detour>(server.url())}).value();
  const auto transcriber = openai_transcriber(options).value();
  AudioClip clip = small_clip();
  const auto model_for = [&](Speakers speakers) {
    clip.speakers = speakers;
    heard_by(*transcriber, clip);
    return form_field(server.requests().back(), "model");
  };
  CHECK(model_for(Speakers::several) == "gpt-4o-transcribe-diarize");
  CHECK(model_for(Speakers::one) == "whisper-1");
  CHECK(model_for(Speakers::unknown) == "whisper-1");
  CHECK(transcriber->info().id == "openai:whisper-1");
  CHECK(transcriber->info().max_ms == 0);
  CHECK(transcriber->info().for_several->max_ms == 1'400'000);
  CHECK(server.faults().empty());
  // Neither a model that was chosen nor another server is second-guessed.
  options.model = "whisper-1";
  CHECK_FALSE(openai_transcriber(options).value()->info().for_several);
  CHECK_FALSE(openai_transcriber(options_at(server)).value()->info().for_several);
}

TEST_CASE("the diarizing model tells speakers apart") {
  FakeServices server;
  const auto transcriber =
      openai_transcriber(options_at(server, "gpt-4o-transcribe-diarize")).value();
  CHECK(transcriber->info().names_speakers);
  const TranscribedClip heard = heard_by(*transcriber);
  REQUIRE(heard.segments.size() == 2);
  CHECK(heard.segments[0].speaker == "A");
  CHECK(heard.segments[1].speaker == "B");
  CHECK(server.faults().empty());
}

TEST_CASE("the diarizing model is told who spoke in earlier clips, unless a server refuses that") {
  FakeServices server;
  const auto transcriber =
      openai_transcriber(options_at(server, "gpt-4o-transcribe-diarize")).value();
  CHECK(transcriber->info().known_speakers == 4);
  AudioClip clip = small_clip();
  clip.known_speakers = {{"known_1", "one", "audio/flac"}, {"known_2", "two", "audio/flac"}};
  heard_by(*transcriber, clip);
  const httplib::Request told = server.requests().back();
  const auto values = [&](const char *name) {
    std::vector<std::string> out;
    const auto [begin, end] = told.files.equal_range(name);
    for (auto part = begin; part != end; ++part) out.push_back(part->second.content);
    return out;
  };
  CHECK(values("known_speaker_names[]") == std::vector<std::string>{"known_1", "known_2"});
  const auto samples = values("known_speaker_references[]");
  REQUIRE(samples.size() == 2);
  CHECK(samples[0] == "data:audio/flac;base64,b25l");
  CHECK(samples[1] == "data:audio/flac;base64,dHdv");
  server.next(answer(400, R"({"error":{"message":"unknown","param":"known_speaker_names"}})"));
  for (int times = 0; times < 2; ++times) {
    heard_by(*transcriber, clip);
    CHECK(form_field(server.requests().back(), "response_format") == "diarized_json");
    CHECK(form_field(server.requests().back(), "known_speaker_names[]").empty());
  }
  CHECK(server.requests().size() == 4);
  CHECK(server.faults().empty());
}

TEST_CASE("a local server without words or segments is asked for less, once") {
  FakeServices server;
  const auto transcriber = openai_transcriber(options_at(server, "local-whisper")).value();
  server.next(answer(400, R"({"error":"timestamp_granularities is not supported"})"));
  server.next(answer(422, R"({"detail":[{"loc":["body","response_format"],"msg":"unexpected"}]})"));
  server.next(answer(200, R"({"text":" Hello there. "})"));
  const TranscribedClip heard = heard_by(*transcriber);
  CHECK_FALSE(heard.timed);
  CHECK(heard.segments.at(0).text == "Hello there.");
  CHECK(form_field(server.requests().back(), "response_format") == "json");
  server.next(answer(200, R"({"text":""})"));
  const TranscribedClip silent = heard_by(*transcriber);
  CHECK(silent.segments.empty());
  CHECK(form_field(server.requests().back(), "response_format") == "json");
  CHECK(server.requests().size() == 4);
}

TEST_CASE("words that a server puts elsewhere, or alone, are found") {
  FakeServices server;
  const auto transcriber = openai_transcriber(options_at(server)).value();
  server.next(answer(200, R"({"text":"a b","segments":[{"start":1,"end":2,"text":"a b",
      "words":[{"word":" a","start":1,"end":1.5},{"word":" b","start":1.5,"end":2}]}]})"));
  CHECK(heard_by(*transcriber).segments.at(0).words.size() == 2);
  server.next(answer(200, R"({"text":"a b","words":[{"word":"a","start":"0.1","end":0.2},
      {"word":"b","start":2,"end":2.2},{"word":" ","start":2.2,"end":2.3}]})"));
  const TranscribedClip words = heard_by(*transcriber);
  REQUIRE(words.segments.size() == 2);
  CHECK(words.segments[0].begin_ms == 100);
  CHECK(words.segments[1].text == "b");
}

TEST_CASE("times that cannot be are put right") {
  FakeServices server;
  const auto transcriber = openai_transcriber(options_at(server)).value();
  server.next(answer(200, R"({"text":"x","segments":[{"start":2,"end":30,"text":"late"},
      {"start":-1,"end":-2,"text":"early"},{"start":1e300,"end":null,"text":"never"},
      {"text":"nowhere"},{"start":0,"end":1,"text":"  "}]})"));
  const TranscribedClip heard = heard_by(*transcriber);
  REQUIRE(heard.segments.size() == 4);
  std::int64_t last = 0;
  for (const TranscribedSegment &segment : heard.segments) {
    CHECK(segment.begin_ms >= last);
    CHECK(segment.end_ms >= segment.begin_ms);
    CHECK(segment.end_ms <= 3'000);
    last = segment.begin_ms;
  }
}

TEST_CASE("an upload always has a name with an extension and a content type") {
  AudioClip clip;
  clip.bytes = "OggS....";
  CHECK(providers::upload_name(clip).file_name == "audio.ogg");
  CHECK(providers::upload_name(clip).content_type == "audio/ogg");
  clip.content_type = "audio/mpeg; rate=8000";
  CHECK(providers::upload_name(clip).file_name == "audio.mp3");
  clip.file_name = "Call with A.C.M.E. Company";
  CHECK(providers::upload_name(clip).file_name == "Call with A.C.M.E. Company.mp3");
  clip.file_name = "window.flac";
  CHECK(providers::upload_name(clip).file_name == "window.flac");
  clip = {};
  clip.bytes = std::string(
      "\0\0\0\x20"
      "ftypM4A ",
      12);
  CHECK(providers::upload_name(clip).file_name == "audio.m4a");
}

TEST_CASE("a recording larger than the service takes is not sent") {
  FakeServices server;
  ProviderOptions options = options_at(server, "whisper");
  options.base_url = server.url();
  const auto azure = azure_transcriber(options).value();
  AudioClip clip = small_clip();
  clip.bytes.resize(azure->info().max_bytes + 1);
  Usage usage;
  const auto heard = azure->transcribe(clip, usage);
  REQUIRE_FALSE(heard);
  CHECK(heard.error().code == ErrorCode::refused);
  CHECK(heard.error().message.find("smaller pieces") != std::string::npos);
  CHECK(server.requests().empty());
}

TEST_CASE("Scribe's words become phrases by speaker and pause, without sounds") {
  FakeServices server;
  const auto scribe = elevenlabs_transcriber(options_at(server)).value();
  const TranscribedClip heard = heard_by(*scribe);
  CHECK(scribe->info().names_speakers);
  CHECK(heard.language == "eng");
  REQUIRE(heard.segments.size() == 2);
  CHECK(heard.segments[0].text == "Zażółć it, please.");
  CHECK(heard.segments[0].speaker == "speaker_0");
  CHECK(heard.segments[0].words.size() == 3);
  CHECK(heard.segments[0].avg_logprob == -0.25);
  CHECK(heard.segments[1].begin_ms == 2'000);
  CHECK(heard.segments[1].text == "Sure 🙂.");
}

TEST_CASE("Scribe is asked who is the agent only where speakers share a channel") {
  FakeServices server;
  const auto scribe = elevenlabs_transcriber(options_at(server)).value();
  CHECK(scribe->info().id == "elevenlabs:scribe_v2");
  AudioClip clip = small_clip();
  const auto asked = [&](Speakers speakers) {
    clip.speakers = speakers;
    heard_by(*scribe, clip);
    return form_field(server.requests().back(), "detect_speaker_roles");
  };
  CHECK(asked(Speakers::several) == "true");
  CHECK(asked(Speakers::one).empty());
  CHECK(asked(Speakers::unknown).empty());
  CHECK(server.faults().empty());
}

TEST_CASE("phrases come in order of time where speakers talk across each other") {
  FakeServices server;
  const auto scribe = elevenlabs_transcriber(options_at(server)).value();
  server.next(answer(200, R"({"text":"so yes","words":[
      {"text":"so","start":1.5,"end":2,"type":"word","speaker_id":"a"},
      {"text":"yes","start":1,"end":1.2,"type":"word","speaker_id":"b"}]})"));
  const TranscribedClip heard = heard_by(*scribe);
  REQUIRE(heard.segments.size() == 2);
  CHECK(heard.segments[0].speaker == "b");
}

TEST_CASE("ElevenLabs' errors are read in all their shapes") {
  FakeServices server;
  const auto voice = elevenlabs_voice(options_at(server)).value();
  const auto error_of = [&](int status, const std::string &body) {
    server.next(answer(status, body));
    Usage usage;
    return voice->synthesize(small_text(), usage).error();
  };
  Error error =
      error_of(401, R"({"detail":{"status":"quota_exceeded","message":"1 credit left"}})");
  CHECK(error.code == ErrorCode::quota);
  error = error_of(422, R"({"detail":[{"loc":["body","text"],"msg":"field required"}]})");
  CHECK(error.code == ErrorCode::refused);
  CHECK(error.message.find("text: field required") == 0);
  error = error_of(404, R"({"detail":{"type":"not_found","code":"voice_not_found",
      "message":"A voice was not found.","status":"voice_not_found","request_id":"r-1"}})");
  CHECK(error.message.find("A voice was not found (voice_not_found); check the name") == 0);
  CHECK(error.request_id == "r-1");
  error = error_of(400, R"({"detail":{"status":"max_character_limit_exceeded","message":"long"}})");
  CHECK(error.message.find("too long") != std::string::npos);
}

TEST_CASE("ElevenLabs speaks with times per word and carries on from before") {
  FakeServices server;
  const auto voice = elevenlabs_voice(options_at(server)).value();
  CHECK(voice->info().id == "elevenlabs:eleven_multilingual_v2");
  CHECK(voice->info().max_characters == 10'000);
  VoiceRequest request = small_text();
  request.previous_request_ids = {"a", "b", "c", "d"};
  Usage usage;
  const Speech speech = voice->synthesize(request, usage).value();
  CHECK(speech.audio == "\xFF\xFBsound");
  CHECK(speech.content_type == "audio/mpeg");
  CHECK(speech.request_id == "req-elevenlabs");
  CHECK(speech.duration_ms == 1'700);
  REQUIRE(speech.marks.size() >= 5);
  CHECK(request.text.substr(speech.marks[1].begin, speech.marks[1].end - speech.marks[1].begin) ==
        "gęślą");
  CHECK(speech.marks[1].begin_ms == 350);
  CHECK(speech.marks[1].end_ms == 600);
  const providers::Json body = server.last_json();
  CHECK(body["previous_request_ids"] == providers::Json::array({"b", "c", "d"}));
  CHECK(body["previous_text"] == "Before.");
  CHECK(server.requests().back().path == "/v1/text-to-speech/2EiwWnXFnvU5JabPnv8n/with-timestamps");

  const auto third = elevenlabs_voice(options_at(server, "eleven_v3")).value();
  CHECK(third->synthesize(request, usage).has_value());
  CHECK(third->info().max_characters == 3'000);
  CHECK_FALSE(server.last_json().contains("previous_text"));
  CHECK_FALSE(server.last_json().contains("previous_request_ids"));
}

TEST_CASE("the length of speech is that of its bytes when they say more than the words") {
  FakeServices server;
  const auto voice = elevenlabs_voice(options_at(server)).value();
  std::string sound;
  for (int i = 0; i < 16'000; ++i) sound += "AAAA";  // 48,000 bytes of zeros
  server.next(answer(200, providers::Json{{"audio_base64", sound}, {"alignment", nullptr}}.dump()));
  Usage usage;
  const Speech speech = voice->synthesize(small_text(), usage).value();
  CHECK(speech.duration_ms == 3'000);
  CHECK(speech.marks.empty());
  CHECK(usage.characters == 34);
}

TEST_CASE("marks hold where a service says the text a little differently") {
  const auto pieces = [](const std::vector<std::string> &texts) {
    std::vector<providers::SpokenPiece> out;
    for (const std::string &text : texts) {
      const auto at = static_cast<std::int64_t>(out.size()) * 10;
      out.push_back({text, at, at + 10});
    }
    return out;
  };
  // "$5" said as "five dollars", in pieces of more than one character.
  auto marks = providers::marks_of("It is $5 now.", pieces({"I", "t", " ", "is", " ", "f", "i", "v",
                                                            "e", " ", "dollars", " ", "now", "."}));
  REQUIRE(marks.size() >= 3);
  CHECK(marks.front().begin == 0);
  CHECK(marks.front().end_ms == 20);
  CHECK(marks.back().begin == 9);
  CHECK(marks.back().begin_ms == 120);
  // Nothing in common.
  CHECK(providers::marks_of("abc", pieces({"x", "y"})).empty());
  CHECK(providers::marks_of("abc", {}).empty());
  // Empty pieces do not hold it up.
  CHECK(providers::marks_of("ab", pieces({"", "a", "", "b"})).size() == 1);
}

TEST_CASE("marks stay within the text, in order, whatever the service says it has spoken") {
  const auto part =
      rc::gen::element<std::string>("a", "b", " ", "ż", "🙂", ".", "日", "", "ab", "1");
  CHECK(rc::check([&] {
    std::string text;
    for (const auto &p : *rc::gen::container<std::vector<std::string>>(part)) text += p;
    std::vector<providers::SpokenPiece> pieces;
    for (const auto &p : *rc::gen::container<std::vector<std::string>>(part)) {
      const auto at = static_cast<std::int64_t>(pieces.size());
      pieces.push_back({p, at, at + 1});
    }
    std::size_t last = 0;
    for (const SpokenMark &mark : providers::marks_of(text, pieces)) {
      RC_ASSERT(mark.begin >= last);
      RC_ASSERT(mark.end > mark.begin);
      RC_ASSERT(mark.end <= text.size());
      RC_ASSERT(mark.end_ms > mark.begin_ms);
      last = mark.end;
    }
  }));
}

TEST_CASE("OpenAI speaks with its default voice and says at most what the service takes") {
  FakeServices server;
  const auto voice = openai_voice(options_at(server)).value();
  Usage usage;
  const Speech speech = voice->synthesize(small_text(), usage).value();
  CHECK(speech.audio == std::string("\xFF\xFB\x90\0sound", 9));
  CHECK(speech.marks.empty());
  CHECK(speech.content_type == "audio/mpeg");
  CHECK(server.last_json() == providers::Json{{"model", "gpt-4o-mini-tts"},
                                              {"input", small_text().text},
                                              {"voice", "alloy"},
                                              {"response_format", "mp3"}});
  VoiceRequest request;
  for (int i = 0; i < 4'096; ++i) request.text += "ż";
  CHECK(voice->synthesize(request, usage).has_value());
  request.text += "ż";
  CHECK(voice->synthesize(request, usage).error().code == ErrorCode::invalid_argument);
  request.text.clear();
  CHECK(voice->synthesize(request, usage).error().where == "text");
  CHECK(server.requests().size() == 2);
  server.next(answer(200, "RIFF....", "audio/wav; rate=24000"));
  CHECK(voice->synthesize(small_text(), usage)->content_type == "audio/wav");
}

TEST_CASE("audio that the service cannot read or that is too long says what to do") {
  FakeServices server;
  const auto transcriber = openai_transcriber(options_at(server)).value();
  const auto message_of = [&](int status, const std::string &message, const std::string &code) {
    server.next(
        answer(status, providers::Json{{"error", {{"message", message}, {"code", code}}}}.dump()));
    Usage usage;
    return transcriber->transcribe(small_clip(), usage).error().message;
  };
  CHECK(message_of(400, "Invalid file format.", "").find("send mp3, m4a") != std::string::npos);
  CHECK(message_of(413, "Maximum content size limit (26214400) exceeded", "")
            .find("smaller pieces") != std::string::npos);
  CHECK(message_of(400, "audio duration 1500 seconds is longer than 1400 seconds", "invalid_value")
            .find("shorter windows") != std::string::npos);
  CHECK(message_of(404, "The model `x` does not exist", "model_not_found")
            .find("name of the model") != std::string::npos);
}
