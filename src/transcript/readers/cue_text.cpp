// The text of a cue: markup, voices, and the marks by which captions change the speaker.
#include <algorithm>
#include <cctype>
#include <utility>

#include "base/ascii.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"

namespace saleschecklist::transcript {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// A tag begins with a letter, '/' or a digit of a time after '<'; any other '<' is text.
bool is_tag_start(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return false;
  const char c = text[at + 1];
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/';
}

// The name in a voice tag: "Mary Lee" for "<v.loud.first Mary Lee>". Empty for "<v ->", with which
// some services mark a speaker whom they do not know.
std::optional<std::string> voice_of(std::string_view tag) {
  if (tag == "/v") return std::string();
  if (tag.empty() || tag[0] != 'v') return std::nullopt;
  if (tag.size() > 1 && tag[1] != '.' && tag[1] != ' ' && tag[1] != '\t') return std::nullopt;
  const std::size_t space = tag.find_first_of(" \t\n");
  if (space == std::string_view::npos) return std::string();
  std::string name = base::collapse_spaces(decode_entities(tag.substr(space)));
  return has_alphanumeric(name) ? std::move(name) : std::string();
}

// The end of the tag or override block that begins at `at`; npos if none begins there.
std::size_t markup_end(std::string_view text, std::size_t at) {
  constexpr std::size_t longest_markup = 300;
  const bool tag = text[at] == '<' && is_tag_start(text, at);
  const bool override_block = text[at] == '{' && starts_with(text.substr(at), "{\\");
  if (!tag && !override_block) return std::string_view::npos;
  const std::size_t length = text.substr(at, longest_markup).find(tag ? '>' : '}');
  return length == std::string_view::npos ? length : at + length;
}

struct Voiced {
  std::string speaker;
  std::string text;
  bool turn = false;
};

// Removes markup from the text of a cue and splits it into one part per voice.
std::vector<Voiced> split_voices(std::string_view text) {
  std::vector<Voiced> parts(1);
  std::string plain;
  const auto flush = [&] {
    parts.back().text += decode_entities(plain);
    plain.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t close = markup_end(text, at);
    if (close == std::string_view::npos) {
      plain += text[at];
      continue;
    }
    flush();
    if (text[at] == '<') {
      if (auto voice = voice_of(text.substr(at + 1, close - at - 1))) {
        parts.push_back({std::move(*voice), {}, true});
      }
    }
    at = close;
  }
  flush();
  return parts;
}

bool ends_sentence(std::string_view text) {
  text = base::trim(text);
  return text.empty() || std::string_view(".?!\"").find(text.back()) != std::string_view::npos;
}

// The length of the dash with which a line begins that somebody else says; 0 if it has none.
std::size_t dash_size(std::string_view line) {
  for (const std::string_view dash : {"-", "\xE2\x80\x90", "\xE2\x80\x93", "\xE2\x80\x94"}) {
    if (!starts_with(line, dash) || line.size() == dash.size()) continue;
    const base::CodePoint next = base::code_point_at(line, dash.size());
    const bool digit = next.value >= '0' && next.value <= '9';
    if (next.value == ' ' || next.value == '[' || next.value == '(' ||
        (base::is_alphanumeric(next.value) && !digit)) {
      return dash.size();
    }
  }
  return 0;
}

// Adds lines to pieces; begins a piece where the speaker changes.
class PieceBuilder {
 public:
  explicit PieceBuilder(std::vector<CuePiece> &out) : out_(out) {}

  void add(const Voiced &part) {
    begin(part.speaker, part.turn);
    std::string_view text = part.text;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      add_line(base::trim(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    finish();
  }

 private:
  void begin(std::string speaker, bool turn) {
    finish();
    piece_ = CuePiece{std::move(speaker), {}, turn};
  }

  void finish() {
    if (!piece_.lines.empty()) out_.push_back(std::move(piece_));
    piece_ = {};
  }

  void add_line(std::string_view line) {
    const std::size_t dash = dash_size(line);
    if (dash > 0 && (piece_.lines.empty() || ends_sentence(piece_.lines.back()))) {
      if (!piece_.lines.empty()) begin({}, true);
      piece_.turn = true;
      line = base::trim(line.substr(dash));
    }
    for (std::size_t mark = line.find(">>"); mark != std::string_view::npos;
         mark = line.find(">>")) {
      add_words(line.substr(0, mark));
      if (!piece_.lines.empty()) begin({}, true);
      piece_.turn = true;
      const std::size_t after = line.find_first_not_of("> ", mark);
      line = after == std::string_view::npos ? std::string_view() : line.substr(after);
    }
    add_words(line);
  }

  void add_words(std::string_view words) {
    std::string line = base::collapse_spaces(words);
    if (!line.empty()) piece_.lines.push_back(std::move(line));
  }

  std::vector<CuePiece> &out_;
  CuePiece piece_;
};

}  // namespace

bool has_alphanumeric(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    if (base::is_alphanumeric(c.value)) return true;
    at += c.size;
  }
  return false;
}

std::optional<std::string> replace_zeros(std::string_view bytes) {
  constexpr std::size_t rare = 100;  // bytes for each zero; UTF-16 has more zeros
  const auto zeros = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
  const bool subtitles = bytes.find("-->") != std::string_view::npos;
  if (zeros == 0 || zeros * rare > bytes.size() || !subtitles) return std::nullopt;
  std::string out;
  for (const char c : bytes) c == '\0' ? out += "\xEF\xBF\xBD" : out += c;
  return out;
}

std::vector<CuePiece> split_payload(std::string_view text) {
  std::vector<CuePiece> pieces;
  PieceBuilder builder(pieces);
  for (const Voiced &part : split_voices(text)) builder.add(part);
  return pieces;
}

}  // namespace saleschecklist::transcript
