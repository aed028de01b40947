#include "evidence/opposition.hpp"

#include <map>
#include <string_view>
#include <utility>

namespace saleschecklist::evidence {
namespace {

// A speaker's last word.
struct LastWord {
  std::pair<std::size_t, std::size_t> place{0, 0};  // utterance, byte
  bool affirms = false;
};

}  // namespace

Answer weigh(const Transcript &transcript, const std::vector<Evidence> &quotes_for,
             const std::vector<Evidence> &quotes_against) {
  std::map<std::string_view, LastWord> speakers;
  const auto hear = [&](const std::vector<Evidence> &quotes, bool affirms) {
    for (const Evidence &e : quotes) {
      const std::pair place(e.utterance, e.begin);
      const auto [last, added] = speakers.try_emplace(transcript.utterances[e.utterance].speaker,
                                                      LastWord{place, affirms});
      if (!added && place >= last->second.place) last->second = {place, affirms};
    }
  };
  hear(quotes_for, true);
  hear(quotes_against, false);
  bool yes = false, no = false;
  for (const auto &[speaker, last] : speakers) (last.affirms ? yes : no) = true;
  return yes && no ? Answer::ambiguous
         : yes     ? Answer::yes
         : no      ? Answer::denied
                   : Answer::unanswered;
}

}  // namespace saleschecklist::evidence
