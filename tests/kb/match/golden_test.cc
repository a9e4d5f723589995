// Golden cases that a physician can read: tests/golden/match/<rule>-<slug>/{case.json,kb.ndjson,expected.json}.
//
// expected.json lists every option the answer must list and no other; `explained` says what becomes of those that it
// must not list. `read` is what the findings were read as (empty: not read), `warnings` the codes that must be among
// those raised, `error` the place of the case that refuses an answer. Each case goes through reading and engine, and
// through the plain matcher.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
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
  std::vector<std::string> read;
  std::set<std::string> warnings;
  std::optional<Error> refused;  // then nothing is matched
  MatchRequest request;
  json expected;
};

// What was read and what a person was warned of.
void keep_reading(const CaseInterpretation& reading, GoldenCase& out) {
  for (const ReadLine& line : reading.read) {
    out.read.push_back(line.canonical);
    for (const Issue& issue : line.warnings) out.warnings.insert(issue.id);
  }
  for (const Issue& issue : reading.warnings) out.warnings.insert(issue.id);
}

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
  out.expected = json::parse(text_of(folder / "expected.json"));
  auto read = interpret(*sent, *out.knowledge);
  if (!read) {
    out.refused = read.error().front();
    if (!out.expected.contains("error")) FAIL(base::to_text(*out.refused));
    return out;
  }
  keep_reading(*read, out);
  out.facts = std::move(read->facts);
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

// Who pays (S4): of a cohort or programme the kind of payer, of a label the state of its public funding.
std::string funding_of(const Option& option) {
  if (option.label != nullptr) return std::string(base::name_of(option.label->public_funding));
  const auto& funding = option.cohort != nullptr ? option.cohort->funding : option.programme->funding;
  return funding ? funding->payer_kind : "unstated";
}

json number_or_null(const std::optional<int>& value) { return value ? json(*value) : json(nullptr); }

void add_stage(const Option& option, json& out) {
  const StageView& stage = *option.stage;
  out["stage"] = std::string(base::name_of(stage.decision));
  out["awaiting"] = stage.awaiting;
  out["slots_left"] = number_or_null(stage.slots_left);
  out["cap"] = number_or_null(stage.cap);
  out["evaluable"] = number_or_null(stage.evaluable);
  out["effects"] = number_or_null(stage.effects);
  out["effects_needed"] = number_or_null(stage.effects_needed);
  if (option.cohort->stage_basis) out["stage_basis"] = option.cohort->stage_basis->trial;
}

// What the engine says of one option, under the keys that expected.json may ask for.
json said(const Option& option, const CaseFacts& facts) {
  json out;
  out["bucket"] = std::string(base::name_of(option.bucket));
  out["verdict"] = std::string(base::to_string(option.verdict));
  out["state"] = state_of(option);
  out["missing"] = option.missing.size();
  out["caution"] = !option.cautions.empty();
  out["bedside"] = option.bedside.size();
  out["drivers"] = option.drivers.size();
  out["by_diagnosis_only"] = option.by_diagnosis_only;
  out["driven_by"] = json::array();
  for (const std::size_t driver : option.drivers) out["driven_by"].push_back(facts.alterations[driver].canonical);
  out["caution_rules"] = json::array();
  for (const Caution& caution : option.cautions) out["caution_rules"].push_back(caution.rule);
  if (option.status.checked_on) out["checked_on"] = base::to_string(*option.status.checked_on);
  if (option.kind != OptionKind::NewCohort) out["funding"] = funding_of(option);
  if (option.stage) add_stage(option, out);
  return out;
}

void check_option(const Option& option, const CaseFacts& facts, const json& expected) {
  const json engine = said(option, facts);
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
    if (option != nullptr) check_option(*option, golden.facts, expected);
  }
  for (const auto& expected : golden.expected.value("explained", json::array())) {
    const Option* option = find(outcome.explained, expected.at("id").get<std::string>());
    INFO(expected);
    REQUIRE(option != nullptr);
    check_option(*option, golden.facts, expected);
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

void check_reading(const GoldenCase& golden) {
  if (golden.expected.contains("read")) CHECK(json(golden.read) == golden.expected.at("read"));
  for (const auto& code : golden.expected.value("warnings", json::array())) {
    INFO(code);
    CHECK(golden.warnings.count(code.get<std::string>()) == 1);
  }
}

void check_refusal(const GoldenCase& golden) {
  REQUIRE(golden.refused);
  CHECK(golden.refused->where == golden.expected.at("error").at("where").get<std::string>());
  CHECK(golden.expected.at("options").empty());
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
      if (golden.expected.contains("error")) {
        check_refusal(golden);
        continue;
      }
      check_reading(golden);
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
      if (golden.refused) continue;
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

// Words and pictures belong to the page: that a chance of passing is the cohort's, what "criteria met" and "disease
// control" are called (B11), how figures are drawn (S2, S5) and who pays in words (S4) is tested where they are
// written, in tests/kb/answer and tests/program. The golden cases of these rules hold the facts that stand behind the
// words.
TEST_CASE("golden cases: every rule has at least three") {
  std::map<std::string, int> folders;
  for (const fs::path& folder : golden_folders()) {
    const std::string name = folder.filename().string();
    ++folders[name.substr(0, name.find('-'))];
  }
  const std::pair<char, int> sections[] = {{'n', 9}, {'m', 16}, {'d', 5}, {'c', 5}, {'b', 11}, {'s', 5}};
  int rules = 0;
  for (const auto& [section, last] : sections) {
    for (int number = 1; number <= last; ++number) {
      const std::string rule = section + std::to_string(number);
      INFO(rule);
      CHECK(folders[rule] >= 3);
      ++rules;
    }
  }
  CHECK(folders.size() == static_cast<std::size_t>(rules));  // a folder of no rule is a slip of the pen
}

}  // namespace treff::match
