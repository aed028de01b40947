// Kills workers at random moments across whole runs, and checks what is left each time.
//
//   kills [--store sqlite|URL] [--kills N] [--seed N]
//
// The parent serves a model over HTTP, counts every question, and starts workers (itself, with
// "work") that it kills with SIGKILL. A worker tells over a pipe which replies it has kept: from
// then on the same question of the same session is never to be asked again.
#include <fcntl.h>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "kills/kills.hpp"
#include "services/mock_model.hpp"

namespace saleschecklist::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t paid_steps = 11;

[[noreturn]] void fail(const std::string &why) {
  std::fprintf(stderr, "FAILED: %s\n", why.c_str());
  std::exit(1);
}

// A store that tells which replies were kept, by the service's number of the request.
class TellingStore : public Store {
 public:
  TellingStore(std::shared_ptr<Store> real, int pipe) : real_(std::move(real)), pipe_(pipe) {}

  Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) override {
    auto out = real_->commit(writes);
    if (!out) return out;
    for (const Write &write : writes) {
      if (write.action != Write::Action::put || write.record.kind != "exchange") continue;
      const std::string line = Json::parse(write.record.body).at("request_id").get<std::string>() + "\n";
      if (::write(pipe_, line.data(), line.size()) < 0) std::abort();
    }
    return out;
  }
  Result<Record> get(const std::string &kind, const std::string &tenant,
                     const std::string &id) override {
    return real_->get(kind, tenant, id);
  }
  Result<Page> list(const Query &query) override { return real_->list(query); }
  Result<Done> scrub() override { return real_->scrub(); }

 private:
  const std::shared_ptr<Store> real_;
  const int pipe_;
};

// A model behind HTTP that answers each question, and remembers who asked what.
class CountingServer {
 public:
  CountingServer() : honest_(small_call(), Checklist::standard()) {
    server_.Post("/v1/chat/completions", [this](const auto &request, auto &response) {
      serve(request.body, response);
    });
    server_.new_task_queue = [] { return new httplib::ThreadPool(32); };
    server_.set_tcp_nodelay(true);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
  }
  ~CountingServer() {
    server_.stop();
    thread_.join();
  }

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }

  // The reply of that number was kept.
  void kept(const std::string &number) {
    const std::lock_guard lock(mutex_);
    finished_.insert(questions_.at(number));
  }
  std::size_t asked() const {
    const std::lock_guard lock(mutex_);
    return questions_.size();
  }
  std::vector<std::string> paid_again() const {
    const std::lock_guard lock(mutex_);
    return paid_again_;
  }

 private:
  void serve(const std::string &body, httplib::Response &response) {
    const Json request = Json::parse(body);
    std::string number;
    {
      const std::lock_guard lock(mutex_);
      number = std::to_string(questions_.size() + 1);
      questions_[number] = body;
      if (finished_.count(body) > 0) paid_again_.push_back(number);
    }
    ModelRequest asked;
    const Json format = request.value("response_format", Json::object());
    asked.schema_name = format.value("json_schema", Json::object()).value("name", "");
    for (const Json &message : request.at("messages")) asked.question += text_of(message) + "\n";
    std::this_thread::sleep_for(milliseconds(2));
    const Json reply = {
        {"id", number},
        {"choices", {{{"message", {{"role", "assistant"}, {"content", honest_(asked).text}}},
                      {"finish_reason", "stop"}}}},
        {"usage", {{"prompt_tokens", 100}, {"completion_tokens", 50}}}};
    response.set_header("x-request-id", number);
    response.set_content(reply.dump(), "application/json");
  }

  static std::string text_of(const Json &message) {
    const Json &content = message.at("content");
    if (content.is_string()) return content;
    std::string out;
    for (const Json &part : content) out += part.value("text", "") + "\n";
    return out;
  }

  httplib::Server server_;
  std::thread thread_;
  int port_ = 0;
  const Honest honest_;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> questions_;  // by number
  std::set<std::string> finished_;
  std::vector<std::string> paid_again_;
};

// A worker's own process.
int work(const std::string &store, const std::string &address, int pipe) {
  ServicesOptions services;
  services.model = "openai:gpt-4o-mini";
  services.providers["openai"].key = Secret("sk-test");
  services.providers["openai"].base_url = address;
  EngineOptions options;
  options.store = std::make_shared<TellingStore>(open_store(store).value(), pipe);
  options.services = open_services(services).value();
  options.actor = "worker";
  const auto engine = Engine::open(options).value();
  const auto done = engine.run_pending();
  if (!done) {
    std::fprintf(stderr, "worker: %s\n", to_string(done.error()).c_str());
    return 3;
  }
  return 0;
}

}  // namespace

// A process that can be killed, and what it tells.
class Worker {
 public:
  Worker(const std::string &program, const std::string &store, CountingServer &server)
      : server_(server) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) fail("no pipe");
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    const std::string address = server.address(), out = std::to_string(ends[1]);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::execl(program.c_str(), program.c_str(), "work", store.c_str(), address.c_str(), out.c_str(),
              static_cast<char *>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    listener_ = std::thread([this, in = ends[0]] { listen(in); });
  }
  ~Worker() { end(); }

  void kill() const { ::kill(pid_, SIGKILL); }
  // Its exit status; -1 when it was killed.
  int end() {
    if (!listener_.joinable()) return status_;
    int status = 0;
    ::waitpid(pid_, &status, 0);
    listener_.join();
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return status_;
  }

 private:
  void listen(int in) {
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

  CountingServer &server_;
  pid_t pid_ = -1;
  int status_ = 0;
  std::thread listener_;
};

}  // namespace saleschecklist::test
