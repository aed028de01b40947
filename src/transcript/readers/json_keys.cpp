#include "transcript/readers/json_keys.hpp"

#include "base/errors.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

// Whether two keys are one word: "start_time", "startTime" and "Start Time".
bool is_same_key(std::string_view a, std::string_view b) {
  const auto skip = [](std::string_view &text) {
    while (!text.empty() && (text[0] == '_' || text[0] == '-' || text[0] == ' ')) {
      text.remove_prefix(1);
    }
  };
  for (skip(a), skip(b); !a.empty() && !b.empty(); skip(a), skip(b)) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (lower(a[0]) != lower(b[0])) return false;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.empty() && b.empty();
}

const Json *child(const Json &value, std::string_view step) {
  if (value.is_object()) {
    auto found = value.find(std::string(step));
    constexpr std::size_t most_keys = 100;  // of a turn; larger objects are maps of something
    if (found == value.end() && value.size() <= most_keys) {
      for (auto member = value.begin(); member != value.end(); ++member) {
        if (is_same_key(member.key(), step)) found = member;
      }
    }
    return found == value.end() || found->is_null() ? nullptr : &*found;
  }
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (!value.is_array() || error != std::errc() || end != step.data() + step.size() ||
      index >= value.size() || value[index].is_null()) {
    return nullptr;
  }
  return &value[index];
}

constexpr std::array<std::string_view, 14> people_keys = {
    "parties",      "participants",      "speakers",     "attendees",   "users",
    "people",       "members",           "Participants", "invitees",    "speaker_list",
    "speakersInfo", "meeting_attendees", "speakerInfo",  "speaker_info"};
constexpr Keys person_names =
    "name|display_name|displayName|DisplayName|full_name|fullName|user_name|username|"
    "speaker_name|emailAddress|email|ParticipantRole";
constexpr Keys person_ids =
    "id|speakerId|speaker_id|participant_id|participantId|ParticipantId|userId|user_id|uuid|"
    "spkid|speaker|label|index";

class NameCollector {
 public:
  void visit(const Json &value, int depth) {
    constexpr int deepest = 6;
    constexpr std::size_t most_elements = 200;
    if (depth > deepest) return;
    if (value.is_array()) {
      for (std::size_t i = 0; i < std::min(value.size(), most_elements); ++i) {
        visit(value[i], depth + 1);
      }
    }
    if (!value.is_object()) return;
    for (const auto &[key, below] : value.items()) {
      if (std::find(people_keys.begin(), people_keys.end(), key) != people_keys.end()) {
        add_people(below);
      }
      if (below.is_structured()) visit(below, depth + 1);
    }
  }

  std::map<std::string, std::string> take() {
    std::erase_if(names_, [](const auto &entry) { return entry.second.empty(); });
    return std::move(names_);
  }

 private:
  void add_people(const Json &people) {
    if (people.is_array()) {
      for (const Json &person : people) add_person(person);
    }
    if (!people.is_object()) return;
    for (const auto &[id, person] : people.items()) {
      add(id, person.is_object() ? first_of(person, person_names) : scalar_text(person));
    }
  }

  void add_person(const Json &person) {
    if (!person.is_object()) return;
    const std::string name = first_of(person, person_names);
    for (const Key &key : parse_keys(person_ids)) {
      const Json *id = at_path(person, key.path);
      if (id != nullptr) add(scalar_text(*id), name);
    }
  }

  static std::string first_of(const Json &object, Keys keys) {
    for (const Key &key : parse_keys(keys)) {
      const Json *value = at_path(object, key.path);
      if (value != nullptr && is_name(*value)) return scalar_text(*value);
    }
    return {};
  }

  void add(const std::string &id, const std::string &name) {
    if (id.empty() || name.empty() || id == name) return;
    const auto [found, added] = names_.emplace(id, name);
    if (!added && found->second != name) found->second.clear();  // ambiguous
  }

  std::map<std::string, std::string> names_;
};

}  // namespace

const Json *at_path(const Json &value, std::string_view path) {
  const Json *here = &value;
  while (here != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    here = child(*here, path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return here;
}

std::string pointer(std::string_view path) {
  if (path.empty()) return {};
  std::string out = "/" + std::string(path);
  std::replace(out.begin(), out.end(), '.', '/');
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::vector<Key> parse_keys(Keys keys) {
  std::vector<Key> out;
  for (std::string_view part : split(keys, '|')) {
    Key key;
    key.is_length = part[0] == '+';
    if (key.is_length) part.remove_prefix(1);
    const std::size_t colon = part.find(':');
    const std::string_view unit = colon == part.npos ? "" : part.substr(colon + 1);
    key.unit_ms = unit == "ms" ? 1 : unit == "ticks" ? 1e-4 : unit == "samples" ? 1.0 / 16 : 1000;
    key.path = part.substr(0, colon);
    out.push_back(key);
  }
  return out;
}

std::optional<Key> choose_key(Keys keys, const Json &list,
                              const std::function<bool(const Json &)> &counts) {
  constexpr std::size_t sample = 200;
  const std::vector<Key> all = parse_keys(keys);
  std::vector<std::size_t> found(all.size());
  std::size_t elements = 0;
  const std::size_t step = 1 + list.size() / sample;
  for (std::size_t i = 0; i < list.size(); i += step) {
    bool any = false;
    for (std::size_t k = 0; k < all.size(); ++k) {
      const Json *value = at_path(list[i], all[k].path);
      if (value == nullptr || !counts(*value)) continue;
      ++found[k];
      any = true;
    }
    elements += any;
  }
  if (elements == 0) return std::nullopt;
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (found[k] * 2 >= elements) return all[k];
  }
  return all[static_cast<std::size_t>(std::max_element(found.begin(), found.end()) -
                                      found.begin())];
}

std::optional<Key> choose_speaker_key(Keys keys, const Json &list) {
  constexpr std::size_t few = 4;  // turns, of which nothing has to recur
  const std::size_t looked_at = std::min<std::size_t>(list.size(), 2000);
  std::optional<Key> constant, unique;
  for (const std::string_view alternative : split(keys, '|')) {
    std::set<std::string> names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < looked_at; ++i) {
      const Json *value = at_path(list[i], alternative);
      if (value == nullptr || !is_name(*value)) continue;
      names.insert(scalar_text(*value));
      ++count;
    }
    if (count == 0 || count * 2 < looked_at) continue;
    const Key key{alternative};
    if (names.size() > 1 && (names.size() < count || count < few)) return key;
    if (names.size() == 1 && !constant) constant = key;
    if (names.size() > 1 && !unique) unique = key;
  }
  if (constant) return constant;
  return unique ? unique : choose_key(keys, list, is_name);
}

bool is_name(const Json &value) { return !scalar_text(value).empty(); }

bool may_be_time(const Json &value) {
  if (value.is_string() || value.is_object()) return parse_source_time(value, 1, {}).has_value();
  return !value.is_array();
}

std::string scalar_text(const Json &value) {
  if (value.is_string()) return base::collapse_spaces(value.get_ref<const std::string &>());
  if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  return {};
}

std::string spoken_text(const Json &value, const std::string &where) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return scalar_text(value);
  std::string out;
  const bool parts = value.is_array() && std::all_of(value.begin(), value.end(),
                                                     [](const Json &v) { return v.is_object(); });
  if (!parts) throw BadResult(errors::invalid_input("expected a string", where));
  for (const Json &part : value) {
    const Json *text = at_path(part, "text");
    if (text == nullptr) text = at_path(part, "transcript");
    if (text != nullptr && text->is_string()) out += text->get_ref<const std::string &>() + ' ';
  }
  return out;
}

std::optional<SourceTime> time_at(const Json &element, const std::optional<Key> &key,
                                  const std::string &where, Faults &faults) {
  if (!key) return std::nullopt;
  const Json *value = at_path(element, key->path);
  if (value == nullptr) return std::nullopt;
  const std::string here = where + pointer(key->path);
  auto time = parse_source_time(*value, key->unit_ms, here);
  if (!time) faults.add(errors::invalid_input("expected a time", here), "it was left out");
  return time;
}

std::map<std::string, std::string> names_of_speakers(const Json &document) {
  NameCollector names;
  names.visit(document, 0);
  return names.take();
}

}  // namespace saleschecklist::transcript
