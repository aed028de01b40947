#include "text/contractions.hpp"

#include <array>
#include <utility>

namespace saleschecklist::text {

void append_expanded(std::vector<std::string> &parts, std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> whole = {
      {{"can't", "can not"},
       {"won't", "will not"},
       {"cannot", "can not"},
       {"gonna", "going to"},
       {"wanna", "want to"},
       {"gotta", "got to"},
       {"let's", "let us"},
       {"ain't", "is not"},
       {"shan't", "shall not"}}};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> endings = {
      {{"n't", "not"},
       {"'re", "are"},
       {"'ve", "have"},
       {"'ll", "will"},
       {"'d", "would"},
       {"'m", "am"}}};
  constexpr std::array<std::string_view, 12> is_before_s = {
      "it", "that", "what", "who", "where", "how", "there", "here", "he", "she", "when", "why"};
  const auto two = [&](std::string_view a, std::string_view b) {
    parts.emplace_back(a);
    parts.emplace_back(b);
  };
  for (const auto &[from, to] : whole) {
    if (word == from) return two(to.substr(0, to.find(' ')), to.substr(to.find(' ') + 1));
  }
  for (const auto &[ending, full] : endings) {
    if (word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending) {
      return two(word.substr(0, word.size() - ending.size()), full);
    }
  }
  if (word.size() > 2 && word.substr(word.size() - 2) == "'s") {
    const std::string_view stem = word.substr(0, word.size() - 2);
    for (const std::string_view known : is_before_s) {
      if (stem == known) return two(stem, "is");
    }
    parts.emplace_back(stem);
    return;
  }
  parts.emplace_back(word);
}

}  // namespace saleschecklist::text
