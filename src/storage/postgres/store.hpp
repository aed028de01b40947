// A PostgreSQL store with other steps of its schema than the library's, for tests.
#ifndef SALESCHECKLIST_STORAGE_POSTGRES_STORE_HPP
#define SALESCHECKLIST_STORAGE_POSTGRES_STORE_HPP

#include <saleschecklist/storage.hpp>

#include <string>
#include <vector>

namespace saleschecklist::storage {

// SQL statements, in which "@." before the name of a table, an index or a view stands for the
// schema.
using PostgresStep = std::vector<std::string>;

// As postgres_store(). The n-th step upgrades a schema from version n to version n + 1.
Result<std::shared_ptr<Store>> postgres_store(const std::string &url,
                                              const PostgresOptions &options,
                                              const std::vector<PostgresStep> &steps);

// The library's own steps.
const std::vector<PostgresStep> &postgres_steps();

}  // namespace saleschecklist::storage

#endif
