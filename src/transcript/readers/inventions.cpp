#include "transcript/readers/inventions.hpp"

#include "base/unicode.hpp"
#include "json/embedded.hpp"
#include "json/library.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <vector>

namespace saleschecklist::transcript {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_segment = 600;  // in bytes; a longer one is no such phrase
constexpr std::size_t longest_name = 5;       // in words

// What a segment consists of; the greater one counts where several phrases follow each other.
enum class Kind { other, often, always };

struct Token {
  enum class Is { word, name, ending, year } is;
  std::string text;  // of a word, or the end of one
};

struct Phrase {
  std::vector<Token> tokens;  // the first is a word
  Kind kind;
};

std::vector<Token> tokens_of(const std::string &phrase) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < phrase.size();) {
    const std::size_t end = std::min(phrase.find(' ', at), phrase.size());
    const std::string part = phrase.substr(at, end - at);
    const text::WordedText words = text::split_words(part);
    if (part[0] == '*') {
      out.push_back({words.words.empty() ? Token::Is::name : Token::Is::ending, part.substr(1)});
    } else if (part == "#") {
      out.push_back({Token::Is::year, {}});
    } else {
      for (const text::Word &word : words.words) {
        out.push_back({Token::Is::word, std::string(words.text_of(word))});
      }
    }
    at = end + 1;
  }
  return out;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_year(std::string_view word) {
  constexpr std::string_view digits = "0123456789";
  return word.size() == 4 && (word.substr(0, 2) == "19" || word.substr(0, 2) == "20") &&
         word.find_first_not_of(digits) == std::string_view::npos;
}

// schemas/models/inventions.json, for matching. Patterns match the folded words of a text.
class Phrases {
 public:
  static const Phrases &known() {
    static const Phrases out(Json::parse(json::embedded_text("models/inventions.json")));
    return out;
  }

  // Whether the phrases, one after the other, make up the whole text.
  Kind kind_of(const text::WordedText &text) const {
    const std::size_t count = text.words.size();
    std::vector<Kind> reached(count + 1, Kind::other);  // what the words before a place consist of
    std::vector<std::size_t> ends;
    for (std::size_t w = 0; w < count; ++w) {
      if (w > 0 && reached[w] == Kind::other) continue;
      const auto found = by_first_.find(std::string(text.text_of(text.words[w])));
      if (found == by_first_.end()) continue;
      for (const Phrase &phrase : found->second) {
        ends.clear();
        match(phrase, 1, text, w + 1, ends);
        const Kind kind = std::max(reached[w], phrase.kind);
        for (const std::size_t end : ends) reached[end] = std::max(reached[end], kind);
      }
    }
    return count == 0 ? Kind::other : reached[count];
  }

 private:
  explicit Phrases(const Json &document)
      : not_names_(document.at("not_names").get<std::set<std::string>>()),
        in_names_(document.at("in_names").get<std::set<std::string>>()) {
    add(document.at("often"), Kind::often);
    add(document.at("always"), Kind::always);
  }

  void add(const Json &languages, Kind kind) {
    for (const Json &phrases : languages) {
      for (const Json &phrase : phrases) {
        Phrase out{tokens_of(phrase.get<std::string>()), kind};
        by_first_[out.tokens.at(0).text].push_back(std::move(out));
      }
    }
  }

  // Appends the places at which the phrase may end whose tokens from `t` on begin at word `w`.
  void match(const Phrase &phrase, std::size_t t, const text::WordedText &text, std::size_t w,
             std::vector<std::size_t> &ends) const {
    if (t == phrase.tokens.size()) return ends.push_back(w);
    if (w == text.words.size()) return;
    const Token &token = phrase.tokens[t];
    const std::string_view word = text.text_of(text.words[w]);
    if (token.is == Token::Is::name) {
      for (std::size_t n = 0; n < longest_name && w + n < text.words.size(); ++n) {
        if (!may_name(text, text.words[w + n], n == 0)) return;
        match(phrase, t + 1, text, w + n + 1, ends);
      }
      return;
    }
    const bool same = token.is == Token::Is::word     ? word == token.text
                      : token.is == Token::Is::ending ? ends_with(word, token.text)
                                                      : is_year(word);
    if (same) match(phrase, t + 1, text, w + 1, ends);
  }

  // Names are told by their capitals: "Subtitles by Jane Doe" and no "subtitles by our own team".
  bool may_name(const text::WordedText &text, const text::Word &word, bool first) const {
    const std::string folded(text.text_of(word));
    if (first) return word.capital && !not_names_.contains(folded);
    return word.capital || word.number || in_names_.contains(folded);
  }

  std::set<std::string> not_names_, in_names_;
  std::unordered_map<std::string, std::vector<Phrase>> by_first_;
};

Kind kind_of(std::string_view segment) {
  if (segment.size() > longest_segment) return Kind::other;
  return Phrases::known().kind_of(text::split_words(segment));
}

bool is_song(std::string_view segment) {
  static constexpr std::array<std::string_view, 6> notes = {"♩", "♪", "♫", "♬", "🎵", "🎶"};
  return std::any_of(notes.begin(), notes.end(),
                     [&](std::string_view note) { return segment.substr(0, note.size()) == note; });
}

}  // namespace

std::string why_invented(std::string_view segment) {
  if (is_song(segment)) return "the recogniser itself marks it as music";
  if (kind_of(segment) != Kind::always) return {};
  return "recognisers are known to write this where nobody speaks";
}

bool is_address(std::string_view segment) {
  static constexpr std::array<std::string_view, 3> begins = {"www.", "http://", "https://"};
  const std::string folded = base::fold_key(segment.substr(0, longest_segment));
  const std::size_t first = folded.find_first_not_of(" \"'(<[");
  if (first == std::string::npos || segment.size() > longest_segment) return false;
  const std::string_view rest = std::string_view(folded).substr(first);
  if (rest.find(' ') != std::string_view::npos) return false;
  return std::any_of(begins.begin(), begins.end(),
                     [&](std::string_view begin) { return rest.substr(0, begin.size()) == begin; });
}

bool is_often_invented(std::string_view segment) { return kind_of(segment) == Kind::often; }

}  // namespace saleschecklist::transcript
