// What the offline assessor listens for in a call: phrases for the items of a checklist, as data.
#ifndef SALESCHECKLIST_CUES_HPP
#define SALESCHECKLIST_CUES_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/result.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// The cues of one item, each a phrase in the cue language of docs/cues.md.
struct ItemCues {
  std::vector<std::string> statement{};  // what the right speaker states
  std::vector<std::string> question{};   // what the right speaker asks
  std::vector<std::string> exchange{};   // what the rep asks and the customer answers
  std::vector<std::string> answer{};     // what that answer must contain; empty: any real answer
  std::vector<std::string> veto{};       // silences the other cues in the same sentence
  std::vector<std::string> denial{};     // what the right speaker states if the contrary is true
};

// Cues are kept beside their checklist, not inside it, so that tuning them changes neither the
// fingerprint of the checklist nor that of a score.
struct Cues {
  std::string checklist_id{};                                  // of the checklist that they are for
  std::map<std::string, std::vector<std::string>> concepts{};  // named lists of phrases
  std::map<std::string, ItemCues> items{};                     // by the id of the item

  // Those of the built-in checklists; parsed once, never changed. Thread-safe.
  SALESCHECKLIST_API static const Cues &standard();   // for "sales-checklist-92"
  SALESCHECKLIST_API static const Cues &ten_point();  // for "ten-point"
};

// The built-in cues of the checklist with that id. Fails with not_found and names the checklists
// that have built-in cues.
SALESCHECKLIST_API Result<const Cues *> find_cues(std::string_view checklist_id);

// Every fault of cues that are to be used with the checklist, in order, each with its JSON pointer
// in `where`; empty if they are sound: they are for this checklist and for items that it has, every
// cue is well formed, and no concept uses itself.
SALESCHECKLIST_API std::vector<Error> validate(const Cues &cues, const Checklist &checklist);

// SHA-256 (lower-case hex) over the canonical JSON of the cues.
SALESCHECKLIST_API std::string fingerprint(const Cues &cues);

}  // namespace saleschecklist

#endif
