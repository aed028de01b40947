// The commands session transcript, rename-speaker, merge-speakers, split-speaker, correct and
// set-role.
#include "commands.hpp"
#include "files.hpp"
#include "scorecard.hpp"
#include "session_store.hpp"
#include "session_tables.hpp"

#include <fmt/format.h>

#include <utility>

namespace cli {
namespace {

using namespace saleschecklist;

Role role_of(const std::string &word) {
  for (const Role role : {Role::rep, Role::customer}) {
    if (word == name(role)) return role;
  }
  return Role::unknown;
}

// Changes the session's transcript by `edit`, called with an engine and the id, and says what is
// next.
template <class Edit>
void edit_session(const Arguments &a, const Edit &edit) {
  const Engine engine = open_sessions(a);
  const Session after = done_or_fail(edit(engine, whole_id(engine, a.session.id)));
  if (a.session.json) return print(to_json(after));
  print(fmt::format("transcript version {}\n", after.transcript_version) + next_step(after));
}

}  // namespace

void show_session_transcript(const Arguments &a) {
  const Engine engine = open_sessions(a);
  const std::string id = whole_id(engine, a.session.id);
  const auto transcript = done_or_fail(engine.result(id)).transcript;
  if (!transcript) throw Failure{failed, "the session has no current transcript"};
  if (a.session.json) return print(to_json(*transcript, measure(*transcript)));
  std::string out;
  for (std::size_t i = 0; i < transcript->utterances.size(); ++i) {
    const Utterance &u = transcript->utterances[i];
    out +=
        fmt::format("{:>5} {:>8}  {} ({}): {}\n", i, u.begin_ms ? clock_time(*u.begin_ms) : "",
                    u.speaker.empty() ? "?" : harmless(u.speaker), name(u.role), harmless(u.text));
  }
  print(out);
}

void rename_speaker(const Arguments &a) {
  edit_session(a, [&](const Engine &engine, const std::string &id) {
    return engine.rename_speaker(id, a.session.speaker, a.session.name);
  });
}

void merge_speakers(const Arguments &a) {
  edit_session(a, [&](const Engine &engine, const std::string &id) {
    return engine.merge_speakers(id, a.session.speakers, a.session.name);
  });
}

void split_speaker(const Arguments &a) {
  edit_session(a, [&](const Engine &engine, const std::string &id) {
    return engine.split_speaker(id, a.session.utterances, a.session.name);
  });
}

void correct_utterance(const Arguments &a) {
  edit_session(a, [&](const Engine &engine, const std::string &id) {
    return engine.correct_utterance(id, a.session.utterance, a.session.text);
  });
}

void set_role(const Arguments &a) {
  edit_session(a, [&](const Engine &engine, const std::string &id) {
    return engine.set_role(id, a.session.speaker, role_of(a.session.role));
  });
}

}  // namespace cli
