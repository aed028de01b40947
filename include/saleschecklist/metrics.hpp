// Metrics of the conversation, each with an exact definition.
#ifndef SALESCHECKLIST_METRICS_HPP
#define SALESCHECKLIST_METRICS_HPP

#include <saleschecklist/transcript.hpp>

namespace saleschecklist {

// The metrics of one speaker. A turn is a run of consecutive utterances of one speaker. A ratio
// whose denominator is zero is absent.
struct SpeakerMetrics {
  std::string speaker;
  Role role = Role::unknown;
  std::int64_t talk_ms = 0;  // total time covered by the speaker's spans that have both times
  std::size_t words = 0;
  std::size_t turns = 0;
  std::size_t questions = 0;      // sentences that end in a question mark
  std::size_t interruptions = 0;  // turns that begin strictly within another speaker's utterance
  std::size_t longest_monologue_words = 0;
  std::optional<std::int64_t> longest_monologue_ms;  // longest timed turn, first begin to last end
  std::optional<double> talk_share;                  // see Metrics::talk_share_basis
  std::optional<double> words_per_minute;            // words of timed spans / talk_ms
  // Mean pause before a reply, in whole milliseconds, rounded down. A reply is a turn that begins
  // at or after the end of another speaker's turn; `replies` counts them.
  std::optional<std::int64_t> patience_ms;
  std::size_t replies = 0;
};

enum class ShareBasis { none, time, words };

struct Metrics {
  std::int64_t duration_ms = 0;  // from the first begin to the last end; 0 without times
  std::size_t words = 0;
  std::size_t utterances = 0;
  std::size_t turns = 0;
  std::size_t speaker_switches = 0;
  std::optional<double> switches_per_minute;  // speaker_switches / duration_ms
  // Shares are of speaking time if every span has both times and their sum is not 0, else of words.
  ShareBasis talk_share_basis = ShareBasis::none;
  // Shares of the talk of all speakers; overlapping speech counts for each speaker. Absent if
  // nobody has the role.
  std::optional<double> rep_talk_share;
  std::optional<double> customer_talk_share;
  std::optional<std::int64_t> longest_rep_monologue_ms;
  std::vector<SpeakerMetrics> speakers;  // in order of first appearance
};

// Pure. Suspect utterances (see Utterance::suspect) are left out. O(n log n) in the number of
// spans.
SALESCHECKLIST_API Metrics measure(const Transcript &transcript);

SALESCHECKLIST_API const char *name(ShareBasis basis) noexcept;  // "time", "words", "none"

}  // namespace saleschecklist

#endif
