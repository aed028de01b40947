// Usage and results of services as JSON.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;

// The fields of Usage with their names, in order.
constexpr std::pair<const char *, std::int64_t Usage::*> usage_fields[] = {
    {"requests", &Usage::requests},     {"retries", &Usage::retries},
    {"tokens_in", &Usage::tokens_in},   {"tokens_cached", &Usage::tokens_cached},
    {"tokens_out", &Usage::tokens_out}, {"characters", &Usage::characters},
    {"audio_ms", &Usage::audio_ms},     {"micro_dollars", &Usage::micro_dollars}};

void add_fields(OrderedJson &out, const Usage &usage) {
  for (const auto &[name, member] : usage_fields) out[name] = usage.*member;
}

}  // namespace

OrderedJson to_document(const std::vector<StageUsage> &stages) {
  OrderedJson out = OrderedJson::object();
  out["stages"] = OrderedJson::array();
  Usage total;
  for (const StageUsage &stage : stages) {
    OrderedJson row = OrderedJson::object();
    row["stage"] = stage.stage;
    row["provider"] = stage.provider;
    add_fields(row, stage.usage);
    out["stages"].push_back(std::move(row));
    total += stage.usage;
  }
  out["total"] = OrderedJson::object();
  add_fields(out["total"], total);
  return out;
}

// The total is computed from the stages and not read.
std::vector<StageUsage> usage_from_document(const Json &j) {
  std::vector<StageUsage> out;
  for (const Json &row : j.value("stages", Json::array())) {
    StageUsage stage{row.at("stage"), row.at("provider"), {}};
    for (const auto &[name, member] : usage_fields) {
      stage.usage.*member = row.value(name, std::int64_t{0});
    }
    out.push_back(std::move(stage));
  }
  return out;
}

OrderedJson to_document(const Assessment &assessment) {
  OrderedJson out = OrderedJson::object();
  out["schema"] = "saleschecklist/responses/1";
  out["assessor"] = assessment.assessor;
  out["notices"] = assessment.notices;
  out["responses"] = to_document(assessment.responses).at("responses");
  return out;
}

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const std::vector<StageUsage> &stages) {
  return json::pretty_json(json::to_document(stages));
}

Result<std::vector<StageUsage>> usage_from_json(std::string_view text) {
  return base::guard([&]() -> Result<std::vector<StageUsage>> {
    const auto document = json::checked_document(text, "usage.schema.json");
    if (!document) return document.error();
    return json::usage_from_document(*document);
  });
}

std::string to_json(const Assessment &assessment) {
  return json::pretty_json(json::to_document(assessment));
}

std::string to_json(const Speech &speech) {
  json::OrderedJson out = json::OrderedJson::object();
  out["content_type"] = speech.content_type;
  out["duration_ms"] = speech.duration_ms;
  json::OrderedJson &marks = out["marks"] = json::OrderedJson::array();
  for (const SpokenMark &mark : speech.marks) {
    json::OrderedJson row = json::OrderedJson::object();
    row["begin"] = mark.begin;
    row["end"] = mark.end;
    row["begin_ms"] = mark.begin_ms;
    row["end_ms"] = mark.end_ms;
    marks.push_back(std::move(row));
  }
  return json::pretty_json(out);
}

}  // namespace saleschecklist
