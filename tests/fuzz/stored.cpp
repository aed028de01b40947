// The target of damaged records: a store whose rows hold what is fuzzed. The first line names the
// record and the kind of damage, the rest is its new body, or a merge patch (RFC 7396) of its body:
// "score patch", "audit.2 body", "session owner".
#include "support.hpp"

#include "json/library.hpp"

#include <map>

namespace saleschecklist::fuzz {
namespace {

// Passes everything to `inner`, and notes what was written.
class NotingStore final : public Store {
 public:
  explicit NotingStore(std::shared_ptr<Store> inner) : inner_(std::move(inner)) {}
  Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) override {
    auto done = inner_->commit(writes);
    for (std::size_t i = 0; done && i < writes.size(); ++i) note(writes[i]);
    return done;
  }
  Result<Record> get(const std::string &kind, const std::string &tenant,
                     const std::string &id) override {
    return inner_->get(kind, tenant, id);
  }
  Result<Page> list(const Query &query) override { return inner_->list(query); }

  std::map<std::pair<std::string, std::string>, Record> rows;  // by kind and id

 private:
  void note(const Write &write) {
    const std::pair key(write.record.kind, write.record.id);
    if (write.action == Write::Action::erase) rows.erase(key);
    if (write.action == Write::Action::put) rows.insert_or_assign(key, write.record);
  }
  const std::shared_ptr<Store> inner_;
};

// Gives one record another body, whatever it is, until the record is written again.
class DamagedStore final : public Store {
 public:
  DamagedStore(std::shared_ptr<Store> inner, Record damaged)
      : inner_(std::move(inner)), damaged_(std::move(damaged)) {}
  Result<std::vector<std::int64_t>> commit(const std::vector<Write> &writes) override {
    auto done = inner_->commit(writes);
    for (const Write &write : writes) {
      if (done && write.action != Write::Action::check && is_it(write.record)) damaged_.id.clear();
    }
    return done;
  }
  Result<Record> get(const std::string &kind, const std::string &tenant,
                     const std::string &id) override {
    auto row = inner_->get(kind, tenant, id);
    if (row) damage(*row);
    return row;
  }
  Result<Page> list(const Query &query) override {
    auto page = inner_->list(query);
    for (std::size_t i = 0; page && i < page->records.size(); ++i) damage(page->records[i]);
    return page;
  }

 private:
  bool is_it(const Record &row) const { return row.kind == damaged_.kind && row.id == damaged_.id; }
  void damage(Record &row) const {
    if (is_it(row)) row.body = damaged_.body;
  }
  const std::shared_ptr<Store> inner_;
  Record damaged_;
};

// What a store has after a session went through all of its stages and corrections.
struct Kept {
  std::string id;
  std::vector<Record> rows;
};

EngineOptions options_for(std::shared_ptr<Store> store) {
  EngineOptions options;
  options.store = std::move(store);
  options.actor = "Rita";
  options.clock = [] { return std::int64_t{1'800'000'000'000}; };
  options.new_id = [] { return std::string("call-1"); };
  return options;
}

Kept make_session() {
  const auto store = std::make_shared<NotingStore>(memory_store());
  const Engine engine = Engine::open(options_for(store)).value();
  NewSession wanted;
  wanted.customer = "Acme";
  wanted.checklist = std::make_shared<Checklist>(Checklist::ten_point());
  Kept out;
  out.id = engine.create(wanted).value().id;
  const auto call = read_transcript(
      "Rita: What does it cost you when a truck is late?\n"
      "Tom: We lose about forty thousand dollars a month, and our CFO is not happy.\n"
      "Rita: Have you tried anything else? We can show you a price on Friday.\n"
      "Tom: Twice, in March and last quarter. Send it, and I will sign.\n",
      {{"Rita"}});
  (void)engine.attach_transcript(out.id, call.value()).value();
  (void)engine.run(out.id).value();
  const std::string item = Checklist::ten_point().categories.front().items.front().id;
  (void)engine.override_answer(out.id, item, Answer::yes, "I was there").value();
  (void)engine.rename_speaker(out.id, "Tom", "Thomas").value();
  (void)engine.run(out.id).value();
  for (auto &[key, row] : store->rows) out.rows.push_back(row);
  return out;
}

// The record that a line such as "audit.2" names; the first one if it names none.
Record chosen(const Kept &kept, const std::string &line) {
  const std::string kind = line.substr(0, line.find_first_of(" ."));
  std::vector<Record> found;
  for (const Record &row : kept.rows) {
    if (row.kind == kind) found.push_back(row);
  }
  if (found.empty()) return kept.rows.front();
  const std::size_t dot = line.find('.');
  const std::size_t number =
      dot == std::string::npos ? 0 : std::strtoul(line.c_str() + dot + 1, nullptr, 10);
  return found[number % found.size()];
}

Record damaged_of(const Kept &kept, const std::string &line, std::string_view rest) {
  Record out = chosen(kept, line);
  if (line.find(" patch") == std::string::npos) {
    out.body = rest;
    return out;
  }
  const auto patch = nlohmann::json::parse(rest, nullptr, false);
  if (patch.is_discarded()) return out;
  auto body = nlohmann::json::parse(out.body);
  body.merge_patch(patch);
  out.body = body.dump();
  return out;
}

void read_all(const Engine &engine, const std::string &id) {
  require_documented(engine.find(id));
  if (const auto page = engine.list()) {
    (void)to_json(*page);
    require(page->sessions.size() + page->damaged.size() <= 1, "a session is listed once");
  }
  if (const auto result = engine.result(id)) {
    (void)to_json(*result);
  } else {
    require_documented(result.error());
  }
  if (const auto report = engine.report(id)) {
    (void)to_json(*report);
  } else {
    require_documented(report.error());
  }
  const auto history = engine.history(id);
  require_documented(history);
  if (history) (void)to_json(*history);
  const auto audit = engine.audit(id);
  require_documented(audit);
  if (audit) (void)to_json(*audit);
  const auto verified = engine.verify_audit(id);
  require_documented(verified);
  if (verified) (void)to_json(*verified);
}

// One of the calls that change a session.
void change(const Engine &engine, const std::string &id, std::size_t which) {
  const std::string item = Checklist::ten_point().categories.back().items.back().id;
  SessionChange change;
  change.owner = "Tina";
  switch (which % 13) {
    case 0:
      return require_documented(engine.update(id, change));
    case 1:
      return require_documented(engine.override_answer(id, item, Answer::no, "not said"));
    case 2:
      return require_documented(engine.rename_speaker(id, "Thomas", "Tom"));
    case 3:
      return require_documented(engine.correct_utterance(id, 1, "We lose fifty thousand dollars."));
    case 4:
      return require_documented(engine.set_role(id, "Rita", Role::rep));
    case 5:
      return require_documented(engine.merge_speakers(id, {"Thomas"}, "Rita"));
    case 6:
      return require_documented(engine.rescore(id, Policy{"other"}));
    case 7:
      return require_documented(engine.retry(id));
    case 8:
      return require_documented(engine.approve(id));
    case 9:
      return require_documented(engine.run(id));
    case 10:
      return require_documented(engine.run_pending(1));
    case 11:
      return require_documented(engine.coach(id));
    default:
      return require_documented(engine.erase(id));
  }
}

}  // namespace

void stored(std::string_view bytes) {
  static const Kept kept = make_session();
  const std::string line = take_line(bytes);
  const Record damaged = damaged_of(kept, line, bytes);
  std::vector<Write> writes;
  for (const Record &row : kept.rows) writes.push_back({Write::Action::put, row, 0});
  const auto store = memory_store();
  require(store->commit(writes).has_value(), "what an engine wrote can be written");
  const auto damaged_store = std::make_shared<DamagedStore>(store, damaged);
  const Engine engine = Engine::open(options_for(damaged_store)).value();
  read_all(engine, kept.id);
  change(engine, kept.id, line.size() + bytes.size());
  require_documented(engine.result(kept.id));
}

}  // namespace saleschecklist::fuzz
