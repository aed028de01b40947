// A server on loopback that answers byte by byte as a test tells it, well or badly.
#ifndef SALESCHECKLIST_TESTS_RAW_SERVER_HPP
#define SALESCHECKLIST_TESTS_RAW_SERVER_HPP

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace saleschecklist::test {

// One accepted connection; the handler runs once per request on it.
class Connection {
 public:
  explicit Connection(int socket) : socket_(socket) {}
  ~Connection() {
    if (socket_ >= 0) ::close(socket_);
  }
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;

  // False when the other side is gone.
  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (size <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
  }

  // Waits until the other side closes, or at most so long.
  void wait_for_close(int most_ms = 10'000) const {
    pollfd wait{socket_, POLLIN, 0};
    char byte = 0;
    while (::poll(&wait, 1, most_ms) > 0 && ::recv(socket_, &byte, 1, 0) > 0) {
    }
  }

  void close() {
    ::close(socket_);
    socket_ = -1;
  }

  // Closes so that the other side gets a reset.
  void reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
  }

  // The bytes of one request, head and body, as they came; empty when there is no more.
  std::string read_request() const {
    std::string out;
    std::size_t whole = std::string::npos;
    char buffer[1 << 16];
    while (out.size() < whole) {
      const ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
      if (size <= 0) return {};
      out.append(buffer, static_cast<std::size_t>(size));
      const std::size_t head = out.find("\r\n\r\n");
      if (head == std::string::npos || whole != std::string::npos) continue;
      const std::size_t at = out.find("Content-Length: ");
      whole = head + 4 + (at < head ? std::strtoul(out.c_str() + at + 16, nullptr, 10) : 0);
    }
    return out;
  }

  bool is_open() const { return socket_ >= 0; }
  int socket() const { return socket_; }

 private:
  int socket_;
};

class RawServer {
 public:
  using Handler = std::function<void(Connection &connection, const std::string &request)>;

  explicit RawServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *const any = reinterpret_cast<sockaddr *>(&address);
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 128) != 0 ||
        ::getsockname(listener_, any, &size) != 0) {
      throw std::runtime_error("no port on loopback");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }

  ~RawServer() {
    closing_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    for (std::thread &thread : threads_) thread.join();
  }

  std::string url(const std::string &path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  int connections() const { return connections_; }

  // Every request so far, as it came.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void accept_all() {
    while (!closing_) {
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) continue;
      ++connections_;
      threads_.emplace_back([this, socket] { serve(socket); });
    }
  }

  void serve(int socket) {
    Connection connection(socket);
    while (connection.is_open() && !closing_) {
      const std::string request = connection.read_request();
      if (request.empty()) return;
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
      }
      handler_(connection, request);
    }
  }

  const Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> closing_{false};
  std::atomic<int> connections_{0};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

// A whole reply with its length.
inline std::string reply(int status, const std::string &body, const std::string &headers = "") {
  return "HTTP/1.1 " + std::to_string(status) + " Said\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace saleschecklist::test

#endif
