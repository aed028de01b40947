// The transcript as a model reads it: numbered lines inside a fence, in passages that fit.
#ifndef SALESCHECKLIST_ASSESS_MODEL_PROMPT_TRANSCRIPT_HPP
#define SALESCHECKLIST_ASSESS_MODEL_PROMPT_TRANSCRIPT_HPP

#include <saleschecklist/transcript.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::assessing {

// An upper estimate of the tokens of a text: one per three bytes, which is one per character of
// Chinese, Japanese, Korean and Indic scripts, and three per character beyond the Basic
// Multilingual Plane. The tokenizers in use make fewer of Latin, Greek and Cyrillic letters.
std::int64_t estimate_tokens(std::string_view text);

// Untrusted text as one line: white space is collapsed, and characters that are invisible or change
// the order of others (controls, direction marks, tags) are removed.
std::string one_line(std::string_view text);

// The text cut to at most `bytes`, with an ellipsis if it was longer; never cuts a character.
std::string clipped(std::string_view text, std::size_t bytes);

// The beginning of an utterance's line: "#12 customer (Anna)". No name can imitate another line.
std::string heading(const Utterance &utterance, std::size_t index);

// Puts `body` between two lines with a word that is derived from it and does not occur in it. No
// line of `body` may begin with '<'.
std::string fenced(std::string_view what, const std::string &body);

// Consecutive utterances that the model reads in one request.
struct Passage {
  std::string text;  // fenced lines "#12 customer (Anna): words"; 12 is the utterance's index
  std::int64_t tokens = 0;
};

// Divides the transcript into passages of at most `most_tokens` (which must be at least 400);
// consecutive passages overlap by about a tenth. Suspect utterances are left out. An utterance that
// exceeds half a passage is divided into overlapping parts with its number. Returns one passage if
// everything fits, and none if nothing is said.
std::vector<Passage> passages(const Transcript &transcript, std::int64_t most_tokens);

}  // namespace saleschecklist::assessing

#endif
