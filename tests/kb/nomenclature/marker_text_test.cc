// Markers in running text. The expected readings were written by hand from the sentences.
#include "kb/nomenclature/marker_text.h"

#include <catch2/catch.hpp>

#include "kb/nomenclature/read_alteration.h"

namespace treff::nomenclature {
namespace {

GeneTable marker_genes() {
  std::vector<GeneFacts> genes;
  const auto add = [&](const char* symbol, std::vector<std::string> aliases = {}, KinaseEnd end = KinaseEnd::None) {
    GeneFacts facts;
    facts.symbol = symbol;
    facts.aliases = std::move(aliases);
    facts.kinase_end = end;
    genes.push_back(std::move(facts));
  };
  for (const char* symbol : {"BRAF", "KRAS",  "NRAS",  "HRAS", "BRCA1",  "BRCA2", "PIK3CA", "PTEN", "IDH1", "IDH2",
                             "TP53", "FLT3",  "NPM1",  "ATR",  "CDKN2A", "MTAP",  "STK11",  "NF1",  "NF2",  "TSC1",
                             "TSC2", "FGFR2", "FGFR3", "POLE", "CCNE1",  "BCR",   "EML4",   "ABL1", "PALB2"}) {
    add(symbol);
  }
  add("EGFR", {"ERBB1"});
  add("ERBB2", {"HER2"});
  add("MET", {"CMET", "C-MET"});
  add("KIT", {"CKIT", "C-KIT"});
  add("MTOR");
  for (const char* symbol : {"ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3"}) add(symbol, {}, KinaseEnd::ThreePrime);
  std::vector<FamilyFacts> families;
  families.push_back({"NTRK", {"NTRK"}, {"NTRK1", "NTRK2", "NTRK3"}});
  families.push_back({"BRCA", {"BRCA"}, {"BRCA1", "BRCA2"}});
  return GeneTable(std::move(genes), std::move(families));
}

// "+BRAF V600E|BRAF V600K" = needed, any of the two; "-" = excluded; markers parted by "; ".
std::string reading(std::string_view text, MarkerPlace place) {
  static const GeneTable genes = marker_genes();
  std::string out;
  for (const Marker& marker : read_markers(text, place, genes)) {
    if (!out.empty()) out += "; ";
    out += marker.sense == MarkerSense::Needed ? '+' : '-';
    for (std::size_t i = 0; i < marker.any_of.size(); ++i) out += (i == 0 ? "" : "|") + marker.any_of[i];
    CHECK(marker.begin < marker.end);
    CHECK(marker.end <= text.size());
    // What is suggested can be read by the criterion reader, or is a biomarker.
    for (const std::string& one : marker.any_of) {
      INFO(one);
      CHECK((read_class(one, {}, genes).has_value() || parse_biomarker(one).has_value()));
    }
  }
  return out;
}

struct Row {
  const char* text;
  const char* want;
};

// Inclusion criteria.
const Row kInclusion[] = {
    // needed
    {"Documented BRAF V600E or V600K mutation.", "+BRAF V600E|BRAF V600K"},
    {"BRAF V600E/K mutation-positive melanoma", "+BRAF V600E|BRAF V600K"},
    {"Tumor must harbor a KRAS G12C mutation", "+KRAS G12C"},
    {"Histologically confirmed NSCLC with KRAS p.G12C mutation", "+KRAS G12C"},
    {"Patients must have an ALK rearrangement", "+ALK fusion"},
    {"ALK-positive NSCLC", "+ALK fusion"},
    {"ROS1 fusion or NTRK1/2/3 gene fusion", "+ROS1 fusion|NTRK1/NTRK2/NTRK3 fusion"},
    {"Presence of NTRK fusion", "+NTRK1/NTRK2/NTRK3 fusion"},
    {"EGFR exon 20 insertion mutation", "+EGFR exon 20 insertion"},
    {"EGFR exon 19 deletion or L858R mutation", "+EGFR exon 19 deletion|EGFR L858R"},
    {"EGFR sensitizing mutation (exon 19 deletion or L858R)", "+EGFR exon 19 deletion|EGFR L858R"},
    {"MET exon 14 skipping", "+MET exon 14 skipping"},
    {"MET exon 14 deletion", "+MET exon 14 skipping"},
    {"MET amplification determined by NGS", "+MET amplification"},
    {"Germline BRCA1 or BRCA2 mutation", "+BRCA1 mutation (germline)|BRCA2 mutation (germline)"},
    {"Deleterious mutation in BRCA1 or BRCA2", "+BRCA1 mutation|BRCA2 mutation"},
    {"Somatic or germline BRCA1/2 mutation", "+BRCA1/BRCA2 mutation"},
    {"KRAS, NRAS, or BRAF mutation", "+KRAS mutation|NRAS mutation|BRAF mutation"},
    {"PIK3CA-mutated breast cancer", "+PIK3CA mutation"},
    {"Loss of PTEN by sequencing", "+PTEN loss"},
    {"V600E BRAF mutation", "+BRAF V600E"},
    {"Presence of EGFR T790M", "+EGFR T790M"},
    {"KRAS wild-type colorectal cancer", "+KRAS wild type"},
    {"KRAS and NRAS wild-type", "+KRAS wild type; +NRAS wild type"},
    {"wild-type KRAS", "+KRAS wild type"},
    {"FLT3-ITD positive AML", "+FLT3 ITD"},
    {"MSI-H or dMMR tumour", "+MSI high|MMR deficient"},
    {"TMB-high solid tumour", "+TMB high"},
    {"HER2-positive breast cancer", "+ERBB2 amplification|ERBB2 overexpression"},
    {"cKIT exon 9, 11 or 13 mutation", "+KIT exon 9 mutation|KIT exon 11 mutation|KIT exon 13 mutation"},
    {"NF2 inactivating mutation", "+NF2 loss of function mutation"},
    {"homozygous MTAP deletion", "+MTAP homozygous deletion"},
    {"TSC1 or TSC2 mutation", "+TSC1 mutation|TSC2 mutation"},
    {"IDH1 R132H mutation", "+IDH1 R132H"},
    // ruled out
    {"No known EGFR mutation", "-EGFR mutation"},
    {"No known EGFR mutation or ALK rearrangement", "-EGFR mutation|ALK fusion"},
    {"Absence of EGFR mutations and ALK fusions", "-EGFR mutation; -ALK fusion"},
    {"Tumours without RAF alterations and without KRAS mutation", ""},
    {"HER2-negative breast cancer", "-ERBB2 amplification|ERBB2 overexpression"},
    {"ALK-negative NSCLC", "-ALK fusion"},
    {"EGFR mutation negative", "-EGFR mutation"},
    {"Patients with EGFR mutations are excluded", "-EGFR mutation"},
    {"EGFR mutation not detected", "-EGFR mutation"},
    {"Negative for EGFR mutation", "-EGFR mutation"},
    // neither: another sentence subject, a treatment, a test, an unread alternative
    {"Patients with EGFR mutation must have received osimertinib", ""},
    {"Progressed on osimertinib for T790M", ""},
    {"Disease progression on an EGFR inhibitor", ""},
    {"Prior treatment with ALK fusion inhibitors", ""},
    {"Known EGFR mutation status", ""},
    {"EGFR mutation testing is required", ""},
    {"BRAF V600E mutation or brain metastases", ""},
    {"EGFR, ALK or other driver mutation", ""},
    {"Regardless of KRAS mutation", ""},
    {"With or without PIK3CA mutation", ""},
    {"Actionable alterations (e.g., EGFR mutation, ALK fusion) are allowed", ""},
    {"NSCLC: KRAS G12C mutation", ""},
    {"KRAS mutation, any variant except G12C", ""},
    {"All criteria must be MET. Fusion surgery is allowed", ""},
    {"Patients may have EGFR mutation", ""},
    {"Combination of ATR (M1774) and a second drug", ""},
    {"Negative for PD-L1 and positive for KRAS G12C", ""},
    {"Documented ALK rearrangement and is not amenable to surgery", ""},
    {"BRAF V600E-wildtype carcinoma", ""},
    {"NRAS mutation in codon 12, 13, or 61", ""},
    {"If EGFR mutation is present, a TKI must have been given", ""},
    {"anti-EGFR antibody and HER2 expression", ""},
    {"The kit was met with set standards", ""},
    {"A documented EGFR mutation: L858R or T790M", ""},
    {"NSCLC without targetable mutations (i.e., EGFR mutations, ALK rearrangement)", ""},
    {"Breast cancer; MSS colorectal cancer; or lymphoma", ""},
    {"Tumour with KRAS and BRCA1 and/or BRCA2 mutations", ""},
    {"Tumour with KRAS and TP53 mutations", ""},
    {"HER2 mutation in the kinase domain", ""},
    {"Prior or current use of a KRAS G12D (ON/OFF) inhibitor", ""},
    {"Targetable EGFR, gene rearrangement of ALK", "+ALK fusion"},
    {"Patients with known EGFR mutation who have not had a TKI", ""},
};

TEST_CASE("inclusion criteria: what is needed, what is ruled out, and what is neither") {
  for (const Row& row : kInclusion) {
    INFO(row.text);
    CHECK(reading(row.text, MarkerPlace::Inclusion) == row.want);
  }
}

TEST_CASE("exclusion criteria: a marker there is ruled out, a double negation is nothing") {
  const Row rows[] = {
      {"Known EGFR mutation or ALK translocation", "-EGFR mutation|ALK fusion"},
      {"Tumors harboring BRAF V600E", "-BRAF V600E"},
      {"Patients with EGFR mutation are excluded", "-EGFR mutation"},
      {"MSI-H disease", "-MSI high"},
      {"KRAS wild type", "-KRAS wild type"},
      {"Absence of KRAS G12C mutation", ""},
      {"No EGFR mutation", ""},
      {"HER2-negative disease", ""},
      {"Exception: KRAS mutations are not excluded.", ""},
      {"Prior therapy for EGFR mutation", ""},
      {"EGFR mutation, unless treated with a TKI", ""},
      {"Use of EGFR inhibitors", ""},
      {"Tumor is KRAS-mutated (any variant) and microsatellite stable", ""},
      {"Known EGFR mutations and ALK fusions", "-EGFR mutation; -ALK fusion"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(reading(row.text, MarkerPlace::Exclusion) == row.want);
  }
}

TEST_CASE("titles and arm labels") {
  const Row rows[] = {
      {"A Phase 2 Study of X in EGFR-Mutant NSCLC After Progression", "+EGFR mutation"},
      {"Subprotocol H (BRAF V600E/R/K/D mutation)", "+BRAF V600E|BRAF V600R|BRAF V600K|BRAF V600D"},
      {"Subprotocol V (cKIT exon 9, 11, 13, or 14 mutation)",
       "+KIT exon 9 mutation|KIT exon 11 mutation|KIT exon 13 mutation|KIT exon 14 mutation"},
      {"Advanced NSCLC Harboring ALK, ROS1, and RET Gene Fusions", "+ALK fusion|ROS1 fusion|RET fusion"},
      {"Patients With or Without BRCA1 Mutation", ""},
      {"Solid Tumors With EGFR Mutation or Other Alterations", ""},
      {"HER2-negative Breast Cancer", "-ERBB2 amplification|ERBB2 overexpression"},
      {"EGFR Inhibitor in Lung Cancer", ""},
      {"X, a KRAS G12D (ON/OFF) Inhibitor, in Advanced Solid Tumors", ""},
      {"Pan-KRAS Inhibitor in KRAS Mutant Solid Tumors", "+KRAS mutation"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(reading(row.text, MarkerPlace::Heading) == row.want);
  }
}

TEST_CASE("eligibility text is read by section, and alternatives are left out") {
  const auto passages = eligibility_passages(
      "Inclusion Criteria:\n\n"
      "* Age 18 or older.\n"
      "* Tumour with BRAF V600E\n  mutation. Second sentence here.\n"
      "* One of the following:\n\n  * EGFR mutation\n  * ALK fusion\n"
      "* All of the following:\n  * KRAS G12C mutation\n"
      "* MET amplification; OR\n* MET exon 14 skipping\n\n"
      "Exclusion Criteria:\n\n"
      "1. Any of the following:\n   1. NRAS mutation\n"
      "2. Prior treatment with any of the following:\n   1. PIK3CA mutation drugs\n\n"
      "Cohort B\n\nInclusion:\n* RET fusion\n");
  std::string all;
  for (const Passage& passage : passages) {
    all += (passage.place == MarkerPlace::Exclusion ? "-" : "+") + passage.text + "\n";
  }
  CHECK(all ==
        "+Age 18 or older.\n+Tumour with BRAF V600E mutation.\n+Second sentence here.\n+KRAS G12C mutation\n"
        "-NRAS mutation\n");
}

TEST_CASE("no text crashes the reader, and every marker lies inside it") {
  const char* seeds[] = {"BRAF V600E or",
                         "exon 19",
                         "EGFR (",
                         "KRAS, NRAS, or",
                         "MET exon 14, 15, 16 or",
                         "no",
                         "-",
                         "((((",
                         "HER2+",
                         "FLT3-",
                         "wild type",
                         "mutation in",
                         "loss of function",
                         "EGFR mutation ("};
  for (const char* seed : seeds) {
    const std::string text = seed;
    for (std::size_t n = 0; n <= text.size(); ++n) {
      for (const MarkerPlace place : {MarkerPlace::Heading, MarkerPlace::Inclusion, MarkerPlace::Exclusion}) {
        (void)reading(std::string_view(text).substr(0, n), place);
      }
      for (const Passage& passage : eligibility_passages(text.substr(0, n))) CHECK_FALSE(passage.text.empty());
    }
  }
}

}  // namespace
}  // namespace treff::nomenclature
