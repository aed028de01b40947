// A worker in a process of its own, that can be killed.
#ifndef SALESCHECKLIST_TESTS_KILLS_WORKER_HPP
#define SALESCHECKLIST_TESTS_KILLS_WORKER_HPP

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <thread>

#include "counting_server.hpp"

namespace saleschecklist::test {

// What a worker is to do, passed on in its arguments.
struct WorkerJob {
  std::string program;
  std::string store;       // the address
  std::int64_t bytes = 0;  // no file may grow beyond it; 0: as it likes
};

class Worker {
 public:
  // It tells over a pipe which replies it has kept, and the server hears of it.
  Worker(const WorkerJob &job, CountingServer &server);
  ~Worker();
  Worker(const Worker &) = delete;
  Worker &operator=(const Worker &) = delete;

  void kill() const;
  // Waits for its end: the exit status, or -1 when it was killed.
  int end();

 private:
  void listen(int in);

  CountingServer &server_;
  pid_t pid_ = -1;
  int status_ = 0;
  std::thread listener_;
};

// The worker's own main(), for the arguments that Worker gives: runs all that is pending.
int work(const std::string &store, const std::string &address, int pipe);

}  // namespace saleschecklist::test

#endif
