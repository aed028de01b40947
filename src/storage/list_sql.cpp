#include "storage/list_sql.hpp"

#include <fmt/format.h>

namespace saleschecklist::storage {
namespace {

class Where {
 public:
  explicit Where(ListSql &out) : out_(out) {}

  void add(const char *condition, SqlValue value) {
    out_.text += out_.values.empty() ? " WHERE " : " AND ";
    out_.text += condition;
    append(std::move(value));
  }

  void add_text(const char *condition, const std::string &value) {
    if (!value.empty()) add(condition, value);
  }

  // Restricts the list to records after a place.
  void add_after(const ListPlace &place, bool newest_first, bool all_tenants) {
    const std::string names = all_tenants ? "(at, tenant, id)" : "(at, id)";
    add((names + (newest_first ? " < (" : " > (")).c_str(), place.at);
    if (all_tenants) comma(place.tenant);
    comma(place.id);
    out_.text += ")";
  }

  void append(SqlValue value) {
    out_.values.push_back(std::move(value));
    out_.text += fmt::format("${}", out_.values.size());
  }

 private:
  void comma(SqlValue value) {
    out_.text += ", ";
    append(std::move(value));
  }

  ListSql &out_;
};

}  // namespace

ListSql list_sql(const Query &query, const std::optional<ListPlace> &after,
                 const std::string &columns, const std::string &table) {
  ListSql out{fmt::format("SELECT {} FROM {}", columns, table), {}};
  Where where(out);
  where.add("kind = ", query.kind);
  if (query.tenant) where.add("tenant = ", *query.tenant);
  where.add_text("parent = ", query.parent);
  where.add_text("owner = ", query.owner);
  where.add_text("status = ", query.status);
  where.add_text("band = ", query.band);
  where.add_text("customer = ", query.customer);
  if (query.from) where.add("at >= ", *query.from);
  if (query.before) where.add("at < ", *query.before);
  if (after) where.add_after(*after, query.newest_first, !query.tenant);
  const char *way = query.newest_first ? "DESC" : "ASC";
  out.text += query.tenant ? fmt::format(" ORDER BY at {0}, id {0} LIMIT ", way)
                           : fmt::format(" ORDER BY at {0}, tenant {0}, id {0} LIMIT ", way);
  where.append(static_cast<std::int64_t>(query.limit + 1));
  return out;
}

}  // namespace saleschecklist::storage
