// Who speaks in each cue. What stands before a colon or in brackets is the label of a speaker
// because of how it recurs over the file, not because of how it looks in one line.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/ascii.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"
#include "transcript/readers/text_lines.hpp"

namespace saleschecklist::transcript {
namespace {

constexpr std::size_t longest_label = 120;  // in bytes

// Whether this is what people say, or editors write, before a colon or in brackets.
bool names_nobody(const std::string &key) { return is_sound(key) || is_common_label(key); }

struct Label {
  std::string_view name;
  std::string_view words;  // what follows it
  bool bare = false;       // in brackets, without a colon: "[Dana] words"
};

std::optional<Label> bracket_label(std::string_view line) {
  const char open = line[0], close = open == '[' ? ']' : ')';
  std::size_t end = 0, depth = 0;
  for (; end < std::min(line.size(), longest_label); ++end) {
    if (line[end] == open) ++depth;
    if (line[end] == close && --depth == 0) break;
  }
  if (end == std::min(line.size(), longest_label)) return std::nullopt;
  std::string_view words = base::trim(line.substr(end + 1));
  const bool colon = !words.empty() && words[0] == ':';
  if (colon) words = base::trim(words.substr(1));
  return Label{base::trim(line.substr(1, end - 1)), words, !colon};
}

std::optional<Label> colon_label(std::string_view line) {
  constexpr std::string_view wide = "\xEF\xBC\x9A";  // full-width colon
  const std::string_view head = line.substr(0, longest_label);
  for (std::size_t at = 1; at < head.size(); ++at) {
    if (head.substr(at, wide.size()) == wide) {
      return Label{base::trim(line.substr(0, at)), base::trim(line.substr(at + wide.size()))};
    }
    if (head[at] != ':') continue;
    if (at + 1 < line.size() && line[at + 1] != ' ') continue;
    return Label{base::trim(line.substr(0, at)), base::trim(line.substr(at + 1))};
  }
  return std::nullopt;
}

bool may_be_label(const Label &label) {
  if (!has_alphanumeric(label.name)) return false;
  if (label.name.find_first_of("?!;=") != std::string_view::npos) return false;
  if (!parse_cue_time(label.name)) return true;
  // "12:30" is a time, but "14155550199" is somebody on the telephone.
  constexpr std::size_t shortest_number = 5;
  return label.name.find_first_not_of("0123456789") == std::string_view::npos &&
         label.name.size() >= shortest_number;
}

// What may be the label of a speaker, and the words after it.
std::optional<Label> label_of(std::string_view line) {
  if (line.empty()) return std::nullopt;
  const bool bracket = line[0] == '[' || line[0] == '(';
  auto label = bracket ? bracket_label(line) : std::nullopt;
  if (!label || !may_be_label(*label)) label = colon_label(line);
  if (!label || !may_be_label(*label)) return std::nullopt;
  return label;
}

// Whether a label would be a name wherever it stood: "Dana Reyes", "Lee van den Berg",
// "SPEAKER_00".
bool looks_like_name(std::string_view name) {
  constexpr std::size_t most_words = 6;
  constexpr std::size_t shortest_number = 5;  // of a telephone
  const bool digits = name.find_first_not_of("0123456789") == std::string_view::npos;
  if (digits) return name.size() >= shortest_number;
  return words_of(name) <= most_words && is_capitalised(name) &&
         name.find_first_of("\"<>{}") == std::string_view::npos &&
         name.find_first_not_of("0123456789 .") != std::string_view::npos;
}

// Some tools write the speaker into the identifier of the cue: "Dana Reyes",
// "1 \"Dana Reyes\" (352082)".
std::string name_in_identifier(std::string_view identifier) {
  std::string_view rest = base::trim(identifier);
  const std::size_t open = rest.find('"'), close = rest.rfind('"');
  if (open != std::string_view::npos && close > open + 1) {
    return base::collapse_spaces(rest.substr(open + 1, close - open - 1));
  }
  const std::size_t number = rest.find_first_not_of("0123456789");
  if (number == std::string_view::npos) return {};
  if (number > 0)
    rest.remove_prefix(std::min(rest.find_first_not_of(" .:-)", number), rest.size()));
  return base::collapse_spaces(rest);
}

bool is_only_sound(const Cue &cue) {
  if (cue.pieces.size() != 1 || cue.pieces[0].lines.size() != 1) return false;
  const std::string_view line = cue.pieces[0].lines[0];
  if (line[0] != '[' && line[0] != '(') return false;
  const auto label = bracket_label(line);
  return label && label->words.empty() && names_nobody(base::fold_key(label->name));
}

class SpeakerNames {
 public:
  explicit SpeakerNames(CueFile &file) : file_(file) {}

  void run() {
    for (Cue &cue : file_.cues) {
      if (is_only_sound(cue)) cue.pieces.clear();
    }
    take_identifiers();
    take_first_lines();
    find_prefixes();
    count_labels();
    judge();
    for (Cue &cue : file_.cues) name_pieces(cue);
    carry_on();
    warn();
  }

 private:
  struct Seen {
    std::size_t count = 0;
    std::size_t voices = 0;  // how often markup names the speaker
    std::string name;        // as it is written first
    bool bare = false;
    bool accepted = false;
  };

  template <class Use>
  void each_piece(Use use) {
    for (Cue &cue : file_.cues) {
      for (CuePiece &piece : cue.pieces) {
        if (!piece.lines.empty()) use(piece);
      }
    }
  }

  void take_identifiers() {
    std::map<std::string, std::size_t> counts;
    std::size_t cues = 0, names = 0, voiced = 0;
    bool quoted = true, whole_names = true;
    for (const Cue &cue : file_.cues) {
      if (cue.pieces.empty()) continue;
      ++cues;
      voiced += !cue.pieces[0].speaker.empty();
      const std::string name = name_in_identifier(cue.identifier);
      const bool in_quotes = cue.identifier.find('"') != std::string::npos;
      if (name.empty() || (!in_quotes && name.find('/') != std::string::npos)) continue;
      ++names;
      ++counts[base::fold_key(name)];
      quoted = quoted && in_quotes;
      whole_names = whole_names && looks_like_name(name) && words_of(name) > 1;
    }
    constexpr std::size_t few = 5;
    const bool recur = counts.size() * 2 <= names;
    if (names * 5 < cues * 4 || names == 0 || voiced * 2 > cues) return;
    if (!quoted && !recur && !(whole_names && cues < few)) return;
    if (quoted && file_.format == "webvtt") file_.format = "webex_vtt";
    for (Cue &cue : file_.cues) {
      const std::string name = name_in_identifier(cue.identifier);
      if (!cue.pieces.empty() && cue.pieces[0].speaker.empty()) cue.pieces[0].speaker = name;
    }
  }

  // Some tools write the speaker on a line of its own, above the words of every cue.
  void take_first_lines() {
    constexpr std::size_t fewest = 4, longest = 80;
    std::map<std::string, std::size_t> counts;
    std::size_t pieces = 0;
    bool all = true;
    each_piece([&](const CuePiece &piece) {
      const std::string &line = piece.lines[0];
      ++pieces;
      ++counts[base::fold_key(line)];
      all = all && piece.speaker.empty() && piece.lines.size() > 1 && line.size() <= longest &&
            has_alphanumeric(line) && line.find_first_of(":?!") == std::string::npos &&
            std::string_view(".,])").find(line.back()) == std::string_view::npos;
    });
    if (!all || pieces < fewest || counts.size() * 2 > pieces) return;
    each_piece([](CuePiece &piece) {
      piece.speaker = piece.lines[0];
      piece.lines.erase(piece.lines.begin());
    });
  }

  // Labels that are mostly followed by one of few names are a part of it: "[EXT] Lee Okafor:
  // words", "HQ: Boardroom: words".
  void find_prefixes() {
    struct Use {
      std::size_t all = 0, named = 0;
      std::set<std::string> names{};
    };
    std::map<std::string, Use> uses;
    each_piece([&](const CuePiece &piece) {
      const auto label = label_of(piece.lines[0]);
      if (!piece.speaker.empty() || !label) return;
      Use &use = uses[base::fold_key(label->name)];
      ++use.all;
      const auto name = colon_label(label->words);
      if (!name || names_nobody(base::fold_key(name->name))) return;
      if (has_sentence_words(name->name)) return;
      ++use.named;
      use.names.insert(base::fold_key(name->name));
    });
    for (const auto &[key, use] : uses) {
      const bool recur = use.names.size() * 2 <= use.named;
      if (use.all > 1 && recur && use.named * 10 >= use.all * 9) prefixes_.insert(key);
    }
  }

  std::optional<Label> label_in(std::string_view line) const {
    auto label = label_of(line);
    if (!label || prefixes_.count(base::fold_key(label->name)) == 0) return label;
    auto whole = colon_label(label->bare ? line : label->words);
    if (!whole || !may_be_label(*whole)) return label;
    if (!label->bare) {
      const auto size = whole->name.data() + whole->name.size() - label->name.data();
      whole->name = {label->name.data(), static_cast<std::size_t>(size)};
    }
    return whole;
  }

  void count_labels() {
    each_piece([&](const CuePiece &piece) {
      ++pieces_;
      if (!piece.speaker.empty()) return void(++count_name(piece.speaker).voices);
      for (const std::string &line : piece.lines) {
        const auto label = label_in(line);
        if (!label) continue;
        pieces_ += &line != &piece.lines[0];
        Seen &seen = count_name(label->name);
        seen.bare = seen.bare || label->bare;
      }
    });
  }

  Seen &count_name(std::string_view label) {
    const std::string name = base::collapse_spaces(label);
    Seen &seen = seen_[base::fold_key(name)];
    if (++seen.count == 1) seen.name = name;
    return seen;
  }

  // Whether a label is that of a speaker in a file in which most cues have one.
  bool may_name(const std::string &key, const Seen &seen) const {
    constexpr std::size_t often = 3, parts = 6;
    if (seen.voices > 0) return true;
    const bool frequent = seen.count >= often && seen.count * parts >= pieces_;
    if (words_of(seen.name) > 1 && frequent && !is_sound(key)) return true;
    return !names_nobody(key) && (seen.count > 1 || looks_like_name(seen.name));
  }

  void judge() {
    constexpr std::size_t fewest_parts = 10;
    std::size_t named = 0, recurring_names = 0;
    for (const auto &[key, seen] : seen_) {
      if (may_name(key, seen)) named += seen.count;
      recurring_names +=
          !names_nobody(key) && seen.count > 1 && (seen.voices > 0 || looks_like_name(seen.name));
    }
    const bool mostly = named * 2 >= pieces_;
    const bool nearly_all = named * 4 >= pieces_ * 3;
    const bool some = recurring_names > 1 && named * fewest_parts >= pieces_;
    for (auto &[key, seen] : seen_) {
      const bool name = looks_like_name(seen.name);
      if (!may_name(key, seen)) continue;
      if (seen.voices > 0) {
        seen.accepted = true;
      } else if (seen.count > 1) {
        seen.accepted = mostly ? name || nearly_all || seen.count > 2 : some && name;
      } else {
        const bool certain = words_of(seen.name) > 1 || nearly_all;
        seen.accepted = mostly && certain && !(seen.bare && !nearly_all);
      }
    }
  }

  // The name of the speaker whose label begins the line; std::nullopt if none does.
  std::optional<std::pair<std::string, std::string>> accepted_label(std::string_view line) const {
    const auto label = label_in(line);
    if (!label) return std::nullopt;
    const auto found = seen_.find(base::fold_key(label->name));
    if (found == seen_.end() || !found->second.accepted) return std::nullopt;
    return std::pair(found->second.name, std::string(label->words));
  }

  // Whether the line begins with what is no label of a speaker but is there so often that it may as
  // well be one.
  bool may_be_other_speaker(std::string_view line) const {
    constexpr std::size_t often = 3;
    const auto label = label_in(line);
    if (!label) return false;
    const std::string key = base::fold_key(label->name);
    const auto found = seen_.find(key);
    if (found == seen_.end()) return false;
    if (names_nobody(key)) return found->second.count >= often;
    return found->second.count > 1 || looks_like_name(label->name);
  }

  void name_pieces(Cue &cue) {
    std::vector<CuePiece> out;
    for (CuePiece &piece : cue.pieces) {
      const bool voiced = !piece.speaker.empty();
      if (voiced) piece.speaker = seen_[base::fold_key(piece.speaker)].name;
      out.push_back({std::move(piece.speaker), {}, piece.turn});
      for (std::string &line : piece.lines) {
        const auto label = voiced ? std::nullopt : accepted_label(line);
        if (label) {
          if (!out.back().lines.empty()) out.push_back({});
          out.back().speaker = label->first;
          line = label->second;
        }
        if (!voiced && !label && may_be_other_speaker(line)) {
          if (!out.back().lines.empty()) out.push_back({});
          out.back().turn = true;
        }
        if (!line.empty() || label) out.back().lines.push_back(std::move(line));
      }
    }
    cue.pieces = std::move(out);
  }

  // In files that name a speaker only where the speaker changes, the next cues are the same
  // speaker's.
  void carry_on() {
    constexpr std::size_t fewest = 3;
    std::size_t named = 0, repeated = 0, unnamed = 0;
    bool first = true, begins_named = false;
    std::string last;
    std::map<std::string, std::size_t> speakers;
    each_piece([&](const CuePiece &piece) {
      if (first) begins_named = !piece.speaker.empty();
      first = false;
      if (piece.speaker.empty()) return void(++unnamed);
      repeated += piece.speaker == last;
      last = piece.speaker;
      ++named;
      ++speakers[last];
    });
    const bool habit = unnamed * 7 >= named + unnamed && repeated * 10 <= named;
    if (!begins_named || named < fewest || speakers.size() < 2 || !habit) return;
    last.clear();
    each_piece([&](CuePiece &piece) {
      if (!piece.speaker.empty()) {
        last = piece.speaker;
      } else if (piece.turn) {
        last.clear();
      } else {
        piece.speaker = last;
      }
    });
  }

  void warn() {
    std::size_t named = 0, unnamed = 0, line = 0;
    for (const Cue &cue : file_.cues) {
      for (const CuePiece &piece : cue.pieces) {
        if (piece.lines.empty()) continue;
        piece.speaker.empty() ? ++unnamed : ++named;
        if (piece.speaker.empty() && line == 0) line = cue.line;
      }
    }
    if (named == 0 || unnamed == 0) return;
    file_.warnings.push_back(
        fmt::format("line {}: the words of {} {} have no speaker, since the file does not say who "
                    "spoke there",
                    line, unnamed, unnamed == 1 ? "cue" : "cues"));
  }

  CueFile &file_;
  std::set<std::string> prefixes_;  // of names
  std::map<std::string, Seen> seen_;
  std::size_t pieces_ = 0;
};

}  // namespace

void name_speakers(CueFile &file) { SpeakerNames(file).run(); }

}  // namespace saleschecklist::transcript
