// Options of an engine and of its functions, from JSON.
#include <saleschecklist/json.hpp>
#include <saleschecklist/storage.hpp>

#include "base/guard.hpp"
#include "json/documents.hpp"
#include "json/schema.hpp"

namespace saleschecklist {
namespace {

using Json = nlohmann::json;

std::vector<std::string> names_at(const Json &j, const char *key) {
  return j.value(key, std::vector<std::string>());
}

RedactOptions redact_from(const Json &j) {
  RedactOptions out;
  out.cards = j.value("cards", out.cards);
  out.accounts = j.value("accounts", out.accounts);
  out.phones = j.value("phones", out.phones);
  out.emails = j.value("emails", out.emails);
  out.names = names_at(j, "names");
  return out;
}

std::optional<SessionStatus> status_at(const Json &j) {
  using S = SessionStatus;
  const auto word = json::optional_at<std::string>(j, "status");
  if (!word) return std::nullopt;
  return json::from_word(*word,
                         {S::uploading, S::processing, S::analyzing, S::pending_review, S::scoring,
                          S::completed, S::failed, S::erasing},
                         S::draft);
}

std::optional<RiskBand> band_at(const Json &j) {
  const auto word = json::optional_at<std::string>(j, "band");
  if (!word) return std::nullopt;
  return json::from_word(*word, {RiskBand::green, RiskBand::yellow}, RiskBand::red);
}

}  // namespace

Result<NewSession> new_session_from_json(std::string_view text) {
  return base::guard([&]() -> Result<NewSession> {
    const auto j = json::checked_document(text, "new-session.schema.json");
    if (!j) return j.error();
    NewSession out;
    out.customer = j->value("customer", "");
    out.opportunity = j->value("opportunity", "");
    out.deal_stage = j->value("deal_stage", "");
    out.decision_influencer = j->value("decision_influencer", "");
    out.owner = j->value("owner", "");
    out.policy = json::policy_from_document(j->value("policy", Json::object()));
    if (auto fault = json::policy_fault(out.policy, "/policy")) return *std::move(fault);
    out.review = j->value("review", false);
    return out;
  });
}

Result<SessionChange> session_change_from_json(std::string_view text) {
  return base::guard([&]() -> Result<SessionChange> {
    const auto j = json::checked_document(text, "session-change.schema.json");
    if (!j) return j.error();
    SessionChange out;
    out.customer = json::optional_at<std::string>(*j, "customer");
    out.opportunity = json::optional_at<std::string>(*j, "opportunity");
    out.deal_stage = json::optional_at<std::string>(*j, "deal_stage");
    out.decision_influencer = json::optional_at<std::string>(*j, "decision_influencer");
    out.owner = json::optional_at<std::string>(*j, "owner");
    out.review = json::optional_at<bool>(*j, "review");
    return out;
  });
}

Result<SessionFilter> session_filter_from_json(std::string_view text) {
  return base::guard([&]() -> Result<SessionFilter> {
    const auto j = json::checked_document(text, "session-filter.schema.json");
    if (!j) return j.error();
    SessionFilter out;
    out.owner = j->value("owner", "");
    out.customer = j->value("customer", "");
    out.status = status_at(*j);
    out.band = band_at(*j);
    out.created_from_ms = json::optional_at<std::int64_t>(*j, "created_from_ms");
    out.created_before_ms = json::optional_at<std::int64_t>(*j, "created_before_ms");
    out.after = j->value("after", "");
    out.limit = j->value("limit", out.limit);
    return out;
  });
}

Result<AudioHints> audio_hints_from_json(std::string_view text) {
  return base::guard([&]() -> Result<AudioHints> {
    const auto j = json::checked_document(text, "audio-hints.schema.json");
    if (!j) return j.error();
    return AudioHints{names_at(*j, "rep_names"), names_at(*j, "channel_names"),
                      j->value("language", "")};
  });
}

Result<RunOptions> run_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<RunOptions> {
    const auto j = json::checked_document(text, "run-options.schema.json");
    if (!j) return j.error();
    RunOptions out;
    out.until = json::from_word(j->value("until", name(out.until)),
                                {Stage::transcribe, Stage::assess, Stage::score, Stage::coach},
                                Stage::speak);
    out.votes = j->value("votes", out.votes);
    out.call.budget = json::budget_from_document(*j);
    out.parallel = j->value("parallel", out.parallel);
    if (j->contains("prices")) out.call.prices = json::prices_from_document(j->at("prices"));
    return out;
  });
}

Result<RedactOptions> redact_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<RedactOptions> {
    const auto j = json::checked_document(text, "redact-options.schema.json");
    if (!j) return j.error();
    return redact_from(*j);
  });
}

Result<EngineOptions> engine_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<EngineOptions> {
    const auto j = json::checked_document(text, "engine-options.schema.json");
    if (!j) return j.error();
    EngineOptions out;
    auto store = open_store(j->value("store", "memory:"));
    if (!store) return store.error();
    out.store = *std::move(store);
    const S3Options s3 = j->value("environment", false) ? s3_from_environment() : S3Options();
    auto blobs = open_blobs(j->value("blobs", "memory:"), s3);
    if (!blobs) return blobs.error();
    out.blobs = *std::move(blobs);
    out.tenant = j->value("tenant", "");
    out.actor = j->value("actor", "");
    if (j->contains("redact")) out.redact = redact_from(j->at("redact"));
    out.lease_ms = j->value("lease_ms", out.lease_ms);
    return out;
  });
}

std::string to_json(const Redacted &redacted) {
  json::OrderedJson out = json::OrderedJson::object();
  out["transcript"] = json::to_document(redacted.transcript);
  out["replacements"] = json::OrderedJson::array();
  for (const Replacement &r : redacted.replacements) {
    json::OrderedJson row = json::OrderedJson::object();
    row["placeholder"] = r.placeholder;
    row["original"] = r.original;
    out["replacements"].push_back(std::move(row));
  }
  return json::pretty_json(out);
}

}  // namespace saleschecklist
