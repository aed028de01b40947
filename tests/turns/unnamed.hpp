// Calls of which nobody is named, and models that know who speaks in them.
#ifndef SALESCHECKLIST_TESTS_UNNAMED_HPP
#define SALESCHECKLIST_TESTS_UNNAMED_HPP

#include "assess/model/mock_model.hpp"
#include "turns/units.hpp"

namespace saleschecklist::test {

// A call as a recogniser gives it that tells no speakers apart: segments that may hold words of two
// people, and who really spoke each sentence.
struct Unnamed {
  Transcript transcript;
  std::vector<std::size_t> truth;  // the number of the speaker, by unit
  std::map<std::size_t, Role> roles;
};

inline Unnamed without_speakers(const Transcript &call, std::size_t utterances_per_segment) {
  Unnamed out;
  out.transcript = call;
  out.transcript.utterances.clear();
  out.transcript.role_source = RoleSource::none;
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> starts;  // byte, speaker
  std::map<std::string, std::size_t> numbers;
  for (std::size_t i = 0; i < call.utterances.size(); ++i) {
    const Utterance &said = call.utterances[i];
    const std::size_t number = numbers.try_emplace(said.speaker, numbers.size() + 1).first->second;
    out.roles[number] = said.role;
    if (i % utterances_per_segment == 0) {
      out.transcript.utterances.emplace_back();
      out.transcript.utterances.back().begin_ms = said.begin_ms;
      starts.emplace_back();
    }
    Utterance &segment = out.transcript.utterances.back();
    if (!segment.text.empty()) segment.text += ' ';
    starts.back().emplace_back(segment.text.size(), number);
    segment.spans.push_back({segment.text.size(), said.begin_ms, said.end_ms});
    segment.text += said.text;
    segment.end_ms = said.end_ms;
  }
  for (const turns::Unit &unit : turns::units_of(out.transcript)) {
    std::size_t speaker = 0;
    for (const auto &[at, number] : starts[unit.utterance]) {
      if (at <= unit.begin) speaker = number;
    }
    out.truth.push_back(speaker);
  }
  return out;
}

// The lines [first, last) that a question asks about.
inline std::pair<std::size_t, std::size_t> asked_lines(const ModelRequest &request) {
  const std::string &question = request.question;
  const std::size_t first = question.find("lines #") + 7, last = question.find("to #", first) + 4;
  return {std::stoul(question.substr(first)), std::stoul(question.substr(last)) + 1};
}

inline Json turns_of(const std::vector<std::size_t> &truth, std::size_t first, std::size_t last) {
  Json turns = Json::array();
  for (std::size_t i = first; i < last; ++i) {
    if (i == first || truth[i] != truth[i - 1])
      turns.push_back({{"line", i}, {"speaker", truth[i]}});
  }
  return turns;
}

inline Json speakers_of(const std::map<std::size_t, Role> &roles) {
  Json out = Json::array();
  for (const auto &[number, role] : roles) {
    out.push_back({{"speaker", number}, {"reasoning", "By what they know."}, {"role", name(role)}});
  }
  return out;
}

// Tells who speaks as it is, or as `truth` says.
inline MockModel::Reply knowing(const Unnamed &call) {
  return [call](const ModelRequest &request, std::size_t) -> Result<ModelReply> {
    const auto [first, last] = asked_lines(request);
    return ModelReply{
        Json{{"speakers", speakers_of(call.roles)}, {"turns", turns_of(call.truth, first, last)}}
            .dump()};
  };
}

inline std::string words_of(const Transcript &transcript) {
  std::string out;
  for (const Utterance &said : transcript.utterances) out += said.text + " ";
  return out;
}

inline bool is_turns(const ModelRequest &request) { return request.schema_name == "turns"; }

inline Unnamed freight_unnamed(std::size_t per_segment = 3) {
  return without_speakers(freight(), per_segment);
}

}  // namespace saleschecklist::test

#endif
