// How long a deal of 1,000 calls takes to roll up, beside copying what the calls say.
#include <saleschecklist/saleschecklist.hpp>

#include <benchmark/benchmark.h>

namespace {

using namespace saleschecklist;

// Calls of which each proves every fourth item, denies some and is silent about the others.
DealHistory long_history(std::size_t calls) {
  DealHistory out;
  for (std::size_t c = 0; c < calls; ++c) {
    DealCall call{"call-" + std::to_string(c), static_cast<std::int64_t>(c), {}, {"Tom"}};
    std::size_t number = c;
    for (const Category &category : Checklist::standard().categories) {
      for (const Item &item : category.items) {
        Response response;
        response.item_id = item.id;
        response.answer = Answer::no;
        if (++number % 4 == 0) {
          response.answer = number % 64 == 0 ? Answer::denied : Answer::yes;
          response.support = Support::verified;
          response.evidence.emplace_back().quote = "We lose about forty thousand a month with it.";
        }
        call.responses.push_back(std::move(response));
      }
    }
    out.calls.push_back(std::move(call));
  }
  return out;
}

void roll_up_calls(benchmark::State &state) {
  const DealHistory history = long_history(static_cast<std::size_t>(state.range(0)));
  RollUpOptions options;
  options.plan = StagePlan::complex_sale();
  options.stage = "negotiation";
  for (auto _ : state) {
    benchmark::DoNotOptimize(roll_up(Checklist::standard(), history, options).value());
  }
}
BENCHMARK(roll_up_calls)->Arg(1)->Arg(1'000)->Unit(benchmark::kMillisecond);

void copy_calls(benchmark::State &state) {
  const DealHistory history = long_history(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    DealHistory copy = history;
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(copy_calls)->Arg(1'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
