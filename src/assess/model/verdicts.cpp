#include "assess/model/verdicts.hpp"

#include "assess/model/prompt_injection.hpp"
#include "assess/model/prompt_transcript.hpp"
#include "assess/model/unanswered.hpp"
#include "evidence/evidence.hpp"
#include "evidence/opposition.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t most_evidence = 3;
constexpr std::size_t least_words = 2;  // of a quote
constexpr std::size_t most_rejected = 5;
constexpr std::size_t most_rejected_bytes = 500;
constexpr double sure_enough = 0.5;  // confidence of a yes below which it needs a review
constexpr double contradicted = 0.5;

// The result of the votes about one passage.
struct PassageResult {
  Answer answer = Answer::unanswered;
  double confidence = 0;
  bool divided = false;
  std::string reasoning;
  std::optional<Gap> gap;  // why there is no answer, or why it has fewer votes than wanted
  std::vector<Evidence> evidence;
  std::vector<Evidence> contrary;
  std::vector<RejectedEvidence> rejected;

  bool proven() const { return !evidence.empty(); }
};

bool is_unjudged(const PassageResult &result) { return result.answer == Answer::unanswered; }

bool is_cut_short(const PassageResult &result) {
  return result.answer != Answer::unanswered && result.gap.has_value();
}

PassageResult result_of(const PassageVotes &passage) {
  PassageResult out;
  out.gap = passage.gap;
  if (passage.votes.empty()) return out;
  const Tally t = tally(passage.votes);
  out.answer = t.first;
  const auto all = static_cast<int>(passage.votes.size());
  out.divided = is_divided(t);
  const auto best = std::max_element(passage.votes.begin(), passage.votes.end(),
                                     [&](const DraftAnswer &a, const DraftAnswer &b) {
                                       return std::pair(a.answer == t.first, a.confidence) <
                                              std::pair(b.answer == t.first, b.confidence);
                                     });
  out.reasoning = best->reasoning;
  out.confidence = all == 1 ? best->confidence : static_cast<double>(t.first_votes) / all;
  return out;
}

void add_evidence(std::vector<Evidence> &out, const Evidence &more) {
  if (std::none_of(out.begin(), out.end(),
                   [&](const Evidence &e) { return evidence::overlap(e, more); })) {
    out.push_back(more);
  }
}

// Verifies the quotes of all answers together, because verifying prepares the transcript.
class QuoteChecker {
 public:
  QuoteChecker(const Transcript &transcript, const std::vector<ItemVotes> &votes,
               const std::vector<Evidence> &injections, const CancelToken &cancel) {
    for (std::size_t b = 0; b < votes.size(); ++b) {
      for (std::size_t p = 0; p < votes[b].passages.size(); ++p) collect(votes[b], b, p);
    }
    verdicts_ = evidence::verify(transcript, claims_, cancel);
    const PromptInjections addressed(injections);
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
      if (!verdicts_[i].evidence) continue;
      if (addressed.hold(*verdicts_[i].evidence)) {
        reject(i, RejectionReason::addressed_to_assessor);
      } else if (text::count_words(verdicts_[i].evidence->quote) < least_words) {
        reject(i, RejectionReason::single_word);
      }
    }
  }

  // Adds the verdicts about an answer to its result.
  void rule(PassageResult &result, std::size_t item, std::size_t passage) const {
    rule(evidence_, {item, passage}, result.evidence, result.rejected);
    rule(contrary_, {item, passage}, result.contrary, result.rejected);
  }

 private:
  // The claims for each item and passage.
  using Places = std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>>;

  void rule(const Places &places, const Places::key_type &place, std::vector<Evidence> &accepted,
            std::vector<RejectedEvidence> &rejected) const {
    const auto found = places.find(place);
    if (found == places.end()) return;
    for (const std::size_t i : found->second) {
      if (verdicts_[i].evidence) {
        add_evidence(accepted, *verdicts_[i].evidence);
      } else {
        rejected.push_back(*verdicts_[i].rejected);
        rejected.back().quote = clipped(claims_[i].quote, most_rejected_bytes);
      }
    }
  }

  void reject(std::size_t claim, RejectionReason reason) {
    verdicts_[claim] = {std::nullopt, RejectedEvidence{claims_[claim].quote, reason}};
  }

  void collect(const ItemVotes &item, std::size_t b, std::size_t p) {
    const PassageVotes &passage = item.passages[p];
    const Answer answer = tally(passage.votes).first;
    for (const DraftAnswer &vote : passage.votes) {
      if (vote.answer != answer) continue;
      claim(evidence_[std::pair(b, p)], vote.quotes, item.item->evidence_from);
      const bool opposable = answer == Answer::yes || answer == Answer::denied;
      if (opposable) claim(contrary_[std::pair(b, p)], vote.contrary, item.item->evidence_from);
    }
  }

  void claim(std::vector<std::size_t> &mine, const std::vector<Quote> &quotes, EvidenceFrom from) {
    for (const Quote &quote : quotes) {
      const bool known = std::any_of(
          mine.begin(), mine.end(), [&](std::size_t i) { return claims_[i].quote == quote.words; });
      if (known) continue;
      const auto [same, added] =
          known_.try_emplace({quote.words, quote.utterance, from}, claims_.size());
      mine.push_back(same->second);
      if (added) claims_.push_back({quote.words, quote.utterance, from});
    }
  }

  std::vector<Claim> claims_;  // each once, even if it is offered for several items
  std::map<std::tuple<std::string, std::optional<std::size_t>, EvidenceFrom>, std::size_t> known_;
  std::vector<Verdict> verdicts_;
  Places evidence_, contrary_;
};

Support support_of(const Response &r) {
  if (r.evidence.empty()) return r.answer == Answer::yes ? Support::unsupported : Support::none;
  const bool repaired = std::any_of(r.evidence.begin(), r.evidence.end(), [](const Evidence &e) {
    return e.status == EvidenceStatus::repaired;
  });
  return repaired ? Support::repaired : Support::verified;
}

// Merges the results of the passages into one response.
class Merger {
 public:
  Merger(const Transcript &transcript, const Item &item, std::vector<PassageResult> results)
      : transcript_(transcript), item_(item), results_(std::move(results)) {
    out_.item_id = item.id;
    for (const PassageResult &o : results_) {
      const bool denies = o.answer == Answer::denied;
      if (!denies && o.answer != Answer::yes) continue;
      for (const Evidence &e : o.evidence) add_evidence(denies ? against_ : for_, e);
      for (const Evidence &e : o.contrary) add_evidence(denies ? for_ : against_, e);
    }
  }

  Response run() {
    const Answer shown = evidence::weigh(transcript_, for_, against_);
    if (shown != Answer::unanswered) {
      take_shown(shown);
    } else if (const PassageResult *claimed = best(Answer::yes)) {
      take(*claimed);
      out_.needs_review = true;
    } else if (const PassageResult *unjudged = first_unjudged()) {
      out_ = unanswered(item_, unjudged->gap.value_or(not_asked()));
    } else if (const PassageResult *senseless = best(Answer::not_applicable, true)) {
      take(*senseless);
    } else {
      take_absent();
    }
    finish();
    return std::move(out_);
  }

 private:
  // The most confident result with that answer; with `proven`, only among those with evidence.
  const PassageResult *best(Answer answer, bool proven = false) const {
    const PassageResult *out = nullptr;
    for (const PassageResult &o : results_) {
      if (o.answer != answer || (proven && !o.proven())) continue;
      if (out == nullptr || o.confidence > out->confidence) out = &o;
    }
    return out;
  }

  const PassageResult *first_unjudged() const {
    const auto found = std::find_if(results_.begin(), results_.end(), is_unjudged);
    return found == results_.end() ? nullptr : &*found;
  }

  // An answer without proof; a denial or "not applicable" without proof is a no. It is only as
  // certain as the least confident passage.
  void take_absent() {
    const auto least = std::min_element(results_.begin(), results_.end(),
                                        [](const PassageResult &a, const PassageResult &b) {
                                          return std::pair(a.answer != Answer::no, a.confidence) <
                                                 std::pair(b.answer != Answer::no, b.confidence);
                                        });
    take(*least);
    out_.answer = Answer::no;
    if (least->answer != Answer::no) out_.needs_review = true;
  }

  void take(const PassageResult &o) {
    out_.answer = out_.ai_answer = o.answer;
    out_.confidence = o.confidence;
    out_.reasoning = o.reasoning;
    out_.needs_review = o.divided;
    for (const PassageResult &other : results_) {
      if (other.answer != o.answer) continue;
      for (const Evidence &e : other.evidence) add_evidence(out_.evidence, e);
      out_.rejected_evidence.insert(out_.rejected_evidence.end(), other.rejected.begin(),
                                    other.rejected.end());
    }
  }

  // What accepted quotes show: yes, denied or ambiguous.
  void take_shown(Answer shown) {
    const bool denied = shown == Answer::denied;
    const PassageResult *deciding = best(denied ? Answer::denied : Answer::yes);
    if (deciding == nullptr) deciding = best(denied ? Answer::yes : Answer::denied);
    take(*deciding);
    out_.answer = shown;
    out_.evidence = denied ? against_ : for_;
    out_.contrary_evidence = denied ? for_ : against_;
    // What was denied before it was said is not held against it.
    if (shown == Answer::yes || out_.contrary_evidence.empty()) return;
    out_.confidence *= contradicted;
    out_.needs_review = true;
  }

  void finish() {
    std::stable_sort(out_.evidence.begin(), out_.evidence.end(),
                     [](const Evidence &a, const Evidence &b) { return a.status < b.status; });
    if (out_.evidence.size() > most_evidence) out_.evidence.resize(most_evidence);
    if (out_.contrary_evidence.size() > most_evidence) {
      out_.contrary_evidence.resize(most_evidence);
    }
    if (out_.rejected_evidence.size() > most_rejected) {
      out_.rejected_evidence.resize(most_rejected);
    }
    out_.support = support_of(out_);
    const bool doubtful_yes = out_.answer == Answer::yes && out_.confidence < sure_enough;
    const bool cut_short = out_.answer != Answer::unanswered &&
                           std::any_of(results_.begin(), results_.end(), is_cut_short);
    if (out_.support == Support::unsupported || doubtful_yes || cut_short) {
      out_.needs_review = true;
    }
  }

  const Transcript &transcript_;
  const Item &item_;
  std::vector<PassageResult> results_;
  std::vector<Evidence> for_, against_;  // accepted quotes
  Response out_;
};

void add_unanswered(std::vector<UnansweredItems> &out, const Item &item, const Gap &gap) {
  const auto found = std::find_if(out.begin(), out.end(), [&](const UnansweredItems &known) {
    return known.gap.reason == gap.reason && known.gap.clause == gap.clause;
  });
  if (found != out.end()) return found->items.push_back(&item);
  out.push_back({gap, {&item}});
}

// Adds a response to the judgment, and notes what is missing.
void add(Judgment &out, const Item &item, const std::vector<PassageResult> &results,
         Response response) {
  if (response.answer == Answer::unanswered) {
    const auto unjudged = std::find_if(results.begin(), results.end(), is_unjudged);
    add_unanswered(out.unanswered, item, unjudged->gap.value_or(not_asked()));
  } else if (const auto last = std::find_if(results.rbegin(), results.rend(), is_cut_short);
             last != results.rend()) {
    if (out.cut_short++ == 0) out.cut_short_by = last->gap->clause;
  }
  out.responses.push_back(std::move(response));
}

}  // namespace

Judgment judge(const Transcript &transcript, const std::vector<ItemVotes> &votes,
               const std::vector<Evidence> &injections, const CancelToken &cancel) {
  const QuoteChecker checker(transcript, votes, injections, cancel);
  Judgment out;
  for (std::size_t b = 0; b < votes.size(); ++b) {
    std::vector<PassageResult> results;
    for (std::size_t p = 0; p < votes[b].passages.size(); ++p) {
      results.push_back(result_of(votes[b].passages[p]));
      checker.rule(results.back(), b, p);
      out.refused_quotes += results.back().rejected.size();
    }
    add(out, *votes[b].item, results, Merger(transcript, *votes[b].item, results).run());
  }
  return out;
}

}  // namespace saleschecklist::assessing
