#include "analysis/stems.hpp"

#include <libstemmer.h>

#include <new>

namespace saleschecklist {

void Stemmer::Deleter::operator()(sb_stemmer *stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer() : stemmer_(sb_stemmer_new("english", "UTF_8")) {
  if (!stemmer_) throw std::bad_alloc();
}

std::string_view Stemmer::stem(std::string_view word) {
  const auto *bytes = reinterpret_cast<const sb_symbol *>(word.data());
  const sb_symbol *out = sb_stemmer_stem(stemmer_.get(), bytes, static_cast<int>(word.size()));
  if (out == nullptr) throw std::bad_alloc();
  const auto size = static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()));
  return {reinterpret_cast<const char *>(out), size};
}

Stem StemLookup::find(std::string_view word) {
  constexpr std::size_t longest_word = 40;  // bytes; nothing longer is an English word
  if (word.size() > longest_word) return unknown_stem;
  const auto [entry, added] = known_.emplace(std::string(word), unknown_stem);
  if (added) {
    const auto found = numbers_.find(std::string(stemmer_.stem(word)));
    if (found != numbers_.end()) entry->second = found->second;
  }
  return entry->second;
}

}  // namespace saleschecklist
