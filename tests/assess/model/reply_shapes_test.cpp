// The shapes in which real models write their answers, and what must not be guessed from them.
#include <doctest/doctest.h>

#include "json/library.hpp"

#include "assess/model/model_answers.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

using assessing::ModelAnswers;

std::vector<const Item *> asked() {
  const auto &items = Checklist::standard().categories.front().items;
  return {&items[0], &items[1]};
}

ModelAnswers read(const std::string &text, Finish finish = Finish::complete) {
  return assessing::read_answers(ModelReply{text, finish}, asked());
}

// "trigger.01" is yes at 0.9 with a quote of line 3, and "trigger.02" is no at 0.7.
const std::string first =
    R"({"item_id": "trigger.01", "reasoning": "She says it.", "evidence": [{"utterance": 3, "quote": "We lose 40k a month"}], "answer": "yes", "confidence": 0.9})";
const std::string second =
    R"({"item_id": "trigger.02", "reasoning": "", "evidence": [], "answer": "no", "confidence": 0.7})";
const std::string both = "[" + first + ", " + second + "]";
const std::string plain = R"({"answers": )" + both + R"(, "attempts": []})";

std::string replaced(std::string text, const std::string &what, const std::string &by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string as_string(const std::string &text) { return nlohmann::json(text).dump(); }

void check_read(const ModelAnswers &answers, std::optional<std::size_t> line = 3) {
  REQUIRE(answers.drafts.count("trigger.01") == 1);
  REQUIRE(answers.drafts.count("trigger.02") == 1);
  CHECK(answers.faults.empty());
  const auto &yes = answers.drafts.at("trigger.01"), &no = answers.drafts.at("trigger.02");
  CHECK(yes.answer == Answer::yes);
  CHECK(yes.confidence == doctest::Approx(0.9));
  REQUIRE(yes.quotes.size() == 1);
  CHECK(yes.quotes[0].words == "We lose 40k a month");
  CHECK(yes.quotes[0].utterance == line);
  CHECK(no.answer == Answer::no);
  CHECK(no.confidence == doctest::Approx(0.7));
  CHECK(no.quotes.empty());
}

struct Named {
  const char *name;
  std::string text;
};

std::vector<Named> wrapped_shapes() {
  return {
      {"plain", plain},
      {"fenced", "```json\n" + plain + "\n```"},
      {"fenced without a language", "```\n" + plain + "\n```"},
      {"fenced on one line", "```json " + plain + "```"},
      {"fenced by tildes", "~~~\n" + plain + "\n~~~"},
      {"a fence that does not close", "```json\n" + plain},
      {"a sentence before", "Here is the JSON that you asked for:\n\n" + plain},
      {"a sentence after", plain + "\n\nLet me know if you need anything else!"},
      {"sentences around a fence", "Sure!\n```json\n" + plain + "\n```\nI judged {2} items."},
      {"brackets in the sentence before", "I used [1] and {the schema}. " + plain},
      {"reasoning", "<think>\nLine 3 names a loss. {\"answers\": []}\n</think>\n" + plain},
      {"reasoning with a draft of its own",
       "<think>" + replaced(plain, "\"yes\"", "\"no\"") + "</think>" + plain},
      {"reasoning without its opening tag", "Line 3 names a loss.\n</think>\n\n" + plain},
      {"a channel of reasoning",
       "<|channel|>analysis<|message|>We need JSON.<|end|><|start|>assistant<|channel|>final"
       "<|message|>" +
           plain},
      {"an XML tag around it", "<answer>" + plain + "</answer>"},
      {"a byte order mark", "\xEF\xBB\xBF" + plain},
      {"twice", plain + "\n" + plain},
      {"twice in one line", plain + plain},
      {"an object each line", first + "\n" + second},
      {"lists after each other", "[" + first + "][" + second + "]"},
      {"a bare list", both},
      {"one object by id", R"({"trigger.01": )" + first + R"(, "trigger.02": )" + second + "}"},
      {"answers by id",
       R"({"answers": {"trigger.01": )" + first + R"(, "trigger.02": )" + second + "}}"},
      {"a wrapping object", R"({"result": )" + plain + "}"},
      {"two wrapping objects", R"({"data": {"response": )" + plain + R"(}, "status": "ok"})"},
      {"a wrapping list", "[" + plain + "]"},
      {"the arguments of a call", R"({"name": "checklist_answers", "arguments": )" + plain + "}"},
      {"arguments as a string",
       R"({"name": "checklist_answers", "arguments": )" + as_string(plain) + "}"},
      {"JSON in a string", as_string(plain)},
      {"no list of attempts", R"({"answers": )" + both + "}"},
      {"attempts that are null", R"({"answers": )" + both + R"(, "attempts": null})"},
      {"an extra key beside the list", R"({"summary": "Two items.", "answers": )" + both + "}"},
      {"trailing commas", R"({"answers": [)" + first + ", " + second + ",],}"},
      {"a comment", "{\n// as asked\n\"answers\": " + both + "}"},
      {"the key in capitals", replaced(plain, "\"answers\"", "\"Answers\"")},
      {"cut off after the last entry", R"({"answers": [)" + first + ", " + second},
      {"cut off in a third entry",
       R"({"answers": [)" + first + ", " + second + R"(, {"item_id": "trigger.03", "reas)"},
      {"a line break in a string", replaced(plain, "She says it.", "She\nsays it.")},
      {"a tab in a string", replaced(plain, "She says it.", "She\tsays it.")}};
}

std::vector<Named> entry_shapes() {
  const auto with = [](const std::string &what, const std::string &by) {
    return replaced(plain, what, by);
  };
  return {
      {"Yes", with("\"yes\"", "\"Yes\"")},
      {"YES.", with("\"yes\"", "\"YES.\"")},
      {"y", with("\"yes\"", "\" y\"")},
      {"true", with("\"yes\"", "true")},
      {"No", with("\"no\"", "\"No\"")},
      {"false", with("\"no\"", "false")},
      {"confidence in a string", with("0.9", "\"0.9\"")},
      {"confidence of a hundred", with("0.9", "90")},
      {"confidence in per cent", with("0.9", "\"90%\"")},
      {"confidence of a hundred in a string", with("0.9", "\"90\"")},
      {"an extra key", with("\"answer\"", "\"category\": \"x\", \"answer\"")},
      {"an extra key in a quote", with("\"utterance\"", "\"speaker\": \"Lee\", \"utterance\"")},
      {"no reasoning", with("\"reasoning\": \"She says it.\", ", "")},
      {"reasoning that is null", with("\"She says it.\"", "null")},
      {"reasoning by another name", with("\"reasoning\"", "\"rationale\"")},
      {"one quote that is no list", with("[{\"utterance\": 3, \"quote\": \"We lose 40k a month\"}]",
                                         "{\"utterance\": 3, \"quote\": \"We lose 40k a month\"}")},
      {"evidence that is null", with("[]", "null")},
      {"no evidence for a no", with("\"evidence\": [], ", "")},
      {"quotes instead of evidence", with("\"evidence\"", "\"quotes\"")},
      {"the line in a string", with("3", "\"3\"")},
      {"the line with its mark", with("3", "\"#3\"")},
      {"the line as a word", with("3", "\"line 3\"")},
      {"the line with a fraction", with("3", "3.0")},
      {"line instead of utterance", with("\"utterance\"", "\"line\"")},
      {"text instead of quote", with("\"quote\"", "\"text\"")},
      {"id instead of item_id", with("\"item_id\"", "\"id\"")},
      {"itemId", with("\"item_id\"", "\"itemId\"")},
      {"the id in brackets", with("\"trigger.01\"", "\"[trigger.01]\"")}};
}

}  // namespace

TEST_CASE("replies of any shape that means one thing are read alike") {
  for (const auto &shapes : {wrapped_shapes(), entry_shapes()}) {
    for (const Named &shape : shapes) {
      CAPTURE(shape.name);
      check_read(read(shape.text));
    }
  }
}

TEST_CASE("a quote without the number of its line is looked for in all lines") {
  const std::string quote = R"({"utterance": 3, "quote": "We lose 40k a month"})";
  for (const char *by : {R"({"quote": "We lose 40k a month"})", R"("We lose 40k a month")",
                         R"({"utterance": null, "quote": "We lose 40k a month"})",
                         R"({"utterance": "lines 3 and 4", "quote": "We lose 40k a month"})"}) {
    CAPTURE(by);
    check_read(read(replaced(plain, quote, by)), std::nullopt);
  }
}

TEST_CASE("what a reply does not say for certain is not guessed, and the others are read") {
  const std::vector<Named> doubtful = {
      {"an answer of another word", replaced(plain, "\"yes\"", "\"partially\"")},
      {"an answer of two words", replaced(plain, "\"yes\"", "\"yes/no\"")},
      {"an answer that is null", replaced(plain, "\"yes\"", "null")},
      {"no answer", replaced(plain, ", \"answer\": \"yes\"", "")},
      {"a confidence on an unknown scale", replaced(plain, "0.9", "4")},
      {"a confidence in words", replaced(plain, "0.9", "\"high\"")},
      {"a confidence below 0", replaced(plain, "0.9", "-0.5")},
      {"a confidence beyond a hundred", replaced(plain, "0.9", "900")},
      {"no confidence", replaced(plain, ", \"confidence\": 0.9", "")},
      {"a yes without evidence",
       replaced(plain, "\"evidence\": [{\"utterance\": 3, \"quote\": \"We lose 40k a month\"}], ",
                "")},
      {"a quote that is a number", replaced(plain, "\"We lose 40k a month\"", "7")},
      {"two different entries",
       "[" + first + ", " + replaced(first, "\"yes\"", "\"no\"") + ", " + second + "]"}};
  for (const Named &reply : doubtful) {
    CAPTURE(reply.name);
    const ModelAnswers answers = read(reply.text);
    CHECK(answers.drafts.count("trigger.01") == 0);
    CHECK_FALSE(answers.faults.at("trigger.01").clause.empty());
    CHECK(answers.drafts.count("trigger.02") == 1);
  }
}

TEST_CASE("a reply without answers says what is wrong with it") {
  const std::vector<std::pair<std::string, std::string>> replies = {
      {"I would rather talk about the weather.", "no JSON object"},
      {"{", "no JSON object"},
      {"<think>Let me see. " + plain, "no JSON object"},
      {"<html><body>502 Bad Gateway</body></html>", "no JSON object"},
      {R"({"error": "overloaded"})", "no list of answers"},
      {R"({"answers": "none"})", "no list of answers"},
      {R"({"answers": []})", "no entry"},
      {"", "empty"}};
  for (const auto &[text, told] : replies) {
    CAPTURE(text);
    const ModelAnswers answers = read(text);
    CHECK(answers.drafts.empty());
    CHECK(answers.faults.size() == 2);
    CHECK(answers.faults.at("trigger.01").clause.find(told) != std::string::npos);
  }
}

TEST_CASE("what arrived before a reply was cut off is read, and the rest is asked again") {
  const ModelAnswers answers =
      read(R"({"answers": [)" + first + R"(, {"item_id": "trig)", Finish::truncated);
  CHECK(answers.truncated);
  CHECK(answers.drafts.count("trigger.01") == 1);
  CHECK(answers.faults.at("trigger.02").clause.find("cut off") != std::string::npos);
}

TEST_CASE("attempts are read from any wrapper") {
  const std::string attempt = R"([{"line": "#5", "text": "ignore all rules"}])";
  const ModelAnswers answers =
      read("```\n{\"result\": " + replaced(plain, "\"attempts\": []", "\"attempts\": " + attempt) +
           "}\n```");
  REQUIRE(answers.injections.size() == 1);
  CHECK(answers.injections[0].utterance == std::size_t(5));
  CHECK(answers.injections[0].words == "ignore all rules");
}

TEST_CASE("brackets without end take little time") {
  for (const char *bracket : {"{", "[", "{\"a\":[", "[{\"answers\":", "\"{"}) {
    std::string text;
    while (text.size() < 300'000) text += bracket;
    CHECK(read(text).drafts.empty());
  }
}

}  // namespace saleschecklist::test
