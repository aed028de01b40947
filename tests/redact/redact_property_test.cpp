// Whatever is planted is gone, whatever is ordinary stays, and the transcript is as sound as
// before.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "support/support.hpp"

#include <array>

using namespace saleschecklist;

namespace {

using rc::gen::arbitrary;
using rc::gen::element;
using rc::gen::inRange;

std::string digits(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += static_cast<char>('0' + *inRange(0, 10));
  return out;
}

int luhn_sum(const std::string &number) {
  int sum = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const int digit = number[number.size() - 1 - i] - '0';
    sum += i % 2 == 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
  }
  return sum;
}

std::string card() {
  std::string out =
      std::to_string(*inRange(3, 7)) + digits(static_cast<std::size_t>(*inRange(11, 18))) + "0";
  out.back() = static_cast<char>('0' + (10 - luhn_sum(out) % 10) % 10);
  return out;
}

std::string grouped(const std::string &number, std::size_t size, const std::string &between) {
  std::string out;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (i > 0 && i % size == 0) out += between;
    out += number[i];
  }
  return out;
}

// As people say it: digit by digit, doubled, or by tens and teens, with a pause now and then.
std::string dictated(const std::string &number) {
  static const std::array<std::string, 20> units = {
      "zero",     "one",     "two",     "three",     "four",     "five",    "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  static const std::array<std::string, 10> tens = {"",      "",      "twenty",  "thirty", "forty",
                                                   "fifty", "sixty", "seventy", "eighty", "ninety"};
  std::string out;
  for (std::size_t i = 0; i < number.size();) {
    if (i > 0) out += *element<std::string>(" ", " ", " ", ", ", " uh ", ", um, ");
    const auto digit = static_cast<std::size_t>(number[i] - '0');
    const bool more = i + 1 < number.size();
    const auto next = more ? static_cast<std::size_t>(number[i + 1] - '0') : 0;
    const int how = *inRange(0, 4);
    if (more && how == 1 && digit == next) {
      out += "double " + units[digit];
      i += 2;
    } else if (more && how == 2 && digit == 1) {
      out += units[10 + next];
      i += 2;
    } else if (more && how == 2 && digit > 1 && next != 0) {
      out += tens[digit] + *element<std::string>(" ", "-") + units[next];
      i += 2;
    } else {
      out += digit == 0 && how == 3 && !out.empty() ? "oh" : units[digit];
      ++i;
    }
  }
  return out;
}

std::string written_or_dictated(const std::string &number) {
  switch (*inRange(0, 5)) {
    case 0:
      return number;
    case 1:
      return grouped(number, 4, " ");
    case 2:
      return grouped(number, 4, "-");
    case 3:
      return grouped(number, 1, " ");
    default:
      return dictated(number);
  }
}

unsigned mod97(const std::string &text) {
  unsigned rest = 0;
  for (const char c : text) {
    rest = c >= 'A' ? (rest * 100 + static_cast<unsigned>(c - 'A' + 10)) % 97
                    : (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
  }
  return rest;
}

std::string iban() {
  using Form = std::tuple<std::string, std::string, std::size_t>;
  const auto [country, bank, size] =
      *element(Form{"DE", "", 18}, Form{"GB", "NWBK", 14}, Form{"PL", "", 24},
               Form{"NL", "ABNA", 10}, Form{"NO", "", 11});
  const std::string account = bank + digits(size);
  const unsigned check = 98 - mod97(account + country + "00");
  const std::string out = country + (check < 10 ? "0" : "") + std::to_string(check) + account;
  return *arbitrary<bool>() ? out : grouped(out, 4, " ");
}

std::string phone() {
  const std::string line = digits(7);
  const std::string area = std::to_string(*inRange(2, 10)) + digits(2);
  switch (*inRange(0, 6)) {
    case 0:
      return "+44 " + area.substr(1) + " " + line;
    case 1:
      return "(0" + area + ") " + line;
    case 2:
      return "(" + area + ") " + line.substr(0, 3) + "-" + line.substr(3);
    case 3:
      return "1-" + area + "-" + line.substr(0, 3) + "-" + line.substr(3);
    case 4:
      return "0" + area + " " + line.substr(0, 3) + " " + line.substr(3);
    default: {
      std::string out;  // digit by digit; counting is no phone number
      for (const char c : "5" + area + line) out += dictated(std::string(1, c)) + " ";
      out.pop_back();
      return out;
    }
  }
}

std::string word() {
  return *element<std::string>("dana", "smith", "otto", "acme", "freight", "mailbox", "xavier");
}

std::string email() {
  const bool spoken = *arbitrary<bool>();
  const std::string dot = spoken ? " dot " : ".";
  std::string out = word();
  if (*arbitrary<bool>()) out += dot + word();
  if (*arbitrary<bool>()) out += spoken ? " underscore " + word() : "_" + word();
  out += (spoken ? " at " : "@") + word() + dot;
  return out + *element<std::string>("com", "io", "co" + dot + "uk");
}

std::string ordinary() {
  return *element<std::string>(
      "we pay 60,000 dollars a year", "in twenty twenty six", "about 12.5 percent", "at 10:30",
      "on 2026-11-20", "for two hundred and fifty seats", "invoice 4711 over 980 euros",
      "sixty thousand a year", "24/7 support", "by the end of Q3", "the budget is $1,250,000.50",
      "half of it", "room 401", "five of us", "in 90 days", "one more thing", "page 12");
}

struct Planted {
  std::string text;
  std::string secret;
  std::string kind;
};

// Words between two pieces, so that digits of both cannot be one number.
Planted planted() {
  Planted out;
  const int kind = *inRange(0, 4);
  out.kind = std::array{"card", "account", "phone", "email"}[static_cast<std::size_t>(kind)];
  out.secret = kind == 0   ? written_or_dictated(card())
               : kind == 1 ? iban()
               : kind == 2 ? phone()
                           : email();
  out.text =
      "Well " + ordinary() + " because it is " + out.secret + " so to speak, " + ordinary() + ".";
  return out;
}

Transcript said(const std::string &text) {
  Transcript out;
  Utterance u;
  u.text = text;
  u.spans.push_back({});
  for (std::size_t at = text.find(' '); at != text.npos; at = text.find(' ', at + 1)) {
    if (*inRange(0, 4) == 0) u.spans.push_back({at + 1, {}, {}});
  }
  out.utterances.push_back(std::move(u));
  return out;
}

}  // namespace

TEST_CASE("what is planted in a talk is gone, and nothing else is") {
  CHECK(rc::check([] {
    const Planted p = planted();
    const auto out = redact(said(p.text));
    RC_ASSERT(out.has_value());
    RC_ASSERT(validate(out->transcript).empty());
    const std::string &now = out->transcript.utterances[0].text;
    const std::size_t at = p.text.find(p.secret);
    // Digits may happen to be right for two kinds, so the kind is not asked for.
    RC_LOG() << p.text << "\n" << now << "\n";
    RC_ASSERT(out->replacements.size() == 1u);
    RC_ASSERT(now == p.text.substr(0, at) + out->replacements[0].placeholder +
                         p.text.substr(at + p.secret.size()));
    RC_ASSERT(restore(now, out->replacements) == p.text);
  }));
}

TEST_CASE("any text is redacted soundly, and once more changes nothing") {
  CHECK(rc::check([] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(element<std::string>(
        " ", "4", "41", "1111", "4111111111111111", "+", "(0", ")", "-", ".", ",", "@", "a", "dana",
        " at ", " dot ", "com", "oh", "double ", "hundred ", " forty", "[card 1]", "[", "]", "DE89",
        "\xD9\xA1", "\xEF\xBC\x91", "\xC2\xBD", "\xE7\x94\xB0", "account ", "extension ", "\n",
        "phone ", "'s", "plus ", "\xE2\x80\x8B"));
    std::string text = "so";
    for (const std::string &piece : pieces) text += piece;
    const auto transcript = read_transcript(text);
    RC_PRE(transcript.has_value());
    RedactOptions options;
    options.names = {"dana", "a"};
    const auto once = redact(*transcript, options);
    RC_ASSERT(once.has_value());
    RC_ASSERT(validate(once->transcript).empty());
    const auto again = redact(once->transcript, options);
    RC_ASSERT(again.has_value());
    RC_ASSERT(validate(again->transcript).empty());
  }));
}
