#include "storage/sqlite/store.hpp"
#include "base/errors.hpp"

#include "base/guard.hpp"
#include "storage/pool.hpp"
#include "storage/sqlite/connection.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace saleschecklist::storage {
namespace {

constexpr std::int64_t application_id = 0x53434C31;  // "SCL1", in the header of the file
constexpr std::size_t most_readers = 4;
constexpr const char *columns =
    "kind, tenant, id, parent, revision, body, owner, status, band, customer, at";

Record record_at(const SqliteQuery &row) {
  Record out;
  out.kind = row.text(0);
  out.tenant = row.text(1);
  out.id = row.text(2);
  out.parent = row.text(3);
  out.revision = row.number(4);
  out.body = row.text(5);
  out.owner = row.text(6);
  out.status = row.text(7);
  out.band = row.text(8);
  out.customer = row.text(9);
  out.at = row.number(10);
  return out;
}

// The version of the file's schema; 0 for an empty file. Throws BadResult if the database belongs
// to another program or its version is above `newest`.
std::int64_t schema_version(SqliteConnection &connection, std::size_t newest) {
  const std::int64_t version = connection.number("PRAGMA user_version");
  const std::int64_t owner = connection.number("PRAGMA application_id");
  const bool empty = connection.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (owner != application_id && !(owner == 0 && version == 0 && empty)) {
    throw BadResult(
        errors::invalid_input("the database belongs to another program", connection.file()));
  }
  if (version > static_cast<std::int64_t>(newest)) {
    throw BadResult(errors::unsupported(
        fmt::format("the database was created by a newer version of this library: its "
                    "schema has version {}, and this version supports up to {}",
                    version, newest),
        connection.file()));
  }
  return version;
}

// Reads the version in a transaction, because others may be creating the schema.
std::int64_t version_now(SqliteConnection &connection, std::size_t newest) {
  const SqliteTransaction transaction(connection, "BEGIN");
  return schema_version(connection, newest);
}

void migrate(SqliteConnection &connection, const std::vector<std::string> &steps) {
  SqliteTransaction transaction(connection);
  auto version = static_cast<std::size_t>(schema_version(connection, steps.size()));
  for (; version < steps.size(); ++version) connection.run(steps[version]);
  connection.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id,
                             steps.size()));
  transaction.commit();
}

// Retries until `patience` is over: SQLite does not wait by itself if others change the journal
// mode at the same time.
void use_write_ahead_log(SqliteConnection &connection, std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    try {
      SqliteQuery query(connection, "PRAGMA journal_mode = WAL");
      if (query.next() && query.text(0) == "wal") return;
      throw BadResult(
          errors::io("SQLite cannot use a write-ahead log here: put the file on a local disk",
                     connection.file()));
    } catch (const BadResult &failure) {
      const bool late = std::chrono::steady_clock::now() >= end;
      if (failure.error().code != ErrorCode::timeout || late) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

std::unique_ptr<SqliteConnection> connect(const std::string &file,
                                          std::chrono::milliseconds patience) {
  auto connection = std::make_unique<SqliteConnection>(file, patience);
  connection->run(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
      "PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF");
  return connection;
}

class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string &file, const SqliteOptions &options)
      : patience_(patience_of(options.busy_ms)),
        writer_(1, patience_, maker(file)),
        readers_(most_readers, patience_, maker(file)) {}

  // Throws BadResult if the file cannot be opened.
  void open(const std::vector<std::string> &steps) {
    const auto connection = writer_.take();
    const auto known = static_cast<std::int64_t>(steps.size());
    const std::int64_t version = version_now(*connection, steps.size());
    use_write_ahead_log(*connection, patience_);
    if (version < known) migrate(*connection, steps);
  }

  Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) override {
    return base::guard([&]() -> Result<std::vector<std::int64_t>> {
      require_sound(writes);
      const auto connection = writer_.take();
      SqliteTransaction transaction(*connection);
      std::vector<std::int64_t> revisions;
      for (const Write &write : writes) {
        const std::int64_t now = revision_of(*connection, write.record);
        if (write.expected && *write.expected != now) return revision_conflict(write);
        revisions.push_back(apply(*connection, write, now));
      }
      transaction.commit();
      return revisions;
    });
  }

  Result<Record> get(const std::string &kind, const std::string &tenant,
                     const std::string &id) override {
    return base::guard([&]() -> Result<Record> {
      require_sound_name(kind, tenant, id);
      static const std::string sql =
          fmt::format("SELECT {} FROM records WHERE tenant = ? AND kind = ? AND id = ?", columns);
      const auto connection = readers_.take();
      SqliteQuery query(*connection, sql);
      query << tenant << kind << id;
      if (!query.next()) return record_missing(kind, tenant, id);
      return record_at(query);
    });
  }

  Result<Page> list(const Query &query) override {
    return base::guard([&]() -> Result<Page> {
      const auto after = require_sound(query);
      const ListSql sql = list_sql(query, after, columns, "records");
      const auto connection = readers_.take();
      SqliteQuery rows(*connection, sql.text);
      for (const SqlValue &value : sql.values) rows.bind(value);
      std::vector<Record> found;
      while (rows.next()) found.push_back(record_at(rows));
      return make_page(query, std::move(found));
    });
  }

  // Rewrites the whole file: freed pages are zeroed already, but a page in use may contain remains
  // of what was moved from it. Then the log is emptied.
  Result<void> scrub() override {
    return base::guard([&]() -> Result<void> {
      const auto connection = writer_.take();
      try {
        connection->run("VACUUM");
        if (connection->number("PRAGMA wal_checkpoint(TRUNCATE)") == 0) return {};
      } catch (const BadResult &failure) {
        if (failure.error().code != ErrorCode::timeout) throw;
      }
      return errors::timeout(
          "timed out while other connections held locks on the database: erased data may "
          "still be in its files; call scrub() again",
          connection->file());
    });
  }

 private:
  Pool<SqliteConnection>::Make maker(const std::string &file) const {
    return [file, patience = patience_] { return connect(file, patience); };
  }

  static std::int64_t revision_of(SqliteConnection &connection, const Record &record) {
    static const std::string sql =
        "SELECT revision FROM records WHERE tenant = ? AND kind = ? AND id = ?";
    SqliteQuery query(connection, sql);
    query << record.tenant << record.kind << record.id;
    return query.next() ? query.number(0) : 0;
  }

  // Returns the new revision of the record.
  static std::int64_t apply(SqliteConnection &connection, const Write &write, std::int64_t now) {
    switch (write.action) {
      case Write::Action::put:
        put(connection, write.record, now + 1);
        return now + 1;
      case Write::Action::erase:
        if (now != 0) erase(connection, write.record);
        return 0;
      case Write::Action::check:
        break;
    }
    return now;
  }

  static void put(SqliteConnection &connection, const Record &record, std::int64_t revision) {
    static const std::string added =
        "INSERT INTO records (parent, revision, body, owner, status, band, customer, at, tenant, "
        "kind, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static const std::string replaced =
        "UPDATE records SET parent = ?, revision = ?, body = ?, owner = ?, status = ?, band = ?, "
        "customer = ?, at = ? WHERE tenant = ? AND kind = ? AND id = ?";
    SqliteQuery query(connection, revision == 1 ? added : replaced);
    query.or_null(record.parent) << revision << record.body;
    query.or_null(record.owner).or_null(record.status).or_null(record.band);
    query.or_null(record.customer) << record.at << record.tenant << record.kind << record.id;
    query.next();
  }

  static void erase(SqliteConnection &connection, const Record &record) {
    static const std::string sql = "DELETE FROM records WHERE tenant = ? AND kind = ? AND id = ?";
    SqliteQuery query(connection, sql);
    query << record.tenant << record.kind << record.id;
    query.next();
  }

  const std::chrono::milliseconds patience_;
  Pool<SqliteConnection> writer_, readers_;
};

}  // namespace

Result<std::shared_ptr<Store>> sqlite_store(const std::string &file, const SqliteOptions &options,
                                            const std::vector<std::string> &steps) {
  return base::guard([&]() -> Result<std::shared_ptr<Store>> {
    if (file.empty() || file == ":memory:" || file.find('\0') != std::string::npos) {
      return errors::invalid_argument("expected the name of a file", file);
    }
    const auto store = std::make_shared<SqliteStore>(file, options);
    store->open(steps);
    return std::shared_ptr<Store>(store);
  });
}

}  // namespace saleschecklist::storage

namespace saleschecklist {

Result<std::shared_ptr<Store>> sqlite_store(const std::string &file, const SqliteOptions &options) {
  return storage::sqlite_store(file, options, storage::sqlite_steps());
}

}  // namespace saleschecklist
