// Parked requests: they hold no thread, and end by a wake, their deadline, the client leaving, or the server stopping.
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/server/front_fixture.h"
#include "tests/server/raw_client.h"

using namespace treff::server;
using std::chrono::milliseconds;

namespace {

// /poll waits for a bump of the revision; /poll/early bumps it while subscribing.
class ParkFront {
 public:
  explicit ParkFront(HttpOptions options = quick_options()) : server_(options, handlers(), log) {
    const auto started = server_.start();
    REQUIRE(started.has_value());
  }
  std::uint16_t port() const { return server_.port(); }
  HttpServer& server() { return server_; }

  void bump() {
    const std::lock_guard lock(mutex_);
    ++revision_;
    wake_all();
  }
  // Wakes without news.
  void nudge() {
    const std::lock_guard lock(mutex_);
    wake_all();
  }
  void wait_for_subscribers(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return wakers_.size() >= count; });
  }
  void wait_for_resumes(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return resumes_ >= count; });
  }
  std::size_t still_waiting() const {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const Waker& waker : wakers_) count += waker.is_waiting() ? 1 : 0;
    return count;
  }

  KeptLog log;

 private:
  void wake_all() {
    for (const Waker& waker : wakers_) waker.wake();
  }

  Handlers handlers() {
    Handlers handlers;
    handlers.classify = [](std::string_view, std::string_view path) {
      return Route{path.starts_with("/poll") ? RouteClass::Parked : RouteClass::Gathered, 100};
    };
    handlers.answer = [this](const HttpRequest& request) -> Answer {
      if (request.path == "/plain") return HttpResponse{200, {}, "text/plain", "plain"};
      return park(request.path, request.query_value("wait") == "short");
    };
    return handlers;
  }

  Park park(const std::string& path, bool is_short) {
    if (path == "/poll/throw") {
      return Park{milliseconds(10), [](Waker) { throw std::runtime_error("secret"); }, {}};
    }
    if (path == "/poll/none") return Park{milliseconds(10), {}, [](WakeReason) { return std::nullopt; }};
    Park park;
    park.wait = is_short ? milliseconds(50) : milliseconds(60'000);
    park.subscribe = [this, path](Waker waker) {
      {
        const std::lock_guard lock(mutex_);
        wakers_.push_back(std::move(waker));
        if (path == "/poll/early") ++revision_;
        changed_.notify_all();
        if (path != "/poll/early") return;
        wake_all();
      }
      // An answer on another connection shows that the poller has read the wake before the wait begins.
      RawClient(server_.port()).ask("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
    };
    park.resume = [this](WakeReason reason) { return resume(reason); };
    return park;
  }

  std::optional<HttpResponse> resume(WakeReason reason) {
    const std::lock_guard lock(mutex_);
    ++resumes_;
    changed_.notify_all();
    if (reason == WakeReason::Stopping) return HttpResponse{200, {}, "text/plain", "stopping"};
    if (reason == WakeReason::DeadlinePassed) return HttpResponse{200, {}, "text/plain", "nothing new"};
    if (revision_ == 0) return std::nullopt;
    return HttpResponse{200, {}, "text/plain", "revision " + std::to_string(revision_)};
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int revision_ = 0;
  std::size_t resumes_ = 0;
  std::vector<Waker> wakers_;
  HttpServer server_;
};

std::string get(const std::string& target) { return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"; }

}  // namespace

TEST_CASE("50 parked requests on two workers hold up nobody and all wake") {
  ParkFront front;
  std::vector<RawClient> parked;
  for (int i = 0; i < 50; ++i) {
    parked.emplace_back(front.port());
    parked.back().send(get("/poll"));
  }
  front.wait_for_subscribers(50);
  CHECK(RawClient(front.port()).ask(get("/plain"))->body == "plain");
  front.bump();
  for (RawClient& client : parked) CHECK(client.read_response()->body == "revision 1");
  CHECK(front.still_waiting() == 0);
  // The connection is kept, with what was pipelined behind.
  parked[0].send(get("/plain") + get("/plain"));
  CHECK(parked[0].read_response()->body == "plain");
  CHECK(parked[0].read_response()->body == "plain");
}

TEST_CASE("a wake before the wait has begun is not lost") {
  ParkFront front;
  CHECK(RawClient(front.port()).ask(get("/poll/early"))->body == "revision 1");
}

TEST_CASE("a wake without news keeps waiting, the next one with news answers") {
  ParkFront front;
  RawClient client(front.port());
  client.send(get("/poll"));
  front.wait_for_subscribers(1);
  front.nudge();
  front.wait_for_resumes(1);
  CHECK_FALSE(client.has_input(0));
  front.bump();
  CHECK(client.read_response()->body == "revision 1");
}

TEST_CASE("wakes from several threads never lose the last one") {
  for (int round = 0; round < 20; ++round) {
    ParkFront front;
    RawClient client(front.port());
    client.send(get("/poll"));
    front.wait_for_subscribers(1);
    std::thread other([&] {
      for (int i = 0; i < 50; ++i) front.nudge();
    });
    for (int i = 0; i < 50; ++i) front.nudge();
    front.bump();
    other.join();
    CHECK(client.read_response()->body == "revision 1");
  }
}

TEST_CASE("a parked request ends at its deadline") {
  ParkFront front;
  RawClient client(front.port());
  CHECK(client.ask(get("/poll?wait=short"))->body == "nothing new");
  CHECK(client.ask(get("/plain"))->body == "plain");
  CHECK(front.still_waiting() == 0);
  front.bump();  // a late wake is harmless, also on the kept connection
  CHECK(client.ask(get("/plain"))->body == "plain");
}

TEST_CASE("a parked client that leaves is forgotten") {
  ParkFront front;
  {
    RawClient client(front.port());
    client.send(get("/poll"));
    front.wait_for_subscribers(1);
  }
  while (front.still_waiting() > 0) RawClient(front.port()).ask(get("/plain"));
  CHECK(front.server().stats().parked == 0);
  front.bump();
  CHECK(RawClient(front.port()).ask(get("/plain"))->body == "plain");
}

TEST_CASE("stopping answers parked requests") {
  ParkFront front;
  RawClient client(front.port());
  client.send(get("/poll"));
  front.wait_for_subscribers(1);
  front.server().stop();
  CHECK(client.read_response()->body == "stopping");
  CHECK(front.still_waiting() == 0);
  front.bump();  // after the server is gone
}

TEST_CASE("only so many may wait") {
  HttpOptions options = quick_options();
  options.max_parked = 2;
  ParkFront front(options);
  std::vector<RawClient> parked;
  for (int i = 0; i < 3; ++i) {
    parked.emplace_back(front.port());
    parked.back().send(get("/poll"));
  }
  while (!parked[0].has_input(5) && !parked[1].has_input(5) && !parked[2].has_input(5)) continue;
  front.wait_for_subscribers(3);
  front.bump();
  int refused = 0;
  for (RawClient& client : parked) refused += client.read_response()->status == 503 ? 1 : 0;
  CHECK(refused == 1);
}

TEST_CASE("a handler's mistakes with parking are plain 500s") {
  const auto target = GENERATE(as<std::string>{}, "/poll/throw", "/poll/none", "/gathered");
  INFO(target);
  ParkFront front;
  const auto response = RawClient(front.port()).ask(get(target));
  REQUIRE(response.has_value());
  CHECK(response->status == 500);
  CHECK(response->bytes.find("secret") == std::string::npos);
  CHECK(front.log.text().find("secret") == std::string::npos);
}
