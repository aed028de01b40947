// Language models for tests: they read the request as a service would, and count tokens.
#ifndef SALESCHECKLIST_TESTS_MOCK_MODEL_HPP
#define SALESCHECKLIST_TESTS_MOCK_MODEL_HPP

#include "json/library.hpp"

#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/support.hpp"

namespace saleschecklist::test {

using Json = nlohmann::json;

// One item that the customer has to prove.
inline Checklist budget_card() {
  Checklist out = Checklist::ten_point();
  Category category = out.categories[0];
  Item item = category.items[0];
  item.id = "budget";
  item.evidence_from = EvidenceFrom::customer;
  category.items = {item};
  out.categories = {category};
  return out;
}

// The ids that a question asks about: each line "[id] ...".
inline std::vector<std::string> asked_ids(const std::string &question) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < question.size()) {
    const std::size_t end = std::min(question.find('\n', at), question.size());
    if (question[at] == '[') {
      const std::size_t close = question.find(']', at);
      out.push_back(question.substr(at + 1, close - at - 1));
    }
    at = end + 1;
  }
  return out;
}

inline bool is_coaching(const ModelRequest &request) { return request.schema_name == "coaching"; }

inline Json quote_of(std::size_t utterance, const std::string &words) {
  return {{"utterance", utterance}, {"quote", words}};
}

inline Json entry(const std::string &id, const std::string &answer, const Json &quotes,
                  double confidence = 0.9) {
  return {{"item_id", id},
          {"reasoning", "That is what was said, as far as it can be heard here."},
          {"evidence", quotes},
          {"answer", answer},
          {"confidence", confidence}};
}

inline Json answers_of(const Json &entries) {
  return {{"answers", entries}, {"attempts", Json::array()}};
}

inline std::string words_of(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += i % 12 == 11 ? "ask. " : "ask ";
  return out;
}

inline Json coaching_reply(const Json &moments = Json::array()) {
  return {{"strengths", {{{"point", "Numbers"}, {"explanation", "You got the loss named."}}}},
          {"improvement_areas", {{{"point", "Budget"}, {"explanation", "Ask who signs."}}}},
          {"first_change", "Ask who signs before you show anything."},
          {"action_items", {"Ask who signs.", "Ask by when.", "Ask what happens otherwise."}},
          {"moments", moments},
          {"feedback_text", words_of(240)}};
}

inline std::int64_t tokens_in(const ModelRequest &r) {
  const std::size_t bytes =
      r.instructions.size() + r.shared.size() + r.schema.size() + r.question.size();
  return static_cast<std::int64_t>(bytes / 4);
}

// Replies as `reply` says; told the request and its number, from 0 in the order of arrival. Counts
// a token per four bytes, and writes no more than it may.
class MockModel : public LanguageModel {
 public:
  using Reply = std::function<Result<ModelReply>(const ModelRequest &, std::size_t)>;

  explicit MockModel(Reply reply, std::int64_t context = 128'000)
      : reply_(std::move(reply)), context_(context) {}

  ModelInfo info() const override { return {"openai:gpt-4o-mini", context_, 16'384}; }

  Result<ModelReply> complete(const ModelRequest &request, Usage &usage) override {
    std::size_t index = 0;
    {
      const std::lock_guard lock(mutex_);
      index = requests_.size();
      requests_.push_back(request);
    }
    auto out = reply_(request, index);
    usage.requests += 1;
    if (!out) return out;
    usage.tokens_in += tokens_in(request);
    auto written = static_cast<std::int64_t>(out->text.size() / 4);
    if (out->finish == Finish::truncated) written = request.max_output_tokens;
    if (written > request.max_output_tokens) {
      written = request.max_output_tokens;
      out->finish = Finish::truncated;
    }
    usage.tokens_out += written;
    return out;
  }

  std::vector<ModelRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::size_t count() const { return requests().size(); }

 private:
  Reply reply_;
  std::int64_t context_;
  mutable std::mutex mutex_;
  std::vector<ModelRequest> requests_;
};

// What an honest listener would write: the answers of the offline assessor.
class Honest {
 public:
  Honest(const Transcript &transcript, const Checklist &checklist) {
    const auto responses = assess_offline(transcript, checklist).value().responses;
    for (const Response &r : responses) responses_[r.item_id] = r;
  }

  Json entry_for(const std::string &id) const {
    const Response &r = responses_.at(id);
    Json quotes = Json::array();
    for (const Evidence &e : r.evidence) quotes.push_back(quote_of(e.utterance, e.quote));
    return entry(id, r.answer == Answer::yes ? "yes" : "no", quotes);
  }

  ModelReply operator()(const ModelRequest &request) const {
    if (is_coaching(request)) return {coaching_reply().dump()};
    Json entries = Json::array();
    for (const std::string &id : asked_ids(request.question)) entries.push_back(entry_for(id));
    return {answers_of(entries).dump()};
  }

 private:
  std::map<std::string, Response> responses_;
};

inline Transcript sample_call(const std::string &file, const std::vector<std::string> &reps = {}) {
  ReadOptions options;
  options.rep_names = reps;
  return read_transcript(read_file(source_dir() / "examples/calls" / file), options).value();
}

inline Transcript freight() { return sample_call("freight-tracking.vtt", {"Imogen"}); }

}  // namespace saleschecklist::test

#endif
