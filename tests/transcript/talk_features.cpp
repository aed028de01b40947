// talk_features FILE...: what each speaker of the transcripts says, as scripts/train_talk_model.py
// learns from it. One line of JSON for each file.
#include <saleschecklist/transcript.hpp>

#include "json/library.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "transcript/roles/evidence.hpp"
#include "transcript/roles/sides.hpp"
#include "transcript/roles/talk_features.hpp"

namespace saleschecklist {
namespace {

using Json = nlohmann::json;

// Without what belongs to nobody.
Transcript said_by_somebody(const Transcript &transcript) {
  Transcript out;
  for (const Utterance &u : transcript.utterances) {
    if (!u.speaker.empty() && u.suspect.empty()) out.utterances.push_back(u);
  }
  return out;
}

std::vector<std::string> speakers_of(const Transcript &transcript) {
  std::vector<std::string> out;
  for (const Utterance &u : transcript.utterances) {
    if (std::find(out.begin(), out.end(), u.speaker) == out.end()) out.push_back(u.speaker);
  }
  return out;
}

// The features of what one speaker says in one half of the conversation.
Json half_of(const Transcript &transcript, const std::string &speaker, bool second) {
  const std::size_t all = transcript.utterances.size();
  std::map<std::string, std::size_t> counts;
  std::size_t words = 0;
  for (std::size_t i = second ? all / 2 : 0; i < (second ? all : all / 2); ++i) {
    const Utterance &u = transcript.utterances[i];
    if (u.speaker != speaker) continue;
    words += transcript::each_feature(u.text, [&](const std::string &f) { ++counts[f]; });
  }
  return {{"words", words}, {"features", counts}};
}

Json features_of(const Transcript &transcript) {
  const std::vector<std::string> names = speakers_of(transcript);
  const std::vector<transcript::Heard> heard = transcript::hear_evidence(transcript, names);
  Json speakers = Json::array();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Json kinds = Json::object();
    for (std::size_t k = 0; k < transcript::kind_count; ++k) {
      kinds[std::string(transcript::kinds[k].id)] = heard[i].counts[k];
    }
    speakers.push_back(
        {{"name", names[i]},
         {"heard_words", heard[i].words},
         {"kinds", kinds},
         {"halves", {half_of(transcript, names[i], false), half_of(transcript, names[i], true)}}});
  }
  return {{"speakers", speakers}, {"exchanges", transcript::count_exchanges(transcript, names)}};
}

}  // namespace
}  // namespace saleschecklist

int main(int count, char **words) {
  for (int i = 1; i < count; ++i) {
    const auto read = saleschecklist::read_transcript_file(words[i]);
    if (!read) {
      std::cerr << words[i] << ": " << to_string(read.error()) << "\n";
      return 1;
    }
    std::cout << saleschecklist::features_of(saleschecklist::said_by_somebody(*read)).dump()
              << "\n";
  }
  return 0;
}
