// The evidence law over many quotes: what honest recognisers and models do to a quote is repaired,
// and what changes its meaning never is.
#include <doctest/doctest.h>

#include "support/support.hpp"

#include <filesystem>
#include <functional>
#include <random>
#include <set>

using namespace saleschecklist;

namespace {

constexpr int rounds = 10000;

using Words = std::vector<std::string>;
using Random = std::mt19937_64;

std::size_t pick(Random &random, std::size_t size) { return random() % size; }

Words split(const std::string &text) {
  Words out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string join(const Words &words) {
  std::string out;
  for (const std::string &word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string bare(const std::string &word) {
  std::string out;
  for (const char c : word) {
    if (std::isalpha(static_cast<unsigned char>(c)) || c == '\'') {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

// All sample calls as one long transcript.
const Transcript &corpus() {
  static const Transcript transcript = [] {
    Transcript all;
    std::set<std::filesystem::path> files;
    for (const auto &entry :
         std::filesystem::directory_iterator(test::source_dir() / "examples" / "calls")) {
      if (entry.path().extension() == ".vtt") files.insert(entry.path());
    }
    for (const auto &file : files) {
      Transcript call = read_transcript(test::read_file(file)).value();
      for (Utterance &u : call.utterances) all.utterances.push_back(std::move(u));
    }
    return all;
  }();
  return transcript;
}

bool is_number_like(const std::string &word) {
  static const std::set<std::string> words = {
      "hundred", "thousand", "million", "and",   "half",    "point",  "a",
      "k",       "one",      "two",     "three", "four",    "five",   "six",
      "seven",   "eight",    "nine",    "ten",   "eleven",  "twelve", "twenty",
      "thirty",  "forty",    "fifty",   "sixty", "seventy", "eighty", "ninety"};
  const std::string key = bare(word);
  if (word.find_first_of("0123456789") != std::string::npos || words.count(key) != 0) return true;
  return word.find('-') != std::string::npos ||
         (key.size() > 4 && key.substr(key.size() - 4) == "teen");
}

// A run of 8 to 20 words somebody said.
Words honest_quote(Random &random, std::size_t *where = nullptr) {
  const auto &utterances = corpus().utterances;
  while (true) {
    const std::size_t utterance = pick(random, utterances.size());
    if (where) *where = utterance;
    const Words words = split(utterances[utterance].text);
    if (words.size() < 10) continue;
    const std::size_t size = 8 + pick(random, std::min<std::size_t>(13, words.size() - 8));
    const std::size_t begin = pick(random, words.size() - size + 1);
    // A quote that begins or ends inside a number ("two | hundred") is another number.
    if (is_number_like(words[begin]) || is_number_like(words[begin + size - 1])) continue;
    return {words.begin() + static_cast<std::ptrdiff_t>(begin),
            words.begin() + static_cast<std::ptrdiff_t>(begin + size)};
  }
}

const std::set<std::string> &small_words() {
  static const std::set<std::string> words = {"a", "the", "of", "to", "that", "and", "is", "it"};
  return words;
}

// Verdicts of many quotes at once, so that the transcript is prepared once.
std::vector<Verdict> judge(const std::vector<std::string> &quotes) {
  std::vector<Claim> claims;
  for (const std::string &quote : quotes)
    claims.push_back({quote, std::nullopt, EvidenceFrom::either});
  return verify(corpus(), claims);
}

using Mutation = std::function<bool(Words &, Random &)>;  // false: not possible on these words
std::size_t quoted_utterance = 0;                         // of the quote that is being mutated

// Applies a mutation to `rounds` honest quotes and counts what is accepted.
int accepted_after(const Mutation &mutate, bool only_repaired = false,
                   std::vector<std::string> *accepted_examples = nullptr,
                   std::vector<std::string> *refused = nullptr) {
  Random random(20261120);
  std::vector<std::string> quotes;
  while (quotes.size() < rounds) {
    Words words = honest_quote(random, &quoted_utterance);
    if (mutate(words, random)) quotes.push_back(join(words));
  }
  int accepted = 0;
  const auto verdicts = judge(quotes);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (!verdicts[i].evidence) {
      if (refused && refused->size() < 8)
        refused->push_back(quotes[i] + " | " + describe(*verdicts[i].rejected));
      continue;
    }
    const Evidence &e = *verdicts[i].evidence;
    // A changed quote may by chance stand word for word: then it is honest.
    if (only_repaired && e.status == EvidenceStatus::verified) continue;
    ++accepted;
    if (corpus().utterances[e.utterance].text.substr(e.begin, e.end - e.begin) != e.quote) {
      FAIL("the offsets do not lead to the quote: ", e.quote);
    }
    if (accepted_examples && accepted_examples->size() < 8) {
      accepted_examples->push_back(quotes[i] + " | " + e.quote);
    }
  }
  return accepted;
}

void expect_repaired(const Mutation &mutate) {
  std::vector<std::string> refused;
  const int accepted = accepted_after(mutate, false, nullptr, &refused);
  INFO("refused, for example: ", join(refused));
  CHECK(accepted >= rounds * 98 / 100);
}

void expect_refused(const Mutation &mutate) {
  std::vector<std::string> examples;
  const int accepted = accepted_after(mutate, true, &examples);
  INFO("accepted, for example: ", join(examples));
  CHECK(accepted == 0);
}

}  // namespace

TEST_CASE("honest quotes are verified") {
  CHECK(accepted_after([](Words &, Random &) { return true; }) == rounds);
}

TEST_CASE("quotes with other case and punctuation stand") {
  expect_repaired([](Words &words, Random &random) {
    for (std::string &word : words) {
      if (pick(random, 3) == 0 && word.size() > 1 &&
          !std::isdigit(static_cast<unsigned char>(word[0]))) {
        while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.pop_back();
      }
      if (!word.empty())
        word[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(word[0])));
    }
    return true;
  });
}

TEST_CASE("quotes with invented fillers are repaired") {
  expect_repaired([](Words &words, Random &random) {
    const Words fillers = {"um", "uh", "er", "well,"};
    for (int i = 0; i < 2; ++i) {
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(1 + pick(random, words.size() - 1)),
                   fillers[pick(random, fillers.size())]);
    }
    return true;
  });
}

TEST_CASE("quotes with a doubled word are repaired") {
  expect_repaired([](Words &words, Random &random) {
    const std::size_t at = pick(random, words.size());
    const std::string word = bare(words[at]);
    static const std::set<std::string> negations = {
        "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without"};
    const bool negation = negations.count(word) != 0 || word.find("n't") != std::string::npos;
    if (word.size() != words[at].size() || negation || is_number_like(word)) return false;
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), words[at]);
    return true;
  });
}

TEST_CASE("quotes that lack a small word are repaired") {
  expect_repaired([](Words &words, Random &random) {
    const std::size_t at = 1 + pick(random, words.size() - 2);
    if (small_words().count(words[at]) == 0) return false;
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    return true;
  });
}

TEST_CASE("quotes with a misspelt word are repaired") {
  expect_repaired([](Words &words, Random &random) {
    const std::size_t at = pick(random, words.size());
    std::string &word = words[at];
    const bool lower =
        std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    // Words of the law's protected kinds must be right to the letter.
    static const std::set<std::string> guarded = {
        "should",    "could",     "would",    "might",     "before",   "after",    "because",
        "without",   "nothing",   "nobody",   "percent",   "quarter",  "second",   "always",
        "every",     "unless",    "until",    "probably",  "perhaps",  "monday",   "tuesday",
        "thousand",  "hundred",   "million",  "twenty",    "thirty",   "fifteen",  "twelve",
        "eleven",    "seventy",   "sixty",    "eighty",    "ninety",   "fifty",    "forty",
        "months",    "weeks",     "hours",    "minutes",   "years",    "month",    "seven",
        "eight",     "three",     "against",  "except",    "almost",   "nearly",   "double",
        "couple",    "dozen",     "under",    "above",     "below",    "third",    "fourth",
        "fifth",     "first",     "never",    "least",     "maybe",    "tomorrow", "yesterday",
        "summer",    "spring",    "autumn",   "winter",    "today",    "grand",    "pounds",
        "dollars",   "euros",     "twice",    "neither",   "hardly",   "barely",   "minute",
        "possibly",  "seventeen", "thirteen", "fourteen",  "sixteen",  "eighteen", "nineteen",
        "thousands", "hundreds",  "refuse",   "christmas", "quarters", "cents",    "pound",
        "euro",      "dollar"};
    if (word.size() < 5 || !lower || guarded.count(word) != 0) return false;
    std::swap(word[2], word[3]);
    return word[2] != word[3] && !is_number_like(word);
  });
}

TEST_CASE("quotes with contractions spelt out are repaired") {
  expect_repaired([](Words &words, Random &random) {
    static const std::map<std::string, std::string> expansions = {
        {"don't", "do not"},  {"we're", "we are"},   {"it's", "it is"},   {"I'm", "I am"},
        {"we've", "we have"}, {"that's", "that is"}, {"can't", "cannot"}, {"I'll", "I will"}};
    const std::size_t at = pick(random, words.size());
    const auto found = expansions.find(words[at]);
    if (found == expansions.end()) return false;
    words[at] = found->second;
    return true;
  });
}

TEST_CASE("quotes with a changed number are refused") {
  static const Words numbers = {"two",     "three",  "four",   "five",  "six",
                                "seven",   "eight",  "nine",   "ten",   "twelve",
                                "fifteen", "twenty", "thirty", "forty", "fifty"};
  expect_refused([](Words &words, Random &random) {
    for (std::string &word : words) {
      const auto found = std::find(numbers.begin(), numbers.end(), bare(word));
      if (found == numbers.end()) continue;
      const std::string other = numbers[pick(random, numbers.size())];
      if (other == *found) return false;
      word = other;
      return true;
    }
    return false;
  });
}

TEST_CASE("quotes that lose or gain a negation are refused") {
  expect_refused([](Words &words, Random &random) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
      if (words[i] != "not" && words[i] != "no" && words[i] != "never") continue;
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
    const std::size_t at = 1 + pick(random, words.size() - 2);
    // Where the speaker negates nearby, the mutation may hit upon his own words.
    for (std::size_t i = at > 2 ? at - 3 : 0; i < std::min(words.size(), at + 3); ++i) {
      const std::string near = bare(words[i]);
      if (near == "not" || near == "do" || near.find("n't") != std::string::npos) return false;
    }
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), "not");
    return true;
  });
}

TEST_CASE("quotes with another name or month are refused") {
  static const Words others = {"Zebulon", "Quimby", "Wanda", "Trantor", "October", "February"};
  expect_refused([](Words &words, Random &random) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      const bool capital =
          words[i].size() > 2 && words[i][0] >= 'A' && words[i][0] <= 'Z' && words[i][1] != '\'';
      if (!capital || words[i - 1].back() == '.' || words[i - 1].back() == '?') continue;
      const std::string &other = others[pick(random, others.size())];
      if (bare(words[i]) == bare(other)) return false;
      words[i] = other;
      return true;
    }
    return false;
  });
}

TEST_CASE("quotes with a word from elsewhere in the conversation are refused") {
  expect_refused([](Words &words, Random &random) {
    const Words donor = honest_quote(random);
    const std::string word = bare(donor[pick(random, donor.size())]);
    const std::size_t at = 1 + pick(random, words.size() - 2);
    const std::string old = bare(words[at]);
    if (word.size() < 6 || old.size() < 5 || word.substr(0, 3) == old.substr(0, 3) ||
        words[at].find('-') != std::string::npos || bare(words[at + 1]) == word ||
        bare(words[at - 1]) == word) {
      return false;
    }
    words[at] = word;
    return true;
  });
}

TEST_CASE("quotes stitched from two places are refused") {
  expect_refused([](Words &words, Random &random) {
    std::size_t elsewhere = 0;
    const Words other = honest_quote(random, &elsewhere);
    if (elsewhere == quoted_utterance || words.size() < 10 || other.size() < 10) return false;
    words.resize(words.size() / 2);
    words.insert(words.end(), other.begin() + static_cast<std::ptrdiff_t>(other.size() / 2),
                 other.end());
    return true;
  });
}
