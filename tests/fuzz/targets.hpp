// What is fuzzed. A target takes any bytes; it must neither crash nor break a promise of the
// headers.
#ifndef SALESCHECKLIST_TESTS_FUZZ_TARGETS_HPP
#define SALESCHECKLIST_TESTS_FUZZ_TARGETS_HPP

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace saleschecklist::fuzz {

void transcript(std::string_view bytes);  // every format of read_transcript()
void nouns(std::string_view bytes);       // the JSON readers of checklists, reports and their parts
void options(std::string_view bytes);     // the JSON readers of options
void cues(std::string_view bytes);        // the cue language, a cue per line
void quotes(std::string_view bytes);      // verify(): a transcript, an empty line, a quote per line
void redaction(std::string_view bytes);   // redact(): a transcript
void cassette(std::string_view bytes);    // replay_transport(): one file of a cassette
void replies(std::string_view bytes);     // what services and models reply
void recording(std::string_view bytes);   // probe_audio() and transcribe(): a recording

struct Target {
  const char *name;
  void (*run)(std::string_view bytes);
};

constexpr std::array<Target, 9> targets = {{{"transcript", transcript},
                                            {"nouns", nouns},
                                            {"options", options},
                                            {"cues", cues},
                                            {"quotes", quotes},
                                            {"redaction", redaction},
                                            {"cassette", cassette},
                                            {"replies", replies},
                                            {"recording", recording}}};

// Ends the process, as a crash does, if a promise is broken.
inline void require(bool kept, const char *promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

}  // namespace saleschecklist::fuzz

#endif
