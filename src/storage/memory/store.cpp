// Records in the memory of this process.
#include <saleschecklist/storage.hpp>

#include "base/guard.hpp"
#include "storage/records.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <set>
#include <tuple>

namespace saleschecklist {
namespace {

struct Name {
  std::string_view kind, tenant, id;
};
Name name_of(const Record &record) { return {record.kind, record.tenant, record.id}; }

struct ByName {
  using is_transparent = void;
  static auto key(const Name &n) { return std::tie(n.kind, n.tenant, n.id); }
  bool operator()(const auto &a, const auto &b) const { return less(view(a), view(b)); }
  static bool less(const Name &a, const Name &b) { return key(a) < key(b); }
  static Name view(const Name &name) { return name; }
  static Name view(const std::shared_ptr<const Record> &record) { return name_of(*record); }
};

// The fields that records are indexed by besides their kind, the most selective first.
enum class Mark { parent, customer, owner, status, band, none };

// The position of a record in the lists of one field. The views refer to the record, or to a query.
struct Entry {
  std::string_view kind;
  Mark mark;
  std::string_view value;
  std::int64_t at;
  std::string_view tenant, id;
  std::shared_ptr<const Record> record{};

  auto list() const { return std::tie(kind, mark, value); }
  auto place() const { return std::tie(kind, mark, value, at, tenant, id); }
  bool operator<(const Entry &other) const { return place() < other.place(); }
};

template <class Fields>  // a Record or a Query
std::string_view value_of(const Fields &fields, Mark mark) {
  switch (mark) {
    case Mark::parent:
      return fields.parent;
    case Mark::customer:
      return fields.customer;
    case Mark::owner:
      return fields.owner;
    case Mark::status:
      return fields.status;
    case Mark::band:
      return fields.band;
    case Mark::none:
      break;
  }
  return {};
}

constexpr Mark marks[] = {Mark::parent, Mark::customer, Mark::owner, Mark::status, Mark::band};

void add_entries(const std::shared_ptr<const Record> &record, std::set<Entry> &out) {
  const auto add = [&](Mark mark, std::string_view value) {
    out.insert({record->kind, mark, value, record->at, record->tenant, record->id, record});
  };
  add(Mark::none, {});
  for (const Mark mark : marks) {
    if (const auto value = value_of(*record, mark); !value.empty()) add(mark, value);
  }
}

bool matches(const Record &record, const Query &query) {
  const auto fits = [&](Mark mark) {
    const auto wanted = value_of(query, mark);
    return wanted.empty() || wanted == value_of(record, mark);
  };
  return (!query.tenant || *query.tenant == record.tenant) &&
         std::all_of(std::begin(marks), std::end(marks), fits);
}

// The beginning of the list that contains all that `query` selects.
Entry list_of(const Query &query) {
  const auto *mark = std::find_if(std::begin(marks), std::end(marks),
                                  [&](Mark m) { return !value_of(query, m).empty(); });
  const Mark chosen = mark == std::end(marks) ? Mark::none : *mark;
  return {query.kind, chosen, value_of(query, chosen), std::numeric_limits<std::int64_t>::min(),
          {},         {}};
}

class MemoryStore final : public Store {
 public:
  Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) override {
    return base::guard([&]() -> Result<std::vector<std::int64_t>> {
      storage::require_sound(writes);
      const std::lock_guard lock(mutex_);
      for (const Write &write : writes) {
        if (write.expected && *write.expected != revision_of(write.record)) {
          return storage::revision_conflict(write);
        }
      }
      return apply(writes);
    });
  }

  Result<Record> get(const std::string &kind, const std::string &tenant,
                     const std::string &id) override {
    return base::guard([&]() -> Result<Record> {
      storage::require_sound_name(kind, tenant, id);
      const std::lock_guard lock(mutex_);
      const auto found = records_.find(Name{kind, tenant, id});
      if (found == records_.end()) return storage::record_missing(kind, tenant, id);
      return **found;
    });
  }

  Result<Page> list(const Query &query) override {
    return base::guard([&]() -> Result<Page> {
      const auto after = storage::require_sound(query);
      const std::lock_guard lock(mutex_);
      return storage::make_page(query,
                                query.newest_first ? newest(query, after) : oldest(query, after));
    });
  }

 private:
  std::int64_t revision_of(const Record &named) const {
    const auto found = records_.find(name_of(named));
    return found == records_.end() ? 0 : (*found)->revision;
  }

  // Everything that allocates is done first; inserting and removing nodes does not.
  std::vector<std::int64_t> apply(const std::vector<Write> &writes) {
    std::vector<std::int64_t> revisions;
    std::set<std::shared_ptr<const Record>, ByName> records;
    std::set<Entry> entries;
    for (const Write &write : writes) {
      const std::int64_t now = revision_of(write.record);
      revisions.push_back(write.action == Write::Action::check ? now : 0);
      if (write.action != Write::Action::put) continue;
      revisions.back() = now + 1;
      const auto record = std::make_shared<Record>(write.record);
      record->revision = now + 1;
      add_entries(record, entries);
      records.insert(record);
    }
    for (const Write &write : writes) {
      if (write.action != Write::Action::check) take_out(write.record);
    }
    records_.merge(records);
    entries_.merge(entries);
    return revisions;
  }

  void take_out(const Record &named) noexcept {
    const auto found = records_.find(name_of(named));
    if (found == records_.end()) return;
    const Record &old = **found;
    const auto take = [&](Mark mark, std::string_view value) {
      entries_.erase({old.kind, mark, value, old.at, old.tenant, old.id});
    };
    for (const Mark mark : marks) take(mark, value_of(old, mark));
    take(Mark::none, {});
    records_.erase(found);
  }

  std::vector<Record> oldest(const Query &query,
                             const std::optional<storage::ListPlace> &after) const {
    Entry start = list_of(query);
    if (query.from) start.at = *query.from;
    auto entry = entries_.lower_bound(start);
    if (after) entry = entries_.upper_bound(behind(start, *after));
    std::vector<Record> found;
    for (; entry != entries_.end() && entry->list() == start.list(); ++entry) {
      if ((query.before && entry->at >= *query.before) || found.size() > query.limit) break;
      if ((!query.from || entry->at >= *query.from) && matches(*entry->record, query)) {
        found.push_back(*entry->record);
      }
    }
    return found;
  }

  std::vector<Record> newest(const Query &query,
                             const std::optional<storage::ListPlace> &after) const {
    const Entry start = list_of(query);
    const storage::ListPlace end{
        std::numeric_limits<std::int64_t>::max(), "\xff", {}};  // not UTF-8: after every id
    const storage::ListPlace edge{query.before.value_or(0), {}, {}};
    auto entry = entries_.lower_bound(behind(start, after ? *after : query.before ? edge : end));
    std::vector<Record> found;
    while (entry != entries_.begin() && (--entry)->list() == start.list()) {
      if ((query.from && entry->at < *query.from) || found.size() > query.limit) break;
      if ((!query.before || entry->at < *query.before) && matches(*entry->record, query)) {
        found.push_back(*entry->record);
      }
    }
    return found;
  }

  // The place in the list of `start`.
  static Entry behind(const Entry &start, const storage::ListPlace &place) {
    return {start.kind, start.mark, start.value, place.at, place.tenant, place.id};
  }

  std::mutex mutex_;
  std::set<std::shared_ptr<const Record>, ByName> records_;
  std::set<Entry> entries_;
};

}  // namespace

std::shared_ptr<Store> memory_store() { return std::make_shared<MemoryStore>(); }

}  // namespace saleschecklist
