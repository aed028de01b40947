// The recorded run of examples/recording: from sound to spoken coaching, without a network.
#include "support/support.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <mutex>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

const std::filesystem::path example = source_dir() / "examples" / "recording";

Services recorded() {
  ServicesOptions options;
  options.transcriber = "openai:gpt-4o-transcribe-diarize";
  options.model = "openai:gpt-4o-mini";
  options.voice = "openai:tts-1";
  options.providers["openai"].base_url = "http://127.0.0.1:8765/v1";
  options.replay_folder = (example / "cassette").string();
  return open_services(options).value();
}

// A report up to what was used, which depends on the stages that a program runs.
std::string judged(const std::string &report) {
  return report.substr(0, report.find("\n  \"usage\""));
}

}  // namespace

TEST_CASE("a recorded run gives its report again, byte for byte, and the sound of its coaching") {
  const Services services = recorded();
  std::mutex mutex;
  std::vector<std::string> stages;
  const Progress progress = [&](const ProgressStep &step) {
    const std::lock_guard lock(mutex);
    if (stages.empty() || stages.back() != step.stage) stages.emplace_back(step.stage);
  };
  TranscribeOptions hear;
  hear.rep_names = {"Speaker A"};
  hear.call.progress = progress;
  Usage heard;
  const Transcript transcript =
      transcribe((example / "call.m4a").string(), *services.transcriber, hear, &heard).value();
  CHECK(transcript.utterances.size() == 10);
  CHECK(heard.requests == 1);
  CHECK(heard.audio_ms == 53'000);
  CHECK(heard.micro_dollars > 0);

  AnalyzeOptions options;
  options.deal.customer = "Cold Chain Ltd";
  options.model = services.model;
  options.call.progress = progress;
  const Report report = analyze(transcript, Checklist::standard(), options).value();
  CHECK(judged(to_json(report)) == judged(read_file(example / "report.json")));
  CHECK(report.score->total_score == 19);
  CHECK(report.assessor.find("openai:gpt-4o-mini/assess-") == 0);
  CHECK(report_from_json(to_json(report), Checklist::standard()).has_value());
  REQUIRE(report.usage.size() == 2);
  CHECK(report.usage[0].usage.requests == 10);
  CHECK(report.usage[0].usage.tokens_in > 10'000);
  CHECK(report.usage[1].stage == "coach");

  CallOptions say;
  say.progress = progress;
  Usage said;
  const Speech speech = speak(report.coaching->feedback_text, *services.voice, say, &said).value();
  CHECK(speech.content_type == "audio/mpeg");
  CHECK(speech.audio.size() > 100'000);
  CHECK(stages == std::vector<std::string>{"transcribe", "assess", "coach", "speak"});
}

TEST_CASE("a quote that the model made up is refused in the report") {
  const auto report =
      report_from_json(read_file(example / "report.json"), Checklist::standard()).value();
  int refused = 0;
  for (const Response &response : report.responses) {
    if (response.item_id != "target.08") continue;
    CHECK(response.ai_answer == Answer::yes);
    CHECK(response.support == Support::unsupported);
    CHECK(response.needs_review);
    REQUIRE(response.rejected_evidence.size() == 1);
    CHECK(response.rejected_evidence[0].quote == "The price is sixty thousand a year.");
    CHECK(response.rejected_evidence[0].reason == RejectionReason::not_found);
    ++refused;
  }
  CHECK(refused == 1);
}

TEST_CASE("services are chosen by key, by name, or not at all") {
  ServicesOptions options;
  options.model = "auto";
  options.voice = "auto";
  options.transcriber = "offline";
  const auto without_key = open_services(options);
  REQUIRE_FALSE(without_key);
  CHECK(to_string(without_key.error()) ==
        "model: \"auto\" found no key: expected OPENAI_API_KEY or ANTHROPIC_API_KEY or "
        "GEMINI_API_KEY, or \"offline\"");
  CHECK(find_provider(Port::model, options.providers).empty());
  options.providers["anthropic"].key = Secret("sk-ant");
  options.providers["openai"].key = Secret("sk-openai");
  Services both = open_services(options).value();
  CHECK(both.model->info().id.find("openai:") == 0);
  CHECK(both.voice->info().id.find("openai:") == 0);
  CHECK(!both.transcriber);
  options.providers.erase("openai");
  CHECK(open_services(options).error().where == "voice");
  CHECK(find_provider(Port::voice, {{"elevenlabs", {.key = Secret("k")}}}) == "elevenlabs");
  options.voice = "offline";
  CHECK(open_services(options).value().model->info().id.find("anthropic:") == 0);
  options.model = "gemini";
  CHECK(open_services(options).error().code == ErrorCode::invalid_argument);
  options.model = "nobody:m";
  CHECK(open_services(options).error().code == ErrorCode::not_found);
  options.model = "anthropic";
  options.record_folder = "a";
  options.replay_folder = "b";
  CHECK(open_services(options).error().where == "replay_folder");
}

TEST_CASE("a transcriber is chosen by how well it tells speakers apart") {
  Providers providers;
  for (const char *name : {"openai", "elevenlabs", "deepgram", "assemblyai"}) {
    CAPTURE(name);
    providers[name].key = Secret("k");
    CHECK(find_provider(Port::transcriber, providers) == name);
  }
  CHECK(find_provider(Port::model, providers) == "openai");
  CHECK(find_provider(Port::voice, providers) == "elevenlabs");

  ServicesOptions options;
  options.transcriber = "auto";
  CHECK(to_string(open_services(options).error()) ==
        "transcriber: \"auto\" found no key: expected ASSEMBLYAI_API_KEY or DEEPGRAM_API_KEY or "
        "ELEVENLABS_API_KEY or OPENAI_API_KEY, or \"offline\"");
  options.providers["openai"].key = Secret("k");
  const TranscriberInfo info = open_services(options)->transcriber->info();
  CHECK(info.id == "openai:whisper-1");
  REQUIRE(info.for_several);
  CHECK(info.for_several->id == "openai:gpt-4o-transcribe-diarize");
  CHECK(info.for_several->names_speakers);
  CHECK_FALSE(info.for_several->for_several);
  options.transcriber = "openai:whisper-1";
  CHECK_FALSE(open_services(options)->transcriber->info().for_several);
}

TEST_CASE("keys are read from lines of a file, and a line that is none is not shown") {
  const Providers providers = providers_from_text(
                                  "# keys\n\nOPENAI_API_KEY = \"sk-1\"\r\nGEMINI_API_KEY='g'\n"
                                  "AZURE_OPENAI_ENDPOINT=https://x.example\nSOMETHING_ELSE=1\n"
                                  "GOOGLE_API_KEY=second\nDEEPGRAM_API_KEY=d\n"
                                  "ASSEMBLYAI_API_KEY=a\n")
                                  .value();
  CHECK(providers.size() == 5);
  CHECK(providers.at("deepgram").key.reveal() == "d");
  CHECK(providers.at("assemblyai").key.reveal() == "a");
  CHECK(key_name("deepgram") == std::string("DEEPGRAM_API_KEY"));
  CHECK(key_name("assemblyai") == std::string("ASSEMBLYAI_API_KEY"));
  CHECK(providers.at("openai").key.reveal() == "sk-1");
  CHECK(providers.at("gemini").key.reveal() == "g");
  CHECK(providers.at("azure").base_url == "https://x.example");
  const Error error = providers_from_text("OPENAI_API_KEY=x\nsk-oops\n").error();
  CHECK(error.where == "line 2");
  CHECK(to_string(error).find("oops") == std::string::npos);
  CHECK(providers_from_text("").value().empty());
}

TEST_CASE("a file adds to what is known, field by field") {
  Providers known;
  known["openai"].base_url = "http://gateway.example/v1";
  known["openai"].key = Secret("old");
  const Providers both = providers_from_text("OPENAI_API_KEY=new\n", known).value();
  CHECK(both.at("openai").base_url == "http://gateway.example/v1");
  CHECK(both.at("openai").key.reveal() == "new");
  CHECK(std::string(key_name("gemini")) == "GEMINI_API_KEY");
  CHECK(std::string(key_name("azure")) == "AZURE_OPENAI_API_KEY");
}

TEST_CASE("a key that stands in broken options is in no error") {
  for (const char *json :
       {"{\"providers\": {\"openai\": {\"key\": \"sk-SECRET\n\"}}}",
        "{\"providers\": {\"openai\": {\"key\": [\"sk-SECRET\"]}}}", "{\"model\": \"sk-SECRET"}) {
    const Error error = services_options_from_json(json).error();
    CHECK(error.code == ErrorCode::invalid_input);
    CHECK(to_string(error).find("SECRET") == std::string::npos);
    CHECK(!error.where.empty());
  }
}

TEST_CASE("options of services come from JSON, with the fault's place") {
  const ServicesOptions options =
      services_options_from_json(
          R"({"model": "openai:m", "providers": {"openai": {"key": "sk-1", "base_url": "http://h/v1",
              "headers": {"X-Team": "sales"}}}, "parallel": 3})")
          .value();
  CHECK(options.model == "openai:m");
  CHECK(options.network.parallel == 3);
  CHECK(options.providers.at("openai").key.reveal() == "sk-1");
  CHECK(options.providers.at("openai").headers.at(0).value == "sales");
  const Error error =
      services_options_from_json(R"({"providers": {"openai": {"kye": 1}}})").error();
  CHECK(error.code == ErrorCode::invalid_input);
  CHECK(error.where == "/providers/openai");
}
