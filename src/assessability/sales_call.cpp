// is_sales_call(): the sides, the breadth of the answers, and what the talk is about.
#include <saleschecklist/assessability.hpp>

#include "assessability/phrases.hpp"
#include "text/language.hpp"
#include "text/words.hpp"
#include "transcript/roles/weighing.hpp"

#include <algorithm>
#include <set>

namespace saleschecklist {
namespace {

using assessable::PhraseCounts;
using assessable::Topic;

constexpr std::size_t broad_from = 3;  // categories heard
constexpr std::size_t very_broad_from = 5;
constexpr std::size_t narrow_until = 1;
constexpr std::size_t counted = 3;     // phrases of a topic beyond these prove nothing more
constexpr std::size_t sales_from = 5;  // phrases of all sales topics, as counted
constexpr std::size_t some_sales_from = 3;
constexpr std::size_t other_from = 3;      // phrases of another kind of conversation
constexpr std::size_t long_talk = 600;     // words after which a sales call has named its subject
constexpr std::size_t telling_talk = 100;  // words from which the share of "you" tells something
// Log odds of a sale between known sides. Whoever names the seller mostly knows that it is a sales
// call, so that only talk that is clearly unlike one is turned away.
constexpr double least_log_odds = -1, sure_log_odds = 1;
constexpr double least_address = 0.014;  // share of "you"; sales calls have 0.015 to 0.07

std::size_t categories_heard(const Checklist &checklist, const std::vector<Response> &responses) {
  std::set<std::string_view> heard;
  for (const Response &r : responses) {
    const bool counts =
        r.answer == Answer::yes && (r.support != Support::unsupported || r.correction);
    if (counts) heard.insert(r.item_id);
  }
  return static_cast<std::size_t>(
      std::count_if(checklist.categories.begin(), checklist.categories.end(), [&](const auto &c) {
        return std::any_of(c.items.begin(), c.items.end(),
                           [&](const Item &item) { return heard.count(item.id) != 0; });
      }));
}

void count_sides(SalesCall &call, const Transcript &transcript) {
  for (const Utterance &u : transcript.utterances) {
    if (!u.suspect.empty() || u.role == Role::unknown) continue;
    (u.role == Role::rep ? call.seller_words : call.customer_words) += text::count_words(u.text);
  }
}

void count_topics(SalesCall &call, const PhraseCounts &phrases) {
  call.product_phrases = phrases[Topic::product];
  call.price_phrases = phrases[Topic::price];
  call.need_phrases = phrases[Topic::need];
  call.next_step_phrases = phrases[Topic::next_step];
  call.service_phrases = phrases[Topic::service];
  call.meeting_phrases = phrases[Topic::meeting];
  if (phrases.words > 0) {
    call.address_share =
        static_cast<double>(phrases.address_words) / static_cast<double>(phrases.words);
  }
}

std::size_t sales_phrases(const SalesCall &call) {
  return std::min(call.product_phrases, counted) + std::min(call.price_phrases, counted) +
         std::min(call.need_phrases, counted) + std::min(call.next_step_phrases, counted);
}

bool has_sides(const SalesCall &call) { return call.seller_words > 0 && call.customer_words > 0; }

// Whether the phrases of another kind of conversation outweigh all that speaks for a sales call.
// They have to be twice as many if some categories were heard, or if none could be because the
// sides are unknown.
bool outweighs(std::size_t others, const SalesCall &call) {
  if (others < other_from || call.categories_heard >= very_broad_from) return false;
  const std::size_t sales =
      call.product_phrases + call.price_phrases + call.need_phrases + call.next_step_phrases;
  const bool nothing_heard = has_sides(call) && call.categories_heard < broad_from;
  return others > (nothing_heard ? sales : 2 * sales);
}

// Whether the speakers hardly say "you", as in a meeting of colleagues.
bool is_unaddressed(const SalesCall &call, std::size_t words) {
  return words >= telling_talk && call.address_share < least_address;
}

// Whether hardly anything is said of a sale. Where the sides are known this is judged by how they
// talk, and only if next to nothing was heard of the checklist.
bool is_off_topic(const SalesCall &call, double log_odds, std::size_t words) {
  if (!has_sides(call)) return words >= long_talk && sales_phrases(call) <= sales_from;
  return call.categories_heard <= narrow_until && log_odds < least_log_odds;
}

// The reasons for which an English conversation is not a sales call; empty if there are none.
// `log_odds` are those of a sale between the known sides.
std::vector<SalesCallReason> contrary_reasons(const SalesCall &call, double log_odds,
                                              std::size_t words) {
  std::vector<SalesCallReason> out;
  if (has_sides(call) && log_odds >= 0) return out;
  if (is_unaddressed(call, words) && call.categories_heard < broad_from) {
    out.push_back(SalesCallReason::among_colleagues);
  }
  if (outweighs(call.service_phrases, call)) out.push_back(SalesCallReason::service_talk);
  if (outweighs(call.meeting_phrases, call)) out.push_back(SalesCallReason::meeting_talk);
  if (is_off_topic(call, log_odds, words)) out.push_back(SalesCallReason::no_sales_talk);
  return out;
}

void add_context(SalesCall &call, bool english) {
  const auto add = [&](SalesCallReason reason) {
    if (std::find(call.reasons.begin(), call.reasons.end(), reason) == call.reasons.end()) {
      call.reasons.push_back(reason);
    }
  };
  add(has_sides(call) ? SalesCallReason::both_sides : SalesCallReason::side_missing);
  if (call.categories_heard >= broad_from) add(SalesCallReason::broad);
  if (call.categories_heard <= narrow_until) add(SalesCallReason::narrow);
  const bool told = std::find(call.reasons.begin(), call.reasons.end(),
                              SalesCallReason::no_sales_talk) != call.reasons.end();
  if (!english || told) return;
  const bool sells = sales_phrases(call) >= sales_from;
  add(sells ? SalesCallReason::sales_talk : SalesCallReason::no_sales_talk);
}

}  // namespace

SalesCall is_sales_call(const Transcript &transcript, const Checklist &checklist,
                        const std::vector<Response> &responses) {
  SalesCall out;
  out.categories = checklist.categories.size();
  out.categories_heard = categories_heard(checklist, responses);
  count_sides(out, transcript);
  const std::string language = text::spoken_language(transcript);
  const bool english = language.empty() || language == "en";
  bool unaddressed = false, speaks = true;
  if (english) {
    const double log_odds = transcript::log_odds_of_sale(transcript).value_or(sure_log_odds);
    speaks = log_odds >= sure_log_odds;
    const PhraseCounts phrases = assessable::count_phrases(transcript);
    count_topics(out, phrases);
    unaddressed = is_unaddressed(out, phrases.words);
    out.reasons = contrary_reasons(out, log_odds, phrases.words);
  }
  const bool contrary = !out.reasons.empty();
  add_context(out, english);
  const bool broad =
      out.categories_heard >= broad_from && (!english || sales_phrases(out) >= some_sales_from);
  const bool sells = broad || sales_phrases(out) >= sales_from;
  if (contrary) {
    out.verdict = SalesCallVerdict::no;
  } else if (has_sides(out) && sells && !unaddressed && speaks) {
    out.verdict = SalesCallVerdict::yes;
  }
  return out;
}

const char *name(SalesCallVerdict verdict) noexcept {
  switch (verdict) {
    case SalesCallVerdict::no:
      return "no";
    case SalesCallVerdict::yes:
      return "yes";
    case SalesCallVerdict::unsure:
      break;
  }
  return "unsure";
}

const char *name(SalesCallReason reason) noexcept {
  switch (reason) {
    case SalesCallReason::stated:
      return "stated";
    case SalesCallReason::both_sides:
      return "both_sides";
    case SalesCallReason::broad:
      return "broad";
    case SalesCallReason::narrow:
      return "narrow";
    case SalesCallReason::sales_talk:
      return "sales_talk";
    case SalesCallReason::no_sales_talk:
      return "no_sales_talk";
    case SalesCallReason::service_talk:
      return "service_talk";
    case SalesCallReason::meeting_talk:
      return "meeting_talk";
    case SalesCallReason::among_colleagues:
      return "among_colleagues";
    case SalesCallReason::side_missing:
      break;
  }
  return "side_missing";
}

const char *name(SalesCallRule rule) noexcept {
  switch (rule) {
    case SalesCallRule::yes:
      return "yes";
    case SalesCallRule::no:
      return "no";
    case SalesCallRule::automatic:
      break;
  }
  return "automatic";
}

}  // namespace saleschecklist
