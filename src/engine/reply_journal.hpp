// Ports that store every reply of a service as it arrives, so that nothing is paid for twice.
#ifndef SALESCHECKLIST_ENGINE_REPLY_JOURNAL_HPP
#define SALESCHECKLIST_ENGINE_REPLY_JOURNAL_HPP

#include "engine/lease.hpp"
#include "json/library.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace saleschecklist::engine {

// The exchanges of one stage of one session. Requests are identified by their content; the n-th
// request with the same content gets the n-th stored reply. A stage that is resumed repeats its
// requests, so those that were answered before get the stored replies, and only the others are
// sent. Thread-safe.
class ReplyJournal {
 public:
  // Reads the replies that earlier runs of the stage stored.
  static Result<std::unique_ptr<ReplyJournal>> open(Lease &lease, Stage stage);

  // Returns the stored reply to the request with that fingerprint. If there is none, calls `ask`
  // and stores its reply before returning it. Fails as `ask`, the lease and the store do.
  Result<nlohmann::json> reply(const std::string &fingerprint,
                               const std::function<Result<nlohmann::json>()> &ask);

  // The first failure that may pass if the request is repeated later. A stage with such a failure
  // is not finished, even if it could do without the reply.
  std::optional<Error> failure() const;

  // Marks the last reply to the request with that fingerprint as one that must not be given again;
  // called again, the one before it.
  void reject(const std::string &fingerprint);
  // Replaces the rejected replies by records of what they used, so that the next run of the stage
  // makes these requests again. Fails as the lease and the store do.
  Result<void> forget_rejected();

  // Usage of stored replies that this run did not request, because the session has new input. They
  // were paid for, too.
  std::vector<StageUsage> usage_of_unasked() const;

  const char *stage() const { return name(stage_); }

  // The records to erase when the stage is finished.
  Result<std::vector<Record>> records() const;

 private:
  ReplyJournal(Lease &lease, Stage stage) : lease_(lease), stage_(stage) {}
  std::string id_of(const std::string &fingerprint, int number) const;
  Result<nlohmann::json> ask_and_keep(const std::string &id,
                                      const std::function<Result<nlohmann::json>()> &ask);

  Lease &lease_;
  const Stage stage_;
  mutable std::mutex mutex_;
  std::optional<Error> failure_;
  std::map<std::string, int> asked_;            // by fingerprint, in this run
  std::map<std::string, nlohmann::json> kept_;  // by record id
  std::set<std::string> replayed_;
  std::set<std::string> rejected_;  // ids of records
};

// What a journal calls this request to the model.
std::string fingerprint_of(const LanguageModel &model, const ModelRequest &request);

// Ports that go through a journal. The service and the journal must outlive them.
std::unique_ptr<LanguageModel> journaled_model(LanguageModel &model, ReplyJournal &journal);
std::unique_ptr<Voice> journaled_voice(Voice &voice, ReplyJournal &journal);
// With `redact`, stored replies contain no personal data, and a segment from which something was
// removed has no word times.
std::unique_ptr<Transcriber> journaled_transcriber(Transcriber &transcriber, ReplyJournal &journal,
                                                   const std::optional<RedactOptions> &redact);

}  // namespace saleschecklist::engine

#endif
