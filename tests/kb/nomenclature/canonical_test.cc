// What is printed for a finding is read as the same finding again; an alias is not cut out of a residue and its number.
#include <catch2/catch.hpp>

#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::nomenclature {
namespace {

TEST_CASE("canonical texts read as themselves") {
  const auto text = GENERATE(values<const char*>({
      "BRAF V600E",
      "BRAF codon 600",
      "EGFR [E746_R748del;A750P]",
      "EML4::ALK",
      "EML4/ALK",
      "ALK fusion",
      "v::ALK",
      "NTRK1/NTRK2/NTRK3 fusion",
      "FGFR2, FGFR3 fusion",
      "KRAS/NRAS wild type (exons 2, 3, 4)",
      "KRAS wild type (exons 2-4)",
      "FGFR3 Y375C",
      "GNAS R844C",
      "KRAS c.437C>T on NM_004985.4",
      "MET exon 14 skipping",
      "ERBB2 amplification",
      "ERBB2 expression positive",
      "ERBB2 IHC 3+",
      "ERBB2 copy number 8",
      "TERT c.-124C>T",
      "TP53 oncogenic mutation",
      "CDKN2A homozygous deletion",
      "EGFR vIII",
      "p.G56A^S67R",
      "RB1 loss of heterozygosity",
  }));
  AlterationText in;
  in.text = text;
  CAPTURE(text);
  const auto first = read_alteration(in, small_gene_table());
  if (!first) FAIL(to_text(first.error()));
  in.text = first->value.canonical;
  const auto second = read_alteration(in, small_gene_table());
  CAPTURE(in.text);
  if (!second) FAIL(to_text(second.error()));
  CHECK(second->value.canonical == first->value.canonical);
  CHECK(second->value.transcript == first->value.transcript);
  CHECK(second->value.wild_type_exons == first->value.wild_type_exons);
  CHECK(second->value.numbering_uncertain == first->value.numbering_uncertain);
}

TEST_CASE("a residue and its number are no alias with a rest of the number") {
  GeneFacts gna13 = gene_named("GNA13");
  gna13.aliases = {"G13"};
  GeneFacts cdkn2a = gene_named("CDKN2A");
  cdkn2a.aliases = {"p16"};
  GeneFacts tp53 = gene_named("TP53");
  tp53.aliases = {"p53"};
  const GeneTable genes({gna13, cdkn2a, tp53}, {});
  struct Row {
    const char* in;
    const char* canonical;
  };
  const auto row = GENERATE(values<Row>({{"G132D", "G132D"},
                                         {"P1609L", "P1609L"},
                                         {"P539R", "P539R"},
                                         {"P1609Lfs*4", "P1609Lfs*4"},
                                         {"P16del", "P16del"},
                                         {"p16 deletion", "CDKN2A loss"},
                                         {"p53 R175H", "TP53 R175H"},
                                         {"TP53R175H", "TP53 R175H"},
                                         {"G13 R200Q", "GNA13 R200Q"}}));
  AlterationText in;
  in.text = row.in;
  CAPTURE(row.in);
  const auto read = read_alteration(in, genes);
  if (!read) FAIL(to_text(read.error()));
  CHECK(read->value.canonical == row.canonical);
}

}  // namespace
}  // namespace treff::nomenclature
