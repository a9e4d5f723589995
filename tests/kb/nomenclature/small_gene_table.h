// A gene table of a few genes with true facts, enough for the tests of names and classes.
#pragma once

#include <string>
#include <vector>

#include "kb/nomenclature/gene_table.h"

namespace treff::nomenclature {

inline GeneFacts gene_named(std::string symbol, GeneRole role = GeneRole::Unknown) {
  GeneFacts out;
  out.symbol = std::move(symbol);
  out.role = role;
  return out;
}

inline GeneFacts kinase_gene(std::string symbol, KinaseEnd end, std::vector<std::string> partners) {
  GeneFacts out = gene_named(std::move(symbol), GeneRole::Oncogene);
  out.kinase_end = end;
  out.recurrent_partners = std::move(partners);
  return out;
}

inline std::vector<GeneFacts> point_mutation_genes() {
  GeneFacts braf = kinase_gene("BRAF", KinaseEnd::ThreePrime, {"KIAA1549"});
  braf.refseq = "NM_004333";
  braf.ensembl = "ENST00000288602";
  braf.protein_length = 766;
  braf.exons = {{11, 439, 478}, {15, 581, 620}};
  braf.hotspots = {597, 600};
  GeneFacts egfr = gene_named("EGFR", GeneRole::Oncogene);
  egfr.aliases = {"HER1", "ERBB1"};
  egfr.refseq = "NM_005228";
  egfr.protein_length = 1210;
  egfr.exons = {{18, 688, 728}, {19, 729, 761}, {20, 762, 823}, {21, 824, 875}};
  egfr.hotspots = {790, 858};
  GeneFacts met = gene_named("MET", GeneRole::Oncogene);
  met.refseq = "NM_000245";
  met.protein_length = 1390;
  met.exons = {{13, 910, 963}, {14, 963, 1010}, {15, 1010, 1087}};
  met.isoforms = {{"NM_001127500", "", 1408, {{773, -18}}}};
  GeneFacts gnas = gene_named("GNAS", GeneRole::Oncogene);
  gnas.refseq = "NM_000516";
  gnas.protein_length = 394;
  gnas.isoforms = {{"NM_080425", "", 1037, {{680, -643}}}};
  GeneFacts kras = gene_named("KRAS", GeneRole::Oncogene);
  kras.refseq = "NM_004985";
  kras.protein_length = 188;
  kras.exons = {{2, 1, 37}, {3, 38, 97}, {4, 97, 150}};
  kras.hotspots = {12, 13, 61};
  GeneFacts nras = kras;
  nras.symbol = "NRAS";
  nras.refseq = "NM_002524";
  GeneFacts flt3 = gene_named("FLT3", GeneRole::Oncogene);
  flt3.refseq = "NM_004119";
  flt3.exons = {{14, 569, 613}, {15, 613, 647}, {20, 807, 847}};
  GeneFacts tert = gene_named("TERT", GeneRole::Oncogene);
  tert.refseq = "NM_198253";
  return {braf, egfr, met, gnas, kras, nras, flt3, tert};
}

inline std::vector<GeneFacts> suppressor_genes() {
  GeneFacts tp53 = gene_named("TP53", GeneRole::Suppressor);
  tp53.refseq = "NM_000546";
  tp53.protein_length = 393;
  tp53.hotspots = {175, 248, 273};
  tp53.hereditary = true;
  GeneFacts brca1 = gene_named("BRCA1", GeneRole::Suppressor);
  brca1.hereditary = true;
  GeneFacts brca2 = gene_named("BRCA2", GeneRole::Suppressor);
  brca2.hereditary = true;
  brca2.protein_length = 3418;
  GeneFacts rb1 = gene_named("RB1", GeneRole::Suppressor);
  GeneFacts pten = gene_named("PTEN", GeneRole::Suppressor);
  GeneFacts cdkn2a = gene_named("CDKN2A", GeneRole::Suppressor);
  return {tp53, brca1, brca2, rb1, pten, cdkn2a, gene_named("PIK3R1", GeneRole::Suppressor)};
}

inline GeneFacts fgfr3_gene() {
  GeneFacts out = kinase_gene("FGFR3", KinaseEnd::FivePrime, {"TACC3"});
  out.refseq = "NM_000142";
  out.protein_length = 806;
  out.hotspots = {248, 249, 370, 371, 373, 380, 650};
  out.isoforms = {{"NM_001163213", "", 808, {{1, 0}, {311, kNoCounterpart}, {362, -2}}}};
  return out;
}

inline std::vector<GeneFacts> rearranged_genes() {
  GeneFacts kmt2a = gene_named("KMT2A");
  kmt2a.previous_symbols = {"MLL"};
  GeneFacts kmt2d = gene_named("KMT2D");
  kmt2d.previous_symbols = {"MLL2"};
  GeneFacts erbb2 = gene_named("ERBB2", GeneRole::Oncogene);
  erbb2.aliases = {"HER2", "HER-2", "HER2/neu"};
  erbb2.exons = {{20, 770, 831}};
  GeneFacts abl1 = kinase_gene("ABL1", KinaseEnd::ThreePrime, {"BCR"});
  GeneFacts septin14 = gene_named("SEPTIN14");
  septin14.previous_symbols = {"SEPT14"};
  std::vector<GeneFacts> out = {kmt2a,
                                kmt2d,
                                erbb2,
                                abl1,
                                septin14,
                                kinase_gene("ALK", KinaseEnd::ThreePrime, {"EML4", "NPM1"}),
                                kinase_gene("RET", KinaseEnd::ThreePrime, {"KIF5B", "CCDC6", "NCOA4"}),
                                kinase_gene("ROS1", KinaseEnd::ThreePrime, {"CD74", "SLC34A2"}),
                                kinase_gene("NTRK1", KinaseEnd::ThreePrime, {"TPM3", "LMNA"}),
                                kinase_gene("NTRK2", KinaseEnd::ThreePrime, {}),
                                kinase_gene("NTRK3", KinaseEnd::ThreePrime, {"ETV6"}),
                                kinase_gene("FGFR2", KinaseEnd::FivePrime, {"BICC1"}),
                                fgfr3_gene()};
  for (const char* symbol : {"EML4", "NPM1",  "BCR",     "TPM3",  "ETV6",   "TACC3", "TMPRSS2", "ERG",   "GOPC",
                             "PAX8", "PPARG", "SLC34A2", "HLA-A", "NKX2-1", "H1-4",  "H2BC5",   "KIF5B", "RUNX1",
                             "CD74", "LMNA",  "CDK4",    "NF1",   "MED12",  "RNF43", "CDK12"}) {
    out.push_back(gene_named(symbol));
  }
  return out;
}

inline const GeneTable& small_gene_table() {
  static const GeneTable kTable = [] {
    auto genes = point_mutation_genes();
    for (auto& gene : suppressor_genes()) genes.push_back(gene);
    for (auto& gene : rearranged_genes()) genes.push_back(gene);
    std::vector<FamilyFacts> families = {{"RAS", {"pan-RAS"}, {"KRAS", "NRAS"}},
                                         {"NTRK", {"TRK"}, {"NTRK1", "NTRK2", "NTRK3"}},
                                         {"BRCA", {"BRCA1/2"}, {"BRCA1", "BRCA2"}}};
    return GeneTable(std::move(genes), std::move(families));
  }();
  return kTable;
}

}  // namespace treff::nomenclature
