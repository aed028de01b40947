#include "net/sse.hpp"

namespace saleschecklist::net {

void SseReader::take(std::string_view piece) {
  while (!piece.empty()) {
    if (after_cr_ && piece.front() == '\n') piece.remove_prefix(1);
    after_cr_ = false;
    const std::size_t end = piece.find_first_of("\r\n");
    line_.append(piece.substr(0, end));
    if (end == std::string_view::npos) return;
    after_cr_ = piece[end] == '\r';
    piece.remove_prefix(end + 1);
    end_line();
  }
}

void SseReader::finish() {
  if (!line_.empty()) end_line();
  end_event();
}

void SseReader::end_line() {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  std::string_view line = line_;
  if (first_line_ && line.substr(0, 3) == byte_order_mark) line.remove_prefix(3);
  first_line_ = false;
  if (line.empty()) {
    end_event();
  } else if (line.front() != ':') {
    const std::size_t colon = line.find(':');
    const std::string_view field = line.substr(0, colon);
    std::string_view value =
        colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    if (field == "event") event_.name = value;
    if (field == "data") {
      if (has_data_) event_.data += '\n';
      event_.data.append(value);
      has_data_ = true;
    }
  }
  line_.clear();
}

void SseReader::end_event() {
  if (has_data_) on_event_(event_);
  event_ = {};
  has_data_ = false;
}

}  // namespace saleschecklist::net
