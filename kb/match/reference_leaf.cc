// Biomarker, diagnosis and clinical leaves of the plain matcher (M16, D1-D5, C1).
#include "kb/match/reference_leaf.h"

#include <algorithm>

#include "kb/base/text.h"

namespace treff::match::reference {
namespace {

using model::Comparison;
using nomenclature::Biomarker;
using nomenclature::BiomarkerName;
using nomenclature::BiomarkerState;

TestKind test_for(BiomarkerName name) {
  switch (name) {
    case BiomarkerName::Tmb: return TestKind::Tmb;
    case BiomarkerName::Msi: return TestKind::Msi;
    case BiomarkerName::Mmr: return TestKind::Mmr;
    case BiomarkerName::Hrd: return TestKind::Hrd;
    case BiomarkerName::PdL1Tps:
    case BiomarkerName::PdL1Cps:
    case BiomarkerName::PdL1Ic: return TestKind::PdL1;
    case BiomarkerName::MgmtMethylation: return TestKind::Methylation;
  }
  return TestKind::None;
}

bool holds(double found, Comparison op, double wanted) {
  switch (op) {
    case Comparison::Less: return found < wanted;
    case Comparison::LessEqual: return found <= wanted;
    case Comparison::Equal: return found == wanted;
    case Comparison::GreaterEqual: return found >= wanted;
    case Comparison::Greater: return found > wanted;
  }
  return false;
}

Verdict truth(bool value) { return value ? Verdict::Met : Verdict::NotMet; }

// The panels whose bands belong to a measurement: the one it names, else those of the case.
std::vector<const model::Panel*> panels_of(const Biomarker& found, const CaseFacts& facts, const Vocabulary& words) {
  if (found.assay.empty()) return facts.tested.panels;
  const auto panel = words.panels.find(found.assay);
  if (panel == words.panels.end()) return {};
  return {&panel->second};
}

// M16: MSI as the laboratory called it, else by the assay's bands; Unstated between them or on too few sites.
BiomarkerState msi_state(const Biomarker& found, const CaseFacts& facts, const Vocabulary& words) {
  BiomarkerState by_value = BiomarkerState::Unstated;
  for (const model::Panel* panel : panels_of(found, facts, words)) {
    if (!panel->limits) continue;
    const model::PanelLimits& limits = *panel->limits;
    const bool few =
        found.usable_sites && limits.msi_usable_sites_min && *found.usable_sites < *limits.msi_usable_sites_min;
    if (few) return BiomarkerState::Unstated;
    if (!found.value || by_value != BiomarkerState::Unstated) continue;
    if (limits.msi_high_from_pct && *found.value >= *limits.msi_high_from_pct) by_value = BiomarkerState::High;
    if (limits.msi_stable_below_pct && *found.value < *limits.msi_stable_below_pct) by_value = BiomarkerState::Stable;
  }
  return found.state != BiomarkerState::Unstated ? found.state : by_value;
}

Verdict measured(const model::BiomarkerCondition& wanted, const Biomarker& found, const CaseFacts& facts,
                 const Vocabulary& words) {
  const bool other_assay = !wanted.assay.empty() && wanted.assay != found.assay;
  if (other_assay) return Verdict::Unknown;
  if (wanted.op && wanted.value) {
    return found.value ? truth(holds(*found.value, *wanted.op, *wanted.value)) : Verdict::Unknown;
  }
  if (!wanted.is) return Verdict::Unknown;
  const BiomarkerState state = found.name == BiomarkerName::Msi ? msi_state(found, facts, words) : found.state;
  if (state == BiomarkerState::Unstated) return Verdict::Unknown;
  if (state == *wanted.is) return Verdict::Met;
  // Between the bands is neither high nor stable.
  return state == BiomarkerState::Intermediate ? Verdict::Unknown : Verdict::NotMet;
}

// M16: mismatch repair by staining against instability by sequencing.
bool discordant(const CaseFacts& facts, const Vocabulary& words) {
  bool high = false, stable = false, deficient = false, proficient = false;
  for (const Biomarker& found : facts.biomarkers) {
    if (found.failed || facts.tested.failed_biomarkers.count(std::string(base::name_of(found.name))) != 0) continue;
    if (found.name == BiomarkerName::Msi) {
      const BiomarkerState state = msi_state(found, facts, words);
      high = high || state == BiomarkerState::High;
      stable = stable || state == BiomarkerState::Stable;
    }
    if (found.name == BiomarkerName::Mmr) {
      deficient = deficient || found.state == BiomarkerState::Deficient;
      proficient = proficient || found.state == BiomarkerState::Proficient;
    }
  }
  return (high && proficient) || (stable && deficient);
}

// One entry of a diagnosis condition: a code, or a lineage word (D1-D3).
Verdict in_entry(const std::string& entry, const CaseFacts& facts, const Vocabulary& words) {
  using nomenclature::Lineage;
  const auto& tree = words.diagnoses;
  const auto& node = tree.facts(facts.diagnosis);
  if (entry == "any") return Verdict::Met;
  if (entry == "solid" || entry == "haematological") {
    if (node.unknown_primary) return truth(entry == "solid");
    if (node.lineage == Lineage::Solid) return truth(entry == "solid");
    if (node.lineage == Lineage::Haematological) return truth(entry == "haematological");
    return Verdict::Unknown;
  }
  const auto wanted = tree.by_oncotree(entry);
  if (!wanted) return Verdict::Unknown;
  if (tree.is_within(facts.diagnosis, *wanted)) return Verdict::Met;
  if (tree.is_within(*wanted, facts.diagnosis)) return Verdict::Unknown;  // D2
  return node.unknown_primary ? Verdict::Unknown : Verdict::NotMet;       // D3
}

Verdict within(const std::optional<int>& value, const model::Range<int>& range) {
  if (!value) return Verdict::Unknown;
  return truth((!range.min || *value >= *range.min) && (!range.max || *value <= *range.max));
}

Verdict stated(const std::optional<bool>& value, bool wanted) {
  return value ? truth(*value == wanted) : Verdict::Unknown;
}

Verdict one_of(const std::string& value, const std::vector<std::string>& list) {
  if (value.empty()) return Verdict::Unknown;
  return truth(std::find(list.begin(), list.end(), value) != list.end());
}

// C1: whether one earlier treatment is the one the condition speaks of.
Verdict is_treatment(const PriorFacts& prior, const model::PriorTreatmentCondition& wanted, const Vocabulary& words) {
  const auto has_class = [](const nomenclature::DrugFacts* drug, const std::string& name) {
    if (drug == nullptr) return false;
    return std::any_of(drug->classes.begin(), drug->classes.end(),
                       [&](const std::string& c) { return base::fold_name(c) == base::fold_name(name); });
  };
  if (!wanted.drug.empty()) {
    if (!prior.drug_id.empty()) return truth(prior.drug_id == wanted.drug);
    return has_class(words.drugs.by_id(wanted.drug), prior.drug_class) ? Verdict::Unknown : Verdict::NotMet;
  }
  const auto* drug = words.drugs.by_id(prior.drug_id);
  if (has_class(drug, wanted.drug_class)) return Verdict::Met;
  if (!prior.drug_class.empty() && base::fold_name(prior.drug_class) == base::fold_name(wanted.drug_class))
    return Verdict::Met;
  const bool class_not_known = drug == nullptr && prior.drug_class.empty();
  return class_not_known ? Verdict::Unknown : Verdict::NotMet;
}

Verdict treated(const model::PriorTreatmentCondition& wanted, const CaseFacts& facts, const Vocabulary& words) {
  if (!facts.prior_treatments) return Verdict::Unknown;
  Verdict out = Verdict::NotMet;
  for (const PriorFacts& prior : *facts.prior_treatments) {
    Verdict here = is_treatment(prior, wanted, words);
    if (wanted.use == model::PriorUse::ProgressedOn) {
      Verdict progressed = truth(prior.outcome == model::TreatmentOutcome::Progression);
      if (prior.outcome == model::TreatmentOutcome::Unstated) progressed = Verdict::Unknown;
      here = base::all_of(here, progressed);
    }
    out = base::any_of(out, here);
  }
  return wanted.use == model::PriorUse::NotHad ? base::negate(out) : out;
}

std::optional<int> lines_of(const CaseFacts& facts) {
  if (facts.prior_lines || !facts.prior_treatments) return facts.prior_lines;
  if (facts.prior_treatments->empty()) return 0;
  int most = 0;
  for (const PriorFacts& prior : *facts.prior_treatments) {
    if (!prior.line) return std::nullopt;
    most = std::max(most, *prior.line);
  }
  return most;
}

Verdict clinical_verdict(const model::ClinicalCondition& wanted, ClinicalPart part, const CaseFacts& facts,
                         const Vocabulary& words) {
  switch (part.kind) {
    case ClinicalKind::Age: return within(facts.age_years, *wanted.age_years);
    case ClinicalKind::Sex:
      return facts.sex == model::Sex::Unstated ? Verdict::Unknown : truth(facts.sex == *wanted.sex);
    case ClinicalKind::Ecog: return within(facts.ecog, *wanted.ecog);
    case ClinicalKind::DiseaseExtent: return one_of(facts.disease_extent, wanted.disease_extent);
    case ClinicalKind::MeasurableDisease: return stated(facts.measurable_disease, *wanted.measurable_disease);
    case ClinicalKind::PriorLines: return within(lines_of(facts), *wanted.prior_lines);
    case ClinicalKind::PriorTreatment: return treated(wanted.prior_treatments[part.treatment], facts, words);
    case ClinicalKind::StandardTreatmentExhausted:
      return stated(facts.standard_treatment_exhausted, *wanted.standard_treatment_exhausted);
    case ClinicalKind::Region: return one_of(facts.region, wanted.regions);
    case ClinicalKind::Consent: break;
  }
  return Verdict::Unknown;
}

Finding as_finding(Verdict verdict) {
  return verdict == Verdict::Unknown ? open_by_fact() : Finding{verdict, UnknownBy::Nothing, TestKind::None};
}

}  // namespace

Finding biomarker(const model::BiomarkerCondition& condition, const CaseFacts& facts, const Vocabulary& words) {
  const std::string name(base::name_of(condition.name));
  const TestKind test = test_for(condition.name);
  std::vector<Verdict> verdicts;
  if (facts.tested.failed_biomarkers.count(name) == 0) {
    for (const Biomarker& found : facts.biomarkers) {
      if (found.name == condition.name && !found.failed) verdicts.push_back(measured(condition, found, facts, words));
    }
  }
  if (verdicts.empty()) return facts.closed_world ? not_met() : open_by_coverage(test);
  const bool msi_or_mmr = condition.name == BiomarkerName::Msi || condition.name == BiomarkerName::Mmr;
  if (msi_or_mmr && discordant(facts, words)) return open_by_detail();
  for (const Verdict verdict : verdicts) {
    if (verdict != verdicts.front()) return open_by_detail();
  }
  return verdicts.front() == Verdict::Unknown ? open_by_detail()
                                              : Finding{verdicts.front(), UnknownBy::Nothing, TestKind::None};
}

Finding diagnosis(const model::DiagnosisCondition& condition, const CaseFacts& facts, const Vocabulary& words) {
  Verdict included = condition.any_of.empty() ? Verdict::Met : Verdict::NotMet;
  for (const std::string& entry : condition.any_of) included = base::any_of(included, in_entry(entry, facts, words));
  Verdict excluded = Verdict::NotMet;
  for (const std::string& entry : condition.none_of) excluded = base::any_of(excluded, in_entry(entry, facts, words));
  return as_finding(base::all_of(included, base::negate(excluded)));
}

std::vector<ClinicalPart> parts_of(const model::ClinicalCondition& c) {
  std::vector<ClinicalPart> out;
  if (c.age_years) out.push_back({ClinicalKind::Age});
  if (c.sex) out.push_back({ClinicalKind::Sex});
  if (c.ecog) out.push_back({ClinicalKind::Ecog});
  if (!c.disease_extent.empty()) out.push_back({ClinicalKind::DiseaseExtent});
  if (c.measurable_disease) out.push_back({ClinicalKind::MeasurableDisease});
  if (c.prior_lines) out.push_back({ClinicalKind::PriorLines});
  for (std::size_t i = 0; i < c.prior_treatments.size(); ++i) out.push_back({ClinicalKind::PriorTreatment, i});
  if (c.standard_treatment_exhausted) out.push_back({ClinicalKind::StandardTreatmentExhausted});
  if (!c.regions.empty()) out.push_back({ClinicalKind::Region});
  return out;
}

Finding clinical(const model::ClinicalCondition& condition, ClinicalPart part, const CaseFacts& facts,
                 const Vocabulary& words) {
  return as_finding(clinical_verdict(condition, part, facts, words));
}

bool diagnosis_may_change(const model::DiagnosisCondition& condition, const CaseFacts& facts, const Vocabulary& words,
                          bool positive) {
  if (!positive) return false;
  for (const std::string& entry : condition.none_of) {
    if (in_entry(entry, facts, words) == Verdict::Met) return false;  // an excluded diagnosis never
  }
  return true;
}

bool clinical_may_change(const model::ClinicalCondition& condition, ClinicalPart part, const CaseFacts& facts,
                         bool positive) {
  switch (part.kind) {
    case ClinicalKind::Ecog: return true;
    case ClinicalKind::Age: {
      if (!positive || !facts.age_years) return false;
      const auto& from = condition.age_years->min;
      return from && *facts.age_years < *from && *from - *facts.age_years <= 1;
    }
    case ClinicalKind::PriorLines: {
      // Lines are only ever added.
      const auto lines = lines_of(facts);
      const auto& range = *condition.prior_lines;
      return positive ? lines && range.min && *lines < *range.min : range.max.has_value();
    }
    case ClinicalKind::DiseaseExtent: return positive;
    case ClinicalKind::StandardTreatmentExhausted: return positive && *condition.standard_treatment_exhausted;
    case ClinicalKind::PriorTreatment: {
      const bool wants_it = condition.prior_treatments[part.treatment].use != model::PriorUse::NotHad;
      return positive ? wants_it : !wants_it;
    }
    case ClinicalKind::Sex:
    case ClinicalKind::MeasurableDisease:
    case ClinicalKind::Region:
    case ClinicalKind::Consent: return false;
  }
  return false;
}

}  // namespace treff::match::reference
