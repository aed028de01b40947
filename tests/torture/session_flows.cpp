// Sessions in SQLite and in a folder of blobs.
#include <saleschecklist/saleschecklist.hpp>

#include "flows.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t noon = 1'700'000'000'000, minute = 60'000;

// What the host prepares before it calls the library.
struct Prepared {
  explicit Prepared(const fs::path &folder)
      : database((folder / "sessions.db").string()), blobs((folder / "blobs").string()) {
    options.actor = "dana";
    // What goes on with a session comes after its lease, which may not have been given back.
    options.clock = [now = fs::exists(database) ? noon + 10 * minute : noon] { return now; };
    options.new_id = [] { return std::string("the-session"); };
    session.customer = "Acme";
  }
  std::string database, blobs;
  EngineOptions options;
  NewSession session;
  std::string id = "the-session";
  Transcript transcript = read_transcript(small_call, {{small_call_seller}}).value();
};

struct Products {
  std::string report, pdf, result;
};

// A recording's way through the blobs.
Result<void> keep_blob(BlobStore &blobs) {
  const Blob blob{"calls/today/sound.wav", "audio/wav", std::string(100'000, 'x')};
  if (auto done = blobs.put(blob); !done) return done;
  std::size_t size = 0;
  auto done = blobs.get(blob.key, [&](std::string_view piece) {
    size += piece.size();
    return true;
  });
  if (done && size != blob.bytes.size()) return Error{ErrorCode::internal, "a part of a blob", {}};
  return done ? blobs.erase(blob.key) : done;
}

// Makes the session, or goes on with it; all that can be asked for is asked for.
Result<Products> work(Prepared &host) {
  auto store = sqlite_store(host.database);
  if (!store) return store.error();
  auto blobs = folder_blobs(host.blobs);
  if (!blobs) return blobs.error();
  if (auto kept = keep_blob(**blobs); !kept) return kept.error();
  host.options.store = *std::move(store);
  host.options.blobs = *std::move(blobs);
  const auto engine = Engine::open(std::move(host.options));
  if (!engine) return engine.error();
  auto session = engine->find(host.id);
  if (!session && session.error().code == ErrorCode::not_found) {
    session = engine->create(host.session);
  }
  if (!session) return session.error();
  if (session->transcript_version == 0) {
    session = engine->attach_transcript(host.id, host.transcript);
    if (!session) return session.error();
  }
  if (session->status == SessionStatus::failed) {
    session = engine->retry(host.id);
    if (!session) return session.error();
  }
  session = engine->run(host.id);
  if (!session) return session.error();
  const auto result = engine->result(host.id);
  if (!result) return result.error();
  auto report = engine->report(host.id);
  if (!report) return report.error();
  auto pdf = with_pdf ? render_pdf(*report) : Result<std::string>(std::string());
  if (!pdf) return pdf.error();
  try {
    return Products{to_json(*report), *std::move(pdf), to_json(*result->score)};
  } catch (const std::bad_alloc &) {  // which only to_json() may throw
    return Error{ErrorCode::out_of_memory, {}, {}};
  }
}

}  // namespace

Outcome keep_session(const fs::path &folder, const allocations::Failure &failure) {
  Prepared host(folder);
  Outcome out;
  std::optional<Result<Products>> products;
  try {
    const allocations::Failing failing(failure);
    products.emplace(work(host));
  } catch (const std::bad_alloc &) {
    products.emplace(Error{ErrorCode::internal, "an exception across the API", {}});
  }
  host.options = {};
  out.done = products->has_value();
  if (out.done) {
    out.product = (*products)->report + (*products)->pdf + (*products)->result;
  } else {
    out.code = products->error().code;
    out.message = to_string(products->error());
  }
  return out;
}

std::string fault_of_session(const fs::path &folder) {
  for (const auto &entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool known = name == "sessions.db" || name == "sessions.db-wal" ||
                       name == "sessions.db-shm" || name == "blobs";
    if (!known && entry.is_regular_file() && entry.path().parent_path() == folder) {
      return "left " + name;
    }
    if (name.rfind(".put-", 0) == 0) return "left " + name;
  }
  if (!fs::exists(folder / "sessions.db")) return "";
  EngineOptions options;
  options.store = sqlite_store((folder / "sessions.db").string()).value();
  const auto faults = Engine::open(options).value().verify_audit("the-session");
  if (!faults || faults->faults.empty()) return "";
  return "broken audit log: " + to_string(faults->faults.front());
}

std::vector<Flow> session_flows() {
  return {{"session", [](const fs::path &folder, const allocations::Failure &failure) {
             Outcome out = keep_session(folder, failure);
             out.fault = fault_of_session(folder);
             return out;
           }}};
}

}  // namespace saleschecklist::test
