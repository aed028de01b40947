// A deal over its calls: what is known by now, and how much of what is due at its stage.
#ifndef SALESCHECKLIST_DEAL_HPP
#define SALESCHECKLIST_DEAL_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/report.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/result.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/stage_plan.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// `num` of `den`.
struct Ratio {
  std::int64_t num = 0;
  std::int64_t den = 0;
};

// 100 x num / den with one decimal, rounded towards zero; absent if den is 0.
SALESCHECKLIST_API std::optional<double> percent(const Ratio &ratio);

// What one call says about a deal.
struct DealCall {
  std::string session;     // an id, unique in the deal
  std::int64_t at_ms = 0;  // when the call took place, in ms since 1970-01-01 UTC
  std::vector<Response> responses;
  // The speaker of each utterance, by its number; empty if not named. May be shorter.
  std::vector<std::string> speakers{};
};

// The call of a report, as the deal needs it.
SALESCHECKLIST_API DealCall deal_call(const std::string &session, std::int64_t at_ms,
                                      const Report &report);

// A person's answer about the deal, whether or not a call has a proof of it.
struct Confirmation {
  std::string item_id;
  std::string by;
  std::int64_t at_ms = 0;
  Answer answer = Answer::yes;  // yes, no, denied or not_applicable
  std::string reason{};
};

// A person's note on an item of the deal. The latest one is shown.
struct ItemNote {
  std::string item_id;
  std::string by;
  std::int64_t at_ms = 0;
  std::string text;
};

// Everything that a deal is rolled up from, in any order.
struct DealHistory {
  std::vector<DealCall> calls;
  std::vector<Confirmation> confirmations{};
  std::vector<ItemNote> notes{};
};

// What is known about an item over all calls.
enum class ItemState {
  empty,          // nobody said it yet
  heard,          // proved by a quote
  validated,      // a person says so
  contradicted,   // it was proved once, and somebody now says the contrary; or both in one call
  stale,          // proved by words that are older than Policy::evidence_ttl_ms
  not_applicable  // it makes no sense in this deal
};

// A quote of a call, see Evidence.
struct DealEvidence {
  std::string session;
  std::int64_t at_ms = 0;  // of the call
  std::size_t utterance = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string quote;
  std::string speaker{};                   // empty if not named
  std::optional<std::int64_t> begin_ms{};  // in the call
};

struct DealItem {
  std::string item_id;
  ItemState state = ItemState::empty;
  // What was said last: `no` if calls were judged and none shows it, `unanswered` if none was
  // judged.
  Answer answer = Answer::unanswered;
  std::optional<double> confidence{};           // of that answer; absent if a person gave it
  std::vector<DealEvidence> evidence{};         // all quotes that prove the item, oldest first
  std::vector<DealEvidence> contradicted_by{};  // the contrary, since it was proved the last time
  std::optional<std::int64_t> first_heard_ms{};
  std::optional<std::int64_t> since_ms{};           // since when it has this answer
  std::optional<std::int64_t> last_confirmed_ms{};  // when it was last proved or confirmed
  std::optional<Confirmation> decision{};           // the last word of a person
  std::optional<ItemNote> note{};
  // Whether a person should look: it is contradicted, or a newer quote speaks against the word of a
  // person, which holds all the same.
  bool needs_review = false;
};

// What a call brought.
struct CallGain {
  std::string session;
  std::int64_t at_ms = 0;
  Ratio gain;                      // items first heard in it, of those that were not heard before
  std::vector<std::string> items;  // first heard in it, in the order of the checklist
};

// One line of the stage plan that is due by now.
struct DueLine {
  std::string stage;
  PlanLine line;
  Ratio known;
  std::vector<std::string> missing;  // the items of the line that are not known
};

// What the band of a deal compares with the thresholds of the policy.
enum class BandBasis {
  stage_progress,
  // The score over the deal, because ...
  first_call,     // no stage is given, and there is one call
  no_stage,       // no stage is given
  unknown_stage,  // the plan does not have the stage
  inactive_stage  // nothing is due: the deal is over or rests
};

struct Deal {
  std::string checklist_fingerprint;
  std::string stage{};
  std::string plan_id{};        // empty without a plan
  std::vector<DealItem> items;  // one for each item of the checklist, in its order
  std::vector<CallGain> calls;  // oldest first
  std::optional<Score> score;   // over the deal; absent if no item is applicable
  // Known by now, of what is due by now; absent unless `basis` is stage_progress. Of each category
  // is due what is due by name, or the greatest at_least if that is more.
  std::optional<Ratio> stage_progress;
  std::vector<DueLine> due;
  BandBasis basis = BandBasis::no_stage;
  // The band of the stage progress or of the score, capped by the gates of the policy that hold at
  // this stage, see Score::closed_gates. Absent if there is neither.
  std::optional<RiskBand> band;
  std::size_t items_to_review = 0;
  std::int64_t last_at_ms = 0;  // of the last call or confirmation; 0 if there is none
  // Items that calls answer and the checklist does not have; passed over.
  std::vector<std::string> unknown_items{};
};

struct RollUpOptions {
  Policy policy{};
  std::string stage{};              // of the plan
  std::optional<StagePlan> plan{};  // absent: the band is that of the score
  // The time by which evidence is stale; absent: that of the last call or confirmation.
  std::optional<std::int64_t> as_of_ms{};
};

// What is known about a deal by its calls. In the order of time, and of the sessions' ids at equal
// times, the last one that says something about an item decides:
// - a yes with accepted evidence makes the item heard; a yes, a no or silence without evidence
//   changes nothing, so no call can lower a deal by silence;
// - a denial with accepted evidence after a yes makes it contradicted, and both quotes are kept;
// - an override of an answer and a confirmation by a person decide above all quotes; a newer quote
//   of the contrary does not change the answer, but asks for a review.
// Pure. Fails with invalid_argument as score() does, if validate() finds a fault in the plan, if
// two calls have one session id, if a confirmation or a note names an unknown item, or if a time is
// not from 0 to 10^14.
SALESCHECKLIST_API Result<Deal> roll_up(const Checklist &checklist, const DealHistory &history,
                                        const RollUpOptions &options = {});

// The same for a deal that goes on: `before` as roll_up() made it, and what came after. Equals a
// roll-up of everything with these options. Also fails with invalid_argument if `before` is of
// another checklist, or if a call or confirmation in `more` is not later than before.last_at_ms.
SALESCHECKLIST_API Result<Deal> roll_up(const Checklist &checklist, const Deal &before,
                                        const DealHistory &more, const RollUpOptions &options = {});

SALESCHECKLIST_API const char *name(ItemState state) noexcept;
SALESCHECKLIST_API const char *name(BandBasis basis) noexcept;

}  // namespace saleschecklist

#endif
