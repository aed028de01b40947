// What may be a name, and what people write before colons that is none.
#include "base/ascii.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/text_lines.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace saleschecklist::transcript {
namespace {

using Words = std::set<std::string_view>;

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t_", at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(" \t_", begin), text.size());
    out.push_back(text.substr(begin, at - begin));
  }
  return out;
}

// Words that sentences have and names have not, unless they begin with a capital.
bool is_sentence_word(std::string_view word) {
  static const Words words = {
      "the",    "an",     "is",    "are",   "was",   "were",  "be",     "or",      "but",   "we",
      "i",      "it",     "you",   "they",  "he",    "she",   "this",   "that",    "these", "those",
      "my",     "our",    "your",  "to",    "for",   "with",  "what",   "how",     "why",   "when",
      "where",  "who",    "which", "if",    "so",    "as",    "at",     "in",      "on",    "not",
      "do",     "does",   "did",   "can",   "could", "would", "should", "will",    "have",  "has",
      "had",    "there",  "here",  "about", "from",  "than",  "then",   "because", "i'm",   "it's",
      "that's", "here's", "us",    "me",    "them",  "let",   "let's",  "just",    "only",  "also",
      "very",   "more",   "most",  "one",   "two",   "three"};
  return words.count(word) > 0;
}

bool is_particle(std::string_view word) {
  static const Words words = {"van", "von", "de", "der", "den", "del", "della", "di",  "da",  "dos",
                              "du",  "la",  "le", "el",  "al",  "bin", "ibn",   "ten", "ter", "zu",
                              "zur", "vom", "y",  "e",   "of",  "and", "und",   "et"};
  return words.count(word) > 0;
}

bool is_abbreviation(std::string_view word) {
  return word.size() <= 5 && !word.empty() && word.back() == '.' &&
         (std::isupper(static_cast<unsigned char>(word[0])) != 0 || word.size() == 2 ||
          word == "dr." || word == "mr." || word == "ms." || word == "mrs.");
}

// "The Chairman", "The Presiding Officer": labels in records of hearings, sittings and trials.
bool is_office(std::string_view name) {
  static const Words offices = {
      "chair",        "chairman",    "chairwoman",  "chairperson", "chairlady",  "president",
      "speaker",      "minister",    "secretary",   "clerk",       "court",      "judge",
      "magistrate",   "witness",     "interpreter", "operator",    "moderator",  "convener",
      "convenor",     "mayor",       "officer",     "counsel",     "registrar",  "coroner",
      "commissioner", "ombudsman",   "lord",        "master",      "rapporteur", "facilitator",
      "host",         "interviewer", "coordinator", "inspector",   "arbitrator", "mediator"};
  const auto words = split(name);
  return words.size() > 1 && words.size() <= 4 && is_capitalised(name) &&
         base::fold_key(words.front()) == "the" && offices.count(base::fold_key(words.back())) > 0;
}

}  // namespace

std::size_t words_of(std::string_view text) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '_';
    count += !space && !inside;
    inside = !space;
  }
  return count;
}

bool is_plausible_name(std::string_view text) {
  constexpr std::size_t longest = 72, most_words = 9;  // bytes; with company or department
  text = base::trim(text);
  if (text.empty() || text.size() > longest) return false;
  if (text.find_first_of("?!;\"{}=<>\t") != std::string_view::npos) return false;
  if (text.find("//") != std::string_view::npos) return false;
  const auto words = split(text);
  if (words.empty() || words.size() > most_words) return false;
  for (const std::string_view word : words) {
    if (word.back() == '.' && word.size() > 1 && !is_abbreviation(word)) return false;
    if (word.back() == ':') return false;
  }
  // "Hi." is a sentence; "Lee Okafor Jr." and "Dana R." are names.
  const std::string_view last = words.back();
  if (last.back() == '.' && last != "Jr." && last != "Sr." && last != "Inc." && last != "Ltd." &&
      (last.size() != 2 || words.size() < 2)) {
    return false;
  }
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    if (base::is_alphanumeric(c.value)) {
      const bool digits = text.find_first_not_of("0123456789 .,-/") == std::string_view::npos;
      return !digits || text.find_first_not_of("0123456789") == std::string_view::npos;
    }
    at += c.size;
  }
  return false;
}

bool may_be_name(std::string_view text) {
  constexpr std::size_t longest = 120, most_words = 12, shortest_number = 5;
  text = base::trim(text);
  if (text.empty() || text.size() > longest || text.find('\t') != std::string_view::npos)
    return false;
  if (words_of(text) > most_words || text.back() == ':') return false;
  const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
  if (count('[') != count(']') || count('(') != count(')')) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_sign = [&](char c) {
    return static_cast<unsigned char>(c) < 0x80 && std::isalpha(static_cast<unsigned char>(c)) == 0;
  };
  if (!std::all_of(text.begin(), text.end(), is_sign)) return true;
  if (std::all_of(text.begin(), text.end(), is_digit)) return true;
  // "555-0199" is a telephone, and "10-12" is not.
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit)) >=
             shortest_number &&
         text.find(':') == std::string_view::npos;
}

bool has_sentence_words(std::string_view name) {
  static const Words first_words = {"The",  "My",  "Our", "Your", "That", "This",
                                    "What", "How", "One", "Here", "So",   "But"};
  const auto words = split(name);
  if (words.size() < 2 || is_office(name)) return false;
  return first_words.count(words.front()) > 0 ||
         std::any_of(words.begin(), words.end(), is_sentence_word);
}

bool is_common_label(std::string_view label) {
  static const Words words = {
      "question",     "questions",   "answer",       "answers",       "problem",      "problems",
      "summary",      "slides",      "slide",        "note",          "notes",        "honestly",
      "frankly",      "basically",   "obviously",    "clearly",       "actually",     "finally",
      "firstly",      "secondly",    "thirdly",      "lastly",        "seriously",    "personally",
      "ideally",      "typically",   "usually",      "generally",     "ultimately",   "essentially",
      "specifically", "importantly", "hopefully",    "unfortunately", "fortunately",  "simply",
      "naturally",    "similarly",   "additionally", "alternatively", "initially",    "currently",
      "really",       "example",     "examples",     "step",          "steps",        "option",
      "options",      "plan",        "issue",        "issues",        "goal",         "goals",
      "next",         "first",       "second",       "third",         "fourth",       "last",
      "agenda",       "action",      "actions",      "point",         "points",       "idea",
      "fact",         "line",        "result",       "results",       "price",        "prices",
      "pricing",      "cost",        "costs",        "budget",        "timeline",     "deadline",
      "risk",         "risks",       "solution",     "solutions",     "reason",       "reasons",
      "thing",        "things",      "warning",      "caution",       "tip",          "hint",
      "ps",           "p.s.",        "update",       "updates",       "news",         "topic",
      "topics",       "item",        "items",        "decision",      "decisions",    "takeaway",
      "takeaways",    "conclusion",  "overview",     "background",    "context",      "challenge",
      "challenges",   "benefit",     "benefits",     "requirement",   "requirements", "need",
      "needs",        "concern",     "concerns",     "objection",     "objections",   "remember",
      "look",         "listen",      "see",          "imagine",       "think",        "yes",
      "no",           "okay",        "ok",           "right",         "sure",         "yeah",
      "thanks",       "exactly",     "well",         "anyway",        "also",         "meaning",
      "translation",  "bonus",       "disclaimer",   "spoiler",       "today",        "tomorrow",
      "yesterday",    "monday",      "tuesday",      "wednesday",     "thursday",     "friday",
      "now",          "then",        "before",       "after",         "pros",         "cons",
      "important",    "quote",       "quotes",       "email",         "phone",        "link",
      "url",          "website",     "address",      "fyi",           "eg",           "e.g.",
      "ie",           "i.e.",        "rule",         "truth",         "status",       "scope",
      "team",         "product",     "feature",      "features",      "demo",         "trial",
      "contract",     "terms",       "laughter",     "inaudible",     "crosstalk",    "music",
      "applause",     "silence",     "pause",        "laughs",        "homework",     "source",
      "sources",      "conditions",  "total",        "discount",      "guess",        "correction",
      "situation",    "impact",      "effect",       "consequence",   "priority",     "priorities",
      "comment",      "comments",    "remark",       "one",           "two",          "three"};
  const auto all = split(label);
  if (all.empty()) return false;
  std::string last = base::fold_key(all.back());
  if (last.empty()) return false;
  const bool number = std::isdigit(static_cast<unsigned char>(last.back())) != 0;
  if (number && all.size() > 1) last = base::fold_key(all[all.size() - 2]);  // "Step 3"
  // "Next Steps" is a title, and "Support Team" is a name.
  static const Words first_words = {"next", "action", "key",  "main",  "first", "second", "third",
                                    "last", "final",  "open", "other", "good",  "bad",    "bottom",
                                    "fun",  "my",     "the",  "our",   "your",  "one"};
  const bool title = all.size() < 2 || number || !is_capitalised(label) ||
                     first_words.count(base::fold_key(all.front())) > 0;
  if (!title) return false;
  return words.count(last) > 0;
}

bool is_speech(std::string_view name) {
  for (;;) {
    const std::size_t colon = name.find(": ");
    const std::string_view part = name.substr(0, colon);
    if (has_sentence_words(part) || is_common_label(part) || !is_plausible_name(part)) return true;
    if (colon == std::string_view::npos) return false;
    name.remove_prefix(colon + 2);
  }
}

bool is_sound(std::string_view label) {
  static const Words words = {"laughter",   "laughs",         "laughing",
                              "laugh",      "inaudible",      "crosstalk",
                              "music",      "applause",       "silence",
                              "pause",      "noise",          "coughs",
                              "coughing",   "cough",          "sighs",
                              "sigh",       "chuckles",       "beep",
                              "ringing",    "unintelligible", "cheering",
                              "foreign",    "whispers",       "clapping",
                              "indistinct", "blank_audio",    "background noise",
                              "phone rings"};
  return words.count(base::fold_key(label)) > 0;
}

bool is_capitalised(std::string_view name) {
  for (const std::string_view word : split(name)) {
    std::string_view rest = word;
    while (!rest.empty() && (rest[0] == '(' || rest[0] == '@' || rest[0] == '[')) {
      rest.remove_prefix(1);
    }
    const bool lower = !rest.empty() && std::islower(static_cast<unsigned char>(rest[0])) != 0;
    if (lower && (!is_particle(rest) || word.data() == name.data())) return false;
  }
  return true;
}

bool is_role_label(std::string_view label) {
  static const Words roles = {
      "agent",       "customer",    "speaker", "rep",     "caller",    "client",
      "prospect",    "buyer",       "seller",  "user",    "assistant", "bot",
      "sales",       "salesperson", "vendor",  "lead",    "host",      "guest",
      "interviewer", "interviewee", "spk",     "channel", "operator",  "representative",
      "advisor"};
  const auto words = split(label);
  if (words.empty() || words.size() > 2) return false;
  std::string first = base::fold_key(words[0]);
  while (!first.empty() && std::isdigit(static_cast<unsigned char>(first.back())) != 0) {
    first.pop_back();
  }
  if (roles.count(first) == 0) return false;
  return words.size() == 1 || words[1].size() <= 3;
}

bool is_field_label(std::string_view label) {
  static const Words fields = {"date",         "time",        "duration",      "attendees",
                               "participants", "subject",     "meeting",       "title",
                               "topic",        "location",    "call",          "recording",
                               "transcript",   "keywords",    "account",       "account name",
                               "opportunity",  "stage",       "source",        "deal",
                               "deal stage",   "amount",      "close date",    "owner",
                               "call id",      "call date",   "call type",     "call title",
                               "host",         "organizer",   "organiser",     "invitees",
                               "language",     "company",     "contact",       "contact name",
                               "phone",        "email",       "from",          "to",
                               "cc",           "bcc",         "sent",          "received",
                               "file",         "filename",    "file name",     "url",
                               "link",         "status",      "outcome",       "disposition",
                               "industry",     "crm",         "meeting id",    "meeting title",
                               "meeting date", "start time",  "end time",      "started",
                               "ended",        "recorded",    "recorded on",   "recorded by",
                               "speakers",     "tags",        "type",          "version",
                               "created",      "created at",  "updated",       "platform",
                               "campaign",     "region",      "territory",     "pipeline",
                               "next step",    "next steps",  "summary",       "action items",
                               "notes",        "generated",   "generated by",  "transcribed by",
                               "audio",        "video",       "folder",        "team",
                               "project",      "timezone",    "time zone",     "agenda",
                               "id",           "session",     "session id",    "record id",
                               "product",      "price",       "direction",     "queue",
                               "length",       "department",  "reference",     "ticket",
                               "case",         "call length", "call duration", "call recording",
                               "rep name",     "sales rep",   "customer name", "rep",
                               "prospect",     "customer",    "client",        "agent",
                               "lead",         "seller",      "buyer",         "vendor",
                               "model",        "format",      "description"};
  return fields.count(base::fold_key(label)) > 0;
}

}  // namespace saleschecklist::transcript
