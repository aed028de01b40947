// Workers that are killed, starved and doubled, and what is left of their sessions.
#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <random>
#include <stdexcept>

#include "storage/postgres_server.hpp"
#include "worker.hpp"

using namespace saleschecklist;
using namespace saleschecklist::test;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr const char *ending = "That was call number ";
constexpr std::size_t paid_steps = 11;  // of one session: ten categories and the coaching
constexpr std::size_t at_once = 2;      // sessions that wait while workers are killed
constexpr int most_runs_of_session = 2'000;

void require(bool holds, const std::string &what) {
  if (!holds) throw std::runtime_error(what);
}

struct Options {
  std::string folder;
  bool postgres = false;  // a server of the trial's own instead of SQLite
  int kills = 1'000;
  int sessions = 200;
  int workers = 4;
  unsigned seed = 20261120;
};

std::int64_t size_of(const std::string &file) {
  std::error_code none;
  const auto size = std::filesystem::file_size(file, none);
  return none ? 0 : static_cast<std::int64_t>(size);
}

Transcript base_call() {
  return read_transcript(read_file(source_dir() / "examples/calls/freight-tracking.vtt")).value();
}

// The same call with a last sentence of its own, so that no two sessions ask alike.
Transcript call_number(const Transcript &base, int number) {
  Transcript out = base;
  Utterance last = out.utterances.back();
  last.role = Role::customer;
  last.speaker = "Customer";
  last.text = ending + std::to_string(number) + ".";
  last.spans = {{0, last.begin_ms, last.end_ms}};
  out.utterances.push_back(last);
  return out;
}

class Trial {
 public:
  Trial(const Options &options, const std::string &program)
      : options_(options),
        file_(options.folder + "/sessions.db"),
        call_(base_call()),
        server_(call_, ending),
        random_(options.seed) {
    job_.program = program;
    if (options.postgres) {
      require(!postgres_programs().empty(), "PostgreSQL is not installed");
      server_of_store_ = std::make_unique<PostgresServer>(postgres_programs());
    }
    job_.store = options.postgres ? server_of_store_->url() : "sqlite:" + file_;
    EngineOptions with;
    with.store = open_store(job_.store).value();
    with.actor = "trial";
    engine_ = std::make_unique<Engine>(Engine::open(with).value());
  }

  // Kills so many workers, each at a random moment of a run.
  void kill_workers() {
    measure_run();
    std::vector<std::string> open;
    int killed = 0, runs = 0;
    while (killed < options_.kills) {
      while (open.size() < at_once) open.push_back(submit());
      killed += one_killed_worker() ? 1 : 0;
      check_store(killed % 20 == 0);
      forget_completed(open);
      require(++runs < options_.kills + most_runs_of_session, "the sessions do not complete");
    }
    finish(open);
    std::printf(
        "%d workers killed in runs of %.0f ms, %d sessions completed, %zu questions asked "
        "(%zu needed), 0 of %zu kept answers paid for again\n",
        killed, run_ms_, number_, server_.asked(), static_cast<std::size_t>(number_) * paid_steps,
        static_cast<std::size_t>(number_) * paid_steps);
  }

  // Workers side by side on many sessions: every question is asked once.
  void double_workers() {
    std::vector<std::string> open;
    for (int i = 0; i < options_.sessions; ++i) open.push_back(submit());
    const auto begun = steady_clock::now();
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < options_.workers; ++i) {
      workers.push_back(std::make_unique<Worker>(job_, server_));
    }
    for (const auto &worker : workers) require(worker->end() == 0, "a worker failed");
    const double seconds = std::chrono::duration<double>(steady_clock::now() - begun).count();
    check_store(true);
    forget_completed(open);
    require(open.empty(), "some sessions are not completed");
    require(server_.asked() == static_cast<std::size_t>(number_) * paid_steps,
            std::to_string(server_.asked()) + " questions were asked");
    std::printf("%d workers, %d sessions, %zu questions, each asked once, in %.1f s\n",
                options_.workers, number_, server_.asked(), seconds);
  }

  // A database server that crashes and comes back while a worker is at work.
  void crash_store() {
    measure_run();
    std::vector<std::string> open;
    std::uniform_real_distribution<double> moment(0, run_ms_);
    int failed = 0;
    for (int i = 0; i < options_.kills; ++i) {
      while (open.size() < at_once) open.push_back(submit());
      Worker worker(job_, server_);
      std::this_thread::sleep_for(milliseconds(static_cast<std::int64_t>(moment(random_))));
      server_of_store_->crash();
      server_of_store_->start();
      if (worker.end() != 0) ++failed;
      check_store(false);
      forget_completed(open);
    }
    finish(open);
    std::printf(
        "%d crashes of the server, %d workers gave up, %d sessions completed, 0 kept answers "
        "paid for again\n",
        options_.kills, failed, number_);
  }

  // Workers whose files may not grow: what is kept stays whole, and is gone on with.
  void starve_workers() {
    std::vector<std::string> open = {submit()};
    int failed = 0;
    std::uniform_int_distribution<std::int64_t> more(0, 300'000);
    for (int i = 0; i < options_.kills; ++i) {
      if (open.empty()) open.push_back(submit());
      WorkerJob job = job_;
      job.bytes = size_of(file_ + "-wal") + 40'000 + more(random_);
      if (Worker(job, server_).end() != 0) ++failed;
      check_store(true);
      retry_failed(open);
      forget_completed(open);
    }
    require(failed > options_.kills / 10, "hardly any worker ran out of room");
    finish(open);
    std::printf(
        "%d of %d workers ran out of room, %d sessions completed, 0 kept answers paid for "
        "again\n",
        failed, options_.kills, number_);
  }

 private:
  std::string submit() {
    const Session made = engine_->create({"Customer " + std::to_string(++number_)}).value();
    return engine_->attach_transcript(made.id, call_number(call_, number_)).value().id;
  }

  void measure_run() {
    submit();
    const auto begun = steady_clock::now();
    require(Worker(job_, server_).end() == 0, "a worker failed that nobody killed");
    run_ms_ = std::chrono::duration<double, std::milli>(steady_clock::now() - begun).count();
  }

  // False when it was done before its end came.
  bool one_killed_worker() {
    std::uniform_real_distribution<double> moment(0, run_ms_ * 1'000 * 1.2);
    Worker worker(job_, server_);
    std::this_thread::sleep_for(microseconds(static_cast<std::int64_t>(moment(random_))));
    worker.kill();
    const int status = worker.end();
    require(status <= 0, "a worker failed by itself");
    return status == -1;
  }

  void check_store(bool whole) {
    require(server_.paid_again() == 0, "a kept answer was paid for again");
    SessionFilter all;
    all.limit = whole ? 1'000 : 4;  // the newest, which are at work
    const SessionPage page = engine_->list(all).value();
    for (const Session &session : page.sessions) {
      const auto faults = engine_->verify_audit(session.id).value().faults;
      require(faults.empty(),
              "the audit log is broken: " + (faults.empty() ? "" : to_string(faults[0])));
    }
    if (whole && !options_.postgres) check_integrity();
  }

  void check_integrity() const {
    sqlite3 *db = nullptr;
    std::string said;
    require(sqlite3_open_v2(file_.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK,
            "no database");
    sqlite3_busy_timeout(db, 10'000);
    const auto keep = [](void *to, int, char **values, char **) {
      *static_cast<std::string *>(to) += values[0];
      return 0;
    };
    sqlite3_exec(db, "PRAGMA integrity_check", keep, &said, nullptr);
    sqlite3_close(db);
    require(said == "ok", "integrity_check says " + said);
  }

  void forget_completed(std::vector<std::string> &open) {
    std::vector<std::string> rest;
    for (const std::string &id : open) {
      if (engine_->find(id).value().status != SessionStatus::completed) {
        rest.push_back(id);
        continue;
      }
      const std::string result = answers(engine_->report(id).value());
      if (first_result_.empty()) first_result_ = result;
      require(result == first_result_, "the answers differ from those of an undisturbed run");
    }
    open = std::move(rest);
  }

  static std::string answers(const Report &report) {
    std::string out;
    for (const Response &r : report.responses) {
      out += r.item_id + " " + name(r.answer) + " " + name(r.support) + "\n";
    }
    return out;
  }

  void retry_failed(const std::vector<std::string> &open) {
    for (const std::string &id : open) {
      if (engine_->find(id).value().status == SessionStatus::failed) {
        require(engine_->retry(id).has_value(), "a failed session cannot be retried");
      }
    }
  }

  void finish(std::vector<std::string> &open) {
    retry_failed(open);
    require(Worker(job_, server_).end() == 0, "the last worker failed");
    forget_completed(open);
    require(open.empty(), "a session is not completed");
    check_store(true);
  }

  const Options options_;
  const std::string file_;
  const Transcript call_;
  CountingServer server_;
  std::unique_ptr<PostgresServer> server_of_store_;
  std::mt19937 random_;
  WorkerJob job_;
  std::unique_ptr<Engine> engine_;
  int number_ = 0;
  double run_ms_ = 0;
  std::string first_result_;
};

}  // namespace

int main(int argc, char **argv) {
  if (argc == 5 && std::string(argv[1]) == "work")
    return work(argv[2], argv[3], std::atoi(argv[4]));
  Options options;
  CLI::App app("Kills, starves and doubles workers, and checks what is left of their sessions.");
  std::string trial;
  app.add_option("TRIAL", trial, "kill, starve, double or crash")->required();
  app.add_option("--folder", options.folder, "a folder to work in; what is in it is removed")
      ->required();
  app.add_flag("--postgres", options.postgres, "records in a PostgreSQL of its own, not in SQLite");
  app.add_option("--kills", options.kills, "how many workers to kill or to starve");
  app.add_option("--sessions", options.sessions, "of double");
  app.add_option("--workers", options.workers, "of double");
  app.add_option("--seed", options.seed, "of the moments");
  CLI11_PARSE(app, argc, argv);
  try {
    std::filesystem::remove_all(options.folder);
    std::filesystem::create_directories(options.folder);
    require(trial != "crash" || options.postgres, "crash is a trial of --postgres");
    Trial running(options, "/proc/self/exe");
    if (trial == "kill") running.kill_workers();
    if (trial == "starve") running.starve_workers();
    if (trial == "double") running.double_workers();
    if (trial == "crash") running.crash_store();
    return 0;
  } catch (const std::exception &failure) {
    std::fprintf(stderr, "%s: %s\n", trial.c_str(), failure.what());
    return 1;
  }
}
