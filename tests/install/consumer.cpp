// Scores the transcript that is named and prints the total: what every C++ consumer here is built
// from.
#include <saleschecklist/saleschecklist.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const auto call = saleschecklist::read_transcript(bytes);
  if (!call) {
    std::cerr << to_string(call.error()) << "\n";
    return 1;
  }
  const auto report = saleschecklist::analyze(*call, saleschecklist::Checklist::standard());
  std::cout << report.value().score->total_score << "\n";
}
