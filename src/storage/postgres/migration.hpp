// Creates the schema of a PostgreSQL store, or upgrades it.
#ifndef SALESCHECKLIST_STORAGE_POSTGRES_MIGRATION_HPP
#define SALESCHECKLIST_STORAGE_POSTGRES_MIGRATION_HPP

#include "storage/postgres/store.hpp"

namespace saleschecklist::storage {

// Throws BadResult; unsupported if the schema is newer than `steps`.
void migrate_postgres(const std::string &url, const PostgresOptions &options,
                      const std::vector<PostgresStep> &steps);

}  // namespace saleschecklist::storage

#endif
