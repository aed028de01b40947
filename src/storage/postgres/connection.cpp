#ifdef SALESCHECKLIST_WITH_POSTGRES

#include "storage/postgres/connection.hpp"
#include "base/errors.hpp"

#include "net/secrets.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>

namespace saleschecklist::storage {
namespace {

constexpr std::chrono::milliseconds grace{1000};  // lets the server's own timeouts expire first
constexpr std::size_t longest_message = 300;

bool begins(const std::string &text, const char *start) { return text.rfind(start, 0) == 0; }

ErrorCode error_code(const std::string &state, const std::string &text) {
  const auto any = [&](std::initializer_list<const char *> starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [&](const char *start) { return begins(state, start); });
  };
  // Connection poolers use one code for all failures between them and their clients.
  if (any({"28", "42501"}) || text.find("authentication failed") != std::string::npos) {
    return ErrorCode::unauthorized;
  }
  if (state.empty() || any({"08", "57P", "53300", "40003"})) return ErrorCode::network;
  if (any({"40", "55P03", "57014"})) return ErrorCode::timeout;
  if (any({"22"})) return ErrorCode::invalid_argument;
  if (any({"XX001", "XX002"})) return ErrorCode::invalid_input;
  return ErrorCode::io;
}

std::string error_text(const std::string &state, const std::string &text) {
  if (state == "55P03" || state == "57014" || begins(state, "40")) {
    return "timed out while other connections held locks on the same records";
  }
  if (begins(state, "22")) return "PostgreSQL cannot store a value of the record";
  return text;
}

std::string first_line(const std::string &text) { return text.substr(0, text.find('\n')); }

// The SQLSTATE in a message such as "FATAL:  28P01: password authentication failed ...".
std::string state_in(const std::string &message) {
  for (std::size_t at = 0; (at = message.find(":  ", at)) != std::string::npos; ++at) {
    std::string state = message.substr(at + 3, 5);
    const bool letters = std::all_of(state.begin(), state.end(), [](unsigned char c) {
      return std::isdigit(c) != 0 || std::isupper(c) != 0;
    });
    if (state.size() == 5 && letters && message.compare(at + 8, 2, ": ") == 0) return state;
  }
  return {};
}

// The passwords in a URL. Throws BadResult (invalid_argument) if it is malformed; libpq's own
// message could contain one.
std::vector<Secret> secrets_in(const std::string &url) {
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> parts(
      PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
  if (!parts || url.find('\0') != std::string::npos) {
    throw BadResult(
        errors::invalid_argument("expected the URL of a PostgreSQL server, such as "
                                 "postgresql://user@host:5432/database"));
  }
  std::vector<Secret> out;
  for (const PQconninfoOption *part = parts.get(); part->keyword != nullptr; ++part) {
    const bool secret = std::string(part->keyword).find("password") != std::string::npos;
    if (secret && part->val != nullptr && *part->val != '\0') out.emplace_back(part->val);
  }
  return out;
}

std::string text_of(const SqlValue &value) {
  if (const auto *number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return std::get<std::string>(value);
}

Oid type_of(const PostgresValue &value) {
  constexpr Oid int8 = 20, text = 25;  // fixed in PostgreSQL's catalogue
  return value && std::holds_alternative<std::int64_t>(*value) ? int8 : text;
}

}  // namespace

std::string quoted_name(const std::string &name) {
  std::string out = "\"";
  for (const char c : name) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

void PostgresRows::Closer::operator()(pg_result *result) const { PQclear(result); }
int PostgresRows::count() const { return PQntuples(result_.get()); }

std::string PostgresRows::text(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t PostgresRows::number(int row, int column) const {
  return std::strtoll(PQgetvalue(result_.get(), row, column), nullptr, 10);
}

void PostgresConnection::Closer::operator()(pg_conn *connection) const { PQfinish(connection); }

PostgresConnection::PostgresConnection(const std::string &url, std::chrono::milliseconds patience)
    : patience_(patience), secrets_(secrets_in(url)) {
  connect(url);
}

PostgresConnection::~PostgresConnection() = default;

void PostgresConnection::connect(const std::string &url) {
  // Parameters before the URL are defaults; those after it override it.
  const char *const names[] = {"application_name", "dbname", "client_encoding", nullptr};
  const char *const values[] = {"saleschecklist", url.c_str(), "UTF8", nullptr};
  connection_.reset(PQconnectStartParams(names, values, 1));
  pg_conn *connection = connection_.get();
  if (connection == nullptr) throw std::bad_alloc();
  if (PQstatus(connection) == CONNECTION_BAD) fail_to_connect();
  PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);  // includes the SQLSTATE, see state_in()
  PQsetNoticeReceiver(
      connection, [](void *, const PGresult *) {}, nullptr);
  const auto deadline = Clock::now() + patience_ + grace;
  for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK;) {
    if (state == PGRES_POLLING_FAILED) fail_to_connect();
    wait(state == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline);
    state = PQconnectPoll(connection);
  }
  if (PQsetnonblocking(connection, 1) != 0) fail_to_connect();
}

bool PostgresConnection::usable() const {
  const pg_conn *connection = connection_.get();
  if (broken_ || PQstatus(connection) != CONNECTION_OK) return false;
  if (PQtransactionStatus(connection) != PQTRANS_IDLE) return false;
  if (PQpipelineStatus(connection) != PQ_PIPELINE_OFF) return false;
  // An unsolicited message of the server announces that it closes the connection.
  pollfd socket{PQsocket(connection), POLLIN, 0};
  return poll(&socket, 1, 0) == 0;
}

std::vector<PostgresRows> PostgresConnection::run_all(
    const std::vector<PostgresStatement> &statements) {
  const auto deadline = Clock::now() + patience_ + grace;
  require(PQenterPipelineMode(connection_.get()) == 1);
  for (const PostgresStatement &statement : statements) send(statement);
  require(PQpipelineSync(connection_.get()) == 1);
  flush(deadline);
  std::vector<PostgresRows> out;
  PostgresRows failed(nullptr);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    PostgresRows rows(next(deadline));
    const auto status = PQresultStatus(rows.result_.get());
    if (status == PGRES_FATAL_ERROR && !failed.result_) {
      failed = std::move(rows);
    } else if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
      out.push_back(std::move(rows));
    }
    while (pg_result *more = next(deadline)) PQclear(more);  // the end of the statement
  }
  const PostgresRows synced(next(deadline));
  require(PQexitPipelineMode(connection_.get()) == 1);
  if (failed.result_) fail_by(failed.result_.get());
  require(out.size() == statements.size());
  return out;
}

PostgresRows PostgresConnection::run(const PostgresStatement &statement) {
  return std::move(run_all({statement}).front());
}

void PostgresConnection::roll_back() noexcept {
  try {
    const auto status = PQtransactionStatus(connection_.get());
    if (status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN && !broken_) run({"ROLLBACK", {}});
  } catch (...) {  // the connection is not usable now; closing it rolls back
  }
}

void PostgresConnection::send(const PostgresStatement &statement) {
  std::vector<std::string> texts(statement.values.size());
  std::vector<const char *> values;
  std::vector<Oid> types;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const PostgresValue &value = statement.values[i];
    if (value) texts[i] = text_of(*value);
    values.push_back(value ? texts[i].c_str() : nullptr);
    types.push_back(type_of(value));
  }
  require(PQsendQueryParams(connection_.get(), statement.text.c_str(),
                            static_cast<int>(values.size()), types.data(), values.data(), nullptr,
                            nullptr, 0) == 1);
}

void PostgresConnection::flush(Clock::time_point deadline) {
  for (;;) {
    const int left = PQflush(connection_.get());
    require(left >= 0);
    if (left == 0) return;
    wait(POLLIN | POLLOUT, deadline);
    require(PQconsumeInput(connection_.get()) == 1);
  }
}

pg_result *PostgresConnection::next(Clock::time_point deadline) {
  while (PQisBusy(connection_.get()) == 1) {
    wait(POLLIN, deadline);
    // Messages that the server sent before the connection broke can still be read.
    if (PQconsumeInput(connection_.get()) != 1) break;
  }
  pg_result *result = PQgetResult(connection_.get());
  if (PQstatus(connection_.get()) != CONNECTION_BAD) return result;
  const PostgresRows last(result);
  if (result != nullptr) fail_by(result);
  fail({}, "the connection to the server was lost");
}

void PostgresConnection::wait(short events, Clock::time_point deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd socket{PQsocket(connection_.get()), events, 0};
    const int ready =
        left.count() <= 0
            ? 0
            : poll(&socket, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 3'600'000)));
    if (ready > 0) return;
    if (ready < 0 && errno == EINTR) continue;
    if (Clock::now() < deadline) continue;
    broken_ = true;
    throw PostgresFailure(errors::timeout("the PostgreSQL server did not answer in time"), {});
  }
}

void PostgresConnection::require(bool sent) {
  if (sent) return;
  broken_ = true;
  fail({}, first_line(PQerrorMessage(connection_.get())));
}

void PostgresConnection::fail(const std::string &state, const std::string &text) const {
  const std::string shown = net::excerpt(net::without(text, secrets_), longest_message);
  const pg_conn *connection = connection_.get();
  const auto word = [](const char *value) { return value == nullptr ? "" : value; };
  throw PostgresFailure({error_code(state, text), "PostgreSQL: " + error_text(state, shown),
                         fmt::format("{}:{}/{}", word(PQhost(connection)), word(PQport(connection)),
                                     word(PQdb(connection)))},
                        state);
}

void PostgresConnection::fail_by(const pg_result *result) const {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (text != nullptr) fail(state == nullptr ? "" : state, text);
  fail({}, first_line(PQresultErrorMessage(result)));
}

void PostgresConnection::fail_to_connect() const {
  const std::string text = first_line(PQerrorMessage(connection_.get()));
  // libpq itself reports that a password is missing.
  const bool locked = PQconnectionNeedsPassword(connection_.get()) == 1;
  fail(locked ? "28P01" : state_in(text), text);
}

}  // namespace saleschecklist::storage

#endif
