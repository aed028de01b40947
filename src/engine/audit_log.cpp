#include "engine/audit_log.hpp"
#include "base/errors.hpp"

#include "engine/damage.hpp"
#include "engine/session_documents.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace saleschecklist::engine {
namespace {

using Json = nlohmann::json;

// The kinds of records that the audit log covers, besides the session itself.
constexpr const char *covered_kinds[] = {"transcript", "assessment", "score",
                                         "coaching",   "speech",     "report"};

AuditEntry entry_of(const Json &j) {
  return {j.at("number"), j.at("at_ms"),    j.at("actor"), j.at("action"),
          j.at("detail"), j.at("previous"), j.at("hash")};
}

// The entries of a session, each read by `read`. Fails with not_found if there has never been a
// session with that id.
template <class Read>
auto entries_of(const Context &context, const std::string &id, const Read &read)
    -> Result<std::vector<decltype(read(Json()))>> {
  const auto records = all_of(context, "audit", id);
  if (!records) return records.error();
  if (records->empty()) {
    return errors::not_found(fmt::format("there is no session '{}'", id), "id");
  }
  std::vector<decltype(read(Json()))> out;
  for (const Record &row : *records) {
    auto entry = read_body(row, read);
    if (!entry) return entry.error();
    out.push_back(*std::move(entry));
  }
  return out;
}

// The revision of the session's record; 0 if there is none.
Result<std::int64_t> revision_of(const Context &context, const std::string &id) {
  const auto row = context.store().get("session", context.tenant(), id);
  if (row) return row->revision;
  if (row.error().code == ErrorCode::not_found) return std::int64_t{0};
  return row.error();
}

class Verification {
 public:
  Verification(const Context &context, std::string id) : context_(context), id_(std::move(id)) {}

  Result<AuditReport> run() {
    const auto entries = entries_of(context_, id_, [](const Json &entry) { return entry; });
    if (!entries) return entries.error();
    out_.entries = static_cast<std::int64_t>(entries->size());
    for (const Json &entry : *entries) check_link(entry);
    const auto session = context_.store().get("session", context_.tenant(), id_);
    if (!session) {
      if (session.error().code != ErrorCode::not_found) return session.error();
      const auto action = entries->back().find("action");
      if (action == entries->back().end() || *action != "erased") {
        fault("the session is missing, but was not erased", "session " + id_);
      }
      return std::move(out_);
    }
    const SessionRecord record = session_record_of(*session);
    if (record.audit_number != number_ || record.audit_hash != previous_) {
      fault(fmt::format("entries are missing at the end: the session has {}", record.audit_number),
            fmt::format("entry {}", number_ + 1));
    }
    if (auto failure = check_content(record, *session)) return *std::move(failure);
    return std::move(out_);
  }

 private:
  void fault(std::string what, std::string where) {
    out_.faults.push_back(errors::corrupt(std::move(what), std::move(where)));
  }

  void check_link(const Json &entry) {
    constexpr std::int64_t most_entries = 1'000'000'000;  // what is beyond is no number of an entry
    const std::string where = fmt::format("entry {}", ++number_);
    try {
      Json unsigned_entry = entry;
      unsigned_entry.erase("hash");
      const std::string hash = entry.at("hash");
      if (entry.at("number") != number_) {
        fault(fmt::format("the number of the entry is {}", entry.at("number").dump()), where);
        const std::int64_t told = entry.at("number");
        if (told >= 0 && told <= most_entries) number_ = told;
      }
      if (entry.at("previous") != previous_)
        fault("the entry does not follow the previous one", where);
      if (hash_of(unsigned_entry) != hash) fault("the entry was changed", where);
      previous_ = hash;
      for (const Json &row : entry.at("written")) {
        written_[{row.at("kind"), row.at("id")}] = row.at("hash");
      }
    } catch (const Json::exception &) {
      fault("the entry is damaged", where);
    }
  }

  void check(const std::string &kind, const std::string &id, const std::string &salt,
             const Json &body) {
    const auto found = written_.find({kind, id});
    const std::string where = kind + " " + id;
    if (found == written_.end()) {
      fault("the record is not in the audit log", where);
    } else if (found->second != hash_of(salt, body)) {
      fault("the record is not what was written", where);
    }
    if (found != written_.end()) written_.erase(found);
  }

  std::optional<Error> check_content(const SessionRecord &record, const Record &session) {
    auto body = body_of(session);
    if (!body) return body.error();
    check("session", id_, record.salt, attested(*std::move(body)));
    Record listed;
    fill_record(listed, record);
    if (listed.owner != session.owner || listed.status != session.status ||
        listed.band != session.band || listed.customer != session.customer ||
        listed.at != session.at) {
      fault("the fields by which the record is listed do not match its content", "session " + id_);
    }
    for (const char *kind : covered_kinds) {
      const auto records = all_of(context_, kind, id_);
      if (!records) return records.error();
      for (const Record &row : *records) {
        const auto content = body_of(row);
        if (!content) {
          fault("the record is damaged", row.kind + " " + row.id);
        } else {
          check(kind, row.id, record.salt, *content);
        }
      }
    }
    for (const auto &[key, hash] : written_) {
      fault("the record is missing", key.first + " " + key.second);
    }
    return std::nullopt;
  }

  const Context &context_;
  const std::string id_;
  AuditReport out_;
  std::int64_t number_ = 0;
  std::string previous_;
  std::map<std::pair<std::string, std::string>, std::string> written_;  // the latest hash of each
};

}  // namespace

Result<std::vector<AuditEntry>> audit_entries(const Context &context, const std::string &id) {
  return entries_of(context, id, &entry_of);
}

Result<AuditReport> verify_audit(const Context &context, const std::string &id) {
  // A session that changes during the check is checked again.
  constexpr int most_tries = 10;
  for (int tries = 1;; ++tries) {
    const auto before = revision_of(context, id);
    if (!before) return before.error();
    auto out = Verification(context, id).run();
    if (!out || out->faults.empty() || tries == most_tries) return out;
    const auto after = revision_of(context, id);
    if (!after) return after.error();
    if (*before == *after) return out;
  }
}

}  // namespace saleschecklist::engine
