// The commands checklist list, show and validate.
#include "commands.hpp"
#include "files.hpp"
#include "scorecard.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

using namespace saleschecklist;

std::string line_about(const Checklist &c) {
  return fmt::format("{:<20} {:>3} items  {} (revision {})\n", harmless(c.id), item_count(c),
                     harmless(c.name), c.revision);
}

}  // namespace

void list_checklists() {
  print(line_about(Checklist::standard()) + line_about(Checklist::ten_point()));
}

void show_checklist(const std::string &id) {
  const Checklist checklist = load_checklist(id);
  std::string out = fmt::format("{}, revision {}\n", harmless(checklist.name), checklist.revision);
  for (const Category &category : checklist.categories) {
    out += fmt::format("\n{}: {}\n", harmless(category.name), harmless(category.description));
    for (const Item &item : category.items) {
      out += fmt::format("\n  {}  {}\n    {}\n    Proven by the words of: {}\n", harmless(item.id),
                         harmless(item.title), harmless(item.definition), name(item.evidence_from));
      for (const std::string &example : item.counts)
        out += fmt::format("    Counts: \"{}\"\n", harmless(example));
      for (const std::string &example : item.does_not_count)
        out += fmt::format("    Does not count: \"{}\"\n", harmless(example));
      if (!item.coaching_question.empty())
        out += fmt::format("    Ask: {}\n", harmless(item.coaching_question));
    }
  }
  print(out);
}

void validate_checklist(const Arguments &a) {
  const auto [checklist, cues] = load_checklist(a.input, a.cues);
  print(fmt::format("{}: valid, {} items in {} categories\n", shown(a.input), item_count(checklist),
                    checklist.categories.size()));
  if (!a.cues.empty()) {
    print(fmt::format("{}: valid, cues for {} items\n", shown(a.cues), cues->items.size()));
  }
}

}  // namespace cli
