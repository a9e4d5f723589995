// What curators write: who may, what is refused, and that readers see it at once.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/server/api_fixture.h"

namespace treff::server {
namespace {

using nlohmann::json;

constexpr const char* kEnrolment = "/api/v1/cohorts/example-braf-v600-glioma/enrolment";
constexpr const char* kCohort = "/api/v1/records/cohort/example-braf-v600-glioma";
constexpr const char* kFigures = R"({"as_of":"2026-11-21","started":8,"pending":2,"evaluable":6,"effects":1,
  "sources":["example-source"],"confidence":"example",
  "slots":{"cap":24,"left":16,"sources":["example-source"],"confidence":"example"}})";

std::vector<NameValue> headers(const std::string& token, const std::string& if_match) {
  std::vector<NameValue> out;
  if (!token.empty()) out.emplace_back("authorization", "Bearer " + token);
  if (!if_match.empty()) out.emplace_back("if-match", if_match);
  return out;
}

TEST_CASE("writing needs a token, and the revision that was read") {
  const ApiFixture api;
  CHECK(api.post(kEnrolment, kFigures, headers("", "\"1\"")).status == 401);
  CHECK(api.post(kEnrolment, kFigures, headers("treff_00", "\"1\"")).status == 401);
  CHECK(api.post(kEnrolment, kFigures, {{"authorization", api.token()}, {"if-match", "\"1\""}}).status == 401);
  CHECK(api.post(kEnrolment, kFigures, headers(api.token(), "")).status == 428);
  CHECK(api.post(kEnrolment, kFigures, headers(api.token(), "yesterday")).status == 400);
  CHECK(api.post(kEnrolment, kFigures, headers(api.token(), "\"99\"")).status == 412);
  CHECK(json::parse(api.get("/api/v1/meta").body)["revision"] == 1);
  const HttpResponse done = api.post(kEnrolment, kFigures, headers(api.token(), "\"1\""));
  INFO(done.body);
  CHECK(done.status == 200);
  CHECK(json::parse(done.body)["revision"] == 2);
}

TEST_CASE("figures are added as the newest, the older ones stay, and the log says who and why") {
  const ApiFixture api;
  const json before = json::parse(api.get(kCohort).body);
  REQUIRE(api.post(std::string(kEnrolment) + "?reason=monday%20call", kFigures, api.curator_headers()).status == 200);
  const json after = json::parse(api.get(kCohort).body);
  REQUIRE(after["enrolment"].size() == before["enrolment"].size() + 1);
  CHECK(after["enrolment"][0] == before["enrolment"][0]);
  CHECK(after["enrolment"].back()["effects"] == 1);
  CHECK(after["slots"]["left"] == 16);
  CHECK(after["slots"]["as_of"] == "2026-11-21");
  const json change = json::parse(api.get("/api/v1/revisions/2").body)["change"];
  CHECK(change["who"] == "curator-1");
  CHECK(change["why"] == "monday call");
}

TEST_CASE("a record that moved on since it was read is not overwritten") {
  const ApiFixture api;
  REQUIRE(api.post(kEnrolment, kFigures, headers(api.token(), "\"1\"")).status == 200);
  const HttpResponse late = api.post(kEnrolment, kFigures, headers(api.token(), "\"1\""));
  CHECK(late.status == 412);
  CHECK(late.body.find("example-braf-v600-glioma") != std::string::npos);
  // Another cohort has not moved: the same revision will do.
  CHECK(api.post("/api/v1/cohorts/example-braf-v600-rare/enrolment", kFigures, headers(api.token(), "\"1\"")).status ==
        200);
}

TEST_CASE("what does not fit is refused whole, with its place, and nothing changes") {
  const ApiFixture api;
  struct Row {
    const char* name;
    const char* body;
    int status;
    const char* says;
  };
  const Row rows[] = {
      {"not JSON", "{\"as_of\":", 400, "object"},
      {"an array", "[]", 400, "object"},
      {"an unknown key", R"({"as_of":"2026-11-21","efects":1})", 422, "efects"},
      {"effects above evaluable", R"({"as_of":"2026-11-21","evaluable":2,"effects":3})", 422, "effects"},
      {"a source that is not there", R"({"as_of":"2026-11-21","evaluable":2,"sources":["nowhere"]})", 422, "nowhere"},
      {"an impossible day", R"({"as_of":"2026-02-30","evaluable":2})", 422, "2026-02-30"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const HttpResponse response = api.post(kEnrolment, row.body, api.curator_headers());
    INFO(response.body);
    CHECK(response.status == row.status);
    CHECK(response.body.find(row.says) != std::string::npos);
  }
  CHECK(api.post("/api/v1/cohorts/no-such-cohort/enrolment", kFigures, api.curator_headers()).status == 404);
  CHECK(json::parse(api.get("/api/v1/meta").body)["revision"] == 1);
}

TEST_CASE("imported records are searched for and matched with from the answer on") {
  ApiFixture api(true);
  json cohort = json::parse(api.get(kCohort).body);
  cohort["id"] = "example-posted-cohort";
  cohort["names"] = {{"en", "EXAMPLE quokka cohort"}};
  cohort["synonyms"] = json::array({"EXAMPLE quokka"});
  const HttpResponse done = api.post("/api/v1/import?reason=new", cohort.dump(), api.curator_headers());
  INFO(done.body);
  REQUIRE(done.status == 200);
  const json found = json::parse(api.post("/api/v1/search", R"({"q":"quokka"})").body);
  INFO(found.dump());
  REQUIRE(found["hits"].size() == 1);
  CHECK(found["hits"][0]["id"] == "example-posted-cohort");
  CHECK(found["revision"] == 2);
  const std::string sent = R"({"diagnosis":{"oncotree":"GB"},"alterations":[{"text":"BRAF V600E"}]})";
  const std::string answer = api.post("/api/v1/match", sent).body;
  INFO(answer);
  CHECK(answer.find("example-posted-cohort") != std::string::npos);

  // The same again changes nothing; a drug that is not there is refused.
  CHECK(api.post("/api/v1/import", cohort.dump(), api.curator_headers()).status == 422);
  cohort["drugs"] = json::array({"no-such-drug"});
  const HttpResponse dangling = api.post("/api/v1/import", cohort.dump(), api.curator_headers());
  CHECK(dangling.status == 422);
  CHECK(dangling.body.find("no-such-drug") != std::string::npos);
}

TEST_CASE("a drug that gets another name is found by it in the cohorts that give it") {
  ApiFixture api(true);
  const json cohort = json::parse(api.get(kCohort).body);
  const std::string id = cohort["drugs"][0];
  json drug = json::parse(api.get("/api/v1/records/drug/" + id).body);
  drug["names"]["en"] = "EXAMPLE wombatinib";
  REQUIRE(api.post("/api/v1/import", drug.dump(), api.curator_headers()).status == 200);
  const std::string found = api.post("/api/v1/search", R"({"q":"wombatinib","kinds":["cohort"],"limit":100})").body;
  CHECK(found.find("example-braf-v600-glioma") != std::string::npos);
}

TEST_CASE("a merge changes no answer, and publications go on meanwhile") {
  ApiFixture api(true);
  const std::string query = R"({"q":"BRAF glioma","limit":50})";
  for (int i = 0; i < 3; ++i) {
    REQUIRE(api.post(kEnrolment, kFigures, api.curator_headers()).status == 200);
  }
  const json before = json::parse(api.post("/api/v1/search", query).body);
  api.publisher().request_merge();
  REQUIRE(api.post("/api/v1/cohorts/example-braf-v600-rare/enrolment", kFigures, api.curator_headers()).status == 200);
  api.publisher().wait_until_merged();
  const json after = json::parse(api.post("/api/v1/search", query).body);
  CHECK(after["revision"] == 5);
  std::vector<std::string> ids_before, ids_after;
  for (const json& hit : before["hits"]) ids_before.push_back(hit["id"]);
  for (const json& hit : after["hits"]) ids_after.push_back(hit["id"]);
  CHECK(ids_before == ids_after);
}

TEST_CASE("a token that was removed opens nothing, and a damaged file of tokens lets nobody in") {
  ApiFixture api;
  const std::filesystem::path folder = api.service().kb_directory;
  REQUIRE(remove_token(folder, "curator-1").has_value());
  CHECK(api.post(kEnrolment, kFigures, api.curator_headers()).status == 401);
  support::write_file(token_file(folder), "curator-1 everyone\n");
  CHECK(api.post(kEnrolment, kFigures, api.curator_headers()).status == 503);
}

TEST_CASE("tokens are kept as hashes, readable by the owner only") {
  const support::FreshFolder folder;
  const auto token = add_token(folder.path(), "curator-1", Role::Curator, Date{2026, 11, 22});
  REQUIRE(token.has_value());
  const std::string text = support::read_file(token_file(folder.path()));
  CHECK(text.find(*token) == std::string::npos);
  CHECK(text.find("curator curator-1 2026-11-22") != std::string::npos);
  CHECK(std::filesystem::status(token_file(folder.path())).permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  CHECK_FALSE(add_token(folder.path(), "curator-1", Role::Curator, Date{2026, 11, 22}).has_value());
  CHECK_FALSE(add_token(folder.path(), "Not A Slug", Role::Curator, Date{2026, 11, 22}).has_value());
  CHECK_FALSE(remove_token(folder.path(), "curator-2").has_value());
  const auto rows = read_tokens(folder.path());
  REQUIRE(rows.has_value());
  CHECK(find_token(*rows, *token) != nullptr);
  CHECK(find_token(*rows, text.substr(0, 64)) == nullptr);
}

}  // namespace
}  // namespace treff::server
