// A connection to PostgreSQL, its statements and its errors. The only user of libpq.
#ifndef SALESCHECKLIST_STORAGE_POSTGRES_CONNECTION_HPP
#define SALESCHECKLIST_STORAGE_POSTGRES_CONNECTION_HPP

#include <saleschecklist/secret.hpp>

#include "storage/list_sql.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct pg_conn;
struct pg_result;

namespace saleschecklist::storage {

// An error with its SQLSTATE (see "PostgreSQL Error Codes"), which is empty if the server reported
// none.
class PostgresFailure : public BadResult {
 public:
  PostgresFailure(Error error, std::string state)
      : BadResult(std::move(error)), state_(std::move(state)) {}
  const std::string &state() const noexcept { return state_; }
  // Whether the transaction may succeed if it is repeated.
  bool collided() const { return state_ == "40001" || state_ == "40P01"; }

 private:
  std::string state_;
};

// The rows that a statement returned.
class PostgresRows {
 public:
  explicit PostgresRows(pg_result *result) : result_(result) {}
  int count() const;
  // Returns 0 for SQL NULL.
  std::int64_t number(int row, int column) const;
  // Returns an empty string for SQL NULL.
  std::string text(int row, int column) const;

 private:
  friend class PostgresConnection;
  struct Closer {
    void operator()(pg_result *result) const;
  };
  std::unique_ptr<pg_result, Closer> result_;
};

// NULL, an integer or a text.
using PostgresValue = std::optional<SqlValue>;
struct PostgresStatement {
  std::string text;
  std::vector<PostgresValue> values{};
};

// One thread at a time. The constructor, run_all() and run() throw std::bad_alloc and
// PostgresFailure with one of these codes:
// - network: the connection could not be made, or is broken and no longer usable().
// - timeout: the server did not reply in time, and the connection is no longer usable(); or a lock,
//   a statement timeout or a conflict with another transaction ended the statement, and the
//   connection is usable() after roll_back().
// - unauthorized: the server rejected the user, or the user lacks a permission.
// - invalid_argument: PostgreSQL cannot store a value of the statement.
// - invalid_input: the database is damaged.
// - io: any other error of the server.
class PostgresConnection {
 public:
  // Waits for replies slightly longer than `patience`, so that the server's own timeout expires
  // first. Also throws BadResult (invalid_argument) if the URL is malformed.
  PostgresConnection(const std::string &url, std::chrono::milliseconds patience);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection &) = delete;
  PostgresConnection &operator=(const PostgresConnection &) = delete;

  // Whether the connection is alive, as far as is known, and not in a transaction. Does not throw.
  bool usable() const;

  // Sends all statements at once and returns their rows. Statements after a failed one are not
  // executed, and its failure is thrown. The statements form one transaction unless they contain
  // BEGIN or COMMIT.
  std::vector<PostgresRows> run_all(const std::vector<PostgresStatement> &statements);
  PostgresRows run(const PostgresStatement &statement);

  // Rolls back a failed transaction if possible.
  void roll_back() noexcept;

 private:
  using Clock = std::chrono::steady_clock;
  struct Closer {
    void operator()(pg_conn *connection) const;
  };
  void connect(const std::string &url);
  void send(const PostgresStatement &statement);
  void flush(Clock::time_point deadline);
  pg_result *next(Clock::time_point deadline);
  void wait(short events, Clock::time_point deadline);
  void require(bool sent);
  [[noreturn]] void fail(const std::string &state, const std::string &text) const;
  [[noreturn]] void fail_by(const pg_result *result) const;
  [[noreturn]] void fail_to_connect() const;

  const std::chrono::milliseconds patience_;
  std::vector<Secret> secrets_;  // removed from messages
  bool broken_ = false;
  std::unique_ptr<pg_conn, Closer> connection_;
};

// A quoted SQL identifier.
std::string quoted_name(const std::string &name);

}  // namespace saleschecklist::storage

#endif
