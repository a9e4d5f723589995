// The keys of a case and its parts (API.md section 3), and which of them each form of an alteration takes.
//
// Read by codec and schema. Alterations, biomarkers and fusions have forms of their own in JSON: codec_alteration.cc
// and codec_biomarker.cc.
#pragma once

#include <array>
#include <string_view>

#include "kb/model/field.h"
#include "kb/model/tumour_case.h"

namespace treff::model {

// Bounds of one case: beyond them the text is an error, so that no single case can hold up a server.
inline constexpr std::size_t kMaxCaseTextBytes = 500;
inline constexpr std::size_t kMaxCaseAlterations = 5000;
inline constexpr std::size_t kMaxCaseNodes = 200000;

inline constexpr std::array<std::string_view, 2> kSpecimenKinds = {"tissue", "plasma"};
// What can fail quality control: kinds of finding, and biomarkers.
inline constexpr std::array<std::string_view, 17> kFailedTests = {"small",
                                                                  "copy_number",
                                                                  "fusion",
                                                                  "splice",
                                                                  "tmb",
                                                                  "msi",
                                                                  "mmr",
                                                                  "hrd",
                                                                  "pd_l1_tps",
                                                                  "pd_l1_cps",
                                                                  "pd_l1_ic",
                                                                  "mgmt_methylation",
                                                                  "signature_pole",
                                                                  "signature_tobacco",
                                                                  "signature_apobec",
                                                                  "signature_uv",
                                                                  "signature_temozolomide"};

inline constexpr FieldTraits kFraction{.max = 1};
inline constexpr FieldTraits kExonNumber{.min = 1, .max = 1000};

template <>
struct FieldsOf<CaseDiagnosis> {
  using T = CaseDiagnosis;
  static constexpr auto rows =
      std::make_tuple(row<T>("oncotree", &T::oncotree, "OncoTree code."), row<T>("icd10", &T::icd10, "ICD-10 code."),
                      row<T>("icdo3", &T::icdo3, "ICD-O-3 morphology, with topography where known."),
                      row<T>("ncit", &T::ncit, "NCI Thesaurus code."), row<T>("text", &T::text, "Name of the tumour."));
};

template <>
struct FieldsOf<nomenclature::AlterationText> {
  using T = nomenclature::AlterationText;
  static constexpr auto rows = std::make_tuple(
      row<T>("text", &T::text, "Free text: BRAF V600E, EML4::ALK, MET exon 14 skipping."),
      row<T>("gene", &T::gene, "Gene symbol or alias."), row<T>("protein", &T::protein, "Protein change."),
      row<T>("coding", &T::coding, "Coding change."), row<T>("genomic", &T::genomic, "Genomic change."),
      row<T>("transcript", &T::transcript, "Transcript of the numbers."),
      row<T>("consequence", &T::consequence, "Sequence Ontology terms, joined by & or ,."),
      row<T>("assembly", &T::assembly, "GRCh37 or GRCh38."), row<T>("exon", &T::exon, "Printed number.", kExonNumber));
};

template <>
struct FieldsOf<nomenclature::CopyNumber> {
  using T = nomenclature::CopyNumber;
  static constexpr auto rows =
      std::make_tuple(row<T>("call", &T::call, "As the laboratory called it."),
                      row<T>("fold_change", &T::fold_change, "Fold change; not a number of copies."),
                      row<T>("copies", &T::copies, "Number of copies."),
                      row<T>("minor_copies", &T::minor_copies, "Copies of the minor allele; 0 = one allele is lost."));
};

template <>
struct FieldsOf<nomenclature::Expression> {
  using T = nomenclature::Expression;
  static constexpr auto rows = std::make_tuple(row<T>("method", &T::method, "ihc, ish, rna."),
                                               row<T>("level", &T::level, "3+, positive, overexpression."),
                                               row<T>("value", &T::value, "Score or value."));
};

// What stands beside the finding itself, in every form.
template <>
struct FieldsOf<CaseAlteration> {
  using T = CaseAlteration;
  static constexpr auto rows = std::make_tuple(
      row<T>("copy_number", &T::copy_number, "Copy-number change of the gene."),
      row<T>("fusion", &T::fusion, "Fusion of two genes."), row<T>("splice", &T::splice, "Skipped exons of the gene."),
      row<T>("expression", &T::expression, "Expression of the gene."),
      row<T>("vaf", &T::allele_fraction, "Variant allele fraction, 0-1.", kFraction),
      row<T>("depth", &T::depth, "Reads at the position."), row<T>("origin", &T::origin, "somatic or germline."),
      row<T>("oncogenicity", &T::oncogenicity, "Assessment, if there is one."),
      row<T>("effect", &T::effect, "Effect on the protein, if known."));
};

// One way to state an alteration. The first key that is present decides the form.
struct AlterationForm {
  std::string_view deciding;
  bool gene_required;
  std::array<std::string_view, 8> keys;  // beside the deciding one; empty names fill the array up
};

inline constexpr std::array kAlterationForms = {
    AlterationForm{"text", false, {"gene", "transcript", "assembly"}},
    AlterationForm{"fusion", false, {}},
    AlterationForm{"copy_number", true, {"gene"}},
    AlterationForm{"splice", true, {"gene", "transcript"}},
    AlterationForm{"expression", true, {"gene"}},
    // Columns as a pipeline writes them; no single key decides.
    AlterationForm{
        "", false, {"gene", "protein", "coding", "genomic", "transcript", "consequence", "assembly", "exon"}},
};

inline constexpr std::array<std::string_view, 5> kMeasuredKeys = {"vaf", "depth", "origin", "oncogenicity", "effect"};

template <>
struct FieldsOf<CaseTested> {
  using T = CaseTested;
  static constexpr auto rows = std::make_tuple(
      row<T>("panel", &T::panels, "Panel ids.", FieldTraits{.refers = RecordKind::Panel, .one_or_list = true}),
      row<T>("genes_small_variants", &T::genes_small_variants, "Genes examined for small variants."),
      row<T>("genes_copy_number", &T::genes_copy_number, "Genes examined for copy number."),
      row<T>("genes_fusion", &T::genes_fusion, "Genes examined for fusions."),
      row<T>("genes_splice", &T::genes_splice, "Genes examined for splice events."),
      row<T>("failed", &T::failed, "What did not pass quality control.", FieldTraits{.words = kFailedTests}));
};

template <>
struct FieldsOf<CaseSpecimen> {
  using T = CaseSpecimen;
  static constexpr auto rows =
      std::make_tuple(row<T>("kind", &T::kind, "tissue or plasma.", FieldTraits{.words = kSpecimenKinds}),
                      row<T>("taken_on", &T::taken_on, "Day of sampling."),
                      row<T>("tumour_fraction", &T::tumour_fraction, "Tumour fraction, 0-1.", kFraction));
};

template <>
struct FieldsOf<PriorTreatment> {
  using T = PriorTreatment;
  static constexpr auto rows = std::make_tuple(
      row<T>("drug", &T::drug, "Any name of the drug."), row<T>("drug_class", &T::drug_class, "Class of the drug."),
      row<T>("line", &T::line, "Line of treatment, from 1.", FieldTraits{.min = 1, .max = kMaxPriorLines}),
      row<T>("outcome", &T::outcome, "response, stable, progression or stopped."),
      row<T>("from", &T::from, "First day."), row<T>("to", &T::to, "Last day."));
};

template <>
struct FieldsOf<TumourCase> {
  using T = TumourCase;
  static constexpr auto rows = std::make_tuple(
      row<T>("id", &T::id, "The caller's own pseudonymous id."),
      row<T>("diagnosis", &T::diagnosis, "Exactly one way to name it.", FieldTraits{.need = Need::Required}),
      row<T>("age_years", &T::age_years, "Completed years; with decimals the age itself.",
             FieldTraits{.max = kMaxAgeYears}),
      row<T>("sex", &T::sex, "female or male."),
      row<T>("ecog", &T::ecog, "Performance status 0-5.", FieldTraits{.max = kMaxEcog}),
      row<T>("disease_extent", &T::disease_extent, "localised, locally_advanced or metastatic.",
             FieldTraits{.words = kDiseaseExtents}),
      row<T>("measurable_disease", &T::measurable_disease, "Measurable disease."),
      row<T>("prior_lines", &T::prior_lines, "Lines of systemic treatment.", FieldTraits{.max = kMaxPriorLines}),
      row<T>("standard_treatment_exhausted", &T::standard_treatment_exhausted, "No standard treatment is left."),
      row<T>("alterations", &T::alterations, "What was found."),
      row<T>("biomarkers", &T::biomarkers, "What was measured."),
      row<T>("tested", &T::tested, "What was validly examined; absent = nothing is known of it."),
      row<T>("specimen", &T::specimen, "The sample."),
      row<T>("prior_treatments", &T::prior_treatments, "Absent = unknown, empty = none."),
      row<T>("consent_blocks", &T::consent_blocks, "Ids of trials the patient has said no to."),
      row<T>("region", &T::region, "Region id."));
};

}  // namespace treff::model
