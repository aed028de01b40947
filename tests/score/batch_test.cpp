// score_many(): what score() gives, for a whole history at once.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <sys/mman.h>
#include <unistd.h>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

Checklist sized(const std::vector<int> &sizes) {
  Checklist out{"history", "History", "", 1, {}};
  int number = 0;
  for (const int size : sizes) {
    Category category;
    category.id = fmt::format("c{}", out.categories.size() + 1);
    category.name = category.id;
    category.order = static_cast<int>(out.categories.size()) + 1;
    category.default_weight = 0.001 * (1 + (number * 7919) % 5000);
    category.max_score = 1 + number % 13;
    for (int i = 0; i < size; ++i, ++number) {
      Item item;
      item.id = fmt::format("i{}", number);
      item.title = item.id;
      item.definition = "D";
      item.weight = number % 3 == 0 ? 1.0 : 0.001 * (1 + (number * 104729) % 100000);
      category.items.push_back(std::move(item));
    }
    out.categories.push_back(std::move(category));
  }
  return out;
}

Policy policy_of(ScoringMode mode) {
  Policy out;
  out.mode = mode;
  out.yellow.threshold = 33.333;
  out.green.threshold = 66.667;
  return out;
}

struct Figures {
  std::vector<std::uint8_t> totals, bands;
  std::vector<double> categories;
};

Figures batch(const Checklist &checklist, const std::vector<std::uint8_t> &answers,
              const Policy &policy, unsigned threads = 1) {
  const std::size_t rows = answers.size() / item_count(checklist);
  Figures out{std::vector<std::uint8_t>(rows, 255), std::vector<std::uint8_t>(rows, 255),
              std::vector<double>(rows * checklist.categories.size(), -1)};
  const BatchOutput output{out.totals.data(), out.bands.data(), out.categories.data()};
  const auto done = score_many(checklist, answers.data(), rows, output, policy, threads);
  CHECK(done.value() == rows);
  return out;
}

Score one_by_one(const Checklist &checklist, const std::uint8_t *answers, const Policy &policy) {
  constexpr Answer words[] = {Answer::unanswered, Answer::yes, Answer::no, Answer::not_applicable};
  std::vector<Response> responses;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      Response response;
      response.item_id = item.id;
      response.answer = words[*answers++];
      responses.push_back(std::move(response));
    }
  }
  return score(checklist, responses, policy).value();
}

// So many rows of answers of which the first item is never not applicable.
std::vector<std::uint8_t> history(const Checklist &checklist, std::size_t rows) {
  const std::size_t columns = item_count(checklist);
  auto out = *rc::gen::container<std::vector<std::uint8_t>>(rows * columns,
                                                            rc::gen::inRange<std::uint8_t>(0, 4));
  for (std::size_t row = 0; row < rows; ++row) out[row * columns] %= 3;
  return out;
}

void check_equal(const Checklist &checklist, const Policy &policy) {
  constexpr std::size_t rows = 20;
  const auto answers = history(checklist, rows);
  const Figures all = batch(checklist, answers, policy);
  const std::size_t categories = checklist.categories.size();
  for (std::size_t row = 0; row < rows; ++row) {
    const Score card = one_by_one(checklist, answers.data() + row * item_count(checklist), policy);
    RC_ASSERT(all.totals[row] == card.total_score);
    RC_ASSERT(all.bands[row] == static_cast<int>(card.risk_band));
    for (std::size_t c = 0; c < categories; ++c) {
      RC_ASSERT(all.categories[row * categories + c] == card.category_breakdown[c].score);
    }
  }
}

}  // namespace

TEST_CASE("a history scored at once gives bit for bit what one call at a time gives") {
  for (const ScoringMode mode : {ScoringMode::equal_weight, ScoringMode::weighted}) {
    for (const auto &sizes : std::vector<std::vector<int>>{
             {1}, {8}, {15, 1}, {16}, {17}, {63}, {64}, {65}, {60, 10, 3}, {130, 1, 200}}) {
      CAPTURE(sizes.front());
      const Checklist checklist = sized(sizes);
      CHECK(rc::check([&] { check_equal(checklist, policy_of(mode)); }));
    }
    CHECK(rc::check([&] { check_equal(Checklist::standard(), policy_of(mode)); }));
    CHECK(rc::check([&] { check_equal(Checklist::ten_point(), policy_of(mode)); }));
  }
}

TEST_CASE("every share of yes among 1 to 100 items gets its own floor and band") {
  for (int items = 1; items <= 100; ++items) {
    const Checklist checklist = sized({items});
    std::vector<std::uint8_t> answers;
    for (int yes = 0; yes <= items; ++yes) {
      for (int i = 0; i < items; ++i) answers.push_back(i < yes ? 1 : 2);
    }
    const Figures all = batch(checklist, answers, Policy());
    for (int yes = 0; yes <= items; ++yes) {
      const auto row = static_cast<std::size_t>(yes);
      CHECK(all.totals[row] == 100 * yes / items);
      CHECK(all.bands[row] == (100 * yes >= 80 * items) + (100 * yes >= 60 * items));
    }
  }
}

TEST_CASE("threads change nothing") {
  const Checklist &checklist = Checklist::standard();
  std::vector<std::uint8_t> answers(item_count(checklist) * 20'000);
  for (std::size_t i = 0; i < answers.size(); ++i) answers[i] = (i * 7919 / 13) % 3;
  const Figures alone = batch(checklist, answers, Policy());
  for (const unsigned threads : {0U, 2U, 3U, 64U}) {
    const Figures many = batch(checklist, answers, Policy(), threads);
    CHECK(many.totals == alone.totals);
    CHECK(many.bands == alone.bands);
    CHECK(many.categories == alone.categories);
  }
}

TEST_CASE("the first row that cannot be scored is named, whatever the number of threads") {
  const Checklist checklist = sized({5, 15});
  std::vector<std::uint8_t> answers(20 * 50'000, 1);
  for (const unsigned threads : {1U, 4U}) {
    for (const std::size_t row : {std::size_t{0}, std::size_t{41'000}, std::size_t{49'999}}) {
      auto bad = answers;
      bad[row * 20 + 19] = 4;
      bad.back() = 255;
      const auto failed = score_many(checklist, bad.data(), 50'000, {}, {}, threads);
      REQUIRE_FALSE(failed);
      CHECK(failed.error().code == ErrorCode::invalid_argument);
      CHECK(failed.error().where == fmt::format("row {}, item i19", row));
    }
  }
  std::fill_n(answers.begin() + 20 * 7, 20, std::uint8_t{3});
  const auto failed = score_many(checklist, answers.data(), 50'000, {});
  REQUIRE_FALSE(failed);
  CHECK(to_string(failed.error()) ==
        "row 7: there is nothing to score: every item is not applicable");
}

TEST_CASE("an unknown code is found in each column of the first and of the last row") {
  for (const int columns : {7, 20, 70}) {
    const Checklist checklist = sized({columns});
    const auto size = static_cast<std::size_t>(columns);
    const std::size_t rows = 40;
    for (const std::size_t row : {std::size_t{0}, rows - 1}) {
      for (std::size_t column = 0; column < size; ++column) {
        for (const unsigned code : {4U, 128U}) {
          std::vector<std::uint8_t> answers(rows * size, 1);
          answers[row * size + column] = static_cast<std::uint8_t>(code);
          const auto failed = score_many(checklist, answers.data(), rows, {});
          REQUIRE_FALSE(failed);
          CHECK(failed.error().where == fmt::format("row {}, item i{}", row, column));
        }
      }
    }
  }
}

TEST_CASE("nothing is read beyond the last answer") {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  void *memory =
      mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(memory != MAP_FAILED);
  std::uint8_t *const end = static_cast<std::uint8_t *>(memory) + page;
  REQUIRE(mprotect(end, page, PROT_NONE) == 0);
  for (int columns = 1; columns <= 100; ++columns) {
    const std::size_t rows = 40, size = rows * static_cast<std::size_t>(columns);
    std::fill_n(end - size, size, std::uint8_t{1});
    std::vector<std::uint8_t> totals(rows);
    CHECK(score_many(sized({columns}), end - size, rows, {totals.data()}).value() == rows);
    CHECK(totals == std::vector<std::uint8_t>(rows, 100));
  }
  munmap(memory, 2 * page);
}

TEST_CASE("the first faulty row is named even if others are still being scored") {
  const Checklist checklist = sized({1000});
  const std::size_t rows = 20'000, columns = 1000;
  std::vector<std::uint8_t> answers(rows * columns, 1);
  for (const std::size_t row : {0, 4000, 8191, 9000, 16'000, 19'000}) {
    answers[row * columns] = 4;
    for (const unsigned threads : {2U, 3U, 5U}) {
      const auto failed = score_many(checklist, answers.data(), rows, {}, {}, threads);
      REQUIRE_FALSE(failed);
      CHECK(failed.error().where == fmt::format("row {}, item i0", row));
    }
    answers[row * columns] = 1;
  }
}

TEST_CASE("no rows, no wishes and nothing to read are no trouble") {
  const Checklist checklist = sized({3});
  CHECK(score_many(checklist, nullptr, 0, {}).value() == 0);
  const std::uint8_t answers[] = {1, 2, 3};
  CHECK(score_many(checklist, answers, 1, {}).value() == 1);
  CHECK(score_many(checklist, nullptr, 1, {}).error().code == ErrorCode::invalid_argument);
  Policy crossed;
  crossed.yellow.threshold = 90;
  CHECK(score_many(checklist, answers, 1, {}, crossed).error().code == ErrorCode::invalid_argument);
}

}  // namespace saleschecklist::test
