// Whether a recording was cut off or never finished, by what its file says about its own length.
#ifndef SALESCHECKLIST_MEDIA_FILE_END_HPP
#define SALESCHECKLIST_MEDIA_FILE_END_HPP

#include <optional>
#include <string>

namespace saleschecklist::media {

// What is wrong with the end of a file, in one line: that it is shorter than it announces, that its
// index is missing, that it has no end mark, or that it goes on behind its end. Absent if nothing
// is known to be wrong, which includes streamed recordings that announce no length. Reads no sound.
std::optional<std::string> fault_at_end(const std::string &file);

}  // namespace saleschecklist::media

#endif
