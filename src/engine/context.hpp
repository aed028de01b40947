// What every function of an engine needs: its options, checklists and leases.
#ifndef SALESCHECKLIST_ENGINE_CONTEXT_HPP
#define SALESCHECKLIST_ENGINE_CONTEXT_HPP

#include <saleschecklist/engine.hpp>

#include "json/library.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace saleschecklist::engine {

// A random text of that many hexadecimal digits.
std::string random_hex(std::size_t digits);

// A checklist with its fingerprint, which takes milliseconds to compute.
struct StoredChecklist {
  std::shared_ptr<const Checklist> value;
  std::string fingerprint;
};

// Cues with their fingerprint, which takes milliseconds to compute.
struct StoredCues {
  std::shared_ptr<const Cues> value;
  std::string fingerprint;
};

// Stores the checklists and cues that sessions use, so that later changes do not affect them.
// Thread-safe.
class Checklists {
 public:
  // Stores a checklist once per tenant; null means Checklist::standard(). Fails with
  // invalid_argument if the checklist is invalid.
  Result<StoredChecklist> keep(Store &store, const std::string &tenant,
                               std::shared_ptr<const Checklist> checklist);
  // Returns the stored checklist with that fingerprint.
  Result<StoredChecklist> find(Store &store, const std::string &tenant,
                               const std::string &fingerprint);

  // The same for cues; null means default_cues(checklist). Cues without items have an empty
  // fingerprint and are not stored. Fails with invalid_argument if they do not fit the checklist.
  Result<StoredCues> keep_cues(Store &store, const std::string &tenant, const Checklist &checklist,
                               std::shared_ptr<const Cues> cues);
  Result<StoredCues> find_cues(Store &store, const std::string &tenant,
                               const std::string &fingerprint);

 private:
  // Writes the record of that kind and fingerprint if the store does not have it yet.
  Result<void> keep_once(Store &store, const char *kind, const std::string &tenant,
                         const std::string &fingerprint,
                         const std::function<nlohmann::ordered_json()> &document);

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Checklist>> known_;  // by fingerprint
  std::map<std::string, std::shared_ptr<const Cues>> known_cues_;  // by fingerprint
  std::set<std::string> kept_;                                     // kind, tenant and fingerprint
};

// The leases that an engine and its copies currently hold. Thread-safe.
class LiveLeases {
 public:
  LiveLeases() : engine_(random_hex(16)) {}

  const std::string &engine() const { return engine_; }  // unique among processes
  std::string add();                                     // a new claim
  void remove(const std::string &claim);
  bool is_live(const std::string &claim) const;

 private:
  const std::string engine_;
  mutable std::mutex mutex_;
  std::set<std::string> live_;
};

// A claim that is live until the end of the scope.
class LiveClaim {
 public:
  explicit LiveClaim(std::shared_ptr<LiveLeases> leases)
      : leases_(std::move(leases)), id_(leases_->add()) {}
  ~LiveClaim() {
    if (leases_) leases_->remove(id_);
  }
  LiveClaim(LiveClaim &&other) noexcept = default;
  LiveClaim &operator=(LiveClaim &&other) = delete;
  const std::string &id() const { return id_; }

 private:
  std::shared_ptr<LiveLeases> leases_;
  std::string id_;
};

struct Context {
  EngineOptions options;  // complete: no port or callback is empty, except the optional services
  std::shared_ptr<Checklists> checklists = std::make_shared<Checklists>();
  std::shared_ptr<LiveLeases> claims = std::make_shared<LiveLeases>();

  const std::string &tenant() const { return options.tenant; }
  Store &store() const { return *options.store; }
  BlobStore &blobs() const { return *options.blobs; }
  std::int64_t now() const { return options.clock(); }
  void log(LogLevel level, const std::string &message) const {
    if (options.log) options.log(level, message);
  }
  // A record of this tenant without a body.
  Record record(const char *kind, std::string id, std::string parent = {}) const {
    Record out;
    out.kind = kind;
    out.tenant = options.tenant;
    out.id = std::move(id);
    out.parent = std::move(parent);
    return out;
  }
};

// "<owner>.<number>", padded so that the texts sort like the numbers.
std::string numbered(const std::string &owner, std::int64_t number);

// All records of that kind of a session, in the order of their ids.
Result<std::vector<Record>> all_of(const Context &context, const char *kind,
                                   const std::string &session);

// "2026-11-20T09:30:00Z".
std::string iso_time(std::int64_t ms);

}  // namespace saleschecklist::engine

namespace saleschecklist {

struct Engine::Shared : engine::Context {};

}  // namespace saleschecklist

#endif
