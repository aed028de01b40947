// Parses server-sent events from bytes that may be split anywhere.
#ifndef SALESCHECKLIST_NET_SSE_HPP
#define SALESCHECKLIST_NET_SSE_HPP

#include <functional>
#include <string>
#include <string_view>

namespace saleschecklist::net {

// One event. The encoding of both fields is not checked.
struct SseEvent {
  std::string name{};  // the "event" field, or empty
  std::string data{};  // the "data" fields, joined by "\n"

  bool operator==(const SseEvent &) const = default;
};

// The event stream format of the WHATWG HTML standard, section 9.2. Lines end with LF, CR or CRLF.
// A leading byte order mark, comments, and events without data are skipped. Unlike in the standard,
// an event whose closing blank line is missing at the end of the stream counts. One thread at a
// time.
class SseReader {
 public:
  using OnEvent = std::function<void(const SseEvent &event)>;
  explicit SseReader(OnEvent on_event) : on_event_(std::move(on_event)) {}

  // Takes the next bytes of the stream, and calls on_event for each event that they complete.
  void take(std::string_view piece);

  // Must be called at the end of the stream.
  void finish();

 private:
  void end_line();
  void end_event();

  OnEvent on_event_;
  std::string line_;
  SseEvent event_;
  bool has_data_ = false;
  bool first_line_ = true;
  bool after_cr_ = false;  // an LF that follows belongs to the same line end
};

}  // namespace saleschecklist::net

#endif
