// The port for storing records: everything that is known about sessions, as JSON.
#ifndef SALESCHECKLIST_STORE_HPP
#define SALESCHECKLIST_STORE_HPP

#include <saleschecklist/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// A record is identified by kind, tenant and id. All strings are UTF-8 without U+0000.
struct Record {
  std::string kind;           // "session", "transcript", ...; at most 32 bytes
  std::string tenant;         // may be empty; at most 200 bytes
  std::string id;             // at most 200 bytes
  std::string parent{};       // the session that it belongs to, or empty; at most 200 bytes
  std::int64_t revision = 0;  // set by the store: 1 at first, incremented by each put
  // JSON of at most 64 MiB. The store keeps the value, so white space and key order may change.
  std::string body = "{}";
  // Fields that list() can filter by, at most 1,000 bytes each; an empty field cannot be searched.
  std::string owner{};
  std::string status{};
  std::string band{};
  std::string customer{};
  std::int64_t at = 0;  // the time by which lists are ordered, in ms since 1970-01-01 UTC
};

// One step of a commit.
struct Write {
  enum class Action {
    put,    // adds the record or replaces it
    erase,  // removes the record, if it exists; only kind, tenant and id are used
    check,  // changes nothing, but `expected` must hold; only kind, tenant and id are used
  };
  Action action = Action::put;
  Record record;
  // The revision that the record must have, 0 if it must not exist; absent: any.
  std::optional<std::int64_t> expected{};
};

// Selects records. Empty strings do not filter.
struct Query {
  std::string kind;
  std::optional<std::string> tenant = std::string();  // absent: all tenants
  std::string parent{};
  std::string owner{};
  std::string status{};
  std::string band{};
  std::string customer{};
  std::optional<std::int64_t> from{};    // at >= from
  std::optional<std::int64_t> before{};  // at < before
  bool newest_first = false;             // order by descending `at`
  std::string after{};                   // Page::next of the previous page
  std::size_t limit = 100;               // 1 to 1,000
};

struct Page {
  std::vector<Record> records;  // ordered by `at`, then tenant, then id
  std::string next;             // for Query::after; empty on the last page
};

// Thread-safe. Several processes may open the same store. Open stores after a fork(): one of
// SQLite or PostgreSQL that a child inherits fails with invalid_argument there, and SQLite does not
// know in the child that it does not hold the locks of the parent.
class SALESCHECKLIST_API Store {
 public:
  virtual ~Store() = default;

  // Applies all writes or none; they are durable when it returns. No two writes may name the same
  // record. Returns the new revision of each record in order, 0 for an erased one. Fails with
  // conflict, naming the record, if a revision is not the expected one; with invalid_argument if a
  // field is too long or a body is not JSON; with timeout if the store stayed locked by others; and
  // with io, network or unauthorized if it cannot be reached or written. After network or timeout
  // it is unknown whether the commit took place: read before trying again.
  virtual Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) = 0;

  // Fails with not_found if there is no such record, and as commit() does.
  virtual Result<Record> get(const std::string &kind, const std::string &tenant,
                             const std::string &id) = 0;

  // One page of the matching records. The cost does not grow with the number of previous pages. A
  // record that exists throughout the paging, and keeps its `at`, is listed exactly once. Fails
  // with invalid_argument if the limit is out of range or `after` is not from this store.
  virtual Result<Page> list(const Query &query) = 0;

  // Overwrites what erased records left behind in the files of the store, if the store can do so.
  // May take as long as copying the store.
  virtual Result<void> scrub() { return {}; }
};

}  // namespace saleschecklist

#endif
