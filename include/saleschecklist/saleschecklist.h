/* saleschecklist in C: analyses a sales call, answers a checklist with quotes as evidence, and
 * scores the deal.
 *
 *   scl_checklist *checklist = NULL;
 *   scl_text report = {0}, pdf = {0};
 *   scl_error *error = NULL;
 *   if (scl_checklist_find(&checklist, "sales-checklist-92", &error) ||
 *       scl_analyze(&report, bytes, size, checklist, NULL, NULL, &error) ||
 *       scl_render_pdf(&pdf, report.data, checklist, NULL, NULL, &error)) {
 *     fprintf(stderr, "%s\n", scl_error_message(error));
 *   }
 *   scl_text_free(&pdf);
 *   scl_text_free(&report);
 *   scl_checklist_free(checklist);
 *   scl_error_free(error);
 *
 * Conventions:
 * - A function that can fail returns a scl_status, which is 0 (SCL_OK) on success. Its outputs are
 *   its first parameters and are left unchanged on failure.
 * - The last parameter, `error`, may be NULL. On failure it receives an scl_error that the caller
 *   must free with scl_error_free(); a previous error in it is not freed. On success it is left
 *   unchanged.
 * - A `const char *` parameter is borrowed for the call and must be NUL-terminated UTF-8. The files
 *   in schemas/ describe all JSON. Where `options` may be NULL, NULL means the defaults.
 * - No function prints, keeps global state, or reads the environment unless asked to. All may be
 *   called from any thread, also with the same checklist. No C++ exception leaves them.
 * - If memory runs out, SCL_OUT_OF_MEMORY is returned. Built with a release of nlohmann/json that is
 *   newer than 3.12, the process ends if memory runs out again while a document is being destroyed.
 * - Enum values are never reused, and JSON may gain fields, so a program built against scl_abi() N
 *   works with every library whose scl_abi() is N.
 */
#ifndef SALESCHECKLIST_SALESCHECKLIST_H
#define SALESCHECKLIST_SALESCHECKLIST_H

#include <saleschecklist/config.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version --------------------------------------------------------------------------- */

/* The binary interface that this header describes. */
#define SCL_ABI 1

/* The binary interface of the loaded library; it works with this header if it equals SCL_ABI. */
SALESCHECKLIST_API int scl_abi(void);

/* The library's version, such as "0.1.0". */
SALESCHECKLIST_API const char *scl_version(void);

/* ---- Texts and errors ------------------------------------------------------------------ */

/* Bytes that the caller owns and must free with scl_text_free(): UTF-8 JSON, a PDF or audio. A NUL,
 * which `size` does not count, follows the last byte. */
typedef struct scl_text {
  char *data;
  size_t size;
} scl_text;

/* Frees the bytes and sets the text to {NULL, 0}. NULL and empty texts are allowed. */
SALESCHECKLIST_API void scl_text_free(scl_text *text);

typedef enum scl_status {
  SCL_OK = 0,
  SCL_INVALID_ARGUMENT = 1, /* an argument of the caller is wrong: NULL, an unknown name */
  SCL_INVALID_INPUT = 2,    /* data from outside cannot be read or violates its schema */
  SCL_NOT_FOUND = 3,        /* a named thing does not exist */
  SCL_IO = 4,               /* the operating system could not read or write */
  SCL_UNSUPPORTED = 5,      /* understood, but this build or version cannot do it */
  SCL_OUT_OF_MEMORY = 6,
  SCL_INTERNAL = 7,      /* a bug in this library; please report it */
  SCL_NETWORK = 8,       /* the service could not be reached, or the exchange broke off */
  SCL_TIMEOUT = 9,       /* the time limit was exceeded */
  SCL_CANCELLED = 10,    /* the host cancelled the call */
  SCL_UNAUTHORIZED = 11, /* the service does not accept the key, or the key lacks a permission */
  SCL_QUOTA = 12,        /* the account has no credit left; retrying cannot help */
  SCL_RATE_LIMITED = 13, /* too many requests, even after every retry */
  SCL_REFUSED = 14,      /* the service refused the request, or its reply cannot be used */
  SCL_OVER_BUDGET = 15,  /* the budget that the host set is spent */
  SCL_CONFLICT = 16,     /* someone else changed it or is working on it; read it again first */
  SCL_CORRUPT = 17       /* a stored record is damaged or was tampered with; restore a backup */
} scl_status;

/* A stable name such as "invalid_input", "ok" for SCL_OK, and "internal" for an unknown number. */
SALESCHECKLIST_API const char *scl_status_name(scl_status status);

/* Why a call failed. Immutable; its texts are valid until it is freed. */
typedef struct scl_error scl_error;

/* For NULL, which means no error, these return SCL_OK, "" and 0. They never return a NULL text. */
SALESCHECKLIST_API scl_status scl_error_code(const scl_error *error);
/* One line that says what is wrong and what was expected. */
SALESCHECKLIST_API const char *scl_error_message(const scl_error *error);
/* "line 12", a JSON pointer such as "/categories/0/id", a parameter's name, a file, or "". */
SALESCHECKLIST_API const char *scl_error_where(const scl_error *error);
/* The service that failed; "" if none was involved. */
SALESCHECKLIST_API const char *scl_error_provider(const scl_error *error);
/* Its HTTP status, or 0. */
SALESCHECKLIST_API int scl_error_http_status(const scl_error *error);
/* The service's id of the request, for its support; or "". */
SALESCHECKLIST_API const char *scl_error_request_id(const scl_error *error);
/* How long the service asked to wait, in milliseconds, or 0. */
SALESCHECKLIST_API int64_t scl_error_retry_after_ms(const scl_error *error);
SALESCHECKLIST_API void scl_error_free(scl_error *error);

/* ---- Checklists ------------------------------------------------------------------------ */

/* A checklist with its cues, parsed and validated. Immutable; may be used by many threads. */
typedef struct scl_checklist scl_checklist;

/* Returns a built-in checklist: "sales-checklist-92" or "ten-point". Fails with SCL_NOT_FOUND for any
 * other id. */
SALESCHECKLIST_API scl_status scl_checklist_find(scl_checklist **checklist, const char *id,
                                                 scl_error **error);

/* Parses a checklist: schemas/checklist.schema.json. Fails with SCL_INVALID_INPUT, whose message lists
 * all faults. Also reads cues inside the JSON, where earlier versions kept them;
 * scl_checklist_notice() then says so. */
SALESCHECKLIST_API scl_status scl_checklist_parse(scl_checklist **checklist, const char *json,
                                                  scl_error **error);

/* Returns a copy of the checklist with other cues, which are what the offline assessor listens for:
 * schemas/cues.schema.json. Built-in checklists have cues; other checklists have none until they are
 * set. Fails with SCL_INVALID_INPUT, whose message lists all faults, such as cues for an item that
 * the checklist does not have. */
SALESCHECKLIST_API scl_status scl_checklist_with_cues(scl_checklist **other,
                                                      const scl_checklist *checklist,
                                                      const char *cues, scl_error **error);

/* The checklist as JSON, with all defaults written out and without cues. */
SALESCHECKLIST_API scl_status scl_checklist_json(scl_text *json, const scl_checklist *checklist,
                                                 scl_error **error);

/* The cues as JSON: schemas/cues.schema.json; `items` is empty if the checklist has no cues. */
SALESCHECKLIST_API scl_status scl_checklist_cues(scl_text *cues, const scl_checklist *checklist,
                                                 scl_error **error);

/* A sentence for the author of the parsed JSON, such as that its cues should be moved to a separate
 * file; "" if there is none, and for NULL. Valid until the checklist is freed. */
SALESCHECKLIST_API const char *scl_checklist_notice(const scl_checklist *checklist);

/* The number of items in all categories, and the number of categories; 0 for NULL. */
SALESCHECKLIST_API size_t scl_checklist_items(const scl_checklist *checklist);
SALESCHECKLIST_API size_t scl_checklist_categories(const scl_checklist *checklist);
SALESCHECKLIST_API void scl_checklist_free(scl_checklist *checklist);

/* ---- Complete analysis ----------------------------------------------------------------- */

typedef enum scl_log_level {
  SCL_LOG_DEBUG = 0,
  SCL_LOG_INFO = 1,
  SCL_LOG_WARNING = 2,
  SCL_LOG_ERROR = 3
} scl_log_level;

/* Receives log messages. `write` is called for one line at a time, in order, on the thread of the call
 * that the log was passed to and before that call returns. `message` is borrowed and contains counts
 * and names of parts, never words of a transcript. `write` must return normally. */
typedef struct scl_log {
  size_t size; /* sizeof(scl_log), which tells the library the version of this struct */
  void (*write)(void *context, scl_log_level level, const char *message);
  void *context; /* passed to the callbacks unchanged */
} scl_log;

/* Reads a transcript in any known format, measures, assesses, scores and coaches it offline, and
 * returns the report: schemas/report.schema.json. If the call is not assessable, `score` and `coaching`
 * are null, and `assessment` says why. `options`: schemas/analyze-options.schema.json, such
 * as {"rep_names": ["Dana"], "deal": {"customer": "Acme"}}. `log` may be NULL. `bytes` may be NULL if
 * `size` is 0, which is invalid input. */
SALESCHECKLIST_API scl_status scl_analyze(scl_text *report, const void *bytes, size_t size,
                                          const scl_checklist *checklist, const char *options,
                                          const scl_log *log, scl_error **error);

/* The same for a file of at most 256 MiB. Fails with SCL_IO if the file cannot be read. */
SALESCHECKLIST_API scl_status scl_analyze_file(scl_text *report, const char *path,
                                               const scl_checklist *checklist, const char *options,
                                               const scl_log *log, scl_error **error);

/* Returns the number, or the string, at a JSON pointer (RFC 6901) such as "/score/total_score", for
 * programs without a JSON library. Each call parses the whole text. Fails with SCL_NOT_FOUND if there
 * is no such value, and with SCL_INVALID_INPUT if the text is not JSON or the value has another
 * type. */
SALESCHECKLIST_API scl_status scl_json_number(double *number, const char *json, const char *pointer,
                                              scl_error **error);
SALESCHECKLIST_API scl_status scl_json_text(scl_text *text, const char *json, const char *pointer,
                                            scl_error **error);

/* Returns a report as PDF; equal reports and fonts give equal bytes. `checklist` must be the one that
 * the report was made with. `options`: schemas/pdf-options.schema.json. Fails with SCL_INVALID_INPUT if
 * the figures of the report do not follow from its answers, and with SCL_UNSUPPORTED in a build
 * without PDF. */
SALESCHECKLIST_API scl_status scl_render_pdf(scl_text *pdf, const char *report,
                                             const scl_checklist *checklist, const char *options,
                                             const scl_log *log, scl_error **error);

/* ---- Step by step ---------------------------------------------------------------------- */

/* Reads a transcript, in UTF-8 or UTF-16: WebVTT, SRT, text or the JSON of a recogniser, which is
 * detected by content. `options`: schemas/read-options.schema.json; if they do not name the sellers,
 * roles are inferred. `transcript`: schemas/transcript.schema.json. */
SALESCHECKLIST_API scl_status scl_transcript_read(scl_text *transcript, const void *bytes,
                                                  size_t size, const char *options,
                                                  scl_error **error);

/* The same for a file of at most 256 MiB. Fails with SCL_IO if the file cannot be read. */
SALESCHECKLIST_API scl_status scl_transcript_read_file(scl_text *transcript, const char *path,
                                                       const char *options, scl_error **error);

/* Measures the conversation: schemas/metrics.schema.json. */
SALESCHECKLIST_API scl_status scl_measure(scl_text *metrics, const char *transcript,
                                          scl_error **error);

/* Checks whether quotes are in the transcript. `claims`: schemas/claims.schema.json; `verdicts`:
 * schemas/verdicts.schema.json, one per claim. */
SALESCHECKLIST_API scl_status scl_verify(scl_text *verdicts, const char *transcript,
                                         const char *claims, scl_error **error);

/* Answers every item by matching its cues: schemas/assessment.schema.json. */
SALESCHECKLIST_API scl_status scl_assess_offline(scl_text *assessment, const char *transcript,
                                                 const scl_checklist *checklist, scl_error **error);

/* Computes the score of answers: schemas/score.schema.json. `responses`, here and below, is an
 * assessment, an array by schemas/responses.schema.json, or a report. `policy`:
 * schemas/policy.schema.json; may be NULL. */
SALESCHECKLIST_API scl_status scl_score(scl_text *score, const scl_checklist *checklist,
                                        const char *responses, const char *policy,
                                        scl_error **error);

/* Judges whether the call is a sales call, and why: schemas/sales-call.schema.json. In doubt the verdict
 * is "unsure", and the call is scored all the same. scl_analyze() and scl_compose() apply this judgement
 * unless their option `sales_call` is "yes" or "no". */
SALESCHECKLIST_API scl_status scl_is_sales_call(scl_text *sales_call, const char *transcript,
                                                const scl_checklist *checklist,
                                                const char *responses, scl_error **error);

/* Composes coaching: schemas/coaching.schema.json. `score` must be the score of `responses`. */
SALESCHECKLIST_API scl_status scl_coach_offline(scl_text *coaching, const char *transcript,
                                                const scl_checklist *checklist,
                                                const char *responses, const char *score,
                                                scl_error **error);

/* Makes a report from existing answers. `assessor` says who gave them. `options`: as for
 * scl_analyze(). */
SALESCHECKLIST_API scl_status scl_compose(scl_text *report, const char *transcript,
                                          const scl_checklist *checklist, const char *responses,
                                          const char *assessor, const char *options,
                                          const scl_log *log, scl_error **error);

/* ---- Services -------------------------------------------------------------------------- */
/* Services that transcribe recordings, judge by meaning and speak, over the network. */

/* May be used by any number of calls at a time, from any thread. It runs a thread, which does not
 * exist in the child after a fork(): open new services there. */
typedef struct scl_services scl_services;

/* `options`: schemas/services-options.schema.json, such as
 * {"transcriber": "openai:whisper-1", "model": "openai", "environment": true}. Reads the environment
 * (keys, proxies and trusted certificates, see docs/providers.md) only if "environment" is true. Does
 * not connect yet. */
SALESCHECKLIST_API scl_status scl_services_open(scl_services **services, const char *options,
                                                scl_error **error);

/* The id of the service that was opened, such as "openai:whisper-1"; "" if there is none, and for
 * NULL. OpenAI's default transcriber hears recordings on one channel with another model, see
 * docs/providers.md. Valid until the services are freed. */
SALESCHECKLIST_API const char *scl_services_transcriber(const scl_services *services);
SALESCHECKLIST_API const char *scl_services_model(const scl_services *services);
SALESCHECKLIST_API const char *scl_services_voice(const scl_services *services);
/* Must not be called before every call that uses the services has returned. */
SALESCHECKLIST_API void scl_services_free(scl_services *services);

/* Lets one thread cancel calls of others, which then fail with SCL_CANCELLED soon. */
typedef struct scl_cancel scl_cancel;
SALESCHECKLIST_API scl_status scl_cancel_new(scl_cancel **cancel, scl_error **error);
SALESCHECKLIST_API void scl_cancel_now(const scl_cancel *cancel); /* permanent; from any thread */
SALESCHECKLIST_API void scl_cancel_free(scl_cancel *cancel);      /* allowed while calls are running */

/* Observes and cancels a long call. All fields except `size` may be 0. */
typedef struct scl_watch {
  size_t size;        /* sizeof(scl_watch), which tells the library the version of this struct */
  const scl_log *log;
  /* Called one at a time and in order, on any thread of the call and before the call returns. `stage`
   * is "transcribe", "separate", "assess", "score", "coach" or "speak", and is borrowed; `done` of `total` parts
   * are finished. Must return normally and should not block. */
  void (*progress)(void *context, const char *stage, size_t done, size_t total);
  void *context; /* passed to the callbacks unchanged */
  const scl_cancel *cancel;
} scl_watch;

/* Transcribes a recording of any length: schemas/transcript.schema.json. `options`:
 * schemas/transcribe-options.schema.json. `usage`, here and below, receives what was used and its
 * approximate cost: schemas/usage.schema.json; it may be NULL. It is the only output that is also set
 * on failure, if anything was used. `watch` may be NULL. */
SALESCHECKLIST_API scl_status scl_transcribe(scl_text *transcript, scl_text *usage,
                                             const scl_services *services, const char *file,
                                             const char *options, const scl_watch *watch,
                                             scl_error **error);

/* As scl_analyze(), but with the model of the services, or offline if they have none. The report
 * includes the usage. */
SALESCHECKLIST_API scl_status scl_analyze_with_services(
    scl_text *report, const scl_services *services, const void *bytes, size_t size,
    const scl_checklist *checklist, const char *options, const scl_watch *watch, scl_error **error);

/* Tells the speakers of a transcript in which nobody is named apart, with the model:
 * schemas/transcript.schema.json. A transcript with speakers is given back as it is. `options`:
 * schemas/separate-options.schema.json. */
SALESCHECKLIST_API scl_status scl_separate_turns(scl_text *separated, scl_text *usage,
                                                 const scl_services *services,
                                                 const char *transcript, const char *options,
                                                 const scl_watch *watch, scl_error **error);

/* Answers every item with the model: schemas/assessment.schema.json. `options`:
 * schemas/assess-options.schema.json. */
SALESCHECKLIST_API scl_status scl_assess(scl_text *assessment, scl_text *usage,
                                         const scl_services *services, const char *transcript,
                                         const scl_checklist *checklist, const char *options,
                                         const scl_watch *watch, scl_error **error);

/* As scl_coach_offline(), but with the model. `options`: schemas/assess-options.schema.json; `votes`
 * and `parallel` have no effect. */
SALESCHECKLIST_API scl_status scl_coach(scl_text *coaching, scl_text *usage,
                                        const scl_services *services, const char *transcript,
                                        const scl_checklist *checklist, const char *responses,
                                        const char *score, const char *options,
                                        const scl_watch *watch, scl_error **error);

/* Speaks a text of any length. `speech` receives the content type of the audio and the times of the
 * words: schemas/speech.schema.json; may be NULL. */
SALESCHECKLIST_API scl_status scl_speak(scl_text *audio, scl_text *speech, scl_text *usage,
                                        const scl_services *services, const char *text,
                                        const scl_watch *watch, scl_error **error);

/* ---- Sessions -------------------------------------------------------------------------- */
/* Sessions go through their stages one by one, and are stored after each. */

/* The sessions of one tenant, changed on behalf of one actor. May be used by any number of calls at a
 * time, from any thread. Any number of engines in any number of processes may use the same store. */
typedef struct scl_engine scl_engine;

/* `options`: schemas/engine-options.schema.json, such as {"store": "sqlite:deals.db",
 * "blobs": "file:blobs", "actor": "dana"}; NULL keeps everything in memory. If `services` is NULL,
 * sessions are assessed offline. The engine shares the services, so the handle may be freed before
 * the engine. `log` may be NULL; otherwise its context must stay valid until the engine, and every
 * engine that scl_engine_as() made from it, is freed. */
SALESCHECKLIST_API scl_status scl_engine_open(scl_engine **engine, const char *options,
                                              const scl_services *services, const scl_log *log,
                                              scl_error **error);
/* The same for another tenant or actor. The two engines are freed separately, in any order. */
SALESCHECKLIST_API scl_status scl_engine_as(scl_engine **other, const scl_engine *engine,
                                            const char *tenant, const char *actor,
                                            scl_error **error);
/* Must not be called before every call that uses the engine has returned. NULL is allowed. */
SALESCHECKLIST_API void scl_engine_free(scl_engine *engine);

/* All of these fail as the store does. Those with an `id` also fail with SCL_NOT_FOUND if the
 * tenant has no such session, and with SCL_CONFLICT if others keep changing the session at the same
 * time or, for functions that run stages, while another worker holds it. `session`, here and below,
 * receives the session after the call: schemas/session.schema.json. */

/* `new_session`: schemas/new-session.schema.json; may be NULL. If `checklist` is NULL, it is
 * sales-checklist-92. */
SALESCHECKLIST_API scl_status scl_session_create(scl_text *session, const scl_engine *engine,
                                                 const char *new_session,
                                                 const scl_checklist *checklist,
                                                 scl_error **error);
SALESCHECKLIST_API scl_status scl_session_find(scl_text *session, const scl_engine *engine,
                                               const char *id, scl_error **error);
/* `page`: schemas/session-page.schema.json, newest first. `filter`:
 * schemas/session-filter.schema.json; may be NULL. */
SALESCHECKLIST_API scl_status scl_session_list(scl_text *page, const scl_engine *engine,
                                               const char *filter, scl_error **error);
/* `change`: schemas/session-change.schema.json. */
SALESCHECKLIST_API scl_status scl_session_update(scl_text *session, const scl_engine *engine,
                                                 const char *id, const char *change,
                                                 scl_error **error);
/* Replaces the session's input. Results made from the previous input become stale. `hints`:
 * schemas/audio-hints.schema.json; may be NULL. */
SALESCHECKLIST_API scl_status scl_session_attach_audio(scl_text *session, const scl_engine *engine,
                                                       const char *id, const char *file,
                                                       const char *hints, scl_error **error);
SALESCHECKLIST_API scl_status scl_session_attach_transcript(scl_text *session,
                                                            const scl_engine *engine,
                                                            const char *id, const char *transcript,
                                                            scl_error **error);
/* Runs the stages that remain. Replies that a service sent before an interruption are not requested
 * again. `options`, here and below: schemas/run-options.schema.json; may be NULL. `watch` may be NULL;
 * its log is ignored in favour of the engine's. */
SALESCHECKLIST_API scl_status scl_session_run(scl_text *session, const scl_engine *engine,
                                              const char *id, const char *options,
                                              const scl_watch *watch, scl_error **error);
/* Runs at most `limit` waiting sessions, or until none are left if `limit` is 0. `page` receives the
 * sessions that were run. */
SALESCHECKLIST_API scl_status scl_session_run_pending(scl_text *page, const scl_engine *engine,
                                                      size_t limit, const char *options,
                                                      const scl_watch *watch, scl_error **error);
/* Makes a failed session ready to be resumed by scl_session_run() and scl_session_run_pending().
 * Fails with SCL_INVALID_ARGUMENT if the session's status is not "failed". */
SALESCHECKLIST_API scl_status scl_session_retry(scl_text *session, const scl_engine *engine,
                                                const char *id, scl_error **error);
/* Approves a session that waits for review, which may then continue. Fails with
 * SCL_INVALID_ARGUMENT if the session's status is not "pending_review". */
SALESCHECKLIST_API scl_status scl_session_approve(scl_text *session, const scl_engine *engine,
                                                  const char *id, scl_error **error);
/* Replaces the assessor's answer to `item`, an item's id, with a person's; the assessor's answer is
 * kept, and the actor is recorded. Makes a new version of the score if there is a score; coaching
 * becomes stale. `answer` must be "yes", "no", "denied" or "not_applicable". `reason` must not be empty.
 * Fails with SCL_INVALID_ARGUMENT if the checklist has no such item, and with SCL_CONFLICT if there
 * are no current answers. */
SALESCHECKLIST_API scl_status scl_session_override(scl_text *session, const scl_engine *engine,
                                                   const char *id, const char *item,
                                                   const char *answer, const char *reason,
                                                   scl_error **error);
/* Corrections of the current transcript by a person: other names, speakers merged and split, words,
 * roles. Each makes a new version of the transcript, in which utterances keep their number, counted
 * from 0, and their order. Answers that rest on utterances whose words or side changed are judged
 * again by the next scl_session_run(), and so are unanswered items and items that the offline
 * assessor finds proved there now; all other answers and people's corrections stay. If no answer is
 * in question, as after a new name, the score gets a new version and coaching becomes stale. A
 * speaker is named exactly as in the transcript; "" is the one whom the source does not name.
 * Fail with SCL_CONFLICT if there is no current transcript, and with SCL_INVALID_ARGUMENT if there
 * is no such speaker or utterance, if a name is empty or longer than 200 bytes, or if a text has no
 * words or more than 100,000 bytes. */
/* Also fails with SCL_INVALID_ARGUMENT if another speaker has the name. */
SALESCHECKLIST_API scl_status scl_session_rename_speaker(scl_text *session,
                                                         const scl_engine *engine, const char *id,
                                                         const char *speaker, const char *name,
                                                         scl_error **error);
/* Gives the words of `count` speakers to `into`, another speaker, whose role they take. */
SALESCHECKLIST_API scl_status scl_session_merge_speakers(scl_text *session,
                                                         const scl_engine *engine, const char *id,
                                                         const char *const *speakers, size_t count,
                                                         const char *into, scl_error **error);
/* Gives `count` utterances to `name`: a speaker of the call, whose role they take, or a new one,
 * whose role is unknown until scl_session_set_role(). */
SALESCHECKLIST_API scl_status scl_session_split_speaker(scl_text *session, const scl_engine *engine,
                                                        const char *id, const size_t *utterances,
                                                        size_t count, const char *name,
                                                        scl_error **error);
/* Replaces the words of one utterance. They are not suspect any more. */
SALESCHECKLIST_API scl_status scl_session_correct_utterance(scl_text *session,
                                                            const scl_engine *engine,
                                                            const char *id, size_t utterance,
                                                            const char *text, scl_error **error);
/* `role` must be "rep", "customer" or "unknown". */
SALESCHECKLIST_API scl_status scl_session_set_role(scl_text *session, const scl_engine *engine,
                                                   const char *id, const char *speaker,
                                                   const char *role, scl_error **error);
/* Makes a new version of the score under another policy, or for another checklist: exactly one of
 * them must be NULL. If the new checklist has new or changed items, the answers become stale and
 * scl_session_run() assesses again. Fails with SCL_CONFLICT if there are no current answers. */
SALESCHECKLIST_API scl_status scl_session_rescore(scl_text *session, const scl_engine *engine,
                                                  const char *id, const char *policy,
                                                  const scl_checklist *checklist,
                                                  scl_error **error);
/* Replaces the coaching with new coaching for the current score, by the model if there is one, and
 * then runs the later stages. Fails with SCL_CONFLICT if there is no current score. */
SALESCHECKLIST_API scl_status scl_session_coach(scl_text *session, const scl_engine *engine,
                                                const char *id, const char *options,
                                                const scl_watch *watch, scl_error **error);
/* `result` receives all results that are current: schemas/session-result.schema.json. */
SALESCHECKLIST_API scl_status scl_session_result(scl_text *result, const scl_engine *engine,
                                                 const char *id, scl_error **error);
/* `report` receives a report built from the current results: schemas/report.schema.json. Fails with
 * SCL_CONFLICT if the answers or the score are not current. */
SALESCHECKLIST_API scl_status scl_session_report(scl_text *report, const scl_engine *engine,
                                                 const char *id, scl_error **error);
/* `pdf` receives the same report as PDF bytes. `options`: schemas/pdf-options.schema.json; may be
 * NULL. */
SALESCHECKLIST_API scl_status scl_session_report_pdf(scl_text *pdf, const scl_engine *engine,
                                                     const char *id, const char *options,
                                                     scl_error **error);
/* `audio` receives the bytes of the spoken coaching. Fails with SCL_NOT_FOUND if there is none or
 * if it is stale. */
SALESCHECKLIST_API scl_status scl_session_coaching_audio(scl_text *audio, const scl_engine *engine,
                                                         const char *id, scl_error **error);
/* `history` receives every version of the score, oldest first:
 * schemas/score-history.schema.json. */
SALESCHECKLIST_API scl_status scl_session_history(scl_text *history, const scl_engine *engine,
                                                  const char *id, scl_error **error);
/* `entries` receives the audit log, oldest entry first: schemas/audit-log.schema.json. The audit
 * log remains after the session is erased. */
SALESCHECKLIST_API scl_status scl_session_audit(scl_text *entries, const scl_engine *engine,
                                                const char *id, scl_error **error);
/* Checks that the audit log is complete and that what is stored is what the log says was written.
 * `report`: schemas/audit-report.schema.json. */
SALESCHECKLIST_API scl_status scl_session_verify_audit(scl_text *report, const scl_engine *engine,
                                                       const char *id, scl_error **error);
/* Removes everything of a session except its audit log, which contains none of its content. */
SALESCHECKLIST_API scl_status scl_session_erase(const scl_engine *engine, const char *id,
                                                scl_error **error);
/* Erases the sessions created before that time, in ms since 1970-01-01 UTC. `erased` receives their
 * number; may be NULL. */
SALESCHECKLIST_API scl_status scl_session_erase_created_before(size_t *erased,
                                                               const scl_engine *engine,
                                                               int64_t created_before_ms,
                                                               scl_error **error);

/* Replaces personal data in a transcript with placeholders. `options`:
 * schemas/redact-options.schema.json; may be NULL. `redacted`: schemas/redacted.schema.json. */
SALESCHECKLIST_API scl_status scl_redact(scl_text *redacted, const char *transcript,
                                         const char *options, scl_error **error);

/* ---- Deals over their calls ------------------------------------------------------------ */

/* Returns what is known about a deal by its calls, and how much of what is due at its stage:
 * schemas/deal.schema.json. `history`: schemas/deal-history.schema.json, in any order. `before` is a
 * deal that this function returned and that `history` continues, with later times; it may be NULL.
 * `options`: schemas/roll-up-options.schema.json, such as {"stage": "proposal", "plan": "complex-sale"};
 * may be NULL. Fails with SCL_INVALID_ARGUMENT if the plan is not one for the checklist, if two calls
 * have one session id, or if a confirmation or note names an unknown item. */
SALESCHECKLIST_API scl_status scl_roll_up(scl_text *deal, const scl_checklist *checklist,
                                          const char *before, const char *history,
                                          const char *options, scl_error **error);

/* Returns a built-in stage plan, "complex-sale" or "short-sale": schemas/stage-plan.schema.json. Fails
 * with SCL_NOT_FOUND for any other id. */
SALESCHECKLIST_API scl_status scl_stage_plan(scl_text *plan, const char *id, scl_error **error);

/* ---- Batch scoring --------------------------------------------------------------------- */

/* Answers as bytes. An unsupported yes does not count, so it must be passed as SCL_NO; so must a denied
 * item, and an ambiguous one unless the policy says otherwise. */
typedef enum scl_answer {
  SCL_UNANSWERED = 0,
  SCL_YES = 1,
  SCL_NO = 2,
  SCL_NOT_APPLICABLE = 3
} scl_answer;

typedef enum scl_band { SCL_RED = 0, SCL_YELLOW = 1, SCL_GREEN = 2 } scl_band;

/* Scores `rows` sets of answers exactly as scl_score() does, without JSON: `answers` has
 * rows x scl_checklist_items() bytes of scl_answer in the checklist's order, row-major. Each output
 * may be NULL:
 *   totals           [rows]: 0 to 100
 *   bands            [rows]: scl_band
 *   category_scores  [rows x scl_checklist_categories()]: points, row-major
 * `policy`: as for scl_score(). `threads` is the maximum; 0 means one per processor core.
 * Fails with SCL_INVALID_ARGUMENT; the error names the first row that cannot be scored. After a
 * failure, the contents of the output arrays are unspecified. */
SALESCHECKLIST_API scl_status scl_score_many(uint8_t *totals, uint8_t *bands,
                                             double *category_scores,
                                             const scl_checklist *checklist, const uint8_t *answers,
                                             size_t rows, const char *policy, unsigned threads,
                                             scl_error **error);

#ifdef __cplusplus
}
#endif

#endif
