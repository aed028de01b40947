// Calls over a Network whose clock only sleeping moves.
#ifndef SALESCHECKLIST_TESTS_FAKE_TIME_HPP
#define SALESCHECKLIST_TESTS_FAKE_TIME_HPP

#include "net/network.hpp"
#include "raw_server.hpp"
#include "support/support.hpp"

#include <atomic>

namespace saleschecklist::test {

using std::chrono::milliseconds;

inline const std::string ok = reply(200, "ok");

// A clock that only sleeping moves.
struct FakeTime {
  std::chrono::steady_clock::time_point now{std::chrono::hours(1)};
  std::vector<std::int64_t> slept;
  double chance = 1.0;

  net::Timing timing() {
    return {[this] { return now; },
            [this](milliseconds time, const CancelToken &cancel) {
              slept.push_back(time.count());
              now += time;
              return !cancel.cancelled();
            },
            [this] { return chance; }, [] { return std::int64_t{784111777}; }};
  }
};

inline net::Call call_to(const std::string &url) {
  net::Call call;
  call.request.method = "POST";
  call.request.url = url;
  call.request.headers = {{"Authorization", "Bearer sk-very-secret"}};
  call.provider = "acme";
  call.read_failure = [](const HttpResponse &response) -> net::ReplyFailure {
    return {{ErrorCode::refused, "said " + response.body, ""}, response.body == "no credit"};
  };
  return call;
}

// Replies in turn, the last one again and again.
inline RawServer::Handler in_turn(std::vector<std::string> replies) {
  auto count = std::make_shared<std::atomic<std::size_t>>(0);
  return [replies, count](Connection &c, const std::string &) {
    c.write(replies[std::min(count->fetch_add(1), replies.size() - 1)]);
  };
}

}  // namespace saleschecklist::test

#endif
