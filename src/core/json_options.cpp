// Claims, verdicts and options: what goes into calls and comes out of them as JSON.
#include <saleschecklist/json.hpp>

#include "core/guard.hpp"
#include "core/json_nouns.hpp"
#include "core/schema.hpp"

namespace saleschecklist {
namespace {

using nlohmann::json;

Claim claim_from(const json &j) {
  return {j.at("quote"), optional_at<std::size_t>(j, "utterance"),
          from_word(j.value("evidence_from", "either"), {EvidenceFrom::customer, EvidenceFrom::rep},
                    EvidenceFrom::either)};
}

std::vector<std::string> rep_names(const json &j) {
  return j.value("rep_names", std::vector<std::string>());
}

}  // namespace

std::string to_json(const std::vector<Verdict> &verdicts) {
  OrderedJson out = OrderedJson::array();
  for (const Verdict &verdict : verdicts) {
    OrderedJson row = OrderedJson::object();
    row["evidence"] = verdict.evidence ? to_document(*verdict.evidence) : OrderedJson(nullptr);
    row["reason"] = verdict.reason;
    out.push_back(std::move(row));
  }
  return pretty_json(out);
}

Result<std::vector<Claim>> claims_from_json(std::string_view text) {
  return guard([&]() -> Result<std::vector<Claim>> {
    const auto document = checked_document(text, "claims.schema.json");
    if (!document) return document.error();
    std::vector<Claim> out;
    for (const json &claim : *document) out.push_back(claim_from(claim));
    return out;
  });
}

Result<ReadOptions> read_options_from_json(std::string_view text) {
  return guard([&]() -> Result<ReadOptions> {
    const auto document = checked_document(text, "read-options.schema.json");
    if (!document) return document.error();
    return ReadOptions{rep_names(*document)};
  });
}

Result<AnalyzeOptions> analyze_options_from_json(std::string_view text) {
  return guard([&]() -> Result<AnalyzeOptions> {
    const auto document = checked_document(text, "analyze-options.schema.json");
    if (!document) return document.error();
    AnalyzeOptions out;
    out.read.rep_names = rep_names(*document);
    const json deal = document->value("deal", json::object());
    out.deal = {deal.value("customer", ""), deal.value("opportunity", ""), deal.value("stage", "")};
    out.policy = policy_from_document(document->value("policy", json::object()));
    if (auto fault = policy_fault(out.policy, "/policy")) return *std::move(fault);
    return out;
  });
}

Result<PdfOptions> pdf_options_from_json(std::string_view text) {
  return guard([&]() -> Result<PdfOptions> {
    const auto document = checked_document(text, "pdf-options.schema.json");
    if (!document) return document.error();
    PdfOptions out;
    out.font_file = document->value("font_file", "");
    out.bold_font_file = document->value("bold_font_file", "");
    out.include_transcript = document->value("include_transcript", false);
    return out;
  });
}

}  // namespace saleschecklist
