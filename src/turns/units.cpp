#include "turns/units.hpp"

#include "text/words.hpp"

#include <algorithm>
#include <utility>

namespace saleschecklist::turns {
namespace {

// The bytes [begin, end) of an utterance as one of their own, with the spans that lie in it.
Utterance part_of(const Utterance &whole, std::size_t begin, std::size_t end) {
  Utterance out;
  out.text = whole.text.substr(begin, end - begin);
  const auto add = [&](std::size_t at, std::optional<std::int64_t> begin_ms,
                       std::optional<std::int64_t> end_ms) {
    out.spans.push_back({at, begin_ms, end_ms});
  };
  const std::vector<TimedSpan> whole_span = {{0, whole.begin_ms, whole.end_ms}};
  const auto &spans = whole.spans.empty() ? whole_span : whole.spans;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const std::size_t next = i + 1 < spans.size() ? spans[i + 1].begin : whole.text.size();
    if (next <= begin || spans[i].begin >= end) continue;
    const bool from_start = spans[i].begin >= begin || begin == 0;
    const bool to_end = next <= end || whole.text.find_first_not_of(' ', end) >= next;
    add(std::max(spans[i].begin, begin) - begin, from_start ? spans[i].begin_ms : std::nullopt,
        to_end ? spans[i].end_ms : std::nullopt);
  }
  out.begin_ms = out.spans.front().begin_ms;
  out.end_ms = out.spans.back().end_ms;
  return out;
}

void join(Utterance &to, const Utterance &from, std::string_view between) {
  const std::size_t shift = to.text.size() + between.size();
  to.text.append(between).append(from.text);
  for (TimedSpan span : from.spans) {
    span.begin += shift;
    to.spans.push_back(span);
  }
  to.end_ms = from.end_ms;
}

// Where the sentences of a text begin. What stands between two of them, such as an opening
// quotation mark, belongs to the next one from the last space on.
std::vector<std::size_t> beginnings(const std::string &text) {
  std::vector<std::size_t> out = {0};
  const auto sentences = text::split_words(text).sentences;
  for (std::size_t i = 1; i < sentences.size(); ++i) {
    const std::size_t end = sentences[i - 1].source_end;
    const std::size_t space = text.rfind(' ', sentences[i].source_begin);
    out.push_back(space == std::string::npos || space < end ? end : space + 1);
  }
  return out;
}

}  // namespace

std::vector<Unit> units_of(const Transcript &transcript) {
  std::vector<Unit> out;
  for (std::size_t u = 0; u < transcript.utterances.size(); ++u) {
    const Utterance &said = transcript.utterances[u];
    if (!said.suspect.empty()) continue;
    const auto starts = beginnings(said.text);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      std::size_t end = i + 1 < starts.size() ? starts[i + 1] : said.text.size();
      while (end > starts[i] && said.text[end - 1] == ' ') --end;
      if (end > starts[i]) out.push_back({u, starts[i], end});
    }
  }
  return out;
}

std::string_view text_of(const Transcript &transcript, const Unit &unit) {
  return std::string_view(transcript.utterances[unit.utterance].text)
      .substr(unit.begin, unit.end - unit.begin);
}

Transcript with_speakers(const Transcript &transcript, const std::vector<Unit> &units,
                         const std::vector<std::string> &speakers) {
  Transcript out = transcript;
  out.utterances.clear();
  std::size_t next = 0;
  for (std::size_t u = 0; u < transcript.utterances.size(); ++u) {
    const Utterance &whole = transcript.utterances[u];
    if (next == units.size() || units[next].utterance != u) {  // suspect
      out.utterances.push_back(whole);
      continue;
    }
    while (next < units.size() && units[next].utterance == u) {
      const std::size_t first = next;
      while (next < units.size() && units[next].utterance == u && speakers[next] == speakers[first])
        ++next;
      Utterance part = part_of(whole, units[first].begin, units[next - 1].end);
      part.speaker = speakers[first];
      const bool goes_on = !out.utterances.empty() && !part.speaker.empty() &&
                           out.utterances.back().speaker == part.speaker &&
                           out.utterances.back().suspect.empty();
      if (goes_on) {
        join(out.utterances.back(), part, " ");
      } else {
        out.utterances.push_back(std::move(part));
      }
    }
  }
  return out;
}

}  // namespace saleschecklist::turns
