#include "indexer/importers/sheet.h"

#include "indexer/importers/delimited.h"
#include "kb/base/text.h"
#include "tests/indexer/import_world.h"

namespace treff::indexer {
namespace {

using model::RecordKind;
using support::contains;

constexpr const char* kHeader = "id,trial,drugs,diagnoses,needs,status,sources,checked_on";

std::string sheet(const std::string& row) { return std::string(kHeader) + "\n" + row + "\n"; }

TEST_CASE("a Norwegian spreadsheet becomes cohorts") {
  ImportWorld world;
  CHECK(world.import("sheet", {import_fixture("sheet/cohorts.csv")}).added == 1);
  const auto cohort = world.get<model::Cohort>(RecordKind::Cohort, "nct00000009-a");
  CHECK(cohort.trial == "nct00000009");
  CHECK(cohort.names.en == "BRAF V600, melanoma");
  CHECK(cohort.drugs == std::vector<std::string>{"cobimetinib", "vemurafenib"});
  REQUIRE(cohort.criteria);
  CHECK(model::encode_criterion(cohort.criteria->rule) ==
        R"({"all":[{"diagnosis":{"any_of":["MEL"]}},)"
        R"({"any":[{"variant":{"change":"V600E","class":"protein","gene":"BRAF"}},)"
        R"({"variant":{"change":"V600K","class":"protein","gene":"BRAF"}}]},)"
        R"({"biomarker":{"name":"tmb","op":">=","unit":"per_mb","value":10.5}},)"
        R"({"not":{"variant":{"class":"fusion","gene":"ALK"}}},)"
        R"({"clinical":{"age_years":{"min":18},"ecog":{"max":2}}},)"
        R"({"text":{"ask":"Is the \"heart\" healthy?; ECG?"}}]})");
  REQUIRE(cohort.status.size() == 1);
  CHECK(cohort.status[0].state == model::EntryState::Open);
  CHECK(base::to_string(*cohort.status[0].from) == "2026-02-01");
  CHECK(cohort.slots->cap == 8);
  CHECK(cohort.slots->left == 3);
  CHECK(cohort.stage == model::StageNumber::Stage1);
  CHECK(base::to_string(*cohort.checked_on) == "2026-11-22");
  CHECK_FALSE(world.import("sheet", {import_fixture("sheet/cohorts.csv")}).changed);
}

TEST_CASE("what a sheet gets wrong is named by file, line and column") {
  struct Row {
    const char* what;
    std::string text;
    const char* place;
    const char* part;
  };
  const Row rows[] = {
      {"unread marker", sheet("a,nct00000009,vemurafenib,MEL,BRAF V600E | BRAF odd,open,book,2026-01-01"), ":2:31",
       "odd"},
      {"unknown gene", sheet("a,nct00000009,vemurafenib,MEL,XYZQ V600E,open,book,2026-01-01"), ":2:31", "XYZQ"},
      {"a word as partner", sheet("a,nct00000009,vemurafenib,MEL,ALK-positive,open,book,2026-01-01"), ":2:31",
       "which kind of change"},
      {"a value without comparison", sheet("a,nct00000009,vemurafenib,MEL,TMB 10,open,book,2026-01-01"), ":2:31",
       "comparison"},
      {"no level", sheet("a,nct00000009,vemurafenib,MEL,EGFR expression,open,book,2026-01-01"), ":2:31", "levels"},
      {"unknown drug", sheet("a,nct00000009,vemurafenip,MEL,,open,book,2026-01-01"), ":2:15", "vemurafenip"},
      {"unknown diagnosis", sheet("a,nct00000009,vemurafenib,MELX,,open,book,2026-01-01"), ":2:27", "MELX"},
      {"unknown status", sheet("a,nct00000009,vemurafenib,MEL,,opened,book,2026-01-01"), ":2:32", "status"},
      {"no date", sheet("a,nct00000009,vemurafenib,MEL,,open,book,yesterday"), ":2:42", "not a date"},
      {"impossible date", sheet("a,nct00000009,vemurafenib,MEL,,open,book,31.02.2026"), ":2:42", "not a date"},
      {"empty trial", sheet("a,,vemurafenib,MEL,,open,book,2026-01-01"), ":2:3", "the cell is empty"},
      {"bad id", sheet("A B,nct00000009,vemurafenib,MEL,,open,book,2026-01-01"), ":2:1", "not an id"},
      {"dangling trial", sheet("a,nct00000008,vemurafenib,MEL,,open,book,2026-01-01"), ":2", "there is no trial"},
      {"dangling source", sheet("a,nct00000009,vemurafenib,MEL,,open,boko,2026-01-01"), ":2", "there is no source"},
      {"twice",
       sheet(
           "a,nct00000009,vemurafenib,MEL,,open,book,2026-01-01\na,nct00000009,vemurafenib,MEL,,open,book,2026-01-01"),
       ":3", "stands twice"},
      {"too many cells", sheet("a,nct00000009,vemurafenib,MEL,,open,book,2026-01-01,more"), ":2", "more cells"},
      {"open quote", sheet("a,nct00000009,vemurafenib,MEL,\"BRAF V600E,open,book,2026-01-01"), ":2:31", "not closed"},
      {"unknown column", "id,trial,drugz,status,sources,checked_on\n", ":1:10", "did you mean 'drugs'"},
      {"missing column", "id,trial,drugs,sources,checked_on\n", ":1", "'status' is missing"},
      {"column twice", std::string(kHeader) + ",id\n", ":1:58", "stands twice"},
      {"no UTF-8", sheet("a,nct00000009,vemurafenib,MEL,,open,book,2026-01-01\nb\xFF"), ":3", "not UTF-8"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    ImportWorld world;
    const std::string said = world.refused("sheet", {world.file("s.csv", row.text)});
    CHECK_THAT(said, Catch::Contains("s.csv" + std::string(row.place)));
    CHECK_THAT(said, Catch::Contains(row.part));
  }
}

TEST_CASE("comma, semicolon and tab are told from the header; quoted cells hold them") {
  for (const char separator : {',', ';', '\t'}) {
    const std::string s(1, separator);
    const std::string text =
        "a" + s + "b" + s + "c\r\n1" + s + "\"x" + s + "\r\ny \"\"z\"\"\"" + s + "\r\n\r\n2" + s + s + "3";
    CHECK(separator_of(text) == separator);
    const auto rows = read_delimited(text, separator, Quoting::Doubled, "f");
    REQUIRE(rows);
    REQUIRE(rows->size() == 3);
    CHECK((*rows)[1].cells == std::vector<std::string>{"1", "x" + s + "\ny \"z\"", ""});
    CHECK((*rows)[1].line == 2);
    CHECK((*rows)[2].cells == std::vector<std::string>{"2", "", "3"});
    CHECK((*rows)[2].line == 5);
    CHECK((*rows)[2].columns == std::vector<std::size_t>{1, 3, 4});
  }
}

TEST_CASE("suggestions of an imported trial become rows that a curator completes") {
  ImportWorld world;
  world.import("ctgov", {import_fixture("ctgov/v2.json")});
  const auto trial = world.get<model::Trial>(RecordKind::Trial, "nct00000001");
  std::string rows = sheet_of_suggestions(trial);
  CHECK(contains(rows, "nct00000001-1;nct00000001;"));
  CHECK(contains(rows, "BRAF V600E | BRAF V600K"));
  CHECK(contains(rows, "suggested from text"));
  // As written it is not complete: nothing goes in by itself.
  CHECK(contains(world.refused("sheet", {world.file("raw.csv", rows)}), "drugs: the cell is empty"));
  CHECK(sheet_template().find("id;trial;") == 3);
}

TEST_CASE("docs/sheet.md explains every column of the template") {
  const std::string page = support::read_file(std::string(TREFF_SOURCE_DIR) + "/docs/sheet.md");
  std::string header = sheet_template().substr(3);
  header.resize(header.find('\r'));
  for (const std::string_view column : base::split(header, ';')) {
    INFO(column);
    CHECK(contains(page, "`" + std::string(column) + "`"));
  }
}

}  // namespace
}  // namespace treff::indexer
