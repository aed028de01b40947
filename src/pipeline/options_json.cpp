// Claims, verdicts and options: what goes into calls and comes out of them as JSON.
#include <saleschecklist/json.hpp>

#include "base/guard.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;

Claim claim_from(const Json &j) {
  return {j.at("quote"), optional_at<std::size_t>(j, "utterance"),
          from_word(j.value("evidence_from", "either"), {EvidenceFrom::customer, EvidenceFrom::rep},
                    EvidenceFrom::either)};
}

std::vector<std::string> rep_names(const Json &j) {
  return j.value("rep_names", std::vector<std::string>());
}

// The errors of these options may quote a key: only the place is told.
Error without_words(Error error) {
  error.message = error.where.find("line ") == 0 ? "this is not JSON"
                                                 : "does not fit "
                                                   "schemas/services-options.schema.json";
  return error;
}

ProviderOptions provider_from(const Json &j, ProviderOptions out) {
  if (j.contains("key")) out.key = Secret(j.at("key"));
  out.model = j.value("model", out.model);
  out.base_url = j.value("base_url", out.base_url);
  out.voice = j.value("voice", out.voice);
  out.organization = j.value("organization", out.organization);
  out.project = j.value("project", out.project);
  out.api_version = j.value("api_version", out.api_version);
  out.context_tokens = j.value("context_tokens", out.context_tokens);
  out.connect_ms = j.value("connect_ms", out.connect_ms);
  out.idle_ms = j.value("idle_ms", out.idle_ms);
  out.total_ms = j.value("total_ms", out.total_ms);
  const Json headers = j.value("headers", Json::object());
  for (const auto &[name, value] : headers.items()) {
    out.headers.push_back({name, value});
  }
  return out;
}

}  // namespace

Budget budget_from_document(const Json &j) {
  const Json budget = j.value("budget", Json::object());
  return {budget.value("tokens", std::int64_t{0}), budget.value("micro_dollars", std::int64_t{0})};
}

std::vector<Price> prices_from_document(const Json &list) {
  const std::int64_t nothing = 0;
  std::vector<Price> out;
  for (const Json &row : list) {
    out.push_back({row.at("model"), row.value("input", nothing), row.value("cached", nothing),
                   row.value("output", nothing), row.value("characters", nothing),
                   row.value("audio_hour", nothing)});
  }
  return out;
}

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const std::vector<Verdict> &verdicts) {
  json::OrderedJson out = json::OrderedJson::array();
  for (const Verdict &verdict : verdicts) {
    json::OrderedJson row = json::OrderedJson::object();
    row["evidence"] =
        verdict.evidence ? json::to_document(*verdict.evidence) : json::OrderedJson(nullptr);
    row["rejected"] =
        verdict.rejected ? json::to_document(*verdict.rejected) : json::OrderedJson(nullptr);
    out.push_back(std::move(row));
  }
  return json::pretty_json(out);
}

Result<std::vector<Claim>> claims_from_json(std::string_view text) {
  return base::guard([&]() -> Result<std::vector<Claim>> {
    const auto document = json::checked_document(text, "claims.schema.json");
    if (!document) return document.error();
    std::vector<Claim> out;
    for (const json::Json &claim : *document) out.push_back(json::claim_from(claim));
    return out;
  });
}

Result<ReadOptions> read_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<ReadOptions> {
    const auto document = json::checked_document(text, "read-options.schema.json");
    if (!document) return document.error();
    return ReadOptions{json::rep_names(*document)};
  });
}

Result<AnalyzeOptions> analyze_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<AnalyzeOptions> {
    const auto document = json::checked_document(text, "analyze-options.schema.json");
    if (!document) return document.error();
    AnalyzeOptions out;
    out.read.rep_names = json::rep_names(*document);
    const json::Json deal = document->value("deal", json::Json::object());
    out.deal = {deal.value("customer", ""), deal.value("opportunity", ""), deal.value("stage", "")};
    out.policy = json::policy_from_document(document->value("policy", json::Json::object()));
    if (auto fault = json::policy_fault(out.policy, "/policy")) return *std::move(fault);
    out.votes = document->value("votes", out.votes);
    out.call.budget = json::budget_from_document(*document);
    if (document->contains("prices"))
      out.call.prices = json::prices_from_document(document->at("prices"));
    return out;
  });
}

Result<TranscribeOptions> transcribe_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<TranscribeOptions> {
    const auto document = json::checked_document(text, "transcribe-options.schema.json");
    if (!document) return document.error();
    TranscribeOptions out;
    out.rep_names = json::rep_names(*document);
    out.channel_names = document->value("channel_names", out.channel_names);
    out.language = document->value("language", "");
    out.parallel = document->value("parallel", out.parallel);
    if (document->contains("prices"))
      out.call.prices = json::prices_from_document(document->at("prices"));
    return out;
  });
}

Result<AssessOptions> assess_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<AssessOptions> {
    const auto document = json::checked_document(text, "assess-options.schema.json");
    if (!document) return document.error();
    AssessOptions out;
    out.votes = document->value("votes", out.votes);
    out.call.budget = json::budget_from_document(*document);
    out.parallel = document->value("parallel", out.parallel);
    if (document->contains("prices"))
      out.call.prices = json::prices_from_document(document->at("prices"));
    return out;
  });
}

Result<ServicesOptions> services_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<ServicesOptions> {
    const auto document = json::checked_document(text, "services-options.schema.json");
    if (!document) return json::without_words(document.error());
    ServicesOptions out;
    out.transcriber = document->value("transcriber", "");
    out.model = document->value("model", "");
    out.voice = document->value("voice", "");
    if (document->value("environment", false)) out.providers = providers_from_environment();
    const json::Json providers = document->value("providers", json::Json::object());
    for (const auto &[name, options] : providers.items()) {
      out.providers[name] = json::provider_from(options, out.providers[name]);
    }
    out.network.attempts = document->value("attempts", out.network.attempts);
    out.network.parallel = document->value("parallel", out.network.parallel);
    out.curl.proxy = document->value("proxy", "");
    out.curl.ca_file = document->value("ca_file", "");
    out.record_folder = document->value("record_folder", "");
    out.replay_folder = document->value("replay_folder", "");
    return out;
  });
}

Result<PdfOptions> pdf_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<PdfOptions> {
    const auto document = json::checked_document(text, "pdf-options.schema.json");
    if (!document) return document.error();
    PdfOptions out;
    out.font_file = document->value("font_file", "");
    out.bold_font_file = document->value("bold_font_file", "");
    out.include_transcript = document->value("include_transcript", false);
    return out;
  });
}

}  // namespace saleschecklist
