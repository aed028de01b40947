// curl_transport(): one thread drives all exchanges over one pool of connections.
#include <saleschecklist/saleschecklist.hpp>

#include "base/errors.hpp"

#ifdef SALESCHECKLIST_WITH_CURL

#include "base/ascii.hpp"
#include "base/guard.hpp"
#include "base/process.hpp"
#include "base/wipe.hpp"
#include "net/headers.hpp"
#include "net/proxy.hpp"
#include "net/secrets.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <list>
#include <mutex>
#include <thread>

namespace saleschecklist {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int poll_ms = 20;                      // the interval at which cancellation is checked
constexpr std::int64_t longest_ms = 86'400'000;  // a day, the maximum; keeps sums in range

struct FreeList {
  void operator()(curl_slist *list) const {
    for (curl_slist *line = list; line != nullptr; line = line->next) {
      base::wipe(line->data, std::strlen(line->data));  // it may be a key's
    }
    curl_slist_free_all(list);
  }
};
struct FreeEasy {
  void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
  void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
};
struct CloseFile {
  void operator()(std::FILE *file) const { std::fclose(file); }
};

// libcurl's global state, initialised before the first use and never freed: see
// curl_global_init(3), which is thread-safe since 7.84.
bool curl_is_ready() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

// The trusted certificates: the option, or else libcurl's default, which a libcurl built on another
// system may expect at a different path.
std::string ca_file(CURL *easy, const CurlOptions &options) {
  if (!options.ca_file.empty()) return options.ca_file;
  char *built_in = nullptr;
  curl_easy_getinfo(easy, CURLINFO_CAINFO, &built_in);
  std::error_code ignored;
  if (built_in == nullptr || std::filesystem::exists(built_in, ignored)) return {};
  for (const char *known :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
    if (std::filesystem::exists(known, ignored)) return known;
  }
  return {};
}

// Why this transport ended an exchange.
enum class Stop { none, cancelled, idle, total, too_large, host, file, memory };

// An exchange in progress.
class Exchange {
 public:
  Exchange(const HttpRequest &request, const CurlOptions &options)
      : request_(request), started_(Clock::now()), active_(started_) {
    easy_.reset(curl_easy_init());
    if (!easy_) throw std::bad_alloc();
    check_request();
    set_target(options);
    set_headers();
    set_body();
    set_callbacks();
  }

  CURL *easy() const { return easy_.get(); }

  // Whether it must end, and why.
  Stop stop() const {
    using std::chrono::milliseconds;
    const auto now = Clock::now();
    if (stop_ != Stop::none) return stop_;
    if (request_.cancel.cancelled()) return Stop::cancelled;
    const auto reached = [&](Clock::time_point since, std::int64_t limit_ms) {
      return now - since >= milliseconds(std::min(limit_ms, longest_ms));
    };
    if (reached(started_, request_.total_ms)) return Stop::total;
    if (reached(active_, request_.idle_ms)) return Stop::idle;
    return Stop::none;
  }

  void finish(CURLcode code, Stop why) {
    const std::lock_guard lock(mutex_);
    code_ = code;
    stop_ = why != Stop::none ? why : stop_;
    done_ = true;
    changed_.notify_all();
  }

  Result<HttpResponse> wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_; });
    if (stop_ != Stop::none || code_ != CURLE_OK) return failure();
    response_.status = status();
    if (response_.status == 407) {  // its text is the proxy's
      response_.body = net::without_user_of(proxy_.reveal(), std::move(response_.body));
    }
    return std::move(response_);
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) throw std::bad_alloc();
  }

  int status() const {
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
  }

  void check_request() const {
    const std::string scheme = request_.url.substr(0, request_.url.find("://"));
    if (scheme != "http" && scheme != "https") {
      throw BadResult(errors::invalid_argument(
          "expected a URL that begins with http:// or https://", net::plain_url(request_.url)));
    }
    for (const HttpHeader &header : request_.headers) {
      if (net::is_sendable(header)) continue;
      throw BadResult(errors::invalid_argument(
          "the name or value of a header contains a character that HTTP does not allow",
          net::plain_url(request_.url)));
    }
  }

  void set_target(const CurlOptions &options) {
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set_proxy(options);
    set_certificates(options);
    set(CURLOPT_ACCEPT_ENCODING, "");  // decompresses; set_headers() takes back that it asks
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    // Waits for streams of a connection being opened. Without TLS it would wait for a failed one.
    set(CURLOPT_PIPEWAIT, base::equal_ignoring_case(request_.url.substr(0, 6), "https:") ? 1L : 0L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_USERAGENT, (std::string("saleschecklist/") + version()).c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // does not wait for a name lookup that hangs
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(std::clamp(request_.connect_ms, std::int64_t{1}, longest_ms)));
    set(CURLOPT_ERRORBUFFER, reason_);
  }

  // Both options also keep libcurl from reading the environment.
  void set_proxy(const CurlOptions &options) {
    proxy_ = Secret(net::proxy_for(options, request_.url));
    set(CURLOPT_PROXY, proxy_.reveal().c_str());
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  }

  void set_certificates(const CurlOptions &options) {
    const std::string trusted = ca_file(easy_.get(), options);
    if (!trusted.empty()) set(CURLOPT_CAINFO, trusted.c_str());
    if (options.ca_folder.empty()) return;
    if (curl_easy_setopt(easy_.get(), CURLOPT_CAPATH, options.ca_folder.c_str()) != CURLE_OK) {
      throw BadResult(errors::unsupported(
          "the libcurl of this system cannot read certificates from a folder", options.ca_folder));
    }
  }

  void set_headers() {
    curl_slist *list = nullptr;
    const auto add = [&](const std::string &line) {  // libcurl copies it
      curl_slist *longer = curl_slist_append(list, line.c_str());
      if (longer == nullptr) throw std::bad_alloc();
      list = longer;
      static_cast<void>(headers_.release());  // the longer list owns it
      headers_.reset(list);
    };
    add("Expect:");        // does not wait for 100-continue
    add("Content-Type:");  // removes curl's default; the request's own header follows
    add("Accept-Encoding:");
    for (const HttpHeader &header : request_.headers) {
      add(Secret(header.value.empty() ? header.name + ";" : header.name + ": " + header.value)
              .reveal());
    }
    set(CURLOPT_HTTPHEADER, headers_.get());
  }

  void set_body() {
    if (request_.method == "HEAD") set(CURLOPT_NOBODY, 1L);
    if (!request_.body_file.empty()) return set_file();
    if (request_.body.empty() && (request_.method == "GET" || request_.method == "HEAD")) return;
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.data());
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }

  void set_file() {
    std::error_code wrong;
    file_left_ = std::filesystem::file_size(request_.body_file, wrong);
    if (!wrong) file_.reset(std::fopen(request_.body_file.c_str(), "rb"));
    if (!file_) {
      const int number = wrong ? wrong.value() : errno;
      throw BadResult(errors::io("cannot read the file", number, request_.body_file));
    }
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(file_left_));
    set(CURLOPT_READFUNCTION, &Exchange::on_read);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, &Exchange::on_seek);
    set(CURLOPT_SEEKDATA, this);
  }

  void set_callbacks() {
    set(CURLOPT_HEADERFUNCTION, &Exchange::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Exchange::on_write);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_XFERINFOFUNCTION, &Exchange::on_progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_PRIVATE, this);
  }

  static std::size_t on_read(char *to, std::size_t size, std::size_t count, void *self) {
    auto &exchange = *static_cast<Exchange *>(self);
    const std::size_t wanted = std::min<std::uintmax_t>(size * count, exchange.file_left_);
    const std::size_t done = std::fread(to, 1, wanted, exchange.file_.get());
    exchange.file_left_ -= done;
    if (done == wanted) return done;
    exchange.stop_ = Stop::file;  // unreadable, or shorter than before
    return CURL_READFUNC_ABORT;
  }

  // curl rewinds the body if a kept connection turns out to be closed.
  static int on_seek(void *self, curl_off_t offset, int origin) {
    auto &exchange = *static_cast<Exchange *>(self);
    if (origin != SEEK_SET ||
        std::fseek(exchange.file_.get(), static_cast<long>(offset), SEEK_SET) != 0) {
      return CURL_SEEKFUNC_FAIL;
    }
    curl_off_t size = 0;
    std::error_code wrong;
    size = static_cast<curl_off_t>(std::filesystem::file_size(exchange.request_.body_file, wrong));
    if (wrong || offset > size) return CURL_SEEKFUNC_FAIL;
    exchange.file_left_ = static_cast<std::uintmax_t>(size - offset);
    return CURL_SEEKFUNC_OK;
  }

  static std::size_t on_header(char *from, std::size_t size, std::size_t count, void *self) {
    return static_cast<Exchange *>(self)->receive({from, size * count}, &Exchange::header);
  }

  static std::size_t on_write(char *from, std::size_t size, std::size_t count, void *self) {
    return static_cast<Exchange *>(self)->receive({from, size * count}, &Exchange::body);
  }

  // Exceptions of callbacks must not propagate through curl.
  std::size_t receive(std::string_view bytes, void (Exchange::*part)(std::string_view)) {
    active_ = Clock::now();
    try {
      (this->*part)(bytes);
    } catch (...) {
      stop_ = Stop::memory;
    }
    return stop_ == Stop::none ? bytes.size() : CURL_WRITEFUNC_ERROR;
  }

  static int on_progress(void *self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up) {
    auto &exchange = *static_cast<Exchange *>(self);
    if (down + up != exchange.moved_) exchange.active_ = Clock::now();
    exchange.moved_ = down + up;
    return 0;
  }

  void header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > limits::header_bytes) stop_ = Stop::too_large;
    if (line.substr(0, 5) == "HTTP/") response_.headers.clear();  // the final reply after a 1xx
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    response_.headers.push_back({std::string(base::trim(line.substr(0, colon))),
                                 std::string(base::trim(line.substr(colon + 1)))});
  }

  void body(std::string_view piece) {
    received_ += piece.size();
    if (received_ > request_.most_bytes) {
      stop_ = Stop::too_large;
    } else if (!request_.on_body || status() / 100 != 2) {
      response_.body.append(piece);
    } else if (!request_.on_body(piece)) {
      stop_ = Stop::host;
    }
  }

  Error failure() const {
    const std::string where = net::plain_url(request_.url);
    switch (stop_) {
      case Stop::cancelled:
      case Stop::host:
        return errors::cancelled(where);
      case Stop::total:
        return errors::timeout(
            fmt::format("the exchange took longer than {} ms", request_.total_ms), where);
      case Stop::idle:
        return errors::timeout(
            fmt::format("no byte was sent or received for {} ms", request_.idle_ms), where);
      case Stop::too_large:
        return errors::refused(
            fmt::format("the reply is larger than {} bytes{}", request_.most_bytes,
                        encoding().empty() ? "" : " once it is decompressed"),
            where);
      case Stop::file:
        return errors::io("the file could not be read to its end", request_.body_file);
      case Stop::memory:
        return errors::out_of_memory();
      case Stop::none:
        break;
    }
    const char *const reason = reason_[0] != '\0' ? reason_ : curl_easy_strerror(code_);
    if (code_ == CURLE_BAD_CONTENT_ENCODING) {
      return errors::refused(
          fmt::format("the reply cannot be decompressed: its Content-Encoding is '{}' ({})",
                      net::excerpt(encoding(), 80), reason),
          where);
    }
    return errors::network(proxy_.empty() ? reason : through_proxy(reason), where);
  }

  std::string_view encoding() const { return response_.header("content-encoding"); }

  // What went wrong on the way through a proxy, which may refuse the connection itself.
  std::string through_proxy(const std::string &reason) const {
    long refused = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &refused);
    std::string out = net::without_user_of(proxy_.reveal(), reason);
    out += fmt::format(" (through the proxy {})", net::shown_proxy(proxy_.reveal()));
    if (refused == 407) out += "; check the user and the password in the proxy's URL";
    return out;
  }

  const HttpRequest &request_;
  Clock::time_point started_, active_;
  std::unique_ptr<curl_slist, FreeList> headers_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  Secret proxy_;  // its URL may contain a password; empty: none
  char reason_[CURL_ERROR_SIZE] = {};
  std::uintmax_t file_left_ = 0;
  curl_off_t moved_ = 0;
  std::size_t received_ = 0;
  std::size_t header_bytes_ = 0;
  HttpResponse response_;
  Stop stop_ = Stop::none;
  CURLcode code_ = CURLE_OK;
  bool done_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unique_ptr<CURL, FreeEasy> easy_;  // destroyed first: it points to the other members
};

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(CurlOptions options)
      : options_(std::move(options)), multi_(curl_multi_init()), process_(base::process_id()) {
    if (multi_ == nullptr) throw std::bad_alloc();
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    driver_ = std::thread([this] { drive(); });
  }

  ~CurlTransport() override {
    for (std::string *proxy : {&options_.proxy, &options_.https_proxy, &options_.http_proxy}) {
      Secret::wipe(*proxy);
    }
    if (process_ != base::process_id()) {  // the thread is not here, and curl's connections are its
      driver_.detach();
      (void)multi_.release();
      return;
    }
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    curl_multi_wakeup(multi_.get());
    driver_.join();
  }

  Result<HttpResponse> send(const HttpRequest &request) override {
    return base::guard([&]() -> Result<HttpResponse> {
      if (process_ != base::process_id()) return base::opened_before_fork("transport");
      Exchange exchange(request, options_);
      std::list<Exchange *> entry{&exchange};
      {
        const std::lock_guard lock(mutex_);
        waiting_.splice(waiting_.end(), entry);  // does not allocate
      }
      curl_multi_wakeup(multi_.get());
      return exchange.wait();
    });
  }

 private:
  void drive() {
    for (;;) {
      if (!admit()) break;
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      collect();
      for (auto next = active_.begin(); next != active_.end();) {
        Exchange *exchange = *next++;
        if (const Stop why = exchange->stop(); why != Stop::none) end(exchange, CURLE_OK, why);
      }
      curl_multi_poll(multi_.get(), nullptr, 0, active_.empty() ? 60'000 : poll_ms, nullptr);
    }
    while (!active_.empty()) end(active_.front(), CURLE_OK, Stop::cancelled);
  }

  // Takes over the waiting exchanges. Returns false if the transport is closing.
  bool admit() {
    const std::lock_guard lock(mutex_);
    while (!waiting_.empty()) {
      active_.splice(active_.end(), waiting_, waiting_.begin());
      if (curl_multi_add_handle(multi_.get(), active_.back()->easy()) != CURLM_OK) {
        end(active_.back(), CURLE_FAILED_INIT, Stop::none);
      }
    }
    return !closing_;
  }

  void collect() {
    int left = 0;
    while (CURLMsg *message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      char *self = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
      end(reinterpret_cast<Exchange *>(self), message->data.result, Stop::none);
    }
  }

  void end(Exchange *exchange, CURLcode code, Stop why) {
    curl_multi_remove_handle(multi_.get(), exchange->easy());
    active_.remove(exchange);
    exchange->finish(code, why);  // the exchange may be destroyed after this
  }

  CurlOptions options_;  // unchanged until the destructor
  std::unique_ptr<CURLM, FreeMulti> multi_;
  const std::int64_t process_;    // the process in which the driver thread runs
  std::list<Exchange *> active_;  // used by the driver thread only
  std::mutex mutex_;
  std::list<Exchange *> waiting_;
  bool closing_ = false;
  std::thread driver_;
};

}  // namespace

Result<std::shared_ptr<Transport>> curl_transport(const CurlOptions &options) {
  return base::guard([&]() -> Result<std::shared_ptr<Transport>> {
    if (!curl_is_ready()) return errors::internal("libcurl could not be initialised");
    return std::shared_ptr<Transport>(std::make_shared<CurlTransport>(options));
  });
}

}  // namespace saleschecklist

#else
namespace saleschecklist {

Result<std::shared_ptr<Transport>> curl_transport(const CurlOptions &) {
  return errors::unsupported(
      "this build cannot use the network: it was configured with SALESCHECKLIST_CURL=OFF");
}

}  // namespace saleschecklist

#endif
