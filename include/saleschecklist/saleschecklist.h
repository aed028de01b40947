/* saleschecklist in C: hears a sales call, answers a checklist with proof, scores the deal.
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
 * How everything here behaves:
 * - A function that can fail returns a scl_status, which is 0 when it did what it says. What it
 *   gives comes first, by pointer, and is left untouched on failure; what it is given comes after.
 * - The last parameter, `error`, may be NULL. On failure it receives an owned scl_error, to be
 *   freed by scl_error_free(); an earlier one that is still there is not freed. On success it is
 *   left untouched.
 * - `const char *` is borrowed for the call: UTF-8, ending in a NUL. JSON that goes in or comes out
 *   is described by the files in schemas/; where an options text may be NULL, the defaults hold.
 * - Nothing prints, reads the environment unasked, or keeps state: all functions may be called from
 *   any thread, also with the same checklist. No C++ exception leaves them.
 * - Where memory runs out, SCL_OUT_OF_MEMORY is returned; only if it runs out again while a JSON
 *   document is being destroyed, the JSON library leaves no way but std::terminate.
 * - Numbers of enums are never reused, and a text's JSON may gain fields; so a program that was
 *   built against scl_abi() N works with any library of that same N.
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

/* The binary interface of the library in use; works with this header when it equals SCL_ABI. */
SALESCHECKLIST_API int scl_abi(void);

/* The library's version, such as "0.1.0". */
SALESCHECKLIST_API const char *scl_version(void);

/* ---- Texts and errors ------------------------------------------------------------------ */

/* Bytes that the caller owns: UTF-8 JSON, a PDF, or sound. A NUL follows the last byte and is not
 * counted. To be freed by scl_text_free(). */
typedef struct scl_text {
  char *data;
  size_t size;
} scl_text;

/* Frees the bytes and empties the text. NULL and empty texts are fine. */
SALESCHECKLIST_API void scl_text_free(scl_text *text);

typedef enum scl_status {
  SCL_OK = 0,
  SCL_INVALID_ARGUMENT = 1, /* the caller's own argument is wrong: NULL, an unknown name */
  SCL_INVALID_INPUT = 2,    /* data from outside could not be read or breaks its schema */
  SCL_NOT_FOUND = 3,        /* a named thing does not exist */
  SCL_IO = 4,               /* the operating system refused to read or write */
  SCL_UNSUPPORTED = 5,      /* understood, but this build or version cannot do it */
  SCL_OUT_OF_MEMORY = 6,
  SCL_INTERNAL = 7,      /* a fault of the library itself; please report it */
  SCL_NETWORK = 8,       /* the service could not be reached, or the exchange broke off */
  SCL_TIMEOUT = 9,       /* it took longer than it was given */
  SCL_CANCELLED = 10,    /* the host asked to stop */
  SCL_UNAUTHORIZED = 11, /* the service does not know the key, or the key may not do this */
  SCL_QUOTA = 12,        /* the account has no credit left; asking again cannot help */
  SCL_RATE_LIMITED = 13, /* too many requests at a time, still so after every retry */
  SCL_REFUSED = 14,      /* the service refused the request, or answered what cannot be used */
  SCL_OVER_BUDGET = 15,  /* the host's own budget is spent */
  SCL_CONFLICT = 16      /* somebody else has changed it or works on it; look again first */
} scl_status;

/* A stable name such as "invalid_input", "ok" for SCL_OK; "internal" for numbers of no status. */
SALESCHECKLIST_API const char *scl_status_name(scl_status status);

/* Why a call failed. Never changes; its texts live as long as it does. */
typedef struct scl_error scl_error;

/* All of these take NULL, too, which is no error: SCL_OK, "" and 0. No text is ever NULL. */
SALESCHECKLIST_API scl_status scl_error_code(const scl_error *error);
/* One line for people: what is wrong and what was expected. */
SALESCHECKLIST_API const char *scl_error_message(const scl_error *error);
/* "line 12", a JSON pointer such as "/categories/0/id", a parameter's name, a file, or "". */
SALESCHECKLIST_API const char *scl_error_where(const scl_error *error);
/* The service that refused, or "". */
SALESCHECKLIST_API const char *scl_error_provider(const scl_error *error);
/* Its HTTP status, or 0. */
SALESCHECKLIST_API int scl_error_http_status(const scl_error *error);
/* The service's own name of the request, for its support, or "". */
SALESCHECKLIST_API const char *scl_error_request_id(const scl_error *error);
/* How long the service asked to wait, in milliseconds, or 0. */
SALESCHECKLIST_API int64_t scl_error_retry_after_ms(const scl_error *error);
SALESCHECKLIST_API void scl_error_free(scl_error *error);

/* ---- Checklists ------------------------------------------------------------------------ */

/* Categories of items, read and checked once. Never changes; may be used by many threads. */
typedef struct scl_checklist scl_checklist;

/* A built-in one: "sales-checklist-92" or "ten-point". SCL_NOT_FOUND names those there are. */
SALESCHECKLIST_API scl_status scl_checklist_find(scl_checklist **checklist, const char *id,
                                                 scl_error **error);

/* One of your own, by schemas/checklist.schema.json. SCL_INVALID_INPUT names every fault. Cues that
 * earlier versions kept inside the JSON are read, too; scl_checklist_notice() says so. */
SALESCHECKLIST_API scl_status scl_checklist_parse(scl_checklist **checklist, const char *json,
                                                  scl_error **error);

/* A copy of the checklist with cues of your own, by schemas/cues.schema.json, instead of those that
 * it has: what the offline assessor listens for. A built-in checklist has cues, another one has
 * none unless they are given. SCL_INVALID_INPUT names every fault, such as cues for an item that
 * the checklist does not have. */
SALESCHECKLIST_API scl_status scl_checklist_with_cues(scl_checklist **other,
                                                      const scl_checklist *checklist,
                                                      const char *cues, scl_error **error);

/* Its JSON, every default written out; without its cues. */
SALESCHECKLIST_API scl_status scl_checklist_json(scl_text *json, const scl_checklist *checklist,
                                                 scl_error **error);

/* The JSON of its cues: schemas/cues.schema.json, without items if it has none. */
SALESCHECKLIST_API scl_status scl_checklist_cues(scl_text *cues, const scl_checklist *checklist,
                                                 scl_error **error);

/* A sentence for whoever keeps the JSON that was parsed, such as that the cues inside it belong in
 * a file of their own; "" if there is nothing to say, and for NULL. Lives as long as the
 * checklist. */
SALESCHECKLIST_API const char *scl_checklist_notice(const scl_checklist *checklist);

/* Number of items in all categories, and of categories; 0 for NULL. */
SALESCHECKLIST_API size_t scl_checklist_items(const scl_checklist *checklist);
SALESCHECKLIST_API size_t scl_checklist_categories(const scl_checklist *checklist);
SALESCHECKLIST_API void scl_checklist_free(scl_checklist *checklist);

/* ---- All at once ----------------------------------------------------------------------- */

typedef enum scl_log_level {
  SCL_LOG_DEBUG = 0,
  SCL_LOG_INFO = 1,
  SCL_LOG_WARNING = 2,
  SCL_LOG_ERROR = 3
} scl_log_level;

/* Who hears what the library does. `write` receives one line at a time, in order, in the thread of
 * the call that the log was given to and before that call returns; `message` is borrowed and holds
 * counts and names of parts, never the words of a transcript. It must return normally. */
typedef struct scl_log {
  size_t size; /* sizeof(scl_log), so that later versions can tell */
  void (*write)(void *context, scl_log_level level, const char *message);
  void *context; /* passed on as it is */
} scl_log;

/* From the bytes of a transcript in any known format to the whole report, offline: reads, measures,
 * assesses, scores and coaches. `options`: schemas/analyze-options.schema.json, such as
 * {"rep_names": ["Dana"], "deal": {"customer": "Acme"}}; `log` may be NULL. `report`:
 * schemas/report.schema.json. `bytes` may be NULL when `size` is 0, which is no transcript. */
SALESCHECKLIST_API scl_status scl_analyze(scl_text *report, const void *bytes, size_t size,
                                          const scl_checklist *checklist, const char *options,
                                          const scl_log *log, scl_error **error);

/* The same from a file that holds a transcript, of at most 256 MiB. SCL_IO if it cannot be read. */
SALESCHECKLIST_API scl_status scl_analyze_file(scl_text *report, const char *path,
                                               const scl_checklist *checklist, const char *options,
                                               const scl_log *log, scl_error **error);

/* The number, or the string, at a JSON pointer (RFC 6901) such as "/score/total_score", for programs
 * without a JSON library. Each call parses the whole text. SCL_NOT_FOUND if there is no such value,
 * SCL_INVALID_INPUT if the text is not JSON or the value has another type. */
SALESCHECKLIST_API scl_status scl_json_number(double *number, const char *json, const char *pointer,
                                              scl_error **error);
SALESCHECKLIST_API scl_status scl_json_text(scl_text *text, const char *json, const char *pointer,
                                            scl_error **error);

/* A report as PDF bytes: same report and fonts, same bytes. `checklist` is the one that the report
 * was made with; a report whose figures do not follow from its answers is refused with
 * SCL_INVALID_INPUT. `options`: schemas/pdf-options.schema.json. A build without PDF fails with
 * SCL_UNSUPPORTED. */
SALESCHECKLIST_API scl_status scl_render_pdf(scl_text *pdf, const char *report,
                                             const scl_checklist *checklist, const char *options,
                                             const scl_log *log, scl_error **error);

/* ---- Step by step ---------------------------------------------------------------------- */

/* Reads a transcript: WebVTT, SRT, text or a recogniser's JSON, recognised by content, UTF-8 or
 * UTF-16. `options`: schemas/read-options.schema.json; without the seller's names, roles are
 * inferred. `transcript`: schemas/transcript.schema.json. */
SALESCHECKLIST_API scl_status scl_transcript_read(scl_text *transcript, const void *bytes,
                                                  size_t size, const char *options,
                                                  scl_error **error);

/* The same from a file of at most 256 MiB. SCL_IO if it cannot be read. */
SALESCHECKLIST_API scl_status scl_transcript_read_file(scl_text *transcript, const char *path,
                                                       const char *options, scl_error **error);

/* How the conversation was shared: schemas/metrics.schema.json. */
SALESCHECKLIST_API scl_status scl_measure(scl_text *metrics, const char *transcript,
                                          scl_error **error);

/* Whether quotes stand in the transcript: schemas/claims.schema.json in,
 * schemas/verdicts.schema.json out, one verdict for each claim. */
SALESCHECKLIST_API scl_status scl_verify(scl_text *verdicts, const char *transcript,
                                         const char *claims, scl_error **error);

/* An answer to every item by listening for its cues: schemas/assessment.schema.json. */
SALESCHECKLIST_API scl_status scl_assess_offline(scl_text *assessment, const char *transcript,
                                                 const scl_checklist *checklist, scl_error **error);

/* The score of answers: schemas/score.schema.json. `responses`, here and below: an assessment, the
 * bare array of schemas/responses.schema.json, or a whole report. `policy`:
 * schemas/policy.schema.json. */
SALESCHECKLIST_API scl_status scl_score(scl_text *score, const scl_checklist *checklist,
                                        const char *responses, const char *policy,
                                        scl_error **error);

/* What the seller should hear: schemas/coaching.schema.json. `score` is that of `responses`. */
SALESCHECKLIST_API scl_status scl_coach_offline(scl_text *coaching, const char *transcript,
                                                const scl_checklist *checklist,
                                                const char *responses, const char *score,
                                                scl_error **error);

/* The report of answers that are known already, whoever gave them; `assessor` says who. `options`
 * as of scl_analyze(). */
SALESCHECKLIST_API scl_status scl_compose(scl_text *report, const char *transcript,
                                          const scl_checklist *checklist, const char *responses,
                                          const char *assessor, const char *options,
                                          const scl_log *log, scl_error **error);

/* ---- Services -------------------------------------------------------------------------- */
/* Those who hear recordings, judge by meaning and speak, over the network. */

/* Opened once, for any number of calls at a time from any thread. It has a thread of its own, which
 * a fork() does not take along: open another in the child. */
typedef struct scl_services scl_services;

/* `options`: schemas/services-options.schema.json, such as
 * {"transcriber": "openai:whisper-1", "model": "openai", "environment": true}; only that last word
 * makes it read the environment. Connects to nothing yet. */
SALESCHECKLIST_API scl_status scl_services_open(scl_services **services, const char *options,
                                                scl_error **error);

/* Who was chosen: "openai:whisper-1" or the like, "" where nobody was and for NULL. Borrowed from
 * the services. */
SALESCHECKLIST_API const char *scl_services_transcriber(const scl_services *services);
SALESCHECKLIST_API const char *scl_services_model(const scl_services *services);
SALESCHECKLIST_API const char *scl_services_voice(const scl_services *services);
/* Not before the last call that uses them has returned. */
SALESCHECKLIST_API void scl_services_free(scl_services *services);

/* A flag by which one thread stops calls of others; they fail with SCL_CANCELLED soon. */
typedef struct scl_cancel scl_cancel;
SALESCHECKLIST_API scl_status scl_cancel_new(scl_cancel **cancel, scl_error **error);
SALESCHECKLIST_API void scl_cancel_now(const scl_cancel *cancel); /* for good; any thread */
SALESCHECKLIST_API void scl_cancel_free(scl_cancel *cancel);      /* also while calls still run */

/* Who watches a long call. All but `size` may be 0. */
typedef struct scl_watch {
  size_t size;        /* sizeof(scl_watch), so that later versions can tell */
  const scl_log *log; /* as elsewhere */
  /* Called one at a time and in order, from any thread of the call and before it returns. `stage`
   * is "transcribe", "assess", "score", "coach" or "speak" and borrowed; `done` of `total` parts are
   * done. Must return normally and should not block. */
  void (*progress)(void *context, const char *stage, size_t done, size_t total);
  void *context; /* passed on as it is */
  const scl_cancel *cancel;
} scl_watch;

/* The transcript of a recording of any length: schemas/transcript.schema.json. `options`:
 * schemas/transcribe-options.schema.json. `usage`, here and below: what was used and what it costs
 * about, schemas/usage.schema.json; may be NULL; the one output that is given on failure, too, when
 * anything was used. `watch` may be NULL. */
SALESCHECKLIST_API scl_status scl_transcribe(scl_text *transcript, scl_text *usage,
                                             const scl_services *services, const char *file,
                                             const char *options, const scl_watch *watch,
                                             scl_error **error);

/* As scl_analyze(), by the model of the services; offline if they have none. The usage is part of
 * the report. */
SALESCHECKLIST_API scl_status scl_analyze_with_services(
    scl_text *report, const scl_services *services, const void *bytes, size_t size,
    const scl_checklist *checklist, const char *options, const scl_watch *watch, scl_error **error);

/* An answer to every item by the model: schemas/assessment.schema.json. `options`:
 * schemas/assess-options.schema.json. */
SALESCHECKLIST_API scl_status scl_assess(scl_text *assessment, scl_text *usage,
                                         const scl_services *services, const char *transcript,
                                         const scl_checklist *checklist, const char *options,
                                         const scl_watch *watch, scl_error **error);

/* Coaching by the model; the rest as of scl_coach_offline(). `options`:
 * schemas/assess-options.schema.json, without effect of votes and parallel. */
SALESCHECKLIST_API scl_status scl_coach(scl_text *coaching, scl_text *usage,
                                        const scl_services *services, const char *transcript,
                                        const scl_checklist *checklist, const char *responses,
                                        const char *score, const char *options,
                                        const scl_watch *watch, scl_error **error);

/* A text of any length as sound. `speech`: its content type and when each word is heard,
 * schemas/speech.schema.json; may be NULL. */
SALESCHECKLIST_API scl_status scl_speak(scl_text *audio, scl_text *speech, scl_text *usage,
                                        const scl_services *services, const char *text,
                                        const scl_watch *watch, scl_error **error);

/* ---- Sessions -------------------------------------------------------------------------- */
/* What is kept, goes through its stages one by one, and survives the end of the process. */

/* Sessions of one tenant, changed in the name of one actor. For any number of calls at a time from
 * any thread; any number of engines in any number of processes may work on one store. */
typedef struct scl_engine scl_engine;

/* `options`: schemas/engine-options.schema.json, such as {"store": "sqlite:deals.db",
 * "blobs": "file:blobs", "actor": "dana"}; NULL keeps everything in memory. `services` may be NULL:
 * offline; they are kept in use, so the handle may be freed before the engine. `log` may be NULL,
 * else its context is used until the engine is freed. */
SALESCHECKLIST_API scl_status scl_engine_open(scl_engine **engine, const char *options,
                                              const scl_services *services, const scl_log *log,
                                              scl_error **error);
/* The same for another tenant or actor. */
SALESCHECKLIST_API scl_status scl_engine_as(scl_engine **other, const scl_engine *engine,
                                            const char *tenant, const char *actor,
                                            scl_error **error);
SALESCHECKLIST_API void scl_engine_free(scl_engine *engine);

/* All of these fail with SCL_NOT_FOUND for a session that the tenant does not have, with
 * SCL_CONFLICT when somebody else changed it or works on it, and as the store does. `session`, here
 * and below: how it is then, schemas/session.schema.json. */

/* `fresh`: schemas/new-session.schema.json. `checklist` may be NULL: sales-checklist-92. */
SALESCHECKLIST_API scl_status scl_session_create(scl_text *session, const scl_engine *engine,
                                                 const char *fresh, const scl_checklist *checklist,
                                                 scl_error **error);
SALESCHECKLIST_API scl_status scl_session_find(scl_text *session, const scl_engine *engine,
                                               const char *id, scl_error **error);
/* `page`: schemas/session-page.schema.json, newest first. `filter`:
 * schemas/session-filter.schema.json or NULL. */
SALESCHECKLIST_API scl_status scl_session_list(scl_text *page, const scl_engine *engine,
                                               const char *filter, scl_error **error);
/* `change`: schemas/session-change.schema.json. */
SALESCHECKLIST_API scl_status scl_session_update(scl_text *session, const scl_engine *engine,
                                                 const char *id, const char *change,
                                                 scl_error **error);
/* Something to work on, in place of what there was; what followed from that is stale then. `hints`:
 * schemas/audio-hints.schema.json or NULL. */
SALESCHECKLIST_API scl_status scl_session_attach_audio(scl_text *session, const scl_engine *engine,
                                                       const char *id, const char *file,
                                                       const char *hints, scl_error **error);
SALESCHECKLIST_API scl_status scl_session_attach_transcript(scl_text *session,
                                                            const scl_engine *engine,
                                                            const char *id, const char *transcript,
                                                            scl_error **error);
/* Does what is left to do; what was paid for is never paid for again. `options`, here and below:
 * schemas/run-options.schema.json or NULL; `watch` may be NULL; its log is not used, but the
 * engine's. */
SALESCHECKLIST_API scl_status scl_session_run(scl_text *session, const scl_engine *engine,
                                              const char *id, const char *options,
                                              const scl_watch *watch, scl_error **error);
/* Runs sessions that wait for it, at most `limit`, 0 for as long as there are any. `page`: those
 * that it worked on. */
SALESCHECKLIST_API scl_status scl_session_run_pending(scl_text *page, const scl_engine *engine,
                                                      size_t limit, const char *options,
                                                      const scl_watch *watch, scl_error **error);
SALESCHECKLIST_API scl_status scl_session_retry(scl_text *session, const scl_engine *engine,
                                                const char *id, scl_error **error);
SALESCHECKLIST_API scl_status scl_session_approve(scl_text *session, const scl_engine *engine,
                                                  const char *id, scl_error **error);
/* `answer`: "yes", "no" or "not_applicable"; a reason is needed. */
SALESCHECKLIST_API scl_status scl_session_override(scl_text *session, const scl_engine *engine,
                                                   const char *id, const char *item,
                                                   const char *answer, const char *reason,
                                                   scl_error **error);
/* By another policy, or for another checklist: one of them is NULL. */
SALESCHECKLIST_API scl_status scl_session_rescore(scl_text *session, const scl_engine *engine,
                                                  const char *id, const char *policy,
                                                  const scl_checklist *checklist,
                                                  scl_error **error);
SALESCHECKLIST_API scl_status scl_session_coach(scl_text *session, const scl_engine *engine,
                                                const char *id, const char *options,
                                                const scl_watch *watch, scl_error **error);
/* `result`: schemas/session-result.schema.json; `report`: schemas/report.schema.json; `pdf` and
 * `audio` are bytes. `options`: schemas/pdf-options.schema.json or NULL. */
SALESCHECKLIST_API scl_status scl_session_result(scl_text *result, const scl_engine *engine,
                                                 const char *id, scl_error **error);
SALESCHECKLIST_API scl_status scl_session_report(scl_text *report, const scl_engine *engine,
                                                 const char *id, scl_error **error);
SALESCHECKLIST_API scl_status scl_session_report_pdf(scl_text *pdf, const scl_engine *engine,
                                                     const char *id, const char *options,
                                                     scl_error **error);
SALESCHECKLIST_API scl_status scl_session_coaching_audio(scl_text *audio, const scl_engine *engine,
                                                         const char *id, scl_error **error);
/* schemas/score-history.schema.json, audit-log.schema.json and audit-report.schema.json. The
 * audit log of an erased session is still there. */
SALESCHECKLIST_API scl_status scl_session_history(scl_text *history, const scl_engine *engine,
                                                  const char *id, scl_error **error);
SALESCHECKLIST_API scl_status scl_session_audit(scl_text *entries, const scl_engine *engine,
                                                const char *id, scl_error **error);
SALESCHECKLIST_API scl_status scl_session_verify_audit(scl_text *report, const scl_engine *engine,
                                                       const char *id, scl_error **error);
/* Removes all of a session but its audit log, which holds nothing of its content. */
SALESCHECKLIST_API scl_status scl_session_erase(const scl_engine *engine, const char *id,
                                                scl_error **error);
/* Erases the sessions created before that time, ms since 1970 UTC. `erased`: how many; may be
 * NULL. */
SALESCHECKLIST_API scl_status scl_session_erase_created_before(size_t *erased,
                                                               const scl_engine *engine,
                                                               int64_t created_before_ms,
                                                               scl_error **error);

/* Takes personal data out of a transcript. `options`: schemas/redact-options.schema.json or NULL.
 * `redacted`: schemas/redacted.schema.json. */
SALESCHECKLIST_API scl_status scl_redact(scl_text *redacted, const char *transcript,
                                         const char *options, scl_error **error);

/* ---- A whole history ------------------------------------------------------------------- */

/* Answers as bytes. A yes that was found unsupported counts as no, so it is to be given as no. */
typedef enum scl_answer {
  SCL_UNANSWERED = 0,
  SCL_YES = 1,
  SCL_NO = 2,
  SCL_NOT_APPLICABLE = 3
} scl_answer;

typedef enum scl_band { SCL_RED = 0, SCL_YELLOW = 1, SCL_GREEN = 2 } scl_band;

/* Scores `rows` sets of answers exactly as scl_score() does, without JSON: `answers` holds
 * rows x scl_checklist_items() bytes of scl_answer in the checklist's order, row-major. Any output
 * that is not wanted may be NULL:
 *   totals           [rows]: 0 to 100
 *   bands            [rows]: scl_band
 *   category_scores  [rows x scl_checklist_categories()]: points, row-major
 * `policy` as of scl_score(). `threads`: how many to use at most, 0 for one per processor core.
 * Fails with SCL_INVALID_ARGUMENT naming the first row that cannot be scored. The one exception to
 * "untouched on failure": the arrays are filled in place, what they hold after a failure is
 * unspecified. */
SALESCHECKLIST_API scl_status scl_score_many(uint8_t *totals, uint8_t *bands,
                                             double *category_scores,
                                             const scl_checklist *checklist, const uint8_t *answers,
                                             size_t rows, const char *policy, unsigned threads,
                                             scl_error **error);

#ifdef __cplusplus
}
#endif

#endif
