// Server-sent events out of bytes that may be cut anywhere.
#ifndef SALESCHECKLIST_NET_SSE_HPP
#define SALESCHECKLIST_NET_SSE_HPP

#include <functional>
#include <string>
#include <string_view>

namespace saleschecklist::net {

// One event; both fields as bytes, whose encoding is the reader's to check.
struct SseEvent {
  std::string name{};  // of the "event" field, or empty
  std::string data{};  // of the "data" fields, joined by "\n"

  bool operator==(const SseEvent &) const = default;
};

// The event stream format of the WHATWG HTML standard, section 9.2: lines end with LF, CR or CRLF
// and with nothing else, a byte order mark in front is skipped, comments and events without data
// are, too. Unlike there, an event whose closing blank line is missing at the end of the stream
// counts. One thread at a time.
class SseReader {
 public:
  using OnEvent = std::function<void(const SseEvent &event)>;
  explicit SseReader(OnEvent on_event) : on_event_(std::move(on_event)) {}

  // The next bytes of the stream; calls on_event for each event that they complete.
  void take(std::string_view piece);

  // The stream has ended.
  void finish();

 private:
  void end_line();
  void end_event();

  OnEvent on_event_;
  std::string line_;
  SseEvent event_;
  bool has_data_ = false;
  bool first_line_ = true;
  bool after_cr_ = false;  // an LF that comes next belongs to it
};

}  // namespace saleschecklist::net

#endif
