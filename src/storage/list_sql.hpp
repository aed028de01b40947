// A list as SQL that SQLite and PostgreSQL both understand.
#ifndef SALESCHECKLIST_STORAGE_LIST_SQL_HPP
#define SALESCHECKLIST_STORAGE_LIST_SQL_HPP

#include "storage/records.hpp"

#include <string>
#include <variant>
#include <vector>

namespace saleschecklist::storage {

using SqlValue = std::variant<std::int64_t, std::string>;

struct ListSql {
  std::string text;              // with $1, $2 ... for the values, each once, in order
  std::vector<SqlValue> values;  // of what the filters name
};

// Selects `columns` of one record more than the page holds.
ListSql list_sql(const Query &query, const std::optional<ListPlace> &after,
                 const std::string &columns, const std::string &table);

}  // namespace saleschecklist::storage

#endif
