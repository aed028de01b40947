// validate(Transcript): checks what read_transcript() guarantees and other transcripts may violate.
#include "transcript/transcript_faults.hpp"

#include <saleschecklist/transcript.hpp>

#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace saleschecklist {
namespace {

using Time = std::optional<std::int64_t>;

class FaultFinder {
 public:
  std::vector<Error> run(const Transcript &transcript) {
    require(!transcript.utterances.empty(), "the transcript has no words", "/utterances");
    require(transcript.role_source != RoleSource::none || !any_role(transcript),
            "the utterances have roles, but no source of roles is given: expected 'given' or "
            "'inferred'",
            "/roles/source");
    const double confidence = transcript.role_confidence.value_or(0);
    require(confidence >= 0 && confidence <= 1, "expected a confidence from 0 to 1",
            "/roles/confidence");
    for (std::size_t i = 0; i < transcript.utterances.size(); ++i) {
      check(transcript.utterances[i], fmt::format("/utterances/{}", i));
    }
    return std::move(faults_);
  }

 private:
  void require(bool sound, std::string message, std::string where) {
    if (!sound) faults_.push_back(errors::invalid_input(std::move(message), std::move(where)));
  }

  static bool any_role(const Transcript &transcript) {
    return std::any_of(transcript.utterances.begin(), transcript.utterances.end(),
                       [](const Utterance &u) { return u.role != Role::unknown; });
  }

  void check(const Utterance &u, const std::string &where) {
    const bool utf8 = base::valid_utf8_prefix(u.speaker) == u.speaker.size();
    require(
        utf8 && base::collapse_spaces(u.speaker) == u.speaker,
        "expected a name in UTF-8 without line breaks, control characters or consecutive spaces",
        where + "/speaker");
    check_text(u.text, where + "/text");
    require(base::valid_utf8_prefix(u.suspect) == u.suspect.size() &&
                base::collapse_spaces(u.suspect) == u.suspect,
            "expected one line of UTF-8 without control characters or consecutive spaces",
            where + "/suspect");
    check_times(u.begin_ms, u.end_ms, where);
    check_spans(u, where + "/spans");
    if (!u.begin_ms) return;
    require(!previous_ || *u.begin_ms >= *previous_,
            fmt::format("the times are not in order: {} ms follows {} ms", *u.begin_ms,
                        previous_.value_or(0)),
            where + "/begin_ms");
    previous_ = u.begin_ms;
  }

  void check_text(const std::string &text, const std::string &where) {
    if (base::valid_utf8_prefix(text) != text.size())
      return require(false, "the text is not valid UTF-8", where);
    if (text::count_words(text) == 0) return require(false, "the utterance has no words", where);
    require(base::collapse_spaces(text) == text,
            "expected text without line breaks, control characters or consecutive spaces", where);
  }

  void check_times(const Time &begin, const Time &end, const std::string &where) {
    constexpr std::int64_t longest = 10'000'000'000'000;  // as in the schema: 300 years
    for (const Time &time : {begin, end}) {
      require(!time || (*time >= 0 && *time <= longest),
              "expected a time in milliseconds from 0 to 10^13", where);
    }
    require(!begin || !end || *end >= *begin, "the end is before the begin", where);
  }

  void check_spans(const Utterance &u, const std::string &where) {
    require(!u.spans.empty(), "expected at least one span", where);
    for (std::size_t i = 0; i < u.spans.size(); ++i) {
      const std::string here = fmt::format("{}/{}", where, i);
      const std::size_t begin = u.spans[i].begin;
      // In valid UTF-8, every byte that is not a continuation byte (10xxxxxx) begins a character.
      const bool boundary =
          begin < u.text.size() && (static_cast<unsigned char>(u.text[begin]) & 0xC0) != 0x80;
      const bool later = i == 0 ? begin == 0 : begin > u.spans[i - 1].begin;
      require(boundary && later,
              "expected the byte offset of a character after the begin of the previous span", here);
      check_times(u.spans[i].begin_ms, u.spans[i].end_ms, here);
    }
  }

  Time previous_;
  std::vector<Error> faults_;
};

}  // namespace

std::vector<Error> validate(const Transcript &transcript) {
  // The faults of each utterance would be too many.
  if (auto fault = transcript::size_fault(transcript)) return {*std::move(fault)};
  return FaultFinder().run(transcript);
}

namespace transcript {

std::optional<Error> size_fault(const Transcript &transcript) {
  const std::size_t count = transcript.utterances.size();
  if (count > limits::utterances) {
    return errors::over_limit("the transcript", count, limits::utterances, "utterances",
                              "/utterances");
  }
  std::unordered_set<std::string_view> speakers;
  for (std::size_t i = 0; i < count; ++i) {
    const Utterance &u = transcript.utterances[i];
    if (u.text.size() > limits::utterance_bytes) {
      return errors::over_limit("the utterance", u.text.size(), limits::utterance_bytes, "bytes",
                                fmt::format("/utterances/{}/text", i));
    }
    if (speakers.size() <= limits::speakers) speakers.insert(u.speaker);
  }
  if (speakers.size() <= limits::speakers) return std::nullopt;
  return errors::invalid_input(
      fmt::format("the transcript has more than {} speakers", limits::speakers), "/utterances");
}

}  // namespace transcript

}  // namespace saleschecklist
