#include "session_command_line.hpp"

#include "option_groups.hpp"

namespace cli {
namespace {

using Command = void (*)(const Arguments &);

// The options of every session command: the store and the actor.
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

  // The same for one session.
  CLI::App *add_of_one(const char *name, const char *what, Command command) const {
    CLI::App *const out = add(name, what, command);
    out->add_option("ID", a_.session.id,
                    "the id of the session, or at least its first 8 characters")
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
        "the store of sessions: sqlite:FILE or postgresql://...; default: SALESCHECKLIST_STORE, or "
        "a file in the user's data folder")
        ->envname("SALESCHECKLIST_STORE");
    place("--blobs", s.blobs,
          "the store of recordings and reports: file:FOLDER or s3://BUCKET/PREFIX (with keys in "
          "AWS_ACCESS_KEY_ID and so on); default: SALESCHECKLIST_BLOBS, or the user's data folder")
        ->envname("SALESCHECKLIST_BLOBS");
    command->add_option("--actor", s.actor, "who acts, for the audit log; default: the login name")
        ->type_name("NAME")
        ->group("Places");
    command->add_flag("--json", s.json, "print JSON");
  }

  CLI::App *parent_;
  Arguments &a_;
  std::function<void()> &run_;
};

void add_redaction(CLI::App *command, SessionArguments &s) {
  command->add_flag(
      "--redact", s.redact,
      "redact cards, accounts, phone numbers and e-mail addresses in the transcript before it is "
      "stored; a recording is erased once it is transcribed");
  command->add_option("--redact-name", s.redact_names, "also redact this name")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

void add_attachment(CLI::App *command, Arguments &a) {
  auto *audio = command->add_option("--audio", a.session.audio, "the recording of the call");
  audio->type_name("FILE|-");
  command
      ->add_option("--transcript", a.session.transcript,
                   "the transcript of the call, in any readable format")
      ->type_name("FILE|-")
      ->excludes(audio);
  add_reps(command, a);
  add_hints(command, a);
  add_redaction(command, a.session);
}

// Options for running the stages of a session, and for their cost.
void add_work(CLI::App *command, Arguments &a) {
  command->add_option("--until", a.session.until, "the last stage to run")
      ->type_name("STAGE")
      ->check(CLI::IsMember({"transcribe", "assess", "score", "coach", "speak"}))
      ->capture_default_str();
  add_redaction(command, a.session);
  command->add_flag("--quiet", a.quiet, "print neither result nor progress");
  add_services(command, a);
  command
      ->add_option(
          "--voice", a.session.voice,
          "the provider that speaks the coaching: elevenlabs, openai, azure or auto; default: none")
      ->type_name("ID")
      ->group(service_group);
}

void add_create(const Sessions &sessions, Arguments &a) {
  auto *command =
      sessions.add("create", "create a session for a conversation of one deal", create_session);
  command->add_option("--customer", a.deal.customer, "the company")->type_name("NAME")->required();
  command->add_option("--opportunity", a.deal.opportunity, "what is being sold")
      ->type_name("NAME")
      ->required();
  const auto name = [&](const char *option, std::string &value, const char *what) {
    command->add_option(option, value, what)->type_name("NAME");
  };
  name("--stage", a.deal.stage, "the stage of the deal");
  name("--influencer", a.session.influencer, "who influences the decision");
  name("--owner", a.session.owner, "who owns the deal");
  add_checklist(command, a);
  add_cues(command, a);
  add_policy(command, a);
  add_sales_call(command, a);
  command->add_flag("--review", a.session.review,
                    "hold the session after it is assessed until a person approves it");
  add_attachment(command, a);
}

void add_list(const Sessions &sessions, Arguments &a) {
  auto *command = sessions.add("list", "list the sessions, newest first", list_sessions);
  SessionArguments &s = a.session;
  command->add_option("--owner", s.owner, "only sessions of this owner")->type_name("NAME");
  command->add_option("--customer", a.deal.customer, "only sessions with this customer")
      ->type_name("NAME");
  command->add_option("--status", s.status, "only sessions in this status")
      ->type_name("STATUS")
      ->check(CLI::IsMember({"draft", "uploading", "processing", "analyzing", "pending_review",
                             "scoring", "completed", "not_assessable", "failed", "erasing"}));
  command->add_option("--band", s.band, "only sessions in this band")
      ->type_name("BAND")
      ->check(CLI::IsMember({"green", "yellow", "red"}));
  command->add_option("--limit", s.limit, "list at most this many (default: 100)")
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command->add_option("--after", s.after, "continue after the end of the previous list")
      ->type_name("CURSOR");
}

void add_correcting(const Sessions &sessions, Arguments &a) {
  auto *answer = sessions.add_of_one("override", "replace the answer to an item with a person's",
                                     override_answer);
  answer->add_option("ITEM", a.session.item, "the id of the item, such as mentor.07")->required();
  answer->add_option("ANSWER", a.session.answer, "the correct answer")
      ->required()
      ->check(CLI::IsMember({"yes", "no", "denied", "not_applicable"}));
  answer->add_option("--reason", a.session.reason, "the reason, which is stored")
      ->type_name("TEXT")
      ->required();
  auto *rescore = sessions.add_of_one(
      "rescore", "score under another policy, for another checklist, or as a sales call or not",
      rescore_session);
  auto *checklist = rescore->add_option("--checklist", a.session.checklist,
                                        "a built-in checklist or a JSON file");
  checklist->type_name("ID|FILE");
  add_cues(rescore, a)->needs(checklist);
  rescore
      ->add_option("--policy", a.policy, "bands and scoring mode, see schemas/policy.schema.json")
      ->type_name("FILE")
      ->excludes(checklist);
  add_sales_call(rescore, a);
}

void add_editing(const Sessions &sessions, Arguments &a) {
  SessionArguments &s = a.session;
  sessions.add_of_one("transcript", "print the transcript with the numbers of its utterances",
                      show_session_transcript);
  const auto add = [&](const char *name, const char *what, Command command) {
    return sessions.add_of_one(name, what, command);
  };
  const auto speaker = [&](CLI::App *command) {
    command->add_option("SPEAKER", s.speaker, "the speaker, exactly as in the transcript")
        ->required();
  };
  auto *rename = add("rename-speaker", "give a speaker another name", rename_speaker);
  speaker(rename);
  rename->add_option("NAME", s.name, "the new name")->required();
  auto *merge = add("merge-speakers", "give the words of speakers to another one", merge_speakers);
  merge->add_option("INTO", s.name, "the speaker who said it all")->required();
  merge->add_option("SPEAKER", s.speakers, "those whose words these are not")->required();
  auto *split = add("split-speaker", "give utterances to another speaker", split_speaker);
  split->add_option("NAME", s.name, "who said them: a speaker of the call, or a new one")
      ->required();
  split
      ->add_option("UTTERANCE", s.utterances,
                   "the numbers of the utterances, see `session transcript`")
      ->required();
  auto *correct = add("correct", "replace the words of an utterance", correct_utterance);
  correct
      ->add_option("UTTERANCE", s.utterance,
                   "the number of the utterance, see `session transcript`")
      ->required();
  correct->add_option("TEXT", s.text, "what was said")->required();
  auto *role = add("set-role", "set the side of a speaker", set_role);
  speaker(role);
  role->add_option("ROLE", s.role, "rep, customer or unknown")
      ->required()
      ->check(CLI::IsMember({"rep", "customer", "unknown"}));
}

void add_reading(const Sessions &sessions, Arguments &a) {
  auto *report = sessions.add_of_one("report", "print the scorecard, or write the report as PDF",
                                     report_session);
  report->add_option("--pdf", a.pdf, "write the report as PDF")->type_name("FILE|-");
  report->add_option("--coach-audio", a.session.coach_audio, "write the spoken coaching")
      ->type_name("FILE|-");
  sessions.add_of_one("history", "list every version of the score", show_history);
  auto *audit = sessions.add_of_one(
      "audit", "print the audit log; for an erased session, give its whole id", show_audit);
  audit->add_flag("--verify", a.session.verify,
                  "check that nothing was changed outside the program; the exit status is 1 if "
                  "something was");
}

}  // namespace

void add_sessions(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *group = app.add_subcommand("session", "create, run and review stored sessions");
  group->require_subcommand(1);
  const Sessions sessions(group, a, run);
  add_create(sessions, a);
  auto *attach =
      sessions.add_of_one("attach", "attach a recording or a transcript", attach_to_session);
  add_attachment(attach, a);
  add_list(sessions, a);
  auto *show = sessions.add_of_one("show", "show a session", show_session);
  show->add_flag("--all", a.session.all,
                 "with --json: also the transcript, answers, score and coaching");
  add_work(
      sessions.add_of_one(
          "run", "run the remaining stages; replies that were received are not requested again",
          run_session),
      a);
  add_correcting(sessions, a);
  add_editing(sessions, a);
  add_reading(sessions, a);
  sessions.add_of_one("approve", "approve a session that is held for review", approve_session);
  sessions.add_of_one("retry", "make a failed session ready to run again", retry_session);
  sessions.add_of_one("erase", "erase everything of a session except its audit log", erase_session);
}

void add_worker(CLI::App &app, Arguments &a, std::function<void()> &run) {
  auto *command = Sessions(&app, a, run)
                      .add("worker",
                           "run waiting sessions, the longest waiting first, until none are left; "
                           "several workers may share a store",
                           work_on_sessions);
  command
      ->add_option("--limit", a.session.limit, "stop after this many; default: when none are left")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  add_work(command, a);
}

}  // namespace cli
