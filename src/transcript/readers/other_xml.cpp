// XML of kinds that are not known: elements that name a speaker and have words, as corpora, contact
// centres and scripts write them.
#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"
#include "transcript/readers/json_times.hpp"
#include "transcript/readers/tags.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

namespace saleschecklist::transcript {
namespace {

using Keys = std::span<const std::string_view>;

constexpr auto speaker_keys = std::to_array<std::string_view>(
    {"speaker",   "speakername", "speaker_name", "speaker-name", "who",     "participant", "agent",
     "author",    "sender",      "from",         "user",         "person",  "talker",      "spk",
     "speakerid", "speaker_id",  "role",         "party",        "channel", "name"});
constexpr auto word_keys = std::to_array<std::string_view>(
    {"text", "words", "content", "message", "body", "utterance", "transcript", "said", "sentence",
     "speech", "line", "value", "phrase", "p"});
constexpr auto name_keys =
    std::to_array<std::string_view>({"name", "persname", "displayname", "display_name"});
constexpr auto begin_keys =
    std::to_array<std::string_view>({"start", "begin", "starttime", "start_time", "start-time",
                                     "time", "timestamp", "t", "offset", "begintime", "in"});
constexpr auto end_keys = std::to_array<std::string_view>(
    {"end", "stop", "endtime", "end_time", "end-time", "finish", "out"});

struct Element {
  Tag tag;
  std::size_t line = 1;
  std::size_t text_begin = 0;  // in the text without tags
  std::size_t text_end = 0;
  std::vector<std::size_t> children{};
};

// The elements of a document in the order of their tags, and its text without tags. Elements that
// are nested deeper than any transcript's are parts of those around them.
class Elements {
 public:
  explicit Elements(std::string_view xml) {
    std::vector<std::size_t> open;
    std::size_t line = 1, counted = 0;
    for (std::size_t at = 0; at < xml.size();) {
      auto tag = next_tag(xml, at);
      text_ += shown_text(xml.substr(at, (tag ? tag->begin : xml.size()) - at));
      if (!tag) break;
      at = tag->end;
      line += static_cast<std::size_t>(
          std::count(xml.begin() + static_cast<std::ptrdiff_t>(counted),
                     xml.begin() + static_cast<std::ptrdiff_t>(tag->begin), '\n'));
      counted = tag->begin;
      if (tag->name[0] == '/') {
        close(open, std::string_view(tag->name).substr(1));
        continue;
      }
      text_ += ' ';
      if (open.size() == limits::xml_levels) continue;
      if (!open.empty()) all_[open.back()].children.push_back(all_.size());
      if (!tag->empty) open.push_back(all_.size());
      all_.push_back({*std::move(tag), line, text_.size(), text_.size()});
    }
    while (!open.empty()) close(open, all_[open.back()].tag.name);
  }

  const std::vector<Element> &all() const { return all_; }

  std::string text_of(const Element &element) const {
    return base::collapse_spaces(
        std::string_view(text_).substr(element.text_begin, element.text_end - element.text_begin));
  }

  // The text of an element that is in none of its children.
  std::string own_text(const Element &element) const {
    std::string out;
    std::size_t from = element.text_begin;
    for (const std::size_t child : element.children) {
      out.append(text_, from, all_[child].text_begin - from);
      from = all_[child].text_end;
    }
    out.append(text_, from, element.text_end - from);
    return base::collapse_spaces(out);
  }

  // The value of the first of `keys` that is an attribute or a child.
  std::string value(const Element &element, Keys keys) const {
    for (const std::string_view key : keys) {
      std::string found = attribute(element.tag, key);
      for (const std::size_t child : element.children) {
        if (found.empty() && all_[child].tag.name == key) found = text_of(all_[child]);
      }
      if (!found.empty()) return base::collapse_spaces(found);
    }
    return {};
  }

  bool has_child(const Element &element, Keys keys) const {
    return std::any_of(element.children.begin(), element.children.end(), [&](std::size_t child) {
      return std::find(keys.begin(), keys.end(), all_[child].tag.name) != keys.end();
    });
  }

 private:
  // Closes an element and those in it that were left open.
  void close(std::vector<std::size_t> &open, std::string_view name) {
    const auto found = std::find_if(open.rbegin(), open.rend(),
                                    [&](std::size_t at) { return all_[at].tag.name == name; });
    if (found == open.rend()) return;
    const auto keep = static_cast<std::size_t>(open.rend() - found) - 1;
    for (std::size_t at = keep; at < open.size(); ++at) all_[open[at]].text_end = text_.size();
    open.resize(keep);
    text_ += ' ';
  }

  std::string text_;
  std::vector<Element> all_;
};

class TurnFinder {
 public:
  explicit TurnFinder(const Elements &elements) : elements_(elements) { find_names(); }

  // The name of the elements that are the turns; empty if there are none.
  std::string turn_name() const {
    struct Use {
      std::size_t turns = 0;
      std::set<std::string> speakers{};
    };
    std::map<std::string, Use> uses;
    for (const Element &element : elements_.all()) {
      const std::string speaker = elements_.value(element, speaker_keys);
      if (speaker.empty() || words_of(element).empty()) continue;
      Use &use = uses[element.tag.name];
      ++use.turns;
      use.speakers.insert(speaker);
    }
    constexpr std::size_t fewest = 2, few = 4;
    std::string best;
    std::size_t most = 0;
    for (const auto &[name, use] : uses) {
      const bool recur = use.turns < few || use.speakers.size() * 2 <= use.turns;
      if (use.turns < fewest || !recur || use.turns <= most) continue;
      most = use.turns;
      best = name;
    }
    return best;
  }

  RawTranscript read(const std::string &turn) {
    RawTranscript out;
    out.format = "xml";
    std::vector<TimedCue> cues;
    for (const Element &element : elements_.all()) {
      if (element.tag.name != turn) continue;
      const std::string where = line_name(element.line);
      RawCue cue{speaker_of(element), words_of(element), {}, {}, where};
      if (cue.text.empty()) continue;
      cues.push_back(
          {std::move(cue), time_of(element, begin_keys, where), time_of(element, end_keys, where)});
    }
    Faults faults;
    const std::size_t count = cues.size();
    settle_times(std::move(cues), out, faults);
    faults.settle(count, out.warnings);
    Faults in_order;
    repair_times(out, in_order);
    return out;
  }

 private:
  // Names that are stated apart, by identifiers: <speaker id="s1" name="Dana"/>.
  void find_names() {
    for (const Element &element : elements_.all()) {
      const std::string id = attribute(element.tag, "id");
      if (id.empty()) continue;
      const std::string name = elements_.value(element, name_keys);
      if (!name.empty()) names_.emplace(id, name);
    }
  }

  std::string speaker_of(const Element &element) const {
    std::string raw = elements_.value(element, speaker_keys);
    if (raw.size() > 1 && raw[0] == '#') raw.erase(0, 1);  // TEI: a reference
    const auto found = names_.find(raw);
    return found == names_.end() ? speaker_label(raw) : found->second;
  }

  std::string words_of(const Element &element) const {
    std::string words;
    for (const std::size_t child : element.children) {
      const Element &part = elements_.all()[child];
      if (std::find(word_keys.begin(), word_keys.end(), part.tag.name) == word_keys.end()) continue;
      words += (words.empty() ? "" : " ") + elements_.text_of(part);
    }
    if (!words.empty()) return words;
    if (std::string text = attribute(element.tag, "text"); !text.empty()) return text;
    const bool described =
        elements_.has_child(element, speaker_keys) || elements_.has_child(element, begin_keys);
    return described ? elements_.own_text(element) : elements_.text_of(element);
  }

  std::optional<SourceTime> time_of(const Element &element, Keys keys,
                                    const std::string &where) const {
    const std::string text = elements_.value(element, keys);
    if (text.empty()) return std::nullopt;
    return parse_source_time(nlohmann::json(text), 1000, where);
  }

  const Elements &elements_;
  std::map<std::string, std::string> names_;
};

// The text with a line for each element that has no others in it.
Result<RawTranscript> read_without_tags(const Elements &elements) {
  std::string text;
  std::vector<std::size_t> numbers;
  for (const Element &element : elements.all()) {
    const std::string words = elements.own_text(element);
    if (words.empty()) continue;
    text += words + '\n';
    numbers.push_back(element.line);
  }
  std::vector<Line> lines = split_lines(text);
  lines.pop_back();
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].number = numbers[i];
  return read_plain_text(lines);
}

Error unknown_kind(const Elements &elements) {
  constexpr std::size_t most = 6, longest = 40;
  std::string names;
  std::set<std::string> seen;
  for (const Element &element : elements.all()) {
    if (seen.size() == most || !seen.insert(element.tag.name).second) continue;
    const std::string_view name = std::string_view(element.tag.name).substr(0, longest);
    names += fmt::format("{}<{}>", names.empty() ? "" : ", ",
                         name.substr(0, base::valid_utf8_prefix(name)));
  }
  return errors::invalid_input(
      fmt::format(
          "this XML is not a transcript of a known format: got the elements {}; no element has a "
          "speaker and words; the nearest known kind is TTML, which has <p begin=\"1.5s\" "
          "end=\"2.5s\"> elements in a <tt>; convert it to that, or to lines such as 'Ann: Hello.'",
          names),
      "line 1");
}

}  // namespace

bool looks_like_xml(std::string_view text) {
  text = base::trim(text);
  if (text.empty() || text[0] != '<') return false;
  const auto root = next_tag(text, 0);
  if (!root || root->name[0] == '/') return false;
  if (text.starts_with("<?xml") || (root->empty && root->end == text.size())) return true;
  const std::size_t last = text.rfind("</");
  if (root->begin != 0 || last == std::string_view::npos) return false;
  const auto end = next_tag(text, last);
  return end && end->name == "/" + root->name && end->end == text.size();
}

Result<RawTranscript> read_xml(std::string_view text) {
  if (auto timed = read_timed_xml(text)) return *std::move(timed);
  const auto root = next_tag(text, 0);
  if (root && root->name == "html") return read_html(text);
  const Elements elements(text);
  TurnFinder finder(elements);
  if (const std::string turn = finder.turn_name(); !turn.empty()) return finder.read(turn);
  auto plain = read_without_tags(elements);
  const bool named = plain && std::any_of(plain->cues.begin(), plain->cues.end(),
                                          [](const RawCue &cue) { return !cue.speaker.empty(); });
  if (!named) return unknown_kind(elements);
  plain->format = "xml";
  return plain;
}

}  // namespace saleschecklist::transcript
