// Queries as SQL for both SQLite and PostgreSQL.
#ifndef SALESCHECKLIST_STORAGE_LIST_SQL_HPP
#define SALESCHECKLIST_STORAGE_LIST_SQL_HPP

#include "storage/records.hpp"

#include <string>
#include <variant>
#include <vector>

namespace saleschecklist::storage {

using SqlValue = std::variant<std::int64_t, std::string>;

struct ListSql {
  std::string text;              // with $1, $2 ... for the values, each used once, in order
  std::vector<SqlValue> values;  // the values of the filters
};

// Selects `columns` of one record more than the page has, which tells whether there is a next page.
ListSql list_sql(const Query &query, const std::optional<ListPlace> &after,
                 const std::string &columns, const std::string &table);

}  // namespace saleschecklist::storage

#endif
