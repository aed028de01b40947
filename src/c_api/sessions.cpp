// The functions of the C API for sessions.
#include <saleschecklist/saleschecklist.h>
#include <saleschecklist/saleschecklist.hpp>

#include "c_api/arguments.hpp"
#include "c_api/boundary.hpp"
#include "c_api/watched.hpp"

using namespace saleschecklist;
using namespace saleschecklist::c_api;

struct scl_engine {
  Engine value;
};

namespace {

const Engine &engine_of(const scl_engine *engine) { return required(engine, "engine")->value; }

std::string id_of(const char *id) { return required(id, "id"); }

// Parses JSON with `read`; NULL gives the defaults.
template <class Options>
Options options_or_default(const char *json, Result<Options> (*read)(std::string_view)) {
  return json == nullptr ? Options() : read(json).value();
}

// Returns the result of `make` to the caller as JSON.
template <class Make>
scl_status give_json(scl_text *out, const char *name, scl_error **error, const Make &make) {
  return call(error, [&] {
    scl_text &given = *required(out, name);
    give(given, to_json(make().value()));
  });
}

// The same for bytes.
template <class Make>
scl_status give_bytes(scl_text *out, const char *name, scl_error **error, const Make &make) {
  return call(error, [&] {
    scl_text &given = *required(out, name);
    give(given, make().value());
  });
}

Answer answer_of(const char *word) {
  const std::string given = required(word, "answer");
  for (const Answer answer : {Answer::yes, Answer::no, Answer::denied, Answer::not_applicable}) {
    if (given == name(answer)) return answer;
  }
  refuse("expected yes, no, denied or not_applicable", "answer");
}

Role role_of(const char *word) {
  const std::string given = required(word, "role");
  for (const Role role : {Role::rep, Role::customer, Role::unknown}) {
    if (given == name(role)) return role;
  }
  refuse("expected rep, customer or unknown", "role");
}

}  // namespace

scl_status scl_engine_open(scl_engine **engine, const char *options, const scl_services *services,
                           const scl_log *log, scl_error **error) {
  return call(error, [&] {
    required(engine, "engine");
    EngineOptions with = options_or_default(options, engine_options_from_json);
    if (services != nullptr) with.services = services_of(services);
    with.log = log_of(log);
    *engine = new scl_engine{Engine::open(std::move(with)).value()};
  });
}

scl_status scl_engine_as(scl_engine **other, const scl_engine *engine, const char *tenant,
                         const char *actor, scl_error **error) {
  return call(error, [&] {
    required(other, "other");
    *other = new scl_engine{
        engine_of(engine).as(required(tenant, "tenant"), required(actor, "actor")).value()};
  });
}

void scl_engine_free(scl_engine *engine) { delete engine; }

scl_status scl_session_create(scl_text *session, const scl_engine *engine, const char *new_session,
                              const scl_checklist *checklist, scl_error **error) {
  return give_json(session, "session", error, [&] {
    NewSession made = options_or_default(new_session, new_session_from_json);
    if (checklist != nullptr) {
      made.checklist = std::make_shared<const Checklist>(checklist_of(checklist));
      made.cues = cues_of(checklist);
    }
    return engine_of(engine).create(made);
  });
}

scl_status scl_session_find(scl_text *session, const scl_engine *engine, const char *id,
                            scl_error **error) {
  return give_json(session, "session", error, [&] { return engine_of(engine).find(id_of(id)); });
}

scl_status scl_session_list(scl_text *page, const scl_engine *engine, const char *filter,
                            scl_error **error) {
  return give_json(page, "page", error, [&] {
    return engine_of(engine).list(options_or_default(filter, session_filter_from_json));
  });
}

scl_status scl_session_update(scl_text *session, const scl_engine *engine, const char *id,
                              const char *change, scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).update(id_of(id),
                                    session_change_from_json(required(change, "change")).value());
  });
}

scl_status scl_session_attach_audio(scl_text *session, const scl_engine *engine, const char *id,
                                    const char *file, const char *hints, scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).attach_audio(id_of(id), required(file, "file"),
                                          options_or_default(hints, audio_hints_from_json));
  });
}

scl_status scl_session_attach_transcript(scl_text *session, const scl_engine *engine,
                                         const char *id, const char *transcript,
                                         scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).attach_transcript(id_of(id), transcript_of(transcript));
  });
}

scl_status scl_session_run(scl_text *session, const scl_engine *engine, const char *id,
                           const char *options, const scl_watch *watch, scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).run(
        id_of(id), watched(options_or_default(options, run_options_from_json), watch));
  });
}

scl_status scl_session_run_pending(scl_text *page, const scl_engine *engine, size_t limit,
                                   const char *options, const scl_watch *watch, scl_error **error) {
  return give_json(page, "page", error, [&] {
    return engine_of(engine).run_pending(
        limit, watched(options_or_default(options, run_options_from_json), watch));
  });
}

scl_status scl_session_retry(scl_text *session, const scl_engine *engine, const char *id,
                             scl_error **error) {
  return give_json(session, "session", error, [&] { return engine_of(engine).retry(id_of(id)); });
}

scl_status scl_session_approve(scl_text *session, const scl_engine *engine, const char *id,
                               scl_error **error) {
  return give_json(session, "session", error, [&] { return engine_of(engine).approve(id_of(id)); });
}

scl_status scl_session_override(scl_text *session, const scl_engine *engine, const char *id,
                                const char *item, const char *answer, const char *reason,
                                scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).override_answer(id_of(id), required(item, "item"), answer_of(answer),
                                             required(reason, "reason"));
  });
}

scl_status scl_session_rename_speaker(scl_text *session, const scl_engine *engine, const char *id,
                                      const char *speaker, const char *name, scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).rename_speaker(id_of(id), required(speaker, "speaker"),
                                            required(name, "name"));
  });
}

scl_status scl_session_merge_speakers(scl_text *session, const scl_engine *engine, const char *id,
                                      const char *const *speakers, size_t count, const char *into,
                                      scl_error **error) {
  return give_json(session, "session", error, [&] {
    std::vector<std::string> names;
    if (count > 0) required(speakers, "speakers");
    for (size_t i = 0; i < count; ++i) names.emplace_back(required(speakers[i], "speakers"));
    return engine_of(engine).merge_speakers(id_of(id), names, required(into, "into"));
  });
}

scl_status scl_session_split_speaker(scl_text *session, const scl_engine *engine, const char *id,
                                     const size_t *utterances, size_t count, const char *name,
                                     scl_error **error) {
  return give_json(session, "session", error, [&] {
    std::vector<std::size_t> numbers;
    if (count > 0) numbers.assign(required(utterances, "utterances"), utterances + count);
    return engine_of(engine).split_speaker(id_of(id), numbers, required(name, "name"));
  });
}

scl_status scl_session_correct_utterance(scl_text *session, const scl_engine *engine,
                                         const char *id, size_t utterance, const char *text,
                                         scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).correct_utterance(id_of(id), utterance, required(text, "text"));
  });
}

scl_status scl_session_set_role(scl_text *session, const scl_engine *engine, const char *id,
                                const char *speaker, const char *role, scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).set_role(id_of(id), required(speaker, "speaker"), role_of(role));
  });
}

scl_status scl_session_rescore(scl_text *session, const scl_engine *engine, const char *id,
                               const char *policy, const scl_checklist *checklist,
                               scl_error **error) {
  return give_json(session, "session", error, [&] {
    if ((policy == nullptr) == (checklist == nullptr)) {
      refuse("expected either a policy or a checklist", "policy");
    }
    if (policy == nullptr) {
      return engine_of(engine).rescore(id_of(id), checklist_of(checklist), cues_of(checklist));
    }
    return engine_of(engine).rescore(id_of(id), policy_from_json(policy).value());
  });
}

scl_status scl_session_coach(scl_text *session, const scl_engine *engine, const char *id,
                             const char *options, const scl_watch *watch, scl_error **error) {
  return give_json(session, "session", error, [&] {
    return engine_of(engine).coach(
        id_of(id), watched(options_or_default(options, run_options_from_json), watch));
  });
}

scl_status scl_session_result(scl_text *result, const scl_engine *engine, const char *id,
                              scl_error **error) {
  return give_json(result, "result", error, [&] { return engine_of(engine).result(id_of(id)); });
}

scl_status scl_session_report(scl_text *report, const scl_engine *engine, const char *id,
                              scl_error **error) {
  return give_json(report, "report", error, [&] { return engine_of(engine).report(id_of(id)); });
}

scl_status scl_session_report_pdf(scl_text *pdf, const scl_engine *engine, const char *id,
                                  const char *options, scl_error **error) {
  return give_bytes(pdf, "pdf", error, [&] {
    return engine_of(engine).report_pdf(id_of(id),
                                        options_or_default(options, pdf_options_from_json));
  });
}

scl_status scl_session_coaching_audio(scl_text *audio, const scl_engine *engine, const char *id,
                                      scl_error **error) {
  return give_bytes(audio, "audio", error,
                    [&] { return engine_of(engine).coaching_audio(id_of(id)); });
}

scl_status scl_session_history(scl_text *history, const scl_engine *engine, const char *id,
                               scl_error **error) {
  return give_json(history, "history", error, [&] { return engine_of(engine).history(id_of(id)); });
}

scl_status scl_session_audit(scl_text *entries, const scl_engine *engine, const char *id,
                             scl_error **error) {
  return give_json(entries, "entries", error, [&] { return engine_of(engine).audit(id_of(id)); });
}

scl_status scl_session_verify_audit(scl_text *report, const scl_engine *engine, const char *id,
                                    scl_error **error) {
  return give_json(report, "report", error,
                   [&] { return engine_of(engine).verify_audit(id_of(id)); });
}

scl_status scl_session_erase(const scl_engine *engine, const char *id, scl_error **error) {
  return call(error, [&] { (void)engine_of(engine).erase(id_of(id)).value(); });
}

scl_status scl_session_erase_created_before(size_t *erased, const scl_engine *engine,
                                            int64_t created_before_ms, scl_error **error) {
  return call(error, [&] {
    const std::size_t count = engine_of(engine).erase_created_before(created_before_ms).value();
    if (erased != nullptr) *erased = count;
  });
}

scl_status scl_redact(scl_text *redacted, const char *transcript, const char *options,
                      scl_error **error) {
  return give_json(redacted, "redacted", error, [&] {
    return redact(transcript_of(transcript), options_or_default(options, redact_options_from_json));
  });
}
