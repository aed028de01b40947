// record_transport() and replay_transport().
#include <saleschecklist/cassette.hpp>

#include "base/ascii.hpp"
#include "base/errors.hpp"
#include "base/guard.hpp"
#include "base/sha256.hpp"
#include "json/library.hpp"
#include "net/exchange_json.hpp"
#include "net/network.hpp"
#include "net/secrets.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

namespace saleschecklist {
namespace {

namespace fs = std::filesystem;

std::string read_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  std::string out{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw BadResult(errors::io("cannot read the file", errno, path));
  return out;
}

// The request as it is recorded: without secrets, and with its body in memory.
net::RecordedExchange recorded_request(const HttpRequest &request) {
  const std::vector<Secret> secrets = net::secrets_of(request);
  const std::string &file = request.body_file;
  net::RecordedExchange out;
  out.method = request.method;
  out.url = net::without(net::redacted_url(request.url), secrets);
  for (const HttpHeader &header : request.headers) {
    const bool secret = net::is_secret_header(header.name);
    out.request_headers.push_back(
        {header.name, secret ? "***" : net::without(header.value, secrets)});
  }
  out.request_body = net::without(file.empty() ? request.body : read_file(file), secrets);
  return out;
}

// Whether the body as a whole is a recording.
bool is_sound(const net::RecordedExchange &exchange) {
  return std::any_of(
      exchange.request_headers.begin(), exchange.request_headers.end(),
      [](const HttpHeader &header) {
        return base::equal_ignoring_case(header.name, "content-type") &&
               (header.value.rfind("audio/", 0) == 0 || header.value == "application/octet-stream");
      });
}

// Equal for equal requests, whatever their other headers and however their sound is encoded.
std::string key_of(const net::RecordedExchange &exchange) {
  const std::string body =
      is_sound(exchange) ? "sound" : net::comparable_body(exchange.request_body);
  return base::sha256_hex(exchange.method + '\n' + exchange.url + '\n' + body);
}

// A readable file name that is unique for the request, such as "chat-completions-0123456789ab".
std::string file_stem(const net::RecordedExchange &exchange) {
  constexpr std::size_t key_digits = 12, longest = 40;
  const std::string url = net::plain_url(exchange.url);
  std::string path = url.substr(std::min(url.size(), net::origin_of(url).size()));
  for (char &c : path) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '-';
  }
  if (path.size() > longest) path = path.substr(path.size() - longest);
  const std::size_t begin = std::min(path.find_first_not_of('-'), path.size());
  return path.substr(begin) + "-" + key_of(exchange).substr(0, key_digits);
}

void write_file(const fs::path &target, const std::string &text) {
  const fs::path temporary = target.string() + ".part";
  // For its owner alone: a recorded conversation is nobody else's business. What is there is not
  // written to, since it may be a link, or be readable by others.
  ::unlink(temporary.c_str());
  const int opened = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  std::FILE *file = opened < 0 ? nullptr : ::fdopen(opened, "wb");
  bool written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  written = file != nullptr && std::fclose(file) == 0 && written;
  std::error_code wrong;
  if (written) fs::rename(temporary, target, wrong);
  if (written && !wrong) return;
  const int number = wrong ? wrong.value() : errno;
  fs::remove(temporary, wrong);
  throw BadResult(errors::io("cannot write the file", number, target));
}

class RecordTransport final : public Transport {
 public:
  RecordTransport(std::shared_ptr<Transport> inner, fs::path folder)
      : inner_(std::move(inner)), folder_(std::move(folder)) {}

  Result<HttpResponse> send(const HttpRequest &request) override {
    return base::guard([&]() -> Result<HttpResponse> {
      net::RecordedExchange exchange = recorded_request(request);
      net::OwnRequest watched = request;
      std::vector<std::string> pieces;
      if (request.on_body) {
        watched.on_body = [&](std::string_view piece) {
          pieces.emplace_back(piece);
          return request.on_body(piece);
        };
      }
      Result<HttpResponse> result = inner_->send(watched);
      if (!result || is_nothing(request, *result)) return result;
      keep(std::move(exchange), *result, pieces, net::secrets_of(request));
      return result;
    });
  }

 private:
  // What was looked for and is not there, such as a server's list of models. A replay, which does
  // not know it either, has the same outcome.
  static bool is_nothing(const HttpRequest &request, const HttpResponse &response) {
    const int status = response.status;
    return request.method == "GET" && (status == 404 || status == 405 || status == 501);
  }

  void keep(net::RecordedExchange exchange, const HttpResponse &response,
            const std::vector<std::string> &pieces, const std::vector<Secret> &secrets) {
    exchange.response.status = response.status;
    for (const HttpHeader &header : response.headers) {
      const bool secret = net::is_secret_header(header.name);
      exchange.response.headers.push_back(
          {header.name, secret ? "***" : net::without(header.value, secrets)});
    }
    std::string body = response.body;
    for (const std::string &piece : pieces) body += piece;
    exchange.response.body = net::without(body, secrets);
    if (exchange.response.body == body) {  // otherwise, the sizes of the pieces no longer match
      for (const std::string &piece : pieces) exchange.pieces.push_back(piece.size());
    }
    const std::lock_guard lock(mutex_);
    const std::string stem = file_stem(exchange);
    const int count = ++counts_[stem];
    if (count == 1) remove_others(stem);
    const std::string name = count == 1 ? stem : fmt::format("{}-{}", stem, count);
    write_file(folder_ / (name + ".json"), net::exchange_to_json(exchange));
  }

  // The number of replies to the same request that are in the folder from an earlier recording.
  void remove_others(const std::string &stem) const {
    std::error_code ignored;
    for (int n = 2; fs::remove(folder_ / fmt::format("{}-{}.json", stem, n), ignored); ++n) {
    }
  }

  const std::shared_ptr<Transport> inner_;
  const fs::path folder_;
  std::mutex mutex_;
  std::map<std::string, int> counts_;
};

// A short excerpt around the first byte at which two texts differ.
std::string around_difference(const std::string &recorded, const std::string &asked) {
  constexpr std::size_t before = 20, after = 40;
  const auto [r, a] = std::mismatch(recorded.begin(), recorded.end(), asked.begin(), asked.end());
  const auto at = static_cast<std::size_t>(r - recorded.begin());
  const std::size_t begin = at - std::min(at, before);
  const auto shown = [&](const std::string &text) {
    return net::excerpt(std::string_view(text).substr(begin, at - begin + after), before + after);
  };
  return fmt::format("at byte {}, recorded '{}', sent '{}'", at, shown(recorded), shown(asked));
}

// What differs between two requests, in one line.
std::string difference(const net::RecordedExchange &recorded, const net::RecordedExchange &asked) {
  if (recorded.method != asked.method) return "its method is " + recorded.method;
  if (recorded.url != asked.url) return "its URL is " + recorded.url;
  const auto left = nlohmann::json::parse(recorded.request_body, nullptr, false);
  const auto right = nlohmann::json::parse(asked.request_body, nullptr, false);
  if (left.is_discarded() || right.is_discarded()) {
    return "in its body, " + around_difference(recorded.request_body, asked.request_body);
  }
  const auto patch = nlohmann::json::diff(left, right);
  if (patch.empty()) return "its body is the same JSON, written differently";
  const std::string path = patch[0].at("path");
  const nlohmann::json::json_pointer place(path);
  const auto text = [&](const nlohmann::json &document) {
    if (!document.contains(place)) return std::string("nothing");
    const auto &value = document.at(place);
    return value.is_string() ? value.get<std::string>() : value.dump();
  };
  return fmt::format("in its body at {}, {}", path, around_difference(text(left), text(right)));
}

// How much two requests have in common, to find the nearest one.
std::size_t likeness(const net::RecordedExchange &recorded, const net::RecordedExchange &asked) {
  const std::string &left = recorded.request_body, &right = asked.request_body;
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  const auto alike = static_cast<std::size_t>(l - left.begin());
  constexpr std::size_t same_place = std::size_t{1} << 40;  // outweighs any similarity of bodies
  return alike + (recorded.url == asked.url && recorded.method == asked.method ? same_place : 0);
}

class ReplayTransport final : public Transport {
 public:
  explicit ReplayTransport(const fs::path &folder) : folder_(folder) {
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(folder)) {
      if (entry.is_regular_file() && entry.path().extension() == ".json")
        files.push_back(entry.path());
    }
    // Sorts "a.json" before "a-2.json" before "a-10.json".
    std::sort(files.begin(), files.end(), [](const fs::path &left, const fs::path &right) {
      const std::string l = left.stem(), r = right.stem();
      return l.size() != r.size() ? l.size() < r.size() : l < r;
    });
    for (const fs::path &file : files) {
      auto exchange = net::exchange_from_json(read_file(file));
      if (!exchange) {
        Error error = exchange.error();
        error.where = file.string() + (error.where.empty() ? "" : " " + error.where);
        throw BadResult(error);
      }
      auto &track = tracks_[key_of(*exchange)];
      track.exchanges.push_back(*std::move(exchange));
    }
  }

  Result<HttpResponse> send(const HttpRequest &request) override {
    return base::guard([&]() -> Result<HttpResponse> {
      const net::RecordedExchange asked = recorded_request(request);
      const net::RecordedExchange *found = next(asked);
      if (found == nullptr) return unknown(asked);
      return play(*found, request);
    });
  }

 private:
  struct Track {
    std::vector<net::RecordedExchange> exchanges;
    std::vector<bool> played;
  };

  // The first exchange that was not played yet; one with exactly the same bytes takes precedence.
  const net::RecordedExchange *next(const net::RecordedExchange &asked) {
    const std::lock_guard lock(mutex_);
    const auto found = tracks_.find(key_of(asked));
    if (found == tracks_.end()) return nullptr;
    Track &track = found->second;
    track.played.resize(track.exchanges.size());
    std::size_t best = track.exchanges.size();
    for (std::size_t i = track.exchanges.size(); i-- > 0;) {
      if (track.played[i]) continue;
      const bool same = track.exchanges[i].request_body == asked.request_body;
      const bool best_same =
          best < track.exchanges.size() && track.exchanges[best].request_body == asked.request_body;
      if (same || !best_same) best = i;
    }
    if (best == track.exchanges.size()) return nullptr;
    track.played[best] = true;
    return &track.exchanges[best];
  }

  static Result<HttpResponse> play(const net::RecordedExchange &exchange,
                                   const HttpRequest &request) {
    const HttpResponse &recorded = exchange.response;
    const Error cancelled = errors::cancelled(net::plain_url(request.url));
    if (request.cancel.cancelled()) return cancelled;
    if (!request.on_body || recorded.status / 100 != 2) return recorded;
    std::vector<std::size_t> pieces = exchange.pieces;
    if (pieces.empty() && !recorded.body.empty()) pieces = {recorded.body.size()};
    std::string_view left = recorded.body;
    for (const std::size_t size : pieces) {
      if (!request.on_body(left.substr(0, size))) return cancelled;
      left.remove_prefix(size);
    }
    return HttpResponse{recorded.status, recorded.headers, {}};
  }

  Error unknown(const net::RecordedExchange &asked) const {
    const std::string what = fmt::format("{} {}", asked.method, net::plain_url(asked.url));
    const net::RecordedExchange *nearest = nullptr;
    for (const auto &[key, track] : tracks_) {
      for (const net::RecordedExchange &exchange : track.exchanges) {
        if (nearest == nullptr || likeness(exchange, asked) > likeness(*nearest, asked)) {
          nearest = &exchange;
        }
      }
    }
    if (nearest == nullptr) {
      return errors::not_found(what + " was not recorded: the folder contains no exchange",
                               folder_.string());
    }
    if (key_of(*nearest) == key_of(asked)) {
      return errors::not_found(what + " was sent more often than it was recorded",
                               folder_.string());
    }
    return errors::not_found(
        fmt::format("{} was not recorded; the nearest recording is {}.json: {}", what,
                    file_stem(*nearest), difference(*nearest, asked)),
        folder_.string());
  }

  const fs::path folder_;
  std::mutex mutex_;
  std::map<std::string, Track> tracks_;
};

}  // namespace

Result<std::shared_ptr<Transport>> record_transport(std::shared_ptr<Transport> inner,
                                                    const std::string &folder) {
  return base::guard([&]() -> Result<std::shared_ptr<Transport>> {
    std::error_code wrong;
    fs::create_directories(folder, wrong);
    if (wrong) return errors::io("cannot create the folder: " + wrong.message(), folder);
    return std::shared_ptr<Transport>(std::make_shared<RecordTransport>(std::move(inner), folder));
  });
}

bool net::is_replay(const Transport &transport) {
  return dynamic_cast<const ReplayTransport *>(&transport) != nullptr;
}

Result<std::shared_ptr<Transport>> replay_transport(const std::string &folder) {
  return base::guard([&]() -> Result<std::shared_ptr<Transport>> {
    std::error_code wrong;
    const fs::directory_iterator readable(folder, wrong);
    if (wrong) return errors::io("cannot read the folder: " + wrong.message(), folder);
    return std::shared_ptr<Transport>(std::make_shared<ReplayTransport>(folder));
  });
}

}  // namespace saleschecklist
