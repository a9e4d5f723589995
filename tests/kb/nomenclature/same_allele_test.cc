// One allele never passes for another by any spelling (N2-N4), and X keeps its side: stop in a finding, any residue in
// a rule. Spellings are generated, so that a new way of writing a name is tried against every old one.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "kb/base/text.h"
#include "kb/nomenclature/amino_acids.h"
#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/readings.h"

namespace treff::nomenclature {
namespace {

using Texts = std::vector<std::string>;

// The ways to write a substitution without its gene.
Texts spellings_of(char ref, int codon, char alt) {
  const std::string number = std::to_string(codon);
  const std::string one = std::string(1, ref) + number + alt;
  const std::string three = std::string(three_letters_of(ref)) + number + std::string(three_letters_of(alt));
  const std::string delins = std::string(1, ref) + number + "delins" + alt;
  Texts out;
  for (const std::string& name : {one, three, delins}) {
    out.insert(out.end(), {name, "(" + name + ")", "p." + name, "p.(" + name + ")", "(p." + name + ")"});
  }
  out.push_back(base::to_lower_ascii(one));
  if (alt == '*') {
    for (const char* stop : {"X", "Ter"}) out.push_back(std::string(1, ref) + number + stop);
  }
  return out;
}

// With the gene: in front, behind, glued, with words, with an accession.
Texts with_gene(const std::string& gene, const std::string& name) {
  Texts out = {gene + " " + name,
               gene + ":" + name,
               gene + "-" + name,
               name + " " + gene,
               gene + " " + name + " mutation",
               gene + "  " + name,
               gene + " " + name + " mutasjon",
               base::to_lower_ascii(gene) + " " + name,
               gene + " " + name + " (VAF 31%)",
               "somatic " + gene + " " + name};
  const bool plain = name.front() != '(' && name.front() != 'p';
  if (plain) out.push_back(gene + name);
  return out;
}

VariantClass rule(const std::string& text) {
  const auto read = read_class(text, "", small_gene_table());
  INFO(text);
  REQUIRE(read);
  return read->value;
}

TEST_CASE("V600E by every spelling is V600E, and never V600K, V600D, V600R or V600M") {
  const std::string residues = "EKDRMGA*";
  std::size_t tried = 0;
  for (const char alt : residues) {
    for (const std::string& name : spellings_of('V', 600, alt)) {
      for (const std::string& text : with_gene("BRAF", name)) {
        const auto read = read_text(text);
        CAPTURE(text);
        if (!read) FAIL_CHECK(to_text(read.error()));
        if (!read) continue;
        CHECK(read->value.canonical == std::string("BRAF V600") + alt);
        for (const char other : residues) {
          const auto found = relation(rule(std::string("BRAF V600") + other), read->value, small_gene_table());
          const auto want = other == alt ? Verdict::Met : Verdict::NotMet;
          if (found.verdict != want) FAIL_CHECK("against V600" << other << ": " << base::to_string(found.verdict));
        }
        ++tried;
      }
    }
  }
  CHECK(tried >= 1000);
}

TEST_CASE("a rule by every spelling takes its own allele only") {
  const std::string residues = "EKDRM";
  for (const char wanted : residues) {
    for (const std::string& name : spellings_of('V', 600, wanted)) {
      const auto cls = rule("BRAF " + name);
      CAPTURE(name);
      for (const char alt : residues) {
        const auto read = read_text(std::string("BRAF V600") + alt);
        REQUIRE(read);
        const auto found = relation(cls, read->value, small_gene_table());
        CHECK(found.verdict == (alt == wanted ? Verdict::Met : Verdict::NotMet));
      }
    }
  }
}

TEST_CASE("X is a stop in a finding and any residue in a rule (N4)") {
  for (const char residue : std::string("EGRQWYCKLS")) {
    for (const int codon : {13, 213, 709, 1294}) {
      const std::string name = std::string(1, residue) + std::to_string(codon);
      for (const std::string& text : with_gene("RB1", name + "X")) {
        CAPTURE(text);
        const auto read = read_text(text);
        REQUIRE(read);
        CHECK(read->value.canonical == "RB1 " + name + "*");
        CHECK(read->value.consequence == Consequence::Nonsense);
        CHECK(read->value.protein->form == ProteinForm::Nonsense);
      }
      const auto cls = rule("RB1 " + name + "X");
      CHECK(cls.kind == ClassKind::Codon);
      CHECK(cls.at == name);
      const auto missense = read_text("RB1 " + name + (residue == 'K' ? "R" : "K"));
      const auto stop = read_text("RB1 " + name + "*");
      CHECK(relation(cls, missense->value, small_gene_table()).verdict == Verdict::Met);
      CHECK(relation(cls, stop->value, small_gene_table()).verdict == Verdict::NotMet);
      const auto stop_rule = rule("RB1 " + name + "*");
      CHECK(stop_rule.kind == ClassKind::Protein);
      CHECK(relation(stop_rule, missense->value, small_gene_table()).verdict == Verdict::NotMet);
      CHECK(relation(stop_rule, stop->value, small_gene_table()).verdict == Verdict::Met);
    }
  }
}

TEST_CASE("X in frameshifts and splice names is neither") {
  CHECK(read_text("RB1 S90fsX12")->value.canonical == "RB1 S90fs*12");
  CHECK(read_text("MET X1010_splice")->value.protein->form == ProteinForm::SpliceSite);
  CHECK(rule("MET X1010_splice").kind == ClassKind::Protein);
  const auto unknown_residues = read_text("EGFR D770_N771insX");
  REQUIRE(unknown_residues);
  CHECK(unknown_residues->value.consequence == Consequence::InframeInsertion);
  CHECK(unknown_residues->value.protein->alt == "X");
}

}  // namespace
}  // namespace treff::nomenclature
