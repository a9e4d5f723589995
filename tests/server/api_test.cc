// The endpoints as functions of a request and a view, over a real store: parameters, errors, caching, privacy.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/mailbox.h"
#include "tests/server/api_fixture.h"

namespace treff::server {
namespace {

using nlohmann::json;
using support::contains;

const std::string kCase = R"({"id":"secret-case","diagnosis":{"text":"malignt melanom"},)"
                          R"("alterations":[{"text":"BRAF V600E"}]})";
const std::string kMelanoma = "example-braf-v600-melanoma";

const json* option_of(const json& answer, const char* list, const std::string& id) {
  for (const json& option : answer[list]) {
    if (option["id"] == id) return &option;
  }
  return nullptr;
}

TEST_CASE("every kind of failure has its status, its type and its place") {
  const ApiFixture api;
  struct Row {
    const char* name;
    const char* method;
    std::string target;
    std::string body;
    int status;
    std::string type;
    std::string pointer;  // of the first error; empty: none
  };
  const std::string match = "/api/v1/match";
  const std::vector<Row> rows = {
      {"unknown parameter", "POST", match + "?frob=1", kCase, 400, "usage", "/query/frob"},
      {"unknown parameter of a GET", "GET", "/api/v1/meta?x", "", 400, "usage", "/query/x"},
      {"malformed number", "POST", match + "?as_of=new", kCase, 400, "usage", "/query/as_of"},
      {"revision nought", "POST", match + "?as_of=0", kCase, 400, "usage", "/query/as_of"},
      {"revision below nought", "POST", match + "?as_of=-1", kCase, 400, "usage", "/query/as_of"},
      {"parameter given twice", "POST", match + "?today=2026-11-22&today=2026-11-23", kCase, 400, "usage",
       "/query/today"},
      {"key twice beside files", "POST", match,
       R"({"files":[],"diagnosis":{"oncotree":"LUAD"},"diagnosis":{"oncotree":"MEL"}})", 400, "malformed_json",
       "/diagnosis"},
      {"malformed date", "POST", match + "?today=2026-02-30", kCase, 400, "usage", "/query/today"},
      {"unknown language", "POST", match + "?lang=sv", kCase, 400, "usage", "/query/lang"},
      {"unknown bucket", "POST", match + "?include=closed,all", kCase, 400, "usage", "/query/include"},
      {"limit of nought", "POST", match + "?limit=0", kCase, 400, "usage", "/query/limit"},
      {"unknown reading", "POST", match + "?unknown_as=present", kCase, 400, "usage", "/query/unknown_as"},
      {"unknown parameter of a wait", "GET", "/api/v1/changes?since=1&wait=30&x=1", "", 400, "usage", "/query/x"},
      {"malformed wait", "GET", "/api/v1/changes?since=1&wait=soon", "", 400, "usage", "/query/wait"},
      {"malformed revision", "GET", "/api/v1/records/source/example-source?revision=x", "", 400, "usage",
       "/query/revision"},
      {"parse as what", "POST", "/api/v1/parse?as=gene", "[]", 400, "usage", ""},
      {"no JSON", "POST", match, "{\"diagnosis\":", 400, "malformed_json", ""},
      {"empty body", "POST", match, "", 400, "malformed_json", ""},
      {"revision ahead", "POST", match + "?as_of=9", kCase, 404, "unknown_revision", ""},
      {"option that is none", "POST", match + "?explain=no-such-option", kCase, 404, "not_found", "explain"},
      {"no such kind", "GET", "/api/v1/records/poem", "", 404, "not_found", ""},
      {"no such record", "GET", "/api/v1/records/source/none", "", 404, "not_found", ""},
      {"no such history", "GET", "/api/v1/records/source/none/history", "", 404, "not_found", ""},
      {"no such revision", "GET", "/api/v1/revisions/9", "", 404, "unknown_revision", ""},
      {"changes after the future", "GET", "/api/v1/changes?since=9", "", 404, "unknown_revision", "/query/since"},
      {"unknown key", "POST", match, R"({"diagnosis":{"oncotree":"LUAD"},"alteratons":[]})", 422, "unknown_key",
       "/alteratons"},
      {"wrong type", "POST", match, R"({"diagnosis":{"oncotree":"LUAD"},"age_years":"old"})", 422, "wrong_type",
       "/age_years"},
      {"no diagnosis", "POST", match, "{}", 422, "missing_key", "/diagnosis"},
      {"unknown key of a search", "POST", "/api/v1/search", R"({"q":"a","page":2})", 422, "unknown_key", "/page"},
      {"unknown key of a suggestion", "POST", "/api/v1/suggest", R"({"q":"a","page":2})", 422, "unknown_key", "/page"},
      {"unknown key of a term", "POST", "/api/v1/parse", R"([{"text":"a","x":1}])", 422, "unknown_key", "/0/x"},
      {"file without content", "POST", match, R"({"diagnosis":{"oncotree":"LUAD"},"files":[{"name":"a"}]})", 422,
       "wrong_type", "/files/0"},
      {"file of no format", "POST", match,
       R"({"diagnosis":{"oncotree":"LUAD"},"files":[{"name":"a.txt","content":"a poem"}]})", 415, "unsupported_format",
       "a.txt"},
      {"deep nesting", "POST", match, "{\"x\":" + std::string(100000, '['), 413, "too_deep", ""},
      {"deep nesting beside files", "POST", match,
       "{\"files\":[],\"x\":" + std::string(200000, '[') + std::string(200000, ']') + "}", 413, "too_deep", ""},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const HttpResponse response = api.ask(request_of(row.method, row.target, row.body));
    INFO(response.body.substr(0, 400));
    CHECK(response.status == row.status);
    CHECK(response.content_type == "application/problem+json");
    CHECK(header_of(response, "Cache-Control") == "no-store");
    const json problem = json::parse(response.body, nullptr, false);
    REQUIRE(problem.is_object());
    CHECK(problem["type"] == "/problems/" + row.type);
    CHECK(problem["status"] == row.status);
    CHECK(problem["instance"] == "request-1");
    if (!row.pointer.empty()) CHECK(problem["errors"][0]["pointer"] == row.pointer);
  }
}

TEST_CASE("a FHIR document is a case: as the body, and as a file that brings the diagnosis along") {
  const ApiFixture api;
  const std::string document =
      R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition","id":"c","code":{"coding":[)"
      R"({"system":"http://oncotree.mskcc.org","code":"LUAD"}]}}},{"resource":{"resourceType":"Observation","id":"t",)"
      R"("status":"final","code":{"coding":[{"system":"http://loinc.org","code":"94076-7"}]},)"
      R"("valueQuantity":{"value":12.5,"unit":"mut/Mb"}}}]})";
  for (const char* type : {"application/fhir+json", "application/json"}) {
    INFO(type);
    const HttpResponse response = api.post("/api/v1/match", document, {{"content-type", type}});
    INFO(response.body.substr(0, 400));
    REQUIRE(response.status == 200);
    CHECK(header_of(response, "Cache-Control") == "no-store");
    const json answer = json::parse(response.body);
    CHECK(answer["read"][0]["canonical"] == "TMB 12.5 per Mb");
    CHECK(answer["diagnosis"].get<std::string>().find("LUAD") != std::string::npos);
  }
  const json file = {{"name", "a.json"}, {"content", document}};
  const HttpResponse without = api.post("/api/v1/match", json({{"files", {file}}}).dump());
  REQUIRE(without.status == 200);
  CHECK(json::parse(without.body)["diagnosis"].get<std::string>().find("LUAD") != std::string::npos);
  const HttpResponse stated =
      api.post("/api/v1/match", json({{"files", {file}}, {"diagnosis", {{"oncotree", "MEL"}}}}).dump());
  REQUIRE(stated.status == 200);
  const json other = json::parse(stated.body);
  CHECK(other["diagnosis"].get<std::string>().find("MEL") != std::string::npos);
  CHECK(other["warnings"].dump().find("diagnosis of this file is not used") != std::string::npos);
  const HttpResponse patient = api.post("/api/v1/match", R"({"resourceType":"Patient"})");
  CHECK(patient.status == 415);
}

TEST_CASE("all errors of a body are told at once, each with its place") {
  const ApiFixture api;
  const HttpResponse response =
      api.post("/api/v1/match", R"({"diagnosis":{"oncotree":"LUAD"},"ecog":9,"colour":1,"alterations":[{"vaf":2}]})");
  CHECK(response.status == 422);
  std::vector<std::string> places;
  const json problem = json::parse(response.body);
  for (const json& error : problem["errors"]) places.push_back(error["pointer"]);
  for (const char* place : {"/ecog", "/colour", "/alterations/0/vaf"}) {
    INFO(place);
    CHECK(std::count(places.begin(), places.end(), place) == 1);
  }
}

TEST_CASE("no address, or not with that method") {
  const ApiFixture api;
  CHECK(api.get("/api/v1/none").status == 404);
  CHECK(api.post("/nowhere", "{}").status == 404);
  const HttpResponse match = api.get("/api/v1/match");
  CHECK(match.status == 405);
  CHECK(header_of(match, "Allow") == "POST");
  const HttpResponse search = api.ask(request_of("DELETE", "/api/v1/search"));
  CHECK(search.status == 405);
  CHECK(header_of(search, "Allow") == "POST, GET");
}

TEST_CASE("every answer names its revision and its policy") {
  const ApiFixture api;
  const std::vector<HttpRequest> requests = {request_of("GET", "/api/v1/meta"),
                                             request_of("POST", "/api/v1/match", kCase),
                                             request_of("POST", "/api/v1/match"),
                                             request_of("GET", "/api/v1/none"),
                                             request_of("DELETE", "/api/v1/meta"),
                                             request_of("GET", "/healthz"),
                                             request_of("GET", "/metrics"),
                                             request_of("GET", "/api/v1/changes?since=0"),
                                             request_of("HEAD", "/api/v1/meta"),
                                             request_of("GET", "/openapi.json"),
                                             request_of("POST", "/api/v1/search", R"({"q":"a"})")};
  for (const HttpRequest& request : requests) {
    const HttpResponse response = api.ask(request);
    INFO(request.method << " " << request.raw_target << " " << response.status << "\n" << head_text(response));
    CHECK(header_of(response, "Treff-Revision") == "1");
    const std::string policy = header_of(response, "Content-Security-Policy").value_or("");
    CHECK(contains(policy, "default-src 'none'"));
    CHECK_FALSE(contains(policy, "unsafe"));
  }
}

TEST_CASE("an answer to a case is stored nowhere and has no tag") {
  const ApiFixture api(true);
  const std::vector<std::pair<std::string, std::string>> rows = {{"/api/v1/match", kCase},
                                                                 {"/api/v1/parse", R"(["BRAF V600E"])"},
                                                                 {"/api/v1/search", R"({"q":"melanom"})"},
                                                                 {"/api/v1/suggest", R"({"q":"mel"})"}};
  for (const auto& [target, body] : rows) {
    INFO(target);
    const HttpResponse response = api.post(target, body);
    CHECK(response.status == 200);
    CHECK(header_of(response, "Cache-Control") == "no-store");
    CHECK_FALSE(header_of(response, "ETag").has_value());
  }
}

TEST_CASE("a known tag gives 304, another one the whole, a new revision a new tag") {
  ApiFixture api(true);
  for (const char* target : {"/api/v1/meta", "/api/v1/records/cohort", "/api/v1/records/cohort/example-flt3-aml",
                             "/api/v1/records/cohort/example-flt3-aml/history", "/api/v1/revisions/1",
                             "/api/v1/search?q=braf", "/api/v1/suggest?q=mel", "/openapi.json"}) {
    INFO(target);
    const HttpResponse first = api.get(target);
    REQUIRE(first.status == 200);
    const std::string tag = header_of(first, "ETag").value_or("");
    CHECK(tag.substr(0, 1) == "\"");
    const HttpResponse known = api.get(target, {{"if-none-match", "\"other\", " + tag}});
    CHECK(known.status == 304);
    CHECK(known.body.empty());
    CHECK(header_of(known, "ETag") == tag);
    const HttpResponse other = api.get(target, {{"if-none-match", "\"other\""}});
    CHECK(other.status == 200);
    CHECK(other.body == first.body);
  }
  const auto before = header_of(api.get("/api/v1/records/cohort"), "ETag");
  api.rename_cohort(kMelanoma, "EXAMPLE renamed");
  CHECK(header_of(api.get("/api/v1/records/cohort"), "ETag") != before);
}

TEST_CASE("an answer stays what it was at its revision") {
  ApiFixture api;
  const std::string before = api.post("/api/v1/match", kCase).body;
  api.rename_cohort(kMelanoma, "EXAMPLE renamed");
  const HttpResponse now = api.post("/api/v1/match", kCase);
  const HttpResponse then = api.post("/api/v1/match?as_of=1", kCase);
  CHECK(then.body == before);
  CHECK(header_of(then, "Treff-Revision") == "1");
  CHECK(header_of(now, "Treff-Revision") == "2");
  const json answer = json::parse(now.body);
  const json* renamed = option_of(answer, "options", kMelanoma);
  REQUIRE(renamed != nullptr);
  CHECK((*renamed)["title"] == "EXAMPLE renamed");
  CHECK_FALSE(contains(before, "EXAMPLE renamed"));
  CHECK(contains(api.get("/api/v1/records/cohort/" + kMelanoma).body, "EXAMPLE renamed"));
  CHECK_FALSE(contains(api.get("/api/v1/records/cohort/" + kMelanoma + "?revision=1").body, "EXAMPLE renamed"));
  CHECK(json::parse(api.get("/api/v1/records/cohort/" + kMelanoma + "/history").body)["history"].size() == 2);
}

TEST_CASE("the parameters of a match do what they say") {
  const ApiFixture api;
  const auto answer = [&](const std::string& query) {
    const HttpResponse response = api.post("/api/v1/match" + query, kCase);
    INFO(query << " " << response.body.substr(0, 300));
    REQUIRE(response.status == 200);
    return json::parse(response.body);
  };
  const json plain = answer("");
  CHECK(plain["evaluated_on"] == "2026-11-22");
  REQUIRE(plain["options"].size() > 2);
  CHECK_FALSE(plain.contains("explained"));

  CHECK(answer("?today=2026-12-24")["evaluated_on"] == "2026-12-24");
  CHECK(answer("?limit=1")["options"].size() == 1);
  CHECK(answer("?unknown_as=absent")["closed_world"] == true);
  CHECK(answer("?lang=en") == plain);
  const json norwegian = answer("?lang=nb");
  CHECK(norwegian["options"].size() == plain["options"].size());
  CHECK(norwegian["options"][0]["reasons"] != plain["options"][0]["reasons"]);

  std::vector<std::string> buckets;
  for (const json& option : plain["options"]) buckets.push_back(option["bucket"]);
  CHECK(std::count(buckets.begin(), buckets.end(), "near_miss") > 0);
  const json with_possible = answer("?include=possible");
  CHECK_FALSE(with_possible["options"].empty());
  for (const json& option : with_possible["options"]) {
    INFO(option["id"]);
    CHECK((option["bucket"] == "match" || option["bucket"] == "possible"));
  }

  REQUIRE(option_of(plain, "options", "example-flt3-aml") == nullptr);
  const json explained = answer("?explain=example-flt3-aml");
  const json* why = option_of(explained, "explained", "example-flt3-aml");
  REQUIRE(why != nullptr);
  CHECK((*why)["verdict"] == "not_met");
  CHECK(explained["options"] == plain["options"]);
}

TEST_CASE("the table has one line an option and the same cells in each") {
  const ApiFixture api;
  const HttpResponse response = api.post("/api/v1/match", kCase, {{"accept", "text/tab-separated-values"}});
  CHECK(response.status == 200);
  CHECK(response.content_type == "text/tab-separated-values; charset=utf-8");
  const json answer = json::parse(api.post("/api/v1/match", kCase).body);
  CHECK(std::count(response.body.begin(), response.body.end(), '\n') ==
        static_cast<std::ptrdiff_t>(answer["options"].size() + 1));
  std::ptrdiff_t tabs = -1;
  for (const std::string_view line : base::split(response.body, '\n')) {
    if (line.empty()) continue;
    const auto here = std::count(line.begin(), line.end(), '\t');
    if (tabs < 0) tabs = here;
    CHECK(here == tabs);
  }
  CHECK(tabs > 10);
}

TEST_CASE("HEAD is answered as the GET it stands for") {
  const ApiFixture api;
  for (const char* target :
       {"/api/v1/meta", "/api/v1/records/cohort", "/healthz", "/openapi.json", "/api/v1/none", "/api/v1/match"}) {
    INFO(target);
    const HttpResponse head = api.ask(request_of("HEAD", target));
    const HttpResponse get = api.get(target);
    CHECK(head.status == get.status);
    CHECK(head_text(head) == head_text(get));
  }
}

TEST_CASE("readyz says what is missing") {
  ApiFixture api;
  const HttpResponse without = api.get("/readyz");
  CHECK(without.status == 200);
  CHECK(json::parse(without.body)["status"] == "degraded");
  CHECK_FALSE(json::parse(without.body)["cause"].get<std::string>().empty());
  const HttpResponse search = api.get("/api/v1/search?q=braf");
  CHECK(search.status == 503);
  CHECK(header_of(search, "Retry-After").has_value());
  api.build_text();
  CHECK(json::parse(api.get("/readyz").body)["status"] == "ok");
  CHECK(api.get("/api/v1/search?q=braf").status == 200);
}

TEST_CASE("the counters hold routes and numbers, nothing of what was asked") {
  const ApiFixture api;
  const HttpRequest match = request_of("POST", "/api/v1/match?explain=" + kMelanoma, kCase);
  const HttpRequest record = request_of("GET", "/api/v1/records/cohort/" + kMelanoma);
  const HttpRequest guess = request_of("GET", "/no/such/BRAF-page");
  for (const HttpRequest* request : {&match, &record, &guess}) {
    api.handlers().observe(AccessRecord{*request, api.ask(*request).status, 1, std::chrono::microseconds(5)});
  }
  const std::string text = api.get("/metrics").body;
  CHECK(contains(text, "treff_requests_total{route=\"/api/v1/match\",status=\"200\"} 1\n"));
  CHECK(contains(text, "treff_requests_total{route=\"/api/v1/records/{kind}/{id}\",status=\"200\"} 1\n"));
  CHECK(contains(text, "treff_requests_total{route=\"other\",status=\"404\"} 1\n"));
  CHECK(contains(text, "treff_revision 1\n"));
  for (const char* piece : {"BRAF", "melan", "secret", "explain"}) {
    INFO(piece);
    CHECK_FALSE(contains(text, piece));
  }
}

TEST_CASE("who asks for the next revision waits for it and gets it") {
  ApiFixture api;
  Answer answer = api.handlers().answer(request_of("GET", "/api/v1/changes?since=1&wait=600"));
  REQUIRE(std::holds_alternative<Park>(answer));
  const Park park = std::get<Park>(std::move(answer));
  CHECK(park.wait == std::chrono::seconds(60));
  const auto ticket = std::make_shared<WakeTicket>();
  park.subscribe(Waker(ticket));
  CHECK_FALSE(ticket->signalled.load());
  api.rename_cohort(kMelanoma, "EXAMPLE renamed");
  api.service().publications.announce();
  CHECK(ticket->signalled.load());
  const auto response = park.resume(WakeReason::Woken);
  REQUIRE(response.has_value());
  const json changes = json::parse(response->body);
  CHECK(changes["head"] == 2);
  REQUIRE(changes["changes"].size() == 1);
  CHECK(changes["changes"][0]["revision"] == 2);
  CHECK(header_of(*response, "Treff-Revision") == "2");

  CHECK(api.get("/api/v1/changes?since=1&wait=60").status == 200);  // there is news: no wait
  CHECK(json::parse(api.get("/api/v1/changes?since=2").body)["changes"].empty());
  CHECK(json::parse(api.get("/api/v1/changes?since=0").body)["changes"].size() == 2);
}

TEST_CASE("records come in pages that leave nothing out") {
  const ApiFixture api;
  std::vector<std::string> ids;
  std::string target = "/api/v1/records/gene";
  for (int pages = 0; pages < 100; ++pages) {
    const json page = json::parse(api.get(target).body);
    for (const json& record : page["records"]) ids.push_back(record["id"]);
    if (page["next"].is_null()) break;
    target = "/api/v1/records/gene?after=" + page["next"].get<std::string>();
  }
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
  CHECK(json::parse(api.get("/api/v1/meta").body)["counts"]["gene"] == ids.size());
}

TEST_CASE("what a body is, and what an answer may be, is stated and kept to") {
  const ApiFixture api;
  struct Row {
    const char* name;
    NameValue header;
    int status;
    std::string type;
  };
  const std::vector<Row> rows = {
      {"JSON", {"content-type", "application/json"}, 200, "application/json"},
      {"JSON with a charset", {"content-type", "Application/JSON; charset=utf-8"}, 200, "application/json"},
      {"plain text", {"content-type", "text/plain"}, 415, "application/problem+json"},
      {"a form", {"content-type", "application/x-www-form-urlencoded"}, 415, "application/problem+json"},
      {"FHIR", {"content-type", "application/fhir+json"}, 415, "application/problem+json"},
      {"anything wanted", {"accept", "*/*"}, 200, "application/json"},
      {"nothing wanted", {"accept", ""}, 200, "application/json"},
      {"a group wanted", {"accept", "text/*;q=0.4"}, 200, "text/tab-separated-values; charset=utf-8"},
      {"a table wanted", {"accept", "text/tab-separated-values"}, 200, "text/tab-separated-values; charset=utf-8"},
      {"JSON before the table",
       {"accept", "text/tab-separated-values;q=0.5, application/json"},
       200,
       "application/json"},
      {"anything but JSON", {"accept", "application/json;q=0, */*"}, 200, "text/tab-separated-values; charset=utf-8"},
      {"FHIR wanted", {"accept", "application/fhir+json"}, 406, "application/problem+json"},
      {"FHIR or JSON wanted", {"accept", "application/fhir+json, application/json"}, 200, "application/json"},
      {"HTML wanted", {"accept", "text/html"}, 406, "application/problem+json"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const HttpResponse response = api.post("/api/v1/match", kCase, {row.header});
    CHECK(response.status == row.status);
    CHECK(response.content_type == row.type);
    if (row.status >= 400) CHECK(json::parse(response.body)["status"] == row.status);
  }
  for (const char* address : {"/api/v1/parse", "/api/v1/search", "/api/v1/suggest", "/api/v1/compare?from=1"}) {
    INFO(address);
    CHECK(api.post(address, "{}", {{"content-type", "text/plain"}}).status == 415);
  }
}

}  // namespace
}  // namespace treff::server
