// A client that sends exactly the bytes it is told to, for tests of the HTTP front over loopback.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "kb/base/text.h"

namespace treff::server {

struct RawResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  // lower-case names
  std::string body;                            // chunks put together
  bool complete = true;                        // false: the connection ended within the body
  std::string bytes;                           // everything as received
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{30, 0};  // only so that a broken server fails the test instead of hanging it
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  RawClient(RawClient&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_), unread_(std::move(other.unread_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() { close(); }

  bool connected() const { return connected_; }
  bool was_reset() const { return was_reset_; }

  // False once the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // The next answer; nullopt if the connection ended before one. `of_head`: it carries no body.
  std::optional<RawResponse> read_response(bool of_head = false) {
    std::size_t end = std::string::npos;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive()) return std::nullopt;
    }
    RawResponse response;
    response.bytes = unread_.substr(0, end + 4);
    unread_.erase(0, end + 4);
    parse_head(response);
    if (!of_head && response.status >= 200) read_body(response);
    response.bytes += response.body;
    return response;
  }

  std::optional<RawResponse> ask(std::string_view bytes) {
    send(bytes);  // a server that has refused already may have closed
    return read_response();
  }

  // Everything that still comes until the server closes.
  std::string read_to_end() {
    while (receive()) continue;
    return std::exchange(unread_, {});
  }

  // Receives until `piece` has come; what was received stays for read_response.
  bool wait_for(std::string_view piece) {
    while (unread_.find(piece) == std::string::npos) {
      if (!receive()) return false;
    }
    return true;
  }

  // Waits at most `milliseconds` for input or the end of it.
  bool has_input(int milliseconds) {
    pollfd entry{fd_, POLLIN, 0};
    return !unread_.empty() || ::poll(&entry, 1, milliseconds) > 0;
  }

  void half_close() { ::shutdown(fd_, SHUT_WR); }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  // A small receive buffer, so that the server cannot get rid of a large answer.
  void read_slowly() {
    const int size = 4096;
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }

 private:
  bool receive() {
    char piece[16384];
    const ssize_t got = ::recv(fd_, piece, sizeof piece, 0);
    was_reset_ = got < 0 && errno == ECONNRESET;
    if (got <= 0) return false;
    unread_.append(piece, static_cast<std::size_t>(got));
    return true;
  }

  static void parse_head(RawResponse& response) {
    std::string_view rest = response.bytes;
    response.status = rest.size() > 12 ? std::atoi(std::string(rest.substr(9, 3)).c_str()) : 0;
    rest.remove_prefix(rest.find("\r\n") + 2);
    while (!rest.starts_with("\r\n")) {
      const std::string_view line = rest.substr(0, rest.find("\r\n"));
      const std::size_t colon = line.find(": ");
      response.headers[base::to_lower_ascii(line.substr(0, colon))] = std::string(line.substr(colon + 2));
      rest.remove_prefix(line.size() + 2);
    }
  }

  void read_body(RawResponse& response) {
    if (response.headers.contains("transfer-encoding")) return read_chunks(response);
    const auto length = response.headers.find("content-length");
    if (length == response.headers.end()) {
      if (response.status != 204 && response.status != 304) response.body = read_to_end();
      return;
    }
    response.complete = take(static_cast<std::size_t>(std::atoll(length->second.c_str())), response.body);
  }

  void read_chunks(RawResponse& response) {
    while (true) {
      std::size_t end = 0;
      while ((end = unread_.find("\r\n")) == std::string::npos) {
        if (!receive()) {
          response.complete = false;
          return;
        }
      }
      const std::size_t size = std::strtoul(unread_.c_str(), nullptr, 16);
      unread_.erase(0, end + 2);
      std::string line_end;
      response.complete = take(size, response.body) && take(2, line_end);
      if (!response.complete || size == 0) return;
    }
  }

  bool take(std::size_t size, std::string& out) {
    while (unread_.size() < size) {
      if (!receive()) return false;
    }
    out.append(unread_, 0, size);
    unread_.erase(0, size);
    return true;
  }

  int fd_;
  bool connected_ = false;
  bool was_reset_ = false;
  std::string unread_;
};

}  // namespace treff::server
