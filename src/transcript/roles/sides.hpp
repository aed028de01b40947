// Divides the speakers of a sales call into sellers and buyers.
#ifndef SALESCHECKLIST_TRANSCRIPT_ROLES_SIDES_HPP
#define SALESCHECKLIST_TRANSCRIPT_ROLES_SIDES_HPP

#include <saleschecklist/transcript.hpp>

#include <string>
#include <vector>

namespace saleschecklist::transcript {

// How often each two of the speakers speak one after the other.
std::vector<std::vector<double>> count_exchanges(const Transcript &transcript,
                                                 const std::vector<std::string> &speakers);

// What is known of the speakers of a sales call; one element for each.
struct Pulls {
  std::vector<double> words;
  std::vector<double> leans;               // the log odds that somebody sells, by what they say
  std::vector<std::vector<double>> apart;  // the log odds that two are on different sides
  std::vector<Role> known;                 // sides that are stated; unknown for the others
};

// The probability that each speaker sells, given that somebody sells and somebody buys: every way
// to divide the speakers is weighed. Of those without a stated side, only the ten who say most are
// weighed together; the others follow from these.
std::vector<double> chances_of_selling(const Pulls &pulls);

}  // namespace saleschecklist::transcript

#endif
