// Lists of words with times, and perhaps speakers, as recognisers write them.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_JSON_WORDS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_JSON_WORDS_HPP

#include "json/library.hpp"
#include "transcript/readers/json_keys.hpp"

#include <map>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

struct TimedWord {
  std::string text;
  std::optional<SourceTime> begin, end;
  std::string speaker;    // empty if the word names nobody
  bool attaches = false;  // a punctuation mark that belongs to the word before it
  std::string where;
};

// A readable name of a speaker; empty for marks of unknown speakers such as "UU" and "?".
std::string speaker_name(const std::string &raw, const std::map<std::string, std::string> &names);

// The speakers that a separate list gives to words, by their begin in milliseconds.
std::map<long long, std::string> speakers_by_time(const nlohmann::json &labels);

// Reads words by the keys of the vendor. What is not speech, such as noises and translations, is
// left out. A word without a speaker gets the one that both its neighbours have.
std::vector<TimedWord> read_words(const nlohmann::json &list, const Vendor &vendor,
                                  const std::string &where,
                                  const std::map<long long, std::string> &labels,
                                  const std::map<std::string, std::string> &names, Faults &faults);

bool any_speaker(const std::vector<TimedWord> &words);
bool one_speaker(const std::vector<TimedWord> &words);  // and no word without one

// Joins words to cues. A cue ends with a sentence and at a change of the speaker; `speaker` is that
// of all words if they name none.
std::vector<TimedCue> join_words(const std::vector<TimedWord> &words, const std::string &speaker);

}  // namespace saleschecklist::transcript

#endif
