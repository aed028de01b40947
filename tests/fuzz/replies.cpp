// The targets that read what services reply: the first line chooses a service, the rest is the body
// of its reply.
#include "support.hpp"

#include "net/sse.hpp"

#include <cstdlib>

namespace saleschecklist::fuzz {
namespace {

// Replies with the same body to every request, in pieces of these sizes, over and over, where it is
// streamed.
class Replier final : public Transport {
 public:
  Replier(int status, std::string body, std::vector<std::size_t> sizes)
      : status_(status), body_(std::move(body)), sizes_(std::move(sizes)) {}

  Result<HttpResponse> send(const HttpRequest &request) override {
    HttpResponse response;
    response.status = status_;
    response.headers = {{"Content-Type", "application/json"}, {"x-request-id", "1"}};
    if (!request.on_body || status_ / 100 != 2) {
      response.body = body_;
      return response;
    }
    std::string_view rest = body_;
    for (std::size_t i = 0; !rest.empty(); ++i) {
      const std::size_t size = std::min(sizes_[i % sizes_.size()], rest.size());
      if (!request.on_body(rest.substr(0, size))) {
        return Error{ErrorCode::cancelled, "the reader stopped", {}};
      }
      rest.remove_prefix(size);
    }
    return response;
  }

 private:
  const int status_;
  const std::string body_;
  const std::vector<std::size_t> sizes_;
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
  if (!assessment) return require_documented(assessment.error());
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

ProviderOptions options_for(int status, const std::string &body, std::vector<std::size_t> sizes) {
  NetworkOptions network;
  network.transport = std::make_shared<Replier>(status, body, std::move(sizes));
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

Result<ModelReply> ask(LanguageModel &model, Usage &usage, bool streamed) {
  ModelRequest request;
  request.instructions = "Answer.";
  request.question = "What?";
  request.schema_name = "answer";
  request.schema = R"({"type":"object"})";
  if (streamed) request.on_begin = [] {};
  return model.complete(request, usage);
}

void check_usage(const Usage &usage) {
  require(usage.requests >= usage.retries && usage.retries >= 0, "a retry is a request");
  require(usage.tokens_in >= usage.tokens_cached && usage.tokens_cached >= 0,
          "cached tokens were read");
  require(usage.tokens_out >= usage.tokens_reasoning && usage.tokens_reasoning >= 0,
          "reasoning was written");
  require(usage.characters >= 0 && usage.audio_ms >= 0, "what was used is not negative");
}

// "3 10 4" after the word "cut"; a size is at least 1.
std::vector<std::size_t> sizes_in(const std::string &line) {
  std::vector<std::size_t> out;
  const std::size_t at = line.find("cut");
  const char *next = at == std::string::npos ? "" : line.c_str() + at + 3;
  for (char *end = nullptr; out.size() < 16; next = end) {
    const unsigned long size = std::strtoul(next, &end, 10);
    if (end == next) break;
    out.push_back(std::max(1UL, size));
  }
  return out.empty() ? std::vector<std::size_t>{1} : out;
}

std::vector<net::SseEvent> events_of(std::string_view body, const std::vector<std::size_t> &sizes) {
  std::vector<net::SseEvent> out;
  net::SseReader reader([&](const net::SseEvent &event) { out.push_back(event); });
  for (std::size_t i = 0; !body.empty(); ++i) {
    const std::size_t size = std::min(sizes[i % sizes.size()], body.size());
    reader.take(body.substr(0, size));
    body.remove_prefix(size);
  }
  reader.finish();
  return out;
}

// What a model says if its streamed reply arrives in pieces of these sizes.
std::string streamed_reply(const std::string &provider, const std::string &body,
                           const std::vector<std::size_t> &sizes) {
  ProviderOptions options = options_for(200, body, sizes);
  options.total_ms = 60'000;
  const auto model = open_model(provider, options);
  if (!model) return "none";
  Usage usage;
  const auto reply = ask(**model, usage, true);
  check_usage(usage);
  const std::string used =
      " " + std::to_string(usage.tokens_in) + " " + std::to_string(usage.tokens_out);
  if (!reply) {
    require_documented(reply.error());
    return name(reply.error().code) + used;
  }
  return reply->text + "\n" + name(reply->finish) + "\n" + reply->detail + used;
}

}  // namespace

void streams(std::string_view bytes) {
  const std::string chosen = take_line(bytes);
  const std::vector<std::size_t> sizes = sizes_in(chosen),
                                 whole = {std::max<std::size_t>(1, bytes.size())};
  require(events_of(bytes, sizes) == events_of(bytes, whole), "events do not depend on pieces");
  const std::string provider = chosen.substr(0, chosen.find(' ')), body(bytes);
  require(streamed_reply(provider, body, sizes) == streamed_reply(provider, body, whole),
          "a streamed reply does not depend on its pieces");
}

void replies(std::string_view bytes) {
  const std::string chosen = take_line(bytes), body(bytes);
  if (chosen.rfind("answers", 0) == 0) return check_assessment(body);

  // "anthropic 200", "openai 429 stream", ...
  const std::string provider(chosen.substr(0, chosen.find(' ')));
  const int status = chosen.find("429") != std::string::npos   ? 429
                     : chosen.find("400") != std::string::npos ? 400
                     : chosen.find("500") != std::string::npos ? 500
                                                               : 200;
  const ProviderOptions options = options_for(status, body, {body.size() / 2 + 1});
  Usage usage;
  if (const auto model = open_model(provider, options)) {
    const auto reply = ask(**model, usage, chosen.find("stream") != std::string::npos);
    require_documented(reply);
  }
  if (const auto transcriber = open_transcriber(provider, options)) {
    AudioClip clip;
    clip.bytes = "sound";
    clip.file_name = "clip.wav";
    clip.content_type = "audio/wav";
    clip.duration_ms = 10'000;
    const auto heard = (*transcriber)->transcribe(clip, usage);
    require_documented(heard);
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
    require_documented(speech);
    if (speech) {
      for (const SpokenMark &mark : speech->marks) {
        require(mark.begin <= mark.end && mark.end <= request.text.size(), "a mark is in the text");
      }
    }
  }
  check_usage(usage);
}

}  // namespace saleschecklist::fuzz
