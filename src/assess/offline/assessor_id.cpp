#include "assess/offline/assessor_id.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::assessing {
namespace {

constexpr std::string_view listener = "offline-cues/";
constexpr int listener_version = 3;  // changes whenever the same cues give other answers
constexpr std::size_t digits_shown = 8;

std::size_t run_of(std::string_view text, std::string_view characters) {
  return std::min(text.find_first_not_of(characters), text.size());
}

// The parts of an id of the offline assessor; both are empty for any other id.
struct OfflineId {
  std::string_view name;    // "offline-cues/3"
  std::string_view digits;  // ":1a2b3c4d" or empty

  explicit OfflineId(std::string_view id) {
    if (id.substr(0, listener.size()) != listener) return;
    const std::size_t version = run_of(id.substr(listener.size()), "0123456789");
    if (version == 0) return;
    name = id.substr(0, listener.size() + version);
    const std::string_view rest = id.substr(name.size());
    if (rest.substr(0, 1) != ":") return;
    if (run_of(rest.substr(1), "0123456789abcdef") != digits_shown) return;
    digits = rest.substr(0, 1 + digits_shown);
  }
};

}  // namespace

std::string offline_assessor(const Cues &cues) {
  return fmt::format("{}{}:{}", listener, listener_version,
                     fingerprint(cues).substr(0, digits_shown));
}

bool is_offline_assessor(std::string_view id) {
  const OfflineId parts(id);
  return !parts.name.empty() && parts.name.size() + parts.digits.size() == id.size();
}

std::string without_cue_digits(std::string_view assessor) {
  const OfflineId parts(assessor);
  return std::string(parts.name) +
         std::string(assessor.substr(parts.name.size() + parts.digits.size()));
}

std::string no_cues_notice(const std::string &checklist_id) {
  return fmt::format(
      "There are no cues for the checklist '{}', so the offline assessor could answer none of its "
      "items. "
      "Pass cues with the checklist, or use a model.",
      checklist_id);
}

}  // namespace saleschecklist::assessing
