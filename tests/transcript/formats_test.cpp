// docs/formats.md is generated from the tables that the readers use. To write it anew, run the
// tests with UPDATE_FORMATS=1 in the environment.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "support/support.hpp"
#include "transcript/readers/formats.hpp"
#include "transcript/readers/json_keys.hpp"
#include "transcript/readers/json_vendors.hpp"

namespace saleschecklist::test {
namespace {

using namespace saleschecklist::transcript;

std::string joined(const std::vector<std::string_view> &parts, std::string_view between) {
  std::string out;
  for (const std::string_view part : parts) {
    out += fmt::format("{}`{}`", out.empty() ? "" : between, part);
  }
  return out;
}

// "a|b c": "with `a` or `b`, and `c`"
std::string marks_of(std::string_view marks) {
  std::string out;
  for (const std::string_view group : split(marks, ' ')) {
    out += fmt::format("{}{}", out.empty() ? "with " : ", and ", joined(split(group, '|'), " or "));
  }
  return out;
}

// What of JSON is known by its own code.
std::string_view reads_by_code(std::string_view format) {
  if (format == "deepgram") return "`results.channels` or `results.utterances`";
  if (format == "elevenlabs") return "`words` with `type`, or `transcripts` with `words`";
  if (format == "openai_diarized") return "`segments` with `speaker`";
  if (format == "text_json") return "one text, or a list of lines that begin with names";
  return {};
}

std::string reads_of(const Format &format) {
  if (!format.reads.empty()) return std::string(format.reads);
  std::string out(reads_by_code(format.name));
  for (const Vendor &vendor : vendors()) {
    if (vendor.format != format.name || vendor.marks == keys::text) continue;
    const std::string list = vendor.list.empty() ? "a list" : fmt::format("`{}`", vendor.list);
    out += fmt::format("{}{} of objects {}", out.empty() ? "" : "; ", list, marks_of(vendor.marks));
  }
  return out.empty() ? "a list of objects with a speaker and a text" : out;
}

std::string escaped(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
    text.replace(at, 1, "\\|");
  }
  return text;
}

std::string page() {
  struct Part {
    Family family;
    const char *title;
  };
  static constexpr std::array<Part, 5> parts = {{{Family::subtitles, "Subtitles"},
                                                 {Family::table, "Tables"},
                                                 {Family::text, "Text"},
                                                 {Family::document, "Documents"},
                                                 {Family::json, "JSON"}}};
  std::string out =
      "# Formats of transcripts\n\n"
      "`read_transcript()` finds the format by the content of a file, never by its name, and says "
      "it "
      "in `source_format`.\n"
      "Where a file does not say who spoke, the words are nobody's, and a warning says so.\n"
      "This page is generated from the tables of the readers, see "
      "`tests/transcript/formats_test.cpp`.\n";
  for (const Part &part : parts) {
    out += fmt::format(
        "\n## {}\n\n| `source_format` | Written by | What is read |\n|---|---|---|\n", part.title);
    for (const Format &format : formats()) {
      if (format.family != part.family) continue;
      out +=
          fmt::format("| `{}` | {} | {} |\n", format.name, format.tool, escaped(reads_of(format)));
    }
  }
  return out;
}

bool is_listed(std::string_view name) {
  return std::any_of(formats().begin(), formats().end(),
                     [&](const Format &format) { return format.name == name; });
}

}  // namespace

TEST_CASE("docs/formats.md lists the formats as the readers know them") {
  const auto path = source_dir() / "docs/formats.md";
  if (std::getenv("UPDATE_FORMATS") != nullptr) {
    std::ofstream(path, std::ios::binary) << page();
  }
  CHECK_MESSAGE(read_file(path) == page(),
                "docs/formats.md is out of date: run this test with UPDATE_FORMATS=1");
}

TEST_CASE("every format that a reader names is listed") {
  for (const Vendor &vendor : vendors()) {
    CAPTURE(vendor.format);
    CHECK(is_listed(vendor.format));
  }
  for (const auto &file :
       std::filesystem::directory_iterator(source_dir() / "tests/data/transcripts")) {
    CAPTURE(file.path().string());
    const auto read = read_transcript(read_file(file.path()));
    if (!read) continue;
    CAPTURE(read->source_format);
    CHECK(is_listed(read->source_format));
  }
}

}  // namespace saleschecklist::test
