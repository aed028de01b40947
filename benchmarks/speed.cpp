// How long each arrow takes for a call of about an hour, beside reading the bytes of its file.
#include <saleschecklist/saleschecklist.hpp>

#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>

namespace {

using namespace saleschecklist;

std::string read_file() {
  std::ifstream in(SALESCHECKLIST_HOUR_CALL, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const Transcript &hour_call() {
  static const Transcript transcript = read_transcript(read_file()).value();
  return transcript;
}

const Report &hour_report() {
  static const Report report = analyze(hour_call(), Checklist::standard()).value();
  return report;
}

void file_bytes(benchmark::State &state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_file());
}

void file_to_json(benchmark::State &state) {
  for (auto _ : state) {
    const Transcript call = read_transcript(read_file()).value();
    benchmark::DoNotOptimize(to_json(analyze(call, Checklist::standard()).value()));
  }
}

void read(benchmark::State &state) {
  const std::string bytes = read_file();
  for (auto _ : state) benchmark::DoNotOptimize(read_transcript(bytes).value());
}

void assess(benchmark::State &state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(assess_offline(hour_call(), Checklist::standard()).value());
  }
}

void measure_talk(benchmark::State &state) {
  for (auto _ : state) benchmark::DoNotOptimize(measure(hour_call()));
}

// All quotes of the report at once, as an assessor by a model would have them checked.
void verify_quotes(benchmark::State &state) {
  std::vector<Claim> claims;
  for (const Response &r : hour_report().responses) {
    for (const Evidence &e : r.evidence)
      claims.push_back({e.quote + " um", {}, EvidenceFrom::either});
  }
  for (auto _ : state) benchmark::DoNotOptimize(verify(hour_call(), claims));
  state.counters["quotes"] = static_cast<double>(claims.size());
}

void score_answers(benchmark::State &state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(score(Checklist::standard(), hour_report().responses).value());
  }
}

void write_json(benchmark::State &state) {
  for (auto _ : state) benchmark::DoNotOptimize(to_json(hour_report()));
}

void draw_pdf(benchmark::State &state) {
  const auto pdf = render_pdf(hour_report());
  if (!pdf) return state.SkipWithError(pdf.error().message.c_str());  // a build without PDF
  for (auto _ : state) benchmark::DoNotOptimize(render_pdf(hour_report()).value());
}

BENCHMARK(file_bytes)->Unit(benchmark::kMillisecond);
BENCHMARK(file_to_json)->Unit(benchmark::kMillisecond);
BENCHMARK(read)->Unit(benchmark::kMillisecond);
BENCHMARK(measure_talk)->Unit(benchmark::kMillisecond);
BENCHMARK(assess)->Unit(benchmark::kMillisecond);
BENCHMARK(verify_quotes)->Unit(benchmark::kMillisecond);
BENCHMARK(score_answers)->Unit(benchmark::kMillisecond);
BENCHMARK(write_json)->Unit(benchmark::kMillisecond);
BENCHMARK(draw_pdf)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
