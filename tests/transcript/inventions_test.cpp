// Phrases that recognisers are known to write where nobody speaks, and what people say that is like
// them.
#include "transcript/readers/inventions.hpp"
#include "json/embedded.hpp"
#include "support/support.hpp"
#include "text/words.hpp"

#include <doctest/doctest.h>
#include "json/library.hpp"

#include <chrono>
#include <string>

namespace saleschecklist::test {
namespace {

using transcript::is_address;
using transcript::is_often_invented;
using transcript::why_invented;

constexpr const char *invented[] = {
    // English
    "Thank you for watching.", "Thanks for watching!", "THANK YOU FOR WATCHING",
    "thanks for watching", "Thank you so much for watching. Bye bye.",
    "Thank you. Thank you for watching.", "Please like and subscribe.",
    "Don't forget to subscribe!", "I'll see you in the next video.",
    "Thanks for watching! Don't forget to like and subscribe.",
    "Subtitles by the Amara.org community", "Subtitles by Jane Doe", "Subtitles by SDI Media Group",
    "Closed captioning provided by the National Captioning Institute",
    "Transcription by CastingWords", "Transcribed by https://otter.ai", "Copyright 2021",
    "Amara.org", "For more information, visit www.FEMA.gov",
    // German
    "Untertitel der Amara.org-Community", "Untertitel im Auftrag des ZDF für funk, 2017",
    "Untertitelung des ZDF, 2020", "Untertitelung. BR 2018", "Untertitel von Stephanie Geiges",
    "Copyright WDR 2021", "Vielen Dank fürs Zuschauen!", "Bis zum nächsten Video. Tschüss!",
    // French
    "Sous-titrage Société Radio-Canada", "Sous-titres réalisés para la communauté d'Amara.org",
    "Sous-titrage ST' 501", "Merci d'avoir regardé cette vidéo !", "❤️ par SousTitreur.com",
    // Spanish
    "Subtítulos realizados por la comunidad de Amara.org", "¡Gracias por ver el video!",
    "¡Suscríbete al canal!", "Más información www.alimmenta.com", "Nos vemos en el próximo video.",
    // Italian
    "Sottotitoli creati dalla comunità Amara.org", "Sottotitoli e revisione a cura di QTSS",
    "Grazie per aver guardato il video!", "Iscrivetevi al canale.",
    // Portuguese
    "Legendas pela comunidade Amara.org", "Legenda Adriana Zanotto", "Obrigado por assistir!",
    "Inscreva-se no canal.", "Até o próximo vídeo! Tchau!",
    // Dutch
    "Ondertiteld door de Amara.org gemeenschap", "TV GELDERLAND 2021", "Vergeet niet te abonneren!",
    "Ondertitels ingediend door de Amara.org gemeenschap",
    // Polish
    "Napisy stworzone przez społeczność Amara.org", "Dziękuję za oglądanie!", "Subskrybuj kanał!",
    "Do zobaczenia w następnym odcinku.",
    // Russian and Ukrainian
    "Субтитры сделал DimaTorzok", "Субтитры создавал DimaTorzok", "Продолжение следует...",
    "Редактор субтитров А.Семкин Корректор А.Егорова", "Спасибо за просмотр!",
    "Подписывайтесь на канал!", "Дякую за перегляд!", "Субтитрувальниця Олена Кравець",
    "Підписуйтесь на канал!",
    // Turkish
    "Altyazı M.K.", "İzlediğiniz için teşekkür ederim.", "Abone olmayı unutmayın!",
    // Japanese
    "ご視聴ありがとうございました", "ご視聴ありがとうございました。",
    "最後までご視聴いただきありがとうございました。", "チャンネル登録をお願いいたします",
    "チャンネル登録、高評価よろしくお願いします!", "次回の動画でお会いしましょう。",
    // Korean
    "시청해 주셔서 감사합니다.", "MBC 뉴스 이덕영입니다.", "구독과 좋아요 부탁드립니다!",
    "다음 영상에서 만나요!",
    // Chinese
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", "字幕由Amara.org社区提供", "字幕志愿者 杨茜茜",
    "谢谢观看", "多謝您的觀看", "感谢观看,下期再见!",
    "优优独播剧场——YoYo Television Series Exclusive", "字幕by索兰娅",
    // Arabic
    "ترجمة نانسي قنقر", "اشتركوا في القناة", "شكرا على المشاهدة", "شكراً للمشاهدة.",
    // Swedish and Czech
    "Undertexter från Amara.org-gemenskapen", "Textning Stina Hedin www.btistudios.com",
    "Glöm inte att prenumerera!", "Titulky vytvořil JohnyX", "Děkuji za sledování.",
    // others
    "Danske tekster af Nicolai Winther", "Scandinavian Text Service 2018", "Υπότιτλοι AUTHORWAVE",
    "Kiitos kun katsoit!", "Terima kasih telah menonton!", "देखने के लिए धन्यवाद", "תודה על הצפייה",
    "Vă mulțumim pentru vizionare!",
    // songs
    "♪ la la la ♪", "🎵 Don't you know, don't you know 🎵"};

constexpr const char *real[] = {"Thanks for watching the demo with us today.",
                                "Thank you for watching the demo.",
                                "Thank you for watching how our dispatchers work.",
                                "We are watching the market.",
                                "Thank you.",
                                "Thank you very much.",
                                "Thanks a lot.",
                                "Bye.",
                                "Bye-bye.",
                                "See you next time.",
                                "Thank you for your time.",
                                "Thanks for listening.",
                                "You.",
                                "Okay.",
                                "Please subscribe us to the premium plan.",
                                "We subscribe to three tools like yours.",
                                "How do I subscribe?",
                                "Please subscribe.",
                                "Don't forget to subscribe your team before March.",
                                "Subtitles by Friday would be great.",
                                "Subtitles by Friday.",
                                "Subtitles by our own team.",
                                "Subtitles by default, and captions if we need them.",
                                "We need subtitles by the end of May.",
                                "Subtitles are what our customers ask for.",
                                "Captions by Zoom.",
                                "Transcribed by Gong.",
                                "Translation by Google.",
                                "It's acme.com.",
                                "acme.com",
                                "Our site is www.acme.com.",
                                "Go to www.acme.com and sign up.",
                                "You can find it at https://acme.com/pricing.",
                                "Copyright.",
                                "The copyright is ours since 2019.",
                                "2019",
                                "In 2021.",
                                "All rights are reserved for us.",
                                "The next video call is on Monday.",
                                "I'll see you in the next video call.",
                                "Vielen Dank.",
                                "Vielen Dank für Ihre Aufmerksamkeit.",
                                "Tschüss!",
                                "Vielen Dank fürs Zuschauen bei der Demo.",
                                "Untertitelung des Videos.",
                                "Untertitel im Auftrag des Kunden.",
                                "Untertitel von Kunden.",
                                "Bis zum nächsten Mal.",
                                "Merci beaucoup.",
                                "Merci d'avoir regardé.",
                                "Merci d'avoir regardé notre offre.",
                                "Sous-titrage en anglais.",
                                "Gracias.",
                                "Gracias por ver la propuesta.",
                                "Subtítulos por la tarde.",
                                "Suscríbete.",
                                "Grazie mille.",
                                "Grazie per aver guardato l'offerta.",
                                "Sottotitoli in inglese.",
                                "Obrigado.",
                                "Obrigado por assistir à demonstração.",
                                "Legenda em inglês.",
                                "Bedankt.",
                                "Bedankt voor het kijken.",
                                "Ondertiteling door ons eigen team.",
                                "TV Gelderland.",
                                "Dziękuję bardzo.",
                                "Dziękuję za uwagę.",
                                "Napisy po angielsku.",
                                "Спасибо.",
                                "Спасибо за внимание.",
                                "Субтитры на английском.",
                                "Спасибо за просмотр предложения.",
                                "Продолжение следует в четверг.",
                                "Дякую.",
                                "Субтитри англійською.",
                                "Teşekkür ederim.",
                                "Altyazı Türkçe olsun.",
                                "ありがとうございました。",
                                "ご清聴ありがとうございました。",
                                "字幕が必要です。",
                                "ご視聴の方法を教えてください。",
                                "감사합니다.",
                                "자막 제공 가능합니까?",
                                "MBC 뉴스 광고를 하고 싶습니다.",
                                "구독 부탁드립니다.",
                                "谢谢。",
                                "谢谢大家。",
                                "中文字幕怎么做?",
                                "字幕制作要多少钱?",
                                "你们提供字幕吗?",
                                "好。",
                                "شكرا.",
                                "ترجمة العقد",
                                "كم سعر الاشتراك في القناة؟",
                                "Tack så mycket.",
                                "Tack för att du tittade.",
                                "Textning på svenska.",
                                "Děkuji.",
                                "Titulky v češtině.",
                                "כתוביות בעברית",
                                "",
                                "...",
                                "-"};

}  // namespace

TEST_CASE("what recognisers are known to invent is suspect as a whole segment") {
  for (const std::string text : invented) {
    CAPTURE(text);
    CHECK_FALSE(why_invented(text).empty());
    // With what a person says before or after it, it is evidence.
    const std::string sentence = "We sign the contract in March. " + text;
    CHECK(why_invented(sentence).empty());
  }
}

TEST_CASE("an address is invented as a whole segment that begins as one") {
  for (const std::string text :
       {"www.mooji.org", "www.zeoranger.co.uk.", "https://www.example.org/watch?v=1", "WWW.UN.ORG",
        "(www.hradeckesluzby.cz)", "http://a.b", "\"www.fema.gov\""}) {
    CAPTURE(text);
    CHECK(is_address(text));
    CHECK_FALSE(is_address("Go to " + text));
    CHECK_FALSE(is_address(text + " is ours."));
  }
  for (const std::string text :
       {"acme.com", "It's acme.com.", "awww.", "dana@www.acme.com", "", "www acme com"}) {
    CAPTURE(text);
    CHECK_FALSE(is_address(text));
  }
}

TEST_CASE("what people say that is like it is sound") {
  for (const std::string text : real) {
    CAPTURE(text);
    CHECK(why_invented(text).empty());
    CHECK_FALSE(is_address(text));
  }
}

TEST_CASE("thanks and good-byes are often invented and often said") {
  for (const std::string text : {"Thank you.",
                                 "THANK YOU",
                                 "Thank you. Bye.",
                                 "Bye-bye!",
                                 "you",
                                 "Vielen Dank.",
                                 "Merci.",
                                 "¡Muchas gracias!",
                                 "Grazie.",
                                 "Obrigado.",
                                 "Dank u wel.",
                                 "Dziękuję.",
                                 "Спасибо.",
                                 "Дякую.",
                                 "Teşekkürler.",
                                 "ありがとうございました。",
                                 "감사합니다.",
                                 "谢谢大家。",
                                 "شكرا",
                                 "Tack.",
                                 "Děkuji.",
                                 "Transcribed by Gong."}) {
    CAPTURE(text);
    CHECK(is_often_invented(text));
    CHECK(why_invented(text).empty());
  }
  for (const std::string text : {"Thank you, Carl.", "Thanks, we will sign.", "Yes.", "No.",
                                 "Okay.", "Ja.", "", "Thanks for watching!", "Bye the contract."}) {
    CAPTURE(text);
    CHECK_FALSE(is_often_invented(text));
  }
}

TEST_CASE("every phrase of the list is found in itself, whatever its case and punctuation") {
  const auto list = nlohmann::json::parse(json::embedded_text("models/inventions.json"));
  for (const char *kind : {"always", "often"}) {
    for (const auto &[language, phrases] : list.at(kind).items()) {
      CHECK(phrases.size() >= 2);
      for (const auto &phrase : phrases) {
        std::string text;
        for (const char c : phrase.get<std::string>()) {
          text += c == '*' ? "Jane" : c == '#' ? "2020" : std::string(1, c);
        }
        CAPTURE(text);
        REQUIRE_FALSE(text::split_words(text).words.empty());
        CHECK(why_invented("\"" + text + "!\"").empty() != (std::string(kind) == "always"));
        CHECK(is_often_invented(" - " + text + " ...") == (std::string(kind) == "often"));
      }
    }
  }
  for (const char *language : {"en", "de", "es", "fr", "it", "pt", "nl", "pl", "ru", "uk", "tr",
                               "ja", "ko", "zh", "ar", "sv", "cs"}) {
    CAPTURE(language);
    CHECK(list.at("always").contains(language));
    CHECK(list.at("often").contains(language));
  }
}

TEST_CASE("long and odd texts are no inventions, and are seen quickly") {
  std::string names = "Subtitles by";
  for (int i = 0; i < 80; ++i) names += " Jane";
  std::string loops;
  for (int i = 0; i < 20'000; ++i) loops += "Thank you. ";
  const auto begin = std::chrono::steady_clock::now();
  CHECK(why_invented(names).empty());
  CHECK(why_invented(loops).empty());
  CHECK_FALSE(is_often_invented(loops));
  CHECK_FALSE(is_address("www." + std::string(1'000'000, 'w')));
  CHECK_FALSE(is_address("www.a.com www.b.com"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("in files of every format a known invention is suspect and what surrounds it is not") {
  const auto suspects_in = [](const std::string &file) {
    std::string out;
    const Transcript read = read_transcript(file).value();
    for (const Utterance &u : read.utterances) out += u.suspect.empty() ? '.' : 'x';
    return out;
  };
  CHECK(suspects_in("WEBVTT\n\n00:01.000 --> 00:03.000\nWe sign in March.\n\n"
                    "00:03.000 --> 00:05.000\nSubtitles by the Amara.org community\n\n"
                    "00:05.000 --> 00:07.000\nWho else signs?\n") == ".x.");
  CHECK(suspects_in("1\n00:00:01,000 --> 00:00:03,000\nWir unterschreiben im März.\n\n"
                    "2\n00:00:03,000 --> 00:00:05,000\nUntertitelung des ZDF, 2020\n") == ".x");
  CHECK(suspects_in("Ann: What is the budget?\nCarl: Forty thousand.\nAnn: Thanks for watching!\n"
                    "Carl: Thank you.\n") == "..x.");
  CHECK(suspects_in(R"([{"speaker": "Ann", "text": "What is the budget?", "start": 1, "end": 2},
    {"speaker": "Carl", "text": "Amara.org", "start": 3, "end": 4}])") == ".x");
  // An address is a message in what people write.
  CHECK(suspects_in("WEBVTT\n\n00:01.000 --> 00:03.000\nWe sign in March.\n\n"
                    "00:03.000 --> 00:05.000\nwww.mooji.org\n") == ".x");
  CHECK(suspects_in("10:03:05 From Ann to Everyone: What is your site?\n"
                    "10:03:09 From Carl to Everyone: https://www.acme.com/prices\n") == "..");
}

TEST_CASE("thanks are suspect where Whisper hears no speech, or again and again in long pauses") {
  const auto whisper = [](const std::string &text, double no_speech) {
    const nlohmann::json document = {{"language", "en"},
                                     {"text", text},
                                     {"segments",
                                      {{{"start", 0},
                                        {"end", 2},
                                        {"text", text},
                                        {"avg_logprob", -0.2},
                                        {"no_speech_prob", no_speech},
                                        {"compression_ratio", 1.0}}}}};
    return read_transcript(document.dump()).value().utterances.at(0).suspect;
  };
  CHECK(whisper("Thank you.", 0.2).empty());
  CHECK_FALSE(whisper("Thank you.", 0.8).empty());
  CHECK(whisper("Thank you, forty thousand is fine.", 0.8).empty());

  const auto cues = [](const std::vector<std::pair<int, const char *>> &said) {
    std::string file = "WEBVTT\n\n", out;
    for (const auto &[second, text] : said) {
      file += "00:" + std::to_string(second) + ".000 --> 00:" + std::to_string(second + 1) +
              ".000\n" + text + "\n\n";
    }
    const Transcript read = read_transcript(file).value();
    for (const Utterance &u : read.utterances) out += u.suspect.empty() ? '.' : 'x';
    return out;
  };
  CHECK(cues({{10, "Thank you."}, {20, "Thank you."}, {30, "Thank you."}, {40, "thank you"}}) ==
        ".xxx");
  CHECK(cues({{10, "Bye."}, {11, "Bye."}, {12, "Bye."}, {13, "Bye."}}) == "....");
  CHECK(cues({{10, "Thank you."}, {20, "Thank you."}, {30, "And the price?"}}) == "...");
  CHECK(cues({{10, "Thank you."},
              {20, "Go on."},
              {30, "Thank you."},
              {40, "Yes."},
              {50, "Thank you."}}) == ".....");
  CHECK(cues({{10, "Go on."}, {20, "Go on."}, {30, "Go on."}, {40, "Go on."}}) == "....");
}

}  // namespace saleschecklist::test
