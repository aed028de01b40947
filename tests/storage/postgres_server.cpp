#include "postgres_server.hpp"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace saleschecklist::test {
namespace fs = std::filesystem;
namespace {

constexpr const char *hba =
    "local all locked scram-sha-256\n"
    "local all all trust\n";

// The server refuses to be run by root.
uid_t unprivileged_user() {
  if (geteuid() != 0) return 0;
  for (const char *name : {"postgres", "nobody"}) {
    if (const passwd *entry = getpwnam(name); entry != nullptr) return entry->pw_uid;
  }
  throw std::runtime_error("there is no user to run PostgreSQL as");
}

std::string output_of(const std::string &command) {
  std::FILE *pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  char buffer[4096];
  while (const std::size_t size = fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, size);
  if (pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
  return out.substr(0, out.find_last_not_of('\n') + 1);
}

// Asks until it is so, for 20 seconds.
template <class Condition>
void wait_until(Condition &&condition, const char *what) {
  for (int i = 0; i < 2000; ++i) {
    if (condition()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error(std::string(what) + " does not start");
}

std::string pooler_program() {
  for (const char *path :
       {"/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"}) {
    if (fs::exists(path)) return path;
  }
  return {};
}

}  // namespace

std::string postgres_programs() {
  std::string newest;
  std::error_code none;
  for (const auto &version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    const fs::path programs = version.path() / "bin";
    if (fs::exists(programs / "initdb") && programs > newest) newest = programs;
  }
  if (newest.empty() && fs::exists("/usr/bin/pg_config")) {
    const std::string programs = output_of("/usr/bin/pg_config --bindir");
    if (fs::exists(programs + "/initdb")) newest = programs;
  }
  return newest;
}

PostgresServer *PostgresServer::shared() {
  static const std::unique_ptr<PostgresServer> server = [] {
    const std::string programs = postgres_programs();
    return programs.empty() ? nullptr : std::make_unique<PostgresServer>(programs);
  }();
  return server.get();
}

PostgresServer::PostgresServer(const std::string &programs)
    : programs_(programs), user_(unprivileged_user()) {
  if (user_ != 0 && chown(folder_.path().c_str(), user_, static_cast<gid_t>(-1)) != 0) {
    throw std::runtime_error("chown failed");
  }
  const std::string data = folder_.path() / "data";
  if (run({tool("initdb"), "-D", data, "-U", "scl", "-A", "trust", "-E", "UTF8", "--no-locale",
           "--no-sync"}) != 0) {
    throw std::runtime_error("initdb failed");
  }
  std::ofstream(data + "/pg_hba.conf") << hba;
  start();
  query("CREATE ROLE locked LOGIN PASSWORD 's3cret-word'");
}

PostgresServer::~PostgresServer() {
  if (pooler_ != 0 && kill(pooler_, SIGTERM) == 0) wait_for(pooler_);
  end(SIGQUIT);
}

std::string PostgresServer::url(const std::string &user) const {
  return "postgresql://" + user + "@/postgres?host=" + folder_.path().string();
}

std::string PostgresServer::pooler_url() {
  if (pooler_program().empty()) return {};
  if (pooler_ == 0) start_pooler();
  return url() + "&port=6432";
}

std::string PostgresServer::query(const std::string &sql) const {
  const fs::path file = folder_.path() / "query.sql";
  std::ofstream(file) << sql;
  return output_of(tool("psql") + " -XAqt -v ON_ERROR_STOP=1 -d '" + url() + "' -f " +
                   file.string());
}

void PostgresServer::start() {
  const std::string folder = folder_.path();
  std::vector<std::string> words = {
      tool("postgres"),    "-D", folder + "/data",    "-k", folder, "-c",
      "listen_addresses=", "-c", "max_connections=40"};
  process_ = start_program(words, user_, folder + "/server.log");
  wait_until([&] { return run({tool("pg_isready"), "-q", "-h", folder}) == 0; }, "PostgreSQL");
}

void PostgresServer::stop() { end(SIGINT); }
void PostgresServer::crash() { end(SIGQUIT); }

void PostgresServer::end(int signal) {
  if (process_ != 0 && kill(process_, signal) == 0) wait_for(process_);
  process_ = 0;
}

int PostgresServer::run(const std::vector<std::string> &words) const {
  return wait_for(start_program(words, user_, folder_.path() / "tools.log"));
}

void PostgresServer::start_pooler() {
  const std::string folder = folder_.path();
  std::ofstream(folder + "/pgbouncer.ini")
      << "[databases]\n* = host=" << folder << " user=scl\n[pgbouncer]\nlisten_addr =\n"
      << "listen_port = 6432\nunix_socket_dir = " << folder << "\nauth_type = any\n"
      << "pool_mode = transaction\ndefault_pool_size = 3\nserver_login_retry = 0.1\nlogfile = "
      << folder << "/pooler.log\n";
  pooler_ =
      start_program({pooler_program(), folder + "/pgbouncer.ini"}, user_, folder + "/pooler.out");
  wait_until(
      [&] {
        return run({tool("pg_isready"), "-q", "-h", folder, "-p", "6432"}) == 0;
      },
      "PgBouncer");
}

}  // namespace saleschecklist::test
