// Where a bucket is.
#ifndef SALESCHECKLIST_STORAGE_S3_ADDRESS_HPP
#define SALESCHECKLIST_STORAGE_S3_ADDRESS_HPP

#include <saleschecklist/storage.hpp>

#include <string>

namespace saleschecklist::storage {

// Throws invalid_argument when something in the options is missing or unsound; never shows a key.
void require_sound(const S3Options &options);

// The URL of a key in the bucket. `options` are sound.
std::string s3_url(const S3Options &options, const std::string &key);

}  // namespace saleschecklist::storage

#endif
