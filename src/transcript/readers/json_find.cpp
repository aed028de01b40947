#include "base/errors.hpp"
#include "transcript/readers/formats.hpp"
#include "transcript/readers/json_keys.hpp"
#include "transcript/readers/json_turns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

constexpr int deepest = 7;

// "a|b c": whether `value` has a or b, and c.
bool has_all(const Json &value, std::string_view marks) {
  const auto groups = split(marks, ' ');
  return std::all_of(groups.begin(), groups.end(), [&](std::string_view group) {
    const auto paths = split(group, '|');
    return std::any_of(paths.begin(), paths.end(),
                       [&](std::string_view path) { return at_path(value, path) != nullptr; });
  });
}

// Whether the names of a list are those of speakers: they recur in a conversation.
bool speakers_recur(const Json &list, const Key &speaker) {
  constexpr std::size_t few = 4;
  std::set<std::string> names;
  for (const Json &element : list) {
    const Json *name = at_path(element, speaker.path);
    if (name != nullptr) names.insert(scalar_text(*name));
  }
  return list.size() < few || names.size() < list.size();
}

// Whether a list of no known vendor is a conversation. A list inside a document has to name
// speakers or times; a document that is only a list, or a list of turns by its key, need not.
bool is_generic(const Json &list, std::string_view key) {
  const auto speaker = choose_speaker_key(keys::speaker, list);
  if (speaker) return speakers_recur(list, *speaker);
  if (choose_key(keys::id, list, is_name)) return true;
  if (key.empty() || key == "utterances" || key == "turns" || key == "messages") return true;
  return choose_key(keys::begin, list, may_be_time).has_value();
}

bool matches(const Vendor &vendor, const Json &owner, const Json &list, std::string_view key) {
  constexpr std::size_t sample = 20;
  if (!list.is_array() || list.empty() || !has_all(owner, vendor.needs)) return false;
  const auto end = list.begin() + static_cast<Json::difference_type>(std::min(list.size(), sample));
  const bool marked = vendor.marks.empty() || std::any_of(list.begin(), end, [&](const Json &e) {
                        return e.is_object() && has_all(e, vendor.marks);
                      });
  return marked && (!vendor.weak_names || is_generic(list, key));
}

// Whether two keys differ by their numbers only: "call_1" and "call_2". Others may be views of one
// conversation.
bool are_numbered(std::string a, std::string b) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::erase_if(a, is_digit);
  std::erase_if(b, is_digit);
  return a == b;
}

class Finder {
 public:
  void visit(const Json &node, const std::string &where, std::string_view key, int depth) {
    if (depth > deepest) return;
    for (const Vendor &vendor : vendors()) {
      if (vendor.list.empty() != node.is_array()) continue;
      const Json *list = at_path(node, vendor.list);
      if (list == nullptr || !matches(vendor, node, *list, key)) continue;
      found.push_back({&vendor, &node, list, where + pointer(vendor.list)});
      return;
    }
    if (node.is_array()) return visit_elements(node, where, depth);
    if (node.is_object()) visit_members(node, where, depth);
  }

  std::vector<ConversationList> found;

 private:
  void visit_elements(const Json &node, const std::string &where, int depth) {
    constexpr std::size_t most = 1000;
    for (std::size_t i = 0; i < std::min(node.size(), most); ++i) {
      if (node[i].is_structured()) visit(node[i], fmt::format("{}/{}", where, i), {}, depth + 1);
    }
  }

  void visit_members(const Json &node, const std::string &where, int depth) {
    const std::size_t before = found.size();
    for (const std::string_view key : wrappers()) {
      const Json *below = at_path(node, key);
      if (below == nullptr || !below->is_structured()) continue;
      visit(*below, where + pointer(key), key, depth + 1);
      if (found.size() > before) return;
    }
    std::string first;  // the key of the first one found
    for (const auto &[key, below] : node.items()) {
      if (!below.is_structured() || is_beside_conversation(key)) continue;
      if (std::find(wrappers().begin(), wrappers().end(), key) != wrappers().end()) continue;
      if (found.size() > before && !are_numbered(first, key)) continue;
      std::string place = where;
      visit(below, place.append("/").append(key), key, depth + 1);
      if (found.size() > before && first.empty()) first = key;
    }
  }
};

void collect_keys(const Json &value, int depth, std::set<std::string, std::less<>> &keys) {
  constexpr std::size_t most_elements = 20;
  if (depth > deepest || !value.is_structured()) return;
  std::size_t count = 0;
  for (const auto &[key, below] : value.items()) {
    if (value.is_object()) keys.insert(key);
    if (value.is_array() && ++count > most_elements) return;
    collect_keys(below, depth + 1, keys);
  }
}

}  // namespace

std::string nearest_vendor(const Json &document) {
  std::set<std::string, std::less<>> present;
  collect_keys(document, 0, present);
  const auto is_present = [&](std::string_view path) {
    const auto steps = split(path, '.');
    return std::all_of(steps.begin(), steps.end(), [&](std::string_view step) {
      return step == "0" || present.find(step) != present.end();
    });
  };
  const Vendor *nearest = nullptr;
  std::size_t most = 0;
  for (const Vendor &vendor : vendors()) {
    if (vendor.list.empty()) continue;
    std::size_t score = is_present(vendor.list) ? 2 : 0;
    for (const std::string_view group : split(vendor.marks, ' ')) {
      const auto paths = split(group, '|');
      score += std::any_of(paths.begin(), paths.end(), is_present);
    }
    if (score > most) {
      most = score;
      nearest = &vendor;
    }
  }
  if (most < 2) return {};
  std::string marks(nearest->marks);
  std::replace(marks.begin(), marks.end(), ' ', ',');
  return fmt::format("; the nearest known kind is {}, which has a list '{}'{}{}",
                     tool_of(nearest->format), nearest->list,
                     marks.empty() ? "" : " of objects with ", marks);
}

std::optional<ConversationList> find_conversation(const Json &document) {
  Finder finder;
  finder.visit(document, {}, {}, 0);
  if (finder.found.empty()) return std::nullopt;
  if (finder.found.size() > 1) {
    throw BadResult(errors::invalid_input(
        fmt::format(
            "the document has {} conversations, the second at '{}'; expected one: save each "
            "conversation as a file of its own",
            finder.found.size(), finder.found[1].where),
        "/"));
  }
  return std::move(finder.found.front());
}

}  // namespace saleschecklist::transcript
