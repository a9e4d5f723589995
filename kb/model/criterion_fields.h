// The keys inside the leaves of a criterion, and which of them each variant class takes (MATCHING.md sections 3 and 9).
//
// Read by codec and schema. To add a key of a variant class: a member in kb/nomenclature/variant_class.h, a row in
// FieldsOf<VariantClass>, and its name in the rows of kClassKeys that take it.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "kb/model/criterion.h"
#include "kb/model/field.h"

namespace treff::model {

// Keys of single classes; kCommonClassKeys stand beside them.
template <>
struct FieldsOf<nomenclature::VariantClass> {
  using T = nomenclature::VariantClass;
  static constexpr FieldTraits kCodons{.min = 1, .max = 100000};
  static constexpr FieldTraits kExons{.min = 1, .max = 1000};
  static constexpr auto rows = std::make_tuple(
      row<T>("change", &T::change, "The change as text: V600E, c.-124C>T, 5:1295228 G>A."),
      row<T>("assembly", &T::assembly, "GRCh37 or GRCh38, never guessed."),
      row<T>("at", &T::at, "Reference residue and codon: V600."),
      row<T>("start", &T::start, "First codon, counted from 1; with end, or neither: the whole gene.", kCodons),
      row<T>("end", &T::end, "Last codon, included.", kCodons),
      row<T>("exon", &T::exon, "Printed exon number.", kExons),
      row<T>("exon_end", &T::exon_end, "Last of several exons, included.", kExons),
      row<T>("transcript", &T::transcript, "Transcript of the numbers; absent = the gene's reference transcript."),
      row<T>("consequence", &T::consequences, "Any of these; absent = any non-synonymous."),
      row<T>("function", &T::function, "truncating, loss_of_function, activating or oncogenic."),
      row<T>("copy", &T::copy, "The call that satisfies the class."),
      row<T>("min_fold_change", &T::min_fold_change, "Smallest fold change."),
      row<T>("min_copies", &T::min_copies, "Smallest number of copies."),
      row<T>("partner", &T::partner, "The other gene, or intergenic; absent = any."),
      row<T>("partner_exon", &T::partner_exon, "Exon of the partner at the breakpoint; exon is that of the gene.",
             kExons),
      row<T>("role", &T::role, "End at which the gene must stand."),
      row<T>("excluded_partners", &T::excluded_partners, "Partner genes that do not count."),
      row<T>("name", &T::name, "Name of the event: vIII, ITD, KDD."),
      row<T>("exons", &T::exons, "Exons that must be covered; absent = the whole gene.", kExons),
      row<T>("method", &T::method, "Method of measurement: ihc, ish, rna."),
      row<T>("levels", &T::levels, "Any of these levels: 3+, positive."));
};

// Keys that every class takes, beside `gene` or `genes` and `class`.
inline constexpr std::array<std::string_view, 6> kCommonClassKeys = {"gene",     "genes",  "class",
                                                                     "excludes", "origin", "function_policy"};

// What one class takes; empty names fill the arrays up.
struct ClassKeys {
  nomenclature::ClassKind kind;
  std::array<std::string_view, 2> required;
  std::array<std::string_view, 5> optional;
};

inline constexpr std::array kClassKeys = {
    ClassKeys{nomenclature::ClassKind::Protein, {"change"}, {}},
    ClassKeys{nomenclature::ClassKind::Coding, {"change"}, {}},
    ClassKeys{nomenclature::ClassKind::Genomic, {"change", "assembly"}, {}},
    ClassKeys{nomenclature::ClassKind::Codon, {"at"}, {"consequence"}},
    ClassKeys{nomenclature::ClassKind::Range, {}, {"start", "end", "consequence", "transcript"}},
    ClassKeys{nomenclature::ClassKind::Exon, {"exon"}, {"exon_end", "consequence", "transcript"}},
    ClassKeys{nomenclature::ClassKind::AnyMutation, {}, {}},
    ClassKeys{nomenclature::ClassKind::Functional, {"function"}, {}},
    ClassKeys{nomenclature::ClassKind::CopyNumber, {}, {"copy", "min_fold_change", "min_copies"}},
    ClassKeys{nomenclature::ClassKind::Fusion, {}, {"partner", "role", "excluded_partners", "exon", "partner_exon"}},
    ClassKeys{nomenclature::ClassKind::Splice, {}, {"exon", "exon_end"}},
    ClassKeys{nomenclature::ClassKind::NamedStructural, {"name"}, {}},
    ClassKeys{nomenclature::ClassKind::Biallelic, {}, {}},
    ClassKeys{nomenclature::ClassKind::WildType, {}, {"exons"}},
    ClassKeys{nomenclature::ClassKind::Expression, {"levels"}, {"method"}},
};

constexpr const ClassKeys& keys_of(nomenclature::ClassKind kind) { return kClassKeys[static_cast<std::size_t>(kind)]; }

enum class KeyUse : std::uint8_t { Refused, Optional, Required };

constexpr KeyUse use_of(const ClassKeys& keys, std::string_view key) {
  for (const std::string_view name : keys.required) {
    if (name == key) return KeyUse::Required;
  }
  for (const std::string_view name : keys.optional) {
    if (name == key) return KeyUse::Optional;
  }
  return KeyUse::Refused;
}

// The states a biomarker may have; MSI by sequencing and MMR by staining keep their own words (M16).
struct BiomarkerStates {
  nomenclature::BiomarkerName name;
  std::array<std::string_view, 4> states;  // empty names fill the array up
};

inline constexpr std::array kBiomarkerStates = {
    BiomarkerStates{nomenclature::BiomarkerName::Tmb, {"high", "intermediate", "low"}},
    BiomarkerStates{nomenclature::BiomarkerName::Msi, {"high", "intermediate", "low", "stable"}},
    BiomarkerStates{nomenclature::BiomarkerName::Mmr, {"deficient", "proficient"}},
    BiomarkerStates{nomenclature::BiomarkerName::Hrd, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::PdL1Tps, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::PdL1Cps, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::PdL1Ic, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::MgmtMethylation, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::SignaturePole, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::SignatureTobacco, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::SignatureApobec, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::SignatureUv, {"positive", "negative"}},
    BiomarkerStates{nomenclature::BiomarkerName::SignatureTemozolomide, {"positive", "negative"}},
};

// The words without the empty fillers.
constexpr std::span<const std::string_view> states_of(nomenclature::BiomarkerName name) {
  const auto& states = kBiomarkerStates[static_cast<std::size_t>(name)].states;
  std::size_t count = 0;
  while (count < states.size() && !states[count].empty()) ++count;
  return {states.data(), count};
}

template <>
struct FieldsOf<BiomarkerCondition> {
  using T = BiomarkerCondition;
  static constexpr auto rows =
      std::make_tuple(row<T>("name", &T::name, "The biomarker.", FieldTraits{.need = Need::Required}),
                      row<T>("op", &T::op, "Comparison; with value and unit."), row<T>("value", &T::value, "Cut-off."),
                      row<T>("unit", &T::unit, "The biomarker's own unit."),
                      row<T>("is", &T::is, "State, instead of op, value and unit."),
                      row<T>("assay", &T::assay, "Panel id the cut-off belongs to; absent = any.",
                             FieldTraits{.refers = RecordKind::Panel}));
};

template <>
struct FieldsOf<DiagnosisCondition> {
  using T = DiagnosisCondition;
  static constexpr auto rows =
      std::make_tuple(row<T>("any_of", &T::any_of, "OncoTree codes, solid, haematological or any."),
                      row<T>("none_of", &T::none_of, "The same, excluded."));
};

template <>
struct FieldsOf<PriorTreatmentCondition> {
  using T = PriorTreatmentCondition;
  static constexpr auto rows =
      std::make_tuple(row<T>("drug", &T::drug, "Drug id.", FieldTraits{.refers = RecordKind::Drug}),
                      row<T>("drug_class", &T::drug_class, "Drug class in words."),
                      row<T>("use", &T::use, "had (when absent), not_had or progressed_on."));
};

template <>
struct FieldsOf<AgeCondition> {
  using T = AgeCondition;
  static constexpr auto rows = std::make_tuple(row<T>("op", &T::op, "Comparison.", FieldTraits{.need = Need::Required}),
                                               row<T>("years", &T::years, "Years, with decimals where they count.",
                                                      FieldTraits{.need = Need::Required, .max = kMaxAgeYears}));
};

template <>
struct FieldsOf<ClinicalCondition> {
  using T = ClinicalCondition;
  static constexpr auto rows = std::make_tuple(
      row<T>("age_years", &T::age_years, "Completed years at the date of evaluation, both ends included.",
             FieldTraits{.max = kMaxAgeYears}),
      row<T>("age_exact", &T::age_exact, "Age at the date of evaluation, to the day."),
      row<T>("sex", &T::sex, "female or male."),
      row<T>("ecog", &T::ecog, "Performance status 0-5, both ends included.", FieldTraits{.max = kMaxEcog}),
      row<T>("disease_extent", &T::disease_extent, "Any of these.", FieldTraits{.words = kDiseaseExtents}),
      row<T>("measurable_disease", &T::measurable_disease, "Measurable disease."),
      row<T>("prior_lines", &T::prior_lines, "Lines of systemic treatment.", FieldTraits{.max = kMaxPriorLines}),
      row<T>("prior_treatments", &T::prior_treatments, "All of these."),
      row<T>("standard_treatment_exhausted", &T::standard_treatment_exhausted, "No standard treatment is left."),
      row<T>("regions", &T::regions, "Any of these region ids."));
};

template <>
struct FieldsOf<TextRule> {
  using T = TextRule;
  static constexpr auto rows =
      std::make_tuple(row<T>("ask", &T::ask, "English question for the bedside.", FieldTraits{.need = Need::Required}),
                      row<T>("ask_nb", &T::ask_nb, "The same in Norwegian."));
};

}  // namespace treff::model
