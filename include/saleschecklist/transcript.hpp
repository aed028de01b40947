// The transcript of a call: who said what, and when.
#ifndef SALESCHECKLIST_TRANSCRIPT_HPP
#define SALESCHECKLIST_TRANSCRIPT_HPP

#include <saleschecklist/limits.hpp>
#include <saleschecklist/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

enum class Role { unknown, rep, customer };

// A part of one utterance with its own times, as the recogniser delivered it.
struct TimedSpan {
  std::size_t begin = 0;  // byte offset of its first character in Utterance::text
  std::optional<std::int64_t> begin_ms;
  std::optional<std::int64_t> end_ms;
};

// Consecutive words of one speaker. Consecutive spans of a named speaker are merged into one
// utterance; `spans` keeps the times of each (ordered, never empty, the first at byte 0).
struct Utterance {
  std::string speaker;  // UTF-8; empty if the source names nobody
  Role role = Role::unknown;
  std::optional<std::int64_t> begin_ms;  // from the start of the recording
  std::optional<std::int64_t> end_ms;    // never before begin_ms
  std::string text;                      // UTF-8, never empty, no line breaks
  std::vector<TimedSpan> spans;
  // Why the recogniser has probably invented these words, as one clause; empty if it has not.
  // Suspect words are shown, but they are never evidence and do not count in metrics.
  std::string suspect{};
};

// Where the roles come from: given by the host or by labels, or inferred from what was said.
enum class RoleSource { none, given, inferred };

struct Transcript {
  // As the source names it ("en", "english", "en_us"), else the code of the detected one; empty if
  // it is not known. Readers replace a stated language that the words clearly contradict.
  std::string language;
  std::optional<std::int64_t> duration_ms;
  std::vector<Utterance> utterances;  // ordered by begin time, if there are times
  std::string source_format;          // "webvtt", "srt", "text", "otter", "whisper", ...
  RoleSource role_source = RoleSource::none;
  std::string role_reason;                  // how the roles were found, as one sentence
  std::optional<double> role_confidence{};  // 0..1, that nobody has a wrong role; only if inferred
  std::vector<std::string> warnings;        // what was skipped or repaired while reading
  // Whether a language model told the speakers apart by the words alone, see separate_turns().
  bool speakers_inferred = false;
};

struct ReadOptions {
  // The names of the salespeople, ignoring case; a first name suffices if only one speaker has it.
  // Numbered speakers may be named as their source has them ("A", "0", "speaker_0"). Everyone else
  // is then a customer. If empty, roles are inferred, and role_source says so; where it is in doubt
  // who sells, nobody has a role. If no words of the transcript have a speaker, nobody has a role
  // either, and role_reason says so.
  std::vector<std::string> rep_names;
  // The largest file that is read; see limits.hpp for what else is limited.
  std::size_t most_bytes = limits::transcript_bytes;
};

// Reads a transcript in any known format, which is detected by content; docs/formats.md lists them:
// subtitles, plain text as meeting tools, editors and mails write it, tables, web pages, Word
// documents, and the JSON of recognisers, meeting assistants, contact centres, voice agents and
// this library, also lists of objects with a speaker and a text, as an array or as JSON lines.
// Where a file does not say who spoke, the words are nobody's, and a warning says so.
// `bytes` is UTF-8 (with or without a byte order mark), UTF-16 or UTF-32. Fails with invalid_input
// naming the line or JSON pointer and what was expected, also for one line that looks like the name
// of a file (see read_transcript_file()), and with invalid_argument if a name in rep_names is not a
// speaker of the transcript.
SALESCHECKLIST_API Result<Transcript> read_transcript(std::string_view bytes,
                                                      const ReadOptions &options = {});

// The same from a file. Fails with io, too, if the file cannot be read.
SALESCHECKLIST_API Result<Transcript> read_transcript_file(const std::string &path,
                                                           const ReadOptions &options = {});

// The code of the language that is spoken, such as "en" or "pt": the one that Transcript::language
// states, unless the words are clearly in another one. Empty if none is stated and the words are
// too few or too mixed to tell.
SALESCHECKLIST_API std::string detect_language(const Transcript &transcript);

// All faults of a transcript that was made by hand, each with its JSON pointer in `where`; empty if
// there are none. Transcripts from read_transcript() have none, and all functions expect none:
// ordered times, texts without line breaks, spans within the text.
SALESCHECKLIST_API std::vector<Error> validate(const Transcript &transcript);

SALESCHECKLIST_API const char *name(Role role) noexcept;          // "rep", "customer", "unknown"
SALESCHECKLIST_API const char *name(RoleSource source) noexcept;  // "given", "inferred", "none"

}  // namespace saleschecklist

#endif
