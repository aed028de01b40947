// The target that reads what services reply: the first line chooses a service, the rest is the body
// of its reply.
#include "targets.hpp"

#include <saleschecklist/saleschecklist.hpp>

#include <algorithm>

namespace saleschecklist::fuzz {
namespace {

// Replies with the same body to every request, in two pieces where it is streamed.
class Replier final : public Transport {
 public:
  Replier(int status, std::string body) : status_(status), body_(std::move(body)) {}

  Result<HttpResponse> send(const HttpRequest &request) override {
    HttpResponse response;
    response.status = status_;
    response.headers = {{"Content-Type", "application/json"}, {"x-request-id", "1"}};
    if (request.on_body && status_ / 100 == 2) {
      const std::size_t half = body_.size() / 2;
      if (!request.on_body(std::string_view(body_).substr(0, half)) ||
          !request.on_body(std::string_view(body_).substr(half))) {
        return Error{ErrorCode::cancelled, "the reader stopped", {}};
      }
    } else {
      response.body = body_;
    }
    return response;
  }

 private:
  const int status_;
  const std::string body_;
};

// Writes the same text as every reply.
class Writer final : public LanguageModel {
 public:
  explicit Writer(std::string text) : text_(std::move(text)) {}
  ModelInfo info() const override { return {"fuzz:writer", 32'000, 8'000}; }
  Result<ModelReply> complete(const ModelRequest &, Usage &usage) override {
    ++usage.requests;
    return ModelReply{text_};
  }

 private:
  const std::string text_;
};

void check_assessment(const std::string &reply) {
  static const Transcript call =
      read_transcript("Rita: What does it cost?\nTom: We lose forty thousand a month.\n",
                      {{"Rita"}})
          .value();
  Writer model(reply);
  AssessOptions options;
  options.parallel = 1;
  const auto assessment = assess(call, Checklist::ten_point(), model, options);
  if (!assessment) return;
  require(assessment->responses.size() == item_count(Checklist::ten_point()),
          "every item has a response");
  for (const Response &response : assessment->responses) {
    for (const Evidence &evidence : response.evidence) {
      require(evidence.utterance < call.utterances.size() &&
                  call.utterances[evidence.utterance].text.substr(
                      evidence.begin, evidence.end - evidence.begin) == evidence.quote,
              "evidence is the words of the transcript");
    }
  }
  require(score(Checklist::ten_point(), assessment->responses).has_value(),
          "an assessment can be scored");
}

ProviderOptions options_for(int status, const std::string &body) {
  NetworkOptions network;
  network.transport = std::make_shared<Replier>(status, body);
  network.attempts = 1;
  network.rate_limit_wait_ms = 0;
  ProviderOptions out;
  out.key = Secret("a-key");
  out.base_url = "http://127.0.0.1:9/v1";
  out.model = "a-model";
  out.total_ms = 90;  // shorter than a wait for a transcript that is never finished
  out.network = open_network(network).value();
  return out;
}

}  // namespace

void replies(std::string_view bytes) {
  const std::size_t line = std::min(bytes.find('\n'), bytes.size());
  const std::string_view chosen = bytes.substr(0, line);
  const std::string body(bytes.substr(std::min(line + 1, bytes.size())));
  if (chosen.rfind("answers", 0) == 0) return check_assessment(body);

  // "anthropic 200", "openai 429 stream", ...
  const std::string provider(chosen.substr(0, chosen.find(' ')));
  const int status = chosen.find("429") != std::string_view::npos   ? 429
                     : chosen.find("400") != std::string_view::npos ? 400
                     : chosen.find("500") != std::string_view::npos ? 500
                                                                    : 200;
  const ProviderOptions options = options_for(status, body);
  Usage usage;
  if (const auto model = open_model(provider, options)) {
    ModelRequest request;
    request.instructions = "Answer.";
    request.question = "What?";
    request.schema_name = "answer";
    request.schema = R"({"type":"object"})";
    if (chosen.find("stream") != std::string_view::npos) request.on_begin = [] {};
    const auto reply = (*model)->complete(request, usage);
    require(reply || !reply.error().message.empty(), "an error has a message");
  }
  if (const auto transcriber = open_transcriber(provider, options)) {
    AudioClip clip;
    clip.bytes = "sound";
    clip.file_name = "clip.wav";
    clip.content_type = "audio/wav";
    clip.duration_ms = 10'000;
    const auto heard = (*transcriber)->transcribe(clip, usage);
    if (heard) {
      for (const TranscribedSegment &segment : heard->segments) {
        require(segment.begin_ms <= segment.end_ms, "a segment does not end before it begins");
      }
    }
  }
  if (const auto voice = open_voice(provider, options)) {
    VoiceRequest request;
    request.text = "Ask who signs.";
    const auto speech = (*voice)->synthesize(request, usage);
    if (speech) {
      for (const SpokenMark &mark : speech->marks) {
        require(mark.begin <= mark.end && mark.end <= request.text.size(), "a mark is in the text");
      }
    }
  }
}

}  // namespace saleschecklist::fuzz
