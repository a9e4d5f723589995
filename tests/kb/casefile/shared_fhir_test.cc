// The guides' own examples, where they lie beside the repository. They are not part of it. The expectations are written
// by hand from the files.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

const std::string kFolder = std::string(TREFF_SOURCE_DIR) + "/../shared/reference/fhir/";

bool examples_present() {
  if (std::filesystem::is_directory(kFolder)) return true;
  WARN("the folder of FHIR examples is not beside the repository: these checks were not made");
  return false;
}

CaseFile read(const std::string& name) {
  auto files = read_case_files("", read_bytes(kFolder + name), name);
  INFO(name << (files ? std::string() : " " + base::to_text(files.error().front())));
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  return std::move(files->front());
}

std::size_t count_of(const std::string& text, const std::string& piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++count;
  return count;
}

const std::string kGuide = "genomics-reporting-3.0.0/";
const std::string kMcode = "mcode-4.0.0/";

// Without the place: "BRAF p:p.V600E".
Lines findings_of(const CaseFile& file) {
  Lines out;
  for (const std::string& line : alterations_of(file)) out.push_back(line.substr(0, line.find(" @")));
  return out;
}

TEST_CASE("every file of both guides: each variant is read, or listed with its reason") {
  if (!examples_present()) return;
  struct Row {
    std::string name;
    std::size_t variants;   // observations of code 69548-6 in the file
    std::size_t read;       // alterations
    std::size_t absent;     // stated as absent
    std::size_t unread;     // variants listed as unread
    std::size_t elsewhere;  // results that a report names and the file lacks
    std::size_t biomarkers;
  };
  const std::vector<Row> rows = {
      {kGuide + "Bundle-bundle-oncology-diagnostic.json", 1, 1, 0, 0, 0, 1},
      {kGuide + "Bundle-bundle-oncology-report-example.json", 12, 12, 0, 0, 0, 0},
      {kGuide + "Bundle-bundle-oncologyexamples-r4.json", 3, 3, 0, 0, 0, 2},
      {kGuide + "DiagnosticReport-somaticReport.json", 0, 0, 0, 0, 38, 0},
      {kGuide + "Observation-EGFR-L858R-therapuDrug1.json", 0, 0, 0, 0, 0, 0},
      {kGuide + "Observation-EGFR-L858R-therapuDrug2.json", 0, 0, 0, 0, 0, 0},
      {kGuide + "Observation-EGFR-L858R-var.json", 1, 1, 0, 0, 0, 0},
      {kGuide + "Observation-ExampleSomaticCNV.json", 1, 0, 0, 1, 0, 0},
      {kGuide + "Observation-MSIExample.json", 0, 0, 0, 0, 0, 1},
      {kGuide + "Observation-ROS1-Fusion-therapuDrug.json", 0, 0, 0, 0, 0, 0},
      {kGuide + "Observation-ROS1-Fusion-therapuTrial.json", 0, 0, 0, 0, 0, 0},
      {kGuide + "Observation-ROS1-Fusion-var.json", 1, 1, 0, 0, 0, 0},
      {kGuide + "Observation-TMB-therapuDrug.json", 0, 0, 0, 0, 0, 0},
      {kGuide + "Observation-TMBExample.json", 0, 0, 0, 0, 0, 1},
      {kGuide + "Observation-Therapeutic-Implication-Clinical-Trial-Somatic.json", 0, 0, 0, 0, 0, 0},
      {kGuide + "Observation-Variant-Somatic-Clinical-Trial.json", 1, 1, 0, 0, 0, 0},
      {kMcode + "Bundle-gx-genomic-bundle-adam-anyperson.json", 10, 9, 1, 0, 1, 1},
      {kMcode + "Bundle-mcode-patient-bundle-jenny-m.json", 1, 1, 0, 0, 0, 0},
      {kMcode + "Condition-primary-cancer-condition-nsclc.json", 0, 0, 0, 0, 0, 0},
      {kMcode + "Observation-genomic-variant-fusion.json", 1, 0, 0, 1, 0, 0},
      {kMcode + "Observation-gx-genomic-msi.json", 0, 0, 0, 0, 0, 1},
      {kMcode + "Observation-gx-genomic-therapeutic-implication-alectinib.json", 0, 0, 0, 0, 0, 0},
      {kMcode + "Observation-gx-genomic-tmb.json", 0, 0, 0, 0, 0, 1}};
  std::size_t in_folder = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() == ".json") ++in_folder;
  }
  CHECK(rows.size() == in_folder);
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(count_of(read_bytes(kFolder + row.name), "\"69548-6\"") == row.variants);
    CHECK(row.variants == row.read + row.absent + row.unread);
    const CaseFile file = read(row.name);
    CHECK(file.reading.tumour_case.alterations.size() == row.read);
    CHECK(file.reading.unreadable.size() == row.unread + row.elsewhere);
    CHECK(file.reading.tumour_case.biomarkers.size() == row.biomarkers);
    std::size_t absent = 0;
    for (const Issue& issue : file.reading.issues) absent += issue.id == "fhir_absent" ? 1 : 0;
    CHECK(absent == row.absent);
  }
}

TEST_CASE("the oncology report: twelve somatic variants, seven with a protein name") {
  if (!examples_present()) return;
  const CaseFile file = read(kGuide + "Bundle-bundle-oncology-report-example.json");
  CHECK(findings_of(file) ==
        Lines{"PIK3CA p:NP_006209.2:p.His1047Arg c:NM_006218.4:c.3140A>G tx:NM_006218.4 vaf:0.2188 origin:somatic",
              "NRAS c:NM_002524.4:c.34G>T tx:NM_002524.4 vaf:0.1793 origin:somatic",
              "FBXW7 p:NP_001336727.1:p.Arg465His c:NM_001349798.2:c.1394G>A tx:NM_001349798.2 vaf:0.1053 "
              "origin:somatic",
              "KMT2D c:NM_003482.3:c.7900_7901delCA tx:NM_003482.3 vaf:0.188 origin:somatic",
              "PIK3CA c:NM_006218.3:c.333G>T tx:NM_006218.3 vaf:0.1471 origin:somatic",
              "IRS2 c:NM_003749.2:c.3960C>T tx:NM_003749.2 vaf:0.1343 origin:somatic",
              "CDKN2A p:NP_000068.1:p.Ala4_Pro11del c:NM_000077.4:c.9_32del tx:NM_000077.4 vaf:0.0536 origin:somatic",
              "RECQL4 p:NP_004251.4:p.Arg696Cys c:NM_004260.4:c.2086C>T tx:NM_004260.4 vaf:0.2568 origin:somatic",
              "RYR1 p:NP_000531.2:p.Arg1655Leu c:NM_000540.3:c.4964G>A tx:NM_000540.3 vaf:0.2151 origin:somatic",
              "SACS c:NM_014363.5:c.12118G>A tx:NM_014363.5 vaf:0.3333 origin:somatic",
              "SLIT2 c:NM_004787.3:c.1290C>A tx:NM_004787.3 vaf:0.2642 origin:somatic",
              "SMARCA4 p:NP_003063.2:p.Ala791Val c:NM_003072.5:c.2372C>T tx:NM_003072.5 vaf:0.1938 origin:somatic"});
  CHECK(file.reading.tumour_case.specimen.kind == "tissue");
  CHECK(tested_of(file) == "nothing stated");
  CHECK(has_issue(file, "fhir_value_not_read", "12 values 82121-5"));
}

TEST_CASE("the examples of single findings and of mCODE") {
  if (!examples_present()) return;
  CHECK(findings_of(read(kGuide + "Observation-EGFR-L858R-var.json")) ==
        Lines{"EGFR p:NP_005219.2:p.Leu858Arg c:NM_005228.4:c.2573T>G g:unstated NC_000007.13:g.55259515T>G "
              "tx:NM_005228.4 vaf:0.066 origin:somatic"});
  CHECK(findings_of(read(kGuide + "Observation-ROS1-Fusion-var.json")) == Lines{"ROS1ROS1 Fusion origin:somatic"});
  CHECK(findings_of(read(kGuide + "Bundle-bundle-oncologyexamples-r4.json")) ==
        Lines{"JAK2 p:NP_004963.1:p.Val617Phe g:unstated NC_000009.12:g.5073770G>T origin:germline",
              "KDR p:NP_002244.1:p.Gln472His g:unstated NC_000004.11:g.55972974T>A origin:germline",
              "ERBB4 g:unstated NC_000002.12:g.211713666_211713668del origin:germline"});
  CHECK(findings_of(read(kMcode + "Bundle-gx-genomic-bundle-adam-anyperson.json")) ==
        Lines{"BAP1 p:NP_004647.1:p.(Gln590Ter) c:NM_004656.4:c.1768C>T tx:NM_004656.4 so:stop_gained vaf:0.574 "
              "origin:somatic",
              "CDKN2A origin:somatic call:loss", "CDKN2B origin:somatic call:loss", "KDM5D origin:somatic call:loss",
              "MTAP origin:somatic call:loss", "MYCN origin:somatic call:gain",
              "POF1B p:NP_001294869.1:p.(Pro144Ser) c:NM_001307940.2:c.430C>T tx:NM_001307940.2 so:missense_variant "
              "vaf:0.786 origin:somatic",
              "POLRMT p:NP_005026.3:p.(Gly200Arg) c:NM_005035.4:c.598G>A tx:NM_005035.4 so:missense_variant vaf:0.756 "
              "origin:somatic",
              "origin:somatic fusion:MET/ALK"});
}

TEST_CASE("the mCODE patient: diagnosis by its name, genes studied in tissue, nothing of the person") {
  if (!examples_present()) return;
  const CaseFile file = read(kMcode + "Bundle-mcode-patient-bundle-jenny-m.json");
  const model::TumourCase& tumour_case = file.reading.tumour_case;
  CHECK(findings_of(file) == Lines{"PALB2 p:p.Tyr1183Ter c:NM_024675.3:c.3549C>A g:unstated NC_000016.10:g.23603471G>T "
                                   "tx:NM_024675.3 origin:somatic"});
  CHECK(tumour_case.diagnosis.text == "Primary malignant neoplasm of female left breast");
  CHECK(tumour_case.sex == model::Sex::Female);
  CHECK_FALSE(tumour_case.age_years);  // no day of sampling is stated
  REQUIRE(tumour_case.tested);
  CHECK(tumour_case.tested->coded_small_variants == std::vector<model::CodedGene>{{"BRCA1", "HGNC:1100"},
                                                                                  {"BRCA2", "HGNC:1101"},
                                                                                  {"CDH1", "HGNC:1748"},
                                                                                  {"PALB2", "HGNC:26144"},
                                                                                  {"PTEN", "HGNC:9588"},
                                                                                  {"STK11", "HGNC:11389"},
                                                                                  {"TP53", "HGNC:11998"}});
  std::string said;
  for (const Issue& issue : file.reading.issues) said += issue.message + issue.piece;
  CHECK(said.find("jenny") == std::string::npos);
  CHECK(read(kMcode + "Bundle-gx-genomic-bundle-adam-anyperson.json").reading.tumour_case.age_years == 31);
  CHECK(read(kMcode + "Condition-primary-cancer-condition-nsclc.json").reading.tumour_case.diagnosis.text ==
        "Non-small cell lung cancer");
}

}  // namespace
}  // namespace treff::casefile
