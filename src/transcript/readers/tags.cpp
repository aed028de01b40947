#include "transcript/readers/tags.hpp"

#include "base/ascii.hpp"
#include "transcript/readers/cues.hpp"

#include <algorithm>
#include <cctype>

namespace saleschecklist::transcript {
namespace {

std::string local_name(std::string_view name) {
  const bool closes = !name.empty() && name[0] == '/';
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return base::ascii_lower(name);
  return (closes ? "/" : "") + base::ascii_lower(name.substr(colon + 1));
}

std::map<std::string, std::string, std::less<>> attributes_of(std::string_view text) {
  std::map<std::string, std::string, std::less<>> out;
  while (true) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return out;
    std::string name = local_name(base::trim(text.substr(0, equals)));
    const std::size_t open = text.find_first_of("\"'", equals);
    if (open == std::string_view::npos) return out;
    const std::size_t close = text.find(text[open], open + 1);
    if (close == std::string_view::npos) return out;
    out.emplace(std::move(name), decode_entities(text.substr(open + 1, close - open - 1)));
    text.remove_prefix(close + 1);
  }
}

// Whether the '<' before `next` begins a tag, a comment or a declaration, and is not text.
bool begins_tag(char next) {
  return std::isalpha(static_cast<unsigned char>(next)) != 0 || next == '/' || next == '!' ||
         next == '?';
}

constexpr std::string_view quoted_open = "<![CDATA[", quoted_close = "]]>";

// The end of the comment, quoted text or declaration that begins at `open`; npos if it has none.
std::size_t end_of_unseen(std::string_view text, std::size_t open) {
  const std::string_view rest = text.substr(open);
  const std::string_view close = rest.starts_with("<!--")        ? "-->"
                                 : rest.starts_with(quoted_open) ? quoted_close
                                                                 : ">";
  const std::size_t found = text.find(close, open);
  return found == std::string_view::npos ? found : found + close.size();
}

// Where the first comment, quoted text or declaration begins.
std::size_t find_unseen(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos && at + 1 < text.size();
       at = text.find('<', at + 1)) {
    if (text[at + 1] == '!' || text[at + 1] == '?') return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::string shown_text(std::string_view text) {
  std::string out;
  for (;;) {
    const std::size_t open = find_unseen(text);
    out += decode_entities(text.substr(0, open));
    if (open == std::string_view::npos) return out;
    const std::size_t end = end_of_unseen(text, open);
    if (end == std::string_view::npos) return out + std::string(text.substr(open));
    if (text.substr(open).starts_with(quoted_open)) {
      const std::size_t begin = open + quoted_open.size();
      out += text.substr(begin, end - quoted_close.size() - begin);
    }
    text.remove_prefix(end);
  }
}

std::optional<Tag> next_tag(std::string_view text, std::size_t at) {
  while (true) {
    const std::size_t open = text.find('<', at);
    if (open == std::string_view::npos || open + 1 == text.size()) return std::nullopt;
    at = open + 1;
    if (!begins_tag(text[at])) continue;
    if (text[at] == '?' || text[at] == '!') {
      at = end_of_unseen(text, open);
      if (at == std::string_view::npos) return std::nullopt;
      continue;
    }
    const std::size_t close = text.find('>', open);
    if (close == std::string_view::npos) return std::nullopt;
    std::string_view inside = text.substr(open + 1, close - open - 1);
    const bool empty = inside.back() == '/' && inside.size() > 1;
    if (empty) inside.remove_suffix(1);
    const std::size_t name_end = std::min(inside.find_first_of(" \t\n"), inside.size());
    return Tag{local_name(inside.substr(0, name_end)), attributes_of(inside.substr(name_end)), open,
               close + 1, empty};
  }
}

std::string attribute(const Tag &tag, std::string_view name) {
  const auto found = tag.attributes.find(name);
  return found == tag.attributes.end() ? std::string() : found->second;
}

}  // namespace saleschecklist::transcript
