// transcribe(): scans the recording, plans the windows, transcribes them, and joins the results.
#include <saleschecklist/audio.hpp>

#include "base/ascii.hpp"
#include "base/errors.hpp"

#ifdef SALESCHECKLIST_WITH_FFMPEG

#include "base/guard.hpp"
#include "base/unicode.hpp"
#include "media/audio_scan.hpp"
#include "media/clip_writer.hpp"
#include "media/joining.hpp"
#include "media/speaker_labels.hpp"
#include "media/transcription_pool.hpp"
#include "media/windows.hpp"
#include "text/language.hpp"
#include "text/phrasing.hpp"
#include "text/words.hpp"
#include "transcript/language.hpp"
#include "transcript/roles/roles.hpp"
#include "usage/budget_tracker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace saleschecklist {
namespace {

using namespace media;

// Long enough that cuts are rare, and short enough that an hour of talk is transcribed in parallel.
constexpr std::int64_t usual_window_ms = std::int64_t{10} * 60'000;
// A service that tells speakers apart within a window gets windows as long as it allows, up to
// this.
constexpr std::int64_t longest_window_ms = std::int64_t{2} * 3'600'000;
constexpr std::int64_t longest_flac_ms =
    std::int64_t{30} * 60'000;  // a longer clip takes too much memory
constexpr std::int64_t shortest_window_ms = 1'000;

std::vector<std::string> checked_names(const std::vector<std::string> &given) {
  std::vector<std::string> out;
  out.reserve(given.size());
  for (const std::string &name : given) out.push_back(base::collapse_spaces(name));
  const bool two = out.size() == 2 && !out[0].empty() && !out[1].empty() && out[0] != out[1];
  if (out.empty() || two) return out;
  throw BadResult(
      errors::invalid_argument("expected no names or two different names", "channel_names"));
}

// The code of a language that the host names ("pl", "pl-PL", "Polish"), without the region. Codes
// that are not known here are passed on: services know more languages.
std::string checked_language(const std::string &name) {
  if (name.empty()) return {};
  std::string code = text::language_code(name);
  if (!code.empty()) return code.substr(0, code.find('-'));
  code = base::ascii_lower(name).substr(0, name.find_first_of("-_"));
  const bool is_code = (code.size() == 2 || code.size() == 3) &&
                       code.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  if (is_code) return code;
  throw BadResult(errors::invalid_argument(
      fmt::format("expected a language such as pl or Polish, got '{}'", name.substr(0, 40)),
      "language"));
}

// The format and the greatest length of the uploads.
struct ClipKind {
  media::ClipFormat format;
  std::int64_t longest_ms;
};

// Chooses FLAC, or Opus if FLAC would make windows too short and Opus can be written.
ClipKind choose_kind(const TranscriberInfo &info, bool speakers_known) {
  std::int64_t wanted =
      info.names_speakers && !speakers_known ? longest_window_ms : usual_window_ms;
  if (info.max_ms > 0)
    wanted = std::min(wanted, info.max_ms - std::min(info.max_ms / 10, std::int64_t{1'000}));
  const auto allowed = [&](media::ClipFormat format) {
    return info.max_bytes == 0 ? longest_window_ms : media::longest_clip_ms(format, info.max_bytes);
  };
  const std::int64_t as_flac = std::min(allowed(media::ClipFormat::flac), longest_flac_ms);
  ClipKind kind{media::ClipFormat::flac, std::min(wanted, as_flac)};
  if (as_flac < wanted && media::can_write(media::ClipFormat::opus)) {
    kind = {media::ClipFormat::opus, std::min(wanted, allowed(media::ClipFormat::opus))};
  }
  if (kind.longest_ms < shortest_window_ms) {
    throw BadResult(errors::unsupported(
        fmt::format("'{}' accepts only uploads of less than a second", info.id)));
  }
  return kind;
}

// Cuts the windows of one channel out of its samples, which arrive in blocks.
class Cutter {
 public:
  // `cut` is called with the number of each finished window, in order, its file, and its samples
  // if they are kept.
  Cutter(const std::vector<media::Window> &windows, media::ClipFormat format, bool keep_samples)
      : windows_(windows), format_(format), keep_samples_(keep_samples) {}

  template <class Cut>
  void add(const media::Samples &samples, const Cut &cut) {
    const std::int64_t begin = position_, end = begin + static_cast<std::int64_t>(samples.size());
    while (window_ < windows_.size()) {
      const media::Stretch &piece = windows_[window_].pieces[piece_];
      const std::int64_t from = std::max(begin, sample_of(piece.begin));
      const std::int64_t to = std::min(end, sample_of(piece.end));
      if (from < to) {
        if (!writer_) writer_.emplace(format_);
        const std::int16_t *const first = samples.data() + (from - begin);
        writer_->add(first, static_cast<std::size_t>(to - from));
        if (keep_samples_) kept_.insert(kept_.end(), first, first + (to - from));
      }
      if (sample_of(piece.end) > end) break;
      if (++piece_ == windows_[window_].pieces.size()) close(cut);
    }
    position_ = end;
  }

  // The end of the recording, which may be within the last frame.
  template <class Cut>
  void finish(const Cut &cut) {
    if (writer_) close(cut);
  }

 private:
  static std::int64_t sample_of(std::size_t frame) {
    return static_cast<std::int64_t>(frame) * media::samples_per_frame;
  }

  template <class Cut>
  void close(const Cut &cut) {
    const std::int64_t length = writer_->samples();
    cut(window_, writer_->finish(), kept_, length / media::samples_per_ms);
    writer_.reset();
    kept_.clear();
    piece_ = 0;
    ++window_;
  }

  const std::vector<media::Window> &windows_;
  const media::ClipFormat format_;
  const bool keep_samples_;
  std::optional<media::ClipWriter> writer_;
  media::Samples kept_;  // of the current window
  std::size_t window_ = 0, piece_ = 0;
  std::int64_t position_ = 0;  // samples seen
};

class Transcription {
 public:
  Transcription(const std::string &file, Transcriber &transcriber, const TranscribeOptions &options)
      : file_(file), transcriber_(transcriber), info_(transcriber.info()), options_(options) {}

  Transcript run(StageUsage &used) {
    if (options_.parallel < 1) {
      throw BadResult(errors::invalid_argument("expected at least 1", "parallel"));
    }
    const std::vector<std::string> names = checked_names(options_.channel_names);
    language_ = checked_language(options_.language);
    scan_ = media::scan_audio(file_, names, options_.call.cancel);
    log(fmt::format("recording of {}: {} in {}, {} Hz, {} channels, {} heard",
                    text::clock_time(scan_.duration_ms()), scan_.info.codec, scan_.info.container,
                    scan_.info.sample_rate, scan_.info.channels, scan_.channels.size()));
    if (!speakers_known()) choose_for_several();
    used.provider = info_.id;
    check_roles();
    plan();
    transcribe_windows(used.usage);
    return transcript();
  }

 private:
  void log(const std::string &line) const {
    if (options_.call.log) options_.call.log(LogLevel::info, line);
  }

  bool speakers_known() const { return scan_.channels.size() > 1; }

  void choose_for_several() {
    if (const auto several = info_.for_several) info_ = *several;
  }

  // A name that cannot be right is refused before anything is paid for.
  void check_roles() const {
    if (options_.rep_names.empty() || !speakers_known()) return;
    const auto roles = with_roles({});
    if (!roles) throw BadResult(roles.error());
  }

  // The transcript with roles. Speakers of channels are known even if they say nothing.
  Result<Transcript> with_roles(Transcript transcript) const {
    const std::size_t said = transcript.utterances.size();
    for (const media::Channel &channel : scan_.channels) {
      Utterance nothing;
      nothing.speaker = channel.speaker;
      transcript.utterances.push_back(std::move(nothing));
    }
    auto out = transcript::assign_roles(std::move(transcript), {options_.rep_names});
    if (out) out->utterances.resize(said);
    return out;
  }

  void plan() {
    const ClipKind kind = choose_kind(info_, speakers_known());
    format_ = kind.format;
    std::size_t frames = 0;
    for (const media::Channel &channel : scan_.channels) {
      const auto stretches = media::sounding_stretches(channel.active);
      windows_.push_back(
          media::plan_windows(stretches, channel.active, channel.levels,
                              static_cast<std::size_t>(kind.longest_ms / media::frame_ms)));
      for (const media::Window &window : windows_.back()) frames += window.frames();
      first_index_.push_back(clips_);
      clips_ += windows_.back().size();
    }
    if (clips_ == 0) {
      throw BadResult(errors::invalid_input(fmt::format("expected speech, found {} of silence",
                                                        text::clock_time(scan_.duration_ms())),
                                            file_));
    }
    check_budget(static_cast<std::int64_t>(frames) * media::frame_ms);
    if (!speakers_known()) labels_ = media::SpeakerLabels(clips_, info_.known_speakers);
    log(fmt::format("{} windows as {}, {} of sound in all", clips_, media::extension(format_),
                    text::clock_time(static_cast<std::int64_t>(frames) * media::frame_ms)));
  }

  void check_budget(std::int64_t sounding_ms) const {
    Usage expected;
    expected.audio_ms = sounding_ms;
    const usage::BudgetTracker budget(options_.call.budget, info_.id, options_.call.prices);
    if (auto error = budget.refusal(expected)) throw BadResult(*std::move(error));
  }

  void transcribe_windows(Usage &used) {
    media::TranscriptionPool pool(transcriber_, clips_, options_.parallel, used, options_.call);
    media::SoundReader sound(file_, options_.call.cancel);
    std::vector<Cutter> cutters;
    const bool one_by_one = labels_.one_by_one();
    for (const auto &windows : windows_) cutters.emplace_back(windows, format_, one_by_one);
    std::size_t number = 0;
    const auto cut_of = [&](std::size_t channel) {
      return [&, channel](std::size_t window, std::string bytes, const media::Samples &samples,
                          std::int64_t length_ms) {
        pool.add(job(channel, window, ++number, std::move(bytes), length_ms));
        if (one_by_one) labels_.name(window, pool.finished(window), samples);
      };
    };
    media::Block block;
    media::Samples room;
    std::int64_t samples = 0;
    while (sound.read(block)) {
      pool.check();
      samples += static_cast<std::int64_t>(block[0].size());
      for (std::size_t c = 0; c < cutters.size(); ++c) {
        cutters[c].add(media::samples_of(scan_.sources[c], block, room), cut_of(c));
      }
    }
    if (samples != scan_.samples || !(media::stamp_of(file_) == scan_.stamp)) {
      throw BadResult(
          errors::io("the file changed while it was read; expected a finished recording", file_));
    }
    for (std::size_t c = 0; c < cutters.size(); ++c) cutters[c].finish(cut_of(c));
    std::vector<TranscribedClip> clips = pool.finish();
    if (!speakers_known() && !one_by_one) {
      for (std::size_t w = 0; w < clips.size(); ++w) labels_.name(w, clips[w], {});
    }
    for (std::size_t c = 0; c < windows_.size(); ++c) {
      for (std::size_t w = 0; w < windows_[c].size(); ++w) {
        transcribed_.push_back({c, windows_[c][w], std::move(clips[first_index_[c] + w])});
      }
    }
  }

  media::ClipJob job(std::size_t channel, std::size_t window, std::size_t number, std::string bytes,
                     std::int64_t length_ms) const {
    const media::Window &cut = windows_[channel][window];
    media::ClipJob out;
    out.index = first_index_[channel] + window;
    out.place =
        fmt::format("{}-{}", text::clock_time(cut.begin_ms()), text::clock_time(cut.end_ms()));
    if (speakers_known()) out.place += " of " + scan_.channels[channel].speaker;
    out.clip.bytes = std::move(bytes);
    out.clip.file_name = fmt::format("window-{}.{}", number, media::extension(format_));
    out.clip.content_type = media::content_type(format_);
    out.clip.duration_ms = length_ms;
    out.clip.language = language_;
    out.clip.speakers = speakers_known() ? Speakers::one : Speakers::several;
    out.clip.known_speakers = labels_.known();
    return out;
  }

  Transcript transcript() {
    transcript::RawTranscript raw = media::join(scan_.channels, transcribed_);
    const bool worded =
        std::any_of(raw.cues.begin(), raw.cues.end(),
                    [](const transcript::RawCue &cue) { return text::count_words(cue.text) > 0; });
    if (!worded) {
      throw BadResult(errors::invalid_input("the service heard no words in the recording", file_));
    }
    raw.format = "audio";
    raw.duration_ms = scan_.duration_ms();
    if (!language_.empty()) raw.language = language_;
    raw.warnings.insert(raw.warnings.begin(), scan_.warnings.begin(), scan_.warnings.end());
    if (labels_.doubtful()) {
      raw.warnings.push_back(
          fmt::format("the recording was transcribed in {} parts, and the service did not "
                      "recognize every speaker of an earlier part: the same person may have a "
                      "different name in each",
                      clips_));
    }
    const bool suspect =
        std::all_of(raw.cues.begin(), raw.cues.end(),
                    [](const transcript::RawCue &cue) { return !cue.suspect.empty(); });
    if (suspect)
      raw.warnings.push_back("all words are suspect: the recording may contain no speech");
    auto out = transcript::assemble(std::move(raw));
    if (!out) throw BadResult(out.error());
    auto roles = with_roles(*out);
    if (roles) return *std::move(roles);
    // The transcription was paid for, so it is not discarded because of a name.
    out->warnings.push_back(to_string(roles.error()) + "; the roles were inferred instead");
    return transcript::assign_roles(*std::move(out), {}).value();
  }

  const std::string &file_;
  Transcriber &transcriber_;
  TranscriberInfo info_;  // what holds for this recording
  const TranscribeOptions &options_;
  std::string language_;  // its code; empty: to be detected
  media::AudioScan scan_;
  media::ClipFormat format_ = media::ClipFormat::flac;
  std::vector<std::vector<media::Window>> windows_;  // of each channel
  std::vector<std::size_t> first_index_;  // of each channel: the index of its first window
  std::size_t clips_ = 0;
  media::SpeakerLabels labels_;  // of the only channel, if several speak in it
  std::vector<media::TranscribedWindow> transcribed_;
};

}  // namespace

Result<AudioInfo> probe_audio(const std::string &file) {
  return base::guard([&]() -> Result<AudioInfo> { return media::SoundReader(file, {}).info(); });
}

Result<Transcript> transcribe(const std::string &file, Transcriber &transcriber,
                              const TranscribeOptions &options, StageUsage &stage) {
  StageUsage used{"transcribe", {}, {}};
  auto out = base::guard([&]() -> Result<Transcript> {
    used.provider = transcriber.info().id;
    Transcript heard = Transcription(file, transcriber, options).run(used);
    const bool named_by_host = !options.language.empty();
    // A language that is not known here cannot be contradicted.
    if (!named_by_host || !text::language_code(heard.language).empty()) {
      transcript::settle_language(heard, named_by_host ? "the host" : "the service");
    }
    return heard;
  });
  auto cost = base::guard([&]() -> Result<std::int64_t> {
    return estimate(used.usage, used.provider, options.call.prices).value_or(0);
  });
  if (cost) used.usage.micro_dollars += *cost;
  stage.stage = std::move(used.stage);
  stage.provider = std::move(used.provider);
  stage.usage += used.usage;
  return out;
}

}  // namespace saleschecklist

#else
namespace saleschecklist {

Result<AudioInfo> probe_audio(const std::string &) {
  return errors::unsupported(
      "this build does not read recordings: it was configured with SALESCHECKLIST_FFMPEG=OFF");
}

Result<Transcript> transcribe(const std::string &, Transcriber &, const TranscribeOptions &,
                              StageUsage &) {
  return errors::unsupported(
      "this build does not read recordings: it was configured with SALESCHECKLIST_FFMPEG=OFF");
}

}  // namespace saleschecklist

#endif

namespace saleschecklist {

Result<Transcript> transcribe(const std::string &file, Transcriber &transcriber,
                              const TranscribeOptions &options, Usage *usage) {
  StageUsage stage;
  auto out = transcribe(file, transcriber, options, stage);
  if (usage != nullptr) *usage += stage.usage;
  return out;
}

}  // namespace saleschecklist
