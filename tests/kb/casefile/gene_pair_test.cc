#include "kb/casefile/gene_pair.h"

#include <catch2/catch.hpp>

#include "tests/kb/casefile/describe.h"

namespace treff::casefile {
namespace {

TEST_CASE("gene pairs: direction, several genes at one breakpoint, dashes in names (M13)") {
  struct Row {
    const char* in;
    const char* want;  // "text ..." where the split is left to the gene table, "error" where it cannot be read
  };
  const Row rows[] = {
      {"EML4-ALK", "EML4>ALK"},
      {" EML4--ALK ", "EML4>ALK"},
      {"EML4::ALK", "EML4>ALK"},
      {"KIF5B/RET", "KIF5B/RET"},
      {"PPARG/AC016683.6;PAX8", "PPARG/AC016683.6;PAX8"},
      {"SLC34A2-ROS1;GOPC", "SLC34A2>ROS1;GOPC"},
      {"ROS1;GOPC;ROS1-CD74", "ROS1;GOPC>CD74"},
      {"NKX2-1/RET", "NKX2-1/RET"},
      {"NKX2-1-RET", "NKX2-1>RET"},
      {"RET-NKX2-1", "RET>NKX2-1"},
      {"H1-4-ALK", "H1-4>ALK"},
      {"EGFR-SEPT14", "EGFR>SEPT14"},
      {"EGFR-EGFR", "EGFR>EGFR intragenic"},
      {"HLA-A-ALK", "text HLA-A-ALK"},
      {"HLA-A/ALK", "HLA-A/ALK"},
      {"HLA-A-ALK;ROS1", "error"},
      {"ALK", "error"},
      {"NKX2-1", "error"},
      {"-ALK", "error"},
      {"ALK-", "error"},
      {"A/B/C", "error"},
      {"EML4/14-Sep", "error"},
      {"", "error"},
      {"EML4 ALK", "error"},
  };
  for (const Row& row : rows) {
    INFO(row.in);
    const auto pair = read_gene_pair(row.in);
    const std::string got = !pair ? "error" : pair->fusion ? describe_fusion(*pair->fusion) : "text " + pair->text;
    CHECK(got == row.want);
  }
}

}  // namespace
}  // namespace treff::casefile
