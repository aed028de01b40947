#include <doctest/doctest.h>

#include "support/support.hpp"

#include <thread>

using namespace saleschecklist;

TEST_CASE("calls analysed in four threads at once give what one thread gives") {
  const std::string bytes =
      test::read_file(test::source_dir() / "examples/calls/cleaning-contract.vtt");
  const auto run = [&bytes] {
    const Report report = analyze(read_transcript(bytes).value(), Checklist::standard()).value();
    return to_json(report) + test::pdf_of(report);
  };
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string &result : results) threads.emplace_back([&] { result = run(); });
  for (std::thread &thread : threads) thread.join();
  const std::string alone = run();
  for (const std::string &result : results) CHECK(result == alone);
}
