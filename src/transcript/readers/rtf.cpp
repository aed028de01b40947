// Rich Text Format (Microsoft RTF 1.9.1) as plain text: its paragraphs, without its formats.
#include "base/unicode.hpp"
#include "transcript/readers/charsets.hpp"
#include "transcript/readers/readers.hpp"

#include <array>
#include <cctype>
#include <cstdlib>
#include <set>
#include <utility>

namespace saleschecklist::transcript {
namespace {

bool is_hidden_destination(std::string_view word) {
  static const std::set<std::string_view> words = {"fonttbl",    "colortbl",
                                                   "stylesheet", "info",
                                                   "pict",       "header",
                                                   "footer",     "headerl",
                                                   "headerr",    "headerf",
                                                   "footerl",    "footerr",
                                                   "footerf",    "listtable",
                                                   "themedata",  "generator",
                                                   "object",     "fldinst",
                                                   "footnote",   "annotation",
                                                   "xmlnstbl",   "listoverridetable",
                                                   "revtbl",     "rsidtbl",
                                                   "mmathPr",    "latentstyles",
                                                   "datastore"};
  return words.count(word) > 0;
}

std::string_view character_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> named = {
      {{"par", "\n"},
       {"line", "\n"},
       {"sect", "\n"},
       {"page", "\n"},
       {"row", "\n"},
       {"cell", "\t"},
       {"tab", "\t"},
       {"emdash", "\xE2\x80\x94"},
       {"endash", "\xE2\x80\x93"},
       {"bullet", "\xE2\x80\xA2"},
       {"lquote", "\xE2\x80\x98"},
       {"rquote", "\xE2\x80\x99"},
       {"ldblquote", "\xE2\x80\x9C"},
       {"rdblquote", "\xE2\x80\x9D"}}};
  for (const auto &[key, value] : named) {
    if (word == key) return value;
  }
  return {};
}

class RtfParser {
 public:
  explicit RtfParser(std::string_view rtf) : rtf_(rtf) {}

  std::string parse() {
    while (at_ < rtf_.size()) {
      const char c = rtf_[at_];
      if (c == '{') {
        groups_.push_back(groups_.empty() ? Group{} : groups_.back());
        ++at_;
      } else if (c == '}') {
        if (!groups_.empty()) groups_.pop_back();
        ++at_;
      } else if (c == '\\') {
        read_control();
      } else {
        if (c != '\n' && c != '\r') put(std::string_view(&rtf_[at_], 1));
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  struct Group {
    bool hidden = false;
    int replacement = 1;  // characters after \u for programs without Unicode
  };

  void put(std::string_view text) {
    if (!groups_.empty() && groups_.back().hidden) return;
    if (skip_ > 0) {
      --skip_;
      return;
    }
    out_ += text;
  }

  void put_code(std::int32_t code) {
    std::string text;
    if (code > 0 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF)) {
      base::append_utf8(text, code);
    }
    put(text);
  }

  void read_control() {
    if (++at_ >= rtf_.size()) return;
    const char c = rtf_[at_];
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      read_word();
      return;
    }
    ++at_;
    if (c == '\'' && at_ + 2 <= rtf_.size()) {
      const std::string digits(rtf_.substr(at_, 2));
      const auto code = static_cast<std::int32_t>(std::strtol(digits.c_str(), nullptr, 16));
      at_ += 2;
      put_code(windows_1252_character(static_cast<unsigned char>(code)));
    } else if (c == '*') {
      if (!groups_.empty()) groups_.back().hidden = true;
    } else if (c == '~') {
      put(" ");
    } else if (c == '_') {
      put("-");
    } else if (c == '\n' || c == '\r') {
      put("\n");
    } else if (c == '\\' || c == '{' || c == '}') {
      put(std::string_view(&c, 1));
    }
  }

  void read_word() {
    const std::size_t begin = at_;
    while (at_ < rtf_.size() && std::isalpha(static_cast<unsigned char>(rtf_[at_])) != 0) ++at_;
    const std::string_view word = rtf_.substr(begin, at_ - begin);
    const std::size_t number_begin = at_;
    if (at_ < rtf_.size() && rtf_[at_] == '-') ++at_;
    while (at_ < rtf_.size() && std::isdigit(static_cast<unsigned char>(rtf_[at_])) != 0) ++at_;
    const std::string number(
        rtf_.substr(number_begin, std::min<std::size_t>(at_ - number_begin, 9)));
    if (at_ < rtf_.size() && rtf_[at_] == ' ') ++at_;
    const int value = std::atoi(number.c_str());
    if (word == "u") {
      read_unicode(value);
    } else if (word == "uc") {
      if (!groups_.empty()) groups_.back().replacement = value;
    } else if (is_hidden_destination(word)) {
      if (!groups_.empty()) groups_.back().hidden = true;
    } else if (const std::string_view text = character_of(word); !text.empty()) {
      put(text);
    }
  }

  // A UTF-16 unit as a signed number; the replacement characters after it are left out.
  void read_unicode(int value) {
    const std::int32_t unit = value < 0 ? value + 0x10000 : value;
    skip_ = 0;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000 && high_ != 0) {
      put_code(0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00));
      high_ = 0;
    } else {
      put_code(unit);
    }
    skip_ = groups_.empty() ? 1 : groups_.back().replacement;
  }

  std::string_view rtf_;
  std::size_t at_ = 0;
  std::vector<Group> groups_;
  std::string out_;
  int skip_ = 0;
  std::int32_t high_ = 0;
};

}  // namespace

bool looks_like_rtf(std::string_view text) { return text.substr(0, 5) == "{\\rtf"; }

Result<Transcript> read_rtf(std::string_view text, const ReadOptions &options) {
  const std::string plain = RtfParser(text).parse();
  auto raw = read_plain_text(split_lines(plain));
  if (raw) raw->format = "rtf";
  return finish(std::move(raw), options);
}

}  // namespace saleschecklist::transcript
