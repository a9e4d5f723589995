// Parts of a case whose JSON is not simply their rows. Private to kb/model.
#pragma once

#include <vector>

#include "kb/model/case_fields.h"
#include "kb/model/codec_fields.h"

namespace treff::model {

template <>
struct Codec<CaseDiagnosis> {
  static void read(Reader& reader, const Node& node, const Place& at, CaseDiagnosis& out);
  static Node write(const CaseDiagnosis& diagnosis);
  static Node schema();
};

// {"five_prime","three_prime",...}: each side a symbol, several joined by ';', or null.
template <>
struct Codec<nomenclature::Fusion> {
  static void read(Reader& reader, const Node& node, const Place& at, nomenclature::Fusion& out);
  static Node write(const nomenclature::Fusion& fusion);
  static Node schema();
};

// {"exon"} or {"first_exon","last_exon"}, with "by".
template <>
struct Codec<nomenclature::SpliceEvent> {
  static void read(Reader& reader, const Node& node, const Place& at, nomenclature::SpliceEvent& out);
  static Node write(const nomenclature::SpliceEvent& splice);
  static Node schema();
};

template <>
struct Codec<CaseAlteration> {
  static void read(Reader& reader, const Node& node, const Place& at, CaseAlteration& out);
  static Node write(const CaseAlteration& alteration);
  static Node schema();
};

// The object "biomarkers": one key a biomarker (kBiomarkerKeys), its value a number, a state, an object, or a list of
// these where several assays measured the same.
template <>
struct Codec<std::vector<nomenclature::Biomarker>> {
  static void read(Reader& reader, const Node& node, const Place& at, std::vector<nomenclature::Biomarker>& out);
  static Node write(const std::vector<nomenclature::Biomarker>& biomarkers);
  static Node schema();
};

// One key of the object "biomarkers".
struct BiomarkerKey {
  nomenclature::BiomarkerName name;
  std::string_view key;
  std::string_view value_key;  // its number inside the object form; empty = it has states only
  bool short_is_state;         // the short form is a state ("high"), otherwise a number
};

inline constexpr std::array kBiomarkerKeys = {
    BiomarkerKey{nomenclature::BiomarkerName::Tmb, "tmb_per_mb", "value", false},
    BiomarkerKey{nomenclature::BiomarkerName::Msi, "msi", "pct_unstable", true},
    BiomarkerKey{nomenclature::BiomarkerName::Mmr, "mmr", "", true},
    BiomarkerKey{nomenclature::BiomarkerName::Hrd, "hrd_score", "value", false},
    BiomarkerKey{nomenclature::BiomarkerName::PdL1Tps, "pd_l1_tps_pct", "value", false},
    BiomarkerKey{nomenclature::BiomarkerName::PdL1Cps, "pd_l1_cps", "value", false},
    BiomarkerKey{nomenclature::BiomarkerName::PdL1Ic, "pd_l1_ic_pct", "value", false},
    BiomarkerKey{nomenclature::BiomarkerName::MgmtMethylation, "mgmt_methylation", "pct", true},
    BiomarkerKey{nomenclature::BiomarkerName::SignaturePole, "signature_pole", "", true},
    BiomarkerKey{nomenclature::BiomarkerName::SignatureTobacco, "signature_tobacco", "", true},
    BiomarkerKey{nomenclature::BiomarkerName::SignatureApobec, "signature_apobec", "", true},
    BiomarkerKey{nomenclature::BiomarkerName::SignatureUv, "signature_uv", "", true},
    BiomarkerKey{nomenclature::BiomarkerName::SignatureTemozolomide, "signature_temozolomide", "", true},
};

// Largest value a biomarker's number can have.
constexpr double largest_value(nomenclature::BiomarkerName name) {
  return name == nomenclature::BiomarkerName::Tmb ? 100000 : 100;
}

}  // namespace treff::model
