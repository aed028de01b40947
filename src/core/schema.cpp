#include "core/schema.hpp"

#include "core/embedded.hpp"
#include "core/json_parse.hpp"

#include <fmt/format.h>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <algorithm>
#include <memory>
#include <string>

namespace saleschecklist {
namespace {

using valijson::adapters::NlohmannJsonAdapter;

// The validator's context is {"<root>", "[categories]", "[0]"}: here "/categories/0".
std::string pointer(const std::vector<std::string> &context) {
  std::string out;
  for (std::size_t i = 1; i < context.size(); ++i) {
    const std::string &part = context[i];
    out += '/';
    for (const char c : part.substr(1, part.size() - 2)) {
      if (c == '~')
        out += "~0";
      else if (c == '/')
        out += "~1";
      else
        out += c;
    }
  }
  return out.empty() ? "/" : out;
}

// Reports that only say that something deeper failed, which has a report of its own.
bool is_summary(std::string_view description) {
  return description.rfind("Failed to validate", 0) == 0;
}

// A schema may refer to its neighbours by file name.
std::unique_ptr<valijson::Schema> load(std::string_view name) {
  const auto document = nlohmann::json::parse(embedded_text(name));
  const auto fetch = [](const std::string &uri) {
    const std::string file = uri.substr(uri.rfind('/') + 1);
    return new nlohmann::json(nlohmann::json::parse(embedded_text(file)));  // parser owns it
  };
  const auto release = [](const nlohmann::json *fetched) { delete fetched; };
  auto schema = std::make_unique<valijson::Schema>();
  valijson::SchemaParser parser;
  parser.populateSchema(NlohmannJsonAdapter(document), *schema, fetch, release);
  return schema;
}

}  // namespace

std::vector<Error> schema_faults(const nlohmann::json &document, std::string_view name) {
  const auto schema = load(name);
  valijson::Validator validator;
  valijson::ValidationResults results;
  std::vector<Error> faults;
  if (validator.validate(*schema, NlohmannJsonAdapter(document), &results)) return faults;
  std::vector<Error> summaries;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    Error fault{ErrorCode::invalid_input, error.description, pointer(error.context)};
    (is_summary(error.description) ? summaries : faults).push_back(std::move(fault));
  }
  return faults.empty() ? summaries : faults;
}

Result<nlohmann::json> checked_document(std::string_view text, std::string_view schema) {
  auto document = parse_bytes(text);
  if (!document) return document;
  if (const auto faults = schema_faults(*document, schema); !faults.empty()) {
    return join_faults(faults);
  }
  return document;
}

Error join_faults(const std::vector<Error> &faults) {
  Error out = faults.front();
  for (std::size_t i = 1; i < faults.size(); ++i) out.message += "; " + to_string(faults[i]);
  return out;
}

}  // namespace saleschecklist
