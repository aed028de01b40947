#include "transcript/roles/roles.hpp"

#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/roles/labels.hpp"
#include "transcript/roles/weighing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <unordered_set>

namespace saleschecklist::transcript {
namespace {

std::vector<std::string> list_speakers(const Transcript &transcript) {
  std::vector<std::string> speakers;
  std::unordered_set<std::string_view> seen;
  for (const Utterance &u : transcript.utterances) {
    if (!u.speaker.empty() && seen.insert(u.speaker).second) speakers.push_back(u.speaker);
  }
  return speakers;
}

void set_roles(Transcript &transcript, const std::map<std::string, Role> &roles) {
  for (Utterance &u : transcript.utterances) {
    const auto found = roles.find(u.speaker);
    u.role = found == roles.end() ? Role::unknown : found->second;
  }
}

// The number or letter of a speaker whom a recogniser only numbers or letters: "0" for "Speaker 0",
// "SPEAKER_00" and "spk_0"; empty for a name.
std::string counter_of(const std::string &key) {
  std::string rest = key;
  for (const std::string_view prefix : {"speaker", "spk", "participant", "channel"}) {
    if (rest.rfind(prefix, 0) != 0) continue;
    rest = rest.substr(prefix.size());
    break;
  }
  rest.erase(0, std::min(rest.find_first_not_of(" _-#"), rest.size()));
  const bool number = !rest.empty() && rest.find_first_not_of("0123456789") == std::string::npos;
  if (number) rest.erase(0, std::min(rest.find_first_not_of('0'), rest.size() - 1));
  const bool letter = rest.size() == 1 && rest[0] >= 'a' && rest[0] <= 'z';
  return number || letter ? rest : std::string();
}

// The speakers with the given name; if there are none, those who are counted alike ("0" for
// "Speaker 0"); if there are none either, those whose name begins with it as a whole word.
std::vector<std::string> matching(const std::vector<std::string> &speakers,
                                  const std::string &given) {
  const std::string key = base::fold_key(given), counter = counter_of(key);
  std::vector<std::string> exact, counted, prefix;
  for (const std::string &speaker : speakers) {
    const std::string its_key = base::fold_key(speaker);
    if (its_key == key) exact.push_back(speaker);
    if (!counter.empty() && counter_of(its_key) == counter) counted.push_back(speaker);
    if (its_key.rfind(key, 0) == 0 && has_words(its_key, key)) prefix.push_back(speaker);
  }
  if (!exact.empty()) return exact;
  return counted.empty() ? prefix : counted;
}

Result<Transcript> roles_from_names(Transcript transcript, const std::vector<std::string> &speakers,
                                    const std::vector<std::string> &names) {
  if (speakers.empty()) {
    transcript.role_source = RoleSource::none;
    transcript.role_confidence = std::nullopt;
    transcript.role_reason =
        fmt::format("no words have a speaker, so none can be those of {}", fmt::join(names, ", "));
    return transcript;
  }
  std::map<std::string, Role> roles;
  for (const std::string &speaker : speakers) roles[speaker] = Role::customer;
  for (const std::string &given : names) {
    const auto found = matching(speakers, given);
    if (found.size() == 1) {
      roles[found[0]] = Role::rep;
      continue;
    }
    return errors::invalid_argument(fmt::format(
        "'{}' names {} of this transcript; expected one of its speakers: {}", given,
        found.empty() ? "no speaker" : "more than one speaker", fmt::join(speakers, ", ")));
  }
  set_roles(transcript, roles);
  transcript.role_source = RoleSource::given;
  transcript.role_confidence = std::nullopt;
  transcript.role_reason = fmt::format("named by the host as seller: {}", fmt::join(names, ", "));
  return transcript;
}

}  // namespace

Result<Transcript> assign_roles(Transcript transcript, const ReadOptions &options) {
  const std::vector<std::string> speakers = list_speakers(transcript);
  if (!options.rep_names.empty()) {
    return roles_from_names(std::move(transcript), speakers, options.rep_names);
  }
  if (transcript.role_source == RoleSource::given) return transcript;
  const Inference found = infer_roles(transcript, speakers);
  set_roles(transcript, found.roles);
  transcript.role_source = found.roles.empty() ? RoleSource::none : RoleSource::inferred;
  transcript.role_reason = found.reason;
  transcript.role_confidence = found.roles.empty() ? std::nullopt : std::optional(found.confidence);
  return transcript;
}

}  // namespace saleschecklist::transcript
