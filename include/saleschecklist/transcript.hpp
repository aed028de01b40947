// Who said what, and when: the input of every judgement.
#ifndef SALESCHECKLIST_TRANSCRIPT_HPP
#define SALESCHECKLIST_TRANSCRIPT_HPP

#include <saleschecklist/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

enum class Role { unknown, rep, customer };

// A stretch of one utterance with its own times, as the recogniser delivered it.
struct Cue {
  std::size_t begin = 0;  // byte offset of its first character in Utterance::text
  std::optional<std::int64_t> begin_ms;
  std::optional<std::int64_t> end_ms;
};

// Consecutive words of one speaker. Neighbouring cues of a named speaker are merged into one
// utterance for reading; `cues` keeps the times of each (ordered, never empty, first at byte 0).
struct Utterance {
  std::string speaker;  // UTF-8; empty when the source names none
  Role role = Role::unknown;
  std::optional<std::int64_t> begin_ms;  // from the start of the recording
  std::optional<std::int64_t> end_ms;    // never before begin_ms
  std::string text;                      // UTF-8, never empty, no line breaks
  std::vector<Cue> cues;
  // Why the recogniser may have invented these words, as one clause; empty: nothing speaks for it.
  // Doubtful words are shown, but prove nothing and count in no metric.
  std::string doubt{};
};

// Where the roles come from: named by the host, or inferred from what was said.
enum class RoleSource { none, given, inferred };

struct Transcript {
  std::string language;  // as the source names it ("en", "english"), or empty
  std::optional<std::int64_t> duration_ms;
  std::vector<Utterance> utterances;  // ordered by begin time where there is one
  std::string source_format;          // "webvtt", "srt", "text", "otter", "whisper", ...
  RoleSource role_source = RoleSource::none;
  std::string role_reason;            // one sentence for people
  std::vector<std::string> warnings;  // what was skipped or repaired while reading
};

struct ReadOptions {
  // The seller's names, compared without case; a first name suffices when only one speaker has it.
  // Everyone else is then a customer. Empty: roles are inferred, and said to be inferred.
  std::vector<std::string> rep_names;
};

// Reads a transcript in any known format, recognised by content: WebVTT, SRT, plain text
// ("Name: text", Otter headings), JSON of Whisper, OpenAI diarized, Deepgram, AssemblyAI,
// ElevenLabs Scribe, QMSum, this library's own, and plain {"text": ...} objects.
// `bytes` is UTF-8 (with or without a byte order mark) or UTF-16 with one.
// Fails with invalid_input naming the line or JSON pointer and what was expected, and with
// invalid_argument when a name in rep_names is nobody's in the transcript.
SALESCHECKLIST_API Result<Transcript> read_transcript(std::string_view bytes,
                                                      const ReadOptions &options = {});

// Every fault of a transcript that was put together by hand, each with its JSON pointer; empty when
// it is as read_transcript() gives them, which all functions expect: ordered times, texts without
// line breaks, cues within the text.
SALESCHECKLIST_API std::vector<Error> validate(const Transcript &transcript);

SALESCHECKLIST_API const char *name(Role role) noexcept;          // "rep", "customer", "unknown"
SALESCHECKLIST_API const char *name(RoleSource source) noexcept;  // "given", "inferred", "none"

}  // namespace saleschecklist

#endif
