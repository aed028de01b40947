// XML of timed text: TTML (https://www.w3.org/TR/ttml2/) and YouTube's transcripts (srv1, srv2,
// srv3). Each element with a time is a cue.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"
#include "transcript/readers/tags.hpp"

namespace saleschecklist::transcript {
namespace {

struct Clock {
  std::int64_t ticks_per_second = 1;
  std::int64_t frames_per_second = 30;
};

// "00:00:03.5", "3.5s", "3500ms", "30000000t", "75f"; a bare number is in units of `bare_ms`.
std::optional<std::int64_t> parse_offset(std::string_view text, const Clock &clock,
                                         std::int64_t bare_ms) {
  text = base::trim(text);
  if (text.find(':') != std::string_view::npos) {
    const auto time = parse_cue_time(text);
    return time ? std::optional(time->ms) : std::nullopt;
  }
  constexpr std::size_t most_digits = 15;
  std::int64_t thousandths = 0, unit = 1000;
  std::size_t at = 0;
  for (bool fraction = false; at < text.size() && at < most_digits; ++at) {
    if (text[at] == '.' && !fraction) {
      fraction = true;
    } else if (text[at] < '0' || text[at] > '9') {
      break;
    } else if (fraction) {
      unit /= 10;
      thousandths += (text[at] - '0') * unit;
    } else {
      thousandths = thousandths * 10 + (text[at] - '0') * unit;
    }
  }
  if (at == 0) return std::nullopt;
  const std::string_view metric = text.substr(at);
  if (metric.empty()) return thousandths * bare_ms / 1000;
  if (metric == "ms") return thousandths / 1000;
  if (metric == "s") return thousandths;
  if (metric == "m") return thousandths * 60;
  if (metric == "h") return thousandths * 3600;
  if (metric == "t") return thousandths / clock.ticks_per_second;
  if (metric == "f") return thousandths / clock.frames_per_second;
  return std::nullopt;
}

// The kinds of documents: the element of a cue and the attributes of its times.
struct Kind {
  std::string_view root, format;  // `format`: an attribute of srv3
  std::string_view source_format, cue, begin, end, duration;
  std::int64_t bare_ms;
};
constexpr std::array<Kind, 4> kinds = {{
    {"tt", "", "ttml", "p", "begin", "end", "dur", 1000},
    {"timedtext", "3", "srv3", "p", "t", "", "d", 1},
    {"timedtext", "", "srv2", "text", "t", "", "d", 1},
    {"transcript", "", "srv1", "text", "start", "", "dur", 1000},
}};

class XmlReader {
 public:
  XmlReader(std::string_view text, const Kind &kind, const Tag &root)
      : text_(text), kind_(kind), at_(root.end) {
    file_.format = std::string(kind.source_format);
    const auto set = [&](std::string_view name, std::int64_t &rate) {
      const auto value = parse_offset(attribute(root, name), {}, 1);
      if (value && *value > 0) rate = *value;
    };
    set("framerate", clock_.frames_per_second);
    clock_.ticks_per_second = clock_.frames_per_second;
    set("tickrate", clock_.ticks_per_second);
  }

  CueFile read() {
    std::string agent;  // for an <agent>, and for the <div> around cues
    while (auto tag = next_tag(text_, at_)) {
      count_lines(tag->begin);
      at_ = tag->end;
      if (tag->name == "agent") {
        agent = attribute(*tag, "id");
      } else if (tag->name == "name" && !agent.empty() && !tag->empty) {
        const std::size_t end = std::min(text_.find('<', at_), text_.size());
        names_[agent] = base::collapse_spaces(decode_entities(text_.substr(at_, end - at_)));
      } else if (tag->name == "div" || tag->name == "body") {
        if (!attribute(*tag, "agent").empty()) outer_ = attribute(*tag, "agent");
      } else if (tag->name == "/div") {
        outer_.clear();
      } else if (tag->name == kind_.cue && !tag->empty) {
        read_cue(*tag);
      }
    }
    return std::move(file_);
  }

 private:
  void count_lines(std::size_t to) {
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(counted_);
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::max(to, counted_));
    line_ += static_cast<std::size_t>(std::count(begin, end, '\n'));
    counted_ = std::max(to, counted_);
  }

  std::string name_of(const std::string &agent) const {
    const auto found = names_.find(agent);
    return found == names_.end() ? agent : found->second;
  }

  // The text up to the end of the cue, with a line break for each <br/>. Changes `agent` to that of
  // a <span> around all of it.
  std::string payload(std::string &agent) {
    std::string out;
    while (true) {
      const auto tag = next_tag(text_, at_);
      const std::size_t end = tag ? tag->begin : text_.size();
      std::string words(text_.substr(at_, end - at_));
      std::replace(words.begin(), words.end(), '\n', ' ');
      out += words;
      at_ = tag ? tag->end : text_.size();
      if (!tag || tag->name == "/" + std::string(kind_.cue)) return out;
      if (tag->name == "br") out += '\n';
      if (tag->name == "span" && agent.empty()) agent = attribute(*tag, "agent");
    }
  }

  void read_cue(const Tag &tag) {
    Cue cue{line_,
            parse_offset(attribute(tag, kind_.begin), clock_, kind_.bare_ms),
            parse_offset(attribute(tag, kind_.end), clock_, kind_.bare_ms),
            {},
            {}};
    const auto lasts = parse_offset(attribute(tag, kind_.duration), clock_, kind_.bare_ms);
    if (!cue.end_ms && cue.begin_ms && lasts) cue.end_ms = *cue.begin_ms + *lasts;
    std::string agent = attribute(tag, "agent");
    if (agent.empty()) agent = outer_;
    std::string words = payload(agent);
    // YouTube encodes the entities of captions twice.
    if (kind_.source_format == "srv1") words = decode_entities(words);
    cue.pieces = split_payload(words);
    if (!agent.empty()) {
      for (CuePiece &piece : cue.pieces) piece.speaker = name_of(agent);
    }
    if (!cue.begin_ms) {
      file_.repair(
          errors::invalid_input(fmt::format("expected a time in the attribute '{}'", kind_.begin),
                                line_name(line_)),
          "the words were kept without a time");
    } else if (cue.end_ms && *cue.end_ms < *cue.begin_ms) {
      file_.repair(errors::invalid_input("the cue ends before it begins", line_name(line_)),
                   "its end was left out");
      cue.end_ms.reset();
    }
    file_.cues.push_back(std::move(cue));
  }

  std::string_view text_;
  const Kind &kind_;
  std::size_t at_;
  std::size_t line_ = 1, counted_ = 0;
  Clock clock_;
  std::map<std::string, std::string> names_;  // of agents
  std::string outer_;                         // the agent of the element around cues
  CueFile file_;
};

}  // namespace

std::optional<Result<RawTranscript>> read_timed_xml(std::string_view text) {
  const std::string_view body = base::trim(text);
  if (body.empty() || body[0] != '<') return std::nullopt;
  const auto root = next_tag(text, 0);
  if (!root) return std::nullopt;
  for (const Kind &kind : kinds) {
    if (root->name != kind.root) continue;
    if (!kind.format.empty() && attribute(*root, "format") != kind.format) continue;
    return to_raw_transcript(XmlReader(text, kind, *root).read());
  }
  return std::nullopt;
}

}  // namespace saleschecklist::transcript
