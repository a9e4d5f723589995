// What a reader of laboratory files gives back: one tumour's reading and, kept apart from it, the sample's names.
//
// A sample's name never enters the TumourCase: it serves only to tell whether two files speak of the same tumour
// (combine.h), and the caller decides whether it becomes the case's id. Plain data.
//
// Issue ids of this room (all mean "read, but a person should know"):
//   tumour_only, assembly_documented, assembly_unknown, section_absent, section_not_read, section_note, key_not_read,
//   not_in_file, dna_may_have_failed, biomarker_failed, biomarker_unread, msi_percent_disagrees, genomic_instability,
//   tumour_fraction_estimated, tumour_fraction_unread, finding_without_sample, sample_not_named, tests_not_stated,
//   class_incomplete, kept_without_protein_class, listed_not_amplified, fusion_few_reads, exon_unread, position_unread,
//   fraction_unread, depth_unread, excluded_by_pipeline, excluded_pathogenic, judgement_unknown, column_not_read,
//   filter_not_passed, plasma, last_line_open, duplicate_finding, finding_named_twice, biomarker_conflict,
//   other_samples_left_out,
//   table_without_rows, diagnosis_conflict, age_conflict, sex_conflict;
//   of FHIR documents: fhir_not_read, fhir_value_not_read, fhir_value_misplaced, fhir_preliminary, fhir_absent,
//   fhir_transcripts_differ, fhir_clinvar_name, fhir_fusion_direction, fhir_unit_unstated, fhir_genes_studied,
//   fhir_specimen_unstated, fhir_specimen_blood, fhir_sampling_day, fhir_deceased, fhir_age_not_read,
//   fhir_age_at_sampling, fhir_diagnosis, fhir_diagnosis_unconfirmed, fhir_histology_not_read, fhir_people_not_read.
#pragma once

#include <string>
#include <vector>

#include "kb/model/tumour_case.h"

namespace treff::casefile {

// Names as written in the file; empty where the file gives none or says NA.
struct SampleNames {
  std::string pair;
  std::string dna;
  std::string rna;
  std::string other;  // a name that does not say of which material
  // Everything the file's patient is known by, sorted; two files of one patient share one of them. No name of a sample.
  std::vector<std::string> patient_keys = {};

  bool is_empty() const { return pair.empty() && dna.empty() && rna.empty() && other.empty(); }
};

struct CaseFile {
  model::CaseReading reading;        // its case has no id; a diagnosis only where the file holds one (FHIR)
  SampleNames sample;                // never logged, never part of an answer
  std::string format;                // a name of the registry's table
  std::string file_name;             // as the caller gave it
  std::vector<std::string> covered;  // "small", "copy_number", "fusion", "splice", biomarkers: validly read here
};

// The word of each kind of finding in CaseTested::failed and CaseFile::covered.
inline constexpr std::string_view kSmall = "small";
inline constexpr std::string_view kCopyNumber = "copy_number";
inline constexpr std::string_view kFusion = "fusion";
inline constexpr std::string_view kSplice = "splice";
inline constexpr std::string_view kTmb = "tmb";
inline constexpr std::string_view kMsi = "msi";
inline constexpr std::string_view kHrd = "hrd";

// The panel records that the files of the 500-gene panel speak of: DNA and RNA are tested apart.
inline constexpr std::string_view kDnaPanel = "tso500-dna";
inline constexpr std::string_view kRnaPanel = "tso500-rna";

}  // namespace treff::casefile
