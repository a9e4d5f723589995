// `treff serve` as a process: it announces itself, answers, keeps cases out of its log, and stops when asked.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/program/knowledge.h"
#include "tests/program/running_service.h"

namespace treff::program {
namespace {

using nlohmann::json;
using support::contains;
using support::Done;

TEST_CASE("the service starts, answers, and ends on SIGTERM") {
  const SeedBase base;
  RunningService service(base);
  CHECK(service.announcement() == "listening on http://127.0.0.1:" + std::to_string(service.port()));
  CHECK(service.ask("GET", "/healthz").body == "{\"status\":\"ok\"}\n");
  CHECK(service.ask("GET", "/readyz").body == "{\"status\":\"ok\"}\n");
  CHECK(json::parse(service.ask("GET", "/openapi.json").body)["openapi"] == "3.1.0");
  CHECK(json::parse(service.ask("GET", "/api/v1/meta").body)["knowledge_base"] == "test");
  CHECK(contains(service.ask("GET", "/").headers["content-type"], "text/html"));
  CHECK(service.stop() == 0);
  CHECK_FALSE(server::RawClient(service.port()).connected());
  CHECK(contains(service.messages(), "stopping"));
}

TEST_CASE("a missing text index is made at the start") {
  const EmptyBase base;
  base.out_of(seed_import());
  RunningService service(base);
  CHECK(service.ask("GET", "/readyz").body == "{\"status\":\"ok\"}\n");
  CHECK(service.ask("GET", "/api/v1/search?q=melanom").status == 200);
  CHECK(service.stop() == 0);
}

TEST_CASE("the access log holds routes, never a case, a query or an id") {
  const SeedBase base;
  RunningService service(base);
  const std::string secret_case = R"({"id":"pseudonym-7","diagnosis":{"text":"malignt melanom"},"alterations":)"
                                  R"([{"text":"BRAF V600E"},{"text":"unreadable-words"}]})";
  CHECK(service.ask("POST", "/api/v1/match?explain=example-flt3-aml", secret_case).status == 200);
  CHECK(service.ask("POST", "/api/v1/match", R"({"diagnosis":{"text":"wrong-diagnosis"}})").status == 422);
  CHECK(service.ask("POST", "/api/v1/match", "{\"pseudonym-8\":").status == 400);
  CHECK(service.ask("GET", "/api/v1/search?q=secret-words").status == 200);
  CHECK(service.ask("GET", "/api/v1/records/cohort/example-flt3-aml").status == 200);
  CHECK(service.ask("GET", "/pseudonym-9").status == 404);
  const std::string metrics = service.ask("GET", "/metrics").body;
  CHECK(service.stop() == 0);
  const std::string log = service.messages();
  CHECK(contains(log, "POST /api/v1/match 200 "));
  CHECK(contains(log, "POST /api/v1/match 422 "));
  CHECK(contains(log, "GET /api/v1/records/{kind}/{id} 200 "));
  CHECK(contains(log, "GET other 404 "));
  for (const char* piece : {"pseudonym", "melanom", "BRAF", "V600", "unreadable", "wrong-diagnosis", "secret",
                            "explain", "flt3", "?", "q="}) {
    INFO(piece);
    CHECK_FALSE(contains(log, piece));
    if (std::string(piece) != "q=") CHECK_FALSE(contains(metrics, piece));
  }
}

TEST_CASE("a writer beside the service is sent to the service; readers are not disturbed") {
  const SeedBase base;
  RunningService service(base);
  const std::string file = support::write_file(base.folder() / "a.json", small_source("a", "one"));
  const Done writer = base.run({"import", "curated", file});
  CHECK(writer.status == 75);
  CHECK(contains(writer.err, "--server"));
  CHECK(contains(writer.err, "another process"));
  const Done second = base.run({"serve", "--listen", "127.0.0.1:0"});
  CHECK(second.status == 75);
  CHECK(contains(base.out_of({"log"}), "1\t"));
  CHECK(contains(base.out_of({"verify"}), "sound"));
  CHECK(service.ask("GET", "/healthz").status == 200);
  CHECK(service.stop() == 0);
  CHECK(contains(base.out_of({"import", "curated", file}), "revision 2: "));
}

TEST_CASE("who waits for changes when the service stops gets an answer") {
  const SeedBase base;
  RunningService service(base);
  server::RawClient waiting(service.port());
  REQUIRE(waiting.send("GET /api/v1/changes?since=1&wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  CHECK(service.ask("GET", "/healthz").status == 200);
  CHECK(service.stop() == 0);
  const auto response = waiting.read_response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK(json::parse(response->body)["changes"].empty());
}

}  // namespace
}  // namespace treff::program
