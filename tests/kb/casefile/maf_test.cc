#include "kb/casefile/maf.h"

#include <catch2/catch.hpp>

#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

TEST_CASE("a MAF of two tumours gives two cases, and nothing is said of what was tested") {
  const auto files = read_case_files("maf", fixture("two_tumours.maf"), "f");
  REQUIRE(files);
  REQUIRE(files->size() == 2);
  const CaseFile& a = files->at(0);
  const CaseFile& b = files->at(1);
  CHECK(a.sample.other == "TUMOUR-A");
  CHECK(b.sample.other == "TUMOUR-B");
  CHECK(alterations_of(a) == Lines{"BRAF p:p.Val600Glu c:c.1799T>A g:GRCh38 7:140753336 A>T tx:NM_004333.6 "
                                   "so:missense_variant exon:15 vaf:0.25 depth:200 origin:somatic @f:3",
                                   "RUNX1 p:p.X168_splice c:c.504_508+1dup tx:ENST00000675419 so:Splice_Site @f:4"});
  CHECK(unreadable_of(a) == Lines{"f:6 1 1000 G A"});
  CHECK(alterations_of(b) == Lines{"TP53 p:p.Pro36= so:Silent vaf:0.25 depth:40 @f:5"});
  for (const CaseFile* file : {&a, &b}) {
    CHECK(tested_of(*file) == "nothing stated");
    CHECK(has_issue(*file, "tests_not_stated"));
    CHECK(has_issue(*file, "position_unread"));
  }
  CHECK(has_issue(b, "filter_not_passed"));
}

TEST_CASE("a MAF of several tumours is not one case") {
  const auto file = read_case_file("maf", fixture("two_tumours.maf"), "f");
  REQUIRE_FALSE(file);
  CHECK(file.error().front().code == ErrorCode::DifferentSamples);
}

TEST_CASE("subsets of the columns: the gene and one form of the change are enough") {
  struct Row {
    const char* header;
    const char* row;
    const char* want;
  };
  const Row rows[] = {
      {"Hugo_Symbol\tHGVSp_Short", "BRAF\tp.V600E", "BRAF p:p.V600E @f:2"},
      {"HUGO_SYMBOL\tHGVSp", "BRAF\tVal600Glu", "BRAF p:Val600Glu @f:2"},
      {"Hugo_Symbol\tHGVSc\tTranscript_ID", "TERT\tc.-124C>T\tENST1", "TERT c:c.-124C>T tx:ENST1 @f:2"},
      {"NCBI_Build\tHugo_Symbol\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele2",
       "hg19\tTERT\t5\t1295228\tG\tA", "TERT g:GRCh37 5:1295228 G>A @f:2"},
  };
  for (const Row& row : rows) {
    INFO(row.header);
    const auto file = read_case_file("", std::string(row.header) + "\n" + row.row + "\n", "f");
    REQUIRE(file);
    CHECK(alterations_of(*file) == Lines{row.want});
  }
}

TEST_CASE("broken MAF files") {
  struct Row {
    const char* name;
    const char* text;
    ErrorCode code;
    const char* where;
  };
  const Row rows[] = {
      {"no change column", "Hugo_Symbol\tCenter\nBRAF\tx\n", ErrorCode::WrongColumns, "f:1"},
      {"header cut", "#version 2.4\nHugo_Symbol\tEntrez", ErrorCode::TruncatedFile, "f:2"},
      {"no rows", "Hugo_Symbol\tHGVSp_Short\n", ErrorCode::TruncatedFile, "f"},
      {"row cut", "Hugo_Symbol\tHGVSp_Short\nBRAF", ErrorCode::TruncatedFile, "f:2"},
      {"row shifted", "Hugo_Symbol\tHGVSp_Short\nBRAF\tx\tp.V600E\n", ErrorCode::WrongColumns, "f:2"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto files = read_case_files("maf", row.text, "f");
    REQUIRE_FALSE(files);
    CHECK(files.error().front().code == row.code);
    CHECK(files.error().front().where == row.where);
  }
}

TEST_CASE("a row with a gene and nothing else is listed, not taken for an alteration") {
  const auto file = read_case_file("", "Hugo_Symbol\tHGVSp_Short\tHGVSc\nBRAF\t\t\nKRAS\tp.G12D\tc.35G>A\n", "f");
  REQUIRE(file);
  CHECK(alterations_of(*file) == Lines{"KRAS p:p.G12D c:c.35G>A @f:3"});
  CHECK(unreadable_of(*file) == Lines{"f:2 BRAF"});
}

}  // namespace
}  // namespace treff::casefile
