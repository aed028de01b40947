#include "engine/reply_journal.hpp"

#include "engine/damage.hpp"
#include "json/documents.hpp"

namespace saleschecklist::engine {

using Json = nlohmann::json;

namespace {

// Whether repeating the request cannot help.
bool is_final(ErrorCode code) {
  return code == ErrorCode::refused || code == ErrorCode::invalid_argument ||
         code == ErrorCode::unsupported;
}

std::string prefix_of(const std::string &session, Stage stage) {
  return session + "." + name(stage) + ".";
}

}  // namespace

Result<std::unique_ptr<ReplyJournal>> ReplyJournal::open(Lease &lease, Stage stage) {
  auto out = std::unique_ptr<ReplyJournal>(new ReplyJournal(lease, stage));
  const auto records = out->records();
  if (!records) return records.error();
  for (const Record &record : *records) {
    auto body = read_body(record, [](const Json &reply) {
      if (json::usage_from_document(reply.at("usage")).size() != 1) {  // which is read later
        throw BadResult(errors::corrupt("expected the usage of one stage"));
      }
      return reply;
    });
    if (!body) return body.error();
    out->kept_.emplace(record.id, *std::move(body));
  }
  return out;
}

std::string ReplyJournal::id_of(const std::string &fingerprint, int number) const {
  return prefix_of(lease_.session(), stage_) + fingerprint + "." + std::to_string(number);
}

Result<std::vector<Record>> ReplyJournal::records() const {
  auto all = all_of(lease_.context(), "exchange", lease_.session());
  if (!all) return all;
  std::vector<Record> out;
  for (Record &record : *all) {
    if (record.id.rfind(prefix_of(lease_.session(), stage_), 0) == 0) {
      out.push_back(std::move(record));
    }
  }
  return out;
}

Result<Json> ReplyJournal::reply(const std::string &fingerprint,
                                 const std::function<Result<Json>()> &ask) {
  std::string id;
  {
    const std::lock_guard lock(mutex_);
    id = id_of(fingerprint, ++asked_[fingerprint]);
    if (const auto found = kept_.find(id); found != kept_.end()) {
      replayed_.insert(id);
      return found->second;
    }
  }
  auto out = ask_and_keep(id, ask);
  if (!out && !is_final(out.error().code)) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = out.error();
  }
  return out;
}

Result<Json> ReplyJournal::ask_and_keep(const std::string &id,
                                        const std::function<Result<Json>()> &ask) {
  if (!lease_.ensure()) return lease_.stop_error();
  auto out = ask();
  if (!out) return out;
  const Context &context = lease_.context();
  Record record = context.record("exchange", id, lease_.session());
  record.at = context.now();
  record.body = stored_text(*out);
  if (auto kept = lease_.keep(record); !kept) return kept.error();
  return out;
}

std::vector<StageUsage> ReplyJournal::usage_of_unasked() const {
  const std::lock_guard lock(mutex_);
  std::vector<StageUsage> out;
  for (const auto &[id, reply] : kept_) {
    if (replayed_.count(id) > 0) continue;
    const auto usage = json::usage_from_document(reply.at("usage"));
    out.insert(out.end(), usage.begin(), usage.end());
  }
  return out;
}

void ReplyJournal::reject(const std::string &fingerprint) {
  const std::lock_guard lock(mutex_);
  for (int n = asked_[fingerprint]; n > 0; --n) {
    if (rejected_.insert(id_of(fingerprint, n)).second) return;
  }
}

Result<void> ReplyJournal::forget_rejected() {
  const std::lock_guard lock(mutex_);
  const auto all = records();
  if (!all) return all.error();
  std::vector<Record> rejected;
  for (const Record &record : *all) {
    if (rejected_.count(record.id) > 0) rejected.push_back(record);
  }
  if (rejected.empty()) return {};
  const auto done = lease_.mutate([&](Transaction &transaction) -> MutationResult {
    transaction.drop(rejected);
    for (Record used : rejected) {
      const auto usage = read_body(used, [](const Json &body) { return body.at("usage"); });
      if (!usage) return usage.error();
      used.id += "." + std::to_string(transaction.record.audit_number);
      used.body = stored_text({{"usage", *usage}});
      transaction.also({Write::Action::put, std::move(used), {}});
    }
    return logged({"replies rejected", std::to_string(rejected.size())});
  });
  if (!done) return done.error();
  return {};
}

std::optional<Error> ReplyJournal::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

}  // namespace saleschecklist::engine
