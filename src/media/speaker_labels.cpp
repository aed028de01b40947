#include "media/speaker_labels.hpp"

#include "media/clip_writer.hpp"
#include "transcript/readers/readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace saleschecklist::media {
namespace {

// OpenAI takes samples of 2 to 10 s; some room is left for how a service measures them.
constexpr std::int64_t shortest_sample_ms = 2'200;
constexpr std::int64_t longest_sample_ms = 9'500;
constexpr std::int64_t longest_pause_ms = 500;  // within what counts as spoken in one go
constexpr ClipFormat sample_format = ClipFormat::flac;

struct Span {
  std::int64_t begin_ms = 0, end_ms = 0;
  std::int64_t length() const { return end_ms - begin_ms; }
};

// The longest span in which each speaker speaks alone. `segments` are in order of their begin.
std::map<std::string, Span> longest_alone(const std::vector<TranscribedSegment> &segments) {
  std::map<std::string, Span> out;
  std::string speaker;
  Span span;
  std::int64_t heard_until_ms = 0;  // by anybody
  const auto close = [&](std::int64_t end_ms) {
    span.end_ms = std::min(span.end_ms, end_ms);
    Span &longest = out[speaker];
    if (span.length() > longest.length()) longest = span;
  };
  for (const TranscribedSegment &segment : segments) {
    const bool goes_on = segment.speaker == speaker &&
                         segment.begin_ms - span.end_ms <= longest_pause_ms &&
                         span.end_ms >= heard_until_ms;
    if (!goes_on) {
      close(segment.begin_ms);
      speaker = segment.speaker;
      span = {std::max(segment.begin_ms, heard_until_ms), 0};
    }
    span.end_ms = std::max(span.end_ms, segment.end_ms);
    heard_until_ms = std::max(heard_until_ms, segment.end_ms);
  }
  close(heard_until_ms);
  return out;
}

// The middle of the span; empty if it is too short.
std::string sample_of(const Span &span, const Samples &samples) {
  const std::int64_t length_ms = std::min(span.length(), longest_sample_ms);
  const std::int64_t begin = (span.begin_ms + (span.length() - length_ms) / 2) * samples_per_ms;
  const std::int64_t end = begin + length_ms * samples_per_ms;
  const auto size = static_cast<std::int64_t>(samples.size());
  if (length_ms < shortest_sample_ms || begin < 0 || end > size) return {};
  ClipWriter writer(sample_format);
  writer.add(samples.data() + begin, static_cast<std::size_t>(end - begin));
  return writer.finish();
}

// A name that no service gives to a speaker by itself.
std::string known_name(std::size_t voice) { return fmt::format("known_{}", voice + 1); }

}  // namespace

SpeakerLabels::SpeakerLabels(std::size_t clips, std::size_t most_known)
    : clips_(clips), most_known_(most_known) {}

std::vector<KnownSpeaker> SpeakerLabels::known() const {
  std::vector<std::size_t> order;
  for (std::size_t v = 0; v < voices_.size(); ++v) {
    if (!voices_[v].sample.empty()) order.push_back(v);
  }
  std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
    return voices_[a].spoken_ms > voices_[b].spoken_ms;
  });
  order.resize(std::min(order.size(), most_known_));
  std::vector<KnownSpeaker> out;
  out.reserve(order.size());
  for (const std::size_t v : order) {
    out.push_back({known_name(v), voices_[v].sample, content_type(sample_format)});
  }
  return out;
}

void SpeakerLabels::name(std::size_t index, TranscribedClip &clip, const Samples &samples) {
  std::map<std::string, std::size_t> voices;  // by the service's label
  for (const TranscribedSegment &segment : clip.segments) {
    if (segment.speaker.empty() || voices.contains(segment.speaker)) continue;
    voices.emplace(segment.speaker, voice_of(segment.speaker, index));
  }
  if (one_by_one()) {
    for (const auto &[label, span] : longest_alone(clip.segments)) {
      const auto found = voices.find(label);
      if (found == voices.end()) continue;
      std::string &sample = voices_[found->second].sample;
      if (sample.empty()) sample = sample_of(span, samples);
    }
  }
  for (TranscribedSegment &segment : clip.segments) {
    if (segment.speaker.empty()) continue;
    Voice &voice = voices_[voices.at(segment.speaker)];
    voice.spoken_ms += segment.end_ms - segment.begin_ms;
    segment.speaker = voice.label;
  }
}

std::size_t SpeakerLabels::voice_of(const std::string &service_label, std::size_t index) {
  for (std::size_t v = 0; v < voices_.size(); ++v) {
    if (!voices_[v].sample.empty() && service_label == known_name(v)) return v;
  }
  voices_.push_back({label_of(service_label, index)});
  return voices_.size() - 1;
}

std::string SpeakerLabels::label_of(const std::string &service_label, std::size_t index) {
  std::string label = transcript::speaker_label(service_label);
  if (clips_ == 1 || (one_by_one() && index == 0)) return label;
  doubtful_ = true;
  return fmt::format("{} (part {})", label, index + 1);
}

}  // namespace saleschecklist::media
