// Which times of a file are in its order.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_TIME_ORDER_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_TIME_ORDER_HPP

#include <cstdint>
#include <optional>
#include <vector>

namespace saleschecklist::transcript {

// The places of a longest row of times that never step back; places without a time are left out.
std::vector<std::size_t> ascending_places(const std::vector<std::optional<std::int64_t>> &times);

}  // namespace saleschecklist::transcript

#endif
