// Each reading of a line as the beginning of a turn.
#include "transcript/readers/text_shapes.hpp"

#include "base/ascii.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace saleschecklist::transcript {
namespace {

using Start = std::optional<TurnStart>;

constexpr std::size_t longest_lead = 160;  // bytes before the words of a line

// Removes "12. ", "12) " or "#12 " from the beginning of a line.
void skip_turn_number(std::string_view &text) {
  std::string_view rest = text;
  const bool hash = !rest.empty() && rest[0] == '#';
  if (hash) rest.remove_prefix(1);
  const std::size_t size = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (size == 0 || size > 5 || size + 1 >= rest.size()) return;
  const bool dot = rest[size] == '.' || rest[size] == ')';
  if (!dot && !hash) return;
  if (rest[size + (dot ? 1 : 0)] != ' ') return;
  text = base::trim(rest.substr(size + 1));
}

std::size_t colon_size(std::string_view text, std::size_t at) {
  if (text[at] == ':') {
    const bool ends = at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\t';
    return ends ? 1 : 0;
  }
  return text.substr(at, 3) == "\xEF\xBC\x9A" ? 3 : 0;  // full-width colon
}

// The colon that ends a label, outside brackets, past `inner` others; npos if there is none.
std::size_t find_label_colon(std::string_view text, std::size_t inner = 0) {
  int depth = 0;
  const std::size_t end = std::min(text.size(), longest_lead);
  for (std::size_t at = 0; at < end; ++at) {
    if (text[at] == '(' || text[at] == '[') ++depth;
    if (text[at] == ')' || text[at] == ']') --depth;
    if (depth <= 0 && colon_size(text, at) > 0 && inner-- == 0) return at;
  }
  return std::string_view::npos;
}

// The bracket that closes the one at the beginning of `text`; npos if none does.
std::size_t closing_bracket(std::string_view text) {
  const char opening = text[0];
  const char closing = opening == '[' ? ']' : opening == '(' ? ')' : '>';
  std::size_t depth = 0;
  for (std::size_t at = 0; at < std::min(text.size(), longest_lead); ++at) {
    if (text[at] == opening && (at == 0 || opening != '<')) ++depth;
    if (text[at] == closing && --depth == 0) return at;
  }
  return std::string_view::npos;
}

// Removes "[Dana Reyes]" or "<Dana Reyes>" from the beginning; no time is a name.
std::optional<std::string_view> take_enclosed_name(std::string_view &text, std::string_view opens) {
  if (text.empty() || opens.find(text[0]) == std::string_view::npos) return std::nullopt;
  const std::size_t close = closing_bracket(text);
  if (close == std::string_view::npos) return std::nullopt;
  std::string_view name = base::trim(text.substr(1, close - 1));
  std::string_view probe = text;
  if (take_time(probe) || !may_be_name(name)) return std::nullopt;
  text = base::trim(text.substr(close + 1));
  return name;
}

std::string tidy(std::string_view name) { return base::collapse_spaces(name); }

// The words around the name of a sender, as Zoom writes them in the language of its user.
struct ChatWords {
  std::string_view from, to;
};
constexpr std::array<ChatWords, 6> chat_words = {{{"from ", " to "},
                                                  {"von ", " an "},
                                                  {"de ", " \xC3\xA0 "},
                                                  {"de ", " para "},
                                                  {"de ", " a "},
                                                  {"da ", " a "}}};

// Zoom adds to the name or to the receiver that a message is private.
std::string_view without_privacy(std::string_view name) {
  for (const std::string_view mark : {"(direct message)", "(privately)", "(private)"}) {
    if (name.size() < mark.size()) continue;
    const std::size_t at = name.size() - mark.size();
    if (base::equal_ignoring_case(name.substr(at), mark)) return base::trim(name.substr(0, at));
  }
  return name;
}

// The name and the words of "From Dana Reyes to Everyone: words". The name may contain a colon.
Start chat_sender(std::string_view text, const ChatWords &words) {
  if (!base::equal_ignoring_case(text.substr(0, words.from.size()), words.from)) {
    return std::nullopt;
  }
  text = base::trim(text.substr(words.from.size()));
  const std::size_t to = base::ascii_lower(text.substr(0, longest_lead)).find(words.to);
  if (to == std::string::npos) return std::nullopt;
  const std::string_view receiver = text.substr(to + words.to.size());
  const std::size_t colon = find_label_colon(receiver);
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view name = without_privacy(base::trim(text.substr(0, to)));
  if (!may_be_name(name)) return std::nullopt;
  TurnStart out;
  out.name = tidy(name);
  out.words = base::trim(receiver.substr(colon + colon_size(receiver, colon)));
  return out;
}

// Whether the text begins as a message of a chat, after its time if it has one.
bool begins_message(std::string_view text, bool timed) {
  const auto sender = [&](const ChatWords &words) { return chat_sender(text, words).has_value(); };
  return sender(chat_words[0]) ||
         (timed && std::any_of(chat_words.begin(), chat_words.end(), sender));
}

// `inner`: how many colons the name contains.
Start label_start(std::string_view text, std::size_t inner = 0) {
  skip_turn_number(text);
  TurnStart out;
  out.time = take_first_time(text);
  out.time_first = out.time.has_value();
  if (out.time) out.separator = take_separators(text);
  std::string_view enclosed_rest = text;
  if (const auto name = take_enclosed_name(enclosed_rest, "[<")) {
    if (!out.time) out.time = take_time(enclosed_rest);
    enclosed_rest = base::trim(enclosed_rest);
    const std::size_t colon = enclosed_rest.empty() ? 0 : colon_size(enclosed_rest, 0);
    if (colon == 0) return std::nullopt;
    out.name = tidy(*name);
    out.enclosed = true;
    out.words = base::trim(enclosed_rest.substr(colon));
    return out;
  }
  if (begins_message(text, out.time.has_value())) return std::nullopt;
  const std::size_t colon = find_label_colon(text, inner);
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  std::string_view name = text.substr(0, colon);
  out.words = base::trim(text.substr(colon + colon_size(text, colon)));
  if (!out.time) {
    if (const auto time = take_last_time(name)) {
      take_last_separators(name);
      out.time = time;
    } else if (!out.words.empty() && (out.words[0] == '[' || out.words[0] == '(')) {
      std::string_view rest = out.words;
      if (const auto after = take_time(rest)) {
        out.time = after;
        out.colon = true;
        out.words = base::trim(rest);
      }
    }
  }
  name = base::trim(name);
  if (!may_be_name(name)) return std::nullopt;
  out.name = tidy(name);
  return out;
}

Start heading_start(std::string_view text) {
  if (text.size() > longest_lead) return std::nullopt;
  TurnStart out;
  std::string_view name = text;
  out.time = take_time(name);
  if (out.time) {
    out.time_first = true;
    out.separator = take_separators(name);
    if (!name.empty() && name.back() == ':') name = base::trim(name.substr(0, name.size() - 1));
  } else {
    out.time = take_last_time(name);
    if (!out.time) return std::nullopt;
    out.separator = take_last_separators(name);
    out.colon = text.back() == ':';
    if (name.ends_with(" at") || name.ends_with(" @"))
      name = base::trim(name.substr(0, name.rfind(' ')));
    if (!name.empty() && name.back() == ':') name = base::trim(name.substr(0, name.size() - 1));
  }
  std::string_view rest = name;
  if (const auto enclosed = take_enclosed_name(rest, "[<("); enclosed && rest.empty()) {
    name = *enclosed;
    out.enclosed = true;
  }
  if (!may_be_name(name)) return std::nullopt;
  out.name = tidy(name);
  return out;
}

// A line that is a time and nothing else.
std::optional<WrittenTime> time_only(const CleanLine &line) {
  if (line.text.size() > longest_lead) return std::nullopt;
  std::string_view rest = line.text;
  const auto time = take_time(rest);
  if (!time || !base::trim(rest).empty()) return std::nullopt;
  return time;
}

std::optional<std::string> name_only(const CleanLine &line) {
  std::string_view name = line.text;
  if (!name.empty() && name.back() == ':') name.remove_suffix(1);
  if (!may_be_name(name)) return std::nullopt;
  std::string_view rest = name;
  if (const auto enclosed = take_enclosed_name(rest, "[<("); enclosed && rest.empty()) {
    return tidy(*enclosed);
  }
  return tidy(name);
}

// The words have to follow, so that a caption under its time is not taken for a name.
Start pair_start(const std::vector<CleanLine> &lines, std::size_t at) {
  if (at + 2 >= lines.size()) return std::nullopt;
  const auto before = time_only(lines[at]);
  const auto time = before ? before : time_only(lines[at + 1]);
  if (!time || time_only(lines[at + 2])) return std::nullopt;
  auto name = name_only(lines[before ? at + 1 : at]);
  if (!name) return std::nullopt;
  TurnStart out;
  out.name = *std::move(name);
  out.time = time;
  out.time_first = before.has_value();
  out.lines = 2;
  return out;
}

// "[0:03 - Dana Reyes] words" and "[Dana Reyes, 0:03] words".
Start bracketed_start(std::string_view text) {
  if (text.empty() || text[0] != '[') return std::nullopt;
  const std::size_t close = closing_bracket(text);
  if (close == std::string_view::npos) return std::nullopt;
  std::string_view inside = base::trim(text.substr(1, close - 1));
  TurnStart out;
  out.time = take_time(inside);
  if (out.time) {
    out.time_first = true;
    out.separator = take_separators(inside);
  } else {
    out.time = take_last_time(inside);
    out.separator = take_last_separators(inside);
  }
  out.words = base::trim(text.substr(close + 1));
  if (!out.words.empty() && out.words[0] == ':') out.words = base::trim(out.words.substr(1));
  if (!out.time || !may_be_name(inside)) return std::nullopt;
  out.name = tidy(inside);
  out.enclosed = true;
  return out;
}

Start inline_start(std::string_view text) {
  skip_turn_number(text);
  if (auto start = bracketed_start(text)) return start;
  const std::size_t open = text.substr(0, longest_lead).find_first_of("[(", 1);
  for (std::size_t at = open; at != std::string_view::npos;
       at = text.substr(0, longest_lead).find_first_of("[(", at + 1)) {
    std::string_view rest = text.substr(at);
    const auto time = take_time(rest);
    if (!time) continue;
    std::string_view name = text.substr(0, at);
    take_last_separators(name);
    take_separators(rest);
    if (rest.empty() || rest[0] == ':' || !may_be_name(name)) return std::nullopt;
    TurnStart out;
    out.name = tidy(name);
    out.time = time;
    out.words = rest;
    return out;
  }
  return std::nullopt;
}

// `inner`: how many bars the name contains.
Start columns_start(std::string_view text, std::size_t inner = 0) {
  TurnStart out;
  out.time = take_first_time(text);
  out.time_first = out.time.has_value();
  if (out.time) text = base::trim(text);
  std::size_t tab = text.find('\t'), size = 1;
  if (tab == std::string_view::npos) {
    if (out.time && !text.empty() && text[0] == '|') text = base::trim(text.substr(1));
    tab = text.find(" | ");
    for (; inner > 0 && tab != std::string_view::npos; --inner) tab = text.find(" | ", tab + 1);
    size = 3;
  }
  if (tab > longest_lead) return std::nullopt;  // or npos
  std::string_view name = base::trim(text.substr(0, tab));
  out.words = base::trim(text.substr(tab + size));
  if (!out.time) out.time = take_time(out.words);
  out.words = base::trim(out.words);
  if (!name.empty() && name.back() == ':') name.remove_suffix(1);
  if (out.words.empty() || !may_be_name(name)) return std::nullopt;
  out.name = tidy(name);
  return out;
}

// `inner`: how many dashes the name contains.
Start dash_start(std::string_view text, std::size_t inner = 0) {
  const std::string_view head = text.substr(0, longest_lead);
  std::size_t at = std::string_view::npos, size = 0;
  for (std::size_t from = 0, dash = 0; dash <= inner; ++dash, from = at + 1) {
    at = std::string_view::npos;
    for (const std::string_view mark : {" \xE2\x80\x94 ", " \xE2\x80\x93 ", " - "}) {
      const std::size_t found = head.find(mark, from);
      if (found >= at) continue;
      at = found;
      size = mark.size();
    }
    if (at == std::string_view::npos) break;
  }
  if (at == std::string_view::npos || !may_be_name(text.substr(0, at))) return std::nullopt;
  TurnStart out;
  out.name = tidy(text.substr(0, at));
  out.words = base::trim(text.substr(at + size));
  return out;
}

// Zoom: "11:02:03 From Dana Reyes to Everyone: words", the words also on the next line, the time
// also absent. With a time, the receiver may be absent.
Start chat_start(std::string_view text) {
  const auto time = take_time(text);
  take_separators(text);
  Start out;
  for (const ChatWords &words : chat_words) {
    if (!out) out = chat_sender(text, words);
  }
  if (!out && time && base::equal_ignoring_case(text.substr(0, 5), "from ")) {
    out = label_start(text.substr(5));
  }
  if (out && !out->time) {
    out->time = time;
    out->time_first = time.has_value();
  }
  return out;
}

Start bracket_start(std::string_view text) {
  TurnStart out;
  out.time = take_first_time(text);
  out.time_first = out.time.has_value();
  if (out.time) take_separators(text);
  const auto name = take_enclosed_name(text, "[<(");
  if (!name || text.empty()) return std::nullopt;
  out.name = tidy(*name);
  out.enclosed = true;
  if (!out.time) out.time = take_time(text);
  out.words = base::trim(text);
  return out;
}

// A name begins a paragraph, or looks like one wherever it stands, and has words below it.
Start name_line_start(const std::vector<CleanLine> &lines, std::size_t at) {
  if (at + 1 >= lines.size()) return std::nullopt;
  const CleanLine &line = lines[at];
  if (!line.heading && lines[at + 1].after_blank) return std::nullopt;
  auto name = name_only(line);
  if (!name) return std::nullopt;
  const bool colon = name->find(": ") != std::string::npos;
  const bool plausible = colon ? !is_speech(*name) : is_plausible_name(*name);
  const bool looks = plausible && is_capitalised(*name) && !is_common_label(*name);
  if (!looks && !line.heading && !line.after_blank) return std::nullopt;
  TurnStart out;
  out.name = *std::move(name);
  return out;
}

Start timed_start(std::string_view text) {
  TurnStart out;
  out.time = take_first_time(text);
  if (!out.time) return std::nullopt;
  out.separator = take_separators(text);
  out.words = text;
  return out;
}

}  // namespace

std::optional<TurnStart> read_longer_name(Shape shape, const CleanLine &line,
                                          const TurnStart &start, std::size_t inner) {
  switch (shape) {
    case Shape::label:
      if (start.enclosed || find_label_colon(start.words) == std::string_view::npos) break;
      return label_start(line.text, inner);
    case Shape::columns:
      if (start.words.find(" | ") == std::string_view::npos) break;
      return columns_start(line.text, inner);
    case Shape::dash:
      return dash_start(line.text, inner);
    default:
      break;
  }
  return std::nullopt;
}

std::optional<TurnStart> read_start(Shape shape, const std::vector<CleanLine> &lines,
                                    std::size_t at) {
  const std::string_view text = lines[at].text;
  switch (shape) {
    case Shape::label:
      return label_start(text);
    case Shape::heading:
      return heading_start(text);
    case Shape::pair:
      return pair_start(lines, at);
    case Shape::inline_:
      return inline_start(text);
    case Shape::columns:
      return columns_start(text);
    case Shape::dash:
      return dash_start(text);
    case Shape::chat:
      return chat_start(text);
    case Shape::bracket:
      return bracket_start(text);
    case Shape::name_line:
      return name_line_start(lines, at);
    case Shape::timed:
      return timed_start(text);
    case Shape::sentences:
      break;
  }
  return std::nullopt;
}

}  // namespace saleschecklist::transcript
