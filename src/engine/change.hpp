// A change of one session: all of it with its entry in the trail, or nothing.
#ifndef SALESCHECKLIST_ENGINE_CHANGE_HPP
#define SALESCHECKLIST_ENGINE_CHANGE_HPP

#include "engine/context.hpp"
#include "engine/state.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// How a change is called in the trail.
struct Deed {
  std::string action;
  std::string detail{};
};

class Change {
 public:
  Change(const Context &context, State state) : state(std::move(state)), context_(context) {}

  State state;  // to be changed at will, but for id, tenant, revision, salt and trail

  std::int64_t now() const { return context_.now(); }
  const std::string &actor() const { return context_.options.actor; }

  // A part of the session that the trail vouches for; `at` orders it among its kind.
  void put(const char *kind, std::string id, std::int64_t at, nlohmann::json body);
  // What the trail does not vouch for: leases and what is kept until a stage is done.
  void also(Write write) { writes_.push_back(std::move(write)); }
  // Removes every record of a kind.
  void drop(const std::vector<Record> &records);

  // What is to be committed. The session, the entry and what was put above, in that order.
  std::vector<Write> writes(const Deed &deed);
  // The end of the session: only the entry remains of it.
  std::vector<Write> writes_of_erasure(const Deed &deed);

 private:
  Write entry(const Deed &deed);

  const Context &context_;
  std::vector<Write> writes_;
  nlohmann::json written_ = nlohmann::json::array();  // {kind, id, hash} of what was put
};

// What an edit did; nothing, when there was nothing to do.
using Edited = Result<std::optional<Deed>>;
// Changes the state. Called again, with the state as it is then, when somebody else was faster.
using Edit = std::function<Edited(Change &change)>;

// Reads the session, edits it and commits; again when somebody else was faster, and, for so many
// ms, when the store could not be reached. Fails with not_found where there is no such session, and
// with conflict while it is being erased.
Result<State> edit(const Context &context, const std::string &id, const Edit &edit,
                   std::int64_t patience_ms = 0);

Result<State> load(const Context &context, const std::string &id);

// Whether a store that failed so may do the same a little later: network and timeout.
bool may_pass(ErrorCode code);

// Notes that a blob is about to be put, so that an erasure finds it whatever happens.
std::optional<Deed> plan_blob(Change &change, const std::string &key, Deed deed);

// What is stored of a document: compact, and only what every database takes.
std::string stored_text(const nlohmann::json &body);

// Of an entry of the trail, over all but its own hash.
std::string hash_of(const nlohmann::json &entry);
// Of what was written, with the session's salt.
std::string hash_of(const std::string &salt, const nlohmann::json &body);
// The session's own content in the trail: all but the trail's head.
nlohmann::json vouched(nlohmann::json session);

}  // namespace saleschecklist

#endif
