// What is said in sales calls, and what is said in other conversations.
#ifndef SALESCHECKLIST_ASSESSABILITY_PHRASES_HPP
#define SALESCHECKLIST_ASSESSABILITY_PHRASES_HPP

#include <saleschecklist/transcript.hpp>

#include <array>
#include <cstddef>

namespace saleschecklist::assessable {

enum class Topic { product, price, need, next_step, service, meeting };
constexpr std::size_t topic_count = 6;

struct PhraseCounts {
  std::array<std::size_t, topic_count> of_topic{};  // different phrases that occur
  std::size_t words = 0;
  std::size_t address_words = 0;  // "you", "your" and "yours"

  std::size_t operator[](Topic topic) const { return of_topic[static_cast<std::size_t>(topic)]; }
};

// Counts in English text, without suspect utterances.
PhraseCounts count_phrases(const Transcript &transcript);

}  // namespace saleschecklist::assessable

#endif
