#include "kb/model/codec.h"

#include <catch2/catch.hpp>

#include "tests/kb/model/expect_error.h"

namespace treff::model {
namespace {

// The example of the contract, as it stands there.
constexpr std::string_view kContractCase = R"({"id":"case-1",
 "diagnosis":{"oncotree":"LUAD"},
 "age_years":61,"sex":"female","ecog":1,"disease_extent":"metastatic","standard_treatment_exhausted":true,
 "alterations":[{"text":"BRAF V600E","vaf":0.31},
   {"gene":"EGFR","protein":"E746_A750del","transcript":"NM_005228.5"},
   {"gene":"ERBB2","copy_number":{"fold_change":6.1}},
   {"fusion":{"five_prime":"EML4","three_prime":"ALK"}}],
 "biomarkers":{"tmb_per_mb":12.3,"msi":"stable"},
 "tested":{"panel":"tso500-dna","failed":["msi"]},
 "specimen":{"kind":"tissue","taken_on":"2026-10-01","tumour_fraction":0.4},
 "prior_treatments":[{"drug":"osimertinib","line":1,"outcome":"progression"}],
 "consent_blocks":["impress-norway"], "region":"helse-vest"})";

// A case with only a diagnosis and what is given in `rest`.
std::string with(const std::string& rest) { return R"({"diagnosis":{"oncotree":"LUAD"},)" + rest + "}"; }
std::string altered(const std::string& alteration) { return with(R"("alterations":[)" + alteration + "]"); }
std::string measured(const std::string& biomarkers) { return with(R"("biomarkers":{)" + biomarkers + "}"); }

TEST_CASE("the case of the contract is read member by member") {
  const auto read = decode_case(kContractCase);
  REQUIRE(read);
  CHECK(read->id == "case-1");
  CHECK(read->diagnosis.oncotree == "LUAD");
  CHECK(read->age_years == 61);
  CHECK(read->sex == Sex::Female);
  CHECK(read->ecog == 1);
  CHECK(read->disease_extent == "metastatic");
  CHECK(read->standard_treatment_exhausted == true);
  CHECK_FALSE(read->measurable_disease.has_value());
  REQUIRE(read->alterations.size() == 4);
  CHECK(read->alterations[0].text.text == "BRAF V600E");
  CHECK(read->alterations[0].allele_fraction == 0.31);
  CHECK(read->alterations[0].place == "/alterations/0");
  CHECK(read->alterations[1].text.gene == "EGFR");
  CHECK(read->alterations[1].text.protein == "E746_A750del");
  CHECK(read->alterations[1].text.transcript == "NM_005228.5");
  CHECK(read->alterations[2].copy_number->fold_change == 6.1);
  CHECK_FALSE(read->alterations[2].copy_number->copies.has_value());
  CHECK(read->alterations[3].fusion->five_prime.genes == std::vector<std::string>{"EML4"});
  CHECK(read->alterations[3].fusion->three_prime.genes == std::vector<std::string>{"ALK"});
  CHECK(read->alterations[3].fusion->direction_known);
  CHECK(read->alterations[3].place == "/alterations/3");
  REQUIRE(read->biomarkers.size() == 2);
  CHECK(read->biomarkers[0].value == 12.3);
  CHECK(read->biomarkers[0].unit == "per_mb");
  CHECK(read->biomarkers[1].state == nomenclature::BiomarkerState::Stable);
  CHECK(read->tested->panels == std::vector<std::string>{"tso500-dna"});
  CHECK(read->tested->failed == std::vector<std::string>{"msi"});
  CHECK(read->specimen.taken_on == Date{2026, 10, 1});
  CHECK(read->specimen.tumour_fraction == 0.4);
  CHECK(read->prior_treatments->front().outcome == TreatmentOutcome::Progression);
  CHECK(read->consent_blocks == std::vector<std::string>{"impress-norway"});
  CHECK(read->region == "helse-vest");
}

TEST_CASE("a case is written in the canonical form of what was read") {
  struct Row {
    const char* name;
    std::string json;
  };
  const std::vector<Row> rows = {
      {"contract", std::string(kContractCase)},
      {"nothing but a diagnosis", R"({"diagnosis":{"text":"lungekreft"}})"},
      {"no prior treatment is not an unknown one", with(R"("prior_treatments":[])")},
      {"tests of which nothing is said", with(R"("tested":{})")},
      {"two panels", with(R"("tested":{"panel":["tso500-dna","tso500-rna"],"genes_fusion":["ALK"]})")},
      {"text with its gene", altered(R"({"gene":"MET","text":"exon 14 skipping","transcript":"NM_000245.4"})")},
      {"every column", altered(R"({"gene":"TERT","genomic":"5:1295228 G>A","coding":"c.-124C>T","protein":"p.?",)"
                               R"("consequence":"upstream_gene_variant","assembly":"GRCh37","exon":1,"depth":512,)"
                               R"("origin":"somatic","oncogenicity":"oncogenic","effect":"gain_of_function"})")},
      {"copy number in full", altered(R"({"gene":"CDKN2A","copy_number":{"call":"homozygous_deletion","copies":0,)"
                                      R"("minor_copies":0}})")},
      {"one partner only", altered(R"({"fusion":{"five_prime":null,"three_prime":"RET"}})")},
      {"overlapping genes, direction unknown",
       altered(R"({"fusion":{"five_prime":"ROS1;GOPC","three_prime":"CD74","direction_known":false,"in_frame":true,)"
               R"("kinase_domain_kept":false,"five_prime_exon":35,"three_prime_exon":6}})")},
      {"one exon skipped", altered(R"({"gene":"MET","splice":{"exon":14,"by":"rna"}})")},
      {"several exons skipped", altered(R"({"gene":"EGFR","splice":{"first_exon":2,"last_exon":7}})")},
      {"expression", altered(R"({"gene":"ERBB2","expression":{"method":"ihc","level":"3+"}})")},
      {"every biomarker", measured(R"("tmb_per_mb":{"value":5.5,"assay":"tso500-dna","tumour_only":true},)"
                                   R"("msi":{"pct_unstable":22.5,"usable_sites":110,"state":"high","assay":"x"},)"
                                   R"("mmr":"deficient","hrd_score":42,"pd_l1_tps_pct":50,"pd_l1_cps":10,)"
                                   R"("pd_l1_ic_pct":5,"mgmt_methylation":"positive")")},
      {"two assays of one biomarker", measured(R"("pd_l1_cps":[10,{"value":12,"assay":"other"}])")},
      {"a biomarker that failed", measured(R"("msi":{"failed":true})")},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto read = decode_case(row.json);
    if (!read) INFO(to_text(read.error().front()));
    REQUIRE(read);
    CHECK(encode_case(*read) == canonical_json(row.json).value());
  }
}

TEST_CASE("a fusion without a word on direction has the direction its keys say") {
  const auto read = decode_case(altered(R"({"fusion":{"five_prime":"A","three_prime":"B","direction_known":true}})"));
  REQUIRE(read);
  CHECK(encode_case(*read) == R"({"alterations":[{"fusion":{"five_prime":"A","three_prime":"B"}}],)"
                              R"("diagnosis":{"oncotree":"LUAD"}})");
}

TEST_CASE("what a case must not say is refused at its place") {
  using enum ErrorCode;
  const std::string long_text(501, 'x');
  const std::vector<BadDocument> rows = {
      {"not JSON", "{", MalformedJson, "", ""},
      {"a list", "[]", WrongType, "", ""},
      {"no diagnosis", "{}", MissingKey, "/diagnosis", ""},
      {"empty diagnosis", R"({"diagnosis":{}})", MissingKey, "/diagnosis", "oncotree"},
      {"blank diagnosis", R"({"diagnosis":{"text":" "}})", InvalidValue, "/diagnosis/text", ""},
      {"two diagnoses", R"({"diagnosis":{"oncotree":"LUAD","icd10":"C34"}})", InvalidValue, "/diagnosis", "one of"},
      {"diagnosis as text", R"({"diagnosis":"LUAD"})", WrongType, "/diagnosis", ""},
      {"a name", with(R"("name":"x")"), UnknownKey, "/name", "allowed"},
      {"a misspelt key", with(R"("age_year":61)"), UnknownKey, "/age_year", "age_years"},
      {"age as text", with(R"("age_years":"61")"), WrongType, "/age_years", ""},
      {"negative age", with(R"("age_years":-1)"), InvalidValue, "/age_years", "0 to 130"},
      {"age too high", with(R"("age_years":131)"), InvalidValue, "/age_years", "0 to 130"},
      {"huge age", with(R"("age_years":1e300)"), InvalidValue, "/age_years", "0 to 130"},
      {"null", with(R"("ecog":null)"), WrongType, "/ecog", "leave the key out"},
      {"ECOG 6", with(R"("ecog":6)"), InvalidValue, "/ecog", "0 to 5"},
      {"misspelt sex", with(R"("sex":"femal")"), InvalidValue, "/sex", "female"},
      {"extent", with(R"("disease_extent":"everywhere")"), InvalidValue, "/disease_extent", "metastatic"},
      {"flag as number", with(R"("measurable_disease":1)"), WrongType, "/measurable_disease", ""},
      {"long text", with(R"("region":")" + long_text + "\""), TooLarge, "/region", "500"},
      {"control character", with(R"("region":"a\u0000b")"), InvalidValue, "/region", "control"},
      {"doubled key", with(R"("ecog":1,"ecog":2)"), MalformedJson, "/ecog", "one"},
      {"impossible day", with(R"("specimen":{"taken_on":"2026-02-30"})"), InvalidDate, "/specimen/taken_on", "YYYY"},
      {"fraction over 1", with(R"("specimen":{"tumour_fraction":40})"), InvalidValue, "/specimen/tumour_fraction",
       "0 to 1"},
      {"specimen kind", with(R"("specimen":{"kind":"tisue"})"), InvalidValue, "/specimen/kind", "tissue"},
      {"unknown failed test", with(R"("tested":{"failed":["fusions"]})"), InvalidValue, "/tested/failed/0", "fusion"},
      {"empty gene in a list", with(R"("tested":{"genes_fusion":[""]})"), InvalidValue, "/tested/genes_fusion/0", ""},
      {"treatment without drug", with(R"("prior_treatments":[{"line":1}])"), MissingKey, "/prior_treatments/0/drug",
       "drug_class"},
      {"line 0", with(R"("prior_treatments":[{"drug":"x","line":0}])"), InvalidValue, "/prior_treatments/0/line", "1"},
      {"treatment backwards", with(R"("prior_treatments":[{"drug":"x","from":"2026-02-01","to":"2026-01-01"}])"),
       InvalidDate, "/prior_treatments/0/to", "exchange"},
  };
  check_refused(rows, [](std::string_view json) { return decode_case(json); });
}

TEST_CASE("an alteration or biomarker that says too little, too much or something else is refused") {
  using enum ErrorCode;
  const std::vector<BadDocument> rows = {
      {"alterations as object", with(R"("alterations":{})"), WrongType, "/alterations", ""},
      {"alteration as text", altered(R"("BRAF V600E")"), WrongType, "/alterations/0", ""},
      {"empty alteration", altered("{}"), MissingKey, "/alterations/0", "text"},
      {"gene alone", altered(R"({"gene":"BRAF"})"), MissingKey, "/alterations/0", "protein"},
      {"blank text", altered(R"({"text":" "})"), InvalidValue, "/alterations/0/text", ""},
      {"protein without gene", altered(R"({"protein":"V600E"})"), MissingKey, "/alterations/0/gene", ""},
      {"copy number without gene", altered(R"({"copy_number":{"copies":8}})"), MissingKey, "/alterations/0/gene", ""},
      {"text beside columns", altered(R"({"text":"BRAF V600E","protein":"V600E"})"), UnknownKey,
       "/alterations/0/protein", "transcript"},
      {"fusion beside copy number", altered(R"({"fusion":{"five_prime":"A"},"copy_number":{"copies":8}})"), UnknownKey,
       "/alterations/0/copy_number", "fusion"},
      {"misspelt column", altered(R"({"gene":"BRAF","proteins":"V600E"})"), UnknownKey, "/alterations/0/proteins",
       "protein"},
      {"percent as fraction", altered(R"({"text":"BRAF V600E","vaf":31})"), InvalidValue, "/alterations/0/vaf",
       "0 to 1"},
      {"empty copy number", altered(R"({"gene":"X","copy_number":{}})"), MissingKey, "/alterations/0/copy_number/call",
       "fold_change"},
      {"copy call", altered(R"({"gene":"X","copy_number":{"call":"amplifcation"}})"), InvalidValue,
       "/alterations/0/copy_number/call", "amplification"},
      {"empty fusion", altered(R"({"fusion":{}})"), MissingKey, "/alterations/0/fusion/five_prime", "partner"},
      {"fusion without names", altered(R"({"fusion":{"five_prime":null,"three_prime":null}})"), MissingKey,
       "/alterations/0/fusion/five_prime", "partner"},
      {"blank partner", altered(R"({"fusion":{"five_prime":"ROS1;"}})"), InvalidValue,
       "/alterations/0/fusion/five_prime", "null"},
      {"empty splice", altered(R"({"gene":"MET","splice":{}})"), MissingKey, "/alterations/0/splice/exon", ""},
      {"exon twice", altered(R"({"gene":"MET","splice":{"exon":14,"last_exon":14}})"), InvalidValue,
       "/alterations/0/splice/exon", "first_exon"},
      {"exons backwards", altered(R"({"gene":"EGFR","splice":{"first_exon":7,"last_exon":2}})"), InvalidValue,
       "/alterations/0/splice/last_exon", "exchange"},
      {"expression without level", altered(R"({"gene":"ERBB2","expression":{"method":"ihc"}})"), MissingKey,
       "/alterations/0/expression/level", "value"},
      {"unknown biomarker", measured(R"("tmb":12)"), UnknownKey, "/biomarkers/tmb", "tmb_per_mb"},
      {"state as number", measured(R"("msi":12)"), WrongType, "/biomarkers/msi", ""},
      {"state of another", measured(R"("mmr":"high")"), InvalidValue, "/biomarkers/mmr", "deficient"},
      {"number as text", measured(R"("tmb_per_mb":"12")"), WrongType, "/biomarkers/tmb_per_mb", ""},
      {"negative value", measured(R"("tmb_per_mb":-1)"), InvalidValue, "/biomarkers/tmb_per_mb", "0 to"},
      {"over 100 percent", measured(R"("pd_l1_tps_pct":101)"), InvalidValue, "/biomarkers/pd_l1_tps_pct", "100"},
      {"usable sites of TMB", measured(R"("tmb_per_mb":{"value":1,"usable_sites":3})"), UnknownKey,
       "/biomarkers/tmb_per_mb/usable_sites", "value"},
      {"empty measurement", measured(R"("tmb_per_mb":{})"), MissingKey, "/biomarkers/tmb_per_mb/value", "state"},
      {"empty list", measured(R"("tmb_per_mb":[])"), InvalidValue, "/biomarkers/tmb_per_mb", "leave"},
  };
  check_refused(rows, [](std::string_view json) { return decode_case(json); });
}

TEST_CASE("a case is bounded in alterations, values and errors") {
  std::string many = R"({"text":"BRAF V600E"})";
  for (std::size_t i = 1; i < 5000; ++i) many += R"(,{"text":"BRAF V600E"})";
  CHECK(decode_case(altered(many)));
  const auto over = decode_case(altered(many + R"(,{"text":"BRAF V600E"})"));
  REQUIRE_FALSE(over);
  CHECK(over.error().front().code == ErrorCode::TooLarge);
  CHECK(over.error().front().where == "/alterations");

  std::string zeros = "0";
  for (int i = 0; i < 200000; ++i) zeros += ",0";
  const auto flood = decode_case(with(R"("consent_blocks":[)" + zeros + "]"));
  REQUIRE_FALSE(flood);
  CHECK(flood.error().front().code == ErrorCode::TooLarge);

  const auto errors = decode_case(with(R"("consent_blocks":[)" + zeros.substr(0, 20001) + "]"));
  REQUIRE_FALSE(errors);
  CHECK(errors.error().size() == 1001);
  CHECK(errors.error().back().code == ErrorCode::TooLarge);
}

}  // namespace
}  // namespace treff::model
