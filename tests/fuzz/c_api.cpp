// The target of the C API: a program of steps, each ended by an empty line. The first line of a
// step is a letter that chooses the function and the digits of the texts and handles that it uses;
// its other lines are a text. See steps.
#include "support.hpp"

#include <saleschecklist/saleschecklist.h>

#include <array>
#include <cstring>
#include <functional>
#include <map>

namespace saleschecklist::fuzz {
namespace {

constexpr std::size_t text_count = 8, handle_count = 3;

// A status and its error agree, and both are documented.
void check(scl_status status, scl_error *error) {
  require((status == SCL_OK) == (error == nullptr), "there is an error if a call failed");
  require(scl_error_code(error) == status, "an error has the status of its call");
  require(std::strlen(scl_status_name(status)) > 0, "a status has a name");
  if (status == SCL_INTERNAL) std::fprintf(stderr, "%s\n", scl_error_message(error));
  require(status != SCL_INTERNAL, "no input leads to an internal error");
  const bool told = scl_error_message(error)[0] != '\0';
  require(told == (status != SCL_OK), "an error has a message");
  require(scl_error_where(error) != nullptr && scl_error_provider(error) != nullptr &&
              scl_error_request_id(error) != nullptr,
          "the texts of an error are never NULL");
  require(scl_error_http_status(error) == 0 && scl_error_retry_after_ms(error) == 0,
          "no service was involved");
  scl_error_free(error);
}

// A step while it runs: the digits after its letter name texts and handles.
class Machine {
 public:
  Machine() {
    check_call([&](scl_error **error) { return scl_services_open(&services, "{}", error); });
    require(scl_services_model(services)[0] == '\0', "no model was opened");
  }
  ~Machine() {
    for (scl_engine *engine : engines) scl_engine_free(engine);
    for (scl_checklist *checklist : checklists) scl_checklist_free(checklist);
    scl_services_free(services);
  }
  Machine(const Machine &) = delete;
  Machine &operator=(const Machine &) = delete;

  void begin(std::string digits, std::string_view body) {
    digits_ = std::move(digits);
    at_ = 0;
    text = body;
    std::replace(text.begin(), text.end(), '\0', ' ');
  }

  // The text, as the C API takes it, or the handle that the next digit names.
  const char *in() { return texts[digit() % text_count].c_str(); }
  const std::string &bytes() { return texts[digit() % text_count]; }
  std::string &out() { return texts[digit() % text_count]; }
  scl_checklist *&list() { return checklists[digit() % handle_count]; }
  scl_engine *&engine() { return engines[digit() % handle_count]; }
  std::size_t number() { return digit(); }

  template <class Call>
  bool check_call(Call call) {
    scl_error *error = nullptr;
    const scl_status status = call(&error);
    check(status, error);
    return status == SCL_OK;
  }

  // A call with one text as its output, which goes to the next text.
  template <class Call>
  void give(Call call) {
    std::string &to = out();
    scl_text result = {nullptr, 0};
    const bool done = check_call([&](scl_error **error) { return call(&result, error); });
    require(done == (result.data != nullptr), "an output is set if and only if the call succeeds");
    if (done) require(result.data[result.size] == '\0', "a NUL follows a text");
    if (done && std::strlen(result.data) == result.size) to.assign(result.data, result.size);
    scl_text_free(&result);
    require(result.data == nullptr && result.size == 0, "a freed text is empty");
  }

  // A call that makes a handle, which replaces the next one.
  template <class Handle, class Call>
  void make(Handle *&slot, void (*release)(Handle *), Call call) {
    Handle *made = nullptr;
    const bool done = check_call([&](scl_error **error) { return call(&made, error); });
    require(done == (made != nullptr), "a handle is set if and only if the call succeeds");
    if (!done) return;
    release(slot);
    slot = made;
  }

  std::string text;  // of this step
  std::array<std::string, text_count> texts;
  std::array<scl_checklist *, handle_count> checklists{};
  std::array<scl_engine *, handle_count> engines{};
  scl_services *services = nullptr;
  Folder folder;

 private:
  std::size_t digit() {
    return at_ < digits_.size()
               ? (static_cast<unsigned char>(digits_[at_++]) - std::size_t{'0'}) & 0xFF
               : 0;
  }
  std::string digits_;
  std::size_t at_ = 0;
};

const char *or_null(const char *text) { return text[0] == '\0' ? nullptr : text; }

void log_line(void *context, scl_log_level, const char *message) {
  require(message != nullptr && std::strchr(message, '\n') == nullptr, "a log message is one line");
  ++*static_cast<int *>(context);
}

void score_many(Machine &m) {
  const scl_checklist *list = m.list();
  const std::string &answers = m.bytes();
  const char *policy = or_null(m.in());
  const std::size_t items = scl_checklist_items(list);
  const std::size_t rows = items == 0 ? 0 : answers.size() / items;
  std::vector<std::uint8_t> totals(rows + 1), bands(rows + 1);
  std::vector<double> scores(rows * scl_checklist_categories(list) + 1);
  const bool done = m.check_call([&](scl_error **error) {
    return scl_score_many(totals.data(), bands.data(), scores.data(), list,
                          reinterpret_cast<const std::uint8_t *>(answers.data()), rows, policy, 1,
                          error);
  });
  for (std::size_t i = 0; done && i < rows; ++i) {
    require(totals[i] <= 100 && bands[i] <= SCL_GREEN, "a total is at most 100");
  }
}

void separate(Machine &m) {
  scl_text usage = {nullptr, 0};
  const char *options = or_null(m.in());
  m.give([&](scl_text *out, scl_error **error) {
    return scl_separate_turns(out, &usage, m.services, m.in(), options, nullptr, error);
  });
  scl_text_free(&usage);
}

void assess_with_services(Machine &m) {
  scl_cancel *cancel = nullptr;
  m.check_call([&](scl_error **error) { return scl_cancel_new(&cancel, error); });
  if (m.number() % 2 == 1) scl_cancel_now(cancel);
  const scl_watch watch = {sizeof(scl_watch), nullptr, nullptr, nullptr, cancel};
  const scl_checklist *list = m.list();
  const std::string &input = m.bytes();
  m.give([&](scl_text *out, scl_error **error) {
    return scl_analyze_with_services(out, m.services, input.data(), input.size(), list,
                                     or_null(m.text.c_str()), &watch, error);
  });
  m.give([&](scl_text *out, scl_error **error) {
    return scl_assess(out, nullptr, m.services, input.c_str(), list, nullptr, &watch, error);
  });
  scl_cancel_free(cancel);
}

void read_files(Machine &m) {
  const std::string file = m.folder.write("call", m.bytes());
  const scl_checklist *list = m.list();
  m.give([&](scl_text *out, scl_error **error) {
    return scl_transcript_read_file(out, file.c_str(), or_null(m.text.c_str()), error);
  });
  m.give([&](scl_text *out, scl_error **error) {
    return scl_analyze_file(out, file.c_str(), list, nullptr, nullptr, error);
  });
  m.give([&](scl_text *out, scl_error **error) {
    return scl_transcribe(out, nullptr, m.services, file.c_str(), nullptr, nullptr, error);
  });
}

void analyze_with_log(Machine &m) {
  int lines = 0;
  const scl_log log = {sizeof(scl_log), log_line, &lines};
  const std::string &input = m.bytes();
  const scl_checklist *list = m.list();
  m.give([&](scl_text *out, scl_error **error) {
    return scl_analyze(out, input.data(), input.size(), list, or_null(m.text.c_str()), &log, error);
  });
}

void open_engine(Machine &m) {
  if (!names_no_store(m.text)) return;
  m.make(m.engine(), scl_engine_free, [&](scl_engine **out, scl_error **error) {
    return scl_engine_open(out, or_null(m.text.c_str()), m.services, nullptr, error);
  });
}

// Functions of sessions: engine, id, output, and the step's own text as the last argument.
using OnSession = scl_status (*)(scl_text *, const scl_engine *, const char *, scl_error **);
template <OnSession function>
void on_session(Machine &m) {
  const scl_engine *engine = m.engine();
  const char *id = m.in();
  m.give([&](scl_text *out, scl_error **error) { return function(out, engine, id, error); });
}

void correct(Machine &m) {
  const scl_engine *engine = m.engine();
  const char *id = m.in(), *speaker = m.in(), *other = m.in();
  const std::size_t which = m.number(), utterances[] = {m.number(), m.number()};
  m.give([&](scl_text *out, scl_error **error) {
    switch (which % 5) {
      case 0:
        return scl_session_rename_speaker(out, engine, id, speaker, other, error);
      case 1:
        return scl_session_merge_speakers(out, engine, id, &speaker, 1, other, error);
      case 2:
        return scl_session_split_speaker(out, engine, id, utterances, 2, speaker, error);
      case 3:
        return scl_session_correct_utterance(out, engine, id, utterances[0], other, error);
      default:
        return scl_session_set_role(out, engine, id, speaker, other, error);
    }
  });
}

void change_session(Machine &m) {
  const scl_engine *engine = m.engine();
  const char *id = m.in(), *first = m.in(), *second = m.in();
  const scl_checklist *list = m.list();
  const std::size_t which = m.number();
  m.give([&](scl_text *out, scl_error **error) {
    switch (which % 8) {
      case 0:
        return scl_session_update(out, engine, id, m.text.c_str(), error);
      case 1:
        return scl_session_override(out, engine, id, first, second, m.text.c_str(), error);
      case 2:
        return scl_session_rescore(out, engine, id, m.text.c_str(), nullptr, error);
      case 3:
        return scl_session_rescore(out, engine, id, nullptr, list, error);
      case 4:
        return scl_session_coach(out, engine, id, or_null(m.text.c_str()), nullptr, error);
      case 5:
        return scl_session_list(out, engine, or_null(m.text.c_str()), error);
      case 6:
        return scl_session_run_pending(out, engine, 2, or_null(m.text.c_str()), nullptr, error);
      default:
        return scl_session_attach_audio(out, engine, id, m.folder.write("sound", first).c_str(),
                                        or_null(m.text.c_str()), error);
    }
  });
}

void erase(Machine &m) {
  const scl_engine *engine = m.engine();
  const char *id = m.in();
  m.check_call([&](scl_error **error) { return scl_session_erase(engine, id, error); });
  std::size_t erased = 0;
  m.check_call([&](scl_error **error) {
    return scl_session_erase_created_before(&erased, engine, 1'000, error);
  });
}

// One transcript or report and no more: text, output.
using OnText = scl_status (*)(scl_text *, const char *, const char *, scl_error **);
template <OnText function>
void on_text(Machine &m) {
  const char *input = m.in();
  m.give([&](scl_text *out, scl_error **error) {
    return function(out, input, m.text.c_str(), error);
  });
}

void answers(Machine &m) {
  const scl_checklist *list = m.list();
  const char *transcript = m.in(), *responses = m.in(), *score = m.in();
  const std::size_t which = m.number();
  m.give([&](scl_text *out, scl_error **error) {
    switch (which % 8) {
      case 6:
        return scl_roll_up(out, list, or_null(transcript), responses, or_null(m.text.c_str()),
                           error);
      case 7:
        return scl_stage_plan(out, m.text.c_str(), error);
      case 0:
        return scl_assess_offline(out, transcript, list, error);
      case 1:
        return scl_score(out, list, responses, or_null(m.text.c_str()), error);
      case 2:
        return scl_is_sales_call(out, transcript, list, responses, error);
      case 3:
        return scl_coach_offline(out, transcript, list, responses, score, error);
      case 4:
        return scl_compose(out, transcript, list, responses, score, or_null(m.text.c_str()),
                           nullptr, error);
      default:
        return scl_render_pdf(out, responses, list, nullptr, nullptr, error);
    }
  });
}

void checklists(Machine &m) {
  scl_checklist *&slot = m.list();
  const scl_checklist *from = m.list();
  const std::size_t which = m.number();
  m.make(slot, scl_checklist_free, [&](scl_checklist **out, scl_error **error) {
    switch (which % 3) {
      case 0:
        return scl_checklist_find(out, m.text.c_str(), error);
      case 1:
        return scl_checklist_parse(out, m.text.c_str(), error);
      default:
        return scl_checklist_with_cues(out, from, m.text.c_str(), error);
    }
  });
  require(scl_checklist_notice(slot) != nullptr, "a notice is never NULL");
  require((scl_checklist_items(slot) == 0) == (slot == nullptr), "a checklist has items");
  if (slot == nullptr) return;
  m.give([&](scl_text *out, scl_error **error) { return scl_checklist_json(out, slot, error); });
  m.give([&](scl_text *out, scl_error **error) { return scl_checklist_cues(out, slot, error); });
}

void numbers(Machine &m) {
  double number = 0;
  const char *document = m.in();
  m.check_call(
      [&](scl_error **error) { return scl_json_number(&number, document, m.text.c_str(), error); });
}

void read_transcript_step(Machine &m) {
  const std::string &input = m.bytes();
  const char *options = or_null(m.in());
  m.give([&](scl_text *out, scl_error **error) {
    return scl_transcript_read(out, input.data(), input.size(), options, error);
  });
}

void create(Machine &m) {
  const scl_engine *engine = m.engine();
  const scl_checklist *list = m.list();
  std::string session;
  m.give([&](scl_text *out, scl_error **error) {
    const scl_status status = scl_session_create(out, engine, or_null(m.text.c_str()), list, error);
    if (status == SCL_OK) session.assign(out->data, out->size);
    return status;
  });
  if (!session.empty()) m.out() = text_at(session, "/id").value();
}

void attach_and_run(Machine &m) {
  const scl_engine *engine = m.engine();
  const char *id = m.in(), *transcript = m.in();
  m.give([&](scl_text *out, scl_error **error) {
    return scl_session_attach_transcript(out, engine, id, transcript, error);
  });
  m.give([&](scl_text *out, scl_error **error) {
    return scl_session_run(out, engine, id, or_null(m.text.c_str()), nullptr, error);
  });
}

void other_engine(Machine &m) {
  const scl_engine *engine = m.engine();
  const char *tenant = m.in();
  m.make(m.engine(), scl_engine_free, [&](scl_engine **out, scl_error **error) {
    return scl_engine_as(out, engine, tenant, m.text.c_str(), error);
  });
}

void measure_step(Machine &m) {
  const char *input = m.in();
  m.give([&](scl_text *out, scl_error **error) { return scl_measure(out, input, error); });
}

void redact_step(Machine &m) {
  const char *input = m.in();
  m.give([&](scl_text *out, scl_error **error) {
    return scl_redact(out, input, or_null(m.text.c_str()), error);
  });
}

void report_pdf(Machine &m) {
  const scl_engine *engine = m.engine();
  const char *id = m.in();
  m.give([&](scl_text *out, scl_error **error) {
    return scl_session_report_pdf(out, engine, id, or_null(m.text.c_str()), error);
  });
}

// By the letter of a step.
const std::map<char, void (*)(Machine &)> &steps() {
  static const std::map<char, void (*)(Machine &)> out = {
      {'=', [](Machine &m) { m.out() = m.text; }},
      {'a', analyze_with_log},
      {'b', attach_and_run},
      {'c', create},
      {'d', redact_step},
      {'e', open_engine},
      {'f', read_files},
      {'g', on_session<scl_session_find>},
      {'h', on_session<scl_session_history>},
      {'i', on_session<scl_session_audit>},
      {'j', on_text<scl_json_text>},
      {'k', checklists},
      {'l', on_session<scl_session_verify_audit>},
      {'m', measure_step},
      {'n', numbers},
      {'o', other_engine},
      {'p', on_session<scl_session_report>},
      {'q', on_session<scl_session_result>},
      {'r', read_transcript_step},
      {'s', score_many},
      {'t', separate},
      {'u', change_session},
      {'v', on_text<scl_verify>},
      {'w', assess_with_services},
      {'x', erase},
      {'y', on_session<scl_session_retry>},
      {'z', on_session<scl_session_approve>},
      {'A', answers},
      {'C', correct},
      {'P', report_pdf},
      {'S', on_session<scl_session_coaching_audio>}};
  return out;
}

}  // namespace

void c_api(std::string_view bytes) {
  constexpr int most_steps = 32;
  Machine machine;
  for (int i = 0; i < most_steps && !bytes.empty(); ++i) {
    const std::size_t end = std::min(bytes.find("\n\n"), bytes.size());
    std::string_view step = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 2, bytes.size()));
    const std::string line = take_line(step);
    const auto known = line.empty() ? steps().end() : steps().find(line[0]);
    if (known == steps().end()) continue;
    machine.begin(line.substr(1), step);
    known->second(machine);
  }
}

}  // namespace saleschecklist::fuzz
