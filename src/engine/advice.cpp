#include "engine/advice.hpp"

namespace saleschecklist::engine {
namespace {

// An option that cannot be right, or an input that does not fit it.
const char *on_argument(const Error &error, Stage stage) {
  if (error.where == "prices") return "Give the price of the model, or a budget in tokens.";
  if (error.where == "services") {
    return "Run the session with a service that transcribes, or attach a transcript.";
  }
  if (!error.provider.empty() || error.where.find("://") != std::string::npos) {
    return "Correct the address, model, headers or other options of the service, then retry.";
  }
  switch (stage) {
    case Stage::transcribe:
      return "Attach the recording again, with speakers' names and a language that fit it or "
             "without them.";
    case Stage::assess:
      return error.where == "model"
                 ? "Run the session with a model that has a larger context, or offline."
                 : "Attach a transcript that can be used, or rescore by a checklist that can.";
    case Stage::score:
      return "Correct an answer by override, or rescore by another policy or checklist.";
    case Stage::coach:
      return "Rescore the session, then run it again.";
    case Stage::speak:
      break;
  }
  return "Coach the session again, or run it without a voice.";
}

// A service that does not do what it is asked, or whose reply cannot be used.
const char *on_refusal(Stage stage) {
  switch (stage) {
    case Stage::transcribe:
      return "Retry, choose another transcriber, or attach a transcript.";
    case Stage::assess:
      return "Retry, or choose another model; missing answers can be accepted (allow_partial).";
    case Stage::speak:
      return "Retry, choose another voice, or run the session without one.";
    default:
      return "Retry, choose another model, or run the session without one.";
  }
}

// What a stage read can only be a recording where it transcribes; later stages read the store.
const char *on_input(Stage stage) {
  return stage == Stage::transcribe
             ? "The recording cannot be used: attach another recording or a transcript."
             : "What is stored cannot be read: attach the recording or transcript again, or "
               "restore "
               "a backup of the store.";
}

const char *on_absence(Stage stage) {
  return stage == Stage::transcribe
             ? "Attach the recording again: it is not where it was stored, or the store of "
               "recordings is another one."
             : "Run the session with the store in which it was made, or restore a backup of it.";
}

const char *on_unsupported(Stage stage) {
  return stage == Stage::transcribe
             ? "Attach the recording in another format such as mp3, m4a or wav, attach a "
               "transcript, or choose another transcriber."
             : "Use a version and a build of the library that can do it.";
}

const char *on_budget(Stage stage) {
  return stage == Stage::transcribe
             ? "Run the session with a larger budget, a cheaper transcriber, or a transcript."
             : "Run the session with a larger budget or a cheaper model.";
}

}  // namespace

std::string advice_on(const Error &error, Stage stage) {
  switch (error.code) {
    case ErrorCode::network:
    case ErrorCode::timeout:
    case ErrorCode::rate_limited:
      return "Try again later: stored replies are not paid for again.";
    case ErrorCode::unauthorized:
      return "Check the key of the service, then retry.";
    case ErrorCode::quota:
      return "Add credit to the account of the service, then retry.";
    case ErrorCode::over_budget:
      return on_budget(stage);
    case ErrorCode::refused:
      return on_refusal(stage);
    case ErrorCode::invalid_input:
      return on_input(stage);
    case ErrorCode::invalid_argument:
      return on_argument(error, stage);
    case ErrorCode::not_found:
      return on_absence(stage);
    case ErrorCode::unsupported:
      return on_unsupported(stage);
    case ErrorCode::io:
      return "Check the free space and the permissions, then retry.";
    case ErrorCode::out_of_memory:
      return "Give the process more memory or fewer requests in parallel, then retry.";
    case ErrorCode::conflict:
      return "Somebody else changed the session meanwhile: look at it, then retry.";
    case ErrorCode::corrupt:
      return "Restore a backup of the store, or attach the recording or transcript again.";
    case ErrorCode::cancelled:
      return "Run the session again: it goes on where it stopped.";
    case ErrorCode::internal:
      break;
  }
  return "Report this as a fault of the library, with the message; a retry may help.";
}

}  // namespace saleschecklist::engine
