#include "net/pacer.hpp"

#include <algorithm>
#include <cmath>

namespace saleschecklist::net {

using std::chrono::milliseconds;

namespace {

using Time = Bucket::Time;

constexpr milliseconds shortest_backoff{1};

// The least and the most tokens that a service may count for each that was expected.
constexpr double least_cost = 0.1, most_cost = 8;

double ms_between(Time from, Time to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

Time after_ms(Time now, double ms) {
  constexpr double longest_ms = 24.0 * 3'600'000;
  return now + std::chrono::ceil<milliseconds>(
                   std::chrono::duration<double, std::milli>(std::min(ms, longest_ms)));
}

}  // namespace

double Bucket::left(Time now) const {
  if (now >= whole_at_) return limit_;
  if (windowed_) return left_;
  return std::min(limit_, left_ + per_ms_ * ms_between(at_, now));
}

Time Bucket::free_at(Time now, double amount) const {
  if (!known_) return now;
  const double missing = std::min(amount, limit_) - left(now);
  if (missing <= 0) return now;
  if (windowed_ || per_ms_ <= 0) return whole_at_;
  return std::min(whole_at_, after_ms(now, missing / per_ms_));
}

void Bucket::use(Time now, double amount) {
  if (!known_) return;
  const bool whole = now >= whole_at_;
  left_ = left(now) - amount;
  at_ = now;
  if (!windowed_ && per_ms_ > 0) {
    whole_at_ = after_ms(now, (limit_ - left_) / per_ms_);
  } else if (whole) {
    whole_at_ = now + window_;
  }
}

void Bucket::read(Time at, const Allowance &told) {
  const auto remaining = static_cast<double>(told.remaining);
  const milliseconds reset{told.reset_ms};
  limit_ = std::max({static_cast<double>(told.limit), remaining, told.limit > 0 ? 0 : limit_, 1.0});
  const Time whole_at = at + reset;
  if (remaining < limit_ && reset.count() > 0) {
    const double per_ms = (limit_ - remaining) / static_cast<double>(reset.count());
    learn_kind(at, whole_at, per_ms);
    per_ms_ = per_ms;
  }
  known_ = true;
  left_ = remaining;
  at_ = at;
  whole_at_ = told_whole_at_ = whole_at;
  window_ = std::max(window_, reset);
}

void Bucket::learn_kind(Time at, Time whole_at, double per_ms) {
  constexpr double rounding_ms = 1'000;  // of times that are told in seconds
  constexpr double likeness = 0.05;
  if (per_ms_ <= 0 || at >= told_whole_at_) return;
  const bool same_end = std::abs(ms_between(told_whole_at_, whole_at)) <= rounding_ms;
  const double roughly = likeness + rounding_ms / std::max(rounding_ms, ms_between(at, whole_at));
  const bool same_rate = std::abs(per_ms / per_ms_ - 1) <= roughly;
  if (same_end != same_rate) windowed_ = same_end;
}

Time Pacer::free_at(Time now, double tokens) const {
  if (in_progress_ >= most_) return Time::max();
  return std::max(
      {now, closed_until_, requests_.free_at(now, 1), tokens_.free_at(now, tokens * cost_)});
}

Pacer::Ticket Pacer::start(Time now, double tokens) {
  if (closed_) {
    closed_ = false;
    ++opening_;
    accepted_ = 0;
  }
  const bool known = tokens_.known();
  if (!tokens_.in_use(now)) read_tokens_ = total_tokens_;
  requests_.use(now, 1);
  tokens_.use(now, tokens * cost_);
  total_tokens_ += tokens;
  ++total_;
  ++in_progress_;
  Ticket out{now, tokens, opening_, total_tokens_, total_};
  if (known) {
    out.since_told = total_tokens_ - read_tokens_;
    out.tokens_left = tokens_.left(now);
  }
  return out;
}

void Pacer::end(Time now, const Ticket &ticket, const End &end) {
  --in_progress_;
  read_limits(now, ticket, end);
  const bool in_opening = !closed_ && ticket.opening == opening_;
  if (end.accepted) {
    last_accepted_ = now;
    refusals_ = 0;
    ++accepted_;
    if (in_opening) closed_until_ = std::min(closed_until_, now);  // it was a trial
    if (in_opening && most_ != std::numeric_limits<std::size_t>::max()) ++most_;
  } else if (end.refused) {
    if (in_opening) ++refusals_;
    close(now, ticket.tokens, end, in_opening);
  }
}

// A service tells its limits as they are when it accepts or refuses the request, which is nearly at
// its beginning, however long the reply takes.
void Pacer::read_limits(Time now, const Ticket &ticket, const End &end) {
  if (!end.limits.requests && !end.limits.tokens) return;
  if (ticket.begun < read_at_) return;  // what a later request was told is newer
  if (end.limits.requests) {
    requests_.read(ticket.begun, *end.limits.requests);
    requests_.use(now, static_cast<double>(total_ - ticket.total));
  }
  if (end.limits.tokens) {
    if (end.accepted) learn_cost(ticket, *end.limits.tokens);
    tokens_.read(ticket.begun, *end.limits.tokens);
    tokens_.use(now, (total_tokens_ - ticket.total_tokens) * cost_);
  }
  read_at_ = ticket.begun;
  read_tokens_ = ticket.total_tokens;
}

void Pacer::learn_cost(const Ticket &ticket, const Allowance &told) {
  if (ticket.since_told.value_or(0) <= 0) return;
  const double missed = ticket.tokens_left - static_cast<double>(told.remaining);
  cost_ = std::clamp(cost_ + missed / *ticket.since_told / 2, least_cost, most_cost);
}

milliseconds Pacer::backoff(const End &end) const {
  const milliseconds longest = std::max(end.longest_backoff, shortest_backoff);
  // What the service told is believed for the most part.
  const milliseconds first = end.told ? end.backoff / 2 : end.backoff;
  milliseconds out = std::clamp(first, shortest_backoff, longest);
  for (std::size_t i = 1; i < refusals_ && out < longest; ++i) out *= 2;
  return std::min(out, longest);
}

void Pacer::close(Time now, double tokens, const End &end, bool first) {
  const auto allows = [&] {
    return requests_.free_at(now, 1) <= now && tokens_.free_at(now, tokens * cost_) <= now;
  };
  if (first && tokens_.in_use(now) && allows()) {
    // What is left does not suffice.
    const double more = std::max(cost_, tokens_.left(now) / std::max(1.0, tokens));
    cost_ = std::min(most_cost, more * 1.1);
  }
  // A service that keeps refusing when it has said that it accepts more is not believed; what was
  // computed from its limits is given some trials.
  const std::size_t believed = end.told ? 1 : 3;
  Time until = end.told ? now + *end.told : now;
  if ((!end.told && allows()) || refusals_ > believed) {
    until = std::max(until, now + backoff(end));
  }
  closed_until_ = std::max(closed_until_, until);
  closed_ = true;
  if (end.is_informed()) most_ = std::max<std::size_t>(1, in_progress_ + accepted_);
}

}  // namespace saleschecklist::net
