// redact(): replaces personal data in a transcript with placeholders, and restore() reverses it.
#include <saleschecklist/redact.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "redact/numbers.hpp"
#include "redact/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>

namespace saleschecklist {
namespace {

// A piece of text that was replaced: its bytes, and the end of its placeholder.
struct Edit {
  std::size_t begin, end, new_end;
};

struct Edited {
  std::string text;
  std::vector<Edit> edits;
};

// Assigns placeholders, equal ones to equal data, numbered in the order of first use.
class Placeholders {
 public:
  explicit Placeholders(const redaction::Talk &talk) : used_(talk.placeholders) {}

  const std::string &of(const redaction::Find &find, std::string_view original) {
    ++places_[static_cast<std::size_t>(find.kind)];
    auto [known, fresh] = known_.try_emplace({find.kind, find.key});
    if (fresh) {
      known->second = next(find.kind);
      replacements.push_back({known->second, std::string(original)});
    }
    return known->second;
  }

  // "2 cards, 1 name"; empty if nothing was replaced.
  std::string summary() const {
    static constexpr std::array<std::pair<const char *, const char *>, 5> words = {
        {{"card", "cards"},
         {"account", "accounts"},
         {"phone number", "phone numbers"},
         {"e-mail address", "e-mail addresses"},
         {"name", "names"}}};
    std::string out;
    for (std::size_t kind = 0; kind < words.size(); ++kind) {
      if (places_[kind] == 0) continue;
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", places_[kind],
                         places_[kind] == 1 ? words[kind].first : words[kind].second);
    }
    return out;
  }

  std::vector<Replacement> replacements;

 private:
  // A placeholder that does not occur in the original text.
  std::string next(redaction::DataKind kind) {
    std::string out;
    do {
      out = redaction::placeholder(kind, ++numbers_[static_cast<std::size_t>(kind)]);
    } while (used_.count(out) != 0);
    return out;
  }

  const std::unordered_set<std::string> &used_;
  std::map<std::pair<redaction::DataKind, std::string>, std::string> known_;
  std::array<std::size_t, 5> numbers_{}, places_{};
};

void find_all(redaction::Talk &talk, const std::vector<redaction::Turn> &turns,
              const RedactOptions &options) {
  if (options.emails) redaction::find_emails(talk);
  const std::vector<redaction::Chain> chains = redaction::find_chains(talk, turns);
  if (options.accounts) redaction::find_ibans(talk, chains);
  if (options.cards) redaction::find_cards(talk, chains, true);
  if (options.accounts) redaction::find_accounts(talk, chains, true);
  if (options.phones) redaction::find_clear_phones(talk, chains);
  if (options.cards) redaction::find_cards(talk, chains, false);
  if (options.accounts) redaction::find_accounts(talk, chains, false);
  if (options.phones) redaction::find_phones(talk, chains);
  redaction::find_names(talk, options.names);
  std::sort(talk.finds.begin(), talk.finds.end(),
            [](const redaction::Find &a, const redaction::Find &b) {
              return std::pair(a.text, a.begin) < std::pair(b.text, b.begin);
            });
}

using Time = std::optional<std::int64_t>;

// Maps a place to the edited text; a place in replaced text maps to the end of the placeholder.
std::size_t moved(std::size_t place, const Edited &edited, std::size_t &edit) {
  const auto &edits = edited.edits;
  while (edit < edits.size() && edits[edit].end <= place) ++edit;
  if (edit < edits.size() && place > edits[edit].begin) return edits[edit].new_end;
  return edit == 0 ? place : edits[edit - 1].new_end + (place - edits[edit - 1].end);
}

// The spans of an edited text. A span of which no text is left is merged with the previous one.
std::vector<TimedSpan> moved_spans(const std::vector<TimedSpan> &spans, const Edited &edited) {
  std::vector<TimedSpan> out;
  std::size_t edit = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    TimedSpan span = spans[i];
    span.begin = moved(span.begin, edited, edit);
    if (span.begin < edited.text.size() && edited.text[span.begin] == ' ') ++span.begin;
    std::size_t ahead = edit;
    const std::size_t end =
        i + 1 < spans.size() ? moved(spans[i + 1].begin, edited, ahead) : edited.text.size();
    if (i == 0 || span.begin < end) {
      out.push_back(span);
    } else if (span.end_ms) {
      out.back().end_ms = std::max(out.back().end_ms.value_or(*span.end_ms), *span.end_ms);
    }
  }
  return out;
}

class Redaction {
 public:
  Redaction(const Transcript &transcript, const RedactOptions &options)
      : transcript_(transcript), options_(options) {}

  Redacted run() {
    read();
    find_all(talk_, turns_, options_);
    Placeholders placeholders(talk_);
    Redacted out;
    out.transcript = edited_transcript(placeholders);
    const std::string summary = placeholders.summary();
    if (!summary.empty()) {
      out.transcript.warnings.push_back("personal data was redacted: " + summary);
    }
    out.replacements = std::move(placeholders.replacements);
    return out;
  }

 private:
  void read() {
    for (const Utterance &u : transcript_.utterances) {
      turns_.push_back({u.speaker, talk_.add(u.text)});
    }
    for (const Utterance &u : transcript_.utterances) add_once(u.speaker), add_once(u.suspect);
    add_once(transcript_.role_reason);
    for (const std::string &warning : transcript_.warnings) add_once(warning);
  }

  void add_once(std::string_view text) {
    if (text.empty()) return;
    const auto [known, fresh] = others_.try_emplace(text);
    if (fresh) known->second.text = talk_.add(text);
  }

  Transcript edited_transcript(Placeholders &placeholders) {
    Transcript out = transcript_;
    for (std::size_t i = 0; i < out.utterances.size(); ++i) {
      Utterance &u = out.utterances[i];
      u.speaker = edited_other(u.speaker, placeholders);
      Edited edited = edit(u.text, turns_[i].text, placeholders);
      u.spans = moved_spans(u.spans, edited);
      u.text = std::move(edited.text);
      u.suspect = edited_other(u.suspect, placeholders);
    }
    out.role_reason = edited_other(out.role_reason, placeholders);
    for (std::string &warning : out.warnings) warning = edited_other(warning, placeholders);
    return out;
  }

  std::string edited_other(std::string_view text, Placeholders &placeholders) {
    if (text.empty()) return {};
    Other &other = others_.at(text);
    if (!other.done) other.result = edit(text, other.text, placeholders).text;
    other.done = true;
    return other.result;
  }

  Edited edit(std::string_view text, std::uint32_t number, Placeholders &placeholders) const {
    Edited out;
    std::size_t at = 0;
    auto find =
        std::lower_bound(talk_.finds.begin(), talk_.finds.end(), number,
                         [](const redaction::Find &f, std::uint32_t n) { return f.text < n; });
    for (; find != talk_.finds.end() && find->text == number; ++find) {
      if (find->begin < at) continue;  // within the same character
      out.text.append(text, at, find->begin - at);
      out.text += placeholders.of(*find, text.substr(find->begin, find->end - find->begin));
      out.edits.push_back({find->begin, find->end, out.text.size()});
      at = find->end;
    }
    out.text.append(text, at);
    return out;
  }

  // Redacts a text that was not spoken and that many utterances may share.
  struct Other {
    std::uint32_t text = 0;
    bool done = false;
    std::string result;
  };

  const Transcript &transcript_;
  const RedactOptions &options_;
  redaction::Talk talk_;
  std::vector<redaction::Turn> turns_;
  std::unordered_map<std::string_view, Other> others_;
};

Result<void> check(const Transcript &transcript, const RedactOptions &options) {
  const auto faults = validate(transcript);
  if (!faults.empty()) {
    return errors::invalid_argument(faults.front().message, faults.front().where);
  }
  for (std::size_t i = 0; i < options.names.size(); ++i) {
    const std::string &name = options.names[i];
    if (base::valid_utf8_prefix(name) == name.size() && text::count_words(name) > 0) continue;
    return errors::invalid_argument("expected a name in UTF-8 with at least one word",
                                    fmt::format("/names/{}", i));
  }
  return {};
}

}  // namespace

Result<Redacted> redact(const Transcript &transcript, const RedactOptions &options) {
  return base::guard([&]() -> Result<Redacted> {
    const auto sound = check(transcript, options);
    if (!sound) return sound.error();
    return Redaction(transcript, options).run();
  });
}

std::string restore(std::string_view text, const std::vector<Replacement> &replacements) {
  if (text.find('[') == std::string_view::npos) return std::string(text);
  std::unordered_map<std::string_view, std::string_view> originals;
  for (const Replacement &r : replacements) originals.emplace(r.placeholder, r.original);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('[', at), text.size());
    out.append(text, at, open - at);
    const std::size_t size =
        open < text.size() ? redaction::placeholder_size(text.substr(open)) : 0;
    const auto known = originals.find(text.substr(open, size));
    const bool found = size > 0 && known != originals.end();
    out += found ? known->second : text.substr(open, 1);
    at = found ? open + size : open + 1;
  }
  return out;
}

}  // namespace saleschecklist
