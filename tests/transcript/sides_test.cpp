// How the speakers of a sales call are divided into sellers and buyers.
#include <doctest/doctest.h>

#include <cmath>

#include "support/support.hpp"
#include "transcript/roles/sides.hpp"

namespace saleschecklist::test {
namespace {

using transcript::chances_of_selling;
using transcript::Pulls;

// Speakers who all say as much, and of whom nothing is known but how they talk.
Pulls speakers(const std::vector<double> &leans) {
  const std::size_t count = leans.size();
  return {std::vector<double>(count, 100), leans,
          std::vector<std::vector<double>>(count, std::vector<double>(count)),
          std::vector<Role>(count, Role::unknown)};
}

void pull_apart(Pulls &pulls, std::size_t a, std::size_t b, double by) {
  pulls.apart[a][b] += by;
  pulls.apart[b][a] += by;
}

}  // namespace

TEST_CASE("of two speakers one sells, and the difference of their talk tells who") {
  const auto chances = chances_of_selling(speakers({3, 1}));
  CHECK(chances[0] == doctest::Approx(1 / (1 + std::exp(-2))));
  CHECK(chances[1] == doctest::Approx(1 - chances[0]));
  CHECK(chances_of_selling(speakers({0, 0}))[0] == doctest::Approx(0.5));
}

TEST_CASE("somebody buys even if all talk like sellers, and the other way round") {
  CHECK(chances_of_selling(speakers({9, 9, 3}))[2] < 0.05);
  CHECK(chances_of_selling(speakers({-9, -9, -3}))[2] > 0.95);
}

TEST_CASE("whoever talks with sellers buys, and whoever talks with buyers sells") {
  for (const std::size_t with : {0, 1}) {
    Pulls pulls = speakers({4, -4, 0});
    CHECK(chances_of_selling(pulls)[2] == doctest::Approx(0.5));
    pull_apart(pulls, 2, with, 3);
    const double chance = chances_of_selling(pulls)[2];
    CHECK((with == 0 ? 1 - chance : chance) > 0.9);
  }
}

TEST_CASE("a side that is stated stays, and the others follow from it") {
  Pulls pulls = speakers({-5, 5, 0, 0});
  pulls.known = {Role::rep, Role::customer, Role::unknown, Role::unknown};
  pull_apart(pulls, 2, 0, 3);
  pull_apart(pulls, 3, 1, 3);
  const auto chances = chances_of_selling(pulls);
  CHECK(chances[0] == 1);
  CHECK(chances[1] == 0);
  CHECK(chances[2] < 0.1);
  CHECK(chances[3] > 0.9);
}

TEST_CASE("those who say least in a crowd are placed by the others") {
  std::vector<double> leans(150, 0);
  leans[0] = 6;
  leans[1] = -6;
  Pulls pulls = speakers(leans);
  pulls.words[0] = pulls.words[1] = 500;
  pulls.words[149] = 1;
  pull_apart(pulls, 149, 1, 4);
  const auto chances = chances_of_selling(pulls);
  CHECK(chances[0] > 0.9);
  CHECK(chances[1] < 0.1);
  CHECK(chances[149] > 0.9);
  CHECK(chances[100] == doctest::Approx(0.5));
}

TEST_CASE("an exchange is that two speak one after the other") {
  const Transcript call = talk("Rita: Hello.\nCarl: Hi.\nCarl: Good.\nRita: Well.\nAda: Yes.\n");
  const auto counts = transcript::count_exchanges(call, {"Rita", "Carl", "Ada"});
  CHECK(counts == std::vector<std::vector<double>>{{0, 2, 1}, {2, 0, 0}, {1, 0, 0}});
}

}  // namespace saleschecklist::test
