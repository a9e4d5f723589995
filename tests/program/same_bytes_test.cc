// The command line and the service give the same bytes for the same case, at the head and at an older revision.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/program/knowledge.h"
#include "tests/program/running_service.h"

namespace treff::program {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::contains;
using support::Words;

const std::string kToday = "2026-11-22";

std::vector<fs::path> example_cases() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(source_path("schemas/examples"))) {
    if (entry.path().filename().string().substr(0, 4) == "case") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  REQUIRE(out.size() >= 5);
  return out;
}

// File name -> answer.
std::map<std::string, std::string> answers_of(const support::KnowledgeBase& base, const Words& more) {
  std::map<std::string, std::string> out;
  for (const fs::path& path : example_cases()) {
    Words words = {"match", "--format", "json", "--today", kToday, path.string()};
    words.insert(words.end(), more.begin(), more.end());
    out[path.filename().string()] = base.out_of(words);
  }
  return out;
}

std::map<std::string, std::string> answers_of(const RunningService& service, const std::string& query) {
  std::map<std::string, std::string> out;
  for (const fs::path& path : example_cases()) {
    out[path.filename().string()] = service.body_of_post("/api/v1/match" + query, support::read_file(path));
  }
  return out;
}

// Without the number and the time of the revision, which another knowledge base has of its own.
std::map<std::string, json> timeless(const std::map<std::string, std::string>& answers) {
  std::map<std::string, json> out;
  for (const auto& [name, text] : answers) {
    json answer = json::parse(text);
    CHECK(answer.erase("revision") + answer.erase("published") == 2);
    out[name] = std::move(answer);
  }
  return out;
}

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    out[entry.path().filename().string()] = support::read_file(entry.path());
  }
  return out;
}

TEST_CASE("command line and service answer with the same bytes, now and as of then") {
  SeedBase base;
  const auto first = answers_of(base, {});
  // An answer that names no option would make this test say little.
  CHECK(json::parse(first.at("case.json"))["options"].size() > 3);
  {
    RunningService service(base);
    CHECK(answers_of(service, "?today=" + kToday) == first);
    CHECK(service.stop() == 0);
  }
  json cohort = json::parse(base.out_of({"show", "cohort", "example-braf-v600-melanoma"}));
  cohort["names"]["en"] = "EXAMPLE renamed once";
  base.publish("second.json", cohort.dump());
  cohort["names"]["en"] = "EXAMPLE renamed twice";
  base.publish("third.json", cohort.dump());

  CHECK(answers_of(base, {"--as-of", "1"}) == first);
  const auto head = answers_of(base, {});
  CHECK(head != first);
  CHECK(contains(head.at("case-short.json"), "EXAMPLE renamed twice"));
  RunningService service(base);
  CHECK(answers_of(service, "?as_of=1&today=" + kToday) == first);
  CHECK(answers_of(service, "?as_of=2&today=" + kToday) == answers_of(base, {"--as-of", "2"}));
  CHECK(answers_of(service, "?today=" + kToday) == head);
  CHECK(service.stop() == 0);
}

TEST_CASE("an export makes the same knowledge base again") {
  const SeedBase base;
  const fs::path exported = base.folder() / "export";
  base.out_of({"export", exported.string()});
  const EmptyBase other;
  other.out_of({"import", "curated", exported.string()});
  CHECK(timeless(answers_of(other, {})) == timeless(answers_of(base, {})));
  const fs::path again = other.folder() / "export";
  other.out_of({"export", again.string()});
  const auto files = files_of(exported);
  CHECK(files.size() > 10);
  CHECK(files_of(again) == files);
}

TEST_CASE("a laboratory file answers the same from the command line and from the page") {
  const SeedBase base;
  RunningService service(base);
  for (const char* name : {"tso500_dna.tsv", "tso500_dragen.tsv", "tso500_rna.tsv"}) {
    INFO(name);
    const std::string path = source_path(std::string("tests/fixtures/casefile/") + name);
    const std::string told = base.out_of(
        {"match", "--input", "tso500", path, "--diagnosis", "lungekreft", "--format", "json", "--today", kToday});
    const json body = {{"files", {{{"name", name}, {"content", support::read_file(path)}}}},
                       {"diagnosis", {{"text", "lungekreft"}}}};
    CHECK(service.body_of_post("/api/v1/match?today=" + kToday, body.dump()) == told);
    CHECK(json::parse(told)["read"].size() > 0);
    CHECK(json::parse(told)["diagnosis"] == "Lung (LUNG)");
  }
  CHECK(service.stop() == 0);
}

TEST_CASE("a stream of cases keeps its order and its ids, and one bad line is one error line") {
  const SeedBase base;
  const std::string out =
      base.out_of({"match", "--format", "ndjson", "--today", kToday},
                  R"({"id":"a","diagnosis":{"oncotree":"MEL"},"alterations":[{"text":"BRAF V600E"}]})"
                  "\n"
                  R"({"id":"b","diagnosis":{"oncotree":"NOSUCH"}})"
                  "\n{\n"
                  R"({"id":"c","diagnosis":{"oncotree":"LUAD"}})"
                  "\n");
  std::vector<json> lines;
  for (const std::string_view line : base::split(out, '\n')) {
    if (!line.empty()) lines.push_back(json::parse(line));
  }
  REQUIRE(lines.size() == 4);
  CHECK(lines[0]["case_id"] == "a");
  CHECK(lines[0]["options"].size() > 0);
  CHECK(lines[1]["case_id"] == "b");
  CHECK(lines[1]["errors"].size() == 1);
  CHECK(lines[2]["case_id"].is_null());
  CHECK(lines[2]["errors"][0]["code"] == "malformed_json");
  CHECK(lines[3]["case_id"] == "c");
  CHECK(lines[3].contains("options"));
}

}  // namespace
}  // namespace treff::program
