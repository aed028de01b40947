#include "transcript/roles/labels.hpp"

#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace saleschecklist::transcript {
namespace {

struct Title {
  std::string_view words;
  double lean;
};

// Job titles by what they mean on a sales call. The first one that occurs counts, so a longer title
// stands before a shorter one that it contains. Titles that both sides have weigh nothing: whoever
// leads or equips a sales department buys tools for it, too.
constexpr std::array<Title, 41> titles = {{
    {"sales ops", 0},
    {"sales operations", 0},
    {"sales enablement", 0},
    {"sales effectiveness", 0},
    {"sales controlling", 0},
    {"revenue operations", 0},
    {"head of sales", 0},
    {"director of sales", 0},
    {"vp sales", 0},
    {"vp of sales", 0},
    {"sales director", 0},
    {"head of customer success", 0},
    {"customer service", 0},
    {"customer care", 0},
    {"sales engineer", 3},
    {"sales lead", 2.5},
    {"lead sales", 2.5},
    {"sales", 2},
    {"presales", 3},
    {"pre sales", 3},
    {"account executive", 4},
    {"account manager", 3},
    {"account director", 3},
    {"ae", 3},
    {"sdr", 4},
    {"bdr", 4},
    {"business development", 2.5},
    {"client partner", 4},
    {"client success", 3},
    {"client director", 3},
    {"client executive", 3},
    {"client manager", 3},
    {"client services", 2.5},
    {"client advisor", 3},
    {"client solutions", 3},
    {"customer success", 2.5},
    {"customer engineer", 2.5},
    {"customer solutions", 2.5},
    {"solutions engineer", 2.5},
    {"procurement", -3},
    {"purchasing", -3},
}};

constexpr std::array<std::string_view, 14> sellers = {
    "rep",          "sales rep",   "sales representative",
    "seller",       "salesperson", "sales",
    "sales person", "vendor",      "agent",
    "salesman",     "sdr",         "verk\xC3\xA4ufer",
    "vendeur",      "vendedor"};
constexpr std::array<std::string_view, 12> buyers = {"customer", "client", "prospect",  "buyer",
                                                     "caller",   "lead",   "purchaser", "kunde",
                                                     "kundin",   "klant",  "cliente",   "acheteur"};

// Places where people write mail to many companies.
constexpr std::array<std::string_view, 9> public_mail = {
    "gmail", "outlook", "hotmail", "yahoo", "icloud", "protonmail", "gmx", "web", "googlemail"};

// What meeting tools and people put in brackets after a name that is no company.
constexpr std::array<std::string_view, 24> no_company = {
    "host",  "guest",  "co-host",   "external",  "extern",    "unverified", "me",     "you",
    "phone", "he/him", "she/her",   "they/them", "mobile",    "ipad",       "iphone", "he",
    "she",   "they",   "organizer", "organiser", "presenter", "him",        "her",    "them"};

template <class List>
bool is_one_of(const List &list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

struct Part {
  std::string text;
  bool set_off = false;  // by a bracket, a bar or a dash, which is how companies are given
};

// The parts of a label between brackets, bars, dashes, commas and the like.
std::vector<Part> parts_of(const std::string &key) {
  std::vector<Part> out(1);
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    const bool dash = c == '-' && i > 0 && key[i - 1] == ' ';
    if (dash || std::string_view("([|").find(c) != std::string_view::npos)
      out.push_back({{}, true});
    else if (std::string_view(")],/:;").find(c) != std::string_view::npos)
      out.emplace_back();
    else
      out.back().text += c;
  }
  return out;
}

// Without a number behind it, as in "customer 2".
std::string without_number(std::string_view part) {
  const std::size_t end = part.find_last_not_of("0123456789 #_-.");
  return base::collapse_spaces(part.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

std::string company_of_mail(const std::string &key) {
  const std::size_t at = key.find('@');
  if (at == std::string::npos || at == 0) return {};
  const std::size_t end = key.find_first_of(" )>]", at);
  std::string domain = key.substr(at + 1, end == std::string::npos ? end : end - at - 1);
  const std::size_t dot = domain.find('.');
  if (dot == std::string::npos) return {};
  return is_one_of(public_mail, domain.substr(0, dot)) ? std::string() : domain.substr(0, dot);
}

}  // namespace

bool has_words(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !base::is_alphanumeric(base::code_point_before(text, at).value);
    const std::size_t end = at + word.size();
    const bool ends =
        end == text.size() || !base::is_alphanumeric(base::code_point_at(text, end).value);
    if (begins && ends) return true;
  }
  return false;
}

LabelMeaning meaning_of_label(std::string_view label) {
  LabelMeaning out;
  const std::string key = base::fold_key(label);
  out.company = company_of_mail(key);
  for (const Part &whole : parts_of(key)) {
    const std::string part = without_number(whole.text);
    if (part.empty()) continue;
    if (is_one_of(sellers, part)) out.stated = Role::rep;
    if (is_one_of(buyers, part)) out.stated = Role::customer;
    const auto title = std::find_if(titles.begin(), titles.end(),
                                    [&](const Title &t) { return has_words(part, t.words); });
    if (title != titles.end()) {
      out.lean += title->lean;
    } else if (whole.set_off && out.company.empty() && out.stated == Role::unknown &&
               !is_one_of(no_company, part)) {
      out.company = part;
    }
  }
  return out;
}

}  // namespace saleschecklist::transcript
