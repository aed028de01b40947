#include "assess/offline/exchanges.hpp"

#include "text/number_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t most_reply_sentences = 4;
constexpr std::size_t most_distance = 3;       // sentences of the asker between question and reply
constexpr std::size_t least_answer_words = 4;  // of the reply to an open question
constexpr std::size_t afterthought = 4;  // a short "Roughly?" continues the question before it

using WordSet = std::unordered_set<std::string_view>;

bool contains(const listening::StemmedSentence &s, std::initializer_list<std::string_view> phrase) {
  const auto &tokens = s.tokens;
  return std::search(tokens.begin(), tokens.end(), phrase.begin(), phrase.end(),
                     [](const listening::StemmedToken &token, std::string_view word) {
                       return token.word == word;
                     }) != tokens.end();
}

bool is_evasive(const listening::StemmedSentence &s) {
  return contains(s, {"do", "not", "know"}) || contains(s, {"not", "sure"}) ||
         contains(s, {"no", "idea"}) || contains(s, {"hard", "to", "say"}) ||
         contains(s, {"can", "not", "say"}) || contains(s, {"would", "not", "say"}) ||
         contains(s, {"could", "not", "say"}) || contains(s, {"could", "not", "tell"}) ||
         contains(s, {"can", "not", "tell"}) || contains(s, {"get", "back", "to", "you"}) ||
         contains(s, {"will", "see"}) || contains(s, {"rather", "not"}) ||
         contains(s, {"too", "early"}) || contains(s, {"have", "not", "decided"}) ||
         contains(s, {"have", "not", "thought"}) || contains(s, {"have", "to", "ask"}) ||
         contains(s, {"have", "to", "check"});
}

// The first word with meaning, after "well", "um" or "oh".
const listening::StemmedToken *opening(const listening::StemmedSentence &s) {
  static const WordSet leads = {"um",   "uh", "er",  "erm", "ah",    "oh",   "hmm",  "mm",
                                "well", "so", "and", "i",   "think", "mean", "like", "look"};
  for (const listening::StemmedToken &token : s.tokens) {
    if (leads.count(token.word) == 0) return &token;
  }
  return nullptr;
}

const WordSet &assents() {
  static const WordSet words = {
      "yes",       "yeah",       "yep",        "yup",   "correct", "exactly", "right",
      "sure",      "absolutely", "definitely", "true",  "indeed",  "totally", "precisely",
      "certainly", "agreed",     "aye",        "bingo", "both",    "spot",    "perfect",
      "great",     "fine",       "good",       "ok",    "okay"};
  return words;
}

bool is_number_or_assent(std::string_view word) {
  static const WordSet vague = {"it",     "is",     "that", "think", "maybe", "approximately",
                                "nearly", "almost", "over", "under", "some",  "thing",
                                "there",  "be"};
  return text::unit_value(word) || text::scale_value(word) || assents().count(word) != 0 ||
         vague.count(word) != 0;
}

Stance stance_of(const listening::StemmedSentence &s) {
  static const WordSet no = {"no", "nope", "nah", "not", "never", "neither", "none", "nobody"};
  static const WordSet evasive = {"maybe", "perhaps", "possibly", "depends", "dunno"};
  if (is_evasive(s)) return Stance::evasive;
  const listening::StemmedToken *first = opening(s);
  if (first == nullptr) return Stance::tells;
  if (evasive.count(first->word) != 0) return Stance::evasive;
  if (no.count(first->word) != 0) return Stance::denies;
  if (assents().count(first->word) != 0) return Stance::affirms;
  for (const auto &phrase :
       {std::array<std::string_view, 2>{"that", "is"}, std::array<std::string_view, 2>{"it", "is"},
        std::array<std::string_view, 2>{"we", "do"}, std::array<std::string_view, 2>{"they", "do"},
        std::array<std::string_view, 2>{"of", "course"},
        std::array<std::string_view, 2>{"more", "or"}}) {
    const bool opens =
        first + 1 <= &s.tokens.back() && first->word == phrase[0] && (first + 1)->word == phrase[1];
    const bool negated = first + 2 <= &s.tokens.back() && (first + 2)->negation;
    if (opens && !negated) return Stance::affirms;
  }
  return Stance::tells;
}

std::size_t content_words(const listening::StemmedSentence &s) {
  return static_cast<std::size_t>(
      std::count_if(s.tokens.begin(), s.tokens.end(),
                    [](const listening::StemmedToken &t) { return !t.filler; }));
}

bool is_open_question(const listening::StemmedSentence &s) {
  static const WordSet wh = {"who",   "what",  "when", "where", "why",     "how",
                             "which", "whose", "walk", "tell",  "describe"};
  return std::any_of(s.tokens.begin(), s.tokens.end(),
                     [&](const listening::StemmedToken &t) { return wh.count(t.word) != 0; });
}

}  // namespace

Reply find_reply(const std::vector<listening::StemmedSentence> &sentences, std::size_t asked) {
  Reply reply;
  const Role asker = sentences[asked].role;
  std::size_t at = asked + 1;
  for (; at < sentences.size(); ++at) {
    if (sentences[at].role != asker && sentences[at].role != Role::unknown) break;
    // If the asker asks something else meanwhile, the reply belongs to that.
    const bool asks_on = sentences[at].question && sentences[at].tokens.size() > afterthought;
    if (asks_on || ++reply.distance > most_distance) return reply;
  }
  reply.first = reply.last = at;
  if (at == sentences.size()) return reply;
  reply.stance = stance_of(sentences[at]);
  const Role replier = sentences[at].role;
  while (reply.last < sentences.size() && reply.last - reply.first < most_reply_sentences &&
         sentences[reply.last].role == replier && !sentences[reply.last].question) {
    reply.words += content_words(sentences[reply.last]);
    // Skips openings, as in "Well. Hm. I do not know."
    if (is_evasive(sentences[reply.last]) && reply.words < 12) reply.stance = Stance::evasive;
    ++reply.last;
  }
  return reply;
}

bool answers(const Reply &reply, const listening::StemmedSentence &asked) {
  if (reply.stance == Stance::denies || reply.stance == Stance::evasive) return false;
  if (asked.question && is_open_question(asked)) return reply.words >= least_answer_words;
  return reply.stance == Stance::affirms;
}

bool bears_meaning(const std::vector<listening::StemmedSentence> &sentences, std::size_t first,
                   std::size_t last) {
  for (std::size_t s = first; s <= last; ++s) {
    const listening::StemmedSentence &sentence = sentences[s];
    const bool named = std::any_of(
        sentence.slots.begin(), sentence.slots.end(),
        [](const listening::SlotSpan &span) { return span.slot != cues::Slot::number; });
    const bool told = std::any_of(
        sentence.tokens.begin(), sentence.tokens.end(), [&](const listening::StemmedToken &token) {
          return !token.filler && !token.number && token.word.size() > 1 &&
                 !is_number_or_assent(token.word);
        });
    if (named || told) return true;
  }
  return false;
}

}  // namespace saleschecklist::assessing
