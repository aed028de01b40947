#include "transcript/roles/evidence.hpp"

#include "json/documents.hpp"
#include "json/embedded.hpp"
#include "json/parse.hpp"
#include "listen/cue_matcher.hpp"
#include "listen/sentences.hpp"

#include <algorithm>
#include <unordered_map>

namespace saleschecklist::transcript {

// Sellers and buyers share a vocabulary, so no single kind decides: what tells them apart is which
// side of the exchange somebody is on, again and again. Interviewers ask about the other side, too,
// support agents promise next steps, and colleagues speak of their product; only in a sale does one
// side name prices and other customers, and the other ask for prices and approval. How much each
// kind counts is learned (schemas/models/talk-en.json).
constexpr std::array<Kind, kind_count> kinds = {{
    {"buyer.approval", KindOf::buying, 0.7, "says who must approve it"},
    {"buyer.asks_paper", KindOf::buying, 0.4, "asks for an offer"},
    {"buyer.asks_price", KindOf::buying, 0.5, "asks for prices and terms"},
    {"buyer.asks_product", KindOf::buying, 0.4, "asks what the product does"},
    {"buyer.own_business", KindOf::buying, 0.6, "tells of the own business"},
    {"buyer.weighs", KindOf::buying, 0.5, "weighs it against other suppliers"},
    {"other.assembly", KindOf::other, 0, "an assembly"},
    {"other.health", KindOf::other, 0, "a consultation"},
    {"other.interview", KindOf::other, 0, "an interview"},
    {"other.service", KindOf::other, 0, "a service call"},
    {"other.teaching", KindOf::other, 0, "a lesson"},
    {"other.team", KindOf::other, 0, "a meeting of colleagues"},
    {"seller.addresses", KindOf::selling, 0.4, "speaks of the other side's people"},
    {"seller.discovers", KindOf::selling, 0.6, "asks about the other side's business"},
    {"seller.introduces", KindOf::selling, 0.3, "introduces a company"},
    {"seller.next_step", KindOf::selling, 0.7, "offers the next step"},
    {"seller.offering", KindOf::selling, 0.7, "explains the product"},
    {"seller.others", KindOf::selling, 0.7, "tells of other customers"},
    {"seller.prices", KindOf::selling, 0.6, "names prices and terms"},
    {"seller.qualifies", KindOf::selling, 0.7, "asks who decides, when and against whom"},
    {"seller.thanks", KindOf::selling, 0.6, "thanks for the time"},
}};

namespace {

const listening::CompiledCues &compiled() {
  static const listening::CompiledCues cues(
      json::cues_from_document(json::parse_json(json::embedded_text("cues/roles.json")).value()));
  return cues;
}

// Whether the transcript is without punctuation, so that questions cannot be told from statements.
bool is_unpunctuated(const Transcript &transcript) {
  constexpr std::size_t most_bytes_per_mark = 400;  // some ten times what people write
  std::size_t bytes = 0, marks = 0;
  for (const Utterance &u : transcript.utterances) {
    bytes += u.text.size();
    marks += static_cast<std::size_t>(std::count_if(
        u.text.begin(), u.text.end(), [](char c) { return c == '.' || c == '?' || c == '!'; }));
  }
  return bytes > marks * most_bytes_per_mark;
}

// The first hours of a call, which tell enough, so that long files are read fast.
Transcript beginning_of(const Transcript &transcript) {
  constexpr std::size_t most_bytes = 150'000;  // some three hours of talk
  Transcript out;
  std::size_t bytes = 0;
  for (const Utterance &u : transcript.utterances) {
    bytes += u.text.size();
    if (bytes > most_bytes) break;
    out.utterances.push_back(u);
  }
  return out;
}

void count_kinds(Heard &heard, bool asked, bool told,
                 const std::vector<listening::CueMatch> &matches) {
  std::array<bool, kind_count> found{}, vetoed{};
  for (const listening::CueMatch &match : matches) {
    const bool question = match.kind == listening::CueKind::question;
    const bool statement = match.kind == listening::CueKind::statement;
    if ((question && asked) || (statement && told)) found[match.item] = true;
    if (match.kind == listening::CueKind::veto) vetoed[match.item] = true;
  }
  for (std::size_t k = 0; k < kind_count; ++k) heard.counts[k] += found[k] && !vetoed[k];
}

}  // namespace

std::vector<Heard> hear_evidence(const Transcript &whole,
                                 const std::vector<std::string> &speakers) {
  const Transcript transcript = beginning_of(whole);
  std::unordered_map<std::string_view, std::size_t> numbers;
  for (std::size_t i = 0; i < speakers.size(); ++i) numbers.emplace(speakers[i], i);
  std::vector<Heard> out(speakers.size());
  text::StemLookup stems(compiled().stems);
  listening::CueMatcher matcher(compiled());
  const bool unpunctuated = is_unpunctuated(transcript);
  for (const listening::StemmedSentence &sentence : listening::split_sentences(transcript, stems)) {
    const auto found = numbers.find(transcript.utterances[sentence.utterance].speaker);
    if (found == numbers.end()) continue;
    Heard &heard = out[found->second];
    heard.words += static_cast<double>(sentence.tokens.size());
    count_kinds(heard, sentence.question || unpunctuated, !sentence.question || unpunctuated,
                matcher.match(sentence));
  }
  return out;
}

}  // namespace saleschecklist::transcript
