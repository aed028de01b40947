// The first pass over a recording: what it is, where there is sound, and which channels to
// transcribe.
#ifndef SALESCHECKLIST_MEDIA_AUDIO_SCAN_HPP
#define SALESCHECKLIST_MEDIA_AUDIO_SCAN_HPP

#include "media/file_stamp.hpp"
#include "media/joining.hpp"
#include "media/sound_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::media {

// Which of the file's channels a transcribed channel consists of.
enum class Source { first, second, mixed };

struct AudioScan {
  AudioInfo info;
  FileStamp stamp;
  std::int64_t samples = 0;       // per channel, in the whole recording
  std::vector<Channel> channels;  // one, or two with different speakers
  std::vector<Source> sources;    // for each channel
  std::vector<std::string> warnings;

  std::int64_t duration_ms() const { return (samples + samples_per_ms / 2) / samples_per_ms; }
};

// Decodes the whole file once and keeps only the levels. `names` are the speakers of the two
// channels, or empty. Throws BadResult.
AudioScan scan_audio(const std::string &file, const std::vector<std::string> &names,
                     const CancelToken &cancel);

// The samples of a source in a block from SoundReader::read(). `room` is used as storage if they
// are mixed.
const Samples &samples_of(Source source, const Block &block, Samples &room);

}  // namespace saleschecklist::media

#endif
