// What several tests need.
#ifndef SALESCHECKLIST_TESTS_SUPPORT_HPP
#define SALESCHECKLIST_TESTS_SUPPORT_HPP

#include <saleschecklist/saleschecklist.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace saleschecklist::test {

inline std::string read_file(const std::filesystem::path &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::filesystem::path source_dir() { return SALESCHECKLIST_SOURCE_DIR; }

extern const bool with_pdf;     // whether this build writes PDF
extern const bool with_ffmpeg;  // whether this build reads recordings

// The report as PDF bytes; empty in a build without PDF.
inline std::string pdf_of(const Report &report) {
  return with_pdf ? render_pdf(report).value() : std::string();
}

// One utterance a line, "Name: text"; Rita sells, if she is there, and everybody else buys.
inline Transcript talk(const std::string &text) {
  const bool rita = text.find("Rita: ") != std::string::npos;
  return read_transcript(text,
                         {rita ? std::vector<std::string>{"Rita"} : std::vector<std::string>{}})
      .value();
}

}  // namespace saleschecklist::test

#endif
