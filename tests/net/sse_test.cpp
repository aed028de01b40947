#include "net/sse.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <vector>

using namespace saleschecklist;

namespace {

std::vector<net::SseEvent> read(const std::vector<std::string> &pieces) {
  std::vector<net::SseEvent> out;
  net::SseReader reader([&](const net::SseEvent &event) { out.push_back(event); });
  for (const std::string &piece : pieces) reader.take(piece);
  reader.finish();
  return out;
}

// Everything that real services send: comments, CRLF, CR, names, several data lines, text beyond
// ASCII, U+2028, and no blank line at the end.
const std::string sample =
    "\xEF\xBB\xBF: keep-alive\n\n"
    "event: message_start\r\ndata: {\"text\":\"Zażółć gęślą jaźń 🙂\"}\r\n\r\n"
    "data: one\rdata:two\rdata:  three\r\r"
    "id: 7\nretry: 10\n\n"
    "data: {\"text\":\"a\xE2\x80\xA8"
    "b\xC2\x85\"}\n\n"
    "data\n\n"
    "event: lonely\n\n"
    "data: [DONE]";

}  // namespace

TEST_CASE("an event stream is read as the standard says") {
  const std::vector<net::SseEvent> expected = {
      {"message_start", "{\"text\":\"Zażółć gęślą jaźń 🙂\"}"},
      {"", "one\ntwo\n three"},
      {"",
       "{\"text\":\"a\xE2\x80\xA8"
       "b\xC2\x85\"}"},
      {"", ""},
      {"", "[DONE]"},
  };
  CHECK(read({sample}) == expected);
}

TEST_CASE("an event stream gives the same events wherever it is cut") {
  const auto whole = read({sample});
  for (std::size_t i = 0; i <= sample.size(); ++i) {
    CAPTURE(i);
    REQUIRE(read({sample.substr(0, i), sample.substr(i)}) == whole);
    for (std::size_t j = i; j <= sample.size(); ++j) {
      REQUIRE(read({sample.substr(0, i), sample.substr(i, j - i), sample.substr(j)}) == whole);
    }
  }
  std::vector<std::string> bytes;
  for (const char c : sample) bytes.emplace_back(1, c);
  CHECK(read(bytes) == whole);
}

TEST_CASE("any stream, however it is cut, gives the events of the whole") {
  const auto byte =
      rc::gen::element<char>('\r', '\n', ':', ' ', 'd', 'a', 't', '\xE2', '\x80', '\0');
  const auto line = rc::gen::element<std::string>("data: x", "data:", "event: e", ":c", "\r\n",
                                                  "\n", "\r", "\n\n", "\r\r", "data: \xE2\x80\xA8");
  CHECK(rc::check([&] {
    std::string stream;
    for (const std::string &part : *rc::gen::container<std::vector<std::string>>(line)) {
      stream += part;
      stream += *rc::gen::container<std::string>(byte);
    }
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < stream.size();) {
      const auto size = *rc::gen::inRange<std::size_t>(1, 8);
      pieces.push_back(stream.substr(at, size));
      at += size;
    }
    RC_ASSERT(read(pieces) == read({stream}));
  }));
}

TEST_CASE("events that are written are read back") {
  const auto text = rc::gen::container<std::string>(
      rc::gen::suchThat(rc::gen::arbitrary<char>(), [](char c) { return c != '\r'; }));
  CHECK(rc::check([&] {
    std::vector<net::SseEvent> events;
    std::string stream;
    for (const std::string &data : *rc::gen::container<std::vector<std::string>>(text)) {
      events.push_back({"", data});
      std::size_t begin = 0;
      for (;;) {
        const std::size_t end = data.find('\n', begin);
        stream += "data: " + data.substr(begin, end - begin) + "\n";
        if (end == std::string::npos) break;
        begin = end + 1;
      }
      stream += "\n";
    }
    RC_ASSERT(read({stream}) == events);
  }));
}
