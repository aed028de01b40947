#include "engine/context.hpp"

#include "checklist/checklist_faults.hpp"
#include "json/documents.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"

#include <fmt/format.h>

#include <array>
#include <ctime>
#include <random>

namespace saleschecklist::engine {

using Json = nlohmann::json;

std::string numbered(const std::string &owner, std::int64_t number) {
  return fmt::format("{}.{:08}", owner, number);
}

std::string random_hex(std::size_t digits) {
  std::random_device random;
  std::string out;
  while (out.size() < digits) out += fmt::format("{:08x}", random());
  out.resize(digits);
  return out;
}

Result<std::vector<Record>> all_of(const Context &context, const char *kind,
                                   const std::string &session) {
  Query query;
  query.kind = kind;
  query.tenant = context.tenant();
  query.parent = session;
  query.limit = 1'000;
  std::vector<Record> out;
  do {
    auto page = context.store().list(query);
    if (!page) return page.error();
    for (Record &record : page->records) out.push_back(std::move(record));
    query.after = std::move(page->next);
  } while (!query.after.empty());
  return out;
}

std::string LiveLeases::add() {
  const std::lock_guard lock(mutex_);
  return *live_.insert(random_hex(16)).first;
}

void LiveLeases::remove(const std::string &claim) {
  const std::lock_guard lock(mutex_);
  live_.erase(claim);
}

bool LiveLeases::is_live(const std::string &claim) const {
  const std::lock_guard lock(mutex_);
  return live_.count(claim) > 0;
}

std::string iso_time(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms / 1'000);
  std::tm parts{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return {};
  std::array<char, 32> out{};
  const std::size_t size = std::strftime(out.data(), out.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {out.data(), size};
}

Result<StoredChecklist> Checklists::keep(Store &store, const std::string &tenant,
                                         std::shared_ptr<const Checklist> checklist) {
  const std::lock_guard lock(mutex_);
  if (checklist) {
    const auto faults = validate(*checklist);
    if (!faults.empty()) {
      Error out = json::join_faults(faults);
      out.code = ErrorCode::invalid_argument;
      return out;
    }
  } else {
    checklist = std::shared_ptr<const Checklist>(&Checklist::standard(), [](const auto *) {});
    if (standard_fingerprint_.empty()) standard_fingerprint_ = fingerprint(*checklist);
  }
  const std::string print =
      checklist.get() == &Checklist::standard() && !standard_fingerprint_.empty()
          ? standard_fingerprint_
          : fingerprint(*checklist);
  bool &kept = kept_[tenant + "/" + print];
  if (!kept) {
    Record record;
    record.kind = "checklist";
    record.tenant = tenant;
    record.id = print;
    if (const auto found = store.get(record.kind, tenant, print); !found) {
      if (found.error().code != ErrorCode::not_found) return found.error();
      json::OrderedJson body = json::OrderedJson::object();
      body["checklist"] = json::to_document(*checklist);
      record.body = body.dump();
      if (auto done = store.commit({{Write::Action::put, std::move(record), {}}}); !done) {
        return done.error();
      }
    }
    kept = true;
  }
  known_.emplace(print, checklist);
  return StoredChecklist{std::move(checklist), print};
}

Result<StoredChecklist> Checklists::find(Store &store, const std::string &tenant,
                                         const std::string &print) {
  const std::lock_guard lock(mutex_);
  if (const auto found = known_.find(print); found != known_.end()) {
    return StoredChecklist{found->second, print};
  }
  const auto record = store.get("checklist", tenant, print);
  if (!record) return record.error();
  const auto body = json::parse_json(record->body);
  if (!body) return body.error();
  auto out =
      std::make_shared<const Checklist>(json::checklist_from_document(body->at("checklist")));
  if (fingerprint(*out) != print) {
    return Error{ErrorCode::invalid_input, "the stored checklist is not the one that it was",
                 "checklist " + print};
  }
  known_.emplace(print, out);
  return StoredChecklist{std::move(out), print};
}

}  // namespace saleschecklist::engine
