// Sessions through their stages, each of which is kept before the next one begins.
#ifndef SALESCHECKLIST_ENGINE_HPP
#define SALESCHECKLIST_ENGINE_HPP

#include <saleschecklist/assess.hpp>
#include <saleschecklist/audio.hpp>
#include <saleschecklist/blob_store.hpp>
#include <saleschecklist/redact.hpp>
#include <saleschecklist/report.hpp>
#include <saleschecklist/services.hpp>
#include <saleschecklist/session.hpp>
#include <saleschecklist/store.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

struct EngineOptions {
  std::shared_ptr<Store> store{};      // none: memory_store()
  std::shared_ptr<BlobStore> blobs{};  // none: memory_blobs()
  Services services{};                 // who hears, judges and speaks; no model: offline
  std::string tenant{};
  std::string actor{};  // who does it, for the audit trail; empty: "unknown"
  // Taken out of transcripts before they are kept or sent on. A recording itself cannot be
  // redacted: it is sent to the transcriber, and erased as soon as its transcript is kept.
  std::optional<RedactOptions> redact{};
  std::int64_t lease_ms = 60'000;  // after so long a silent worker is taken for dead; at least 100
  std::function<std::int64_t()> clock{};  // ms since 1970 UTC; none: the system's. Thread-safe.
  std::function<std::string()> new_id{};  // of sessions, never twice; none: random UUIDs
  Log log{};                              // called from any thread, one line at a time
};

struct NewSession {
  std::string customer{}, opportunity{}, deal_stage{}, decision_influencer{}, owner{};
  Policy policy{};
  std::shared_ptr<const Checklist> checklist{};  // none: Checklist::standard()
  bool review = false;  // hold the session in pending_review when it is judged
};

// What update() changes; nothing: left as it is.
struct SessionChange {
  std::optional<std::string> customer{}, opportunity{}, deal_stage{}, decision_influencer{},
      owner{};
  std::optional<bool> review{};
};

struct SessionFilter {
  std::string owner{}, customer{};  // the whole name; a customer's is compared without case
  std::optional<SessionStatus> status{};
  std::optional<RiskBand> band{};  // of the current score
  std::optional<std::int64_t> created_from_ms{}, created_before_ms{};
  std::string after{};      // SessionPage::next of the page before
  std::size_t limit = 100;  // 1 to 1,000
};

struct SessionPage {
  std::vector<Session> sessions;  // newest first
  std::string next;               // for SessionFilter::after; empty when this was all
};

// How a recording is to be heard, see TranscribeOptions.
struct AudioHints {
  std::vector<std::string> rep_names{};
  std::vector<std::string> channel_names{};
  std::string language{};
};

struct RunOptions {
  Stage until = Stage::speak;  // the last stage to do; speaking needs a voice
  int votes = 1;
  Budget budget{};  // of assessing and coaching together
  std::vector<Price> prices = default_prices();
  std::size_t parallel = 8;
  Progress progress{};  // of every stage
  CancelToken cancel{};
};

// What is known about a session now. What is stale is not here; Session::stale names it.
struct SessionResult {
  Session session;
  std::optional<Transcript> transcript;
  // While the session is being judged: the answers of the categories that are finished.
  std::optional<Assessment> assessment;
  std::optional<Score> score;
  std::optional<Coaching> coaching;
  std::vector<StageUsage> usage;  // of all that was paid, whether current or not
};

// Sessions of one tenant, changed in the name of one actor. Copies share everything.
// Thread-safe; any number of engines in any number of processes may work on one store. Every
// function fails as its Store and BlobStore do, with not_found for a session that this tenant does
// not have, and with conflict when somebody else changed the session at the same time, too often
// in a row.
class SALESCHECKLIST_API Engine {
 public:
  // Fails with invalid_argument for an unsound option.
  static Result<Engine> open(EngineOptions options = {});

  // The same engine for another tenant or actor. Cheap.
  Result<Engine> as(const std::string &tenant, const std::string &actor) const;

  Result<Session> create(const NewSession &session) const;
  Result<Session> find(const std::string &id) const;
  Result<SessionPage> list(const SessionFilter &filter = {}) const;
  Result<Session> update(const std::string &id, const SessionChange &change) const;

  // Gives the session something to work on, in place of what it had: whatever followed from that
  // is stale then, and whoever works on the session stops. Fails as probe_audio() does, or as
  // validate() for a transcript.
  Result<Session> attach_audio(const std::string &id, const std::string &file,
                               const AudioHints &hints = {}) const;
  Result<Session> attach_transcript(const std::string &id, const Transcript &transcript) const;

  // Does what is left to do. Every reply of a service is kept when it arrives, so that after a kill
  // at any moment another run() asks only for what had not arrived. What fails leaves the session
  // failed, and is returned. A cancelled run leaves it as it was, to be gone on with. Fails with
  // conflict while another worker has the session, and when this one has lost it: then nothing more
  // of it is written. With nothing attached, invalid_argument.
  Result<Session> run(const std::string &id, const RunOptions &options = {}) const;

  // Runs sessions that wait for it, the longest waiting first, at most `limit` (0: as long as there
  // are any), one at a time; others may do the same with the same store. Returns those that it
  // worked on, failed ones among them. Fails only where the store does, or with cancelled.
  Result<std::vector<Session>> run_pending(std::size_t limit = 0,
                                           const RunOptions &options = {}) const;

  // Puts a failed session back where run() and run_pending() go on with it.
  Result<Session> retry(const std::string &id) const;
  // A person has looked at a session in pending_review: it goes on.
  Result<Session> approve(const std::string &id) const;

  // A person's answer in place of the machine's, which is kept; `by` is the actor. Makes a new
  // version of the score, and coaching stale. Fails with invalid_argument without a reason, or for
  // an item or answer that there is not, and while there are no current answers.
  Result<Session> override_answer(const std::string &id, const std::string &item_id, Answer answer,
                                  const std::string &reason) const;

  // A new version of the score, by another policy, or for another checklist: answers of items that
  // it has, too, are carried over, its other items are unanswered. Answers given for another
  // checklist are stale: run() asks anew.
  Result<Session> rescore(const std::string &id, const Policy &policy) const;
  Result<Session> rescore(const std::string &id, const Checklist &checklist) const;

  // Coaching for the current score, by the model if there is one; in place of what there is.
  Result<Session> coach(const std::string &id, const RunOptions &options = {}) const;

  Result<SessionResult> result(const std::string &id) const;

  // All that is current as a report. Coaching that is stale or not there is composed offline, which
  // the notices say. Fails with conflict while answers or score are not current.
  Result<Report> report(const std::string &id) const;
  // The same as PDF bytes, kept among the blobs until the report changes.
  Result<std::string> report_pdf(const std::string &id, const PdfOptions &options = {}) const;
  // The spoken coaching. Fails with not_found while there is none that is current.
  Result<std::string> coaching_audio(const std::string &id) const;

  // Every version of the score, first to last.
  Result<std::vector<ScoreVersion>> history(const std::string &id) const;
  // What happened, first to last; also of an erased session.
  Result<std::vector<AuditEntry>> audit(const std::string &id) const;
  // Whether the trail is whole and what is kept is what the trail says was written.
  Result<AuditReport> verify_audit(const std::string &id) const;

  // Removes all of a session, whoever works on it, but for its trail, which holds nothing of its
  // content. May be called again after a failure. scrub() of the store is called, too.
  Result<Done> erase(const std::string &id) const;
  // Erases the sessions created before that time. Returns how many.
  Result<std::size_t> retention(std::int64_t created_before_ms) const;

 private:
  struct Shared;
  explicit Engine(std::shared_ptr<const Shared> shared) : shared_(std::move(shared)) {}
  std::shared_ptr<const Shared> shared_;
};

}  // namespace saleschecklist

#endif
