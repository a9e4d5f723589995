// Random knowledge bases over a vocabulary so small that rules, findings and exclusions meet all the time.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "kb/base/text.h"
#include "kb/model/records.h"

namespace treff::match::random_world {

using model::Criterion;
using model::CriterionKind;
using nomenclature::ClassKind;
using nomenclature::Consequence;
using nomenclature::VariantClass;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  // 0 .. n-1; plain remainder, so that the same seed gives the same world with every standard library.
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  template <class T>
  const T& of(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }
  // One to `most` of the list, each once.
  template <class T>
  std::vector<T> some(const std::vector<T>& list, int most) {
    std::vector<T> out;
    const int n = 1 + below(most);
    for (int i = 0; i < n; ++i) {
      const T& one = of(list);
      if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
    }
    return out;
  }

 private:
  std::mt19937_64 engine_;
};

inline const std::vector<std::string> kGenes = {"BRAF", "KRAS", "EGFR", "BRCA2", "MET", "ALK", "EML4", "ERBB2"};
inline const std::vector<std::string> kDrugIds = {"braf-one", "mek-one", "egfr-one", "parp-one", "her2-one"};
// "parp-one" is also a class: the two must not be taken for one another.
inline const std::vector<std::string> kDrugClasses = {"BRAF inhibitor", "kinase inhibitor", "parp-one"};
inline const std::vector<std::string> kCodes = {"LUNG", "NSCLC", "LUAD", "LUSC", "BOWEL",
                                                "COAD", "CUP",   "AML",  "HIST", "SARCOMA"};
inline const std::vector<std::string> kTumourWords = {"solid", "haematological", "any"};
inline const std::vector<std::string> kExtents = {"localised", "locally_advanced", "metastatic"};
inline const std::vector<std::string> kRegions = {"north", "west"};
inline const std::vector<std::string> kTrialIds = {"trial-a", "trial-b"};
inline const std::vector<std::string> kPanelIds = {"panel-dna", "panel-rna"};
inline const std::vector<std::string> kTargetIds = {"target-1", "target-2", "target-3"};
inline const Date kToday{2026, 11, 22};

inline Date random_day(Dice& dice) { return base::add_days(kToday, dice.below(41) - 20); }

// ---- fixed records ----------------------------------------------------------------------------------------------

inline model::Gene gene(const std::string& symbol) {
  using nomenclature::GeneRole;
  model::Gene out;
  out.id = base::to_lower_ascii(symbol);
  out.symbol = symbol;
  out.role = symbol == "BRCA2" ? GeneRole::Suppressor : GeneRole::Oncogene;
  out.hereditary = symbol == "BRCA2";
  out.clonal_haematopoiesis = symbol == "KRAS";
  if (symbol == "BRAF") {
    out.hotspots = {594, 600};
    out.exons = {{11, 439, 478}, {15, 581, 620}};
  } else if (symbol == "KRAS") {
    out.hotspots = {12, 13, 61};
    out.exons = {{2, 1, 37}, {3, 38, 97}, {4, 97, 150}};
  } else if (symbol == "EGFR") {
    out.hotspots = {719, 858};
    out.exons = {{18, 688, 728}, {19, 729, 761}, {20, 762, 823}, {21, 824, 875}};
  } else if (symbol == "MET") {
    out.exons = {{13, 941, 981}, {14, 982, 1028}, {15, 1029, 1082}};
  } else if (symbol == "ALK") {
    out.kinase_end = nomenclature::KinaseEnd::ThreePrime;
    out.recurrent_partners = {"EML4"};
    out.exons = {{23, 1172, 1215}};
  }
  return out;
}

inline model::GeneFamily family(const std::string& name, std::vector<std::string> members) {
  model::GeneFamily out;
  out.id = base::to_lower_ascii(name);
  out.names.en = name;
  out.members = std::move(members);
  return out;
}

inline model::Diagnosis diagnosis(const std::string& code, const std::string& parent, nomenclature::Lineage lineage) {
  model::Diagnosis out;
  out.id = base::to_lower_ascii(code);
  out.names.en = "Tumour " + code;
  out.code = code;
  out.parent = parent;
  out.lineage = lineage;
  out.tissue_level = parent.empty();
  out.unknown_primary = code == "CUP";
  return out;
}

inline void add_vocabulary(std::vector<model::Record>& out) {
  using nomenclature::Lineage;
  for (const std::string& symbol : kGenes) out.push_back(gene(symbol));
  out.push_back(family("RAS", {"kras", "braf"}));
  out.push_back(family("KINASES", {"alk", "met", "egfr"}));
  out.push_back(family("REPAIR", {"brca2", "braf"}));
  out.push_back(diagnosis("LUNG", "", Lineage::Solid));
  out.push_back(diagnosis("NSCLC", "lung", Lineage::Solid));
  out.push_back(diagnosis("LUAD", "nsclc", Lineage::Solid));
  out.push_back(diagnosis("LUSC", "nsclc", Lineage::Solid));
  out.push_back(diagnosis("BOWEL", "", Lineage::Solid));
  out.push_back(diagnosis("COAD", "bowel", Lineage::Solid));
  out.push_back(diagnosis("CUP", "", Lineage::Solid));
  out.push_back(diagnosis("AML", "", Lineage::Haematological));
  out.push_back(diagnosis("HIST", "", Lineage::Histiocytic));
  out.push_back(diagnosis("SARCOMA", "", Lineage::Unknown));
}

// ---- criteria ---------------------------------------------------------------------------------------------------

inline void fill_small_class(Dice& dice, VariantClass& c) {
  static const std::vector<std::string> changes = {"V600E", "V600K", "G12C", "L858R", "E746_A750del", "N1784fs"};
  static const std::vector<std::string> codons = {"V600", "G12", "Q61", "L858", "K601", "A146"};
  switch (c.kind) {
    case ClassKind::Protein: c.change = dice.of(changes); break;
    case ClassKind::Coding: c.change = dice.chance(50) ? "c.1799T>A" : "c.35G>T"; break;
    case ClassKind::Genomic:
      c.change = "7:140453136 A>T";
      c.assembly = dice.chance(70) ? nomenclature::Assembly::GRCh37 : nomenclature::Assembly::GRCh38;
      break;
    case ClassKind::Codon: c.at = dice.of(codons); break;
    case ClassKind::Range:
      c.start = dice.chance(50) ? 729 : 581;
      c.end = c.start + 32;
      break;
    case ClassKind::Exon: c.exon = dice.of(std::vector<int>{2, 15, 19, 20}); break;
    case ClassKind::AnyMutation:
    case ClassKind::Functional:
    case ClassKind::CopyNumber:
    case ClassKind::Fusion:
    case ClassKind::Splice:
    case ClassKind::NamedStructural:
    case ClassKind::Biallelic:
    case ClassKind::WildType:
    case ClassKind::Expression: break;
  }
  const bool listed = c.kind == ClassKind::Range || c.kind == ClassKind::Exon;
  if (listed && dice.chance(60)) {
    c.consequences = {dice.of(std::vector<Consequence>{Consequence::InframeDeletion, Consequence::InframeInsertion,
                                                       Consequence::Missense, Consequence::Frameshift})};
  }
}

inline void fill_event_class(Dice& dice, VariantClass& c) {
  using nomenclature::CopyCall;
  using nomenclature::FunctionClass;
  switch (c.kind) {
    case ClassKind::Functional: c.function = static_cast<FunctionClass>(dice.below(4)); break;
    case ClassKind::CopyNumber:
      c.copy = dice.of(
          std::vector<CopyCall>{CopyCall::Amplification, CopyCall::Gain, CopyCall::Loss, CopyCall::HomozygousDeletion});
      if (c.copy == CopyCall::Amplification && dice.chance(30)) c.min_fold_change = 2.0;
      if (c.copy == CopyCall::Amplification && dice.chance(30)) c.min_copies = 6.0;
      break;
    case ClassKind::Fusion:
      c.genes = {"ALK"};
      if (dice.chance(30)) c.partner = "EML4";
      if (c.partner.empty() && dice.chance(20)) c.excluded_partners = {"EML4"};
      if (dice.chance(20)) c.role = nomenclature::FusionRole::ThreePrime;
      break;
    case ClassKind::Splice:
      c.genes = {"MET"};
      c.exon = 14;
      break;
    case ClassKind::NamedStructural:
      c.genes = {"EGFR"};
      c.name = dice.chance(70) ? "vIII" : "KDD";
      break;
    case ClassKind::WildType:
      if (dice.chance(40)) c.exons = {2, 3, 4};
      break;
    case ClassKind::Expression:
      c.genes = {"ERBB2"};
      c.method = dice.chance(70) ? "ihc" : "";
      c.levels = {"3+"};
      break;
    case ClassKind::Protein:
    case ClassKind::Coding:
    case ClassKind::Genomic:
    case ClassKind::Codon:
    case ClassKind::Range:
    case ClassKind::Exon:
    case ClassKind::AnyMutation:
    case ClassKind::Biallelic: break;
  }
}

inline VariantClass random_class(Dice& dice, bool may_exclude) {
  VariantClass out;
  out.kind = static_cast<ClassKind>(dice.below(15));
  out.genes = dice.some(kGenes, dice.chance(70) ? 1 : 2);
  fill_small_class(dice, out);
  fill_event_class(dice, out);
  if (dice.chance(15)) out.function_policy = static_cast<nomenclature::FunctionPolicy>(dice.below(3));
  if (dice.chance(10)) {
    out.origin = dice.chance(50) ? nomenclature::Origin::Somatic : nomenclature::Origin::Germline;
  }
  if (may_exclude && dice.chance(20)) {
    VariantClass inner = random_class(dice, false);
    if (dice.chance(70)) inner.genes = out.genes;
    out.excludes.push_back(std::move(inner));
  }
  return out;
}

inline model::BiomarkerCondition random_biomarker_condition(Dice& dice) {
  using nomenclature::BiomarkerName;
  using nomenclature::BiomarkerState;
  model::BiomarkerCondition out;
  out.name = dice.of(std::vector<BiomarkerName>{BiomarkerName::Tmb, BiomarkerName::Msi, BiomarkerName::Mmr,
                                                BiomarkerName::Hrd, BiomarkerName::PdL1Cps});
  const bool by_state = out.name == BiomarkerName::Mmr || (out.name == BiomarkerName::Msi && dice.chance(80));
  if (by_state) {
    out.is = out.name == BiomarkerName::Mmr
                 ? (dice.chance(70) ? BiomarkerState::Deficient : BiomarkerState::Proficient)
                 : dice.of(std::vector<BiomarkerState>{BiomarkerState::High, BiomarkerState::Stable,
                                                       BiomarkerState::Intermediate, BiomarkerState::Low});
  } else {
    out.op = static_cast<model::Comparison>(dice.below(5));
    out.value = 10;
    out.unit = std::string(nomenclature::unit_of(out.name));
  }
  if (dice.chance(25)) out.assay = dice.of(kPanelIds);
  return out;
}

inline model::DiagnosisCondition random_diagnosis_condition(Dice& dice) {
  model::DiagnosisCondition out;
  if (!dice.chance(10)) out.any_of = dice.chance(25) ? dice.some(kTumourWords, 1) : dice.some(kCodes, 3);
  if (out.any_of.empty() || dice.chance(25)) {
    out.none_of = dice.chance(10) ? dice.some(kTumourWords, 1) : dice.some(kCodes, 2);
  }
  return out;
}

inline model::Range<int> random_range(Dice& dice, int around) {
  model::Range<int> out;
  const bool lower = dice.chance(50);
  if (lower || dice.chance(20)) out.min = around + dice.below(2);
  if (!lower || dice.chance(20)) out.max = out.min.value_or(around) + dice.below(2);
  return out;
}

inline model::PriorTreatmentCondition random_prior_condition(Dice& dice) {
  model::PriorTreatmentCondition out;
  (dice.chance(50) ? out.drug : out.drug_class) = "parp-one";
  if (dice.chance(60)) {
    if (out.drug.empty()) out.drug_class = dice.of(kDrugClasses);
    if (!out.drug.empty()) out.drug = dice.of(kDrugIds);
  }
  out.use = static_cast<model::PriorUse>(dice.below(3));
  return out;
}

inline model::ClinicalCondition random_clinical_condition(Dice& dice) {
  model::ClinicalCondition out;
  const int members = 1 + dice.below(2);
  for (int i = 0; i < members; ++i) {
    switch (dice.below(9)) {
      case 0:
        if (dice.chance(70)) out.age_years = random_range(dice, 17);
        if (!out.age_years)
          out.age_exact =
              model::AgeCondition{static_cast<model::Comparison>(dice.below(5)), 16.5 + dice.below(4) * 0.5};
        break;
      case 1: out.sex = dice.chance(50) ? model::Sex::Female : model::Sex::Male; break;
      case 2: out.ecog = random_range(dice, 1); break;
      case 3: out.disease_extent = dice.some(kExtents, 2); break;
      case 4: out.measurable_disease = dice.chance(70); break;
      case 5: out.prior_lines = random_range(dice, 1); break;
      case 6: out.prior_treatments.push_back(random_prior_condition(dice)); break;
      case 7: out.standard_treatment_exhausted = dice.chance(70); break;
      default: out.regions = dice.some(kRegions, 1); break;
    }
  }
  return out;
}

inline Criterion random_leaf(Dice& dice, bool molecular_only) {
  Criterion out;
  const int kind = molecular_only ? dice.below(60) : dice.below(100);
  if (kind < 48) {
    out.kind = CriterionKind::Variant;
    out.leaf = random_class(dice, true);
  } else if (kind < 60) {
    out.kind = CriterionKind::Biomarker;
    out.leaf = random_biomarker_condition(dice);
  } else if (kind < 78) {
    out.kind = CriterionKind::Diagnosis;
    out.leaf = random_diagnosis_condition(dice);
  } else if (kind < 95) {
    out.kind = CriterionKind::Clinical;
    out.leaf = random_clinical_condition(dice);
  } else {
    out.kind = CriterionKind::Text;
    out.leaf = model::TextRule{"kidney function?", {}};
  }
  return out;
}

// `targets`: the first so many target ids may be referred to, so that none refers to itself.
inline Criterion random_criterion(Dice& dice, int depth, int targets, bool molecular_only = false) {
  if (targets > 0 && dice.chance(12)) {
    Criterion out;
    out.kind = CriterionKind::Target;
    out.target = kTargetIds[static_cast<std::size_t>(dice.below(targets))];
    return out;
  }
  if (depth == 0 || dice.chance(30)) return random_leaf(dice, molecular_only);
  Criterion out;
  const int kind = dice.below(100);
  out.kind = kind < 40   ? CriterionKind::All
             : kind < 70 ? CriterionKind::Any
             : kind < 85 ? CriterionKind::Not
                         : CriterionKind::AtLeast;
  const int parts = out.kind == CriterionKind::Not ? 1 : 1 + dice.below(3);
  for (int i = 0; i < parts; ++i) out.parts.push_back(random_criterion(dice, depth - 1, targets, molecular_only));
  if (out.kind == CriterionKind::AtLeast) out.n = 1 + dice.below(parts);
  return out;
}

// Shaped like a real cohort most of the time, anything at all otherwise.
inline Criterion random_cohort_criterion(Dice& dice) {
  if (dice.chance(35)) return random_criterion(dice, 4, 3);
  Criterion out;
  out.kind = CriterionKind::All;
  Criterion tumour;
  tumour.kind = CriterionKind::Diagnosis;
  tumour.leaf = random_diagnosis_condition(dice);
  out.parts.push_back(std::move(tumour));
  out.parts.push_back(random_criterion(dice, 2, 3, true));
  if (dice.chance(50)) {
    Criterion clinical;
    clinical.kind = CriterionKind::Clinical;
    clinical.leaf = random_clinical_condition(dice);
    out.parts.push_back(std::move(clinical));
  }
  return out;
}

// ---- records ----------------------------------------------------------------------------------------------------

inline model::Confidence random_confidence(Dice& dice) {
  return dice.chance(12) ? model::Confidence::Inferred : model::Confidence::Quoted;
}

inline std::vector<model::StatusChange> random_status(Dice& dice) {
  std::vector<model::StatusChange> out;
  const int changes = dice.chance(10) ? 0 : 1 + dice.below(3);
  for (int i = 0; i < changes; ++i) {
    model::StatusChange change;
    change.state = dice.chance(60) ? model::EntryState::Open : static_cast<model::EntryState>(dice.below(5));
    if (!dice.chance(20)) change.from = random_day(dice);
    if (change.state == model::EntryState::Closed && dice.chance(50)) change.reason = "lack_of_effect";
    out.push_back(std::move(change));
  }
  return out;
}

inline model::CriteriaPart random_part(Dice& dice, Criterion rule) {
  model::CriteriaPart out;
  out.rule = std::move(rule);
  if (dice.chance(15)) out.confidence = random_confidence(dice);
  return out;
}

inline model::Drug random_drug(Dice& dice, const std::string& id) {
  model::Drug out;
  out.id = id;
  out.substance = id;
  out.confidence = random_confidence(dice);
  if (!dice.chance(15)) out.drug_classes = dice.some(kDrugClasses, 2);
  if (dice.chance(60)) out.genes = {base::to_lower_ascii(dice.of(kGenes))};
  const int labels = dice.below(3);
  for (int i = 0; i < labels; ++i) {
    model::LabelIndication label;
    label.region = dice.chance(75) ? "eu" : "us";
    if (!dice.chance(15)) label.criterion = random_cohort_criterion(dice);
    if (dice.chance(30)) label.with_drugs = {dice.of(kDrugIds)};
    if (dice.chance(40)) label.from = random_day(dice);
    if (dice.chance(20)) label.to = random_day(dice);
    if (dice.chance(10)) label.confidence = random_confidence(dice);
    out.labels.push_back(std::move(label));
  }
  if (dice.chance(50)) out.no_label_regions = {"eu"};
  return out;
}

inline model::Trial random_trial(Dice& dice, const std::string& id) {
  model::Trial out;
  out.id = id;
  out.confidence = random_confidence(dice);
  out.status = random_status(dice);
  if (dice.chance(60)) out.common_criteria = random_part(dice, random_criterion(dice, 1, 0));
  if (dice.chance(50)) out.label_rule_region = "eu";
  out.opens_new_cohorts = dice.chance(70);
  if (dice.chance(60)) {
    model::TwoStageDesign design;
    design.stage1_patients = 8;
    design.stage1_min_effects = 1;
    design.stage2_patients_total = 24;
    design.stage2_min_effects = 5;
    out.design = design;
  }
  // No two of one trial's drugs are the same regimen: their options would share an id.
  const std::vector<std::vector<std::string>> regimens = {{"braf-one"}, {"mek-one", "braf-one"}, {"her2-one"}};
  for (const auto& regimen : regimens) {
    if (dice.chance(50)) continue;
    model::TrialDrug drug;
    drug.drugs = regimen;
    if (!dice.chance(15)) drug.marker = random_criterion(dice, 1, 3, true);
    if (dice.chance(10)) drug.confidence = random_confidence(dice);
    out.drugs.push_back(std::move(drug));
  }
  return out;
}

inline model::Cohort random_cohort(Dice& dice, int number) {
  static const std::vector<std::vector<std::string>> regimens = {
      {"braf-one"}, {"braf-one", "mek-one"}, {"her2-one"}, {"egfr-one"}, {"parp-one"}};
  model::Cohort out;
  out.id = "cohort-" + std::to_string(number);
  out.trial = dice.of(kTrialIds);
  out.drugs = dice.of(regimens);
  out.confidence = random_confidence(dice);
  out.status = random_status(dice);
  if (!dice.chance(8)) out.criteria = random_part(dice, random_cohort_criterion(dice));
  out.stage = static_cast<model::StageNumber>(dice.below(4));
  if (dice.chance(40)) {
    model::EnrolmentFigures figures;
    figures.as_of = random_day(dice);
    figures.evaluable = dice.below(9);
    figures.pending = dice.below(4);
    figures.effects = dice.below(3);
    out.enrolment.push_back(figures);
  }
  if (dice.chance(20)) {
    model::Slots slots;
    slots.cap = 8;
    slots.left = dice.below(3);
    slots.as_of = random_day(dice);
    out.slots = slots;
  }
  return out;
}

inline model::AccessProgramme random_programme(Dice& dice, int number) {
  model::AccessProgramme out;
  out.id = "programme-" + std::to_string(number);
  if (!dice.chance(15)) out.drugs = {dice.of(kDrugIds)};
  out.confidence = random_confidence(dice);
  out.status = random_status(dice);
  if (!dice.chance(10)) out.criteria = random_part(dice, random_cohort_criterion(dice));
  if (dice.chance(40)) out.valid_until = random_day(dice);
  out.trial_first = dice.chance(50);
  return out;
}

inline model::Evidence random_evidence(Dice& dice, int number) {
  model::Evidence out;
  out.id = "evidence-" + std::to_string(number);
  out.criterion = random_criterion(dice, 1, 3, true);
  if (!dice.chance(20)) out.diagnoses = {dice.chance(30) ? dice.of(kTumourWords) : dice.of(kCodes)};
  if (!dice.chance(10)) out.drugs = {dice.of(kDrugIds)};
  if (dice.chance(20)) out.drugs.push_back("mek-one");
  out.direction = static_cast<model::EvidenceDirection>(dice.below(3));
  return out;
}

inline model::Panel random_panel(Dice& dice, const std::string& id) {
  model::Panel out;
  out.id = id;
  const bool dna = id == "panel-dna";
  if (dna) {
    out.genes_small_variants = kGenes;
    out.genes_small_variants.erase(out.genes_small_variants.begin() + dice.below(3));
    if (dice.chance(70)) out.genes_copy_number = dice.some(kGenes, 6);
    out.reports_deletions = dice.chance(50);
  } else {
    out.genes_fusion = {"ALK"};
    if (dice.chance(70)) out.genes_splice = {"MET", "EGFR"};
  }
  if (!dice.chance(70)) return out;
  model::PanelLimits limits;
  limits.amplification_measure = model::AmplificationMeasure::FoldChange;
  if (dice.chance(60)) limits.amplified_from = 2.2;
  if (dice.chance(30)) limits.grey_from = 1.5;
  if (dice.chance(40)) limits.allele_fraction_min = 0.05;
  if (dice.chance(40)) limits.tumour_fraction_min = 0.2;
  if (dice.chance(70)) limits.msi_high_from_pct = 20;
  if (dice.chance(70)) limits.msi_stable_below_pct = 10;
  if (dice.chance(40)) limits.msi_usable_sites_min = 40;
  out.limits = limits;
  return out;
}

inline std::vector<model::Record> random_records(Dice& dice) {
  std::vector<model::Record> out;
  add_vocabulary(out);
  for (int i = 0; i < static_cast<int>(kTargetIds.size()); ++i) {
    model::Target target;
    target.id = kTargetIds[static_cast<std::size_t>(i)];
    target.criterion = random_criterion(dice, 1, i, true);
    target.confidence = random_confidence(dice);
    out.push_back(std::move(target));
  }
  for (const std::string& id : kDrugIds) out.push_back(random_drug(dice, id));
  for (const std::string& id : kPanelIds) out.push_back(random_panel(dice, id));
  for (const std::string& id : kTrialIds) out.push_back(random_trial(dice, id));
  for (int i = 0; i < 6; ++i) out.push_back(random_cohort(dice, i));
  for (int i = 0; i < 2; ++i) out.push_back(random_programme(dice, i));
  for (int i = 0; i < 4; ++i) out.push_back(random_evidence(dice, i));
  return out;
}

}  // namespace treff::match::random_world
