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
    case BiomarkerName::SignaturePole:
    case BiomarkerName::SignatureTobacco:
    case BiomarkerName::SignatureApobec:
    case BiomarkerName::SignatureUv:
    case BiomarkerName::SignatureTemozolomide: return TestKind::Signatures;
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

const model::PanelLimits* bands_of(const Biomarker& found, const Vocabulary& words) {
  const auto panel = words.panels.find(found.assay);
  return panel == words.panels.end() || !panel->second.limits ? nullptr : &*panel->second.limits;
}

// M16: MSI as the laboratory called it, else by the bands of the assay it names; Unstated between them, where no band
// is recorded, or on too few sites.
BiomarkerState msi_state(const Biomarker& found, const Vocabulary& words) {
  const model::PanelLimits* bands = bands_of(found, words);
  const auto fewest = bands == nullptr ? std::nullopt : bands->msi_usable_sites_min;
  if (fewest && found.usable_sites && *found.usable_sites < *fewest) return BiomarkerState::Unstated;
  if (found.state == BiomarkerState::Intermediate) return BiomarkerState::Intermediate;
  if (found.state != BiomarkerState::Unstated) return found.state;
  if (!found.value || bands == nullptr || (fewest && !found.usable_sites)) return BiomarkerState::Unstated;
  if (bands->msi_high_from_pct && *found.value >= *bands->msi_high_from_pct) return BiomarkerState::High;
  if (bands->msi_stable_below_pct && *found.value < *bands->msi_stable_below_pct) return BiomarkerState::Stable;
  return BiomarkerState::Unstated;
}

Verdict by_state(BiomarkerState wanted, const Biomarker& found, const Vocabulary& words) {
  const bool msi = found.name == BiomarkerName::Msi;
  const BiomarkerState state = msi ? msi_state(found, words) : found.state;
  if (state == BiomarkerState::Unstated) return Verdict::Unknown;
  if (state == wanted) return Verdict::Met;
  // Between the bands is neither high nor stable.
  return msi && state == BiomarkerState::Intermediate ? Verdict::Unknown : Verdict::NotMet;
}

Verdict measured(const model::BiomarkerCondition& wanted, const Biomarker& found, const Vocabulary& words) {
  if (wanted.is) return by_state(*wanted.is, found, words);
  if (!found.value || !wanted.op || !wanted.value) return Verdict::Unknown;
  const bool score_of_no_assay = wanted.name == BiomarkerName::Hrd && wanted.assay.empty();
  return score_of_no_assay ? Verdict::Unknown : truth(holds(*found.value, *wanted.op, *wanted.value));
}

bool counts(const Biomarker& found, const CaseFacts& facts) {
  return !found.failed && facts.tested.failed_biomarkers.count(std::string(base::name_of(found.name))) == 0;
}

// M16: mismatch repair by staining against instability by sequencing.
bool discordant(const CaseFacts& facts, const Vocabulary& words) {
  bool high = false, not_high = false, deficient = false, proficient = false;
  for (const Biomarker& found : facts.biomarkers) {
    if (!counts(found, facts)) continue;
    if (found.name == BiomarkerName::Msi) {
      const BiomarkerState state = msi_state(found, words);
      high = high || state == BiomarkerState::High;
      not_high = not_high || state == BiomarkerState::Stable || state == BiomarkerState::Low;
    }
    if (found.name == BiomarkerName::Mmr) {
      deficient = deficient || found.state == BiomarkerState::Deficient;
      proficient = proficient || found.state == BiomarkerState::Proficient;
    }
  }
  return (high && proficient) || (not_high && deficient);
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

std::optional<int> years_of(const CaseFacts& facts) {
  return facts.age_years ? std::optional(static_cast<int>(*facts.age_years)) : std::nullopt;
}

// C1: the youngest and the oldest that the person can be; whole years leave a year less a day open.
Verdict of_age(const std::optional<double>& age, const model::AgeCondition& wanted) {
  if (!age) return Verdict::Unknown;
  constexpr double kDay = 1.0 / 400;
  const bool whole = *age == static_cast<double>(static_cast<int>(*age));
  const bool youngest = holds(*age, wanted.op, wanted.years);
  if (!whole) return truth(youngest);
  // The bound itself may lie between the two.
  const double oldest = *age + 1 - kDay * kDay;
  const bool same = youngest == holds(oldest, wanted.op, wanted.years) &&
                    youngest == holds(*age + kDay * kDay, wanted.op, wanted.years);
  const bool crossed = wanted.op == Comparison::Equal && *age < wanted.years && wanted.years < oldest;
  return same && !crossed ? truth(youngest) : Verdict::Unknown;
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
    const auto* asked = words.drugs.by_id(wanted.drug);
    const bool may_be = prior.drug_class.empty() || asked == nullptr || asked->classes.empty();
    return may_be || has_class(asked, prior.drug_class) ? Verdict::Unknown : Verdict::NotMet;
  }
  const auto* drug = words.drugs.by_id(prior.drug_id);
  if (has_class(drug, wanted.drug_class)) return Verdict::Met;
  if (!prior.drug_class.empty() && base::fold_name(prior.drug_class) == base::fold_name(wanted.drug_class))
    return Verdict::Met;
  const bool class_not_known = (drug == nullptr || drug->classes.empty()) && prior.drug_class.empty();
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

// C1: every number of lines that the case leaves possible must agree.
Verdict lines(const CaseFacts& facts, const model::Range<int>& range) {
  int numbered = 0;
  int unnumbered = 0;
  if (facts.prior_treatments) {
    for (const PriorFacts& prior : *facts.prior_treatments) {
      numbered = std::max(numbered, prior.line.value_or(0));
      unnumbered += prior.line ? 0 : 1;
    }
  }
  if (facts.prior_lines) return *facts.prior_lines < numbered ? Verdict::Unknown : within(facts.prior_lines, range);
  if (!facts.prior_treatments) return Verdict::Unknown;
  Verdict out = within(numbered, range);
  for (int more = 1; more <= unnumbered; ++more) {
    if (within(numbered + more, range) != out) out = Verdict::Unknown;
  }
  return out;
}

Verdict clinical_verdict(const model::ClinicalCondition& wanted, ClinicalPart part, const CaseFacts& facts,
                         const Vocabulary& words) {
  switch (part.kind) {
    case ClinicalKind::Age: return within(years_of(facts), *wanted.age_years);
    case ClinicalKind::AgeExact: return of_age(facts.age_years, *wanted.age_exact);
    case ClinicalKind::Sex:
      return facts.sex == model::Sex::Unstated ? Verdict::Unknown : truth(facts.sex == *wanted.sex);
    case ClinicalKind::Ecog: return within(facts.ecog, *wanted.ecog);
    case ClinicalKind::DiseaseExtent: return one_of(facts.disease_extent, wanted.disease_extent);
    case ClinicalKind::MeasurableDisease: return stated(facts.measurable_disease, *wanted.measurable_disease);
    case ClinicalKind::PriorLines: return lines(facts, *wanted.prior_lines);
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
  bool any = false, met_once = false, failed_once = false;
  for (const Biomarker& found : facts.biomarkers) {
    if (found.name != condition.name || !counts(found, facts)) continue;
    any = true;
    if (!condition.assay.empty() && condition.assay != found.assay) continue;
    const Verdict verdict = measured(condition, found, words);
    met_once = met_once || verdict == Verdict::Met;
    failed_once = failed_once || verdict == Verdict::NotMet;
  }
  if (!any) return facts.closed_world ? not_met() : open_by_coverage(test_for(condition.name));
  const bool msi_or_mmr = condition.name == BiomarkerName::Msi || condition.name == BiomarkerName::Mmr;
  if (msi_or_mmr && discordant(facts, words)) return open_by_detail();
  if (met_once == failed_once) return open_by_detail();  // undecided, or two measurements disagree
  return met_once ? met() : not_met();
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
  if (c.age_exact) out.push_back({ClinicalKind::AgeExact});
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
    case ClinicalKind::Ecog:
    case ClinicalKind::PriorLines:
    case ClinicalKind::DiseaseExtent:
    case ClinicalKind::MeasurableDisease:
    case ClinicalKind::StandardTreatmentExhausted: return true;
    case ClinicalKind::Age: {
      if (!positive || !facts.age_years) return false;
      const auto& from = condition.age_years->min;
      return from && *years_of(facts) < *from && *from - *years_of(facts) <= 1;
    }
    case ClinicalKind::AgeExact: {
      if (!positive || !facts.age_years) return false;
      const Comparison op = condition.age_exact->op;
      const bool lower_bound = op == Comparison::Greater || op == Comparison::GreaterEqual;
      return lower_bound && *facts.age_years + 1 > condition.age_exact->years;
    }
    case ClinicalKind::PriorTreatment: {
      const bool wants_it = condition.prior_treatments[part.treatment].use != model::PriorUse::NotHad;
      return positive ? wants_it : !wants_it;
    }
    case ClinicalKind::Sex:
    case ClinicalKind::Region:
    case ClinicalKind::Consent: return false;
  }
  return false;
}

}  // namespace treff::match::reference
