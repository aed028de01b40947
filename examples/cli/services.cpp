#include "services.hpp"

#include "files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

namespace cli {
namespace {

using namespace saleschecklist;

[[noreturn]] void refuse(const std::string &line) { throw Failure{wrong_input, line}; }

// "http://..." is the base URL of OpenAI or a compatible server; "elevenlabs=http://..." is that of
// another provider.
void set_base_url(Providers &providers, const std::string &text) {
  const std::size_t equals = text.find('=');
  const bool named = equals != std::string::npos && equals < text.find("://");
  const std::string provider = named ? text.substr(0, equals) : "openai";
  if (*key_name(provider) == '\0') refuse("--base-url: the provider '" + provider + "' is unknown");
  providers[provider].base_url = named ? text.substr(equals + 1) : text;
}

Providers providers_of(const Arguments &a) {
  Providers out = providers_from_environment();
  if (!a.key_file.empty()) {
    const Secret keys(read_input(a.key_file));
    out = take(providers_from_text(keys.reveal(), std::move(out)), a.key_file);
  }
  for (const std::string &url : a.base_urls) set_base_url(out, url);
  for (auto &[name, options] : out) {
    options.context_tokens = a.context;
    options.max_output_tokens = a.max_output;
    options.effort = a.effort;
  }
  return out;
}

// A provider that is named explicitly must have a key, or a base URL that may not need one.
void require_key(const char *option, const std::string &id, const ServicesOptions &options) {
  const std::string provider = id.substr(0, id.find(':'));
  const char *const name = key_name(provider);
  if (!options.replay_folder.empty() || *name == '\0') return;
  const auto found = options.providers.find(provider);
  const bool known = found != options.providers.end();
  if (known && (!found->second.key.empty() || !found->second.base_url.empty())) return;
  const bool model = std::string_view(option) == "--model";
  refuse(fmt::format("{} {}: no key was found. Set {} in the environment or in a --key-file{}",
                     option, id, name, model ? ", or use --model offline" : ""));
}

// The id, or none for an "auto" that would find no key: the program says itself what is missing.
std::string if_found(const std::string &id, Port port, const ServicesOptions &options) {
  const bool found = id != "auto" || !options.replay_folder.empty() ||
                     !find_provider(port, options.providers).empty();
  return found ? id : "";
}

}  // namespace

bool may_be_recording(std::string_view head) {
  const bool utf16 = head.substr(0, 2) == "\xff\xfe" || head.substr(0, 2) == "\xfe\xff";
  if (utf16 || head.substr(0, 3) == "\xef\xbb\xbf") return false;
  // Text has no control characters except white space; the header of every audio format has some.
  return std::any_of(head.begin(), head.end(), [](unsigned char c) { return c < 9; });
}

bool is_recording(const std::string &path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return false;  // a pipe can be read only once
  std::ifstream in(path, std::ios::binary);
  std::string head(1 << 12, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  if (!may_be_recording(head)) return false;
  // A truncated recording counts: MP4's first box identifies the format.
  if (head.size() >= 8 && head.substr(4, 4) == "ftyp") return true;
  const auto sound = probe_audio(path);
  return sound || sound.error().code == ErrorCode::unsupported;
}

void check_is_no_text(const std::string &path) {
  static const std::set<std::string> extensions = {".mp3",  ".m4a",  ".mp4", ".wav",
                                                   ".ogg",  ".opus", ".aac", ".wma",
                                                   ".webm", ".flac", ".mov", ".mkv"};
  std::string extension = std::filesystem::path(path).extension().string();
  for (char &c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::error_code ignored;
  const bool has_bytes = std::filesystem::file_size(path, ignored) > 0 && !ignored;
  if (extensions.count(extension) == 0 || !has_bytes) return;
  refuse(path +
         ": expected a recording, as the name says, but this is text; a download may have "
         "failed. Rename it if it is a transcript");
}

Services open_services(const Arguments &a, const Wanted &wanted) {
  ServicesOptions options;
  options.providers = providers_of(a);
  options.curl = curl_from_environment();
  options.record_folder = a.record;
  options.replay_folder = a.replay;
  options.transcriber =
      if_found(wanted.transcriber ? a.transcriber : "", Port::transcriber, options);
  options.model = if_found(a.model, Port::model, options);
  options.voice = if_found(wanted.voice, Port::voice, options);
  for (const auto &[option, id] :
       {std::pair("--transcriber", &options.transcriber), std::pair("--model", &options.model),
        std::pair("--voice", &options.voice)}) {
    if (!id->empty() && *id != "auto" && *id != "offline") require_key(option, *id, options);
  }
  auto opened = saleschecklist::open_services(options);
  if (!opened) {
    const Error &error = opened.error();
    refuse(error.provider.empty() ? to_string(error) : error.provider + ": " + to_string(error));
  }
  if (!wanted.recording.empty() && !opened->transcriber) {
    refuse(wanted.recording +
           ": a recording cannot be transcribed offline. Set OPENAI_API_KEY, ELEVENLABS_API_KEY, "
           "DEEPGRAM_API_KEY or ASSEMBLYAI_API_KEY, or pass a transcript (then `--model offline` "
           "needs no key)");
  }
  if (!wanted.voice.empty() && !opened->voice) {
    refuse("spoken coaching needs a voice: set ELEVENLABS_API_KEY or OPENAI_API_KEY");
  }
  return *std::move(opened);
}

std::string retirement_notes(const Services &services) {
  std::string out;
  const auto note = [&](const auto &port) {
    const std::string notice = port ? retirement_notice(port->info().id) : std::string();
    if (!notice.empty()) out += "Note: " + notice + "\n";
  };
  note(services.transcriber);
  note(services.voice);
  return out;
}

std::string model_note(const Arguments &a, const Services &services) {
  if (a.model != "auto" || services.model) return {};
  return "Note: no key for a language model was found. If OPENAI_API_KEY, ANTHROPIC_API_KEY or "
         "GEMINI_API_KEY is\nset, the call is judged by meaning.\n";
}

std::vector<Price> prices_of(const Arguments &a) {
  return a.prices.empty() ? default_prices()
                          : take(prices_from_json(read_input(a.prices)), a.prices);
}

Budget budget_of(const std::string &text) {
  if (text.empty()) return {};
  double number = 0;
  const char *const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  const std::string unit(rest, end);
  const bool tokens = unit == " tokens" || unit == "tokens";
  constexpr double most = 1e12;
  if (error != std::errc() || (!unit.empty() && !tokens) || !(number > 0) || number > most ||
      (tokens && number != std::floor(number))) {
    refuse("--budget: expected dollars such as 0.50, or tokens such as '200000 tokens', got '" +
           text + "'");
  }
  if (tokens) return {static_cast<std::int64_t>(number), 0};
  return {0, std::max<std::int64_t>(1, std::llround(number * 1e6))};
}

}  // namespace cli
