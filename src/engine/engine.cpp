// Opening an engine, and the life of sessions outside their stages.
#include <saleschecklist/engine.hpp>

#include "core/guard.hpp"
#include "core/unicode.hpp"
#include "engine/lease.hpp"
#include "engine/parts.hpp"
#include "engine/recording.hpp"

#include <saleschecklist/storage.hpp>

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <mutex>

namespace saleschecklist {
namespace {

constexpr std::size_t longest_name = 500;  // bytes of a customer and the like
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
  std::string hex = random_hex(32);
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
  if (valid_utf8_prefix(text) != text.size()) return bad("not UTF-8", where);
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) return bad("expected no control characters", where);
  }
  return std::nullopt;
}

// Fills in what was left out.
Result<EngineOptions> completed(EngineOptions options) {
  if (options.lease_ms < shortest_lease) {
    return bad(fmt::format("expected at least {}", shortest_lease), "lease_ms");
  }
  if (options.actor.empty()) options.actor = "unknown";
  if (auto fault = text_fault(options.tenant, "tenant")) return *std::move(fault);
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

Result<Session> public_part(Result<State> state) {
  if (!state) return state.error();
  return std::move(state->session);
}

// Puts a session where its new input leads it: to be worked on, by whoever comes first.
void submit(const Context &context, Change &change, SessionStatus status) {
  Session &s = change.state.session;
  s.status = status;
  s.failure.reset();
  s.submitted_at_ms = change.now();
  change.also(job_write(context, s.id, change.now()));
}

}  // namespace

Result<Engine> Engine::open(EngineOptions options) {
  return guard([&]() -> Result<Engine> {
    auto all = completed(std::move(options));
    if (!all) return all.error();
    auto shared = std::make_shared<Shared>();
    shared->options = *std::move(all);
    return Engine(std::move(shared));
  });
}

Result<Engine> Engine::as(const std::string &tenant, const std::string &actor) const {
  return guard([&]() -> Result<Engine> {
    if (auto fault = text_fault(tenant, "tenant")) return *std::move(fault);
    if (auto fault = text_fault(actor, "actor")) return *std::move(fault);
    auto shared = std::make_shared<Shared>(*shared_);
    shared->options.tenant = tenant;
    shared->options.actor = actor.empty() ? "unknown" : actor;
    return Engine(std::move(shared));
  });
}

Result<Session> Engine::create(const NewSession &session) const {
  return guard([&]() -> Result<Session> {
    const Context &context = *shared_;
    if (const auto faults = validate(session.policy); !faults.empty()) return faults.front();
    const auto checklist =
        context.checklists->keep(context.store(), context.tenant(), session.checklist);
    if (!checklist) return checklist.error();
    State state;
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
    state.salt = random_hex(32);
    if (auto fault = texts_fault(s)) return *std::move(fault);
    Change change(context, std::move(state));
    Write job = job_write(context, change.state.session.id, job_never);
    job.expected = 0;
    change.also(std::move(job));
    const auto done = context.store().commit(change.writes({"created"}));
    if (!done) return done.error();
    change.state.session.revision = done->front();
    return std::move(change.state.session);
  });
}

Result<Session> Engine::find(const std::string &id) const {
  return guard([&] { return public_part(load(*shared_, id)); });
}

Result<SessionPage> Engine::list(const SessionFilter &filter) const {
  return guard([&]() -> Result<SessionPage> {
    Query query;
    query.kind = "session";
    query.tenant = shared_->tenant();
    query.owner = filter.owner;
    query.customer = customer_key(filter.customer);
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
      out.sessions.push_back(state_of(record).session);
    }
    out.next = std::move(page->next);
    return out;
  });
}

Result<Session> Engine::update(const std::string &id, const SessionChange &change) const {
  return guard([&] {
    return public_part(edit(*shared_, id, [&](Change &now) -> Edited {
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
      if (s.review != before.review) changed += (changed.empty() ? "" : ", ") + std::string("review");
      if (changed.empty()) return std::optional<Deed>();
      return std::optional(Deed{"updated", changed});
    }));
  });
}

Result<Session> Engine::attach_transcript(const std::string &id,
                                          const Transcript &transcript) const {
  return guard([&]() -> Result<Session> {
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
    return public_part(edit(*shared_, id, [&](Change &change) -> Edited {
      const State from = change.state;
      put_transcript(change, from, *kept, {});
      submit(*shared_, change, SessionStatus::analyzing);
      return std::optional(Deed{
          "transcript attached", fmt::format("version {}", change.state.session.transcript)});
    }));
  });
}

Result<Session> Engine::attach_audio(const std::string &id, const std::string &file,
                                     const AudioHints &hints) const {
  return guard([&]() -> Result<Session> {
    const auto info = probe_audio(file);
    if (!info) return info.error();
    const auto facts = facts_of(file);
    if (!facts) return facts.error();
    const std::string extension = extension_of(file);
    SessionAudio audio;
    audio.name = std::filesystem::path(file).filename().string();
    if (valid_utf8_prefix(audio.name) != audio.name.size()) audio.name = "recording";
    audio.blob = id + "/" + facts->hash + (extension.empty() ? "" : "." + extension);
    audio.content_type = content_type_of(extension);
    audio.bytes = facts->bytes;
    audio.duration_ms = info->duration_ms;
    const auto planned = edit(*shared_, id, [&](Change &change) -> Edited {
      plan_blob(change, audio.blob, {});
      change.state.session.status = SessionStatus::uploading;
      change.state.session.failure.reset();
      change.also(job_write(*shared_, id, job_never));
      return std::optional(Deed{"uploading"});
    });
    if (!planned) return planned.error();
    Blob blob;
    blob.key = audio.blob;
    blob.content_type = audio.content_type;
    blob.file = file;
    if (const auto put = shared_->blobs().put(blob); !put) return put.error();
    std::string replaced;
    auto out = edit(*shared_, id, [&](Change &change) -> Edited {
      const auto &before = change.state.session.audio;
      replaced = before && before->blob != audio.blob ? before->blob : "";
      change.state.session.audio = audio;
      change.state.hints = hints;
      submit(*shared_, change, SessionStatus::processing);
      return std::optional(Deed{"recording attached"});
    });
    // Of a session that went away meanwhile, and of a recording that was there before, nothing is left.
    const std::string &unused = out ? replaced : audio.blob;
    if (!unused.empty()) {
      if (const auto erased = shared_->blobs().erase(unused); !erased) return erased.error();
    }
    return public_part(std::move(out));
  });
}

}  // namespace saleschecklist
