#include "indexer/importers/civic.h"

#include "tests/indexer/import_world.h"

namespace treff::indexer {
namespace {

using model::RecordKind;
using support::contains;

constexpr const char* kRelease = "civic/01-Jan-2021-ClinicalEvidenceSummaries.tsv";

TEST_CASE("a release becomes evidence with its drugs; what cannot be read stays text") {
  ImportWorld world;
  const ImportReport report = world.import("civic", {import_fixture("civic")});
  const auto simple = world.get<model::Evidence>(RecordKind::Evidence, "civic-eid-1");
  CHECK(model::encode_criterion(simple.criterion) ==
        R"({"variant":{"change":"V600E","class":"protein","gene":"BRAF"}})");
  CHECK(simple.drugs == std::vector<std::string>{"vemurafenib"});
  CHECK(simple.diagnoses == std::vector<std::string>{"MEL"});
  CHECK(simple.direction == model::EvidenceDirection::Sensitive);
  CHECK(simple.level->scale == "CIViC");
  CHECK(simple.level->level == "B");
  CHECK(base::to_string(*simple.checked_on) == "2020-11-20");
  CHECK(simple.note == "PubMed 1, rating 4 of 5");
  CHECK_FALSE(contains(world.json_of(RecordKind::Evidence, "civic-eid-1"), "Nobody"));
  // A combination is one regimen; substitutes are each evidence of their own.
  CHECK(world.get<model::Evidence>(RecordKind::Evidence, "civic-eid-2").drugs ==
        std::vector<std::string>{"cobimetinib", "vemurafenib"});
  CHECK(world.get<model::Evidence>(RecordKind::Evidence, "civic-eid-3-vemurafenib").direction ==
        model::EvidenceDirection::Resistant);
  CHECK(world.get<model::Evidence>(RecordKind::Evidence, "civic-eid-3-civic-drug-inventinib").drugs ==
        std::vector<std::string>{"civic-drug-inventinib"});
  CHECK(world.get<model::Drug>(RecordKind::Drug, "civic-drug-inventinib").substance == "Inventinib");
  // Text, which nothing matches.
  for (const char* id : {"civic-eid-4", "civic-eid-8", "civic-eid-10"}) {
    INFO(id);
    CHECK(world.get<model::Evidence>(RecordKind::Evidence, id).criterion.kind == model::CriterionKind::Text);
  }
  CHECK(report.notes.counts.at("variant_unread") == 2);
  CHECK(report.notes.counts.at("polymorphism") == 1);
  CHECK(report.notes.counts.at("not_predictive") == 1);
  // That resistance was not seen is no evidence of an effect.
  CHECK(report.notes.counts.at("direction_left_out") == 1);
  CHECK(world.json_of(RecordKind::Evidence, "civic-eid-6").empty());
  CHECK(world.get<model::Evidence>(RecordKind::Evidence, "civic-eid-7").direction ==
        model::EvidenceDirection::NoBenefit);
  const auto germline = world.get<model::Evidence>(RecordKind::Evidence, "civic-eid-9");
  CHECK(germline.diagnoses.empty());
  CHECK(germline.diagnosis_text == "Unheard Of Disease");
  CHECK(std::get<nomenclature::VariantClass>(germline.criterion.leaf).origin == nomenclature::Origin::Germline);
  CHECK(world.get<model::Source>(RecordKind::Source, "civic").date == "2021-01-01");
}

TEST_CASE("the next release: added, changed, withdrawn; and twice is nothing") {
  ImportWorld world;
  world.import("civic", {import_fixture("civic")});
  CHECK_FALSE(world.import("civic", {import_fixture("civic")}).changed);
  std::string next = support::read_file(import_fixture(kRelease));
  // EID 1 gets another level, EID 2 goes, EID 11 comes.
  const std::size_t first = next.find("\tB\t");
  next.replace(first, 3, "\tA\t");
  const std::size_t second = next.find("\n", next.find("\t1\tSomatic")) + 1;
  std::string line = next.substr(second, next.find('\n', second) + 1 - second);
  REQUIRE(contains(line, "\t2\tSomatic"));
  next.erase(second, line.size());
  line.replace(line.find("\t2\tSomatic"), 10, "\t11\tSomatic");
  next += line;
  const ImportReport report = world.import("civic", {world.file("01-Feb-2021-ClinicalEvidenceSummaries.tsv", next)});
  CHECK(report.added == 1);
  CHECK(report.altered == 2);  // the evidence, and the source's date
  CHECK(report.retired == 1);
  CHECK(world.json_of(RecordKind::Evidence, "civic-eid-2").empty());
  CHECK(world.get<model::Evidence>(RecordKind::Evidence, "civic-eid-1").level->level == "A");
}

TEST_CASE("a withdrawn drug that a curator's record names stays, and is reported") {
  ImportWorld world;
  world.import("civic", {import_fixture("civic")});
  const std::string evidence =
      R"({"kind":"evidence","id":"own","criterion":{"variant":{"gene":"BRAF","class":"any_mutation"}},)"
      R"("drugs":["civic-drug-inventinib"],"direction":"sensitive","sources":["book"],"checked_on":"2026-01-01",)"
      R"("confidence":"quoted"})";
  world.import("curated", {world.file("own.json", evidence)});
  std::string next = support::read_file(import_fixture(kRelease));
  for (std::size_t at = 0; (at = next.find("Inventinib,", at)) != std::string::npos;) next.erase(at, 11);
  const ImportReport report = world.import("civic", {world.file("01-Feb-2021-ClinicalEvidenceSummaries.tsv", next)});
  CHECK(report.notes.counts.at("kept_though_withdrawn") == 1);
  CHECK_FALSE(world.json_of(RecordKind::Drug, "civic-drug-inventinib").empty());
  CHECK(world.json_of(RecordKind::Evidence, "civic-eid-3-civic-drug-inventinib").empty());
}

TEST_CASE("damaged releases are errors with file and line, and change nothing") {
  const std::string whole = support::read_file(import_fixture(kRelease));
  const auto with = [&](const char* from, const char* to) {
    std::string text = whole;
    text.replace(text.find(from), std::string(from).size(), to);
    return text;
  };
  struct Row {
    const char* what;
    std::string bytes;
    const char* place;
    const char* part;
  };
  const Row rows[] = {
      {"a column is missing", with("evidence_level", "level"), ".tsv:1", "'evidence_level' is missing"},
      {"cut in the last row", whole.substr(0, whole.size() - 60), ".tsv:11", "cells"},
      {"an odd id", with("\t1\tSomatic", "\tx1\tSomatic"), ".tsv:2", "not an evidence id"},
      {"twice", with("\t2\tSomatic", "\t1\tSomatic"), ".tsv:3", "stands twice"},
      {"an odd level", with("\tB\t", "\tQ\t"), ".tsv:2", "not an evidence level"},
      {"no UTF-8", with("Invented statement", "Inv\xFFnted statement"), ".tsv:2", "not UTF-8"},
      {"nothing", "", ".tsv:1", "nothing in the file"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    ImportWorld world;
    const std::string said =
        world.refused("civic", {world.file("01-Feb-2021-ClinicalEvidenceSummaries.tsv", row.bytes)});
    CHECK_THAT(said, Catch::Contains(row.part));
    CHECK_THAT(said, Catch::Contains(row.place));
  }
  ImportWorld world;
  CHECK(contains(world.refused("civic", {world.folder().path().string()}), "holds no ClinicalEvidenceSummaries"));
}

}  // namespace
}  // namespace treff::indexer
