// Measured values of a tumour: TMB, MSI, mismatch repair, HRD, PD-L1, methylation (rule M16).
//
// A value keeps its unit and assay; nothing is rounded, and a bound (">= 10") is no measured value. The band edges
// belong to the assay's panel record. Free text in English or Norwegian is read word by word: a word that is not
// understood is an error, because it may turn the sense round ("MSI not high").
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kb/base/enum_names.h"
#include "kb/base/result.h"

namespace treff::nomenclature {

enum class BiomarkerName : std::uint8_t {
  Tmb,
  Msi,
  Mmr,
  Hrd,
  PdL1Tps,
  PdL1Cps,
  PdL1Ic,
  MgmtMethylation,
  // Mutational signatures as a laboratory calls them: present or not.
  SignaturePole,
  SignatureTobacco,
  SignatureApobec,
  SignatureUv,
  SignatureTemozolomide
};

// A state as the laboratory stated it; MSI by sequencing and MMR by staining stay separate.
enum class BiomarkerState : std::uint8_t {
  Unstated,
  High,
  Intermediate,
  Low,
  Stable,
  Deficient,
  Proficient,
  Positive,
  Negative
};

struct Biomarker {
  BiomarkerName name = BiomarkerName::Tmb;
  std::optional<double> value;
  std::string unit;  // "per_mb", "pct", "score"; fixed per name
  BiomarkerState state = BiomarkerState::Unstated;
  std::string assay;  // panel id, empty if not stated
  std::optional<bool> tumour_only;
  std::optional<int> usable_sites;  // MSI
  bool failed = false;              // measured, but did not pass quality control
  std::string input;
};

// The fixed unit of each biomarker.
std::string_view unit_of(BiomarkerName name);

// "TMB 12,3 mut/Mb", "MSI-H", "MSS", "MSI 0.88 (1/114)", "dMMR", "PD-L1 CPS 10", "HRD score 42", "MGMT methylated",
// "TMB failed": UnreadableText with the piece otherwise. PD-L1 without TPS, CPS or IC is such an error: the scores
// cannot stand for one another. Value, state, quality and usable sites are read; assay stays empty.
Result<Biomarker> parse_biomarker(std::string_view text);
// True if the text begins with the name of a biomarker, so that parse_biomarker's error is the one to show. "MGMT" and
// "PD-L1" alone name genes and are true only beside a word of methylation or of a score.
bool names_biomarker(std::string_view text);
// "TMB 12.3 per Mb, tumour-only": parse_biomarker reads it back.
std::string to_text(const Biomarker& biomarker);

}  // namespace treff::nomenclature

namespace treff::base {

template <>
struct EnumNames<nomenclature::BiomarkerName> {
  using E = nomenclature::BiomarkerName;
  static constexpr std::array rows = {EnumName<E>{E::Tmb, "tmb"},
                                      EnumName<E>{E::Msi, "msi"},
                                      EnumName<E>{E::Mmr, "mmr"},
                                      EnumName<E>{E::Hrd, "hrd"},
                                      EnumName<E>{E::PdL1Tps, "pd_l1_tps"},
                                      EnumName<E>{E::PdL1Cps, "pd_l1_cps"},
                                      EnumName<E>{E::PdL1Ic, "pd_l1_ic"},
                                      EnumName<E>{E::MgmtMethylation, "mgmt_methylation"},
                                      EnumName<E>{E::SignaturePole, "signature_pole"},
                                      EnumName<E>{E::SignatureTobacco, "signature_tobacco"},
                                      EnumName<E>{E::SignatureApobec, "signature_apobec"},
                                      EnumName<E>{E::SignatureUv, "signature_uv"},
                                      EnumName<E>{E::SignatureTemozolomide, "signature_temozolomide"}};
};

template <>
struct EnumNames<nomenclature::BiomarkerState> {
  using E = nomenclature::BiomarkerState;
  static constexpr std::array rows = {EnumName<E>{E::Unstated, "unstated"},
                                      EnumName<E>{E::High, "high"},
                                      EnumName<E>{E::Intermediate, "intermediate"},
                                      EnumName<E>{E::Low, "low"},
                                      EnumName<E>{E::Stable, "stable"},
                                      EnumName<E>{E::Deficient, "deficient"},
                                      EnumName<E>{E::Proficient, "proficient"},
                                      EnumName<E>{E::Positive, "positive"},
                                      EnumName<E>{E::Negative, "negative"}};
};

}  // namespace treff::base
