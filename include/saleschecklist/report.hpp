// Everything known about one call, and its rendering for people.
#ifndef SALESCHECKLIST_REPORT_HPP
#define SALESCHECKLIST_REPORT_HPP

#include <saleschecklist/checklist.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/log.hpp>
#include <saleschecklist/metrics.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <string>
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
