// `treff contains`, `treff relevant` and `treff parse --as criterion` (API.md section 2): texts and objects, every kind
// of leaf, trees.
#include "kb/answer/class_answer.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "kb/answer/parse_answer.h"
#include "kb/model/codec.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::answer {
namespace {

using nlohmann::json;

model::Gene gene_of(const nomenclature::GeneFacts& facts) {
  model::Gene gene;
  gene.symbol = facts.symbol;
  gene.id = "g-" + facts.symbol;
  gene.synonyms = facts.aliases;
  gene.previous_symbols = facts.previous_symbols;
  gene.role = facts.role;
  gene.kinase_end = facts.kinase_end;
  gene.refseq = facts.refseq;
  gene.protein_length = facts.protein_length;
  for (const auto& exon : facts.exons) gene.exons.push_back({exon.exon, exon.first_codon, exon.last_codon});
  for (const auto& isoform : facts.isoforms) {
    model::OtherNumbering other;
    other.refseq = isoform.refseq;
    other.protein_length = isoform.protein_length;
    for (const auto& shift : isoform.shifts) other.shifts.push_back({shift.from, shift.add});
    gene.other_numberings.push_back(other);
  }
  gene.hotspots = facts.hotspots;
  gene.recurrent_partners = facts.recurrent_partners;
  return gene;
}

const match::Knowledge& knowledge() {
  static const auto built = [] {
    std::vector<model::Record> records;
    for (const auto& facts : nomenclature::small_gene_table().genes()) records.push_back(gene_of(facts));
    model::GeneFamily family;
    family.id = "ntrk";
    family.names.en = "NTRK";
    family.synonyms = {"TRK"};
    family.members = {"g-NTRK1", "g-NTRK2", "g-NTRK3"};
    records.push_back(family);
    model::Diagnosis lung;
    lung.id = "lung";
    lung.code = "LUNG";
    lung.names.en = "Lung";
    lung.lineage = nomenclature::Lineage::Solid;
    records.push_back(lung);
    model::Target target;
    target.id = "braf-v600";
    const auto v600 = model::decode_criterion(R"({"variant":{"gene":"BRAF","class":"codon","at":"V600"}})");
    REQUIRE(v600);
    target.criterion = *v600;
    records.push_back(target);
    auto made = match::Knowledge::build(std::move(records));
    REQUIRE(made);
    return *made;
  }();
  return *built;
}

json contains(const json& criterion, const json& alteration) {
  const json line = {{"id", 7}, {"criterion", criterion}, {"alteration", alteration}};
  return json::parse(contains_line(line.dump(), knowledge()));
}

// "verdict relation rule", or "error code".
std::string short_of(const json& answer) {
  if (answer.contains("error")) return "error " + answer["error"]["code"].get<std::string>();
  return answer["verdict"].get<std::string>() + " " + answer["relation"].get<std::string>() + " " +
         answer["rule"].get<std::string>();
}

struct Row {
  json criterion;
  json alteration;
  const char* want;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const json got = contains(row.criterion, row.alteration);
    CAPTURE(row.criterion.dump(), row.alteration.dump(), got.dump());
    CHECK(short_of(got) == row.want);
    CHECK(got["id"] == 7);
  }
}

const json kV600 = {{"variant", {{"gene", "BRAF"}, {"class", "codon"}, {"at", "V600"}}}};
const json kKras = {{"variant", {{"gene", "KRAS"}, {"class", "any_mutation"}, {"function_policy", "any"}}}};
const json kTmb = {{"biomarker", {{"name", "tmb"}, {"op", ">="}, {"value", 10}, {"unit", "per_mb"}}}};
const json kMsi = {{"biomarker", {{"name", "msi"}, {"is", "high"}}}};
const json kLung = {{"diagnosis", {{"any_of", {"LUNG"}}}}};
const json kAdult = {{"clinical", {{"age_years", {{"min", 18}}}}}};

TEST_CASE("contains: criterion and alteration as texts") {
  check({{"BRAF V600", "BRAF V600E", "met inside M1"},
         {"BRAF V600E", "BRAF V600K", "not_met related M3"},
         {"BRAF V600E", "BRAF V600", "unknown wider M2"},
         {"BRAF V600E", "KRAS G12C", "not_met other M3"},
         {"EGFR exon 20 insertion", "EGFR N771_P772insSVD", "met inside M1"},
         {"ALK fusion", "EML4::ALK", "met inside M13"},
         {"BRAF V600 (excluding V600E, V600K)", "BRAF V600E", "not_met inside M1"},
         {"BRAF V600E", "no such text", "error unknown_name"},
         {"BRAF V60", 5, "error wrong_type"},
         {5, "BRAF V600E", "error wrong_type"}});
}

TEST_CASE("contains: objects of the case language") {
  check({{kV600, {{"gene", "BRAF"}, {"protein", "V600E"}}, "met inside M1"},
         {kV600["variant"], {{"text", "BRAF V600E"}}, "met inside M1"},
         {kV600, {{"gene", "BRAF"}, {"protein", "p.Val600Glu"}, {"transcript", "NM_004333.6"}}, "met inside M1"},
         {"ERBB2 amplification", {{"gene", "ERBB2"}, {"copy_number", {{"call", "amplification"}}}}, "met inside M1"},
         {"ALK fusion", {{"fusion", {{"five_prime", "EML4"}, {"three_prime", "ALK"}}}}, "met inside M13"},
         {"MET M1250T", {{"gene", "MET"}, {"protein", "M1268T"}, {"transcript", "NM_001127500.3"}}, "met inside M1"},
         {kV600, {{"gene", "BRAF"}, {"proteen", "V600E"}}, "error unknown_key"},
         {kV600, {{"gene", "NOSUCHGENE"}, {"protein", "V600E"}}, "error unknown_name"},
         {{{"variant", {{"gene", "BRAF"}, {"class", "codon"}, {"att", "V600"}}}}, "BRAF V600E", "error missing_key"}});
  const json wrong = contains(kV600, {{"gene", "BRAF"}, {"proteen", "V600E"}});
  CHECK(wrong["error"]["where"] == "/alteration/proteen");
}

TEST_CASE("contains: every kind of leaf") {
  check({{kTmb, "TMB 12.3", "met inside M1"},
         {kTmb, "TMB 9.9", "not_met related M3"},
         {kTmb, "MSI-H", "not_met other M3"},
         {kTmb, "BRAF V600E", "not_met other M3"},
         {kTmb, {{"biomarkers", {{"tmb_per_mb", 10.0}}}}, "met inside M1"},
         {kMsi, "MSI-H", "met inside M1"},
         {kMsi, "MSS", "not_met related M3"},
         {"MSI-H", "MSI high", "met inside M1"},
         {"TMB >= 10", "TMB 10", "met inside M1"},
         {"TMB > 10", "TMB 10", "not_met related M3"},
         {kLung, "BRAF V600E", "unknown wider D1"},
         {kAdult, "BRAF V600E", "unknown wider C1"},
         {{{"text", {{"ask", "Lactating?"}}}}, "BRAF V600E", "unknown wider C2"},
         {{{"target", "braf-v600"}}, "BRAF V600E", "met inside M1"},
         {{{"target", "no-such-target"}}, "BRAF V600E", "error dangling_id"},
         {kV600, "TMB 12", "not_met other M3"}});
}

TEST_CASE("M11: wild type") {
  check({{"KRAS wild type", "KRAS wild type", "met inside M11"},
         {"KRAS wild type", "KRAS G12C", "not_met related M11"},
         {"KRAS wild type", "KRAS mutation", "unknown overlaps M11"},
         {"KRAS wild type", "BRAF V600E", "unknown other M11"},
         {"BRAF wild type", "BRAF V600E", "not_met related M11"}});
}

TEST_CASE("M5, M6: trees in Kleene's logic for the one finding") {
  const json not_v600 = {{"not", kV600}};
  check({{not_v600, "BRAF V600E", "not_met other M5"},
         {not_v600, "BRAF G469A", "met inside M5"},
         {not_v600, "KRAS G12C", "met inside M5"},
         {not_v600, "BRAF mutation", "unknown wider M2"},
         {"not BRAF V600E", "BRAF V600E", "not_met other M5"},
         {{{"not", not_v600}}, "BRAF V600E", "met inside M5"},
         {{{"any", {kV600, kKras}}}, "KRAS G12C", "met inside M1"},
         {{{"all", {kV600, kKras}}}, "KRAS G12C", "not_met other M3"},
         {{{"all", {kV600, kLung}}}, "BRAF V600E", "unknown wider D1"},
         {{{"all", {kKras, kLung}}}, "BRAF V600E", "not_met other M3"},
         {{{"any", {kV600, kLung}}}, "BRAF V600E", "met inside M1"},
         {{{"at_least", {{"n", 1}, {"of", {kV600, kKras}}}}}, "BRAF V600E", "met inside M1"},
         {{{"at_least", {{"n", 2}, {"of", {kV600, kKras}}}}}, "BRAF V600E", "not_met other M3"},
         {"BRAF V600E or V600K", "BRAF V600K", "met inside M1"},
         {"(BRAF V600E or KRAS G12C) and not ALK fusion", "BRAF V600E", "met inside M5"}});
}

TEST_CASE("contains: what was read is echoed; errors name the missing key") {
  const json got = contains("not BRAF V600", "BRAF p.Val600Glu");
  CHECK(got["read"]["alteration"] == "BRAF V600E");
  CHECK(got["read"]["criterion"] == "not BRAF V600 mutation");
  const json missing = json::parse(contains_line(R"({"id":"a","criterion":"BRAF V600E"})", knowledge()));
  CHECK(missing["error"]["where"] == "/alteration");
  CHECK(json::parse(contains_line("{", knowledge()))["error"]["code"] == "malformed_json");
}

TEST_CASE("relevant: texts and objects, what cannot be read is listed") {
  const json line = {{"id", "r"},
                     {"gene", "BRAF"},
                     {"alteration", {{"gene", "BRAF"}, {"protein", "V600E"}}},
                     {"candidates", {"V600K", kV600, "V600E", "no such thing", kKras, "V600 {excluding V600E}", kTmb}}};
  const json got = json::parse(relevant_line(line.dump(), knowledge()));
  CHECK(got["relevant"] == json({"V600E", kV600}));
  REQUIRE(got["unreadable"].size() == 2);
  CHECK(got["unreadable"][0]["candidate"] == "no such thing");
  CHECK(got["unreadable"][1]["error"]["code"] == "wrong_type");
  const json wrong = {{"id", 1}, {"alteration", "BRAF V600E"}, {"candidates", "V600E"}};
  CHECK(json::parse(relevant_line(wrong.dump(), knowledge()))["error"]["code"] == "wrong_type");
}

TEST_CASE("parse --as criterion: trees, biomarkers and negation; ambiguity lists its alternatives") {
  const auto parse = [](const std::string& text, ParseAs as) {
    return json::parse(parse_answer({"1", text, ""}, as, knowledge().vocabulary()));
  };
  const json tmb = parse("TMB >= 10", ParseAs::Criterion);
  CHECK(tmb["criterion"] == kTmb);
  const json tree = parse("not BRAF V600 or MSI-H", ParseAs::Criterion);
  CHECK(tree["ok"] == false);  // does "not" reach MSI-H?
  const json both = parse("BRAF V600 and not MSI-H", ParseAs::Criterion);
  REQUIRE(both["ok"] == true);
  CHECK(both["canonical"] == "(BRAF V600 mutation and not MSI high)");
  CHECK(both["criterion"] == json({{"all", {kV600, {{"not", kMsi}}}}}));
  const json family = parse("TRK V600E", ParseAs::Alteration);
  CHECK(family["error"]["code"] == "ambiguous_name");
  CHECK(family["error"]["alternatives"] == json({"NTRK1", "NTRK2", "NTRK3"}));
  const json result = parse("ALK-positive", ParseAs::Criterion);
  CHECK(result["error"]["code"] == "ambiguous_name");
  CHECK(result["error"]["alternatives"] ==
        json({"ALK fusion", "ALK mutation", "ALK amplification", "ALK IHC positive"}));
  const json lung = parse("LUNG", ParseAs::Diagnosis);
  CHECK(lung["diagnosis"]["path"] == json::array());
  CHECK(lung["diagnosis"]["lineage"] == "solid");
}

TEST_CASE("a reading in words: what was read, notes, and what an open name may mean, a line each") {
  const auto words = [](const std::string& text, ParseAs as) {
    return parse_text(parse_answer({"1", text, ""}, as, knowledge().vocabulary()));
  };
  CHECK(words("BRAF V600E", ParseAs::Alteration) == "BRAF V600E");
  CHECK(words("p.Val600Glu BRAF", ParseAs::Alteration) == "p.Val600Glu BRAF = BRAF V600E");
  CHECK(words("MSI-H", ParseAs::Criterion) == "MSI-H = MSI high");
  CHECK(words("LUNG", ParseAs::Diagnosis) == "LUNG = Lung (LUNG)");
  CHECK(words("CDKN2A deletion", ParseAs::Alteration) ==
        "CDKN2A deletion = CDKN2A loss\n  note: a deletion of the gene: one copy or both is not stated");
  CHECK(words("ALK+", ParseAs::Alteration) ==
        "ALK+: not read: the words do not say which kind of change is meant\n  may be: ALK fusion\n  may be: ALK "
        "mutation\n  may be: ALK amplification\n  may be: ALK IHC positive");
  CHECK(words("TRK V600E", ParseAs::Alteration) ==
        "TRK V600E: not read: the name stands for a family of genes in 'TRK'\n  may be: NTRK1\n  may be: NTRK2\n  may "
        "be: NTRK3");
  CHECK(words("BRAF V600EE9", ParseAs::Alteration).find("BRAF V600EE9: not read: ") == 0);
  CHECK(parse_text("no JSON") == "no JSON");
}

}  // namespace
}  // namespace treff::answer
