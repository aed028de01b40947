// Calls of each service as it answers today, replayed from tests/data/cassettes; see its README.md.
#include "support/support.hpp"

#include <doctest/doctest.h>
#include "json/library.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

const std::filesystem::path cassettes = source_dir() / "tests" / "data" / "cassettes";
const std::string recording = (source_dir() / "examples" / "recording" / "call.m4a").string();
const std::string recorded_key = "sk-a-key-that-stands-in-no-cassette";

// Sends what is for a service to the server of services.py instead.
class Rerouted final : public Transport {
 public:
  explicit Rerouted(std::string server) : server_(std::move(server)) {}

  Result<HttpResponse> send(const HttpRequest &request) override {
    HttpRequest sent = request;
    sent.url = server_ + sent.url.substr(std::string("https:/").size());
    return curl_->send(sent);
  }

 private:
  const std::string server_;
  const std::shared_ptr<Transport> curl_ = curl_transport().value();
};

// The services of a folder, replayed. If SALESCHECKLIST_RECORD is the URL of services.py, they are
// recorded there anew, as record.py does.
Services opened(const std::string &folder, ServicesOptions options) {
  const char *server = std::getenv("SALESCHECKLIST_RECORD");
  options.providers["azure"].base_url = "https://calls.openai.azure.com";
  const std::string path = (cassettes / folder).string();
  if (server == nullptr) {
    options.replay_folder = path;
  } else {
    options.record_folder = path;
    options.network.transport = std::make_shared<Rerouted>(server);
    for (const char *provider :
         {"openai", "azure", "anthropic", "gemini", "elevenlabs", "deepgram", "assemblyai"}) {
      options.providers[provider].key = Secret(recorded_key);
    }
  }
  return open_services(options).value();
}

// Every provider counts the same in its own way: ten questions of 1,200 tokens, of which the first
// is read without the cache and the others for 1,024 tokens from it, with 60 tokens written and 128
// of hidden reasoning each. Requests that were refused before count as requests only.
void check_usage(const Usage &assessed, std::int64_t refused) {
  CHECK(assessed.requests == 10 + refused);
  CHECK(assessed.tokens_in == 12'000);
  CHECK(assessed.tokens_cached == 9 * 1'024);
  CHECK(assessed.tokens_out == 1'880);
  CHECK(assessed.tokens_reasoning == 1'280);
}

// Assesses and coaches call.txt, and checks what every provider's model answers.
void check_model(const std::string &folder, const std::string &id, std::int64_t refused = 0) {
  ServicesOptions options;
  options.model = id;
  const Transcript call = read_transcript(read_file(cassettes / "call.txt"), {{"Dana"}}).value();
  AnalyzeOptions analyzing;
  analyzing.model = opened(folder, options).model;
  const Report report = analyze(call, *find_checklist("ten-point").value(), analyzing).value();
  std::set<std::string> yes;
  for (const Response &response : report.responses) {
    CHECK(response.ai_answer != Answer::unanswered);
    CHECK(response.rejected_evidence.empty());
    if (response.ai_answer != Answer::yes) continue;
    CHECK(response.support == Support::verified);
    yes.insert(response.item_id);
  }
  CHECK(yes == std::set<std::string>{"alternatives.01", "impact.01", "influencer.01", "mentor.01",
                                     "priority.01", "trigger.01"});
  CHECK(report.score->total_score == 60);
  CHECK(report.notices.empty());
  CHECK(report.coaching->feedback_text.find("You got a great deal") == 0);
  CHECK(report.coaching->moments.size() == 1);
  REQUIRE(report.usage.size() == 2);
  check_usage(report.usage[0].usage, refused);
  const Usage &coached = report.usage[1].usage;
  CHECK(coached.requests == 1);
  CHECK(coached.tokens_in == 1'200);
  CHECK(coached.tokens_cached == 1'024);
  CHECK(coached.tokens_out == 700);
  CHECK(coached.tokens_reasoning == 640);
}

struct Heard {
  Transcript transcript;
  Usage usage;
};

Heard hear(const std::string &folder, const std::string &id,
           const std::vector<std::string> &rep_names = {}) {
  ServicesOptions options;
  options.transcriber = id;
  TranscribeOptions hearing;
  hearing.rep_names = rep_names;
  std::vector<StageUsage> used;
  Heard out;
  out.transcript = transcribe(recording, opened(folder, options), hearing, &used).value();
  out.usage = used.at(0).usage;
  CHECK(out.usage.audio_ms >= 52'500);  // without the silence at its ends, or as the service counts
  CHECK(out.usage.audio_ms <= 53'000);
  CHECK(out.transcript.language.substr(0, 2) == "en");
  return out;
}

// That ten turns are heard, five by each, Dana's as a seller's, with their times.
void check_turns(const Transcript &call) {
  REQUIRE(call.utterances.size() == 10);
  for (std::size_t i = 0; i < call.utterances.size(); ++i) {
    const Utterance &turn = call.utterances[i];
    CAPTURE(turn.text);
    CHECK(turn.role == (i % 2 == 0 ? Role::rep : Role::customer));
    CHECK(turn.suspect.empty());
    CHECK(*turn.begin_ms < *turn.end_ms);
  }
  CHECK(call.utterances[1].text.find("ninety thousand dollars.") != std::string::npos);
  CHECK(std::abs(*call.utterances[1].begin_ms - 5'011) < 20);
  CHECK(std::abs(*call.utterances[1].end_ms - 11'672) < 200);
}

const std::string said = "Ruth signs anything above $50,000. Ask what she wants to see first.";

Speech say(const std::string &folder, const std::string &id, Usage &usage) {
  ServicesOptions options;
  options.voice = id;
  std::vector<StageUsage> used;
  const Speech out = speak(said, opened(folder, options), {}, &used).value();
  usage = used.at(0).usage;
  CHECK(out.content_type == "audio/mpeg");
  CHECK(out.audio.size() == 20 * 417);
  return out;
}

}  // namespace

TEST_CASE("OpenAI's chat completions are read as it answers today") {
  check_model("openai-chat", "openai");
}

TEST_CASE("OpenAI's Responses API is read as it answers today") {
  // Refused: chat completions, and the effort that is usual for other models.
  check_model("openai-responses", "openai:gpt-5.5-pro", 2);
}

TEST_CASE("Azure's chat completions are read as it answers today") {
  check_model("azure-chat", "azure:luna");
}

TEST_CASE("Anthropic's messages are read as it answers today") {
  check_model("anthropic", "anthropic");
}

TEST_CASE("Gemini's generateContent is read as it answers today") {
  check_model("gemini", "gemini");
}

TEST_CASE("OpenAI's whisper-1 is read as it answers today") {
  if (!with_ffmpeg) return;
  const Transcript call = hear("openai-whisper", "openai:whisper-1").transcript;
  REQUIRE(call.utterances.size() == 10);
  CHECK(call.utterances[1].speaker.empty());
  CHECK(call.utterances[1].begin_ms == 5'011);
  CHECK(call.utterances[1].suspect.empty());
}

TEST_CASE("OpenAI's gpt-transcribe is read as it answers today") {
  if (!with_ffmpeg) return;
  const Heard heard = hear("openai-gpt-transcribe", "openai:gpt-transcribe");
  CHECK(heard.usage.tokens_in == 530);
  CHECK(heard.usage.tokens_out > 100);
  REQUIRE(!heard.transcript.utterances.empty());
  CHECK(heard.transcript.utterances[0].text.find("Hi Marek") == 0);
}

TEST_CASE("OpenAI's gpt-4o-transcribe-diarize is read as it answers today") {
  if (!with_ffmpeg) return;
  const Heard heard = hear("openai-diarize", "openai:gpt-4o-transcribe-diarize", {"A"});
  check_turns(heard.transcript);
  CHECK(heard.transcript.utterances[0].speaker == "Speaker A");
  CHECK(heard.usage.tokens_in == 530);
}

TEST_CASE("ElevenLabs's scribe_v2 is read as it answers today") {
  if (!with_ffmpeg) return;
  const Heard heard = hear("elevenlabs-scribe", "elevenlabs");
  check_turns(heard.transcript);
  CHECK(heard.transcript.utterances[0].speaker == "agent");
  CHECK(heard.transcript.utterances[1].speaker == "customer");
}

TEST_CASE("Deepgram's nova-3 is read as it answers today") {
  if (!with_ffmpeg) return;
  check_turns(hear("deepgram", "deepgram", {"0"}).transcript);
}

TEST_CASE("AssemblyAI's transcripts are read as it answers today") {
  if (!with_ffmpeg) return;
  const Heard heard = hear("assemblyai", "assemblyai", {"A"});
  check_turns(heard.transcript);
  CHECK(heard.usage.requests == 5);  // upload, order, two questions, deletion
}

TEST_CASE("OpenAI's speech is read as it answers today") {
  Usage usage;
  CHECK(say("openai-speech", "openai", usage).marks.empty());
  CHECK(usage.characters == 67);
}

TEST_CASE("ElevenLabs's speech is read as it answers today") {
  Usage usage;
  const Speech speech = say("elevenlabs-speech", "elevenlabs", usage);
  CHECK(usage.characters == 66);                 // as its header says
  for (const SpokenMark &mark : speech.marks) {  // each character takes 70 ms
    CAPTURE(said.substr(mark.begin, mark.end - mark.begin));
    CHECK(mark.begin_ms == static_cast<std::int64_t>(mark.begin) * 70);
    CHECK(mark.end_ms == static_cast<std::int64_t>(mark.end) * 70);
  }
  REQUIRE(speech.marks.size() > 10);
  CHECK(said.substr(speech.marks.back().begin, 5) == "first");
  CHECK(speech.duration_ms == static_cast<std::int64_t>(said.size()) * 70);
}

TEST_CASE("no cassette has a key, a cookie or the name of an account") {
  std::size_t files = 0;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(cassettes)) {
    if (entry.path().extension() != ".json") continue;
    CAPTURE(entry.path());
    const std::string text = read_file(entry.path());
    CHECK(text.find(recorded_key) == std::string::npos);
    ++files;
    const auto exchange = nlohmann::json::parse(text);
    for (const char *side : {"request", "response"}) {
      for (const auto &header : exchange.at(side).at("headers")) {
        constexpr std::array secret = {"authorization",  "api-key",
                                       "x-api-key",      "xi-api-key",
                                       "set-cookie",     "openai-organization",
                                       "x-goog-api-key", "openai-project",
                                       "dg-project-id",  "anthropic-organization-id"};
        std::string name = header.at("name");
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const bool hidden = header.at("value") == "***";
        if (std::find(secret.begin(), secret.end(), name) != secret.end()) CHECK(hidden);
      }
    }
  }
  CHECK(files > 60);
}
