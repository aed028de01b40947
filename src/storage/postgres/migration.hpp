// Makes the schema of a PostgreSQL store, or brings it up to date.
#ifndef SALESCHECKLIST_STORAGE_POSTGRES_MIGRATION_HPP
#define SALESCHECKLIST_STORAGE_POSTGRES_MIGRATION_HPP

#include "storage/postgres/store.hpp"

namespace saleschecklist::storage {

// Throws BadResult, with unsupported when the schema is newer than `steps`.
void migrate_postgres(const std::string &url, const PostgresOptions &options,
                      const std::vector<PostgresStep> &steps);

}  // namespace saleschecklist::storage

#endif
