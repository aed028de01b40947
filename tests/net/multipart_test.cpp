#include "net/multipart.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <stdexcept>

using namespace saleschecklist;

namespace {

struct ReadPart {
  std::string head, value;
};

// A reader of its own, after RFC 2046: parts between delimiters, a head and a body in each.
std::vector<ReadPart> read_form(const net::FormBody &form) {
  const std::string mark = "multipart/form-data; boundary=";
  if (form.content_type.rfind(mark, 0) != 0) throw std::runtime_error("no boundary");
  const std::string delimiter = "\r\n--" + form.content_type.substr(mark.size());
  const std::string text = "\r\n" + form.body;
  std::vector<ReadPart> out;
  std::size_t at = text.find(delimiter);
  for (;;) {
    at += delimiter.size();
    if (text.compare(at, 4, "--\r\n") == 0) {
      if (at + 4 != text.size()) throw std::runtime_error("an epilogue");
      return out;
    }
    const std::size_t head = at + 2, body = text.find("\r\n\r\n", at) + 4;
    at = text.find(delimiter, body);
    if (at == std::string::npos) throw std::runtime_error("not closed");
    out.push_back({text.substr(head, body - 4 - head), text.substr(body, at - body)});
  }
}

}  // namespace

TEST_CASE("a form's fields and files are read back by another reader") {
  const std::string sound("ID3\0\r\n--\xFF", 9);
  const auto form = net::encode_form({{"model", "whisper-1"},
                                      {"timestamp_granularities[]", "word"},
                                      {"empty", ""},
                                      {"file", sound, "Gespräch \"1\".mp3", "audio/mpeg"}});
  const auto parts = read_form(form);
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].head == "Content-Disposition: form-data; name=\"model\"");
  CHECK(parts[0].value == "whisper-1");
  CHECK(parts[1].head == "Content-Disposition: form-data; name=\"timestamp_granularities[]\"");
  CHECK(parts[2].value.empty());
  CHECK(parts[3].head ==
        "Content-Disposition: form-data; name=\"file\"; filename=\"Gespräch %221%22.mp3\"\r\n"
        "Content-Type: audio/mpeg");
  CHECK(parts[3].value == sound);
}

TEST_CASE("equal parts give equal bytes, and other parts another boundary") {
  const auto one = net::encode_form({{"a", "b"}});
  CHECK(net::encode_form({{"a", "b"}}).body == one.body);
  CHECK(net::encode_form({{"a", "c"}}).content_type != one.content_type);
  CHECK(net::encode_form({{"ab", ""}}).content_type != one.content_type);
}

TEST_CASE("no line of a header can be smuggled in by a name") {
  const auto form =
      net::encode_form({{"file", "x", "a\r\nX-Evil: 1\r\n\r\n.wav", "audio/wav\r\nX-Evil: 2"}});
  const auto parts = read_form(form);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].value == "x");
  CHECK(parts[0].head.find("\nX-Evil") == std::string::npos);
}

TEST_CASE("whatever is put in a form comes out of it, and its frame is small") {
  CHECK(rc::check([] {
    const auto values =
        *rc::gen::container<std::vector<std::string>>(rc::gen::arbitrary<std::string>());
    std::vector<net::FormPart> parts;
    std::size_t size = 0;
    for (const std::string &value : values) {
      parts.push_back({"field", value});
      size += value.size() + 128;
    }
    const auto form = net::encode_form(parts);
    const auto read = read_form(form);
    RC_ASSERT(read.size() == values.size());
    for (std::size_t i = 0; i < read.size(); ++i) RC_ASSERT(read[i].value == values[i]);
    RC_ASSERT(form.body.size() <= size + 128);
  }));
}
