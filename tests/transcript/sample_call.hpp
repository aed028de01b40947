// One call that the tests of readers write in many forms.
#ifndef SALESCHECKLIST_TESTS_TRANSCRIPT_SAMPLE_CALL_HPP
#define SALESCHECKLIST_TESTS_TRANSCRIPT_SAMPLE_CALL_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace saleschecklist::test {

// The words of the call and the seconds at which the turns begin.
inline const std::vector<std::string> words = {
    "Thanks for taking the time today, Lee. How do you currently plan the routes?",
    "We use spreadsheets. Three dispatchers lose about two hours every morning.",
    "What happens if nothing changes by winter?",
    "Then we lose the Hartmann contract, and our CFO will not accept that.",
    "Our platform plans a day in four minutes. Who else decides with you?",
    "Our CFO signs, and our operations lead has a veto.",
    "Shall we meet on Thursday at ten?",
    "Yes, Thursday works for us."};
inline constexpr std::array<std::int64_t, 8> seconds = {3, 8, 14, 17, 24, 28, 33, 36};

// The call with one turn by each call of `turn(i, name, words)`.
template <class Turn>
std::string call_of(const Turn &turn, const std::string &seller = "Dana Reyes",
                    const std::string &buyer = "Lee Okafor") {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    out += turn(i, i % 2 == 0 ? seller : buyer, words[i]);
  }
  return out;
}

inline std::string labelled(std::size_t /*turn*/, const std::string &name,
                            const std::string &said) {
  return name + ": " + said + "\n";
}

inline std::string headed(std::size_t turn, const std::string &name, const std::string &said) {
  return fmt::format("{}  0:{:02}\n{}\n\n", name, seconds[turn], said);
}

// Checks that `bytes` hold the call and nothing else, and returns what was read.
inline Transcript check_call(const std::string &bytes, const std::string &seller = "Dana Reyes",
                             const std::string &buyer = "Lee Okafor") {
  CAPTURE(bytes);
  const auto read = read_transcript(bytes);
  REQUIRE(read);
  REQUIRE(read->utterances.size() == words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    CHECK(read->utterances[i].speaker == (i % 2 == 0 ? seller : buyer));
    CHECK(read->utterances[i].text == words[i]);
  }
  return *read;
}

inline void check_times(const Transcript &read) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    CHECK(read.utterances[i].begin_ms == seconds[i] * 1000);
  }
}

}  // namespace saleschecklist::test

#endif
