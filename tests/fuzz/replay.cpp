// Runs every target over the files that were kept for it: replay CORPUS. The folder of a target has
// its name. This needs no fuzzer, so it is part of the tests in every build.
#include "targets.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace fs = std::filesystem;

int main(int argc, char **argv) {
  if (argc != 2) return std::cerr << "usage: replay CORPUS\n", 2;
  std::size_t runs = 0;
  for (const auto &target : saleschecklist::fuzz::targets) {
    std::vector<fs::path> files;
    for (const auto &file : fs::directory_iterator(fs::path(argv[1]) / target.name)) {
      files.push_back(file.path());
    }
    if (files.empty()) return std::cerr << "there is no file for " << target.name << "\n", 1;
    std::sort(files.begin(), files.end());
    for (const fs::path &file : files) {
      std::cout << target.name << " " << file.filename().string() << std::endl;
      std::ifstream in(file, std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      // Whole, and cut off at some places, as files are.
      for (std::size_t part = 0; part <= 4; ++part)
        target.run(bytes.substr(0, bytes.size() * part / 4));
      ++runs;
    }
  }
  std::cout << runs << " files\n";
}
