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
// side name prices and other customers, and the other ask for prices and approval. The weights are
// those of a logistic regression on sample calls, rounded.
constexpr std::array<Kind, kind_count> kinds = {{
    {"buyer.approval", KindOf::buying, 0.7, true, "says who must approve it"},
    {"buyer.asks_paper", KindOf::buying, 0.4, true, "asks for an offer"},
    {"buyer.asks_price", KindOf::buying, 0.5, true, "asks for prices and terms"},
    {"buyer.asks_product", KindOf::buying, 0.4, true, "asks what the product does"},
    {"buyer.own_business", KindOf::buying, 0.6, false, "tells of the own business"},
    {"buyer.weighs", KindOf::buying, 0.5, true, "weighs it against other suppliers"},
    {"other.assembly", KindOf::other, 0, false, "an assembly"},
    {"other.health", KindOf::other, 0, false, "a consultation"},
    {"other.interview", KindOf::other, 0, false, "an interview"},
    {"other.service", KindOf::other, 0, false, "a service call"},
    {"other.teaching", KindOf::other, 0, false, "a lesson"},
    {"other.team", KindOf::other, 0, false, "a meeting of colleagues"},
    {"seller.addresses", KindOf::selling, 0.4, true, "speaks of the other side's people"},
    {"seller.discovers", KindOf::selling, 0.6, false, "asks about the other side's business"},
    {"seller.introduces", KindOf::selling, 0.3, false, "introduces a company"},
    {"seller.next_step", KindOf::selling, 0.7, false, "offers the next step"},
    {"seller.offering", KindOf::selling, 0.7, true, "explains the product"},
    {"seller.others", KindOf::selling, 0.7, true, "tells of other customers"},
    {"seller.prices", KindOf::selling, 0.6, true, "names prices and terms"},
    {"seller.qualifies", KindOf::selling, 0.7, true, "asks who decides, when and against whom"},
    {"seller.thanks", KindOf::selling, 0.6, false, "thanks for the time"},
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
  for (Heard &heard : out) heard.replies.resize(speakers.size());
  text::StemLookup stems(compiled().stems);
  listening::CueMatcher matcher(compiled());
  const bool unpunctuated = is_unpunctuated(transcript);
  constexpr std::size_t nobody = std::string_view::npos;
  std::size_t asker = nobody;  // who asked the sentence before; nobody if it is no question
  for (const listening::StemmedSentence &sentence : listening::split_sentences(transcript, stems)) {
    const auto found = numbers.find(transcript.utterances[sentence.utterance].speaker);
    if (found == numbers.end()) {
      asker = nobody;
      continue;
    }
    const std::size_t speaker = found->second;
    if (asker != nobody && asker != speaker) ++out[speaker].replies[asker];
    asker = sentence.question ? speaker : nobody;
    out[speaker].words += static_cast<double>(sentence.tokens.size());
    count_kinds(out[speaker], sentence.question || unpunctuated, !sentence.question || unpunctuated,
                matcher.match(sentence));
  }
  return out;
}

}  // namespace saleschecklist::transcript
