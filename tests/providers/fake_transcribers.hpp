// What the transcribers' services check and answer, as fake_services.hpp serves it.
#ifndef SALESCHECKLIST_TESTS_FAKE_TRANSCRIBERS_HPP
#define SALESCHECKLIST_TESTS_FAKE_TRANSCRIBERS_HPP

#include <httplib.h>
#include "json/library.hpp"

#include <string>

namespace saleschecklist::test {

using Json = nlohmann::ordered_json;

inline const std::string fake_key = "sk-test-0123456789abcdefghijklmnop";

// A request that a service would refuse.
struct BadRequest {
  std::string why;
};
inline void require(bool met, const std::string &why) {
  if (!met) throw BadRequest{why};
}

inline std::string field(const httplib::Request &request, const std::string &name) {
  return request.has_file(name) ? request.get_file_value(name).content : "";
}

inline void require_audio(const httplib::Request &request) {
  require(request.has_file("file"), "no file");
  const auto file = request.get_file_value("file");
  require(file.filename.find('.') != std::string::npos, "unsupported format: no extension");
  require(file.content_type.rfind("audio/", 0) == 0, "no audio type");
  require(!file.content.empty(), "empty");
}

inline void transcription(const httplib::Request &request, httplib::Response &response) {
  require_audio(request);
  const std::string model = field(request, "model");
  const std::string format = field(request, "response_format");
  const bool granular = request.files.count("timestamp_granularities[]") > 0;
  require(request.files.count("timestamp_granularities") == 0, "without []");
  require(!granular || format == "verbose_json", "granularities need verbose_json");
  Json reply = {{"text", "Zażółć it, please. Sure 🙂."}};
  if (model.find("diarize") != std::string::npos) {
    require(format == "diarized_json" && field(request, "chunking_strategy") == "auto", format);
    reply["segments"] = Json::parse(
        R"([{"type":"transcript.text.segment","id":"s1","start":0.5,"end":1.75,
             "text":" Zażółć it, please.","speaker":"A"},
            {"id":"s2","start":2.0,"end":2.5,"text":" Sure 🙂.","speaker":"B"}])");
    reply["usage"] = {{"type", "duration"}, {"seconds", 3}};
  } else if (model == "gpt-transcribe") {
    require(format == "json" && !request.has_file("language"), "gpt-transcribe");
    reply["languages"] = Json::array({{{"code", "pl"}}});
    reply["usage"] = {{"type", "duration"}, {"seconds", 3}};
  } else if (model.find("gpt-") != std::string::npos) {
    require(format == "json", format + " is not supported with this model");
    require(!request.has_file("languages[]"), "languages[]");
    reply["usage"] = {{"type", "tokens"}, {"input_tokens", 30}, {"output_tokens", 12}};
  } else {
    require(format == "verbose_json" && granular, "verbose_json");
    require(request.files.count("timestamp_granularities[]") == 2, "segment and word");
    reply["language"] = "english";
    reply["duration"] = 3.0;
    reply["segments"] = Json::parse(
        R"([{"id":0,"start":0.5,"end":1.75,"text":" Zażółć it, please.","avg_logprob":-0.25,
             "compression_ratio":1.5,"no_speech_prob":0.01},
            {"id":1,"start":2.0,"end":2.5,"text":" Sure 🙂.","avg_logprob":-0.5,
             "compression_ratio":1.0,"no_speech_prob":0.5}])");
    reply["words"] = Json::parse(
        R"([{"word":"Zażółć","start":0.5,"end":1.0},{"word":"it","start":1.0,"end":1.2},
            {"word":"please","start":1.2,"end":1.75},{"word":"Sure","start":1.99,"end":2.5}])");
  }
  response.set_content(reply.dump(), "application/json");
}

inline void scribe(const httplib::Request &request, httplib::Response &response) {
  require(request.get_header_value("xi-api-key") == fake_key, "no xi-api-key");
  require_audio(request);
  require(!field(request, "model_id").empty(), "model_id");
  require(field(request, "diarize") == "true", "diarize");
  response.set_header("request-id", "req-scribe");
  response.set_content(R"~({"language_code":"eng","audio_duration_secs":3.0,
      "text":"Zażółć it, please. (laughs) Sure 🙂.","words":[
      {"text":"Zażółć","start":0.5,"end":1.0,"type":"word","speaker_id":"speaker_0","logprob":-0.5},
      {"text":" ","start":1.0,"end":1.0,"type":"spacing","speaker_id":"speaker_0"},
      {"text":"it,","start":1.0,"end":1.2,"type":"word","speaker_id":"speaker_0","logprob":-0.25},
      {"text":" ","start":1.2,"end":1.2,"type":"spacing","speaker_id":"speaker_0"},
      {"text":"please.","start":1.2,"end":1.75,"type":"word","speaker_id":"speaker_0","logprob":0},
      {"text":"(laughs)","start":1.75,"end":1.9,"type":"audio_event","speaker_id":"speaker_1"
},
      {"text":" ","start":1.9,"end":2.0,"type":"spacing","speaker_id":"speaker_1"},
      {"text":"Sure","start":2.0,"end":2.25,"type":"word","speaker_id":"speaker_1","logprob":-1},
      {"text":" ","start":2.25,"end":2.25,"type":"spacing","speaker_id":"speaker_1"},
      {"text":"🙂.","start":2.25,"end":2.5,"type":"word","speaker_id":"speaker_1","logprob":-1}]})~",
                       "application/json");
}

inline void require_recording(const httplib::Request &request, const std::string &type) {
  require(request.get_header_value("Content-Type").rfind(type, 0) == 0, "no " + type);
  require(request.body.rfind("OggS", 0) == 0, "the body is no recording");
}

inline void fake_deepgram(const httplib::Request &request, httplib::Response &response) {
  require(request.get_header_value("Authorization") == "Token " + fake_key, "no token");
  require_recording(request, "audio/");
  for (const char *name : {"smart_format", "punctuate", "utterances"}) {
    require(request.get_param_value(name) == "true", name);
  }
  require(!request.get_param_value("model").empty(), "model");
  require(request.has_param("language") != request.has_param("detect_language"), "language");
  Json reply = Json::parse(R"~({"metadata":{"request_id":"req-body","duration":3.0,"channels":1},
      "results":{"channels":[{"detected_language":"pl","alternatives":[{
          "transcript":"Zażółć it, please. Sure 🙂.","confidence":0.9,"words":[]}]}],
        "utterances":[
          {"start":0.5,"end":1.75,"channel":0,"speaker":0,"transcript":"Zażółć it, please.","words":[
            {"word":"zażółć","punctuated_word":"Zażółć","start":0.5,"end":1.0,"speaker":0},
            {"word":"it","punctuated_word":"it,","start":1.0,"end":1.2,"speaker":0},
            {"word":"please","punctuated_word":"please.","start":1.2,"end":1.75,"speaker":0}]},
          {"start":2.0,"end":2.5,"channel":0,"speaker":1,"transcript":"Sure 🙂.","words":[
            {"word":"sure","punctuated_word":"Sure","start":2.0,"end":2.25,"speaker":1},
            {"word":"🙂.","start":2.25,"end":2.5,"speaker":1}]}]}})~");
  if (request.get_param_value("diarize") != "true") {
    for (Json &utterance : reply["results"]["utterances"]) {
      utterance.erase("speaker");
      for (Json &word : utterance["words"]) word.erase("speaker");
    }
  }
  response.set_header("dg-request-id", "req-deepgram");
  response.set_content(reply.dump(), "application/json");
}

// Uploads, makes, shows and deletes the transcript "t-1", which is "processing" when it is asked
// for the first `unfinished` times.
inline void fake_assemblyai(const httplib::Request &request, httplib::Response &response,
                            int &unfinished) {
  require(request.get_header_value("Authorization") == fake_key, "no key");
  Json reply = {{"id", "t-1"}, {"status", "queued"}};
  if (request.path == "/v2/upload") {
    require_recording(request, "application/octet-stream");
    reply = {{"upload_url", "https://cdn.example/upload/u-1"}};
  } else if (request.path == "/v2/transcript") {
    const Json body = Json::parse(request.body);
    require(body.at("audio_url") == "https://cdn.example/upload/u-1", "audio_url");
    require(!body.at("speech_models").at(0).get<std::string>().empty(), "speech_models");
    require(body.contains("language_code") != body.contains("language_detection"), "language");
  } else {
    require(request.path == "/v2/transcript/t-1", "no such transcript");
    require(!request.has_header("Content-Type"), "a content type without content");
    if (request.method == "GET" && unfinished-- > 0) {
      reply["status"] = "processing";
    } else {
      reply = Json::parse(R"~({"id":"t-1","status":"completed","language_code":"en_us",
        "audio_duration":3,"text":"Zażółć it, please. Sure 🙂.","error":null,"utterances":[
          {"speaker":"A","start":500,"end":1750,"text":"Zażółć it, please.","words":[
            {"text":"Zażółć","start":500,"end":1000,"confidence":0.9,"speaker":"A"},
            {"text":"it,","start":1000,"end":1200,"confidence":0.9,"speaker":"A"},
            {"text":"please.","start":1200,"end":1750,"confidence":0.9,"speaker":"A"}]},
          {"speaker":"B","start":2000,"end":2500,"text":"Sure 🙂.","words":[
            {"text":"Sure","start":2000,"end":2250,"confidence":0.9,"speaker":"B"},
            {"text":"🙂.","start":2250,"end":2500,"confidence":0.9,"speaker":"B"}]}]})~");
    }
  }
  response.set_content(reply.dump(), "application/json");
}

}  // namespace saleschecklist::test

#endif
