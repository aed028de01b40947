// The functions of the C API that use services.
#include <saleschecklist/saleschecklist.h>
#include <saleschecklist/saleschecklist.hpp>

#include "c_api/arguments.hpp"
#include "c_api/boundary.hpp"
#include "c_api/watched.hpp"

using namespace saleschecklist;
using namespace saleschecklist::c_api;

struct scl_services {
  Services value;
  std::string transcriber, model, voice;
};

namespace saleschecklist::c_api {

const Services &services_of(const scl_services *services) { return services->value; }

scl_watch watch_of(const scl_watch *watch) {
  if (watch == nullptr) return {sizeof(scl_watch), nullptr, nullptr, nullptr, nullptr};
  if (watch->size < sizeof(scl_watch)) {
    refuse("expected `size` to be sizeof(scl_watch)", "watch");
  }
  return *watch;
}

CallOptions watched(CallOptions call, const scl_watch *given) {
  const scl_watch watch = watch_of(given);
  call.log = log_of(watch.log);
  if (watch.progress != nullptr) {
    call.progress = [watch](const ProgressStep &step) {
      watch.progress(watch.context, std::string(step.stage).c_str(), step.done, step.total);
    };
  }
  if (watch.cancel != nullptr) call.cancel = watch.cancel->value;
  return call;
}

}  // namespace saleschecklist::c_api

namespace {

// Receives what a call used, and gives it to the caller whether or not the call succeeds.
class UsedBy {
 public:
  explicit UsedBy(scl_text *out) : out_(out) {}
  ~UsedBy() {
    if (out_ == nullptr || stages_.empty()) return;
    try {
      give(*out_, to_json(stages_));
    } catch (const std::bad_alloc &) {
      // The usage is lost, but the call still returns its own status.
    }
  }
  UsedBy(const UsedBy &) = delete;
  UsedBy &operator=(const UsedBy &) = delete;

  std::vector<StageUsage> *stages() { return &stages_; }

 private:
  scl_text *out_;
  std::vector<StageUsage> stages_;
};

}  // namespace

scl_status scl_services_open(scl_services **services, const char *options, scl_error **error) {
  return call(error, [&] {
    required(services, "services");
    Services opened =
        open_services(services_options_from_json(required(options, "options")).value()).value();
    auto out = std::make_unique<scl_services>();
    if (opened.transcriber) out->transcriber = opened.transcriber->info().id;
    if (opened.model) out->model = opened.model->info().id;
    if (opened.voice) out->voice = opened.voice->info().id;
    out->value = std::move(opened);
    *services = out.release();
  });
}

const char *scl_services_transcriber(const scl_services *services) {
  return services == nullptr ? "" : services->transcriber.c_str();
}

const char *scl_services_model(const scl_services *services) {
  return services == nullptr ? "" : services->model.c_str();
}

const char *scl_services_voice(const scl_services *services) {
  return services == nullptr ? "" : services->voice.c_str();
}

void scl_services_free(scl_services *services) { delete services; }

scl_status scl_cancel_new(scl_cancel **cancel, scl_error **error) {
  return call(error, [&] {
    required(cancel, "cancel");
    *cancel = new scl_cancel;
  });
}

void scl_cancel_now(const scl_cancel *cancel) {
  if (cancel != nullptr) cancel->value.cancel();
}

void scl_cancel_free(scl_cancel *cancel) { delete cancel; }

scl_status scl_transcribe(scl_text *transcript, scl_text *usage, const scl_services *services,
                          const char *file, const char *options, const scl_watch *watch,
                          scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(transcript, "transcript");
    const Services &opened = required(services, "services")->value;
    TranscribeOptions plain;
    if (options != nullptr) plain = transcribe_options_from_json(options).value();
    UsedBy used(usage);
    give(given, to_json(transcribe(required(file, "file"), opened, watched(std::move(plain), watch),
                                   used.stages())
                            .value()));
  });
}

scl_status scl_analyze_with_services(scl_text *report, const scl_services *services,
                                     const void *bytes, size_t size, const scl_checklist *checklist,
                                     const char *options, const scl_watch *watch,
                                     scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(report, "report");
    AnalyzeOptions plain;
    if (options != nullptr) plain = analyze_options_from_json(options).value();
    plain.model = required(services, "services")->value.model;
    plain.cues = cues_of(checklist);
    const Report made =
        analyze(bytes_of(bytes, size), checklist_of(checklist), watched(std::move(plain), watch))
            .value();
    give(given, to_json(made));
  });
}

scl_status scl_separate_turns(scl_text *separated, scl_text *usage, const scl_services *services,
                              const char *transcript, const char *options, const scl_watch *watch,
                              scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(separated, "separated");
    const Services &opened = required(services, "services")->value;
    SeparateOptions plain;
    if (options != nullptr) plain = separate_options_from_json(options).value();
    const Transcript talk = transcript_of(transcript);
    plain.call = watched(std::move(plain.call), watch);
    UsedBy used(usage);
    give(given, to_json(separate_turns(talk, opened, plain, used.stages()).value()));
  });
}

scl_status scl_assess(scl_text *assessment, scl_text *usage, const scl_services *services,
                      const char *transcript, const scl_checklist *checklist, const char *options,
                      const scl_watch *watch, scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(assessment, "assessment");
    const Services &opened = required(services, "services")->value;
    AssessOptions plain;
    if (options != nullptr) plain = assess_options_from_json(options).value();
    const Transcript talk = transcript_of(transcript);
    UsedBy used(usage);
    give(given, to_json(assess(talk, checklist_of(checklist), opened,
                               watched(std::move(plain), watch), used.stages())
                            .value()));
  });
}

scl_status scl_coach(scl_text *coaching, scl_text *usage, const scl_services *services,
                     const char *transcript, const scl_checklist *checklist, const char *responses,
                     const char *score, const char *options, const scl_watch *watch,
                     scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(coaching, "coaching");
    const Services &opened = required(services, "services")->value;
    AssessOptions plain;
    if (options != nullptr) plain = assess_options_from_json(options).value();
    const Transcript talk = transcript_of(transcript);
    const auto answers = responses_of(responses);
    const Score known = score_from_json(required(score, "score")).value();
    UsedBy used(usage);
    give(given, to_json(coach(talk, checklist_of(checklist), answers, known, opened,
                              watched(std::move(plain.call), watch), used.stages())
                            .value()));
  });
}

scl_status scl_speak(scl_text *audio, scl_text *speech, scl_text *usage,
                     const scl_services *services, const char *text, const scl_watch *watch,
                     scl_error **error) {
  return call(error, [&] {
    scl_text &given = *required(audio, "audio");
    const Services &opened = required(services, "services")->value;
    const CallOptions options = watched(CallOptions(), watch);
    UsedBy used(usage);
    const Speech said = speak(required(text, "text"), opened, options, used.stages()).value();
    scl_text sound{};
    give(sound, said.audio);
    try {
      if (speech != nullptr) give(*speech, to_json(said));
    } catch (...) {
      scl_text_free(&sound);
      throw;
    }
    given = sound;
  });
}
