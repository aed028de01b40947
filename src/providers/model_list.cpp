#include "providers/model_list.hpp"

#include "json/embedded.hpp"
#include "providers/json_read.hpp"

#include <fmt/format.h>

namespace saleschecklist::providers {
namespace {

// schemas/models/services.json, where everything is written that changes with time.
const Json &list() {
  static const Json out = Json::parse(json::embedded_text("models/services.json"));
  return out;
}

const char *key_of(Port port) {
  switch (port) {
    case Port::transcriber:
      return "transcriber";
    case Port::model:
      return "model";
    case Port::voice:
      break;
  }
  return "voice";
}

// The row with the longest `begins` that the name begins with; null if there is none.
const Json *longest_match(const Json &rows, std::string_view name) {
  const Json *best = nullptr;
  std::size_t longest = 0;
  for (const Json &row : rows) {
    const auto &begins = row.at("begins").get_ref<const std::string &>();
    if (begins.size() <= longest || name.substr(0, begins.size()) != begins) continue;
    best = &row;
    longest = begins.size();
  }
  return best;
}

ModelLimits limits_from(const Json &row) {
  ModelLimits out;
  out.context_tokens = row.at("context_tokens");
  out.max_output_tokens = row.at("max_output_tokens");
  out.reasons = row.value("reasons", false);
  out.takes_temperature = row.value("temperature", !out.reasons);
  return out;
}

}  // namespace

std::string default_model(std::string_view provider, Port port) {
  const Json &defaults = list().at("defaults");
  const auto found = defaults.find(provider);
  return found == defaults.end() ? std::string() : found->value(key_of(port), std::string());
}

ModelLimits limits_of(std::string_view model) {
  model = model.substr(model.rfind('/') + 1);  // npos + 1 is 0
  const Json *known = longest_match(list().at("families"), model);
  if (known == nullptr) return limits_from(list().at("unknown"));
  ModelLimits out = limits_from(*known);
  out.known = true;
  return out;
}

std::size_t most_characters(std::string_view provider, std::string_view model) {
  const Json *known = longest_match(list().at("voices"), model);
  if (known == nullptr) known = longest_match(list().at("voices"), provider);
  return known->at("characters");
}

}  // namespace saleschecklist::providers

namespace saleschecklist {

std::string retirement_notice(std::string_view id) {
  const std::size_t colon = id.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view provider = id.substr(0, colon), model = id.substr(colon + 1);
  const providers::Json &list = providers::list();
  for (const providers::Json &group : list.at("retiring")) {
    if (group.at("provider") != provider) continue;
    for (const providers::Json &name : group.at("models")) {
      if (name != model) continue;
      return fmt::format(
          "The service shuts {} down on {}, as known on {}: name another model before then.", model,
          group.at("date").get<std::string>(), list.at("as_of").get<std::string>());
    }
  }
  return {};
}

}  // namespace saleschecklist
