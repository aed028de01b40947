// What a model gets to read of a transcript: numbered lines behind a fence, in passages that fit.
#ifndef SALESCHECKLIST_ASSESS_MODEL_PROMPT_TRANSCRIPT_HPP
#define SALESCHECKLIST_ASSESS_MODEL_PROMPT_TRANSCRIPT_HPP

#include <saleschecklist/transcript.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::assessing {

// How many tokens a text is at most: one per three bytes, which is above what the models in use
// make of Latin, Greek and Cyrillic letters and one per character of Chinese, Japanese, Korean and
// Indic scripts, and three per character beyond the basic plane.
std::int64_t estimate_tokens(std::string_view text);

// Text from outside as one line: white space collapsed, and characters dropped that show nothing or
// change the order of what is shown (controls, direction marks, tags).
std::string one_line(std::string_view text);

// At most `bytes` of it, with an ellipsis where something is left out; never cuts a character.
std::string clipped(std::string_view text, std::size_t bytes);

// How a line of an utterance begins: "#12 customer (Anna)". No name can look like another line.
std::string heading(const Utterance &utterance, std::size_t index);

// `body` between two lines with a word that is derived from it and does not occur in it. Each line
// of `body` must begin with something else than '<'.
std::string fenced(std::string_view what, const std::string &body);

// Consecutive utterances that are read at a time.
struct Passage {
  std::string text;  // fenced lines "#12 customer (Anna): words"; 12 is the utterance's index
  std::int64_t tokens = 0;
};

// The transcript in passages of at most `most_tokens`, at least 400; neighbours overlap by about a
// tenth. Suspect utterances are left out. An utterance that is too long for half a passage is
// shown in overlapping parts under its number. One passage when it fits; none when nothing is said.
std::vector<Passage> passages(const Transcript &transcript, std::int64_t most_tokens);

}  // namespace saleschecklist::assessing

#endif
