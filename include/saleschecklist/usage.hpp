// What the services did for a call, and what that costs.
#ifndef SALESCHECKLIST_USAGE_HPP
#define SALESCHECKLIST_USAGE_HPP

#include <saleschecklist/config.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saleschecklist {

// As the services count it; what a service does not tell stays 0.
struct Usage {
  std::int64_t requests = 0;  // sent, retries among them
  std::int64_t retries = 0;
  std::int64_t tokens_in = 0;      // read by a model, the cached ones among them
  std::int64_t tokens_cached = 0;  // of those, read from the service's cache
  std::int64_t tokens_out = 0;     // written by a model, its hidden reasoning among them
  std::int64_t characters = 0;     // spoken by a voice
  std::int64_t audio_ms = 0;       // heard by a transcriber
  std::int64_t micro_dollars = 0;  // estimated by a price table
};

SALESCHECKLIST_API Usage &operator+=(Usage &sum, const Usage &more) noexcept;

// The usage of one stage: "transcribe", "assess", "coach" or "speak".
struct StageUsage {
  std::string stage;
  std::string provider;  // who did it, such as "openai:gpt-4o-mini"
  Usage usage;
};

// What one model costs, in micro-dollars (1,000,000 are one US dollar).
struct Price {
  std::string model;       // "openai:gpt-4o-mini"; also prices its dated versions, "...-2024-07-18"
  std::int64_t input = 0;  // per 1,000,000 tokens read afresh
  std::int64_t cached = 0;      // per 1,000,000 tokens read from the cache
  std::int64_t output = 0;      // per 1,000,000 tokens written
  std::int64_t characters = 0;  // per 1,000,000 characters spoken
  std::int64_t audio_hour = 0;  // per hour heard
};

// List prices as of the library's release, for estimates; hosts with other terms bring their own.
SALESCHECKLIST_API const std::vector<Price> &default_prices();

// The estimated micro-dollars of `usage`, rounded up; nothing when no price is known for `model`,
// or none for what it did. Of several prices that fit, the one with the longest `model` counts.
SALESCHECKLIST_API std::optional<std::int64_t> estimate(const Usage &usage, std::string_view model,
                                                        const std::vector<Price> &prices);

// What a stage may use up, retries and repeated questions included; 0: no limit.
struct Budget {
  std::int64_t tokens = 0;         // read and written
  std::int64_t micro_dollars = 0;  // estimated; needs a price for the model
};

}  // namespace saleschecklist

#endif
