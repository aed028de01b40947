// A connection to a SQLite file, its statements and its errors.
#ifndef SALESCHECKLIST_STORAGE_SQLITE_CONNECTION_HPP
#define SALESCHECKLIST_STORAGE_SQLITE_CONNECTION_HPP

#include "storage/list_sql.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace saleschecklist::storage {

// One thread at a time. Every function throws BadResult: timeout if others held locks for too long,
// invalid_input if the file is not a database or is damaged, and io if it cannot be read or
// written.
class SqliteConnection {
 public:
  // Opens the file for reading and writing, and creates it if it does not exist.
  SqliteConnection(const std::string &file, std::chrono::milliseconds patience);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection &) = delete;
  SqliteConnection &operator=(const SqliteConnection &) = delete;

  bool usable() const;  // whether no transaction was left open

  void run(const std::string &statements);
  std::int64_t number(const std::string &sql);  // the single value that a statement returns

  // Throws the error of the last call to SQLite, which returned `code`; errno was 0 before it.
  [[noreturn]] void fail(int code) const;

  const std::string &file() const { return file_; }

 private:
  friend class SqliteQuery;
  struct Closer {
    void operator()(sqlite3 *database) const;
    void operator()(sqlite3_stmt *statement) const;
  };
  sqlite3_stmt *prepared(const std::string &sql);  // kept for later use

  std::string file_;
  std::unique_ptr<sqlite3, Closer> database_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Closer>, std::less<>> statements_;
};

// One execution of a statement. Bound values must outlive it.
class SqliteQuery {
 public:
  SqliteQuery(SqliteConnection &connection, const std::string &sql);
  ~SqliteQuery();
  SqliteQuery(const SqliteQuery &) = delete;
  SqliteQuery &operator=(const SqliteQuery &) = delete;

  // Binds the next parameter.
  SqliteQuery &operator<<(std::int64_t value);
  SqliteQuery &operator<<(std::string_view text);
  void bind(const SqlValue &value);
  SqliteQuery &or_null(std::string_view text);  // empty: NULL

  bool next();  // goes to the next row; returns false after the last one
  std::int64_t number(int column) const;
  std::string text(int column) const;  // NULL: empty

 private:
  SqliteConnection &connection_;
  sqlite3_stmt *statement_;
  int bound_ = 0;
};

// Rolls back at the end of the scope unless committed. "BEGIN" is for reading only.
class SqliteTransaction {
 public:
  explicit SqliteTransaction(SqliteConnection &connection, const char *begin = "BEGIN IMMEDIATE");
  ~SqliteTransaction();
  SqliteTransaction(const SqliteTransaction &) = delete;
  SqliteTransaction &operator=(const SqliteTransaction &) = delete;
  void commit();

 private:
  SqliteConnection &connection_;
};

}  // namespace saleschecklist::storage

#endif
