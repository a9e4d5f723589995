#include "kb/casefile/cell_value.h"

#include <catch2/catch.hpp>

#include "kb/base/text.h"

namespace treff::casefile {
namespace {

TEST_CASE("numbers: point or comma, and text that is none") {
  struct Row {
    const char* in;
    const char* want;  // empty = nothing there
  };
  const Row rows[] = {{"0.31", "0.31"}, {"0,31", "0.31"},   {"4,00E-06", "4e-06"}, {"12", "12"},
                      {"", ""},         {"1.234,5", "bad"}, {"31 %", "bad"},       {"nan", "bad"}};
  for (const Row& row : rows) {
    INFO(row.in);
    const NumberCell cell = read_number(row.in);
    CHECK((cell.value ? base::to_text(*cell.value) : cell.unreadable ? "bad" : "") == row.want);
  }
}

TEST_CASE("exon cells") {
  struct Row {
    const char* in;
    int first;
    int last;
  };
  const Row rows[] = {{"14/21", 14, 14}, {"2-7/28", 2, 7}, {"exon5", 5, 5}, {"14", 14, 14},
                      {"4-8", 4, 8},     {"exonNA", 0, 0}, {"7-2", 0, 0},   {"0", 0, 0},
                      {"8/", 0, 0},      {"8-Jan", 0, 0},  {"", 0, 0},      {"999", 0, 0}};
  for (const Row& row : rows) {
    INFO(row.in);
    const auto exons = read_exons(row.in).value_or(ExonRange{});
    CHECK(exons.first == row.first);
    CHECK(exons.last == row.last);
  }
}

TEST_CASE("gene names by shape, and the dates that spreadsheets make of them") {
  for (const char* name : {"BRAF", "NKX2-1", "HLA-A", "AC016683.6", "C11orf30", "SEPT14", "MARCH1", "DEC1", "H3-3A"}) {
    INFO(name);
    CHECK(is_gene_name(name));
  }
  for (const char* name : {"14-Sep", "sep.14", "1.mar", "Mar-01", "2026-03-01", "7", "", "A", "BRAF V600E", "BRAF;KRAS",
                           "ALK-", "p.V600E?", "../x"}) {
    INFO(name);
    CHECK_FALSE(is_gene_name(name));
  }
  CHECK(is_spreadsheet_date("1.des"));
  CHECK_FALSE(is_spreadsheet_date("AC016683.6"));
}

TEST_CASE("genome positions") {
  struct Row {
    const char* chromosome;
    const char* position;
    const char* ref;
    const char* alt;
    const char* want;
  };
  const Row rows[] = {
      {"chr7", "140453136", "A", "T", "7:140453136 A>T"},
      {"X", "44929077", "ca", "c", "X:44929077 CA>C"},
      {"chrM", "152", "T", "C", "MT:152 T>C"},
      {"chr23", "1", "A", "T", "none"},
      {"chr7", "1e6", "A", "T", "none"},
      {"chr7", "0", "A", "T", "none"},
      {"chr7", "100", "-", "T", "none"},
      {"chr7", "100", "A", "<DEL>", "none"},
  };
  for (const Row& row : rows) {
    CHECK(genomic_text(row.chromosome, row.position, row.ref, row.alt).value_or("none") == row.want);
  }
  CHECK(accession_of("NM_003820.3:c.50A>G") == "NM_003820.3");
  CHECK(accession_of("c.50A>G").empty());
}

}  // namespace
}  // namespace treff::casefile
