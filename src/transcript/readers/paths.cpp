// Recognises the name of a file where the text of a transcript is expected.
#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace saleschecklist::transcript {
namespace {

constexpr std::size_t longest_path = 4096;  // PATH_MAX of Linux

// Extensions, in lower case.
constexpr std::array<std::string_view, 28> extensions = {
    "vtt", "srt",  "sbv",  "ass",  "txt", "text", "md",  "json", "jsonl", "csv",
    "tsv", "xml",  "html", "pdf",  "doc", "docx", "rtf", "wav",  "mp3",   "m4a",
    "mp4", "webm", "ogg",  "opus", "aac", "flac", "mov", "zip"};

bool has_known_extension(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string extension = base::fold_key(text.substr(dot + 1));
  return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

bool begins_like_path(std::string_view text) {
  constexpr std::array<std::string_view, 9> beginnings = {
      "/", "./", "../", "~/", "\\\\", "file://", "http://", "https://", "s3://"};
  const bool drive = text.size() > 2 && text[1] == ':' && (text[2] == '\\' || text[2] == '/');
  return drive || std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view start) {
           return text.size() > start.size() && text.substr(0, start.size()) == start;
         });
}

bool looks_like_path(std::string_view line) {
  if (line.empty() || line.size() > longest_path) return false;
  if (line.find('\n') != std::string_view::npos) return false;
  if (begins_like_path(line)) {
    return has_known_extension(line) || line.find(' ') == std::string_view::npos;
  }
  return line.find(": ") == std::string_view::npos && has_known_extension(line);
}

}  // namespace

std::optional<Error> path_fault(std::string_view text) {
  const std::string_view line = base::trim(text);
  if (!looks_like_path(line)) return std::nullopt;
  return errors::invalid_input(
      fmt::format(
          "expected the text of a transcript, got '{}', which looks like the name of a file; "
          "use read_transcript_file() or read the file first",
          line),
      "line 1");
}

}  // namespace saleschecklist::transcript
