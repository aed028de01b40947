// Everything known about one call, and its rendering for people.
#ifndef SALESCHECKLIST_REPORT_HPP
#define SALESCHECKLIST_REPORT_HPP

#include <saleschecklist/analysis.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/language_model.hpp>
#include <saleschecklist/log.hpp>
#include <saleschecklist/metrics.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/transcript.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// The deal that the call belongs to; every field may be empty.
struct Deal {
  std::string customer;
  std::string opportunity;
  std::string stage;
};

struct Report {
  Deal deal;
  Checklist checklist;
  std::string checklist_fingerprint;  // fingerprint(checklist)
  Transcript transcript;
  Metrics metrics;
  std::vector<Response> responses;  // one per item, in checklist order
  Score score;
  Coaching coaching;
  std::string assessor;              // who answered: "offline-cues/1"
  std::vector<std::string> notices;  // what a reader has to know to judge the figures
  std::vector<StageUsage> usage{};   // of the stages that used a service, in order
};

struct AnalyzeOptions {
  Deal deal;
  Policy policy;
  ReadOptions read{};  // how bytes are read; without effect where a Transcript is given
  Log log{};           // a line per stage
  // Who answers and coaches; none: the offline assessor, and nothing is sent anywhere.
  std::shared_ptr<LanguageModel> model{};
  int votes = 1;    // as AssessOptions has it; these are without effect offline
  Budget budget{};  // of assessing and coaching together
  std::vector<Price> prices = default_prices();
  Progress progress{};
  CancelToken cancel{};
};

// Measures, assesses, scores and coaches in one call. Fails as assess_offline() or assess() and
// score() do. A model that answers but cannot coach leaves coaching to coach_offline(), which the
// notices say.
SALESCHECKLIST_API Result<Report> analyze(const Transcript &transcript, const Checklist &checklist,
                                          const AnalyzeOptions &options = {});

// The same from the bytes of a transcript; fails as read_transcript() does, too.
SALESCHECKLIST_API Result<Report> analyze(std::string_view bytes, const Checklist &checklist,
                                          const AnalyzeOptions &options = {});

// All that follows from answers which are known already: metrics, score, coaching, notices.
// `assessor` names who answered, such as "offline-cues/1" or a person. Fails as score() does, and
// with invalid_argument when a piece of evidence is not in the transcript at its place.
SALESCHECKLIST_API Result<Report> compose(const Transcript &transcript, const Checklist &checklist,
                                          const std::vector<Response> &responses,
                                          const std::string &assessor,
                                          const AnalyzeOptions &options = {});

// SHA-256 (lower-case hex) over the canonical JSON of everything that a score depends on: the
// checklist's print, the transcript, the assessor, the policy and the answers. Equal inputs, equal
// print.
SALESCHECKLIST_API std::string fingerprint(const Checklist &checklist, const Transcript &transcript,
                                           const std::string &assessor, const Policy &policy,
                                           const std::vector<Response> &responses);

struct PdfOptions {
  // TrueType font files; empty: DejaVu, Liberation or Noto as fontconfig finds them, and without
  // any the PDF base fonts, in which letters outside Latin-1 are transliterated or shown as '?'.
  std::string font_file;
  std::string bold_font_file;
  bool include_transcript = false;
  Log log{};  // the fonts in use; a warning for characters that no font has
};

// The report as PDF bytes. Same input and fonts, same bytes.
// Fails with io when a named font file cannot be loaded.
SALESCHECKLIST_API Result<std::string> render_pdf(const Report &report,
                                                  const PdfOptions &options = {});

}  // namespace saleschecklist

#endif
