// A fast check for common JSON, many times as fast as parsing it.
#ifndef SALESCHECKLIST_STORAGE_PLAIN_JSON_HPP
#define SALESCHECKLIST_STORAGE_PLAIN_JSON_HPP

#include <string_view>

namespace saleschecklist::storage {

// Whether `text` is strict JSON of a common form: not deeply nested, without escaped surrogates,
// U+0000 and numbers of very many digits. If it returns false, the text may still be valid JSON.
bool is_plain_json(std::string_view text);

}  // namespace saleschecklist::storage

#endif
