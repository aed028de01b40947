// Engines for tests: a clock that is set, ids that count, a model that is honest.
#ifndef SALESCHECKLIST_TESTS_ENGINES_HPP
#define SALESCHECKLIST_TESTS_ENGINES_HPP

#include <atomic>
#include <memory>
#include <string>

#include "assess/model/mock_model.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {

inline Transcript small_call() { return sample_call("freight-tracking.vtt"); }

// Answers as the offline assessor would, and is counted.
inline std::shared_ptr<MockModel> honest_model(const Transcript &transcript) {
  return std::make_shared<MockModel>([honest = Honest(transcript, Checklist::standard())](
                                         const ModelRequest &request, std::size_t) {
    return Result<ModelReply>(honest(request));
  });
}

// Options with a store and blobs of their own.
inline EngineOptions offline_options() {
  EngineOptions out;
  out.store = memory_store();
  out.blobs = memory_blobs();
  out.actor = "dana";
  return out;
}

// A session with a transcript, ready to be run.
inline Session attached(const Engine &engine, const Transcript &transcript,
                        NewSession session = {"Acme", "Renewal"}) {
  const Session made = engine.create(session).value();
  return engine.attach_transcript(made.id, transcript).value();
}

}  // namespace saleschecklist::test

#endif
