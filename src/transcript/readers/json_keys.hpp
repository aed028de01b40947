// Values of JSON by the keys of the table in json_vendors.hpp.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_JSON_KEYS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_JSON_KEYS_HPP

#include "json/library.hpp"
#include "transcript/readers/json_times.hpp"
#include "transcript/readers/json_vendors.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::transcript {

// The value at a path such as "words.0.text"; null if there is none or if it is JSON's null.
// Keys are the same if they differ only in case, underscores, hyphens and spaces.
const nlohmann::json *at_path(const nlohmann::json &value, std::string_view path);

// The path as a JSON pointer: "/words/0/text".
std::string pointer(std::string_view path);

// Splits at each `separator`; empty parts are left out.
std::vector<std::string_view> split(std::string_view text, char separator);

// One of several Keys.
struct Key {
  std::string_view path;
  double unit_ms = 1000;
  bool is_length = false;
};
std::vector<Key> parse_keys(Keys keys);

// The first key that at least half of the elements have (of those that have any), by a sample of
// the list; std::nullopt if no element has one. `counts` says whether a value counts.
std::optional<Key> choose_key(Keys keys, const nlohmann::json &list,
                              const std::function<bool(const nlohmann::json &)> &counts);

// The key of the speakers: of the keys that at least half of the turns have, the first of which the
// values differ and recur, as those of speakers do; else the first with one value, else any.
std::optional<Key> choose_speaker_key(Keys keys, const nlohmann::json &list);

bool is_name(const nlohmann::json &value);      // a text that is not blank, or a whole number
bool may_be_time(const nlohmann::json &value);  // false for texts that are no times

// A name or number as text; empty for anything else.
std::string scalar_text(const nlohmann::json &value);

// The text of a value: a string, a whole number, or a list of parts with texts. Throws BadResult
// with `where` for anything else.
std::string spoken_text(const nlohmann::json &value, const std::string &where);

// The time at a key of `element`; a time that is not one is a fault.
std::optional<SourceTime> time_at(const nlohmann::json &element, const std::optional<Key> &key,
                                  const std::string &where, Faults &faults);

// The names that a document gives to identifiers of speakers, in lists of participants and the
// like. An identifier that has several names is not in it.
std::map<std::string, std::string> names_of_speakers(const nlohmann::json &document);

}  // namespace saleschecklist::transcript

#endif
