#include <catch2/catch.hpp>
#include <string>

#include "kb/nomenclature/hgvs.h"

namespace treff::nomenclature {
namespace {

struct Row {
  const char* name;
  const char* in;
  const char* want;
};

TEST_CASE("coding names (N7)") {
  const auto row = GENERATE(values<Row>({
      {"substitution", "c.1799T>A", "c.1799T>A"},
      {"with accession", "NM_004333.6:c.1799T>A", "c.1799T>A"},
      {"with accession and gene", "NM_004333.6(BRAF):c.1799T>A", "c.1799T>A"},
      {"with protein behind", "NM_004958.3:c.2997C>T(p.(Asn999=))", "c.2997C>T"},
      {"donor", "c.3082+1G>T", "c.3082+1G>T"},
      {"acceptor insertion", "c.890-2_890-1insTCAAGCAGT", "c.890-2_890-1insTCAAGCAGT"},
      {"over the border", "c.504_508+1dup", "c.504_508+1dup"},
      {"promoter", "c.-124C>T", "c.-124C>T"},
      {"behind the stop", "NM_001626.5:c.*3484C>A", "c.*3484C>A"},
      {"unchanged", "NM_001626.5:c.*2537=", "c.*2537="},
      {"deletion", "c.3700del", "c.3700del"},
      {"deletion with bases", "c.463delG", "c.463del"},
      {"deletion of a range", "c.2235_2249del", "c.2235_2249del"},
      {"delins", "c.680_682delinsGCA", "c.680_682delinsGCA"},
      {"old delins", "c.680_682delTTTinsGCA", "c.680_682delinsGCA"},
      {"old two-base exchange", "c.1798GT>AA", "c.1798_1799delinsAA"},
      {"duplication", "c.27dupA", "c.27dup"},
      {"old two-base exchange upstream", "c.-12AC>T", "c.-12_-11delinsT"},
      {"old two-base exchange in an intron", "c.100-2AG>TT", "c.100-2_100-1delinsTT"},
      {"inversion", "c.10_20inv", "c.10_20inv"},
      {"deep intron", "c.424-3202G>T", "c.424-3202G>T"},
  }));
  CAPTURE(row.name, row.in);
  const auto read = parse_coding(row.in);
  REQUIRE(read);
  CHECK(to_text(*read) == row.want);
  const auto again = parse_coding(to_text(*read));
  REQUIRE(again);
  CHECK(to_text(*again) == row.want);
}

TEST_CASE("coding names that cannot be read") {
  struct ErrorRow {
    const char* in;
    std::size_t at;
  };
  const auto row = GENERATE(values<ErrorRow>({
      {"", 0},
      {"1799T>A", 0},
      {"c.", 2},
      {"c.T>A", 2},
      {"c.1799", 6},
      {"c.1799T", 7},
      {"c.1799T>", 8},
      {"c.1799T>A;c.1800C>T", 9},
      {"c.20_10del", 7},
      {"c.10insA", 8},
      {"c.0A>T", 3},
      {"c.10+T>A", 5},
      {"c.Met918Thr", 2},
      {"n.100A>T", 0},
      {"c.100-1AG>TT", 12},
      {"c.-1AG>TT", 9},
  }));
  CAPTURE(row.in);
  const auto read = parse_coding(row.in);
  REQUIRE_FALSE(read);
  CHECK(read.error().at_byte.value_or(9999) == row.at);
}

TEST_CASE("genome names state their assembly or none") {
  const auto row = GENERATE(values<Row>({
      {"accession of GRCh37", "NC_000007.13:g.140453136A>T", "GRCh37 7:140453136 A>T"},
      {"accession of GRCh38", "NC_000007.14:g.140753336A>T", "GRCh38 7:140753336 A>T"},
      {"X by accession", "NC_000023.11:g.100A>T", "GRCh38 X:100 A>T"},
      {"alleles", "7:140453136 A>T", "7:140453136 A>T"},
      {"chr", "chr7:g.140453136A>T", "7:140453136 A>T"},
      {"dashes", "7-140453136-A-T", "7:140453136 A>T"},
      {"named assembly", "hg19 chr5:1295228 G>A", "GRCh37 5:1295228 G>A"},
      {"g. without assembly", "5:g.1295228G>A", "5:1295228 G>A"},
      {"delins without reference bases", "12:g.25398285_25398286delinsAG", "12:25398285 NN>AG"},
      {"deletion", "12:g.25398285_25398286del", "12:25398285 NN>-"},
      {"table deletion", "chr22:41566524 CA>C", "22:41566524 CA>C"},
      {"insertion with dash", "1:100 ->AC", "1:100 ->AC"},
      {"mitochondrion", "chrM:100 A>G", "MT:100 A>G"},
  }));
  CAPTURE(row.name, row.in);
  const auto read = parse_genomic(row.in);
  REQUIRE(read);
  CHECK(to_text(*read) == row.want);
  const auto again = parse_genomic(to_text(*read));
  REQUIRE(again);
  CHECK(*again == *read);
}

TEST_CASE("genome names that cannot be read") {
  const auto* in = GENERATE("", "7", "7:", "7:x", "7:100", "chr99:100 A>T", "7:100 A", "7:100 >", "NC_000007.99:g.1A>T",
                            "7:g.1_999999999del", "GRCh38 NC_000007.13:g.1A>T", "7:g.100inv", "7:0 A>T");
  CAPTURE(in);
  CHECK_FALSE(parse_genomic(in));
}

TEST_CASE("Sequence Ontology terms: the most severe decides") {
  struct TermRow {
    const char* in;
    Consequence want;
  };
  const auto row = GENERATE(values<TermRow>({
      {"missense_variant", Consequence::Missense},
      {"missense_variant&splice_region_variant", Consequence::Missense},
      {"splice_region_variant,intron_variant", Consequence::Noncoding},
      {"stop_gained,splice_region_variant", Consequence::Nonsense},
      {"splice_donor_variant,coding_sequence_variant", Consequence::Splice},
      {"upstream_gene_variant", Consequence::Noncoding},
      {"inframe_deletion", Consequence::InframeDeletion},
      {"protein_altering_variant", Consequence::Unknown},
      {"Frame_Shift_Del", Consequence::Frameshift},
      {"5'Flank", Consequence::Noncoding},
      {"Nonstop_Mutation", Consequence::Extension},
      {"", Consequence::Unknown},
      {"something_new", Consequence::Unknown},
  }));
  CAPTURE(row.in);
  CHECK(consequence_from_so(row.in) == row.want);
}

}  // namespace
}  // namespace treff::nomenclature
