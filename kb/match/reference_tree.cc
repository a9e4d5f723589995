#include "kb/match/reference_tree.h"

#include <algorithm>
#include <map>

#include "kb/model/codec.h"

namespace treff::match::reference {
namespace {

using model::Criterion;
using model::CriterionKind;

std::optional<Verdict> walk_parts(const Criterion& criterion, bool positive, const Setting& setting,
                                  const Judge& judge) {
  int parts = 0, met = 0, unknown = 0;
  for (const Criterion& part : criterion.parts) {
    const auto verdict = walk(part, positive, setting, judge);
    if (!verdict) continue;
    ++parts;
    met += *verdict == Verdict::Met ? 1 : 0;
    unknown += *verdict == Verdict::Unknown ? 1 : 0;
  }
  if (parts == 0) return std::nullopt;
  int needed = std::min(criterion.n, parts);
  if (criterion.kind == CriterionKind::All) needed = parts;
  if (criterion.kind == CriterionKind::Any) needed = 1;
  if (met >= needed) return Verdict::Met;
  return met + unknown >= needed ? Verdict::Unknown : Verdict::NotMet;
}

std::optional<Verdict> walk_clinical(const Criterion& criterion, bool positive, const Judge& judge) {
  std::optional<Verdict> out;
  for (const ClinicalPart& part : parts_of(std::get<model::ClinicalCondition>(criterion.leaf))) {
    const Verdict verdict = judge({&criterion, part, positive});
    out = out ? std::min(*out, verdict) : verdict;
  }
  return out;
}

// The leaf written out, so that the same condition in two places is one condition.
std::string key_of(const Place& place) {
  if (place.node->kind != CriterionKind::Clinical) return model::encode_criterion(*place.node);
  const auto& all = std::get<model::ClinicalCondition>(place.node->leaf);
  model::ClinicalCondition one;
  switch (place.part.kind) {
    case ClinicalKind::Age: one.age_years = all.age_years; break;
    case ClinicalKind::AgeExact: one.age_exact = all.age_exact; break;
    case ClinicalKind::Sex: one.sex = all.sex; break;
    case ClinicalKind::Ecog: one.ecog = all.ecog; break;
    case ClinicalKind::DiseaseExtent: one.disease_extent = all.disease_extent; break;
    case ClinicalKind::MeasurableDisease: one.measurable_disease = all.measurable_disease; break;
    case ClinicalKind::PriorLines: one.prior_lines = all.prior_lines; break;
    case ClinicalKind::PriorTreatment: one.prior_treatments = {all.prior_treatments[place.part.treatment]}; break;
    case ClinicalKind::StandardTreatmentExhausted:
      one.standard_treatment_exhausted = all.standard_treatment_exhausted;
      break;
    case ClinicalKind::Region: one.regions = all.regions; break;
    case ClinicalKind::Consent: break;
  }
  Criterion alone;
  alone.kind = CriterionKind::Clinical;
  alone.leaf = std::move(one);
  return model::encode_criterion(alone);
}

bool may_change(const Place& place, const Setting& setting, bool diagnosis_may_open) {
  if (place.node->kind == CriterionKind::Diagnosis) {
    const auto& condition = std::get<model::DiagnosisCondition>(place.node->leaf);
    return diagnosis_may_open && diagnosis_may_change(condition, setting.facts, setting.words(), place.positive);
  }
  if (place.node->kind != CriterionKind::Clinical) return false;
  const auto& condition = std::get<model::ClinicalCondition>(place.node->leaf);
  return clinical_may_change(condition, place.part, setting.facts, place.positive);
}

}  // namespace

std::optional<Verdict> walk(const Criterion& criterion, bool positive, const Setting& setting, const Judge& judge) {
  switch (criterion.kind) {
    case CriterionKind::All:
    case CriterionKind::Any:
    case CriterionKind::AtLeast: return walk_parts(criterion, positive, setting, judge);
    case CriterionKind::Not: {
      const auto inner = walk(criterion.parts.front(), !positive, setting, judge);
      if (!inner) return std::nullopt;
      return *inner == Verdict::Met ? Verdict::NotMet : *inner == Verdict::NotMet ? Verdict::Met : Verdict::Unknown;
    }
    case CriterionKind::Target: {
      const auto* target = setting.knowledge.find_as<model::Target>(model::RecordKind::Target, criterion.target);
      return target == nullptr ? Verdict::Unknown : walk(target->criterion, positive, setting, judge);
    }
    case CriterionKind::Variant:
    case CriterionKind::Biomarker:
    case CriterionKind::Diagnosis: return judge({&criterion, {}, positive});
    case CriterionKind::Clinical: return walk_clinical(criterion, positive, judge);
    case CriterionKind::Text: return std::nullopt;
  }
  return std::nullopt;
}

Finding find(const Place& place, const Setting& setting) {
  const CaseFacts& facts = setting.facts;
  const Vocabulary& words = setting.words();
  const auto& leaf = place.node->leaf;
  if (const auto* cls = std::get_if<nomenclature::VariantClass>(&leaf)) return variant(*cls, facts, words);
  if (const auto* value = std::get_if<model::BiomarkerCondition>(&leaf)) return biomarker(*value, facts, words);
  if (const auto* tumour = std::get_if<model::DiagnosisCondition>(&leaf)) return diagnosis(*tumour, facts, words);
  return clinical(std::get<model::ClinicalCondition>(leaf), place.part, facts, words);
}

std::optional<std::size_t> smallest_near_miss(const Criterion& criterion, const Setting& setting,
                                              bool diagnosis_may_open) {
  std::map<std::pair<const Criterion*, std::size_t>, std::string> keys;
  std::set<std::string> changeable;
  const auto key = [&](const Place& place) -> const std::string& {
    const std::size_t part = static_cast<std::size_t>(place.part.kind) * 1000 + place.part.treatment;
    auto& text = keys[{place.node, part}];
    if (text.empty()) text = key_of(place);
    return text;
  };
  walk(criterion, true, setting, [&](const Place& place) {
    const Verdict verdict = find(place, setting).verdict;
    const bool in_the_way = verdict == (place.positive ? Verdict::NotMet : Verdict::Met);
    if (in_the_way && may_change(place, setting, diagnosis_may_open)) changeable.insert(key(place));
    return verdict;
  });
  const auto lifts = [&](const std::string& first, const std::string& second) {
    const auto verdict = walk(criterion, true, setting, [&](const Place& place) {
      const std::string& text = key(place);
      return text == first || text == second ? Verdict::Unknown : find(place, setting).verdict;
    });
    return verdict && *verdict != Verdict::NotMet;
  };
  for (const std::string& one : changeable) {
    if (lifts(one, one)) return 1;
  }
  for (const std::string& one : changeable) {
    for (const std::string& other : changeable) {
      if (one < other && lifts(one, other)) return 2;
    }
  }
  return std::nullopt;
}

}  // namespace treff::match::reference
