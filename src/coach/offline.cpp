// coach_offline(): composes coaching from the checklist's texts and the evidence of the call.
#include <saleschecklist/coach.hpp>
#include <saleschecklist/metrics.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "coach/coach.hpp"
#include "evidence/evidence.hpp"
#include "evidence/stored_evidence.hpp"
#include "json/documents.hpp"
#include "text/phrasing.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace saleschecklist::coaching {
namespace {

constexpr std::size_t least_words = 200, most_words = 300;
constexpr std::size_t least_claim_words = 2;  // of the rep
constexpr std::size_t points_shown = 3;
constexpr std::size_t moments_shown = 3;
constexpr double much_talk = 0.65;      // share of the rep; above it, listening comes first
constexpr std::size_t many_claims = 3;  // things said by the rep that the customer did not confirm
constexpr std::size_t telling_quote_words = 6;

struct Entry {
  const Category *category;
  const Item *item;
  const Response *response;
  bool claimed;  // said by the rep, but not proven
};

class Coach {
 public:
  Coach(const Transcript &transcript, const Checklist &checklist,
        const std::vector<Response> &responses, const Score &score)
      : transcript_(transcript), score_(score), metrics_(measure(transcript)) {
    std::map<std::string_view, const Response *> answers;
    for (const Response &r : responses) answers[r.item_id] = &r;
    for (const Category &c : checklist.categories) {
      for (const Item &i : c.items) {
        const auto found = answers.find(i.id);
        if (found == answers.end()) continue;
        entries_[i.id] = {&c, &i, found->second, is_claimed(*found->second)};
      }
    }
  }

  Coaching run() {
    strengths_ = pick(score_.strengths);
    gaps_ = pick_gaps();
    Coaching out;
    out.first_change = first_change();
    for (const Entry &e : strengths_) out.strengths.push_back(strength(e));
    for (const Entry &e : gaps_) out.improvement_areas.push_back(improvement(e));
    out.action_items = actions();
    out.moments = moments();
    out.feedback_text = feedback(out);
    return out;
  }

 private:
  // The first few, each of another category. Those with an expressive quote come first.
  std::vector<Entry> pick(const std::vector<ScoredItem> &ranked) const {
    std::vector<Entry> out;
    std::set<const Category *> used;
    for (const bool demanding : {true, false}) {
      for (const ScoredItem &scored : ranked) {
        const auto found = entries_.find(scored.item_id);
        if (out.size() == points_shown || found == entries_.end()) continue;
        if (demanding && !has_telling_quote(found->second)) continue;
        if (used.insert(found->second.category).second) out.push_back(found->second);
      }
    }
    return out;
  }

  // A quote of the customer that is meaningful without context.
  bool has_telling_quote(const Entry &e) const {
    if (e.response->evidence.empty()) return false;
    const Evidence &proof = e.response->evidence.front();
    return transcript_.utterances[proof.utterance].role != Role::rep &&
           text::count_words(proof.quote) >= telling_quote_words;
  }

  // Gaps of the categories with the fewest proven items come first, where a single answer adds
  // most.
  std::vector<Entry> pick_gaps() const {
    std::map<std::string_view, double> coverage;
    for (const CategoryScore &c : score_.category_breakdown) {
      coverage[c.name] = c.max_score > 0 ? c.score / c.max_score : 1;
    }
    std::vector<ScoredItem> gaps = score_.gaps;
    std::stable_sort(gaps.begin(), gaps.end(), [&](const ScoredItem &a, const ScoredItem &b) {
      return rank(a, coverage) < rank(b, coverage);
    });
    std::vector<Entry> out;
    std::set<const Category *> used;
    for (const ScoredItem &gap : gaps) {
      const auto found = entries_.find(gap.item_id);
      if (out.size() == points_shown || found == entries_.end()) continue;
      if (used.insert(found->second.category).second) out.push_back(found->second);
    }
    return out;
  }

  // Within a category, a gap that the rep tried to fill with a claim comes first.
  std::pair<double, int> rank(const ScoredItem &gap,
                              const std::map<std::string_view, double> &coverage) const {
    const auto found = entries_.find(gap.item_id);
    const bool claimed = found != entries_.end() && found->second.claimed;
    return {coverage.at(gap.category), claimed ? 0 : 1};
  }

  // Whether a quote was rejected only because the other side, or a speaker of unknown role, said
  // it.
  static bool is_of_wrong_side(const RejectedEvidence &rejected) {
    const bool speaker = rejected.reason == RejectionReason::wrong_side ||
                         rejected.reason == RejectionReason::unknown_speaker;
    return speaker && rejected.evidence_from != EvidenceFrom::either;
  }

  // A quote that a model invented was said by no one.
  bool is_claimed(const Response &r) const {
    if (r.answer == Answer::yes || r.rejected_evidence.empty()) return false;
    const RejectedEvidence &rejected = r.rejected_evidence.front();
    const std::string &quote = rejected.quote;
    if (!is_of_wrong_side(rejected) || text::count_words(quote) < least_claim_words) return false;
    const auto &all = transcript_.utterances;
    return std::any_of(all.begin(), all.end(), [&](const Utterance &u) {
      return u.role == Role::rep && u.text.find(quote) != std::string::npos;
    });
  }

  std::vector<Entry> claims() const {
    std::vector<Entry> out;
    for (const ScoredItem &gap : score_.gaps) {
      const auto found = entries_.find(gap.item_id);
      if (found != entries_.end() && found->second.claimed) out.push_back(found->second);
    }
    return out;
  }

  std::string said_by(const Evidence &e) const {
    const std::string &speaker = transcript_.utterances[e.utterance].speaker;
    const std::string who = speaker.empty() ? "somebody" : speaker;
    return e.begin_ms ? fmt::format("{} at {}", who, text::clock_time(*e.begin_ms)) : who;
  }

  CoachingPoint strength(const Entry &e) const {
    CoachingPoint out{e.item->title, {}};
    if (e.response->evidence.empty()) {
      out.explanation = "This was confirmed by a person after the call.";
    } else {
      const Evidence &evidence = e.response->evidence.front();
      out.explanation = fmt::format("{}: \xE2\x80\x9C{}\xE2\x80\x9D", said_by(evidence),
                                    text::shorten(evidence.quote, 30));
    }
    return out;
  }

  static CoachingPoint improvement(const Entry &e) {
    const std::string lead =
        e.claimed ? fmt::format(
                        "You said it yourself (\xE2\x80\x9C{}\xE2\x80\x9D), and the "
                        "customer did not. ",
                        text::shorten(e.response->rejected_evidence.front().quote, 20))
                  : std::string();
    return {e.item->title, lead + e.item->key_behavior};
  }

  std::string first_change() const {
    const auto claimed = claims();
    if (claimed.size() >= many_claims) {
      return fmt::format(
          "Ask instead of telling. {} things were said by you and not by the customer, for example "
          "\xE2\x80\x9C{}\xE2\x80\x9D Turn each into a question and let the customer answer.",
          claimed.size(),
          text::shorten(claimed.front().response->rejected_evidence.front().quote, 20));
    }
    if (metrics_.rep_talk_share && *metrics_.rep_talk_share > much_talk) {
      return fmt::format(
          "Talk less. {} of the talking was yours; after each question, wait until "
          "the customer has finished.",
          text::percent(*metrics_.rep_talk_share));
    }
    if (gaps_.empty()) return "Keep doing what you did: there is no gap left in this checklist.";
    return gaps_.front().item->key_behavior;
  }

  std::vector<std::string> actions() const {
    std::vector<std::string> out;
    for (const Entry &e : gaps_) {
      out.push_back(fmt::format("{}: {}", e.item->title, e.item->key_behavior));
    }
    constexpr std::array<const char *, 3> spare = {
        "Open the next call with a summary of what the customer told you, and let them correct it.",
        "Send the customer a short note with what was agreed, in their own words.",
        "End the next call with a day and a time for the one after it."};
    for (std::size_t i = 0; out.size() < 3; ++i) out.emplace_back(spare[i]);
    return out;
  }

  std::vector<Moment> moments() const {
    std::vector<Moment> out;
    std::set<std::size_t> used;
    const auto add = [&](const Entry &e) {
      if (out.size() == moments_shown || !has_telling_quote(e)) return;
      const Evidence &proof = e.response->evidence.front();
      if (!used.insert(proof.utterance).second) return;
      out.push_back({proof.utterance, proof.quote, proof.begin_ms, proof.end_ms, e.item->id});
    };
    for (const Entry &e : strengths_) add(e);
    for (const ScoredItem &scored : score_.strengths) {
      const auto found = entries_.find(scored.item_id);
      if (found != entries_.end()) add(found->second);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Moment &a, const Moment &b) { return a.utterance < b.utterance; });
    return out;
  }

  std::string opening() const {
    const ScoreSummary &s = score_.summary;
    const std::size_t counted = s.total_items - s.not_applicable_items;
    if (s.validated_items == 0) {
      return fmt::format(
          "Nothing in this conversation proves any of the {} items, so the deal stands at 0 of "
          "100. "
          "Either it was not a sales conversation, or nobody could be told apart as the customer, "
          "or "
          "the customer has not been asked yet.",
          counted);
    }
    const char *verdict =
        score_.risk_band == RiskBand::green
            ? "That is a deal on firm ground, and the work now is to keep it there."
        : score_.risk_band == RiskBand::yellow
            ? "That is a real opportunity with some blind spots."
            : "Much about this deal is still unknown, and the unknown is where deals "
              "are lost.";
    return fmt::format("This call proves {} of {} items, which gives {} of 100. {}",
                       s.validated_items, counted, score_.total_score, verdict);
  }

  std::string strengths_paragraph() const {
    if (strengths_.empty()) return {};
    constexpr std::array<const char *, 3> leads = {"What works for you: you now know",
                                                   "You also learned", "And you have"};
    std::string out;
    for (std::size_t i = 0; i < strengths_.size(); ++i) {
      const Entry &e = strengths_[i];
      if (!out.empty()) out += ' ';
      out += fmt::format("{} {}", leads[i], text::lower_first(e.item->title));
      if (e.response->evidence.empty()) {
        out += '.';
        continue;
      }
      const Evidence &proof = e.response->evidence.front();
      out += fmt::format(". {} said: \xE2\x80\x9C{}\xE2\x80\x9D", said_by(proof),
                         text::shorten(proof.quote, 22));
      out += text::closing_mark(proof.quote);
    }
    return out;
  }

  std::string gap_sentence(std::size_t i) const {
    constexpr std::array<const char *, 3> leads = {"The biggest hole is", "Next comes",
                                                   "Third, look at"};
    const Entry &e = gaps_[i];
    return fmt::format("{} {}. {}", leads[i], text::lower_first(e.item->title),
                       e.item->key_behavior);
  }

  std::string feedback(const Coaching &coaching) const {
    text::Composer text(most_words);
    text.paragraph(opening());
    text.paragraph(strengths_paragraph());
    if (!gaps_.empty()) text.paragraph(gap_sentence(0));
    for (std::size_t i = 1; i < gaps_.size(); ++i) text.sentence(gap_sentence(i));
    text.paragraph("If you change one thing first: " + text::lower_first(coaching.first_change));
    if (!gaps_.empty() && text.words() < most_words) {
      text.paragraph("Before the next call, ask yourself: " +
                     gaps_.front().item->coaching_question);
    }
    for (const Entry &e : gaps_) {
      if (text.words() >= least_words) break;
      if (&e != &gaps_.front()) text.sentence(e.item->coaching_question);
    }
    for (const Entry &e : gaps_) {
      if (text.words() >= least_words) break;
      text.sentence(fmt::format("A thought to take along: {}", e.item->key_mindset));
    }
    for (const char *spare :
         {"Write down before the call the two answers you want to leave with, and ask for them "
          "early.",
          "When the customer names a figure, a date or a person, repeat it back and let them "
          "confirm it.",
          "What only you have said is a hope; what the customer has said is something you can "
          "build on.",
          "Close with a day and a time for the next talk, and say who should be in it."}) {
      if (text.words() >= least_words) break;
      text.sentence(spare);
    }
    return text.take();
  }

  const Transcript &transcript_;
  const Score &score_;
  Metrics metrics_;
  std::map<std::string, Entry> entries_;  // by item id
  std::vector<Entry> strengths_, gaps_;
};

// Whether the score follows from the responses. Does not check the fingerprint, which needs more
// input.
bool follows(const Score &score, const Score &computed) {
  json::OrderedJson given = json::to_document(score), expected = json::to_document(computed);
  given.erase("fingerprint");
  expected.erase("fingerprint");
  return given == expected;
}

}  // namespace

std::optional<Error> coaching_fault(const Transcript &transcript, const Checklist &checklist,
                                    const std::vector<Response> &responses, const Score &score) {
  if (auto fault = evidence::evidence_fault(transcript, responses)) return fault;
  const auto computed = saleschecklist::score(checklist, responses, score.policy);
  if (!computed) return computed.error();
  if (follows(score, *computed)) return std::nullopt;
  return errors::invalid_argument("the score does not follow from the responses; compute it again",
                                  "score");
}

}  // namespace saleschecklist::coaching

namespace saleschecklist {

Result<Coaching> coach_offline(const Transcript &transcript, const Checklist &checklist,
                               const std::vector<Response> &responses, const Score &score) {
  return base::guard([&]() -> Result<Coaching> {
    if (auto fault = coaching::coaching_fault(transcript, checklist, responses, score)) {
      return *std::move(fault);
    }
    return coaching::Coach(transcript, checklist, responses, score).run();
  });
}

}  // namespace saleschecklist
