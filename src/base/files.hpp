// Whole files as bytes.
#ifndef SALESCHECKLIST_BASE_FILES_HPP
#define SALESCHECKLIST_BASE_FILES_HPP

#include <saleschecklist/limits.hpp>
#include <saleschecklist/result.hpp>

#include <cstddef>
#include <string>

namespace saleschecklist::base {

// Returns the bytes of a file. Fails with io if the file cannot be read, and with invalid_input if
// it is larger than `most_bytes`; Error::where is the path.
Result<std::string> read_file(const std::string &path, std::size_t most_bytes = limits::file_bytes);

}  // namespace saleschecklist::base

#endif
