// Checklists: categories of items that a healthy deal fulfils.
#ifndef SALESCHECKLIST_CHECKLIST_HPP
#define SALESCHECKLIST_CHECKLIST_HPP

#include <saleschecklist/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// Whose words can prove an item.
enum class EvidenceFrom { customer, rep, either };

struct Item {
  std::string id;  // such as "mentor.07"; never changes between revisions
  std::string title;
  std::string definition;
  std::string key_behavior;
  std::string key_mindset;
  std::string coaching_question;
  double weight = 1.0;  // 0.001 to 100 in steps of 0.001, so that sums are exact
  EvidenceFrom evidence_from = EvidenceFrom::customer;
  // Sentences that do and do not prove the item, as examples for models and people.
  std::vector<std::string> counts{};
  std::vector<std::string> does_not_count{};
};

struct Category {
  std::string id;
  std::string name;
  std::string description;
  int order = 0;                // position in the checklist, from 1
  double default_weight = 1.0;  // same range as Item::weight
  int max_score = 10;           // points per item, 1 to 1000
  std::vector<Item> items;
};

struct Checklist {
  std::string id;
  std::string name;
  std::string description;
  int revision = 1;
  std::vector<Category> categories;

  // The built-in checklists. The references stay valid and never change. Thread-safe.
  SALESCHECKLIST_API static const Checklist &standard();   // "sales-checklist-92"
  SALESCHECKLIST_API static const Checklist &ten_point();  // "ten-point"
};

// Returns the built-in checklist with that id, which is never freed. Fails with not_found; the
// message lists the built-in checklists.
SALESCHECKLIST_API Result<const Checklist *> find_checklist(std::string_view id);

// Checks that
// - the checklist has an id and a name, at least one category, and at most 10,000 items;
// - each category has a unique id, a name, a default_weight and a max_score in range, and at least
//   one item;
// - each item has a unique id, a unique title of at most 120 bytes, a definition, a weight in
//   range, and at most 10 examples of each kind, which are not empty and at most 300 bytes; and
// - each id has 1 to 80 of the characters a-z 0-9 . _ - and does not begin with '.' or '-'.
// Returns all violations, each with its JSON pointer in `where`; empty if the checklist is valid.
SALESCHECKLIST_API std::vector<Error> validate(const Checklist &checklist);

// The number of items in all categories.
SALESCHECKLIST_API std::size_t item_count(const Checklist &checklist) noexcept;

// The SHA-256 of the checklist's canonical JSON, in lower-case hexadecimal.
SALESCHECKLIST_API std::string fingerprint(const Checklist &checklist);

SALESCHECKLIST_API const char *name(EvidenceFrom from) noexcept;  // "customer", "rep", "either"

}  // namespace saleschecklist

#endif
