// Speakers who share a channel keep their names over the parts of a long recording.
#include "tones.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace saleschecklist;
using namespace saleschecklist::test;

namespace {

constexpr int words_per_turn = 12;

// Whose word it is: turns of `words_per_turn` words go round the speakers.
int speaker_of(int number, int speakers) { return number / words_per_turn % speakers; }

// Words that follow each other closely, so that a turn is spoken in one go.
std::vector<TonedWord> turns(int count) {
  std::vector<TonedWord> out;
  for (int i = 0; i < count; ++i) out.push_back({i, 300 + i * (word_ms + 180)});
  return out;
}

// Labels the speakers of each clip anew, but for those whose voice is in a sample: it listens to
// the samples and knows whose words are in them.
class Diarizer {
 public:
  explicit Diarizer(int speakers, std::size_t most_known) : speakers_(speakers) {
    listener_.limits = {"tones:apart", 0, minute_ms / 2, true, {}, most_known};
    listener_.on_clip = [this](std::size_t, const AudioClip &clip) {
      known_ = clip.known_speakers;
      known_counts.push_back(known_.size());
      return std::optional<Error>();
    };
    listener_.on_heard = [this](std::size_t, TranscribedClip &clip) { label(clip); };
  }

  Result<Transcript> transcribe(const std::vector<TonedWord> &words) {
    const std::string file = folder_.file("mono.wav");
    write_recording(file, 8'000, words.back().begin_ms + 1'000, {words});
    TranscribeOptions options;
    options.parallel = 3;
    return saleschecklist::transcribe(file, listener_, options);
  }

  ToneTranscriber &listener() { return listener_; }

  bool listens_to_samples = true;
  std::vector<std::size_t> known_counts;  // of each clip

 private:
  // The speaker whose words, and whose only, are in a sample.
  int voice_in(const KnownSpeaker &known) {
    const std::string file = folder_.file(known.name + ".flac");
    std::ofstream(file, std::ios::binary) << known.sample;
    const auto samples = samples_of(file);
    CHECK(samples.size() >= 2 * 16'000);
    CHECK(samples.size() <= 10 * 16'000);
    std::set<int> voices;
    // The sample may begin and end within a word, which is then not recognised.
    const auto words = recognise(samples, 1500);
    for (std::size_t w = 1; w + 1 < words.size(); ++w) {
      voices.insert(speaker_of(words[w].number, speakers_));
    }
    CHECK(voices.size() == 1);
    return voices.empty() ? -1 : *voices.begin();
  }

  void label(TranscribedClip &clip) {
    std::map<int, std::string> labels;
    if (listens_to_samples) {
      for (const KnownSpeaker &known : known_) labels[voice_in(known)] = known.name;
    }
    char next = 'A';
    for (TranscribedSegment &segment : clip.segments) {
      const int speaker = speaker_of(std::stoi(segment.text.substr(1)), speakers_);
      const auto [found, fresh] = labels.try_emplace(speaker, std::string(1, next));
      if (fresh) ++next;
      segment.speaker = found->second;
    }
  }

  const int speakers_;
  TempFolder folder_;
  ToneTranscriber listener_;
  std::vector<KnownSpeaker> known_;
};

// The names in the transcript that each speaker's words have.
std::vector<std::set<std::string>> names(const Transcript &transcript, int speakers) {
  std::vector<std::set<std::string>> out(static_cast<std::size_t>(speakers));
  for (const Utterance &utterance : transcript.utterances) {
    for (std::size_t at = 0; (at = utterance.text.find('w', at)) != std::string::npos; ++at) {
      const int number = std::stoi(utterance.text.substr(at + 1));
      out[static_cast<std::size_t>(speaker_of(number, speakers))].insert(utterance.speaker);
    }
  }
  return out;
}

using Names = std::vector<std::set<std::string>>;

bool is_warned(const Transcript &transcript) {
  return std::any_of(
      transcript.warnings.begin(), transcript.warnings.end(),
      [](const std::string &w) { return w.find("different name") != std::string::npos; });
}

}  // namespace

TEST_CASE("speakers keep their names where a service knows them by their voices") {
  Diarizer diarizer(2, 4);
  const Transcript transcript = diarizer.transcribe(turns(300)).value();
  CHECK(diarizer.known_counts.size() >= 3);
  CHECK(diarizer.known_counts.front() == 0);
  CHECK(diarizer.known_counts.back() == 2);
  CHECK(diarizer.listener().most_at_a_time == 1);
  CHECK(names(transcript, 2) == Names{{"Speaker A"}, {"Speaker B"}});
  CHECK_FALSE(is_warned(transcript));
}

TEST_CASE("only those who spoke most are known where a service takes few samples") {
  Diarizer diarizer(3, 1);
  const Transcript transcript = diarizer.transcribe(turns(300)).value();
  CHECK(diarizer.known_counts.back() == 1);
  const Names got = names(transcript, 3);
  // Nobody's words are given to another.
  for (std::size_t a = 0; a < got.size(); ++a) {
    for (std::size_t b = a + 1; b < got.size(); ++b) {
      for (const std::string &name : got[a]) CHECK_FALSE(got[b].contains(name));
    }
  }
  CHECK(is_warned(transcript));
}

TEST_CASE("a service that ignores the samples has other names in each part, and that is said") {
  Diarizer diarizer(2, 4);
  diarizer.listens_to_samples = false;
  const Transcript transcript = diarizer.transcribe(turns(300)).value();
  const Names got = names(transcript, 2);
  CHECK(got[0].contains("Speaker A"));
  std::set<std::string> both;
  for (const auto &speaker : got) both.insert(speaker.begin(), speaker.end());
  CHECK(both.size() == got[0].size() + got[1].size());
  CHECK(both.size() == 2 * diarizer.known_counts.size());
  CHECK(is_warned(transcript));
}

TEST_CASE("parts are transcribed at the same time where nobody can be known by voice") {
  Diarizer diarizer(2, 0);
  diarizer.listener().on_clip = nullptr;
  const Transcript transcript = diarizer.transcribe(turns(300)).value();
  const Names got = names(transcript, 2);
  CHECK(got[0].contains("Speaker A (part 1)"));
  CHECK(is_warned(transcript));
}

TEST_CASE("a recording in one part needs no sample and no part's name") {
  Diarizer diarizer(2, 4);
  const Transcript transcript = diarizer.transcribe(turns(60)).value();
  CHECK(diarizer.known_counts == std::vector<std::size_t>{0});
  CHECK(names(transcript, 2) == Names{{"Speaker A"}, {"Speaker B"}});
  CHECK_FALSE(is_warned(transcript));
}

TEST_CASE("a failure while parts are transcribed one by one is the result") {
  Diarizer diarizer(2, 4);
  diarizer.listener().on_clip = [](std::size_t number, const AudioClip &) -> std::optional<Error> {
    if (number == 1) return Error{ErrorCode::network, "the line broke", {}};
    return std::nullopt;
  };
  const auto failed = diarizer.transcribe(turns(300));
  CHECK(failed.error().code == ErrorCode::network);
  CHECK(diarizer.listener().lengths_ms.size() == 2);
}
