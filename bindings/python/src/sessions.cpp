#include "functions.hpp"
#include "watched.hpp"

namespace saleschecklist::python {

// An engine, with the callable that its log calls.
struct OpenedEngine {
  Engine engine;
  py::object log;
};

template <>
struct Argument<const OpenedEngine &> {
  std::shared_ptr<OpenedEngine> opened;
  Argument(py::handle from, const Place &place) {
    if (!py::isinstance<OpenedEngine>(from)) refuse_type(place, "Engine", from);
    opened = from.cast<std::shared_ptr<OpenedEngine>>();
  }
  operator const OpenedEngine &() const { return *opened; }
};

// A report that is given its own checklist, which is a built-in one's object where it is one.
struct Kept {
  Report report;
};

template <>
struct Converter<Kept> {
  static py::object cast(const Kept &kept) {
    static const std::array<std::string, 2> prints{fingerprint(Checklist::standard()),
                                                   fingerprint(Checklist::ten_point())};
    const std::string &print = kept.report.checklist_fingerprint;
    return cast_report(kept.report, print == prints[0]   ? built_in_object(Checklist::standard())
                                    : print == prints[1] ? built_in_object(Checklist::ten_point())
                                                         : python::cast(kept.report.checklist));
  }
};

namespace {

using Id = const std::string &;
using MaybeText = const std::optional<std::string> &;

std::shared_ptr<OpenedEngine> open(const std::string &json, py::handle services, py::object log) {
  const Log writes = load<Log>(log, {nullptr, nullptr, "log"});
  std::shared_ptr<Opened> with;
  if (!services.is_none()) {
    with = Argument<const Opened &>(services, {nullptr, nullptr, "services"}).opened;
  }
  const py::gil_scoped_release release;
  EngineOptions options = engine_options_from_json(json).value();
  if (with) options.services = with->services;
  options.log = writes;
  return std::make_shared<OpenedEngine>(
      OpenedEngine{Engine::open(std::move(options)).value(), std::move(log)});
}

std::shared_ptr<OpenedEngine> open_as(py::handle engine, py::handle tenant, py::handle actor) {
  const OpenedEngine &opened = Argument<const OpenedEngine &>(engine, {nullptr, nullptr, "engine"});
  const auto who = load<std::string>(tenant, {nullptr, nullptr, "tenant"});
  const auto in_name_of = load<std::string>(actor, {nullptr, nullptr, "actor"});
  return std::make_shared<OpenedEngine>(
      OpenedEngine{opened.engine.as(who, in_name_of).value(), opened.log});
}

Result<Session> create(const OpenedEngine &opened, const std::string &customer,
                       const std::string &opportunity, const std::string &deal_stage,
                       const std::string &decision_influencer, const std::string &owner,
                       const Policy &policy, const Checklist &checklist, const CuesPointer &cues,
                       bool review, SalesCallRule sales_call) {
  NewSession made{customer, opportunity, deal_stage, decision_influencer, owner, policy,
                  {},       cues,        review,     sales_call};
  if (&checklist != &Checklist::standard()) {
    made.checklist = std::make_shared<const Checklist>(checklist);
  }
  return opened.engine.create(made);
}

Result<SessionPage> list(const OpenedEngine &opened, const std::string &owner,
                         const std::string &customer, const std::optional<SessionStatus> &status,
                         const std::optional<RiskBand> &band,
                         const std::optional<std::int64_t> &from,
                         const std::optional<std::int64_t> &before, const std::string &after,
                         const std::size_t &limit) {
  return opened.engine.list({owner, customer, status, band, from, before, after, limit});
}

Result<Session> update(const OpenedEngine &opened, Id id, MaybeText customer, MaybeText opportunity,
                       MaybeText deal_stage, MaybeText decision_influencer, MaybeText owner,
                       const std::optional<bool> &review,
                       const std::optional<SalesCallRule> &sales_call) {
  return opened.engine.update(
      id, {customer, opportunity, deal_stage, decision_influencer, owner, review, sales_call});
}

Result<Session> attach_audio(const OpenedEngine &opened, Id id, const std::string &file,
                             const std::vector<std::string> &rep_names,
                             const std::vector<std::string> &channel_names,
                             const std::string &language) {
  return opened.engine.attach_audio(id, file, {rep_names, channel_names, language});
}

RunOptions run_options(std::string_view json, const Progress &progress, const CancelToken &cancel) {
  return watched(run_options_from_json(json).value(), {}, progress, cancel);
}

Result<Session> run(const OpenedEngine &opened, Id id, std::string_view json,
                    const Progress &progress, const CancelToken &cancel) {
  const RunOptions options = run_options(json, progress, cancel);
  return interruptible(cancel, [&] { return opened.engine.run(id, options); });
}

Result<std::vector<Session>> run_pending(const OpenedEngine &opened, const std::size_t &limit,
                                         std::string_view json, const Progress &progress,
                                         const CancelToken &cancel) {
  const RunOptions options = run_options(json, progress, cancel);
  return interruptible(cancel, [&] { return opened.engine.run_pending(limit, options); });
}

Result<Session> coach(const OpenedEngine &opened, Id id, std::string_view json,
                      const Progress &progress, const CancelToken &cancel) {
  const RunOptions options = run_options(json, progress, cancel);
  return interruptible(cancel, [&] { return opened.engine.coach(id, options); });
}

Result<Kept> report(const OpenedEngine &opened, Id id) {
  auto made = opened.engine.report(id);
  if (!made) return made.error();
  return Kept{*std::move(made)};
}

Result<Blob> blob(Result<std::string> bytes) {
  if (!bytes) return bytes.error();
  return Blob{*std::move(bytes)};
}

Result<Blob> report_pdf(const OpenedEngine &opened, Id id, bool include_transcript,
                        const std::string &font_file, const std::string &bold_font_file,
                        const Log &log) {
  return blob(opened.engine.report_pdf(id, {font_file, bold_font_file, include_transcript, log}));
}

void define_changes(py::module_ &module) {
  define(module, "session_create", &create,
         {"engine", "customer", "opportunity", "deal_stage", "decision_influencer", "owner",
          "policy", "checklist", "cues", "review", "sales_call"});
  define(module, "session_update", &update,
         {"engine", "id", "customer", "opportunity", "deal_stage", "decision_influencer", "owner",
          "review", "sales_call"});
  define(module, "session_attach_audio", &attach_audio,
         {"engine", "id", "file", "rep_names", "channel_names", "language"});
  define(module, "session_attach_transcript",
         +[](const OpenedEngine &e, Id id, const Transcript &transcript) {
           return e.engine.attach_transcript(id, transcript);
         },
         {"engine", "id", "transcript"});
  define(module, "session_run", &run, {"engine", "id", "options", "progress", "cancel"});
  define(module, "session_run_pending", &run_pending,
         {"engine", "limit", "options", "progress", "cancel"});
  define(module, "session_coach", &coach, {"engine", "id", "options", "progress", "cancel"});
  define(module, "session_retry", +[](const OpenedEngine &e, Id id) { return e.engine.retry(id); },
         {"engine", "id"});
  define(module, "session_approve",
         +[](const OpenedEngine &e, Id id) { return e.engine.approve(id); }, {"engine", "id"});
  define(module, "session_override",
         +[](const OpenedEngine &e, Id id, Id item, const Answer &answer, const std::string &why) {
           return e.engine.override_answer(id, item, answer, why);
         },
         {"engine", "id", "item_id", "answer", "reason"});
  define(module, "session_rename_speaker",
         +[](const OpenedEngine &e, Id id, Id speaker, Id name) {
           return e.engine.rename_speaker(id, speaker, name);
         },
         {"engine", "id", "speaker", "name"});
  define(module, "session_merge_speakers",
         +[](const OpenedEngine &e, Id id, const std::vector<std::string> &speakers, Id into) {
           return e.engine.merge_speakers(id, speakers, into);
         },
         {"engine", "id", "speakers", "into"});
  define(module, "session_split_speaker",
         +[](const OpenedEngine &e, Id id, const std::vector<std::size_t> &utterances, Id name) {
           return e.engine.split_speaker(id, utterances, name);
         },
         {"engine", "id", "utterances", "name"});
  define(module, "session_correct_utterance",
         +[](const OpenedEngine &e, Id id, const std::size_t &utterance, Id text) {
           return e.engine.correct_utterance(id, utterance, text);
         },
         {"engine", "id", "utterance", "text"});
  define(module, "session_set_role",
         +[](const OpenedEngine &e, Id id, Id speaker, const Role &role) {
           return e.engine.set_role(id, speaker, role);
         },
         {"engine", "id", "speaker", "role"});
  define(module, "session_rescore",
         +[](const OpenedEngine &e, Id id, const Policy &policy) {
           return e.engine.rescore(id, policy);
         },
         {"engine", "id", "policy"});
  define(module, "session_rescore_for",
         +[](const OpenedEngine &e, Id id, const Checklist &checklist, const CuesPointer &cues) {
           return e.engine.rescore(id, checklist, cues);
         },
         {"engine", "id", "checklist", "cues"});
  define(module, "session_erase", +[](const OpenedEngine &e, Id id) { return e.engine.erase(id); },
         {"engine", "id"});
  define(module, "session_retention",
         +[](const OpenedEngine &e, const std::int64_t &before) {
           return e.engine.erase_created_before(before);
         },
         {"engine", "created_before_ms"});
}

void define_looks(py::module_ &module) {
  define(module, "session_find", +[](const OpenedEngine &e, Id id) { return e.engine.find(id); },
         {"engine", "id"});
  define(module, "session_list", &list,
         {"engine", "owner", "customer", "status", "band", "created_from_ms", "created_before_ms",
          "after", "limit"});
  define(module, "session_result",
         +[](const OpenedEngine &e, Id id) { return e.engine.result(id); }, {"engine", "id"});
  define(module, "session_report", &report, {"engine", "id"});
  define(module, "session_report_pdf", &report_pdf,
         {"engine", "id", "include_transcript", "font_file", "bold_font_file", "log"});
  define(module, "session_coaching_audio",
         +[](const OpenedEngine &e, Id id) { return blob(e.engine.coaching_audio(id)); },
         {"engine", "id"});
  define(module, "session_history",
         +[](const OpenedEngine &e, Id id) { return e.engine.history(id); }, {"engine", "id"});
  define(module, "session_audit", +[](const OpenedEngine &e, Id id) { return e.engine.audit(id); },
         {"engine", "id"});
  define(module, "session_verify_audit",
         +[](const OpenedEngine &e, Id id) { return e.engine.verify_audit(id); }, {"engine", "id"});
}

}  // namespace

void define_sessions(py::module_ &module) {
  py::class_<OpenedEngine, std::shared_ptr<OpenedEngine>>(module, "OpenedEngine");
  module.def("open_engine", &open);
  module.def("engine_as", &open_as);
  define_changes(module);
  define_looks(module);
  define(module, "redact",
         +[](const Transcript &transcript, bool cards, bool accounts, bool phones, bool emails,
             const std::vector<std::string> &names) {
           return redact(transcript, {cards, accounts, phones, emails, names});
         },
         {"transcript", "cards", "accounts", "phones", "emails", "names"});
  define(module, "restore",
         +[](std::string_view text, const std::vector<Replacement> &replacements) {
           return restore(text, replacements);
         },
         {"text", "replacements"});
}

}  // namespace saleschecklist::python
