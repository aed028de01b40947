// Windows of sound as small files for upload.
#ifndef SALESCHECKLIST_MEDIA_CLIP_WRITER_HPP
#define SALESCHECKLIST_MEDIA_CLIP_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace saleschecklist::media {

// FLAC loses nothing and is written a thousand times faster than sound lasts; Opus is a quarter of
// the size, and takes FFmpeg's libraries to be built with libopus.
enum class ClipFormat { flac, opus };

bool can_write(ClipFormat format);
const char *extension(ClipFormat format);     // "flac", "ogg"
const char *content_type(ClipFormat format);  // "audio/flac", "audio/ogg"

// How long a clip may be so that no sound whatsoever makes it larger than `bytes`.
std::int64_t longest_clip_ms(ClipFormat format, std::size_t bytes);

// Writes one clip of 16 kHz mono in memory. The first sample is heard at the clip's time 0. Of one
// thread. Members throw BadResult (internal) and bad_alloc.
class ClipWriter {
 public:
  explicit ClipWriter(ClipFormat format);
  ~ClipWriter();
  ClipWriter(ClipWriter &&) noexcept;
  ClipWriter &operator=(ClipWriter &&) noexcept;

  void add(const std::int16_t *samples, std::size_t count);
  std::int64_t samples() const;  // added so far
  std::string finish();          // the file; the last call

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace saleschecklist::media

#endif
