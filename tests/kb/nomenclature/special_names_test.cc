// Spellings of reports that are no name of any standard, read as what they mean or refused with a way out.
#include "kb/nomenclature/special_names.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/readings.h"

namespace treff::nomenclature {
namespace {

bool warns(const Reading<Alteration>& read, const std::string& id) {
  return std::any_of(read.warnings.begin(), read.warnings.end(), [&](const Issue& issue) { return issue.id == id; });
}

TEST_CASE("an allele fraction behind a name is taken off and kept") {
  struct Row {
    const char* in;
    const char* left;
    double fraction;  // -1: none
  };
  const auto row = GENERATE(values<Row>({
      {"BRAF V600E (VAF 31%)", "BRAF V600E", 0.31},
      {"BRAF V600E (VAF: 31 %)", "BRAF V600E", 0.31},
      {"BRAF V600E, VAF 31 %", "BRAF V600E", 0.31},
      {"BRAF V600E VAF=0.31", "BRAF V600E", 0.31},
      {"BRAF V600E (VAF 0,31)", "BRAF V600E", 0.31},
      {"BRAF V600E (VAF 31)", "BRAF V600E", 0.31},
      {"BRAF V600E (31 %)", "BRAF V600E", 0.31},
      {"BRAF V600E (allelfrekvens 31 %)", "BRAF V600E", 0.31},
      {"BRAF V600E (allelfraksjon 12,5 prosent)", "BRAF V600E", 0.125},
      {"BRAF p.(Val600Glu) (variant allele frequency 31%)", "BRAF p.(Val600Glu)", 0.31},
      {"BRAF V600E", "BRAF V600E", -1},
      {"BRAF V600E (VAF 1)", "BRAF V600E (VAF 1)", -1},
      {"BRAF V600E (VAF 310%)", "BRAF V600E (VAF 310%)", -1},
      {"BRAF V600E (VAF <5%)", "BRAF V600E (VAF <5%)", -1},
      {"BRAF V600E VAF 31%)", "BRAF V600E VAF 31%)", -1},
      {"VAF 31%", "VAF 31%", -1},
      {"HER2 IHC 31%", "HER2 IHC 31%", -1},
  }));
  std::string_view text = row.in;
  const auto fraction = take_allele_fraction(text);
  CAPTURE(row.in);
  CHECK(text == row.left);
  CHECK(fraction.value_or(-1) == Approx(row.fraction));
  if (row.fraction < 0) return;
  const auto read = read_text(row.in);
  REQUIRE(read);
  CHECK(read->value.canonical == "BRAF V600E");
  CHECK(read->value.allele_fraction.value_or(-1) == Approx(row.fraction));
  CHECK(read->value.input == row.in);
}

TEST_CASE("a fraction that may be two things leaves the text unread, never without its fraction") {
  CHECK_FALSE(read_text("BRAF V600E (VAF 1)"));
  CHECK_FALSE(read_text("BRAF V600E (VAF <5%)"));
}

TEST_CASE("TERT promoter changes by the last digits of their position (N7)") {
  for (const char* text : {"TERT C228T", "TERT c228t", "TERT promoter C228T", "TERT C228T promoter mutation",
                           "TERT promoter mutation C228T", "TERT G228A"}) {
    CAPTURE(text);
    const auto read = read_text(text);
    REQUIRE(read);
    CHECK(read->value.canonical == "TERT c.-124C>T");
    CHECK(read->value.consequence == Consequence::Promoter);
    CHECK(warns(*read, "promoter_shorthand"));
  }
  CHECK(read_text("TERT C250T")->value.canonical == "TERT c.-146C>T");
  CHECK(related("TERT C228T", "TERT c.-124C>T") == "met M1");
  CHECK(related("TERT C228T", "TERT C250T") == "not_met M3");
  CHECK(related("TERT promoter mutation", "TERT C250T") == "met M1");
  const auto residue = read_text("TERT p.C228T");
  REQUIRE(residue);
  CHECK(residue->value.canonical == "TERT C228T");
  CHECK(residue->value.consequence == Consequence::Missense);
  CHECK(read_text("KRAS C228T")->value.consequence == Consequence::Missense);
}

TEST_CASE("old coding names are refused, never counted wrongly") {
  for (const char* text :
       {"BRCA2 6174delT", "BRCA1 185delAG", "BRCA1 5382insC", "BRCA2 6174_6175delTT", "V600 58_59insA"}) {
    CAPTURE(text);
    CHECK_FALSE(read_text(text));
  }
  const auto old = read_text("BRCA2 6174delT");
  CHECK(old.error().code == ErrorCode::UnreadableText);
  CHECK(old.error().at_byte == 6);
  CHECK(old.error().hint.find("c.") != std::string::npos);
  CHECK_FALSE(read_class("BRCA2 6174delT", "", small_gene_table()));
  CHECK(read_text("BRCA2 c.5946del")->value.canonical == "BRCA2 c.5946del");
}

TEST_CASE("the skipped exon 14 of MET by its short names (M15)") {
  const auto* text = GENERATE("METex14", "MET ex14", "METex14 mutation", "MET \u0394ex14", "MET\u0394ex14",
                              "MET \u2206exon14", "MET delta exon 14", "METex14 skipping", "MET exon 14 skipping");
  CAPTURE(text);
  const auto read = read_text(text);
  REQUIRE(read);
  CHECK(read->value.canonical == "MET exon 14 skipping");
  CHECK(read->value.kind == AlterationKind::Splice);
  const auto cls = read_class(text, "", small_gene_table());
  REQUIRE(cls);
  CHECK(to_text(cls->value) == "MET exon 14 skipping");
}

TEST_CASE("an exon in full words or of another gene is only an exon") {
  CHECK(read_text("MET exon 14 mutation")->value.kind == AlterationKind::Small);
  CHECK(read_text("EGFR ex19")->value.kind == AlterationKind::Small);
  CHECK(read_text("EGFR ex19del")->value.canonical == "EGFR exon 19 deletion");
  CHECK(related("MET exon 14 skipping", "MET exon 14 mutation") == "unknown M2");
}

TEST_CASE("the last base of MET exon 14 is a splice change too (M15)") {
  const auto* text =
      GENERATE("MET D1010N", "MET D1010H", "MET p.Asp1010Tyr", "MET D1028N", "MET c.3028G>A", "MET c.3082G>A",
               "NM_001127500.3:c.3082G>A", "MET NM_001127500 D1028H", "NM_000245.4:c.3028G>C (p.D1010H)");
  CAPTURE(text);
  const auto read = read_text(text);
  REQUIRE(read);
  CHECK(warns(*read, "last_base_of_exon"));
  CHECK(read->value.conflict.empty());
  CHECK(related("MET exon 14 skipping", text) == "met M15");
  CHECK(related("MET X1010_splice", text) == "met M15");
  CHECK(related("MET 963_1010splice", text) == "met M15");
  CHECK(related("MET exon 15 skipping", text) == "not_met M3");
}

TEST_CASE("its neighbours are not") {
  for (const char* text : {"MET D1010A", "MET D1010E", "MET c.3027A>G", "MET c.3029A>T", "NM_000245.4:c.3082G>A",
                           "NM_001127500.3:c.3028G>A", "MET c.3082T>C"}) {
    CAPTURE(text);
    const auto read = read_text(text);
    REQUIRE(read);
    CHECK_FALSE(warns(*read, "last_base_of_exon"));
    CHECK(related("MET exon 14 skipping", text) != "met M15");
  }
  const auto mapped = read_text("MET D1028N");
  CHECK(mapped->value.canonical == "MET D1010N");
  CHECK(mapped->value.mapped_from == "D1028N on NM_001127500");
  CHECK(warns(*mapped, "residue_mapped"));
}

TEST_CASE("a coding indel alone tells a frameshift") {
  struct Row {
    const char* in;
    Consequence want;
  };
  const auto row = GENERATE(values<Row>({
      {"BRCA1 c.68_69del", Consequence::Frameshift},
      {"BRCA2 c.5946delT", Consequence::Frameshift},
      {"BRCA1 c.5266dupC", Consequence::Frameshift},
      {"BRCA1 c.100_101insA", Consequence::Frameshift},
      {"BRCA1 c.100_102delinsA", Consequence::Frameshift},
      {"EGFR c.2235_2249del", Consequence::Unknown},  // a multiple of three may still make a stop
      {"BRCA1 c.100_101insACT", Consequence::Unknown},
      {"BRCA1 c.100_102delinsAAA", Consequence::Unknown},
      {"BRCA1 c.1799T>A", Consequence::Unknown},
      {"BRCA1 c.2_3del", Consequence::Unknown},      // the start codon
      {"BRCA2 c.10256del", Consequence::Extension},  // codon 3419 of a protein of 3418 is the stop
      {"BRCA2 c.10250_10256del", Consequence::Unknown},
      {"BRCA1 c.68+1del", Consequence::Splice},
      {"BRCA1 c.68+10_68+11del", Consequence::Noncoding},
  }));
  CAPTURE(row.in);
  const auto read = read_text(row.in);
  REQUIRE(read);
  CHECK(base::name_of(read->value.consequence) == base::name_of(row.want));
}

TEST_CASE("a frameshift by its coding name truncates") {
  CHECK(related("BRCA2 truncating mutation", "BRCA2 c.5946del") == "met M9");
  CHECK(related("BRCA2 loss of function mutation", "BRCA2 c.5946del") == "met M9");
  CHECK(related("BRCA2 truncating mutation", "BRCA2 c.5946_5948del") != "met M9");
}

TEST_CASE("a number of another transcript without one stated is uncertain (N6)") {
  const auto gnas = read_text("GNAS R844C");  // beyond the 394 residues of the reference
  REQUIRE(gnas);
  CHECK(gnas->value.numbering_uncertain);
  CHECK(warns(*gnas, "numbering_uncertain"));
  CHECK(gnas->value.conflict.empty());
  CHECK(related("GNAS R201C", "GNAS R844C") == "unknown N6");
  CHECK(related("GNAS R201H", "GNAS R844C") == "not_met M3");
  const auto fgfr = read_text("FGFR3 Y375C");
  REQUIRE(fgfr);
  CHECK(fgfr->value.numbering_uncertain);
  CHECK(fgfr->value.canonical == "FGFR3 Y375C on an unstated transcript");
  CHECK(related("FGFR3 Y373C", "FGFR3 Y375C") == "unknown N6");
  CHECK(related("FGFR3 Y375C", "FGFR3 Y375C") == "unknown N6");
  CHECK(related("FGFR3 S249C", "FGFR3 Y375C") == "not_met M3");
  CHECK(related("FGFR3 mutation", "FGFR3 Y375C") == "unknown M9");
  for (const char* text : {"FGFR3 Y373C", "FGFR3 S249C", "FGFR3 K650E", "FGFR3 V555M"}) {
    CAPTURE(text);
    CHECK_FALSE(read_text(text)->value.numbering_uncertain);
  }
  AlterationText stated;
  stated.gene = "FGFR3";
  stated.protein = "Y375C";
  stated.transcript = "NM_001163213.1";
  const auto mapped = read_alteration(stated, small_gene_table());
  REQUIRE(mapped);
  CHECK(mapped->value.canonical == "FGFR3 Y373C");
  CHECK(mapped->value.mapped_from == "Y375C on NM_001163213.1");
  stated.transcript = "NM_000142";
  CHECK_FALSE(read_alteration(stated, small_gene_table())->value.numbering_uncertain);
}

TEST_CASE("a gene's letters at the front of a sequence name are no gene") {
  for (const char* text : {"METX:p.Glu5Val", "ALK_1:p.Glu5Val", "RETREF:p.(Glu5Val)"}) {
    CAPTURE(text);
    const auto read = read_text(text);
    if (read) CHECK(read->value.gene.empty());
  }
}

TEST_CASE("three-letter names are residues, not genes of the same letters") {
  CHECK(read_text("Met1178Ile")->value.canonical == "M1178I");
  CHECK(read_text("Met1178Ile")->value.gene.empty());
  CHECK(read_text("Met54Ser")->value.canonical == "M54S");
  CHECK_FALSE(read_text("BRAF g54Ser"));
  CHECK(read_text("BRAF v600E")->value.canonical == "BRAF V600E");
  AlterationText in;
  in.gene = "MET";
  in.text = "Met1178Ile";
  CHECK(read_alteration(in, small_gene_table())->value.canonical == "MET M1178I");
  CHECK_FALSE(read_text("MET1178ILE"));
  const auto rule = read_class("Met1178Ile", "MET", small_gene_table());
  REQUIRE(rule);
  CHECK(rule->value.change == "M1178I");
}

TEST_CASE("signs without words are no mutation (N8)") {
  for (const char* text : {"()", "BRAF ()", "?", "(?)", "BRAF ?", "BRAF -", "[]"}) {
    CAPTURE(text);
    CHECK_FALSE(read_text(text));
  }
  CHECK(read_text("BRAF p.?")->value.protein->form == ProteinForm::UnknownEffect);
}

}  // namespace
}  // namespace treff::nomenclature
