// Reads a checklist from JSON together with the cues that earlier versions kept inside it.
#include <saleschecklist/json.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "cues/cues.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

#include <fmt/format.h>

namespace saleschecklist {
namespace {

using Json = nlohmann::json;
using CueList = std::vector<std::string> ItemCues::*;

constexpr const char *inner_cues_notice =
    "The checklist contains cues, which were read. Move them to a separate file: see "
    "schemas/cues.schema.json.";

// The names that the lists of cues had inside checklists.
constexpr std::array<std::pair<const char *, CueList>, 5> old_cue_lists = {
    {{"say", &ItemCues::statement},
     {"asks", &ItemCues::question},
     {"asked", &ItemCues::exchange},
     {"reply", &ItemCues::answer},
     {"unless", &ItemCues::veto}}};

// The cues inside a checklist that is valid by its schema.
class InnerCues {
 public:
  explicit InnerCues(const Json &checklist) {
    cues.checklist_id = checklist.at("id");
    cues.concepts = checklist.value("concepts", cues.concepts);
    if (!cues.concepts.empty()) where = "/concepts";
    auto parsed = cues::parse_concepts(cues.concepts);
    if (parsed)
      check_.emplace(*std::move(parsed));
    else
      faults.push_back(parsed.error());
    const Json &categories = checklist.at("categories");
    for (std::size_t c = 0; c < categories.size(); ++c) {
      const Json &items = categories[c].at("items");
      for (std::size_t i = 0; i < items.size(); ++i) {
        add(items[i], fmt::format("/categories/{}/items/{}/cues", c, i));
      }
    }
  }

  Cues cues;
  std::string where;  // JSON pointer of the first one; empty if there are none
  std::vector<Error> faults;

 private:
  void add(const Json &item, const std::string &pointer) {
    const Json lists = item.value("cues", Json::object());
    ItemCues found;
    bool any = false;
    const auto add_lists = [&](const auto &names) {
      for (const auto &[name, list] : names) {
        const auto texts = lists.value(name, std::vector<std::string>());
        if (check_) check_->add_faults(faults, texts, pointer + "/" + name);
        (found.*list).insert((found.*list).end(), texts.begin(), texts.end());
        any = any || !texts.empty();
      }
    };
    add_lists(cues::cue_lists);
    add_lists(old_cue_lists);
    if (!any) return;
    if (where.empty()) where = pointer;
    cues.items[item.at("id")] = std::move(found);
  }

  std::optional<cues::CueCheck> check_;  // std::nullopt if the concepts are malformed
};

struct Read {
  Checklist checklist;
  InnerCues inner;
};

Result<Read> read(std::string_view text) {
  const auto document = json::checked_document(text, "checklist.schema.json");
  if (!document) return document.error();
  Read out{json::checklist_from_document(*document), InnerCues(*document)};
  auto faults = validate(out.checklist);
  faults.insert(faults.end(), out.inner.faults.begin(), out.inner.faults.end());
  if (!faults.empty()) return json::join_faults(faults);
  return out;
}

}  // namespace

Result<ChecklistFile> read_checklist(std::string_view text) {
  return base::guard([&]() -> Result<ChecklistFile> {
    auto found = read(text);
    if (!found) return found.error();
    ChecklistFile out;
    out.checklist = std::move(found->checklist);
    if (found->inner.where.empty()) return out;
    out.cues = std::move(found->inner.cues);
    out.notices.emplace_back(inner_cues_notice);
    return out;
  });
}

Result<Checklist> checklist_from_json(std::string_view text) {
  return base::guard([&]() -> Result<Checklist> {
    auto found = read(text);
    if (!found) return found.error();
    if (found->inner.where.empty()) return std::move(found->checklist);
    return errors::invalid_input(
        "expected a checklist without cues: use read_checklist(), which returns the cues "
        "separately, or move them to a file of their own",
        found->inner.where);
  });
}

}  // namespace saleschecklist
