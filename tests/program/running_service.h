// `treff serve` on a port of the system's choice, and plain requests to it.
#pragma once

#include <signal.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "tests/server/raw_client.h"
#include "tests/support/program.h"

namespace treff::program {

class RunningService {
 public:
  explicit RunningService(const support::KnowledgeBase& base)
      : error_file_(base.folder() / "serve-stderr"), port_file_(base.folder() / "port") {
    child_ = std::make_unique<support::Child>(
        base.program(), base.with_kb({"serve", "--listen", "127.0.0.1:0", "--port-file", port_file_}), error_file_);
    announcement_ = child_->read_line();  // written once connections are taken
    INFO(support::read_file(error_file_));
    REQUIRE(support::contains(announcement_, "listening on http://127.0.0.1:"));
    port_ = static_cast<std::uint16_t>(std::atoi(support::read_file(port_file_).c_str()));
    REQUIRE(port_ > 0);
  }

  const std::string& announcement() const { return announcement_; }
  std::uint16_t port() const { return port_; }
  std::string messages() const { return support::read_file(error_file_); }

  server::RawResponse ask(const std::string& method, const std::string& target, const std::string& body = {}) const {
    server::RawClient client(port_);
    REQUIRE(client.connected());
    std::string request = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    if (method == "POST") {
      request += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    }
    auto response = client.ask(request + "\r\n" + body);
    REQUIRE(response.has_value());
    return std::move(*response);
  }
  std::string body_of_post(const std::string& target, const std::string& body) const {
    const server::RawResponse response = ask("POST", target, body);
    INFO(response.body.substr(0, 500));
    REQUIRE(response.status == 200);
    return response.body;
  }

  // Asks it to stop; its exit status.
  int stop() {
    child_->signal(SIGTERM);
    child_->read_to_end();
    return child_->wait();
  }

 private:
  std::string error_file_;
  std::string port_file_;
  std::unique_ptr<support::Child> child_;
  std::string announcement_;
  std::uint16_t port_ = 0;
};

}  // namespace treff::program
