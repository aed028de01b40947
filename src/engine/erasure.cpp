#include "engine/erasure.hpp"

#include "engine/audit_log.hpp"
#include "engine/lease.hpp"

#include <saleschecklist/blob_store.hpp>

namespace saleschecklist::engine {
namespace {

// The kinds of records of a session, except its audit log.
constexpr const char *content_kinds[] = {"transcript", "assessment", "answers",
                                         "score",      "coaching",   "speech",
                                         "report",     "exchange",   "job"};
constexpr std::size_t most_erased_together = 500;  // records of one commit

// Marks the session, which stops its worker and prevents further changes.
Result<SessionRecord> begin(const Context &context, const std::string &id) {
  auto now = load(context, id);
  if (!now || now->session.status == SessionStatus::erasing) return now;
  return mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    transaction.record.session.status = SessionStatus::erasing;
    transaction.also(job_write(context, id, job_never));
    return logged({"erasing"});
  });
}

Result<std::vector<Write>> erasures(const Context &context, const std::string &id) {
  std::vector<Write> out;
  for (const char *kind : content_kinds) {
    const auto records = all_of(context, kind, id);
    if (!records) return records.error();
    for (const Record &row : *records) {
      out.push_back({Write::Action::erase, context.record(kind, row.id, id), {}});
    }
  }
  return out;
}

// Whether the audit log says that the session was erased before.
Result<bool> is_erased(const Context &context, const std::string &id) {
  const auto entries = audit_entries(context, id);
  if (!entries) return entries.error();
  return entries->back().action == "erased";
}

// Whether the error says that there is no such session, not that a bucket is missing.
bool is_gone(const Error &error) {
  return error.code == ErrorCode::not_found && error.where == "id";
}

Result<void> erase_content(const Context &context, const std::string &id) {
  const auto record = begin(context, id);
  if (!record) return record.error();
  for (const std::string &blob : record->blobs) {
    if (auto erased = context.blobs().erase(blob); !erased) return erased;
  }
  auto writes = erasures(context, id);
  if (!writes) return writes.error();
  while (writes->size() > most_erased_together) {
    const auto from = writes->end() - static_cast<std::ptrdiff_t>(most_erased_together);
    const auto done = context.store().commit({from, writes->end()});
    if (!done) return done.error();
    writes->erase(from, writes->end());
  }
  Transaction last(context, *record);
  for (Write &write : last.writes_of_erasure({"erased"})) writes->push_back(std::move(write));
  const auto done = context.store().commit(*writes);
  if (!done) return done.error();
  context.log(LogLevel::info, "session " + id + ": erased");
  return {};
}

}  // namespace

Result<void> erase_session(const Context &context, const std::string &id) {
  auto done = erase_content(context, id);
  if (!done) {
    if (!is_gone(done.error())) return done;
    const auto before = is_erased(context, id);
    if (!before) return before.error();
    if (!*before) return done;
  }
  return context.store().scrub();
}

Result<std::size_t> erase_created_before(const Context &context, std::int64_t created_before_ms) {
  Query query;
  query.kind = "session";
  query.tenant = context.tenant();
  query.before = created_before_ms;
  std::size_t count = 0;
  std::optional<Error> failure;  // the first one; the remaining sessions are erased all the same
  do {
    auto page = context.store().list(query);
    if (!page) return page.error();
    for (const Record &row : page->records) {
      const auto done = erase_content(context, row.id);
      if (done) {
        ++count;
      } else if (!is_gone(done.error()) && !failure) {
        failure = done.error();
      }
    }
    query.after = std::move(page->next);
  } while (!query.after.empty());
  if (count > 0) {
    if (const auto scrubbed = context.store().scrub(); !scrubbed) return scrubbed.error();
  }
  if (failure) return *std::move(failure);
  return count;
}

}  // namespace saleschecklist::engine
