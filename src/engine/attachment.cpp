#include "engine/attachment.hpp"

#include "base/unicode.hpp"
#include "engine/lease.hpp"
#include "engine/recording.hpp"
#include "engine/session_documents.hpp"

#include <saleschecklist/redact.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <initializer_list>

namespace saleschecklist::engine {
namespace {

SessionAudio audio_of(const std::string &file, const AudioInfo &info, const FileFacts &facts) {
  const std::string extension = extension_of(file);
  SessionAudio out;
  out.name = std::filesystem::path(file).filename().string();
  const std::initializer_list<const char *> descriptors = {"/proc/", "/dev/fd/", "/dev/stdin"};
  const bool is_descriptor =
      std::any_of(descriptors.begin(), descriptors.end(),
                  [&](const char *begin) { return file.rfind(begin, 0) == 0; });
  if (is_descriptor || base::valid_utf8_prefix(out.name) != out.name.size()) out.name = "recording";
  out.blob = facts.hash + (extension.empty() ? "" : "." + extension);
  out.content_type = content_type_of(extension);
  out.bytes = facts.bytes;
  out.duration_ms = info.duration_ms;
  return out;
}

// Puts a recording into the blob store; the session is `uploading` until that is done. Each upload
// has its own key, so that the failure of another upload cannot remove it.
class Upload {
 public:
  Upload(const Context &context, std::string id, std::string file, SessionAudio audio)
      : context_(context), id_(std::move(id)), file_(std::move(file)), audio_(std::move(audio)) {}

  Result<SessionRecord> run(const AudioHints &hints) {
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
      forget_blob(context_, id_, audio_.blob);
    } else if (!replaced_.empty()) {
      if (const auto erased = context_.blobs().erase(replaced_); !erased) return erased.error();
    }
    return out;
  }

 private:
  Result<SessionRecord> plan() {
    const std::string name = audio_.blob;
    return mutate(context_, id_, [&](Transaction &transaction) -> MutationResult {
      before_ = transaction.record.session;
      audio_.blob = fmt::format("{}/{}/{}", blob_folder(context_, id_),
                                transaction.record.blobs.size() + 1, name);
      plan_blob(transaction, audio_.blob, {});
      transaction.record.session.status = SessionStatus::uploading;
      transaction.record.session.failure.reset();
      transaction.also(job_write(context_, id_, job_never));
      return logged({"uploading"});
    });
  }

  Result<SessionRecord> attach(const AudioHints &hints) {
    return mutate(context_, id_, [&](Transaction &transaction) -> MutationResult {
      const auto &old = transaction.record.session.audio;
      if (old && old->blob == audio_.blob) return unchanged();
      replaced_ = old ? old->blob : "";
      transaction.record.session.audio = audio_;
      transaction.record.hints = hints;
      submit(context_, transaction, SessionStatus::processing);
      return logged({"recording attached"});
    });
  }

  // Restores the session unless someone else has changed it meanwhile.
  void give_up() {
    (void)mutate(context_, id_, [&](Transaction &transaction) -> MutationResult {
      Session &s = transaction.record.session;
      if (s.status != SessionStatus::uploading) return unchanged();
      s.status = before_.status;
      s.failure = before_.failure;
      const bool waited = s.status == SessionStatus::processing ||
                          s.status == SessionStatus::analyzing ||
                          s.status == SessionStatus::scoring;
      if (waited) transaction.also(job_write(context_, id_, transaction.now()));
      return logged({"upload failed"});
    });
  }

  const Context &context_;
  const std::string id_, file_;
  SessionAudio audio_;
  Session before_;
  std::string replaced_;
};

}  // namespace

void submit(const Context &context, Transaction &transaction, SessionStatus status) {
  Session &s = transaction.record.session;
  s.status = status;
  s.failure.reset();
  s.submitted_at_ms = transaction.now();
  transaction.also(job_write(context, s.id, transaction.now()));
}

Result<Session> attach_transcript(const Context &context, const std::string &id,
                                  const Transcript &transcript) {
  if (const auto faults = validate(transcript); !faults.empty()) {
    Error out = faults.front();
    out.code = ErrorCode::invalid_argument;
    return out;
  }
  const Transcript *kept = &transcript;
  std::optional<Redacted> redacted;
  if (context.options.redact) {
    auto out = redact(transcript, *context.options.redact);
    if (!out) return out.error();
    redacted = *std::move(out);
    kept = &redacted->transcript;
  }
  return session_of(mutate(context, id, [&](Transaction &transaction) -> MutationResult {
    const SessionRecord from = transaction.record;
    put_transcript(transaction, from, *kept, {});
    submit(context, transaction, SessionStatus::analyzing);
    return logged({"transcript attached",
                   fmt::format("version {}", transaction.record.session.transcript_version)});
  }));
}

Result<Session> attach_audio(const Context &context, const std::string &id, const std::string &file,
                             const AudioHints &hints) {
  const auto info = probe_audio(file);
  if (!info) return info.error();
  const auto facts = facts_of(file);
  if (!facts) return facts.error();
  return session_of(Upload(context, id, file, audio_of(file, *info, *facts)).run(hints));
}

}  // namespace saleschecklist::engine
