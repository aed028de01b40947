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
                   "what is listened for where no model judges, see schemas/cues.schema.json; else "
                   "the cues of a built-in checklist")
      ->type_name("FILE");
}

void add_policy(CLI::App *command, Arguments &a) {
  command
      ->add_option("--policy", a.policy, "bands and scoring mode, see schemas/policy.schema.json")
      ->type_name("FILE");
}

void add_reps(CLI::App *command, Arguments &a) {
  command->add_option("--rep", a.reps, "a seller's name in the transcript; else roles are inferred")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

void add_services(CLI::App *command, Arguments &a) {
  const auto add = [&](const char *name, auto &value, const char *what, const char *type) {
    return command->add_option(name, value, what)->type_name(type)->group(service_group);
  };
  add("--transcriber", a.transcriber,
      "who hears a recording: openai, azure or elevenlabs, as PROVIDER:MODEL or PROVIDER; auto: "
      "the "
      "first that has a key",
      "ID")
      ->capture_default_str();
  add("--model", a.model,
      "who judges and coaches: openai, azure, anthropic or gemini; offline: nobody, the program "
      "listens for phrases; auto: the first that has a key, else offline",
      "ID")
      ->capture_default_str();
  add("--key-file", a.key_file,
      "a file of lines NAME=value with keys, named as in the environment: OPENAI_API_KEY, "
      "AZURE_OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, ELEVENLABS_API_KEY",
      "FILE");
  add("--base-url", a.base_urls,
      "the address of a server that speaks like OpenAI's, or PROVIDER=URL", "URL")
      ->allow_extra_args(false);
  add("--budget", a.budget, "stop asking the model at so many dollars, or 'N tokens'", "LIMIT");
  add("--votes", a.votes, "ask so many times; agreement becomes confidence", "N")
      ->check(CLI::Range(1, 9))
      ->capture_default_str();
  auto *record = add("--record", a.record, "keep every exchange in a folder, without keys", "DIR");
  add("--replay", a.replay, "send nothing: answer from such a folder", "DIR")->excludes(record);
}

void add_hints(CLI::App *command, Arguments &a) {
  command->add_option("--language", a.language, "of a recording, such as pl; else it is detected")
      ->type_name("CODE")
      ->group(service_group);
  command
      ->add_option("--channel", a.channels,
                   "the speaker of a recording's left, then of its right channel")
      ->type_name("NAME")
      ->group(service_group)
      ->allow_extra_args(false);
}

}  // namespace cli
