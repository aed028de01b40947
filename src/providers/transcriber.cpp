#include "providers/transcriber.hpp"
#include "base/ascii.hpp"

#include "providers/defaults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace saleschecklist::providers {
namespace {

constexpr std::int64_t pause_ms = 700;
constexpr std::int64_t long_phrase_ms = 15'000;

struct Format {
  std::string_view extension, content_type;
};
constexpr std::array formats = {
    Format{"ogg", "audio/ogg"},     Format{"wav", "audio/wav"},   Format{"mp3", "audio/mpeg"},
    Format{"flac", "audio/flac"},   Format{"m4a", "audio/mp4"},   Format{"webm", "audio/webm"},
    Format{"wav", "audio/x-wav"},   Format{"wav", "audio/wave"},  Format{"mp3", "audio/mp3"},
    Format{"flac", "audio/x-flac"}, Format{"m4a", "audio/x-m4a"}, Format{"ogg", "audio/opus"},
    Format{"mp4", "video/mp4"},     Format{"webm", "video/webm"}, Format{"ogg", "application/ogg"},
};

std::string_view extension_by_bytes(std::string_view bytes) {
  const auto has = [&](std::size_t offset, std::string_view magic) {
    return bytes.size() > offset && bytes.substr(offset, magic.size()) == magic;
  };
  if (has(0, "OggS")) return "ogg";
  if (has(0, "RIFF")) return "wav";
  if (has(0, "fLaC")) return "flac";
  if (has(4, "ftyp")) return "m4a";
  if (has(0, "\x1A\x45\xDF\xA3")) return "webm";
  if (has(0, "ID3") || (bytes.size() > 1 && bytes[0] == '\xFF' && (bytes[1] & 0xE0) == 0xE0)) {
    return "mp3";
  }
  return "wav";
}

std::string_view extension_of(const AudioClip &clip) {
  const std::string_view name = clip.file_name;
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && dot + 1 < name.size() && name.size() - dot <= 5) {
    return name.substr(dot + 1);
  }
  const std::string_view type =
      std::string_view(clip.content_type).substr(0, clip.content_type.find(';'));
  const auto *const known = std::find_if(formats.begin(), formats.end(), [&](const Format &format) {
    return format.content_type == type;
  });
  return known != formats.end() ? known->extension : extension_by_bytes(clip.bytes);
}

bool ends_sentence(const std::string &text) {
  for (const std::string_view mark : {".", "?", "!", "。", "？", "！", "…"}) {
    if (text.size() >= mark.size() &&
        text.compare(text.size() - mark.size(), mark.size(), mark) == 0)
      return true;
  }
  return false;
}

bool begins_phrase(const TranscribedSegment &phrase, const SpokenWord &next) {
  return phrase.speaker != next.speaker || next.word.begin_ms - phrase.end_ms >= pause_ms ||
         (phrase.end_ms - phrase.begin_ms >= long_phrase_ms && ends_sentence(phrase.text));
}

}  // namespace

UploadName upload_name(const AudioClip &clip) {
  const std::string extension(extension_of(clip));
  UploadName out{clip.file_name, clip.content_type};
  const std::string ending = "." + extension;
  if (out.file_name.empty()) out.file_name = "audio";
  const std::size_t size = out.file_name.size();
  if (size < ending.size() ||
      out.file_name.compare(size - ending.size(), ending.size(), ending) != 0) {
    out.file_name += ending;
  }
  if (out.content_type.empty()) {
    const auto *const known = std::find_if(
        formats.begin(), formats.end(), [&](const Format &f) { return f.extension == extension; });
    out.content_type = known != formats.end() ? known->content_type : "application/octet-stream";
  }
  return out;
}

TranscribedWord read_word(const Json &word, const WordShape &shape, std::int64_t before_ms) {
  const auto time_at = [&](const char *key) {
    if (!shape.milliseconds) return ms_at(word, key);
    return number_at(word, key) ? std::optional(count_at(word, key)) : std::nullopt;
  };
  TranscribedWord out;
  for (const char *key : shape.texts) {
    if (out.text.empty()) out.text = trimmed(text_at(word, key));
  }
  out.begin_ms = time_at("start").value_or(before_ms);
  out.end_ms = time_at("end").value_or(out.begin_ms);
  return out;
}

void append_words(const Json &list, const WordShape &shape, std::vector<SpokenWord> &out) {
  if (!list.is_array()) return;
  for (const Json &item : list) {
    SpokenWord word{read_word(item, shape, out.empty() ? 0 : out.back().word.end_ms),
                    label_at(item, "speaker")};
    if (!word.word.text.empty()) out.push_back(std::move(word));
  }
}

std::vector<SpokenWord> words_of(const Json &utterances, const Json &words,
                                 const WordShape &shape) {
  std::vector<SpokenWord> out;
  if (utterances.is_array()) {
    for (const Json &utterance : utterances) append_words(at(utterance, "words"), shape, out);
  }
  if (out.empty()) append_words(words, shape, out);
  return out;
}

std::vector<TranscribedSegment> phrases_of(const std::vector<SpokenWord> &words) {
  std::vector<TranscribedSegment> out;
  double logprobs = 0;
  std::size_t scored = 0;
  const auto close = [&] {
    if (scored > 0) out.back().avg_logprob = logprobs / static_cast<double>(scored);
    logprobs = 0;
    scored = 0;
  };
  for (const SpokenWord &spoken : words) {
    if (out.empty() || begins_phrase(out.back(), spoken)) {
      if (!out.empty()) close();
      out.emplace_back();
      out.back().begin_ms = spoken.word.begin_ms;
      out.back().speaker = spoken.speaker;
    } else {
      out.back().text += spoken.space;
    }
    TranscribedSegment &phrase = out.back();
    phrase.text += spoken.word.text;
    phrase.end_ms = std::max(phrase.end_ms, spoken.word.end_ms);
    phrase.words.push_back(spoken.word);
    if (spoken.logprob) {
      logprobs += *spoken.logprob;
      ++scored;
    }
  }
  if (!out.empty()) close();
  return out;
}

void put_in_order(std::vector<TranscribedSegment> &segments, std::int64_t duration_ms) {
  const auto settle = [&](std::int64_t &begin, std::int64_t &end) {
    begin = std::max<std::int64_t>(begin, 0);
    if (duration_ms > 0) begin = std::min(begin, duration_ms);
    if (duration_ms > 0) end = std::min(end, duration_ms);
    end = std::max(end, begin);
  };
  for (TranscribedSegment &segment : segments) {
    settle(segment.begin_ms, segment.end_ms);
    for (TranscribedWord &word : segment.words) settle(word.begin_ms, word.end_ms);
  }
  std::stable_sort(segments.begin(), segments.end(),
                   [](const auto &a, const auto &b) { return a.begin_ms < b.begin_ms; });
}

TranscribedClip untimed(std::string text, const AudioClip &clip) {
  TranscribedClip out;
  out.timed = false;
  text = trimmed(text);
  if (text.empty()) return out;
  TranscribedSegment segment;
  segment.text = std::move(text);
  segment.end_ms = clip.duration_ms;
  out.segments.push_back(std::move(segment));
  return out;
}

TranscribedClip clip_of(const std::vector<SpokenWord> &words, std::string text,
                        std::string language, const AudioClip &clip) {
  TranscribedClip out;
  out.segments = phrases_of(words);
  if (out.segments.empty()) out = untimed(std::move(text), clip);
  out.timed = out.timed || out.segments.empty();
  out.language = std::move(language);
  put_in_order(out.segments, clip.duration_ms);
  return out;
}

std::string trimmed(const std::string &text) { return std::string(base::trim(text)); }

void require_size(const AudioClip &clip, const TranscriberInfo &info,
                  const ProviderClient &service) {
  if (clip.bytes.size() > info.max_bytes) {
    throw BadResult(
        service.error_of({0, FailureKind::size,
                          fmt::format("the recording has {} bytes; {} accepts at most {}",
                                      clip.bytes.size(), info.id, info.max_bytes)},
                         service.options().base_url));
  }
}

}  // namespace saleschecklist::providers
