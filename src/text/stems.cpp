#include "text/stems.hpp"

#include <libstemmer.h>

#include <new>

namespace saleschecklist::text {
namespace {

using Forms = std::unordered_map<std::string_view, std::string_view>;

const Forms &irregular_verbs() {
  static const Forms forms = {{"lost", "lose"},
                              {"spent", "spend"},
                              {"paid", "pay"},
                              {"bought", "buy"},
                              {"went", "go"},
                              {"gone", "go"},
                              {"said", "say"},
                              {"told", "tell"},
                              {"sent", "send"},
                              {"took", "take"},
                              {"taken", "take"},
                              {"got", "get"},
                              {"gotten", "get"},
                              {"thought", "think"},
                              {"saw", "see"},
                              {"seen", "see"},
                              {"came", "come"},
                              {"brought", "bring"},
                              {"made", "make"},
                              {"ran", "run"},
                              {"knew", "know"},
                              {"known", "know"},
                              {"gave", "give"},
                              {"given", "give"},
                              {"kept", "keep"},
                              {"broke", "break"},
                              {"broken", "break"},
                              {"began", "begin"},
                              {"begun", "begin"},
                              {"chose", "choose"},
                              {"chosen", "choose"},
                              {"wrote", "write"},
                              {"written", "write"},
                              {"spoke", "speak"},
                              {"spoken", "speak"},
                              {"meant", "mean"},
                              {"felt", "feel"},
                              {"met", "meet"},
                              {"heard", "hear"},
                              {"held", "hold"},
                              {"built", "build"},
                              {"sold", "sell"},
                              {"caught", "catch"},
                              {"taught", "teach"},
                              {"drew", "draw"},
                              {"drove", "drive"},
                              {"driven", "drive"},
                              {"fell", "fall"},
                              {"fallen", "fall"},
                              {"fought", "fight"},
                              {"forgot", "forget"},
                              {"forgotten", "forget"},
                              {"froze", "freeze"},
                              {"frozen", "freeze"},
                              {"grew", "grow"},
                              {"grown", "grow"},
                              {"led", "lead"},
                              {"won", "win"},
                              {"sat", "sit"},
                              {"stood", "stand"},
                              {"understood", "understand"},
                              {"showed", "show"},
                              {"shown", "show"},
                              {"stuck", "stick"},
                              {"threw", "throw"},
                              {"thrown", "throw"},
                              {"woke", "wake"},
                              {"rang", "ring"},
                              {"rung", "ring"},
                              {"dealt", "deal"},
                              {"does", "do"},
                              {"did", "do"},
                              {"done", "do"},
                              {"has", "have"},
                              {"had", "have"}};
  return forms;
}

}  // namespace

void Stemmer::Deleter::operator()(sb_stemmer *stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer() : stemmer_(sb_stemmer_new("english", "UTF_8")) {
  if (!stemmer_) throw std::bad_alloc();
}

std::string_view Stemmer::stem(std::string_view word) {
  const auto irregular = irregular_verbs().find(word);
  if (irregular != irregular_verbs().end()) word = irregular->second;
  const auto *bytes = reinterpret_cast<const sb_symbol *>(word.data());
  const sb_symbol *out = sb_stemmer_stem(stemmer_.get(), bytes, static_cast<int>(word.size()));
  if (out == nullptr) throw std::bad_alloc();
  const auto size = static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()));
  return {reinterpret_cast<const char *>(out), size};
}

Stem StemLookup::find(std::string_view word) {
  constexpr std::size_t longest_word = 40;  // in bytes; a longer word is not English
  if (word.size() > longest_word) return unknown_stem;
  const auto [entry, added] = known_.emplace(std::string(word), unknown_stem);
  if (added) {
    const auto found = numbers_.find(std::string(stemmer_.stem(word)));
    if (found != numbers_.end()) entry->second = found->second;
  }
  return entry->second;
}

}  // namespace saleschecklist::text
