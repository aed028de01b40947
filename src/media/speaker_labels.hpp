// Names the speakers of one channel, which a service labels anew in each clip.
#ifndef SALESCHECKLIST_MEDIA_SPEAKER_LABELS_HPP
#define SALESCHECKLIST_MEDIA_SPEAKER_LABELS_HPP

#include "media/sound_reader.hpp"

#include <saleschecklist/transcriber.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::media {

// "A" in two clips may be two people, so the labels of a later clip become "Speaker A (part 2)",
// unless the service recognises who it is by a sample of the voice.
class SpeakerLabels {
 public:
  SpeakerLabels() = default;
  // `clips` is the number of the channel's clips, `most_known` is TranscriberInfo::known_speakers.
  SpeakerLabels(std::size_t clips, std::size_t most_known);

  // Whether a clip must be transcribed and named before the next one is sent with known().
  bool one_by_one() const { return clips_ > 1 && most_known_ > 0; }

  // Those speakers of the clips so far who spoke most and of whom there is a sample.
  std::vector<KnownSpeaker> known() const;

  // Replaces the labels of the clip at `index`; the clips must be named in order. `samples` are its
  // sound, of which samples are kept; they are not used if not one_by_one().
  void name(std::size_t index, TranscribedClip &clip, const Samples &samples);

  // Whether a person may have several names.
  bool doubtful() const { return doubtful_; }

 private:
  struct Voice {
    std::string label;  // in the transcript
    std::int64_t spoken_ms = 0;
    std::string sample{};  // empty if the speaker never spoke long enough alone
  };

  std::size_t voice_of(const std::string &service_label, std::size_t index);
  std::string label_of(const std::string &service_label, std::size_t index);

  std::size_t clips_ = 1, most_known_ = 0;
  std::vector<Voice> voices_;
  bool doubtful_ = false;
};

}  // namespace saleschecklist::media

#endif
