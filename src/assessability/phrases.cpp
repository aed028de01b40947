#include "assessability/phrases.hpp"

#include "text/words.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace saleschecklist::assessable {
namespace {

// Phrases, with a comma between them. Each list is of different trades, so that a conversation of
// its kind has several of them in any trade.
constexpr std::string_view product_phrases =
    "brochure, businesses like, case study, companies like, competitor, competitors, "
    "customers like, demo, existing customers, free trial, implementation, installation, "
    "like yours, onboarding, other clients, other customers, our clients, our competitors, "
    "our customers, our platform, our product, our products, our service, our services, our "
    "software, our solution, our solutions, our system, our tool, pilot, proof of concept, "
    "references, rollout, sample, samples, share my screen, show you, switch to, teams "
    "like, this product, trial, we can do, we can offer, we do for, we guarantee, we offer, "
    "we provide, we sell, we specialise, we specialize, we supply, we work with, what do "
    "you offer, with us, would suit, you guys do, you'd get, your competitors, your "
    "platform, your product, your service, your software, your solution, your system";

constexpr std::string_view price_phrases =
    "a seat, afford, budget, cheaper, cost us, cost you, costing you, costs us, costs you, "
    "deposit, discount, expensive, how much does, how much is, how much would, invoice us, "
    "it cost, licence, licences, license, licenses, margin, our rate, payback, payment "
    "terms, pays for itself, per seat, per user, percent off, price, priced, prices, "
    "pricing, procurement, proposal, purchase order, quotation, quote, quoted, renew, "
    "renewal, roi, save you, subscription, the cost, the rate, would cost, your rate";

constexpr std::string_view need_phrases =
    "a headache, at the moment, check with, currently, have to ask, help me understand, how "
    "are you currently, how big, how do you, how does that work today, how long does it "
    "take, how many of, how often, it's a pain, my boss, my partner, our boss, our ceo, our "
    "cfo, our current, our provider, our supplier, pain point, run it by, sign off, talk to "
    "my, the problem is, using now, we currently, we lose, we lost, we're losing, what are "
    "you using, what changed, what did that, what do you do about, what do you use, what "
    "happens if, what happens when, what happens with, what made you, what would change, "
    "what would it mean, what's it costing, who decides, who do you, who do you have, who "
    "else, who handles, who signs, who would, why now, your business, your company, your "
    "current";

constexpr std::string_view next_step_phrases =
    "an invite, call you, can i show, come by, come out, could i show, follow up, get back "
    "to you, go ahead, i'll ring, in writing, invite, kick off, let me know by, meet again, "
    "meet with, next step, next steps, next week, place an order, put a date in, put that "
    "in writing, put you down, ring you, send it over, send me, send over, send us, send "
    "you, set up a call, set up a meeting, shall we, site visit, start with, talk again";

constexpr std::string_view service_phrases =
    "account number, what's the name, name please, got you down, fully booked, an engineer, "
    "anything else, apologise, apologize, appointment, "
    "blocked, booking reference, broken, bye, can i have your, can i help, can i take, "
    "cancelled, case number, charged twice, compensate, compensation, complaint, customer "
    "care, customer number, damaged, date of birth, declined, did not arrive, didn't "
    "arrive, direct debit, does not work, doesn't work, don't work, error, error code, "
    "error message, escalate, exchange it, expired, fix it, flat tyre, front desk, full "
    "name, hasn't arrived, hasn't come, have a nice day, help desk, help you today, "
    "helpdesk, helpline, hold the line, hotline, how can i help, how may i help, i'm sorry, "
    "investigate, investigation, is there anything else, leak, log in, may i take, move "
    "you, my account, my appointment, my bag, my bank, my bill, my booking, my card, my "
    "delivery, my flight, my internet, my laptop, my luggage, my order, my parcel, my "
    "password, my phone, my prescription, my room, my seat, never arrived, not working, on "
    "his way, on its way, open a case, opening hours, order number, out of order, out of "
    "stock, outage, overcharged, overheating, passport, password, plug it, policy number, "
    "postcode, power cut, prescription, proof of purchase, put you through, putting you "
    "through, rebook, reboot, reference number, refund, repair, replacement, reschedule, "
    "reset, restart, return it, send it back, send somebody, send someone, service desk, "
    "sorry about, sorry to hear, speaking, stopped working, support line, technician, thank "
    "you for calling, thanks for calling, the booking, the receipt, the registration, "
    "ticket, tracking number, transfer you, turn it off and on, unplug, warranty, what "
    "seems to be, won't, you're through to, you're welcome, you've reached, your name, zip "
    "code";

constexpr std::string_view meeting_phrases =
    "salary, current role, why do you want to, why did you apply, action item, action items, "
    "agenda, amendment, any other business, any questions so "
    "far, backlog, blocker, bugs, chairman, chapter, committee, councillor, councillors, "
    "episode, hearing, homework, i move that, in favour, interviewee, last meeting, "
    "lecture, listeners, milestone, minister, my thesis, next meeting, next slide, notice "
    "period, petition, pull request, research question, retro, retrospective, seconded, "
    "senator, sprint, standup, story points, testimony, the board meeting, the chair, the "
    "hearing, the minutes, the motion, the slides, thesis, treasurer, usability, velocity, "
    "vote, voted, witness, write that down, your current role, your cv, your experience";

struct Phrase {
  std::vector<std::string> words;
  Topic topic = Topic::product;
};

// The phrases of all topics, by their first word.
class PhraseBook {
 public:
  PhraseBook() {
    add(product_phrases, Topic::product);
    add(price_phrases, Topic::price);
    add(need_phrases, Topic::need);
    add(next_step_phrases, Topic::next_step);
    add(service_phrases, Topic::service);
    add(meeting_phrases, Topic::meeting);
  }

  std::size_t size() const { return phrases_.size(); }
  const Phrase &operator[](std::size_t i) const { return phrases_[i]; }

  // The indexes of the phrases that begin with the word.
  const std::vector<std::size_t> &beginning_with(std::string_view word) const {
    static const std::vector<std::size_t> none;
    const auto found = by_first_word_.find(std::string(word));
    return found == by_first_word_.end() ? none : found->second;
  }

 private:
  void add(std::string_view list, Topic topic) {
    while (!list.empty()) {
      const std::size_t end = std::min(list.find(','), list.size());
      Phrase phrase{{}, topic};
      const text::WordedText words = text::split_words(list.substr(0, end));
      for (const text::Word &word : words.words) phrase.words.emplace_back(words.text_of(word));
      by_first_word_[phrase.words.front()].push_back(phrases_.size());
      phrases_.push_back(std::move(phrase));
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }

  std::vector<Phrase> phrases_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;
};

bool occurs_at(const Phrase &phrase, const text::WordedText &said, std::size_t at) {
  if (at + phrase.words.size() > said.words.size()) return false;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    if (said.text_of(said.words[at + i]) != phrase.words[i]) return false;
  }
  return true;
}

bool addresses(std::string_view word) {
  return word == "you" || word == "your" || word == "yours" || word.substr(0, 4) == "you'";
}

}  // namespace

PhraseCounts count_phrases(const Transcript &transcript) {
  static const PhraseBook book;
  PhraseCounts out;
  std::vector<bool> heard(book.size());
  for (const Utterance &u : transcript.utterances) {
    if (!u.suspect.empty()) continue;
    const text::WordedText said = text::split_words(u.text);
    out.words += said.words.size();
    for (std::size_t at = 0; at < said.words.size(); ++at) {
      const std::string_view word = said.text_of(said.words[at]);
      out.address_words += addresses(word) ? 1 : 0;
      for (const std::size_t i : book.beginning_with(word)) {
        if (!heard[i] && occurs_at(book[i], said, at)) heard[i] = true;
      }
    }
  }
  for (std::size_t i = 0; i < heard.size(); ++i) {
    if (heard[i]) ++out.of_topic[static_cast<std::size_t>(book[i].topic)];
  }
  return out;
}

}  // namespace saleschecklist::assessable
