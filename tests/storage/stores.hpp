// Stores of every kind for tests, and records to keep in them.
#ifndef SALESCHECKLIST_TESTS_STORAGE_STORES_HPP
#define SALESCHECKLIST_TESTS_STORAGE_STORES_HPP

#include "processes.hpp"

#include <saleschecklist/storage.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::test {

enum class StoreKind { memory, sqlite, postgres, postgres_by_pooler };

// An empty place of one kind that any number of stores can open.
class StorePlace {
 public:
  // None where a program that it needs is not installed, which is said.
  static std::unique_ptr<StorePlace> make(StoreKind kind);
  StoreKind kind() const { return kind_; }
  const char *name() const;
  // Throws BadResult. For memory, the same store each time.
  std::shared_ptr<Store> open() const;

 private:
  explicit StorePlace(StoreKind kind);
  StoreKind kind_;
  std::unique_ptr<TemporaryFolder> folder_;
  std::string url_, schema_;
  std::shared_ptr<Store> memory_;
};

Record note(const std::string &kind, const std::string &id, std::int64_t at);
Write put(const Record &record, std::optional<std::int64_t> expected = {});
bool same_json(const std::string &a, const std::string &b);

// A record of kind "counter" that holds a number.
Record numbered(const std::string &id, int number);
int number_in(const Record &record);
// Adds one to each of these counters in one commit, again after each conflict.
Result<void> add_one(Store &store, const std::vector<std::string> &counters);

}  // namespace saleschecklist::test

#endif
