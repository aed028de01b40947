#include "stores.hpp"

#include "postgres_server.hpp"

#include <doctest/doctest.h>
#include "json/library.hpp"

#include <atomic>

namespace saleschecklist::test {
namespace {

// Empty where this kind of store cannot be had here.
std::string server_url(StoreKind kind) {
#ifdef SALESCHECKLIST_WITH_POSTGRES
  PostgresServer *server = PostgresServer::shared();
  if (server == nullptr) return {};
  return kind == StoreKind::postgres ? server->url() : server->pooler_url();
#else
  (void)kind;
  return {};
#endif
}

}  // namespace

StorePlace::StorePlace(StoreKind kind) : kind_(kind) {}

std::unique_ptr<StorePlace> StorePlace::make(StoreKind kind) {
  static std::atomic<int> places = 0;
  std::unique_ptr<StorePlace> place(new StorePlace(kind));
  if (kind == StoreKind::memory) {
    place->memory_ = memory_store();
  } else if (kind == StoreKind::sqlite) {
    place->folder_ = std::make_unique<TemporaryFolder>();
    place->url_ = place->folder_->path() / "records.db";
  } else {
    place->url_ = server_url(kind);
    place->schema_ = "place " + std::to_string(++places);
    if (place->url_.empty()) {
      MESSAGE("left out, as its programs are not installed: ", place->name());
      return nullptr;
    }
  }
  return place;
}

const char *StorePlace::name() const {
  switch (kind_) {
    case StoreKind::memory:
      return "memory";
    case StoreKind::sqlite:
      return "SQLite";
    case StoreKind::postgres:
      return "PostgreSQL";
    case StoreKind::postgres_by_pooler:
      break;
  }
  return "PostgreSQL by PgBouncer";
}

std::shared_ptr<Store> StorePlace::open() const {
  if (kind_ == StoreKind::memory) return memory_;
  if (kind_ == StoreKind::sqlite) return sqlite_store(url_).value();
  PostgresOptions options;
  options.schema = schema_;
  return postgres_store(url_, options).value();
}

Record note(const std::string &kind, const std::string &id, std::int64_t at) {
  Record record;
  record.kind = kind;
  record.id = id;
  record.at = at;
  return record;
}

Write put(const Record &record, std::optional<std::int64_t> expected) {
  return {Write::Action::put, record, expected};
}

bool same_json(const std::string &a, const std::string &b) {
  return nlohmann::json::parse(a) == nlohmann::json::parse(b);
}

Record numbered(const std::string &id, int number) {
  Record record = note("counter", id, 1);
  record.body = nlohmann::json{{"number", number}}.dump();
  return record;
}

int number_in(const Record &record) { return nlohmann::json::parse(record.body).at("number"); }

Result<void> add_one(Store &store, const std::vector<std::string> &counters) {
  for (;;) {
    std::vector<Write> writes;
    for (const std::string &id : counters) {
      const auto record = store.get("counter", "", id);
      if (!record) return record.error();
      writes.push_back(put(numbered(id, number_in(*record) + 1), record->revision));
    }
    const auto written = store.commit(writes);
    if (written) return {};
    if (written.error().code != ErrorCode::conflict) return written.error();
  }
}

}  // namespace saleschecklist::test
