// Removing a session so that nothing of its content is left.
#include <saleschecklist/engine.hpp>

#include "base/guard.hpp"
#include "engine/lease.hpp"

#include <saleschecklist/blob_store.hpp>

namespace saleschecklist {
namespace {

// Everything of a session but its audit log.
constexpr const char *content_kinds[] = {"transcript", "assessment", "answers",
                                         "score",      "coaching",   "speech",
                                         "report",     "exchange",   "job"};
constexpr std::size_t most_erased_together = 500;  // records of one commit

// Stops whoever works on the session, and everyone else from changing it.
Result<engine::SessionRecord> begin(const engine::Context &context, const std::string &id) {
  auto now = engine::load(context, id);
  if (!now || now->session.status == SessionStatus::erasing) return now;
  return engine::edit(context, id, [&](engine::Transaction &transaction) -> engine::MutationResult {
    transaction.state.session.status = SessionStatus::erasing;
    transaction.also(engine::job_write(context, id, engine::job_never));
    return std::optional(engine::AuditAction{"erasing"});
  });
}

Result<std::vector<Write>> erasures(const engine::Context &context, const std::string &id) {
  std::vector<Write> out;
  for (const char *kind : content_kinds) {
    const auto records = engine::all_of(context, kind, id);
    if (!records) return records.error();
    for (const Record &record : *records) {
      out.push_back({Write::Action::erase, context.record(kind, record.id, id), {}});
    }
  }
  return out;
}

// Whether the audit log tells that it was erased before.
Result<bool> is_erased(const Engine &engine, const std::string &id) {
  const auto entries = engine.audit(id);
  if (!entries) return entries.error();
  return entries->back().action == "erased";
}

// Whether there is no such session, which is not the same as a missing bucket.
bool is_gone(const Error &error) {
  return error.code == ErrorCode::not_found && error.where == "id";
}

Result<void> erase_session(const engine::Context &context, const std::string &id) {
  const auto state = begin(context, id);
  if (!state) return state.error();
  for (const std::string &blob : state->blobs) {
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
  engine::Transaction last(context, *state);
  for (Write &write : last.writes_of_erasure({"erased"})) writes->push_back(std::move(write));
  const auto done = context.store().commit(*writes);
  if (!done) return done.error();
  context.log(LogLevel::info, "session " + id + ": erased");
  return {};
}

}  // namespace

Result<void> Engine::erase(const std::string &id) const {
  return base::guard([&]() -> Result<void> {
    auto done = erase_session(*shared_, id);
    if (!done) {
      if (!is_gone(done.error())) return done;
      const auto before = is_erased(*this, id);
      if (!before) return before.error();
      if (!*before) return done;
    }
    return shared_->store().scrub();
  });
}

Result<std::size_t> Engine::erase_created_before(std::int64_t created_before_ms) const {
  return base::guard([&]() -> Result<std::size_t> {
    Query query;
    query.kind = "session";
    query.tenant = shared_->tenant();
    query.before = created_before_ms;
    std::size_t count = 0;
    std::optional<Error> failure;  // the first one; the others are erased all the same
    do {
      auto page = shared_->store().list(query);
      if (!page) return page.error();
      for (const Record &record : page->records) {
        const auto done = erase_session(*shared_, record.id);
        if (done) {
          ++count;
        } else if (!is_gone(done.error()) && !failure) {
          failure = done.error();
        }
      }
      query.after = std::move(page->next);
    } while (!query.after.empty());
    if (count > 0) {
      if (const auto scrubbed = shared_->store().scrub(); !scrubbed) return scrubbed.error();
    }
    if (failure) return *std::move(failure);
    return count;
  });
}

}  // namespace saleschecklist
