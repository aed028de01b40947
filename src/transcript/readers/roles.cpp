// Who sells and who buys: named by the host, stated by labels, or inferred from what is said.
#include "base/errors.hpp"
#include "base/unicode.hpp"
#include "text/words.hpp"
#include "transcript/readers/readers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

namespace saleschecklist::transcript {
namespace {

struct Speaker {
  std::string name;
  std::string key;  // folded name
  std::size_t words = 0;
  int seller_points = 0;    // phrases of sellers, less phrases of buyers
  std::string best_phrase;  // the first phrase of a seller that was found
};

std::vector<Speaker> list_speakers(const Transcript &transcript) {
  std::vector<Speaker> speakers;
  std::map<std::string, std::size_t> index;
  for (const Utterance &u : transcript.utterances) {
    if (u.speaker.empty()) continue;
    const auto [found, added] = index.emplace(u.speaker, speakers.size());
    if (added) speakers.push_back({u.speaker, base::fold_key(u.speaker), 0, 0, {}});
    speakers[found->second].words += text::count_words(u.text);
  }
  return speakers;
}

void set_roles(Transcript &transcript, const std::map<std::string, Role> &roles) {
  for (Utterance &u : transcript.utterances) {
    const auto found = roles.find(u.speaker);
    u.role = found == roles.end() ? Role::unknown : found->second;
  }
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !base::is_alphanumeric(base::code_point_before(text, at).value);
    const std::size_t end = at + word.size();
    const bool ends =
        end == text.size() || !base::is_alphanumeric(base::code_point_at(text, end).value);
    if (begins && ends) return true;
  }
  return false;
}

// The speakers with the given name; if there are none, those whose name begins with it as a whole
// word.
std::vector<const Speaker *> matching(const std::vector<Speaker> &speakers,
                                      const std::string &given) {
  const std::string key = base::fold_key(given);
  std::vector<const Speaker *> exact, prefix;
  for (const Speaker &speaker : speakers) {
    if (speaker.key == key) exact.push_back(&speaker);
    const bool begins = speaker.key.rfind(key, 0) == 0 && has_word(speaker.key, key);
    if (begins) prefix.push_back(&speaker);
  }
  return exact.empty() ? prefix : exact;
}

Result<Transcript> roles_from_names(Transcript transcript, const std::vector<Speaker> &speakers,
                                    const std::vector<std::string> &names) {
  std::vector<std::string> known;
  known.reserve(speakers.size());
  for (const Speaker &speaker : speakers) known.push_back(speaker.name);
  std::map<std::string, Role> roles;
  for (const Speaker &speaker : speakers) roles[speaker.name] = Role::customer;
  for (const std::string &given : names) {
    const auto found = matching(speakers, given);
    if (found.size() == 1) {
      roles[found[0]->name] = Role::rep;
      continue;
    }
    const std::string list =
        known.empty() ? "none is named" : fmt::format("{}", fmt::join(known, ", "));
    return errors::invalid_argument(
        fmt::format("'{}' names {} of this transcript; expected one of its speakers: {}", given,
                    found.empty() ? "no speaker" : "more than one speaker", list));
  }
  set_roles(transcript, roles);
  transcript.role_source = RoleSource::given;
  transcript.role_reason = fmt::format("named by the host as seller: {}", fmt::join(names, ", "));
  return transcript;
}

// Labels that state a role: the word alone ("Customer 2"), or a title after a name ("Dana Reyes |
// Customer Success").
Role role_of_label(const std::string &key) {
  // Titles of sellers, which may contain a word for buyers.
  static constexpr std::array<std::string_view, 20> titles = {
      "customer success",  "customer engineer",   "customer solutions", "customer experience",
      "customer advocate", "client partner",      "client success",     "client executive",
      "client director",   "client manager",      "client services",    "client advisor",
      "client solutions",  "client relationship", "account executive",  "account manager",
      "account director",  "sales lead",          "lead sales",         "business development"};
  static constexpr std::array<std::string_view, 11> seller = {
      "rep",    "sales", "seller",   "salesperson", "sdr", "ae",
      "vendor", "agent", "presales", "pre-sales",   "bdr"};
  static constexpr std::array<std::string_view, 5> buyer = {"customer", "client", "prospect",
                                                            "buyer", "caller"};
  const auto named = [&](const auto &list) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view w) { return has_word(key, w); });
  };
  if (named(titles)) return Role::rep;
  if (named(buyer)) return Role::customer;
  // A lead is a buyer, and whoever leads something is not.
  const bool lead =
      key.rfind("lead", 0) == 0 && key.find_first_not_of("0123456789 #-", 4) == std::string::npos;
  if (lead) return Role::customer;
  return named(seller) ? Role::rep : Role::unknown;
}

bool roles_from_labels(Transcript &transcript, const std::vector<Speaker> &speakers) {
  std::map<std::string, Role> roles;
  std::size_t reps = 0, customers = 0;
  for (const Speaker &speaker : speakers) {
    const Role role = role_of_label(speaker.key);
    roles[speaker.name] = role;
    reps += role == Role::rep;
    customers += role == Role::customer;
  }
  if (reps == 0 && customers == 0) return false;
  if (reps == 0 || customers == 0) {
    // If only one side is labelled and there are two speakers, the other speaker is the other side.
    if (speakers.size() != 2) return false;
    const Role other = reps == 0 ? Role::rep : Role::customer;
    for (auto &[name, role] : roles) {
      if (role == Role::unknown) role = other;
    }
  }
  set_roles(transcript, roles);
  transcript.role_source = RoleSource::inferred;
  transcript.role_reason = "the speakers' labels state their roles";
  return true;
}

struct Habit {
  std::string_view phrase;
  int points;  // positive for a seller, negative for a buyer
};

// Phrases that one side of a sales call says far more often than the other.
constexpr std::array<Habit, 70> habits = {{
    {"thanks for taking the time", 3},
    {"thank you for taking the time", 3},
    {"thanks for making the time", 3},
    {"thanks for making time", 3},
    {"appreciate your time", 2},
    {"calling from", 2},
    {"our platform", 3},
    {"our product", 3},
    {"our solution", 3},
    {"our customers", 2},
    {"our clients", 1},
    {"our software", 2},
    {"our onboarding", 3},
    {"our pricing", 3},
    {"customers like you", 3},
    {"companies like yours", 3},
    {"other customers", 2},
    {"we offer", 3},
    {"we provide", 2},
    {"we specialize", 3},
    {"we work with", 2},
    {"share my screen", 3},
    {"let me show you", 3},
    {"i can show you", 3},
    {"walk you through", 3},
    {"walk me through", 2},
    {"i'll send you", 2},
    {"i will send you", 2},
    {"send over a proposal", 3},
    {"send you a proposal", 3},
    {"does that make sense", 2},
    {"how are you currently", 3},
    {"how do you currently", 3},
    {"what would it mean", 3},
    {"you mentioned", 3},
    {"you said", 2},
    {"you told me", 2},
    {"tell me more", 2},
    {"tell me about", 2},
    {"help me understand", 3},
    {"what happens if", 1},
    {"on your side", 2},
    {"on your end", 2},
    {"your team", 2},
    {"your current", 2},
    {"who else", 2},
    {"for you guys", 2},
    {"the way we work", 1},
    {"our implementation", 2},
    {"free trial", 1},
    {"we currently use", -3},
    {"we're currently using", -3},
    {"we use", -1},
    {"our cfo", -3},
    {"our ceo", -3},
    {"my boss", -3},
    {"our budget", -3},
    {"our board", -2},
    {"how much does it", -3},
    {"how much would", -3},
    {"what does it cost", -3},
    {"what's the price", -3},
    {"do you support", -3},
    {"do you integrate", -3},
    {"can your", -3},
    {"does your", -3},
    {"your pricing", -3},
    {"our current", -2},
    {"send me a quote", -3},
    {"send us a", -2},
}};

void hear_habits(const Transcript &transcript, std::vector<Speaker> &speakers) {
  std::map<std::string_view, Speaker *> by_name;
  for (Speaker &speaker : speakers) by_name[speaker.name] = &speaker;
  for (const Utterance &u : transcript.utterances) {
    const auto found = by_name.find(u.speaker);
    if (found == by_name.end() || !u.suspect.empty()) continue;
    const std::string text = base::fold_key(u.text);
    for (const Habit &habit : habits) {
      if (!has_word(text, habit.phrase)) continue;
      found->second->seller_points += habit.points;
      if (habit.points > 0 && found->second->best_phrase.empty()) {
        found->second->best_phrase = habit.phrase;
      }
    }
  }
}

// The speaker who scores highest as a seller, and any others who clearly are sellers too.
void roles_from_talk(Transcript &transcript, std::vector<Speaker> speakers) {
  constexpr int least_points = 5;  // two clear phrases more than the other side has
  if (speakers.size() < 2) {
    transcript.role_reason =
        speakers.empty() ? "the source names no speakers" : "only one speaker is named";
    return;
  }
  hear_habits(transcript, speakers);
  const auto most = std::max_element(
      speakers.begin(), speakers.end(),
      [](const Speaker &a, const Speaker &b) { return a.seller_points < b.seller_points; });
  const auto least = std::min_element(
      speakers.begin(), speakers.end(),
      [](const Speaker &a, const Speaker &b) { return a.seller_points < b.seller_points; });
  if (most->seller_points <= 0 || most->seller_points - least->seller_points < least_points) {
    transcript.role_reason =
        "no speaker clearly talks like the seller; name the seller to be certain";
    return;
  }
  std::map<std::string, Role> roles;
  for (const Speaker &speaker : speakers) {
    const bool sells = &speaker == &*most || (speaker.seller_points >= least_points &&
                                              speaker.seller_points * 3 >= most->seller_points);
    roles[speaker.name] = sells ? Role::rep : Role::customer;
  }
  set_roles(transcript, roles);
  transcript.role_source = RoleSource::inferred;
  transcript.role_reason =
      fmt::format("{} talks like the seller (\"{}\")", most->name, most->best_phrase);
}

}  // namespace

Result<Transcript> assign_roles(Transcript transcript, const ReadOptions &options) {
  std::vector<Speaker> speakers = list_speakers(transcript);
  if (!options.rep_names.empty()) {
    return roles_from_names(std::move(transcript), speakers, options.rep_names);
  }
  if (transcript.role_source == RoleSource::given) return transcript;
  if (!roles_from_labels(transcript, speakers)) roles_from_talk(transcript, std::move(speakers));
  return transcript;
}

}  // namespace saleschecklist::transcript
