// Services whose replies are kept as they arrive, so that nothing is paid for twice.
#ifndef SALESCHECKLIST_ENGINE_JOURNAL_HPP
#define SALESCHECKLIST_ENGINE_JOURNAL_HPP

#include "engine/lease.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace saleschecklist::engine {

// The exchanges of one stage of one session. A request is known by what it asks; of equal ones the
// first gets the first reply that was kept, the second the second. Stages ask in the same way each
// time that they are gone on with, so what was answered before is answered from here, and the first
// request that was not is sent. Thread-safe.
class Journal {
 public:
  // Reads what was kept when the stage was last at work.
  static Result<std::unique_ptr<Journal>> open(Lease &lease, Stage stage);

  // The kept reply to the request of that print, or the one that `ask` gives, kept before it is
  // returned. `ask` fails as the service does; the journal fails as the lease and the store do.
  Result<nlohmann::json> reply(const std::string &print,
                               const std::function<Result<nlohmann::json>()> &ask);

  // The first request that failed although it may succeed another time. A stage that makes do
  // without the answer is not done then.
  std::optional<Error> failure() const;

  // Of kept replies that nothing asked for in this run, since the session was given another input:
  // they were paid for, too.
  std::vector<StageUsage> usage_of_unasked() const;

  const char *stage() const { return name(stage_); }

  // All that is to be removed when the stage is done.
  Result<std::vector<Record>> records() const;

 private:
  Journal(Lease &lease, Stage stage) : lease_(lease), stage_(stage) {}
  Result<nlohmann::json> ask_and_keep(const std::string &id,
                                      const std::function<Result<nlohmann::json>()> &ask);

  Lease &lease_;
  const Stage stage_;
  mutable std::mutex mutex_;
  std::optional<Error> failure_;
  std::map<std::string, int> asked_;            // by print, in this run
  std::map<std::string, nlohmann::json> kept_;  // by record id
  std::set<std::string> replayed_;
};

// The ports with a journal before them. Each lives as long as its service and journal.
std::unique_ptr<LanguageModel> journaled_model(LanguageModel &model, Journal &journal);
std::unique_ptr<Voice> journaled_voice(Voice &voice, Journal &journal);
// With `redact`, what is kept holds no personal data; clips then have words only where none was
// found in a segment.
std::unique_ptr<Transcriber> journaled_transcriber(Transcriber &transcriber, Journal &journal,
                                                   const std::optional<RedactOptions> &redact);

}  // namespace saleschecklist::engine

#endif
