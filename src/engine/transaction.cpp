#include "engine/transaction.hpp"
#include "base/errors.hpp"

#include "base/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace saleschecklist::engine {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int most_conflicts = 50;
constexpr milliseconds longest_pause{250};

// Waits a little, longer each time and randomly, so that workers that collided do not collide
// again.
void pause(int tries) {
  static thread_local std::minstd_rand random(std::random_device{}());
  const auto most =
      std::min<std::int64_t>(longest_pause.count(), std::int64_t{1} << std::min(tries, 10));
  std::this_thread::sleep_for(
      milliseconds(std::uniform_int_distribution<std::int64_t>(0, most)(random)));
}

// Without U+0000 and negative zero, which some databases refuse.
Json storable(Json value) {
  if (value.is_number_float() && value == 0.0) return 0.0;
  if (value.is_string()) {
    std::string text = value;
    text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
    return text;
  }
  if (value.is_structured()) {
    for (Json &part : value) part = storable(std::move(part));
  }
  return value;
}

Error too_often(const std::string &id) {
  return errors::conflict("the session is being changed by others; try again later",
                          "session " + id);
}

Error being_erased(const std::string &id) {
  return errors::conflict("the session is being erased", "session " + id);
}

// An entry of the audit log.
struct Entry {
  std::int64_t number;
  std::string hash;
};

// Whether the audit log of a session has the entry.
Result<bool> is_there(const Context &context, const SessionRecord &record, const Entry &entry) {
  if (record.audit_number < entry.number) return false;
  if (record.audit_number == entry.number) return record.audit_hash == entry.hash;
  const auto row =
      context.store().get("audit", context.tenant(), numbered(record.session.id, entry.number));
  if (!row) return row.error();
  return Json::parse(row->body, nullptr, false).value("hash", "") == entry.hash;
}

}  // namespace

bool may_pass(ErrorCode code) { return code == ErrorCode::network || code == ErrorCode::timeout; }

std::string blob_folder(const Context &context, const std::string &id) {
  constexpr std::size_t enough = 16;
  const std::string &tenant = context.tenant();
  return tenant.empty() ? id : base::sha256_hex(tenant).substr(0, enough) + "/" + id;
}

void forget_blob(const Context &context, const std::string &id, const std::string &key) {
  const auto record = load(context, id);
  if (!record && record.error().code != ErrorCode::not_found) return;
  if (record && record->session.status != SessionStatus::erasing) return;
  if (const auto erased = context.blobs().erase(key); !erased) {
    context.log(LogLevel::error,
                "a blob of an erased session remains, " + key + ": " + erased.error().message);
  }
}

std::optional<AuditAction> plan_blob(Transaction &transaction, const std::string &key,
                                     AuditAction action) {
  auto &blobs = transaction.record.blobs;
  if (std::find(blobs.begin(), blobs.end(), key) != blobs.end()) return std::nullopt;
  blobs.push_back(key);
  return action;
}

std::string hash_of(const Json &entry) { return base::sha256_hex(stored_text(entry)); }

std::string hash_of(const std::string &salt, const Json &body) {
  return base::sha256_hex(salt + stored_text(body));
}

std::string stored_text(const Json &body) {
  constexpr auto replace = Json::error_handler_t::replace;
  std::string out = body.dump(-1, ' ', false, replace);
  const bool as_it_is =
      out.find("\\u0000") == std::string::npos && out.find("-0.0") == std::string::npos;
  return as_it_is ? out : storable(body).dump(-1, ' ', false, replace);
}

Json attested(Json session) {
  session.erase("audit");
  return session;
}

void Transaction::put(const char *kind, std::string id, std::int64_t at, const Json &body) {
  written_.push_back({{"kind", kind}, {"id", id}, {"hash", hash_of(record.salt, body)}});
  Record row = context_.record(kind, std::move(id), record.session.id);
  row.at = at;
  row.body = stored_text(body);
  writes_.push_back({Write::Action::put, std::move(row), {}});
}

void Transaction::drop(const std::vector<Record> &records) {
  for (const Record &row : records) {
    writes_.push_back(
        {Write::Action::erase, context_.record(row.kind.c_str(), row.id, row.parent), {}});
  }
}

Write Transaction::entry(const AuditAction &action) {
  Json entry = {
      {"number", ++record.audit_number}, {"at_ms", now()},          {"actor", actor()},
      {"action", action.action},         {"detail", action.detail}, {"previous", record.audit_hash},
      {"written", std::move(written_)}};
  record.audit_hash = hash_of(entry);
  entry["hash"] = record.audit_hash;
  const std::string &id = record.session.id;
  Record out = context_.record("audit", numbered(id, record.audit_number), id);
  out.at = record.audit_number;
  out.body = stored_text(entry);
  return {Write::Action::put, std::move(out), 0};
}

std::vector<Write> Transaction::writes(const AuditAction &action) {
  Session &s = record.session;
  s.updated_at_ms = now();
  refresh(record);
  written_.push_back({{"kind", "session"},
                      {"id", s.id},
                      {"hash", hash_of(record.salt, attested(document_of(record)))}});
  Write logged = entry(action);
  Record session = context_.record("session", s.id);
  fill_record(session, record);
  session.body = stored_text(document_of(record));
  std::vector<Write> out = {{Write::Action::put, std::move(session), s.revision},
                            std::move(logged)};
  for (Write &write : writes_) out.push_back(std::move(write));
  return out;
}

std::vector<Write> Transaction::writes_of_erasure(const AuditAction &action) {
  const Session &s = record.session;
  Write logged = entry(action);
  return {{Write::Action::erase, context_.record("session", s.id), s.revision}, std::move(logged)};
}

Result<SessionRecord> load(const Context &context, const std::string &id) {
  auto row = context.store().get("session", context.tenant(), id);
  if (!row) {
    if (row.error().code != ErrorCode::not_found) return row.error();
    return errors::not_found(fmt::format("there is no session '{}'", id), "id");
  }
  try {
    return session_record_of(*row);
  } catch (const BadResult &damaged) {
    return damaged.error();
  }
}

Result<SessionRecord> mutate(const Context &context, const std::string &id,
                             const Mutation &mutation, std::int64_t patience_ms) {
  const auto deadline = steady_clock::now() + milliseconds(patience_ms);
  std::vector<Entry> unknown;  // of commits with an unknown outcome
  for (int tries = 0, conflicts = 0;; ++tries) {
    auto record = load(context, id);
    std::optional<Error> failure;
    for (const Entry &entry : unknown) {
      const auto there = record ? is_there(context, *record, entry) : Result<bool>(false);
      if (there && *there) return record;
      if (!there) failure = there.error();
    }
    if (record && record->session.status == SessionStatus::erasing) return being_erased(id);
    if (record && !failure) {
      Transaction transaction(context, *std::move(record));
      const auto action = mutation(transaction);
      if (!action) return action.error();
      if (!*action) return std::move(transaction.record);
      const auto done = context.store().commit(transaction.writes(**action));
      if (done) {
        transaction.record.session.revision = done->front();
        return std::move(transaction.record);
      }
      failure = done.error();
      if (may_pass(failure->code)) {
        unknown.push_back({transaction.record.audit_number, transaction.record.audit_hash});
      }
    } else if (!record) {
      failure = record.error();
    }
    if (failure->code == ErrorCode::conflict) {
      if (++conflicts == most_conflicts) return too_often(id);
    } else if (!may_pass(failure->code) || steady_clock::now() >= deadline) {
      return *failure;
    }
    pause(tries);
  }
}

}  // namespace saleschecklist::engine
