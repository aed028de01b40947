// Runs sessions through their stages; the result of each stage is stored before the next one
// begins.
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
  std::shared_ptr<Store> store{};      // null: memory_store()
  std::shared_ptr<BlobStore> blobs{};  // null: memory_blobs()
  Services services{};                 // without a model, sessions are assessed offline
  std::string tenant{};
  std::string actor{};  // the user name written to the audit log; empty means "unknown"
  // What is redacted from transcripts before they are stored or sent to a model. A recording cannot
  // be redacted: it is sent to the transcriber, and erased as soon as its transcript is stored.
  std::optional<RedactOptions> redact{};
  // A worker that is silent for longer is presumed dead. 100 to 86,400,000 (a day).
  std::int64_t lease_ms = 60'000;
  // Milliseconds since 1970-01-01 UTC; null: the system clock. Must be thread-safe.
  std::function<std::int64_t()> clock{};
  // Makes session ids and never repeats one; null: random UUIDs. Must be thread-safe.
  std::function<std::string()> new_id{};
  Log log{};  // called from any thread, one line at a time
};

struct NewSession {
  std::string customer{}, opportunity{}, deal_stage{}, decision_influencer{}, owner{};
  Policy policy{};
  std::shared_ptr<const Checklist> checklist{};  // null: Checklist::standard()
  // What the offline assessor listens for; null: the built-in cues of a built-in checklist. Stored
  // with the session, so every run uses the same cues.
  std::shared_ptr<const Cues> cues{};
  bool review = false;  // hold the session in pending_review once it is assessed
  SalesCallRule sales_call = SalesCallRule::automatic;  // as AnalyzeOptions::sales_call
};

// What update() changes. Fields without a value are left as they are.
struct SessionChange {
  std::optional<std::string> customer{}, opportunity{}, deal_stage{}, decision_influencer{},
      owner{};
  std::optional<bool> review{};
  std::optional<SalesCallRule> sales_call{};  // if it changes, the score becomes stale
};

struct SessionFilter {
  std::string owner{}, customer{};  // whole names; case is ignored for the customer
  std::optional<SessionStatus> status{};
  std::optional<RiskBand> band{};  // of the current score
  std::optional<std::int64_t> created_from_ms{}, created_before_ms{};
  std::string after{};      // SessionPage::next of the previous page
  std::size_t limit = 100;  // 1 to 1,000
};

struct SessionPage {
  std::vector<Session> sessions;  // newest first
  std::string next;               // for SessionFilter::after; empty on the last page
  std::vector<Error> damaged{};   // of the page: the sessions that cannot be read, and why
};

// How a recording is transcribed, see TranscribeOptions.
struct AudioHints {
  std::vector<std::string> rep_names{};
  std::vector<std::string> channel_names{};
  std::string language{};
};

struct RunOptions {
  Stage until = Stage::speak;  // the last stage to run; speaking needs a voice
  int votes = 1;
  std::size_t parallel = 8;
  // Whether to go on if the model has not answered all items that it was asked about
  // (Assessment::failure): they are unanswered then, and the session is scored without them.
  // Otherwise it fails at the stage `assess`, and its next run asks only for what is missing.
  bool allow_partial = false;
  // The budget is for telling the speakers apart, assessing and coaching together. Without a log of
  // its own, a run writes to EngineOptions::log.
  CallOptions call{};
};

// What is currently known about a session. Stale results are left out; Session::stale names them.
struct SessionResult {
  Session session;
  std::optional<Transcript> transcript;
  // While the session is being assessed: the answers of the categories that are finished.
  std::optional<Assessment> assessment;
  std::optional<Assessability> assessability;  // made with the score, also if there is none
  std::optional<Score> score;
  std::optional<Coaching> coaching;
  std::vector<StageUsage> usage;  // of everything that was paid for, current or not
};

// The sessions of one tenant, changed on behalf of one actor. Copies share everything.
// Thread-safe; any number of engines in any number of processes may use the same store. Every
// function fails as its Store and BlobStore do, with not_found if the tenant has no such session,
// and with conflict if others keep changing the session at the same time.
class SALESCHECKLIST_API Engine {
 public:
  // Fails with invalid_argument if an option is out of range.
  static Result<Engine> open(EngineOptions options = {});

  // The same engine for another tenant or actor. Cheap: nothing is opened again.
  Result<Engine> as(const std::string &tenant, const std::string &actor) const;

  Result<Session> create(const NewSession &session) const;
  Result<Session> find(const std::string &id) const;
  Result<SessionPage> list(const SessionFilter &filter = {}) const;
  Result<Session> update(const std::string &id, const SessionChange &change) const;

  // Replaces the session's input. Results made from the previous input become stale, and a worker
  // that is running the session stops. Fails as probe_audio() does, and with invalid_argument if
  // validate() finds a fault in the transcript.
  Result<Session> attach_audio(const std::string &id, const std::string &file,
                               const AudioHints &hints = {}) const;
  Result<Session> attach_transcript(const std::string &id, const Transcript &transcript) const;

  // Runs the stages that remain. Every reply of a service is stored when it arrives, so after a
  // crash at any moment the next run() requests only what had not arrived. If a stage fails, the
  // session's status becomes `failed` and the error is returned. A cancelled run leaves the session
  // ready to be resumed. Fails with conflict while another worker holds the session or if this
  // worker loses it (nothing more is written then), and with invalid_argument if nothing is
  // attached or if an option is out of range.
  Result<Session> run(const std::string &id, const RunOptions &options = {}) const;

  // Runs waiting sessions one at a time, the longest waiting first: at most `limit`, or until none
  // are left if `limit` is 0. Several workers may do this on the same store. Returns the sessions
  // that were run, including those that failed. Fails only as the store does, with cancelled, and
  // with invalid_argument if an option is out of range.
  Result<std::vector<Session>> run_pending(std::size_t limit = 0,
                                           const RunOptions &options = {}) const;

  // Makes a failed session ready to be resumed by run() and run_pending(). Fails with
  // invalid_argument if the session's status is not `failed`.
  Result<Session> retry(const std::string &id) const;
  // Approves a session in pending_review, which run() and run_pending() may then continue. Fails
  // with invalid_argument if the session's status is not `pending_review`.
  Result<Session> approve(const std::string &id) const;

  // Replaces the assessor's answer with a person's; the assessor's answer is kept, and the actor is
  // recorded. Makes a new version of the score if there is a score; coaching becomes stale. Fails
  // with invalid_argument if the reason is empty, longer than 2,000 bytes or not valid UTF-8, if
  // the checklist has no such item, or if `answer` is `unanswered` or `ambiguous`; and with
  // conflict if there are no current answers.
  Result<Session> override_answer(const std::string &id, const std::string &item_id, Answer answer,
                                  const std::string &reason) const;

  // Corrections of the current transcript by a person. Each makes a new version of it, in which
  // utterances keep their number and order. Answers that rest on utterances whose words or side
  // changed are judged again by the next run(), and so are unanswered items and items that the
  // offline assessor finds proved there now; all other answers and people's corrections stay. If no
  // answer is in question, as after a new name, the answers stay current, the score gets a new
  // version, and coaching becomes stale. attach_transcript() with a corrected transcript has
  // everything judged again. Speakers are named exactly as in the transcript; "" is the one whom
  // the source does not name. Under EngineOptions::redact, what is typed is redacted, too. Fail
  // with conflict if there is no current transcript, and with invalid_argument if there is no such
  // speaker or utterance, if a name is empty or longer than 200 bytes, if a text has no words or
  // more than 100,000 bytes, and if either is not valid UTF-8.

  // Also fails with invalid_argument if another speaker has the name.
  Result<Session> rename_speaker(const std::string &id, const std::string &speaker,
                                 const std::string &name) const;
  // Gives the words of all `speakers` to `into`, another speaker, whose role they take.
  Result<Session> merge_speakers(const std::string &id, const std::vector<std::string> &speakers,
                                 const std::string &into) const;
  // Gives these utterances, counted from 0, to `name`: a speaker of the call, whose role they take,
  // or a new one, whose role is unknown until set_role().
  Result<Session> split_speaker(const std::string &id, const std::vector<std::size_t> &utterances,
                                const std::string &name) const;
  // Replaces the words of one utterance, counted from 0. They are not suspect any more.
  Result<Session> correct_utterance(const std::string &id, std::size_t utterance,
                                    const std::string &text) const;
  Result<Session> set_role(const std::string &id, const std::string &speaker, Role role) const;

  // Makes a new version of the score under another policy, or for another checklist. Fails with
  // conflict if there are no current answers. Answers to unchanged items are carried over, and new
  // and changed items are unanswered. If the new checklist has new or changed items, the answers
  // are stale and run() assesses again. `cues` as in NewSession; if null, the session keeps its
  // cues for a checklist of the same id.
  Result<Session> rescore(const std::string &id, const Policy &policy) const;
  Result<Session> rescore(const std::string &id, const Checklist &checklist,
                          std::shared_ptr<const Cues> cues = {}) const;

  // Replaces the coaching with new coaching for the current score, by the model if there is one,
  // and then runs the later stages. Fails as run() does, and with conflict if there is no current
  // score.
  Result<Session> coach(const std::string &id, const RunOptions &options = {}) const;

  Result<SessionResult> result(const std::string &id) const;

  // Builds a report from the current results. Coaching that is stale or missing is composed
  // offline; if it is stale, a notice says so. Fails with conflict if the answers or the score are
  // not current.
  Result<Report> report(const std::string &id) const;
  // The same as PDF bytes, which are kept in the blob store until the report changes. Fails as
  // report() and render_pdf() do.
  Result<std::string> report_pdf(const std::string &id, const PdfOptions &options = {}) const;
  // The spoken coaching. Fails with not_found if there is none or if it is stale.
  Result<std::string> coaching_audio(const std::string &id) const;

  // Every version of the score, oldest first.
  Result<std::vector<ScoreVersion>> history(const std::string &id) const;
  // The audit log, oldest entry first. It remains after the session is erased.
  Result<std::vector<AuditEntry>> audit(const std::string &id) const;
  // Checks that the audit log is complete and that what is stored is what the log says was written.
  Result<AuditReport> verify_audit(const std::string &id) const;

  // Removes everything of a session, even while a worker runs it, except its audit log, which has
  // none of its content. Calls Store::scrub(). May be called again after a failure.
  Result<void> erase(const std::string &id) const;
  // Erases the sessions created before that time, in ms since 1970-01-01 UTC. Returns how many.
  Result<std::size_t> erase_created_before(std::int64_t created_before_ms) const;

 private:
  struct Shared;
  explicit Engine(std::shared_ptr<const Shared> shared) : shared_(std::move(shared)) {}
  std::shared_ptr<const Shared> shared_;
};

}  // namespace saleschecklist

#endif
