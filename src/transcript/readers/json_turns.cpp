#include "transcript/readers/json_turns.hpp"

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/json_fields.hpp"
#include "transcript/readers/json_words.hpp"
#include "transcript/readers/suspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

const Json *value_at(const Json &element, const std::optional<Key> &key) {
  return key ? at_path(element, key->path) : nullptr;
}

bool is_text(const Json *value, std::string_view text) {
  return value != nullptr && value->is_string() && value->get_ref<const std::string &>() == text;
}

// Instructions to an assistant and its calls of tools are not part of a call.
bool is_spoken(const Json &element) {
  const Json *role = at_path(element, "role");
  if (is_text(at_path(element, "Type"), "EVENT")) return false;
  if (role == nullptr || !role->is_string()) return true;
  const std::string name = base::ascii_lower(role->get<std::string>());
  return name != "system" && name != "developer" && !name.starts_with("tool") &&
         !name.starts_with("function");
}

// In lists of all that happened in a call, what was said has this type.
bool is_transcript(const Json &element) { return is_text(at_path(element, "type"), "transcript"); }

std::size_t characters_without_spaces(const std::string &text) {
  return text.size() - static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
}

class TurnReader {
 public:
  TurnReader(const ConversationList &found, const Json &document)
      : vendor_(*found.vendor),
        owner_(*found.owner),
        list_(*found.list),
        where_(found.where),
        document_(document),
        names_(names_of_speakers(document)) {}

  RawTranscript read() {
    out_.format = vendor_.format;
    read_properties();
    refuse_several_calls();
    if (const Json *labels = at_path(owner_, vendor_.labels); !vendor_.labels.empty() && labels) {
      labels_ = speakers_by_time(*labels);
    }
    if (vendor_.list_of_words) {
      append(join_words(words_of(list_, where_), {}));
    } else {
      read_turns();
    }
    count_from_start();
    const std::size_t places = std::max(list_.size(), cues_.size());
    settle_times(std::move(cues_), out_, faults_);
    faults_.settle(places, out_.warnings);
    name_format();
    tell_of_unnamed();
    return std::move(out_);
  }

 private:
  std::vector<TimedWord> words_of(const Json &list, const std::string &where) {
    return read_words(list, vendor_, where, labels_, names_, faults_);
  }

  void append(std::vector<TimedCue> cues) {
    for (TimedCue &cue : cues) cues_.push_back(std::move(cue));
  }

  void read_properties() {
    for (const char *path : {"language", "language_code", "languageCode", "result.language",
                             "languages.0", "transcription.languages.0"}) {
      const Json *language = at_path(owner_, path);
      if (owner_.is_object() && language != nullptr && language->is_string()) {
        out_.language = language->get<std::string>();
        break;
      }
    }
    for (const Key &key : parse_keys(vendor_.duration)) {
      const Json *duration = owner_.is_object() ? at_path(owner_, key.path) : nullptr;
      if (duration == nullptr || !duration->is_number()) continue;
      const double ms = duration->get<double>() * key.unit_ms;
      if (ms >= 0 && ms < 1e12) out_.duration_ms = std::llround(ms);
    }
  }

  // Dates count from the start of the call if the document states it.
  void count_from_start() {
    constexpr double first_date_ms = 1e11, day_ms = 86400e3;
    for (const char *key : {"start_time", "started_at", "meeting_start_time", "call_start_time"}) {
      const Json *value = document_.is_object() ? at_path(document_, key) : nullptr;
      const auto start = value == nullptr ? std::nullopt : parse_source_time(*value, 1, {});
      if (!start || start->ms < first_date_ms) continue;
      const bool fits = std::all_of(cues_.begin(), cues_.end(), [&](const TimedCue &cue) {
        return !cue.begin || (cue.begin->ms >= start->ms && cue.begin->ms < start->ms + day_ms);
      });
      if (!fits) continue;
      for (TimedCue &cue : cues_) {
        if (cue.begin) cue.begin->ms -= start->ms;
        if (cue.end) cue.end->ms -= start->ms;
      }
      return;
    }
  }

  void refuse_several_calls() const {
    const auto key =
        choose_key("session_id|call_id|callId|conversation_id|meeting_id", list_, is_name);
    std::set<std::string> calls;
    for (const Json &element : list_) {
      if (const Json *call = value_at(element, key)) calls.insert(scalar_text(*call));
    }
    if (calls.size() < 2 || calls.size() == list_.size()) return;
    throw BadResult(errors::invalid_input(
        fmt::format("the list has turns of {} conversations by '{}'; expected one: save each "
                    "conversation as a file of its own",
                    calls.size(), key->path),
        where_.empty() ? "/" : where_));
  }

  void read_turns() {
    choose_keys();
    const bool told_again = repeats_words();
    const bool typed = std::any_of(list_.begin(), list_.end(), is_transcript);
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const std::string here = fmt::format("{}/{}", where_, i);
      try {
        if (!list_[i].is_object()) {
          throw BadResult(errors::invalid_input("expected an object", here));
        }
        if (!is_spoken(list_[i]) || (typed && !is_transcript(list_[i]))) continue;
        if (told_again && !names_words(list_[i])) continue;
        read_turn(list_[i], here);
      } catch (const BadResult &failure) {
        faults_.add(failure.error(), "it was left out");
      }
    }
  }

  void choose_keys() {
    const auto exists = [](const Json &) { return true; };
    speaker_ = choose_speaker_key(vendor_.speaker, list_);
    id_ = choose_key(vendor_.id, list_, is_name);
    text_ = choose_key(vendor_.text, list_, exists);
    begin_ = choose_key(vendor_.begin, list_, may_be_time);
    end_ = choose_key(vendor_.end, list_, may_be_time);
    words_ = choose_key(vendor_.words, list_, [](const Json &v) {
      return v.is_array() && !v.empty() && v[0].is_structured();
    });
    channel_ = choose_key(vendor_.channel, list_, is_name);
    std::set<std::string> channels;
    std::map<std::string, std::set<std::string>> names_of_id;
    for (const Json &element : list_) {
      if (const Json *channel = value_at(element, channel_)) channels.insert(scalar_text(*channel));
      const Json *id = value_at(element, id_), *name = value_at(element, speaker_);
      if (id != nullptr && name != nullptr)
        names_of_id[scalar_text(*id)].insert(scalar_text(*name));
    }
    if (channels.size() < 2 || speaker_ || id_) channel_.reset();
    for (const auto &[id, names] : names_of_id) {
      if (names.size() > 1) shared_ids_.insert(id);
      if (names.size() == 1) names_.emplace(id, *names.begin());
    }
  }

  // Google's last result has the words of all results again, then with their speakers.
  bool repeats_words() const {
    return std::any_of(list_.begin(), list_.end(), [&](const Json &e) { return names_words(e); });
  }

  bool names_words(const Json &element) const {
    const Json *words = vendor_.format == "google_speech" ? value_at(element, words_) : nullptr;
    return words != nullptr && words->is_array() &&
           choose_key(vendor_.word_speaker, *words, is_name).has_value();
  }

  std::string speaker_of(const Json &element) const {
    const Json *name = value_at(element, speaker_), *id = value_at(element, id_);
    const Json *channel = value_at(element, channel_);
    if (name != nullptr && is_name(*name)) return speaker_name(scalar_text(*name), names_);
    if (id != nullptr && is_name(*id)) {
      const std::string raw = scalar_text(*id);
      return shared_ids_.contains(raw) ? std::string() : speaker_name(raw, names_);
    }
    return channel == nullptr ? std::string() : speaker_name(scalar_text(*channel), names_);
  }

  std::string text_of(const Json &element, const std::string &here) const {
    const Json *text = value_at(element, text_);
    if (text == nullptr) {
      if (vendor_.format == "qmsum") {
        throw BadResult(
            errors::invalid_input("expected the key 'content' or 'text', and 'speaker'", here));
      }
      return {};
    }
    const std::string spoken = spoken_text(*text, here + pointer(text_->path));
    return vendor_.corpus ? clean_corpus_text(spoken) : base::collapse_spaces(spoken);
  }

  void read_turn(const Json &element, const std::string &here) {
    const std::string speaker = speaker_of(element), text = text_of(element, here);
    std::vector<TimedWord> words;
    if (const Json *list = value_at(element, words_); list != nullptr && list->is_array()) {
      words = words_of(*list, here + pointer(words_->path));
    }
    TimedCue turn{{speaker, text, {}, {}, here}, {}, {}};
    turn.begin = time_at(element, begin_, here, faults_);
    turn.end = time_at(element, end_, here, faults_);
    if (turn.end && end_->is_length) {
      if (turn.begin) turn.end->ms += turn.begin->ms;
      if (!turn.begin) turn.end.reset();
    }
    if (!words.empty()) {
      if (!turn.begin) turn.begin = words.front().begin;
      if (!turn.end) turn.end = words.back().end;
      if (text.empty() || (any_speaker(words) && covers(words, text))) {
        return append(join_words(words, speaker));
      }
      if (any_speaker(words)) name_by_words(turn.cue, words);
    }
    turn.cue.suspect = why_suspect(scores_of(element, here), text);
    if (text.empty()) return;
    cues_.push_back(std::move(turn));
  }

  // Whether the words are the whole text, so that the text can be divided by them.
  static bool covers(const std::vector<TimedWord> &words, const std::string &text) {
    std::size_t size = 0;
    for (const TimedWord &word : words) size += characters_without_spaces(word.text);
    return size * 20 >= characters_without_spaces(text) * 19;
  }

  void name_by_words(RawCue &cue, const std::vector<TimedWord> &words) {
    if (one_speaker(words)) {
      cue.speaker = words[0].speaker;
      return;
    }
    cue.speaker.clear();
    out_.warnings.push_back(cue.where +
                            ": the words of several speakers cannot be told apart, because not all "
                            "words of the text are listed; the text was given to nobody");
  }

  SegmentScores scores_of(const Json &element, const std::string &here) const {
    if (vendor_.format != "whisper") return {};
    const Fields segment(element, here);
    return {segment.ratio("avg_logprob"), segment.ratio("compression_ratio"),
            segment.ratio("no_speech_prob")};
  }

  void name_format() {
    if (out_.format != "whisper") return;
    const bool named = std::any_of(out_.cues.begin(), out_.cues.end(),
                                   [](const RawCue &cue) { return !cue.speaker.empty(); });
    const bool by_word = words_ && std::any_of(list_.begin(), list_.end(), [&](const Json &e) {
                           const Json *words = value_at(e, words_);
                           return words != nullptr && words->is_array() &&
                                  choose_key("speaker", *words, is_name).has_value();
                         });
    const bool words_apart = owner_.is_object() && owner_.contains("word_segments");
    if (by_word || words_apart) {
      out_.format = "whisperx";
    } else if (named) {
      out_.format = "openai_diarized";
    }
  }

  void tell_of_unnamed() {
    const auto unnamed = static_cast<std::size_t>(
        std::count_if(out_.cues.begin(), out_.cues.end(),
                      [](const RawCue &cue) { return cue.speaker.empty() && !cue.text.empty(); }));
    if (unnamed == 0 || unnamed == out_.cues.size()) return;
    out_.warnings.push_back(
        fmt::format("{} of {} parts name no speaker; their words were given to nobody", unnamed,
                    out_.cues.size()));
  }

  const Vendor &vendor_;
  const Json &owner_, &list_;
  std::string where_;
  const Json &document_;
  std::map<std::string, std::string> names_;
  std::map<long long, std::string> labels_;
  std::set<std::string> shared_ids_;  // identifiers under which several people speak
  std::optional<Key> speaker_, id_, text_, begin_, end_, words_, channel_;
  std::vector<TimedCue> cues_;
  RawTranscript out_;
  Faults faults_;
};

}  // namespace

RawTranscript read_turns(const ConversationList &found, const Json &document) {
  return TurnReader(found, document).read();
}

}  // namespace saleschecklist::transcript
