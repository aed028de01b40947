// The services' requests as prints, and their replies as JSON.
#include "core/base64.hpp"
#include "core/json_nouns.hpp"
#include "core/sha256.hpp"
#include "core/unicode.hpp"
#include "engine/journal.hpp"

#include <saleschecklist/redaction.hpp>


namespace saleschecklist {
namespace {

using nlohmann::json;

// Fields of different requests cannot run into each other.
std::string print_of(const std::vector<std::string> &fields) {
  std::string all;
  for (const std::string &field : fields) all += std::to_string(field.size()) + ":" + field;
  return sha256_hex(all);
}

json used_document(const char *stage, const std::string &provider, const Usage &usage) {
  return to_document(std::vector<StageUsage>{{stage, provider, usage}});
}

Usage used_of(const json &reply) { return usage_from_document(reply.at("usage")).at(0).usage; }

class KeptModel final : public LanguageModel {
 public:
  KeptModel(LanguageModel &model, Journal &journal) : model_(model), journal_(journal) {}

  ModelInfo info() const override { return model_.info(); }

  Result<ModelReply> complete(const ModelRequest &request, Usage &usage) override {
    const std::string print =
        print_of({model_.info().id, request.instructions, request.shared, request.question,
                  request.schema_name, request.schema});
    bool asked = false;
    const auto out = journal_.reply(print, [&]() -> Result<json> {
      asked = true;
      Usage used;
      auto reply = model_.complete(request, used);
      if (!reply) {
        usage += used;
        return reply.error();
      }
      return json{{"text", reply->text},
                  {"finish", name(reply->finish)},
                  {"detail", reply->detail},
                  {"request_id", reply->request_id},
                  {"notices", reply->notices},
                  {"usage", used_document(journal_.stage(), model_.info().id, used)}};
    });
    if (!out) return out.error();
    if (!asked && request.on_begin) request.on_begin();
    usage += used_of(*out);
    ModelReply reply;
    reply.text = out->at("text");
    for (const Finish finish : {Finish::truncated, Finish::refused, Finish::filtered}) {
      if (out->at("finish") == name(finish)) reply.finish = finish;
    }
    reply.detail = out->at("detail");
    reply.request_id = out->at("request_id");
    reply.notices = out->at("notices").get<std::vector<std::string>>();
    return reply;
  }

 private:
  LanguageModel &model_;
  Journal &journal_;
};

json document_of(const SpokenMark &m) { return {m.begin, m.end, m.begin_ms, m.end_ms}; }

class KeptVoice final : public Voice {
 public:
  KeptVoice(Voice &voice, Journal &journal) : voice_(voice), journal_(journal) {}

  VoiceInfo info() const override { return voice_.info(); }

  Result<Speech> say(const VoiceRequest &request, Usage &usage) override {
    const std::string print = print_of(
        {voice_.info().id, request.text, request.previous_text, request.next_text});
    const auto out = journal_.reply(print, [&]() -> Result<json> {
      Usage used;
      const auto speech = voice_.say(request, used);
      if (!speech) {
        usage += used;
        return speech.error();
      }
      json marks = json::array();
      for (const SpokenMark &mark : speech->marks) marks.push_back(document_of(mark));
      return json{{"audio", base64_encode(speech->audio)}, {"content_type", speech->content_type},
                  {"marks", std::move(marks)},             {"duration_ms", speech->duration_ms},
                  {"request_id", speech->request_id},
                  {"usage", used_document("speak", voice_.info().id, used)}};
    });
    if (!out) return out.error();
    usage += used_of(*out);
    Speech speech;
    speech.audio = base64_decode(out->at("audio").get<std::string>()).value_or("");
    speech.content_type = out->at("content_type");
    for (const json &m : out->at("marks")) {
      speech.marks.push_back({m.at(0), m.at(1), m.at(2), m.at(3)});
    }
    speech.duration_ms = out->at("duration_ms");
    speech.request_id = out->at("request_id");
    return speech;
  }

 private:
  Voice &voice_;
  Journal &journal_;
};

json or_null(const std::optional<double> &value) { return value ? json(*value) : json(nullptr); }

std::optional<double> number_of(const json &j) {
  return j.is_null() ? std::nullopt : std::optional(j.get<double>());
}

json document_of(const HeardSegment &s) {
  json words = json::array();
  for (const HeardWord &w : s.words) words.push_back({w.text, w.begin_ms, w.end_ms});
  return {{"text", s.text},
          {"begin_ms", s.begin_ms},
          {"end_ms", s.end_ms},
          {"speaker", s.speaker},
          {"words", std::move(words)},
          {"avg_logprob", or_null(s.avg_logprob)},
          {"compression_ratio", or_null(s.compression_ratio)},
          {"no_speech_prob", or_null(s.no_speech_prob)}};
}

HeardSegment segment_of(const json &j) {
  HeardSegment out;
  out.text = j.at("text");
  out.begin_ms = j.at("begin_ms");
  out.end_ms = j.at("end_ms");
  out.speaker = j.at("speaker");
  for (const json &w : j.at("words")) out.words.push_back({w.at(0), w.at(1), w.at(2)});
  out.avg_logprob = number_of(j.at("avg_logprob"));
  out.compression_ratio = number_of(j.at("compression_ratio"));
  out.no_speech_prob = number_of(j.at("no_speech_prob"));
  return out;
}

// Words repeat what the text says, so they go where something was taken out of it.
Result<Done> redact_segment(HeardSegment &segment, const RedactOptions &options) {
  segment.text = collapse_spaces(segment.text);
  if (segment.text.empty()) return Done{};
  Utterance said;
  said.text = segment.text;
  said.cues.push_back({});
  Transcript alone;
  alone.utterances.push_back(std::move(said));
  auto out = redact(alone, options);
  if (!out) return out.error();
  if (out->replacements.empty()) return Done{};
  segment.text = out->transcript.utterances.front().text;
  segment.words.clear();
  return Done{};
}

class KeptTranscriber final : public Transcriber {
 public:
  KeptTranscriber(Transcriber &transcriber, Journal &journal,
                  const std::optional<RedactOptions> &redact)
      : transcriber_(transcriber), journal_(journal), redact_(redact) {}

  TranscriberInfo info() const override { return transcriber_.info(); }

  Result<HeardClip> hear(const AudioClip &clip, Usage &usage) override {
    const std::string print =
        print_of({transcriber_.info().id, clip.bytes, clip.content_type, clip.language});
    const auto out = journal_.reply(print, [&] { return ask(clip, usage); });
    if (!out) return out.error();
    usage += used_of(*out);
    HeardClip heard;
    heard.language = out->at("language");
    for (const json &segment : out->at("segments")) heard.segments.push_back(segment_of(segment));
    heard.timed = out->at("timed");
    return heard;
  }

 private:
  Result<json> ask(const AudioClip &clip, Usage &usage) {
    Usage used;
    auto heard = transcriber_.hear(clip, used);
    if (!heard) {
      usage += used;
      return heard.error();
    }
    json segments = json::array();
    for (HeardSegment &segment : heard->segments) {
      if (redact_) {
        if (auto done = redact_segment(segment, *redact_); !done) return done.error();
      }
      segments.push_back(document_of(segment));
    }
    return json{{"language", heard->language},
                {"segments", std::move(segments)},
                {"timed", heard->timed},
                {"usage", used_document("transcribe", transcriber_.info().id, used)}};
  }

  Transcriber &transcriber_;
  Journal &journal_;
  const std::optional<RedactOptions> redact_;
};

}  // namespace

std::unique_ptr<LanguageModel> kept_model(LanguageModel &model, Journal &journal) {
  return std::make_unique<KeptModel>(model, journal);
}

std::unique_ptr<Voice> kept_voice(Voice &voice, Journal &journal) {
  return std::make_unique<KeptVoice>(voice, journal);
}

std::unique_ptr<Transcriber> kept_transcriber(Transcriber &transcriber, Journal &journal,
                                              const std::optional<RedactOptions> &redact) {
  return std::make_unique<KeptTranscriber>(transcriber, journal, redact);
}

}  // namespace saleschecklist
