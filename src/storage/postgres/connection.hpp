// A connection to PostgreSQL, its statements and its errors; the only user of libpq.
#ifndef SALESCHECKLIST_STORAGE_POSTGRES_CONNECTION_HPP
#define SALESCHECKLIST_STORAGE_POSTGRES_CONNECTION_HPP

#include "storage/list_sql.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct pg_conn;
struct pg_result;

namespace saleschecklist::storage {

// What the server refused, and why in its five letters ("PostgreSQL Error Codes"); no letters where
// the connection failed.
class PostgresFailure : public BadResult {
 public:
  PostgresFailure(Error error, std::string state)
      : BadResult(std::move(error)), state_(std::move(state)) {}
  const std::string &state() const noexcept { return state_; }
  // Whether the transaction may succeed when it is done once more.
  bool collided() const { return state_ == "40001" || state_ == "40P01"; }

 private:
  std::string state_;
};

// The rows that a statement gave.
class PostgresRows {
 public:
  explicit PostgresRows(pg_result *result) : result_(result) {}
  int count() const;
  std::int64_t number(int row, int column) const;
  std::string text(int row, int column) const;  // NULL: empty

 private:
  friend class PostgresConnection;
  struct Closer {
    void operator()(pg_result *result) const;
  };
  std::unique_ptr<pg_result, Closer> result_;
};

// NULL, a number or a text.
using PostgresValue = std::optional<SqlValue>;
struct PostgresStatement {
  std::string text;
  std::vector<PostgresValue> values{};
};

// One thread at a time. Every function throws PostgresFailure: network when the connection is
// broken, timeout when an answer took too long; it is not usable() then.
class PostgresConnection {
 public:
  // Answers are waited for `patience` and some more, which lets the server give up first. Throws
  // unauthorized, too, when the server does not let in who the address names.
  PostgresConnection(const std::string &url, std::chrono::milliseconds patience);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection &) = delete;
  PostgresConnection &operator=(const PostgresConnection &) = delete;

  // Whether it is alive as far as is known here, and in no transaction.
  bool usable() const;

  // Sends all statements at once and gives their rows. What follows a failed one is not done, and
  // its failure is thrown. They are one transaction unless they begin or end one themselves.
  std::vector<PostgresRows> run_all(const std::vector<PostgresStatement> &statements);
  PostgresRows run(const PostgresStatement &statement);

  // Ends a transaction that failed, as far as that can still be done.
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
  std::vector<std::string> secrets_;  // what no message shows
  bool late_ = false;
  std::unique_ptr<pg_conn, Closer> connection_;
};

// A text as a name in SQL.
std::string quoted_name(const std::string &name);

}  // namespace saleschecklist::storage

#endif
