// The commands session create, attach, list, show, approve, retry and erase.
#include "commands.hpp"
#include "files.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "option_groups.hpp"
#include "scorecard.hpp"
#include "session_store.hpp"
#include "session_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <optional>

namespace cli {
namespace {

using namespace saleschecklist;

// Throws Failure (wrong_input) if it is no recording.
void check_is_sound(const Input &input, const std::string &name) {
  if (input.is_text_of_stream()) {
    throw Failure{wrong_input, shown(name) + ": expected a recording (--transcript reads texts)"};
  }
  input.take(probe_audio(input.file()));
}

// What is to be attached: a transcript, or else a recording, or neither.
struct Attachment {
  std::optional<Transcript> transcript{};
  std::unique_ptr<const Input> recording{};
};

// The attachment, which is checked before anything is stored.
Attachment readable_attachment(const Arguments &a) {
  const SessionArguments &s = a.session;
  Attachment out;
  if (!s.audio.empty()) {
    const Interrupt interrupt;
    out.recording = std::make_unique<const Input>(s.audio, interrupt.cancel);
    check_is_sound(*out.recording, s.audio);
  }
  if (!s.transcript.empty()) {
    out.transcript = take(read_transcript(read_input(s.transcript), {a.reps}), s.transcript);
  }
  return out;
}

Result<Session> attach(const Engine &engine, const std::string &id, const Arguments &a,
                       const Attachment &attachment) {
  if (attachment.transcript) return engine.attach_transcript(id, *attachment.transcript);
  return engine.attach_audio(id, attachment.recording->file(), {a.reps, a.channels, a.language});
}

void print_session(const Arguments &a, const Session &session) {
  if (a.session.json) return print(to_json(session));
  print(session_line(session, colors_wanted()) + next_step(session));
}

// The enum value with that name; the command line has checked that it exists.
template <class Enum>
std::optional<Enum> named(const std::string &word, std::initializer_list<Enum> values) {
  for (const Enum value : values) {
    if (word == name(value)) return value;
  }
  return std::nullopt;
}

SessionFilter filter_of(const Arguments &a) {
  using S = SessionStatus;
  SessionFilter out;
  out.owner = a.session.owner;
  out.customer = a.deal.customer;
  out.status = named(a.session.status,
                     {S::draft, S::uploading, S::processing, S::analyzing, S::pending_review,
                      S::scoring, S::completed, S::not_assessable, S::failed, S::erasing});
  out.band = named(a.session.band, {RiskBand::green, RiskBand::yellow, RiskBand::red});
  out.after = a.session.after;
  if (a.session.limit != 0) out.limit = a.session.limit;
  return out;
}

// Which sessions were left out of a list because they are damaged, and what can be done.
std::string damaged_line(const std::vector<Error> &damaged) {
  constexpr std::size_t most_named = 5;
  std::string out = fmt::format(
      "{} stored session{} left out, because {} damaged: ", damaged.size(),
      damaged.size() == 1 ? " is" : "s are", damaged.size() == 1 ? "it is" : "they are");
  for (std::size_t i = 0; i < std::min(most_named, damaged.size()); ++i) {
    out += (i == 0 ? "" : "; ") + to_string(damaged[i]);
  }
  if (damaged.size() > most_named) out += "; and more, see --json";
  return out +
         ". The other sessions can be used as before; restore these from a backup of the store";
}

// A text as JSON. Ids do not contain control characters.
std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

template <class Act>
void act_on_one(const Arguments &a, Act act) {
  const Engine engine = open_sessions(a);
  print_session(a, done_or_fail(act(engine, whole_id(engine, a.session.id))));
}

}  // namespace

void create_session(const Arguments &a) {
  NewSession wanted;
  wanted.customer = a.deal.customer;
  wanted.opportunity = a.deal.opportunity;
  wanted.deal_stage = a.deal.stage;
  wanted.decision_influencer = a.session.influencer;
  wanted.owner = a.session.owner;
  wanted.review = a.session.review;
  wanted.sales_call = sales_call_rule(a);
  wanted.policy = load_policy(a.policy);
  auto [checklist, cues] = load_checklist(a.checklist, a.cues);
  wanted.checklist = std::make_shared<const Checklist>(std::move(checklist));
  wanted.cues = std::move(cues);
  const Attachment attachment = readable_attachment(a);
  const Engine engine = open_sessions(a);
  Session session = done_or_fail(engine.create(wanted));
  if (attachment.transcript || attachment.recording) {
    auto attached = attach(engine, session.id, a, attachment);
    if (!attached) {
      throw Failure{failed, fmt::format("{}. The session was created without it; continue with "
                                        "`saleschecklist session attach {}`",
                                        to_string(attached.error()), session.id)};
    }
    session = *std::move(attached);
  }
  print_session(a, session);
}

void attach_to_session(const Arguments &a) {
  if (a.session.audio.empty() && a.session.transcript.empty()) {
    throw Failure{wrong_input, "session attach: expected --audio or --transcript"};
  }
  const Attachment attachment = readable_attachment(a);
  act_on_one(a, [&](const Engine &engine, const std::string &id) {
    return attach(engine, id, a, attachment);
  });
}

void list_sessions(const Arguments &a) {
  const SessionPage page = done_or_fail(open_sessions(a).list(filter_of(a)));
  if (a.session.json) {
    print(to_json(page));
  } else {
    std::string out = session_table(page.sessions, colors_wanted());
    if (!page.next.empty()) out += "For more, use --after " + page.next + "\n";
    print(out);
  }
  if (!page.damaged.empty()) throw Failure{failed, damaged_line(page.damaged)};
}

void show_session(const Arguments &a) {
  const Engine engine = open_sessions(a);
  const SessionResult result = done_or_fail(engine.result(whole_id(engine, a.session.id)));
  if (a.session.json) return print(a.session.all ? to_json(result) : to_json(result.session));
  print(session_lines(result, colors_wanted()) + next_step(result.session));
}

void approve_session(const Arguments &a) {
  act_on_one(a, [](const Engine &engine, const std::string &id) { return engine.approve(id); });
}

void retry_session(const Arguments &a) {
  act_on_one(a, [](const Engine &engine, const std::string &id) { return engine.retry(id); });
}

void erase_session(const Arguments &a) {
  const Engine engine = open_sessions(a);
  const std::string id = whole_id(engine, a.session.id);
  done_or_fail(engine.erase(id));
  if (a.session.json) return print(fmt::format("{{\"id\": {}, \"erased\": true}}\n", quoted(id)));
  print(
      fmt::format("Erased: {}. Its audit log remains: saleschecklist session audit {}\n", id, id));
}

}  // namespace cli
