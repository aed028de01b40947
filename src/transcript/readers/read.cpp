// read_transcript(): detects the format by content, reads it, assembles utterances and assigns
// roles.
#include "base/errors.hpp"
#include "base/files.hpp"
#include "base/guard.hpp"
#include "base/unicode.hpp"
#include "text/words.hpp"
#include "transcript/language.hpp"
#include "transcript/readers/readers.hpp"
#include "transcript/readers/suspect.hpp"
#include "transcript/readers/text_lines.hpp"
#include "transcript/roles/roles.hpp"
#include "transcript/transcript_faults.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::transcript {
namespace {

// Recognisers emit overlapping speech slightly out of order; a larger step back is a fault.
constexpr std::int64_t out_of_order_tolerance_ms = 2000;

std::optional<Error> check_times(const RawTranscript &raw) {
  std::optional<std::int64_t> previous;
  for (const RawCue &cue : raw.cues) {
    if (cue.begin_ms && *cue.begin_ms < 0) {
      return errors::invalid_input("expected a time of 0 or more, got a negative one", cue.where);
    }
    if (cue.begin_ms && cue.end_ms && *cue.end_ms < *cue.begin_ms) {
      return errors::invalid_input("the utterance ends before it begins", cue.where);
    }
    if (cue.begin_ms && previous && *cue.begin_ms + out_of_order_tolerance_ms < *previous) {
      return errors::invalid_input(
          fmt::format("the times are not in order: {} ms follows {} ms, expected "
                      "ascending order",
                      *cue.begin_ms, *previous),
          cue.where);
    }
    if (cue.begin_ms) previous = std::max(previous.value_or(0), *cue.begin_ms);
  }
  return std::nullopt;
}

// Sorts the cues that have a begin time; the others keep their places.
void sort_by_begin(std::vector<RawCue> &cues) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < cues.size(); ++i) {
    if (cues[i].begin_ms) places.push_back(i);
  }
  std::vector<std::size_t> order = places;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return *cues[a].begin_ms < *cues[b].begin_ms;
  });
  if (order == places) return;
  std::vector<RawCue> sorted = cues;
  for (std::size_t i = 0; i < places.size(); ++i) sorted[places[i]] = cues[order[i]];
  cues = std::move(sorted);
}

Utterance to_utterance(RawCue &&cue) {
  Utterance out;
  out.speaker = std::move(cue.speaker);
  out.role = cue.role;
  out.begin_ms = cue.begin_ms;
  out.end_ms = cue.end_ms;
  out.text = std::move(cue.text);
  out.suspect = std::move(cue.suspect);
  out.spans.push_back({0, cue.begin_ms, cue.end_ms});
  return out;
}

void append_cue(Utterance &utterance, RawCue &&cue) {
  utterance.text += ' ';
  utterance.spans.push_back({utterance.text.size(), cue.begin_ms, cue.end_ms});
  utterance.text += cue.text;
  if (!utterance.begin_ms) utterance.begin_ms = cue.begin_ms;
  if (cue.end_ms) utterance.end_ms = std::max(utterance.end_ms.value_or(*cue.end_ms), *cue.end_ms);
  // An end before the begin can only result from cues without a begin; the begin is then unknown.
  if (utterance.begin_ms && utterance.end_ms && *utterance.end_ms < *utterance.begin_ms) {
    utterance.begin_ms.reset();
  }
}

std::optional<std::int64_t> last_time(const Transcript &transcript) {
  std::optional<std::int64_t> last;
  for (const Utterance &u : transcript.utterances) {
    for (const auto &time : {u.begin_ms, u.end_ms}) {
      if (time) last = std::max(last.value_or(0), *time);
    }
  }
  return last;
}

}  // namespace

std::vector<Line> split_lines(std::string_view text) {
  const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  if (count > limits::transcript_lines) {
    throw BadResult(errors::over_limit("the transcript", count, limits::transcript_lines, "lines"));
  }
  std::vector<Line> lines;
  lines.reserve(count);
  std::size_t number = 1;
  for (std::size_t begin = 0; begin <= text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back({number, text.substr(begin, end - begin)});
    begin = end + 1;
  }
  return lines;
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  constexpr std::size_t most_digits = 6;  // in one part: no recording lasts 999,999 hours
  std::int64_t whole = 0, part = 0;
  std::size_t parts = 1, digits = 0, at = 0;
  for (; at < text.size() && text[at] != '.' && text[at] != ','; ++at) {
    if (text[at] == ':') {
      if (digits == 0 || ++parts > 3) return std::nullopt;
      if (parts == 3 && part > 59) return std::nullopt;
      whole = (whole + part) * 60;
      part = 0;
      digits = 0;
    } else if (text[at] >= '0' && text[at] <= '9' && ++digits <= most_digits) {
      part = part * 10 + (text[at] - '0');
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0 || parts < 2) return std::nullopt;
  if (parts > 1 && part > 59) return std::nullopt;
  std::int64_t milliseconds = (whole + part) * 1000;
  std::int64_t unit = 100;
  if (at < text.size() && at + 1 == text.size()) return std::nullopt;
  for (++at; at < text.size(); ++at, unit /= 10) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    milliseconds += (text[at] - '0') * unit;
  }
  return milliseconds;
}

Result<Transcript> assemble(RawTranscript raw) {
  const auto is_ascii_word = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  const auto wordless = [&](const RawCue &cue) {
    return std::none_of(cue.text.begin(), cue.text.end(), is_ascii_word) &&
           text::count_words(cue.text) == 0;
  };
  raw.cues.erase(std::remove_if(raw.cues.begin(), raw.cues.end(), wordless), raw.cues.end());
  if (raw.cues.empty()) {
    return errors::invalid_input("the transcript has no words");
  }
  if (auto error = check_times(raw)) return *std::move(error);
  sort_by_begin(raw.cues);
  Transcript out;
  out.language = std::move(raw.language);
  out.source_format = std::move(raw.format);
  out.warnings = std::move(raw.warnings);
  for (RawCue &cue : raw.cues) {
    cue.speaker = base::collapse_spaces(visible_text(cue.speaker));
    const bool same = !out.utterances.empty() && !cue.speaker.empty() &&
                      out.utterances.back().speaker == cue.speaker &&
                      out.utterances.back().role == cue.role &&
                      out.utterances.back().suspect == cue.suspect;
    if (same) {
      append_cue(out.utterances.back(), std::move(cue));
    } else {
      out.utterances.push_back(to_utterance(std::move(cue)));
    }
  }
  out.duration_ms = raw.duration_ms;
  if (const auto last = last_time(out)) {
    out.duration_ms = std::max(out.duration_ms.value_or(0), *last);
  }
  if (raw.roles_given) {
    out.role_source = RoleSource::given;
    out.role_reason = "the transcript itself states the roles";
  }
  return out;
}

Result<Transcript> finish(Result<RawTranscript> raw, const ReadOptions &options) {
  if (!raw) return raw.error();
  if (raw->cues.size() > limits::transcript_cues) {
    return errors::over_limit("the transcript", raw->cues.size(), limits::transcript_cues, "cues");
  }
  if (has_recognised_segments(raw->format)) {
    mark_suspects(raw->cues);
  } else {
    mark_inventions(raw->cues);
  }
  auto transcript = assemble(*std::move(raw));
  if (!transcript) return transcript;
  if (auto error = size_fault(*transcript)) return *std::move(error);
  return assign_roles(*std::move(transcript), options);
}

// Reads a transcript and leaves its language as the source names it.
Result<Transcript> read_any(std::string_view bytes, const ReadOptions &options) {
  if (looks_like_docx(bytes)) {
    return finish(read_docx(bytes), options);
  }
  const auto mended = replace_zeros(bytes);
  auto text = base::decode_text(mended ? std::string_view(*mended) : bytes);
  if (const auto mail = text ? std::nullopt : decode_mail(bytes)) text = base::decode_text(*mail);
  if (!text) return text.error();
  if (looks_like_rtf(*text)) return read_rtf(*text, options);
  if (looks_like_json(*text)) return read_json(*text, options);
  if (auto fault = path_fault(*text)) return *std::move(fault);
  if (auto mail = read_mail(*text, options)) return *std::move(mail);
  auto raw = [&] {
    if (looks_like_html(*text)) return read_html(*text);
    if (looks_like_xml(*text)) return read_xml(*text);
    const auto lines = split_lines(*text);
    const bool has_arrows = text->find("-->") != std::string::npos;
    if (!is_chat(lines) && (!has_arrows || !is_text_with_arrows(lines))) {
      if (auto read = read_cue_file(*text, lines)) return *std::move(read);
    }
    return read_plain_text(lines);
  }();
  if (mended && raw) {
    raw->warnings.emplace_back("the zero bytes of the file were replaced by U+FFFD");
  }
  return finish(std::move(raw), options);
}

}  // namespace saleschecklist::transcript

namespace saleschecklist {

Result<Transcript> read_transcript_file(const std::string &path, const ReadOptions &options) {
  return base::guard([&]() -> Result<Transcript> {
    const auto bytes = base::read_file(path, std::min(options.most_bytes, limits::file_bytes));
    if (!bytes) return bytes.error();
    return read_transcript(*bytes, options);
  });
}

Result<Transcript> read_transcript(std::string_view bytes, const ReadOptions &options) {
  return base::guard([&]() -> Result<Transcript> {
    if (bytes.size() > options.most_bytes) {
      return errors::over_limit("the transcript", bytes.size(), options.most_bytes, "bytes");
    }
    auto out = transcript::read_any(bytes, options);
    if (out) transcript::settle_language(*out);
    return out;
  });
}

}  // namespace saleschecklist
