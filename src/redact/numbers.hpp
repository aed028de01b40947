// Cards, accounts and phone numbers among the figures of a talk.
#ifndef SALESCHECKLIST_REDACT_NUMBERS_HPP
#define SALESCHECKLIST_REDACT_NUMBERS_HPP

#include <saleschecklist/redact.hpp>

#include "redact/figures.hpp"

#include <string_view>
#include <vector>

namespace saleschecklist::redaction {

// Whether the letters and digits are an IBAN: right length for the country, right check digits.
// In lower case, without spaces.
bool is_iban(std::string_view text);

// The length that IBANs of a country have; 0 where there are none.
std::size_t iban_length(std::string_view country);

// What is clear is looked for first, so that a guess takes none of its digits: cards in the groups
// that they are printed in, numbers that are said to be an account's number, and phone numbers in
// one of their forms. Then the rest: other cards, digits near "account", phone numbers by what is
// said about them.
void find_ibans(Talk &talk, const std::vector<Chain> &chains);
void find_cards(Talk &talk, const std::vector<Chain> &chains, bool clear_ones);
void find_accounts(Talk &talk, const std::vector<Chain> &chains, bool clear_ones);
void find_clear_phones(Talk &talk, const std::vector<Chain> &chains);
void find_phones(Talk &talk, const std::vector<Chain> &chains);

// Figures [first, last) of a chain as one find per text that they stand in.
void take_figures(Talk &talk, const Chain &chain, std::size_t first, std::size_t last,
                  DataKind kind);

}  // namespace saleschecklist::redaction

#endif
