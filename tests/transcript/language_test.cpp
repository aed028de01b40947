// The language of a transcript: stated, detected, or not known.
#include <doctest/doctest.h>

#include "json/library.hpp"

#include "support/support.hpp"
#include "text/language.hpp"

namespace saleschecklist::test {
namespace {

using Json = nlohmann::json;

struct Speech {
  const char *language;
  const char *text;
};

// Openings of calls, each of a dozen words or fewer.
constexpr Speech openings[] = {
    {"en", "Hi Dana, thanks for the time. How do you plan your tours?"},
    {"de", "Guten Tag, wie planen Sie Ihre Touren denn im Moment?"},
    {"fr", "Bonjour, comment gérez-vous vos commandes en ce moment ?"},
    {"es", "Buenos días, ¿cómo gestionan ustedes los pedidos hoy en día?"},
    {"it", "Buongiorno, come gestite gli ordini oggi? Usiamo un foglio di calcolo."},
    {"pt", "Bom dia, como é que vocês fazem isso hoje?"},
    {"nl", "Goedemorgen, hoe plannen jullie de ritten nu eigenlijk?"},
    {"pl", "Dzień dobry, jak teraz planujecie państwo trasy?"},
    {"sv", "Hej, hur jobbar ni med era beställningar idag?"},
    {"da", "Goddag, hvordan planlægger I jeres ruter lige nu?"},
    {"cs", "Dobrý den, jak teď plánujete své trasy?"},
    {"hu", "Jó napot, hogyan tervezik most az útvonalaikat?"},
    {"tr", "Merhaba, siparişlerinizi şu anda nasıl yönetiyorsunuz?"},
    {"ru", "Добрый день, как вы сейчас планируете маршруты?"},
    {"ja", "こんにちは、今はどのように配送を計画していますか。"},
    {"ko", "안녕하세요, 지금은 배송을 어떻게 계획하시나요?"},
    {"zh", "您好，你们现在怎么安排送货路线？"},
    {"hi", "नमस्ते, आप अभी ऑर्डर कैसे संभालते हैं?"}};

std::string whisper(const std::string &language, const std::string &text) {
  return Json{{"task", "transcribe"},
              {"language", language},
              {"duration", 60},
              {"text", text},
              {"segments", {{{"id", 0}, {"start", 0}, {"end", 60}, {"text", text}}}}}
      .dump();
}

constexpr const char *much_german =
    "Guten Tag Frau Brandt, schön, dass Sie sich heute die Zeit nehmen. Wie planen Sie Ihre "
    "Touren denn im Moment? Noch mit einer Tabelle, und das dauert jeden Morgen fast zwei Stunden. "
    "Und was passiert, wenn ein Fahrer ausfällt? Dann fangen wir von vorne an, und letzte Woche "
    "haben wir deshalb einen Kunden verloren.";

}  // namespace

TEST_CASE("the language of an opening sentence is detected") {
  for (const Speech &opening : openings) {
    CAPTURE(opening.text);
    const auto call = read_transcript("Ann: " + std::string(opening.text) + "\n").value();
    CHECK(call.language == opening.language);
    CHECK(call.warnings.empty());
    CHECK(detect_language(call) == opening.language);
  }
}

TEST_CASE("the language of too few or of no clear words is empty") {
  for (const char *text : {"Yes. Okay.", "Hm.", "1, 2, 3, 4, 5, 6.", "Acme GmbH, ROI, KPI, CRM."}) {
    CAPTURE(text);
    CHECK(read_transcript("Ann: " + std::string(text) + "\n").value().language.empty());
  }
}

TEST_CASE("a language that the file states stays as the file names it") {
  for (const char *stated : {"german", "de", "de-AT", "deu"}) {
    const auto call = read_transcript(whisper(stated, much_german)).value();
    CHECK(call.language == stated);
    CHECK(detect_language(call) == "de");
  }
  // Too few words to contradict it.
  CHECK(read_transcript(whisper("nl", "Guten Tag, wie geht es Ihnen?")).value().language == "nl");
}

TEST_CASE("a stated language that the words contradict is replaced, and that is said") {
  const auto call = read_transcript(whisper("english", much_german)).value();
  CHECK(call.language == "de");
  REQUIRE(call.warnings.size() == 1);
  CHECK(call.warnings[0] == "the source names English as the language, and the words are German");
  // What is no language is replaced without a word.
  for (const char *stated : {"auto", "und", "multi"}) {
    const auto other = read_transcript(whisper(stated, much_german)).value();
    CHECK(other.language == "de");
    CHECK(other.warnings.empty());
  }
}

TEST_CASE("the labels of segments are not the language of the call") {
  Json call = Json::parse(whisper("english", much_german));
  Json &segment = call["segments"][0];
  for (const char *label : {"en", "de", "ko"}) {
    segment["language"] = label;
    const auto read = read_transcript(call.dump()).value();
    CHECK(read.language == "de");
    REQUIRE(read.warnings.size() == 1);
    CHECK(read.warnings[0] == "the source names English as the language, and the words are German");
    call["language"] = "de";
    CHECK(read_transcript(call.dump()).value().warnings.empty());
    call["language"] = "english";
  }
  const auto gladia = [](const char *first, const char *second) {
    return Json{{"transcription",
                 {{"languages", {"en"}},
                  {"utterances",
                   {{{"text", much_german},
                     {"start", 0},
                     {"end", 20},
                     {"channel", 0},
                     {"confidence", 0.9},
                     {"language", first}},
                    {{"text", "Yes, of course."},
                     {"start", 20},
                     {"end", 22},
                     {"channel", 1},
                     {"confidence", 0.9},
                     {"language", second}}}}}}}
        .dump();
  };
  for (const std::string &file : {gladia("en", "en"), gladia("de", "en")}) {
    const auto read = read_transcript(file).value();
    CHECK(read.language == "de");
    CHECK(read.warnings ==
          std::vector<std::string>{
              "the source names English as the language, and the words are German"});
  }
}

TEST_CASE("languages that are so alike that they are taken for each other contradict nobody") {
  const std::string danish =
      "Goddag, hvordan planlægger I jeres ruter lige nu? Det gør vi stadig i et regneark, og det "
      "tager "
      "næsten to timer hver morgen. Og hvad sker der, hvis en chauffør bliver syg? Så begynder vi "
      "forfra, "
      "og i sidste uge mistede vi derfor en kunde i Aarhus.";
  for (const char *stated : {"no", "nn", "norwegian", "da"}) {
    CAPTURE(stated);
    const auto read = read_transcript(whisper(stated, danish)).value();
    CHECK(read.language == stated);
    CHECK(read.warnings.empty());
  }
}

TEST_CASE("words that the recogniser has invented do not decide the language") {
  Transcript call = read_transcript(std::string_view("Ann: How do you plan your tours?\n")).value();
  call.language.clear();
  call.utterances.push_back({"", Role::unknown, {}, {}, much_german, {{0, {}, {}}}, "repeated"});
  CHECK(detect_language(call) == "en");
}

TEST_CASE("names of languages are understood as transcribers write them") {
  using text::language_code;
  for (const auto &[name, code] :
       {std::pair("english", "en"), std::pair("en_us", "en"), std::pair("eng", "en"),
        std::pair("EN-GB", "en"), std::pair("German", "de"), std::pair("ger", "de"),
        std::pair("pt-BR", "pt"), std::pair("chinese", "zh"), std::pair("cmn", "zh"),
        std::pair("norwegian", "no"), std::pair("he", "he"), std::pair("iw", "he"),
        std::pair("", ""), std::pair("xx", ""), std::pair("auto", "")}) {
    CHECK_MESSAGE(language_code(name) == code, name);
  }
  CHECK(text::language_name("de") == "German");
  CHECK(text::language_name("he") == "Hebrew");
  CHECK(text::language_name("xx") == "xx");
}

}  // namespace saleschecklist::test
