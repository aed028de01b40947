// Whether a call can be scored, and whether it is a sales call at all.
#ifndef SALESCHECKLIST_ASSESSABILITY_HPP
#define SALESCHECKLIST_ASSESSABILITY_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/transcript.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

enum class SalesCallVerdict { no, unsure, yes };

// What speaks for a verdict. The numbers behind it are in SalesCall.
enum class SalesCallReason {
  stated,           // the host says what the call is, see SalesCallRule
  both_sides,       // a seller and a customer are known
  side_missing,     // no seller or no customer is known
  broad,            // items of at least three categories were heard
  narrow,           // items of at most one category were heard
  sales_talk,       // the talk is about products, prices, needs and next steps
  no_sales_talk,    // it hardly is
  service_talk,     // the talk is about a fault, an order or an appointment of one person
  meeting_talk,     // the talk is that of a meeting, a lesson, an interview or a hearing
  among_colleagues  // hardly anybody says "you": the speakers talk about third parties
};

// Whether a call is a sales call, and why. Phrases are counted once each, however often they are
// said, and only in English; the counts are 0 in other languages.
struct SalesCall {
  SalesCallVerdict verdict = SalesCallVerdict::unsure;
  std::vector<SalesCallReason> reasons;  // the most important one first
  std::size_t seller_words = 0;
  std::size_t customer_words = 0;
  std::size_t categories_heard = 0;  // categories with an item that is answered yes
  std::size_t categories = 0;        // categories of the checklist
  std::size_t product_phrases = 0;
  std::size_t price_phrases = 0;
  std::size_t need_phrases = 0;  // about how the customer works, decides and buys today
  std::size_t next_step_phrases = 0;
  std::size_t service_phrases = 0;  // of customer service
  std::size_t meeting_phrases = 0;  // of meetings, lessons, interviews and hearings
  double address_share = 0;         // of "you" and "your" in all words
};

// Judges whether the call is a sales call. The answers count by the breadth of their categories.
// Needs no model. In doubt the verdict is `unsure`, and the call is scored all the same.
SALESCHECKLIST_API SalesCall is_sales_call(const Transcript &transcript, const Checklist &checklist,
                                           const std::vector<Response> &responses);

// Who decides whether a call is a sales call.
enum class SalesCallRule {
  automatic,  // is_sales_call()
  yes,        // the host says that it is; a short call is scored, too
  no          // the host says that it is not
};

enum class AssessmentStatus {
  assessed,
  partial,        // some items could not be judged, or it is unsure whether this is a sales call
  not_assessable  // there is no score
};

// Why a call has no score.
enum class NotAssessableReason {
  too_short,             // fewer than 30 words
  unsupported_language,  // the offline assessor has no cues in the language of the call
  not_a_sales_call,
  roles_unknown,  // no seller or no customer is known, so at least half of the items are unjudged
  not_asked,      // the assessor was not asked about at least half of the items
  service_failed  // the model did not answer at least half of the items
};

struct UnjudgedItems {
  UnansweredReason reason = UnansweredReason::not_asked;
  std::size_t items = 0;
};

// How far a call could be assessed.
struct Assessability {
  AssessmentStatus status = AssessmentStatus::assessed;
  std::optional<NotAssessableReason> reason;  // absent unless the status is not_assessable
  std::string language;                       // its code, as detect_language(); or empty
  std::size_t words = 0;                      // of the call, without suspect ones
  std::size_t unjudged_items = 0;             // unanswered ones
  double unjudged_share = 0;                  // of the items that are not not_applicable
  std::vector<UnjudgedItems> unjudged;        // by reason, the most frequent one first
  SalesCallRule sales_call_rule = SalesCallRule::automatic;
  SalesCall sales_call;
};

// How far a call could be assessed. Pure: depends on nothing but its arguments. Items without a
// response count as not asked.
SALESCHECKLIST_API Assessability assessability(const Transcript &transcript,
                                               const Checklist &checklist,
                                               const std::vector<Response> &responses,
                                               SalesCallRule rule = SalesCallRule::automatic);

// The same as one or two sentences for people, such as "There is no score: this call is in German;
// without a model only English is judged offline." Empty if the status is `assessed`.
SALESCHECKLIST_API std::string describe(const Assessability &assessability);

// Whether a model was asked about items and did not answer them: its service failed, or its replies
// could not be used. Asking again may answer them. What a budget did not allow is not incomplete.
SALESCHECKLIST_API bool is_incomplete(const Assessability &assessability);

SALESCHECKLIST_API const char *name(SalesCallVerdict verdict) noexcept;
SALESCHECKLIST_API const char *name(SalesCallReason reason) noexcept;
SALESCHECKLIST_API const char *name(SalesCallRule rule) noexcept;
SALESCHECKLIST_API const char *name(AssessmentStatus status) noexcept;
SALESCHECKLIST_API const char *name(NotAssessableReason reason) noexcept;

}  // namespace saleschecklist

#endif
