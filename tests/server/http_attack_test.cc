// The attacks that bare httplib 0.11.4 fails, each over a real socket. None may reach a handler, hold memory, or let
// the bytes after a refused head run as a request.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/server/front_fixture.h"
#include "tests/server/raw_client.h"

using namespace treff::server;

namespace {

constexpr std::size_t kMebibyte = 1024 * 1024;
constexpr std::size_t kMemoryKib = 32 * 1024;

const std::string kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

std::string get(const std::string& target, const std::string& fields = {}) {
  return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

void check_is_problem(const RawResponse& response, int status) {
  CHECK(response.status == status);
  CHECK(response.headers.at("content-type") == "application/problem+json");
  CHECK(response.headers.at("connection") == "close");
  for (const char* key : {"\"type\":", "\"title\":", "\"status\":", "\"detail\":", "\"instance\":"}) {
    CHECK(response.body.find(key) != std::string::npos);
  }
}

// The server still answers a new client.
void check_is_alive(const Front& front) {
  const auto response = RawClient(front.port()).ask(get("/alive"));
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
}

}  // namespace

TEST_CASE("large inputs are refused with little memory") {
  const std::string piece(64 * 1024, 'a');
  std::string chunk = "10000\r\n" + piece + "\r\n";
  std::string headers;
  for (int i = 0; i < 4000; ++i) headers += "X-" + std::to_string(i) + ": y\r\n";
  struct Row {
    const char* name;
    std::string head;
    std::string repeated;
    std::size_t times;
    int want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"64 MiB chunked on a gathered route", "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", chunk,
       1024, 411},
      {"64 MiB chunked on a streamed route of 1 MiB",
       "POST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", chunk, 1024, 413},
      {"64 MiB without length", "POST /a HTTP/1.1\r\nHost: a\r\n\r\n", piece, 1024, 411},
      {"64 MiB announced", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n", piece, 1024, 413},
      {"64 MiB announced to a streamed route", "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n",
       piece, 1024, 413},
      {"gzip bomb", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 524288\r\n\r\n", piece, 8,
       415},
      {"request line of 64 MiB", "GET /", piece, 1024, 414},
      {"200,000 headers", "GET / HTTP/1.1\r\nHost: a\r\n", headers, 50, 431},
      {"one header of 64 MiB", "GET / HTTP/1.1\r\nHost: a\r\nX: ", piece, 1024, 431},
  }));
  INFO(row.name);
  Front front;
  const PeakMemory memory;
  RawClient client(front.port());
  client.send(row.head);
  for (std::size_t i = 0; i < row.times && client.send(row.repeated); ++i) continue;
  const auto response = client.read_response();
  REQUIRE(response.has_value());
  check_is_problem(*response, row.want);
  if (PeakMemory::is_meaningful()) CHECK(memory.growth_kib() < kMemoryKib);
  CHECK(client.read_to_end().empty());
  check_is_alive(front);
}

TEST_CASE("overlapping ranges give the answer once") {
  std::string ranges = "Range: bytes=0-";
  for (int i = 0; i < 499; ++i) ranges += ",0-";
  Front front;
  const PeakMemory memory;
  RawClient client(front.port());
  const auto response = client.ask(get("/mebibyte", ranges + "\r\n"));
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK(response->body.size() == kMebibyte);
  if (PeakMemory::is_meaningful()) CHECK(memory.growth_kib() < kMemoryKib);
  const auto next = client.ask(get("/after"));
  REQUIRE(next.has_value());
  CHECK(next->body == "GET|/after|127.0.0.1||");
}

TEST_CASE("bytes after a refused head never run as a request") {
  const std::string length = "Content-Length: " + std::to_string(kSmuggled.size()) + "\r\n";
  struct Row {
    const char* name;
    std::string head;
    int want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"body on GET", get("/a", length), 400},
      {"body on HEAD", "HEAD /a HTTP/1.1\r\nHost: a\r\n" + length + "\r\n", 400},
      {"body on DELETE", "DELETE /a HTTP/1.1\r\nHost: a\r\n" + length + "\r\n", 400},
      {"chunked GET", get("/a", "Transfer-Encoding: chunked\r\n"), 400},
      {"doubled length", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n" + length + "\r\n", 400},
      {"doubled equal length", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", 400},
      {"length list", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0, 0\r\n\r\n", 400},
      {"length and chunked", "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
       400},
      {"length and chunked on a streamed route",
       "POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"disguised coding",
       "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\x0b"
       "chunked\r\n\r\n",
       400},
      {"space before the colon", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length : 0\r\n\r\n", 400},
      {"folded length", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n 0\r\n\r\n", 400},
      {"no length", "POST /a HTTP/1.1\r\nHost: a\r\n\r\n", 411},
      {"bare LF", "GET /a HTTP/1.1\nHost: a\n\n", 400},
      {"bare CR", "GET /a HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", 400},
      {"NUL", std::string("GET /a HTTP/1.1\r\nHost: a\0\r\n\r\n", 28), 400},
      {"no host", "GET /a HTTP/1.1\r\n\r\n", 400},
      {"malformed chunk on a streamed route",
       "POST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400},
      {"unknown version", "GET /a HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"unknown method", "BREW /a HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"unknown expectation", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nExpect: x\r\n\r\n", 417},
  }));
  const bool in_one_segment = GENERATE(true, false);
  INFO(row.name << (in_one_segment ? ", in one segment" : ", in a segment of its own"));
  Front front;
  RawClient client(front.port());
  const auto response = client.ask(in_one_segment ? row.head + kSmuggled : row.head);
  REQUIRE(response.has_value());
  check_is_problem(*response, row.want);
  if (!in_one_segment) client.send(kSmuggled);
  CHECK(client.read_to_end().empty());
  const auto paths = front.paths();
  CHECK(std::find(paths.begin(), paths.end(), "/smuggled") == paths.end());
}

TEST_CASE("hostile addresses") {
  struct Row {
    const char* name;
    std::string target;
    int want;
  };
  const auto row = GENERATE(values<Row>({
      {"encoded NUL", "/a.txt%00.html", 400},
      {"traversal", "/../etc/passwd", 400},
      {"encoded traversal", "/%2e%2e/etc/passwd", 400},
      {"encoded slash", "/..%2fetc/passwd", 400},
      {"backslash", "/..\\etc", 400},
      {"malformed escape", "/?v=%zz", 400},
      {"8,000 characters of path", "/" + std::string(8000, 'a'), 414},
      {"9,000 characters of query", "/?v=" + std::string(9000, 'a'), 414},
  }));
  INFO(row.name);
  Front front;
  const auto response = RawClient(front.port()).ask(get(row.target));
  REQUIRE(response.has_value());
  check_is_problem(*response, row.want);
  CHECK(response->body.find("etc") == std::string::npos);
  CHECK(front.paths().empty());
}

TEST_CASE("variants arrive whole in a query") {
  Front front;
  const auto response =
      RawClient(front.port()).ask(get("/q?v=p.Arg12=&w=c.123A%3EG=x&p=c.12+1G>A&r=c.12%2B1G&s=a%20b"));
  REQUIRE(response.has_value());
  CHECK(response->body == "GET|/q|127.0.0.1|v=p.Arg12=;w=c.123A>G=x;p=c.12+1G>A;r=c.12+1G;s=a b;|");
}

TEST_CASE("the peer is the socket's, whatever headers say") {
  Front front;
  const auto response =
      RawClient(front.port())
          .ask(get("/a", "REMOTE_ADDR: 6.6.6.6\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n"));
  REQUIRE(response.has_value());
  CHECK(response->body == "GET|/a|127.0.0.1||");
}

TEST_CASE("an exception becomes a plain 500 and only its type is logged") {
  Front front;
  RawClient client(front.port());
  const auto response = client.ask(get("/throw"));
  REQUIRE(response.has_value());
  CHECK(response->status == 500);
  CHECK(response->headers.at("content-type") == "application/problem+json");
  CHECK(response->bytes.find("BRAF") == std::string::npos);
  CHECK(response->bytes.find("runtime_error") == std::string::npos);
  CHECK(front.log.text().find("runtime_error") != std::string::npos);
  CHECK(front.log.text().find("BRAF") == std::string::npos);
  CHECK(front.log.text().find(response->headers.at("x-request-id")) != std::string::npos);
  const auto next = client.ask(get("/after"));
  REQUIRE(next.has_value());
  CHECK(next->status == 200);
}

TEST_CASE("a header that would split the answer becomes a 500") {
  Front front;
  const auto response = RawClient(front.port()).ask(get("/split"));
  REQUIRE(response.has_value());
  CHECK(response->status == 500);
  CHECK(response->bytes.find("Set-Cookie") == std::string::npos);
}

TEST_CASE("all bodies together stay under the common limit") {
  HttpOptions options = quick_options();
  options.max_buffered_bytes = 100'000;
  Front front(options);
  const auto post = [](const std::string& path, std::size_t bytes) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" +
           std::string(bytes, 'x');
  };
  RawClient holding(front.port());
  holding.send(post("/wait", 60'000));
  front.wait_for_calls(1);
  const auto refused = RawClient(front.port()).ask(post("/a", 60'000));
  REQUIRE(refused.has_value());
  check_is_problem(*refused, 503);
  CHECK(refused->headers.at("retry-after") == "1");
  front.gate.open();
  CHECK(holding.read_response()->status == 200);
  // Answered: the room is free again.
  RawClient next(front.port());
  for (int i = 0; i < 5; ++i) CHECK(next.ask(post("/a", 60'000))->status == 200);
}
