// What scaling.cpp measures: passes over inputs of a given size, in their worst shapes.
#ifndef SALESCHECKLIST_BENCHMARKS_SCALING_HPP
#define SALESCHECKLIST_BENCHMARKS_SCALING_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace scaling {

// One pass, with its input prepared. Returns the message of the error that the input is refused
// with; empty if it is not.
using Pass = std::function<std::string()>;

struct Case {
  std::string pass, shape;
  std::function<Pass(std::size_t bytes)> prepare;  // an input of about so many bytes
  std::size_t most_memory = 0;  // times the size of the input, above which it is a fault; 0: any
};

std::vector<Case> reading_cases();  // read_transcript(), each family of formats
std::vector<Case> talk_cases();     // what is done with a transcript that was read
std::vector<Case> other_cases();    // JSON, reports, recordings

// `unit` again and again, to `bytes` in all.
std::string repeated(const std::string &unit, std::size_t bytes);

// Lines made from their numbers, between a head and a foot, to `bytes` in all.
std::string numbered(std::size_t bytes, const std::function<std::string(std::size_t)> &line,
                     std::string head = {}, const std::string &foot = {});

}  // namespace scaling

#endif
