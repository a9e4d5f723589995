// Random cases over the vocabulary of random_world.h: spellings, measurements, tests, treatments, and silence.
#pragma once

#include <string>
#include <vector>

#include "kb/model/tumour_case.h"
#include "tests/kb/match/random_world.h"

namespace treff::match::random_world {

inline model::CaseAlteration as_text(const std::string& text) {
  model::CaseAlteration out;
  out.text.text = text;
  return out;
}

inline model::CaseAlteration measured(Dice& dice) {
  using nomenclature::CopyCall;
  using nomenclature::SpliceEvidence;
  model::CaseAlteration out;
  switch (dice.below(6)) {
    case 0:
    case 1: {
      out.text.gene = dice.chance(60) ? "BRCA2" : dice.of(kGenes);
      nomenclature::CopyNumber copy;
      if (dice.chance(50)) copy.call = static_cast<CopyCall>(dice.below(6));
      if (dice.chance(50)) copy.fold_change = 1.0 + 0.4 * dice.below(5);
      if (dice.chance(30)) copy.copies = dice.below(9);
      if (dice.chance(50)) copy.minor_copies = dice.below(2);
      out.copy_number = copy;
      break;
    }
    case 2:
      out.text.gene = "MET";
      out.splice = nomenclature::SpliceEvent{14, 14, static_cast<SpliceEvidence>(dice.below(3))};
      break;
    case 3:
      out.text.gene = "EGFR";
      out.splice = nomenclature::SpliceEvent{2, 7, static_cast<SpliceEvidence>(dice.below(3))};
      break;
    case 4:
      out.text.gene = "ERBB2";
      out.expression = nomenclature::Expression{dice.chance(80) ? "ihc" : "", dice.chance(50) ? "3+" : "1+", {}};
      break;
    default: {
      nomenclature::Fusion fusion;
      fusion.five_prime.genes = {dice.chance(60) ? "EML4" : "STRN"};
      fusion.three_prime.genes = {"ALK"};
      if (dice.chance(20)) std::swap(fusion.five_prime, fusion.three_prime);
      fusion.direction_known = dice.chance(70);
      if (dice.chance(50)) fusion.in_frame = dice.chance(80);
      if (dice.chance(50)) fusion.kinase_domain_kept = dice.chance(80);
      out.fusion = fusion;
      break;
    }
  }
  return out;
}

inline model::CaseAlteration random_alteration(Dice& dice) {
  static const std::vector<std::string> texts = {"BRAF V600E",
                                                 "BRAF V600K",
                                                 "BRAF p.Val600Glu",
                                                 "BRAF V600",
                                                 "BRAF K601E",
                                                 "BRAF D594G",
                                                 "BRAF mutation",
                                                 "BRAF amplification",
                                                 "BRAF c.1799T>A",
                                                 "KRAS G12C",
                                                 "KRAS G12D",
                                                 "KRAS Q61",
                                                 "KRAS A146T",
                                                 "KRAS G13=",
                                                 "KRAS A59T",
                                                 "KRAS wild type",
                                                 "EGFR L858R",
                                                 "EGFR E746_A750del",
                                                 "EGFR exon 19 deletion",
                                                 "EGFR exon 20 insertion",
                                                 "EGFR N771_P772insSVD",
                                                 "EGFR L747_P753delinsS",
                                                 "EGFR vIII",
                                                 "EGFR amplification",
                                                 "BRCA2 N1784fs",
                                                 "BRCA2 V2466A",
                                                 "BRCA2 K3326*",
                                                 "BRCA2 homozygous deletion",
                                                 "BRCA2 loss",
                                                 "MET exon 14 skipping",
                                                 "MET X1010_splice",
                                                 "MET c.3028+1G>T",
                                                 "MET amplification",
                                                 "MET D1010N",
                                                 "EML4::ALK",
                                                 "ALK fusion",
                                                 "STRN::ALK",
                                                 "EML4/ALK",
                                                 "ALK F1174L",
                                                 "ERBB2 amplification",
                                                 "ERBB2 S310F",
                                                 "RAS wild type",
                                                 "RAS mutation",
                                                 "KINASES fusion",
                                                 "KINASES exon 19 deletion",
                                                 "REPAIR frameshift mutation",
                                                 "KINASES wild type",
                                                 "BRCA2 c.5946del",
                                                 "V600E",
                                                 "BRAF qqq",
                                                 "qqq 12"};
  model::CaseAlteration out = dice.chance(25) ? measured(dice) : as_text(dice.of(texts));
  if (dice.chance(25)) out.oncogenicity = static_cast<nomenclature::Oncogenicity>(dice.below(6));
  if (dice.chance(15)) out.effect = static_cast<nomenclature::Effect>(dice.below(5));
  if (dice.chance(20)) out.origin = static_cast<nomenclature::Origin>(dice.below(3));
  if (dice.chance(30)) out.allele_fraction = dice.chance(30) ? 0.02 : 0.3;
  return out;
}

inline nomenclature::Biomarker random_biomarker(Dice& dice) {
  using nomenclature::BiomarkerName;
  using nomenclature::BiomarkerState;
  nomenclature::Biomarker out;
  out.name = dice.of(std::vector<BiomarkerName>{BiomarkerName::Tmb, BiomarkerName::Msi, BiomarkerName::Mmr,
                                                BiomarkerName::Hrd, BiomarkerName::PdL1Cps});
  out.unit = std::string(nomenclature::unit_of(out.name));
  if (out.name == BiomarkerName::Mmr) {
    out.state = dice.chance(50) ? BiomarkerState::Deficient : BiomarkerState::Proficient;
  } else if (out.name == BiomarkerName::Msi && dice.chance(60)) {
    out.state = dice.of(std::vector<BiomarkerState>{BiomarkerState::High, BiomarkerState::Intermediate,
                                                    BiomarkerState::Low, BiomarkerState::Stable});
  }
  if (out.name != BiomarkerName::Mmr && dice.chance(70)) {
    out.value = dice.of(std::vector<double>{5, 9.9, 10, 15, 20, 30});
  }
  if (dice.chance(50)) out.assay = dice.of(kPanelIds);
  if (dice.chance(30)) out.usable_sites = dice.chance(50) ? 32 : 120;
  out.failed = dice.chance(8);
  return out;
}

inline model::CaseTested random_tested(Dice& dice) {
  static const std::vector<std::string> failures = {"small", "copy_number", "fusion", "splice", "msi", "tmb"};
  model::CaseTested out;
  if (dice.chance(70)) out.panels.push_back("panel-dna");
  if (dice.chance(50)) out.panels.push_back("panel-rna");
  if (dice.chance(30)) out.genes_small_variants = dice.some(kGenes, 6);
  if (dice.chance(30)) out.genes_copy_number = dice.some(kGenes, 6);
  if (dice.chance(20)) out.genes_fusion = dice.some(kGenes, 6);
  if (dice.chance(20)) out.genes_splice = dice.some(kGenes, 6);
  if (dice.chance(12)) out.failed = {dice.of(failures)};
  return out;
}

inline std::vector<model::PriorTreatment> random_prior_treatments(Dice& dice) {
  std::vector<model::PriorTreatment> out;
  const int n = dice.below(3);
  for (int i = 0; i < n; ++i) {
    model::PriorTreatment one;
    if (dice.chance(70)) one.drug = dice.chance(90) ? dice.of(kDrugIds) : "something new";
    if (one.drug.empty() || dice.chance(10)) one.drug_class = dice.of(kDrugClasses);
    if (dice.chance(50)) one.line = 1 + i;
    one.outcome = static_cast<model::TreatmentOutcome>(dice.below(5));
    if (dice.chance(60)) one.to = random_day(dice);
    out.push_back(std::move(one));
  }
  return out;
}

inline model::TumourCase random_case(Dice& dice) {
  model::TumourCase out;
  out.diagnosis.oncotree = dice.of(kCodes);
  const int alterations = dice.below(5);
  for (int i = 0; i < alterations; ++i) out.alterations.push_back(random_alteration(dice));
  const int biomarkers = dice.chance(50) ? 0 : 1 + dice.below(3);
  for (int i = 0; i < biomarkers; ++i) out.biomarkers.push_back(random_biomarker(dice));
  if (!dice.chance(15)) out.tested = random_tested(dice);
  if (dice.chance(60)) out.specimen.kind = dice.chance(80) ? "tissue" : "plasma";
  if (dice.chance(50)) out.specimen.taken_on = random_day(dice);
  if (dice.chance(40)) out.specimen.tumour_fraction = dice.chance(30) ? 0.1 : 0.5;
  if (dice.chance(60)) out.prior_treatments = random_prior_treatments(dice);
  if (dice.chance(70)) out.age_years = 15 + dice.below(6) + (dice.chance(25) ? 0.5 : 0);
  if (dice.chance(70)) out.sex = dice.chance(50) ? model::Sex::Female : model::Sex::Male;
  if (dice.chance(70)) out.ecog = dice.below(4);
  if (dice.chance(70)) out.disease_extent = dice.of(kExtents);
  if (dice.chance(70)) out.measurable_disease = dice.chance(70);
  if (dice.chance(60)) out.prior_lines = dice.below(4);
  if (dice.chance(60)) out.standard_treatment_exhausted = dice.chance(60);
  if (dice.chance(15)) out.consent_blocks = {dice.of(kTrialIds)};
  if (dice.chance(60)) out.region = dice.of(kRegions);
  return out;
}

}  // namespace treff::match::random_world
