// The formats of transcripts that are read, by their names in Transcript::source_format.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_FORMATS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_FORMATS_HPP

#include <span>
#include <string_view>

namespace saleschecklist::transcript {

enum class Family { subtitles, table, text, document, json };

struct Format {
  std::string_view name;
  Family family;
  std::string_view tool;   // who writes it
  std::string_view reads;  // what a file looks like; empty for JSON, see vendors()
};
std::span<const Format> formats();

// Who writes a format: "Gong" for "gong". `name` is the name of one of the formats.
std::string_view tool_of(std::string_view name);

}  // namespace saleschecklist::transcript

#endif
