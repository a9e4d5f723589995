#include "kb/nomenclature/gene_table.h"

#include <catch2/catch.hpp>

namespace treff::nomenclature {
namespace {

GeneFacts gene(std::string symbol, std::vector<std::string> aliases, std::vector<std::string> previous = {}) {
  GeneFacts facts;
  facts.symbol = std::move(symbol);
  facts.aliases = std::move(aliases);
  facts.previous_symbols = std::move(previous);
  return facts;
}

GeneTable small_table() {
  return GeneTable(
      {
          gene("SLTM", {"MET"}),  // a public alias list says so; the symbol MET must win
          gene("MET", {"c-MET", "HGFR"}),
          gene("ERBB2", {"HER2", "HER-2", "HER2/NEU"}),
          gene("CD274", {"PD-L1", "B7-H1"}),
          gene("KMT2A", {"HRX"}, {"MLL"}),
          gene("C9orf72", {}),
          gene("NTRK1", {"TRK", "TRKA"}),
          gene("NTRK2", {"TRKB"}),
          gene("PRH2", {"PR"}),
          gene("PGR", {"PR"}),
          gene("SEPTIN14", {}, {"SEPT14"}),
          gene("NEWER", {"SHARED"}),
          gene("OLDER", {}, {"SHARED", "NEWER"}),
          gene("NKX2-1", {}),
      },
      {{"NTRK", {"TRK", "NTRK1/2/3"}, {"NTRK1", "NTRK2", "NTRK3"}}, {"MET", {}, {"NTRK1"}}});
}

TEST_CASE("a gene name gives one approved symbol: symbol before alias before previous symbol (N1)") {
  using Kind = GeneTable::NameKind;
  struct Row {
    const char* in;
    const char* symbol;
    Kind by;
  };
  const Row rows[] = {
      {"MET", "MET", Kind::Symbol},           {"met", "MET", Kind::Symbol},
      {" c-met ", "MET", Kind::Alias},        {"HER2", "ERBB2", Kind::Alias},
      {"Her2/neu", "ERBB2", Kind::Alias},     {"PD-L1", "CD274", Kind::Alias},
      {"PD\u2011L1", "CD274", Kind::Alias},   {"MLL", "KMT2A", Kind::Previous},
      {"C9ORF72", "C9orf72", Kind::Symbol},   {"TRKA", "NTRK1", Kind::Alias},
      {"sept14", "SEPTIN14", Kind::Previous}, {"SHARED", "NEWER", Kind::Alias},
      {"NEWER", "NEWER", Kind::Symbol},       {"NKX2\u20131", "NKX2-1", Kind::Symbol},
  };
  const GeneTable genes = small_table();
  for (const Row& row : rows) {
    INFO(row.in);
    const auto found = genes.find(row.in);
    REQUIRE(found);
    CHECK(found->gene->symbol == row.symbol);
    CHECK(found->by == row.by);
  }
}

TEST_CASE("a name that is not one gene is an error with what to do") {
  struct Row {
    const char* in;
    ErrorCode code;
    const char* hint;
  };
  const Row rows[] = {
      {"PR", ErrorCode::AmbiguousName, "one of PGR, PRH2"},
      {"TRK", ErrorCode::AmbiguousName, "one of NTRK1, NTRK2, NTRK3"},
      {"ntrk", ErrorCode::AmbiguousName, "one of NTRK1, NTRK2, NTRK3"},
      {"ERBB", ErrorCode::UnknownName, "similar symbols: ERBB2"},
      {"NTRK9", ErrorCode::UnknownName, "similar symbols: NTRK1, NTRK2"},
      {"ZZZZZZ", ErrorCode::UnknownName, ""},
      {"", ErrorCode::UnknownName, ""},
      {"ERBB2 AMPLIFICATION WITH A LONG TEXT", ErrorCode::UnknownName, ""},
  };
  const GeneTable genes = small_table();
  for (const Row& row : rows) {
    INFO(row.in);
    const auto found = genes.find(row.in);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == row.code);
    CHECK(found.error().hint == row.hint);
    CHECK(found.error().piece == row.in);
  }
}

TEST_CASE("by_symbol takes the approved symbol alone") {
  const GeneTable genes = small_table();
  REQUIRE(genes.by_symbol("ERBB2") != nullptr);
  CHECK(genes.by_symbol("ERBB2")->symbol == "ERBB2");
  for (const char* name : {"HER2", "erbb2", "MLL", "", "NTRK"}) {
    INFO(name);
    CHECK(genes.by_symbol(name) == nullptr);
  }
}

TEST_CASE("a family is found by each of its everyday names") {
  const GeneTable genes = small_table();
  for (const char* name : {"NTRK", "trk", "NTRK1/2/3"}) {
    INFO(name);
    REQUIRE(genes.family(name) != nullptr);
    CHECK(genes.family(name)->members.size() == 3);
  }
  CHECK(genes.family("NTRK1") == nullptr);
}

TEST_CASE("a residue of another transcript maps to the reference or to nothing (N6)") {
  IsoformFacts met;  // MET NM_001127500: 18 residues more at exon 10
  met.protein_length = 1408;
  met.shifts = {{1, 0}, {756, kNoCounterpart}, {774, -18}};
  IsoformFacts late;
  late.shifts = {{10, -9}, {20, -30}};
  struct Row {
    const IsoformFacts* isoform;
    int residue;
    std::optional<int> want;
  };
  const Row rows[] = {{&met, 1, 1},
                      {&met, 755, 755},
                      {&met, 756, std::nullopt},
                      {&met, 773, std::nullopt},
                      {&met, 774, 756},
                      {&met, 1268, 1250},
                      {&met, 1408, 1390},
                      {&met, 1409, std::nullopt},
                      {&met, 0, std::nullopt},
                      {&late, 9, std::nullopt},
                      {&late, 10, 1},
                      {&late, 29, std::nullopt},
                      {&late, 31, 1}};
  for (const Row& row : rows) {
    INFO(row.residue);
    CHECK(reference_residue(*row.isoform, row.residue) == row.want);
  }
  CHECK_FALSE(reference_residue(IsoformFacts{}, 5));
}

TEST_CASE("two records with one symbol are an ambiguity, not the first of them") {
  const GeneTable genes({gene("MET", {}), gene("MET", {})}, {});
  REQUIRE_FALSE(genes.find("MET"));
  CHECK(genes.find("MET").error().code == ErrorCode::AmbiguousName);
}

}  // namespace
}  // namespace treff::nomenclature
