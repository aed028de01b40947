// Sessions and pages per second of a store, and of SQLite alone; see run.py.
//   store bodies CALL FOLDER      writes the bodies of one analysed call
//   store ours URL FOLDER N       writes N sessions in four commits each; prints ms per session
//   store raw FILE FOLDER N       the same bytes and transactions by SQLite's C API
//   store pages URL N             prints ms of page 1 and of page 1,000 of 100 among N sessions
#include <fmt/format.h>
#include <sqlite3.h>
#include <saleschecklist/saleschecklist.hpp>
#include <saleschecklist/storage.hpp>

#include <chrono>
#include <fstream>
#include <iterator>

using namespace saleschecklist;

namespace {

const std::vector<std::string> kinds{"transcript", "assessment", "score", "coaching"};

std::string read(const std::string &file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

template <class Body>
double milliseconds_of(Body &&body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

std::string in(const char *name, const std::string &json) {
  return fmt::format("{{\"at_ms\":1,\"{}\":{}}}", name, json);
}

void write_bodies(const std::string &call, const std::string &folder) {
  const Transcript transcript = read_transcript(read(call)).value();
  const Report report = analyze(transcript, Checklist::standard()).value();
  const std::string bodies[] = {
      in("transcript", to_json(report.transcript)), in("assessment", to_json(report.responses)),
      in("score", to_json(*report.score)), in("coaching", to_json(*report.coaching))};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    std::ofstream(folder + "/" + kinds[i] + ".json", std::ios::binary) << bodies[i];
  }
  std::ofstream(folder + "/session.json")
      << R"({"customer":"Globex","status":"analyzing","versions":{}})";
}

Record record(const std::string &kind, const std::string &id, const std::string &parent,
              std::string body, std::int64_t at) {
  Record out;
  out.kind = kind;
  out.id = id;
  out.parent = parent;
  out.body = std::move(body);
  out.at = at;
  return out;
}

// What is written in the n-th of a session's commits.
std::vector<Record> records_of(const std::string &folder, const std::string &session,
                               std::size_t n) {
  Record head = record("session", session, "", read(folder + "/session.json"), 1);
  head.owner = "ann";
  head.status = kinds[n];
  head.customer = "globex";
  return {record(kinds[n], session + ".1", session, read(folder + "/" + kinds[n] + ".json"), 2),
          head,
          record("audit", session + "." + std::to_string(n), session,
                 R"({"number":1,"actor":"ann","action":"assessed","hash":"0123456789abcdef"})", 3)};
}

template <class Commit>
double per_session(const std::string &folder, int sessions, Commit &&commit) {
  std::vector<std::vector<Record>> commits;
  for (int i = 0; i < sessions; ++i) {
    for (std::size_t n = 0; n < kinds.size(); ++n) {
      commits.push_back(records_of(folder, "s" + std::to_string(i), n));
    }
  }
  return milliseconds_of([&] {
           for (const auto &records : commits) commit(records);
         }) /
         sessions;
}

double ours(const std::string &url, const std::string &folder, int sessions) {
  const auto store = open_store(url).value();
  return per_session(folder, sessions, [&](const std::vector<Record> &records) {
    std::vector<Write> writes;
    for (const Record &r : records) writes.push_back({Write::Action::put, r, {}});
    store->commit(writes).value();
  });
}

void require(int code) {
  if (code != SQLITE_OK && code != SQLITE_DONE) throw std::runtime_error(sqlite3_errstr(code));
}

double raw(const std::string &file, const std::string &folder, int sessions) {
  sqlite3 *database = nullptr;
  require(sqlite3_open(file.c_str(), &database));
  require(sqlite3_exec(
      database,
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
      "CREATE TABLE records (tenant TEXT, kind TEXT, id TEXT, body TEXT, "
      "PRIMARY KEY (tenant, kind, id))",
      nullptr, nullptr, nullptr));
  sqlite3_stmt *put = nullptr;
  require(sqlite3_prepare_v2(database, "INSERT OR REPLACE INTO records VALUES ('', ?, ?, ?)", -1,
                             &put, nullptr));
  const double out = per_session(folder, sessions, [&](const std::vector<Record> &records) {
    require(sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr));
    for (const Record &r : records) {
      sqlite3_bind_text(put, 1, r.kind.data(), static_cast<int>(r.kind.size()), SQLITE_STATIC);
      sqlite3_bind_text(put, 2, r.id.data(), static_cast<int>(r.id.size()), SQLITE_STATIC);
      sqlite3_bind_text(put, 3, r.body.data(), static_cast<int>(r.body.size()), SQLITE_STATIC);
      require(sqlite3_step(put));
      sqlite3_reset(put);
    }
    require(sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr));
  });
  sqlite3_finalize(put);
  sqlite3_close(database);
  return out;
}

void pages(const std::string &url, int sessions) {
  const auto store = open_store(url).value();
  std::vector<Write> writes;
  for (int i = 0; i < sessions; ++i) {
    Record r = record("session", "s" + std::to_string(i), "", R"({"customer":"Globex"})", i / 3);
    writes.push_back({Write::Action::put, r, {}});
    if (writes.size() == 1000 || i + 1 == sessions) store->commit(writes).value(), writes.clear();
  }
  Query query;
  query.kind = "session";
  query.newest_first = true;
  query.limit = 100;
  std::string last;
  for (int page = 1; page < 1000; ++page) last = query.after = store->list(query).value().next;
  const auto best = [&](const std::string &after) {
    query.after = after;
    double out = 1e9;
    for (int i = 0; i < 50; ++i) {
      out = std::min(out, milliseconds_of([&] { store->list(query).value(); }));
    }
    return out;
  };
  fmt::print("{} {}\n", best(""), best(last));
}

}  // namespace

int main(int count, char **words) {
  const std::vector<std::string> w(words + 1, words + count);
  if (w.size() == 3 && w[0] == "bodies") {
    write_bodies(w[1], w[2]);
  } else if (w.size() == 4 && w[0] == "ours") {
    fmt::print("{}\n", ours(w[1], w[2], std::stoi(w[3])));
  } else if (w.size() == 4 && w[0] == "raw") {
    fmt::print("{}\n", raw(w[1], w[2], std::stoi(w[3])));
  } else if (w.size() == 3 && w[0] == "pages") {
    pages(w[1], std::stoi(w[2]));
  } else {
    return 2;
  }
}
