#include "transcript/readers/json_words.hpp"

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

bool is_speech(const Json &word) {
  static constexpr std::array<std::string_view, 4> noises = {"spacing", "audio_event", "event",
                                                             "entity"};
  const Json *type = at_path(word, "type");
  if (type != nullptr && type->is_string() &&
      std::find(noises.begin(), noises.end(), type->get<std::string>()) != noises.end()) {
    return false;
  }
  const Json *final_word = at_path(word, "is_final");
  if (final_word != nullptr && *final_word == false) return false;
  const Json *translation = at_path(word, "translation_status");
  return translation == nullptr || *translation != "translation";
}

bool is_punctuation(const Json &word, const std::string &text) {
  const Json *type = at_path(word, "type");
  if (type != nullptr && (*type == "punctuation" || *type == "punct")) return true;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return std::string_view(".,?!;:%)").find(c) != std::string_view::npos;
  });
}

// Gives words without a speaker the speaker that is on both sides of them, or the only one.
void fill_speakers(std::vector<TimedWord> &words) {
  std::set<std::string> speakers;
  for (const TimedWord &word : words) {
    if (!word.speaker.empty()) speakers.insert(word.speaker);
  }
  std::string before;
  for (std::size_t i = 0; i < words.size();) {
    if (words[i].attaches && i > 0 && words[i].speaker.empty()) words[i].speaker = before;
    if (!words[i].speaker.empty()) {
      before = words[i++].speaker;
      continue;
    }
    std::size_t next = i;
    while (next < words.size() && words[next].speaker.empty()) ++next;
    const bool same = next < words.size() && words[next].speaker == before;
    const std::string speaker = same                   ? before
                                : speakers.size() == 1 ? *speakers.begin()
                                                       : std::string();
    for (; i < next; ++i) words[i].speaker = speaker;
    if (i < words.size()) before = words[i].speaker;
  }
}

class Joiner {
 public:
  explicit Joiner(const std::vector<TimedWord> &words, const std::string &speaker)
      : speaker_(speaker), named_(any_speaker(words)) {
    spaced_ = std::any_of(words.begin(), words.end(), [](const TimedWord &word) {
      return word.text.front() == ' ' || word.text.back() == ' ';
    });
  }

  void add(const TimedWord &word) {
    const std::string &speaker = named_ ? word.speaker : speaker_;
    const bool glued = spaced_ ? word.text.front() != ' ' && !ends_with_space_ : word.attaches;
    const bool blank = base::collapse_spaces(word.text).empty();
    if (cues_.empty() || (!blank && cues_.back().cue.speaker != speaker) ||
        (sentence_ended_ && !glued && !blank)) {
      if (blank) return;
      TimedCue &opened = cues_.emplace_back();
      opened.cue.speaker = speaker;
      opened.cue.where = word.where;
      opened.begin = word.begin;
    }
    TimedCue &cue = cues_.back();
    if (!spaced_ && !word.attaches && needs_space(cue.cue.text, word.text)) cue.cue.text += ' ';
    cue.cue.text += word.text;
    if (word.end) cue.end = word.end;
    ends_with_space_ = word.text.back() == ' ';
    if (blank) return;
    const char last = base::trim(word.text).back();
    sentence_ended_ = last == '.' || last == '?' || last == '!';
  }

  std::vector<TimedCue> take() {
    for (TimedCue &cue : cues_) cue.cue.text = base::collapse_spaces(cue.cue.text);
    return std::move(cues_);
  }

 private:
  static bool needs_space(const std::string &before, const std::string &after) {
    if (before.empty()) return false;
    return !base::is_unspaced_script(base::code_point_before(before, before.size()).value) ||
           !base::is_unspaced_script(base::code_point_at(after, 0).value);
  }

  std::string speaker_;
  bool named_;
  bool spaced_ = false;  // whether the words bring their own spaces
  bool ends_with_space_ = false;
  bool sentence_ended_ = false;
  std::vector<TimedCue> cues_;
};

}  // namespace

std::string speaker_name(const std::string &raw, const std::map<std::string, std::string> &names) {
  static constexpr std::array<std::string_view, 8> unknown = {
      "uu", "?", "unknown", "unknown speaker", "null", "none", "undefined", "-1"};
  const auto found = names.find(raw);
  if (found != names.end()) return found->second;
  const std::string key = base::ascii_lower(raw);
  if (std::find(unknown.begin(), unknown.end(), std::string_view(key)) != unknown.end()) return {};
  return speaker_label(raw);
}

std::map<long long, std::string> speakers_by_time(const Json &labels) {
  std::map<long long, std::string> out;
  const auto add = [&](const Json &label) {
    for (const char *key : {"from", "start_time"}) {
      const Json *begin = at_path(label, key);
      if (begin == nullptr) continue;
      const auto time = parse_source_time(*begin, 1000, {});
      const Json *speaker = at_path(label, "speaker");
      if (speaker == nullptr) speaker = at_path(label, "speaker_label");
      if (time && speaker != nullptr && std::fabs(time->ms) < 1e13) {
        out[std::llround(time->ms)] = scalar_text(*speaker);
      }
    }
  };
  if (!labels.is_array()) return out;
  for (const Json &label : labels) {
    const Json *items = at_path(label, "items");
    if (items == nullptr || !items->is_array()) {
      add(label);
    } else {
      for (const Json &item : *items) add(item);
    }
  }
  return out;
}

std::vector<TimedWord> read_words(const Json &list, const Vendor &vendor, const std::string &where,
                                  const std::map<long long, std::string> &labels,
                                  const std::map<std::string, std::string> &names, Faults &faults) {
  const auto text_key = choose_key(vendor.word, list, [](const Json &v) { return v.is_string(); });
  const auto begin_key = choose_key(vendor.word_begin, list, may_be_time);
  const auto end_key = choose_key(vendor.word_end, list, may_be_time);
  const auto speaker_key = choose_key(vendor.word_speaker, list, is_name);
  std::vector<TimedWord> words;
  for (std::size_t i = 0; text_key && i < list.size(); ++i) {
    const std::string here = where + "/" + std::to_string(i);
    const Json *text = at_path(list[i], text_key->path);
    if (text == nullptr || !is_speech(list[i])) continue;
    if (!text->is_string()) {
      faults.add(errors::invalid_input("expected a string", here + pointer(text_key->path)),
                 "the word was left out");
      continue;
    }
    TimedWord word;
    word.text = text->get<std::string>();
    std::replace(word.text.begin(), word.text.end(), '\n', ' ');
    if (word.text.empty() || word.text == "<end>" || word.text == "<fin>") continue;
    word.attaches = is_punctuation(list[i], word.text) && !words.empty();
    word.begin = time_at(list[i], begin_key, here, faults);
    word.end = time_at(list[i], end_key, here, faults);
    if (word.begin && word.end && end_key->is_length) word.end->ms += word.begin->ms;
    const Json *speaker = speaker_key ? at_path(list[i], speaker_key->path) : nullptr;
    std::string raw = speaker == nullptr ? std::string() : scalar_text(*speaker);
    const bool tag = speaker_key && speaker_key->path.ends_with("ag");  // 0 is no speaker's tag
    if (tag && raw == "0") raw.clear();
    if (raw.empty() && word.begin && std::fabs(word.begin->ms) < 1e13) {
      const auto label = labels.find(std::llround(word.begin->ms));
      if (label != labels.end()) raw = label->second;
    }
    word.speaker = speaker_name(raw, names);
    word.where = here;
    words.push_back(std::move(word));
  }
  if (any_speaker(words)) fill_speakers(words);
  return words;
}

bool any_speaker(const std::vector<TimedWord> &words) {
  return std::any_of(words.begin(), words.end(),
                     [](const TimedWord &word) { return !word.speaker.empty(); });
}

bool one_speaker(const std::vector<TimedWord> &words) {
  return !words.empty() && std::all_of(words.begin(), words.end(), [&](const TimedWord &word) {
    return !word.speaker.empty() && word.speaker == words[0].speaker;
  });
}

std::vector<TimedCue> join_words(const std::vector<TimedWord> &words, const std::string &speaker) {
  Joiner joiner(words, speaker);
  for (const TimedWord &word : words) joiner.add(word);
  return joiner.take();
}

}  // namespace saleschecklist::transcript
