#include "engine/process_identity.hpp"

#include "base/process.hpp"
#include "json/library.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>

#ifdef __linux__
#include <unistd.h>
#endif

namespace saleschecklist::engine {
namespace {

using Json = nlohmann::json;

#ifdef __linux__

constexpr const char *zombie = "ended";  // for started(): a zombie

std::string text_of(const std::string &file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Identifies the boot of the kernel and the PID namespace; empty if unknown.
std::string machine() {
  std::string boot = text_of("/proc/sys/kernel/random/boot_id");
  while (!boot.empty() && boot.back() == '\n') boot.pop_back();
  std::array<char, 64> space{};
  const ssize_t size = ::readlink("/proc/self/ns/pid", space.data(), space.size());
  if (boot.empty() || size <= 0) return {};
  return boot + " " + std::string(space.data(), static_cast<std::size_t>(size));
}

// When a process began, in ticks since the boot: field 22 of its stat (proc(5)), counted behind the
// name in brackets, which may hold anything. Empty when that cannot be read.
std::string started(std::int64_t pid) {
  const std::string stat = text_of("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos || name_end + 2 >= stat.size()) return {};
  if (stat[name_end + 2] == 'Z' || stat[name_end + 2] == 'X') return zombie;
  std::size_t at = name_end + 1;
  for (int field = 2; field < 21; ++field) {
    at = stat.find(' ', at + 1);
    if (at == std::string::npos) return {};
  }
  return stat.substr(at + 1, stat.find(' ', at + 1) - at - 1);
}

// Whether the process that started at that time has certainly ended.
bool has_ended(std::int64_t pid, const std::string &began) {
  if (pid <= 0 || began.empty()) return false;
  if (::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH) return true;
  const std::string now = started(pid);
  return now == zombie || (!now.empty() && now != began);
}

#else

std::string machine() { return {}; }
std::string started(std::int64_t) { return {}; }
bool has_ended(std::int64_t, const std::string &) { return false; }

#endif

}  // namespace

std::string process_document(const LiveLeases &claims, const std::string &claim,
                             std::int64_t lease_ms) {
  return Json{{"worker",
               {{"claim", claim},
                {"engine", claims.engine()},
                {"machine", machine()},
                {"pid", base::process_id()},
                {"started", started(base::process_id())},
                {"lease_ms", lease_ms}}}}
      .dump();
}

std::string claim_of(const std::string &document) {
  const Json body = Json::parse(document, nullptr, false);
  if (!body.is_object() || !body.contains("worker")) return {};
  return body["worker"].value("claim", "");
}

std::optional<std::int64_t> lease_ms_of(const std::string &document) {
  const Json body = Json::parse(document, nullptr, false);
  const Json::json_pointer place("/worker/lease_ms");
  if (!body.is_object() || !body.contains(place)) return std::nullopt;
  const Json &length = body.at(place);
  return length.is_number_integer() ? std::optional(length.get<std::int64_t>()) : std::nullopt;
}

bool is_gone(const std::string &document, const LiveLeases &claims) {
  const Json body = Json::parse(document, nullptr, false);
  if (!body.is_object() || !body.contains("worker")) return false;
  const Json &worker = body["worker"];
  const std::string where = worker.value("machine", "");
  const std::int64_t pid = worker.value("pid", std::int64_t{0});
  if (where.empty() || where != machine()) return false;
  if (pid == base::process_id() && worker.value("engine", "") == claims.engine()) {
    return !claims.is_live(claim_of(document));
  }
  return has_ended(pid, worker.value("started", ""));
}

}  // namespace saleschecklist::engine
