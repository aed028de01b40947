// Shapes of talk that passes over a transcript may find hard.
#include "scaling.hpp"

#include <saleschecklist/saleschecklist.hpp>

#include <memory>
#include <utility>

namespace scaling {
namespace {

using namespace saleschecklist;

struct Talk {
  std::string shape;
  std::function<Transcript(std::size_t bytes)> make;
};

Utterance said_by(Role role, std::string speaker, std::string text) {
  Utterance out;
  out.speaker = std::move(speaker);
  out.role = role;
  out.text = std::move(text);
  return out;
}

Transcript of_one_utterance(const std::string &unit, std::size_t bytes) {
  Transcript out;
  std::string text = repeated(unit, bytes);
  if (text.back() == ' ') text += "x";
  out.utterances.push_back(said_by(Role::rep, "Dana", "hello"));
  out.utterances.push_back(said_by(Role::customer, "Lee", std::move(text)));
  out.role_source = RoleSource::given;
  return out;
}

Talk one(const std::string &shape, const std::string &unit) {
  return {"one utterance, " + shape,
          [=](std::size_t bytes) { return of_one_utterance(unit, bytes); }};
}

// Turns of seller and customer with these words, and the number of the turn if it is asked for.
Talk turns(const std::string &shape, const std::string &rep, const std::string &customer,
           bool a_number_each = false) {
  return {"turns, " + shape, [=](std::size_t bytes) {
            Transcript out;
            out.role_source = RoleSource::given;
            for (std::size_t size = 0, n = 0; size < bytes; ++n) {
              std::string text = n % 2 == 0 ? rep : customer;
              if (a_number_each) text += " w" + std::to_string(n);
              size += text.size();
              Utterance u = n % 2 == 0 ? said_by(Role::rep, "Dana", std::move(text))
                                       : said_by(Role::customer, "Lee", std::move(text));
              u.begin_ms = static_cast<std::int64_t>(n) * 1000;
              u.end_ms = *u.begin_ms + 900;
              out.utterances.push_back(std::move(u));
            }
            return out;
          }};
}

Talk speakers() {
  return {"turns, a speaker each", [](std::size_t bytes) {
            Transcript out;
            out.role_source = RoleSource::given;
            for (std::size_t n = 0; n * 10 < bytes; ++n) {
              out.utterances.push_back(said_by(n % 2 == 0 ? Role::rep : Role::customer,
                                               "S" + std::to_string(n), "yes, we do"));
            }
            return out;
          }};
}

Talk overlapping() {
  return {"turns, all at one time", [](std::size_t bytes) {
            Transcript out;
            out.role_source = RoleSource::given;
            for (std::size_t n = 0; n * 10 < bytes; ++n) {
              Utterance u = said_by(n % 2 == 0 ? Role::rep : Role::customer,
                                    n % 2 == 0 ? "Dana" : "Lee", "yes, we do");
              u.begin_ms = 0;
              u.end_ms = 3'600'000;
              out.utterances.push_back(std::move(u));
            }
            return out;
          }};
}

std::vector<Talk> talks() {
  return {
      one("one word", "a"),
      one("a word again and again", "budget "),
      one("two words in turn", "yes no "),
      one("a sentence again and again", "We lose forty thousand a month. "),
      one("a question again and again", "What is your budget? "),
      one("commas", "budget, "),
      one("full stops", "a. "),
      one("question marks", "?"),
      one("one grapheme", "\xCC\x81"),
      one("digits", "7"),
      one("digits and spaces", "7 "),
      one("digits and hyphens", "4-"),
      one("number words", "one two three "),
      one("tens", "forty "),
      one("doubles", "double "),
      one("at signs", "a@b."),
      one("at and dot", "dana at acme dot "),
      one("card numbers", "4111 1111 1111 1111 "),
      one("account numbers", "DE89370400440532013000 "),
      one("an account", "account number "),
      one("fillers", "um uh "),
      one("negations", "not "),
      one("names", "Dana Okafor "),
      one("apostrophes", "don't "),
      one("characters of Chinese", "\xE9\xA2\x84\xE7\xAE\x97"),
      one("letters of Thai", "\xE0\xB8\x81"),
      turns("questions and answers", "What is your budget for this year?",
            "About forty thousand a month, and we lose it."),
      turns("one word each", "budget", "yes"),
      turns("a new word each", "What is", "It is", true),
      turns("questions only", "What is your budget?", "What is your budget?"),
      turns("digits", "4111", "1111"),
      speakers(),
      overlapping(),
  };
}

using Work = std::function<std::string(const Transcript &transcript)>;

template <class T>
std::string refusal_of(const Result<T> &result) {
  return result ? std::string() : result.error().message;
}

// Quotes of which each is found, or is not, in its own way.
std::string verify_quotes(const Transcript &transcript) {
  std::string repeated_words;
  for (int n = 0; n < 119; ++n) repeated_words += "budget ";
  (void)verify(transcript,
               {"we lose forty thousand a month", "budget budget budget budget",
                "um we uh lose forty thousand each month", "yes no yes no yes yes no",
                "a a a a a a a a b", "not in any of the words", "what is your um budget what is",
                (repeated_words + "um budget").c_str(), (repeated_words + "maybe").c_str()});
  return {};
}

std::string assess(const Transcript &transcript) {
  return refusal_of(assess_offline(transcript, Checklist::standard()));
}

std::string whole(const Transcript &transcript) {
  return refusal_of(analyze(transcript, Checklist::standard()));
}

Case of(const std::string &pass, const Talk &talk, const Work &work) {
  return {pass, talk.shape,
          [=](std::size_t bytes) -> Pass {
            auto transcript = std::make_shared<Transcript>(talk.make(bytes));
            return [=] { return work(*transcript); };
          },
          0};
}

}  // namespace

std::vector<Case> talk_cases() {
  const std::vector<std::pair<std::string, Work>> passes = {
      {"measure", [](const Transcript &t) { return (void)measure(t), std::string(); }},
      {"language", [](const Transcript &t) { return (void)detect_language(t), std::string(); }},
      {"verify", verify_quotes},
      {"redact", [](const Transcript &t) { return refusal_of(redact(t)); }},
      {"assess", assess},
      {"analyze", whole},
      {"write", [](const Transcript &t) { return (void)to_json(t), std::string(); }},
  };
  std::vector<Case> out;
  for (const auto &[pass, work] : passes) {
    for (const Talk &talk : talks()) out.push_back(of(pass, talk, work));
  }
  return out;
}

}  // namespace scaling
