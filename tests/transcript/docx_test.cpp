// Word documents: those that Microsoft Teams gives for download, and those that are none.
#include <doctest/doctest.h>
#include <zip.h>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

// A ZIP archive with one part.
std::string zip_of(const std::string &name, const std::string &content) {
  zip_source_t *archive_source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  REQUIRE(archive_source != nullptr);
  zip_source_keep(archive_source);
  zip_t *archive = zip_open_from_source(archive_source, ZIP_TRUNCATE, nullptr);
  REQUIRE(archive != nullptr);
  zip_source_t *part = zip_source_buffer(archive, content.data(), content.size(), 0);
  REQUIRE(zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8) >= 0);
  REQUIRE(zip_close(archive) == 0);
  REQUIRE(zip_source_open(archive_source) == 0);
  zip_source_seek(archive_source, 0, SEEK_END);
  std::string out(static_cast<std::size_t>(zip_source_tell(archive_source)), '\0');
  zip_source_seek(archive_source, 0, SEEK_SET);
  zip_source_read(archive_source, out.data(), out.size());
  zip_source_close(archive_source);
  zip_source_free(archive_source);
  return out;
}

std::string document_of(const std::string &paragraphs) {
  return zip_of(
      "word/document.xml",
      R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
      R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)"
      "<w:body>" +
          paragraphs + "</w:body></w:document>");
}

std::string turn(const std::string &name, const std::string &time, const std::string &words) {
  return "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:drawing/></w:r>"
         "<w:r><w:rPr><w:b/></w:rPr><w:t>" +
         name + "</w:t></w:r><w:r><w:t xml:space=\"preserve\">   " + time +
         "</w:t></w:r><w:r><w:br/><w:t>" + words + "</w:t></w:r></w:p>";
}

Error refusal(const std::string &bytes) {
  const auto read = read_transcript(bytes);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::invalid_input);
  return read.error();
}

}  // namespace

TEST_CASE("a Teams document gives speakers, times and words") {
  const auto read = read_transcript(
      document_of("<w:p><w:r><w:t>Route planning-Meeting Transcript</w:t></w:r></w:p>"
                  "<w:p><w:r><w:t>Dana Reyes started transcription</w:t></w:r></w:p>" +
                  turn("Dana Reyes", "0:03", "How do you plan the routes today, Lee?") +
                  turn("Okafor, Lee (Extern)", "0:08", "With spreadsheets &amp; two dispatchers.") +
                  turn("Dana Reyes", "0:14", "What does that cost?") +
                  turn("Okafor, Lee (Extern)", "1:02:17", "Two hours &#8211; each morning.")));
  REQUIRE(read);
  CHECK(read->source_format == "teams_docx");
  REQUIRE(read->utterances.size() == 4);
  CHECK(read->utterances[0].speaker == "Dana Reyes");
  CHECK(read->utterances[1].speaker == "Okafor, Lee (Extern)");
  CHECK(read->utterances[1].text == "With spreadsheets & two dispatchers.");
  CHECK(read->utterances[1].begin_ms == 8000);
  CHECK(read->utterances[3].text == "Two hours \xE2\x80\x93 each morning.");
  CHECK(read->utterances[3].begin_ms == 3737000);
}

TEST_CASE("a Word document with labels is read as text") {
  const auto read = read_transcript(
      document_of("<w:p><w:r><w:t>Dana: How do you </w:t></w:r><w:r><w:t>plan?</w:t></w:r></w:p>"
                  "<w:p><w:r><w:t>Lee: With</w:t><w:tab/><w:t>spreadsheets.</w:t></w:r></w:p>"));
  REQUIRE(read);
  CHECK(read->source_format == "docx");
  REQUIRE(read->utterances.size() == 2);
  CHECK(read->utterances[0].text == "How do you plan?");
  CHECK(read->utterances[1].text == "With spreadsheets.");
}

TEST_CASE("archives that are no Word document are refused with what was found") {
  CHECK(refusal(zip_of("call.txt", "Dana: Hello.")).message.find("word/document.xml") !=
        std::string::npos);
  const std::string whole = document_of(turn("Dana", "0:03", "Hello there."));
  for (const std::size_t size : {whole.size() / 2, whole.size() - 1, std::size_t{4}}) {
    CHECK(refusal(whole.substr(0, size)).message.find("damaged") != std::string::npos);
  }
  CHECK(refusal(document_of("")).message.find("no words") != std::string::npos);
}

TEST_CASE("damage inside the archive is noticed and no words are made up") {
  std::string bytes = document_of(turn("Dana", "0:03", "Hello there, how is the plan going?"));
  const std::size_t middle = bytes.find("word/document.xml") + 60;
  for (std::size_t at = middle; at < middle + 8; ++at) bytes[at] = static_cast<char>(~bytes[at]);
  CHECK(refusal(bytes).message.find("damaged") != std::string::npos);
}

TEST_CASE("a document that is far larger when unpacked is refused without being kept") {
  const std::string bomb = zip_of("word/document.xml", std::string(70 << 20, ' '));
  CHECK(bomb.size() < 1 << 20);
  CHECK(refusal(bomb).message.find("64 MiB") != std::string::npos);
}

}  // namespace saleschecklist::test
