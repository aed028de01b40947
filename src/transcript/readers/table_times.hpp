// Times in tables, whose unit nothing states.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_TABLE_TIMES_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_TABLE_TIMES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace saleschecklist::transcript {

// "0:03", "10:15:03 AM", "2026-03-03T10:15:03Z": milliseconds. "3000", "3.5": thousandths of a unit
// that is not known.
struct TableTime {
  std::int64_t value = 0;
  bool clock = false;
};
std::optional<TableTime> parse_table_time(std::string_view text);

struct TableTimes {
  std::optional<TableTime> begin, end, duration;
};

enum class TableUnit { seconds, milliseconds };

// The unit of numbers: what the name of the column says, else the one with which people speak 60 to
// 400 words per minute.
TableUnit unit_of(const std::vector<TableTimes> &times, std::string_view column, std::size_t words);

std::int64_t in_milliseconds(const TableTime &time, TableUnit unit);

}  // namespace saleschecklist::transcript

#endif
