// What all stores of records have in common: the rules for names and bodies, and the cursors of
// lists.
#ifndef SALESCHECKLIST_STORAGE_RECORDS_HPP
#define SALESCHECKLIST_STORAGE_RECORDS_HPP

#include <saleschecklist/store.hpp>

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::storage {

// The name of a record in messages: `session "a1" of tenant "acme"`.
std::string record_title(const Record &record);

// The error if a record does not have the revision that a write expects.
Error revision_conflict(const Write &write);
// The error if a record does not exist.
Error record_missing(const std::string &kind, const std::string &tenant, const std::string &id);

// Throws BadResult (invalid_argument) if a commit breaks a rule of store.hpp.
void require_sound(const std::vector<Write> &writes);
void require_sound_name(const std::string &kind, const std::string &tenant, const std::string &id);

// The position of a record in the order of a list.
struct ListPlace {
  std::int64_t at = 0;
  std::string tenant;
  std::string id;
};

// The place after which a list continues; std::nullopt for its first page. Throws BadResult
// (invalid_argument) if the query is invalid or its cursor does not belong to the list.
std::optional<ListPlace> require_sound(const Query &query);

// Makes a page of the records found for `query`, of which one more than its limit was requested.
Page make_page(const Query &query, std::vector<Record> found);

}  // namespace saleschecklist::storage

#endif
