// Everything that is known about one call, and its PDF.
#ifndef SALESCHECKLIST_REPORT_HPP
#define SALESCHECKLIST_REPORT_HPP

#include <saleschecklist/assessability.hpp>
#include <saleschecklist/checklist.hpp>
#include <saleschecklist/coaching.hpp>
#include <saleschecklist/log.hpp>
#include <saleschecklist/metrics.hpp>
#include <saleschecklist/response.hpp>
#include <saleschecklist/score.hpp>
#include <saleschecklist/transcript.hpp>
#include <saleschecklist/usage.hpp>

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist {

// The deal that the call belongs to. Every field may be empty.
struct DealInfo {
  std::string customer;
  std::string opportunity;
  std::string stage;
};

struct Report {
  DealInfo deal;
  Checklist checklist;
  std::string checklist_fingerprint;  // fingerprint(checklist)
  Transcript transcript;
  Metrics metrics;
  std::vector<Response> responses;  // one per item, in checklist order
  Assessability assessment;
  std::optional<Score> score;        // absent if the call is not assessable
  std::optional<Coaching> coaching;  // absent if there is no score
  std::string assessor;              // who answered, see Assessment
  std::vector<std::string> notices;  // what readers must know to interpret the report
  std::vector<StageUsage> usage{};   // of the stages that used a service, in order
};

// SHA-256 (lower-case hexadecimal) of the canonical JSON of everything that a score depends on: the
// fingerprint of the checklist, the transcript, the assessor, the policy and the answers, without
// the sentences that are made from their fields. Equal inputs give equal fingerprints. Of the
// offline assessor only the version counts, not the digits of its cues: cues that give the same
// answers give the same fingerprint.
SALESCHECKLIST_API std::string fingerprint(const Checklist &checklist, const Transcript &transcript,
                                           const std::string &assessor, const Policy &policy,
                                           const std::vector<Response> &responses);

struct PdfOptions {
  // TrueType files. If empty, DejaVu, Liberation or Noto is used if fontconfig finds it, else the
  // PDF base fonts, in which letters outside Latin-1 are transliterated or shown as '?'.
  std::string font_file;
  std::string bold_font_file;
  bool include_transcript = false;
  Log log{};  // the fonts in use, and a warning about characters that no font has
};

// The report as PDF bytes. Equal input and fonts give equal bytes. Fails with io if a font file
// that the options name cannot be loaded, and with unsupported in a build without PDF.
SALESCHECKLIST_API Result<std::string> render_pdf(const Report &report,
                                                  const PdfOptions &options = {});

}  // namespace saleschecklist

#endif
