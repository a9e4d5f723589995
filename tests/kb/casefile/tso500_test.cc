#include "kb/casefile/tso500.h"

#include <catch2/catch.hpp>

#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

CaseFile read(const std::string& name) {
  auto file = read_case_file("tso500", fixture(name), "f");
  INFO((file ? std::string() : base::to_text(file.error().front())));
  REQUIRE(file);
  return std::move(*file);
}

TEST_CASE("a DNA file of the local software: variants, amplification values, TMB, MSI") {
  const CaseFile file = read("tso500_dna.tsv");
  CHECK(biomarkers_of(file) == Lines{"tmb 9.4 per_mb tumour_only tso500-dna", "msi 2.5 pct sites:120 tso500-dna"});
  CHECK(alterations_of(file) ==
        Lines{"BRAF p:NP_004324.2:p.(Val600Glu) c:NM_004333.4:c.1799T>A g:GRCh37 7:140453136 A>T tx:NM_004333.4 "
              "so:missense_variant exon:15 vaf:0.3125 depth:812 @f:41",
              "TP53 p:NP_000537.3:p.(Arg248Trp) c:NM_000546.5:c.742C>T g:GRCh37 17:7577539 G>A tx:NM_000546.5 "
              "so:missense_variant exon:7 vaf:0.4021 depth:611 @f:42",
              "MET c:NM_000245.2:c.3028+1G>A g:GRCh37 7:116412044 G>A tx:NM_000245.2 so:splice_donor_variant vaf:0.21 "
              "depth:903 @f:43",
              "KIT p:NM_000222.2:c.1638A>G(p.(Lys546=)) c:NM_000222.2:c.1638A>G g:GRCh37 4:55593464 A>C tx:NM_000222.2 "
              "so:synonymous_variant,splice_region_variant exon:10 vaf:0.5012 depth:700 @f:44",
              "TERT g:GRCh37 5:1295228 G>A so:upstream_gene_variant vaf:0.18 depth:240 @f:45",
              "FGF7 c:NM_002009.3:c.287-18000G>T g:GRCh37 15:49756000 G>T tx:NM_002009.3 so:intron_variant vaf:0.1 "
              "depth:1151 @f:46",
              "EP300 p:NP_001420.2:p.(Met1470CysfsTer26) c:NM_001429.3:c.4408del g:GRCh37 22:41566524 CA>C "
              "tx:NM_001429.3 so:frameshift_variant exon:27 vaf:0.1877 depth:554 @f:48",
              "ERBB2 call:unstated fold:6.312 @f:28", "MYC call:unstated fold:2.204 @f:29"});
  CHECK(unreadable_of(file) == Lines{"f:47 chr9 19070000 C T"});
  CHECK(tested_of(file) == "tso500-dna | ");  // no RNA sample: fusions and splice events stay unknown (M4)
  CHECK(has_issue(file, "kept_without_protein_class", "1 intron, 1 synonymous, 1 upstream gene"));
  CHECK(has_issue(file, "listed_not_amplified", "2 rows"));
  CHECK(has_issue(file, "tumour_only"));
  CHECK(has_issue(file, "assembly_documented", "GRCh37"));
  CHECK(file.sample.dna == "T-1001");
  CHECK(file.sample.rna.empty());
}

TEST_CASE("an RNA file: fusions, splice events, and nothing measured on DNA") {
  const CaseFile file = read("tso500_rna.tsv");
  CHECK(biomarkers_of(file).empty());
  CHECK(alterations_of(file) == Lines{"EGFR splice:2-7 rna @f:29", "MET splice:14-14 rna @f:30",
                                      "fusion:EML4>ALK @f:34", "fusion:KIF5B/RET @f:35", "fusion:CD74>ROS1;GOPC @f:36",
                                      "fusion:NKX2-1>RET @f:37", "HLA-A-ALK @f:38"});
  CHECK(file.reading.unreadable.empty());
  CHECK(tested_of(file) == "tso500-rna | ");
  CHECK(has_issue(file, "fusion_few_reads", "NKX2-1-RET"));
  CHECK_FALSE(has_issue(file, "biomarker_failed"));
}

TEST_CASE("a DRAGEN file: copies, heterozygosity, instability score, absent small variants") {
  const CaseFile file = read("tso500_dragen.tsv");
  CHECK(biomarkers_of(file) ==
        Lines{"tmb failed tumour_only tso500-dna", "msi 30 pct sites:110 tso500-dna", "hrd 47 score tso500-dna"});
  CHECK(alterations_of(file) == Lines{"EGFR call:unstated fold:5.5 copies:14 @f:30",
                                      "CDKN2A call:loss fold:0.4 copies:0 @f:31",
                                      "BRCA1 call:unstated copies:2 minor:0 @f:36"});
  CHECK(tested_of(file) == "tso500-dna tso500-rna | small tmb");
  CHECK(file.reading.tumour_case.specimen.tumour_fraction == 0.55);
  CHECK(has_issue(file, "section_absent", "Small Variants"));
  CHECK(has_issue(file, "section_note", "BETA FEATURE"));
  CHECK(has_issue(file, "section_not_read", "Percent Contamination"));
  CHECK(has_issue(file, "genomic_instability"));
  CHECK(has_issue(file, "biomarker_failed", "TMB"));
  CHECK(has_issue(file, "last_line_open", "rows may be missing"));
}

TEST_CASE("a file that went through a spreadsheet: quotes, commas, dates, other column order, CRLF") {
  const CaseFile file = read("tso500_spreadsheet.tsv");
  CHECK(biomarkers_of(file) == Lines{"tmb 9.4 per_mb tumour_only tso500-dna", "msi 7.69 pct sites:39 tso500-dna"});
  CHECK(alterations_of(file) ==
        Lines{"BRAF p:NP_004324.2:p.(Val600Glu) c:NM_004333.4:c.1799T>A g:GRCh37 7:140453136 A>T tx:NM_004333.4 "
              "so:missense_variant vaf:0.3125 depth:812 @f:24",
              "KRAS p:NP_004976.2:p.(Gly12Asp) c:NM_004985.3:c.35G>A g:GRCh37 12:25398284 C>T tx:NM_004985.3 "
              "so:missense_variant exon:2 @f:26",
              "ERBB2 call:unstated fold:6.312 @f:19"});
  CHECK(unreadable_of(file) == Lines{"f:25 14-Sep", "f:20 MYC sep.14"});
  CHECK(tested_of(file) == "tso500-dna | copy_number small");  // a row not read: silence proves nothing there
  CHECK(has_issue(file, "class_incomplete", "1 row of small"));
  CHECK(has_issue(file, "fraction_unread", "31 %"));
  CHECK(has_issue(file, "depth_unread", "many"));
  CHECK(has_issue(file, "exon_unread"));
}

// A whole small file with one part exchanged.
std::string file_with(const std::string& part, const std::string& instead) {
  std::string text = fixture("tso500_dna.tsv");
  const auto at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), instead);
}

TEST_CASE("broken files are refused with the line and the missing piece") {
  struct Row {
    const char* name;
    std::string text;
    ErrorCode code;
    const char* where;
    const char* part;
  };
  const std::string whole = fixture("tso500_dna.tsv");
  const Row rows[] = {
      {"a column is missing", file_with("Depth\t", "Reads\t"), ErrorCode::WrongColumns, "f:40", "Depth"},
      {"another column is missing", file_with("Gene\tFold Change", "Gene\tRatio"), ErrorCode::WrongColumns, "f:27",
       "Fold Change"},
      {"a column stands twice", file_with("Chromosome\t", "Gene\t"), ErrorCode::WrongColumns, "f:40", "twice"},
      {"commas instead of tabs", file_with("Gene\tFold Change", "Gene,Fold Change"), ErrorCode::WrongColumns, "f:27",
       "Gene"},
      {"a value is missing", file_with("Total TMB", "Some TMB"), ErrorCode::WrongColumns, "f:16", "Total TMB"},
      {"no DNA sample line", file_with("DNA Sample ID", "Sample"), ErrorCode::WrongColumns, "f:4", "DNA Sample ID"},
      {"a section twice", file_with("[Fusions]", "[MSI]"), ErrorCode::DuplicateId, "f:35", "[MSI]"},
      {"title alone", whole.substr(0, whole.find('\n')), ErrorCode::TruncatedFile, "f", "first section"},
      {"no analysis details", file_with("[Analysis Details]", "[Other]"), ErrorCode::TruncatedFile, "f",
       "Analysis Details"},
      {"inside a section's name", whole.substr(0, whole.find("Fusions]") + 4), ErrorCode::TruncatedFile, "f:35",
       "name of a section"},
      {"behind a section's name", whole.substr(0, whole.find("Fusions]") + 8), ErrorCode::TruncatedFile, "f:35",
       "[Fusions]"},
      {"inside a header", whole.substr(0, whole.find("Alternative Call")), ErrorCode::TruncatedFile, "f:40",
       "inside the header"},
      {"inside a row", whole.substr(0, whole.find("0.4021")), ErrorCode::TruncatedFile, "f:42", "inside a row"},
      {"inside a value", whole.substr(0, whole.find("9.4") + 1), ErrorCode::TruncatedFile, "f:17", "[TMB]"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto file = read_case_file("tso500", row.text, "f");
    REQUIRE_FALSE(file);
    const Error& error = file.error().front();
    CHECK(error.code == row.code);
    CHECK(error.where == row.where);
    CHECK_THAT(error.message, Catch::Contains(row.part));
  }
}

TEST_CASE("a file of sections beyond number is refused") {
  std::string text = fixture("tso500_dna.tsv");
  for (int i = 0; i < 200; ++i) text += "[Section " + std::to_string(i) + "]\n";
  const auto file = read_case_file("tso500", text, "f");
  REQUIRE_FALSE(file);
  CHECK(file.error().front().code == ErrorCode::TooLarge);
}

TEST_CASE("two broken tables are both named") {
  std::string text = file_with("Depth\t", "Reads\t");
  text.replace(text.find("Gene\tFold Change"), 16, "Gene\tRatio      ");
  const auto file = read_case_file("tso500", text, "f");
  REQUIRE_FALSE(file);
  CHECK(file.error().size() == 2);
}

TEST_CASE("a file cut anywhere is refused or says what is missing, and never reads a number cut short in silence") {
  const std::string whole = fixture("tso500_dna.tsv");
  const std::size_t details = whole.find("[TMB]");
  const CaseFile complete = read("tso500_dna.tsv");
  for (std::size_t cut = details; cut + 1 < whole.size(); ++cut) {
    const auto file = read_case_file("tso500", whole.substr(0, cut), "f");
    if (!file) {
      if (file.error().front().code != ErrorCode::TruncatedFile) FAIL("cut at byte " << cut);
      continue;
    }
    const std::size_t line = whole.rfind('\n', cut - 1) + 1;
    const bool at_line_start = base::trim(std::string_view(whole).substr(line, cut - line)).empty();
    const bool all_read =
        file->reading.tumour_case.alterations.size() == complete.reading.tumour_case.alterations.size();
    const bool told =
        at_line_start || all_read || has_issue(*file, "section_absent") || has_issue(*file, "last_line_open");
    if (!told) FAIL("cut at byte " << cut << " after " << whole.substr(cut - 20, 20));
  }
}

TEST_CASE("which sample is named decides what counts as tested (M4)") {
  struct Row {
    const char* name;
    const char* dna;
    const char* rna;
    const char* tested;
    const char* issue;
  };
  const Row rows[] = {
      {"DNA", "T-1", "NA", "tso500-dna | ", "tumour_only"},
      {"DNA and RNA", "T-1", "T-1-R", "tso500-dna tso500-rna | ", "tumour_only"},
      {"RNA", "NA", "T-1", "tso500-rna | ", "finding_without_sample"},
      {"none", "NA", "", "nothing stated", "sample_not_named"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    std::string text = file_with("DNA Sample ID\tT-1001", std::string("DNA Sample ID\t") + row.dna);
    const std::string rna = "RNA Sample ID\tNA";
    text.replace(text.find(rna), rna.size(), std::string("RNA Sample ID\t") + row.rna);
    const auto file = read_case_file("", text, "f");
    REQUIRE(file);
    CHECK(tested_of(*file) == row.tested);
    CHECK(has_issue(*file, row.issue));
  }
}

TEST_CASE("values that cannot be are failed measurements, never 0") {
  struct Row {
    const char* from;
    const char* to;
    const char* tmb;
    const char* msi;
    const char* failed;
  };
  const Row rows[] = {
      {"Total TMB\t9.4", "Total TMB\tNA", "tmb failed tumour_only tso500-dna", "msi 2.5 pct sites:120 tso500-dna",
       "tso500-dna | tmb"},
      {"Total TMB\t9.4", "Total TMB\t-1", "tmb failed tumour_only tso500-dna", "msi 2.5 pct sites:120 tso500-dna",
       "tso500-dna | tmb"},
      {"Total TMB\t9.4", "Total TMB\thigh", "tmb failed tumour_only tso500-dna", "msi 2.5 pct sites:120 tso500-dna",
       "tso500-dna | tmb"},
      {"Sites\t2.5", "Sites\tNA", "tmb 9.4 per_mb tumour_only tso500-dna", "msi failed sites:120 tso500-dna",
       "tso500-dna | msi"},
      {"Sites\t2.5", "Sites\t250", "tmb 9.4 per_mb tumour_only tso500-dna", "msi failed sites:120 tso500-dna",
       "tso500-dna | msi"},
  };
  for (const Row& row : rows) {
    INFO(row.to);
    const auto file = read_case_file("", file_with(row.from, row.to), "f");
    REQUIRE(file);
    CHECK(biomarkers_of(*file) == Lines{row.tmb, row.msi});
    CHECK(tested_of(*file) == row.failed);
  }
}

TEST_CASE("plasma is told apart from tissue") {
  const auto file = read_case_file("", file_with("500 - Combined", "500 ctDNA - Combined"), "f");
  REQUIRE(file);
  CHECK(file->reading.tumour_case.specimen.kind == "plasma");
  CHECK(tested_of(*file) == "nothing stated");
}

TEST_CASE("DNA without TMB and MSI: an empty list is no negative") {
  std::string text = file_with("Total TMB\t9.4", "Total TMB\tNA");
  text.replace(text.find("Sites\t2.5"), 9, "Sites\tNA ");
  const std::size_t rows = text.find("ERBB2\t");
  text.replace(rows, text.find("[Splice") - rows, "\n");
  const auto file = read_case_file("", text, "f");
  REQUIRE(file);
  CHECK(tested_of(*file) == "tso500-dna | copy_number msi tmb");  // small variants were found, so they were examined
  CHECK(has_issue(*file, "dna_may_have_failed"));
}

TEST_CASE("a percentage that is not that of its counts is told") {
  const auto file = read_case_file("", file_with("Sites\t2.5", "Sites\t25"), "f");
  REQUIRE(file);
  CHECK(has_issue(*file, "msi_percent_disagrees"));
}

}  // namespace
}  // namespace treff::casefile
