#include "storage/postgres/store.hpp"
#include "base/errors.hpp"

#include "base/guard.hpp"

#ifdef SALESCHECKLIST_WITH_POSTGRES

#include "base/unicode.hpp"
#include "storage/pool.hpp"
#include "storage/postgres/connection.hpp"
#include "storage/postgres/migration.hpp"

#include <fmt/format.h>

#include <numeric>
#include <thread>
#include <tuple>

namespace saleschecklist::storage {
namespace {

constexpr const char *columns =
    "kind, tenant, id, parent, revision, body::text, owner, status, band, customer, at";

Record record_at(const PostgresRows &rows, int row) {
  Record out;
  out.kind = rows.text(row, 0);
  out.tenant = rows.text(row, 1);
  out.id = rows.text(row, 2);
  out.parent = rows.text(row, 3);
  out.revision = rows.number(row, 4);
  out.body = rows.text(row, 5);
  out.owner = rows.text(row, 6);
  out.status = rows.text(row, 7);
  out.band = rows.text(row, 8);
  out.customer = rows.text(row, 9);
  out.at = rows.number(row, 10);
  return out;
}

PostgresValue or_null(const std::string &text) {
  return text.empty() ? PostgresValue() : PostgresValue(text);
}

// The statements of one commit. Each write has one statement that returns a row only if the record
// had the expected revision, and locks it until the end; `row_of` is its index.
class CommitSql {
 public:
  explicit CommitSql(const std::string &table)
      : table_(table),
        named_(" WHERE tenant = $1 AND kind = $2 AND id = $3"),
        insert_("INSERT INTO " + table +
                " AS kept (tenant, kind, id, parent, body, owner, status, band, customer, at, "
                "revision) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, 1)"),
        upsert_(insert_ +
                " ON CONFLICT (tenant, kind, id) DO UPDATE SET parent = excluded.parent, "
                "body = excluded.body, owner = excluded.owner, status = excluded.status, "
                "band = excluded.band, customer = excluded.customer, at = excluded.at, "
                "revision = kept.revision + 1 RETURNING revision"),
        update_("UPDATE " + table +
                " SET parent = $4, body = $5::jsonb, owner = $6, status = $7, band = $8, "
                "customer = $9, at = $10, revision = revision + 1" +
                named_ + " AND revision = $11 RETURNING revision") {}

  // Ordered by name, so that two commits cannot deadlock.
  std::vector<PostgresStatement> statements(const std::vector<Write> &writes,
                                            std::chrono::milliseconds patience,
                                            std::vector<std::size_t> &row_of) const {
    const std::string limit = fmt::format("{}ms", std::max<std::int64_t>(patience.count(), 1));
    std::vector<PostgresStatement> out{
        {"BEGIN", {}},
        {"SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', $1, true)",
         {SqlValue(limit)}}};
    std::vector<std::size_t> order(writes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto name = [&](std::size_t i) {
      const Record &record = writes[i].record;
      return std::tie(record.tenant, record.kind, record.id);
    };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return name(a) < name(b); });
    row_of.assign(writes.size(), 0);
    for (const std::size_t i : order) {
      row_of[i] = out.size();
      add(writes[i], out);
    }
    return out;
  }

 private:
  void add(const Write &write, std::vector<PostgresStatement> &out) const {
    if (write.action == Write::Action::put) return out.push_back(put(write));
    if (write.expected == 0) return add_absence(write.record, out);
    const bool erase = write.action == Write::Action::erase;
    PostgresStatement statement{
        (erase ? "DELETE FROM " + table_ : "SELECT revision FROM " + table_) + named_,
        name(write.record)};
    if (write.expected) {
      statement.text +=
          erase ? " AND revision = $4 RETURNING revision" : " AND revision = $4 FOR UPDATE";
      statement.values.emplace_back(*write.expected);
    }
    out.push_back(std::move(statement));
  }

  PostgresStatement put(const Write &write) const {
    const Record &r = write.record;
    PostgresStatement out{upsert_, name(r)};
    out.values.insert(out.values.end(),
                      {or_null(r.parent), SqlValue(r.body), or_null(r.owner), or_null(r.status),
                       or_null(r.band), or_null(r.customer), SqlValue(r.at)});
    if (write.expected == 0) out.text = insert_ + " ON CONFLICT DO NOTHING RETURNING revision";
    if (write.expected.value_or(0) != 0) {
      out.text = update_;
      out.values.emplace_back(*write.expected);
    }
    return out;
  }

  // A missing record cannot be locked: a record with revision 0 takes its place until the end.
  void add_absence(const Record &record, std::vector<PostgresStatement> &out) const {
    out.push_back({"INSERT INTO " + table_ +
                       " (tenant, kind, id, revision, body, at) VALUES ($1, $2, $3, 0, '{}', 0) "
                       "ON CONFLICT DO NOTHING RETURNING revision",
                   name(record)});
    out.push_back({"DELETE FROM " + table_ + named_ + " AND revision = 0", name(record)});
  }

  static std::vector<PostgresValue> name(const Record &record) {
    return {SqlValue(record.tenant), SqlValue(record.kind), SqlValue(record.id)};
  }

  const std::string table_, named_, insert_, upsert_, update_;
};

class PostgresStore final : public Store {
 public:
  PostgresStore(const std::string &url, const PostgresOptions &options)
      : patience_(patience_of(options.busy_ms)),
        table_(quoted_name(options.schema) + ".records"),
        sql_(table_),
        pool_(options.connections, patience_, [url = Secret(url), patience = patience_] {
          return std::make_unique<PostgresConnection>(url.reveal(), patience);
        }) {}

  Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) override {
    return base::guard([&]() -> Result<std::vector<std::int64_t>> {
      require_sound(writes);
      if (writes.empty()) return std::vector<std::int64_t>{};
      const auto end = std::chrono::steady_clock::now() + patience_;
      for (int i = 1;; ++i) {
        try {
          return commit_once(writes);
        } catch (const PostgresFailure &failure) {
          if (!failure.collided() || std::chrono::steady_clock::now() >= end) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(std::min(i, 20)));
      }
    });
  }

  Result<Record> get(const std::string &kind, const std::string &tenant,
                     const std::string &id) override {
    return base::guard([&]() -> Result<Record> {
      require_sound_name(kind, tenant, id);
      const auto rows = pool_.take()->run(
          {fmt::format("SELECT {} FROM {} WHERE tenant = $1 AND kind = $2 AND id = $3", columns,
                       table_),
           {SqlValue(tenant), SqlValue(kind), SqlValue(id)}});
      if (rows.count() == 0) return record_missing(kind, tenant, id);
      return record_at(rows, 0);
    });
  }

  Result<Page> list(const Query &query) override {
    return base::guard([&]() -> Result<Page> {
      const auto after = require_sound(query);
      const ListSql sql = list_sql(query, after, columns, table_);
      const auto rows = pool_.take()->run({sql.text, {sql.values.begin(), sql.values.end()}});
      std::vector<Record> found;
      found.reserve(static_cast<std::size_t>(rows.count()));
      for (int row = 0; row < rows.count(); ++row) found.push_back(record_at(rows, row));
      return make_page(query, std::move(found));
    });
  }

 private:
  // Two round trips: the transaction, whose end depends on its results, and COMMIT or ROLLBACK.
  Result<std::vector<std::int64_t>> commit_once(const std::vector<Write> &writes) {
    const auto connection = pool_.take();
    std::vector<std::size_t> row_of;
    const auto statements = sql_.statements(writes, patience_, row_of);
    std::vector<std::int64_t> revisions;
    try {
      const auto rows = connection->run_all(statements);
      for (std::size_t i = 0; i < writes.size(); ++i) {
        const PostgresRows &row = rows[row_of[i]];
        if (writes[i].expected && row.count() == 0) {
          connection->roll_back();
          return revision_conflict(writes[i]);
        }
        const bool erased = writes[i].action == Write::Action::erase;
        revisions.push_back(erased || row.count() == 0 ? 0 : row.number(0, 0));
      }
    } catch (...) {
      connection->roll_back();
      throw;
    }
    end(*connection);
    return revisions;
  }

  static void end(PostgresConnection &connection) {
    try {
      connection.run({"COMMIT", {}});
    } catch (const PostgresFailure &failure) {
      Error error = failure.error();
      if (error.code == ErrorCode::network || failure.state().empty()) {
        error.message =
            "it is unknown whether this was written, because the reply to COMMIT is "
            "missing; " +
            error.message;
      }
      throw PostgresFailure(std::move(error), failure.state());
    }
  }

  const std::chrono::milliseconds patience_;
  const std::string table_;
  const CommitSql sql_;
  Pool<PostgresConnection> pool_;
};

void require_sound(const PostgresOptions &options) {
  constexpr std::size_t longest_name = 63, most_connections = 1000;
  const std::string &schema = options.schema;
  if (schema.empty() || schema.size() > longest_name || schema.find('\0') != std::string::npos ||
      base::valid_utf8_prefix(schema) != schema.size()) {
    throw BadResult(errors::invalid_argument(
        "expected the name of a schema, 1 to 63 bytes of UTF-8", "schema"));
  }
  if (options.connections < 1 || options.connections > most_connections) {
    throw BadResult(errors::invalid_argument("expected 1 to 1000 connections", "connections"));
  }
}

}  // namespace

Result<std::shared_ptr<Store>> postgres_store(const std::string &url,
                                              const PostgresOptions &options,
                                              const std::vector<PostgresStep> &steps) {
  return base::guard([&]() -> Result<std::shared_ptr<Store>> {
    require_sound(options);
    migrate_postgres(url, options, steps);
    return std::shared_ptr<Store>(std::make_shared<PostgresStore>(url, options));
  });
}

}  // namespace saleschecklist::storage

namespace saleschecklist {

Result<std::shared_ptr<Store>> postgres_store(const std::string &url,
                                              const PostgresOptions &options) {
  return storage::postgres_store(url, options, storage::postgres_steps());
}

}  // namespace saleschecklist

#else

namespace saleschecklist {

Result<std::shared_ptr<Store>> postgres_store(const std::string &, const PostgresOptions &) {
  return base::guard([]() -> Result<std::shared_ptr<Store>> {
    return errors::unsupported(
        "this build does not support PostgreSQL: it was configured with "
        "SALESCHECKLIST_POSTGRES=OFF");
  });
}

}  // namespace saleschecklist

#endif
