// The transcript readers: each turns one kind of text into raw cues; assemble() does the rest.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_READERS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_READERS_HPP

#include <saleschecklist/transcript.hpp>

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::transcript {

// One stretch of speech as a source delivers it.
struct RawCue {
  std::string speaker;
  std::string text;
  std::optional<std::int64_t> begin_ms;
  std::optional<std::int64_t> end_ms;
  std::string where;  // "line 12" or a JSON pointer, for messages
  Role role = Role::unknown;
  std::string suspect{};  // as Utterance has it
};

struct RawTranscript {
  std::string format;
  std::string language;
  std::optional<std::int64_t> duration_ms;
  std::vector<RawCue> cues;
  std::vector<std::string> warnings;
  bool roles_given = false;
};

// Lines with their numbers, from text with "\n" line ends.
struct Line {
  std::size_t number;  // from 1
  std::string_view text;
};
std::vector<Line> split_lines(std::string_view text);

bool looks_like_cues(const std::vector<Line> &lines);  // WebVTT or SRT
bool looks_like_json(std::string_view text);
// The error of a text that is one line and names a file or an address, which a caller who forgot to
// read it has passed on: a path without spaces, or anything without a speaker's label that ends in
// the extension of a transcript, a recording or a document.
std::optional<Error> path_fault(std::string_view text);

Result<RawTranscript> read_cues(const std::vector<Line> &lines);
Result<RawTranscript> read_plain_text(const std::vector<Line> &lines);
Result<Transcript> read_json(std::string_view text, const ReadOptions &options);

// The kinds of JSON; nothing when the document is not of that kind.
std::optional<Result<RawTranscript>> read_recogniser_json(const nlohmann::json &document);
std::optional<Result<RawTranscript>> read_conversation_json(const nlohmann::json &document);

// "1:02:03.5", "00:05", "3:07,250" to milliseconds; nothing when `text` is not a time.
std::optional<std::int64_t> parse_time(std::string_view text);
std::string_view trim(std::string_view text);

// Splits "Name: words" where the label looks like a speaker's name; empty label otherwise.
struct Labelled {
  std::string_view label;
  std::string_view text;
};
Labelled split_label(std::string_view line);

// Tells speakers' labels from other words before a colon, by what comes back in a transcript.
class Labels {
 public:
  void count(std::string_view line);
  bool is_speaker(std::string_view label) const;  // false for an empty one

 private:
  std::map<std::string, std::size_t> counts_;
};

// Recognisers number or letter their speakers; people read "Speaker 1" and "Speaker A" better.
std::string speaker_label(const std::string &raw);

// Appends one unnamed cue per sentence: for sources that give a whole call as one text.
void append_sentences(RawTranscript &out, std::string_view text, const std::string &where);

// assemble() and assign_roles(), or the reader's error.
Result<Transcript> finish(Result<RawTranscript> raw, const ReadOptions &options);

// Checks times, sorts, merges neighbouring cues of one speaker unless one is suspect and the other
// not or for another reason, refuses a wordless transcript.
Result<Transcript> assemble(RawTranscript raw);

// Gives roles to the speakers: from options, from the labels, or from what they say.
Result<Transcript> assign_roles(Transcript transcript, const ReadOptions &options);

}  // namespace saleschecklist::transcript

#endif
