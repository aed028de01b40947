// Phrases that recognisers are known to write where nobody speaks.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_INVENTIONS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_INVENTIONS_HPP

#include <string>
#include <string_view>

namespace saleschecklist::transcript {

// Why a whole segment is known to be invented, as one clause: it consists of phrases that nobody
// says in a conversation (schemas/models/inventions.json), or is a song. Empty if it is not, as for
// every text that has other words, too.
std::string why_invented(std::string_view segment);

// Whether a whole segment is a web address that begins with "www." or "http". Others may be the
// answer to "What is your web site?", and in a chat all may be.
bool is_address(std::string_view segment);

// Whether a whole segment consists of phrases that recognisers often invent and that people say,
// too, such as "Thank you.": suspect only where something else speaks against them.
bool is_often_invented(std::string_view segment);

}  // namespace saleschecklist::transcript

#endif
