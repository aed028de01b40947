// An atomic change of one session, with its entry in the audit log.
#ifndef SALESCHECKLIST_ENGINE_TRANSACTION_HPP
#define SALESCHECKLIST_ENGINE_TRANSACTION_HPP

#include "engine/context.hpp"
#include "engine/session_record.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::engine {

// The description of a change in the audit log.
struct AuditAction {
  std::string action;
  std::string detail{};
};

class Transaction {
 public:
  Transaction(const Context &context, SessionRecord record)
      : record(std::move(record)), context_(context) {}

  SessionRecord record;  // id, tenant, revision, salt and audit fields must not be changed

  std::int64_t now() const { return context_.now(); }
  const std::string &actor() const { return context_.options.actor; }

  // Writes a record that the audit log covers; `at` orders it among records of its kind.
  void put(const char *kind, std::string id, std::int64_t at, const nlohmann::json &body);
  // Adds a write that the audit log does not cover: leases and replies of unfinished stages.
  void also(Write write) { writes_.push_back(std::move(write)); }
  // Erases these records.
  void drop(const std::vector<Record> &records);

  // The writes to commit: the session, the entry of the audit log, and those added above.
  std::vector<Write> writes(const AuditAction &action);
  // The writes that erase the session and add the last entry of its audit log.
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

// Changes transaction.record. Called again with the newer record if someone else has changed the
// session meanwhile.
using Mutation = std::function<MutationResult(Transaction &transaction)>;

// Reads the session, changes it and commits. Repeats that if someone else has changed the session
// meanwhile and, for `patience_ms`, if the store cannot be reached. Fails with not_found if there
// is no such session, and with conflict while it is being erased.
Result<SessionRecord> mutate(const Context &context, const std::string &id,
                             const Mutation &mutation, std::int64_t patience_ms = 0);

Result<SessionRecord> load(const Context &context, const std::string &id);

// Whether a store that failed with this code may succeed a little later: network and timeout.
bool may_pass(ErrorCode code);

// The prefix of the keys of a session's blobs; it differs between tenants.
std::string blob_folder(const Context &context, const std::string &id);

// Removes a blob whose change failed, if the session has been erased meanwhile. Otherwise the
// session lists the blob, and erasing the session removes it.
void forget_blob(const Context &context, const std::string &id, const std::string &key);

// Records that a blob is about to be put, so that erasing the session finds it in any case. Returns
// `action`, or nothing if it is recorded already.
std::optional<AuditAction> plan_blob(Transaction &transaction, const std::string &key,
                                     AuditAction action);

// The compact text of a document, without characters that some database refuses.
std::string stored_text(const nlohmann::json &body);

// The hash of an entry of the audit log; it covers everything but the hash itself.
std::string hash_of(const nlohmann::json &entry);
// The hash of a body that was written, with the session's salt.
std::string hash_of(const std::string &salt, const nlohmann::json &body);
// The part of a session's document that the audit log covers: all but the head of the audit log.
nlohmann::json attested(nlohmann::json session);

}  // namespace saleschecklist::engine

#endif
