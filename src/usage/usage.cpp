#include <saleschecklist/json.hpp>
#include <saleschecklist/usage.hpp>

#include "json/embedded.hpp"

#include <algorithm>

namespace saleschecklist {
namespace {

// Rounds up, so that the sum of small estimates is never too low.
std::int64_t share(std::int64_t amount, std::int64_t price, std::int64_t unit) {
  constexpr double most = 9e18;
  if (amount <= 0 || price <= 0) return 0;
  const double cost = static_cast<double>(amount) * static_cast<double>(price);
  if (cost >= most)
    return static_cast<std::int64_t>(most) / 8;  // practically infinite, but can be summed
  return (amount * price + unit - 1) / unit;
}

// The id itself, or a dated or numbered version of it: "gpt-4o-2024-08-06", "claude-x-latest".
bool prices_model(const Price &price, std::string_view model) {
  if (model.substr(0, price.model.size()) != price.model) return false;
  const std::string_view rest = model.substr(price.model.size());
  if (rest.empty() || rest == "-latest") return true;
  return rest.size() > 1 && rest[0] == '-' &&
         rest.find_first_not_of("0123456789-") == std::string_view::npos;
}

}  // namespace

Usage &operator+=(Usage &sum, const Usage &more) noexcept {
  sum.requests += more.requests;
  sum.retries += more.retries;
  sum.tokens_in += more.tokens_in;
  sum.tokens_cached += more.tokens_cached;
  sum.tokens_out += more.tokens_out;
  sum.tokens_reasoning += more.tokens_reasoning;
  sum.characters += more.characters;
  sum.audio_ms += more.audio_ms;
  sum.micro_dollars += more.micro_dollars;
  return sum;
}

std::optional<std::int64_t> estimate(const Usage &usage, std::string_view model,
                                     const std::vector<Price> &prices) {
  constexpr std::int64_t million = 1'000'000;
  constexpr std::int64_t hour_ms = 3'600'000;
  const Price *best = nullptr;
  for (const Price &price : prices) {
    if (!prices_model(price, model)) continue;
    if (best == nullptr || price.model.size() > best->model.size()) best = &price;
  }
  if (best == nullptr) return std::nullopt;
  const bool unpriced = (usage.characters > 0 && best->characters == 0) ||
                        (usage.audio_ms > 0 && best->audio_hour == 0) ||
                        (usage.tokens_out > 0 && best->output == 0 && best->audio_hour == 0);
  if (unpriced) return std::nullopt;
  return share(usage.tokens_in - std::min(usage.tokens_in, usage.tokens_cached), best->input,
               million) +
         share(usage.tokens_cached, best->cached, million) +
         share(usage.tokens_out, best->output, million) +
         share(usage.characters, best->characters, million) +
         share(usage.audio_ms, best->audio_hour, hour_ms);
}

// From the public price lists; models that are not listed need a price from the host.
const std::vector<Price> &default_prices() {
  static const std::vector<Price> prices =
      prices_from_json(json::embedded_text("prices.json")).value();
  return prices;
}

}  // namespace saleschecklist
