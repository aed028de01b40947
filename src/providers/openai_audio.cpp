// OpenAI, Azure and compatible servers: transcription and speech.
#include "base/base64.hpp"
#include "base/guard.hpp"
#include "base/unicode.hpp"
#include "net/multipart.hpp"
#include "providers/defaults.hpp"
#include "providers/model_list.hpp"
#include "providers/openai.hpp"
#include "providers/speech_marks.hpp"
#include "providers/transcriber.hpp"

#include <algorithm>
#include <atomic>

namespace saleschecklist::providers {
namespace {

// Endpoint and auth are in openai.cpp.

using Endpoint = std::string (*)(const ProviderOptions &options, const char *path);

// The most detailed response format that a model supports.
enum class Format { diarized, diarized_without_samples, verbose, verbose_without_words, plain };

// The model of that name or a dated version of it, not "gpt-4o-transcribe" and its kin.
bool is_gpt_transcribe(std::string_view model) { return model.rfind("gpt-transcribe", 0) == 0; }

Format richest_format(const std::string &model) {
  const auto has = [&](const char *part) { return model.find(part) != std::string::npos; };
  if (has("transcribe-diarize")) return Format::diarized;
  const bool gpt = has("gpt-") && has("transcribe");
  return gpt ? Format::plain : Format::verbose;
}

// Encode.

std::string data_url(const KnownSpeaker &speaker) {
  return "data:" + speaker.content_type + ";base64," + base::base64_encode(speaker.sample);
}

net::FormBody encode_clip(const AudioClip &clip, const std::string &model, Format format) {
  std::vector<net::FormPart> parts = {{"model", model}};
  std::vector<std::string> samples;  // to which the parts refer
  samples.reserve(clip.known_speakers.size());
  // The newest model takes a list of the languages that may be spoken.
  const char *const language = is_gpt_transcribe(model) ? "languages[]" : "language";
  if (!clip.language.empty()) parts.push_back({language, clip.language});
  switch (format) {
    case Format::diarized:
      for (const KnownSpeaker &speaker : clip.known_speakers) {
        parts.push_back({"known_speaker_names[]", speaker.name});
        samples.push_back(data_url(speaker));
        parts.push_back({"known_speaker_references[]", samples.back()});
      }
      [[fallthrough]];
    case Format::diarized_without_samples:
      parts.push_back({"response_format", "diarized_json"});
      parts.push_back({"chunking_strategy", "auto"});
      break;
    case Format::verbose:
      parts.push_back({"response_format", "verbose_json"});
      parts.push_back({"timestamp_granularities[]", "segment"});
      parts.push_back({"timestamp_granularities[]", "word"});
      break;
    case Format::verbose_without_words:
      parts.push_back({"response_format", "verbose_json"});
      break;
    case Format::plain:
      parts.push_back({"response_format", "json"});
      break;
  }
  const UploadName name = upload_name(clip);
  parts.push_back({"file", clip.bytes, name.file_name, name.content_type});
  return net::encode_form(parts);
}

// Decode.

std::vector<SpokenWord> read_spoken(const Json &list) {
  std::vector<SpokenWord> out;
  append_words(list, {{"word", "text"}}, out);
  return out;
}

std::vector<TranscribedWord> read_words(const Json &list) {
  std::vector<TranscribedWord> out;
  for (SpokenWord &spoken : read_spoken(list)) out.push_back(std::move(spoken.word));
  return out;
}

TranscribedSegment read_segment(const Json &segment) {
  TranscribedSegment out;
  out.text = trimmed(text_at(segment, "text"));
  out.begin_ms = ms_at(segment, "start").value_or(0);
  out.end_ms = ms_at(segment, "end").value_or(out.begin_ms);
  out.speaker = text_at(segment, "speaker");
  out.words = read_words(at(segment, "words"));
  out.avg_logprob = number_at(segment, "avg_logprob");
  out.compression_ratio = number_at(segment, "compression_ratio");
  out.no_speech_prob = number_at(segment, "no_speech_prob");
  return out;
}

// Words that are listed apart from the segments belong to the segment that contains their middle.
void give_words(const std::vector<TranscribedWord> &words,
                std::vector<TranscribedSegment> &segments) {
  std::size_t at = 0;
  for (const TranscribedWord &word : words) {
    const std::int64_t middle = word.begin_ms + (word.end_ms - word.begin_ms) / 2;
    while (at + 1 < segments.size() && middle >= segments[at + 1].begin_ms) ++at;
    segments[at].words.push_back(word);
  }
}

std::vector<TranscribedSegment> read_segments(const Json &document) {
  std::vector<TranscribedSegment> out;
  const std::vector<TranscribedWord> words = read_words(at(document, "words"));
  const Json &list = at(document, "segments");
  if (list.is_array()) {
    for (const Json &item : list) {
      TranscribedSegment segment = read_segment(item);
      if (!segment.text.empty()) out.push_back(std::move(segment));
    }
  }
  if (out.empty()) return phrases_of(read_spoken(at(document, "words")));
  std::stable_sort(out.begin(), out.end(),
                   [](const auto &a, const auto &b) { return a.begin_ms < b.begin_ms; });
  const bool worded = std::any_of(out.begin(), out.end(),
                                  [](const TranscribedSegment &s) { return !s.words.empty(); });
  if (!worded) give_words(words, out);
  return out;
}

bool decode_clip(const Json &document, const AudioClip &clip, TranscribedClip &out) {
  if (!at(document, "text").is_string() && !at(document, "segments").is_array()) return false;
  out.segments = read_segments(document);
  if (out.segments.empty()) out = untimed(text_at(document, "text"), clip);
  out.timed = out.timed || out.segments.empty();
  out.language = text_at(document, "language");
  if (out.language.empty()) out.language = text_at(first(at(document, "languages")), "code");
  put_in_order(out.segments, clip.duration_ms);
  return true;
}

void count_clip(const Json &document, const AudioClip &clip, Usage &usage) {
  const Json &told = at(document, "usage");
  usage.tokens_in += count_at(told, "input_tokens");
  usage.tokens_out += count_at(told, "output_tokens");
  auto heard = ms_at(told, "seconds");
  if (!heard) heard = ms_at(document, "duration");
  usage.audio_ms += heard.value_or(clip.duration_ms);
}

// Errors: those in openai.cpp, and response formats that a server rejects.

Format concede_format(const ServiceError &service_error, Format format) {
  const bool bad =
      service_error.status == 400 || service_error.status == 422 || service_error.status == 501;
  const auto about = [&](std::string_view part) {
    return service_error.param.rfind(part, 0) == 0 || mentions(service_error.message, {part});
  };
  if (!bad || format == Format::plain) return format;
  if (format == Format::verbose && about("timestamp_granularities")) {
    return Format::verbose_without_words;
  }
  if (format == Format::diarized && about("known_speaker")) return Format::diarized_without_samples;
  const bool other = about("response_format") || about("verbose_json") || about("diarized_json");
  return other ? Format::plain : format;
}

class OpenAiTranscriber final : public Transcriber {
 public:
  OpenAiTranscriber(const ProviderOptions &options, bool azure)
      : client_(azure ? azure_protocol : openai_protocol, options),
        endpoint_(azure ? azure_endpoint : openai_endpoint),
        limited_(azure || is_own_address("openai", options.base_url)),
        format_(richest_format(options.model)) {}

  TranscriberInfo info() const override {
    const Format richest = richest_format(client_.options().model);
    TranscriberInfo out;
    out.id = client_.id();
    out.max_bytes = openai_upload_bytes - net::form_margin;
    const bool gpt = richest == Format::diarized || richest == Format::plain;
    out.max_ms = gpt ? openai_gpt_audio_ms : 0;
    out.names_speakers = richest == Format::diarized;
    if (out.names_speakers) {
      out.known_speakers = openai_known_speakers;
      out.max_bytes -= openai_known_speakers * openai_sample_bytes;
    }
    return out;
  }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    return base::guard([&]() -> Result<TranscribedClip> {
      if (limited_) require_size(clip, info(), client_);
      auto deadline = client_.deadline();
      for (Format format = format_;;) {
        ServiceError refused;
        auto heard = ask(clip, format, deadline, usage, refused);
        if (heard) {
          format_ = format;
          return heard;
        }
        const Format next = concede_format(refused, format);
        if (next == format) return heard;
        format = next;
      }
    });
  }

 private:
  Result<TranscribedClip> ask(const AudioClip &clip, Format format,
                              std::chrono::steady_clock::time_point &deadline, Usage &usage,
                              ServiceError &refused) const {
    const std::string url = endpoint_(client_.options(), "audio/transcriptions");
    net::FormBody form = encode_clip(clip, client_.options().model, format);
    const auto reply = client_.send({url, std::move(form.content_type), std::move(form.body),
                                     deadline, clip.cancel, clip.on_wait},
                                    usage, refused);
    if (!reply) return reply.error();
    const auto document = read_json(reply->body);
    count_clip(document.value_or(Json()), clip, usage);
    TranscribedClip out;
    if (!document || !decode_clip(*document, clip, out)) {
      return client_.unreadable(shape_of(reply->body), *reply, url);
    }
    return out;
  }

  const ProviderClient client_;
  const Endpoint endpoint_;
  const bool limited_;
  std::atomic<Format> format_;  // the most detailed one that the server is not known to reject
};

class OpenAiTranscribers final : public Transcriber {
 public:
  explicit OpenAiTranscribers(const ProviderOptions &options)
      : usual_(options, false), diarizing_(with_model(options, openai_diarizing_model), false) {}

  TranscriberInfo info() const override {
    TranscriberInfo out = usual_.info();
    out.for_several = std::make_shared<const TranscriberInfo>(diarizing_.info());
    return out;
  }

  Result<TranscribedClip> transcribe(const AudioClip &clip, Usage &usage) override {
    const bool several = clip.speakers == Speakers::several;
    return (several ? diarizing_ : usual_).transcribe(clip, usage);
  }

 private:
  static ProviderOptions with_model(ProviderOptions options, const char *model) {
    options.model = model;
    return options;
  }

  OpenAiTranscriber usual_;
  OpenAiTranscriber diarizing_;
};

class OpenAiVoice final : public Voice {
 public:
  OpenAiVoice(const ProviderOptions &options, bool azure)
      : client_(azure ? azure_protocol : openai_protocol, options),
        endpoint_(azure ? azure_endpoint : openai_endpoint) {}

  VoiceInfo info() const override {
    return {client_.id(), most_characters("openai", client_.options().model)};
  }

  Result<Speech> synthesize(const VoiceRequest &request, Usage &usage) override {
    return base::guard([&]() -> Result<Speech> {
      require_sayable(request.text, info());
      const std::string url = endpoint_(client_.options(), "audio/speech");
      const Json body = {{"model", client_.options().model},
                         {"input", request.text},
                         {"voice", client_.options().voice},
                         {"response_format", openai_speech_format}};
      auto deadline = client_.deadline();
      ServiceError refused;
      auto reply = client_.send(
          {url, "application/json", compact(body), deadline, request.cancel, request.on_wait},
          usage, refused);
      if (!reply) return reply.error();
      usage.characters += count_characters(request.text);
      const std::string_view type = reply->header("content-type");
      const bool words = mentions(type, {"json", "text/", "xml"});
      if (reply->body.empty() || words) {
        return client_.unreadable(shape_of(reply->body) + " instead of audio", *reply, url);
      }
      Speech out;
      out.request_id = client_.request_id(*reply);
      const bool told = type.substr(0, 6) == "audio/";  // a local server may return another format
      out.content_type = told ? std::string(type.substr(0, type.find(';'))) : "audio/mpeg";
      out.audio = std::move(reply->body);
      return out;
    });
  }

 private:
  const ProviderClient client_;
  const Endpoint endpoint_;
};

}  // namespace

std::shared_ptr<Transcriber> make_openai_transcriber(const ProviderOptions &options, bool azure) {
  return std::make_shared<OpenAiTranscriber>(options, azure);
}

std::shared_ptr<Transcriber> make_openai_transcribers(const ProviderOptions &options) {
  return std::make_shared<OpenAiTranscribers>(options);
}

std::shared_ptr<Voice> make_openai_voice(const ProviderOptions &options, bool azure) {
  return std::make_shared<OpenAiVoice>(options, azure);
}

}  // namespace saleschecklist::providers
