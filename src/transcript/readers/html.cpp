// Web pages with a transcript: their text, a line for each block and a tab between cells.
#include "base/ascii.hpp"
#include "base/unicode.hpp"
#include "transcript/readers/cues.hpp"
#include "transcript/readers/readers.hpp"
#include "transcript/readers/tags.hpp"

#include <algorithm>
#include <array>

namespace saleschecklist::transcript {
namespace {

template <std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size> &names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Elements before and after which a line ends; a paragraph also has a blank line before it.
constexpr std::array<std::string_view, 25> paragraphs = {
    "p",  "h1",  "h2",      "h3",      "h4",     "h5",     "h6",   "blockquote", "section",
    "ul", "ol",  "article", "table",   "header", "footer", "pre",  "dl",         "main",
    "hr", "nav", "aside",   "details", "figure", "form",   "tbody"};
constexpr std::array<std::string_view, 10> lines_of_their_own = {
    "div", "li", "tr", "br", "dt", "dd", "body", "html", "thead", "summary"};
constexpr std::array<std::string_view, 4> cells = {"td", "th", "/td", "/th"};
constexpr std::array<std::string_view, 7> unseen = {"head",     "script", "style", "template",
                                                    "noscript", "svg",    "title"};
constexpr std::array<std::string_view, 4> inline_roots = {"b", "strong", "span", "a"};

class HtmlText {
 public:
  explicit HtmlText(std::string_view html) : html_(html) {}

  void read() {
    for (std::size_t at = 0; at < html_.size();) {
      const auto tag = next_tag(html_, at);
      add_text(at, tag ? tag->begin : html_.size());
      if (!tag) break;
      at = is_one_of(tag->name, unseen) && !tag->empty ? end_of(*tag) : tag->end;
      use(*tag);
    }
    end_line();
  }

  // The lines have the numbers of the file's lines in which they begin.
  const std::string &text() const { return text_; }
  std::vector<Line> lines() const {
    if (numbers_.empty()) return {};
    std::vector<Line> out = split_lines(text_);
    for (Line &line : out) {
      line.number = numbers_[std::min(line.number, numbers_.size()) - 1];
    }
    return out;
  }

 private:
  std::size_t end_of(const Tag &tag) const {
    for (auto next = next_tag(html_, tag.end); next; next = next_tag(html_, next->end)) {
      if (next->name == "/" + tag.name) return next->end;
    }
    return html_.size();
  }

  void use(const Tag &tag) {
    const bool closes = tag.name[0] == '/';
    const std::string_view name = std::string_view(tag.name).substr(closes ? 1 : 0);
    const bool paragraph = is_one_of(name, paragraphs);
    if (is_one_of(tag.name, cells)) {
      if (closes) line_ += '\t';
    } else if (paragraph || is_one_of(name, lines_of_their_own)) {
      end_line();
      if (paragraph && !closes && !blank_) put_line({});
      if (!closes && name.size() == 2 && name[0] == 'h' && name[1] != 'r') heading_ = true;
      if (closes) heading_ = false;
    }
  }

  void add_text(std::size_t from, std::size_t to) {
    std::string words = shown_text(html_.substr(from, to - from));
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    if (base::trim(line_).empty() && !base::trim(words).empty()) {
      const std::size_t first = html_.find_first_not_of(" \t\n", from);
      const auto counted = html_.begin() + static_cast<std::ptrdiff_t>(counted_);
      line_number_ += static_cast<std::size_t>(
          std::count(counted, html_.begin() + static_cast<std::ptrdiff_t>(first), '\n'));
      counted_ = first;
    }
    line_ += words;
  }

  void end_line() {
    std::string_view line = line_;
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (!base::trim(line).empty()) put_line((heading_ ? "# " : "") + std::string(line));
    line_.clear();
  }

  void put_line(const std::string &line) {
    if (!numbers_.empty()) text_ += '\n';
    text_ += line;
    numbers_.push_back(line_number_);
    blank_ = line.empty();
  }

  std::string_view html_;
  std::string text_, line_;
  std::vector<std::size_t> numbers_;
  std::size_t line_number_ = 1, counted_ = 0;
  bool blank_ = true, heading_ = false;
};

}  // namespace

bool looks_like_html(std::string_view text) {
  text = base::trim(text);
  if (base::equal_ignoring_case(text.substr(0, 9), "<!doctype")) {
    return base::equal_ignoring_case(base::trim(text.substr(9)).substr(0, 4), "html");
  }
  if (text.empty() || text[0] != '<') return false;
  const auto tag = next_tag(text, 0);
  if (!tag || text.find("</" + tag->name) == std::string_view::npos) return false;
  return tag->begin == 0 &&
         (is_one_of(tag->name, paragraphs) || is_one_of(tag->name, unseen) ||
          is_one_of(tag->name, lines_of_their_own) || is_one_of(tag->name, inline_roots));
}

Result<RawTranscript> read_html(std::string_view text) {
  HtmlText html(text);
  html.read();
  const auto lines = html.lines();
  auto raw = [&]() -> Result<RawTranscript> {
    if (auto table = read_table(html.text())) return *std::move(table);
    return read_plain_text(lines);
  }();
  if (raw) raw->format = "html";
  return raw;
}

}  // namespace saleschecklist::transcript
