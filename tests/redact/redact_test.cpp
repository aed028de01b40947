#include <doctest/doctest.h>

#include "support/support.hpp"

#include <ctime>

using namespace saleschecklist;

namespace {

Transcript said(const std::string &text, const std::string &speaker = "Dana") {
  Transcript out;
  out.source_format = "text";
  Utterance u;
  u.speaker = speaker;
  u.text = text;
  u.spans.push_back({});
  out.utterances.push_back(std::move(u));
  return out;
}

Redacted checked(const Transcript &transcript, const RedactOptions &options = {}) {
  Redacted out = redact(transcript, options).value();
  for (const Error &fault : validate(out.transcript)) FAIL_CHECK(to_string(fault));
  return out;
}

std::string redacted(const std::string &text, const RedactOptions &options = {}) {
  const Redacted out = checked(said(text), options);
  CHECK(restore(out.transcript.utterances[0].text, out.replacements).size() > 0);
  return out.transcript.utterances[0].text;
}

RedactOptions names(std::vector<std::string> list) {
  RedactOptions out;
  out.names = std::move(list);
  return out;
}

}  // namespace

TEST_CASE("a card number is taken out however it is written or dictated") {
  for (const char *card : {
           "4111111111111111",
           "4111 1111 1111 1111",
           "4111-1111-1111-1111",
           "4111.1111.1111.1111",
           "4111, 1111, 1111, 1111",
           "4111 1111 uh 1111 1111",
           "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
           "3782 822463 10005",
           "378282246310005",
           "four one one one one one one one one one one one one one one one",
           "four one one one, one one one one, um, one one one one, and then one one one one",
           "Four one one one. One one one one. One one one one. One one one one",
           "four triple one, double one double one, one one one one, one one one one",
           "forty-one eleven eleven eleven eleven eleven eleven eleven",
           "fifty five fifty five fifty five fifty five fifty five fifty five forty four forty "
           "four",
           "forty-one eleven 1111 one one one one double one eleven",
           "four oh one two eight eight eight eight eight eight eight eight one eight eight one",
           "\xD9\xA4\xD9\xA1\xD9\xA1\xD9\xA1 1111 1111 1111",
           "\xEF\xBC\x94\xEF\xBC\x91\xEF\xBC\x91\xEF\xBC\x91 1111 1111 1111",
           "4000 0000 0000 0002",
           "6011 0009 9013 9424",
           "4222222222222",
       }) {
    CAPTURE(card);
    const std::string got = redacted("Sure, the card is " + std::string(card) + ", thank you.");
    CHECK(got == "Sure, the card is [card 1], thank you.");
  }
}

TEST_CASE("a number with a wrong check digit is no card") {
  for (const char *number : {"4111 1111 1111 1112", "4111111111111112", "1234567890123456"}) {
    CHECK(redacted(std::string("Order ") + number) == std::string("Order ") + number);
  }
}

TEST_CASE("a card number may go on in the speaker's next utterance") {
  const Transcript talk = test::talk(
      "Dana: It is four one one one one one one one\nRita: mm-hm\n"
      "Dana: one one one one one one one one. Done.\n");
  const Redacted out = checked(talk);
  CHECK(out.transcript.utterances[0].text == "It is [card 1]");
  CHECK(out.transcript.utterances[1].text == "mm-hm");
  CHECK(out.transcript.utterances[2].text == "[card 2]. Done.");
  Transcript other = talk;
  other.utterances[2].speaker = "Otto";
  CHECK(checked(other).replacements[0].placeholder == "[phone 1]");  // eight digits in a row
}

TEST_CASE("an account is known by its check digits or by what it is called") {
  const auto is_account = [](const std::string &before, const std::string &number) {
    CAPTURE(number);
    CHECK(redacted(before + number + " please.") == before + "[account 1] please.");
  };
  is_account("Pay to ", "DE89370400440532013000");
  is_account("Pay to ", "DE89 3704 0044 0532 0130 00");
  is_account("Pay to ", "gb29-nwbk-6016-1331-9268-19");
  is_account("Pay to ", "NL91ABNA0417164300");
  is_account("Pay to ", "MT84MALT011000012345MTLCAST001S");
  is_account(
      "Pay to ",
      "G B two nine N W B K six zero one six one three three one nine two six eight one nine");
  is_account("My account number is ", "12345678");
  is_account("My account number is uh ", "one two three four five six seven eight");
  is_account("My account number is ", "twelve thirty-four fifty-six");
  is_account("The sort code is ", "20-45-67");
  is_account("The routing number is ", "021000021");
  is_account("Our policy number is ", "PN1234567");
  is_account("It goes to the account ", "88213377");
  CHECK(redacted("12345678 is our account number") == "[account 1] is our account number");
  CHECK(redacted("Pay to DE88370400440532013000 please.").find("DE88") != std::string::npos);
  const Redacted asked =
      checked(test::talk("Rita: What is your account number?\nDana: Uh, 12345678, I think.\n"));
  CHECK(asked.transcript.utterances[1].text == "Uh, [account 1], I think.");
}

TEST_CASE("a phone number is taken out however it is written or dictated") {
  for (const char *phone : {"+44 20 7946 0123",
                            "+44 (0)20 7946 0123",
                            "+442079460123",
                            "0044 20 7946 0123",
                            "(020) 7946 0123",
                            "020 7946 0123",
                            "020-7946-0123",
                            "06 12 34 56 78",
                            "0171/1234567",
                            "(415) 555-0199",
                            "415-555-0199",
                            "415.555.0199",
                            "1-800-555-0199",
                            "+1 (415) 555-0199",
                            "4155550199",
                            "555-0199",
                            "555 0199",
                            "5550199",
                            "020 7946 0123 ext. 42",
                            "415-555-0199 x42",
                            "415-555-0199x42",
                            "(415) 555-0199 extension 42",
                            "415 555 0199 extension four two",
                            "+\xD9\xA4\xD9\xA4 20 7946 0123",
                            "four one five five five five oh one nine nine",
                            "four one five, five five five, uh, oh one nine nine",
                            "one eight hundred five five five oh one nine nine",
                            "five five five twelve thirty-four",
                            "plus four four twenty seventy-nine forty-six oh one two three",
                            "oh two oh seven nine four six oh one two three extension four two"}) {
    CAPTURE(phone);
    const std::string got = redacted("Call me at " + std::string(phone) + " tomorrow.");
    CHECK(got == "Call me at [phone 1] tomorrow.");
  }
  CHECK(redacted("It's (555-0199).") == "It's ([phone 1]).");
  CHECK(redacted("Ring 020 7946 0123 or +1 415 555 0199.") == "Ring [phone 1] or [phone 2].");
}

TEST_CASE("an e-mail address is taken out however it is written or spoken") {
  for (const char *email :
       {"dana.smith@acme.com", "Dana.Smith@ACME.com", "dana_smith+offers@mail.acme-corp.co.uk",
        "dana42@acme.io", "dana.smith @ acme.com", "dana dot smith at acme dot com",
        "Dana Dot Smith At Acme Dot Com", "dana underscore smith at acme dot co dot uk",
        "dana dash smith at acme dash corp dot com", "dana.smith at acme.com",
        "dana at acme dot com", "d a n a at acme dot com", "dana forty-two at acme dot com",
        "dana at cold chain dot com", "dana at a c m e dot com", "dana at acme dot c o m",
        "dana (at) acme (dot) com", "dana [at] acme [dot] com",
        "d\xC3\xA5na@b\xC3\xBC"
        "cher.de"}) {
    CAPTURE(email);
    const std::string got = redacted("Write to " + std::string(email) + ", please.");
    CHECK(got == "Write to [email 1], please.");
  }
  CHECK(redacted("dana@acme.com.") == "[email 1].");
  CHECK(redacted("Mine is dana dot smith at acme dot com and hers is ann at acme dot com") ==
        "Mine is [email 1] and hers is [email 2]");
}

TEST_CASE("what is no e-mail address stays") {
  for (const char *text :
       {"Find us at acme dot com.", "Look at our website acme dot com.", "Look at acme.com first.",
        "We are at booth seven.", "Meet me at ten at the office.", "user@localhost",
        "The dot at the end is fine.", "He works at Acme. Dot your i's."}) {
    CHECK(redacted(text) == text);
  }
}

TEST_CASE("names are whole words without case, in texts and as speakers") {
  const Redacted out =
      checked(test::talk("Dana Smith: I am DANA SMITH, dana for short.\nRita: Danas? Dana's offer, "
                         "Dana-Marie, \xC5\x81ukasz.\n"),
              names({"Dana", "dana smith", "\xC5\x82UKASZ", "Rita"}));
  const auto &u = out.transcript.utterances;
  CHECK(u[0].speaker == "[name 1]");
  CHECK(u[0].text == "I am [name 1], [name 2] for short.");
  CHECK(u[1].speaker == "[name 3]");
  CHECK(u[1].text == "Danas? [name 2]'s offer, [name 2]-Marie, [name 4].");
  CHECK(out.transcript.role_reason.find("Rita") == std::string::npos);
  CHECK(out.replacements[0].original == "Dana Smith");
  CHECK(redacted("\xE7\x94\xB0\xE4\xB8\xAD\xE3\x81\x95\xE3\x82\x93",
                 names({"\xE7\x94\xB0\xE4\xB8\xAD"})) == "[name 1]\xE3\x81\x95\xE3\x82\x93");
}

TEST_CASE("a name without a word, and an unsound transcript, are refused") {
  for (const char *name : {"", "  ", "-", "\xFF"}) {
    const auto out = redact(said("Hello"), names({"Dana", name}));
    REQUIRE(!out.has_value());
    CHECK(out.error().code == ErrorCode::invalid_argument);
    CHECK(out.error().where == "/names/1");
  }
  const auto empty = redact(Transcript{});
  REQUIRE(!empty.has_value());
  CHECK(empty.error().code == ErrorCode::invalid_argument);
}

TEST_CASE("the numbers of a sales talk stay") {
  for (const char *text : {
           "The price is 60,000 dollars a year, or $5,000 a month.",
           "We pay sixty thousand dollars a year for two hundred and fifty seats.",
           "It is 1,250,000.50 euros in total, 1.250.000,50 as the Germans write.",
           "The account is worth 250000 dollars, maybe 1200000 dollars.",
           "This account grew from 1,200,000 to 2,400,000 in 2025.",
           "The bank approved 500000 for it.",
           "Invoice 4711 was about 12,450.00 euros and invoice 4712 about 980 euros.",
           "The invoice amounts are 1200, 3400, 5600 and 7800.",
           "We planned 2021, 2022, 2023, 2024, 2025 and 2026.",
           "In 2021 2022 2023 2024 it was flat.",
           "In twenty twenty six we go live, in twenty twenty seven we expand.",
           "We compared twenty twenty four, twenty twenty five and twenty twenty six.",
           "Growth was 12.5 percent, 13%, then ninety-nine point nine percent.",
           "Call me on 2026-11-20 at 10:30.",
           "Call me on 20/11/2026 or on 11/20/26 at 3 pm.",
           "Let us call on 09.11.2026 at 10:30:15.",
           "From 10:30 to 11:45, then 14:00 to 15:30, room 401, floor 12.",
           "We have 500-1000 users, and 100-1250 employees.",
           "We ship 1500000 parcels and call 2000000 people a year.",
           "One hundred twenty five thousand five hundred, give or take.",
           "The first one, then two, three, five, ten or fifteen, and that is it.",
           "Steps one, two, three, four, five, six and seven are done.",
           "One two three four five six seven eight, can you hear me?",
           "Between 1000 and 2000 a day, 24/7, 365 days.",
           "That's 1000, 2000, 3000, 4000, or 5000.",
           "The version is 10.15.7 and the server is 192.168.10.25.",
           "Call us when the 3rd quarter of 2026 is over, in 90 days.",
           "Phone support costs 1500 a month for 2000 calls.",
           "Oh, one more thing: four out of five said no.",
           "Double the price, triple the seats, half the time.",
           "A million dollars. Two million five hundred thousand. 3.5 million.",
           "At 20 days we are done; in 10 days no 20 percent is 30 or 40 more.",
           "It is 20 by 30 by 40, 1500 kilos, 6 pallets, 120 trucks.",
           "Account number one on our list, account executive, account plan for 2026.",
           "My number one reason is 40 percent of 30,000 dollars.",
           "Order 4500012345 was late.",
           "ISO 27001, SOC 2, GDPR article 28, section 230, route 66.",
           "Twenty-five hundred seats at twelve ninety-nine each.",
       }) {
    CAPTURE(text);
    const Redacted out = checked(said(text));
    CHECK(out.transcript.utterances[0].text == text);
    CHECK(out.transcript.warnings.empty());
  }
}

TEST_CASE("real sales calls stay as they are but for what is personal") {
  for (const auto &entry :
       std::filesystem::directory_iterator(test::source_dir() / "examples" / "calls")) {
    if (entry.path().extension() != ".vtt") continue;
    CAPTURE(entry.path());
    for (const Replacement &r :
         checked(read_transcript(test::read_file(entry.path())).value()).replacements) {
      FAIL_CHECK(r.placeholder << " " << r.original);
    }
  }
}

TEST_CASE("equal data has one placeholder, and comes back as it was said first") {
  const std::string text =
      "It's 4111 1111 1111 1111, yes 4111-1111-1111-1111, not 5555 5555 5555 4444. Mail "
      "Dana@acme.com or dana at acme dot com. Call +44 20 7946 0123 or 0044 20 7946 0123.";
  const Redacted out = checked(said(text));
  const std::string now = out.transcript.utterances[0].text;
  CHECK(now ==
        "It's [card 1], yes [card 1], not [card 2]. Mail [email 1] or [email 1]. Call [phone 1] or "
        "[phone 1].");
  CHECK(out.replacements.size() == 4);
  CHECK(restore(now, out.replacements) ==
        "It's 4111 1111 1111 1111, yes 4111 1111 1111 1111, not 5555 5555 5555 4444. Mail "
        "Dana@acme.com or Dana@acme.com. Call +44 20 7946 0123 or +44 20 7946 0123.");
  CHECK(out.transcript.warnings.back() ==
        "personal data was redacted: 3 cards, 2 phone numbers, 2 e-mail addresses");
}

TEST_CASE("placeholders that the talk has already are kept apart") {
  const Redacted out = checked(said("It was [card 1], now it is 4111 1111 1111 1111 [card 3]."));
  CHECK(out.transcript.utterances[0].text == "It was [card 1], now it is [card 2] [card 3].");
  const Redacted again = checked(out.transcript, names({"card"}));
  CHECK(again.transcript.utterances[0].text == out.transcript.utterances[0].text);
  CHECK(restore("[card 1] [card 2] [card 2", out.replacements) ==
        "[card 1] 4111 1111 1111 1111 [card 2");
  CHECK(restore("[", {}) == "[");
  CHECK(restore("[card 4111111111111111]", out.replacements) == "[card 4111111111111111]");
  CHECK(redacted("[card 4111111111111111]") == "[card [card 1]]");
}

TEST_CASE("each kind can be left as it is") {
  RedactOptions none;
  none.cards = none.accounts = none.phones = none.emails = false;
  const std::string text =
      "4111 1111 1111 1111, DE89370400440532013000, +44 20 7946 0123, dana@acme.com";
  CHECK(redacted(text, none) == text);
}

TEST_CASE("spans keep to their words, and one whose words are gone joins the one before") {
  Transcript talk = said("Hi. It is 4111 1111 1111 1111 right. Bye.");
  auto &u = talk.utterances[0];
  u.begin_ms = 0, u.end_ms = 5000;
  u.spans = {{0, 0, 1000}, {4, 1000, 2000}, {15, 2000, 3000}, {25, 3000, 4000}, {37, 4000, 5000}};
  REQUIRE(validate(talk).empty());
  const Redacted out = checked(talk);
  const auto &now = out.transcript.utterances[0];
  CHECK(now.text == "Hi. It is [card 1] right. Bye.");
  REQUIRE(now.spans.size() == 4);
  CHECK(now.text.substr(now.spans[1].begin) == "It is [card 1] right. Bye.");
  CHECK(now.spans[1].end_ms == 3000);
  CHECK(now.text.substr(now.spans[2].begin) == "right. Bye.");
  CHECK(now.text.substr(now.spans[3].begin) == "Bye.");
  Transcript whole = said("4111 1111 1111 1111");
  whole.utterances[0].spans = {{0, 0, 1000}, {5, 1000, 2000}, {15, 2000, 3000}};
  const Redacted gone = checked(whole);
  REQUIRE(gone.transcript.utterances[0].spans.size() == 1);
  CHECK(gone.transcript.utterances[0].spans[0].end_ms == 3000);
}

TEST_CASE("notes beside the talk lose the same data") {
  Transcript talk = said("Hello there");
  talk.utterances[0].speaker = "+44 20 7946 0123";
  talk.utterances[0].suspect = "Dana was not there";
  talk.role_source = RoleSource::given;
  talk.role_reason = "Dana sells.";
  talk.warnings = {"line 3: 'dana@acme.com' is nobody"};
  const Redacted out = checked(talk, names({"Dana"}));
  CHECK(out.transcript.utterances[0].speaker == "[phone 1]");
  CHECK(out.transcript.utterances[0].suspect == "[name 1] was not there");
  CHECK(out.transcript.role_reason == "[name 1] sells.");
  CHECK(out.transcript.warnings[0] == "line 3: '[email 1]' is nobody");
}

namespace {

// The processor's seconds, which other programs do not lengthen, for talk that repeats a piece up
// to so many bytes.
double seconds(const std::string &piece, std::size_t bytes, std::size_t utterances = 1) {
  std::string text = "so ";
  while (text.size() < bytes) text += piece;
  while (text.back() == ' ') text.pop_back();
  Transcript talk = said(text);
  for (std::size_t i = 1; i < utterances; ++i) {
    talk.utterances.push_back(said(piece, i % 2 == 0 ? "Dana" : "Rita").utterances[0]);
  }
  const std::clock_t begin = std::clock();
  checked(talk, names({"Dana", "a a a a a a b"}));
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

TEST_CASE("much talk takes little time, however hostile") {
  constexpr std::size_t megabyte = 1 << 20;
  CHECK(seconds("we pay sixty thousand dollars a year,", megabyte) < 5);  // alone, far below one
  CHECK(seconds("one two", 1, 100000) < 10);
  for (const char *piece : {"1 ",           "1",          "one ",     "4111 1111 1111 1111 ",
                            "012 ",         "01 2 ",      "+1 ",      "(",
                            "a@",           "a at b ",    "dot ",     "a dot ",
                            "a at a dot ",  "a ",         "[card ",   "de 12 ",
                            "oh ",          "double ",    "hundred ", "two hundred and ",
                            "uh ",          "account 1 ", "x",        "\xCC\x81",
                            "\xE7\x94\xB0", "at ",        "@ a ",     "a.",
                            "1.",           "dana "}) {
    CAPTURE(piece);
    CHECK(seconds(piece, megabyte / 8) < 2);
  }
}
