// What a healthy deal sounds like: categories of items, as data.
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
  std::string id;  // stable, such as "mentor.07"
  std::string title;
  std::string definition;
  std::string key_behavior;
  std::string key_mindset;
  std::string coaching_question;
  double weight = 1.0;  // 0.001 to 100 in steps of 0.001, so that sums are exact
  EvidenceFrom evidence_from = EvidenceFrom::customer;
};

struct Category {
  std::string id;
  std::string name;
  std::string description;
  int order = 0;                // 1, 2, 3 ... as listed
  double default_weight = 1.0;  // as Item::weight
  int max_score = 10;           // points of one item
  std::vector<Item> items;
};

struct Checklist {
  std::string id;
  std::string name;
  std::string description;
  int revision = 1;
  std::vector<Category> categories;

  // The two that ship inside the library; parsed once, never changed. Thread-safe.
  SALESCHECKLIST_API static const Checklist &standard();   // "sales-checklist-92"
  SALESCHECKLIST_API static const Checklist &ten_point();  // "ten-point"
};

// The built-in checklist of that id. Fails with not_found, naming those there are.
SALESCHECKLIST_API Result<const Checklist *> find_checklist(std::string_view id);

// Every fault of a checklist, in order, each with its JSON pointer in `where`; empty when it is
// sound: ids and titles present and unique, weights in range.
SALESCHECKLIST_API std::vector<Error> validate(const Checklist &checklist);

// Number of items in all categories.
SALESCHECKLIST_API std::size_t item_count(const Checklist &checklist) noexcept;

// SHA-256 (lower-case hex) over the checklist's canonical JSON.
SALESCHECKLIST_API std::string fingerprint(const Checklist &checklist);

SALESCHECKLIST_API const char *name(EvidenceFrom from) noexcept;  // "customer", "rep", "either"

}  // namespace saleschecklist

#endif
