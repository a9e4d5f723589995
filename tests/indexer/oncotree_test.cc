// Releases of the tumour tree: what is read, and what an upgrade may do to records that name its codes (D1, D4).
#include "indexer/importers/disease_ontology.h"
#include "tests/indexer/import_fixture.h"

namespace treff::indexer {
namespace {

using model::RecordKind;

std::string node(const std::string& code, const std::string& name, const std::string& more = {},
                 const std::string& children = {}) {
  return "\"" + code + R"(":{"code":")" + code + R"(","name":")" + name +
         R"(","mainType":"Type","tissue":"Lung","externalReferences":{"NCI":["N)" + code + R"("]})" + more +
         R"(,"children":{)" + children + "}}";
}

std::string tree(const std::string& lung_children) {
  return R"({"TISSUE":{"code":"TISSUE","name":"Tissue","children":{)" + node("LUNG", "Lung", {}, lung_children) + "}}}";
}

const std::string kFirst = tree(node("NSCLC", "Non-Small Cell Lung Cancer", {}, node("LUAD", "Lung Adenocarcinoma")) +
                                "," + node("OLD1", "Old Name"));
const std::string kRenamed = tree(node("NSCLC", "Non-Small Cell Lung Cancer", {}, node("LUAD", "Lung Adenocarcinoma")) +
                                  "," + node("NEW1", "New Name", R"(,"history":["OLD1"])"));
const std::string kMerged = tree(node("NSCLC", "Non-Small Cell Lung Cancer", {}, node("LUAD", "Lung Adenocarcinoma")) +
                                 "," + node("BOTH", "Merged", R"(,"precursors":["OLD1","OLD2"])"));

std::string target(const std::string& code) {
  return R"({"kind":"source","id":"own","citation":"ours","checked_on":"2026-01-01","confidence":"quoted"})"
         "\n"
         R"({"kind":"target","id":"rule","names":{"en":"rule"},"criterion":{"diagnosis":{"any_of":[")" +
         code + R"("]}},"sources":["own"],"checked_on":"2026-01-01","confidence":"quoted"})" + "\n";
}

TEST_CASE("oncotree: nodes, levels, parents and cross references are read") {
  ImportFixture kb;
  const std::string mappings = kb.file("ontology_mappings.txt",
                                       "ONCOTREE_CODE\tNCIT_CODE\tUMLS_CODE\tICDO_TOPOGRAPHY_CODE\t"
                                       "ICDO_MORPHOLOGY_CODE\tHEMEONC_CODE\n"
                                       "LUAD\tC3512\t\tC34.9\t8140/3\t\n");
  const std::string ontology = kb.file("slim.obo",
                                       "format-version: 1.2\n\n[Term]\nid: DOID:3910\nname: lung adenocarcinoma\n"
                                       "synonym: \"adenocarcinoma of lung\" EXACT []\nxref: NCI:C3512\n\n"
                                       "[Term]\nid: DOID:1\nname: gone\nxref: NCI:C3512\nis_obsolete: true\n");
  const auto done = kb.import("oncotree", {kb.file("oncotree.json", kFirst), mappings, ontology});
  if (!done) FAIL(to_text(done.error().front()));
  CHECK(done->added == 7);  // four nodes and three sources
  const auto luad = kb.get<model::Diagnosis>(RecordKind::Diagnosis, "luad");
  CHECK(luad.parent == "nsclc");
  CHECK(luad.names.en == "Lung Adenocarcinoma");
  CHECK(luad.origin == "oncotree");
  CHECK(luad.ncit == std::vector<std::string>{"NLUAD", "C3512"});
  CHECK(luad.icdo3 == std::vector<std::string>{"8140/3 C34.9"});
  CHECK(luad.doid == std::vector<std::string>{"DOID:3910"});
  CHECK(luad.lineage == nomenclature::Lineage::Solid);
  CHECK(kb.get<model::Diagnosis>(RecordKind::Diagnosis, "lung").tissue_level);
  CHECK(notes(*done, "3 of 4 diagnoses share no NCIt code with the Disease Ontology and stay unmapped"));
  CHECK(kb.words().diagnoses.by_doid("DOID:3910").has_value());
}

TEST_CASE("oncotree: the same release again changes nothing") {
  ImportFixture kb;
  const std::string file = kb.file("oncotree.json", kFirst);
  REQUIRE(kb.import("oncotree", {file}));
  const auto again = kb.import("oncotree", {file}, "2027-03-01");
  REQUIRE(again);
  CHECK_FALSE(again->changed);
  CHECK(kb.store().head() == 1);
}

TEST_CASE("oncotree: a renamed code is mapped, and every record that names it is reported") {
  ImportFixture kb;
  REQUIRE(kb.import("oncotree", {kb.file("first.json", kFirst)}));
  REQUIRE(kb.import("curated", {kb.file("own.ndjson", target("OLD1"))}));
  const auto done = kb.import("oncotree", {kb.file("renamed.json", kRenamed)});
  if (!done) FAIL(to_text(done.error().front()));
  CHECK(notes(*done, "target/rule/criterion/diagnosis/any_of/0 the record names OLD1, which is now NEW1 (mapped)"));
  CHECK(done->retired == 1);
  CHECK_FALSE(kb.has(RecordKind::Diagnosis, "old1"));
  const auto words = kb.words();
  const auto by_old = words.diagnoses.by_oncotree("OLD1");
  REQUIRE(by_old);
  CHECK(words.diagnoses.facts(*by_old).code == "NEW1");
}

TEST_CASE("oncotree: a merged or vanished code that a record names refuses the release") {
  ImportFixture kb;
  REQUIRE(kb.import("oncotree", {kb.file("first.json", kFirst)}));
  REQUIRE(kb.import("curated", {kb.file("own.ndjson", target("OLD1"))}));
  const auto merged = kb.import("oncotree", {kb.file("merged.json", kMerged)});
  REQUIRE_FALSE(merged);
  CHECK(names(merged.error(), "target/rule/criterion/diagnosis/any_of/0"));
  CHECK(names(merged.error(), "OLD1, which was replaced by BOTH"));
  const auto gone = kb.import("oncotree", {kb.file("gone.json", tree(node("NSCLC", "Non-Small Cell Lung Cancer")))});
  REQUIRE_FALSE(gone);
  CHECK(names(gone.error(), "OLD1, which is gone"));
  CHECK(kb.store().head() == 2);
  CHECK(kb.has(RecordKind::Diagnosis, "old1"));
}

TEST_CASE("oncotree: a vanished code that nothing names is retired and said") {
  ImportFixture kb;
  REQUIRE(kb.import("oncotree", {kb.file("first.json", kFirst)}));
  const auto done = kb.import("oncotree", {kb.file("merged.json", kMerged)});
  if (!done) FAIL(to_text(done.error().front()));
  CHECK(notes(*done, "OLD1 was replaced by BOTH; no record names it"));
  CHECK(done->retired == 1);
}

TEST_CASE("oncotree: a curated diagnosis is kept; a rename of its code waits for the curator") {
  ImportFixture kb;
  const std::string own =
      R"({"kind":"source","id":"own","citation":"ours","checked_on":"2026-01-01","confidence":"quoted"})"
      "\n"
      R"({"kind":"diagnosis","id":"lung","names":{"en":"Lung","nb":"lunge"},"code":"LUNG","main_type":"Type","tissue":"Lung","tissue_level":true,"lineage":"solid","sources":["own"],"checked_on":"2026-01-01","confidence":"quoted"})"
      "\n"
      R"({"kind":"diagnosis","id":"old1","names":{"en":"Other Name"},"code":"OLD1","parent":"lung","main_type":"Type","tissue":"Lung","lineage":"solid","sources":["own"],"checked_on":"2026-01-01","confidence":"quoted"})"
      "\n";
  REQUIRE(kb.import("curated", {kb.file("own.ndjson", own)}));
  const auto done = kb.import("oncotree", {kb.file("first.json", kFirst)});
  if (!done) FAIL(to_text(done.error().front()));
  CHECK(done->kept == 2);
  CHECK(notes(*done, "the release gives as name 'Old Name' instead of 'Other Name': diagnosis/old1"));
  CHECK(kb.get<model::Diagnosis>(RecordKind::Diagnosis, "lung").names.nb == "lunge");
  CHECK(kb.get<model::Diagnosis>(RecordKind::Diagnosis, "luad").origin == "oncotree");
  const auto renamed = kb.import("oncotree", {kb.file("renamed.json", kRenamed)});
  REQUIRE_FALSE(renamed);
  CHECK(names(renamed.error(), "which the release calls NEW1"));
}

TEST_CASE("oncotree: what is not a release is refused by file and place") {
  ImportFixture kb;
  struct Row {
    const char* bytes;
    const char* says;
  };
  const auto row = GENERATE(values<Row>({
      {"", "no header line"},
      {"[]", "neither a tree"},
      {"{\"TISSUE\":", "not a JSON object"},
      {"{\"OTHER\":{}}", "no 'TISSUE'"},
      {R"({"TISSUE":{"children":{}}})", "holds no tissue"},
      {R"({"TISSUE":{"children":{"LUNG":{"code":"LING","name":"Lung"}}}})", "/TISSUE/children/LUNG/code"},
      {R"({"TISSUE":{"children":{"LUNG":{"code":"LUNG"}}}})", "no 'name'"},
      {R"({"TISSUE":{"children":{"LUNG":7}}})", "must be an object"},
      {R"({"TISSUE":{"children":{"A":{"code":"A","name":"a","children":{"a":{"code":"a","name":"b"}}}}}})",
       "stands twice"},
      {R"({"TISSUE":{"children":{"A":{"code":"A","name":"a","history":"B"}}}})", "must be a list"},
  }));
  CAPTURE(row.bytes);
  const auto done = kb.import("oncotree", {kb.file("release.json", row.bytes)});
  REQUIRE_FALSE(done);
  CHECK(names(done.error(), "release.json"));
  CHECK(names(done.error(), row.says));
  CHECK(kb.store().head() == 0);
}

TEST_CASE("disease ontology: names, exact synonyms and codes only") {
  const auto read = DiseaseOntology::parse("slim.obo",
                                           "[Term]\nid: DOID:1\nname: Adult T-cell leukemia\n"
                                           "synonym: \"ATLL \\\"x\\\"\" EXACT []\nsynonym: \"T cell\" RELATED []\n"
                                           "xref: NCI:C1\nxref: ICDO:9827/3\n\n[Term]\nid: DOID:2\nname: twin\n"
                                           "xref: NCI:C1\n\n[Term]\nid: DOID:3\nname: twin\n\n[Typedef]\nid: DOID:9\n");
  REQUIRE(read);
  CHECK(read->size() == 3);
  CHECK(read->by_name("adult t cell leukemia") == "1");
  CHECK(read->by_name("atll \"x\"") == "1");
  CHECK(read->by_name("T cell").empty());
  CHECK(read->by_name("twin").empty());
  CHECK(read->by_ncit({"C1", "C9"}) == std::vector<std::string>{"1", "2"});
  CHECK(read->by_ncit({"9827/3"}).empty());
  CHECK_FALSE(DiseaseOntology::parse("x.obo", "nothing"));
  CHECK_FALSE(DiseaseOntology::parse("x.obo", "[Term]\nname: \xFF\n"));
}

}  // namespace
}  // namespace treff::indexer
