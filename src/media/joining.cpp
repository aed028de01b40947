#include "media/joining.hpp"

#include "base/unicode.hpp"
#include "text/language.hpp"
#include "transcript/readers/inventions.hpp"
#include "transcript/readers/suspect.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace saleschecklist::media {
namespace {

// Recognisers time words precisely, but segments only roughly.
constexpr std::int64_t word_tolerance_ms = 200;
constexpr std::int64_t segment_tolerance_ms = 500;
constexpr std::size_t least_active_frames = 3;
constexpr std::size_t least_thanks_frames = 100 / frame_ms;  // for words that are often invented
// A shorter sound may be a word of which a vowel is all that is heard.
constexpr std::size_t least_steady_frames = 1'000 / frame_ms;

constexpr int crosstalk_db = 15;    // below the level of the other channel
constexpr int below_usual_db = 10;  // below the usual level of the channel's own speaker
constexpr double crosstalk_share = 0.8;

struct Part {  // the part of a segment that is in one piece of its window
  std::string text;
  std::int64_t begin_ms, end_ms;  // in the clip
};

std::vector<std::string> split_spaces(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// The usual level of a channel in frames where it is at least as loud as the other: its own
// speaker's level.
int usual_level(const Channel &channel, const Channel &other) {
  Levels heard;
  for (std::size_t f = 0; f < channel.levels.size(); ++f) {
    if (channel.active[f] && channel.levels[f] >= other.levels[f]) {
      heard.push_back(channel.levels[f]);
    }
  }
  if (heard.empty()) return 0;
  const auto middle = heard.begin() + static_cast<std::ptrdiff_t>(heard.size() / 2);
  std::nth_element(heard.begin(), middle, heard.end());
  return *middle;
}

class Joiner {
 public:
  Joiner(const std::vector<Channel> &channels, const std::vector<TranscribedWindow> &windows)
      : channels_(channels), windows_(windows) {
    for (const Channel &channel : channels) {
      const Channel &other = &channel == &channels.front() ? channels.back() : channels.front();
      usual_.push_back(usual_level(channel, other));
    }
  }

  transcript::RawTranscript run() {
    transcript::RawTranscript out;
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      transcript::RawTranscript one = channel(c);
      out.cues.insert(out.cues.end(), std::make_move_iterator(one.cues.begin()),
                      std::make_move_iterator(one.cues.end()));
    }
    std::stable_sort(out.cues.begin(), out.cues.end(),
                     [](const transcript::RawCue &a, const transcript::RawCue &b) {
                       return *a.begin_ms < *b.begin_ms;
                     });
    transcript::mark_suspects(out.cues);
    name_language(out);
    warn(out);
    return out;
  }

 private:
  transcript::RawTranscript channel(std::size_t index) {
    transcript::RawTranscript out;
    for (std::size_t w = 0; w < windows_.size(); ++w) {
      if (windows_[w].channel != index) continue;
      const TranscribedWindow &heard = windows_[w];
      if (!heard.clip.timed) ++untimed_;
      for (const TranscribedSegment &segment : heard.clip.segments) {
        if (heard.clip.timed) {
          add_timed(out, heard, segment, w);
        } else {
          add_untimed(out, heard, segment, w);
        }
      }
    }
    std::stable_sort(out.cues.begin(), out.cues.end(),
                     [](const transcript::RawCue &a, const transcript::RawCue &b) {
                       return *a.begin_ms < *b.begin_ms;
                     });
    return out;
  }

  static std::string place_of(std::size_t window) { return fmt::format("window {}", window + 1); }

  transcript::RawCue cue_of(const TranscribedWindow &heard, const TranscribedSegment &segment,
                            std::size_t number) {
    transcript::RawCue cue;
    const std::string &known = channels_[heard.channel].speaker;
    cue.speaker = known.empty() ? segment.speaker : known;
    cue.where = place_of(number);
    cue.suspect = transcript::why_suspect(
        {segment.avg_logprob, segment.compression_ratio, segment.no_speech_prob}, segment.text);
    return cue;
  }

  void add_timed(transcript::RawTranscript &out, const TranscribedWindow &heard,
                 const TranscribedSegment &segment, std::size_t number) {
    for (Part &part : split(heard.window, segment)) {
      transcript::RawCue cue = cue_of(heard, segment, number);
      cue.text = std::move(part.text);
      cue.begin_ms = recording_ms(heard.window, part.begin_ms, Edge::begin);
      cue.end_ms = recording_ms(heard.window, part.end_ms, Edge::end);
      cue.end_ms = std::max(*cue.begin_ms, *cue.end_ms);
      if (cue.suspect.empty()) {
        const bool exact = !segment.words.empty();
        cue.suspect =
            why_silent(cue, heard.channel, exact ? word_tolerance_ms : segment_tolerance_ms);
        if (cue.suspect.empty() && is_crosstalk(cue, heard.channel)) {
          cue.suspect = "only the speaker of the other channel is audible there";
        }
      }
      out.cues.push_back(std::move(cue));
    }
  }

  void add_untimed(transcript::RawTranscript &out, const TranscribedWindow &heard,
                   const TranscribedSegment &segment, std::size_t number) {
    const transcript::RawCue model = cue_of(heard, segment, number);
    const std::size_t first = out.cues.size();
    transcript::append_sentences(out, base::collapse_spaces(segment.text), model.where);
    for (std::size_t c = first; c < out.cues.size(); ++c) {
      out.cues[c].speaker = model.speaker;
      out.cues[c].where = model.where;
      out.cues[c].suspect = model.suspect;
      out.cues[c].begin_ms = heard.window.begin_ms();
      out.cues[c].end_ms = heard.window.end_ms();
      if (model.suspect.empty()) {
        out.cues[c].suspect = why_silent(out.cues[c], heard.channel, 0);
      }
    }
  }

  // Splits a segment at the pieces of its window, by the times of its words; keeps it whole if it
  // has none.
  static std::vector<Part> split(const Window &window, const TranscribedSegment &segment) {
    const std::string text = base::collapse_spaces(segment.text);
    if (segment.words.empty()) return {{text, segment.begin_ms, segment.end_ms}};
    const std::vector<TranscribedWord> &words = segment.words;
    const std::vector<std::string> spoken = split_spaces(text);
    if (spoken.size() != words.size()) {
      return {{text, words.front().begin_ms, words.back().end_ms}};
    }
    std::vector<Part> out;
    std::size_t last_piece = 0;
    for (std::size_t w = 0; w < words.size(); ++w) {
      const std::size_t piece = piece_at(window, words[w].begin_ms, Edge::begin);
      if (out.empty() || piece != last_piece) {
        out.push_back({spoken[w], words[w].begin_ms, words[w].end_ms});
      } else {
        out.back().text += ' ' + spoken[w];
        out.back().end_ms = std::max(out.back().end_ms, words[w].end_ms);
      }
      last_piece = piece;
    }
    return out;
  }

  Stretch frames_of(std::size_t channel, std::int64_t begin_ms, std::int64_t end_ms) const {
    const std::size_t all = channels_[channel].levels.size();
    const auto begin = static_cast<std::size_t>(std::max<std::int64_t>(begin_ms, 0) / frame_ms);
    const auto end = static_cast<std::size_t>((end_ms + frame_ms - 1) / frame_ms);
    return {std::min(begin, all), std::min(end, all)};
  }

  // Why nobody can have said the words of a cue; empty if somebody can.
  std::string why_silent(const transcript::RawCue &cue, std::size_t channel,
                         std::int64_t tolerance_ms) const {
    const Stretch around =
        frames_of(channel, *cue.begin_ms - tolerance_ms, *cue.end_ms + tolerance_ms);
    const bool often_invented = transcript::is_often_invented(cue.text);
    const std::size_t sounding = count(channels_[channel].active, around);
    if (sounding < (often_invented ? least_thanks_frames : least_active_frames)) {
      return "the recording is silent there";
    }
    if ((often_invented || sounding >= least_steady_frames) &&
        count(channels_[channel].voiced, around) == 0) {
      return "only a steady tone or noise is audible there";
    }
    return {};
  }

  static std::size_t count(const std::vector<bool> &frames, const Stretch &stretch) {
    const auto begin = frames.begin();
    return static_cast<std::size_t>(std::count(begin + static_cast<std::ptrdiff_t>(stretch.begin),
                                               begin + static_cast<std::ptrdiff_t>(stretch.end),
                                               true));
  }

  // Whether the channel is far below the level of the other, and below the level of its own
  // speaker.
  bool is_crosstalk(const transcript::RawCue &cue, std::size_t channel) const {
    if (channels_.size() != 2) return false;
    const Stretch stretch = frames_of(channel, *cue.begin_ms, *cue.end_ms);
    const Levels &own = channels_[channel].levels, &other = channels_[1 - channel].levels;
    std::size_t sounding = 0, foreign = 0;
    for (std::size_t f = stretch.begin; f < std::min(stretch.end, other.size()); ++f) {
      if (!channels_[0].active[f] && !channels_[1].active[f]) continue;
      ++sounding;
      const bool below = own[f] <= other[f] - crosstalk_db;
      foreign += below && own[f] <= usual_[channel] - below_usual_db ? 1 : 0;
    }
    return sounding >= least_active_frames &&
           static_cast<double>(foreign) >= crosstalk_share * static_cast<double>(sounding);
  }

  // The language of most of what was said. In noise, services detect any language.
  void name_language(transcript::RawTranscript &out) {
    struct Detected {
      std::string name;  // as the service first names it
      std::size_t frames = 0;
    };
    std::set<std::string> sound;  // the windows in which somebody speaks
    for (const transcript::RawCue &cue : out.cues) {
      if (cue.suspect.empty()) sound.insert(cue.where);
    }
    std::map<std::string, Detected> languages;  // by their codes
    for (std::size_t w = 0; w < windows_.size(); ++w) {
      const std::string &name = windows_[w].clip.language;
      if (name.empty() || windows_[w].clip.segments.empty()) continue;
      if (!sound.empty() && !sound.contains(place_of(w))) continue;
      const std::string code = text::language_code(name);
      Detected &language = languages[code.empty() ? name : code];
      if (language.name.empty()) language.name = name;
      language.frames += windows_[w].window.frames();
    }
    std::size_t most = 0;
    std::vector<std::string_view> names;
    for (const auto &[code, language] : languages) {
      names.push_back(language.name);
      if (language.frames <= most) continue;
      most = language.frames;
      out.language = language.name;
    }
    if (names.size() < 2) return;
    out.warnings.push_back(
        fmt::format("several languages were detected: {}", fmt::join(names, ", ")));
  }

  void warn(transcript::RawTranscript &out) const {
    if (untimed_ > 0) {
      out.warnings.push_back(
          fmt::format("the service returned no times for {} of {} windows: their words have the "
                      "times of the window",
                      untimed_, windows_.size()));
    }
  }

  const std::vector<Channel> &channels_;
  const std::vector<TranscribedWindow> &windows_;
  std::vector<int> usual_;  // usual level of each channel
  std::size_t untimed_ = 0;
};

}  // namespace

transcript::RawTranscript join(const std::vector<Channel> &channels,
                               const std::vector<TranscribedWindow> &windows) {
  return Joiner(channels, windows).run();
}

}  // namespace saleschecklist::media
