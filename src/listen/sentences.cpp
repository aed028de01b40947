#include "listen/sentences.hpp"

#include "text/contractions.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace saleschecklist::listening {
namespace {

using WordSet = std::unordered_set<std::string_view>;

bool is_filler(const std::string &word) {
  static const WordSet fillers = {
      "um", "uh", "er", "erm", "ah", "hmm", "mm", "well", "just", "really", "actually", "basically",
      "literally", "honestly", "frankly", "quite", "pretty", "very", "a", "an", "the", "also",
      "even", "kinda", "sorta", "like", "so", "obviously", "certainly", "definitely", "probably",
      "currently", "still", "already", "then", "simply", "essentially", "roughly", "about",
      "around", "oh", "okay", "ok", "yeah", "right", "all", "own", "whole",
      // Auxiliaries: "we have been looking" matches "we look".
      "am", "are", "is", "was", "were", "be", "been", "being", "have", "has", "had", "do", "does",
      "did", "will"};
  return fillers.count(word) != 0;
}

bool is_negation(const std::string &word) {
  static const WordSet negations = {"not",     "no",     "never",  "neither", "nor",     "none",
                                    "without", "hardly", "barely", "nobody",  "nothing", "nowhere"};
  return negations.count(word) != 0;
}

bool is_conjunction(const std::string &word) {
  static const WordSet conjunctions = {"but", "because", "although", "though",  "however",
                                       "and", "so",      "while",    "whereas", "cause"};
  return conjunctions.count(word) != 0;
}

bool opens_clause(std::string_view between) {
  return between.find_first_of(",;:") != std::string_view::npos ||
         between.find(" - ") != std::string_view::npos ||
         between.find("\xE2\x80\x94") != std::string_view::npos;  // em dash
}

// Recognisers often omit question marks, but English questions are recognisable by their opening.
bool sounds_like_question(const StemmedSentence &sentence) {
  static const WordSet openers = {"do",  "does",  "did",   "is",   "are",  "was", "were",
                                  "can", "could", "would", "will", "have", "has", "should"};
  static const WordSet subjects = {"you",  "it",     "there",   "that",    "they", "we", "your",
                                   "this", "anyone", "anybody", "someone", "he",   "she"};
  static const WordSet wh = {"who", "what", "when", "where", "why", "how", "which"};
  std::vector<const StemmedToken *> words;
  for (const StemmedToken &token : sentence.tokens) {
    if (words.size() == 3) break;
    if (!words.empty() || (!token.filler && !is_conjunction(token.word))) words.push_back(&token);
  }
  if (words.size() < 3) return false;
  if (openers.count(words[0]->word) != 0 && subjects.count(words[1]->word) != 0) return true;
  return wh.count(words[0]->word) != 0 && openers.count(words[1]->word) != 0 &&
         subjects.count(words[2]->word) != 0;
}

class Hearer {
 public:
  explicit Hearer(text::StemLookup &stems) : stems_(stems) {}

  void add(std::vector<StemmedSentence> &out, const Utterance &u, std::size_t index) {
    const text::WordedText text = text::split_words(u.text);
    for (const text::Sentence &sentence : text.sentences) {
      StemmedSentence heard = begin_sentence(u, index, sentence.source_begin);
      for (std::uint32_t w = sentence.first_word; w < sentence.last_word; ++w) {
        add_word(heard, u.text, text, w, w == sentence.first_word);
        // Speech without punctuation is split, at a clause if one begins soon enough.
        const bool more = w + 1 < sentence.last_word;
        if (!more || !is_long(heard, u.text, text, w)) continue;
        heard.source_end = text.words[w].source_end;
        finish(out, std::move(heard), false);
        heard = begin_sentence(u, index, text.words[w + 1].source_begin);
      }
      heard.source_end = sentence.source_end;
      finish(out, std::move(heard), sentence.question);
    }
  }

 private:
  static StemmedSentence begin_sentence(const Utterance &u, std::size_t index,
                                        std::uint32_t begin) {
    StemmedSentence heard;
    heard.utterance = static_cast<std::uint32_t>(index);
    heard.role = u.role;
    heard.source_begin = begin;
    return heard;
  }

  static bool is_long(const StemmedSentence &heard, std::string_view source,
                      const text::WordedText &text, std::uint32_t word) {
    constexpr std::size_t comfortable = 40, most_parts = 2;  // parts of one word, as in "don't"
    if (heard.tokens.size() + most_parts > StemmedSentence::most_tokens) return true;
    const std::uint32_t end = text.words[word].source_end;
    return heard.tokens.size() >= comfortable &&
           opens_clause(source.substr(end, text.words[word + 1].source_begin - end));
  }

  static void finish(std::vector<StemmedSentence> &out, StemmedSentence &&heard, bool question) {
    heard.question = question || sounds_like_question(heard);
    mark_slots(heard);
    out.push_back(std::move(heard));
  }

  void add_word(StemmedSentence &heard, std::string_view source, const text::WordedText &text,
                std::uint32_t index, bool first) {
    const text::Word &word = text.words[index];
    bool clause = first;
    if (!first) {
      const text::Word &previous = text.words[index - 1];
      clause =
          opens_clause(source.substr(previous.source_end, word.source_begin - previous.source_end));
    }
    parts_.clear();
    text::append_expanded(parts_, text.text_of(word));
    for (std::string &part : parts_) {
      StemmedToken token;
      token.stem = stems_.find(part);
      token.capital = word.capital && &part == parts_.data();  // but not the "will" of "I'll"
      token.word = std::move(part);
      token.source_begin = word.source_begin;
      token.source_end = word.source_end;
      token.number = word.number;
      token.first_in_sentence = first;
      token.filler = is_filler(token.word);
      token.negation = is_negation(token.word);
      token.clause_start = clause || is_conjunction(token.word);
      heard.tokens.push_back(std::move(token));
      clause = first = false;
    }
  }

  text::StemLookup &stems_;
  std::vector<std::string> parts_;
};

// Suspect words are ignored, but whoever speaks after them does not reply to whoever spoke before.
StemmedSentence wordless(const Utterance &u, std::size_t index) {
  StemmedSentence heard;
  heard.utterance = static_cast<std::uint32_t>(index);
  heard.role = u.role;
  heard.source_end = static_cast<std::uint32_t>(u.text.size());
  return heard;
}

}  // namespace

std::vector<StemmedSentence> split_sentences(const Transcript &transcript,
                                             text::StemLookup &stems) {
  std::vector<StemmedSentence> out;
  Hearer hearer(stems);
  for (std::size_t i = 0; i < transcript.utterances.size(); ++i) {
    const Utterance &u = transcript.utterances[i];
    if (u.suspect.empty()) {
      hearer.add(out, u, i);
    } else {
      out.push_back(wordless(u, i));
    }
  }
  return out;
}

bool sounds_english(const std::vector<StemmedSentence> &sentences) {
  static const WordSet frequent = {"the",  "be",   "is",   "are",  "to", "of",   "and",
                                   "a",    "in",   "that", "have", "i",  "it",   "for",
                                   "not",  "on",   "with", "you",  "do", "this", "we",
                                   "they", "what", "so",   "but",  "at", "if"};
  constexpr double least_share = 0.20;  // English has more than 0.3, German about 0.03
  constexpr std::size_t few_words = 60;
  std::size_t hits = 0, all = 0;
  for (const StemmedSentence &sentence : sentences) {
    all += sentence.tokens.size();
    for (const StemmedToken &token : sentence.tokens) hits += frequent.count(token.word);
  }
  return all < few_words || static_cast<double>(hits) >= least_share * static_cast<double>(all);
}

}  // namespace saleschecklist::listening
