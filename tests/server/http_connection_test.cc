// Many, slow, idle and pipelining clients; keep-alive; the words of HTTP that a well-behaved client uses.
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/server/front_fixture.h"
#include "tests/server/raw_client.h"

using namespace treff::server;
using std::chrono::milliseconds;

namespace {

std::string get(const std::string& target, const std::string& fields = {}) {
  return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

std::string post(const std::string& target, const std::string& body) {
  return "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

std::vector<RawClient> clients(const Front& front, std::size_t count) {
  std::vector<RawClient> list;
  list.reserve(count);
  for (std::size_t i = 0; i < count; ++i) list.emplace_back(front.port());
  return list;
}

}  // namespace

TEST_CASE("slow heads hold no thread, and end at their deadline however they drip") {
  HttpOptions options = quick_options();
  options.deadlines.head = milliseconds(400);
  Front front(options);
  auto slow = clients(front, 12);
  for (RawClient& client : slow) client.send("GET / HT");
  const auto honest = RawClient(front.port()).ask(get("/honest"));
  REQUIRE(honest.has_value());
  CHECK(honest->status == 200);
  // A byte now and then does not move the deadline.
  while (!slow[0].has_input(20)) slow[0].send("X");
  for (RawClient& client : slow) {
    const auto response = client.read_response();
    REQUIRE(response.has_value());
    CHECK(response->status == 408);
    CHECK(client.read_to_end().empty());
  }
  CHECK(front.paths() == std::vector<std::string>{"/honest"});
}

TEST_CASE("a slow body ends at its deadline or under its minimum rate") {
  HttpOptions options = quick_options();
  const bool by_rate = GENERATE(true, false);
  options.deadlines.body = by_rate ? milliseconds(60'000) : milliseconds(300);
  options.deadlines.rate_grace = by_rate ? milliseconds(100) : milliseconds(60'000);
  options.min_bytes_per_second = 10'000;
  Front front(options);
  RawClient client(front.port());
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
  while (!client.has_input(20)) client.send("x");
  const auto response = client.read_response();
  REQUIRE(response.has_value());
  CHECK(response->status == 408);
  CHECK(front.paths().empty());
}

TEST_CASE("a silent client is let go without a word") {
  HttpOptions options = quick_options();
  options.deadlines.head = milliseconds(100);
  Front front(options);
  RawClient client(front.port());
  CHECK(client.read_to_end().empty());
}

TEST_CASE("an idle connection is let go at its deadline") {
  HttpOptions options = quick_options();
  options.deadlines.idle = milliseconds(100);
  Front front(options);
  RawClient client(front.port());
  REQUIRE(client.ask(get("/a"))->status == 200);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("200 idle kept connections hold no thread and are still kept") {
  Front front;
  auto idle = clients(front, 200);
  for (RawClient& client : idle) REQUIRE(client.ask(get("/a"))->status == 200);
  const auto honest = RawClient(front.port()).ask(get("/honest"));
  REQUIRE(honest.has_value());
  CHECK(honest->status == 200);
  for (RawClient& client : idle) {
    const auto again = client.ask(get("/again"));
    REQUIRE(again.has_value());
    CHECK(again->status == 200);
  }
  CHECK(front.server().stats().accepted == 201);
}

TEST_CASE("400 clients at once are all answered") {
  Front front;
  auto all = clients(front, 400);
  for (RawClient& client : all) REQUIRE(client.connected());
  const std::string body(2000, 'b');
  for (RawClient& client : all) client.send(post("/a", body));
  int answered = 0;
  int busy = 0;
  for (RawClient& client : all) {
    const auto response = client.read_response();
    REQUIRE(response.has_value());
    answered += response->status == 200 ? 1 : 0;
    busy += response->status == 503 ? 1 : 0;
  }
  CHECK(answered + busy == 400);
  CHECK(answered >= 256);  // the queue's length
}

TEST_CASE("pipelined requests are answered in order") {
  Front front;
  RawClient client(front.port());
  std::string all;
  for (int i = 0; i < 8; ++i) {
    all += get("/" + std::to_string(i)) + post("/b", std::to_string(i));
  }
  client.send(all);
  for (int i = 0; i < 8; ++i) {
    CHECK(client.read_response()->body == "GET|/" + std::to_string(i) + "|127.0.0.1||");
    CHECK(client.read_response()->body == "POST|/b|127.0.0.1||" + std::to_string(i));
  }
}

TEST_CASE("many pipelined requests beyond one buffer") {
  Front front;
  RawClient client(front.port());
  std::string all;
  for (int i = 0; i < 900; ++i) all += get("/" + std::to_string(i), "X-Pad: " + std::string(40, 'p') + "\r\n");
  std::thread sender([&] { client.send(all); });
  int in_order = 0;
  for (int i = 0; i < 900; ++i) {
    const auto response = client.read_response();
    if (!response || response->body != "GET|/" + std::to_string(i) + "|127.0.0.1||") break;
    ++in_order;
  }
  sender.join();
  CHECK(in_order == 900);
}

TEST_CASE("a request may arrive one byte at a time") {
  Front front;
  RawClient client(front.port());
  for (const char c : post("/slowly", "body")) client.send(std::string(1, c));
  CHECK(client.read_response()->body == "POST|/slowly|127.0.0.1||body");
}

TEST_CASE("a connection ends after its count of requests") {
  HttpOptions options = quick_options();
  options.max_requests_per_connection = 3;
  Front front(options);
  RawClient client(front.port());
  CHECK_FALSE(client.ask(get("/1"))->headers.contains("connection"));
  CHECK_FALSE(client.ask(get("/2"))->headers.contains("connection"));
  CHECK(client.ask(get("/3"))->headers.at("connection") == "close");
  client.send(get("/4"));
  CHECK(client.read_to_end().empty());
  CHECK(front.paths().size() == 3);
}

TEST_CASE("how a client says whether it stays") {
  struct Row {
    const char* name;
    std::string request;
    const char* connection;  // the answer's header, "" for none
    bool stays;
  };
  const auto row = GENERATE(values<Row>({
      {"1.1", get("/a"), "", true},
      {"1.1 close", get("/a", "Connection: close\r\n"), "close", false},
      {"1.0", "GET /a HTTP/1.0\r\n\r\n", "close", false},
      {"1.0 kept", "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive", true},
      {"absolute target", "GET http://a/a HTTP/1.1\r\nHost: a\r\n\r\n", "", true},
      {"empty line first", "\r\n" + get("/a"), "", true},
  }));
  INFO(row.name);
  Front front;
  RawClient client(front.port());
  const auto response = client.ask(row.request);
  REQUIRE(response.has_value());
  CHECK(response->body == "GET|/a|127.0.0.1||");
  CHECK((response->headers.contains("connection") ? response->headers.at("connection") : "") == row.connection);
  if (row.stays) {
    CHECK(client.ask(get("/next"))->status == 200);
  } else {
    CHECK(client.read_to_end().empty());
  }
}

TEST_CASE("every answer carries the front's headers and no banner") {
  Front front;
  const auto response = RawClient(front.port()).ask(get("/a"));
  REQUIRE(response.has_value());
  CHECK(response->headers.at("x-content-type-options") == "nosniff");
  CHECK(response->headers.at("referrer-policy") == "no-referrer");
  CHECK(response->headers.at("x-request-id").size() == 16);
  CHECK_FALSE(response->headers.contains("server"));
}

TEST_CASE("HEAD gives the length without the body") {
  Front front;
  RawClient client(front.port());
  client.send("HEAD /mebibyte HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto head = client.read_response(true);
  REQUIRE(head.has_value());
  CHECK(head->headers.at("content-length") == "1048576");
  CHECK(client.ask(get("/next"))->body == "GET|/next|127.0.0.1||");
}

TEST_CASE("Expect: 100-continue is answered before the body, and not when the body is refused") {
  Front front;
  RawClient client(front.port());
  const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
  CHECK(client.ask(head + "2\r\n\r\n")->status == 100);
  CHECK(client.ask("ok")->body == "POST|/a|127.0.0.1||ok");
  CHECK(client.ask(head + "2000000\r\n\r\n")->status == 413);
}

TEST_CASE("a client that has closed its sending side is still answered") {
  Front front;
  RawClient client(front.port());
  client.send(get("/a"));
  client.half_close();
  CHECK(client.read_response()->body == "GET|/a|127.0.0.1||");
  CHECK(client.read_to_end().empty());
}

TEST_CASE("a large answer to a slow reader is finished by the poller, and a reader that stops is cut off") {
  HttpOptions options = quick_options();
  options.deadlines.write = milliseconds(200);
  options.min_bytes_per_second = 64u * 1024 * 1024;
  options.workers = 1;
  Front front(options);
  RawClient patient(front.port());
  RawClient stopped(front.port());
  stopped.read_slowly();
  for (int i = 0; i < 20; ++i) stopped.send(get("/mebibyte"));
  for (int i = 0; i < 5; ++i) CHECK(patient.ask(get("/mebibyte"))->body.size() == 1024 * 1024);
  // Cut off by the write deadline: what arrives is less than what was asked for.
  while (front.server().stats().connections > 1) patient.ask(get("/a"));
  CHECK(stopped.read_to_end().size() < 20 * 1024 * 1024);
}

TEST_CASE("a full queue is answered 503 at once") {
  HttpOptions options = quick_options();
  options.workers = 1;
  options.queue = 1;
  Front front(options);
  RawClient running(front.port());
  running.send(get("/wait"));
  front.wait_for_calls(1);
  RawClient second(front.port());
  RawClient third(front.port());
  second.send(get("/b"));
  third.send(get("/c"));
  // One of the two has the single place in the queue; the other is told to come back.
  RawClient& refused = [&]() -> RawClient& {
    while (true) {
      if (second.has_input(10)) return second;
      if (third.has_input(10)) return third;
    }
  }();
  const auto response = refused.read_response();
  REQUIRE(response.has_value());
  CHECK(response->status == 503);
  CHECK(response->headers.at("retry-after") == "1");
  front.gate.open();
  CHECK(running.read_response()->status == 200);
  CHECK((&refused == &second ? third : second).read_response()->status == 200);
}

TEST_CASE("one address has its share of connections, and gives up its oldest idle one first") {
  HttpOptions options = quick_options();
  const bool per_address = GENERATE(true, false);
  (per_address ? options.max_per_address : options.max_connections) = 2;
  options.workers = 4;
  Front front(options);
  RawClient idle(front.port());
  REQUIRE(idle.ask(get("/a"))->status == 200);
  RawClient first(front.port());
  first.send(get("/wait"));
  front.wait_for_calls(2);
  // Takes the place of the idle one, which counts as idle only a moment after its answer: till then it is refused.
  std::optional<RawClient> second;
  for (int attempt = 0; attempt < 1000 && !front.has_calls_within(3, std::chrono::milliseconds(20)); ++attempt) {
    if (second && !second->has_input(0)) continue;
    second.emplace(front.port());
    second->send(get("/wait"));
  }
  REQUIRE(front.has_calls_within(3, std::chrono::milliseconds(0)));
  CHECK(idle.read_to_end().empty());
  const auto third = RawClient(front.port()).read_response();
  REQUIRE(third.has_value());
  CHECK(third->status == (per_address ? 429 : 503));
  CHECK(third->headers.contains("retry-after"));
  front.gate.open();
  CHECK(first.read_response()->status == 200);
  CHECK(second->read_response()->status == 200);
}
