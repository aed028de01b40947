// Finds card, account and phone numbers among the figures of a talk.
#ifndef SALESCHECKLIST_REDACT_NUMBERS_HPP
#define SALESCHECKLIST_REDACT_NUMBERS_HPP

#include <saleschecklist/redact.hpp>

#include "redact/figures.hpp"

#include <string_view>
#include <vector>

namespace saleschecklist::redaction {

// Whether the letters and digits, in lower case and without spaces, are an IBAN: the length is
// right for the country, and the check digits match.
bool is_iban(std::string_view text);

// The length of the IBANs of a country; 0 if the country has none.
std::size_t iban_length(std::string_view country);

// The unambiguous numbers are found first, so that a guess cannot take their digits: cards grouped
// as they are printed, numbers that are introduced as an account number, and phone numbers in a
// common format. The ambiguous ones follow: other cards, digits near the word "account", and phone
// numbers that the context identifies.
void find_ibans(Talk &talk, const std::vector<Chain> &chains);
void find_cards(Talk &talk, const std::vector<Chain> &chains, bool clear_ones);
void find_accounts(Talk &talk, const std::vector<Chain> &chains, bool clear_ones);
void find_clear_phones(Talk &talk, const std::vector<Chain> &chains);
void find_phones(Talk &talk, const std::vector<Chain> &chains);

// Adds the figures [first, last) of a chain as one find for each text in which they occur.
void take_figures(Talk &talk, const Chain &chain, std::size_t first, std::size_t last,
                  DataKind kind);

}  // namespace saleschecklist::redaction

#endif
