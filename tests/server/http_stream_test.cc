// Streamed routes over real sockets: bounded, pressed back, and ended when the client goes away.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <thread>

#include "tests/server/front_fixture.h"
#include "tests/server/raw_client.h"

using namespace treff::server;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t kMebibyte = 1024 * 1024;

// Every path is streamed; /echo gives back what it reads, /endless writes until nobody listens, and so on.
class StreamFront {
 public:
  explicit StreamFront(HttpOptions options = quick_options()) : server_(options, handlers(), log) {
    const auto started = server_.start();
    REQUIRE(started.has_value());
  }
  std::uint16_t port() const { return server_.port(); }
  HttpServer& server() { return server_; }

  KeptLog log;
  Gate began;
  Gate gate;
  Gate ended;
  std::atomic<bool> last_write{true};

 private:
  Handlers handlers() {
    Handlers handlers;
    handlers.classify = [](std::string_view, std::string_view path) {
      return Route{RouteClass::Streamed, path == "/small" ? 100 : 256 * kMebibyte};
    };
    handlers.stream = [this](const HttpRequest& request, BodyReader& reader, ResponseWriter& writer) {
      run(request.path, reader, writer);
    };
    return handlers;
  }

  void run(const std::string& path, BodyReader& reader, ResponseWriter& writer) {
    const HttpResponse head{200, {{"X-Rows", "many"}}, "application/x-ndjson", {}};
    if (path == "/silent") return;
    if (path == "/throw-first") throw std::runtime_error("secret");
    if (path == "/wait") {
      began.open();
      gate.wait();
    }
    if (path == "/endless") {
      writer.start(head);
      while (writer.write(std::string(10'000, 'x'))) began.open();
      last_write = writer.write("x");
      return ended.open();
    }
    if (path == "/small-after-start") writer.start(head);
    copy(path, head, reader, writer);
  }

  void copy(const std::string& path, const HttpResponse& head, BodyReader& reader, ResponseWriter& writer) {
    bool started = false;
    while (true) {
      const auto piece = reader.read();
      if (!piece) {
        ended.open();
        return;
      }
      if (!started && (piece->empty() || path != "/late")) started = writer.start(head);
      if (piece->empty()) break;
      if (started && path != "/count" && !writer.write(*piece)) return;
    }
    if (path == "/throw-late") throw std::runtime_error("secret");
    if (path == "/unfinished") return;
    writer.finish();
  }

  HttpServer server_;
};

std::string chunked(const std::string& path) {
  return "POST " + path + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
}

std::string sized(const std::string& path, std::size_t bytes) {
  return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
}

}  // namespace

TEST_CASE("a streamed route gives back what it reads") {
  struct Row {
    const char* name;
    std::string request;
    std::string want;
  };
  const std::string large(300'000, 'z');
  const auto row = GENERATE_COPY(values<Row>({
      {"chunked", chunked("/echo") + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde"},
      {"sized", sized("/echo", 5) + "abcde", "abcde"},
      {"sized, large", sized("/echo", large.size()) + large, large},
      {"empty chunked", chunked("/echo") + "0\r\n\r\n", ""},
      {"GET", "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", ""},
      {"1.0", "POST /echo HTTP/1.0\r\nContent-Length: 5\r\n\r\nabcde", "abcde"},
  }));
  INFO(row.name);
  StreamFront front;
  RawClient client(front.port());
  std::thread sender([&] { client.send(row.request); });
  const auto response = client.read_response();
  sender.join();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK(response->complete);
  CHECK(response->body == row.want);
  CHECK(response->headers.at("x-rows") == "many");
  CHECK(response->headers.at("connection") == "close");
  CHECK(client.read_to_end().empty());
}

TEST_CASE("answers leave while the body still comes") {
  StreamFront front;
  RawClient client(front.port());
  client.send(chunked("/echo"));
  for (const std::string line : {"one\n", "two\n", "six\n"}) {
    client.send("4\r\n" + line + "\r\n");
    REQUIRE(client.wait_for(line));  // nothing more is sent until this line has come back
  }
  client.send("0\r\n\r\n");
  const auto response = client.read_response();
  REQUIRE(response.has_value());
  CHECK(response->body == "one\ntwo\nsix\n");
}

TEST_CASE("100 MiB go through in little memory") {
  StreamFront front;
  const PeakMemory memory;
  RawClient client(front.port());
  const std::string piece(64 * 1024, 'q');
  client.send(sized("/count", 100 * kMebibyte));
  for (std::size_t sent = 0; sent < 100 * kMebibyte && client.send(piece); sent += piece.size()) continue;
  const auto response = client.read_response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  if (PeakMemory::is_meaningful()) CHECK(memory.growth_kib() < 16 * 1024);
}

TEST_CASE("what goes wrong before the answer has begun is a problem document") {
  struct Row {
    const char* name;
    std::string request;
    int want;
  };
  const auto row = GENERATE(values<Row>({
      {"malformed chunk", chunked("/echo") + "xyz\r\n", 400},
      {"above the cap, chunked", chunked("/small") + "65\r\n" + std::string(101, 'a') + "\r\n0\r\n\r\n", 413},
      {"above the cap, sized", sized("/small", 101), 413},
      {"handler throws", sized("/throw-first", 1) + "a", 500},
      {"handler says nothing", sized("/silent", 1) + "a", 500},
  }));
  INFO(row.name);
  StreamFront front;
  RawClient client(front.port());
  const auto response = client.ask(row.request);
  REQUIRE(response.has_value());
  CHECK(response->status == row.want);
  CHECK(response->headers.at("content-type") == "application/problem+json");
  CHECK(response->bytes.find("secret") == std::string::npos);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("what goes wrong after it has begun leaves the answer visibly cut off") {
  const auto path = GENERATE(as<std::string>{}, "/throw-late", "/unfinished", "/small-after-start");
  INFO(path);
  StreamFront front;
  RawClient client(front.port());
  const auto response =
      client.ask(chunked(path) + (path == "/small-after-start" ? "1\r\na\r\nzz" : "1\r\na\r\n0\r\n\r\n"));
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK_FALSE(response->complete);
}

TEST_CASE("an unfinished answer of HTTP/1.0, which has no length, ends in a reset") {
  struct Row {
    const char* path;
    bool reset;
  };
  const auto row = GENERATE(values<Row>({{"/echo", false}, {"/unfinished", true}}));
  INFO(row.path);
  StreamFront front;
  RawClient client(front.port());
  client.send(std::string("POST ") + row.path + " HTTP/1.0\r\nContent-Length: 1\r\n\r\na");
  client.read_to_end();
  CHECK(client.was_reset() == row.reset);
}

TEST_CASE("a client that goes away stops the work") {
  StreamFront front;
  {
    RawClient client(front.port());
    client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    front.began.wait();
  }
  front.ended.wait();
  CHECK_FALSE(front.last_write);
}

TEST_CASE("a client that reads nothing stops the work at the stall deadline") {
  HttpOptions options = quick_options();
  options.deadlines.stall = milliseconds(200);
  StreamFront front(options);
  RawClient client(front.port());
  client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
  front.ended.wait();
  CHECK_FALSE(front.last_write);
}

TEST_CASE("a body that stalls or drips ends the request") {
  HttpOptions options = quick_options();
  const bool drips = GENERATE(true, false);
  options.deadlines.stall = milliseconds(drips ? 60'000 : 200);
  options.deadlines.rate_grace = milliseconds(drips ? 100 : 60'000);
  options.min_bytes_per_second = 10'000;
  StreamFront front(options);
  RawClient client(front.port());
  client.send(sized("/late", 100'000));
  while (!client.has_input(20)) client.send(drips ? "x" : "");
  const auto response = client.read_response();
  REQUIRE(response.has_value());
  CHECK(response->status == 408);
}

TEST_CASE("the streaming pool is small, and a full one leaves other routes alone") {
  HttpOptions options = quick_options();
  options.stream_workers = 1;
  options.stream_queue = 1;
  StreamFront front(options);
  RawClient running(front.port());
  running.send(sized("/wait", 1) + "a");
  front.began.wait();
  RawClient second(front.port());
  RawClient third(front.port());
  second.send(sized("/echo", 1) + "b");
  third.send(sized("/echo", 1) + "c");
  while (!second.has_input(10) && !third.has_input(10)) continue;
  const bool second_refused = second.has_input(0);
  CHECK((second_refused ? second : third).read_response()->status == 503);
  front.gate.open();
  CHECK(running.read_response()->body == "a");
  CHECK((second_refused ? third : second).read_response()->status == 200);
}

TEST_CASE("stop cuts a stream off at the drain deadline") {
  HttpOptions options = quick_options();
  options.deadlines.drain = milliseconds(100);
  StreamFront front(options);
  RawClient writer(front.port());
  writer.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
  front.began.wait();
  RawClient reader(front.port());
  reader.send(sized("/count", 1000));
  front.server().stop();
  front.ended.wait();
  CHECK_FALSE(front.last_write);
}
