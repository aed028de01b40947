// Records that are damaged or were tampered with.
#ifndef SALESCHECKLIST_ENGINE_DAMAGE_HPP
#define SALESCHECKLIST_ENGINE_DAMAGE_HPP

#include <saleschecklist/store.hpp>

#include "base/errors.hpp"
#include "json/library.hpp"

#include <string>
#include <utility>

namespace saleschecklist::engine {

Error damaged(const Record &row, const std::string &why);

// Parses the body of a record. Fails with corrupt; `where` is the record.
Result<nlohmann::json> body_of(const Record &row);

// Converts the body of a record with `read`, which returns a value and throws a JSON exception or
// BadResult if it is not what was written. Fails with corrupt; `where` is the record.
template <class Read>
auto read_body(const Record &row, const Read &read)
    -> Result<decltype(read(std::declval<const nlohmann::json &>()))> {
  const auto body = body_of(row);
  if (!body) return body.error();
  try {
    return read(*body);
  } catch (const nlohmann::json::exception &fault) {
    return damaged(row, fault.what());
  } catch (const BadResult &fault) {
    return damaged(row, to_string(fault.error()));
  }
}

}  // namespace saleschecklist::engine

#endif
