#include "kb/casefile/fhir.h"

#include <catch2/catch.hpp>

#include "kb/casefile/combine.h"
#include "tests/kb/casefile/describe.h"
#include "tests/kb/casefile/fhir_pieces.h"

namespace treff::casefile {
namespace {

CaseFile read(const std::string& json) {
  auto files = read_case_files("fhir", json, "f");
  INFO(json << "\n" << (files ? std::string() : base::to_text(files.error().front())));
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  return std::move(files->front());
}

Lines codes_of(const CaseFile& file) {
  Lines out;
  for (const auto& alteration : file.reading.tumour_case.alterations) {
    for (const auto& gene : alteration.coded_genes) out.push_back(gene.name + "=" + gene.hgnc_id);
  }
  return out;
}

// What was not read, each with its reason.
std::string complaints_of(const CaseFile& file) {
  std::string out;
  for (const Error& error : file.reading.unreadable)
    out += error.where + " " + error.message + " [" + error.piece + "]\n";
  return out;
}

TEST_CASE("a bundle of genomics reporting: variants, biomarkers, genes studied, diagnosis, specimen, age and sex") {
  const CaseFile file = read(fixture("fhir_bundle.json"));
  CHECK(alterations_of(file) ==
        Lines{"EGFR p:NP_005219.2:p.Leu858Arg c:NM_005228.5:c.2573T>G g:unstated NC_000007.13:g.55259515T>G "
              "tx:NM_005228.5 vaf:0.315 origin:somatic @f#/entry/4/resource",
              "MDM2 call:gain copies:14 @f#/entry/5/resource", "fusion:EML4/ALK @f#/entry/6/resource"});
  CHECK(codes_of(file) == Lines{"EGFR=HGNC:3236", "MDM2=HGNC:6973", "EML4=HGNC:1316", "ALK=HGNC:427"});
  CHECK(biomarkers_of(file) == Lines{"tmb 12.3 per_mb ", "msi "});
  const model::TumourCase& tumour_case = file.reading.tumour_case;
  CHECK(tumour_case.biomarkers.at(1).state == nomenclature::BiomarkerState::Stable);
  CHECK_FALSE(tumour_case.biomarkers.at(0).tumour_only);
  CHECK(tumour_case.diagnosis.text == "Non-small cell lung cancer");
  CHECK(tumour_case.specimen.kind == "tissue");
  REQUIRE(tumour_case.specimen.taken_on);
  CHECK(base::to_string(*tumour_case.specimen.taken_on) == "2026-06-14");
  CHECK(tumour_case.age_years == 64);  // the birthday is the day after the sample
  CHECK(tumour_case.sex == model::Sex::Female);
  REQUIRE(tumour_case.tested);
  CHECK(tumour_case.tested->coded_small_variants ==
        std::vector<model::CodedGene>{{"EGFR", "HGNC:3236"}, {"KRAS", "HGNC:6407"}});
  CHECK(tumour_case.tested->panels.empty());
  CHECK(tumour_case.tested->genes_copy_number.empty());
  CHECK(tumour_case.tested->failed.empty());
  CHECK(file.reading.unreadable.empty());
  CHECK(file.format == "fhir");
}

TEST_CASE("what a bundle holds beside the case is listed with label, pointer and reason") {
  const CaseFile file = read(fixture("fhir_bundle.json"));
  CHECK(issues_of(file) == Lines{"f#/entry/2/resource fhir_specimen_blood", "f#/entry/0/resource fhir_age_at_sampling",
                                 "f#/entry/3/resource fhir_diagnosis", "f#/entry/6/resource fhir_fusion_direction",
                                 "f#/entry/7/resource fhir_absent", "f#/entry/10/resource fhir_genes_studied",
                                 "f#/entry/11/resource fhir_not_read", "f fhir_people_not_read",
                                 "f#/entry/4/resource/component/7 fhir_value_not_read"});
  CHECK(has_issue(file, "fhir_not_read", "Observation/advice: not read: the laboratory's own conclusion"));
  CHECK(has_issue(file, "fhir_absent", "Observation/negative"));
}

struct VariantRow {
  const char* name;
  std::vector<std::string> components;
  Lines want;
};

void check_variants(const std::vector<VariantRow>& rows) {
  for (const VariantRow& row : rows) {
    INFO(row.name);
    const CaseFile file = read(variant(row.components));
    CHECK(alterations_of(file) == row.want);
    CHECK(complaints_of(file).empty());
    CHECK(tested_of(file) == "nothing stated");
  }
}

TEST_CASE("one variant observation: what it says is what is read") {
  const std::string braf = gene("HGNC:1097", "BRAF");
  check_variants({
      {"protein alone", {braf, hgvs("48005-3", "p.Val600Glu")}, {"BRAF p:p.Val600Glu @f"}},
      {"an HGNC id without its prefix", {gene("1097", "BRAF"), hgvs("48005-3", "p.V600E")}, {"BRAF p:p.V600E @f"}},
      {"an HGNC id without a symbol",
       {component("48018-6", concept_json({"http://www.genenames.org/geneId|HGNC:1097"})), hgvs("48005-3", "p.V600E")},
       {"HGNC:1097 p:p.V600E @f"}},
      {"a symbol without an id",
       {component("48018-6", R"({"coding":[{"system":"http://www.genenames.org","display":"BRAF"}]})"),
        hgvs("48005-3", "p.V600E")},
       {"BRAF p:p.V600E @f"}},
      {"an NCBI gene",
       {component("48018-6", concept_json({"https://www.ncbi.nlm.nih.gov/gene|673|BRAF"})), hgvs("48005-3", "p.V600E")},
       {"BRAF p:p.V600E @f"}},
      {"one gene by two systems",
       {component("48018-6", concept_json({"http://www.genenames.org|HGNC:1097|BRAF",
                                           "https://www.ncbi.nlm.nih.gov/gene|673|BRAF"})),
        hgvs("48005-3", "p.V600E")},
       {"BRAF p:p.V600E @f"}},
      {"germline, share without a unit",
       {gene("HGNC:1100", "BRCA1"), hgvs("48004-6", "NM_007294.4:c.68_69del"),
        component("48002-0", concept_json({"http://loinc.org|LA6683-2"})),
        quantity_component("81258-6", R"({"value":0.48})")},
       {"BRCA1 c:NM_007294.4:c.68_69del tx:NM_007294.4 vaf:0.48 origin:germline @f"}},
      {"likely germline is not germline",
       {gene("HGNC:1100", "BRCA1"), hgvs("48004-6", "c.68_69del"),
        component("48002-0", concept_json({"http://loinc.org|LA18194-3"}))},
       {"BRCA1 c:c.68_69del @f"}},
      {"genome change alone, without a gene",
       {hgvs("81290-9", "NC_000005.9:g.1295228G>A")},
       {"g:unstated NC_000005.9:g.1295228G>A @f"}},
      {"a stated assembly",
       {braf, hgvs("81290-9", "chr7:g.140453136A>T"),
        component("62374-4", concept_json({"http://loinc.org|LA14029-5"}))},
       {"BRAF g:GRCh37 chr7:g.140453136A>T @f"}},
      {"the transcript of the coding change wins",
       {gene("HGNC:13711", "POF1B"), hgvs("48004-6", "NM_001307940.2:c.430C>T"),
        component("51958-7", concept_json({"refseq|NM_004656"}))},
       {"POF1B c:NM_001307940.2:c.430C>T tx:NM_001307940.2 @f"}},
      {"consequence by code",
       {braf, hgvs("48005-3", "p.V600E"),
        R"({"code":)" +
            concept_json({"http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/tbd-codes-cs|molecular-consequence"}) +
            R"(,"valueCodeableConcept":)" + concept_json({"http://www.sequenceontology.org/|SO:0001583"}) + "}"},
       {"BRAF p:p.V600E so:missense_variant @f"}},
      {"a coding change in the place of a genome change",
       {braf, hgvs("81290-9", "NM_004333.6:c.1799T>A")},
       {"BRAF c:NM_004333.6:c.1799T>A tx:NM_004333.6 @f"}},
      {"ClinVar's name fills what is missing",
       {gene("HGNC:26144", "PALB2"), hgvs("81290-9", "NC_000016.10:g.23603471G>T"),
        component("81252-9", concept_json({"http://www.ncbi.nlm.nih.gov/clinvar|128144|NM_024675.3(PALB2):c.3549C>A "
                                           "(p.Tyr1183Ter)"}))},
       {"PALB2 p:p.Tyr1183Ter c:NM_024675.3:c.3549C>A g:unstated NC_000016.10:g.23603471G>T tx:NM_024675.3 @f"}},
  });
}

TEST_CASE("one observation of a fusion or a copy number") {
  check_variants({
      {"a name alone",
       {gene("HGNC:10261", "ROS1"), component("81252-9", R"({"text":"ROS1 Fusion"})")},
       {"ROS1ROS1 Fusion @f"}},
      {"a fusion of one gene", {gene("HGNC:10261", "ROS1"), change("SO:0001565")}, {"ROS1ROS1 fusion @f"}},
      {"a translocation of two genes",
       {gene("HGNC:1014", "BCR"), gene("HGNC:76", "ABL1"), change("SO:0000199")},
       {"fusion:BCR/ABL1 @f"}},
      {"a loss", {gene("HGNC:1787", "CDKN2A"), change("SO:0001743")}, {"CDKN2A call:loss @f"}},
      {"a loss of two genes",
       {gene("HGNC:1787", "CDKN2A"), gene("HGNC:7413", "MTAP"), change("SO:0001743")},
       {"CDKN2A call:loss @f", "MTAP call:loss @f"}},
      {"a loss with no copy left is left to the case reader",
       {gene("HGNC:1787", "CDKN2A"), change("SO:0001743"), quantity_component("82155-3", R"({"value":0})")},
       {"CDKN2A call:unstated copies:0 @f"}},
      {"a number of copies is no call",
       {gene("HGNC:3430", "ERBB2"), quantity_component("82155-3", R"({"value":12})")},
       {"ERBB2 call:unstated copies:12 @f"}},
      {"a variation in copy number that the consequence names a gain",
       {gene("HGNC:7559", "MYCN"), change("SO:0001019"), change("SO:0001742")},
       {"MYCN call:gain @f"}},
  });
}

TEST_CASE("a variant observation that cannot be used is listed, and its kinds are incomplete") {
  struct Row {
    const char* name;
    std::string json;
    const char* part;
    const char* failed;
  };
  const std::string braf = gene("HGNC:1097", "BRAF");
  const std::string v600e = hgvs("48005-3", "p.V600E");
  const char* all = " | copy_number fusion small splice";
  const Row rows[] = {
      {"no call", variant({braf, v600e}, "LA18198-4"), "no call", all},
      {"indeterminate", variant({braf, v600e}, "LA11884-6"), "indeterminate", all},
      {"an unknown answer", variant({braf, v600e}, "LA1-1"), "does not say whether the variant is present", all},
      {"no answer", observation("v1", "69548-6", ""), "does not say whether the variant is present", all},
      {"a gene without a change", variant({braf}), "names a gene but no change [BRAF]", all},
      {"nothing", variant({}), "names neither a gene nor a change", all},
      {"two genes and a change of a sequence", variant({gene("HGNC:1014", "BCR"), gene("HGNC:76", "ABL1"), v600e}),
       "several genes, and nothing says that they are fused [BCR, ABL1 p.V600E]", all},
      {"two genes and nothing else", variant({gene("HGNC:1014", "BCR"), gene("HGNC:76", "ABL1")}),
       "no change [BCR, ABL1]", all},
      {"two protein changes", variant({braf, v600e, hgvs("48005-3", "p.V600K")}), "two different protein changes", all},
      {"two codes for one gene",
       variant({component("48018-6", concept_json({"http://www.genenames.org|HGNC:1097|BRAF",
                                                   "https://www.ncbi.nlm.nih.gov/gene|3815|KIT"})),
                v600e}),
       "name several genes for one: BRAF, KIT", all},
      {"a region without a gene", variant({change("SO:0001019"), quantity_component("82155-3", R"({"value":3})")}),
       "without a gene", " | copy_number"},
      {"a variation without a direction", variant({braf, change("SO:0001019")}), "neither a direction nor a number",
       " | copy_number"},
      {"more copies than a number", variant({braf, quantity_component("82155-3", R"({"value":6,"comparator":">"})")}),
       "not a number", " | copy_number"},
      {"gain and loss", variant({braf, change("SO:0001742"), change("SO:0001743")}), "two different kinds of change",
       all},
      {"a fusion of three", variant({braf, gene("HGNC:76", "ABL1"), gene("HGNC:427", "ALK"), change("SO:0001565")}),
       "more than two genes", " | fusion"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CaseFile file = read(row.json);
    CHECK(alterations_of(file).empty());
    INFO(complaints_of(file));
    CHECK(complaints_of(file).find(row.part) != std::string::npos);
    CHECK(complaints_of(file).starts_with("f Observation/v1: "));
    CHECK(tested_of(file) == row.failed);
  }
}

TEST_CASE("absent and wild type are no finding and no statement of what was tested (M3, M4)") {
  for (const std::string& json :
       {variant({gene("HGNC:1097", "BRAF")}, "LA9634-2"), variant({gene("HGNC:1097", "BRAF"), change("LA9658-1")})}) {
    const CaseFile file = read(json);
    CHECK(alterations_of(file).empty());
    CHECK(file.reading.unreadable.empty());
    CHECK(tested_of(file) == "nothing stated");
    CHECK(has_issue(file, "fhir_absent"));
  }
}

TEST_CASE("states of an observation: only a result of the patient counts") {
  struct Row {
    const char* name;
    const char* with;
    std::size_t alterations;
    std::size_t unreadable;
  };
  const Row rows[] = {
      {"final", R"("status":"final")", 1, 0},
      {"corrected", R"("status":"corrected")", 1, 0},
      {"preliminary", R"("status":"preliminary")", 1, 0},
      {"entered in error", R"("status":"entered-in-error")", 0, 0},
      {"cancelled", R"("status":"cancelled")", 0, 0},
      {"registered", R"("status":"registered")", 0, 1},
      {"of a relative", R"("status":"final","focus":[{"reference":"RelatedPerson/x"}])", 0, 1},
      {"negative by interpretation", R"("status":"final","interpretation":[{"coding":[{"code":"NEG"}]}])", 0, 1}};
  for (const Row& row : rows) {
    INFO(row.name);
    std::string json = variant({gene("HGNC:1097", "BRAF"), hgvs("48005-3", "p.V600E")});
    json.replace(json.find(R"("status":"final")"), 16, row.with);
    const CaseFile file = read(json);
    CHECK(file.reading.tumour_case.alterations.size() == row.alterations);
    CHECK(file.reading.unreadable.size() == row.unreadable);
  }
}

TEST_CASE("TMB with its units, MSI with its answers (M16)") {
  struct Row {
    const char* name;
    std::string json;
    Lines want;
  };
  const auto tmb = [](const std::string& quantity) {
    return observation("b1", "94076-7", "\"valueQuantity\":" + quantity);
  };
  const auto msi = [](const std::string& answer) {
    return observation("b1", "81695-9", "\"valueCodeableConcept\":" + concept_json({"http://loinc.org|" + answer}));
  };
  const Row rows[] = {
      {"the guide's unit", tmb(R"({"value":57.1,"code":"1/1000000{Base}"})"), {"tmb 57.1 per_mb "}},
      {"an earlier spelling", tmb(R"({"value":25,"unit":"somatic variants","code":"1/1000000"})"), {"tmb 25 per_mb "}},
      {"words", tmb(R"({"value":9.4,"unit":"mut/Mb"})"), {"tmb 9.4 per_mb "}},
      {"no unit: the code has one", tmb(R"({"value":29.8})"), {"tmb 29.8 per_mb "}},
      {"another unit", tmb(R"({"value":310,"unit":"mutations/exome"})"), {"tmb failed "}},
      {"a share", tmb(R"({"value":12,"code":"%"})"), {"tmb failed "}},
      {"a bound", tmb(R"({"value":10,"comparator":">","code":"1/1000000{Base}"})"), {"tmb failed "}},
      {"no number", tmb(R"({"unit":"mut/Mb"})"), {"tmb failed "}},
      {"no value", observation("b1", "94076-7", ""), {"tmb failed "}},
      {"stable", msi("LA14122-8"), {"msi "}},
      {"high", msi("LA26203-2"), {"msi "}},
      {"low", msi("LA26202-4"), {"msi "}},
      {"indeterminate", msi("LA11884-6"), {"msi failed "}},
      {"unstable, how much is not said", msi("LA14123-6"), {"msi failed "}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CaseFile file = read(row.json);
    CHECK(biomarkers_of(file) == row.want);
    const bool failed = row.want.front().find("failed") != std::string::npos;
    CHECK(has_issue(file, "biomarker_failed") == failed);
  }
  using nomenclature::BiomarkerState;
  CHECK(read(msi("LA26203-2")).reading.tumour_case.biomarkers.at(0).state == BiomarkerState::High);
  CHECK(read(msi("LA26202-4")).reading.tumour_case.biomarkers.at(0).state == BiomarkerState::Low);
}

TEST_CASE("two values of one biomarker decide nothing") {
  const CaseFile file = read(bundle({observation("a", "94076-7", R"("valueQuantity":{"value":4})"),
                                     observation("b", "94076-7", R"("valueQuantity":{"value":14})")}));
  CHECK(file.reading.tumour_case.biomarkers.size() == 2);
  CHECK(tested_of(file) == " | tmb");
  CHECK(has_issue(file, "biomarker_conflict"));
}

TEST_CASE("the same finding twice is one finding (M12)") {
  std::string second = variant({gene("HGNC:11998", "TP53"), hgvs("48005-3", "p.R175H")});
  second.replace(second.find("\"v1\""), 4, "\"v2\"");
  const CaseFile file = read(bundle({variant({gene("HGNC:11998", "TP53"), hgvs("48005-3", "p.R175H")}), second}));
  CHECK(alterations_of(file) == Lines{"TP53 p:p.R175H @f#/entry/0/resource"});
  CHECK(has_issue(file, "duplicate_finding"));
}

std::string condition(const std::string& code, const std::string& more = {}) {
  return R"({"resourceType":"Condition","id":"c1","code":)" + code + more + "}";
}

std::string diagnosis_of(const CaseFile& file) {
  const model::CaseDiagnosis& d = file.reading.tumour_case.diagnosis;
  std::string out;
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) out += std::string(key) + ":" + value;
  };
  add("oncotree", d.oncotree);
  add("icd10", d.icd10);
  add("icdo3", d.icdo3);
  add("ncit", d.ncit);
  add("text", d.text);
  return out;
}

TEST_CASE("the diagnosis: codes that are known, names of the others, nothing where it is open (D4, D5)") {
  struct Row {
    const char* name;
    std::string json;
    const char* want;
  };
  const std::string icd = "http://hl7.org/fhir/sid/icd-10";
  const std::string nsclc = concept_json({"http://snomed.info/sct|254637007|Non-small cell lung cancer (disorder)"});
  const std::string c34 = concept_json({icd + "|C34.1"});
  const std::string metastasis =
      R"(,"meta":{"profile":["http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-secondary-cancer-condition"]})";
  const auto state = [](const std::string& word) {
    return R"(,"verificationStatus":{"coding":[{"code":")" + word + R"("}]})";
  };
  const Row rows[] = {
      {"ICD-10", condition(c34), "icd10:C34.1"},
      {"US ICD-10 goes deeper", condition(concept_json({icd + "-cm|C50.911"})), "icd10:C50.9"},
      {"ICD-O-3 with its place",
       condition(concept_json({"http://terminology.hl7.org/CodeSystem/icd-o-3|8140/3"}),
                 R"(,"bodySite":[)" + concept_json({"http://terminology.hl7.org/CodeSystem/icd-o-3|C34.9"}) + "]"),
       "icdo3:8140/3 C34.9"},
      {"OncoTree", condition(concept_json({"http://oncotree.mskcc.org|LUAD"})), "oncotree:LUAD"},
      {"NCIt", condition(concept_json({"http://ncicb.nci.nih.gov/xml/owl/EVS/NCIThesaurus.owl|C3512"})), "ncit:C3512"},
      {"SNOMED by its name", condition(nsclc), "text:Non-small cell lung cancer"},
      {"text", condition(R"({"text":"Lungeadenokarsinom"})"), "text:Lungeadenokarsinom"},
      {"SNOMED without a name", condition(R"({"coding":[{"system":"http://snomed.info/sct"}]})"), ""},
      {"a metastasis", condition(nsclc, metastasis), ""},
      {"refuted", condition(c34, state("refuted")), ""},
      {"provisional", condition(c34, state("provisional")), "icd10:C34.1"},
      {"not a tumour", condition(concept_json({icd + "|I10"})), ""},
      {"a tumour beside another disease",
       bundle(
           {condition(c34), R"({"resourceType":"Condition","id":"c2","code":)" + concept_json({icd + "|I10"}) + "}"}),
       "icd10:C34.1"},
      {"two tumours",
       bundle(
           {condition(c34), R"({"resourceType":"Condition","id":"c2","code":)" + concept_json({icd + "|C50.9"}) + "}"}),
       ""},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CaseFile file = read(row.json);
    CHECK(diagnosis_of(file) == row.want);
    if (std::string_view(row.want).empty()) CHECK(has_issue(file, "fhir_not_read", "Condition/c1"));
  }
}

TEST_CASE("genes studied count only for whole genes in tumour tissue (M3, M4)") {
  const auto region = [](const std::string& more) {
    return observation(
        "r1", "53041-0",
        R"("specimen":{"reference":"Specimen/s1"},"component":[)" + gene("HGNC:3236", "EGFR") + more + "]");
  };
  const auto specimen = [](const std::string& code) {
    return R"({"resourceType":"Specimen","id":"s1","type":)" + concept_json({"v2-0487|" + code}) + "}";
  };
  struct Row {
    const char* name;
    std::string json;
    std::size_t genes;
  };
  const Row rows[] = {
      {"tissue", bundle({region(""), specimen("TISS")}), 1},
      {"blood", bundle({region(""), specimen("BLD")}), 0},
      {"plasma", bundle({region(""), specimen("PLAS")}), 0},
      {"an unknown kind", bundle({region(""), specimen("XYZ")}), 0},
      {"no specimen in the file", bundle({region("")}), 0},
      {"ranges of the gene", bundle({region("," + component("51959-5", R"({"text":"exon 19"})")), specimen("TISS")}),
       0},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CaseFile file = read(row.json);
    const auto& tested = file.reading.tumour_case.tested;
    CHECK((tested ? tested->coded_small_variants.size() : 0) == row.genes);
    CHECK(has_issue(file, "fhir_not_read", "Observation/r1") == (row.genes == 0));
  }
}

TEST_CASE("a report that refers to results outside the file leaves every kind incomplete") {
  std::string inside = variant({gene("HGNC:1097", "BRAF"), hgvs("48005-3", "p.V600E")});
  inside.replace(inside.find("\"v1\""), 4, "\"in\"");
  const std::string report = R"({"resourceType":"DiagnosticReport","id":"r","status":"final","code":)" +
                             concept_json({"http://loinc.org|51969-4"}) +
                             R"(,"result":[{"reference":"Observation/gone"},{"reference":"#in"}],"contained":[)" +
                             inside + "]}";
  const CaseFile file = read(report);
  CHECK(alterations_of(file) == Lines{"BRAF p:p.V600E @f#/contained/0"});
  CHECK(unreadable_of(file) == Lines{"f Observation/gone"});
  CHECK(tested_of(file) == " | copy_number fusion small splice");
}

TEST_CASE("a withdrawn report takes its results with it") {
  const std::string finding = variant({gene("HGNC:1097", "BRAF"), hgvs("48005-3", "p.V600E")});
  const std::string report = R"({"resourceType":"DiagnosticReport","id":"r","status":"entered-in-error","code":)" +
                             concept_json({"http://loinc.org|51969-4"}) +
                             R"(,"result":[{"reference":"Observation/v1"}]})";
  const CaseFile file = read(bundle({finding, report}));
  CHECK(alterations_of(file).empty());
  CHECK(has_issue(file, "fhir_not_read", "Observation/v1: not read: its report is withdrawn"));
}

TEST_CASE("documents that are refused") {
  const std::string patient = R"({"resourceType":"Patient","id":"a"})";
  const std::string other = R"({"resourceType":"Patient","id":"b"})";
  const auto of = [](const std::string& who) {
    return observation("o-" + who, "94076-7",
                       R"("valueQuantity":{"value":4},"subject":{"reference":"Patient/)" + who + "\"}");
  };
  struct Row {
    const char* name;
    std::string text;
    ErrorCode code;
    const char* where;
  };
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "[";
  const Row rows[] = {
      {"cut", R"({"resourceType":"Bundle","entry":[)", ErrorCode::MalformedJson, "f"},
      {"a key twice", R"({"resourceType":"Bundle","resourceType":"Bundle"})", ErrorCode::MalformedJson, "f"},
      {"deep", R"({"resourceType":"Bundle","entry":)" + deep, ErrorCode::TooDeep, "f"},
      {"a patient alone", patient, ErrorCode::UnsupportedFormat, "f"},
      {"no list", R"({"resourceType":"Bundle","entry":{}})", ErrorCode::WrongType, "f#/entry"},
      {"two patients", bundle({patient, other}), ErrorCode::DifferentSamples, "f#/entry/1/resource"},
      {"findings of two", bundle({of("a"), of("b")}), ErrorCode::DifferentSamples, "f#/entry/1/resource"},
      {"a finding of another", bundle({patient, of("b")}), ErrorCode::DifferentSamples, "f#/entry/1/resource"},
      {"a specimen of another", bundle({of("a"), R"({"resourceType":"Specimen","subject":{"reference":"Patient/b"}})"}),
       ErrorCode::DifferentSamples, "f#/entry/1/resource"},
      {"two versions",
       bundle({observation("o", "94076-7", R"("valueQuantity":{"value":4})"),
               observation("o", "94076-7", R"("valueQuantity":{"value":5})")}),
       ErrorCode::DuplicateId, "f#/entry/1/resource"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto files = read_case_files("fhir", row.text, "f");
    REQUIRE_FALSE(files);
    INFO(base::to_text(files.error().front()));
    CHECK(files.error().front().code == row.code);
    CHECK(files.error().front().where.starts_with(row.where));
  }
  const auto xml = read_case_files("fhir", R"(<Bundle xmlns="http://hl7.org/fhir"></Bundle>)", "f");
  REQUIRE_FALSE(xml);
  CHECK(xml.error().front().hint == "export it as JSON");
}

TEST_CASE("the same resource twice is one resource") {
  const std::string one = variant({gene("HGNC:1097", "BRAF"), hgvs("48005-3", "p.V600E")});
  CHECK(alterations_of(read(bundle({one, one}))).size() == 1);
}

TEST_CASE("names of persons are shown nowhere") {
  const std::string patient = R"({"resourceType":"Patient","id":"p","name":[{"family":"Hemmelig","given":["Astrid"]}],)"
                              R"("identifier":[{"value":"01017012345"}]})";
  const std::string named = R"({"resourceType":"Procedure","id":"biopsy-astrid","subject":{"reference":"Patient/p"}})";
  const CaseFile file =
      read(bundle({patient, named, condition(R"({"text":"Lungekreft hos Astrid Hemmelig"})"),
                   variant({component("81252-9", R"({"text":"mutasjon hos pasient 01017012345"})")}),
                   R"({"resourceType":"Observation","id":"y","status":"final","code":{"text":"Svar for Astrid"}})"}));
  std::string all;
  for (const Issue& issue : file.reading.issues) all += issue.where + issue.message + issue.piece + "\n";
  for (const Error& error : file.reading.unreadable) all += error.where + error.message + error.piece + error.hint;
  for (const std::string& line : alterations_of(file)) all += line;
  all += file.reading.tumour_case.diagnosis.text;
  INFO(all);
  for (const char* name : {"strid", "emmelig", "01017012345"}) CHECK(all.find(name) == std::string::npos);
  CHECK(file.reading.tumour_case.diagnosis.text.empty());
  CHECK(has_issue(file, "fhir_not_read", "Procedure: not read"));
}

TEST_CASE("age needs a day of birth and a day of sampling") {
  const auto person = [](const std::string& born) {
    return R"({"resourceType":"Patient","id":"p","birthDate":")" + born + "\"}";
  };
  const auto sample = [](const std::string& taken) {
    return R"({"resourceType":"Specimen","id":"s","type":)" + concept_json({"v2-0487|TUMOR"}) +
           (taken.empty() ? "" : R"(,"collection":{"collectedDateTime":")" + taken + "\"}") + "}";
  };
  struct Row {
    const char* born;
    const char* taken;
    std::optional<double> age;
  };
  const Row rows[] = {{"1961-06-15", "2026-06-15", 65}, {"1961-06-15", "2026-06-14", 64},
                      {"1961", "2026-06-15", {}},       {"1961-06-15", "2026-06", {}},
                      {"1961-06-15", "", {}},           {"2027-01-01", "2026-06-15", {}}};
  for (const Row& row : rows) {
    INFO(row.born << " " << row.taken);
    const CaseFile file = read(bundle({person(row.born), sample(row.taken)}));
    CHECK(file.reading.tumour_case.age_years == row.age);
    CHECK(has_issue(file, "fhir_age_not_read") == !row.age);
  }
}

TEST_CASE("FHIR files of two patients are not one case; of one patient they are") {
  const auto of = [](const std::string& who, const std::string& id) {
    return bundle(
        {R"({"resourceType":"Patient","id":")" + who + "\"}",
         observation(id, "94076-7", R"("valueQuantity":{"value":4},"subject":{"reference":"Patient/)" + who + "\"}")});
  };
  const auto files = [&](const std::string& first, const std::string& second) {
    return combine({read(of(first, "x")), read(of(second, "y"))});
  };
  CHECK(files("a", "a"));
  const auto different = files("a", "b");
  REQUIRE_FALSE(different);
  CHECK(different.error().front().code == ErrorCode::DifferentSamples);
}

TEST_CASE("FHIR beside a laboratory's table: the diagnosis of the one, the panel of the other") {
  auto table = read_case_files("", fixture("tso500_dna.tsv"), "t");
  REQUIRE(table);
  const auto joined = combine_files({std::move(*table), {read(fixture("fhir_bundle.json"))}});
  REQUIRE(joined);
  CHECK(joined->reading.tumour_case.diagnosis.text == "Non-small cell lung cancer");
  CHECK(joined->reading.tumour_case.sex == model::Sex::Female);
  CHECK(joined->reading.tumour_case.tested->coded_small_variants.size() == 2);
}

}  // namespace
}  // namespace treff::casefile
