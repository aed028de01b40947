// Finds the conversation in a JSON document by the table in json_vendors.hpp, and reads it.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_JSON_TURNS_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_JSON_TURNS_HPP

#include "json/library.hpp"
#include "transcript/readers/json_vendors.hpp"
#include "transcript/readers/readers.hpp"

#include <optional>
#include <string>

namespace saleschecklist::transcript {

// A list of turns or words inside a document. The pointers are valid as long as the document.
struct ConversationList {
  const Vendor *vendor;
  const nlohmann::json *owner;  // the object that has the list, or the list itself
  const nlohmann::json *list;
  std::string where;  // JSON pointer of the list
};

// std::nullopt if there is none. Throws BadResult if the document has several conversations.
std::optional<ConversationList> find_conversation(const nlohmann::json &document);

// "; the nearest known kind is ..., which has ..." for a document without a conversation, by the
// keys that it has; empty if no kind is near.
std::string nearest_vendor(const nlohmann::json &document);

// Throws BadResult if less than nine tenths of the turns can be read.
RawTranscript read_turns(const ConversationList &found, const nlohmann::json &document);

}  // namespace saleschecklist::transcript

#endif
