// Summaries and lists of tasks around a conversation.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/support.hpp"
#include "transcript/sample_call.hpp"

namespace saleschecklist::test {
namespace {

std::string in_form(const std::string &form) {
  return call_of([&](std::size_t i, const std::string &name, const std::string &said) {
    return fmt::format(fmt::runtime(form), name, seconds[i], said);
  });
}

const std::vector<std::string> forms = {"{0}: {2}\n",
                                        "{0}: {2}\n\n",
                                        "**{0}:** {2}\n\n",
                                        "[0:{1:02}] {0}: {2}\n",
                                        "{0}  0:{1:02}\n{2}\n\n",
                                        "{0}\n{2}\n\n"};

}  // namespace

TEST_CASE("summaries and tasks above the talk are left out with a notice") {
  for (const std::string &form : forms) {
    for (const char *head :
         {"Summary:\nThey talked about routes.\n\nAction items:\nDana sends a quote.\n\n"
          "Transcript:\n",
          "Summary: They talked about routes.\nAction items: Dana sends a quote.\nTranscript:\n",
          "Summary: They talked about routes. It went well.\n\nAction items: Dana sends a "
          "quote.\n\n"
          "Transcript:\n\n",
          "Summary: They talked.\n\nAction items: none.\n\n",
          "## Summary\n\nThey talked about routes.\n\n## Action items\n\n- Dana: send a quote\n\n"
          "## Transcript\n\n",
          "# Call\n\n**Summary:** They talked.\n\n**Action items:** A quote.\n\n"
          "**Transcript:**\n\n",
          "Summary\nThey talked about routes.\n\nNext steps\nDana sends a quote.\n\nTranscript\n",
          "Zusammenfassung: Es ging um Routen.\n\nAufgaben: Angebot senden.\n\nTranskript:\n",
          "Summary:\nThey talked about routes.\n\nAction items:\nDana sends a quote.\n\n"}) {
      CAPTURE(form);
      CHECK_FALSE(check_call(head + in_form(form)).warnings.empty());
    }
  }
}

TEST_CASE("summaries and tasks below the talk are left out with a notice") {
  for (const std::string &form : forms) {
    for (const char *foot :
         {"\nSummary: They agreed to meet.\n", "\nSummary: They agreed.\nAction items: A quote.\n",
          "\nSummary: They agreed.\n\nAction items: A quote.\n\nNext steps: Thursday.\n",
          "\nSummary:\nThey agreed.\n\nAction items:\n- Dana Reyes: send it\n",
          "\n## Summary\n\nThey agreed.\n\n## Action items\n\n- Lee Okafor: read it\n",
          "\n**Summary:** They agreed.\n\n**Action items:** A quote.\n"}) {
      CAPTURE(form);
      CHECK_FALSE(check_call(in_form(form) + foot).warnings.empty());
    }
  }
}

TEST_CASE("a summary that somebody speaks stays with the speaker") {
  const auto read = read_transcript(call_of([](std::size_t i, const auto &name, const auto &said) {
    return fmt::format("{}: {}{}\n", name, said, i == 2 ? "\nSummary: you lose two hours." : "");
  }));
  REQUIRE(read);
  REQUIRE(read->utterances.size() == words.size());
  CHECK(read->utterances[2].speaker == "Dana Reyes");
  CHECK(read->utterances[2].text == words[2] + " Summary: you lose two hours.");
}

}  // namespace saleschecklist::test
