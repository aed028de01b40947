#include "engine/context.hpp"
#include "base/errors.hpp"

#include "cues/cues.hpp"
#include "engine/damage.hpp"
#include "json/documents.hpp"
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

namespace {

Error unsound(const std::vector<Error> &faults) {
  Error out = json::join_faults(faults);
  out.code = ErrorCode::invalid_argument;
  return out;
}

// Returns the noun if it has the fingerprint that its record is named by, else fails: the record
// was tampered with.
template <class Noun>
Result<std::shared_ptr<const Noun>> checked(Noun noun, const Record &record) {
  if (saleschecklist::fingerprint(noun) == record.id)
    return std::make_shared<const Noun>(std::move(noun));
  return damaged(record, "it was changed, its fingerprint differs");
}

}  // namespace

Result<void> Checklists::keep_once(Store &store, const char *kind, const std::string &tenant,
                                   const std::string &fingerprint,
                                   const std::function<json::OrderedJson()> &document) {
  const std::string name = fmt::format("{}/{}/{}", kind, tenant, fingerprint);
  if (kept_.count(name) != 0) return {};
  if (const auto found = store.get(kind, tenant, fingerprint); !found) {
    if (found.error().code != ErrorCode::not_found) return found.error();
    Record record;
    record.kind = kind;
    record.tenant = tenant;
    record.id = fingerprint;
    json::OrderedJson body = json::OrderedJson::object();
    body[kind] = document();
    record.body = body.dump();
    if (auto done = store.commit({{Write::Action::put, std::move(record), {}}}); !done) {
      return done.error();
    }
  }
  kept_.insert(name);
  return {};
}

Result<StoredChecklist> Checklists::keep(Store &store, const std::string &tenant,
                                         std::shared_ptr<const Checklist> checklist) {
  if (checklist) {
    if (const auto faults = validate(*checklist); !faults.empty()) return unsound(faults);
  } else {
    checklist = std::shared_ptr<const Checklist>(&Checklist::standard(), [](const auto *) {});
  }
  const std::string fingerprint = saleschecklist::fingerprint(*checklist);
  const std::lock_guard lock(mutex_);
  const auto kept = keep_once(store, "checklist", tenant, fingerprint,
                              [&] { return json::to_document(*checklist); });
  if (!kept) return kept.error();
  known_.emplace(fingerprint, checklist);
  return StoredChecklist{std::move(checklist), fingerprint};
}

Result<StoredChecklist> Checklists::find(Store &store, const std::string &tenant,
                                         const std::string &fingerprint) {
  const std::lock_guard lock(mutex_);
  if (const auto found = known_.find(fingerprint); found != known_.end()) {
    return StoredChecklist{found->second, fingerprint};
  }
  const auto record = store.get("checklist", tenant, fingerprint);
  if (!record) return record.error();
  auto stored = read_body(*record, [](const auto &body) {
    return json::checklist_from_document(body.at("checklist"));
  });
  if (!stored) return stored.error();
  auto out = checked(*std::move(stored), *record);
  if (!out) return out.error();
  known_.emplace(fingerprint, *out);
  return StoredChecklist{*std::move(out), fingerprint};
}

Result<StoredCues> Checklists::keep_cues(Store &store, const std::string &tenant,
                                         const Checklist &checklist,
                                         std::shared_ptr<const Cues> cues) {
  if (cues) {
    if (const auto faults = validate(*cues, checklist); !faults.empty()) return unsound(faults);
  } else {
    cues = cues::default_cues(checklist);
  }
  if (cues->items.empty()) return StoredCues{std::move(cues), {}};
  const std::string fingerprint = saleschecklist::fingerprint(*cues);
  const std::lock_guard lock(mutex_);
  const auto kept =
      keep_once(store, "cues", tenant, fingerprint, [&] { return json::to_document(*cues); });
  if (!kept) return kept.error();
  known_cues_.emplace(fingerprint, cues);
  return StoredCues{std::move(cues), fingerprint};
}

Result<StoredCues> Checklists::find_cues(Store &store, const std::string &tenant,
                                         const std::string &fingerprint) {
  const std::lock_guard lock(mutex_);
  if (const auto found = known_cues_.find(fingerprint); found != known_cues_.end()) {
    return StoredCues{found->second, fingerprint};
  }
  const auto record = store.get("cues", tenant, fingerprint);
  if (!record) return record.error();
  auto stored = read_body(
      *record, [](const auto &body) { return json::cues_from_document(body.at("cues")); });
  if (!stored) return stored.error();
  auto out = checked(*std::move(stored), *record);
  if (!out) return out.error();
  // The built-in cues are compiled once; other copies of them would not be.
  if (fingerprint == saleschecklist::fingerprint(Cues::standard()))
    out->reset(&Cues::standard(), [](const auto *) {});
  known_cues_.emplace(fingerprint, *out);
  return StoredCues{*std::move(out), fingerprint};
}

}  // namespace saleschecklist::engine
