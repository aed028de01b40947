// What every function of an engine works with.
#ifndef SALESCHECKLIST_ENGINE_CONTEXT_HPP
#define SALESCHECKLIST_ENGINE_CONTEXT_HPP

#include <saleschecklist/engine.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace saleschecklist::engine {

// Random, of so many hexadecimal digits.
std::string random_hex(std::size_t digits);

// A checklist with its fingerprint, which takes milliseconds to compute.
struct StoredChecklist {
  std::shared_ptr<const Checklist> value;
  std::string print;
};

// Cues with their fingerprint, which takes milliseconds to compute.
struct KnownCues {
  std::shared_ptr<const Cues> value;
  std::string print;
};

// The checklists and the cues that sessions were made with, as they were. Thread-safe.
class Checklists {
 public:
  // Keeps a checklist in the store, once per tenant. Null: Checklist::standard(). Fails with
  // invalid_argument when it is unsound.
  Result<StoredChecklist> keep(Store &store, const std::string &tenant,
                               std::shared_ptr<const Checklist> checklist);
  // The one of that fingerprint.
  Result<StoredChecklist> find(Store &store, const std::string &tenant, const std::string &print);

  // The same for cues. Null: default_cues(checklist). Cues without items have an empty fingerprint
  // and are not kept. Fails with invalid_argument when they are unsound for the checklist.
  Result<KnownCues> keep_cues(Store &store, const std::string &tenant, const Checklist &checklist,
                              std::shared_ptr<const Cues> cues);
  Result<KnownCues> find_cues(Store &store, const std::string &tenant, const std::string &print);

 private:
  // Writes the record of that kind and fingerprint unless the store has it.
  Result<void> keep_once(Store &store, const char *kind, const std::string &tenant,
                         const std::string &print,
                         const std::function<nlohmann::ordered_json()> &document);

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Checklist>> known_;  // by fingerprint
  std::map<std::string, std::shared_ptr<const Cues>> known_cues_;  // by fingerprint
  std::set<std::string> kept_;                                     // kind, tenant and fingerprint
};

// The leases that engines with one origin hold at the moment. Thread-safe.
class LiveLeases {
 public:
  LiveLeases() : engine_(random_hex(16)) {}

  const std::string &engine() const { return engine_; }  // no other process has this name
  std::string add();                                     // a new claim
  void remove(const std::string &claim);
  bool is_live(const std::string &claim) const;

 private:
  const std::string engine_;
  mutable std::mutex mutex_;
  std::set<std::string> live_;
};

struct Context {
  EngineOptions options;  // nothing is left out
  std::shared_ptr<Checklists> checklists = std::make_shared<Checklists>();
  std::shared_ptr<LiveLeases> claims = std::make_shared<LiveLeases>();

  const std::string &tenant() const { return options.tenant; }
  Store &store() const { return *options.store; }
  BlobStore &blobs() const { return *options.blobs; }
  std::int64_t now() const { return options.clock(); }
  void log(LogLevel level, const std::string &message) const {
    if (options.log) options.log(level, message);
  }
  // The name of a record of this tenant, without content.
  Record record(const char *kind, std::string id, std::string parent = {}) const {
    Record out;
    out.kind = kind;
    out.tenant = options.tenant;
    out.id = std::move(id);
    out.parent = std::move(parent);
    return out;
  }
};

// "<owner>.<number>", such that texts are in the order of numbers.
std::string numbered(const std::string &owner, std::int64_t number);

// All records of a kind that belong to a session, in order.
Result<std::vector<Record>> all_of(const Context &context, const char *kind,
                                   const std::string &session);

// "2026-11-20T09:30:00Z".
std::string iso_time(std::int64_t ms);

}  // namespace saleschecklist::engine

namespace saleschecklist {

struct Engine::Shared : engine::Context {};

}  // namespace saleschecklist

#endif
