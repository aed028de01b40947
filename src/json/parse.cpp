#include "json/parse.hpp"

#include <saleschecklist/limits.hpp>

#include "base/errors.hpp"

#include "base/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace saleschecklist::json {
namespace {

std::string place(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const auto head = text.substr(0, offset);
  const auto line = 1 + std::count(head.begin(), head.end(), '\n');
  const std::size_t line_begin = head.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", line, offset - line_begin + 1);
}

// The JSON library's text is "[json.exception.parse_error.101] parse error at line 1, column 2:
// why".
std::string reason(std::string_view what) {
  const std::size_t colon = what.find(": ");
  std::string why(colon == std::string_view::npos ? what : what.substr(colon + 2));
  const std::size_t close = why.find("] ");
  return why[0] == '[' && close != std::string::npos ? why.substr(close + 2) : why;
}

// A message that may quote the text.
std::string shortened(const std::string &why) {
  constexpr std::size_t most = 200;
  if (why.size() <= most) return why;
  return why.substr(0, base::valid_utf8_prefix(std::string_view(why).substr(0, most))) + "...";
}

// Whether `is_it` returns true for any byte that is not in a string.
template <class IsIt>
bool any_sign(std::string_view json, const IsIt &is_it) {
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (is_it(c)) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool nests_too_deeply(std::string_view json) {
  std::size_t depth = 0;
  return any_sign(json, [&](char c) {
    if (c == '[' || c == '{') return ++depth > limits::json_levels;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    return false;
  });
}

bool has_many_values(std::string_view json) {
  std::size_t count = 0;
  return any_sign(json, [&](char c) {
    if (c == ',' || c == ':' || c == '[' || c == '{') ++count;
    return count > limits::json_values;
  });
}

bool has_large_objects(std::string_view json) {
  std::vector<std::size_t> members;  // of the open brackets
  return any_sign(json, [&](char c) {
    if (c == '[' || c == '{') members.push_back(0);
    if ((c == ']' || c == '}') && !members.empty()) members.pop_back();
    return c == ':' && !members.empty() && ++members.back() > limits::reply_members;
  });
}

Result<nlohmann::json> parse_json(std::string_view text) {
  if (nests_too_deeply(text)) {
    return errors::invalid_input(fmt::format(
        "the JSON is nested too deeply: expected at most {} levels", limits::json_levels));
  }
  if (has_many_values(text)) {
    return errors::invalid_input(
        fmt::format("the JSON is too large: expected at most {} values", limits::json_values));
  }
  // The library takes a zero byte for the end of the text.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    return errors::invalid_input("the text is not valid JSON: it has a zero byte",
                                 place(text, zero));
  }
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error &error) {
    const std::size_t at = error.byte == 0 ? 0 : error.byte - 1;
    const bool cut = at >= text.size();
    return errors::invalid_input(
        cut ? "the JSON is truncated: " + shortened(reason(error.what()))
            : "the text is not valid JSON: " + shortened(reason(error.what())),
        place(text, at));
  } catch (const nlohmann::json::exception &error) {
    // For a number that is too large for a double, the library quotes the number instead of its
    // position.
    const std::string why = reason(error.what());
    const std::size_t open = why.find('\''), close = why.rfind('\'');
    const std::size_t at =
        open < close ? text.find(why.substr(open + 1, close - open - 1)) : std::string_view::npos;
    return errors::invalid_input("the text is not valid JSON: " + shortened(why),
                                 at == std::string_view::npos ? std::string() : place(text, at));
  }
}

Result<nlohmann::json> parse_bytes(std::string_view bytes) {
  const auto text = base::decode_text(bytes);
  if (!text) return text.error();
  return parse_json(*text);
}

}  // namespace saleschecklist::json
