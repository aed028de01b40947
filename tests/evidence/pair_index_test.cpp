// Which stretches of a transcript are tried for a quote that differs from it.
#include <doctest/doctest.h>

#include "evidence/pair_index.hpp"

#include "support/support.hpp"

using namespace saleschecklist;
using evidence::PairIndex;
using evidence::TokenWindow;

namespace {

Transcript transcript_of(const std::vector<std::string> &texts) {
  Transcript out;
  for (const std::string &text : texts) {
    out.utterances.emplace_back();
    out.utterances.back().text = text;
  }
  return out;
}

std::vector<TokenWindow> windows(const Transcript &transcript, const std::string &quote) {
  PairIndex index(transcript);
  return index.windows_like(index.tokens_of(quote));
}

std::vector<std::size_t> utterances_of(const std::vector<TokenWindow> &windows) {
  std::vector<std::size_t> out;
  for (const TokenWindow &window : windows) out.push_back(window.utterance);
  return out;
}

// That many words of which none is twice in the transcript: "first0 first1".
std::string fresh_words(const std::string &stem, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    out += stem;
    for (int n = i; n > 0; n /= 26) out += static_cast<char>('a' + n % 26);
    out += "x ";
  }
  return out;
}

using Places = std::vector<std::size_t>;

}  // namespace

TEST_CASE("utterances that share a pair of words with the quote are tried, others are not") {
  const Transcript call =
      transcript_of({"boats sink slowly", "reports arrive late", "arrive reports", "reports"});
  CHECK(utterances_of(windows(call, "the reports arrive")) == Places{1});
  CHECK(windows(call, "late reports sink").empty());
  CHECK(windows(call, "reports").empty());
}

TEST_CASE("the window that shares more pairs and rarer ones comes first") {
  const Transcript call = transcript_of({"the copper kettle", "we the copper", "the copper pan",
                                         "a silver spoon", "the copper kettle boils"});
  // "copper kettle" stands twice, "the copper" four times, "kettle boils" once.
  CHECK(utterances_of(windows(call, "the copper kettle boils")) == Places{4, 0, 1, 2});
  const auto found = windows(call, "the copper kettle boils");
  CHECK(found[0].likeness == doctest::Approx(1 + 0.5 + 0.25));
  CHECK(found[1].likeness == doctest::Approx(0.5 + 0.25));
  CHECK(found[2].likeness == doctest::Approx(0.25));
}

TEST_CASE("a pair counts once for a window, however often it stands there") {
  const Transcript call = transcript_of({"copper pan copper pan copper pan", "steel pot"});
  CHECK(windows(call, "copper pan").at(0).likeness == doctest::Approx(1.0 / 3));
}

TEST_CASE("suspect words are tried last, however like they are") {
  Transcript call = transcript_of({"the copper kettle boils", "the copper", "the copper pan"});
  call.utterances[0].suspect = "nobody speaks there";
  CHECK(utterances_of(windows(call, "the copper kettle boils")) == Places{1, 2, 0});
}

TEST_CASE("at most eight windows are tried") {
  for (const std::size_t count : {7U, 8U, 9U, 20U}) {
    const Transcript call = transcript_of(std::vector<std::string>(count, "the copper kettle"));
    CHECK(windows(call, "copper kettle").size() == std::min<std::size_t>(count, 8));
  }
  std::vector<std::string> texts(9, "the copper pan");
  texts.emplace_back("the copper kettle");
  CHECK(utterances_of(windows(transcript_of(texts), "the copper kettle")).front() == 9);
}

TEST_CASE("a short utterance is tried as a whole and a long one around the words") {
  const auto only = [](int words) {
    const Transcript call = transcript_of({fresh_words("a", words - 2) + "copper kettle"});
    return windows(call, "copper kettle").at(0);
  };
  CHECK(only(100).from == 0);
  CHECK(only(100).to == 100);
  CHECK(only(101).from > 0);
  CHECK(only(101).to == 101);
}

TEST_CASE("a quote anywhere in a long utterance lies whole in a window") {
  const std::string quote = "copper kettle boils quickly";
  for (int before = 0; before <= 200; before += 5) {
    const Transcript call =
        transcript_of({fresh_words("a", before) + quote + " " + fresh_words("b", 200 - before)});
    const auto begin = static_cast<std::size_t>(before);
    const auto found = windows(call, quote);
    CHECK(std::any_of(found.begin(), found.end(), [&](const TokenWindow &w) {
      return w.from <= begin && begin + 4 <= w.to && w.to <= 204;
    }));
    for (const TokenWindow &w : found) CHECK(w.to - w.from <= 4 * 4 + 8);
  }
}

TEST_CASE("two places of a long utterance are two windows in the order of their likeness") {
  const Transcript call =
      transcript_of({fresh_words("a", 60) + "copper kettle " + fresh_words("b", 60) +
                     "copper kettle boils " + fresh_words("c", 60)});
  const auto found = windows(call, "copper kettle boils");
  REQUIRE(found.size() == 2);
  CHECK(found[0].from > found[1].to);
  CHECK(found[0].likeness > found[1].likeness);
  const Transcript twice =
      transcript_of({fresh_words("a", 60) + "copper kettle " + fresh_words("b", 60) +
                     "copper kettle " + fresh_words("c", 60)});
  const auto equal = windows(twice, "copper kettle");
  REQUIRE(equal.size() == 2);
  CHECK(equal[0].to < equal[1].from);
}

TEST_CASE("a word that is also said in lower case, or only in suspect words, is no name") {
  using evidence::WordKind;
  Transcript call = transcript_of({"we met Will and Marta", "he will come", "then Brenda left"});
  call.utterances[2].suspect = "nobody speaks there";
  call.utterances[0].speaker = "Carl";
  PairIndex index(call);
  const auto kind = [&](const std::string &word) { return index.tokens_of(word).at(0).kind; };
  CHECK(kind("marta") == WordKind::name);
  CHECK(kind("carl") == WordKind::name);
  CHECK(kind("will") == WordKind::other);
  CHECK(kind("brenda") == WordKind::other);
  CHECK(index.vocabulary().count("marta") == 1);
  CHECK(index.vocabulary().count("zebra") == 0);
  CHECK(index.vocabulary().size() == 10);
}
