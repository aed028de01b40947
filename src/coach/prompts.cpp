#include "coach/prompts.hpp"

#include "assess/model/prompts.hpp"

#include <fmt/format.h>

namespace saleschecklist::coaching {

std::string coach_instructions() {
  return fmt::format(
      "You coach a salesperson after a call that was checked against a checklist. You get the "
      "score, what was proven with quotes, and what is still open. Speak to the salesperson as "
      "'you', plainly and warmly, without flattery; every sentence should be about this call.\n"
      "\n"
      "{0}.\n"
      "\n"
      "Write:\n"
      "- feedback_text: 220 to 280 words in short paragraphs: where the deal stands, what worked "
      "and by what words of the customer, what is missing and why that matters, and how to find "
      "out. Do not compute or change the score.\n"
      "- strengths and improvement_areas: two or three each; a point of a few words and one or "
      "two sentences of explanation. If nothing was proven, strengths is empty; if nothing is "
      "open, improvement_areas is.\n"
      "- first_change: the one behaviour to change first, as one sentence.\n"
      "- action_items: exactly three, for the next call, each something that one can do or ask "
      "word for word.\n"
      "- moments: up to three places worth hearing again, each with the number of its line, words "
      "copied letter by letter out of that line, and the id of the item. Each is checked.\n"
      "Put quotation marks only around words that stand in the material, or around a question "
      "that you propose to ask.\n"
      "\n"
      "Reply with one JSON object by the schema and nothing around it.",
      assessing::fence_rule);
}

}  // namespace saleschecklist::coaching
