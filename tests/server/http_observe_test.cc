// What the observer and the classifier see, and what their exceptions do.
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "tests/server/front_fixture.h"
#include "tests/server/raw_client.h"

using namespace treff::server;

namespace {

// "method path status bytes" of each answer, in order.
class Records {
 public:
  void add(const AccessRecord& record) {
    const std::lock_guard lock(mutex_);
    rows_.push_back(record.request.method + " " + record.request.path + " " + std::to_string(record.status) + " " +
                    std::to_string(record.body_bytes));
    sane_ = sane_ && record.took.count() >= 0 && record.took < std::chrono::minutes(5) &&
            record.request.request_id.size() == 16;
    changed_.notify_all();
  }
  std::string next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return rows_.size() > seen_; });
    return rows_[seen_++];
  }
  bool sane() {
    const std::lock_guard lock(mutex_);
    return sane_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> rows_;
  std::size_t seen_ = 0;
  bool sane_ = true;
};

Handlers handlers_of(Records& records) {
  Handlers handlers;
  handlers.classify = [](std::string_view method, std::string_view path) {
    if (path == "/throw") throw std::runtime_error("secret");
    return Route{path == "/stream" ? RouteClass::Streamed : RouteClass::Gathered, method == "PUT" ? 5u : 0u};
  };
  handlers.answer = [](const HttpRequest& request) -> Answer {
    return HttpResponse{200, {}, "text/plain", request.body};
  };
  handlers.stream = [](const HttpRequest&, BodyReader&, ResponseWriter& writer) {
    writer.start(HttpResponse{202, {}, "text/plain", {}});
    writer.write("four");
    writer.finish();
  };
  handlers.observe = [&records](const AccessRecord& record) {
    records.add(record);
    if (record.request.path == "/observer-throws") throw std::runtime_error("secret");
  };
  return handlers;
}

}  // namespace

TEST_CASE("every answer is observed once, also the front's own") {
  Records records;
  KeptLog log;
  HttpServer server(quick_options(), handlers_of(records), log);
  REQUIRE(server.start().has_value());
  struct Row {
    const char* name;
    std::string request;
    int status;
    std::string want;
  };
  const std::vector<Row> rows = {
      {"answered", "PUT /a?v=secret HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 200, "PUT /a 200 3"},
      {"streamed", "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", 202, "GET /stream 202 4"},
      {"refused body", "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n", 413, "PUT /a 413"},
      {"refused head", "GET /a HTTP/1.1\r\n\r\n", 400, "  400"},
      {"classifier throws", "GET /throw HTTP/1.1\r\nHost: a\r\n\r\n", 500, "GET /throw 500"},
      {"observer throws", "GET /observer-throws HTTP/1.1\r\nHost: a\r\n\r\n", 200, "GET /observer-throws 200 0"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto response = RawClient(server.port()).ask(row.request);
    REQUIRE(response.has_value());
    CHECK(response->status == row.status);
    CHECK(response->bytes.find("secret") == std::string::npos);
    CHECK(records.next().starts_with(row.want));
  }
  server.stop();
  CHECK(records.sane());
  CHECK(log.text().find("secret") == std::string::npos);
  CHECK(log.text().find("the observer threw") != std::string::npos);
}
