#include "kb/model/references.h"

#include <algorithm>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/field_walk.h"

namespace treff::model {
namespace {

using nomenclature::VariantClass;

int leaves_in(const ClinicalCondition& c) {
  const int set = int{c.age_years.has_value()} + int{c.age_exact.has_value()} + int{c.sex.has_value()} +
                  int{c.ecog.has_value()} + int{!c.disease_extent.empty()} + int{c.measurable_disease.has_value()} +
                  int{c.prior_lines.has_value()} + int{!c.prior_treatments.empty()} +
                  int{c.standard_treatment_exhausted.has_value()} + int{!c.regions.empty()};
  return std::max(set, 1);
}

void names_of_class(const VariantClass& cls, const std::string& at, CriterionNames& out) {
  const auto gene = [&](const std::string& symbol, std::string pointer) {
    out.genes.push_back({{RecordKind::Gene, symbol}, std::move(pointer)});
  };
  for (std::size_t i = 0; i < cls.genes.size(); ++i) {
    gene(cls.genes[i], cls.genes.size() == 1 ? at + "/gene" : at + "/genes/" + std::to_string(i));
  }
  if (!cls.partner.empty() && cls.partner != nomenclature::kIntergenic) gene(cls.partner, at + "/partner");
  for (std::size_t i = 0; i < cls.excluded_partners.size(); ++i) {
    if (cls.excluded_partners[i] == nomenclature::kIntergenic) continue;
    gene(cls.excluded_partners[i], at + "/excluded_partners/" + std::to_string(i));
  }
  for (std::size_t i = 0; i < cls.excludes.size(); ++i) {
    // An excluded class with the genes of the class around it names nothing new.
    const std::string place = at + "/excludes/" + std::to_string(i);
    if (cls.excludes[i].genes != cls.genes) {
      names_of_class(cls.excludes[i], place, out);
    } else {
      VariantClass bare = cls.excludes[i];
      bare.genes.clear();
      names_of_class(bare, place, out);
    }
  }
}

void names_of_diagnosis(const std::vector<std::string>& codes, const std::string& at, CriterionNames& out) {
  for (std::size_t i = 0; i < codes.size(); ++i) {
    out.diagnoses.push_back({{RecordKind::Diagnosis, codes[i]}, at + "/" + std::to_string(i)});
  }
}

void names_of_leaf(const Criterion& criterion, const std::string& at, CriterionNames& out) {
  if (const auto* cls = std::get_if<VariantClass>(&criterion.leaf)) {
    names_of_class(*cls, at, out);
  } else if (const auto* biomarker = std::get_if<BiomarkerCondition>(&criterion.leaf)) {
    if (!biomarker->assay.empty()) out.panels.push_back({{RecordKind::Panel, biomarker->assay}, at + "/assay"});
  } else if (const auto* diagnosis = std::get_if<DiagnosisCondition>(&criterion.leaf)) {
    names_of_diagnosis(diagnosis->any_of, at + "/any_of", out);
    names_of_diagnosis(diagnosis->none_of, at + "/none_of", out);
  } else if (const auto* clinical = std::get_if<ClinicalCondition>(&criterion.leaf)) {
    for (std::size_t i = 0; i < clinical->prior_treatments.size(); ++i) {
      const std::string& drug = clinical->prior_treatments[i].drug;
      if (drug.empty()) continue;
      out.drugs.push_back({{RecordKind::Drug, drug}, at + "/prior_treatments/" + std::to_string(i) + "/drug"});
    }
  }
}

void collect_names(const Criterion& criterion, const std::string& at, CriterionNames& out) {
  const std::string here = at + "/" + std::string(kCriterionKinds[static_cast<std::size_t>(criterion.kind)].key);
  switch (criterion.kind) {
    case CriterionKind::Not:
      if (criterion.parts.size() == 1) collect_names(criterion.parts.front(), here, out);
      return;
    case CriterionKind::All:
    case CriterionKind::Any:
    case CriterionKind::AtLeast: {
      const std::string list = criterion.kind == CriterionKind::AtLeast ? here + "/of/" : here + "/";
      for (std::size_t i = 0; i < criterion.parts.size(); ++i) {
        collect_names(criterion.parts[i], list + std::to_string(i), out);
      }
      return;
    }
    case CriterionKind::Target: out.targets.push_back({{RecordKind::Target, criterion.target}, here}); return;
    case CriterionKind::Variant:
    case CriterionKind::Biomarker:
    case CriterionKind::Diagnosis:
    case CriterionKind::Clinical:
    case CriterionKind::Text: names_of_leaf(criterion, here, out); return;
  }
}

void append(std::vector<Reference>& to, const std::vector<Reference>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

void append_subject(const Record& record, std::vector<Reference>& out) {
  const auto* statement = std::get_if<Statement>(&record);
  if (statement == nullptr) return;
  if (const auto kind = parse_record_kind(statement->subject_kind)) {
    out.push_back({{*kind, statement->subject}, "/subject"});
  }
}

Error dangling(const Reference& reference, const Existing& existing) {
  const std::string kind(to_string(reference.to.kind));
  Error error{ErrorCode::DanglingId, "there is no " + kind + " '" + reference.to.id + "'",
              reference.pointer,     reference.to.id,
              std::nullopt,          {}};
  if (const auto near = base::nearest(reference.to.id, existing.ids(reference.to.kind))) {
    error.hint = "did you mean '" + *near + "'?";
  } else {
    error.hint = "add the " + kind + " in the same change, or correct the id";
  }
  return error;
}

Error unknown_name(const Reference& reference, std::string what, std::string hint) {
  return Error{ErrorCode::UnknownName, "'" + reference.to.id + "' is not " + std::move(what),
               reference.pointer,      reference.to.id,
               std::nullopt,           std::move(hint)};
}

CriterionNames all_names(const Record& record) {
  CriterionNames names;
  for (const auto& [at, criterion] : criteria_of(record)) collect_names(*criterion, at, names);
  if (const auto* evidence = std::get_if<Evidence>(&record)) {
    names_of_diagnosis(evidence->diagnoses, "/diagnoses", names);
  }
  return names;
}

}  // namespace

CriterionSize size_of(const Criterion& criterion) {
  if (kCriterionKinds[static_cast<std::size_t>(criterion.kind)].leaf || criterion.kind == CriterionKind::Target) {
    const auto* clinical = std::get_if<ClinicalCondition>(&criterion.leaf);
    return {1, clinical != nullptr ? leaves_in(*clinical) : 1};
  }
  CriterionSize size;
  for (const Criterion& part : criterion.parts) {
    const CriterionSize below = size_of(part);
    size.depth = std::max(size.depth, below.depth);
    size.leaves += below.leaves;
  }
  ++size.depth;
  return size;
}

std::vector<Reference> references_of(const Record& record) {
  std::vector<Reference> references;
  walk_record(record, [&]<class T>(const T& value, const FieldTraits& traits, const std::string& at) {
    if constexpr (std::is_same_v<T, Criterion>) {
      CriterionNames names;
      collect_names(value, at, names);
      append(references, names.targets);
      append(references, names.panels);
      append(references, names.drugs);
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (!traits.refers || value.empty()) return;
      references.push_back({{*traits.refers, value}, at});
    }
  });
  append_subject(record, references);
  return references;
}

CriterionNames names_in(const Criterion& criterion, const std::string& at) {
  CriterionNames names;
  collect_names(criterion, at, names);
  return names;
}

std::vector<std::pair<std::string, const Criterion*>> criteria_of(const Record& record) {
  std::vector<std::pair<std::string, const Criterion*>> criteria;
  walk_record(record, [&]<class T>(const T& value, const FieldTraits& /*traits*/, const std::string& at) {
    if constexpr (std::is_same_v<T, Criterion>) criteria.emplace_back(at, &value);
  });
  return criteria;
}

std::vector<Error> check_references(const Record& record, const Existing& existing) {
  std::vector<Error> errors;
  for (const Reference& reference : references_of(record)) {
    if (!existing.has(reference.to)) errors.push_back(dangling(reference, existing));
  }
  const CriterionNames names = all_names(record);
  for (const Reference& gene : names.genes) {
    if (existing.has_gene_symbol(gene.to.id)) continue;
    errors.push_back(unknown_name(gene, "an approved gene symbol",
                                  "use the approved symbol of a gene record; families are written as their genes"));
  }
  for (const Reference& code : names.diagnoses) {
    if (existing.has_diagnosis_code(code.to.id)) continue;
    errors.push_back(unknown_name(code, "a diagnosis code", "an OncoTree code, solid, haematological or any"));
  }
  return errors;
}

}  // namespace treff::model
