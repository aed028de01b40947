#include "engine/damage.hpp"

#include "base/unicode.hpp"
#include "json/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace saleschecklist::engine {
namespace {

// The JSON library's text is "[json.exception.out_of_range.403] key 'at_ms' not found".
std::string_view reason(std::string_view why) {
  const std::size_t close = why.rfind("[json.exception", 0) == 0 ? why.find("] ") : why.npos;
  return close == why.npos ? why : why.substr(close + 2);
}

}  // namespace

Error damaged(const Record &row, const std::string &why) {
  return errors::corrupt(fmt::format("the stored {} is damaged: {}", row.kind, reason(why)),
                         fmt::format("{} {}", row.kind, row.id));
}

Result<nlohmann::json> body_of(const Record &row) {
  auto out = json::parse_json(row.body);
  // The parser's message quotes the text around the fault, which may be the customer's words.
  if (!out) {
    return damaged(row, "it is not JSON in UTF-8" +
                            (out.error().where.empty() ? "" : " at " + out.error().where));
  }
  if (!out->is_object()) return damaged(row, "expected an object, found another kind of JSON");
  return out;
}

}  // namespace saleschecklist::engine
