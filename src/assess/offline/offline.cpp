// assess_offline(): matches cues, weighs who said them and how, and answers with quotes.
#include <saleschecklist/assess.hpp>
#include <saleschecklist/assessability.hpp>

#include "assess/offline/assessor_id.hpp"
#include "assess/offline/exchanges.hpp"
#include "base/guard.hpp"
#include "cues/cues.hpp"
#include "evidence/evidence.hpp"
#include "evidence/opposition.hpp"
#include "json/schema.hpp"
#include "listen/cue_matcher.hpp"
#include "listen/sentences.hpp"
#include "text/language.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace saleschecklist {
namespace {

// The confidence of one match. A yes needs `least_confidence`. The values were tuned on those calls
// of benchmarks/quality that are not held out.
constexpr double said_confidence = 0.80;
constexpr double answered_confidence = 0.72;  // a matching question and a real answer
constexpr double named_confidence = 0.80;     // ... that contains what the item requires
constexpr double denied_confidence = 0.80;    // a statement of the contrary
constexpr double hedge_penalty = 0.25;        // for "maybe", "if" and the like
constexpr double distance_penalty = 0.04;     // per sentence between question and answer
constexpr double contradicted = 0.5;          // the part that is left if the contrary was said
constexpr double repeat_bonus = 0.04;         // per additional match
constexpr double most_confidence = 0.95;
constexpr double least_confidence = 0.60;
constexpr double silence_confidence = 0.50;  // of a no, since a cue may be missing
constexpr std::size_t most_quotes = 3;
constexpr const char *disclaimer = "Heard by cues, not by meaning.";

struct Hearing {
  double confidence = 0;
  std::uint32_t utterance = 0;
  std::uint32_t begin = 0, end = 0;  // bytes
};

struct ItemMatches {
  const Item *item = nullptr;
  std::vector<Hearing> hearings;
  std::vector<Hearing> wrong_side;  // matches in words of the side that cannot prove the item
  std::vector<Hearing> denials;     // statements of the contrary by the right side
};

bool is_hedged(const listening::StemmedSentence &sentence, std::uint32_t begin) {
  static const std::unordered_set<std::string_view> hedges = {
      "maybe", "perhaps", "might",  "if",      "whether", "hopefully",
      "guess", "suppose", "unless", "imagine", "wish"};
  for (std::uint32_t i = begin; i-- > 0;) {
    if (hedges.count(sentence.tokens[i].word) != 0) return true;
    if (begin - i > 8) break;
  }
  return false;
}

// The cues of the built-in checklists are words of everyday life ("we lose two hours", "my boss
// decides"), which mean what the items ask only where something is sold. Other checklists may be
// about anything.
bool is_about_sales(const Cues &cues) { return find_cues(cues.checklist_id).has_value(); }

class Assessor {
 public:
  // `compiled` must be made from `cues`, whose items must all be in the checklist.
  Assessor(const Transcript &transcript, const Checklist &checklist, const Cues &cues,
           const listening::CompiledCues &compiled)
      : transcript_(transcript),
        compiled_(compiled),
        corroborated_(!is_about_sales(cues) ||
                      is_sales_call(transcript, checklist, {}).verdict != SalesCallVerdict::no) {
    std::unordered_map<std::string_view, std::size_t> positions;
    for (const Category &category : checklist.categories) {
      for (const Item &item : category.items) {
        positions[item.id] = found_.size();
        found_.push_back({&item, {}, {}, {}});
      }
    }
    for (const auto &[id, lists] : cues.items) {
      targets_.push_back({&found_[positions.at(id)], !lists.answer.empty()});
    }
  }

  std::vector<Response> run() {
    text::StemLookup stems(compiled_.stems);
    sentences_ = listening::split_sentences(transcript_, stems);
    listening::CueMatcher matcher(compiled_);
    for (const listening::StemmedSentence &sentence : sentences_)
      matches_.push_back(matcher.match(sentence));
    for (std::size_t s = 0; s < sentences_.size(); ++s) listen(s);
    const std::string language = text::spoken_language(transcript_);
    const bool english =
        language.empty() ? listening::sounds_english(sentences_) : language == "en";
    std::vector<Response> out;
    for (ItemMatches &found : found_) out.push_back(answer(found, english));
    return out;
  }

 private:
  // What matching needs to know about an item.
  struct Target {
    ItemMatches *found;
    bool wants_answer;  // whether an answer must match the item's answer cues
  };

  void listen(std::size_t s) {
    for (const listening::CueMatch &match : matches_[s]) {
      const Item &item = *targets_[match.item].found->item;
      if (match.kind == listening::CueKind::exchange) hear_exchange(s, match, item);
      if (has_match(s, match.item, listening::CueKind::veto)) continue;
      if (match.kind == listening::CueKind::statement) hear_statement(s, match, item);
      if (match.kind == listening::CueKind::question) hear_question(s, match, item);
      if (match.kind == listening::CueKind::denial) hear_denial(sentences_[s], match, item);
    }
  }

  bool has_match(std::size_t s, std::uint32_t item, listening::CueKind kind) const {
    return std::any_of(matches_[s].begin(), matches_[s].end(), [&](const listening::CueMatch &m) {
      return m.item == item && m.kind == kind && !m.negated;
    });
  }

  void hear_statement(std::size_t s, const listening::CueMatch &match, const Item &item) {
    const listening::StemmedSentence &sentence = sentences_[s];
    // A question by the seller counts as an act; a question by the customer states nothing.
    if (sentence.question && item.evidence_from != EvidenceFrom::rep) return;
    if (match.negated) return;
    add(sentence, match, item,
        said_confidence - (is_hedged(sentence, match.begin) ? hedge_penalty : 0));
  }

  void hear_denial(const listening::StemmedSentence &sentence, const listening::CueMatch &match,
                   const Item &item) {
    const bool right_side =
        sentence.role != Role::unknown && evidence::may_prove(sentence.role, item.evidence_from);
    if (sentence.question || !right_side || match.negated || is_hedged(sentence, match.begin)) {
      return;
    }
    targets_[match.item].found->denials.push_back(
        {denied_confidence, sentence.utterance, sentence.source_begin, sentence.source_end});
  }

  void hear_question(std::size_t s, const listening::CueMatch &match, const Item &item) {
    if (sentences_[s].question) add(sentences_[s], match, item, said_confidence);
  }

  void add(const listening::StemmedSentence &sentence, const listening::CueMatch &match,
           const Item &item, double confidence) {
    Hearing hearing;
    hearing.confidence = confidence;
    hearing.utterance = sentence.utterance;
    hearing.begin = sentence.source_begin;
    hearing.end = sentence.source_end;
    ItemMatches &matches = *targets_[match.item].found;
    const bool side_known = sentence.role != Role::unknown;
    const bool right_side = side_known && evidence::may_prove(sentence.role, item.evidence_from);
    (right_side ? matches.hearings : matches.wrong_side).push_back(hearing);
  }

  // A question (or a summary) by the rep that the customer answers.
  void hear_exchange(std::size_t s, const listening::CueMatch &match, const Item &item) {
    const listening::StemmedSentence &asked = sentences_[s];
    if (asked.role != Role::rep || item.evidence_from == EvidenceFrom::rep) return;
    const assessing::Reply reply = assessing::find_reply(sentences_, s);
    if (reply.first == reply.last || reply.stance == assessing::Stance::evasive) return;
    if (!asked.question && reply.stance != assessing::Stance::affirms) return;
    double confidence = answered_confidence;
    std::size_t last = reply.first;
    if (targets_[match.item].wants_answer) {
      for (; last < reply.last && !has_match(last, match.item, listening::CueKind::answer);
           ++last) {
      }
      if (last == reply.last || has_match(last, match.item, listening::CueKind::veto)) return;
      if (!assessing::bears_meaning(sentences_, reply.first, last)) return;
      confidence = named_confidence;
    } else if (!assessing::answers(reply, asked)) {
      return;
    }
    confidence -= distance_penalty * static_cast<double>(reply.distance);
    Hearing hearing;
    hearing.confidence = confidence;
    hearing.utterance = sentences_[reply.first].utterance;
    hearing.begin = sentences_[reply.first].source_begin;
    if (sentences_[last].utterance != hearing.utterance) {
      hearing.utterance = sentences_[last].utterance;
      hearing.begin = sentences_[last].source_begin;
    }
    hearing.end = sentences_[last].source_end;
    targets_[match.item].found->hearings.push_back(hearing);
  }

  Response answer(ItemMatches &found, bool english) {
    const Item &item = *found.item;
    if (english && !somebody_may_prove(item.evidence_from))
      return evidence::unprovable(transcript_, item);
    Response out;
    out.item_id = item.id;
    if (!english) {
      out.unanswered_reason = UnansweredReason::other_language;
      out.reasoning = "The cues are English and this conversation is not.";
      return out;
    }
    std::stable_sort(
        found.hearings.begin(), found.hearings.end(),
        [](const Hearing &a, const Hearing &b) { return a.confidence > b.confidence; });
    const std::vector<Evidence> proofs = quotes_of(found.hearings, {});
    const std::vector<Evidence> denials = quotes_of(found.denials, proofs);
    const Answer shown = evidence::weigh(transcript_, proofs, denials);
    out.answer = out.ai_answer = shown == Answer::unanswered ? Answer::no : shown;
    if (shown == Answer::unanswered)
      refuse(out, item, found);
    else if (shown == Answer::denied)
      accept(out, found.denials.front().confidence, denials, proofs);
    else
      accept(out, found.hearings.front().confidence, proofs, denials);
    return out;
  }

  bool somebody_may_prove(EvidenceFrom from) const {
    return std::any_of(
        transcript_.utterances.begin(), transcript_.utterances.end(), [&](const Utterance &u) {
          return u.suspect.empty() && u.role != Role::unknown && evidence::may_prove(u.role, from);
        });
  }

  // The sentences that were heard with enough confidence, each once and none of `others`.
  std::vector<Evidence> quotes_of(const std::vector<Hearing> &hearings,
                                  const std::vector<Evidence> &others) const {
    std::vector<Evidence> out;
    if (!corroborated_) return out;
    for (const Hearing &hearing : hearings) {
      if (out.size() == most_quotes || hearing.confidence < least_confidence) break;
      const auto overlaps = [&](const Evidence &e) {
        return e.utterance == hearing.utterance && hearing.begin < e.end && e.begin < hearing.end;
      };
      if (std::any_of(out.begin(), out.end(), overlaps)) continue;
      if (std::any_of(others.begin(), others.end(), overlaps)) continue;
      out.push_back(evidence::evidence_at(transcript_, hearing.utterance, hearing.begin,
                                          hearing.end, EvidenceStatus::verified));
    }
    return out;
  }

  void accept(Response &out, double confidence, const std::vector<Evidence> &quotes,
              const std::vector<Evidence> &contrary) const {
    out.evidence = quotes;
    out.contrary_evidence = contrary;
    out.support = Support::verified;
    const bool torn = out.answer != Answer::yes && !contrary.empty();
    out.needs_review = torn;
    const double bonus = repeat_bonus * static_cast<double>(quotes.size() - 1);
    out.confidence = std::min(most_confidence, confidence + bonus);
    if (torn) out.confidence *= contradicted;
    const auto speaker = [&](const Evidence &e) {
      const std::string &name = transcript_.utterances[e.utterance].speaker;
      return name.empty() ? std::string("The speaker") : name;
    };
    const char *times = quotes.size() > 1 ? ", more than once" : "";
    const std::string who = speaker(quotes.front());
    out.reasoning = out.answer == Answer::ambiguous
                        ? fmt::format("{} says it{}, and {} says the contrary. {}", who, times,
                                      speaker(contrary.front()), disclaimer)
                    : out.answer == Answer::denied
                        ? fmt::format("{} says the contrary{}. {}", who, times, disclaimer)
                        : fmt::format("{} says it{}. {}", who, times, disclaimer);
  }

  void refuse(Response &out, const Item &item, const ItemMatches &found) {
    out.confidence = silence_confidence;
    const char *side = item.evidence_from == EvidenceFrom::either ? "either side"
                       : item.evidence_from == EvidenceFrom::rep  ? "the rep"
                                                                  : "the customer";
    if (!found.wrong_side.empty()) {
      const Hearing &h = found.wrong_side.front();
      const Utterance &u = transcript_.utterances[h.utterance];
      out.rejected_evidence.push_back(evidence::rejected_speaker(
          u.text.substr(h.begin, h.end - h.begin), u, item.evidence_from));
      out.reasoning = fmt::format("Only the wrong side says it, {} does not. {}", side, disclaimer);
    } else if (!found.hearings.empty() && !corroborated_) {
      out.reasoning = fmt::format(
          "A cue for it was heard, but nothing else in the conversation speaks of a sale. {}",
          disclaimer);
    } else if (!found.hearings.empty()) {
      out.reasoning = fmt::format("It comes up, but hedged or conditional. {}", disclaimer);
    } else {
      out.reasoning = fmt::format("No cue for it was heard from {}. {}", side, disclaimer);
    }
  }

  const Transcript &transcript_;
  const listening::CompiledCues &compiled_;
  const bool corroborated_;  // whether anything beside the cues speaks of a sale
  std::vector<listening::StemmedSentence> sentences_;
  std::vector<std::vector<listening::CueMatch>> matches_;  // for each sentence
  std::vector<ItemMatches> found_;                         // for each item of the checklist
  std::vector<Target> targets_;                            // for each item of the cues
};

Error unsound(const std::vector<Error> &faults) {
  Error error = json::join_faults(faults);
  error.code = ErrorCode::invalid_argument;
  return error;
}

// Assesses with cues whose items are all in the checklist. Throws BadResult if a cue is malformed.
std::vector<Response> answers_by(const Cues &cues, const Transcript &transcript,
                                 const Checklist &checklist) {
  if (&cues == &Cues::standard()) {
    static const listening::CompiledCues standard(cues);  // cached, since most calls use it
    return Assessor(transcript, checklist, cues, standard).run();
  }
  return Assessor(transcript, checklist, cues, listening::CompiledCues(cues)).run();
}

// The answers if there is nothing to listen for.
std::vector<Response> not_asked(const Checklist &checklist) {
  std::vector<Response> out;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      out.emplace_back().item_id = item.id;
      out.back().unanswered_reason = UnansweredReason::not_asked;
      out.back().reasoning = "There is no cue to listen for.";
    }
  }
  return out;
}

Result<Assessment> assess_by(const Cues &cues, const Transcript &transcript,
                             const Checklist &checklist) {
  try {
    Assessment out{answers_by(cues, transcript, checklist), assessing::offline_assessor(cues), {}};
    if (cues.items.empty()) {
      out.responses = not_asked(checklist);
      out.notices.push_back(assessing::no_cues_notice(checklist.id));
    }
    return out;
  } catch (const BadResult &) {
    return unsound(cues::cue_faults(cues));
  }
}

}  // namespace

Result<Assessment> assess_offline(const Transcript &transcript, const Checklist &checklist) {
  return base::guard([&]() -> Result<Assessment> {
    if (const auto faults = validate(checklist); !faults.empty()) return unsound(faults);
    return assess_by(*cues::default_cues(checklist), transcript, checklist);
  });
}

Result<Assessment> assess_offline(const Transcript &transcript, const Checklist &checklist,
                                  const Cues &cues) {
  return base::guard([&]() -> Result<Assessment> {
    if (const auto faults = validate(checklist); !faults.empty()) return unsound(faults);
    if (!cues::misfits(cues, checklist).empty()) return unsound(validate(cues, checklist));
    return assess_by(cues, transcript, checklist);
  });
}

}  // namespace saleschecklist
