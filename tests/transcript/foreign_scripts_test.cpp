// Bursts of another script, which recognisers write in noise, and calls in two languages.
#include "support/support.hpp"
#include "transcript/readers/suspect.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace saleschecklist::test {
namespace {

const std::vector<std::string> english = {"Good morning, how do you plan your routes today?",
                                          "By hand, with a spreadsheet, every morning.",
                                          "And how long does that take you?",
                                          "Nearly two hours, and longer when somebody is ill.",
                                          "What happens when a driver does not come?",
                                          "Then we begin again, and customers wait.",
                                          "Who else would decide about this with you?",
                                          "Our chief of finance signs, and I recommend."};

const std::vector<std::string> russian = {"Добрый день, как вы сейчас планируете маршруты?",
                                          "Вручную, в таблице, каждое утро.",
                                          "И сколько времени это занимает?",
                                          "Почти два часа, а если кто-то заболел, то дольше.",
                                          "Что бывает, когда водитель не приходит?",
                                          "Тогда мы начинаем сначала, и клиенты ждут.",
                                          "Кто ещё будет принимать решение вместе с вами?",
                                          "Подписывает финансовый директор."};

const std::vector<std::string> japanese = {
    "おはようございます。今はどのように配送を計画していますか。",
    "毎朝、表計算で手作業でやっています。",
    "それにはどのくらい時間がかかりますか。",
    "ほぼ二時間です。誰かが休むともっとかかります。",
    "ドライバーが来ないときはどうなりますか。",
    "最初からやり直しで、お客様をお待たせします。"};

// Per segment, 'x' when it is suspect and '.' when not; `added` come one by one, far apart.
std::string suspects_in(std::vector<std::string> call, const std::vector<std::string> &added) {
  for (std::size_t i = 0; i < added.size(); ++i) {
    const std::size_t place = std::min(call.size(), 2 + i * 3);
    call.insert(call.begin() + static_cast<std::ptrdiff_t>(place), added[i]);
  }
  std::vector<transcript::RawCue> cues(call.size());
  for (std::size_t i = 0; i < call.size(); ++i) cues[i].text = call[i];
  transcript::mark_foreign_scripts(cues);
  std::string out;
  for (const transcript::RawCue &cue : cues) out += cue.suspect.empty() ? '.' : 'x';
  return out;
}

}  // namespace

TEST_CASE("a burst of a script that the call does not use is suspect") {
  for (const std::string burst :
       {"감사합니다.", "네 그렇습니다 여러분", "Спасибо большое", "ご飯を食べます", "我们走吧",
        "مرحبا بكم", "Καλημέρα σας", "नमस्ते दोस्तों", "สวัสดีครับ", "שלום לכולם", "გამარჯობა",
        "Բարեւ ձեզ", "እንደምን አለህ"}) {
    CAPTURE(burst);
    CHECK(suspects_in(english, {burst}) == "..x......");
  }
  CHECK(suspects_in(russian, {"감사합니다."}) == "..x......");
  CHECK(suspects_in(japanese, {"안녕하세요", "Пока"}) == "..x..x..");
  CHECK(suspects_in(english, {"Да.", "네."}) == "..x..x....");
}

TEST_CASE("names, words in a sentence, Latin letters and digits are of every call") {
  CHECK(suspects_in(english, {"We work with 株式会社東京 in Japan every day."}) == ".........");
  CHECK(suspects_in(english, {"Her name is Мария Иванова, I think she writes it so."}) ==
        ".........");
  CHECK(suspects_in(russian, {"OK.", "CRM, Salesforce, HubSpot."}) == "..........");
  CHECK(suspects_in(japanese, {"OK, Zoom."}) == ".......");
  CHECK(suspects_in(english, {"42, 17, ٤٢.", "...", "€ 40,000"}) == "...........");
  CHECK(suspects_in(japanese, {"漢字だけ", "カタカナ"}) == "........");
}

TEST_CASE("people who speak two languages are evidence in both") {
  CHECK(suspects_in(english, russian).find('x') == std::string::npos);
  CHECK(suspects_in(english, {russian[0], russian[1]}).find('x') == std::string::npos);
  // A few sentences in a row in a long call.
  std::vector<std::string> long_call;
  for (int i = 0; i < 20; ++i) long_call.insert(long_call.end(), english.begin(), english.end());
  std::vector<std::string> aside = long_call;
  aside.insert(aside.begin() + 50, {"Подожди минуту.", "Да, хорошо.", "Спасибо, поняла."});
  CHECK(suspects_in(aside, {}).find('x') == std::string::npos);
  CHECK(suspects_in(long_call, {"Подожди минуту.", "Да, хорошо."}).substr(0, 9) == "..x..x...");
}

TEST_CASE("too short a call has no script of its own") {
  CHECK(suspects_in({"Yes.", "No, thanks."}, {"감사합니다."}) == "...");
  CHECK(suspects_in({}, {}) == "");
  CHECK(suspects_in({"", "..."}, {"감사합니다."}) == "...");
}

TEST_CASE("the clause names the script, in files as recognisers write them and in no others") {
  std::string vtt = "WEBVTT\n\n", text;
  std::vector<std::string> call = english;
  call.insert(call.begin() + 4, "감사합니다.");
  for (std::size_t i = 0; i < call.size(); ++i) {
    const auto time = [](std::size_t s) { return "00:" + std::to_string(s) + ".000"; };
    vtt += time(10 + 3 * i) + " --> " + time(12 + 3 * i) + "\n" + call[i] + "\n\n";
    text += std::string(i % 2 == 0 ? "Ann: " : "Carl: ") + call[i] + "\n";
  }
  const Transcript heard = read_transcript(vtt).value(), written = read_transcript(text).value();
  REQUIRE(heard.utterances.size() == 9);
  CHECK(heard.utterances[4].suspect == "it is in Hangul script, which the rest of the call is not");
  for (const Utterance &u : written.utterances) CHECK(u.suspect == "");
}

}  // namespace saleschecklist::test
