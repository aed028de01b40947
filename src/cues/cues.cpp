// Cues: the built-in ones, validation, and the fingerprint.
#include <saleschecklist/cues.hpp>
#include <saleschecklist/limits.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "base/sha256.hpp"
#include "cues/cues.hpp"
#include "json/documents.hpp"
#include "json/embedded.hpp"
#include "json/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace saleschecklist::cues {
namespace {

constexpr std::string_view standard_id = "sales-checklist-92", ten_point_id = "ten-point";

Cues load_embedded(std::string_view checklist_id) {
  const std::string file = fmt::format("cues/{}.json", checklist_id);
  return json::cues_from_document(json::parse_json(json::embedded_text(file)).value());
}

std::string pointer_to(const std::string &item_id) {
  return (nlohmann::json::json_pointer() / "items" / item_id).to_string();
}

std::set<std::string_view> item_ids(const Checklist &checklist) {
  std::set<std::string_view> out;
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) out.insert(item.id);
  }
  return out;
}

Error fault(std::string message, std::string where) {
  return errors::invalid_input(std::move(message), std::move(where));
}

std::string digest_of(const Cues &cues) {
  return base::sha256_hex(json::canonical_json(json::to_document(cues)));
}

}  // namespace

void CueCheck::add_faults(std::vector<Error> &faults, const std::vector<std::string> &list,
                          const std::string &where) {
  const std::size_t before = nodes_;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto cue = parse_cue(list[i], concepts_, &nodes_);
    if (cue) continue;
    faults.push_back(std::move(cue).error());
    faults.back().where = fmt::format("{}/{}", where, i);
  }
  if (before <= limits::all_cue_nodes && nodes_ > limits::all_cue_nodes) {
    faults.push_back(
        fault(fmt::format(
                  "the cues up to here stand for too much: their concepts, written out, have more "
                  "than {} words, slots and alternatives",
                  limits::all_cue_nodes),
              where));
  }
}

std::vector<Error> cue_faults(const Cues &cues) {
  auto concepts = parse_concepts(cues.concepts);
  if (!concepts) return {concepts.error()};
  CueCheck check(*std::move(concepts));
  std::vector<Error> faults;
  for (const auto &[id, item] : cues.items) {
    for (const auto &[name, list] : cue_lists) {
      check.add_faults(faults, item.*list, pointer_to(id) + "/" + name);
    }
  }
  return faults;
}

std::vector<Error> misfits(const Cues &cues, const Checklist &checklist) {
  std::vector<Error> faults;
  if (cues.checklist_id != checklist.id) {
    faults.push_back(fault(fmt::format("expected cues for the checklist '{1}', got cues for '{0}'",
                                       cues.checklist_id, checklist.id),
                           "/checklist"));
  }
  const auto known = item_ids(checklist);
  for (const auto &[id, item] : cues.items) {
    if (known.count(id) != 0) continue;
    faults.push_back(fault(fmt::format("the checklist '{}' has no item '{}'", checklist.id, id),
                           pointer_to(id)));
  }
  return faults;
}

std::shared_ptr<const Cues> cues_for(const Checklist &checklist, std::shared_ptr<const Cues> cues) {
  const auto ids = item_ids(checklist);
  const auto is_unknown = [&](const auto &entry) { return ids.count(entry.first) == 0; };
  if (std::none_of(cues->items.begin(), cues->items.end(), is_unknown)) return cues;
  Cues out = *cues;
  std::erase_if(out.items, is_unknown);
  return std::make_shared<const Cues>(std::move(out));
}

std::shared_ptr<const Cues> default_cues(const Checklist &checklist) {
  const auto built_in = find_cues(checklist.id);
  if (!built_in) return std::make_shared<const Cues>(Cues{checklist.id, {}, {}});
  return cues_for(checklist, {std::shared_ptr<const Cues>(), *built_in});  // never freed
}

}  // namespace saleschecklist::cues

namespace saleschecklist {

std::vector<Error> validate(const Cues &cues, const Checklist &checklist) {
  std::vector<Error> faults = cues::misfits(cues, checklist);
  for (Error &broken : cues::cue_faults(cues)) faults.push_back(std::move(broken));
  return faults;
}

const Cues &Cues::standard() {
  static const Cues cues = cues::load_embedded(cues::standard_id);
  return cues;
}

const Cues &Cues::ten_point() {
  static const Cues cues = cues::load_embedded(cues::ten_point_id);
  return cues;
}

Result<const Cues *> find_cues(std::string_view checklist_id) {
  return base::guard([&]() -> Result<const Cues *> {
    if (checklist_id == cues::standard_id) return &Cues::standard();
    if (checklist_id == cues::ten_point_id) return &Cues::ten_point();
    return errors::not_found(
        fmt::format("there are no built-in cues for the checklist '{}'; expected {} or {}",
                    checklist_id, cues::standard_id, cues::ten_point_id));
  });
}

std::string fingerprint(const Cues &cues) {
  if (cues.checklist_id == cues::standard_id && &cues == &Cues::standard()) {
    // Cached, because the JSON is half a megabyte.
    static const std::string standard = cues::digest_of(cues);
    return standard;
  }
  return cues::digest_of(cues);
}

}  // namespace saleschecklist
