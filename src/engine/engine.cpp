// The public class. What its functions do is in the files that are included here.
#include <saleschecklist/engine.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "engine/answers.hpp"
#include "engine/attachment.hpp"
#include "engine/audit_log.hpp"
#include "engine/edits.hpp"
#include "engine/erasure.hpp"
#include "engine/lease.hpp"
#include "engine/results.hpp"
#include "engine/run.hpp"
#include "engine/sessions.hpp"

#include <saleschecklist/limits.hpp>
#include <saleschecklist/storage.hpp>

#include <fmt/format.h>

#include <chrono>
#include <mutex>

namespace saleschecklist {
namespace {

constexpr std::int64_t shortest_lease = 100;

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

std::optional<Error> tenant_fault(const std::string &tenant) {
  if (tenant.size() > limits::tenant_bytes) {
    return errors::invalid_argument(fmt::format("expected at most {} bytes", limits::tenant_bytes),
                                    "tenant");
  }
  return engine::text_fault(tenant, "tenant");
}

// Checks the options and fills in the defaults.
Result<EngineOptions> completed(EngineOptions options) {
  if (options.lease_ms < shortest_lease) {
    return errors::invalid_argument(fmt::format("expected at least {}", shortest_lease),
                                    "lease_ms");
  }
  if (options.lease_ms > limits::lease_ms) {
    return errors::invalid_argument(fmt::format("expected at most {} (a day)", limits::lease_ms),
                                    "lease_ms");
  }
  if (options.actor.empty()) options.actor = "unknown";
  if (auto fault = tenant_fault(options.tenant)) return *std::move(fault);
  if (auto fault = engine::text_fault(options.actor, "actor")) return *std::move(fault);
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
    if (auto fault = engine::text_fault(actor, "actor")) return *std::move(fault);
    auto shared = std::make_shared<Shared>(*shared_);
    shared->options.tenant = tenant;
    shared->options.actor = actor.empty() ? "unknown" : actor;
    return Engine(std::move(shared));
  });
}

Result<Session> Engine::create(const NewSession &session) const {
  return base::guard([&] { return engine::create_session(*shared_, session); });
}

Result<Session> Engine::find(const std::string &id) const {
  return base::guard([&] { return engine::find_session(*shared_, id); });
}

Result<SessionPage> Engine::list(const SessionFilter &filter) const {
  return base::guard([&] { return engine::list_sessions(*shared_, filter); });
}

Result<Session> Engine::update(const std::string &id, const SessionChange &change) const {
  return base::guard([&] { return engine::update_session(*shared_, id, change); });
}

Result<Session> Engine::attach_audio(const std::string &id, const std::string &file,
                                     const AudioHints &hints) const {
  return base::guard([&] { return engine::attach_audio(*shared_, id, file, hints); });
}

Result<Session> Engine::attach_transcript(const std::string &id,
                                          const Transcript &transcript) const {
  return base::guard([&] { return engine::attach_transcript(*shared_, id, transcript); });
}

Result<Session> Engine::run(const std::string &id, const RunOptions &options) const {
  return base::guard([&] { return engine::run_session(*shared_, id, options); });
}

Result<std::vector<Session>> Engine::run_pending(std::size_t limit,
                                                 const RunOptions &options) const {
  return base::guard([&] { return engine::run_pending(*shared_, limit, options); });
}

Result<Session> Engine::retry(const std::string &id) const {
  return base::guard([&] { return engine::retry_session(*shared_, id); });
}

Result<Session> Engine::approve(const std::string &id) const {
  return base::guard([&] { return engine::approve_session(*shared_, id); });
}

Result<Session> Engine::override_answer(const std::string &id, const std::string &item_id,
                                        Answer answer, const std::string &reason) const {
  return base::guard(
      [&] { return engine::override_answer(*shared_, id, item_id, answer, reason); });
}

Result<Session> Engine::rename_speaker(const std::string &id, const std::string &speaker,
                                       const std::string &name) const {
  return base::guard([&] {
    return engine::edit_transcript(*shared_, id, "speaker renamed", [&](Transcript &transcript) {
      return transcript::rename_speaker(transcript, speaker, name);
    });
  });
}

Result<Session> Engine::merge_speakers(const std::string &id,
                                       const std::vector<std::string> &speakers,
                                       const std::string &into) const {
  return base::guard([&] {
    return engine::edit_transcript(*shared_, id, "speakers merged", [&](Transcript &transcript) {
      return transcript::merge_speakers(transcript, speakers, into);
    });
  });
}

Result<Session> Engine::split_speaker(const std::string &id,
                                      const std::vector<std::size_t> &utterances,
                                      const std::string &name) const {
  return base::guard([&] {
    return engine::edit_transcript(*shared_, id, "speaker split", [&](Transcript &transcript) {
      return transcript::split_speaker(transcript, utterances, name);
    });
  });
}

Result<Session> Engine::correct_utterance(const std::string &id, std::size_t utterance,
                                          const std::string &text) const {
  return base::guard([&] {
    return engine::edit_transcript(
        *shared_, id, "utterance corrected", [&](Transcript &transcript) {
          return transcript::correct_utterance(transcript, utterance, text);
        });
  });
}

Result<Session> Engine::set_role(const std::string &id, const std::string &speaker,
                                 Role role) const {
  return base::guard([&] {
    return engine::edit_transcript(*shared_, id, "role set", [&](Transcript &transcript) {
      return transcript::set_role(transcript, speaker, role);
    });
  });
}

Result<Session> Engine::rescore(const std::string &id, const Policy &policy) const {
  return base::guard([&] { return engine::rescore(*shared_, id, policy); });
}

Result<Session> Engine::rescore(const std::string &id, const Checklist &checklist,
                                std::shared_ptr<const Cues> cues) const {
  return base::guard([&] { return engine::rescore(*shared_, id, checklist, std::move(cues)); });
}

Result<Session> Engine::coach(const std::string &id, const RunOptions &options) const {
  return base::guard([&] { return engine::coach_session(*shared_, id, options); });
}

Result<SessionResult> Engine::result(const std::string &id) const {
  return base::guard([&] { return engine::result_of(*shared_, id); });
}

Result<Report> Engine::report(const std::string &id) const {
  return base::guard([&] { return engine::report_of(*shared_, id); });
}

Result<std::string> Engine::report_pdf(const std::string &id, const PdfOptions &options) const {
  return base::guard([&] { return engine::report_pdf(*shared_, id, options); });
}

Result<std::string> Engine::coaching_audio(const std::string &id) const {
  return base::guard([&] { return engine::coaching_audio(*shared_, id); });
}

Result<std::vector<ScoreVersion>> Engine::history(const std::string &id) const {
  return base::guard([&] { return engine::score_history(*shared_, id); });
}

Result<std::vector<AuditEntry>> Engine::audit(const std::string &id) const {
  return base::guard([&] { return engine::audit_entries(*shared_, id); });
}

Result<AuditReport> Engine::verify_audit(const std::string &id) const {
  return base::guard([&] { return engine::verify_audit(*shared_, id); });
}

Result<void> Engine::erase(const std::string &id) const {
  return base::guard([&] { return engine::erase_session(*shared_, id); });
}

Result<std::size_t> Engine::erase_created_before(std::int64_t created_before_ms) const {
  return base::guard([&] { return engine::erase_created_before(*shared_, created_before_ms); });
}

}  // namespace saleschecklist
