// Names of files where the text of a transcript is expected, and files that are read.
#include <doctest/doctest.h>

#include <filesystem>

#include "support/support.hpp"
#include "support/temporary_folder.hpp"

namespace saleschecklist::test {

TEST_CASE("one line that names a file is refused, with the line and what to do") {
  for (const char *path :
       {"call.vtt", "My call with Acme.vtt", "Call.SRT", "notes.txt", "/srv/calls/7", "./call",
        "../call.json", "~/calls/acme.txt", "C:\\calls\\acme.txt", "c:/calls/acme", "call.mp3",
        "\\\\server\\calls\\acme.vtt", "file:///srv/call.vtt", "https://example.org/calls/7",
        "s3://calls/acme.vtt", " call.vtt \n", "deal/review.docx", "B\xC3\xBCro/Anruf.txt"}) {
    CAPTURE(path);
    const auto read = read_transcript(path);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::invalid_input);
    CHECK(read.error().where == "line 1");
    CHECK(read.error().message.find("looks like the name of a file") != std::string::npos);
    CHECK_FALSE(analyze(path, Checklist::ten_point()));
  }
}

TEST_CASE("one line that people say is a transcript, whatever its last word") {
  for (const char *text :
       {"Dana: I sent you the pricing.pdf", "Dana: see call.vtt", "we lose forty thousand a month",
        "Hello there.", "Dana: /srv/calls is full", "No.", "He said 3.5", "and/or", "A. B. Carter",
        "It costs 40.000", "Dana 0:03\nI sent you the notes.txt"}) {
    CAPTURE(text);
    CHECK(read_transcript(text));
  }
}

TEST_CASE("a file is read as its bytes are") {
  const std::string path = (source_dir() / "examples/calls/freight-tracking.vtt").string();
  const std::string bytes = read_file(path);
  const auto from_file = read_transcript_file(path, {{"Imogen"}});
  REQUIRE(from_file);
  CHECK(to_json(*from_file) == to_json(read_transcript(bytes, {{"Imogen"}}).value()));
  AnalyzeOptions options;
  options.read.rep_names = {"Imogen"};
  CHECK(to_json(analyze_file(path, Checklist::ten_point(), options).value()) ==
        to_json(analyze(bytes, Checklist::ten_point(), options).value()));
}

TEST_CASE("a file that cannot be read is named, with the system's reason") {
  const TemporaryFolder folder;
  const std::string nowhere = folder.path("no such.vtt");
  for (const std::string &path : {nowhere, folder.path(), std::string()}) {
    CAPTURE(path);
    const auto read = read_transcript_file(path);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::io);
    CHECK(read.error().where == path);
    CHECK(analyze_file(path, Checklist::ten_point()).error().code == ErrorCode::io);
  }
}

TEST_CASE("a file beyond the limit is refused without being read whole") {
  const TemporaryFolder folder;
  const std::string path = folder.write("huge.txt", "Dana: Hello.\n");
  std::filesystem::resize_file(path, (std::uintmax_t{256} << 20) + 1);  // takes no room on a disk
  const auto read = read_transcript_file(path);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::invalid_input);
  CHECK(read.error().message == "the file is too large: expected at most 67108864 bytes");
  CHECK(read.error().where == path);
  ReadOptions options;
  options.most_bytes = limits::file_bytes * 2;  // does not raise the limit of files
  CHECK(read_transcript_file(path, options).error().message ==
        "the file is too large: expected at most 268435456 bytes");
  options.most_bytes = 12;
  CHECK_FALSE(read_transcript_file(folder.write("short.txt", "Dana: Hello.\n"), options));
  options.most_bytes = 13;
  CHECK(read_transcript_file(folder.path() + "/short.txt", options));
}

}  // namespace saleschecklist::test
