// A change of one session: all of it with its entry in the audit log, or nothing.
#ifndef SALESCHECKLIST_ENGINE_TRANSACTION_HPP
#define SALESCHECKLIST_ENGINE_TRANSACTION_HPP

#include "engine/context.hpp"
#include "engine/session_record.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::engine {

// How a change is called in the audit log.
struct AuditAction {
  std::string action;
  std::string detail{};
};

class Transaction {
 public:
  Transaction(const Context &context, SessionRecord state)
      : state(std::move(state)), context_(context) {}

  SessionRecord state;  // to be changed at will, but for id, tenant, revision, salt and audit log

  std::int64_t now() const { return context_.now(); }
  const std::string &actor() const { return context_.options.actor; }

  // A part of the session that the audit log vouches for; `at` orders it among its kind.
  void put(const char *kind, std::string id, std::int64_t at, nlohmann::json body);
  // What the audit log does not vouch for: leases and what is kept until a stage is done.
  void also(Write write) { writes_.push_back(std::move(write)); }
  // Removes every record of a kind.
  void drop(const std::vector<Record> &records);

  // What is to be committed. The session, the entry and what was put above, in that order.
  std::vector<Write> writes(const AuditAction &action);
  // The end of the session: only the entry remains of it.
  std::vector<Write> writes_of_erasure(const AuditAction &action);

 private:
  Write entry(const AuditAction &action);

  const Context &context_;
  std::vector<Write> writes_;
  nlohmann::json written_ = nlohmann::json::array();  // {kind, id, hash} of what was put
};

// What a mutation did; absent if there was nothing to do.
using MutationResult = Result<std::optional<AuditAction>>;
inline MutationResult unchanged() { return std::optional<AuditAction>(); }
inline MutationResult logged(AuditAction action) { return std::optional(std::move(action)); }

// Changes the state. Called again, with the state as it is then, when somebody else was faster.
using Mutation = std::function<MutationResult(Transaction &transaction)>;

// Reads the session, changes it and commits; again when somebody else was faster, and, for so many
// ms, when the store could not be reached. Fails with not_found where there is no such session, and
// with conflict while it is being erased.
Result<SessionRecord> mutate(const Context &context, const std::string &id,
                             const Mutation &mutation, std::int64_t patience_ms = 0);

Result<SessionRecord> load(const Context &context, const std::string &id);

// Whether a store that failed so may do the same a little later: network and timeout.
bool may_pass(ErrorCode code);

// Where the blobs of a session are: apart for each tenant.
std::string blob_folder(const Context &context, const std::string &id);

// After a blob was put for a change that failed: removes it where the session was erased meanwhile.
// Otherwise the session knows of it, and its erasure will find it.
void forget_blob(const Context &context, const std::string &id, const std::string &key);

// Notes that a blob is about to be put, so that an erasure finds it whatever happens.
std::optional<AuditAction> plan_blob(Transaction &transaction, const std::string &key,
                                     AuditAction action);

// What is stored of a document: compact, and only what every database takes.
std::string stored_text(const nlohmann::json &body);

// Of an entry of the audit log, over all but its own hash.
std::string hash_of(const nlohmann::json &entry);
// Of what was written, with the session's salt.
std::string hash_of(const std::string &salt, const nlohmann::json &body);
// The session's own content in the audit log: all but the audit log's head.
nlohmann::json attested(nlohmann::json session);

}  // namespace saleschecklist::engine

#endif
