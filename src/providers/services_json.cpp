// Options of open_services(), from JSON.
#include <saleschecklist/json.hpp>

#include "json/masked.hpp"
#include "json/nouns.hpp"

namespace saleschecklist {
namespace {

// The errors of these options may quote a key: only the place is told.
Error without_words(Error error) {
  error.message = error.where.find("line ") == 0 ? "this is not JSON"
                                                 : "does not fit "
                                                   "schemas/services-options.schema.json";
  return error;
}

// What the object does not tell stays as it is in `out`.
void read_provider(const json::Json &object, ProviderOptions &out) {
  json::read_fields(object, out);
  if (object.contains("key")) out.key = Secret(object.at("key"));
  if (!object.contains("headers")) return;
  for (const auto &[name, value] : object.at("headers").items()) {
    out.headers.push_back({name, value});
  }
}

}  // namespace

Result<ServicesOptions> services_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<ServicesOptions> {
    const json::MaskedJson masked(text);
    auto document = json::checked_document(masked.text(), "services-options.schema.json");
    if (!document) return without_words(document.error());
    const json::WipedStrings wiped(*document);
    masked.restore(*document);
    ServicesOptions out;
    json::read_fields(*document, out);
    if (document->value("environment", false)) {
      out.providers = providers_from_environment();
      out.curl = curl_from_environment(std::move(out.curl));
    }
    if (!document->contains("providers")) return out;
    for (const auto &[name, options] : document->at("providers").items()) {
      read_provider(options, out.providers[name]);
    }
    return out;
  });
}

}  // namespace saleschecklist
