// Deepgram and AssemblyAI: what is sent, what is made of the replies, and what is left behind.
#include "ports.hpp"
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <thread>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

ProviderOptions options_at(const FakeServices &server, const char *path) {
  ProviderOptions out;
  out.key = Secret(fake_key);
  out.base_url = server.url() + path;
  out.network = quick_network();
  return out;
}

std::shared_ptr<Transcriber> deepgram_at(const FakeServices &server) {
  return deepgram_transcriber(options_at(server, "/v1")).value();
}

std::shared_ptr<Transcriber> assemblyai_at(const FakeServices &server) {
  return assemblyai_transcriber(options_at(server, "/v2")).value();
}

TranscribedClip heard_by(Transcriber &transcriber, const AudioClip &clip = small_clip()) {
  Usage usage;
  return transcriber.transcribe(clip, usage).value();
}

Error error_of(Transcriber &transcriber) {
  Usage usage;
  const auto heard = transcriber.transcribe(small_clip(), usage);
  REQUIRE_FALSE(heard);
  CHECK(usage.audio_ms == 0);
  return heard.error();
}

// Answers as AssemblyAI does until a transcript is asked for, and that as told.
void answer_transcript(FakeServices &server, const std::string &body) {
  server.next(answer(200, R"({"upload_url":"https://cdn.example/upload/u-1"})"));
  server.next(answer(200, R"({"id":"t-1","status":"queued"})"));
  server.next(answer(200, body));
}

// The methods and paths of all requests.
std::vector<std::string> lines_of(const FakeServices &server) {
  std::vector<std::string> out;
  for (const auto &request : server.requests()) out.push_back(request.method + " " + request.path);
  return out;
}

}  // namespace

TEST_CASE("Deepgram's words become phrases by speaker, and speakers are asked for if need be") {
  FakeServices server;
  const auto deepgram = deepgram_at(server);
  CHECK(deepgram->info().id == "deepgram:nova-3");
  CHECK(deepgram->info().names_speakers);
  AudioClip clip = small_clip();
  const TranscribedClip heard = heard_by(*deepgram, clip);
  CHECK(heard.language == "pl");
  REQUIRE(heard.segments.size() == 2);
  CHECK(heard.segments[0].text == "Zażółć it, please.");
  CHECK(heard.segments[0].speaker == "0");
  CHECK(heard.segments[0].begin_ms == 500);
  CHECK(heard.segments[0].words.size() == 3);
  CHECK(heard.segments[1].speaker == "1");
  CHECK(heard.segments[1].text == "Sure 🙂.");
  CHECK(heard.segments[1].end_ms == 2'500);
  const auto request = server.requests().back();
  CHECK(request.get_param_value("model") == "nova-3");
  CHECK(request.get_param_value("diarize") == "true");
  CHECK(request.get_param_value("diarize_model") == "latest");
  CHECK(request.get_param_value("language") == "pl");
  CHECK(request.get_header_value("Content-Type") == "audio/ogg");
  CHECK(request.body == clip.bytes);

  clip.speakers = Speakers::one;
  clip.language.clear();
  CHECK(heard_by(*deepgram, clip).segments.at(0).speaker.empty());
  CHECK(server.requests().back().get_param_value("detect_language") == "true");
  CHECK_FALSE(server.requests().back().has_param("diarize"));
  CHECK(server.faults().empty());
}

TEST_CASE("Deepgram's reply is read without utterances, without words and without speech") {
  FakeServices server;
  const auto deepgram = deepgram_at(server);
  server.next(answer(200, R"({"results":{"channels":[{"alternatives":[{"transcript":"a b","words":[
      {"word":"a","start":0.1,"end":0.2,"speaker":1},{"word":"b","start":2,"end":2.2}]}]}]}})"));
  const TranscribedClip words = heard_by(*deepgram);
  REQUIRE(words.segments.size() == 2);
  CHECK(words.segments[0].speaker == "1");
  server.next(
      answer(200, R"({"results":{"channels":[{"alternatives":[{"transcript":" a b "}]}]}})"));
  const TranscribedClip text = heard_by(*deepgram);
  CHECK_FALSE(text.timed);
  CHECK(text.segments.at(0).text == "a b");
  server.next(
      answer(200, R"({"results":{"channels":[{"alternatives":[{"transcript":"","words":[]}]}],
      "utterances":[]}})"));
  const TranscribedClip silence = heard_by(*deepgram);
  CHECK(silence.segments.empty());
  CHECK(silence.timed);
}

TEST_CASE("Deepgram's errors say what to do") {
  FakeServices server;
  const auto deepgram = deepgram_at(server);
  const auto refused = [&](int status, const std::string &body) {
    server.next(answer(status, body, "application/json", {{"dg-request-id", "req-header"}}));
    return error_of(*deepgram);
  };
  Error error = refused(400, R"({"err_code":"Bad Request","request_id":"req-body",
      "err_msg":"Bad Request: failed to process audio: corrupt or unsupported data"})");
  CHECK(error.code == ErrorCode::refused);
  CHECK(error.message.find("send mp3, m4a") != std::string::npos);
  CHECK(error.request_id == "req-body");
  error = refused(400, R"({"err_code":"Bad Request",
      "err_msg":"Bad Request: No such model/language/tier combination found."})");
  CHECK(error.message.find("name of the model") != std::string::npos);
  CHECK(error.request_id == "req-header");
  error = refused(403, R"({"err_code":"INSUFFICIENT_PERMISSIONS",
      "err_msg":"Project does not have access to the requested model."})");
  CHECK(error.message.find("name of the model") != std::string::npos);
  error = refused(403, R"({"category":"FORBIDDEN","message":"Not allowed","request_id":"r"})");
  CHECK(error.code == ErrorCode::unauthorized);
  error = refused(413, "Payload Too Large");
  CHECK(error.message.find("smaller pieces") != std::string::npos);
}

TEST_CASE("AssemblyAI's transcript is ordered, awaited and deleted") {
  FakeServices server;
  server.unfinished = 2;
  const auto assemblyai = assemblyai_at(server);
  CHECK(assemblyai->info().id == "assemblyai:assemblyai-stt-3-7");
  CHECK(assemblyai->info().names_speakers);
  Usage usage;
  const TranscribedClip heard = assemblyai->transcribe(small_clip(), usage).value();
  CHECK(heard.language == "en_us");
  REQUIRE(heard.segments.size() == 2);
  CHECK(heard.segments[0].speaker == "A");
  CHECK(heard.segments[0].text == "Zażółć it, please.");
  CHECK(heard.segments[0].begin_ms == 500);
  CHECK(heard.segments[0].end_ms == 1'750);
  CHECK(heard.segments[1].speaker == "B");
  CHECK(heard.segments[1].words.at(1).begin_ms == 2'250);
  CHECK(usage.audio_ms == 3'000);
  CHECK(usage.requests == 6);
  CHECK(lines_of(server) ==
        std::vector<std::string>{"POST /v2/upload", "POST /v2/transcript", "GET /v2/transcript/t-1",
                                 "GET /v2/transcript/t-1", "GET /v2/transcript/t-1",
                                 "DELETE /v2/transcript/t-1"});
  CHECK(server.requests()[0].body == small_clip().bytes);
  CHECK(Json::parse(server.requests()[1].body) ==
        Json{{"audio_url", "https://cdn.example/upload/u-1"},
             {"speech_models", {"assemblyai-stt-3-7", "universal-2"}},
             {"speaker_labels", true},
             {"language_code", "pl"}});
  CHECK(server.faults().empty());
}

TEST_CASE("AssemblyAI is asked for a language and for speakers only if they are not known") {
  FakeServices server;
  ProviderOptions options = options_at(server, "/v2");
  options.model = "universal-2";
  AudioClip clip = small_clip();
  clip.language.clear();
  clip.speakers = Speakers::one;
  heard_by(*assemblyai_transcriber(options).value(), clip);
  CHECK(Json::parse(server.requests()[1].body) ==
        Json{{"audio_url", "https://cdn.example/upload/u-1"},
             {"speech_models", {"universal-2"}},
             {"language_detection", true}});
}

TEST_CASE("AssemblyAI's transcript is read without utterances, without words and without speech") {
  FakeServices server;
  const auto assemblyai = assemblyai_at(server);
  answer_transcript(server, R"({"status":"completed","utterances":null,"text":"a b","words":[
      {"text":"a","start":100,"end":200},{"text":"b","start":2000,"end":2200,"speaker":"B"}]})");
  const TranscribedClip words = heard_by(*assemblyai);
  REQUIRE(words.segments.size() == 2);
  CHECK(words.segments[0].begin_ms == 100);
  CHECK(words.segments[1].speaker == "B");
  answer_transcript(server, R"({"status":"completed","text":" a b "})");
  CHECK_FALSE(heard_by(*assemblyai).timed);
  answer_transcript(server, R"({"status":"completed","text":"","words":[]})");
  CHECK(heard_by(*assemblyai).segments.empty());
  answer_transcript(server, R"({"status":"error","error":
      "language_detection cannot be performed on files with no spoken audio."})");
  CHECK(heard_by(*assemblyai).segments.empty());
  CHECK(lines_of(server).back() == "DELETE /v2/transcript/t-1");
}

TEST_CASE("a transcript that AssemblyAI cannot make says what to do, and is deleted, too") {
  FakeServices server;
  const auto assemblyai = assemblyai_at(server);
  const auto failed = [&](const std::string &words) {
    answer_transcript(server, Json{{"status", "error"}, {"error", words}}.dump());
    const Error error = error_of(*assemblyai);
    CHECK(lines_of(server).back() == "DELETE /v2/transcript/t-1");
    CHECK(error.provider == "assemblyai");
    CHECK(error.where == server.url() + "/v2/transcript/t-1");
    return error.message;
  };
  CHECK(failed("File does not appear to contain audio. File type is text/html (HTML document).")
            .find("send mp3, m4a") != std::string::npos);
  CHECK(failed("Audio duration is too long.").find("shorter windows") != std::string::npos);
  CHECK(failed("no " + fake_key).find(fake_key) == std::string::npos);
  CHECK(failed("") == "the service could not transcribe the recording");
  answer_transcript(server, R"({"status":""})");
  CHECK(error_of(*assemblyai).message.find("cannot be read") != std::string::npos);
  CHECK(lines_of(server).back() == "DELETE /v2/transcript/t-1");
}

TEST_CASE("a reply of AssemblyAI that breaks the order ends the call there") {
  FakeServices server;
  const auto assemblyai = assemblyai_at(server);
  server.next(answer(200, R"({"upload_url":7})"));
  CHECK(error_of(*assemblyai).where == server.url() + "/v2/upload");
  server.next(answer(200, R"({"upload_url":"u"})"));
  server.next(answer(200, R"({"status":"queued"})"));
  CHECK(error_of(*assemblyai).where == server.url() + "/v2/transcript");
  CHECK(server.requests().size() == 3);
  // A transcript that cannot be deleted is none the worse.
  server.next(answer(200, R"({"upload_url":"u"})"));
  server.next(answer(200, R"({"id":"t/2"})"));
  server.next(answer(200, R"({"status":"completed","text":"a"})"));
  server.next(answer(404, R"({"error":"Transcript lookup error"})"));
  CHECK(heard_by(*assemblyai).segments.at(0).text == "a");
  CHECK(server.requests().back().target == "/v2/transcript/t%2F2");
}

TEST_CASE("waiting for AssemblyAI ends when the call is cancelled or its time is over") {
  FakeServices server;
  server.unfinished = 1'000'000;
  ProviderOptions options = options_at(server, "/v2");
  options.total_ms = 250;
  Usage usage;
  const auto begun = std::chrono::steady_clock::now();
  const auto late = assemblyai_transcriber(options).value()->transcribe(small_clip(), usage);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(3));
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::timeout);
  CHECK(late.error().provider == "assemblyai");
  CHECK(lines_of(server).back() == "DELETE /v2/transcript/t-1");

  AudioClip clip = small_clip();
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    clip.cancel.cancel();
  });
  const auto stopped = assemblyai_at(server)->transcribe(clip, usage);
  canceller.join();
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);
  CHECK(lines_of(server).back() == "DELETE /v2/transcript/t-1");
  CHECK(server.faults().empty());
}

TEST_CASE("calls of both are played back from files without their key") {
  for (const std::string id : {"deepgram", "assemblyai"}) {
    CAPTURE(id);
    FakeServices server;
    server.unfinished = 1;
    const TemporaryFolder folder;
    const auto heard_over = [&](const std::shared_ptr<Transport> &transport, AudioClip clip) {
      ProviderOptions options = options_at(server, id == "deepgram" ? "/v1" : "/v2");
      options.network = open_network({transport}).value();
      const auto transcriber = open_transcriber(id, options).value();
      return text_of(heard_by(*transcriber, clip));
    };
    const std::string heard =
        heard_over(record_transport(curl_transport().value(), folder.path()).value(), small_clip());
    for (const auto &entry : std::filesystem::directory_iterator(folder.path())) {
      CHECK(read_file(entry.path()).find(fake_key) == std::string::npos);
    }
    const std::size_t sent = server.requests().size();
    AudioClip encoded_otherwise = small_clip();
    encoded_otherwise.bytes += "more";
    CHECK(heard_over(replay_transport(folder.path()).value(), encoded_otherwise) == heard);
    CHECK(server.requests().size() == sent);
  }
}
