// score_many(): the arithmetic of score() over bytes, by tables of sums for eight answers at once.
#include <saleschecklist/batch.hpp>

#include "core/checklist_faults.hpp"
#include "core/guard.hpp"
#include "core/schema.hpp"
#include "core/score_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <limits>
#include <system_error>
#include <thread>
#include <vector>

namespace saleschecklist {
namespace {

constexpr std::size_t lanes = 8;  // answers in a 64-bit word
constexpr std::uint64_t ones = 0x0101010101010101;
constexpr std::size_t rows_at_once = 4096;  // a thread's helping: some 400 KB of answers
constexpr std::size_t no_row = std::numeric_limits<std::size_t>::max();

// The lowest bits of eight bytes side by side: byte i gives bit 7 - i.
constexpr std::size_t gather(std::uint64_t bits) { return (bits * 0x8040201008040201) >> 56; }

// Up to eight neighbouring items of one category.
struct Group {
  std::size_t begin = 0;                        // the column of the first
  std::uint64_t items = 0;                      // the low bit of each item's byte
  std::array<std::uint64_t, 1 << lanes> units;  // the weights' sum for each gathered set
};

struct Block {
  std::vector<Group> groups;
  int max_score = 0;
};

struct RowResult {
  std::uint64_t units = 0;
  std::uint64_t possible = 0;
  bool known_codes = true;
};

class BatchScorer {
 public:
  BatchScorer(const Checklist &checklist, const Policy &policy, const BatchOutput &output)
      : output_(output), edges_(policy) {
    for (const Category &category : checklist.categories) add(category, policy.mode);
  }

  // The first row in [begin, end) that cannot be scored, or no_row.
  std::size_t run(const std::uint8_t *answers, std::size_t begin, std::size_t end) const {
    for (std::size_t row = begin; row < end; ++row) {
      const RowResult result = score_row(answers + row * columns_, row);
      if (!result.known_codes || result.possible == 0) return row;
      write(row, result);
    }
    return no_row;
  }

  // A row that has no eight bytes behind it to read beyond its end.
  std::size_t run_last(const std::uint8_t *answers, std::size_t row) const {
    std::vector<std::uint8_t> padded(columns_ + lanes);
    std::copy_n(answers + row * columns_, columns_, padded.begin());
    const RowResult result = score_row(padded.data(), row);
    if (!result.known_codes || result.possible == 0) return row;
    write(row, result);
    return no_row;
  }

 private:
  void add(const Category &category, ScoringMode mode) {
    Block block;
    block.max_score = category.max_score;
    for (std::size_t first = 0; first < category.items.size(); first += lanes) {
      Group group;
      group.begin = columns_ + first;
      group.units.fill(0);
      const std::size_t count = std::min(lanes, category.items.size() - first);
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t weight = weight_units(category, category.items[first + i], mode);
        const std::uint64_t bit = std::uint64_t{1} << (8 * i);
        group.items |= bit;
        all_units_ += weight;
        for (std::size_t set = 0; set < group.units.size(); ++set) {
          if (set & gather(bit)) group.units[set] += weight;
        }
      }
      block.groups.push_back(group);
    }
    columns_ += category.items.size();
    blocks_.push_back(std::move(block));
  }

  RowResult score_row(const std::uint8_t *answers, std::size_t row) const {
    RowResult out;
    std::uint64_t left_out = 0, strange = 0;
    double *category = output_.category_scores;
    if (category != nullptr) category += row * blocks_.size();
    for (const Block &block : blocks_) {
      std::uint64_t units = 0;
      for (const Group &group : block.groups) {
        std::uint64_t word;
        std::memcpy(&word, answers + group.begin, sizeof word);
        const std::uint64_t low = word & group.items, high = (word >> 1) & group.items;
        strange |= word & (group.items * 0xFC);
        units += group.units[gather(low & ~high)];       // 1: yes
        left_out += group.units[gather(low & high)];     // 3: not applicable
      }
      out.units += units;
      if (category != nullptr) *category++ = points_of(units, block.max_score);
    }
    out.possible = all_units_ - left_out;
    out.known_codes = strange == 0;
    return out;
  }

  void write(std::size_t row, const RowResult &r) const {
    if (output_.totals != nullptr) {
      output_.totals[row] = static_cast<std::uint8_t>(100 * r.units / r.possible);
    }
    if (output_.bands != nullptr) {
      output_.bands[row] = static_cast<std::uint8_t>(edges_.band(r.units, r.possible));
    }
  }

  BatchOutput output_;
  BandEdges edges_;
  std::vector<Block> blocks_;
  std::size_t columns_ = 0;
  std::uint64_t all_units_ = 0;
};

// Takes helpings of rows until none is left or one is faulty, in as many threads as can be had.
std::size_t run_all(const BatchScorer &scorer, const std::uint8_t *answers, std::size_t rows,
                    unsigned threads) {
  const std::size_t body = rows - 1;
  std::atomic<std::size_t> next{0}, faulty{no_row};
  const auto work = [&] {
    for (;;) {
      const std::size_t begin = next.fetch_add(rows_at_once);
      if (begin >= body || begin > faulty.load()) return;
      const std::size_t bad = scorer.run(answers, begin, std::min(begin + rows_at_once, body));
      std::size_t known = faulty.load();
      while (bad < known && !faulty.compare_exchange_weak(known, bad)) {
      }
    }
  };
  const std::size_t most = body / rows_at_once + 1;
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> helpers;
  try {
    while (helpers.size() + 1 < std::min<std::size_t>(threads, most)) helpers.emplace_back(work);
  } catch (const std::system_error &) {
    // No more threads to be had: those there are do all the work.
  }
  work();
  helpers.clear();
  return std::min(faulty.load(), scorer.run_last(answers, rows - 1));
}

Error row_fault(const Checklist &checklist, const std::uint8_t *answers, std::size_t row,
                std::size_t columns) {
  std::size_t column = 0;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      const unsigned code = answers[row * columns + column++];
      if (code <= static_cast<unsigned>(AnswerCode::not_applicable)) continue;
      return {ErrorCode::invalid_argument,
              fmt::format("answer code {}: expected 0 unanswered, 1 yes, 2 no or 3 not applicable",
                          code),
              fmt::format("row {}, item {}", row, item.id)};
    }
  }
  return {ErrorCode::invalid_argument, "every item is not applicable: there is nothing to score",
          fmt::format("row {}", row)};
}

}  // namespace

Result<std::size_t> score_many(const Checklist &checklist, const std::uint8_t *answers,
                               std::size_t rows, const BatchOutput &output, const Policy &policy,
                               unsigned threads) {
  return guard([&]() -> Result<std::size_t> {
    if (auto error = unscorable(checklist, policy)) return *std::move(error);
    if (rows == 0) return rows;
    if (answers == nullptr) {
      return Error{ErrorCode::invalid_argument, "expected the answers of every row", "answers"};
    }
    const BatchScorer scorer(checklist, policy, output);
    const std::size_t bad = run_all(scorer, answers, rows, threads);
    if (bad != no_row) return row_fault(checklist, answers, bad, item_count(checklist));
    return rows;
  });
}

}  // namespace saleschecklist
