// The chapters with the metrics of the conversation and its transcript.
#include "report/chapters/chapters.hpp"

#include "text/phrasing.hpp"

#include <fmt/format.h>

namespace saleschecklist::report {
namespace {

std::string seconds(std::int64_t ms) { return fmt::format("{}.{} s", ms / 1000, ms % 1000 / 100); }

void add_speaker(Blocks &blocks, const SpeakerMetrics &s) {
  const std::string who = s.speaker.empty() ? "Unnamed speaker" : s.speaker;
  add(blocks, Heading{fmt::format("{} ({})", who, name(s.role)), 2});
  Facts facts;
  if (s.talk_share) facts.rows.push_back({"Share of talk", text::percent(*s.talk_share)});
  facts.rows.push_back({"Words", std::to_string(s.words)});
  if (s.words_per_minute) {
    facts.rows.push_back({"Words per minute", fmt::format("{:.0f}", *s.words_per_minute)});
  }
  facts.rows.push_back({"Turns", std::to_string(s.turns)});
  facts.rows.push_back({"Questions", std::to_string(s.questions)});
  facts.rows.push_back({"Interruptions", std::to_string(s.interruptions)});
  if (s.longest_monologue_ms) {
    facts.rows.push_back({"Longest monologue", clock_text(s.longest_monologue_ms)});
  }
  if (s.patience_ms) {
    facts.rows.push_back({"Pause before a reply",
                          fmt::format("{} on average of {}", seconds(*s.patience_ms), s.replies)});
  }
  add(blocks, std::move(facts));
}

}  // namespace

void add_metrics(Blocks &blocks, const Metrics &m) {
  add(blocks, Heading{"Conversation", 1, true});
  Facts facts;
  const auto fact = [&](const char *name, std::string value) {
    facts.rows.push_back({name, std::move(value)});
  };
  if (m.duration_ms > 0) fact("Length", clock_text(m.duration_ms));
  fact("Words", std::to_string(m.words));
  fact("Speaker switches",
       m.switches_per_minute
           ? fmt::format("{} ({:.1f} a minute)", m.speaker_switches, *m.switches_per_minute)
           : std::to_string(m.speaker_switches));
  if (m.longest_rep_monologue_ms) {
    fact("Seller's longest monologue", clock_text(m.longest_rep_monologue_ms));
  }
  if (m.talk_share_basis != ShareBasis::none) {
    fact("Shares of talk are of",
         m.talk_share_basis == ShareBasis::time ? "the speaking time of all" : "the words of all");
  }
  add(blocks, std::move(facts));
  for (const SpeakerMetrics &s : m.speakers) add_speaker(blocks, s);
}

void add_transcript(Blocks &blocks, const Transcript &transcript) {
  add(blocks, Heading{"Transcript", 1, true});
  for (const Utterance &u : transcript.utterances) {
    const std::string who = u.speaker.empty() ? "?" : u.speaker;
    const std::string when = u.begin_ms ? clock_text(u.begin_ms) + "  " : "";
    const std::string suspect = u.suspect.empty() ? "" : fmt::format(" [suspect: {}]", u.suspect);
    add(blocks, Paragraph{fmt::format("{}{}: {}{}", when, who, u.text, suspect),
                          u.suspect.empty() ? Tone::plain : Tone::muted});
  }
}

}  // namespace saleschecklist::report
