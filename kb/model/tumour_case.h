// The case a board asks about, as sent: diagnosis, alterations, biomarkers, tests done, clinical facts (API.md section
// 3).
//
// Nothing here is resolved against a knowledge base yet; kb/match reads it with the vocabulary of one revision.
// There is no place for a name, a birth number or free text about a person. A case lives for one request and is never
// logged, stored or put in a URL.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kb/base/date.h"
#include "kb/base/result.h"
#include "kb/model/criterion.h"
#include "kb/nomenclature/biomarker.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::model {

// Exactly one member is set.
struct CaseDiagnosis {
  std::string oncotree;
  std::string icd10;
  std::string icdo3;
  std::string ncit;
  std::string text;
  bool operator==(const CaseDiagnosis&) const = default;
};

// A gene as a file codes it: its name, its HGNC id ("HGNC:1097"), or both. Where both are given they must name one
// gene; two that disagree are an error, because nothing says which of them is meant.
struct CodedGene {
  std::string name;
  std::string hgnc_id;
  bool operator==(const CodedGene&) const = default;
};

// One alteration as sent: free text or columns, with what the laboratory measured.
struct CaseAlteration {
  nomenclature::AlterationText text;
  std::vector<CodedGene> coded_genes;  // of files alone: the codes of the genes that `text` or `fusion` name
  std::optional<nomenclature::CopyNumber> copy_number;  // with text.gene
  std::optional<nomenclature::Fusion> fusion;
  std::optional<nomenclature::SpliceEvent> splice;     // with text.gene
  std::optional<nomenclature::Expression> expression;  // with text.gene
  std::optional<double> allele_fraction;               // 0-1, JSON key `vaf`
  std::optional<int> depth;
  nomenclature::Origin origin = nomenclature::Origin::Unknown;
  nomenclature::Oncogenicity oncogenicity = nomenclature::Oncogenicity::Unassessed;
  nomenclature::Effect effect = nomenclature::Effect::Unknown;
  std::string place;  // where it stood: "/alterations/3", "sample.tsv:41"
};

// What was validly examined (M4). Absent lists and no panel = nothing is known of what was tested.
struct CaseTested {
  std::vector<std::string> panels;                // panel record ids
  std::vector<std::string> genes_small_variants;  // symbols or aliases
  std::vector<std::string> genes_copy_number;
  std::vector<std::string> genes_fusion;
  std::vector<std::string> genes_splice;
  // Of files alone: long lists, in which a gene that is not known is left out with a warning instead of an error.
  std::vector<CodedGene> coded_small_variants;
  std::vector<std::string> failed;  // of: "small", "copy_number", "fusion", "splice", and biomarker names
};

struct CaseSpecimen {
  std::string kind;  // "tissue", "plasma", empty = unstated
  std::optional<Date> taken_on;
  std::optional<double> tumour_fraction;  // 0-1
};

enum class TreatmentOutcome : std::uint8_t { Unstated, Response, Stable, Progression, Stopped };

struct PriorTreatment {
  std::string drug;  // any drug name, or empty where only the class is known
  std::string drug_class;
  std::optional<int> line;
  TreatmentOutcome outcome = TreatmentOutcome::Unstated;
  std::optional<Date> from;
  std::optional<Date> to;
};

struct TumourCase {
  std::string id;  // the caller's own, may be empty
  CaseDiagnosis diagnosis;
  std::optional<double> age_years;  // a whole number = completed years, with decimals = the age itself
  Sex sex = Sex::Unstated;
  std::optional<int> ecog;
  std::string disease_extent;  // empty = unstated
  std::optional<bool> measurable_disease;
  std::optional<int> prior_lines;
  std::optional<bool> standard_treatment_exhausted;
  std::vector<CaseAlteration> alterations;
  std::vector<nomenclature::Biomarker> biomarkers;
  std::optional<CaseTested> tested;
  CaseSpecimen specimen;
  std::optional<std::vector<PriorTreatment>> prior_treatments;  // absent = unknown, empty = none (C1)
  std::vector<std::string> consent_blocks;                      // ids of trials the patient has said no to
  std::string region;
};

// A case together with what its reader could not use; the text that was not read is named, never dropped (N8).
struct CaseReading {
  TumourCase tumour_case;
  std::vector<Issue> issues;      // read, but a person should know
  std::vector<Error> unreadable;  // pieces that could not be read, each with place
};

}  // namespace treff::model

namespace treff::base {

template <>
struct EnumNames<model::TreatmentOutcome> {
  using E = model::TreatmentOutcome;
  static constexpr std::array rows = {EnumName<E>{E::Unstated, "unstated"}, EnumName<E>{E::Response, "response"},
                                      EnumName<E>{E::Stable, "stable"}, EnumName<E>{E::Progression, "progression"},
                                      EnumName<E>{E::Stopped, "stopped"}};
};

}  // namespace treff::base
