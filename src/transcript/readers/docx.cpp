// Word documents (ECMA-376), as Microsoft Teams gives them for download: the text of their
// paragraphs.
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"
#include "transcript/readers/readers.hpp"
#include "transcript/readers/tags.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>
#include <zip.h>

#include <array>
#include <memory>

namespace saleschecklist::transcript {
namespace {

constexpr const char *main_part = "word/document.xml";

struct Close {
  void operator()(zip_t *archive) const { zip_discard(archive); }
  void operator()(zip_file_t *file) const { zip_fclose(file); }
};

Error broken(const char *detail) {
  return errors::invalid_input(
      fmt::format("the ZIP archive or Office document is damaged ({}); download it again, or save "
                  "it as plain text",
                  detail),
      "byte 0");
}

Result<std::string> unpack(zip_t *archive) {
  const std::unique_ptr<zip_file_t, Close> file(zip_fopen(archive, main_part, 0));
  if (!file) {
    if (zip_error_code_zip(zip_get_error(archive)) != ZIP_ER_NOENT) {
      return broken(zip_strerror(archive));
    }
    return errors::invalid_input(
        fmt::format("expected text, JSON or a Word document, found a ZIP archive or another Office "
                    "document: it has no part {}; unpack it, or save it as plain text",
                    main_part),
        "byte 0");
  }
  std::string out;
  std::array<char, 65536> part{};
  for (;;) {
    const auto size = zip_fread(file.get(), part.data(), part.size());
    if (size < 0) return broken(zip_file_strerror(file.get()));
    if (size == 0) return out;
    out.append(part.data(), static_cast<std::size_t>(size));
    if (out.size() > limits::document_bytes) {
      return errors::invalid_input(fmt::format("the document is larger than {} MiB when unpacked; "
                                               "save the transcript as plain text",
                                               limits::document_bytes >> 20),
                                   "byte 0");
    }
  }
}

Result<std::string> main_part_of(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_error_t, decltype(&zip_error_fini)> owned(&error, &zip_error_fini);
  zip_source_t *source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return broken(zip_error_strerror(&error));
  const std::unique_ptr<zip_t, Close> archive(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!archive) {
    zip_source_free(source);
    return broken(zip_error_strerror(&error));
  }
  return unpack(archive.get());
}

// The text of the document: a line for each paragraph and line break.
std::string text_of(std::string_view xml) {
  std::string out;
  for (auto tag = next_tag(xml, 0); tag;) {
    auto next = next_tag(xml, tag->end);
    if (tag->name == "t" && !tag->empty) {
      const std::size_t end = next ? next->begin : xml.size();
      out += decode_entities(xml.substr(tag->end, end - tag->end));
    } else if (tag->name == "br" || tag->name == "cr" || tag->name == "/p") {
      out += '\n';
    } else if (tag->name == "tab" && tag->empty) {
      out += '\t';
    }
    tag = std::move(next);
  }
  return out;
}

}  // namespace

bool looks_like_docx(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

Result<RawTranscript> read_docx(std::string_view bytes) {
  const auto xml = main_part_of(bytes);
  if (!xml) return xml.error();
  const auto text = base::decode_text(*xml);
  if (!text) return text.error();
  const std::string plain = text_of(*text);
  auto raw = read_plain_text(split_lines(plain));
  if (raw) raw->format = raw->format == "teams_text" ? "teams_docx" : "docx";
  return raw;
}

}  // namespace saleschecklist::transcript
