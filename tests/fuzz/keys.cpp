// The targets of what stores keep: two stores of one kind have to agree.
#include "support.hpp"

#include "json/library.hpp"

#include <cstdlib>
#include <utility>

namespace saleschecklist::fuzz {
namespace {

constexpr std::initializer_list<ErrorCode> refusals = {ErrorCode::invalid_argument,
                                                       ErrorCode::conflict};

// The code of an error, or "ok" and what was returned.
template <class T, class Show>
std::string outcome(const Result<T> &result, Show show) {
  return result ? "ok " + show(*result) : name(result.error().code);
}
std::string outcome(const Result<void> &result) {
  return result ? "ok" : name(result.error().code);
}

// A part of a path to another place, which no key may name.
bool leads_away(const std::string &key) {
  return key.empty() || key.front() == '/' || ("/" + key + "/").find("/../") != std::string::npos ||
         key.find('\0') != std::string::npos;
}

std::size_t files_in(const std::string &folder) {
  std::size_t out = 0;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
    out += entry.is_regular_file();
  }
  return out;
}

std::string shown(const Record &row) {
  const auto body = nlohmann::json::parse(row.body, nullptr, false);
  return row.kind + "|" + row.tenant + "|" + row.id + "|" + row.parent + "|" + row.owner + "|" +
         row.status + "|" + row.band + "|" + row.customer + "|" + std::to_string(row.at) + "|" +
         std::to_string(row.revision) + "|" + body.dump();
}

std::string shown(const Page &page) {
  std::string out = page.next + "\n";
  for (const Record &row : page.records) out += shown(row) + "\n";
  return out;
}

std::string shown(const std::vector<std::int64_t> &revisions) {
  std::string out;
  for (const std::int64_t revision : revisions) out += std::to_string(revision) + " ";
  return out;
}

// A record from a line of fields between tabs: kind, tenant, id, parent, owner, status, customer,
// at, body.
Record record_of(const std::string &line) {
  std::vector<std::string> fields(9);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < fields.size() && begin <= line.size(); ++i) {
    const std::size_t tab = i + 1 == fields.size() ? line.size() : line.find('\t', begin);
    const std::size_t end = std::min(tab, line.size());
    fields[i] = line.substr(begin, end - begin);
    begin = end + 1;
  }
  Record out{fields[0], fields[1], fields[2], fields[3]};
  out.owner = fields[4];
  out.status = fields[5];
  out.customer = fields[6];
  out.at = std::strtoll(fields[7].c_str(), nullptr, 10);
  if (!fields[8].empty()) out.body = fields[8];
  return out;
}

// Does the same to both stores, and compares what they say.
class Pair {
 public:
  Pair(Store &one, Store &other) : one_(one), other_(other) {}

  void commit(const std::vector<Write> &writes) {
    const auto a = one_.commit(writes), b = other_.commit(writes);
    require_documented(a, refusals);
    const auto show = [](const auto &revisions) { return shown(revisions); };
    require(outcome(a, show) == outcome(b, show), "stores agree on a commit");
  }

  void get(const Record &row) {
    const auto a = one_.get(row.kind, row.tenant, row.id);
    const auto b = other_.get(row.kind, row.tenant, row.id);
    require_documented(a, {ErrorCode::invalid_argument, ErrorCode::not_found});
    const auto show = [](const Record &found) { return shown(found); };
    require(outcome(a, show) == outcome(b, show), "stores agree on a record");
  }

  // Lists all pages.
  void list(Query query) {
    for (int pages = 0; pages < 8; ++pages) {
      const auto a = one_.list(query), b = other_.list(query);
      require_documented(a, {ErrorCode::invalid_argument});
      const auto show = [](const Page &page) { return shown(page); };
      require(outcome(a, show) == outcome(b, show), "stores agree on a list");
      if (!a || a->next.empty()) return;
      require(a->records.size() == query.limit, "only the last page is short");
      query.after = a->next;
    }
  }

 private:
  Store &one_, &other_;
};

}  // namespace

void blob_keys(std::string_view bytes) {
  static const Folder folder;
  const std::string key = take_line(bytes);
  const std::string inside = folder.path() + "/blobs";
  const auto files = folder_blobs(inside).value();
  const auto memory = memory_blobs();
  Blob blob{key};
  blob.bytes = bytes;
  const auto put = files->put(blob);
  require(outcome(put) == outcome(memory->put(blob)), "stores of blobs agree on a key");
  const auto show = [](const std::string &read) { return read; };
  const auto read = read_blob(*files, key);
  require(outcome(read, show) == outcome(read_blob(*memory, key), show),
          "stores of blobs agree on a blob");
  require_documented(files->link(key, 60), {ErrorCode::invalid_argument, ErrorCode::unsupported});
  if (put) {
    require(!leads_away(key), "no key leads out of the folder");
    require(read && *read == bytes, "a blob keeps its bytes");
    require(files_in(inside) == 1, "a blob is one file");
  } else {
    require_documented(put.error(), {ErrorCode::invalid_argument});
  }
  require(outcome(files->erase(key)) == outcome(memory->erase(key)), "stores agree on erasing");
  require(files_in(folder.path()) == 0, "nothing is left of an erased blob");
}

void records(std::string_view bytes) {
  static const Folder folder;
  static const auto files = sqlite_store(folder.path() + "/store.db").value();
  const auto memory = memory_store();
  Pair pair(*memory, *files);
  std::vector<Record> rows;
  for (const std::string &line : lines_of(bytes)) {
    rows.push_back(record_of(line));
    if (rows.size() == 8) break;
  }
  std::vector<Write> together;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % 2 == 0) together.push_back({Write::Action::put, rows[i], {}});
  }
  pair.commit(together);
  for (const Record &row : rows) {
    pair.commit({{Write::Action::put, row, row.at % 3}});
    pair.get(row);
    Query query;
    query.kind = row.kind;
    query.tenant = row.tenant;
    query.limit = 2;
    query.newest_first = row.at % 2 != 0;
    pair.list(query);
    query.owner = row.owner;
    query.customer = row.customer;
    query.parent = row.parent;
    query.from = row.at;
    query.tenant.reset();
    pair.list(query);
    query.after = row.body;
    pair.list(query);
  }
  for (const Record &row : rows) pair.commit({{Write::Action::erase, row, {}}});
  for (const Record &row : rows) pair.get(row);
}

}  // namespace saleschecklist::fuzz
