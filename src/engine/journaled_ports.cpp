// Fingerprints of requests, and replies as JSON.
#include "base/base64.hpp"
#include "base/sha256.hpp"
#include "base/unicode.hpp"
#include "engine/damage.hpp"
#include "engine/reply_journal.hpp"
#include "json/documents.hpp"

#include <saleschecklist/redact.hpp>

namespace saleschecklist::engine {
namespace {

using Json = nlohmann::json;

// The array keeps the fields apart, so that different requests have different texts.
std::string fingerprint_of(const std::vector<std::string> &fields) {
  std::string all;
  for (const std::string &field : fields) all += std::to_string(field.size()) + ":" + field;
  return base::sha256_hex(all);
}

// Converts a reply with `read`, which throws a JSON exception if it is not what was stored.
template <class Read>
auto read_reply(const std::string &fingerprint, const Json &reply, const Read &read)
    -> Result<decltype(read(reply))> {
  try {
    return read(reply);
  } catch (const Json::exception &fault) {
    Record row;
    row.kind = "exchange";
    row.id = fingerprint;
    return damaged(row, fault.what());
  }
}

Json used_document(const char *stage, const std::string &provider, const Usage &usage) {
  return json::to_document(std::vector<StageUsage>{{stage, provider, usage}});
}

Usage used_of(const Json &reply) {
  return json::usage_from_document(reply.at("usage")).at(0).usage;
}

ModelReply model_reply_of(const Json &j) {
  ModelReply out;
  out.text = j.at("text");
  for (const Finish finish : {Finish::truncated, Finish::refused, Finish::filtered}) {
    if (j.at("finish") == name(finish)) out.finish = finish;
  }
  out.detail = j.at("detail");
  out.request_id = j.at("request_id");
  out.notices = j.at("notices").get<std::vector<std::string>>();
  return out;
}

class JournaledModel final : public LanguageModel {
 public:
  JournaledModel(LanguageModel &model, ReplyJournal &journal) : model_(model), journal_(journal) {}

  ModelInfo info() const override { return model_.info(); }
  void discover(const CancelToken &cancel) override { model_.discover(cancel); }

  Result<ModelReply> complete(const ModelRequest &request, Usage &usage) override {
    const std::string fingerprint = engine::fingerprint_of(model_, request);
    bool asked = false;
    const auto out = journal_.reply(fingerprint, [&]() -> Result<Json> {
      asked = true;
      Usage used;
      auto reply = model_.complete(request, used);
      if (!reply) {
        usage += used;
        return reply.error();
      }
      return Json{{"text", reply->text},
                  {"finish", name(reply->finish)},
                  {"detail", reply->detail},
                  {"request_id", reply->request_id},
                  {"notices", reply->notices},
                  {"usage", used_document(journal_.stage(), model_.info().id, used)}};
    });
    if (!out) return out.error();
    if (!asked && request.on_begin) request.on_begin();
    usage += used_of(*out);
    return read_reply(fingerprint, *out, &model_reply_of);
  }

 private:
  LanguageModel &model_;
  ReplyJournal &journal_;
};

Json document_of(const SpokenMark &m) { return {m.begin, m.end, m.begin_ms, m.end_ms}; }

Speech speech_of(const Json &j) {
  Speech out;
  out.audio = base::base64_decode(j.at("audio").get<std::string>()).value_or("");
  out.content_type = j.at("content_type");
  for (const Json &m : j.at("marks")) out.marks.push_back({m.at(0), m.at(1), m.at(2), m.at(3)});
  out.duration_ms = j.at("duration_ms");
  out.request_id = j.at("request_id");
  return out;
}

class JournaledVoice final : public Voice {
 public:
  JournaledVoice(Voice &voice, ReplyJournal &journal) : voice_(voice), journal_(journal) {}

  VoiceInfo info() const override { return voice_.info(); }

  Result<Speech> synthesize(const VoiceRequest &request, Usage &usage) override {
    const std::string fingerprint =
        fingerprint_of({voice_.info().id, request.text, request.previous_text, request.next_text});
    const auto out = journal_.reply(fingerprint, [&]() -> Result<Json> {
      Usage used;
      const auto speech = voice_.synthesize(request, used);
      if (!speech) {
        usage += used;
        return speech.error();
      }
      Json marks = Json::array();
      for (const SpokenMark &mark : speech->marks) marks.push_back(document_of(mark));
      return Json{{"audio", base::base64_encode(speech->audio)},
                  {"content_type", speech->content_type},
                  {"marks", std::move(marks)},
                  {"duration_ms", speech->duration_ms},
                  {"request_id", speech->request_id},
                  {"usage", used_document("speak", voice_.info().id, used)}};
    });
    if (!out) return out.error();
    usage += used_of(*out);
    return read_reply(fingerprint, *out, &speech_of);
  }

 private:
  Voice &voice_;
  ReplyJournal &journal_;
};

Json or_null(const std::optional<double> &value) { return value ? Json(*value) : Json(nullptr); }

std::optional<double> number_of(const Json &j) {
  return j.is_null() ? std::nullopt : std::optional(j.get<double>());
}

Json document_of(const TranscribedSegment &s) {
  Json words = Json::array();
  for (const TranscribedWord &w : s.words) words.push_back({w.text, w.begin_ms, w.end_ms});
  return {{"text", s.text},
          {"begin_ms", s.begin_ms},
          {"end_ms", s.end_ms},
          {"speaker", s.speaker},
          {"words", std::move(words)},
          {"avg_logprob", or_null(s.avg_logprob)},
          {"compression_ratio", or_null(s.compression_ratio)},
          {"no_speech_prob", or_null(s.no_speech_prob)}};
}

TranscribedSegment segment_of(const Json &j) {
  TranscribedSegment out;
  out.text = j.at("text");
  out.begin_ms = j.at("begin_ms");
  out.end_ms = j.at("end_ms");
  out.speaker = j.at("speaker");
  for (const Json &w : j.at("words")) out.words.push_back({w.at(0), w.at(1), w.at(2)});
  out.avg_logprob = number_of(j.at("avg_logprob"));
  out.compression_ratio = number_of(j.at("compression_ratio"));
  out.no_speech_prob = number_of(j.at("no_speech_prob"));
  return out;
}

TranscribedClip clip_of(const Json &j) {
  TranscribedClip out;
  out.language = j.at("language");
  for (const Json &segment : j.at("segments")) out.segments.push_back(segment_of(segment));
  out.timed = j.at("timed");
  return out;
}

// Word times repeat the text, so they are dropped where something was removed from it.
Result<void> redact_segment(TranscribedSegment &segment, const RedactOptions &options) {
  segment.text = base::collapse_spaces(segment.text);
  if (segment.text.empty()) return {};
  Utterance said;
  said.text = segment.text;
  said.spans.push_back({});
  Transcript alone;
  alone.utterances.push_back(std::move(said));
  auto out = redact(alone, options);
  if (!out) return out.error();
  if (out->replacements.empty()) return {};
  segment.text = out->transcript.utterances.front().text;
  segment.words.clear();
  return {};
}

class JournaledTranscriber final : public Transcriber {
 public:
  JournaledTranscriber(Transcriber &transcriber, ReplyJournal &journal,
                       const std::optional<RedactOptions> &redact)
      : transcriber_(transcriber), journal_(journal), redact_(redact) {}

  TranscriberInfo info() const override { return transcriber_.info(); }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    std::vector<std::string> asked = {transcriber_.info().id, clip.bytes, clip.content_type,
                                      clip.language};
    for (const KnownSpeaker &speaker : clip.known_speakers) {
      asked.insert(asked.end(), {speaker.name, speaker.sample});
    }
    const std::string fingerprint = fingerprint_of(asked);
    std::optional<TranscribedClip> fresh;  // unredacted: the whole transcript is redacted later
    const auto out = journal_.reply(fingerprint, [&] { return ask(clip, usage, fresh); });
    if (!out) return out.error();
    usage += used_of(*out);
    if (fresh) return *std::move(fresh);
    return read_reply(fingerprint, *out, &clip_of);
  }

 private:
  Result<Json> ask(const AudioClip &clip, Usage &usage, std::optional<TranscribedClip> &fresh) {
    Usage used;
    auto heard = transcriber_.transcribe(clip, used);
    if (!heard) {
      usage += used;
      return heard.error();
    }
    fresh = *heard;
    Json segments = Json::array();
    for (TranscribedSegment &segment : heard->segments) {
      if (redact_) {
        if (auto done = redact_segment(segment, *redact_); !done) return done.error();
      }
      segments.push_back(document_of(segment));
    }
    return Json{{"language", heard->language},
                {"segments", std::move(segments)},
                {"timed", heard->timed},
                {"usage", used_document("transcribe", transcriber_.info().id, used)}};
  }

  Transcriber &transcriber_;
  ReplyJournal &journal_;
  const std::optional<RedactOptions> redact_;
};

}  // namespace

std::string fingerprint_of(const LanguageModel &model, const ModelRequest &request) {
  return fingerprint_of({model.info().id, request.instructions, request.shared, request.question,
                         request.schema_name, request.schema});
}

std::unique_ptr<LanguageModel> journaled_model(LanguageModel &model, ReplyJournal &journal) {
  return std::make_unique<JournaledModel>(model, journal);
}

std::unique_ptr<Voice> journaled_voice(Voice &voice, ReplyJournal &journal) {
  return std::make_unique<JournaledVoice>(voice, journal);
}

std::unique_ptr<Transcriber> journaled_transcriber(Transcriber &transcriber, ReplyJournal &journal,
                                                   const std::optional<RedactOptions> &redact) {
  return std::make_unique<JournaledTranscriber>(transcriber, journal, redact);
}

}  // namespace saleschecklist::engine
