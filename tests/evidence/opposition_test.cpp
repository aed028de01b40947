// Quotes for an item against quotes of the contrary.
#include "evidence/opposition.hpp"

#include <doctest/doctest.h>

namespace saleschecklist::test {
namespace {

Transcript call() {
  Transcript out;
  for (const char *speaker : {"Tom", "Ann", "Tom", "Ann", ""}) {
    Utterance u;
    u.speaker = speaker;
    u.text = "first words and second words";
    out.utterances.push_back(u);
  }
  return out;
}

Evidence at(std::size_t utterance, std::size_t begin = 0) {
  Evidence out;
  out.utterance = utterance;
  out.begin = begin;
  return out;
}

}  // namespace

TEST_CASE("the last word of each speaker counts, and all must agree") {
  const Transcript talk = call();
  using evidence::weigh;
  CHECK(weigh(talk, {}, {}) == Answer::unanswered);
  CHECK(weigh(talk, {at(0)}, {}) == Answer::yes);
  CHECK(weigh(talk, {}, {at(0)}) == Answer::denied);
  CHECK(weigh(talk, {at(0)}, {at(2)}) == Answer::denied);
  CHECK(weigh(talk, {at(2)}, {at(0)}) == Answer::yes);
  CHECK(weigh(talk, {at(0, 16)}, {at(0)}) == Answer::yes);
  CHECK(weigh(talk, {at(0)}, {at(0, 16)}) == Answer::denied);
  CHECK(weigh(talk, {at(0)}, {at(1)}) == Answer::ambiguous);
  CHECK(weigh(talk, {at(1)}, {at(0)}) == Answer::ambiguous);
  CHECK(weigh(talk, {at(0), at(3)}, {at(1)}) == Answer::yes);        // Ann gave way
  CHECK(weigh(talk, {at(0), at(3)}, {at(2)}) == Answer::ambiguous);  // Tom turned round
  CHECK(weigh(talk, {at(0)}, {at(4)}) == Answer::ambiguous);         // somebody without a name
}

}  // namespace saleschecklist::test
