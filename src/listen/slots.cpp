// Finds amounts, dates, job titles and names in a sentence.
#include "listen/sentences.hpp"
#include "text/number_words.hpp"

#include <algorithm>
#include <unordered_set>

namespace saleschecklist::listening {
namespace {

using WordSet = std::unordered_set<std::string_view>;

const WordSet &number_words() {
  static const WordSet words = {
      "two",       "three",     "four",     "five",     "six",      "seven",    "eight",
      "nine",      "ten",       "eleven",   "twelve",   "thirteen", "fourteen", "fifteen",
      "sixteen",   "seventeen", "eighteen", "nineteen", "twenty",   "thirty",   "forty",
      "fifty",     "sixty",     "seventy",  "eighty",   "ninety",   "hundred",  "hundreds",
      "thousand",  "thousands", "million",  "millions", "billion",  "dozen",    "dozens",
      "half",      "third",     "quarter",  "twice",    "couple",   "zero",     "double",
      "twentyfive"};
  return words;
}

const WordSet &currencies() {
  static const WordSet words = {"dollar", "dollars", "euro",  "euros", "pound",  "pounds", "bucks",
                                "grand",  "quid",    "cents", "pence", "francs", "kronor", "kroner",
                                "rand",   "rupees",  "usd",   "eur",   "gbp",    "sek",    "chf"};
  return words;
}

const WordSet &time_units() {
  static const WordSet words = {"second",   "seconds", "minute",   "minutes", "hour",     "hours",
                                "day",      "days",    "week",     "weeks",   "month",    "months",
                                "quarters", "year",    "years",    "evening", "evenings", "night",
                                "nights",   "weekend", "weekends", "shift",   "fortnight"};
  return words;
}

const WordSet &months() {
  static const WordSet words = {"january", "february",  "april",   "june",     "july",
                                "august",  "september", "october", "november", "december",
                                "jan",     "feb",       "apr",     "jun",      "jul",
                                "aug",     "sept",      "oct",     "nov",      "dec"};
  return words;
}

const WordSet &days() {
  static const WordSet words = {"monday",    "tuesday", "wednesday", "thursday", "friday",
                                "saturday",  "sunday",  "mondays",   "tuesdays", "wednesdays",
                                "thursdays", "fridays", "tomorrow",  "tonight"};
  return words;
}

const WordSet &seasons() {
  static const WordSet words = {"spring", "summer",       "autumn",  "winter",    "christmas",
                                "easter", "thanksgiving", "ramadan", "midsummer", "diwali"};
  return words;
}

const WordSet &titles() {
  static const WordSet words = {
      "cfo",           "ceo",          "cto",         "cio",        "coo",        "ciso",
      "cmo",           "chro",         "md",          "vp",         "svp",        "director",
      "directors",     "manager",      "managers",    "controller", "owner",      "owners",
      "president",     "chairman",     "chair",       "board",      "committee",  "procurement",
      "purchasing",    "legal",        "lawyer",      "lawyers",    "counsel",    "solicitor",
      "supervisor",    "supervisors",  "boss",        "bosses",     "partner",    "partners",
      "accountant",    "accountants",  "bookkeeper",  "engineer",   "engineers",  "nurse",
      "nurses",        "matron",       "planner",     "planners",   "dispatcher", "dispatchers",
      "buyer",         "buyers",       "treasurer",   "principal",  "trustees",   "trustee",
      "administrator", "auditor",      "auditors",    "analyst",    "analysts",   "architect",
      "foreman",       "technician",   "technicians", "operator",   "operators",  "consultant",
      "consultants",   "shareholders", "investors",   "founder",    "founders",   "secretary",
      "receptionist",  "finance",      "it",          "hr",         "operations", "marketing",
      "compliance",    "security",     "dpo",         "union",      "surgeon",    "doctor",
      "doctors",       "scientist",    "scientists",  "driver",     "drivers",    "superintendent",
      "dean",          "chief",        "executive",   "executives", "steering",   "council"};
  return words;
}

// Words of job titles that are also ordinary words; they count only after a word such as "our" or
// "head of".
bool is_weak_title(const std::string &word) {
  static const WordSet weak = {"it",          "legal",      "security", "operations", "finance",
                               "marketing",   "compliance", "chief",    "executive",  "steering",
                               "union",       "partner",    "partners", "hr",         "purchasing",
                               "procurement", "council"};
  return weak.count(word) != 0;
}

bool leads_to_title(const std::string &word) {
  static const WordSet leads = {"our", "my",   "the",     "their", "your", "of",  "with",
                                "by",  "from", "through", "to",    "and",  "his", "her"};
  return leads.count(word) != 0;
}

bool is_spelled_ordinal(const std::string &word) {
  static const WordSet words = {"fourth",     "fifth",     "sixth",     "seventh",     "eighth",
                                "ninth",      "tenth",     "eleventh",  "twelfth",     "thirteenth",
                                "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
                                "nineteenth", "twentieth", "thirtieth", "thirty-first"};
  return words.count(word) != 0;
}

bool is_ordinal(const std::string &word) {
  if (word.size() < 3 || word[0] < '0' || word[0] > '9') return false;
  const std::string ending = word.substr(word.size() - 2);
  return ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
}

bool is_year(const std::string &word) {
  return word.size() == 4 && (word.compare(0, 2, "20") == 0 || word.compare(0, 2, "19") == 0);
}

bool is_fiscal_quarter(const std::string &word) {
  return word.size() == 2 && word[0] == 'q' && word[1] >= '1' && word[1] <= '4';
}

bool ends_with_scale(const std::string &word) {
  const char last = word.back();
  return (last == 'k' || last == 'm') && word.size() > 1 && word[word.size() - 2] >= '0' &&
         word[word.size() - 2] <= '9';
}

class SlotMarker {
 public:
  explicit SlotMarker(StemmedSentence &sentence) : s_(sentence), size_(sentence.tokens.size()) {}

  void run() {
    for (at_ = 0; at_ < size_; ++at_) {
      mark_numbers();
      mark_dates();
      mark_roles();
      mark_names();
    }
    std::stable_sort(s_.slots.begin(), s_.slots.end(),
                     [](const SlotSpan &a, const SlotSpan &b) { return a.begin < b.begin; });
  }

 private:
  const std::string &word(std::size_t i) const {
    static const std::string none;
    return i < size_ ? s_.tokens[i].word : none;
  }
  bool is(std::size_t i, const WordSet &set) const { return i < size_ && set.count(word(i)) != 0; }
  bool is(std::size_t i, std::string_view w) const { return i < size_ && word(i) == w; }
  bool is_number(std::size_t i) const {
    return i < size_ && (s_.tokens[i].number || is(i, number_words()));
  }
  void mark(cues::Slot slot, std::size_t end) {
    s_.slots.push_back({slot, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
  }

  // The end of the run of number words that begins at `i`, such as "two hundred and fifty
  // thousand".
  std::size_t number_end(std::size_t i) const {
    while (is_number(i) || (is(i, "and") && is_number(i + 1)) ||
           (is(i, "point") && is_number(i + 1)) || (is(i, "of") && is_number(i + 1) && i > at_) ||
           (is(i, "a") && is_number(i + 1))) {
      ++i;
    }
    return i;
  }

  void mark_numbers() {
    const bool symbol = !word(at_).empty() && !s_.tokens[at_].number && is_currency_symbol(at_);
    if (symbol && is_number(at_ + 1)) {
      mark(cues::Slot::money, number_end(at_ + 1));
      return;
    }
    const bool one = (is(at_, "one") || is(at_, "a") || is(at_, "an")) &&
                     (is(at_ + 1, time_units()) || is(at_ + 1, "hundred") || is(at_ + 1, "couple"));
    const bool vague = is(at_, "few") || is(at_, "several") || is(at_, "couple");
    if (at_ > 0 && is_number(at_ - 1) && is_number(at_)) return;  // within a run
    if (!is_number(at_) && !one && !vague) return;
    std::size_t end = std::max(number_end(at_), at_ + 1);
    if (is(end, "of") && is(end + 1, time_units())) ++end;
    if (is(end, time_units())) mark(cues::Slot::duration, end + 1);
    if (is(end, "or") && is_number(end + 1)) {
      const std::size_t second = number_end(end + 1);
      if (is(second, time_units())) mark(cues::Slot::duration, second + 1);
    }
    if (one || vague) return;
    mark(cues::Slot::number, end);
    if (is(end, "%") || is(end, "percent") || (is(end, "per") && is(end + 1, "cent"))) {
      mark(cues::Slot::percent, end + 1);
    }
    if ((is(at_, "half") || is(at_, "third") || is(at_, "quarter")) && is(end, "of")) {
      mark(cues::Slot::percent, end);
    }
    if (is(end, currencies()) || is_currency_symbol(end))
      mark(cues::Slot::money, end + 1);
    else if (ends_with_scale(word(end - 1)) || is(end, "k"))
      mark(cues::Slot::money, end);
  }

  bool is_currency_symbol(std::size_t i) const {
    const std::string &w = word(i);
    return w == "$" || w == "\xE2\x82\xAC" || w == "\xC2\xA3" || w == "\xC2\xA5" ||
           w == "\xE2\x82\xB9";
  }

  void mark_dates() {
    if (is(at_, months()) || (is_month_homograph(at_))) {
      std::size_t end = at_ + 1;
      if (end < size_ && (s_.tokens[end].number || is_ordinal(word(end)))) ++end;
      mark(cues::Slot::date, end);
    } else if (is_one_word_date(at_)) {
      mark(cues::Slot::date, at_ + 1);
    } else {
      mark_relative_date();
    }
  }

  bool is_one_word_date(std::size_t i) const {
    const bool spelled =
        is_spelled_ordinal(word(i)) && i > 0 &&
        (is(i - 1, "the") || is(i - 1, "on") || is(i - 1, months()) || is(i + 1, "of"));
    return spelled || is(i, days()) || is(i, seasons()) || is_ordinal(word(i)) ||
           is_fiscal_quarter(word(i)) || is_year(word(i)) || is_period_end(i);
  }

  // "may" and "march" are months only after a preposition or before a number.
  bool is_month_homograph(std::size_t i) const {
    static const WordSet before = {"in",     "by",    "of",   "until", "till", "since",
                                   "before", "after", "from", "end",   "mid",  "early",
                                   "late",   "next",  "last", "for"};
    if (!is(i, "may") && !is(i, "march")) return false;
    return (i > 0 && is(i - 1, before)) || (i + 1 < size_ && s_.tokens[i + 1].number);
  }

  bool is_period_end(std::size_t i) const {
    return is(i, "year-end") || (is(i, "year") && is(i + 1, "end")) ||
           (is(i, "fiscal") && is(i + 1, "year")) || (is(i, "financial") && is(i + 1, "year"));
  }

  void mark_relative_date() {
    static const WordSet lead = {"next", "this", "last", "coming", "following"};
    static const WordSet period = {"week", "month", "quarter", "year", "half", "budget"};
    static const WordSet edge = {"end", "beginning", "start", "middle", "close"};
    static const WordSet which = {"first", "second", "third", "fourth", "last"};
    if (is(at_, lead) && is(at_ + 1, period)) mark(cues::Slot::date, at_ + 2);
    if (is(at_, which) && (is(at_ + 1, "quarter") || is(at_ + 1, "half") || is(at_ + 1, "week"))) {
      mark(cues::Slot::date, at_ + 2);
    }
    if (is(at_, edge) && is(at_ + 1, "of")) {
      std::size_t end = at_ + 2;
      while (is(end, "the") || is(end, "this") || is(end, "next") || is(end, "our")) ++end;
      if (is(end, period) || is(end, "calendar") || is(end, "fiscal"))
        mark(cues::Slot::date, end + 1);
    }
    if (is(at_, "in") && (is_number(at_ + 1) || is(at_ + 1, "a"))) {
      const std::size_t end = std::max(number_end(at_ + 1), at_ + 2);
      if (is(end, time_units())) mark(cues::Slot::date, end + 1);
    }
  }

  void mark_roles() {
    if ((is(at_, "head") || is(at_, "director") || is(at_, "manager") || is(at_, "lead") ||
         is(at_, "president")) &&
        is(at_ + 1, "of")) {
      mark(cues::Slot::role, std::min(at_ + 3, size_));
      return;
    }
    if (is(at_, "vice") && is(at_ + 1, "president")) mark(cues::Slot::role, at_ + 2);
    if (!is(at_, titles())) return;
    if (is_weak_title(word(at_))) {
      const bool led = at_ > 0 && leads_to_title(word(at_ - 1));
      const bool shouted = is(at_, "it") &&
                           s_.tokens[at_].source_end - s_.tokens[at_].source_begin == 2 &&
                           s_.tokens[at_].capital && !s_.tokens[at_].first_in_sentence;
      if (is(at_, "it") ? !shouted : !(led || s_.tokens[at_].first_in_sentence)) return;
    }
    mark(cues::Slot::role, at_ + 1);
  }

  // A capital letter within a sentence, unless it is part of a date or a job title.
  void mark_names() {
    const StemmedToken &token = s_.tokens[at_];
    static const WordSet not_names = {"i",  "okay", "ok",    "english", "yes",
                                      "no", "god",  "excel", "pdf"};
    if (!token.capital || is(at_, not_names) || is(at_, titles())) return;
    if (token.word.size() == 1 || text::is_hesitation(token.word)) return;  // "O", "Um"
    if (is(at_, months()) || is(at_, days()) || is_month_homograph(at_) || token.number) return;
    if (token.first_in_sentence) {
      // A sentence may begin with a name if a verb that people do follows.
      static const WordSet verbs = {"is",    "was",   "has",     "will", "would", "said", "says",
                                    "wants", "signs", "decides", "runs", "does",  "and"};
      static const WordSet openers = {
          "it",       "that",    "this",     "he",     "she",   "they",       "we",     "you",
          "there",    "what",    "who",      "how",    "which", "everything", "nobody", "one",
          "everyone", "nothing", "so",       "and",    "but",   "where",      "when",   "here",
          "why",      "the",     "somebody", "anyone", "all",   "my",         "our"};
      const bool alone = size_ <= 2;  // an answer such as "Meridian."
      if (is(at_, openers) || !(alone || is(at_ + 1, verbs))) return;
    }
    mark(cues::Slot::name, at_ + 1);
  }

  StemmedSentence &s_;
  std::size_t size_;
  std::size_t at_ = 0;
};

}  // namespace

void mark_slots(StemmedSentence &sentence) { SlotMarker(sentence).run(); }

}  // namespace saleschecklist::listening
