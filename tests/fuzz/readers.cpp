// Targets that read transcripts, one for each family of formats so that each keeps its own corpus.
#include "support.hpp"

#include "base/unicode.hpp"
#include "json/parse.hpp"
#include "transcript/readers/formats.hpp"

#include <zip.h>

#include <memory>

namespace saleschecklist::fuzz {
namespace {

using transcript::Family;

// The result of reading, for comparison: the transcript as JSON, or the code of the error.
std::string outcome(const Result<Transcript> &read) {
  return read ? to_json(*read) : name(read.error().code);
}

bool is_of(std::string_view format, std::initializer_list<Family> families) {
  for (const transcript::Format &known : transcript::formats()) {
    if (known.name != format) continue;
    return std::find(families.begin(), families.end(), known.family) != families.end();
  }
  return false;
}

void check_kept(const Transcript &read) {
  require(validate(read).empty(), "a transcript that was read has no fault");
  const Metrics metrics = measure(read);
  require(metrics.utterances <= read.utterances.size(), "no utterance is measured twice");
  const std::string json = to_json(read);
  const auto again = transcript_from_json(json);
  require(again.has_value(), "a transcript that was written can be read");
  require(to_json(*again) == json, "a transcript keeps its bytes");
  const auto as_file = read_transcript(json);
  require(as_file.has_value(), "a transcript of this library is a known format");
  require(as_file->utterances.size() == read.utterances.size(), "reading again keeps utterances");
}

Result<Transcript> check(std::string_view bytes) {
  auto read = read_transcript(bytes);
  if (read) {
    check_kept(*read);
  } else {
    require_documented(read.error(), {ErrorCode::invalid_input});
  }
  return read;
}

std::string with_carriage_returns(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

// UTF-16 with a byte order mark; `text` is UTF-8.
std::string as_utf16(std::string_view text) {
  std::string out = "\xFF\xFE";
  const auto add = [&](std::int32_t unit) {
    out += static_cast<char>(unit & 0xFF);
    out += static_cast<char>(unit >> 8);
  };
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    at += c.size;
    if (c.value < 0x10000) {
      add(c.value);
    } else {
      add(0xD800 + ((c.value - 0x10000) >> 10));
      add(0xDC00 + ((c.value - 0x10000) & 0x3FF));
    }
  }
  return out;
}

// Whether a text is the same in all encodings: its first bytes are no mark of an encoding or of a
// kind of file, and its line ends are those that it is read with.
bool is_plain_text(std::string_view text) {
  return !text.empty() && text.find_first_of(std::string_view("\r\0", 2)) == text.npos &&
         base::valid_utf8_prefix(text) == text.size() && text.substr(0, 3) != "\xEF\xBB\xBF" &&
         base::decode_text(text).value_or("") == text;
}

// The encoding and the line ends of a file do not change what is read.
void check_encodings(std::string_view text, const Result<Transcript> &read) {
  if (!is_plain_text(text)) return;
  const std::string expected = outcome(read);
  require(outcome(read_transcript("\xEF\xBB\xBF" + std::string(text))) == expected,
          "a byte order mark does not change what is read");
  require(outcome(read_transcript(as_utf16(text))) == expected,
          "UTF-16 does not change what is read");
  require(outcome(read_transcript(with_carriage_returns(text))) == expected,
          "line ends do not change what is read");
}

// A Word document with that text as its main part.
std::string docx_of(std::string_view document) {
  std::string out;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *file = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(file);
  zip_t *archive = zip_open_from_source(file, ZIP_TRUNCATE, &error);
  const auto add = [&](const char *name, std::string_view content) {
    zip_file_add(archive, name, zip_source_buffer(archive, content.data(), content.size(), 0),
                 ZIP_FL_OVERWRITE);
  };
  add("[Content_Types].xml", "<Types/>");
  add("word/document.xml", document);
  zip_close(archive);
  zip_source_open(file);
  zip_source_seek(file, 0, SEEK_END);
  out.resize(static_cast<std::size_t>(zip_source_tell(file)));
  zip_source_seek(file, 0, SEEK_SET);
  zip_source_read(file, out.data(), out.size());
  zip_source_close(file);
  zip_source_free(file);
  zip_error_fini(&error);
  return out;
}

}  // namespace

void transcript(std::string_view bytes) { (void)check(bytes); }

void recogniser(std::string_view bytes) {
  const auto read = check(bytes);
  const auto document = json::parse_json(bytes);
  if (!document || !document->is_structured()) return;  // a number or a word alone is text
  if (read) require(is_of(read->source_format, {Family::json}), "JSON is read as JSON");
  require(outcome(read_transcript(document->dump(3))) == outcome(read),
          "white space and the order of keys do not change what is read");
}

void subtitles(std::string_view bytes) { check_encodings(bytes, check(bytes)); }

void pages(std::string_view bytes) { check_encodings(bytes, check(bytes)); }

void word(std::string_view bytes) {
  (void)check(bytes);  // the bytes of a whole document
  const auto read = check(docx_of(bytes));
  if (read) require(is_of(read->source_format, {Family::document}), "a document is read as one");
}

}  // namespace saleschecklist::fuzz
