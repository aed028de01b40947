// Opening an engine, and the life of sessions outside their stages.
#include <saleschecklist/engine.hpp>

#include "base/guard.hpp"
#include "base/unicode.hpp"
#include "engine/lease.hpp"
#include "engine/recording.hpp"
#include "engine/session_documents.hpp"

#include <saleschecklist/storage.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <mutex>

namespace saleschecklist {
namespace {

constexpr std::size_t longest_name = 500;  // bytes of a customer and the like
constexpr std::size_t longest_tenant = 200, longest_id = 64;
constexpr std::int64_t shortest_lease = 100;

Error bad(const std::string &what, const std::string &where) {
  return {ErrorCode::invalid_argument, what, where};
}

std::int64_t system_clock() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// A version 4 UUID (RFC 9562).
std::string random_uuid() {
  std::string hex = engine::random_hex(32);
  hex[12] = '4';
  hex[16] = "89ab"[hex[16] % 4];
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20);
}

// What is kept in fields and shown in tables: one line of UTF-8.
std::optional<Error> text_fault(const std::string &text, const char *where) {
  if (text.size() > longest_name) {
    return bad(fmt::format("longer than {} bytes", longest_name), where);
  }
  if (base::valid_utf8_prefix(text) != text.size()) return bad("not UTF-8", where);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) return bad("expected no control characters", where);
  }
  return std::nullopt;
}

std::optional<Error> tenant_fault(const std::string &tenant) {
  if (tenant.size() > longest_tenant) {
    return bad(fmt::format("longer than {} bytes", longest_tenant), "tenant");
  }
  return text_fault(tenant, "tenant");
}

// Fills in what was left out.
Result<EngineOptions> completed(EngineOptions options) {
  if (options.lease_ms < shortest_lease) {
    return bad(fmt::format("expected at least {}", shortest_lease), "lease_ms");
  }
  if (options.actor.empty()) options.actor = "unknown";
  if (auto fault = tenant_fault(options.tenant)) return *std::move(fault);
  if (auto fault = text_fault(options.actor, "actor")) return *std::move(fault);
  if (!options.store) options.store = memory_store();
  if (!options.blobs) options.blobs = memory_blobs();
  if (!options.clock) options.clock = system_clock;
  if (!options.new_id) options.new_id = random_uuid;
  if (options.log) {
    const auto lines = std::make_shared<std::mutex>();
    options.log = [lines, log = std::move(options.log)](LogLevel level, std::string_view message) {
      const std::lock_guard lock(*lines);
      log(level, message);
    };
  }
  return options;
}

// Ids are parts of record ids and of blobs' keys.
std::optional<Error> id_fault(const std::string &id) {
  const bool sound = !id.empty() && id.size() <= longest_id && id.front() != '.' &&
                     std::all_of(id.begin(), id.end(), [](unsigned char c) {
                       return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
                     });
  if (sound) return std::nullopt;
  return bad(fmt::format("expected 1 to {} letters, digits, '-', '_' or '.'", longest_id),
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

Result<Session> public_part(Result<engine::SessionRecord> state) {
  if (!state) return state.error();
  return std::move(state->session);
}

SessionAudio audio_of(const std::string &file, const AudioInfo &info,
                      const engine::FileFacts &facts) {
  const std::string extension = engine::extension_of(file);
  SessionAudio out;
  out.name = std::filesystem::path(file).filename().string();
  if (base::valid_utf8_prefix(out.name) != out.name.size()) out.name = "recording";
  out.blob = facts.hash + (extension.empty() ? "" : "." + extension);
  out.content_type = engine::content_type_of(extension);
  out.bytes = facts.bytes;
  out.duration_ms = info.duration_ms;
  return out;
}

// Puts a session where its new input leads it: to be worked on, by whoever comes first.
void submit(const engine::Context &context, engine::Transaction &transaction,
            SessionStatus status) {
  Session &s = transaction.state.session;
  s.status = status;
  s.failure.reset();
  s.submitted_at_ms = transaction.now();
  transaction.also(engine::job_write(context, s.id, transaction.now()));
}

// A recording on its way: the session is uploading until it is there whole. Each upload has a key
// of its own, so that no other one's failure can take it away.
class Upload {
 public:
  Upload(const engine::Context &context, std::string id, std::string file, SessionAudio audio)
      : context_(context), id_(std::move(id)), file_(std::move(file)), audio_(std::move(audio)) {}

  Result<engine::SessionRecord> run(const AudioHints &hints) {
    if (auto planned = plan(); !planned) return planned;
    Blob blob;
    blob.key = audio_.blob;
    blob.content_type = audio_.content_type;
    blob.file = file_;
    if (const auto put = context_.blobs().put(blob); !put) {
      give_up();
      return put.error();
    }
    auto out = attach(hints);
    if (!out) {
      engine::forget_blob(context_, id_, audio_.blob);
    } else if (!replaced_.empty()) {
      if (const auto erased = context_.blobs().erase(replaced_); !erased) return erased.error();
    }
    return out;
  }

 private:
  Result<engine::SessionRecord> plan() {
    const std::string name = audio_.blob;
    return engine::edit(context_, id_,
                        [&](engine::Transaction &transaction) -> engine::MutationResult {
                          before_ = transaction.state.session;
                          audio_.blob = fmt::format("{}/{}/{}", engine::blob_folder(context_, id_),
                                                    transaction.state.blobs.size() + 1, name);
                          engine::plan_blob(transaction, audio_.blob, {});
                          transaction.state.session.status = SessionStatus::uploading;
                          transaction.state.session.failure.reset();
                          transaction.also(engine::job_write(context_, id_, engine::job_never));
                          return std::optional(engine::AuditAction{"uploading"});
                        });
  }

  Result<engine::SessionRecord> attach(const AudioHints &hints) {
    return engine::edit(context_, id_,
                        [&](engine::Transaction &transaction) -> engine::MutationResult {
                          const auto &old = transaction.state.session.audio;
                          if (old && old->blob == audio_.blob)
                            return std::optional<engine::AuditAction>();
                          replaced_ = old ? old->blob : "";
                          transaction.state.session.audio = audio_;
                          transaction.state.hints = hints;
                          submit(context_, transaction, SessionStatus::processing);
                          return std::optional(engine::AuditAction{"recording attached"});
                        });
  }

  // The session is as it was before, unless somebody has changed it meanwhile.
  void give_up() {
    (void)engine::edit(context_, id_,
                       [&](engine::Transaction &transaction) -> engine::MutationResult {
                         Session &s = transaction.state.session;
                         if (s.status != SessionStatus::uploading)
                           return std::optional<engine::AuditAction>();
                         s.status = before_.status;
                         s.failure = before_.failure;
                         const bool waited = s.status == SessionStatus::processing ||
                                             s.status == SessionStatus::analyzing ||
                                             s.status == SessionStatus::scoring;
                         if (waited)
                           transaction.also(engine::job_write(context_, id_, transaction.now()));
                         return std::optional(engine::AuditAction{"upload failed"});
                       });
  }

  const engine::Context &context_;
  const std::string id_, file_;
  SessionAudio audio_;
  Session before_;
  std::string replaced_;
};

}  // namespace

Result<Engine> Engine::open(EngineOptions options) {
  return base::guard([&]() -> Result<Engine> {
    auto all = completed(std::move(options));
    if (!all) return all.error();
    auto shared = std::make_shared<Shared>();
    shared->options = *std::move(all);
    return Engine(std::move(shared));
  });
}

Result<Engine> Engine::as(const std::string &tenant, const std::string &actor) const {
  return base::guard([&]() -> Result<Engine> {
    if (auto fault = tenant_fault(tenant)) return *std::move(fault);
    if (auto fault = text_fault(actor, "actor")) return *std::move(fault);
    auto shared = std::make_shared<Shared>(*shared_);
    shared->options.tenant = tenant;
    shared->options.actor = actor.empty() ? "unknown" : actor;
    return Engine(std::move(shared));
  });
}

Result<Session> Engine::create(const NewSession &session) const {
  return base::guard([&]() -> Result<Session> {
    const engine::Context &context = *shared_;
    if (const auto faults = validate(session.policy); !faults.empty()) return faults.front();
    const auto checklist =
        context.checklists->keep(context.store(), context.tenant(), session.checklist);
    if (!checklist) return checklist.error();
    const auto cues = context.checklists->keep_cues(context.store(), context.tenant(),
                                                    *checklist->value, session.cues);
    if (!cues) return cues.error();
    engine::SessionRecord state;
    state.cues = cues->print;
    Session &s = state.session;
    s.id = context.options.new_id();
    s.tenant = context.tenant();
    s.customer = session.customer;
    s.opportunity = session.opportunity;
    s.deal_stage = session.deal_stage;
    s.decision_influencer = session.decision_influencer;
    s.owner = session.owner;
    s.review = session.review;
    s.policy = session.policy;
    s.checklist_id = checklist->value->id;
    s.checklist_fingerprint = checklist->print;
    s.created_at_ms = context.now();
    state.salt = engine::random_hex(32);
    if (auto fault = id_fault(s.id)) return *std::move(fault);
    if (auto fault = texts_fault(s)) return *std::move(fault);
    engine::Transaction transaction(context, std::move(state));
    Write job = engine::job_write(context, transaction.state.session.id, engine::job_never);
    job.expected = 0;
    transaction.also(std::move(job));
    const auto done = context.store().commit(transaction.writes({"created"}));
    if (!done) return done.error();
    transaction.state.session.revision = done->front();
    return std::move(transaction.state.session);
  });
}

Result<Session> Engine::find(const std::string &id) const {
  return base::guard([&] { return public_part(engine::load(*shared_, id)); });
}

Result<SessionPage> Engine::list(const SessionFilter &filter) const {
  return base::guard([&]() -> Result<SessionPage> {
    Query query;
    query.kind = "session";
    query.tenant = shared_->tenant();
    query.owner = filter.owner;
    query.customer = engine::customer_key(filter.customer);
    if (filter.status) query.status = name(*filter.status);
    if (filter.band) query.band = name(*filter.band);
    query.from = filter.created_from_ms;
    query.before = filter.created_before_ms;
    query.newest_first = true;
    query.after = filter.after;
    query.limit = filter.limit;
    auto page = shared_->store().list(query);
    if (!page) return page.error();
    SessionPage out;
    for (const Record &record : page->records) {
      try {
        out.sessions.push_back(engine::state_of(record).session);
      } catch (const BadResult &damaged) {  // the others are there all the same
        shared_->log(LogLevel::error, to_string(damaged.error()));
      }
    }
    out.next = std::move(page->next);
    return out;
  });
}

Result<Session> Engine::update(const std::string &id, const SessionChange &change) const {
  return base::guard([&] {
    return public_part(
        engine::edit(*shared_, id, [&](engine::Transaction &now) -> engine::MutationResult {
          Session &s = now.state.session;
          const Session before = s;
          if (change.customer) s.customer = *change.customer;
          if (change.opportunity) s.opportunity = *change.opportunity;
          if (change.deal_stage) s.deal_stage = *change.deal_stage;
          if (change.decision_influencer) s.decision_influencer = *change.decision_influencer;
          if (change.owner) s.owner = *change.owner;
          if (change.review) s.review = *change.review;
          if (auto fault = texts_fault(s)) return *std::move(fault);
          std::string changed;
          for (const NamedText &text : texts) {
            if (s.*text.member != before.*text.member) {
              changed += (changed.empty() ? "" : ", ") + std::string(text.where);
            }
          }
          if (s.review != before.review)
            changed += (changed.empty() ? "" : ", ") + std::string("review");
          if (changed.empty()) return std::optional<engine::AuditAction>();
          return std::optional(engine::AuditAction{"updated", changed});
        }));
  });
}

Result<Session> Engine::attach_transcript(const std::string &id,
                                          const Transcript &transcript) const {
  return base::guard([&]() -> Result<Session> {
    if (const auto faults = validate(transcript); !faults.empty()) {
      Error out = faults.front();
      out.code = ErrorCode::invalid_argument;
      return out;
    }
    const Transcript *kept = &transcript;
    std::optional<Redacted> redacted;
    if (shared_->options.redact) {
      auto out = redact(transcript, *shared_->options.redact);
      if (!out) return out.error();
      redacted = *std::move(out);
      kept = &redacted->transcript;
    }
    return public_part(
        engine::edit(*shared_, id, [&](engine::Transaction &transaction) -> engine::MutationResult {
          const engine::SessionRecord from = transaction.state;
          engine::put_transcript(transaction, from, *kept, {});
          submit(*shared_, transaction, SessionStatus::analyzing);
          return std::optional(engine::AuditAction{
              "transcript attached",
              fmt::format("version {}", transaction.state.session.transcript_version)});
        }));
  });
}

Result<Session> Engine::attach_audio(const std::string &id, const std::string &file,
                                     const AudioHints &hints) const {
  return base::guard([&]() -> Result<Session> {
    const auto info = probe_audio(file);
    if (!info) return info.error();
    const auto facts = engine::facts_of(file);
    if (!facts) return facts.error();
    return public_part(Upload(*shared_, id, file, audio_of(file, *info, *facts)).run(hints));
  });
}

}  // namespace saleschecklist
