#include <saleschecklist/storage.hpp>
namespace saleschecklist {
Result<std::shared_ptr<Store>> postgres_store(const std::string &, const PostgresOptions &) {
  return Error{ErrorCode::unsupported, "this build has no PostgreSQL: libpq was left out", {}};
}
}  // namespace saleschecklist
