// Starting, stopping, and a listening socket that fails underway.
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <string>
#include <thread>

#include "tests/server/front_fixture.h"
#include "tests/server/raw_client.h"

using namespace treff::server;
using std::chrono::milliseconds;

namespace {

std::string get(const std::string& target) { return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"; }

// The descriptor that listens on `port` in this process.
int listening_descriptor(std::uint16_t port) {
  for (int fd = 3; fd < 1024; ++fd) {
    int listens = 0;
    socklen_t size = sizeof listens;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0) continue;
    sockaddr_in address{};
    size = sizeof address;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0 && ntohs(address.sin_port) == port)
      return fd;
  }
  return -1;
}

}  // namespace

TEST_CASE("stop finishes the request in flight and takes no new client") {
  Front front;
  const std::uint16_t port = front.port();
  RawClient in_flight(port);
  RawClient idle(port);
  REQUIRE(idle.ask(get("/a"))->status == 200);
  in_flight.send(get("/wait"));
  front.wait_for_calls(2);
  std::thread stopper([&] { front.server().stop(); });
  // The idle connection is let go at once, which shows that stopping has begun.
  CHECK(idle.read_to_end().empty());
  CHECK_FALSE(RawClient(port).connected());
  front.gate.open();
  const auto response = in_flight.read_response();
  stopper.join();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK(response->headers.at("connection") == "close");
  CHECK(front.server().stats().connections == 0);
}

TEST_CASE("a half-sent request is served while stopping, and cut off at the drain deadline") {
  HttpOptions options = quick_options();
  const bool completes = GENERATE(true, false);
  options.deadlines.drain = completes ? milliseconds(20'000) : milliseconds(200);
  Front front(options);
  RawClient client(front.port());
  RawClient idle(front.port());
  REQUIRE(idle.ask(get("/a"))->status == 200);
  client.send("POST /b HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  REQUIRE(client.read_response()->status == 100);
  std::thread stopper([&] { front.server().stop(); });
  CHECK(idle.read_to_end().empty());
  if (completes) {
    const auto response = client.ask("ok");
    CHECK((response && response->body == "POST|/b|127.0.0.1||ok"));
  }
  CHECK(client.read_to_end().empty());
  stopper.join();
}

TEST_CASE("stopping twice, or without having started, does nothing") {
  Front front;
  front.server().stop();
  front.server().stop();
  KeptLog log;
  HttpServer never(HttpOptions{}, Handlers{}, log);
  never.stop();
  CHECK(never.port() == 0);
}

TEST_CASE("two servers never share a port") {
  Front front;
  HttpOptions options;
  options.port = front.port();
  KeptLog log;
  HttpServer second(options, Handlers{}, log);
  const auto started = second.start();
  REQUIRE_FALSE(started.has_value());
  CHECK(started.error().code == treff::ErrorCode::IoFailure);
  CHECK(started.error().where == "127.0.0.1:" + std::to_string(front.port()));
}

TEST_CASE("a port is free again at once") {
  std::uint16_t port = 0;
  {
    Front front;
    port = front.port();
    // Closed by the server first, which leaves the pair of addresses in TIME_WAIT.
    RawClient client(port);
    CHECK(client.ask("GET / HTTP/1.0\r\n\r\n")->status == 200);
    CHECK(client.read_to_end().empty());
  }
  HttpOptions options = quick_options();
  options.port = port;
  Front again(options);
  CHECK(RawClient(port).ask(get("/a"))->status == 200);
}

TEST_CASE("a listening socket that fails is bound again") {
  Front front;
  RawClient kept(front.port());
  REQUIRE(kept.ask(get("/a"))->status == 200);
  const int fd = listening_descriptor(front.port());
  REQUIRE(fd >= 0);
  REQUIRE(::shutdown(fd, SHUT_RD) == 0);
  front.log.wait_for("binding it again");
  while (true) {  // the log line comes just before the binding
    RawClient client(front.port());
    if (!client.connected()) continue;
    CHECK(client.ask(get("/b"))->status == 200);
    break;
  }
  CHECK(kept.ask(get("/c"))->status == 200);
}
