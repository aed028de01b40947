// score_many(): computes score() for arrays of bytes by counting bits.
#include <saleschecklist/batch.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "score/answer_bits.hpp"
#include "score/score_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <limits>
#include <system_error>
#include <thread>
#include <vector>

namespace saleschecklist {
namespace {

constexpr std::size_t rows_at_once = 4096;  // taken by a thread at a time: about 400 KB of answers
constexpr std::size_t no_row = std::numeric_limits<std::size_t>::max();
constexpr std::size_t word_lanes = 64;

// The items of one weight within one word of 64 answers.
struct Term {
  std::uint64_t items = 0;  // one bit per item
  std::uint64_t weight = 0;
  bool ends_category = false;
  int max_score = 0;
};

// A word of up to 64 answers of a row.
struct Word {
  std::size_t lanes = 0;              // number of answers to read: 32 or 64
  std::vector<std::uint8_t> checked;  // see answer_bits.hpp
  std::vector<Term> terms;
};

class BatchScorer {
 public:
  BatchScorer(const Checklist &checklist, const Policy &policy, const BatchOutput &output)
      : output_(output),
        edges_(policy),
        columns_(item_count(checklist)),
        categories_(checklist.categories.size()) {
    for (std::size_t begin = 0; begin < columns_; begin += word_lanes) add_word(begin);
    std::size_t column = 0;
    for (const Category &category : checklist.categories) {
      add_gates(category, policy.gates, column);
      add(category, policy.mode, column);
    }
  }

  // Returns the first row in [begin, end) that cannot be scored, or no_row. May read up to
  // answer_lanes - 1 bytes beyond the last row.
  std::size_t run(const std::uint8_t *answers, std::size_t begin, std::size_t end) const {
#if defined(SALESCHECKLIST_AVX2)
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") &&
                             __builtin_cpu_supports("bmi");
    if (wide) return run_avx2(answers, begin, end);
#endif
    return run_rows<scoring::PortableBits>(answers, begin, end);
  }

  // The same without reading beyond the last row.
  std::size_t run_last(const std::uint8_t *answers, std::size_t begin, std::size_t end) const {
    std::vector<std::uint8_t> copy(columns_ + scoring::answer_lanes);
    for (std::size_t row = begin; row < end; ++row) {
      std::copy_n(answers + row * columns_, columns_, copy.begin());
      if (!score_row<scoring::PortableBits>(copy.data(), row)) return row;
    }
    return no_row;
  }

  // The number of rows at the end that run() must leave to run_last().
  std::size_t last_rows() const { return (scoring::answer_lanes - 1 + columns_ - 1) / columns_; }

 private:
  void add_word(std::size_t begin) {
    const std::size_t count = std::min(word_lanes, columns_ - begin);
    Word word;
    word.lanes =
        (count + scoring::answer_lanes - 1) / scoring::answer_lanes * scoring::answer_lanes;
    word.checked.resize(word.lanes, 0);
    std::fill_n(word.checked.begin(), count, std::uint8_t{0xFC});
    words_.push_back(std::move(word));
  }

  // `column` is that of the category's first item.
  void add_gates(const Category &category, const std::vector<Gate> &gates, std::size_t column) {
    for (const Item &item : category.items) {
      for (const Gate &gate : gates) {
        if (gate.item_id == item.id && gate.from_stage.empty()) {
          gates_.push_back({column, gate.at_most});
        }
      }
      ++column;
    }
  }

  // Without category scores, the terms of all categories can be combined.
  void add(const Category &category, ScoringMode mode, std::size_t &column) {
    const std::size_t begin = output_.category_scores == nullptr ? 0 : column;
    for (const Item &item : category.items) {
      const std::uint64_t weight = scoring::weight_units(category, item, mode);
      Term &term = term_of(weight, column, begin);
      term.items |= std::uint64_t{1} << column % word_lanes;
      all_units_ += weight;
      ++column;
    }
    Term &last = words_[(column - 1) / word_lanes].terms.back();
    last.ends_category = true;
    last.max_score = category.max_score;
  }

  // The term for that weight in the column's word, among those that begin at `begin` or later.
  Term &term_of(std::uint64_t weight, std::size_t column, std::size_t begin) {
    const std::size_t word_begin = column / word_lanes * word_lanes;
    std::vector<Term> &terms = words_[column / word_lanes].terms;
    for (Term &term : terms) {
      const std::uint64_t earlier =
          begin > word_begin ? (std::uint64_t{1} << (begin - word_begin)) - 1 : 0;
      if (term.weight == weight && (term.items & earlier) == 0) return term;
    }
    terms.push_back({0, weight});
    return terms.back();
  }

#if defined(SALESCHECKLIST_AVX2)
  // Everything that it calls is inlined, so that all of it is compiled for that processor.
  SALESCHECKLIST_AVX2 [[gnu::flatten]] std::size_t run_avx2(const std::uint8_t *answers,
                                                            std::size_t begin,
                                                            std::size_t end) const {
    return run_rows<scoring::Avx2Bits>(answers, begin, end);
  }
#endif

  template <class Bits>
  std::size_t run_rows(const std::uint8_t *answers, std::size_t begin, std::size_t end) const {
    for (std::size_t row = begin; row < end; ++row) {
      const std::uint8_t *codes = answers + row * columns_;
      prefetch(codes);
      if (!score_row<Bits>(codes, row)) return row;
    }
    return no_row;
  }

  // The work per row exceeds what the processor prefetches by itself.
  void prefetch(const std::uint8_t *codes) const {
#if defined(__GNUC__)
    constexpr std::size_t ahead = 4096, line = 64;
    const auto begin = reinterpret_cast<std::uintptr_t>(codes) + ahead;  // harmless beyond the end
    for (std::size_t at = 0; at < columns_; at += line) {
      // NOLINTNEXTLINE(performance-no-int-to-ptr): a pointer beyond the end would be undefined
      __builtin_prefetch(reinterpret_cast<const void *>(begin + at));
    }
#endif
  }

  template <class Bits>
  bool score_row(const std::uint8_t *codes, std::size_t row) const {
    const std::uint8_t *answers = codes;
    double *category =
        output_.category_scores == nullptr ? nullptr : output_.category_scores + row * categories_;
    std::uint64_t units = 0, category_begin = 0, left_out = 0;
    for (const Word &word : words_) {
      const scoring::AnswerBits bits = Bits::of(answers, word.checked.data(), word.lanes);
      if (!bits.known) return false;
      answers += word_lanes;
      const std::uint64_t yes = bits.yes(), not_applicable = bits.not_applicable();
      for (const Term &term : word.terms) {
        units += term.weight * count(yes & term.items);
        left_out += term.weight * count(not_applicable & term.items);
        if (category == nullptr || !term.ends_category) continue;
        *category++ = scoring::points_of(units - category_begin, term.max_score);
        category_begin = units;
      }
    }
    return write(row, units, all_units_ - left_out, codes);
  }

  static std::uint64_t count(std::uint64_t bits) {
    return static_cast<std::uint64_t>(std::popcount(bits));
  }

  bool write(std::size_t row, std::uint64_t units, std::uint64_t possible,
             const std::uint8_t *codes) const {
    if (possible == 0) return false;
    if (output_.totals != nullptr) output_.totals[row] = percent(units, possible);
    if (output_.bands != nullptr) {
      RiskBand band = edges_.band(units, possible);
      for (const ColumnGate &gate : gates_) {
        const auto code = static_cast<AnswerCode>(codes[gate.column]);
        if (code != AnswerCode::yes && code != AnswerCode::not_applicable) {
          band = std::min(band, gate.at_most);
        }
      }
      output_.bands[row] = static_cast<std::uint8_t>(band);
    }
    return true;
  }

  // The floor of the percentage. At most 10^14 units are possible, so 100 times the units is a
  // multiple of 4 below 2^55, which a double holds exactly. A quotient that is no whole number is
  // at least 10^-14 below the next one, farther than a double rounds it up.
  static std::uint8_t percent(std::uint64_t units, std::uint64_t possible) {
    const auto real = [](std::uint64_t n) {
      return static_cast<double>(static_cast<std::int64_t>(n));  // a single instruction; n < 2^63
    };
    return static_cast<std::uint8_t>(100.0 * real(units) / real(possible));
  }

  // A gate of the policy without a stage.
  struct ColumnGate {
    std::size_t column;
    RiskBand at_most;
  };

  BatchOutput output_;
  scoring::BandEdges edges_;
  std::vector<ColumnGate> gates_;
  std::vector<Word> words_;
  std::size_t columns_;
  std::size_t categories_;
  std::uint64_t all_units_ = 0;
};

// Scores rows in as many threads as are available, until no rows are left or one is faulty.
std::size_t run_all(const BatchScorer &scorer, const std::uint8_t *answers, std::size_t rows,
                    unsigned threads) {
  const std::size_t body = rows - std::min(rows, scorer.last_rows());
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
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t most = std::min<std::size_t>(threads, body / rows_at_once + 1);
  std::vector<std::jthread> helpers;
  try {
    while (helpers.size() + 1 < most) helpers.emplace_back(work);
  } catch (const std::system_error &) {
    // No further thread could be started; the existing ones do all the work.
  }
  work();
  helpers.clear();
  const std::size_t first = faulty.load();
  return first != no_row ? first : scorer.run_last(answers, body, rows);
}

Error row_fault(const Checklist &checklist, const std::uint8_t *answers, std::size_t row,
                std::size_t columns) {
  std::size_t column = 0;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      const unsigned code = answers[row * columns + column++];
      if (code <= static_cast<unsigned>(AnswerCode::not_applicable)) continue;
      return errors::invalid_argument(fmt::format("expected an answer code of 0 (unanswered), 1 "
                                                  "(yes), 2 (no) or 3 (not applicable), got {}",
                                                  code),
                                      fmt::format("row {}, item {}", row, item.id));
    }
  }
  return errors::invalid_argument("there is nothing to score: every item is not applicable",
                                  fmt::format("row {}", row));
}

}  // namespace

Result<std::size_t> score_many(const Checklist &checklist, const std::uint8_t *answers,
                               std::size_t rows, const BatchOutput &output, const Policy &policy,
                               unsigned threads) {
  return base::guard([&]() -> Result<std::size_t> {
    if (auto error = scoring::unscorable(checklist, policy)) return *std::move(error);
    if (rows == 0) return rows;
    if (answers == nullptr) {
      return errors::invalid_argument("expected one answer per item for each row", "answers");
    }
    const BatchScorer scorer(checklist, policy, output);
    const std::size_t bad = run_all(scorer, answers, rows, threads);
    if (bad != no_row) return row_fault(checklist, answers, bad, item_count(checklist));
    return rows;
  });
}

}  // namespace saleschecklist
