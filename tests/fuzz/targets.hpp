// What is fuzzed. A target takes any bytes; it must neither crash nor break a promise of the
// headers.
#ifndef SALESCHECKLIST_TESTS_FUZZ_TARGETS_HPP
#define SALESCHECKLIST_TESTS_FUZZ_TARGETS_HPP

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace saleschecklist::fuzz {

void transcript(std::string_view bytes);  // every format of read_transcript()
void recogniser(std::string_view bytes);  // the JSON of recognisers and other tools
void subtitles(std::string_view bytes);   // subtitles and tables
void pages(std::string_view bytes);       // plain text, web pages, mails, RTF
void word(std::string_view bytes);        // a Word document, or its main part
void nouns(std::string_view bytes);       // the JSON readers of checklists, reports and their parts
void options(std::string_view bytes);     // the JSON readers of options
void cues(std::string_view bytes);        // the cue language, a cue per line
void quotes(std::string_view bytes);      // verify(): a transcript, an empty line, a quote per line
void redaction(std::string_view bytes);   // redact(): a transcript
void cassette(std::string_view bytes);    // replay_transport(): one file of a cassette
void exchanges(std::string_view bytes);   // forms, and exchanges that are recorded and replayed
void replies(std::string_view bytes);     // what services and models reply
void streams(std::string_view bytes);     // the same in pieces: events of a service
void addresses(std::string_view bytes);   // URLs, proxies, buckets, signatures
void rate_limits(std::string_view bytes);  // headers and messages about rate limits, one per line
void recording(std::string_view bytes);    // probe_audio() and transcribe(): a recording
void stored(std::string_view bytes);       // an Engine over a store with a damaged record
void blob_keys(std::string_view bytes);    // blobs in a folder and in memory: a key, then bytes
void records(std::string_view bytes);      // records in SQLite and in memory, one per line
void pdf(std::string_view bytes);          // render_pdf(): a report with these texts
void c_api(std::string_view bytes);        // a program of calls of the C API
void digests(std::string_view bytes);      // SHA-256, HMAC and Base64 against OpenSSL and the RFC
void metrics(std::string_view bytes);      // measure() against an oracle
void json(std::string_view bytes);         // JSON against cJSON
void folding(std::string_view bytes);      // folding and character classes against ICU

struct Target {
  const char *name;
  void (*run)(std::string_view bytes);
};

constexpr Target targets[] = {
    {"transcript", transcript},
    {"recogniser", recogniser},
    {"subtitles", subtitles},
    {"pages", pages},
    {"word", word},
    {"nouns", nouns},
    {"options", options},
    {"cues", cues},
    {"quotes", quotes},
    {"redaction", redaction},
    {"cassette", cassette},
    {"exchanges", exchanges},
    {"replies", replies},
    {"streams", streams},
    {"addresses", addresses},
    {"rate_limits", rate_limits},
    {"recording", recording},
    {"stored", stored},
    {"blob_keys", blob_keys},
    {"records", records},
    {"pdf", pdf},
    {"c_api", c_api},
    {"digests", digests},
    {"metrics", metrics},
#ifdef SALESCHECKLIST_FUZZ_CJSON
    {"json", json},
#endif
#ifdef SALESCHECKLIST_FUZZ_ICU
    {"folding", folding},
#endif
};

// Ends the process, as a crash does, if a promise is broken.
inline void require(bool kept, const char *promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

}  // namespace saleschecklist::fuzz

#endif
