// The parts of a transcript that one person has spoken each.
#ifndef SALESCHECKLIST_TURNS_UNITS_HPP
#define SALESCHECKLIST_TURNS_UNITS_HPP

#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::turns {

// A sentence of an utterance: the bytes [begin, end) of its text, without the spaces around it.
struct Unit {
  std::size_t utterance;
  std::size_t begin, end;
};

// The sentences of all utterances that are not suspect, in order.
std::vector<Unit> units_of(const Transcript &transcript);

std::string_view text_of(const Transcript &transcript, const Unit &unit);

// The transcript with these speakers, one for each unit; empty: nobody's. Utterances are divided
// where the speaker changes, and joined where one goes on. A part that begins or ends within a span
// has no time there.
Transcript with_speakers(const Transcript &transcript, const std::vector<Unit> &units,
                         const std::vector<std::string> &speakers);

}  // namespace saleschecklist::turns

#endif
