#include "session_store.hpp"

#include "files.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

namespace cli {
namespace {

using namespace saleschecklist;

namespace fs = std::filesystem;

constexpr std::size_t whole_uuid = 36, shortest_start = 8;

const passwd *user() { return ::getpwuid(::geteuid()); }

// By the XDG Base Directory Specification, which ignores relative paths.
fs::path data_home() {
  const char *data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && fs::path(data).is_absolute()) return data;
  const char *home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') home = user() != nullptr ? user()->pw_dir : nullptr;
  if (home == nullptr)
    throw Failure{wrong_input, "the home folder is unknown: set HOME, or give --store and --blobs"};
  return fs::path(home) / ".local" / "share";
}

// Creates a folder that only its owner can access.
std::string data_folder() {
  const fs::path folder = data_home() / "saleschecklist";
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    throw Failure{failed, folder.string() + ": cannot create the folder: " + std::strerror(errno)};
  }
  return folder.string();
}

std::string login_name() {
  const passwd *const entry = user();
  return entry != nullptr ? entry->pw_name : "";
}

// Does not show the URL, which may contain a password.
template <class T>
T opened(Result<T> result, const char *option) {
  if (result) return *std::move(result);
  const Error &error = result.error();
  throw Failure{status_of(error), option + (": " + to_string(error))};
}

std::optional<RedactOptions> redaction(const SessionArguments &s) {
  if (!s.redact && s.redact_names.empty()) return std::nullopt;
  RedactOptions out;
  out.cards = out.accounts = out.phones = out.emails = s.redact;
  out.names = s.redact_names;
  return out;
}

}  // namespace

Engine open_sessions(const Arguments &a, Services services) {
  const SessionArguments &s = a.session;
  EngineOptions options;
  options.store =
      opened(open_store(s.store.empty() ? "sqlite:" + data_folder() + "/sessions.db" : s.store),
             "--store");
  options.blobs = opened(open_blobs(s.blobs.empty() ? "file:" + data_folder() + "/blobs" : s.blobs,
                                    s3_from_environment()),
                         "--blobs");
  options.services = std::move(services);
  options.actor = s.actor.empty() ? login_name() : s.actor;
  options.redact = redaction(s);
  return opened(Engine::open(std::move(options)), "--actor");
}

void throw_failure(const Error &error) {
  std::string line = error.provider.empty() ? "" : error.provider + ": ";
  line += to_string(error);
  if (error.code == ErrorCode::conflict) {
    line += ". `saleschecklist session show` prints its current state";
  }
  throw Failure{status_of(error), line};
}

std::string whole_id(const Engine &engine, const std::string &id) {
  if (id.size() >= whole_uuid || id.size() < shortest_start || engine.find(id)) return id;
  std::string found;
  SessionFilter filter;
  filter.limit = 1000;
  do {
    const SessionPage page = done_or_fail(engine.list(filter));
    for (const Session &session : page.sessions) {
      if (session.id.rfind(id, 0) != 0) continue;
      if (!found.empty()) {
        throw Failure{wrong_input,
                      fmt::format("several sessions have an id that begins with '{}': give the "
                                  "whole id, which `session list --json` prints",
                                  id)};
      }
      found = session.id;
    }
    filter.after = page.next;
  } while (!filter.after.empty());
  return found.empty() ? id : found;
}

}  // namespace cli
