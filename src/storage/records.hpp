// What every store of records holds alike: the rules for names and bodies, and cursors of lists.
#ifndef SALESCHECKLIST_STORAGE_RECORDS_HPP
#define SALESCHECKLIST_STORAGE_RECORDS_HPP

#include <saleschecklist/store.hpp>

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::storage {

// `session "a1" of tenant "acme"`, as messages name a record.
std::string record_title(const Record &record);

// A record that has not the revision that a write expects.
Error revision_conflict(const Write &write);
// A record that is not there.
Error record_missing(const std::string &kind, const std::string &tenant, const std::string &id);

// Throws BadResult with invalid_argument when a commit breaks a rule of store.hpp.
void require_sound(const std::vector<Write> &writes);
void require_sound_name(const std::string &kind, const std::string &tenant, const std::string &id);

// Where in the order of a list a record stands.
struct ListPlace {
  std::int64_t at = 0;
  std::string tenant;
  std::string id;
};

// The place behind which a list goes on; nothing for its first page. Throws BadResult with
// invalid_argument for an unsound query and for a cursor of no such list.
std::optional<ListPlace> require_sound(const Query &query);

// Makes a page of what was found for `query`, asked for with one record more than its limit.
Page make_page(const Query &query, std::vector<Record> found);

}  // namespace saleschecklist::storage

#endif
