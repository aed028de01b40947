// Asks every provider that the server named in the first argument speaks for, and prints what came:
// one line each, "name<TAB>ok or error code<TAB>text or message". See run.py.
#include <saleschecklist/saleschecklist.hpp>

#include <atomic>
#include <cstdio>
#include <string>

using namespace saleschecklist;

namespace {

void print(const std::string &name, const Error &error) {
  std::printf("%s\t%s\t%s\n", name.c_str(), saleschecklist::name(error.code),
              error.message.c_str());
}

void print(const std::string &name, const std::string &text, const Usage &usage) {
  std::printf("%s\tok\t%s\t%lld %lld %lld %lld\n", name.c_str(), text.c_str(),
              static_cast<long long>(usage.requests), static_cast<long long>(usage.tokens_in),
              static_cast<long long>(usage.tokens_out), static_cast<long long>(usage.audio_ms));
}

ProviderOptions options_at(const std::string &url, const std::shared_ptr<Network> &network) {
  ProviderOptions out;
  out.key = Secret("test-key-0123456789");
  out.base_url = url;
  out.network = network;
  return out;
}

void ask(const std::string &name, const Result<std::shared_ptr<LanguageModel>> &model,
         const std::string &question) {
  for (const bool stream : {false, true}) {
    const std::string title = name + (stream ? " streamed" : "");
    if (!model) return print(title, model.error());
    std::atomic<int> begun{0};
    ModelRequest request;
    request.instructions = "You judge calls.";
    request.shared = "The call.";
    request.question = question;
    request.schema_name = "verdict";
    request.schema = R"({"type":"object","properties":{"answer":{"type":"string"}},
                         "required":["answer"],"additionalProperties":false})";
    if (stream) request.on_begin = [&] { ++begun; };
    Usage usage;
    const auto reply = (*model)->complete(request, usage);
    if (!reply) {
      print(title, reply.error());
    } else {
      std::string text = std::string(saleschecklist::name(reply->finish)) + " " + reply->text;
      if (stream) text += begun == 1 ? " begun" : " not begun once";
      print(title, text, usage);
    }
  }
}

}  // namespace

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  const std::string url = argv[1];
  NetworkOptions quick;
  quick.first_wait_ms = 1;
  quick.longest_wait_ms = 2;
  quick.rate_limit_wait_ms = 100;
  const auto network = open_network(quick);
  if (!network) return 2;
  ProviderOptions v1 = options_at(url + "/v1", *network);
  ProviderOptions azure = options_at(url, *network);
  azure.model = "gpt-4o-mini";
  for (const std::string question : {"judge it", "cut it", "refuse it", "break it"}) {
    ask("openai " + question, openai_model(v1), question);
    ask("azure " + question, azure_model(azure), question);
    ask("anthropic " + question, anthropic_model(v1), question);
    ask("gemini " + question, gemini_model(options_at(url + "/v1beta", *network)), question);
  }
  for (const std::string model : {"whisper-1", "gpt-4o-mini-transcribe"}) {
    Usage usage;
    AudioClip clip;
    clip.bytes = std::string("OggS\0\r\n--bytes", 14);
    clip.file_name = "window.ogg";
    clip.content_type = "audio/ogg";
    clip.duration_ms = 3'000;
    const auto transcriber = open_transcriber("openai:" + model, v1);
    const auto heard = (*transcriber)->transcribe(clip, usage);
    if (!heard) {
      print(model, heard.error());
    } else {
      std::string text = heard->timed ? "timed" : "untimed";
      for (const TranscribedSegment &segment : heard->segments) {
        text += " [" + std::to_string(segment.begin_ms) + " " + segment.text + " " +
                std::to_string(segment.words.size()) + "]";
      }
      print(model, text, usage);
    }
  }
  Usage usage;
  VoiceRequest request;
  request.text = "Well done.";
  const auto voice = openai_voice(v1);
  const auto speech = (*voice)->synthesize(request, usage);
  if (!speech) {
    print("speech", speech.error());
  } else {
    print("speech", speech->content_type + " " + std::to_string(speech->audio.size()), usage);
  }
}
