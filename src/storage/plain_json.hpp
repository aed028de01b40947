// A quick look at JSON, many times as fast as reading it.
#ifndef SALESCHECKLIST_STORAGE_PLAIN_JSON_HPP
#define SALESCHECKLIST_STORAGE_PLAIN_JSON_HPP

#include <string_view>

namespace saleschecklist::storage {

// Whether `text` is JSON of the plain kind: strict, not deeply nested, with no escaped surrogates,
// no U+0000 and no numbers of very many digits. False does not say that it is no JSON.
bool is_plain_json(std::string_view text);

}  // namespace saleschecklist::storage

#endif
