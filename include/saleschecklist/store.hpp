// The port to where records are kept: all that is known about sessions, as JSON.
#ifndef SALESCHECKLIST_STORE_HPP
#define SALESCHECKLIST_STORE_HPP

#include <saleschecklist/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// Kind, tenant and id together name a record. All texts are UTF-8 without U+0000.
struct Record {
  std::string kind;           // "session", "transcript", ...; at most 32 bytes
  std::string tenant;         // whose it is; may be empty; at most 200 bytes
  std::string id;             // at most 200 bytes
  std::string parent{};       // the session that it is part of, or empty; at most 200 bytes
  std::int64_t revision = 0;  // the store counts: 1 at first, one more with each put
  // JSON of at most 64 MiB; kept as a value, so spaces and the order of keys may change.
  std::string body = "{}";
  // What records are listed by, at most 1,000 bytes each; an empty text cannot be.
  std::string owner{};
  std::string status{};
  std::string band{};
  std::string customer{};
  std::int64_t at = 0;  // the time that lists are ordered by, in ms since 1970 UTC
};

// One step of a commit.
struct Write {
  enum class Action {
    put,    // adds the record or replaces it
    erase,  // removes it; only its name counts. What is not there is erased already.
    check,  // changes nothing; only its name counts
  };
  Action action = Action::put;
  Record record;
  // The revision that the record has now, 0 for none at all; nothing: whichever.
  std::optional<std::int64_t> expected{};
};

// What a list shall hold. Empty texts do not filter.
struct Query {
  std::string kind;
  std::optional<std::string> tenant = std::string();  // nothing: of all tenants
  std::string parent{};
  std::string owner{};
  std::string status{};
  std::string band{};
  std::string customer{};
  std::optional<std::int64_t> from{};    // at >= from
  std::optional<std::int64_t> before{};  // at < before
  bool newest_first = false;             // by `at` downwards, not upwards
  std::string after{};                   // Page::next of the page before
  std::size_t limit = 100;               // 1 to 1,000
};

struct Page {
  std::vector<Record> records;  // by `at`, then tenant, then id
  std::string next;             // for Query::after; empty when this was all
};

// Thread-safe, and several processes may open the same store.
class SALESCHECKLIST_API Store {
 public:
  virtual ~Store() = default;

  // All of it or nothing, and durable when it returns. No two writes may name the same record. The
  // revisions that the records have then, in order; 0 for an erased one. Fails with conflict,
  // naming the record, when one has not the expected revision; with invalid_argument for names that
  // are too long or bodies that are not JSON; with timeout when others held the store for too
  // long; and with io, network or unauthorized when it cannot be reached or written. After
  // network or timeout it is not known whether the commit took place: read before trying again.
  virtual Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) = 0;

  // Fails with not_found, and as commit() does.
  virtual Result<Record> get(const std::string &kind, const std::string &tenant,
                             const std::string &id) = 0;

  // A page of records. Its cost does not grow with the number of pages before it. A record that is
  // there during all of the paging, and keeps its `at`, is listed exactly once. Fails with
  // invalid_argument for a limit out of range or an `after` that is not this store's.
  virtual Result<Page> list(const Query &query) = 0;

  // Overwrites what erased records have left behind in the files of the store, where the store
  // can; may take as long as copying it does.
  virtual Result<Done> scrub() { return Done{}; }
};

}  // namespace saleschecklist

#endif
