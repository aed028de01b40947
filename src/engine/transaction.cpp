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
Result<bool> is_there(const Context &context, const SessionRecord &state, const Entry &entry) {
  if (state.audit_number < entry.number) return false;
  if (state.audit_number == entry.number) return state.audit_hash == entry.hash;
  const auto record =
      context.store().get("audit", context.tenant(), numbered(state.session.id, entry.number));
  if (!record) return record.error();
  return Json::parse(record->body, nullptr, false).value("hash", "") == entry.hash;
}

}  // namespace

bool may_pass(ErrorCode code) { return code == ErrorCode::network || code == ErrorCode::timeout; }

std::string blob_folder(const Context &context, const std::string &id) {
  constexpr std::size_t enough = 16;
  const std::string &tenant = context.tenant();
  return tenant.empty() ? id : base::sha256_hex(tenant).substr(0, enough) + "/" + id;
}

void forget_blob(const Context &context, const std::string &id, const std::string &key) {
  const auto state = load(context, id);
  if (!state && state.error().code != ErrorCode::not_found) return;
  if (state && state->session.status != SessionStatus::erasing) return;
  if (const auto erased = context.blobs().erase(key); !erased) {
    context.log(LogLevel::error,
                "a blob of an erased session remains, " + key + ": " + erased.error().message);
  }
}

std::optional<AuditAction> plan_blob(Transaction &transaction, const std::string &key,
                                     AuditAction action) {
  auto &blobs = transaction.state.blobs;
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

void Transaction::put(const char *kind, std::string id, std::int64_t at, Json body) {
  written_.push_back({{"kind", kind}, {"id", id}, {"hash", hash_of(state.salt, body)}});
  Record record = context_.record(kind, std::move(id), state.session.id);
  record.at = at;
  record.body = stored_text(body);
  writes_.push_back({Write::Action::put, std::move(record), {}});
}

void Transaction::drop(const std::vector<Record> &records) {
  for (const Record &record : records) {
    writes_.push_back(
        {Write::Action::erase, context_.record(record.kind.c_str(), record.id, record.parent), {}});
  }
}

Write Transaction::entry(const AuditAction &action) {
  Json entry = {
      {"number", ++state.audit_number}, {"at_ms", now()},          {"actor", actor()},
      {"action", action.action},        {"detail", action.detail}, {"previous", state.audit_hash},
      {"written", std::move(written_)}};
  state.audit_hash = hash_of(entry);
  entry["hash"] = state.audit_hash;
  const std::string &id = state.session.id;
  Record out = context_.record("audit", numbered(id, state.audit_number), id);
  out.at = state.audit_number;
  out.body = stored_text(entry);
  return {Write::Action::put, std::move(out), 0};
}

std::vector<Write> Transaction::writes(const AuditAction &action) {
  Session &s = state.session;
  s.updated_at_ms = now();
  refresh(state);
  written_.push_back({{"kind", "session"},
                      {"id", s.id},
                      {"hash", hash_of(state.salt, attested(document_of(state)))}});
  Write logged = entry(action);
  Record session = context_.record("session", s.id);
  fill_record(session, state);
  session.body = stored_text(document_of(state));
  std::vector<Write> out = {{Write::Action::put, std::move(session), s.revision},
                            std::move(logged)};
  for (Write &write : writes_) out.push_back(std::move(write));
  return out;
}

std::vector<Write> Transaction::writes_of_erasure(const AuditAction &action) {
  const Session &s = state.session;
  Write logged = entry(action);
  return {{Write::Action::erase, context_.record("session", s.id), s.revision}, std::move(logged)};
}

Result<SessionRecord> load(const Context &context, const std::string &id) {
  auto record = context.store().get("session", context.tenant(), id);
  if (!record) {
    if (record.error().code != ErrorCode::not_found) return record.error();
    return errors::not_found(fmt::format("there is no session '{}'", id), "id");
  }
  try {
    return state_of(*record);
  } catch (const BadResult &damaged) {
    return damaged.error();
  }
}

Result<SessionRecord> mutate(const Context &context, const std::string &id,
                             const Mutation &mutation, std::int64_t patience_ms) {
  const auto deadline = steady_clock::now() + milliseconds(patience_ms);
  std::vector<Entry> unknown;  // of commits with an unknown outcome
  for (int tries = 0, conflicts = 0;; ++tries) {
    auto state = load(context, id);
    std::optional<Error> failure;
    for (const Entry &entry : unknown) {
      const auto there = state ? is_there(context, *state, entry) : Result<bool>(false);
      if (there && *there) return state;
      if (!there) failure = there.error();
    }
    if (state && state->session.status == SessionStatus::erasing) return being_erased(id);
    if (state && !failure) {
      Transaction transaction(context, *std::move(state));
      const auto action = mutation(transaction);
      if (!action) return action.error();
      if (!*action) return std::move(transaction.state);
      const auto done = context.store().commit(transaction.writes(**action));
      if (done) {
        transaction.state.session.revision = done->front();
        return std::move(transaction.state);
      }
      failure = done.error();
      if (may_pass(failure->code)) {
        unknown.push_back({transaction.state.audit_number, transaction.state.audit_hash});
      }
    } else if (!state) {
      failure = state.error();
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
