// Responses, score, coaching, claims and verdicts to and from JSON.
#include <saleschecklist/json.hpp>

#include "json/nouns.hpp"
#include "json/parse.hpp"

namespace saleschecklist::json {

void after_read(const Json &object, Response &response) {
  if (!object.contains("ai_answer")) response.ai_answer = response.answer;
}

OrderedJson to_document(const Score &score) { return written(score); }
OrderedJson to_document(const Coaching &coaching) { return written(coaching); }

OrderedJson to_document(const std::vector<Response> &responses) {
  OrderedJson out = OrderedJson::object();
  out["schema"] = "saleschecklist/responses/1";
  out["responses"] = written(responses);
  return out;
}

std::vector<Response> responses_from_document(const Json &list) {
  return read<std::vector<Response>>(list);
}
Score score_from_document(const Json &document) { return read<Score>(document); }
Coaching coaching_from_document(const Json &document) { return read<Coaching>(document); }

}  // namespace saleschecklist::json

namespace saleschecklist {

std::string to_json(const std::vector<Response> &responses) {
  return json::pretty_json(json::to_document(responses));
}
std::string to_json(const Score &score) { return json::pretty_json(json::written(score)); }
std::string to_json(const Coaching &coaching) { return json::pretty_json(json::written(coaching)); }
std::string to_json(const std::vector<Verdict> &verdicts) {
  return json::pretty_json(json::written(verdicts));
}

Result<std::vector<Response>> responses_from_json(std::string_view text) {
  return base::guard([&]() -> Result<std::vector<Response>> {
    const auto document = json::parse_bytes(text);
    if (!document) return document.error();
    const bool wrapped = document->is_object() && document->contains("responses");
    const json::Json &list = wrapped ? (*document)["responses"] : *document;
    auto faults = json::schema_faults(list, "responses.schema.json");
    for (Error &fault : faults) {
      if (wrapped) fault.where = "/responses" + (fault.where == "/" ? std::string() : fault.where);
    }
    if (!faults.empty()) return json::join_faults(faults);
    return json::responses_from_document(list);
  });
}

Result<std::vector<Claim>> claims_from_json(std::string_view text) {
  return json::read_text<std::vector<Claim>>(text, "claims.schema.json");
}

Result<Score> score_from_json(std::string_view text) {
  return json::read_text_with_policy<Score>(text, "score.schema.json");
}

Result<Coaching> coaching_from_json(std::string_view text) {
  return json::read_text<Coaching>(text, "coaching.schema.json");
}

}  // namespace saleschecklist
