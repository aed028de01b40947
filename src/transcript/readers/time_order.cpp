#include "transcript/readers/time_order.hpp"

#include <algorithm>

namespace saleschecklist::transcript {

std::vector<std::size_t> ascending_places(const std::vector<std::optional<std::int64_t>> &times) {
  std::vector<std::size_t> last;  // last[k]: the place with the least time that ends a row of k + 1
  std::vector<std::size_t> before(times.size(), times.size());
  const auto later = [&](std::int64_t time, std::size_t at) { return time < *times[at]; };
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!times[i]) continue;
    const auto found = std::upper_bound(last.begin(), last.end(), *times[i], later);
    if (found != last.begin()) before[i] = *(found - 1);
    found == last.end() ? void(last.push_back(i)) : void(*found = i);
  }
  std::vector<std::size_t> places;
  if (last.empty()) return places;
  for (std::size_t at = last.back(); at < times.size(); at = before[at]) places.push_back(at);
  std::reverse(places.begin(), places.end());
  return places;
}

}  // namespace saleschecklist::transcript
