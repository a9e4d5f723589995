// Findings that name a family of genes (N1, M2, M11).
#include <algorithm>
#include <catch2/catch.hpp>

#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/readings.h"

namespace treff::nomenclature {
namespace {

TEST_CASE("a family is read as one of its genes, wild type as all of them") {
  struct Row {
    const char* in;
    const char* canonical;
    const char* kind;
  };
  const auto row = GENERATE(values<Row>({
      {"RAS wild type", "KRAS/NRAS wild type (exons 2, 3, 4)", "wild_type"},
      {"RAS wildtype", "KRAS/NRAS wild type (exons 2, 3, 4)", "wild_type"},
      {"RAS villtype", "KRAS/NRAS wild type (exons 2, 3, 4)", "wild_type"},
      {"RAS-wt", "KRAS/NRAS wild type (exons 2, 3, 4)", "wild_type"},
      {"BRCA1/2 wild type", "BRCA1/BRCA2 wild type", "wild_type"},
      {"KRAS/NRAS wild type", "KRAS/NRAS wild type", "wild_type"},
      {"NTRK fusion", "NTRK1/NTRK2/NTRK3 fusion", "fusion"},
      {"TRK fusion", "NTRK1/NTRK2/NTRK3 fusion", "fusion"},
      {"NTRK1/2/3 fusion", "NTRK1/NTRK2/NTRK3 fusion", "fusion"},
      {"NTRK rearrangement", "NTRK1/NTRK2/NTRK3 fusion", "fusion"},
      {"BRCA mutation", "BRCA1/BRCA2 mutation", "small"},
      {"germline BRCA1/2 pathogenic mutation", "BRCA1/BRCA2 oncogenic mutation", "small"},
  }));
  CAPTURE(row.in);
  const auto read = read_text(row.in);
  if (!read) FAIL(to_text(read.error()));
  CHECK(read->value.canonical == row.canonical);
  CHECK(base::name_of(read->value.kind) == row.kind);
  CHECK(read->value.gene.empty());
  CHECK(read->value.family.size() > 1);
  const bool warned = std::any_of(read->warnings.begin(), read->warnings.end(),
                                  [](const Issue& issue) { return issue.id == "gene_of_family_unstated"; });
  CHECK(warned == (read->value.kind != AlterationKind::WildType));
}

TEST_CASE("a range of numbers names genes, never a codon (N1)") {
  struct Row {
    const char* in;
    const char* finding;  // canonical, or "error"
    const char* rule;
  };
  const auto row = GENERATE(values<Row>({
      {"FGFR2-3 mutation", "FGFR2/FGFR3 mutation", "FGFR2/FGFR3 mutation"},
      {"FGFR2-3 fusion", "FGFR2, FGFR3 fusion", "FGFR2/FGFR3 fusion"},
      {"FGFR2\u20133 fusion", "FGFR2, FGFR3 fusion", "FGFR2/FGFR3 fusion"},
      {"FGFR2/3 fusion", "FGFR2, FGFR3 fusion", "FGFR2/FGFR3 fusion"},
      {"NTRK1-3 fusion", "NTRK1/NTRK2/NTRK3 fusion", "NTRK1/NTRK2/NTRK3 fusion"},
      {"NTRK1/2/3 fusion", "NTRK1/NTRK2/NTRK3 fusion", "NTRK1/NTRK2/NTRK3 fusion"},
      {"BRCA1-2 mutation", "BRCA1/BRCA2 mutation", "BRCA1/BRCA2 mutation"},
      {"BRCA1-2 wild type", "BRCA1/BRCA2 wild type", "BRCA1/BRCA2 wild type"},
      {"FGFR2-3 amplification", "error", "FGFR2/FGFR3 amplification"},
      {"NTRK1-4 fusion", "error", "error"},  // there is no NTRK4
      {"NTRK1-4 mutation", "error", "error"},
      {"NTRK1-3 V600E", "error", "NTRK1/NTRK2/NTRK3 V600E"},
      {"NKX2-1 mutation", "NKX2-1 mutation", "NKX2-1 mutation"},
      {"H1-4 mutation", "H1-4 mutation", "H1-4 mutation"},
      {"BRAF-600 mutation", "error", "BRAF codon 600 mutation"},
  }));
  CAPTURE(row.in);
  const auto finding = read_text(row.in);
  CHECK((finding ? finding->value.canonical : "error") == row.finding);
  if (finding && !finding->value.family.empty() && finding->value.kind != AlterationKind::WildType) {
    CHECK(finding->warnings.front().id == "gene_of_family_unstated");
  }
  const auto rule = read_class(row.in, "", small_gene_table());
  CHECK((rule ? to_text(rule->value) : "error") == row.rule);
}

TEST_CASE("a slash between two genes of a fusion: partners, or a list where they cannot be partners (N3, M13)") {
  struct Row {
    const char* in;
    const char* finding;
    const char* rule;
  };
  const auto row = GENERATE(values<Row>({
      {"EML4/ALK fusion", "EML4/ALK", "ALK fusion (with EML4)"},
      {"EML4/ALK", "EML4/ALK", "ALK fusion (with EML4)"},
      {"TPM3/NTRK1 fusion", "TPM3/NTRK1", "NTRK1 fusion (with TPM3)"},
      {"BCR/ABL1", "BCR/ABL1", "ABL1 fusion (with BCR)"},
      {"TMPRSS2/ERG fusion", "TMPRSS2/ERG", "ERG fusion (with TMPRSS2)"},
      {"FGFR2/FGFR3 fusion", "FGFR2, FGFR3 fusion", "FGFR2/FGFR3 fusion"},
      {"ALK/ROS1 fusion", "ALK, ROS1 fusion", "ALK/ROS1 fusion (either gene)"},
      {"ALK/ROS1/RET fusion", "ALK/ROS1/RET fusion", "ALK/ROS1/RET fusion"},
      {"ALK, ROS1 fusion", "ALK, ROS1 fusion", "ALK/ROS1 fusion (either gene)"},
      {"EML4/ALK fusion (either gene)", "error", "EML4/ALK fusion (either gene)"},
  }));
  CAPTURE(row.in);
  const auto finding = read_text(row.in);
  CHECK((finding ? finding->value.canonical : "error") == row.finding);
  const auto rule = read_class(row.in, "", small_gene_table());
  CHECK((rule ? to_text(rule->value) : "error") == row.rule);
  if (!rule) return;
  const auto again = read_class(to_text(rule->value), "", small_gene_table());
  CHECK((again ? to_text(again->value) : "error") == row.rule);
}

TEST_CASE("a fusion of one partner with another gene does not meet a rule on the pair") {
  const auto rule = read_class("TPM3/NTRK1 fusion", "", small_gene_table());
  REQUIRE(rule);
  CHECK(relation(rule->value, read_text("TPM3::ALK")->value, small_gene_table()).verdict == Verdict::NotMet);
  CHECK(relation(rule->value, read_text("TPM3::NTRK1")->value, small_gene_table()).verdict == Verdict::Met);
}

TEST_CASE("a range with a missing gene names it; a range of genes where one is needed lists them") {
  for (const char* text : {"NTRK1-4 fusion", "NTRK1-4"}) {
    CAPTURE(text);
    CHECK(read_text(text).error().piece == "NTRK4");
    CHECK(read_class(text, "", small_gene_table()).error().piece == "NTRK4");
  }
  const auto copies = read_text("FGFR2-3 amplification");
  REQUIRE_FALSE(copies);
  CHECK(copies.error().code == ErrorCode::AmbiguousName);
  CHECK(copies.error().hint == "one of FGFR2, FGFR3");
}

TEST_CASE("a family with a change of one gene or with copies stays an ambiguity (N1)") {
  for (const char* text : {"NTRK amplification", "BRCA homozygous deletion", "RAS G12C", "NTRK", "RAS IHC 3+"}) {
    CAPTURE(text);
    CHECK_FALSE(read_text(text));
  }
  CHECK(read_text("NTRK amplification").error().code == ErrorCode::AmbiguousName);
  CHECK(read_text("EML4/ALK fusion")->value.canonical == "EML4/ALK");
}

TEST_CASE("what holds for each gene of the family holds, the rest is open (M2)") {
  struct Row {
    const char* rule;
    const char* finding;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"NTRK fusion", "NTRK fusion", "met M13"},
      {"NTRK1/2/3 fusion", "TRK fusion", "met M13"},
      {"NTRK1 fusion", "NTRK fusion", "unknown M2"},
      {"ALK fusion", "NTRK fusion", "not_met M3"},
      {"BRCA mutation", "BRCA pathogenic mutation", "met M1"},
      {"BRCA1 mutation", "BRCA pathogenic mutation", "unknown M2"},
      {"RB1 mutation", "BRCA pathogenic mutation", "not_met M3"},
      {"KRAS wild type", "BRCA mutation", "not_met M3"},
  }));
  CAPTURE(row.rule, row.finding);
  CHECK(related(row.rule, row.finding) == row.want);
}

TEST_CASE("RAS wild type of a rule speaks of exons 2-4 of KRAS and NRAS (M11)") {
  for (const char* text : {"RAS wild type", "RAS wild-type", "pan-RAS wild type"}) {
    CAPTURE(text);
    const auto cls = read_class(text, "", small_gene_table());
    REQUIRE(cls);
    CHECK(to_text(cls->value) == "KRAS/NRAS wild type (exons 2, 3, 4)");
  }
  const auto column = read_class("wild type", "RAS", small_gene_table());
  REQUIRE(column);
  CHECK(column->value.exons == std::vector<int>{2, 3, 4});
  CHECK(read_class("KRAS wild type", "", small_gene_table())->value.exons.empty());
}

TEST_CASE("which classes an examination of some exons decides") {
  struct Row {
    const char* rule;
    bool decided;
  };
  const auto row = GENERATE(values<Row>({
      {"KRAS G12C", true},
      {"KRAS A146T", true},
      {"KRAS G12", true},
      {"KRAS 12_13mis", true},
      {"KRAS exon 3 mutation", true},
      {"RAS wild type", true},
      {"KRAS R164Q", false},
      {"KRAS 12_160mis", false},
      {"KRAS mutation", false},
      {"KRAS wild type", false},
      {"KRAS exon 5 mutation", false},
      {"KRAS oncogenic mutation", false},
      {"KRAS c.35G>A", false},
  }));
  CAPTURE(row.rule);
  const auto cls = read_class(row.rule, "", small_gene_table());
  REQUIRE(cls);
  CHECK(lies_in_exons(cls->value, "KRAS", {2, 3, 4}, small_gene_table()) == row.decided);
}

}  // namespace
}  // namespace treff::nomenclature
