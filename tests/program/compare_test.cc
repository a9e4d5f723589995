// One case at two revisions: what was gained, lost and changed, and by which change set; the same bytes everywhere.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/program/knowledge.h"
#include "tests/program/running_service.h"

namespace treff::program {
namespace {

using nlohmann::json;

const std::string kToday = "2026-11-22";
const std::string kCohort = "example-braf-v600-melanoma";

std::string melanoma(const support::KnowledgeBase& base) {
  return support::write_file(
      base.folder() / "melanoma.json",
      R"({"id":"m","sex":"female","diagnosis":{"oncotree":"MEL"},"alterations":[{"text":"BRAF V600E"}]})");
}

json compare(const support::KnowledgeBase& base, const std::string& path, int from, int to) {
  return json::parse(base.out_of({"compare", path, "--from", std::to_string(from), "--to", std::to_string(to),
                                  "--today", kToday, "--format", "json"}));
}

const json* find(const json& list, const std::string& id) {
  for (const json& change : list) {
    if (change["id"] == id) return &change;
  }
  return nullptr;
}

json record(const support::KnowledgeBase& base, const std::string& kind, const std::string& id) {
  return json::parse(base.out_of({"show", kind, id}));
}

}  // namespace

TEST_CASE("gained, lost and changed, each with the change set that did it") {
  SeedBase base;
  const std::string path = melanoma(base);
  const json original = record(base, "cohort", kCohort);

  // 2: something that no option rests on; 3: the cohort closes.
  base.publish("second.json", small_source("example-other", "nothing to do with it"));
  json closed = original;
  closed["status"] = json::array({{{"state", "closed"}, {"from", "2026-11-20"}}});
  base.publish("third.json", closed.dump());
  // 4: it is for men only; 5: as it was.
  json others = original;
  others["criteria"]["rule"] = {
      {"all", json::array({{{"clinical", {{"sex", "male"}}}}, original["criteria"]["rule"]})}};
  base.publish("fourth.json", others.dump());
  base.publish("fifth.json", original.dump());

  const json nothing = compare(base, path, 1, 2);
  CHECK(nothing["gained"].empty());
  CHECK(nothing["lost"].empty());
  CHECK(nothing["changed"].empty());
  CHECK(nothing["unchanged"].get<int>() > 0);
  CHECK(nothing["from"]["revision"] == 1);
  CHECK(nothing["to"]["revision"] == 2);

  const json closing = compare(base, path, 1, 3);
  CHECK(closing["gained"].empty());
  CHECK(closing["lost"].empty());
  const json* changed = find(closing["changed"], kCohort);
  REQUIRE(changed != nullptr);
  CHECK((*changed)["before"]["status"]["state"] == "open");
  CHECK((*changed)["after"]["status"]["state"] == "closed");
  CHECK((*changed)["what"][0] == "status");
  REQUIRE((*changed)["because"].size() == 1);
  CHECK((*changed)["because"][0]["revision"] == 3);
  CHECK((*changed)["because"][0]["by"] == "record");
  CHECK((*changed)["because"][0]["who"] == "curator");
  CHECK((*changed)["because"][0]["records"] == json::array({"cohort/" + kCohort}));
  // Another option that only moved in the list did so through this one.
  for (const json& other : closing["changed"]) {
    if (other["id"] == kCohort) continue;
    INFO(other["id"]);
    REQUIRE(other["because"].size() == 1);
    CHECK(other["because"][0]["revision"] == 3);
  }

  const json leaving = compare(base, path, 2, 4);
  const json* lost = find(leaving["lost"], kCohort);
  REQUIRE(lost != nullptr);
  CHECK((*lost)["before"]["bucket"] != "not_listed");
  CHECK((*lost)["after"]["bucket"] == "not_listed");
  REQUIRE((*lost)["because"].size() == 2);  // both change sets touched the cohort
  CHECK((*lost)["because"][1]["revision"] == 4);

  const json back = compare(base, path, 4, 5);
  const json* gained = find(back["gained"], kCohort);
  REQUIRE(gained != nullptr);
  CHECK((*gained)["before"]["bucket"] == "not_listed");
  CHECK((*gained)["because"][0]["revision"] == 5);
  CHECK(compare(base, path, 1, 5)["changed"].empty());

  const std::string text =
      base.out_of({"compare", path, "--from", "2", "--to", "4", "--today", kToday, "--format", "text"});
  CHECK(support::contains(text, "LOST"));
  CHECK(support::contains(text, "because of revision 4"));
}

TEST_CASE("the service compares with the same bytes, and refuses what cannot be compared") {
  SeedBase base;
  const std::string path = melanoma(base);
  json renamed = record(base, "cohort", kCohort);
  renamed["status"] = json::array({{{"state", "full"}, {"from", "2026-11-20"}}});
  base.publish("second.json", renamed.dump());
  const std::string told = base.out_of({"compare", path, "--from", "1", "--today", kToday, "--format", "json"});
  CHECK(json::parse(told)["changed"].size() > 0);
  CHECK(base.run({"compare", path, "--from", "2", "--to", "1"}).status == 2);
  CHECK(base.run({"compare", path, "--from", "0"}).status == 2);
  CHECK(base.run({"compare", path, "--from", "1", "--to", "9"}).status != 0);

  RunningService service(base);
  const std::string body = support::read_file(path);
  CHECK(service.body_of_post("/api/v1/compare?from=1&today=" + kToday, body) == told);
  CHECK(service.body_of_post("/api/v1/compare?from=1&to=2&today=" + kToday, body) == told);
  CHECK(service.ask("POST", "/api/v1/compare", body).status == 400);
  CHECK(service.ask("POST", "/api/v1/compare?from=2&to=1", body).status == 400);
  CHECK(service.ask("POST", "/api/v1/compare?from=1&to=9", body).status == 404);
  CHECK(service.ask("POST", "/api/v1/compare?from=1&as_of=1", body).status == 400);
  CHECK(service.stop() == 0);
}

}  // namespace treff::program
