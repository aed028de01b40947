// What is tried under failing allocations.
#ifndef SALESCHECKLIST_TESTS_TORTURE_FLOWS_HPP
#define SALESCHECKLIST_TESTS_TORTURE_FLOWS_HPP

#include <saleschecklist/result.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "failing_allocations.hpp"

namespace saleschecklist::test {

struct Outcome {
  bool done = false;
  ErrorCode code = ErrorCode::internal;  // unless done
  std::string message{};                 // unless done
  std::string product{};                 // equal for all runs that are done
  std::string fault{};                   // what no run may do, such as to leave half a file
};

struct Flow {
  std::string name;
  // Runs in a folder, which may hold what an earlier run has left there, with the failure for what
  // is under test and without it for what the flow itself needs.
  std::function<Outcome(const std::filesystem::path &folder, const allocations::Failure &)> run;
};

// Makes a session in SQLite and in a folder of blobs and runs it, or goes on with it.
Outcome keep_session(const std::filesystem::path &folder, const allocations::Failure &failure);
// What must not be there afterwards: temporary files, a broken audit log. Empty if nothing is.
std::string fault_of_session(const std::filesystem::path &folder);

std::vector<Flow> program_flows();
std::vector<Flow> session_flows();
std::vector<Flow> c_api_flows();

// A short call, and its seller.
extern const char *const small_call;
extern const char *const small_call_seller;

}  // namespace saleschecklist::test

#endif
