// Every call survives that any one of its allocations fails: it says so, gives nothing, keeps
// nothing, and the next call works. allocation_tests [FAULTS]: each of the first so many (2,000)
// allocations of a call fails once, and at most some 300 of those after them.
//
// Each fault is tried in a process of its own, so that a crash is counted and not the end.
#include <saleschecklist/saleschecklist.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <map>
#include <new>
#include <string>
#include <vector>

namespace {

// Single-threaded use only: the calls under test start no threads.
long allocations = 0;  // since the last reset
long fault_at = 0;     // the allocation that fails; 0 for none
bool fault_in_handler = false;
long live = 0;  // blocks

void *allocate(std::size_t size) {
  if (++allocations == fault_at) {
    fault_in_handler = std::current_exception() != nullptr;
    return nullptr;
  }
  void *out = std::malloc(size == 0 ? 1 : size);
  if (out != nullptr) ++live;
  return out;
}

void release(void *block) {
  if (block != nullptr) --live;
  std::free(block);
}

}  // namespace

void *operator new(std::size_t size) {
  if (void *out = allocate(size)) return out;
  throw std::bad_alloc();
}
void operator delete(void *block) noexcept { release(block); }
void operator delete(void *block, std::size_t) noexcept { release(block); }

// The JSON Schema validator (valijson) uses what this gives without looking whether it is null, so
// these allocations are served always.
void *operator new(std::size_t size, const std::nothrow_t &) noexcept {
  void *out = std::malloc(size == 0 ? 1 : size);
  if (out != nullptr) ++live;
  return out;
}

namespace {

constexpr long all_of_the_first = 2000;
constexpr long most_of_the_others = 300;
// The language detector (CLD2) keeps a buffer if the allocation of one of its next two fails.
constexpr long most_leaks = 2;

const std::string small_call =
    "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n<v Dana>What goes wrong today?</v>\n\n"
    "00:00:06.000 --> 00:00:15.000\n<v Ravi>We lose eight hours every week. It cannot go on like "
    "this, it must be solved by the end of March.</v>\n";
const char *const options = R"({"rep_names": ["Dana"], "policy": {"mode": "weighted"}})";

struct Outcome {
  scl_status status = SCL_OK;
  std::string bytes;
};

struct Call {
  const char *name;
  scl_status expected;  // without a fault
  std::function<scl_status(scl_text &, scl_error **)> run;
};

// Runs a call; what it gave or said is copied and freed, and all that it allocated must be gone.
Outcome outcome_of(const Call &call, bool &leaked) {
  scl_text out{};
  scl_error *error = nullptr;
  const long before = live;
  Outcome result;
  result.status = call.run(out, &error);
  fault_at = 0;
  const bool kept_something = result.status != SCL_OK && out.data != nullptr;
  const bool no_error = (result.status == SCL_OK) == (error != nullptr);
  if (result.status != SCL_OUT_OF_MEMORY) {
    result.bytes =
        result.status == SCL_OK ? std::string(out.data, out.size) : scl_error_message(error);
  }
  scl_text_free(&out);
  scl_error_free(error);
  const long kept_by_result = result.bytes.capacity() > std::string().capacity() ? 1 : 0;
  leaked = kept_something || no_error || live != before + kept_by_result;
  return result;
}

enum Verdict { refused, same_as_without, ended_in_destructor, leaks, wrong, no_recovery, crashed };
const char *const verdict_names[] = {"refused for want of memory",
                                     "right all the same",
                                     "ended by std::terminate in a destructor",
                                     "LEAKED",
                                     "WRONG status or bytes",
                                     "DID NOT RECOVER",
                                     "CRASHED"};

constexpr int exit_base = 100;  // a verdict as an exit status; sanitizers end with small ones

// In the child process: the call with its n-th allocation failing, then once more without.
Verdict try_fault(const Call &call, long n, const Outcome &right) {
  // The JSON library's destructor allocates, and no destructor may throw: nothing can be done
  // about it from outside. In a handler only our own code runs, which must not end so.
  std::set_terminate([] { _exit(exit_base + (fault_in_handler ? crashed : ended_in_destructor)); });
  bool leaked = false;
  allocations = 0;
  fault_at = n;
  const Outcome faulty = outcome_of(call, leaked);
  if (leaked) return leaks;
  const bool same = faulty.status == right.status && faulty.bytes == right.bytes;
  if (!same && faulty.status != SCL_OUT_OF_MEMORY) return wrong;
  const Outcome again = outcome_of(call, leaked);
  if (again.status != right.status || again.bytes != right.bytes || leaked) return no_recovery;
  return same ? same_as_without : refused;
}

Verdict in_child(const Call &call, long n, const Outcome &right) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stderr);
    _exit(exit_base + try_fault(call, n, right));
  }
  int status = 0;
  waitpid(child, &status, 0);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) - exit_base : crashed;
  return code >= 0 && code < crashed ? static_cast<Verdict>(code) : crashed;
}

// Prints what became of the faults of one call; true if all is well.
bool survives(const Call &call, long most) {
  bool leaked = false;
  outcome_of(call, leaked);  // what is made once is made now
  allocations = 0;
  const Outcome right = outcome_of(call, leaked);
  const long total = allocations;
  std::map<Verdict, long> counts;
  long first_fault = 0;
  const long stride = std::max(1L, (total - most) / std::min(most, most_of_the_others));
  for (long n = 1; n <= total; n += n < most ? 1 : stride) {
    const Verdict verdict = in_child(call, n, right);
    ++counts[verdict];
    const bool tolerated = verdict == leaks && counts[leaks] <= most_leaks;
    if (verdict > ended_in_destructor && !tolerated && first_fault == 0) first_fault = n;
  }
  std::printf("%s: %ld allocations\n", call.name, total);
  for (const auto &[verdict, count] : counts) {
    std::printf("  %6ld %s\n", count, verdict_names[verdict]);
  }
  if (first_fault != 0) std::printf("  FAILED, first at allocation %ld\n", first_fault);
  if (right.status != call.expected || leaked) std::printf("  FAILED without a fault\n");
  const long most_ends = total / 20;
  if (counts[ended_in_destructor] > most_ends) std::printf("  FAILED: more than one in twenty\n");
  return first_fault == 0 && right.status == call.expected && !leaked && counts[refused] > 0 &&
         counts[ended_in_destructor] <= most_ends;
}

// Frees what it holds, so that the leak check of a sanitizer has nothing to say.
struct Fixture {
  scl_checklist *list = nullptr;
  scl_text list_json{}, cues_json{}, transcript{}, responses{}, report{};
  std::string tampered;
  std::vector<uint8_t> answers, totals;

  Fixture() {
    if (scl_checklist_find(&list, "ten-point", nullptr) != SCL_OK ||
        scl_checklist_json(&list_json, list, nullptr) != SCL_OK ||
        scl_checklist_cues(&cues_json, list, nullptr) != SCL_OK ||
        scl_transcript_read(&transcript, small_call.data(), small_call.size(), nullptr, nullptr) ||
        scl_assess_offline(&responses, transcript.data, list, nullptr) != SCL_OK ||
        scl_analyze(&report, small_call.data(), small_call.size(), list, options, nullptr,
                    nullptr) != SCL_OK) {
      std::abort();
    }
    tampered = report.data;
    tampered.replace(tampered.find("\"total_score\": ") + 15, 1, "9");
    answers.assign(10 * 100, SCL_YES);
    totals.resize(100);
  }
  ~Fixture() {
    for (scl_text *text : {&list_json, &cues_json, &transcript, &responses, &report}) {
      scl_text_free(text);
    }
    scl_checklist_free(list);
  }

  scl_status score_history(scl_text &out, const char *policy, scl_error **error) {
    const scl_status status = scl_score_many(totals.data(), nullptr, nullptr, list, answers.data(),
                                             100, policy, 1, error);
    if (status != SCL_OK) return status;
    out.data = static_cast<char *>(std::malloc(totals.size()));
    out.size = totals.size();
    std::memcpy(out.data, totals.data(), totals.size());
    return status;
  }

  scl_status parse(scl_text &out, const char *json, scl_error **error) {
    scl_checklist *made = nullptr;
    const scl_status status = scl_checklist_parse(&made, json, error);
    return say_made(out, status, made);
  }

  scl_status add_cues(scl_text &out, const char *json, scl_error **error) {
    scl_checklist *made = nullptr;
    const scl_status status = scl_checklist_with_cues(&made, list, json, error);
    return say_made(out, status, made);
  }

 private:
  static scl_status say_made(scl_text &out, scl_status status, scl_checklist *made) {
    if (status == SCL_OK) {
      out.data = strdup("made");
      out.size = 4;
    }
    scl_checklist_free(made);
    return status;
  }
};

std::vector<Call> calls(Fixture &f) {
  return {
      {"read", SCL_OK,
       [&](scl_text &out, scl_error **error) {
         return scl_transcript_read(&out, small_call.data(), small_call.size(), nullptr, error);
       }},
      {"analyze", SCL_OK,
       [&](scl_text &out, scl_error **error) {
         return scl_analyze(&out, small_call.data(), small_call.size(), f.list, options, nullptr,
                            error);
       }},
#ifdef SALESCHECKLIST_WITH_PDF
      {"render_pdf", SCL_OK,
       [&](scl_text &out, scl_error **error) {
         return scl_render_pdf(&out, f.report.data, f.list, nullptr, nullptr, error);
       }},
#endif
      {"score_many", SCL_OK,
       [&](scl_text &out, scl_error **error) {
         return f.score_history(out, R"({"mode": "weighted"})", error);
       }},
      {"checklist_parse", SCL_OK,
       [&](scl_text &out, scl_error **error) { return f.parse(out, f.list_json.data, error); }},
      {"checklist_with_cues", SCL_OK,
       [&](scl_text &out, scl_error **error) { return f.add_cues(out, f.cues_json.data, error); }},
      {"compose", SCL_OK,
       [&](scl_text &out, scl_error **error) {
         return scl_compose(&out, f.transcript.data, f.list, f.responses.data, "me", nullptr,
                            nullptr, error);
       }},
      {"a NULL argument", SCL_INVALID_ARGUMENT,
       [&](scl_text &out, scl_error **error) {
         return scl_analyze(&out, nullptr, 3, f.list, nullptr, nullptr, error);
       }},
      {"a broken checklist", SCL_INVALID_INPUT,
       [&](scl_text &out, scl_error **error) {
         return f.parse(out, R"({"id": "x", "categories": [{"id": "a", "items": []}]})", error);
       }},
      {"a checklist cut off", SCL_INVALID_INPUT,
       [&](scl_text &out, scl_error **error) { return f.parse(out, R"({"id": "x",)", error); }},
      {"a tampered report", SCL_INVALID_INPUT,
       [&](scl_text &out, scl_error **error) {
         return scl_render_pdf(&out, f.tampered.c_str(), f.list, nullptr, nullptr, error);
       }},
  };
}

}  // namespace

int main(int argc, char **argv) {
  const long most = argc > 1 ? std::max(1L, std::atol(argv[1])) : all_of_the_first;
  Fixture fixture;
  bool all_well = true;
  for (const Call &call : calls(fixture)) all_well = survives(call, most) && all_well;
  return all_well ? 0 : 1;
}
