// Checklists: the built-in ones, validation, and the fingerprint.
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/json.hpp>
#include <saleschecklist/limits.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "base/sha256.hpp"
#include "json/documents.hpp"
#include "json/embedded.hpp"
#include "json/parse.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>

namespace saleschecklist {
namespace {

constexpr std::size_t longest_title = 120;  // so many characters fit on one line of a report
constexpr std::size_t longest_example = 300, most_examples = 10;  // all are part of prompts

// Whether the value is from 0.001 to 100 in steps of 0.001.
bool is_weight(double value) {
  if (!(value >= 0.001 && value <= 100)) return false;  // false for NaN too
  const double scaled = value * 1000;
  return std::fabs(scaled - std::round(scaled)) < 1e-6;
}

class FaultFinder {
 public:
  std::vector<Error> run(const Checklist &checklist) {
    require(is_slug(checklist.id), slug_rule, "/id");
    require(!checklist.name.empty(), "expected a name", "/name");
    require(!checklist.categories.empty(), "expected at least one category", "/categories");
    require(item_count(checklist) <= limits::checklist_items,
            "the checklist has too many items: expected at most 10,000", "/categories");
    for (std::size_t c = 0; c < checklist.categories.size(); ++c) {
      check(checklist.categories[c], fmt::format("/categories/{}", c));
    }
    return std::move(faults_);
  }

 private:
  void require(bool sound, std::string message, std::string where) {
    if (!sound) faults_.push_back(errors::invalid_input(std::move(message), std::move(where)));
  }

  void require_unique(std::map<std::string, std::string> &seen, const std::string &value,
                      const char *what, const std::string &where) {
    if (value.empty()) {
      require(false, fmt::format("expected {}", what), where);
      return;
    }
    const auto [found, added] = seen.emplace(value, where);
    require(added, fmt::format("{} '{}' is already used at {}", what, value, found->second), where);
  }

  static bool is_slug(std::string_view id) {
    constexpr std::size_t longest = 80;
    return !id.empty() && id.size() <= longest && id[0] != '.' && id[0] != '-' &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.-") ==
               std::string_view::npos;
  }

  void check(const Category &category, const std::string &where) {
    require(category.id.empty() || is_slug(category.id), slug_rule, where + "/id");
    require_unique(category_ids_, category.id, "a category id", where + "/id");
    require(!category.name.empty(), "expected a name", where + "/name");
    require(is_weight(category.default_weight), weight_rule, where + "/default_weight");
    require(category.max_score >= 1 && category.max_score <= 1000, "expected 1 to 1000 points",
            where + "/max_score");
    require(!category.items.empty(), "expected at least one item", where + "/items");
    for (std::size_t i = 0; i < category.items.size(); ++i) {
      check(category.items[i], fmt::format("{}/items/{}", where, i));
    }
  }

  void check(const Item &item, const std::string &where) {
    require(item.id.empty() || is_slug(item.id), slug_rule, where + "/id");
    require_unique(item_ids_, item.id, "an item id", where + "/id");
    require_unique(titles_, item.title, "a title", where + "/title");
    require(item.title.size() <= longest_title, "the title is too long: expected at most 120 bytes",
            where + "/title");
    require(!item.definition.empty(), "expected a definition", where + "/definition");
    require(is_weight(item.weight), weight_rule, where + "/weight");
    check_examples(item.counts, where + "/counts");
    check_examples(item.does_not_count, where + "/does_not_count");
  }

  void check_examples(const std::vector<std::string> &examples, const std::string &where) {
    require(examples.size() <= most_examples, "expected at most 10 examples", where);
    for (std::size_t i = 0; i < examples.size(); ++i) {
      require(!examples[i].empty() && examples[i].size() <= longest_example,
              "expected an example of 1 to 300 bytes", fmt::format("{}/{}", where, i));
    }
  }

  static constexpr const char *slug_rule =
      "expected an id of 1 to 80 of the characters a-z 0-9 . _ -";
  static constexpr const char *weight_rule =
      "expected a weight from 0.001 to 100 in steps of 0.001";
  std::vector<Error> faults_;
  std::map<std::string, std::string> category_ids_, item_ids_, titles_;
};

Checklist load_embedded(const char *file) {
  return json::checklist_from_document(json::parse_json(json::embedded_text(file)).value());
}

}  // namespace

std::vector<Error> validate(const Checklist &checklist) { return FaultFinder().run(checklist); }

const Checklist &Checklist::standard() {
  static const Checklist checklist = load_embedded("checklists/sales-checklist-92.json");
  return checklist;
}

const Checklist &Checklist::ten_point() {
  static const Checklist checklist = load_embedded("checklists/ten-point.json");
  return checklist;
}

Result<const Checklist *> find_checklist(std::string_view id) {
  return base::guard([&]() -> Result<const Checklist *> {
    for (const Checklist *checklist : {&Checklist::standard(), &Checklist::ten_point()}) {
      if (checklist->id == id) return checklist;
    }
    return errors::not_found(fmt::format(
        "there is no built-in checklist '{}'; expected sales-checklist-92 or ten-point", id));
  });
}

std::size_t item_count(const Checklist &checklist) noexcept {
  std::size_t count = 0;
  for (const Category &category : checklist.categories) count += category.items.size();
  return count;
}

std::string fingerprint(const Checklist &checklist) {
  return base::sha256_hex(json::canonical_json(json::to_document(checklist)));
}

const char *name(EvidenceFrom from) noexcept {
  switch (from) {
    case EvidenceFrom::customer:
      return "customer";
    case EvidenceFrom::rep:
      return "rep";
    case EvidenceFrom::either:
      break;
  }
  return "either";
}

}  // namespace saleschecklist
