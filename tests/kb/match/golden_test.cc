// Golden cases that a physician can read: tests/golden/match/<rule>-<slug>/{case.json,kb.ndjson,expected.json}.
//
// expected.json lists every option the answer must list and no other; `explained` says what becomes of those that it
// must not list. Each case goes through reading and engine, and through the plain matcher.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "kb/model/codec.h"
#include "tests/kb/match/agreement.h"

namespace treff::match {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kFolder = fs::path(TREFF_SOURCE_DIR) / "tests" / "golden" / "match";

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  INFO(path);
  REQUIRE(in.good());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void append_records(const fs::path& path, std::vector<model::Record>& out) {
  auto records = model::decode_records(text_of(path));
  if (!records) FAIL(path.string() << ": " << base::to_text(records.error().front()));
  for (auto& record : *records) out.push_back(std::move(record.record));
}

struct GoldenCase {
  std::shared_ptr<const Knowledge> knowledge;
  std::shared_ptr<const MatchIndex> index;
  CaseFacts facts;
  MatchRequest request;
  json expected;
};

GoldenCase load(const fs::path& folder) {
  GoldenCase out;
  std::vector<model::Record> records;
  append_records(kFolder / "base.ndjson", records);
  append_records(folder / "kb.ndjson", records);
  auto knowledge = Knowledge::build(std::move(records));
  if (!knowledge) FAIL(base::to_text(knowledge.error().front()));
  out.knowledge = *knowledge;
  auto index = MatchIndex::build(out.knowledge);
  if (!index) FAIL(base::to_text(index.error().front()));
  out.index = *index;
  const auto sent = model::decode_case(text_of(folder / "case.json"));
  if (!sent) FAIL(base::to_text(sent.error().front()));
  auto read = interpret(*sent, *out.knowledge);
  if (!read) FAIL(base::to_text(read.error().front()));
  out.facts = std::move(read->facts);
  out.expected = json::parse(text_of(folder / "expected.json"));
  const auto today = base::parse_date(out.expected.at("today").get<std::string>());
  REQUIRE(today);
  out.request.today = *today;
  out.facts.closed_world = out.expected.value("unknown_as_absent", false);
  return out;
}

std::set<std::string> rules_of(const Option& option) {
  std::set<std::string> out;
  for (const Reason& reason : option.reasons) out.insert(reason.rule);
  return out;
}

std::string state_of(const Option& option) {
  return option.status.state ? std::string(base::name_of(*option.status.state)) : "unstated";
}

// What the engine says of one option, under the keys that expected.json may ask for.
json said(const Option& option) {
  json out;
  out["bucket"] = std::string(base::name_of(option.bucket));
  out["verdict"] = std::string(base::to_string(option.verdict));
  out["state"] = state_of(option);
  out["missing"] = option.missing.size();
  out["caution"] = !option.cautions.empty();
  out["bedside"] = option.bedside.size();
  out["drivers"] = option.drivers.size();
  out["by_diagnosis_only"] = option.by_diagnosis_only;
  if (option.stage) {
    out["stage"] = std::string(base::name_of(option.stage->decision));
    out["awaiting"] = option.stage->awaiting;
    if (option.stage->slots_left) out["slots_left"] = *option.stage->slots_left;
  }
  return out;
}

void check_option(const Option& option, const json& expected) {
  const json engine = said(option);
  for (const auto& [key, want] : expected.items()) {
    if (key == "id" || key == "rules") continue;
    INFO(option.id << " " << key);
    REQUIRE(engine.contains(key));
    CHECK(engine.at(key) == want);
  }
  const std::set<std::string> rules = rules_of(option);
  for (const auto& rule : expected.value("rules", json::array())) {
    INFO(option.id << " rule " << rule);
    CHECK(rules.count(rule.get<std::string>()) == 1);
  }
}

const Option* find(const std::vector<Option>& options, const std::string& id) {
  const auto it = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.id == id; });
  return it == options.end() ? nullptr : &*it;
}

std::set<std::string> ids_of(const json& list) {
  std::set<std::string> out;
  for (const auto& item : list)
    out.insert(item.is_string() ? item.get<std::string>() : item.at("id").get<std::string>());
  return out;
}

void check_answer(const GoldenCase& golden, const MatchOutcome& outcome) {
  std::set<std::string> listed;
  for (const Option& option : outcome.options) listed.insert(option.id);
  CHECK(listed == ids_of(golden.expected.at("options")));
  for (const auto& expected : golden.expected.at("options")) {
    const Option* option = find(outcome.options, expected.at("id").get<std::string>());
    if (option != nullptr) check_option(*option, expected);
  }
  for (const auto& expected : golden.expected.value("explained", json::array())) {
    const Option* option = find(outcome.explained, expected.at("id").get<std::string>());
    INFO(expected);
    REQUIRE(option != nullptr);
    check_option(*option, expected);
  }
  if (golden.expected.contains("order")) {
    json order = json::array();
    for (const Option& option : outcome.options) order.push_back(option.id);
    CHECK(order == golden.expected.at("order"));
  }
  if (golden.expected.contains("tests_that_could_help")) {
    json tests = json::array();
    for (const TestThatCouldHelp& test : outcome.tests) {
      tests.push_back({{"test", std::string(base::name_of(test.test))}, {"options", test.options}});
    }
    CHECK(tests == golden.expected.at("tests_that_could_help"));
  }
  if (golden.expected.contains("consent_blocked")) {
    CHECK(json(outcome.consent_blocked) == golden.expected.at("consent_blocked"));
  }
}

std::vector<fs::path> golden_folders() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.is_directory()) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("golden cases: the answer is what the rules say") {
  for (const fs::path& folder : golden_folders()) {
    DYNAMIC_SECTION(folder.filename().string()) {
      GoldenCase golden = load(folder);
      for (const std::string& id : ids_of(golden.expected.value("not_listed", json::array()))) {
        golden.request.explain.push_back(id);
      }
      check_answer(golden, match_case(*golden.index, golden.facts, golden.request));
    }
  }
}

TEST_CASE("golden cases: the plain matcher gives the same") {
  for (const fs::path& folder : golden_folders()) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const GoldenCase golden = load(folder);
      const Judgement plain = by_reference(*golden.knowledge, golden.facts, golden.request.today);
      CHECK(differences(by_engine(*golden.index, golden.facts, golden.request), plain) == "");
      for (const auto& expected : golden.expected.at("options")) {
        const std::string id = expected.at("id").get<std::string>();
        INFO(id);
        REQUIRE(plain.options.count(id) == 1);
        CHECK(std::string(base::name_of(plain.options.at(id).bucket)) == expected.at("bucket").get<std::string>());
      }
    }
  }
}

TEST_CASE("golden cases: every rule that an answer shows has one") {
  std::set<std::string> covered;
  for (const fs::path& folder : golden_folders()) {
    const std::string name = folder.filename().string();
    covered.insert(name.substr(0, name.find('-')));
  }
  for (const std::string rule :
       {"m1", "m2", "m3", "m4",  "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12", "m13", "m14", "m15", "m16",
        "d1", "d2", "d3", "d4",  "d5", "c1", "c2", "c3", "c4", "c5",  "b1",  "b2",  "b3",  "b4",  "b5",  "b6",
        "b7", "b8", "b9", "b10", "s1", "s2", "n1", "n3", "n4", "n5",  "n6",  "n7",  "n8",  "n9"}) {
    INFO(rule);
    CHECK(covered.count(rule) == 1);
  }
}

}  // namespace treff::match
