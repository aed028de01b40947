#include "json/schema.hpp"
#include "base/errors.hpp"

#include "json/embedded.hpp"
#include "json/parse.hpp"
#include "json/schema_messages.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <new>
#include <regex>
#include <string>
#include <utility>

// The validator allocates with std::nothrow and does not look whether it got null. Under another
// tag, the same expressions throw std::bad_alloc.
inline void *operator new(std::size_t size, std::in_place_t /*tag*/) {
  return ::operator new(size);
}
#define nothrow in_place

// The validator keeps every fault, which would take hundreds of times the size of a document of
// faulty values. With this class in the place of its own, which has the same interface, it keeps
// the first ones of each kind.
#include <valijson/validation_results.hpp>
namespace valijson {

// Whether the report only says that a nested value is invalid, which is reported by itself.
inline bool is_summary(std::string_view description) {
  return description.rfind("Failed to validate", 0) == 0;
}

class FirstResults {
 public:
  using Error = ValidationResults::Error;
  static constexpr std::size_t most = 20;  // of each kind

  void pushError(const std::vector<std::string> &context, const std::string &description) {
    std::size_t &kept = is_summary(description) ? summaries_ : faults_;
    if (kept == most) return;
    ++kept;
    errors_.push_back({context, description});
  }
  bool popError(Error &error) {
    if (errors_.empty()) return false;
    error = std::move(errors_.front());
    errors_.pop_front();
    return true;
  }

 private:
  std::deque<Error> errors_;
  std::size_t faults_ = 0, summaries_ = 0;
};

}  // namespace valijson
#define ValidationResults FirstResults
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#undef ValidationResults
#undef nothrow

namespace saleschecklist::json {
namespace {

using Json = nlohmann::json;
using valijson::adapters::NlohmannJsonAdapter;

// Converts the validator's context {"<root>", "[categories]", "[0]"} to {"categories", "0"}.
std::vector<std::string> path_of(const std::vector<std::string> &context) {
  std::vector<std::string> out;
  for (std::size_t i = 1; i < context.size(); ++i) {
    out.push_back(context[i].substr(1, context[i].size() - 2));
  }
  return out;
}

Json::json_pointer pointer_of(const std::vector<std::string> &path) {
  Json::json_pointer out;
  for (const std::string &step : path) out.push_back(step);
  return out;
}

// A schema may refer to other embedded schemas by file name.
std::unique_ptr<valijson::Schema> load(std::string_view name) {
  const auto document = Json::parse(embedded_text(name));
  std::vector<std::unique_ptr<Json>> neighbours;  // owned here: the parser may leak its own
  const auto fetch = [&neighbours](const std::string &uri) -> const Json * {
    const std::string file = uri.substr(uri.rfind('/') + 1);
    neighbours.push_back(std::make_unique<Json>(Json::parse(embedded_text(file))));
    return neighbours.back().get();
  };
  const auto release = [](const Json *) {};
  auto schema = std::make_unique<valijson::Schema>();
  valijson::SchemaParser parser;
  parser.populateSchema(NlohmannJsonAdapter(document), *schema, fetch, release);
  return schema;
}

}  // namespace

std::vector<Error> schema_faults(const nlohmann::json &document, std::string_view name) {
  const auto schema = load(name);
  valijson::Validator validator;
  valijson::FirstResults results;
  std::vector<Error> faults;
  if (validator.validate(*schema, NlohmannJsonAdapter(document), &results)) return faults;
  std::vector<Error> summaries;
  for (valijson::FirstResults::Error error; results.popError(error);) {
    const auto path = path_of(error.context);
    const auto place = pointer_of(path);
    std::vector<Error> &kind = valijson::is_summary(error.description) ? summaries : faults;
    kind.push_back(
        errors::invalid_input(schema_message(name, path, document.at(place), error.description),
                              path.empty() ? "/" : place.to_string()));
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

}  // namespace saleschecklist::json
