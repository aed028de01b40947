#include "option_groups.hpp"

namespace cli {

void add_checklist(CLI::App *command, Arguments &a) {
  command->add_option("--checklist", a.checklist, "a built-in checklist or a JSON file")
      ->type_name("ID|FILE")
      ->capture_default_str();
}

CLI::Option *add_cues(CLI::App *command, Arguments &a) {
  return command
      ->add_option("--cues", a.cues,
                   "the phrases that the offline assessor matches, see schemas/cues.schema.json; "
                   "default: the cues of the built-in checklist")
      ->type_name("FILE");
}

void add_policy(CLI::App *command, Arguments &a) {
  command
      ->add_option("--policy", a.policy, "bands and scoring mode, see schemas/policy.schema.json")
      ->type_name("FILE");
}

void add_reps(CLI::App *command, Arguments &a) {
  command
      ->add_option("--rep", a.reps,
                   "the name of a seller in the transcript; default: roles are inferred")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

CLI::Option *add_sales_call(CLI::App *command, Arguments &a) {
  return command
      ->add_option("--sales-call", a.sales_call,
                   "whether this is a sales call; only sales calls get a score")
      ->type_name("ANSWER")
      ->check(CLI::IsMember({"auto", "yes", "no"}))
      ->capture_default_str();
}

saleschecklist::SalesCallRule sales_call_rule(const Arguments &a) {
  if (a.sales_call == "yes") return saleschecklist::SalesCallRule::yes;
  return a.sales_call == "no" ? saleschecklist::SalesCallRule::no
                              : saleschecklist::SalesCallRule::automatic;
}

void add_services(CLI::App *command, Arguments &a) {
  const auto add = [&](const char *name, auto &value, const char *what, const char *type) {
    return command->add_option(name, value, what)->type_name(type)->group(service_group);
  };
  add("--transcriber", a.transcriber,
      "the provider that transcribes a recording: assemblyai, deepgram, elevenlabs, openai or "
      "azure, "
      "as PROVIDER:MODEL or PROVIDER; auto: the first of these, without azure, that has a key",
      "ID")
      ->capture_default_str();
  add("--model", a.model,
      "the language model used to answer the checklist and write coaching: openai, azure, "
      "anthropic or gemini, as PROVIDER:MODEL or PROVIDER; offline: use no model and match "
      "phrases; auto: the first that has a key, else offline",
      "ID")
      ->capture_default_str();
  add("--key-file", a.key_file,
      "a file with keys in lines NAME=value, named as in the environment: OPENAI_API_KEY, "
      "AZURE_OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, ELEVENLABS_API_KEY, "
      "DEEPGRAM_API_KEY, ASSEMBLYAI_API_KEY",
      "FILE");
  add("--base-url", a.base_urls, "the URL of an OpenAI-compatible server; or PROVIDER=URL", "URL")
      ->allow_extra_args(false);
  add("--budget", a.budget, "stop asking the model after this many dollars, or after 'N tokens'",
      "LIMIT");
  add("--prices", a.prices,
      "the prices of models, for estimates and a budget in dollars, see schemas/prices.json",
      "FILE");
  add("--context", a.context,
      "the context of the model in tokens; default: as the service tells it, or as is known", "N")
      ->check(CLI::Range(1, 100'000'000));
  add("--max-output", a.max_output, "the most tokens that the model may write in one reply", "N")
      ->check(CLI::Range(1, 100'000'000));
  add("--effort", a.effort,
      "how much a reasoning model reasons, in the service's own word, such as low or high",
      "LEVEL");
  add("--votes", a.votes, "ask the model N times; confidence is the share of equal answers", "N")
      ->check(CLI::Range(1, 9))
      ->capture_default_str();
  command
      ->add_flag("--allow-partial", a.allow_partial,
                 "accept a result in which the model has left items unanswered; otherwise the exit "
                 "status is 4")
      ->group(service_group);
  auto *record =
      add("--record", a.record, "record all requests and replies in DIR (keys are removed)", "DIR");
  add("--replay", a.replay, "send nothing; replay from a folder written by --record", "DIR")
      ->excludes(record);
}

void add_hints(CLI::App *command, Arguments &a) {
  command
      ->add_option("--language", a.language,
                   "the language of a recording, such as pl or Polish; default: it is detected")
      ->type_name("CODE")
      ->group(service_group);
  command
      ->add_option("--channel", a.channels, "the speakers of a recording's left and right channel")
      ->type_name("NAME")
      ->group(service_group)
      ->allow_extra_args(false);
}

}  // namespace cli
