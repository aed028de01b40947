// A PostgreSQL server and a PgBouncer of the test's own, in a temporary folder.
#ifndef SALESCHECKLIST_TESTS_STORAGE_POSTGRES_SERVER_HPP
#define SALESCHECKLIST_TESTS_STORAGE_POSTGRES_SERVER_HPP

#include "processes.hpp"

#include <memory>
#include <string>

namespace saleschecklist::test {

// Reached by a socket in its folder. Everybody is let in, but "locked" only with the password
// "s3cret-word". Ends with this program, however that ends.
class PostgresServer {
 public:
  // The one of this program, running; null where no server is installed.
  static PostgresServer *shared();

  explicit PostgresServer(const std::string &programs);
  ~PostgresServer();
  PostgresServer(const PostgresServer &) = delete;
  PostgresServer &operator=(const PostgresServer &) = delete;

  std::string url(const std::string &user = "scl") const;
  // By PgBouncer, which lends connections by transaction; empty where it is not installed.
  std::string pooler_url();

  // What psql prints for `sql`, columns divided by '|'. Throws when it fails.
  std::string query(const std::string &sql) const;

  void start();
  void stop();   // as for maintenance: connections are ended
  void crash();  // as when it is killed: nothing is put in order

 private:
  std::string tool(const char *name) const { return programs_ + "/" + name; }
  int run(const std::vector<std::string> &words) const;
  void start_pooler();
  void end(int signal);

  std::string programs_;
  uid_t user_ = 0;
  TemporaryFolder folder_{std::filesystem::temp_directory_path()};  // too large for memory
  pid_t process_ = 0, pooler_ = 0;
};

// Where PostgreSQL's programs are; empty where they are not installed.
std::string postgres_programs();

}  // namespace saleschecklist::test

#endif
