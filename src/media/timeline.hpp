// Where in a recording each decoded frame belongs, although the times of files are not reliable.
#ifndef SALESCHECKLIST_MEDIA_TIMELINE_HPP
#define SALESCHECKLIST_MEDIA_TIMELINE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>

namespace saleschecklist::media {

// Times are in samples. `position` is the number of samples that came before the frame.
class Timeline {
 public:
  // The recording begins with its first frame, or with the first picture if that is earlier.
  explicit Timeline(std::optional<std::int64_t> picture_begin) : picture_begin_(picture_begin) {}

  // The samples that are missing before a frame, or, below 0, that it repeats; 0 where the
  // difference is noise. `sample` is the frame's own time, if it has one.
  std::int64_t hole_before(std::optional<std::int64_t> sample, std::int64_t position);

  // Whether a frame's time is so far ahead that it should be believed only if the next frame
  // confirms it.
  bool is_far_ahead(std::optional<std::int64_t> sample, std::int64_t position) const;

  // How many times were not followed: clocks that began anew.
  std::size_t resets() const { return resets_; }

 private:
  std::optional<std::int64_t> place_of(std::optional<std::int64_t> sample, std::int64_t position);

  const std::optional<std::int64_t> picture_begin_;
  std::optional<std::int64_t> origin_;  // the sample of time 0
  int strays_ = 0;                      // consecutive frames whose times differ from their place
  std::size_t resets_ = 0;
};

}  // namespace saleschecklist::media

#endif
