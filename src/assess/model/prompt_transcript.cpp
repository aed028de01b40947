#include "assess/model/prompt_transcript.hpp"

#include "base/sha256.hpp"
#include "base/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace saleschecklist::assessing {
namespace {

constexpr std::size_t most_name_characters = 40;
constexpr std::int64_t fence_tokens = 60;
constexpr std::int64_t overlap_share = 10;  // consecutive passages share a tenth

struct Line {
  std::string text;
  std::int64_t tokens;
};

// Computes estimate_tokens() of a text that is given piece by piece.
class TokenCount {
 public:
  void add(std::string_view text) {
    for (const char c : text) {
      const bool beyond = static_cast<unsigned char>(c) >= 0xF0;  // its bytes make the rest
      if (beyond) tokens_ += beyond_basic_plane - 1;
      bytes_ += beyond ? 0 : 1;
    }
  }
  std::int64_t tokens() const { return tokens_ + (bytes_ + bytes_per_token - 1) / bytes_per_token; }

 private:
  static constexpr std::int64_t bytes_per_token = 3, beyond_basic_plane = 3;
  std::int64_t bytes_ = 0, tokens_ = 0;
};

bool is_hidden(std::int32_t code) {
  return code == 0x00AD || code == 0x061C ||
         (code >= 0x200B && code <= 0x200F && code != 0x200C && code != 0x200D) ||
         (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) ||
         code == 0xFEFF || (code >= 0xE0000 && code <= 0xE0FFF);
}

// Removes what would let a name look like a role, a number or the end of the bracket.
std::string shown_name(const std::string &speaker) {
  const std::string name = one_line(speaker);
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < name.size() && characters < most_name_characters; ++characters) {
    const base::CodePoint c = base::code_point_at(name, at);
    const bool plain = base::is_alphanumeric(c.value) ||
                       std::string_view(" .-'&,").find(name[at]) != std::string_view::npos;
    if (plain) out.append(name, at, c.size);
    at += c.size;
  }
  return base::collapse_spaces(out);
}

// The end of the piece of `text` that begins at `begin` and has at most `most` tokens: after a
// space if there is one, never inside a character.
std::size_t piece_end(std::string_view text, std::size_t begin, std::int64_t most) {
  std::size_t end = begin, space = 0;
  TokenCount count;
  for (std::size_t at = begin; at < text.size();) {
    const std::size_t next = at + base::code_point_at(text, at).size;
    count.add(text.substr(at, next - at));
    if (end > begin && count.tokens() > most) {
      return space > begin + (end - begin) / 2 ? space : end;
    }
    if (text[at] == ' ') space = next;
    at = end = next;
  }
  return text.size();
}

// Where the piece after [begin, end) begins: a fifth before its end, after a space.
std::size_t next_begin(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t space = text.find(' ', end - (end - begin) / 5);
  std::size_t at = space == std::string_view::npos || space + 1 >= end ? end : space + 1;
  if (at == end) {  // without spaces: by characters
    at = end - (end - begin) / 5;
    while (at < end && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at > begin ? at : end;
}

void add_pieces(std::vector<Line> &out, const Utterance &u, std::size_t index,
                const std::string &text, std::int64_t most) {
  std::vector<std::string_view> pieces;
  for (std::size_t begin = 0;;) {
    const std::size_t end = piece_end(text, begin, most);
    pieces.push_back(std::string_view(text).substr(begin, end - begin));
    if (end == text.size()) break;
    begin = next_begin(text, begin, end);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::string line =
        fmt::format("{}, part {} of {}: {}", heading(u, index), i + 1, pieces.size(), pieces[i]);
    const std::int64_t tokens = estimate_tokens(line) + 1;
    out.push_back({std::move(line), tokens});
  }
}

std::vector<Line> lines_of(const Transcript &transcript, std::int64_t most_tokens) {
  std::vector<Line> out;
  for (std::size_t i = 0; i < transcript.utterances.size(); ++i) {
    const Utterance &u = transcript.utterances[i];
    const std::string text = one_line(u.text);
    if (!u.suspect.empty() || text.empty()) continue;
    std::string line = fmt::format("{}: {}", heading(u, i), text);
    const std::int64_t tokens = estimate_tokens(line) + 1;
    if (tokens <= most_tokens / 2) {
      out.push_back({std::move(line), tokens});
    } else {
      const std::int64_t taken = estimate_tokens(heading(u, i)) + 16;
      add_pieces(out, u, i, text, std::max<std::int64_t>(16, most_tokens / 2 - taken));
    }
  }
  return out;
}

Passage passage_of(const std::vector<Line> &lines, std::size_t first, std::size_t last) {
  std::string body;
  for (std::size_t i = first; i < last; ++i) body += lines[i].text + "\n";
  Passage out{fenced("transcript", body), 0};
  out.tokens = estimate_tokens(out.text);
  return out;
}

}  // namespace

std::int64_t estimate_tokens(std::string_view text) {
  TokenCount count;
  count.add(text);
  return count.tokens();
}

std::string heading(const Utterance &u, std::size_t index) {
  const std::string who = shown_name(u.speaker);
  return who.empty() ? fmt::format("#{} {}", index, name(u.role))
                     : fmt::format("#{} {} ({})", index, name(u.role), who);
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::code_point_at(text, at);
    if (!is_hidden(c.value)) out.append(text, at, c.size);
    at += c.size;
  }
  return base::collapse_spaces(out);
}

std::string clipped(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return std::string(text.substr(0, bytes)) + "\xE2\x80\xA6";
}

std::string fenced(std::string_view what, const std::string &body) {
  constexpr std::size_t word_length = 16;
  std::string word = base::sha256_hex(body).substr(0, word_length);
  while (body.find(word) != std::string::npos) {
    word = base::sha256_hex(word.append(body)).substr(0, word_length);
  }
  return fmt::format("<<<{0} {1}>>>\n{2}<<<end of {0} {1}>>>\n", what, word, body);
}

std::vector<Passage> passages(const Transcript &transcript, std::int64_t most_tokens) {
  const std::int64_t most = most_tokens - fence_tokens;
  const std::vector<Line> lines = lines_of(transcript, most);
  std::vector<Passage> out;
  for (std::size_t first = 0; first < lines.size();) {
    std::size_t last = first;
    std::int64_t tokens = 0;
    while (last < lines.size() && (last == first || tokens + lines[last].tokens <= most)) {
      tokens += lines[last++].tokens;
    }
    out.push_back(passage_of(lines, first, last));
    if (last == lines.size()) break;
    std::size_t next = last;
    for (std::int64_t shared = lines[next - 1].tokens; next > first + 1; --next) {
      const bool enough = next < last && shared > most / overlap_share;
      if (enough || shared > most / 2) break;
      shared += lines[next - 2].tokens;
    }
    first = next;
  }
  return out;
}

}  // namespace saleschecklist::assessing
