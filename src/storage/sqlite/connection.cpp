#include "storage/sqlite/connection.hpp"
#include "base/errors.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#ifndef _WIN32
#include <unistd.h>

#include <cstdlib>
#endif

namespace saleschecklist::storage {
namespace {

ErrorCode error_code(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return ErrorCode::timeout;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return ErrorCode::invalid_input;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return ErrorCode::io;
    case SQLITE_TOOBIG:
      return ErrorCode::invalid_argument;
    default:
      return ErrorCode::internal;
  }
}

std::string error_text(int code, sqlite3 *database) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return "timed out while other connections held locks on the database";
    case SQLITE_NOTADB:
      return "the file is not a SQLite database";
    case SQLITE_CORRUPT:
      return "the database is damaged; restore it from a backup, or save what can be read with "
             "sqlite3's .recover";
    case SQLITE_FULL:
      return "the disk is full; nothing was written";
    case SQLITE_READONLY:
      return "the database cannot be written: the file, its folder or its disk is read-only";
    default:
      break;
  }
  const int cause = sqlite3_system_errno(database);
  const std::string why = cause == 0 ? "" : ": " + std::generic_category().message(cause);
  return fmt::format("{}{}", sqlite3_errmsg(database), why);
}

// The file that SQLite creates if `file` is a symbolic link to none.
std::filesystem::path linked_file(std::filesystem::path file) {
  constexpr int most_links = 40;  // as in Linux
  std::error_code none;
  for (int i = 0; i < most_links && std::filesystem::is_symlink(file, none); ++i) {
    file = file.parent_path() / std::filesystem::read_symlink(file, none);  // or what is absolute
  }
  return file;
}

// Creates an empty file that only its owner can read, unless the file exists. It is created under
// another name, because closing a database's file would release all locks that this process holds
// on it.
void make_private(const std::string &file) {
#ifndef _WIN32
  std::error_code ignored;  // SQLite reports what is wrong
  if (std::filesystem::exists(file, ignored)) return;
  const std::filesystem::path target = linked_file(file);
  std::string draft = target.string() + ".XXXXXX";
  const int made = ::mkstemp(draft.data());
  if (made < 0) return;
  ::close(made);
  std::filesystem::create_hard_link(draft, target, ignored);
  std::filesystem::remove(draft, ignored);
#else
  (void)file;
#endif
}

}  // namespace

void SqliteConnection::Closer::operator()(sqlite3 *database) const { sqlite3_close_v2(database); }
void SqliteConnection::Closer::operator()(sqlite3_stmt *statement) const {
  sqlite3_finalize(statement);
}

SqliteConnection::SqliteConnection(const std::string &file, std::chrono::milliseconds patience)
    : file_(file) {
  make_private(file);
  sqlite3 *opened = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  database_.reset(opened);
  if (opened == nullptr) throw std::bad_alloc();
  if (code != SQLITE_OK) fail(code);
  if (sqlite3_db_readonly(opened, "main") == 1) fail(SQLITE_READONLY);
  sqlite3_busy_timeout(opened, static_cast<int>(patience.count()));
}

SqliteConnection::~SqliteConnection() = default;

bool SqliteConnection::usable() const { return sqlite3_get_autocommit(database_.get()) != 0; }

void SqliteConnection::run(const std::string &statements) {
  errno = 0;
  const int code = sqlite3_exec(database_.get(), statements.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t SqliteConnection::number(const std::string &sql) {
  SqliteQuery query(*this, sql);
  return query.next() ? query.number(0) : 0;
}

void SqliteConnection::fail(int code) const {
  const int last = errno;
  if ((code & 0xff) == SQLITE_NOMEM) throw std::bad_alloc();
  // SQLite takes it for damage of the database if the disk cannot be read.
  if ((code & 0xff) == SQLITE_CORRUPT && last == EIO) {
    throw BadResult(errors::io("cannot read the database", last, file_));
  }
  const std::string_view said = sqlite3_errmsg(database_.get());
  if (code == SQLITE_ERROR && said.substr(0, 8) == "no such ") {
    throw BadResult({ErrorCode::invalid_input,
                     fmt::format("the database is damaged ({}): it lacks what this version of it "
                                 "has; restore it from a backup",
                                 said),
                     file_});
  }
  throw BadResult({error_code(code), error_text(code, database_.get()), file_});
}

sqlite3_stmt *SqliteConnection::prepared(const std::string &sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second.get();
  sqlite3_stmt *made = nullptr;
  errno = 0;
  const int code = sqlite3_prepare_v3(database_.get(), sql.c_str(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  if (code != SQLITE_OK) fail(code);
  std::unique_ptr<sqlite3_stmt, Closer> owned(made);
  return statements_.emplace(sql, std::move(owned)).first->second.get();
}

SqliteQuery::SqliteQuery(SqliteConnection &connection, const std::string &sql)
    : connection_(connection), statement_(connection.prepared(sql)) {}

SqliteQuery::~SqliteQuery() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

SqliteQuery &SqliteQuery::operator<<(std::int64_t value) {
  sqlite3_bind_int64(statement_, ++bound_, value);
  return *this;
}

SqliteQuery &SqliteQuery::operator<<(std::string_view text) {
  const int code = sqlite3_bind_text64(statement_, ++bound_, text.data() ? text.data() : "",
                                       text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) connection_.fail(code);
  return *this;
}

void SqliteQuery::bind(const SqlValue &value) {
  std::visit([this](const auto &held) { *this << held; }, value);
}

SqliteQuery &SqliteQuery::or_null(std::string_view text) {
  if (!text.empty()) return *this << text;
  ++bound_;  // a parameter that is not bound is NULL
  return *this;
}

bool SqliteQuery::next() {
  errno = 0;
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) connection_.fail(code);
  return code == SQLITE_ROW;
}

std::int64_t SqliteQuery::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string SqliteQuery::text(int column) const {
  const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  if (bytes != nullptr) return {bytes, size};
  if (sqlite3_column_type(statement_, column) != SQLITE_NULL) throw std::bad_alloc();
  return {};
}

SqliteTransaction::SqliteTransaction(SqliteConnection &connection, const char *begin)
    : connection_(connection) {
  SqliteQuery(connection_, begin).next();
}

SqliteTransaction::~SqliteTransaction() {
  if (connection_.usable()) return;
  try {
    connection_.run("ROLLBACK");
  } catch (...) {  // the connection is not usable now; closing it rolls back
  }
}

void SqliteTransaction::commit() { SqliteQuery(connection_, "COMMIT").next(); }

}  // namespace saleschecklist::storage
