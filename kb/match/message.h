// What a reason says, as an id with parameters; the words live in one catalogue a language (kb/answer/catalogue_*.cc).
//
// To add a message: one enumerator, one row here; the catalogues then fail to compile until they have its words.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "kb/base/enum_names.h"

namespace treff::match {

enum class MessageId : std::uint8_t {
  AlterationInside,         // M1
  AlterationWider,          // M2
  AlterationOverlaps,       // M2, N5
  NotFoundTested,           // M3
  NegativeFromPlasma,       // M3
  NegativeBeforeTreatment,  // M3: sample older than the last drug against the target
  NegativeLowTumour,        // M3: tumour fraction under the panel's limit
  TestFailed,               // M3: the class did not pass quality control
  NotTested,                // M4
  NotCoveredByPanel,        // M4
  UnreadText,               // N8: something could not be read, so silence proves nothing
  FunctionUnassessed,       // M9
  BelowAlleleFraction,      // M9
  OriginUnknown,            // M10
  WildTypeShown,            // M11
  WildTypeBroken,           // M11
  WildTypeUncertain,        // M11
  BiallelicShown,           // M12
  BiallelicOneHit,          // M12
  BiallelicNot,             // M12
  SpliceContradicted,       // M15
  OutsideClass,             // M3: findings in the gene, none inside
  BiomarkerMet,
  BiomarkerNotMet,
  BiomarkerBand,            // M16 between the bands, or too few sites
  BiomarkerOtherAssay,      // M16
  BiomarkerDiscordant,      // M16 MMR against MSI
  BiomarkerUnmeasured,      // M4
  DiagnosisWithin,          // D1
  DiagnosisOutside,         // D1
  DiagnosisExcluded,        // D1
  DiagnosisLessSpecific,    // D2
  DiagnosisMaybeExcluded,   // D2
  DiagnosisUnknownPrimary,  // D3
  DiagnosisLineageUnclear,  // D3
  ClinicalMet,
  ClinicalNotMet,
  ClinicalUnstated,
  ConsentBlocked,    // C1
  AskAtBedside,      // C2
  LabelCovers,       // C3
  LabelUnclear,      // C3
  LabelNotRecorded,  // C3
  CriteriaInferred,  // B2: only inferred, so never more than possible
  CriteriaNotSeen,
  TrialFirst,            // B10
  CohortExists,          // B8
  CohortClosedNoEffect,  // B8
  AskTrialOffice,        // B8
  EvidenceAgainst,       // B5
  ProgressedOnDrug,      // B5
  ProgressedOnClass,     // B5
  PossibleReversion,     // M12
  NoMolecularLink,       // B1
  NotChangeable,         // B2: why it is not a near miss
};

}  // namespace treff::match

namespace treff::base {

template <>
struct EnumNames<match::MessageId> {
  using E = match::MessageId;
  static constexpr std::array rows = {
      EnumName<E>{E::AlterationInside, "alteration_inside"},
      EnumName<E>{E::AlterationWider, "alteration_wider"},
      EnumName<E>{E::AlterationOverlaps, "alteration_overlaps"},
      EnumName<E>{E::NotFoundTested, "not_found_tested"},
      EnumName<E>{E::NegativeFromPlasma, "negative_from_plasma"},
      EnumName<E>{E::NegativeBeforeTreatment, "negative_before_treatment"},
      EnumName<E>{E::NegativeLowTumour, "negative_low_tumour"},
      EnumName<E>{E::TestFailed, "test_failed"},
      EnumName<E>{E::NotTested, "not_tested"},
      EnumName<E>{E::NotCoveredByPanel, "not_covered_by_panel"},
      EnumName<E>{E::UnreadText, "unread_text"},
      EnumName<E>{E::FunctionUnassessed, "function_unassessed"},
      EnumName<E>{E::BelowAlleleFraction, "below_allele_fraction"},
      EnumName<E>{E::OriginUnknown, "origin_unknown"},
      EnumName<E>{E::WildTypeShown, "wild_type_shown"},
      EnumName<E>{E::WildTypeBroken, "wild_type_broken"},
      EnumName<E>{E::WildTypeUncertain, "wild_type_uncertain"},
      EnumName<E>{E::BiallelicShown, "biallelic_shown"},
      EnumName<E>{E::BiallelicOneHit, "biallelic_one_hit"},
      EnumName<E>{E::BiallelicNot, "biallelic_not"},
      EnumName<E>{E::SpliceContradicted, "splice_contradicted"},
      EnumName<E>{E::OutsideClass, "outside_class"},
      EnumName<E>{E::BiomarkerMet, "biomarker_met"},
      EnumName<E>{E::BiomarkerNotMet, "biomarker_not_met"},
      EnumName<E>{E::BiomarkerBand, "biomarker_band"},
      EnumName<E>{E::BiomarkerOtherAssay, "biomarker_other_assay"},
      EnumName<E>{E::BiomarkerDiscordant, "biomarker_discordant"},
      EnumName<E>{E::BiomarkerUnmeasured, "biomarker_unmeasured"},
      EnumName<E>{E::DiagnosisWithin, "diagnosis_within"},
      EnumName<E>{E::DiagnosisOutside, "diagnosis_outside"},
      EnumName<E>{E::DiagnosisExcluded, "diagnosis_excluded"},
      EnumName<E>{E::DiagnosisLessSpecific, "diagnosis_less_specific"},
      EnumName<E>{E::DiagnosisMaybeExcluded, "diagnosis_maybe_excluded"},
      EnumName<E>{E::DiagnosisUnknownPrimary, "diagnosis_unknown_primary"},
      EnumName<E>{E::DiagnosisLineageUnclear, "diagnosis_lineage_unclear"},
      EnumName<E>{E::ClinicalMet, "clinical_met"},
      EnumName<E>{E::ClinicalNotMet, "clinical_not_met"},
      EnumName<E>{E::ClinicalUnstated, "clinical_unstated"},
      EnumName<E>{E::ConsentBlocked, "consent_blocked"},
      EnumName<E>{E::AskAtBedside, "ask_at_bedside"},
      EnumName<E>{E::LabelCovers, "label_covers"},
      EnumName<E>{E::LabelUnclear, "label_unclear"},
      EnumName<E>{E::LabelNotRecorded, "label_not_recorded"},
      EnumName<E>{E::CriteriaInferred, "criteria_inferred"},
      EnumName<E>{E::CriteriaNotSeen, "criteria_not_seen"},
      EnumName<E>{E::TrialFirst, "trial_first"},
      EnumName<E>{E::CohortExists, "cohort_exists"},
      EnumName<E>{E::CohortClosedNoEffect, "cohort_closed_no_effect"},
      EnumName<E>{E::AskTrialOffice, "ask_trial_office"},
      EnumName<E>{E::EvidenceAgainst, "evidence_against"},
      EnumName<E>{E::ProgressedOnDrug, "progressed_on_drug"},
      EnumName<E>{E::ProgressedOnClass, "progressed_on_class"},
      EnumName<E>{E::PossibleReversion, "possible_reversion"},
      EnumName<E>{E::NoMolecularLink, "no_molecular_link"},
      EnumName<E>{E::NotChangeable, "not_changeable"},
  };
};

}  // namespace treff::base
