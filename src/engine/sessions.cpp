#include "engine/sessions.hpp"
#include "base/errors.hpp"

#include "base/unicode.hpp"
#include "engine/lease.hpp"
#include "engine/session_record.hpp"

#include <saleschecklist/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace saleschecklist::engine {
namespace {

// Session ids are parts of record ids and of blob keys.
std::optional<Error> id_fault(const std::string &id) {
  const bool sound = !id.empty() && id.size() <= limits::session_id_bytes && id.front() != '.' &&
                     std::all_of(id.begin(), id.end(), [](unsigned char c) {
                       return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
                     });
  if (sound) return std::nullopt;
  return errors::invalid_argument(
      fmt::format("expected 1 to {} letters, digits, '-', '_' or '.'", limits::session_id_bytes),
      "new_id");
}

struct NamedText {
  const char *where;
  std::string Session::*member;
};
constexpr NamedText texts[] = {{"customer", &Session::customer},
                               {"opportunity", &Session::opportunity},
                               {"deal_stage", &Session::deal_stage},
                               {"decision_influencer", &Session::decision_influencer},
                               {"owner", &Session::owner}};

std::optional<Error> texts_fault(const Session &session) {
  for (const NamedText &text : texts) {
    if (auto fault = text_fault(session.*text.member, text.where)) return fault;
  }
  return std::nullopt;
}

// Queues a session that was finished, because its score has become stale.
void score_again(const Context &context, Transaction &now) {
  Session &s = now.record.session;
  if (s.status != SessionStatus::completed && s.status != SessionStatus::not_assessable) return;
  s.status = SessionStatus::scoring;
  now.also(job_write(context, s.id, now.now()));
}

}  // namespace

std::optional<Error> text_fault(const std::string &text, const char *where) {
  if (text.size() > limits::name_bytes) {
    return errors::invalid_argument(fmt::format("expected at most {} bytes", limits::name_bytes),
                                    where);
  }
  if (base::valid_utf8_prefix(text) != text.size())
    return errors::invalid_argument("expected valid UTF-8", where);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20)
      return errors::invalid_argument("expected text without control characters", where);
  }
  return std::nullopt;
}

Result<Session> create_session(const Context &context, const NewSession &session) {
  if (const auto faults = validate(session.policy); !faults.empty()) return faults.front();
  const auto checklist =
      context.checklists->keep(context.store(), context.tenant(), session.checklist);
  if (!checklist) return checklist.error();
  const auto cues = context.checklists->keep_cues(context.store(), context.tenant(),
                                                  *checklist->value, session.cues);
  if (!cues) return cues.error();
  SessionRecord record;
  record.cues = cues->fingerprint;
  Session &s = record.session;
  s.id = context.options.new_id();
  s.tenant = context.tenant();
  s.customer = session.customer;
  s.opportunity = session.opportunity;
  s.deal_stage = session.deal_stage;
  s.decision_influencer = session.decision_influencer;
  s.owner = session.owner;
  s.review = session.review;
  s.sales_call = session.sales_call;
  s.policy = session.policy;
  s.checklist_id = checklist->value->id;
  s.checklist_fingerprint = checklist->fingerprint;
  s.created_at_ms = context.now();
  record.salt = random_hex(32);
  if (auto fault = id_fault(s.id)) return *std::move(fault);
  if (auto fault = texts_fault(s)) return *std::move(fault);
  Transaction transaction(context, std::move(record));
  Write job = job_write(context, transaction.record.session.id, job_never);
  job.expected = 0;
  transaction.also(std::move(job));
  const auto done = context.store().commit(transaction.writes({"created"}));
  if (!done) return done.error();
  transaction.record.session.revision = done->front();
  return std::move(transaction.record.session);
}

Result<Session> find_session(const Context &context, const std::string &id) {
  return session_of(load(context, id));
}

Result<SessionPage> list_sessions(const Context &context, const SessionFilter &filter) {
  Query query;
  query.kind = "session";
  query.tenant = context.tenant();
  query.owner = filter.owner;
  query.customer = customer_key(filter.customer);
  if (filter.status) query.status = name(*filter.status);
  if (filter.band) query.band = name(*filter.band);
  query.from = filter.created_from_ms;
  query.before = filter.created_before_ms;
  query.newest_first = true;
  query.after = filter.after;
  query.limit = filter.limit;
  auto page = context.store().list(query);
  if (!page) return page.error();
  SessionPage out;
  for (const Record &row : page->records) {
    try {
      out.sessions.push_back(session_record_of(row).session);
    } catch (const BadResult &damaged) {  // the other sessions are listed all the same
      context.log(LogLevel::error, to_string(damaged.error()));
      out.damaged.push_back(damaged.error());
    }
  }
  out.next = std::move(page->next);
  return out;
}

Result<Session> update_session(const Context &context, const std::string &id,
                               const SessionChange &change) {
  return session_of(mutate(context, id, [&](Transaction &now) -> MutationResult {
    Session &s = now.record.session;
    const Session before = s;
    if (change.customer) s.customer = *change.customer;
    if (change.opportunity) s.opportunity = *change.opportunity;
    if (change.deal_stage) s.deal_stage = *change.deal_stage;
    if (change.decision_influencer) s.decision_influencer = *change.decision_influencer;
    if (change.owner) s.owner = *change.owner;
    if (change.review) s.review = *change.review;
    if (change.sales_call) s.sales_call = *change.sales_call;
    if (auto fault = texts_fault(s)) return *std::move(fault);
    std::string changed;
    for (const NamedText &text : texts) {
      if (s.*text.member != before.*text.member) {
        changed += (changed.empty() ? "" : ", ") + std::string(text.where);
      }
    }
    if (s.review != before.review) changed += (changed.empty() ? "" : ", ") + std::string("review");
    if (s.sales_call != before.sales_call) {
      changed += (changed.empty() ? "" : ", ") + std::string("sales_call");
      score_again(context, now);
    }
    if (changed.empty()) return unchanged();
    return logged({"updated", changed});
  }));
}

}  // namespace saleschecklist::engine
