// Options of calls, from JSON.
#include <saleschecklist/json.hpp>

#include "json/nouns.hpp"

namespace saleschecklist {
Result<ReadOptions> read_options_from_json(std::string_view text) {
  return json::read_text<ReadOptions>(text, "read-options.schema.json");
}

Result<AnalyzeOptions> analyze_options_from_json(std::string_view text) {
  return json::read_text_with_policy<AnalyzeOptions>(text, "analyze-options.schema.json");
}

Result<TranscribeOptions> transcribe_options_from_json(std::string_view text) {
  return json::read_text<TranscribeOptions>(text, "transcribe-options.schema.json");
}

Result<SeparateOptions> separate_options_from_json(std::string_view text) {
  return json::read_text<SeparateOptions>(text, "separate-options.schema.json");
}

Result<AssessOptions> assess_options_from_json(std::string_view text) {
  return json::read_text<AssessOptions>(text, "assess-options.schema.json");
}

Result<PdfOptions> pdf_options_from_json(std::string_view text) {
  return json::read_text<PdfOptions>(text, "pdf-options.schema.json");
}

Result<RedactOptions> redact_options_from_json(std::string_view text) {
  return json::read_text<RedactOptions>(text, "redact-options.schema.json");
}

}  // namespace saleschecklist
