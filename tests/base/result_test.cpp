// Result, and how errors and enums are written to a stream.
#include <saleschecklist/saleschecklist.hpp>

#include <doctest/doctest.h>

#include <sstream>

namespace saleschecklist::test {
namespace {

Result<void> only_even(int number) {
  if (number % 2 != 0) return Error{ErrorCode::invalid_argument, "expected an even number", "n"};
  return {};
}

template <class T>
std::string shown(const T &value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

}  // namespace

TEST_CASE("a function that gives nothing succeeds or says why not") {
  CHECK(only_even(2));
  CHECK_NOTHROW(only_even(2).value());
  const auto odd = only_even(3);
  REQUIRE_FALSE(odd.has_value());
  CHECK(odd.error().where == "n");
  CHECK_THROWS_WITH_AS(odd.value(), "n: expected an even number", BadResult);
}

TEST_CASE("value_or() gives the value, or what it was given") {
  CHECK(Result<int>(7).value_or(1) == 7);
  CHECK(Result<int>(Error{}).value_or(1) == 1);
  const Result<std::string> kept(std::string("kept"));
  CHECK(kept.value_or("other") == "kept");
  CHECK(Result<std::unique_ptr<int>>(Error{}).value_or(nullptr) == nullptr);
}

TEST_CASE("errors and enums can be written to a stream") {
  CHECK(shown(Error{ErrorCode::io, "the disk is full", "report.pdf"}) ==
        "report.pdf: the disk is full");
  CHECK(shown(RiskBand::yellow) == "yellow");
  CHECK(shown(Answer::not_applicable) == "not_applicable");
  CHECK(shown(ErrorCode::over_budget) == "over_budget");
  CHECK(shown(SessionStatus::pending_review) == "pending_review");
}

TEST_CASE("a quote can be verified as it stands, without a claim around it") {
  const Transcript call =
      read_transcript("Dana: What does it cost you?\nLee: We lose 40k a month.\n").value();
  const auto verdicts = verify(call, {"We lose 40k a month", "We lose 50k a month"});
  REQUIRE(verdicts.size() == 2);
  CHECK(verdicts[0].evidence->utterance == 1);
  CHECK_FALSE(verdicts[1].evidence);
}

}  // namespace saleschecklist::test
