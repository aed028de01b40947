// The tags of XML and HTML, as far as readers of transcripts need them.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_TAGS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_TAGS_HPP

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace saleschecklist::transcript {

// A tag and the place after it. Names are in lower case and without their namespace.
struct Tag {
  std::string name;  // begins with '/' if it closes
  std::map<std::string, std::string, std::less<>> attributes;
  std::size_t begin = 0, end = 0;
  bool empty = false;  // "<br/>"
};

// The next tag at or after `at`, past comments and declarations.
std::optional<Tag> next_tag(std::string_view text, std::size_t at);

// The text between two tags as it is shown: without comments and declarations, with its entities
// decoded.
std::string shown_text(std::string_view text);

// The value of an attribute; empty if the tag has none of that name.
std::string attribute(const Tag &tag, std::string_view name);

}  // namespace saleschecklist::transcript

#endif
