// Classes that other engines' documents need (MATCHING.md section 8): one residue only, any event, a partner that is no
// gene.
#include <catch2/catch.hpp>

#include "kb/nomenclature/read_alteration.h"
#include "kb/nomenclature/variant_class.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::nomenclature {
namespace {

Alteration alteration_of(const std::string& text) {
  AlterationText in;
  in.text = text;
  auto read = read_alteration(in, small_gene_table());
  if (!read) FAIL(text << ": " << to_text(read.error()));
  return read->value;
}

Verdict verdict(const VariantClass& cls, const Alteration& found) {
  return relation(cls, found, small_gene_table()).verdict;
}

VariantClass fusion_of(const std::string& gene) {
  VariantClass cls;
  cls.kind = ClassKind::Fusion;
  cls.genes = {gene};
  cls.function_policy = FunctionPolicy::Any;
  return cls;
}

Alteration fusion(std::vector<std::string> five, std::vector<std::string> three) {
  Alteration out;
  out.kind = AlterationKind::Fusion;
  out.gene = "ALK";
  out.fusion.emplace();
  out.fusion->five_prime.genes = std::move(five);
  out.fusion->three_prime.genes = std::move(three);
  out.fusion->direction_known = true;
  return out;
}

TEST_CASE("section 8: the stem and exactly one residue letter") {
  VariantClass cls;
  cls.kind = ClassKind::Codon;
  cls.genes = {"BRAF"};
  cls.at = "V600";
  cls.consequences = {Consequence::Missense};
  cls.function_policy = FunctionPolicy::Any;
  CHECK(to_text(cls) == "BRAF V600 missense mutation (function any)");
  const std::pair<const char*, Verdict> rows[] = {
      {"BRAF V600E", Verdict::Met},      {"BRAF p.Val600Lys", Verdict::Met},
      {"BRAF V600*", Verdict::NotMet},   {"BRAF V600fs", Verdict::NotMet},
      {"BRAF V600=", Verdict::NotMet},   {"BRAF V600_K601delinsE", Verdict::NotMet},
      {"BRAF V600del", Verdict::NotMet}, {"BRAF K601E", Verdict::NotMet},
      {"BRAF V600", Verdict::Unknown},   {"BRAF mutation", Verdict::Unknown},
      {"BRAF VK600EI", Verdict::NotMet},
  };
  for (const auto& [text, want] : rows) {
    INFO(text);
    CHECK(verdict(cls, alteration_of(text)) == want);
  }
  // Without the consequence the class holds the delins that covers the codon too.
  cls.consequences.clear();
  CHECK(verdict(cls, alteration_of("BRAF V600_K601delinsE")) == Verdict::Met);
}

TEST_CASE("section 8: policy any asks for the event, not for kinase end, domain and frame (M13)") {
  VariantClass cls = fusion_of("ALK");
  const Alteration unknown_pair = fusion({"TPM3"}, {"ALK"});
  const Alteration kinase_lost = fusion({"ALK"}, {"TPM3"});
  CHECK(verdict(cls, unknown_pair) == Verdict::Met);
  CHECK(verdict(cls, kinase_lost) == Verdict::Met);
  cls.function_policy.reset();
  CHECK(verdict(cls, unknown_pair) == Verdict::Unknown);
  CHECK(verdict(cls, kinase_lost) == Verdict::NotMet);
}

TEST_CASE("section 8: a partner that is no gene") {
  VariantClass asked = fusion_of("ALK"), some_gene = fusion_of("ALK");
  asked.partner = kIntergenic;
  some_gene.excluded_partners = {std::string(kIntergenic)};
  const Alteration none = fusion({std::string(kIntergenic)}, {"ALK"});
  const Alteration gene = fusion({"EML4"}, {"ALK"}), open = fusion({}, {"ALK"});
  CHECK(verdict(asked, none) == Verdict::Met);
  CHECK(verdict(asked, gene) == Verdict::NotMet);
  CHECK(verdict(asked, open) == Verdict::Unknown);
  CHECK(verdict(some_gene, none) == Verdict::NotMet);
  CHECK(verdict(some_gene, gene) == Verdict::Met);
  CHECK(verdict(some_gene, open) == Verdict::Unknown);
}

}  // namespace
}  // namespace treff::nomenclature
