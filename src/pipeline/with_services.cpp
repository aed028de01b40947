// The calls that need one port of opened services, and the entry of what each used.
#include <saleschecklist/services.hpp>

#include "base/errors.hpp"

#include <utility>

namespace saleschecklist {
namespace {

// Returns call(port, entry of the stage).
template <class Port, class Call>
auto metered(const char *stage, const std::shared_ptr<Port> &port, const char *name,
             std::vector<StageUsage> *usage, const Call &call) {
  using Out = decltype(call(*port, std::declval<StageUsage &>()));
  if (!port) {
    return Out(errors::invalid_argument(std::string("these services were opened without a ") + name,
                                        "services"));
  }
  StageUsage used{stage, port->info().id, {}};
  Out out = call(*port, used);
  if (usage != nullptr && used.usage.requests > 0) usage->push_back(std::move(used));
  return out;
}

}  // namespace

Result<Transcript> transcribe(const std::string &file, const Services &services,
                              const TranscribeOptions &options, std::vector<StageUsage> *usage) {
  return metered("transcribe", services.transcriber, "transcriber", usage,
                 [&](Transcriber &transcriber, StageUsage &used) {
                   return transcribe(file, transcriber, options, used);
                 });
}

Result<Transcript> separate_turns(const Transcript &transcript, const Services &services,
                                  const SeparateOptions &options, std::vector<StageUsage> *usage) {
  return metered("separate", services.model, "model", usage,
                 [&](LanguageModel &model, StageUsage &used) {
                   return separate_turns(transcript, model, options, &used.usage);
                 });
}

Result<Assessment> assess(const Transcript &transcript, const Checklist &checklist,
                          const Services &services, const AssessOptions &options,
                          std::vector<StageUsage> *usage) {
  return metered("assess", services.model, "model", usage,
                 [&](LanguageModel &model, StageUsage &used) {
                   return assess(transcript, checklist, model, options, &used.usage);
                 });
}

Result<Coaching> coach(const Transcript &transcript, const Checklist &checklist,
                       const std::vector<Response> &responses, const Score &score,
                       const Services &services, const CallOptions &options,
                       std::vector<StageUsage> *usage) {
  return metered(
      "coach", services.model, "model", usage, [&](LanguageModel &model, StageUsage &used) {
        return coach(transcript, checklist, responses, score, model, options, &used.usage);
      });
}

Result<Speech> speak(const std::string &text, const Services &services, const CallOptions &options,
                     std::vector<StageUsage> *usage) {
  return metered("speak", services.voice, "voice", usage, [&](Voice &voice, StageUsage &used) {
    return speak(text, voice, options, &used.usage);
  });
}

}  // namespace saleschecklist
