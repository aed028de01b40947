// score_many() beside the memory bandwidth of the same machine: bytes a second, in one run.
// Bandwidth is what the C library reaches over the same answers: memchr for a byte that is not
// there reads them once, memcpy reads and writes them (both are counted).
#include <saleschecklist/saleschecklist.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <thread>

namespace {

using namespace saleschecklist;

constexpr std::size_t rows = 4'000'000;  // 368 MB: far beyond any cache

const Checklist &checklist() { return Checklist::standard(); }
std::size_t columns() { return item_count(checklist()); }

const std::vector<std::uint8_t> &history() {
  static const std::vector<std::uint8_t> answers = [] {
    std::vector<std::uint8_t> out(rows * columns());
    std::mt19937 random(7);
    std::discrete_distribution<int> code{40, 30, 28, 2};  // unanswered, yes, no, not applicable
    std::vector<std::uint8_t> sample(1 << 20);
    for (auto &answer : sample) answer = static_cast<std::uint8_t>(code(random));
    for (std::size_t at = 0; at < out.size(); ++at) out[at] = sample[(at * 7919) % sample.size()];
    return out;
  }();
  return answers;
}

// Splits [0, size) among threads and runs work(begin, end) in each.
template <class Work>
void split(std::size_t size, int threads, const Work &work) {
  std::vector<std::jthread> all;
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&, i] {
      work(size * static_cast<std::size_t>(i) / static_cast<std::size_t>(threads),
           size * static_cast<std::size_t>(i + 1) / static_cast<std::size_t>(threads));
    });
  }
}

void memory_read(benchmark::State &state) {
  const auto &answers = history();
  for (auto _ : state) {
    split(answers.size(), static_cast<int>(state.range(0)), [&](std::size_t a, std::size_t b) {
      benchmark::DoNotOptimize(std::memchr(answers.data() + a, 0xFF, b - a));
    });
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * answers.size()));
}

void memory_copy(benchmark::State &state) {
  const auto &answers = history();
  std::vector<std::uint8_t> copy(answers.size());
  for (auto _ : state) {
    split(answers.size(), static_cast<int>(state.range(0)), [&](std::size_t a, std::size_t b) {
      std::memcpy(copy.data() + a, answers.data() + a, b - a);
    });
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * 2 * answers.size()));
}

void rescore(benchmark::State &state, ScoringMode mode, bool categories) {
  const auto &answers = history();
  std::vector<std::uint8_t> totals(rows), bands(rows);
  std::vector<double> scores(categories ? rows * checklist().categories.size() : 0);
  Policy policy;
  policy.mode = mode;
  const BatchOutput out{totals.data(), bands.data(), categories ? scores.data() : nullptr};
  for (auto _ : state) {
    const auto done = score_many(checklist(), answers.data(), rows, out, policy,
                                 static_cast<unsigned>(state.range(0)));
    if (!done) state.SkipWithError(done.error().message.c_str());
  }
  const std::size_t moved = answers.size() + 2 * rows + scores.size() * sizeof(double);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * moved));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * rows));
}

void totals_and_bands(benchmark::State &state) { rescore(state, ScoringMode::equal_weight, false); }
void with_categories(benchmark::State &state) { rescore(state, ScoringMode::equal_weight, true); }
void weighted(benchmark::State &state) { rescore(state, ScoringMode::weighted, false); }

#define AT_ONE_AND_TWO_THREADS Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond)
BENCHMARK(memory_read)->AT_ONE_AND_TWO_THREADS;
BENCHMARK(memory_copy)->AT_ONE_AND_TWO_THREADS;
BENCHMARK(totals_and_bands)->AT_ONE_AND_TWO_THREADS;
BENCHMARK(with_categories)->AT_ONE_AND_TWO_THREADS;
BENCHMARK(weighted)->AT_ONE_AND_TWO_THREADS;

}  // namespace

BENCHMARK_MAIN();
