#include "kb/casefile/tsoppi.h"

#include <catch2/catch.hpp>

#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

std::vector<CaseFile> read(const std::string& name) {
  auto files = read_case_files("tsoppi", fixture(name), "f");
  INFO((files ? std::string() : base::to_text(files.error().front())));
  REQUIRE(files);
  return std::move(*files);
}

TEST_CASE("the small variant table: findings kept, exclusions counted, nothing lost") {
  const auto files = read("tsoppi_small.tsv");
  REQUIRE(files.size() == 1);
  const CaseFile& file = files.front();
  CHECK(alterations_of(file) ==
        Lines{"BRAF p:Val600Glu c:c.1799T>A g:GRCh37 7:140453136 A>T tx:NM_004333 so:missense_variant exon:15 vaf:0.21 "
              "depth:640 @f:5",
              "APC p:Q1294X c:c.3880C>T g:GRCh37 5:112175171 C>T tx:ENST00000457016 so:stop_gained exon:16 vaf:0.044 "
              "depth:500 @f:6",
              "ATM c:c.5178-1G>T g:GRCh37 11:108172374 G>T tx:ENST00000278616 so:splice_acceptor_variant vaf:0.05 "
              "depth:410 @f:7",
              "TERT g:GRCh37 5:1295228 G>A tx:NM_198253 so:non_coding_transcript_variant vaf:0.3 depth:95 @f:8",
              "PDGFRA p:Ser667= c:c.2001C>T g:GRCh37 4:55140755 C>T tx:NM_006206 "
              "so:splice_region_variant,synonymous_variant vaf:0.5 depth:300 @f:9",
              "NRAS p:Gln61Arg c:c.182A>G g:GRCh37 1:115256529 T>C tx:NM_002524 so:missense_variant exon:3 vaf:0.11 "
              "depth:512 origin:somatic @f:14"});
  CHECK(unreadable_of(file) == Lines{"f:12 14 38054085 T G"});
  CHECK(has_issue(file, "excluded_by_pipeline", "recurrent_artifact (line 10)"));
  CHECK(has_issue(file, "excluded_by_pipeline", "germline_population (line 11)"));
  CHECK(has_issue(file, "excluded_by_pipeline", "normal_origin (line 13)"));
  CHECK(has_issue(file, "excluded_pathogenic", "TP53 R273H"));
  CHECK(has_issue(file, "judgement_unknown", "checked"));
  CHECK(has_issue(file, "column_not_read", "Gene_CN"));
  CHECK(tested_of(file) == "tso500-dna | copy_number msi tmb");
  CHECK(file.reading.tumour_case.specimen.tumour_fraction == 0.45);
  CHECK(file.sample.dna == "IPX9907");
  CHECK(file.reading.tumour_case.id.empty());
}

TEST_CASE("the genome build comes from the file's comments and is not guessed") {
  struct Row {
    const char* version;
    const char* genomic;
    const char* issue;
  };
  const Row rows[] = {
      {"1/2/3/4/hg19/T", "g:GRCh37 7:140453136 A>T", "tumour_fraction_estimated"},
      {"1/2/3/4/hg38/T", "g:GRCh38 7:140453136 A>T", "tumour_fraction_estimated"},
      {"1/2/3/4/t2t/T", "", "assembly_unknown"},
      {"1/2", "g:GRCh37 7:140453136 A>T", "assembly_documented"},
  };
  for (const Row& row : rows) {
    INFO(row.version);
    std::string text = fixture("tsoppi_small.tsv");
    const std::string from = "2.2.0.12/0.3.2:22-06-07/1.0.0/1.0.0/hg19/T";
    text.replace(text.find(from), from.size(), row.version);
    const auto file = read_case_file("", text, "f");
    REQUIRE(file);
    const std::string first = alterations_of(*file).front();
    CHECK((std::string(row.genomic).empty() ? first.find("g:") == std::string::npos
                                            : first.find(row.genomic) != std::string::npos));
    CHECK(has_issue(*file, row.issue));
  }
}

TEST_CASE("the variant summary: one case a tumour, DNA and RNA rows joined") {
  const auto files = read("tsoppi_summary.tsv");
  REQUIRE(files.size() == 3);
  CHECK(alterations_of(files[0]) == Lines{"ERBB2 call:unstated fold:6.312 @f:5", "MYC call:unstated fold:1.512 @f:5",
                                          "MET splice:14-14 rna @f:6", "AR splice:4-8 rna @f:6",
                                          "fusion:KIF5B/RET @f:6", "fusion:NKX2-1>ALK @f:6"});
  CHECK(biomarkers_of(files[0]) == Lines{"tmb 20 per_mb tumour_only tso500-dna", "msi 12.5 pct sites:32 tso500-dna"});
  CHECK(tested_of(files[0]) == "tso500-dna tso500-rna | small");
  CHECK(has_issue(files[0], "fusion_few_reads", "NKX2-1-ALK"));

  CHECK(alterations_of(files[1]).empty());
  CHECK(biomarkers_of(files[1]) == Lines{"tmb failed tumour_only tso500-dna",
                                         "msi failed sites:0 tso500-dna"});  // never 0 mutations, never stable
  CHECK(tested_of(files[1]) == "tso500-dna | copy_number msi small tmb");

  CHECK(tested_of(files[2]) == "tso500-rna | ");  // NA in an RNA row: fusions examined, none reported
  CHECK(biomarkers_of(files[2]).empty());
}

TEST_CASE("the successor's summary with eleven columns and decimal commas") {
  const auto files = read("tsoppi_summary_eleven.tsv");
  REQUIRE(files.size() == 1);
  CHECK(alterations_of(files[0]) ==
        Lines{"EGFR call:unstated fold:5.5 copies:14 @f:2", "CDKN2A call:loss fold:0.4 @f:2"});
  CHECK(biomarkers_of(files[0]) ==
        Lines{"tmb 7.5 per_mb tumour_only tso500-dna", "msi 0.88 pct sites:114 tso500-dna", "hrd 47 score tso500-dna"});
  CHECK(unreadable_of(files[0]) == Lines{"f:2 BRCA1 exon 5"});
  CHECK(tested_of(files[0]) == "tso500-dna | copy_number small");
  CHECK(files[0].reading.tumour_case.specimen.tumour_fraction == 0.55);
}

TEST_CASE("cells of the summary that cannot be read are listed, and their kind is no longer a negative") {
  struct Row {
    const char* amplifications;
    const char* splice;
    const char* fusions;
    std::size_t alterations;
    const char* piece;
    const char* failed;
  };
  const Row rows[] = {
      {"ERBB2", "NA", "NA", 0, "f:2 ERBB2", "copy_number msi small tmb"},
      {"ERBB2 (high)", "NA", "NA", 0, "f:2 ERBB2 high", "copy_number msi small tmb"},
      {"ERBB2 (6.3)|", "NA", "NA", 1, "", "msi small tmb"},
      {"NA", "MET 14", "NA", 0, "f:2 MET 14", "copy_number msi small splice tmb"},
      {"NA", "MET[exon]", "NA", 0, "f:2 MET exon", "copy_number msi small splice tmb"},
      {"NA", "NA", "ALK", 0, "f:2 ALK", "copy_number fusion msi small tmb"},
      {"NA", "NA", "EML4-ALK", 1, "", "copy_number msi small tmb"},
  };
  for (const Row& row : rows) {
    INFO(row.amplifications << " " << row.splice << " " << row.fusions);
    const std::string text = std::string("sample_id\tTMB\tMSI\tgene_amplifications\tsplice_variants\tfusions\n") +
                             "X-1-D01\tNA\tNA\t" + row.amplifications + "\t" + row.splice + "\t" + row.fusions + "\n";
    const auto file = read_case_file("", text, "f");
    REQUIRE(file);
    CHECK(file->reading.tumour_case.alterations.size() == row.alterations);
    CHECK(unreadable_of(*file) == (std::string(row.piece).empty() ? Lines{} : Lines{row.piece}));
    CHECK(tested_of(*file) == std::string("tso500-dna | ") + row.failed);
  }
}

TEST_CASE("a row that does not say which material was examined") {
  const std::string head = "sample_id\tTMB\tMSI\tgene_amplifications\tsplice_variants\tfusions\n";
  struct Row {
    const char* row;
    const char* tested;
  };
  const Row rows[] = {
      {"CASE7\t3.1 (4)\t1.00 (1/100)\tNA\tNA\tNA\n", "tso500-dna | small"},
      {"CASE7\tNA\tNA\tNA\tNA\tEML4-ALK (a-b) 9/1/1\n", "tso500-rna | "},
      {"CASE7\tNA\tNA\tNA\tNA\tNA\n", "nothing stated"},
  };
  for (const Row& row : rows) {
    INFO(row.row);
    const auto file = read_case_file("", head + row.row, "f");
    REQUIRE(file);
    CHECK(tested_of(*file) == row.tested);
  }
}

TEST_CASE("broken tables are refused with the line and the missing piece") {
  const std::string small = fixture("tsoppi_small.tsv");
  const std::string summary = fixture("tsoppi_summary.tsv");
  const auto with = [](std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
  };
  struct Row {
    const char* name;
    std::string text;
    ErrorCode code;
    const char* where;
    const char* part;
  };
  const Row rows[] = {
      {"comments alone", small.substr(0, small.find("Sample_ID")), ErrorCode::TruncatedFile, "f:3", "header"},
      {"column missing", with(small, "AF_tumor_DNA", "AF"), ErrorCode::WrongColumns, "f:4", "AF_tumor_DNA"},
      {"header cut", small.substr(0, small.find("\tDepth_tumor_DNA")), ErrorCode::TruncatedFile, "f:4", "header"},
      {"row cut", small.substr(0, small.find("Gln61Arg")), ErrorCode::TruncatedFile, "f:14", "inside a row"},
      {"two samples", with(small, "IPX9907\tAPC", "IPX9908\tAPC"), ErrorCode::DifferentSamples, "f:6", "two samples"},
      {"summary column missing", with(summary, "\tfusions", "\tother"), ErrorCode::WrongColumns, "f:4", "fusions"},
      {"summary row short", with(summary, "\tNA\tNA\tNA\nIPX9909", "\nIPX9909"), ErrorCode::WrongColumns, "f:7",
       "not as many cells"},
      {"summary row shifted", with(summary, "NA (0/0)\t", "NA (0/0)\tNA\t"), ErrorCode::WrongColumns, "f:7",
       "not as many cells"},
      {"summary without rows", summary.substr(0, summary.find("IPX9907")), ErrorCode::TruncatedFile, "f", "no rows"},
      {"summary row cut", summary.substr(0, summary.rfind("\tNA")), ErrorCode::TruncatedFile, "f:8", "inside a row"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto files = read_case_files("tsoppi", row.text, "f");
    REQUIRE_FALSE(files);
    CHECK(files.error().front().code == row.code);
    CHECK(files.error().front().where == row.where);
    CHECK_THAT(files.error().front().message, Catch::Contains(row.part));
  }
}

TEST_CASE("a table of no rows is no negative") {
  const std::string small = fixture("tsoppi_small.tsv");
  const auto file = read_case_file("tsoppi", small.substr(0, small.find("\nIPX9907") + 1), "f");
  REQUIRE(file);
  CHECK(tested_of(*file) == "tso500-dna | copy_number msi small tmb");
  CHECK(has_issue(*file, "table_without_rows"));
}

TEST_CASE("a row with too few cells in the middle is listed and makes the table incomplete") {
  std::string text = fixture("tsoppi_small.tsv");
  const std::size_t at = text.find("c.1799T>A");
  text.erase(at, text.find('\n', at) - at);
  const auto file = read_case_file("tsoppi", text, "f");
  REQUIRE(file);
  CHECK(file->reading.tumour_case.alterations.size() == 5);
  CHECK(unreadable_of(*file).front() == "f:5 IPX9907");
  CHECK(tested_of(*file) == "tso500-dna | copy_number msi small tmb");
}

}  // namespace
}  // namespace treff::casefile
