// The plain matcher's own reading of single conditions (M1-M16, D1-D5, C1). For reference.cc and its tests only.
#pragma once

#include "kb/match/leaf.h"

namespace treff::match::reference {

// What one leaf says of one case.
struct Finding {
  Verdict verdict = Verdict::Unknown;
  UnknownBy unknown_by = UnknownBy::Nothing;
  TestKind test = TestKind::None;  // only with Coverage
};

inline Finding met() { return {Verdict::Met, UnknownBy::Nothing, TestKind::None}; }
inline Finding not_met() { return {Verdict::NotMet, UnknownBy::Nothing, TestKind::None}; }
inline Finding open_by_detail() { return {Verdict::Unknown, UnknownBy::Detail, TestKind::None}; }
inline Finding open_by_coverage(TestKind test) { return {Verdict::Unknown, UnknownBy::Coverage, test}; }
inline Finding open_by_fact() { return {Verdict::Unknown, UnknownBy::Fact, TestKind::None}; }

// One member of a ClinicalCondition.
struct ClinicalPart {
  ClinicalKind kind = ClinicalKind::Age;
  std::size_t treatment = 0;  // PriorTreatment: index into prior_treatments
};
std::vector<ClinicalPart> parts_of(const model::ClinicalCondition& condition);

Finding variant(const nomenclature::VariantClass& cls, const CaseFacts& facts, const Vocabulary& words);
Finding biomarker(const model::BiomarkerCondition& condition, const CaseFacts& facts, const Vocabulary& words);
Finding diagnosis(const model::DiagnosisCondition& condition, const CaseFacts& facts, const Vocabulary& words);
Finding clinical(const model::ClinicalCondition& condition, ClinicalPart part, const CaseFacts& facts,
                 const Vocabulary& words);

// M12: does the class speak of a gene that is lost, and may the second finding undo the truncation by the first?
bool is_of_lost_gene(const nomenclature::VariantClass& cls);
// The class speaks of small changes, losses of function among them, but not of activating ones.
bool is_of_small_changes(const nomenclature::VariantClass& cls);
bool undoes(const nomenclature::Alteration& second, const nomenclature::Alteration& first);

// B2: may a leaf that stands in the way come to stand out of it? `positive` is its sign in the tree.
bool diagnosis_may_change(const model::DiagnosisCondition& condition, const CaseFacts& facts, const Vocabulary& words,
                          bool positive);
bool clinical_may_change(const model::ClinicalCondition& condition, ClinicalPart part, const CaseFacts& facts,
                         bool positive);

}  // namespace treff::match::reference
