// What a call used of the services, and what that costs.
#ifndef SALESCHECKLIST_USAGE_HPP
#define SALESCHECKLIST_USAGE_HPP

#include <saleschecklist/config.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// As counted by the services; what a service does not report stays 0.
struct Usage {
  std::int64_t requests = 0;  // sent, including retries
  std::int64_t retries = 0;
  std::int64_t tokens_in = 0;         // read by a model, including cached ones
  std::int64_t tokens_cached = 0;     // of those, read from the service's cache
  std::int64_t tokens_out = 0;        // written by a model, including hidden reasoning
  std::int64_t characters = 0;        // spoken by a voice
  std::int64_t audio_ms = 0;          // transcribed
  std::int64_t micro_dollars = 0;     // estimated by a price table
  std::int64_t tokens_reasoning = 0;  // of tokens_out, hidden reasoning, if the service tells it
};

SALESCHECKLIST_API Usage &operator+=(Usage &sum, const Usage &more) noexcept;

// The usage of one stage: "transcribe", "separate", "assess", "coach" or "speak".
struct StageUsage {
  std::string stage;
  std::string provider;  // provider and model, such as "openai:gpt-4o-mini"
  Usage usage;
};

// The price of one model in micro-dollars (1,000,000 are one US dollar).
struct Price {
  std::string model;       // "openai:gpt-4o-mini"; also prices its dated versions, "...-2024-07-18"
  std::int64_t input = 0;  // per 1,000,000 tokens read, without the cached ones
  std::int64_t cached = 0;      // per 1,000,000 tokens read from the cache
  std::int64_t output = 0;      // per 1,000,000 tokens written
  std::int64_t characters = 0;  // per 1,000,000 characters spoken
  std::int64_t audio_hour = 0;  // per hour transcribed
};

// List prices for estimates, from schemas/prices.json, which has their date. A host with other
// terms passes its own.
SALESCHECKLIST_API const std::vector<Price> &default_prices();

// The estimated cost of `usage` in micro-dollars, rounded up; no value if there is no price for
// `model` or for what it did. If several prices match, the one with the longest `model` is used.
SALESCHECKLIST_API std::optional<std::int64_t> estimate(const Usage &usage, std::string_view model,
                                                        const std::vector<Price> &prices);

// The most that a call may use, including retries and repeated questions; 0: no limit.
struct Budget {
  std::int64_t tokens = 0;         // read plus written
  std::int64_t micro_dollars = 0;  // estimated; needs a price for the model
};

}  // namespace saleschecklist

#endif
