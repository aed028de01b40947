// The checklists that ship, and what makes one sound.
#include <doctest/doctest.h>

#include <cctype>
#include <limits>
#include <set>
#include "json/library.hpp"

#include "json/schema.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

std::vector<Item> items_of(const Checklist &checklist) {
  std::vector<Item> out;
  for (const Category &c : checklist.categories) {
    out.insert(out.end(), c.items.begin(), c.items.end());
  }
  return out;
}

std::size_t characters(const std::string &text) {
  std::size_t out = 0;
  for (const char c : text) out += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return out;
}

// The words that carry a definition's meaning, in lower case.
std::set<std::string> content_words(const std::string &text) {
  static const std::set<std::string> stopwords = {
      "a",    "an",   "and",   "any",    "are",      "as",    "at",   "be",    "because", "been",
      "but",  "by",   "can",   "do",     "does",     "for",   "from", "has",   "have",    "he",
      "her",  "his",  "how",   "i",      "if",       "in",    "is",   "it",    "its",     "more",
      "no",   "not",  "of",    "on",     "one",      "only",  "or",   "says",  "she",     "so",
      "some", "such", "than",  "that",   "the",      "their", "them", "there", "they",    "this",
      "to",   "was",  "what",  "when",   "where",    "which", "who",  "will",  "with",    "would",
      "you",  "your", "count", "counts", "customer", "rep",   "say",  "alone"};
  std::set<std::string> out;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(c));
    } else {
      if (!word.empty() && stopwords.count(word) == 0) out.insert(word);
      word.clear();
    }
  }
  return out;
}

double likeness(const std::set<std::string> &a, const std::set<std::string> &b) {
  std::size_t common = 0;
  for (const std::string &word : a) common += b.count(word);
  return double(common) / double(a.size() + b.size() - common);
}

void check_complete(const Checklist &checklist) {
  CHECK(validate(checklist).empty());
  CHECK(!checklist.name.empty());
  CHECK(!checklist.description.empty());
  int order = 0;
  for (const Category &c : checklist.categories) {
    CHECK(c.order == ++order);
    CHECK(c.default_weight == 1.0);
    CHECK(c.max_score == 10);
    CHECK(!c.name.empty());
    CHECK(!c.description.empty());
    for (const Item &item : c.items) {
      CAPTURE(item.id);
      CHECK(!item.title.empty());
      CHECK(characters(item.title) <= 60);
      CHECK(!item.definition.empty());
      CHECK(!item.key_behavior.empty());
      CHECK(!item.key_mindset.empty());
      REQUIRE(!item.coaching_question.empty());
      CHECK(item.coaching_question.back() == '?');
      CHECK(item.weight == 1.0);
      for (const std::string &text : {item.title, item.definition, item.key_behavior,
                                      item.key_mindset, item.coaching_question}) {
        CHECK(text.find_first_of("\n\t") == std::string::npos);
        CHECK(text.find("  ") == std::string::npos);
        CHECK(text.find("Part ") == std::string::npos);
        CHECK(text.find("TODO") == std::string::npos);
      }
    }
  }
}

void check_unique(const Checklist &checklist) {
  const auto items = items_of(checklist);
  std::set<std::string> ids, titles, definitions, questions, behaviors;
  for (const Item &item : items) {
    ids.insert(item.id);
    titles.insert(item.title);
    definitions.insert(item.definition);
    questions.insert(item.coaching_question);
    behaviors.insert(item.key_behavior);
  }
  CHECK(ids.size() == items.size());
  CHECK(titles.size() == items.size());
  CHECK(definitions.size() == items.size());
  CHECK(questions.size() == items.size());
  CHECK(behaviors.size() == items.size());
}

void check_no_copies(const Checklist &checklist) {
  const auto items = items_of(checklist);
  std::vector<std::set<std::string>> words;
  for (const Item &item : items) words.push_back(content_words(item.definition));
  for (std::size_t a = 0; a < items.size(); ++a) {
    for (std::size_t b = a + 1; b < items.size(); ++b) {
      const double same = likeness(words[a], words[b]);
      CHECK_MESSAGE(same < 0.5, items[a].id, " and ", items[b].id, ": ", same);
    }
  }
}

}  // namespace

TEST_CASE("the 92 are 92 in ten categories") {
  const Checklist &checklist = Checklist::standard();
  const std::pair<const char *, std::size_t> expected[] = {{"Trigger Event & Impact", 10},
                                                           {"Trigger Priority", 8},
                                                           {"Sales Target", 8},
                                                           {"Decision Influencer", 7},
                                                           {"Individual Impact", 8},
                                                           {"Mentor", 12},
                                                           {"Decision Making Process", 12},
                                                           {"Fit", 10},
                                                           {"Alternatives", 8},
                                                           {"Our Solution Ranking", 9}};
  CHECK(checklist.id == "sales-checklist-92");
  CHECK(item_count(checklist) == 92);
  REQUIRE(checklist.categories.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(checklist.categories[i].name == expected[i].first);
    CHECK(checklist.categories[i].items.size() == expected[i].second);
  }
}

TEST_CASE("the ten points are ten categories of one item") {
  const Checklist &checklist = Checklist::ten_point();
  CHECK(checklist.id == "ten-point");
  REQUIRE(checklist.categories.size() == 10);
  for (const Category &c : checklist.categories) CHECK(c.items.size() == 1);
}

TEST_CASE("each shipped item is complete") {
  check_complete(Checklist::standard());
  check_complete(Checklist::ten_point());
}

TEST_CASE("no two shipped items are the same") {
  check_unique(Checklist::standard());
  check_unique(Checklist::ten_point());
}

TEST_CASE("no two definitions are near copies") {
  check_no_copies(Checklist::standard());
  check_no_copies(Checklist::ten_point());
}

TEST_CASE("an item's id tells its category and place") {
  for (const Category &c : Checklist::standard().categories) {
    for (std::size_t i = 0; i < c.items.size(); ++i) {
      const std::string number = std::to_string(i + 1);
      CHECK(c.items[i].id == c.id + "." + (number.size() == 1 ? "0" : "") + number);
    }
  }
}

TEST_CASE("the shipped files follow the schema and give the built-in checklists") {
  for (const Checklist *checklist : {&Checklist::standard(), &Checklist::ten_point()}) {
    const auto file = source_dir() / "schemas" / "checklists" / (checklist->id + ".json");
    const std::string text = read_file(file);
    CHECK(json::schema_faults(nlohmann::json::parse(text), "checklist.schema.json").empty());
    const auto read = checklist_from_json(text);
    REQUIRE(read);
    CHECK(to_json(*read) == to_json(*checklist));
  }
}

TEST_CASE("a built-in checklist is found by its id") {
  CHECK(*find_checklist("sales-checklist-92") == &Checklist::standard());
  CHECK(*find_checklist("ten-point") == &Checklist::ten_point());
}

TEST_CASE("an unknown checklist is refused and the known ones are named") {
  for (const char *id : {"", "TEN-POINT", "meddicc"}) {
    const auto found = find_checklist(id);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == ErrorCode::not_found);
    CHECK(found.error().message.find("sales-checklist-92") != std::string::npos);
    CHECK(found.error().message.find("ten-point") != std::string::npos);
  }
}

TEST_CASE("a fingerprint is stable and hexadecimal") {
  const std::string print = fingerprint(Checklist::standard());
  CHECK(print.size() == 64);
  CHECK(print.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(print == fingerprint(Checklist(Checklist::standard())));
  CHECK(print == fingerprint(checklist_from_json(to_json(Checklist::standard())).value()));
  CHECK(print != fingerprint(Checklist::ten_point()));
}

TEST_CASE("any edit of a checklist changes its fingerprint") {
  std::set<std::string> prints = {fingerprint(Checklist::ten_point())};
  std::size_t edits = 0;
  const auto edited = [&](auto edit) {
    Checklist copy = Checklist::ten_point();
    edit(copy, copy.categories[3], copy.categories[3].items[0]);
    CHECK(prints.insert(fingerprint(copy)).second);
    ++edits;
  };
  edited([](auto &l, auto &, auto &) { l.id += "x"; });
  edited([](auto &l, auto &, auto &) { l.name += "x"; });
  edited([](auto &l, auto &, auto &) { l.description += "x"; });
  edited([](auto &l, auto &, auto &) { l.revision += 1; });
  edited([](auto &, auto &c, auto &) { c.id += "x"; });
  edited([](auto &, auto &c, auto &) { c.name += "x"; });
  edited([](auto &, auto &c, auto &) { c.description += "x"; });
  edited([](auto &, auto &c, auto &) { c.order += 1; });
  edited([](auto &, auto &c, auto &) { c.default_weight = 1.001; });
  edited([](auto &, auto &c, auto &) { c.max_score = 9; });
  edited([](auto &, auto &, auto &i) { i.id += "x"; });
  edited([](auto &, auto &, auto &i) { i.title += "x"; });
  edited([](auto &, auto &, auto &i) { i.definition += "x"; });
  edited([](auto &, auto &, auto &i) { i.key_behavior += "x"; });
  edited([](auto &, auto &, auto &i) { i.key_mindset += "x"; });
  edited([](auto &, auto &, auto &i) { i.coaching_question += "x"; });
  edited([](auto &, auto &, auto &i) { i.weight = 1.001; });
  edited([](auto &, auto &, auto &i) {
    i.evidence_from =
        i.evidence_from == EvidenceFrom::rep ? EvidenceFrom::either : EvidenceFrom::rep;
  });
  edited([](auto &l, auto &, auto &) { std::swap(l.categories[0], l.categories[1]); });
  edited([](auto &l, auto &, auto &) { l.categories.pop_back(); });
  CHECK(prints.size() == edits + 1);
}

TEST_CASE("each fault of a checklist is found at its place") {
  const auto places = [](auto edit) {
    Checklist copy = Checklist::ten_point();
    edit(copy, copy.categories[1], copy.categories[1].items[0]);
    std::string out;
    for (const Error &fault : validate(copy)) out += fault.where + " ";
    return out;
  };
  const std::string item = "/categories/1/items/0";
  CHECK(places([](auto &l, auto &, auto &) { l.id = ""; }) == "/id ");
  CHECK(places([](auto &l, auto &, auto &) { l.name = ""; }) == "/name ");
  CHECK(places([](auto &l, auto &, auto &) { l.categories.clear(); }) == "/categories ");
  CHECK(places([](auto &l, auto &c, auto &) { c.id = l.categories[0].id; }) == "/categories/1/id ");
  CHECK(places([](auto &, auto &c, auto &) { c.items.clear(); }) == "/categories/1/items ");
  CHECK(places([](auto &, auto &c, auto &) { c.max_score = 0; }) == "/categories/1/max_score ");
  CHECK(places([](auto &l, auto &, auto &i) { i.id = l.categories[0].items[0].id; }) ==
        item + "/id ");
  CHECK(places([](auto &l, auto &, auto &i) { i.title = l.categories[0].items[0].title; }) ==
        item + "/title ");
  CHECK(places([](auto &, auto &, auto &i) { i.title = ""; }) == item + "/title ");
  CHECK(places([](auto &, auto &, auto &i) { i.definition = ""; }) == item + "/definition ");
  for (const double weight :
       {0.0, -1.0, 100.001, 0.0005, 1.0005, 1e300, std::numeric_limits<double>::quiet_NaN(),
        std::numeric_limits<double>::infinity()}) {
    CAPTURE(weight);
    CHECK(places([&](auto &, auto &, auto &i) { i.weight = weight; }) == item + "/weight ");
    CHECK(places([&](auto &, auto &c, auto &) { c.default_weight = weight; }) ==
          "/categories/1/default_weight ");
  }
}

TEST_CASE("all faults of a checklist are told at once") {
  Checklist copy = Checklist::ten_point();
  copy.name = "";
  copy.categories[0].items[0].weight = 0;
  copy.categories[2].items[0].definition = "";
  copy.categories[9].items[0].id = copy.categories[0].items[0].id;
  CHECK(validate(copy).size() == 4);
}

}  // namespace saleschecklist::test
