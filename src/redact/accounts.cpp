#include "redact/figure_runs.hpp"
#include "redact/numbers.hpp"

#include <utility>

namespace saleschecklist::redaction {
namespace {

constexpr std::size_t shortest_account = 6, longest_account = 34;

bool may_be_account(const FigureRun &s) {
  const std::size_t digits = s.digits();
  return digits >= shortest_account && digits <= longest_account && !is_ordinary(s);
}

bool is_named_account(const NumberHints &hints, const FigureRun &s) {
  if (!may_be_account(s) || s.chain[s.first].plus) return false;
  return distance(hints.accounts, s.begin(), s.end()) < distance(hints.phones, s.begin(), s.end());
}

bool is_account(const NumberHints &hints, const FigureRun &s) {
  if (!may_be_account(s)) return false;
  const std::size_t phone = distance(hints.phones, s.begin(), s.end());
  const std::size_t vague = distance(hints.any_accounts, s.begin(), s.end());
  return vague != nowhere && vague < phone && !s.dated() && (!s.spoken() || s.singles() >= 3);
}

// Letters and digits in one word, such as "PN1234567", that are introduced as an account.
void find_mixed_accounts(Talk &talk, const NumberHints &hints) {
  const auto joined = [&](std::size_t i) { return talk.follows(i) && talk.tokens[i].gap.empty(); };
  for (std::size_t i = 0; i < talk.tokens.size(); ++i) {
    const TalkToken &token = talk.tokens[i];
    if (!token.digits || token.word.size() < shortest_account || token.amount) continue;
    if (token.taken || !talk.glued(i)) continue;
    std::size_t first = i, last = i + 1;
    while (joined(first)) --first;
    while (joined(last)) ++last;
    if (talk.taken(first, last) || distance(hints.accounts, first, last) == nowhere) continue;
    std::string key;
    for (std::size_t t = first; t < last; ++t) key += talk.tokens[t].word;
    talk.take(first, last, DataKind::account, std::move(key));
  }
}

}  // namespace

void find_accounts(Talk &talk, const std::vector<Chain> &chains, bool clear_ones) {
  const NumberHints hints = find_hints(talk);
  each_run(talk, chains, [&](const FigureRun &s) {
    const bool found = clear_ones ? is_named_account(hints, s) : is_account(hints, s);
    if (found) take_figures(talk, s.chain, s.first, s.last, DataKind::account);
  });
  if (clear_ones) find_mixed_accounts(talk, hints);
}

}  // namespace saleschecklist::redaction
