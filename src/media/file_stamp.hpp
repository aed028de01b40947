// Detects whether a recording changes while it is read.
#ifndef SALESCHECKLIST_MEDIA_FILE_STAMP_HPP
#define SALESCHECKLIST_MEDIA_FILE_STAMP_HPP

#include <cstdint>
#include <string>

namespace saleschecklist::media {

// What messages say that was expected instead of a file that is not a recording.
inline constexpr const char *expected =
    "expected a recording such as wav, mp3, m4a, mp4, webm, ogg or flac";

// Size and time of the last change. Equal stamps mean that the file was not written to in between.
struct FileStamp {
  std::uintmax_t size = 0;
  std::int64_t changed = 0;

  bool operator==(const FileStamp &other) const {
    return size == other.size && changed == other.changed;
  }
};

// Throws BadResult (io, invalid_input) if `file` is not a regular file with content.
FileStamp stamp_of(const std::string &file);

}  // namespace saleschecklist::media

#endif
