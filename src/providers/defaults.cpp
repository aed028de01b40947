#include "providers/defaults.hpp"
#include "base/ascii.hpp"
#include "base/errors.hpp"

#include "base/unicode.hpp"
#include "providers/model_list.hpp"

#include <algorithm>
#include <array>

namespace saleschecklist::providers {
namespace {

struct Row {
  const char *provider;
  Port port;
  const char *base_url;
  const char *voice;
  const char *api_version;
  std::int64_t idle_ms;  // services send nothing while they process long input
  std::int64_t total_ms;
};

constexpr std::int64_t default_connect_ms = 5'000;
constexpr std::int64_t longest_ms = 86'400'000;  // a day, the maximum; keeps sums in range

constexpr const char *openai_url = "https://api.openai.com/v1";
constexpr const char *elevenlabs_url = "https://api.elevenlabs.io/v1";
constexpr const char *azure_version = "2024-10-21";

constexpr std::array rows = {
    Row{"openai", Port::transcriber, openai_url, "", "", 300'000, 900'000},
    Row{"openai", Port::model, openai_url, "", "", 300'000, 600'000},
    Row{"openai", Port::voice, openai_url, "alloy", "", 120'000, 300'000},
    Row{"azure", Port::transcriber, "", "", azure_version, 300'000, 900'000},
    Row{"azure", Port::model, "", "", azure_version, 300'000, 600'000},
    Row{"azure", Port::voice, "", "alloy", azure_version, 120'000, 300'000},
    Row{"anthropic", Port::model, "https://api.anthropic.com/v1", "", "2023-06-01", 300'000,
        600'000},
    Row{"gemini", Port::model, "https://generativelanguage.googleapis.com/v1beta", "", "", 300'000,
        600'000},
    Row{"elevenlabs", Port::transcriber, elevenlabs_url, "", "", 300'000, 900'000},
    Row{"deepgram", Port::transcriber, "https://api.deepgram.com/v1", "", "", 300'000, 900'000},
    Row{"assemblyai", Port::transcriber, "https://api.assemblyai.com/v2", "", "", 300'000,
        3'600'000},
    Row{"elevenlabs", Port::voice, elevenlabs_url, "2EiwWnXFnvU5JabPnv8n", "", 120'000, 300'000},
};

const Row *find_row(std::string_view provider, Port port) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row &row) {
    return row.provider == provider && row.port == port;
  });
  return found == rows.end() ? nullptr : &*found;
}

[[noreturn]] void refuse(const char *where, std::string message) {
  throw BadResult(errors::invalid_argument(std::move(message), where));
}

bool is_printable(std::string_view text) {
  return base::valid_utf8_prefix(text) == text.size() &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 32 || c == 127; });
}

void check_texts(const ProviderOptions &options) {
  const auto visible = [](unsigned char c) { return c > 32 && c < 127; };
  const std::string &key = options.key.reveal();
  if (!std::all_of(key.begin(), key.end(), visible)) {
    refuse("key",
           "the key contains a character that is not allowed in keys, such as a line break or a "
           "space");
  }
  const std::array<std::pair<const char *, const std::string *>, 7> texts = {{
      {"model", &options.model},
      {"voice", &options.voice},
      {"base_url", &options.base_url},
      {"organization", &options.organization},
      {"project", &options.project},
      {"api_version", &options.api_version},
      {"effort", &options.effort},
  }};
  for (const auto &[where, text] : texts) {
    if (!is_printable(*text)) refuse(where, "expected one line of text");
  }
  for (const HttpHeader &header : options.headers) {
    if (header.name.empty() || !is_printable(header.name) || !is_printable(header.value)) {
      refuse("headers", "expected names and values without line breaks");
    }
  }
}

void check_url(const std::string &url) {
  const std::size_t scheme = url.find("://");
  const std::string name = url.substr(0, scheme);
  if (scheme == std::string::npos || (name != "http" && name != "https") ||
      url.find_first_of("/?#:", scheme + 3) == scheme + 3 || scheme + 3 == url.size()) {
    refuse("base_url",
           "expected a URL such as https://api.openai.com/v1 or "
           "http://localhost:11434/v1");
  }
}

bool brings_key(const ProviderOptions &options) {
  return std::any_of(options.headers.begin(), options.headers.end(), [](const HttpHeader &header) {
    const std::string name = base::ascii_lower(header.name);
    return name == "authorization" || name.find("api-key") != std::string::npos;
  });
}

// Anthropic's own clients accept base URLs without the version: "https://gateway/anthropic".
std::string with_version(std::string url) {
  while (url.back() == '/') url.pop_back();
  constexpr std::string_view version = "/v1";
  const bool has = url.size() > version.size() &&
                   url.compare(url.size() - version.size(), version.size(), version) == 0;
  return has || url.find('?') != std::string::npos ? url : url + std::string(version);
}

// A base URL without a path gets the path of the service's own URL: "http://localhost:11434"
// becomes "http://localhost:11434/v1". Azure's deployments have their own paths.
std::string with_path(const std::string &url, const Row &row) {
  const std::size_t begin = url.find("://") + 3;
  const std::size_t path = std::min(url.find_first_of("/?", begin), url.size());
  const bool bare = path == url.size() || url.substr(path) == "/";
  if (row.provider == std::string_view("anthropic") && !bare) return with_version(url);
  if (!bare || row.provider == std::string_view("azure")) return url;
  const std::string_view own = row.base_url;
  return url.substr(0, path) + std::string(own.substr(own.find('/', own.find("://") + 3)));
}

template <class Value>
void fill(Value &value, const Value &standard) {
  if (value == Value{}) value = standard;
}

}  // namespace

bool has_port(std::string_view provider, Port port) { return find_row(provider, port) != nullptr; }

bool is_provider(std::string_view provider) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const Row &row) { return row.provider == provider; });
}

std::string providers_of(Port port) {
  std::vector<std::string> names;
  for (const Row &row : rows) {
    if (row.port == port) names.emplace_back(row.provider);
  }
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

bool is_own_address(std::string_view provider, std::string_view base_url) {
  while (!base_url.empty() && base_url.back() == '/') base_url.remove_suffix(1);
  return std::any_of(rows.begin(), rows.end(), [&](const Row &row) {
    return row.provider == provider && *row.base_url != '\0' && base_url == row.base_url;
  });
}

ProviderOptions complete_options(std::string_view provider, Port port, ProviderOptions options) {
  const Row &row = *find_row(provider, port);
  check_texts(options);
  fill(options.model, default_model(provider, port));
  fill(options.base_url, std::string(row.base_url));
  fill(options.voice, std::string(row.voice));
  fill(options.api_version, std::string(row.api_version));
  if (options.base_url.empty()) {
    refuse("base_url",
           "expected the URL of the resource, such as "
           "https://my-resource.openai.azure.com");
  }
  check_url(options.base_url);
  options.base_url = with_path(options.base_url, row);
  if (options.model.empty()) refuse("model", "expected the name of the deployment");
  const bool needs_key = is_own_address(provider, options.base_url) || provider == "azure";
  if (needs_key && options.key.empty() && !brings_key(options)) {
    refuse("key", "expected a key for " + options.base_url);
  }
  const std::array<std::pair<const char *, std::int64_t>, 5> counts = {{
      {"connect_ms", options.connect_ms},
      {"idle_ms", options.idle_ms},
      {"total_ms", options.total_ms},
      {"context_tokens", options.context_tokens},
      {"max_output_tokens", options.max_output_tokens},
  }};
  for (const auto &[where, count] : counts) {
    if (count < 0) refuse(where, "expected a value of at least 0; 0 means the default");
  }
  for (std::int64_t *time : {&options.connect_ms, &options.idle_ms, &options.total_ms}) {
    *time = std::min(*time, longest_ms);
  }
  fill(options.connect_ms, default_connect_ms);
  fill(options.idle_ms, row.idle_ms);
  fill(options.total_ms, row.total_ms);
  if (!options.network) options.network = open_network().value();
  return options;
}

}  // namespace saleschecklist::providers

namespace saleschecklist {

Result<ProviderOptions> provider_defaults(std::string_view provider, Port port) {
  const providers::Row *row = providers::find_row(provider, port);
  if (row == nullptr) {
    return errors::not_found("there is no such provider; expected " + providers::providers_of(port),
                             std::string(provider.substr(0, 100)));
  }
  ProviderOptions out;
  out.model = providers::default_model(provider, port);
  out.base_url = row->base_url;
  out.voice = row->voice;
  out.api_version = row->api_version;
  if (port == Port::model && !out.model.empty()) {
    const auto limits = providers::limits_of(out.model);
    out.context_tokens = limits.context_tokens;
    out.max_output_tokens = limits.max_output_tokens;
  }
  out.connect_ms = providers::default_connect_ms;
  out.idle_ms = row->idle_ms;
  out.total_ms = row->total_ms;
  return out;
}

}  // namespace saleschecklist
