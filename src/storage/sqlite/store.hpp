// A SQLite store with other steps of its schema than the library's, for tests.
#ifndef SALESCHECKLIST_STORAGE_SQLITE_STORE_HPP
#define SALESCHECKLIST_STORAGE_SQLITE_STORE_HPP

#include <saleschecklist/storage.hpp>

#include <string>
#include <vector>

namespace saleschecklist::storage {

// As sqlite_store(). The n-th step upgrades a file from schema version n to version n + 1.
Result<std::shared_ptr<Store>> sqlite_store(const std::string &file, const SqliteOptions &options,
                                            const std::vector<std::string> &steps);

// The library's own steps.
const std::vector<std::string> &sqlite_steps();

}  // namespace saleschecklist::storage

#endif
