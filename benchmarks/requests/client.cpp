// Asks a server for chat completions: client BASE_URL CLIENTS REQUESTS. Prints requests per second
// and the CPU time of this process per request in microseconds.
#include <saleschecklist/providers.hpp>

#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

using namespace saleschecklist;

namespace {

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval &t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

int main(int argc, char **argv) {
  if (argc != 4) {
    std::cerr << "usage: client BASE_URL CLIENTS REQUESTS\n";
    return 2;
  }
  const std::size_t clients = std::stoul(argv[2]);
  const int requests = std::stoi(argv[3]);
  NetworkOptions network;
  network.parallel = clients;
  ProviderOptions options;
  options.key = Secret("sk-local");
  options.base_url = argv[1];
  options.network = open_network(network).value();
  const auto model = openai_model(options).value();
  ModelRequest request;
  request.instructions = "Answer.";
  request.shared = std::string(4'000, 'x');
  request.question = "What?";

  std::atomic<int> left{requests}, failed{0};
  const auto work = [&] {
    while (left-- > 0) {
      Usage usage;
      if (!model->complete(request, usage)) ++failed;
    }
  };
  Usage warm;
  (void)model->complete(request, warm);
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < clients; ++i) threads.emplace_back(work);
  work();
  for (std::thread &thread : threads) thread.join();
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  if (failed > 0) {
    std::cerr << failed << " requests failed\n";
    return 1;
  }
  fmt::print("{:.1f} {:.1f}\n", requests / time.count(), (cpu_seconds() - cpu) / requests * 1e6);
}
