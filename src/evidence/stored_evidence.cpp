#include "evidence/stored_evidence.hpp"
#include "base/errors.hpp"

#include <fmt/format.h>

namespace saleschecklist::evidence {
namespace {

Error fault(std::string message, std::string where) {
  return errors::invalid_argument(std::move(message), std::move(where));
}

bool stands(const Transcript &transcript, const Evidence &e) {
  if (e.utterance >= transcript.utterances.size() || e.begin > e.end) return false;
  const std::string &text = transcript.utterances[e.utterance].text;
  return e.end <= text.size() && !e.quote.empty() &&
         std::string_view(text).substr(e.begin, e.end - e.begin) == e.quote;
}

std::optional<Error> quote_fault(const Transcript &transcript, const std::vector<Evidence> &quotes,
                                 const std::string &where) {
  for (std::size_t e = 0; e < quotes.size(); ++e) {
    const std::string here = fmt::format("{}/{}", where, e);
    if (!stands(transcript, quotes[e])) {
      return fault("the quote is not in the transcript at its place", here);
    }
    const std::string &suspect = transcript.utterances[quotes[e].utterance].suspect;
    if (!suspect.empty()) return fault("the quote is of suspect words: " + suspect, here);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> evidence_fault(const Transcript &transcript,
                                    const std::vector<Response> &responses) {
  for (std::size_t r = 0; r < responses.size(); ++r) {
    const Response &response = responses[r];
    const std::string where = fmt::format("/responses/{}", r);
    if (auto error = quote_fault(transcript, response.evidence, where + "/evidence")) return error;
    if (auto error =
            quote_fault(transcript, response.contrary_evidence, where + "/contrary_evidence")) {
      return error;
    }
    const bool claimed =
        response.support == Support::verified || response.support == Support::repaired;
    if (claimed && response.evidence.empty()) {
      return fault(fmt::format("{} support without evidence", name(response.support)),
                   where + "/support");
    }
  }
  return std::nullopt;
}

std::optional<Error> moment_fault(const Transcript &transcript, const Coaching &coaching) {
  for (std::size_t i = 0; i < coaching.moments.size(); ++i) {
    const Moment &moment = coaching.moments[i];
    const bool found =
        moment.utterance < transcript.utterances.size() &&
        transcript.utterances[moment.utterance].text.find(moment.quote) != std::string::npos;
    const std::string here = fmt::format("/coaching/moments/{}", i);
    if (!found) return fault("the quote is not in that utterance", here);
    const std::string &suspect = transcript.utterances[moment.utterance].suspect;
    if (!suspect.empty()) return fault("the quote is of suspect words: " + suspect, here);
  }
  return std::nullopt;
}

}  // namespace saleschecklist::evidence
