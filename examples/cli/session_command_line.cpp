#include "session_command_line.hpp"

#include "option_groups.hpp"

namespace cli {
namespace {

using Command = void (*)(const Arguments &);

// What every command of sessions has: where they are, and in whose name it is done.
class Sessions {
 public:
  Sessions(CLI::App *parent, Arguments &a, std::function<void()> &run)
      : parent_(parent), a_(a), run_(run) {}

  CLI::App *add(const char *name, const char *what, Command command) const {
    CLI::App *const out = parent_->add_subcommand(name, what);
    add_places(out);
    out->callback(
        [command, this_ = *this] { this_.run_ = [command, &a = this_.a_] { command(a); }; });
    return out;
  }

  // The same of one session.
  CLI::App *add_of_one(const char *name, const char *what, Command command) const {
    CLI::App *const out = add(name, what, command);
    out->add_option("ID", a_.session.id, "the session, or the first 8 or more characters of its id")
        ->required();
    return out;
  }

 private:
  void add_places(CLI::App *command) const {
    SessionArguments &s = a_.session;
    const auto place = [&](const char *name, std::string &value, const char *what) {
      return command->add_option(name, value, what)->type_name("URL")->group("Places");
    };
    place(
        "--store", s.store,
        "where sessions are kept: sqlite:FILE or postgresql://...; else what SALESCHECKLIST_STORE "
        "says, else a file in the user's data folder")
        ->envname("SALESCHECKLIST_STORE");
    place("--blobs", s.blobs,
          "where recordings and reports are kept: file:FOLDER or s3://BUCKET/PREFIX (keys as "
          "Amazon's tools have them: AWS_ACCESS_KEY_ID ...); else what SALESCHECKLIST_BLOBS says, "
          "else the user's data folder")
        ->envname("SALESCHECKLIST_BLOBS");
    command->add_option("--actor", s.actor, "who does it, for the audit log; else the login name")
        ->type_name("NAME")
        ->group("Places");
    command->add_flag("--json", s.json, "print JSON, for programs");
  }

  CLI::App *parent_;
  Arguments &a_;
  std::function<void()> &run_;
};

void add_redaction(CLI::App *command, SessionArguments &s) {
  command->add_flag(
      "--redact", s.redact,
      "take cards, accounts, phone numbers and e-mail addresses out of the transcript "
      "before it is kept; a recording is erased once it was heard");
  command->add_option("--redact-name", s.redact_names, "a name to be taken out, too")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

void add_attachment(CLI::App *command, Arguments &a) {
  auto *audio = command->add_option("--audio", a.session.audio, "the recording of the call");
  audio->type_name("FILE");
  command->add_option("--transcript", a.session.transcript, "what was said, in any readable format")
      ->type_name("FILE|-")
      ->excludes(audio);
  add_reps(command, a);
  add_hints(command, a);
  add_redaction(command, a.session);
}

// What may be done to a session, and what that may cost.
void add_work(CLI::App *command, Arguments &a) {
  command->add_option("--until", a.session.until, "the last stage to do")
      ->type_name("STAGE")
      ->check(CLI::IsMember({"transcribe", "assess", "score", "coach", "speak"}))
      ->capture_default_str();
  add_redaction(command, a.session);
  command->add_flag("--quiet", a.quiet, "no result, no progress");
  add_services(command, a);
  command
      ->add_option("--voice", a.session.voice,
                   "who speaks the coaching: elevenlabs, openai, azure, or auto; else nobody does")
      ->type_name("ID")
      ->group(service_group);
}

void add_create(const Sessions &sessions, Arguments &a) {
  auto *command =
      sessions.add("create", "begin a session: a conversation of one deal", create_session);
  command->add_option("--customer", a.deal.customer, "the company")->type_name("NAME")->required();
  command->add_option("--opportunity", a.deal.opportunity, "what is to be sold")
      ->type_name("NAME")
      ->required();
  const auto name = [&](const char *option, std::string &value, const char *what) {
    command->add_option(option, value, what)->type_name("NAME");
  };
  name("--stage", a.deal.stage, "of the deal");
  name("--influencer", a.session.influencer, "who influences the decision");
  name("--owner", a.session.owner, "whose deal it is");
  add_checklist(command, a);
  add_cues(command, a);
  add_policy(command, a);
  command->add_flag("--review", a.session.review,
                    "hold it when it is judged, until somebody approves");
  add_attachment(command, a);
}

void add_list(const Sessions &sessions, Arguments &a) {
  auto *command = sessions.add("list", "the sessions, newest first", list_sessions);
  SessionArguments &s = a.session;
  command->add_option("--owner", s.owner, "only of this owner")->type_name("NAME");
  command->add_option("--customer", a.deal.customer, "only with this customer")->type_name("NAME");
  command->add_option("--status", s.status, "only in this status")
      ->type_name("STATUS")
      ->check(CLI::IsMember({"draft", "uploading", "processing", "analyzing", "pending_review",
                             "scoring", "completed", "failed", "erasing"}));
  command->add_option("--band", s.band, "only with this risk")
      ->type_name("BAND")
      ->check(CLI::IsMember({"green", "yellow", "red"}));
  command->add_option("--limit", s.limit, "at most so many (default: 100)")
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command->add_option("--after", s.after, "go on where a list ended")->type_name("CURSOR");
}

void add_correcting(const Sessions &sessions, Arguments &a) {
  auto *answer =
      sessions.add_of_one("override", "give a person's answer to an item", override_answer);
  answer->add_option("ITEM", a.session.item, "its id, such as mentor.07")->required();
  answer->add_option("ANSWER", a.session.answer, "the right answer")
      ->required()
      ->check(CLI::IsMember({"yes", "no", "not_applicable"}));
  answer->add_option("--reason", a.session.reason, "why; it is kept")
      ->type_name("TEXT")
      ->required();
  auto *rescore = sessions.add_of_one(
      "rescore", "compute the score by another policy or for another checklist", rescore_session);
  auto *checklist = rescore->add_option("--checklist", a.session.checklist,
                                        "a built-in checklist or a JSON file");
  checklist->type_name("ID|FILE");
  add_cues(rescore, a)->needs(checklist);
  rescore
      ->add_option("--policy", a.policy, "bands and scoring mode, see schemas/policy.schema.json")
      ->type_name("FILE")
      ->excludes(checklist);
}

void add_reading(const Sessions &sessions, Arguments &a) {
  auto *report =
      sessions.add_of_one("report", "the scorecard, or the report as PDF", report_session);
  report->add_option("--pdf", a.pdf, "write the report")->type_name("FILE|-");
  report->add_option("--coach-audio", a.session.coach_audio, "write the spoken coaching")
      ->type_name("FILE|-");
  sessions.add_of_one("history", "every version of the score", show_history);
  auto *audit = sessions.add_of_one(
      "audit", "what happened to it; of an erased session, too, by its whole id", show_audit);
  audit->add_flag("--verify", a.session.verify,
                  "check that nothing of it was changed behind the program's back; exit status 1 "
                  "if something was");
}

}  // namespace

void add_sessions(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *group =
      app.add_subcommand("session", "conversations that are kept, and worked on in steps");
  group->require_subcommand(1);
  const Sessions sessions(group, a, run);
  add_create(sessions, a);
  auto *attach = sessions.add_of_one("attach", "give it a recording or a transcript to work on",
                                     attach_to_session);
  add_attachment(attach, a);
  add_list(sessions, a);
  auto *show = sessions.add_of_one("show", "what is known about one", show_session);
  show->add_flag("--all", a.session.all,
                 "with --json: its transcript, answers, score and coaching, too");
  add_work(sessions.add_of_one(
               "run", "do what is left to do; what was answered is never asked again", run_session),
           a);
  add_correcting(sessions, a);
  add_reading(sessions, a);
  sessions.add_of_one("approve", "a person has looked at it: it goes on", approve_session);
  sessions.add_of_one("retry", "put a failed one back to be worked on", retry_session);
  sessions.add_of_one("erase", "remove all of it but its audit log, for good", erase_session);
}

void add_worker(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = Sessions(&app, a, run)
                      .add("worker",
                           "run the sessions that wait for it, the longest waiting first, until "
                           "none is left; several workers may share a store",
                           work_on_sessions);
  command->add_option("--limit", a.session.limit, "end after so many; else when none is waiting")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  add_work(command, a);
}

}  // namespace cli
