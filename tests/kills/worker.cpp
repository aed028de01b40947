#include "worker.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace saleschecklist::test {
namespace {

// Tells which replies were kept, by the service's number of the request.
class TellingStore : public Store {
 public:
  TellingStore(std::shared_ptr<Store> real, int pipe) : real_(std::move(real)), pipe_(pipe) {}

  Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) override {
    auto out = real_->commit(writes);
    if (!out) return out;
    for (const Write &write : writes) {
      if (write.action != Write::Action::put || write.record.kind != "exchange") continue;
      const std::string line = std::string(Json::parse(write.record.body).at("request_id")) + "\n";
      if (::write(pipe_, line.data(), line.size()) < 0) std::abort();
    }
    return out;
  }
  Result<Record> get(const std::string &kind, const std::string &tenant,
                     const std::string &id) override {
    return real_->get(kind, tenant, id);
  }
  Result<Page> list(const Query &query) override { return real_->list(query); }

 private:
  const std::shared_ptr<Store> real_;
  const int pipe_;
};

void limit_files(std::int64_t bytes) {
  if (bytes == 0) return;
  const rlimit limit{static_cast<rlim_t>(bytes), static_cast<rlim_t>(bytes)};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  ::signal(SIGXFSZ, SIG_IGN);
  ::close(STDERR_FILENO);  // it is going to complain
}

}  // namespace

Worker::Worker(const WorkerJob &job, CountingServer &server) : server_(server) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
  const std::string address = server.address();
  const std::string out = std::to_string(ends[1]);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::fcntl(ends[1], F_SETFD, 0);
    limit_files(job.bytes);
    ::execl(job.program.c_str(), job.program.c_str(), "work", job.store.c_str(), address.c_str(),
            out.c_str(), static_cast<char *>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);
  listener_ = std::thread([this, in = ends[0]] { listen(in); });
}

Worker::~Worker() { end(); }

void Worker::kill() const { ::kill(pid_, SIGKILL); }

int Worker::end() {
  if (!listener_.joinable()) return status_;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  listener_.join();
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return status_;
}

void Worker::listen(int in) {
  std::string pending;
  std::array<char, 4096> bytes{};
  for (ssize_t size = 0; (size = ::read(in, bytes.data(), bytes.size())) > 0;) {
    pending.append(bytes.data(), static_cast<std::size_t>(size));
    for (std::size_t end = 0; (end = pending.find('\n')) != std::string::npos;) {
      server_.kept(pending.substr(0, end));
      pending.erase(0, end + 1);
    }
  }
  ::close(in);
}

int work(const std::string &store, const std::string &address, int pipe) {
  ServicesOptions services;
  services.model = "openai:gpt-4o-mini";
  services.providers["openai"].key = Secret("sk-test");
  services.providers["openai"].base_url = address;
  EngineOptions options;
  auto opened = open_store(store);
  if (!opened) {
    std::fprintf(stderr, "worker: %s\n", to_string(opened.error()).c_str());
    return 2;
  }
  options.store = std::make_shared<TellingStore>(*std::move(opened), pipe);
  options.services = open_services(services).value();
  options.actor = "worker";
  const auto engine = Engine::open(options).value();
  const auto done = engine.run_pending();
  if (done) return 0;
  std::fprintf(stderr, "worker: %s\n", to_string(done.error()).c_str());
  return 3;
}

}  // namespace saleschecklist::test
