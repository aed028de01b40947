// The C API: its calls one by one, and sessions from their creation to their report.
#include <saleschecklist/saleschecklist.h>

#include <cstdlib>
#include <cstring>
#include <memory>

#include "flows.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

const char *const options = R"({"rep_names": ["Dana"], "policy": {"mode": "weighted"}})";
constexpr std::size_t rows = 100, items = 10;

// What the calls need.
struct Fixture {
  scl_checklist *list = nullptr;
  scl_text list_json{}, cues_json{}, transcript{}, responses{}, report{};
  std::string tampered;
  std::vector<std::uint8_t> answers = std::vector<std::uint8_t>(items * rows, SCL_YES);
  std::vector<std::uint8_t> totals = std::vector<std::uint8_t>(rows);

  Fixture() {
    const std::size_t size = std::strlen(small_call);
    if (scl_checklist_find(&list, "ten-point", nullptr) != SCL_OK ||
        scl_checklist_json(&list_json, list, nullptr) != SCL_OK ||
        scl_checklist_cues(&cues_json, list, nullptr) != SCL_OK ||
        scl_transcript_read(&transcript, small_call, size, nullptr, nullptr) != SCL_OK ||
        scl_assess_offline(&responses, transcript.data, list, nullptr) != SCL_OK ||
        scl_analyze(&report, small_call, size, list, options, nullptr, nullptr) != SCL_OK) {
      std::abort();
    }
    tampered = report.data;
    tampered.replace(tampered.find("\"total_score\": ") + 15, 1, "9");
  }
  ~Fixture() {
    for (scl_text *text : {&list_json, &cues_json, &transcript, &responses, &report}) {
      scl_text_free(text);
    }
    scl_checklist_free(list);
  }
  Fixture(const Fixture &) = delete;
  Fixture &operator=(const Fixture &) = delete;
};

using Call = std::function<scl_status(Fixture &, scl_text &, scl_error **)>;

// Runs a call; what it gave or said is copied and freed. `expected`: without a failure.
Outcome outcome_of(Fixture &fixture, const Call &call, scl_status expected,
                   const allocations::Failure &failure) {
  scl_text text{};
  scl_error *error = nullptr;
  scl_status status = SCL_OK;
  fixture.totals.assign(rows, 0);
  {
    const allocations::Failing failing(failure);
    status = call(fixture, text, &error);
  }
  Outcome out;
  out.done = status == expected;
  out.code = static_cast<ErrorCode>(status);
  out.message = scl_error_message(error);
  if (text.data != nullptr) out.product.assign(text.data, text.size);
  if (out.done) out.product.append(fixture.totals.begin(), fixture.totals.end());
  if (status != SCL_OK && out.done) out.product += out.message;
  if (status != SCL_OK && text.data != nullptr) out.fault = "an output in spite of an error";
  if ((status == SCL_OK) != (error == nullptr)) out.fault = "status and error differ";
  scl_text_free(&text);
  scl_error_free(error);
  return out;
}

scl_status parse(const char *json, scl_error **error) {
  scl_checklist *made = nullptr;
  const scl_status status = scl_checklist_parse(&made, json, error);
  scl_checklist_free(made);
  return status;
}

scl_status add_cues(Fixture &f, scl_text &, scl_error **error) {
  scl_checklist *made = nullptr;
  const scl_status status = scl_checklist_with_cues(&made, f.list, f.cues_json.data, error);
  scl_checklist_free(made);
  return status;
}

scl_status score_history(Fixture &f, scl_text &, scl_error **error) {
  return scl_score_many(f.totals.data(), nullptr, nullptr, f.list, f.answers.data(), rows,
                        R"({"mode": "weighted"})", 1, error);
}

// The same session's texts one after the other, each freed before the next is asked for.
scl_status keep_session(Fixture &f, scl_text &out, scl_error **error) {
  scl_engine *engine = nullptr;
  scl_text session{}, id{};
  const auto next = [&](auto call, auto... arguments) {
    scl_text_free(&session);
    return call(&session, engine, id.data, arguments...);
  };
  scl_status status = scl_engine_open(&engine, nullptr, nullptr, nullptr, error);
  if (status == SCL_OK)
    status = scl_session_create(&session, engine, R"({"customer": "Acme"})", f.list, error);
  if (status == SCL_OK) status = scl_json_text(&id, session.data, "/id", error);
  if (status == SCL_OK) status = next(scl_session_attach_transcript, f.transcript.data, error);
  if (status == SCL_OK) status = next(scl_session_run, nullptr, nullptr, error);
  if (status == SCL_OK)
    status = next(scl_session_override, "trigger.01", "yes", "They said so.", error);
  if (status == SCL_OK) status = next(scl_session_coach, nullptr, nullptr, error);
  if (status == SCL_OK) status = next(scl_session_history, error);
  if (status == SCL_OK) status = next(scl_session_audit, error);
  if (status == SCL_OK) status = next(scl_session_result, error);
  if (status == SCL_OK) status = next(scl_session_report, error);
  if (status == SCL_OK) status = scl_json_text(&out, session.data, "/score/risk_label", error);
  if (status == SCL_OK) scl_text_free(&session);
  if (status == SCL_OK) status = scl_session_erase(engine, id.data, error);
  if (status != SCL_OK) scl_text_free(&out);
  scl_text_free(&session);
  scl_text_free(&id);
  scl_engine_free(engine);
  return status;
}

struct Named {
  const char *name;
  scl_status expected;
  Call call;
};

const Named calls[] = {
    {"c_read", SCL_OK,
     [](Fixture &, scl_text &out, scl_error **error) {
       return scl_transcript_read(&out, small_call, std::strlen(small_call), nullptr, error);
     }},
    {"c_analyze", SCL_OK,
     [](Fixture &f, scl_text &out, scl_error **error) {
       return scl_analyze(&out, small_call, std::strlen(small_call), f.list, options, nullptr,
                          error);
     }},
#ifdef SALESCHECKLIST_WITH_PDF
    {"c_render_pdf", SCL_OK,
     [](Fixture &f, scl_text &out, scl_error **error) {
       return scl_render_pdf(&out, f.report.data, f.list, nullptr, nullptr, error);
     }},
#endif
    {"c_score_many", SCL_OK, score_history},
    {"c_checklist_parse", SCL_OK,
     [](Fixture &f, scl_text &, scl_error **error) { return parse(f.list_json.data, error); }},
    {"c_checklist_with_cues", SCL_OK, add_cues},
    {"c_compose", SCL_OK,
     [](Fixture &f, scl_text &out, scl_error **error) {
       return scl_compose(&out, f.transcript.data, f.list, f.responses.data, "me", nullptr, nullptr,
                          error);
     }},
    {"c_session", SCL_OK, keep_session},
    {"c_null_argument", SCL_INVALID_ARGUMENT,
     [](Fixture &f, scl_text &out, scl_error **error) {
       return scl_analyze(&out, nullptr, 3, f.list, nullptr, nullptr, error);
     }},
    {"c_broken_checklist", SCL_INVALID_INPUT,
     [](Fixture &, scl_text &, scl_error **error) {
       return parse(R"({"id": "x", "categories": [{"id": "a", "items": []}]})", error);
     }},
    {"c_truncated_checklist", SCL_INVALID_INPUT,
     [](Fixture &, scl_text &, scl_error **error) { return parse(R"({"id": "x",)", error); }},
    {"c_tampered_report", SCL_INVALID_INPUT,
     [](Fixture &f, scl_text &out, scl_error **error) {
       return scl_render_pdf(&out, f.tampered.c_str(), f.list, nullptr, nullptr, error);
     }},
};

}  // namespace

std::vector<Flow> c_api_flows() {
  const auto fixture = std::make_shared<Fixture>();
  std::vector<Flow> out;
  for (const Named &named : calls) {
    out.push_back(
        {named.name, [&named, fixture](const std::filesystem::path &, const auto &failure) {
           return outcome_of(*fixture, named.call, named.expected, failure);
         }});
  }
  return out;
}

}  // namespace saleschecklist::test
