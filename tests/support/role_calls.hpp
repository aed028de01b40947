// The conversations of tests/data/roles, with who sells in each.
#ifndef SALESCHECKLIST_TESTS_ROLE_CALLS_HPP
#define SALESCHECKLIST_TESTS_ROLE_CALLS_HPP

#include <set>
#include <sstream>
#include <vector>

#include "support/support.hpp"

namespace saleschecklist::test {

struct RoleCall {
  std::string group;
  std::filesystem::path file;
  std::set<std::string> sellers;  // empty if nothing is sold
};

inline std::set<std::string> split_names(const std::string &list) {
  std::set<std::string> out;
  std::istringstream in(list);
  for (std::string name; std::getline(in, name, ',');) {
    out.insert(name.substr(name.find_first_not_of(' ')));
  }
  return out;
}

inline std::vector<RoleCall> own_role_calls() {
  std::vector<RoleCall> out;
  const auto folder = source_dir() / "tests/data/roles";
  std::istringstream table(read_file(folder / "calls.tsv"));
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    const std::size_t tab = line.find('\t'), second = line.find('\t', tab + 1);
    out.push_back({line.substr(0, tab) + " batch",
                   folder / (line.substr(tab + 1, second - tab - 1) + ".txt"),
                   split_names(line.substr(second + 1))});
  }
  return out;
}

}  // namespace saleschecklist::test

#endif
