// Encodes windows of sound as small files for upload.
#ifndef SALESCHECKLIST_MEDIA_CLIP_WRITER_HPP
#define SALESCHECKLIST_MEDIA_CLIP_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace saleschecklist::media {

// FLAC is lossless and encodes a thousand times faster than real time. Opus is a quarter of the
// size, and requires FFmpeg's libraries to be built with libopus.
enum class ClipFormat { flac, opus };

bool can_write(ClipFormat format);
const char *extension(ClipFormat format);     // "flac", "ogg"
const char *content_type(ClipFormat format);  // "audio/flac", "audio/ogg"

// The longest clip that is never larger than `bytes`, whatever its sound.
std::int64_t longest_clip_ms(ClipFormat format, std::size_t bytes);

// Encodes one clip of 16 kHz mono sound in memory. The first sample is at the clip's time 0. One
// thread at a time. Members throw BadResult (internal) and std::bad_alloc.
class ClipWriter {
 public:
  explicit ClipWriter(ClipFormat format);
  ~ClipWriter();
  ClipWriter(ClipWriter &&) noexcept;
  ClipWriter &operator=(ClipWriter &&) noexcept;

  void add(const std::int16_t *samples, std::size_t count);
  std::int64_t samples() const;  // added so far
  std::string finish();          // returns the file; must be the last call

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace saleschecklist::media

#endif
