#include <algorithm>
#include <cmath>

#include "kb/base/text.h"
#include "kb/match/leaf.h"

namespace treff::match {
namespace {

LeafResult result(Verdict verdict, std::string detail) {
  switch (verdict) {
    case Verdict::Met:
      return {verdict, UnknownBy::Nothing, "C1", MessageId::ClinicalMet, {}, std::move(detail), TestKind::None};
    case Verdict::NotMet:
      return {verdict, UnknownBy::Nothing, "C1", MessageId::ClinicalNotMet, {}, std::move(detail), TestKind::None};
    case Verdict::Unknown: break;
  }
  return {Verdict::Unknown, UnknownBy::Fact, "C1", MessageId::ClinicalUnstated, {}, std::move(detail), TestKind::None};
}

LeafResult from_bool(bool met, std::string detail) {
  return result(met ? Verdict::Met : Verdict::NotMet, std::move(detail));
}

LeafResult in_range(const std::optional<int>& value, const model::Range<int>& range) {
  if (!value) return result(Verdict::Unknown, {});
  const bool met = (!range.min || *value >= *range.min) && (!range.max || *value <= *range.max);
  return from_bool(met, std::to_string(*value));
}

// Lines of treatment as far as the case says: from `low`, up to `high`.
struct Lines {
  int low = 0;
  int high = 0;
};

// The stated number; else the highest numbered line of the list, and every treatment without a number may have been a
// further line. nullopt: nothing is known, or the stated number is contradicted by the list.
std::optional<Lines> prior_lines(const CaseFacts& facts) {
  if (!facts.prior_treatments) {
    if (!facts.prior_lines) return std::nullopt;
    return Lines{*facts.prior_lines, *facts.prior_lines};
  }
  Lines listed;
  for (const PriorFacts& prior : *facts.prior_treatments) {
    if (prior.line) listed.low = std::max(listed.low, *prior.line);
    if (!prior.line) ++listed.high;
  }
  listed.high += listed.low;
  if (!facts.prior_lines) return listed;
  if (*facts.prior_lines < listed.low) return std::nullopt;
  return Lines{*facts.prior_lines, *facts.prior_lines};
}

LeafResult lines_in_range(const CaseFacts& facts, const model::Range<int>& range) {
  const std::optional<Lines> lines = prior_lines(facts);
  if (!lines) return result(Verdict::Unknown, {});
  const int high = range.max.value_or(lines->high);
  const int low = range.min.value_or(lines->low);
  std::string said = std::to_string(lines->low);
  if (lines->high != lines->low) said += "-" + std::to_string(lines->high);
  if (lines->low >= low && lines->high <= high) return result(Verdict::Met, std::move(said));
  const bool outside = lines->high < low || lines->low > high;
  return result(outside ? Verdict::NotMet : Verdict::Unknown, std::move(said));
}

// Completed years say no more than "from here to before the next birthday"; decimals say the age itself.
Verdict compare_age(double age, const model::AgeCondition& wanted) {
  const bool exact = std::floor(age) != age;
  const double next = exact ? age : age + 1;  // the age lies below, where it is not exact
  const bool below = exact ? age < wanted.years : next <= wanted.years;
  const bool above = age > wanted.years;
  const bool equal = exact && age == wanted.years;
  // Whole years that begin at the bound itself: met or not on the birthday alone.
  switch (wanted.op) {
    case model::Comparison::Less:
      return below ? Verdict::Met : age >= wanted.years ? Verdict::NotMet : Verdict::Unknown;
    case model::Comparison::LessEqual:
      return below || equal ? Verdict::Met : above ? Verdict::NotMet : Verdict::Unknown;
    case model::Comparison::Equal:
      return equal ? Verdict::Met : below || above || exact ? Verdict::NotMet : Verdict::Unknown;
    case model::Comparison::GreaterEqual:
      return age >= wanted.years ? Verdict::Met : below ? Verdict::NotMet : Verdict::Unknown;
    case model::Comparison::Greater: return above ? Verdict::Met : below || equal ? Verdict::NotMet : Verdict::Unknown;
  }
  return Verdict::Unknown;
}

std::optional<int> completed_years(const CaseFacts& facts) {
  if (!facts.age_years) return std::nullopt;
  return static_cast<int>(std::floor(*facts.age_years));
}

LeafResult one_of(const std::string& value, const std::vector<std::string>& wanted) {
  if (value.empty()) return result(Verdict::Unknown, {});
  return from_bool(std::find(wanted.begin(), wanted.end(), value) != wanted.end(), value);
}

LeafResult as_wanted(const std::optional<bool>& value, bool wanted) {
  if (!value) return result(Verdict::Unknown, {});
  return from_bool(*value == wanted, *value ? "yes" : "no");
}

// Does one earlier treatment fall under the condition's drug or class? Unknown where its class is not on record.
Verdict falls_under(const PriorFacts& prior, const model::PriorTreatmentCondition& condition, const Vocabulary& words) {
  if (!condition.drug.empty()) {
    if (!prior.drug_id.empty()) return prior.drug_id == condition.drug ? Verdict::Met : Verdict::NotMet;
    const nomenclature::DrugFacts* asked = words.drugs.by_id(condition.drug);
    if (prior.drug_class.empty() || asked == nullptr || asked->classes.empty()) return Verdict::Unknown;
    const bool of_that_class = std::any_of(asked->classes.begin(), asked->classes.end(), [&](const std::string& name) {
      return base::fold_name(name) == base::fold_name(prior.drug_class);
    });
    return of_that_class ? Verdict::Unknown : Verdict::NotMet;
  }
  const std::string wanted = base::fold_name(condition.drug_class);
  if (!prior.drug_class.empty() && base::fold_name(prior.drug_class) == wanted) return Verdict::Met;
  const nomenclature::DrugFacts* drug = prior.drug_id.empty() ? nullptr : words.drugs.by_id(prior.drug_id);
  if (drug == nullptr || drug->classes.empty()) return prior.drug_class.empty() ? Verdict::Unknown : Verdict::NotMet;
  for (const std::string& name : drug->classes) {
    if (base::fold_name(name) == wanted) return Verdict::Met;
  }
  return Verdict::NotMet;
}

LeafResult prior_treatment(const model::PriorTreatmentCondition& condition, const CaseFacts& facts,
                           const Vocabulary& words) {
  const std::string what = condition.drug.empty() ? condition.drug_class : condition.drug;
  if (!facts.prior_treatments) return result(Verdict::Unknown, what);
  Verdict had = Verdict::NotMet;
  Verdict progressed = Verdict::NotMet;
  for (const PriorFacts& prior : *facts.prior_treatments) {
    const Verdict under = falls_under(prior, condition, words);
    had = base::any_of(had, under);
    const Verdict outcome = prior.outcome == model::TreatmentOutcome::Progression ? Verdict::Met
                            : prior.outcome == model::TreatmentOutcome::Unstated  ? Verdict::Unknown
                                                                                  : Verdict::NotMet;
    progressed = base::any_of(progressed, base::all_of(under, outcome));
  }
  switch (condition.use) {
    case model::PriorUse::Had: return result(had, what);
    case model::PriorUse::NotHad: return result(base::negate(had), what);
    case model::PriorUse::ProgressedOn: return result(progressed, what);
  }
  return result(Verdict::Unknown, what);
}

}  // namespace

LeafResult evaluate_clinical(const ClinicalLeaf& condition, const CaseFacts& facts, const Vocabulary& words) {
  switch (condition.kind) {
    case ClinicalKind::Age: return in_range(completed_years(facts), condition.range);
    case ClinicalKind::AgeExact:
      if (!facts.age_years) return result(Verdict::Unknown, {});
      return result(compare_age(*facts.age_years, condition.age), base::to_text(*facts.age_years));
    case ClinicalKind::Sex:
      if (facts.sex == model::Sex::Unstated) return result(Verdict::Unknown, {});
      return from_bool(facts.sex == condition.sex, std::string(base::name_of(facts.sex)));
    case ClinicalKind::Ecog: return in_range(facts.ecog, condition.range);
    case ClinicalKind::DiseaseExtent: return one_of(facts.disease_extent, condition.values);
    case ClinicalKind::MeasurableDisease: return as_wanted(facts.measurable_disease, condition.wanted);
    case ClinicalKind::PriorLines: return lines_in_range(facts, condition.range);
    case ClinicalKind::PriorTreatment: return prior_treatment(condition.treatment, facts, words);
    case ClinicalKind::StandardTreatmentExhausted:
      return as_wanted(facts.standard_treatment_exhausted, condition.wanted);
    case ClinicalKind::Region: return one_of(facts.region, condition.values);
    case ClinicalKind::Consent: {
      const bool blocked = facts.consent_blocks.count(condition.trial) != 0;
      return {blocked ? Verdict::NotMet : Verdict::Met,
              UnknownBy::Nothing,
              "C1",
              blocked ? MessageId::ConsentBlocked : MessageId::ClinicalMet,
              {},
              condition.trial,
              TestKind::None};
    }
  }
  return result(Verdict::Unknown, {});
}

bool is_changeable(const Leaf& leaf, const LeafResult& result, const CaseFacts& facts, bool positive) {
  // B2: an excluded diagnosis never makes a near miss; a diagnosis outside may, where a new cohort can be opened.
  if (leaf.is_diagnosis()) return positive && result.message != MessageId::DiagnosisExcluded;
  const auto* clinical = std::get_if<ClinicalLeaf>(&leaf.what);
  if (clinical == nullptr) return false;
  switch (clinical->kind) {
    case ClinicalKind::Ecog:
    case ClinicalKind::PriorLines:
    case ClinicalKind::StandardTreatmentExhausted:
    case ClinicalKind::MeasurableDisease:
    case ClinicalKind::DiseaseExtent: return true;
    case ClinicalKind::Age:  // one year short of the lower bound: soon reached
      return positive && clinical->range.min && facts.age_years && *completed_years(facts) == *clinical->range.min - 1;
    case ClinicalKind::PriorTreatment:  // what was given stays given
      return positive == (clinical->treatment.use != model::PriorUse::NotHad);
    case ClinicalKind::AgeExact:  // within a year of being old enough
      return positive && facts.age_years && *facts.age_years > clinical->age.years - 1 &&
             (clinical->age.op == model::Comparison::GreaterEqual || clinical->age.op == model::Comparison::Greater);
    case ClinicalKind::Sex:
    case ClinicalKind::Region:
    case ClinicalKind::Consent: return false;
  }
  return false;
}

LeafResult evaluate_leaf(const Leaf& leaf, const CaseFacts& facts, const Vocabulary& words) {
  struct Visitor {
    const CaseFacts& facts;
    const Vocabulary& words;
    LeafResult operator()(const nomenclature::VariantClass& x) const { return evaluate_variant(x, facts, words); }
    LeafResult operator()(const model::BiomarkerCondition& x) const { return evaluate_biomarker(x, facts, words); }
    LeafResult operator()(const DiagnosisLeaf& x) const { return evaluate_diagnosis(x, facts, words); }
    LeafResult operator()(const ClinicalLeaf& x) const { return evaluate_clinical(x, facts, words); }
    LeafResult operator()(const model::TextRule& x) const {
      // C2: never enters the verdict; the engine takes text rules out of the tree and asks them.
      return {Verdict::Met, UnknownBy::Nothing, "C2", MessageId::AskAtBedside, {}, x.ask, TestKind::None};
    }
  };
  return std::visit(Visitor{facts, words}, leaf.what);
}

}  // namespace treff::match
