#include "functions.hpp"
#include "watched.hpp"

namespace saleschecklist::python {

// Receives what a call used, and appends it to the caller's list however the call ends.
class UsedBy {
 public:
  explicit UsedBy(py::handle list) : list_(list) {}
  ~UsedBy() {
    if (list_.is_none()) return;
    try {
      for (const StageUsage &stage : stages) list_.attr("append")(cast(stage));
    } catch (py::error_already_set &error) {
      error.discard_as_unraisable("saleschecklist: counting what was used");
    }
  }
  UsedBy(const UsedBy &) = delete;
  UsedBy &operator=(const UsedBy &) = delete;

  std::vector<StageUsage> stages;

 private:
  py::handle list_;
};

template <>
struct Argument<UsedBy &> {
  std::unique_ptr<UsedBy> used;
  Argument(py::handle from, const Place &place) : used(std::make_unique<UsedBy>(from)) {
    if (!from.is_none() && !PyList_Check(from.ptr())) refuse_type(place, "list", from);
  }
  operator UsedBy &() const { return *used; }
};

namespace {

std::shared_ptr<Opened> open(std::string_view json) {
  auto services = open_services(services_options_from_json(json).value()).value();
  auto out = std::make_shared<Opened>();
  if (services.transcriber) out->transcriber = services.transcriber->info().id;
  if (services.model) out->model = services.model->info().id;
  if (services.voice) out->voice = services.voice->info().id;
  out->services = std::move(services);
  return out;
}

Result<Transcript> transcribe_by(const Opened &opened, const std::string &file,
                                 std::string_view json, const Log &log, const Progress &progress,
                                 const CancelToken &cancel, UsedBy &used) {
  const auto options = watched(transcribe_options_from_json(json).value(), log, progress, cancel);
  return interruptible(cancel,
                       [&] { return transcribe(file, opened.services, options, &used.stages); });
}

AnalyzeOptions analyze_options(const Opened &opened, std::string_view json, const CuesPointer &cues,
                               const Log &log, const Progress &progress,
                               const CancelToken &cancel) {
  AnalyzeOptions out = watched(analyze_options_from_json(json).value(), log, progress, cancel);
  out.model = opened.services.model;
  out.cues = cues;
  return out;
}

Result<Report> analyze_content_by(const Opened &opened, std::string_view call,
                                  const Checklist &checklist, std::string_view json,
                                  const CuesPointer &cues, const Log &log, const Progress &progress,
                                  const CancelToken &cancel) {
  const auto options = analyze_options(opened, json, cues, log, progress, cancel);
  return interruptible(cancel, [&] { return analyze(call, checklist, options); });
}

Result<Report> analyze_transcript_by(const Opened &opened, const Transcript &call,
                                     const Checklist &checklist, std::string_view json,
                                     const CuesPointer &cues, const Log &log,
                                     const Progress &progress, const CancelToken &cancel) {
  const auto options = analyze_options(opened, json, cues, log, progress, cancel);
  return interruptible(cancel, [&] { return analyze(call, checklist, options); });
}

Result<Transcript> separate_by(const Opened &opened, const Transcript &transcript,
                               std::string_view json, const Log &log, const Progress &progress,
                               const CancelToken &cancel, UsedBy &used) {
  SeparateOptions options = separate_options_from_json(json).value();
  options.call = watched(std::move(options.call), log, progress, cancel);
  return interruptible(
      cancel, [&] { return separate_turns(transcript, opened.services, options, &used.stages); });
}

Result<Assessment> assess_by(const Opened &opened, const Transcript &transcript,
                             const Checklist &checklist, std::string_view json, const Log &log,
                             const Progress &progress, const CancelToken &cancel, UsedBy &used) {
  const auto options = watched(assess_options_from_json(json).value(), log, progress, cancel);
  return interruptible(cancel, [&] {
    return assess(transcript, checklist, opened.services, options, &used.stages);
  });
}

Result<Coaching> coach_by(const Opened &opened, const Transcript &transcript,
                          const Checklist &checklist, const std::vector<Response> &responses,
                          const Score &score, std::string_view json, const Log &log,
                          const CancelToken &cancel, UsedBy &used) {
  const AssessOptions plain = assess_options_from_json(json).value();
  const auto options = watched(plain.call, log, {}, cancel);
  return interruptible(cancel, [&] {
    return coach(transcript, checklist, responses, score, opened.services, options, &used.stages);
  });
}

// A Speech whose sound becomes bytes.
struct Spoken {
  Blob audio;
  Speech speech;
};

Result<Spoken> speak_by(const Opened &opened, const std::string &text, const Progress &progress,
                        const CancelToken &cancel, UsedBy &used) {
  const auto options = watched(CallOptions(), {}, progress, cancel);
  Result<Speech> said =
      interruptible(cancel, [&] { return speak(text, opened.services, options, &used.stages); });
  if (!said) return said.error();
  Blob audio{std::move(said->audio)};
  return Spoken{std::move(audio), *std::move(said)};
}

}  // namespace

template <>
struct Converter<Spoken> {
  static py::object cast(const Spoken &spoken) {
    return package("Speech")(python::cast(spoken.audio), python::cast(spoken.speech.content_type),
                             python::cast(spoken.speech.duration_ms),
                             python::cast(spoken.speech.marks));
  }
};

void define_services(py::module_ &module) {
  py::class_<Opened, std::shared_ptr<Opened>>(module, "Opened")
      .def_readonly("transcriber", &Opened::transcriber)
      .def_readonly("model", &Opened::model)
      .def_readonly("voice", &Opened::voice);
  py::class_<CancelToken>(module, "CancelToken")
      .def(py::init<>())
      .def("cancel", &CancelToken::cancel)
      .def("cancelled", &CancelToken::cancelled);
  module.def("open_services", [](const std::string &json) {
    const py::gil_scoped_release release;
    return open(json);
  });
  define(module, "transcribe", &transcribe_by,
         {"services", "file", "options", "log", "progress", "cancel", "usage"});
  define(module, "analyze_content_by", &analyze_content_by,
         {"services", "call", "checklist", "options", "cues", "log", "progress", "cancel"});
  define(module, "analyze_transcript_by", &analyze_transcript_by,
         {"services", "call", "checklist", "options", "cues", "log", "progress", "cancel"});
  define(module, "separate_turns", &separate_by,
         {"services", "transcript", "options", "log", "progress", "cancel", "usage"});
  define(module, "assess", &assess_by,
         {"services", "transcript", "checklist", "options", "log", "progress", "cancel", "usage"});
  define(module, "coach", &coach_by,
         {"services", "transcript", "checklist", "responses", "score", "options", "log", "cancel",
          "usage"});
  define(module, "speak", &speak_by, {"services", "text", "progress", "cancel", "usage"});
}

}  // namespace saleschecklist::python
