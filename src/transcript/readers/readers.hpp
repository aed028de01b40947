// Readers of transcripts. Each converts one kind of text to raw cues; assemble() does the rest.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_READERS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_READERS_HPP

#include <saleschecklist/transcript.hpp>

#include "json/library.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist::transcript {

// A stretch of speech as a source delivers it.
struct RawCue {
  std::string speaker;
  std::string text;
  std::optional<std::int64_t> begin_ms;
  std::optional<std::int64_t> end_ms;
  std::string where;  // "line 12" or a JSON pointer, for messages
  Role role = Role::unknown;
  std::string suspect{};  // see Utterance::suspect
};

struct RawTranscript {
  std::string format;
  std::string language;
  std::optional<std::int64_t> duration_ms;
  std::vector<RawCue> cues;
  std::vector<std::string> warnings;
  bool roles_given = false;
};

// A line and its number, of a text with "\n" as line ending.
struct Line {
  std::size_t number;  // from 1
  std::string_view text;
};
std::vector<Line> split_lines(std::string_view text);

bool looks_like_json(std::string_view text);
// The error for a text that is one line and looks like the name of a file or a URL, which a caller
// passed without reading it: a path without spaces, or anything without a speaker's label that ends
// with the extension of a transcript, a recording or a document. std::nullopt for any other text.
std::optional<Error> path_fault(std::string_view text);

// Subtitles and tables: WebVTT, SubRip, SubViewer, TTML, YouTube's XML, ASS, LRC, CSV. std::nullopt
// if the text is none of them. `lines` are those of `text`.
std::optional<Result<RawTranscript>> read_cue_file(std::string_view text,
                                                   const std::vector<Line> &lines);
// `bytes` with the characters U+FFFD for a few zero bytes in a file of subtitles, as WebVTT asks
// for; std::nullopt if there are none, or more, or it is another kind of file.
std::optional<std::string> replace_zeros(std::string_view bytes);
// Whether the "-->" in a text belong to plain text: to the words, to times in brackets, or to the
// headings of older Teams transcripts.
bool is_text_with_arrows(const std::vector<Line> &lines);
// Whether a text is a chat of Zoom, which may look like a table of times and words.
bool is_chat(const std::vector<Line> &lines);
Result<RawTranscript> read_plain_text(const std::vector<Line> &lines);
Result<Transcript> read_json(std::string_view text, const ReadOptions &options);

bool looks_like_html(std::string_view text);
Result<RawTranscript> read_html(std::string_view text);
// Whether the text is XML; HTML may be.
bool looks_like_xml(std::string_view text);
// Reads timed text, or elements that name speakers, or else lines with labels between the tags.
Result<RawTranscript> read_xml(std::string_view text);
// Whether the bytes are a ZIP archive, as Word documents are.
bool looks_like_docx(std::string_view bytes);
Result<RawTranscript> read_docx(std::string_view bytes);
bool looks_like_rtf(std::string_view text);
Result<Transcript> read_rtf(std::string_view text, const ReadOptions &options);
// The text in UTF-8 of a mail that names a charset of one byte for each character; std::nullopt for
// anything else.
std::optional<std::string> decode_mail(std::string_view bytes);
// The transcript in the body of a mail; std::nullopt if `text` is no mail.
std::optional<Result<Transcript>> read_mail(std::string_view text, const ReadOptions &options);

// The kinds of JSON. std::nullopt if the document is not of that kind.
std::optional<Result<RawTranscript>> read_recogniser_json(const nlohmann::json &document);
std::optional<Result<RawTranscript>> read_text_json(const nlohmann::json &document);

// Throws BadResult if the document is, or has, a list of which each element is a conversation as
// one text.
void refuse_several_texts(const nlohmann::json &document);

// Corpora mark noises as {vocalsound} and put spaces before punctuation; both are removed.
std::string clean_corpus_text(const std::string &text);

// Milliseconds for "1:02:03.5", "00:05" or "3:07,250"; std::nullopt if `text` is not a time.
std::optional<std::int64_t> parse_time(std::string_view text);

// A readable name for a speaker whom a recogniser only numbers or letters: "Speaker 1", "Speaker
// A".
std::string speaker_label(const std::string &raw);

// Appends one cue without a speaker per sentence, for sources that have the whole call as one text.
void append_sentences(RawTranscript &out, std::string_view text, const std::string &where);

// Marks what is suspect, and calls assemble() and assign_roles(), or returns the reader's error.
Result<Transcript> finish(Result<RawTranscript> raw, const ReadOptions &options);

// Makes recordings that were joined in one file follow each other, see recordings.hpp.
void join_recordings(RawTranscript &raw);

// Checks times, sorts, and merges neighbouring cues of one speaker if neither is suspect or both
// are for the same reason. Fails with invalid_input if the transcript has no words.
Result<Transcript> assemble(RawTranscript raw);

}  // namespace saleschecklist::transcript

#endif
