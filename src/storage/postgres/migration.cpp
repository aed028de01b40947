#ifdef SALESCHECKLIST_WITH_POSTGRES

#include "storage/postgres/migration.hpp"
#include "base/errors.hpp"

#include "storage/pool.hpp"
#include "storage/postgres/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace saleschecklist::storage {
namespace {

using Version = std::int64_t;

std::string in_schema(std::string statement, const std::string &schema) {
  for (std::size_t at = 0; (at = statement.find("@.", at)) != std::string::npos;) {
    statement.replace(at, 1, schema);
    at += schema.size();
  }
  return statement;
}

class Migration {
 public:
  Migration(const std::string &url, const PostgresOptions &options,
            const std::vector<PostgresStep> &steps)
      : url_(url),
        name_(options.schema),
        schema_(quoted_name(options.schema)),
        patience_(patience_of(options.busy_ms)),
        steps_(steps) {}

  void run() {
    PostgresConnection connection(url_.reveal(), patience_);
    const Version version = version_of(connection);
    require_known(version);
    if (version == newest()) return;
    if (version == 0) retried([&] { make_versions(connection); });
    // The duration of steps grows with the number of records.
    PostgresConnection patient(url_.reveal(), patience_of(24 * 60 * 60 * 1000));
    retried([&] { migrate(patient); });
  }

 private:
  Version newest() const { return static_cast<Version>(steps_.size()); }

  // The version of the schema; 0 if there is no schema yet.
  Version version_of(PostgresConnection &connection) const {
    try {
      const auto rows = connection.run({version_sql(""), {}});
      return rows.count() == 0 ? 0 : rows.number(0, 0);
    } catch (const PostgresFailure &failure) {
      if (failure.state() == "42P01" || failure.state() == "3F000") return 0;
      throw;
    }
  }

  std::string version_sql(const char *lock) const {
    return in_schema("SELECT version FROM @.versions WHERE part = 'records'", schema_) + lock;
  }

  void require_known(Version version) const {
    if (version <= newest()) return;
    throw BadResult(errors::unsupported(
        fmt::format("the database was created by a newer version of this library: its "
                    "schema has version {}, and this version supports up to {}",
                    version, newest()),
        name_));
  }

  // Creates the table whose row a migration locks.
  void make_versions(PostgresConnection &connection) const {
    const auto found = connection.run(
        {"SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", {SqlValue(name_)}});
    if (found.count() == 0) connection.run({"CREATE SCHEMA IF NOT EXISTS " + schema_, {}});
    for (const char *statement :
         {"CREATE TABLE IF NOT EXISTS @.versions (part TEXT PRIMARY KEY, version BIGINT NOT NULL)",
          "INSERT INTO @.versions (part, version) VALUES ('records', 0) ON CONFLICT DO NOTHING"}) {
      connection.run({in_schema(statement, schema_), {}});
    }
  }

  void migrate(PostgresConnection &connection) const {
    try {
      const auto begun = connection.run_all({{"BEGIN", {}}, {version_sql(" FOR UPDATE"), {}}});
      Version version = begun[1].number(0, 0);
      require_known(version);
      std::vector<PostgresStatement> statements;
      for (; version < newest(); ++version) {
        for (const std::string &statement : steps_[static_cast<std::size_t>(version)]) {
          statements.push_back({in_schema(statement, schema_), {}});
        }
      }
      statements.push_back(
          {in_schema("UPDATE @.versions SET version = $1 WHERE part = 'records'", schema_),
           {SqlValue(newest())}});
      statements.push_back({"COMMIT", {}});
      connection.run_all(statements);
    } catch (...) {
      connection.roll_back();
      throw;
    }
  }

  // "IF NOT EXISTS" does not prevent an error if two processes create the same object at the same
  // time.
  template <class Body>
  static void retried(Body &&body) {
    constexpr int most = 20;
    for (int i = 1;; ++i) {
      try {
        return body();
      } catch (const PostgresFailure &failure) {
        const auto states = {"23505", "42710", "42P06", "42P07", "XX000"};
        const bool raced = failure.collided() ||
                           std::find(states.begin(), states.end(), failure.state()) != states.end();
        if (!raced || i == most) throw;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10 * i));
    }
  }

  const Secret url_;  // it may contain a password
  const std::string name_, schema_;
  const std::chrono::milliseconds patience_;
  const std::vector<PostgresStep> &steps_;
};

}  // namespace

void migrate_postgres(const std::string &url, const PostgresOptions &options,
                      const std::vector<PostgresStep> &steps) {
  Migration(url, options, steps).run();
}

}  // namespace saleschecklist::storage

#endif
