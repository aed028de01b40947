// The first look at a recording: what it is, where it sounds, and which channels to hear.
#ifndef SALESCHECKLIST_MEDIA_AUDIO_SCAN_HPP
#define SALESCHECKLIST_MEDIA_AUDIO_SCAN_HPP

#include "media/file_stamp.hpp"
#include "media/joining.hpp"
#include "media/sound.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::media {

// Which of the file's channels one that is heard is made of.
enum class Source { first, second, mixed };

struct AudioScan {
  AudioInfo info;
  FileStamp stamp;
  std::int64_t samples = 0;       // of the whole recording
  std::vector<Channel> channels;  // one, or two with different speakers
  std::vector<Source> sources;    // per channel
  std::vector<std::string> warnings;

  std::int64_t duration_ms() const { return (samples + samples_per_ms / 2) / samples_per_ms; }
};

// Decodes the whole file once; levels are all that is kept. `names` are the speakers of the
// channels if there are two, or empty. Throws BadResult.
AudioScan scan_audio(const std::string &file, const std::vector<std::string> &names,
                     const CancelToken &cancel);

// The samples of a source, from what Sound::read() gave.
const Samples &samples_of(Source source, const Block &block, Samples &room);

}  // namespace saleschecklist::media

#endif
