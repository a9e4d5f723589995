// N1: a gene that a file gives by code and by name.
#include "kb/match/coded_gene.h"

#include <catch2/catch.hpp>

namespace treff::match {
namespace {

nomenclature::GeneTable genes() {
  std::vector<nomenclature::GeneFacts> facts(3);
  facts[0].symbol = "NRAS";
  facts[0].hgnc_id = "HGNC:7989";
  facts[1].symbol = "KIT";
  facts[1].hgnc_id = "HGNC:6342";
  facts[1].aliases = {"CD117"};
  facts[2].symbol = "LOCAL1";  // no id
  return {std::move(facts), {}};
}

TEST_CASE("N1: code and name must be one gene") {
  struct Row {
    const char* name;
    model::CodedGene gene;
    const char* symbol;  // empty = an error
    ErrorCode code;
  };
  const Row rows[] = {
      {"both", {"NRAS", "HGNC:7989"}, "NRAS", {}},
      {"an alias beside the code", {"CD117", "HGNC:6342"}, "KIT", {}},
      {"code alone", {"", "hgnc:6342"}, "KIT", {}},
      {"name alone", {"cd117", ""}, "KIT", {}},
      {"a code that the table lacks, and a gene without a code", {"LOCAL1", "HGNC:9"}, "LOCAL1", {}},
      {"the code of another gene", {"KIT", "HGNC:7989"}, "", ErrorCode::InvalidValue},
      {"a name that is not known beside a code that is", {"KITT", "HGNC:6342"}, "", ErrorCode::InvalidValue},
      {"a known gene with a code that is not its own", {"KIT", "HGNC:9"}, "", ErrorCode::InvalidValue},
      {"neither is known", {"ABC1", "HGNC:9"}, "", ErrorCode::UnknownName},
      {"an unknown code alone", {"", "HGNC:9"}, "", ErrorCode::UnknownName},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto symbol = symbol_of(row.gene, genes());
    CHECK(symbol.value_or("") == row.symbol);
    if (!symbol) {
      CHECK(symbol.error().code == row.code);
      CHECK_FALSE(symbol.error().piece.empty());
    }
  }
}

TEST_CASE("N1: symbols take the place of names and codes in columns and fusions") {
  model::CaseAlteration small;
  small.text.gene = "HGNC:6342";
  small.coded_genes = {{"", "HGNC:6342"}};
  REQUIRE(resolve_coded_genes(small, genes()));
  CHECK(small.text.gene == "KIT");

  model::CaseAlteration fusion;
  fusion.fusion.emplace();
  fusion.fusion->five_prime.genes = {"UNKNOWN1"};
  fusion.fusion->three_prime.genes = {"CD117"};
  fusion.coded_genes = {{"UNKNOWN1", "HGNC:9"}, {"CD117", "HGNC:6342"}};
  REQUIRE(resolve_coded_genes(fusion, genes()));
  CHECK(fusion.fusion->five_prime.genes.front() == "UNKNOWN1");
  CHECK(fusion.fusion->three_prime.genes.front() == "KIT");

  model::CaseAlteration wrong = fusion;
  wrong.coded_genes = {{"NRAS", "HGNC:6342"}};
  CHECK_FALSE(resolve_coded_genes(wrong, genes()));
}

}  // namespace
}  // namespace treff::match
