#include "transcript/edits.hpp"

#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "text/words.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::transcript {
namespace {

[[noreturn]] void refuse(std::string message, std::string where) {
  throw BadResult(errors::invalid_argument(std::move(message), std::move(where)));
}

// The text in one line, with single spaces.
std::string cleaned(const std::string &text, std::size_t most, const char *where) {
  if (text.size() > most) refuse(fmt::format("expected at most {} bytes", most), where);
  if (base::valid_utf8_prefix(text) != text.size()) refuse("expected valid UTF-8", where);
  return base::collapse_spaces(text);
}

std::string cleaned_name(const std::string &name) {
  std::string out = cleaned(name, limits::speaker_bytes, "name");
  if (out.empty()) refuse("expected the name of a speaker", "name");
  return out;
}

const Utterance *first_of(const Transcript &transcript, const std::string &speaker) {
  const auto found = std::find_if(transcript.utterances.begin(), transcript.utterances.end(),
                                  [&](const Utterance &u) { return u.speaker == speaker; });
  return found == transcript.utterances.end() ? nullptr : &*found;
}

// The first utterance of a speaker, who must be in the transcript.
const Utterance &known(const Transcript &transcript, const std::string &speaker,
                       const char *where) {
  const Utterance *first = first_of(transcript, speaker);
  if (first == nullptr) refuse(fmt::format("the call has no speaker '{}'", speaker), where);
  return *first;
}

void check_number(const Transcript &transcript, std::size_t utterance, const char *where) {
  const std::size_t count = transcript.utterances.size();
  if (utterance < count) return;
  refuse(fmt::format("there is no utterance {}: the call has {}, counted from 0", utterance, count),
         where);
}

// Gives an utterance to a speaker of that role.
void assign(Transcript &transcript, std::size_t utterance, const std::string &speaker, Role role,
            Touched &touched) {
  Utterance &u = transcript.utterances[utterance];
  if (u.role != role) {
    touched.utterances.push_back(utterance);
    touched.speakers.insert(u.speaker);
  }
  u.speaker = speaker;
  u.role = role;
}

}  // namespace

Touched rename_speaker(Transcript &transcript, const std::string &speaker,
                       const std::string &name) {
  const std::string wanted = cleaned_name(name);
  known(transcript, speaker, "speaker");
  if (wanted != speaker && first_of(transcript, wanted) != nullptr) {
    refuse(fmt::format("the call has a speaker '{}' already: merge the two instead", wanted),
           "name");
  }
  for (Utterance &u : transcript.utterances) {
    if (u.speaker == speaker) u.speaker = wanted;
  }
  return {};
}

Touched merge_speakers(Transcript &transcript, const std::vector<std::string> &speakers,
                       const std::string &into) {
  if (into.empty()) refuse("expected the name of a speaker", "into");
  if (speakers.empty()) refuse("expected at least one speaker", "speakers");
  const Role role = known(transcript, into, "into").role;
  for (const std::string &speaker : speakers) known(transcript, speaker, "speakers");
  const std::set<std::string> merged(speakers.begin(), speakers.end());
  Touched out;
  for (std::size_t i = 0; i < transcript.utterances.size(); ++i) {
    if (merged.count(transcript.utterances[i].speaker) != 0) {
      assign(transcript, i, into, role, out);
    }
  }
  return out;
}

Touched split_speaker(Transcript &transcript, const std::vector<std::size_t> &utterances,
                      const std::string &name) {
  const std::string wanted = cleaned_name(name);
  if (utterances.empty()) refuse("expected at least one utterance", "utterances");
  for (const std::size_t i : utterances) check_number(transcript, i, "utterances");
  const Utterance *first = first_of(transcript, wanted);
  const Role role = first == nullptr ? Role::unknown : first->role;
  Touched out;
  for (const std::size_t i : std::set<std::size_t>(utterances.begin(), utterances.end())) {
    assign(transcript, i, wanted, role, out);
  }
  return out;
}

Touched correct_utterance(Transcript &transcript, std::size_t utterance, const std::string &text) {
  check_number(transcript, utterance, "utterance");
  std::string words = cleaned(text, limits::corrected_text_bytes, "text");
  if (text::count_words(words) == 0) refuse("expected words", "text");
  Utterance &u = transcript.utterances[utterance];
  if (u.text == words && u.suspect.empty()) return {};
  u.text = std::move(words);
  u.spans = {{0, u.begin_ms, u.end_ms}};
  u.suspect.clear();
  return {{utterance}, {u.speaker}};
}

Touched set_role(Transcript &transcript, const std::string &speaker, Role role) {
  known(transcript, speaker, "speaker");
  Touched out;
  for (std::size_t i = 0; i < transcript.utterances.size(); ++i) {
    if (transcript.utterances[i].speaker == speaker) assign(transcript, i, speaker, role, out);
  }
  transcript.role_source = RoleSource::given;
  transcript.role_reason = "A person set the roles after the call was read.";
  return out;
}

}  // namespace saleschecklist::transcript
