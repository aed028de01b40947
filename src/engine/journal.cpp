#include "engine/journal.hpp"

#include "core/json_parse.hpp"

namespace saleschecklist {

using nlohmann::json;

namespace {

// Asking again cannot help.
bool is_final(ErrorCode code) {
  return code == ErrorCode::refused || code == ErrorCode::invalid_argument ||
         code == ErrorCode::unsupported;
}

std::string prefix_of(const std::string &session, Stage stage) {
  return session + "." + name(stage) + ".";
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(Lease &lease, Stage stage) {
  auto out = std::unique_ptr<Journal>(new Journal(lease, stage));
  const auto records = out->records();
  if (!records) return records.error();
  for (const Record &record : *records) {
    auto body = parse_json(record.body);
    if (!body) return body.error();
    out->kept_.emplace(record.id, std::move(*body));
  }
  return out;
}

Result<std::vector<Record>> Journal::records() const {
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

Result<json> Journal::reply(const std::string &print, const std::function<Result<json>()> &ask) {
  std::string id;
  {
    const std::lock_guard lock(mutex_);
    id = prefix_of(lease_.session(), stage_) + print + "." + std::to_string(++asked_[print]);
    if (const auto found = kept_.find(id); found != kept_.end()) return found->second;
  }
  auto out = ask_and_keep(id, ask);
  if (!out && !is_final(out.error().code)) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = out.error();
  }
  return out;
}

Result<json> Journal::ask_and_keep(const std::string &id,
                                   const std::function<Result<json>()> &ask) {
  if (!lease_.holds()) return lease_.ending();
  auto out = ask();
  if (!out) return out;
  const Context &context = lease_.context();
  Record record = context.record("exchange", id, lease_.session());
  record.at = context.now();
  record.body = stored_text(*out);
  if (auto kept = lease_.keep(record); !kept) return kept.error();
  return out;
}

std::optional<Error> Journal::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

}  // namespace saleschecklist
