// The URL of a bucket.
#ifndef SALESCHECKLIST_STORAGE_S3_ADDRESS_HPP
#define SALESCHECKLIST_STORAGE_S3_ADDRESS_HPP

#include <saleschecklist/storage.hpp>

#include <string>

namespace saleschecklist::storage {

// Throws BadResult (invalid_argument) if an option is missing or invalid. The message never
// contains a key.
void require_sound(const S3Options &options);

// The URL of a key in the bucket. `options` must be valid.
std::string s3_url(const S3Options &options, const std::string &key);

}  // namespace saleschecklist::storage

#endif
