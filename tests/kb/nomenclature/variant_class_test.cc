#include "kb/nomenclature/variant_class.h"

#include <catch2/catch.hpp>
#include <string>

#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::nomenclature {
namespace {

VariantClass class_of(const std::string& text) {
  auto read = read_class(text, "", small_gene_table());
  if (!read) FAIL(text << ": " << to_text(read.error()));
  return read->value;
}

Alteration alteration_of(const std::string& text) {
  AlterationText in;
  in.text = text;
  auto read = read_alteration(in, small_gene_table());
  if (!read) FAIL(text << ": " << to_text(read.error()));
  return read->value;
}

std::string words(const Relation& relation) {
  constexpr std::array kinds = {"inside", "wider", "overlaps", "related", "other"};
  return std::string(base::to_string(relation.verdict)) + " " + kinds[static_cast<std::size_t>(relation.kind)] + " " +
         relation.rule;
}

struct Row {
  const char* rule;
  const char* found;
  const char* want;  // verdict, kind, rule id
};

void check(const Row& row) {
  CAPTURE(row.rule, row.found);
  const auto got = relation(class_of(row.rule), alteration_of(row.found), small_gene_table());
  CAPTURE(got.note);
  CHECK(words(got) == row.want);
}

TEST_CASE("V600E never meets V600K by any spelling") {
  const auto* wanted = GENERATE("BRAF V600K", "BRAF p.Val600Lys", "BRAF p.(V600K)");
  const auto* found = GENERATE("BRAF V600E", "BRAF p.(Val600Glu)", "NM_004333.6:c.1799T>A (p.Val600Glu)",
                               "BRAF NP_004324.2:p.V600E", "braf v600e", "V600E BRAF");
  CAPTURE(wanted, found);
  CHECK(relation(class_of(wanted), alteration_of(found), small_gene_table()).verdict == Verdict::NotMet);
  CHECK(relation(class_of("BRAF V600E"), alteration_of(found), small_gene_table()).verdict == Verdict::Met);
}

TEST_CASE("exact protein changes (M1, M2, N5, N9)") {
  const auto row = GENERATE(values<Row>({
      {"BRAF V600E", "BRAF V600E", "met inside M1"},
      {"BRAF V600E", "BRAF V600", "unknown wider M2"},
      {"BRAF V600E", "BRAF mutation", "unknown wider M2"},
      {"BRAF V600E", "BRAF c.1799T>A", "unknown wider M2"},
      {"BRAF V600E", "BRAF c.1781A>G", "not_met other M3"},
      {"BRAF V600E", "BRAF exon 15 mutation", "unknown wider M2"},
      {"BRAF V600E", "BRAF exon 11 mutation", "not_met other M3"},
      {"BRAF V600E", "BRAF K601E", "not_met other M3"},
      {"BRAF V600E", "BRAF amplification", "not_met other M3"},
      {"BRAF V600E", "KRAS G12C", "not_met other M3"},
      {"BRAF V600E", "BRAF A600E", "unknown related N9"},
      {"BRAF V600E", "BRAF V600=", "not_met related M9"},
      {"BRAF V600E", "BRAF c.1799T>A p.V601E", "unknown overlaps N9"},
      {"BRAF V600E", "BRAF V600_K601delinsEI", "unknown overlaps M2"},
      {"BRAF V600E", "BRAF p.(Val600Glu^Lys)", "unknown wider M2"},
      {"BRAF V600E", "BRAF p.[V600E;K601N]", "met inside M1"},
      {"BRAF VK600EI", "BRAF V600E", "not_met related M3"},
      {"BRAF VK600EI", "BRAF V600_K601delinsEI", "met inside M1"},
      {"EGFR E746_A750del", "EGFR E746_A750delELREA", "met inside M1"},
      {"EGFR E746_A750del", "EGFR 745_749del", "unknown overlaps N5"},
      {"EGFR E746_A750del", "EGFR K745_E749del", "not_met related M3"},
      {"EGFR E746_A750del", "EGFR K745_E749delKELRE", "not_met related M3"},
      {"EGFR E746_A750delELREA", "EGFR K745_E749del", "not_met related M3"},
      {"EGFR E746_A750del", "EGFR L747_P753delinsS", "not_met related M3"},
      {"EGFR E746_A750del", "EGFR L747_T751del", "not_met related M3"},
      {"EGFR E746_A750del", "EGFR exon 19 deletion", "unknown wider M2"},
      {"EGFR E746_A750del", "EGFR exon 20 insertion", "not_met other M3"},
      {"EGFR N771_P772insSVD", "EGFR exon 20 insertion", "unknown wider M2"},
      {"EGFR S768_D770dup", "EGFR D770_N771insSVD", "unknown overlaps N5"},
      {"EGFR D770_N771ins3", "EGFR D770_N771insSVD", "met inside M1"},
      {"RNF43 G659fs*41", "RNF43 G659Vfs*41", "met inside M1"},
      {"RNF43 G659Vfs*41", "RNF43 G659fs", "unknown wider M2"},
      {"RNF43 G659fs", "RNF43 G700fs", "not_met other M3"},
      {"EGFR T790M", "EGFR p.?", "unknown wider M2"},
      {"MET X1010_splice", "MET X1010_splice", "met inside M1"},
      {"MET X1010_splice", "NM_000245.4:c.3028+1G>A", "met inside M1"},
      {"MET X1010_splice", "MET D1228N", "not_met other M3"},
      {"TP53 P27fs", "TP53 frameshift mutation", "unknown wider M2"},
      {"TP53 P27fs", "TP53 in-frame deletion", "not_met other M3"},
  }));
  check(row);
}

TEST_CASE("codon classes (N4, N9)") {
  const auto row = GENERATE(values<Row>({
      {"BRAF V600", "BRAF V600E", "met inside M1"},
      {"BRAF V600", "BRAF V600", "met inside M1"},
      {"BRAF V600", "BRAF V600_K601delinsEI", "met inside M1"},
      {"BRAF V600", "BRAF V600fs", "not_met related M3"},
      {"BRAF V600", "BRAF V600del", "not_met related M3"},
      {"BRAF V600", "BRAF A600E", "unknown related N9"},
      {"BRAF V600", "BRAF K601E", "not_met other M3"},
      {"BRAF V600", "BRAF mutation", "unknown wider M2"},
      {"BRAF V600", "BRAF c.1799T>A", "unknown wider M2"},
      {"BRAF V600", "BRAF V600=", "not_met related M9"},
      {"EGFR E709X", "EGFR E709K", "met inside M1"},
      {"EGFR E709X", "EGFR E709X", "not_met related M3"},
      {"EGFR E709*", "EGFR E709X", "met inside M1"},
      {"EGFR E709*", "EGFR E709K", "not_met related M3"},
  }));
  check(row);
}

TEST_CASE("exclusions hold in both directions") {
  const auto row = GENERATE(values<Row>({
      {"BRAF V600 (excluding V600E and V600K)", "BRAF V600E", "not_met inside M1"},
      {"BRAF V600 (excluding V600E and V600K)", "BRAF p.Val600Lys", "not_met inside M1"},
      {"BRAF V600 (excluding V600E and V600K)", "BRAF V600R", "met inside M1"},
      {"BRAF V600 (excluding V600E and V600K)", "BRAF V600", "unknown overlaps M2"},
      {"BRAF V600 (excluding V600E and V600K)", "BRAF K601E", "not_met other M3"},
      {"BRAF mutation (function any) (excluding V600)", "BRAF V600E", "not_met inside M1"},
      {"BRAF mutation (function any) (excluding V600)", "BRAF K601E", "met inside M1"},
      {"EGFR exon 20 insertion (excluding A763_Y764insFQEA)", "EGFR A763_Y764insFQEA", "not_met inside M1"},
      {"EGFR exon 20 insertion (excluding A763_Y764insFQEA)", "EGFR D770_N771insSVD", "met inside M1"},
  }));
  check(row);
  const auto excluded =
      relation(class_of("BRAF V600 (excluding V600E)"), alteration_of("BRAF V600E"), small_gene_table());
  CHECK(excluded.excluded);
}

TEST_CASE("the EGFR exon 19 deletion in eight spellings") {
  const auto* rule = GENERATE("EGFR exon 19 deletion", "EGFR 729_761del");
  const auto* found = GENERATE(
      "EGFR E746_A750del", "EGFR p.Glu746_Ala750del", "EGFR E746_A750delELREA", "EGFR L747_P753delinsS",
      "EGFR L747_T751del", "NM_005228.5:c.2235_2249del (p.Glu746_Ala750del)", "EGFR NP_005219.2:p.(Glu746_Ala750del)");
  CAPTURE(rule, found);
  CHECK(words(relation(class_of(rule), alteration_of(found), small_gene_table())) == "met inside M1");
  const auto in_words =
      relation(class_of("EGFR exon 19 deletion"), alteration_of("EGFR exon 19 deletion"), small_gene_table());
  CHECK(words(in_words) == "met inside M1");
}

TEST_CASE("exon and range classes") {
  const auto row = GENERATE(values<Row>({
      {"EGFR exon 19 deletion", "EGFR exon 19 mutation", "unknown wider M2"},
      {"EGFR exon 19 deletion", "EGFR L747S", "not_met related M3"},
      {"EGFR exon 19 deletion", "EGFR L858R", "not_met other M3"},
      {"EGFR exon 19 deletion", "EGFR E746fs", "not_met related M3"},
      {"EGFR exon 19 deletion", "EGFR mutation", "unknown wider M2"},
      {"EGFR exon 19 deletion", "EGFR c.2573T>G", "not_met other M3"},
      {"EGFR exon 20 insertion", "EGFR S768_D770dup", "met inside M1"},
      {"EGFR exon 20 insertion", "EGFR D770delinsGY", "met inside M1"},
      {"EGFR exon 20 insertion", "EGFR T790M", "not_met related M3"},
      {"EGFR exon 20 insertion/deletion", "EGFR S768_D770dup", "met inside M1"},
      {"EGFR 762_823ins", "EGFR Y764_D770dup", "met inside M1"},
      {"EGFR 762_823ins", "EGFR exon 20 insertion", "unknown wider M2"},
      {"KRAS exon 2 mutation", "KRAS G12C", "met inside M1"},
      {"KRAS exon 2 mutation", "KRAS Q61H", "not_met other M3"},
      {"RAS exon 3 mutation", "NRAS Q61R", "met inside M1"},
      {"MED12 34_68mis", "MED12 G44S", "met inside M1"},
      {"MED12 34_68mis", "MED12 G44*", "not_met related M3"},
      {"MED12 34_68mut", "MED12 G44*", "met inside M1"},
      {"MED12 34_68del", "MED12 38_40del", "met inside M1"},
      {"RNF43 frameshift mutation", "RNF43 G659fs", "met inside M1"},
      {"RNF43 frameshift mutation", "RNF43 *700fs*41", "not_met related M3"},
      {"MET 963_1010splice", "MET X1010_splice", "met inside M1"},
      {"MET 981_1028splice (on NM_001127500)", "MET X1010_splice", "met inside M1"},
      {"MET 963_1010splice", "MET exon 14 skipping", "met inside M1"},
      {"MED12 exon 2 mutation", "MED12 G44S", "unknown wider M2"},
      {"TERT promoter mutation", "TERT c.-124C>T", "met inside M1"},
      {"TERT promoter mutation", "TERT promoter mutation", "met inside M1"},
      {"TERT promoter mutation", "TERT E400K", "not_met related M3"},
      {"TERT promoter mutation", "TERT mutation", "unknown wider M2"},
  }));
  check(row);
}

TEST_CASE("coding and genome classes (N5, N7)") {
  const auto row = GENERATE(values<Row>({
      {"TERT c.-124C>T", "TERT c.-124C>T", "met inside M1"},
      {"TERT c.-124C>T", "TERT GRCh37 5:1295228 G>A", "met inside M1"},
      {"TERT c.-124C>T", "TERT GRCh38 5:1295113 G>A", "met inside M1"},
      {"TERT c.-124C>T", "TERT 5:1295228 G>A", "unknown wider M2"},
      {"TERT c.-124C>T", "TERT c.-146C>T", "not_met other M3"},
      {"TERT c.-124C>T", "TERT c.-124C>A", "not_met related M3"},
      {"TERT c.-124C>T", "TERT promoter mutation", "unknown wider M2"},
      {"TERT c.-124C>T", "TERT E400K", "not_met other M3"},
      {"TERT GRCh37 5:1295228 G>A", "TERT c.-124C>T", "met inside M1"},
      {"TERT GRCh37 5:1295228 G>A", "TERT GRCh38 5:1295113 G>A", "met inside M1"},
      {"TERT GRCh37 5:1295228 G>A", "TERT 5:1295228 G>A", "unknown overlaps N7"},
      {"BRAF GRCh37 7:140453136 A>T", "BRAF GRCh37 7:140453136 A>T", "met inside M1"},
      {"BRAF GRCh37 7:140453136 A>T", "BRAF GRCh38 7:140453136 A>T", "unknown overlaps N7"},
      {"BRAF GRCh37 7:140453136 A>T", "BRAF GRCh37 7:140453136 A>C", "not_met other M3"},
      {"BRAF GRCh37 7:140453136 A>T", "BRAF V600E", "unknown wider M2"},
      {"BRAF c.1799T>A", "BRAF V600E", "unknown wider M2"},
      {"BRAF c.1799T>A", "BRAF K601E", "not_met other M3"},
      {"EGFR c.2235_2249del", "EGFR c.2236_2250del", "unknown overlaps N5"},
      {"EGFR c.2235_2249del", "EGFR c.2235_2249delGGAATTAAGAGAAGC", "met inside M1"},
  }));
  check(row);
}

TEST_CASE("any mutation and the function policy (M9)") {
  const auto row = GENERATE(values<Row>({
      {"BRAF mutation", "BRAF V600E", "met inside M1"},
      {"BRAF mutation", "BRAF D22N", "unknown inside M9"},
      {"BRAF mutation (function any)", "BRAF D22N", "met inside M1"},
      {"BRAF mutation (function not_benign)", "BRAF D22N", "met inside M1"},
      {"BRAF mutation", "BRAF oncogenic mutation", "met inside M1"},
      {"BRAF mutation", "BRAF V600=", "not_met related M9"},
      {"BRAF mutation", "BRAF c.100+50G>A", "not_met related M9"},
      {"BRAF mutation", "BRAF amplification", "not_met other M3"},
      {"TP53 mutation", "TP53 R213*", "met inside M1"},
      {"TP53 mutation", "TP53 c.375+1G>A", "met inside M1"},
      {"TP53 mutation", "TP53 R273H", "met inside M1"},
      {"TP53 mutation", "TP53 A20S", "unknown inside M9"},
      {"EGFR mutation", "EGFR R100*", "unknown inside M9"},
      {"FLT3 mutation (function any)", "FLT3-ITD", "met inside M1"},
      {"MET mutation (function any)", "MET exon 14 skipping", "unknown overlaps M2"},
      {"TP53 truncating mutation", "TP53 R213*", "met inside M9"},
      {"TP53 truncating mutation", "TP53 P27fs", "met inside M9"},
      {"TP53 truncating mutation", "TP53 R273H", "not_met other M3"},
      {"TP53 truncating mutation", "TP53 X33_splice", "unknown overlaps M9"},
      {"EGFR truncating mutation", "EGFR R100*", "unknown inside M9"},
      {"EGFR truncating mutation (function any)", "EGFR R100*", "met inside M9"},
      {"TP53 loss of function", "TP53 R213*", "met inside M9"},
      {"TP53 loss of function", "TP53 homozygous deletion", "met inside M1"},
      {"TP53 loss of function", "TP53 A20S", "unknown inside M9"},
      {"TP53 loss of function", "TP53 activating mutation", "not_met related M9"},
      {"KRAS activating mutation", "KRAS G12C", "met inside M9"},
      {"KRAS activating mutation", "KRAS E3K", "unknown inside M9"},
      {"KRAS activating mutation", "KRAS loss of function mutation", "not_met related M9"},
      {"ERBB2 oncogenic mutation", "ERBB2 amplification", "not_met other M3"},
      {"BRCA1 biallelic inactivation", "BRCA1 R100*", "met inside M12"},
      {"BRCA1 biallelic inactivation", "BRCA1 A20S", "unknown inside M9"},
      {"BRCA1 biallelic inactivation", "BRCA1 LOH", "met inside M12"},
      {"BRCA1 biallelic inactivation", "BRCA1 homozygous deletion", "met inside M12"},
      {"BRCA1 biallelic inactivation", "BRCA1 gain", "not_met other M3"},
      {"RAS wild type", "KRAS G12C", "met inside M11"},
      {"RAS wild type", "KRAS E3K", "unknown inside M9"},
      {"RAS wild type", "KRAS G12=", "not_met related M11"},
      {"RAS wild type (exons 2)", "KRAS Q61H", "not_met other M3"},
      {"RAS wild type", "BRAF V600E", "not_met other M3"},
  }));
  check(row);
}

TEST_CASE("stated benign meets no class but one that takes any (M9)") {
  Alteration benign = alteration_of("BRAF V600E");
  benign.oncogenicity = Oncogenicity::LikelyBenign;
  CHECK(words(relation(class_of("BRAF V600E"), benign, small_gene_table())) == "not_met related M9");
  CHECK(words(relation(class_of("BRAF mutation"), benign, small_gene_table())) == "not_met related M9");
  CHECK(words(relation(class_of("BRAF V600E (function any)"), benign, small_gene_table())) == "met inside M1");
  Alteration uncertain = alteration_of("BRAF V600E");
  uncertain.oncogenicity = Oncogenicity::Uncertain;
  CHECK(words(relation(class_of("BRAF mutation"), uncertain, small_gene_table())) == "unknown inside M9");
  CHECK(words(relation(class_of("BRAF V600E"), uncertain, small_gene_table())) == "met inside M1");
}

TEST_CASE("origin (M10)") {
  const auto row = GENERATE(values<Row>({
      {"BRCA1 mutation (germline)", "BRCA1 R100*", "unknown inside M10"},
      {"BRCA1 mutation (germline)", "germline BRCA1 R100*", "met inside M1"},
      {"BRCA1 mutation (germline)", "somatic BRCA1 R100*", "not_met related M10"},
      {"BRCA1 mutation (somatic)", "BRCA1 R100*", "unknown inside M10"},
      {"BRAF V600E (somatic)", "BRAF V600E", "met inside M1"},
      {"BRAF V600E (somatic)", "germline BRAF V600E", "not_met related M10"},
      {"BRCA1 mutation (germline)", "BRCA1 c.100+50G>A", "not_met related M9"},
  }));
  check(row);
  CHECK_FALSE(relation(class_of("BRAF V600E (somatic)"), alteration_of("BRAF V600E"), small_gene_table()).note.empty());
}

TEST_CASE("numbers of an unknown transcript rule out only what does not depend on them (N6)") {
  struct NumberRow {
    const char* rule;
    const char* protein;
    const char* want;
  };
  const auto row = GENERATE(values<NumberRow>({
      {"BRAF V600E", "V640E", "unknown overlaps N6"},
      {"BRAF V600E", "G640D", "not_met other M3"},
      {"BRAF V600", "V640K", "unknown overlaps N6"},
      {"BRAF V600", "G640D", "not_met other M3"},
      {"BRAF exon 15 mutation", "G640D", "unknown overlaps N6"},
      {"BRAF exon 15 deletion", "G640D", "not_met other M3"},
      {"BRAF mutation (function any)", "G640D", "met inside M1"},
  }));
  CAPTURE(row.rule, row.protein);
  AlterationText in;
  in.gene = "BRAF";
  in.protein = row.protein;
  in.transcript = "NM_999999.1";
  const auto read = read_alteration(in, small_gene_table());
  REQUIRE(read);
  CHECK(words(relation(class_of(row.rule), read->value, small_gene_table())) == row.want);
}

TEST_CASE("a finding without a gene meets nothing, and rules out what its name rules out") {
  CHECK(words(relation(class_of("BRAF V600E"), alteration_of("V600E"), small_gene_table())) == "unknown wider M2");
  CHECK(words(relation(class_of("BRAF V600E"), alteration_of("G12C"), small_gene_table())) == "not_met other M3");
}

}  // namespace
}  // namespace treff::nomenclature
