// OpenAI's Responses API, for models that chat completions do not offer.
#ifndef SALESCHECKLIST_PROVIDERS_OPENAI_RESPONSES_HPP
#define SALESCHECKLIST_PROVIDERS_OPENAI_RESPONSES_HPP

#include "providers/chat.hpp"

namespace saleschecklist::providers {

// The body of a request to ".../responses". Nothing is stored with the service.
Json encode_response_request(const Question &question);

// Whether a document or an event is one of this API; another one is of chat completions.
bool is_of_responses_api(const Json &document);

// Reads a whole reply. Returns false if it has another format.
bool read_response(const Json &document, Draft &draft);

// Reads one event of a streamed reply. Returns false if it has another format.
bool read_response_event(const Json &event, Draft &draft);

}  // namespace saleschecklist::providers

#endif
