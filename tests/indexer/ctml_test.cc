// CTML documents as criteria (MATCHING.md section 8): each block by hand from the rule, each refusal with its line.
#include <catch2/catch.hpp>

#include "tests/indexer/ctml_fixture.h"

namespace treff::indexer {
namespace {

using ctml_world::read;

// A trial of one step whose match is `blocks`, each block a line of its own from line 2 on.
std::string trial_of(const std::string& blocks) {
  return "{protocol_no: T-1, treatment_list: {step: [{step_internal_id: 1, match: [\n" + blocks + "\n]}]}}\n";
}

std::string rule_of(const std::string& blocks) {
  const auto records = read(trial_of(blocks));
  if (!records) return "error: " + base::to_text(records.error().front());
  const model::Cohort* cohort = ctml_world::cohort(*records, "ctml-t-1-step-1");
  REQUIRE(cohort != nullptr);
  REQUIRE(cohort->criteria);
  return model::encode_criterion(cohort->criteria->rule);
}

std::string variant(const std::string& keys) {
  // Canonical JSON has its keys in order.
  return model::canonical_json(R"({"variant":{"function_policy":"any",)" + keys + "}}").value();
}

}  // namespace

TEST_CASE("a genomic block is one class of one finding, with the function policy any") {
  struct Row {
    const char* name;
    const char* block;
    std::string want;
  };
  const std::string any_copy = variant(R"("gene":"EGFR","class":"copy_number","copy":"gain")") + "," +
                               variant(R"("gene":"EGFR","class":"copy_number","copy":"loss")");
  const std::string any_mutation = variant(R"("gene":"EGFR","class":"any_mutation")");
  const Row rows[] = {
      {"any mutation", "genomic: {hugo_symbol: EGFR, variant_category: Mutation}", any_mutation},
      {"old and everyday names of a gene", "genomic: {hugo_symbol: HER2, variant_category: Mutation}",
       variant(R"("gene":"ERBB2","class":"any_mutation")")},
      {"protein change", "genomic: {hugo_symbol: BRAF, variant_category: Mutation, protein_change: p.V600E}",
       variant(R"("gene":"BRAF","class":"protein","change":"V600E")")},
      {"a change needs no category", "genomic: {hugo_symbol: BRAF, protein_change: p.V600E}",
       variant(R"("gene":"BRAF","class":"protein","change":"V600E")")},
      {"stem and one residue letter", "genomic: {hugo_symbol: BRAF, wildcard_protein_change: p.V600}",
       variant(R"("gene":"BRAF","class":"codon","at":"V600","consequence":["missense"])")},
      {"the stem without p.", "genomic: {hugo_symbol: BRAF, wildcard_protein_change: V600}",
       variant(R"("gene":"BRAF","class":"codon","at":"V600","consequence":["missense"])")},
      {"class of change", "genomic: {hugo_symbol: EGFR, variant_classification: In_Frame_Del}",
       variant(R"("gene":"EGFR","class":"range","consequence":["inframe_deletion"])")},
      {"exon", "genomic: {hugo_symbol: EGFR, variant_category: Mutation, exon: 19}",
       variant(R"("gene":"EGFR","class":"exon","exon":19)")},
      {"exon in quotes, and class", "genomic: {hugo_symbol: EGFR, exon: \"19\", variant_classification: In_Frame_Del}",
       variant(R"("gene":"EGFR","class":"exon","exon":19,"consequence":["inframe_deletion"])")},
      {"a class that the change has anyway",
       "genomic: {hugo_symbol: BRAF, protein_change: p.V600E, variant_classification: Missense_Mutation}",
       variant(R"("gene":"BRAF","class":"protein","change":"V600E")")},
      {"change and exon", "genomic: {hugo_symbol: BRAF, protein_change: p.V600E, exon: 15}",
       R"({"all":[)" + variant(R"("gene":"BRAF","class":"protein","change":"V600E")") + "," +
           variant(R"("gene":"BRAF","class":"exon","exon":15)") + "]}"},
      {"high amplification", "genomic: {hugo_symbol: ERBB2, cnv_call: High Amplification}",
       variant(R"("gene":"ERBB2","class":"copy_number","copy":"amplification")")},
      {"low amplification is not high",
       "genomic: {hugo_symbol: ERBB2, variant_category: Copy Number Variation, cnv_call: Low Amplification}",
       variant(R"("gene":"ERBB2","class":"copy_number","copy":"gain",)"
               R"("excludes":[{"class":"copy_number","copy":"amplification"}])")},
      {"heterozygous deletion is not homozygous", "genomic: {hugo_symbol: EGFR, cnv_call: Heterozygous Deletion}",
       variant(R"("gene":"EGFR","class":"copy_number","copy":"loss",)"
               R"("excludes":[{"class":"copy_number","copy":"homozygous_deletion"}])")},
      {"any copy number", "genomic: {hugo_symbol: EGFR, variant_category: Copy Number Variation}",
       R"({"any":[)" + any_copy + "]}"},
      {"any variation is no fusion", "genomic: {hugo_symbol: EGFR, variant_category: Any Variation}",
       R"({"any":[)" + any_mutation + "," + any_copy + "]}"},
      {"the gene alone", "genomic: {hugo_symbol: EGFR}",
       R"({"any":[)" + any_mutation + "," + any_copy + "," + variant(R"("gene":"EGFR","class":"fusion")") + "]}"},
      {"structural", "genomic: {hugo_symbol: ALK, variant_category: Structural Variation}",
       variant(R"("gene":"ALK","class":"fusion")")},
      {"pair", "genomic: {hugo_symbol: ALK, variant_category: Structural Variation, fusion_partner_hugo_symbol: EML4}",
       variant(R"("gene":"ALK","class":"fusion","partner":"EML4")")},
      {"some partner gene",
       "genomic: {hugo_symbol: ALK, variant_category: Structural Variation, fusion_partner_hugo_symbol: any_gene}",
       variant(R"("gene":"ALK","class":"fusion","excluded_partners":["intergenic"])")},
      {"either order",
       "genomic: {hugo_symbol: intergenic, variant_category: Structural Variation, fusion_partner_hugo_symbol: ALK}",
       variant(R"("gene":"ALK","class":"fusion","partner":"intergenic")")},
      {"wild type", "genomic: {hugo_symbol: KRAS, wildtype: true}", variant(R"("gene":"KRAS","class":"wild_type")")},
      {"not wild type", "genomic: {hugo_symbol: EGFR, wildtype: false, variant_category: Mutation}", any_mutation},
      {"MSI-H is MMR-D here", "genomic: {ms_status: MSI-H}",
       R"({"any":[{"biomarker":{"is":"deficient","name":"mmr"}},{"biomarker":{"is":"high","name":"msi"}}]})"},
      {"MSS is MMR-P here, and the gene is ignored", "genomic: {hugo_symbol: BRAF, mmr_status: MSS}",
       R"({"any":[{"biomarker":{"is":"proficient","name":"mmr"}},{"biomarker":{"is":"stable","name":"msi"}},)"
       R"({"biomarker":{"is":"low","name":"msi"}}]})"},
      {"signature", "genomic: {tobacco_signature: \"No\"}",
       R"({"biomarker":{"is":"negative","name":"signature_tobacco"}})"},
      {"one ! negates the whole block",
       "genomic: {hugo_symbol: EGFR, variant_category: \"!Mutation\", variant_classification: In_Frame_Del}",
       R"({"not":)" + variant(R"("gene":"EGFR","class":"range","consequence":["inframe_deletion"])") + "}"},
      {"two ! are no two negations",
       "genomic: {hugo_symbol: BRAF, variant_category: \"!Mutation\", protein_change: \"!p.V600E\"}",
       R"({"not":)" + variant(R"("gene":"BRAF","class":"protein","change":"V600E")") + "}"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(rule_of("{" + std::string(row.block) + "}") == row.want);
  }
}

TEST_CASE("a clinical block: every key is a condition of its own") {
  struct Row {
    const char* block;
    const char* want;
  };
  const Row rows[] = {
      {"age_numerical: \">=18\"", R"({"clinical":{"age_years":{"min":18}}})"},
      {"age_numerical: \"<18\"", R"({"clinical":{"age_years":{"max":17}}})"},
      {"age_numerical: \">18\"", R"({"clinical":{"age_exact":{"op":">","years":18}}})"},
      {"age_numerical: \"<=0.5\"", R"({"clinical":{"age_exact":{"op":"<=","years":0.5}}})"},
      {"gender: Female", R"({"clinical":{"sex":"female"}})"},
      {"gender: \"!Male\"", R"({"not":{"clinical":{"sex":"male"}}})"},
      {"tmb_numerical: \">15.5\"", R"({"biomarker":{"name":"tmb","op":">","unit":"per_mb","value":15.5}})"},
      {"oncotree_primary_diagnosis: Lung Adenocarcinoma", R"({"diagnosis":{"any_of":["LUAD"]}})"},
      {"oncotree_primary_diagnosis: \"!Lung\"", R"({"diagnosis":{"none_of":["LUNG"]}})"},
      {"oncotree_primary_diagnosis: _SOLID_", R"({"diagnosis":{"any_of":["solid"]}})"},
      {"oncotree_primary_diagnosis: \"!_LIQUID_\"", R"({"diagnosis":{"none_of":["haematological"]}})"},
      {"her2_status: Positive", R"({"text":{"ask":"HER2 status Positive?"}})"},
      {"disease_status: [Metastatic, Recurrent]", R"({"text":{"ask":"Disease status Metastatic or Recurrent?"}})"},
      {"gender: Male, age_numerical: \">=18\"",
       R"({"all":[{"clinical":{"sex":"male"}},{"clinical":{"age_years":{"min":18}}}]})"},
  };
  for (const Row& row : rows) {
    INFO(row.block);
    CHECK(rule_of("{clinical: {" + std::string(row.block) + "}}") == row.want);
  }
}

TEST_CASE("and, or, and several keys of one map; several entries of a match hold together") {
  const std::string male = R"({"clinical":{"sex":"male"}})", solid = R"({"diagnosis":{"any_of":["solid"]}})";
  const std::string adult = R"({"clinical":{"age_years":{"min":18}}})";
  const std::string m = "clinical: {gender: Male}", s = "clinical: {oncotree_primary_diagnosis: _SOLID_}",
                    a = "clinical: {age_numerical: \">=18\"}";
  CHECK(rule_of("{" + m + "}, {" + s + "}") == R"({"all":[)" + male + "," + solid + "]}");
  CHECK(rule_of("{or: [{" + m + "}, {and: [{" + s + "}, {" + a + "}]}]}") ==
        R"({"any":[)" + male + R"(,{"all":[)" + solid + "," + adult + "]}]}");
  CHECK(rule_of("{or_1: [{" + m + "}, {" + s + "}], or_2: [{" + s + "}, {" + a + "}]}") ==
        R"({"all":[{"any":[)" + male + "," + solid + R"(]},{"any":[)" + solid + "," + adult + "]}]}");
}

TEST_CASE("what could never be met, or is not known, is refused with its line") {
  using enum ErrorCode;
  struct Row {
    const char* block;  // stands on line 2
    ErrorCode code;
    const char* piece;
    const char* words;
  };
  const Row rows[] = {
      {"genomic: {hugo_symbol: EGFR, germline: true}", UnknownKey, "germline", "there is no key"},
      {"genomic: {hugo_symbol: EGFR, varient_category: Mutation}", UnknownKey, "varient_category", "variant_category"},
      {"genomic: {hugo_symbol: EGFR, variant_category: Mutatoin}", InvalidValue, "Mutatoin", "Mutation"},
      {"genomic: {hugo_symbol: ENGFR}", UnknownName, "ENGFR", "EGFR"},
      {"genomic: {variant_category: Mutation}", InvalidValue, "", "no gene"},
      {"genomic: {hugo_symbol: EGFR, cnv_call: Gain}", InvalidValue, "Gain", "Low Amplification"},
      {"genomic: {hugo_symbol: EGFR, cnv_call: High Amplification, exon: 19}", InvalidValue, "19", "no finding"},
      {"genomic: {hugo_symbol: EGFR, wildtype: true, variant_category: Mutation}", InvalidValue, "Mutation",
       "no finding"},
      {"genomic: {hugo_symbol: EGFR, wildtype: perhaps}", InvalidValue, "perhaps", "true"},
      {"genomic: {hugo_symbol: BRAF, protein_change: p.V600}", InvalidValue, "p.V600", "wildcard_protein_change"},
      {"genomic: {hugo_symbol: BRAF, protein_change: p.E709X}", InvalidValue, "p.E709X", "N4"},
      {"genomic: {hugo_symbol: BRAF, wildcard_protein_change: p.V600E}", InvalidValue, "p.V600E", "for example"},
      {"genomic: {hugo_symbol: BRAF, protein_change: p.V600E, variant_classification: In_Frame_Del}", InvalidValue,
       "p.V600E", "no finding"},
      {"genomic: {hugo_symbol: BRAF, variant_classification: Silent}", InvalidValue, "Silent", "M9"},
      {"genomic: {hugo_symbol: BRAF, variant_classification: Missense}, clinical: {sex: Male}", UnknownKey, "sex",
       "known"},
      {"genomic: {hugo_symbol: EGFR, exon: 19-21}", InvalidValue, "19-21", "one exon"},
      {"genomic: {hugo_symbol: ALK, fusion_partner_hugo_symbol: EML4}", InvalidValue, "EML4", "Structural Variation"},
      {"genomic: {mmr_status: Deficient}", InvalidValue, "Deficient", "MMR-Deficient"},
      {"genomic: {pole_signature: cannot_access}", InvalidValue, "cannot_access", "Yes"},
      {"genomic: {hugo_symbol: [EGFR, KRAS]}", WrongType, "hugo_symbol", "one word"},
      {"clinical: {age_numerical: \"18\"}", InvalidValue, "18", "operator"},
      {"clinical: {age_numerical: \">= 18\"}", InvalidValue, ">= 18", "no space"},
      {"clinical: {age_numerical: \"==18\"}", InvalidValue, "==18", "one day"},
      {"clinical: {age_numerical: \"!>=18\"}", InvalidValue, "!>=18", "no '!'"},
      {"clinical: {tmb_numerical: high}", InvalidValue, "high", "operator"},
      {"clinical: {gender: X}", InvalidValue, "X", "Female"},
      {"clinical: {oncotree_primary_diagnosis: Lungg}", UnknownName, "Lungg", ""},
      {"clinical: {number_prior_lines_therapy_allowed: 2}", UnknownKey, "number_prior_lines_therapy_allowed", "known"},
      {"or: [{clinical: {gender: Male}}, {clinical: {her2_status: Positive}}]", UnsupportedFormat, "Positive", "'or'"},
      {"prior_treatment: {prior_treatment_agent: examplinib}", UnsupportedFormat, "prior_treatment", "curated"},
      {"nor: [{clinical: {gender: Male}}]", UnknownKey, "nor", "or"},
      {"and: []", InvalidValue, "", "empty"},
      {"genomic: {}", WrongType, "", "at least one key"},
  };
  for (const Row& row : rows) {
    INFO(row.block);
    const auto records = read(trial_of("{" + std::string(row.block) + "}"));
    REQUIRE_FALSE(records);
    const Error& error = records.error().front();
    CHECK(error.code == row.code);
    CHECK(error.where == "line 2");
    CHECK(error.piece == row.piece);
    CHECK((error.message + " " + error.hint).find(row.words) != std::string::npos);
  }
}

TEST_CASE("all errors of a file are reported at once, each with its own line") {
  const auto records = read(
      "protocol_no: T-1\n"
      "tretment_list: {}\n"
      "_summary: {status: [{value: Opened}]}\n"
      "treatment_list:\n"
      "  step:\n"
      "    - step_internal_id: 1\n"
      "      arm:\n"
      "        - arm_internal_id: 1\n"
      "          arm_suspended: maybe\n"
      "          match:\n"
      "            - genomic:\n"
      "                hugo_symbol: NOGENE\n"
      "                exon: x\n"
      "            - clinical:\n"
      "                age_numerical: old\n");
  REQUIRE_FALSE(records);
  std::vector<std::string> places;
  for (const Error& error : records.error()) places.push_back(error.where);
  CHECK(places == std::vector<std::string>{"line 2", "line 3", "line 9", "line 12", "line 15"});
}

TEST_CASE("the example: every level with a match is a cohort, and nothing is inherited") {
  const auto records = read(ctml_world::file_text(TREFF_SOURCE_DIR "/tests/fixtures/import/ctml/example.yml"));
  if (!records) INFO(base::to_text(records.error().front()));
  REQUIRE(records);
  struct Row {
    const char* id;
    model::EntryState state;
    const char* place;
  };
  using enum model::EntryState;
  const Row rows[] = {
      {"ctml-ex-001-step-1", Open, "line 16"},         {"ctml-ex-001-arm-11", Open, "line 33"},
      {"ctml-ex-001-level-111", Open, "line 51"},      {"ctml-ex-001-arm-12", Suspended, "line 59"},
      {"ctml-ex-001-level-121", Suspended, "line 73"},
  };
  REQUIRE(records->size() == 2 + std::size(rows));
  for (const Row& row : rows) {
    INFO(row.id);
    const model::Cohort* cohort = ctml_world::cohort(*records, row.id);
    REQUIRE(cohort != nullptr);
    CHECK(cohort->origin == "ctml");
    CHECK(cohort->trial == "ctml-ex-001");
    REQUIRE(cohort->status.size() == 1);
    CHECK(cohort->status.front().state == row.state);
  }
  const auto& trial = std::get<model::Trial>((*records)[1].record);
  CHECK(trial.names.en == "EXAMPLE basket of invented drugs");
  CHECK(trial.registry_ids.size() == 2);
  CHECK(trial.status.front().state == Open);
  CHECK(trial.design_text.find("examplinib, inventumab") != std::string::npos);
  CHECK(model::encode_criterion(ctml_world::cohort(*records, "ctml-ex-001-level-121")->criteria->rule) ==
        variant(R"("gene":"KRAS","class":"wild_type")"));
}

TEST_CASE("only the summary says that a trial is open") {
  const std::string step =
      "treatment_list: {step: [{step_internal_id: 1, match: [{clinical: {gender: Male}}], "
      "arm: [{arm_suspended: N}]}]}\n";
  const auto state_of = [&](const std::string& summary) -> std::string {
    const auto records = read("protocol_no: T-1\nstatus: Open to Accrual\n" + summary + step);
    REQUIRE(records);
    const auto& history = std::get<model::Trial>((*records)[1].record).status;
    const auto& own = std::get<model::Cohort>((*records)[2].record).status;
    const std::string trial = history.empty() ? "not stated" : std::string(base::name_of(history.front().state));
    return trial + "/" + (own.empty() ? "not stated" : std::string(base::name_of(own.front().state)));
  };
  CHECK(state_of("") == "not stated/not stated");
  CHECK(state_of("_summary: {status: [{value: OPEN TO ACCRUAL}]}\n") == "open/open");
  CHECK(state_of("_summary: {status: [{value: Closed to Accrual}]}\n") == "closed/not stated");
  CHECK(state_of("_summary: {status: [{value: On Hold}]}\n") == "suspended/not stated");
}

TEST_CASE("JSON and YAML of one trial are the same records; the first day of the same bytes is kept") {
  const std::string yaml =
      "protocol_no: T-1\ntreatment_list:\n  step:\n  - step_internal_id: 1\n    match:\n"
      "    - clinical: {gender: Male}\n";
  const std::string json = R"({"protocol_no":"T-1","treatment_list":{"step":[{"step_internal_id":1,)"
                           R"("match":[{"clinical":{"gender":"Male"}}]}]}})";
  const auto a = read(yaml);
  const auto b = read(json);
  REQUIRE(a);
  REQUIRE(b);
  REQUIRE(a->size() == b->size());
  for (std::size_t i = 1; i < a->size(); ++i) {
    CHECK(model::encode_record((*a)[i].record) == model::encode_record((*b)[i].record));
  }
  // A knowledge base that has read these bytes before.
  const auto later = match::Knowledge::build({(*a)[0].record});
  REQUIRE(later);
  const auto again = read_ctml_text(yaml, ctml_world::context_of(**later, base::Date{2027, 1, 1}));
  REQUIRE(again);
  CHECK(model::encode_record((*again)[1].record) == model::encode_record((*a)[1].record));
  const auto other = read_ctml_text(yaml + "#\n", ctml_world::context_of(**later, base::Date{2027, 1, 1}));
  REQUIRE(other);
  CHECK(std::get<model::Trial>((*other)[1].record).checked_on == base::Date{2027, 1, 1});
}

TEST_CASE("files that would grow in memory or cannot be read are refused, with their line") {
  struct Row {
    const char* name;
    std::string text;
    ErrorCode code;
    const char* where;
  };
  using enum ErrorCode;
  std::string many = "[";
  for (int i = 0; i < 200001; ++i) many += "1,";
  many += "1]";
  std::string keys = "{";
  for (int i = 0; i < 1001; ++i) keys += "k" + std::to_string(i) + ": 1, ";
  keys += "z: 1}";
  const Row rows[] = {
      {"empty", "", MalformedJson, "line 1"},
      {"alias", "a: &x [1]\nb: *x\n", InvalidValue, "line 1"},
      {"laughs", "a: &a [l]\nb: [*a, *a]\n", InvalidValue, "line 1"},
      {"unknown alias", "a: *x\n", MalformedJson, "line 1"},
      {"tag", "a: !!python/object x\n", InvalidValue, "line 1"},
      {"deep", std::string(5000, '[') + std::string(5000, ']'), TooDeep, "line 1"},
      {"deep and wide", "a:\n  " + std::string(100, '{'), InvalidValue, "line 2"},
      {"many values", many, TooLarge, "line 1"},
      {"many keys", keys, TooLarge, "line 1"},
      {"long text", "a: " + std::string(70000, 'x'), TooLarge, "line 1"},
      {"a key twice", "a: 1\na: 2\n", DuplicateId, "line 2"},
      {"no UTF-8", "a: 1\nb: \xff\n", MalformedJson, "line 2"},
      {"a NUL byte", std::string("a: 1\nb: \0", 9), MalformedJson, "line 2"},
      {"half a letter in an escape", "a: \"\\\xC3\xA9\"\n", MalformedJson, "line 1"},
      {"not closed", "a: [1,\nb: 2\n", MalformedJson, "line 3"},
      {"a list as key", "[1]: 2\n", InvalidValue, "line 1"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto documents = read_ctml_documents(row.text);
    REQUIRE_FALSE(documents);
    CHECK(documents.error().code == row.code);
    CHECK(documents.error().where == row.where);
  }
}

}  // namespace treff::indexer
