#include "turns/prompts.hpp"

#include "assess/model/prompt_transcript.hpp"
#include "assess/model/prompts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace saleschecklist::turns {

std::string turns_instructions() {
  return fmt::format(
      "A conversation was written down without saying who spoke. You get its lines in order, and "
      "find out from the words alone who speaks each.\n"
      "\n"
      "The lines. Each is '#number: words'; one person speaks it. Lines that were settled before "
      "name their speaker: keep these numbers for the same people.\n"
      "{0}; go on finding out who speaks.\n"
      "\n"
      "How to tell. Several lines in a row are often one person's. A question is mostly answered "
      "by somebody else; short words of assent come from the listener; thanks and names are said "
      "to others. People keep to what they know: their own firm, prices and product on one side, "
      "their needs, doubts and deadlines on the other. Assume two speakers unless the words show "
      "more. If the speaker of a line cannot be told, its speaker is 0: a gap does less harm than "
      "words in the wrong mouth.\n"
      "\n"
      "Roles. In a sales conversation the rep sells and the customer buys; colleagues share their "
      "side's role. If it is no sales conversation or the side is in doubt, the role is unknown.\n"
      "\n"
      "Reply with one JSON object by the schema and nothing around it: everyone who speaks in the "
      "lines asked about, and each turn with the number of its first line.",
      assessing::fence_rule);
}

std::string turns_question(std::size_t first, std::size_t last,
                           const std::vector<std::string> &rep_names, const std::string &fault) {
  constexpr std::size_t most_names = 8, most_name_bytes = 60;
  std::string out;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(rep_names.size(), most_names); ++i) {
    names.push_back(assessing::clipped(assessing::one_line(rep_names[i]), most_name_bytes));
  }
  if (!names.empty()) {
    out += fmt::format("Who sells is called: {}. ", fmt::join(names, ", "));
  }
  if (!fault.empty()) out += fmt::format("Your last reply could not be used: {}. ", fault);
  return out + fmt::format("Who speaks the lines #{} to #{}? The first turn begins with line {}.",
                           first, last - 1, first);
}

}  // namespace saleschecklist::turns
