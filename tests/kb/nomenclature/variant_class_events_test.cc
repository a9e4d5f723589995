#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "kb/nomenclature/read_alteration.h"
#include "kb/nomenclature/variant_class.h"
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
  const char* want;
};

void check(const Row& row) {
  CAPTURE(row.rule, row.found);
  const auto got = relation(class_of(row.rule), alteration_of(row.found), small_gene_table());
  CAPTURE(got.note);
  CHECK(words(got) == row.want);
}

TEST_CASE("fusions (M2, M13)") {
  const auto row = GENERATE(values<Row>({
      {"ALK fusion", "EML4::ALK", "met inside M13"},
      {"ALK fusion", "ALK-EML4", "met inside M13"},
      {"ALK fusion", "EML4/ALK fusion", "met inside M13"},
      {"ALK fusion", "ALK fusion", "met inside M13"},
      {"ALK fusion", "TPM3-ALK", "unknown inside M13"},
      {"ALK fusion", "ALK::EML4", "not_met related M13"},
      {"ALK fusion", "ALK-intragenic", "unknown overlaps M13"},
      {"ALK fusion", "KIF5B-RET", "not_met other M3"},
      {"ALK fusion", "ALK F1174L", "not_met other M3"},
      {"ALK fusion", "ALK amplification", "not_met other M3"},
      {"EML4::ALK", "EML4::ALK", "met inside M13"},
      {"EML4::ALK", "ALK-EML4 fusion", "met inside M13"},
      {"EML4::ALK", "ALK fusion", "unknown wider M2"},
      {"EML4::ALK", "NPM1::ALK", "not_met related M3"},
      {"EML4::ALK", "EML4-NTRK3", "not_met related M13"},
      {"v::ALK", "EML4::ALK", "met inside M13"},
      {"v::ALK", "ALK-EML4", "unknown overlaps M13"},
      {"v::ALK", "ALK::EML4", "not_met related M13"},
      {"ALK fusion (not with EML4)", "EML4::ALK", "not_met related M1"},
      {"ALK fusion (not with EML4)", "ALK fusion", "unknown wider M2"},
      {"ALK fusion (not with EML4)", "NPM1::ALK", "met inside M13"},
      {"ROS1 fusion", "SLC34A2-ROS1;GOPC", "met inside M13"},
      {"FGFR3 fusion", "FGFR3-TACC3", "met inside M13"},
      {"FGFR3 fusion", "TACC3::FGFR3", "not_met related M13"},
      {"NTRK fusion", "LMNA-NTRK1", "met inside M13"},
      {"NTRK fusion", "NTRK1 amplification", "not_met other M3"},
      {"NTRK fusion", "NTRK1 G595R", "not_met other M3"},
      {"TMPRSS2-ERG", "ERG-TMPRSS2", "met inside M1"},
      {"KMT2A fusion", "MLL-TACC3", "met inside M1"},
  }));
  check(row);
}

TEST_CASE("stated frame, domain and direction decide a kinase fusion (M13)") {
  Alteration found = alteration_of("TPM3::ALK");
  const auto rule = class_of("ALK fusion");
  found.fusion->in_frame = true;
  found.fusion->kinase_domain_kept = true;
  CHECK(words(relation(rule, found, small_gene_table())) == "met inside M1");
  found.fusion->in_frame = false;
  CHECK(words(relation(rule, found, small_gene_table())) == "not_met related M13");
  found.fusion->in_frame = true;
  found.fusion->kinase_domain_kept = false;
  CHECK(words(relation(rule, found, small_gene_table())) == "not_met related M13");
}

TEST_CASE("copy number by call (M14)") {
  const auto row = GENERATE(values<Row>({
      {"ERBB2 amplification", "ERBB2 amplification", "met inside M1"},
      {"ERBB2 amplification", "ERBB2 gain", "not_met related M14"},
      {"ERBB2 amplification", "ERBB2 fold change 6.1", "unknown overlaps M14"},
      {"ERBB2 amplification", "ERBB2 copy number 8", "unknown overlaps M14"},
      {"ERBB2 amplification", "ERBB2 IHC 3+", "not_met other M3"},
      {"ERBB2 amplification", "ERBB2 S310F", "not_met other M3"},
      {"ERBB2 amplification", "EGFR amplification", "not_met other M3"},
      {"ERBB2 gain", "ERBB2 amplification", "met inside M1"},
      {"CDKN2A homozygous deletion", "CDKN2A homozygous deletion", "met inside M1"},
      {"CDKN2A homozygous deletion", "CDKN2A copy number 0", "met inside M1"},
      {"CDKN2A homozygous deletion", "CDKN2A deletion", "unknown wider M2"},
      {"CDKN2A homozygous deletion", "CDKN2A loss", "unknown wider M2"},
      {"CDKN2A loss", "CDKN2A homozygous deletion", "met inside M1"},
      {"CDKN2A homozygous deletion", "CDKN2A gain", "not_met related M14"},
      {"ERBB2 amplification (copies >= 6)", "ERBB2 copy number 8", "met inside M14"},
      {"ERBB2 amplification (copies >= 6)", "ERBB2 copy number 4", "not_met related M14"},
      {"ERBB2 amplification (copies >= 6)", "ERBB2 fold change 6.1", "unknown overlaps M14"},
      {"ERBB2 amplification (copies >= 6)", "ERBB2 amplification", "unknown overlaps M14"},
      {"ERBB2 amplification (fold change >= 2.2)", "ERBB2 fold change 6.1", "met inside M14"},
      {"ERBB2 amplification (fold change >= 2.2)", "ERBB2 fold change 1.5", "not_met related M14"},
  }));
  check(row);
}

TEST_CASE("exon skipping (M15)") {
  const auto row = GENERATE(values<Row>({
      {"MET exon 14 skipping", "MET exon 14 skipping", "met inside M1"},
      {"MET exon 14 skipping", "MET X1010_splice", "met inside M15"},
      {"MET exon 14 skipping", "NM_000245.4:c.3028+1G>A", "met inside M15"},
      {"MET exon 14 skipping", "NM_000245.4:c.2888-2A>G", "met inside M15"},
      {"MET exon 14 skipping", "MET c.3082+1G>T", "met inside M15"},
      {"MET exon 14 skipping", "MET NM_001127500.3:c.3082+1G>T", "met inside M15"},
      {"MET exon 14 skipping", "NM_000245.4:c.2887+1G>A", "not_met other M3"},
      {"MET exon 14 skipping", "NM_000245.4:c.3028+50G>A", "not_met other M3"},
      {"MET exon 14 skipping", "MET exon 14 deletion", "unknown overlaps M15"},
      {"MET exon 14 skipping", "MET D1010N", "met inside M15"},
      {"MET exon 14 skipping", "MET splice site mutation", "unknown wider M2"},
      {"MET exon 14 skipping", "MET exon 13 skipping", "not_met related M15"},
      {"MET exon 14 skipping", "MET exons 13-15 deletion", "unknown overlaps M15"},
      {"MET exon 14 skipping", "MET mutation", "unknown wider M2"},
      {"MET exon 14 skipping", "MET amplification", "not_met other M3"},
  }));
  check(row);
  const auto predicted =
      relation(class_of("MET exon 14 skipping"), alteration_of("MET X1010_splice"), small_gene_table());
  CHECK(predicted.note.find("predicted") != std::string::npos);
}

TEST_CASE("named structural events (M15)") {
  const auto row = GENERATE(values<Row>({
      {"EGFR vIII", "EGFRvIII", "met inside M1"},
      {"EGFR vIII", "EGFR exons 2-7 deletion", "met inside M1"},
      {"EGFR vIII", "EGFR vII", "not_met related M3"},
      {"EGFR vIII", "EGFR L858R", "not_met other M3"},
      {"EGFR CTD", "EGFR vIVa", "met inside M1"},
      {"EGFR vIV", "EGFR C-terminal domain", "unknown wider M2"},
      {"FLT3-ITD", "FLT3 internal tandem duplication", "met inside M1"},
      {"FLT3-ITD", "FLT3 F594_D600dup", "met inside M1"},
      {"FLT3-ITD", "FLT3 F594_R595insSVD", "unknown overlaps N5"},
      {"FLT3-ITD", "FLT3 D835Y", "not_met other M3"},
      {"EGFR KDD", "EGFR Kinase Domain Duplication", "met inside M1"},
  }));
  check(row);
}

TEST_CASE("expression by method and level (M14)") {
  const auto row = GENERATE(values<Row>({
      {"ERBB2 IHC 3+", "HER2 IHC 3+", "met inside M1"},
      {"ERBB2 IHC 3+", "HER2 IHC 2+", "not_met related M3"},
      {"ERBB2 IHC 3+", "HER2 overexpression", "unknown overlaps M14"},
      {"ERBB2 IHC 3+", "HER2 ISH positive", "not_met related M14"},
      {"ERBB2 IHC 3+", "ERBB2 amplification", "not_met other M3"},
  }));
  check(row);
}

TEST_CASE("the classes that speak of an alteration, most specific first") {
  struct ListRow {
    const char* found;
    std::vector<std::string> classes;
    std::vector<std::string> want;
  };
  const auto row = GENERATE(values<ListRow>({
      {"BRAF V600R",
       {"BRAF mutation (function any)", "BRAF V600", "BRAF V600E", "BRAF V600R", "BRAF oncogenic mutation",
        "ALK fusion"},
       {"BRAF V600R", "BRAF V600", "BRAF mutation (function any)"}},
      {"BRAF V600E", {"BRAF V600 (excluding V600E, V600K)", "BRAF V600", "BRAF V600E"}, {"BRAF V600E", "BRAF V600"}},
      {"EGFR E746_A750del",
       {"EGFR exon 19 deletion", "EGFR 729_761del", "EGFR L747_P753delinsS", "EGFR L747S", "EGFR E746_A750del"},
       {"EGFR E746_A750del", "EGFR 729_761del", "EGFR L747_P753delinsS", "EGFR exon 19 deletion"}},
      {"EML4::ALK", {"ALK fusion", "EML4::ALK", "RET fusion"}, {"EML4::ALK", "ALK fusion"}},
      {"BRAF A600E", {"BRAF V600", "BRAF V600E"}, {}},
      {"RNF43 G700fs*41", {"RNF43 truncating mutation", "RNF43 G659fs*41"}, {"RNF43 truncating mutation"}},
      {"RNF43 *700fs*41", {"RNF43 truncating mutation", "RNF43 G659fs*41"}, {}},
  }));
  CAPTURE(row.found);
  std::vector<VariantClass> classes;
  for (const auto& text : row.classes) classes.push_back(class_of(text));
  std::vector<std::string> got;
  for (const auto index : relevant(alteration_of(row.found), classes, small_gene_table())) {
    got.push_back(row.classes[index]);
  }
  CHECK(got == row.want);
}

TEST_CASE("default policies and the order of specificity") {
  CHECK(policy_of(class_of("BRAF mutation")) == FunctionPolicy::Oncogenic);
  CHECK(policy_of(class_of("TP53 truncating mutation")) == FunctionPolicy::Oncogenic);
  CHECK(policy_of(class_of("BRCA1 biallelic inactivation")) == FunctionPolicy::Oncogenic);
  CHECK(policy_of(class_of("BRAF V600E")) == FunctionPolicy::NotBenign);
  CHECK(policy_of(class_of("ALK fusion")) == FunctionPolicy::NotBenign);
  CHECK(specificity_rank(ClassKind::Protein) < specificity_rank(ClassKind::Codon));
  CHECK(specificity_rank(ClassKind::Codon) < specificity_rank(ClassKind::Range));
  CHECK(specificity_rank(ClassKind::Exon) < specificity_rank(ClassKind::Functional));
  CHECK(specificity_rank(ClassKind::Functional) < specificity_rank(ClassKind::AnyMutation));
}

}  // namespace
}  // namespace treff::nomenclature
