#include <catch2/catch.hpp>
#include <string>

#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::nomenclature {
namespace {

struct Row {
  const char* in;
  const char* gene;  // beside the text, or empty
  const char* kind;
  const char* text;  // to_text of the class
};

TEST_CASE("rules as curators write them (N3, N4)") {
  const auto row = GENERATE(values<Row>({
      {"BRAF V600E", "", "protein", "BRAF V600E"},
      {"V600E", "BRAF", "protein", "BRAF V600E"},
      {"p.Val600Glu", "BRAF", "protein", "BRAF V600E"},
      {"BRAF VK600EI", "", "protein", "BRAF V600_K601delinsEI"},
      {"A763insLQEA", "EGFR", "protein", "EGFR A763_764insLQEA"},
      {"R213*", "TP53", "protein", "TP53 R213*"},
      {"M774INSAYVM", "ERBB2", "protein", "ERBB2 M774_775insAYVM"},
      {"ERBB2 P780INS", "", "range", "ERBB2 780_781ins"},
      {"P780ins", "ERBB2", "range", "ERBB2 780_781ins"},
      {"X1010_splice", "MET", "protein", "MET X1010_splice"},
      {"V600", "BRAF", "codon", "BRAF V600 mutation"},
      {"BRAF V600 mutations", "", "codon", "BRAF V600 mutation"},
      {"E709X", "EGFR", "codon", "EGFR E709 mutation"},
      {"codon 600", "BRAF", "codon", "BRAF codon 600 mutation"},
      {"V600 {excluding V600E; V600K}", "BRAF", "codon", "BRAF V600 mutation (excluding V600E, V600K)"},
      {"V600 (excluding V600E and V600K)", "BRAF", "codon", "BRAF V600 mutation (excluding V600E, V600K)"},
      {"Oncogenic Mutations {excluding V600}", "BRAF", "functional",
       "BRAF oncogenic mutation (excluding V600 mutation)"},
      {"729_761del", "EGFR", "range", "EGFR 729_761del"},
      {"762_823ins {excluding A763_Y764insFQEA}", "EGFR", "range", "EGFR 762_823ins (excluding A763_Y764insFQEA)"},
      {"814_852mis", "MED12", "range", "MED12 814_852mis"},
      {"449_514mut", "MED12", "range", "MED12 449_514mut"},
      {"W143_A314trunc", "MED12", "range", "MED12 143_314stop+fs"},
      {"963_1010splice", "MET", "range", "MET 963_1010splice"},
      {"Ala981_Gly1028splice", "MET", "range", "MET 981_1028splice"},
      {"981_1028splice (on NM_001127500)", "MET", "range", "MET 981_1028splice (on NM_001127500)"},
      {"A1459_D1468del", "MED12", "protein", "MED12 A1459_D1468del"},
      {"EGFR exon 19 deletion", "", "exon", "EGFR exon 19 deletion"},
      {"EGFR exon 20 insertions", "", "exon", "EGFR exon 20 insertion"},
      {"EGFR exon 20 insertion/deletion", "", "exon", "EGFR exon 20 in-frame deletion or in-frame insertion"},
      {"KRAS exon 2 mutation", "", "exon", "KRAS exon 2 mutation"},
      {"RAS exon 2 mutation", "", "exon", "KRAS/NRAS exon 2 mutation"},
      {"frameshift mutations", "RNF43", "range", "RNF43 frameshift mutation"},
      {"TERT promoter mutation", "", "range", "TERT promoter mutation"},
      {"TERT c.-124C>T", "", "coding", "TERT c.-124C>T"},
      {"TERT GRCh37 5:1295228 G>A", "", "genomic", "TERT GRCh37 5:1295228 G>A"},
      {"BRAF mutation", "", "any_mutation", "BRAF mutation"},
      {"germline BRCA1/2 mutation", "", "any_mutation", "BRCA1/BRCA2 mutation (germline)"},
      {"Truncating Mutations", "TP53", "functional", "TP53 truncating mutation"},
      {"loss of function", "BRCA1", "functional", "BRCA1 loss of function mutation"},
      {"activating mutation (function any)", "KRAS", "functional", "KRAS activating mutation (function any)"},
      {"Amplification", "ERBB2", "copy_number", "ERBB2 amplification"},
      {"HER2 amplification (copies >= 6)", "", "copy_number", "ERBB2 amplification (copies >= 6)"},
      {"ERBB2 fold change 2.2", "", "copy_number", "ERBB2 fold change 2.2"},
      {"Deletion", "CDKN2A", "copy_number", "CDKN2A homozygous deletion"},
      {"ALK fusion", "", "fusion", "ALK fusion"},
      {"Fusions", "BRAF", "fusion", "BRAF fusion"},
      {"NTRK1/2/3 fusion", "", "fusion", "NTRK1/NTRK2/NTRK3 fusion"},
      {"NTRK fusion", "", "fusion", "NTRK1/NTRK2/NTRK3 fusion"},
      {"EML4::ALK", "", "fusion", "ALK fusion (with EML4)"},
      {"BCR-ABL1 Fusion", "ABL1", "fusion", "ABL1 fusion (with BCR)"},
      {"FGFR3-TACC3", "", "fusion", "FGFR3 fusion (with TACC3)"},
      {"v::ALK", "", "fusion", "ALK fusion (as 3' partner)"},
      {"ALK fusion (not with NPM1, TPM3)", "", "fusion", "ALK fusion (not with NPM1, TPM3)"},
      {"MET exon 14 skipping", "", "splice", "MET exon 14 skipping"},
      {"EGFR vIII", "", "named_structural", "EGFR vIII"},
      {"EGFR variant III", "", "named_structural", "EGFR vIII"},
      {"Kinase Domain Duplication", "EGFR", "named_structural", "EGFR KDD"},
      {"BRCA1 biallelic inactivation", "", "biallelic", "BRCA1 biallelic inactivation"},
      {"RAS wild type", "", "wild_type", "KRAS/NRAS wild type (exons 2, 3, 4)"},
      {"KRAS/NRAS wild type (exons 2, 3, 4)", "", "wild_type", "KRAS/NRAS wild type (exons 2, 3, 4)"},
      {"ERBB2 IHC 3+", "", "expression", "ERBB2 ihc expression (levels 3+)"},
  }));
  CAPTURE(row.in);
  const auto read = read_class(row.in, row.gene, small_gene_table());
  if (!read) FAIL(to_text(read.error()));
  CHECK(base::name_of(read->value.kind) == row.kind);
  CHECK(to_text(read->value) == row.text);
  const auto again = read_class(to_text(read->value), "", small_gene_table());
  if (!again) FAIL(to_text(again.error()));
  CHECK(base::name_of(again->value.kind) == row.kind);
  CHECK(to_text(again->value) == row.text);
  CHECK(again->value.genes == read->value.genes);
  CHECK(again->value.excludes.size() == read->value.excludes.size());
  CHECK(again->value.consequences == read->value.consequences);
}

TEST_CASE("rules that cannot be read are errors (N8)") {
  const auto* in =
      GENERATE("", "  ", "BRAF", "BRAF strange words", "FOO1 V600E", "BRAF V600 (excluding nonsense words)",
               "BRAF V600 (excluding )", "EGFR L858R;T790M", "BRAF V600 (function maybe)", "BRAF LOH", "ALK-intragenic",
               "BRAF V600 (excluding V600E (excluding V600K (excluding V600R (excluding V600D))))");
  CAPTURE(in);
  CHECK_FALSE(read_class(in, "", small_gene_table()));
}

TEST_CASE("an exclusion belongs to the genes of its rule") {
  const auto read = read_class("V600 (excluding V600E)", "BRAF", small_gene_table());
  REQUIRE(read);
  REQUIRE(read->value.excludes.size() == 1);
  CHECK(read->value.excludes[0].genes == std::vector<std::string>{"BRAF"});
}

TEST_CASE("a rule without a gene is read and said so") {
  const auto read = read_class("V600E", "", small_gene_table());
  REQUIRE(read);
  CHECK(read->value.genes.empty());
  REQUIRE(read->warnings.size() == 1);
  CHECK(read->warnings[0].id == "gene_missing");
}

}  // namespace
}  // namespace treff::nomenclature
