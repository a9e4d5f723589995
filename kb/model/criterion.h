// The criterion language as plain data: a Boolean tree over leaves (MATCHING.md section 9).
//
// Stored as structure, never as text. One key a node. This file holds the table of node and leaf kinds
// (kCriterionKinds): codec, schema, compiler, reference matcher and explanation all switch over it exhaustively. To add
// a kind: one enumerator, one row, one payload struct; the compiler then names every place to fill in.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kb/base/enum_names.h"
#include "kb/nomenclature/biomarker.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::model {

// Bounds checked when a record is written, so that matching never meets a larger tree.
inline constexpr int kMaxCriterionDepth = 16;
inline constexpr int kMaxCriterionLeaves = 500;

// The most that clinical numbers may say; beyond is a slip of the pen.
inline constexpr int kMaxAgeYears = 130;
inline constexpr int kMaxEcog = 5;
inline constexpr int kMaxPriorLines = 50;
// The closed sets of words a condition, a case or a record may use.
inline constexpr std::array<std::string_view, 3> kDiseaseExtents = {"localised", "locally_advanced", "metastatic"};

enum class CriterionKind : std::uint8_t {
  All,
  Any,
  Not,
  AtLeast,
  Target,
  Variant,
  Biomarker,
  Diagnosis,
  Clinical,
  Text
};

struct CriterionKindRow {
  CriterionKind kind;
  std::string_view key;  // the one key of the node in JSON
  bool leaf;
};

inline constexpr std::array kCriterionKinds = {
    CriterionKindRow{CriterionKind::All, "all", false},
    CriterionKindRow{CriterionKind::Any, "any", false},
    CriterionKindRow{CriterionKind::Not, "not", false},
    CriterionKindRow{CriterionKind::AtLeast, "at_least", false},
    CriterionKindRow{CriterionKind::Target, "target", false},  // replaced by the target's own tree
    CriterionKindRow{CriterionKind::Variant, "variant", true},
    CriterionKindRow{CriterionKind::Biomarker, "biomarker", true},
    CriterionKindRow{CriterionKind::Diagnosis, "diagnosis", true},
    CriterionKindRow{CriterionKind::Clinical, "clinical", true},
    CriterionKindRow{CriterionKind::Text, "text", true},
};

enum class Comparison : std::uint8_t { Less, LessEqual, Equal, GreaterEqual, Greater };

// "TMB >= 10 per Mb", "MSI is high". Exactly one of `op`+`value` and `is` is given (M16).
struct BiomarkerCondition {
  nomenclature::BiomarkerName name = nomenclature::BiomarkerName::Tmb;
  std::optional<Comparison> op;
  std::optional<double> value;
  std::string unit;  // must be the biomarker's own unit
  std::optional<nomenclature::BiomarkerState> is;
  std::string assay;  // panel id the cut-off belongs to, empty = any
};

// Included and excluded nodes (D1-D3). An entry is an OncoTree code or `solid`, `haematological`, `any`.
struct DiagnosisCondition {
  std::vector<std::string> any_of;
  std::vector<std::string> none_of;
};

enum class Sex : std::uint8_t { Unstated, Female, Male };
enum class PriorUse : std::uint8_t { Had, NotHad, ProgressedOn };

template <class T>
struct Range {
  std::optional<T> min;
  std::optional<T> max;
  bool operator==(const Range&) const = default;
};

// One of `drug` (id) and `drug_class` (text).
struct PriorTreatmentCondition {
  std::string drug;
  std::string drug_class;
  PriorUse use = PriorUse::Had;
};

// A bound on the age itself, not on completed years: "older than half a year", "at most 18 years and not a day more".
struct AgeCondition {
  Comparison op = Comparison::GreaterEqual;
  double years = 0;
  bool operator==(const AgeCondition&) const = default;
};

// Structured clinical conditions (C1); each member that is set is a leaf of its own when counted.
struct ClinicalCondition {
  std::optional<Range<int>> age_years;  // completed years
  std::optional<AgeCondition> age_exact;
  std::optional<Sex> sex;
  std::optional<Range<int>> ecog;
  std::vector<std::string> disease_extent;  // any of: "localised", "locally_advanced", "metastatic"
  std::optional<bool> measurable_disease;
  std::optional<Range<int>> prior_lines;
  std::vector<PriorTreatmentCondition> prior_treatments;  // all of them
  std::optional<bool> standard_treatment_exhausted;
  std::vector<std::string> regions;  // any of: region ids
};

// A rule only a person can check (C2): never enters the verdict, always asked.
struct TextRule {
  std::string ask;     // English question for the bedside
  std::string ask_nb;  // Norwegian, may be empty
};

struct Criterion {
  CriterionKind kind = CriterionKind::All;
  std::vector<Criterion> parts;  // All, Any, AtLeast: one or more; Not: exactly one
  int n = 0;                     // AtLeast
  std::string target;            // Target: id of a target record
  std::variant<std::monostate, nomenclature::VariantClass, BiomarkerCondition, DiagnosisCondition, ClinicalCondition,
               TextRule>
      leaf;
};

}  // namespace treff::model

namespace treff::base {

template <>
struct EnumNames<model::Comparison> {
  using E = model::Comparison;
  static constexpr std::array rows = {EnumName<E>{E::Less, "<"}, EnumName<E>{E::LessEqual, "<="},
                                      EnumName<E>{E::Equal, "="}, EnumName<E>{E::GreaterEqual, ">="},
                                      EnumName<E>{E::Greater, ">"}};
};

template <>
struct EnumNames<model::Sex> {
  using E = model::Sex;
  static constexpr std::array rows = {EnumName<E>{E::Unstated, "unstated"}, EnumName<E>{E::Female, "female"},
                                      EnumName<E>{E::Male, "male"}};
};

template <>
struct EnumNames<model::PriorUse> {
  using E = model::PriorUse;
  static constexpr std::array rows = {EnumName<E>{E::Had, "had"}, EnumName<E>{E::NotHad, "not_had"},
                                      EnumName<E>{E::ProgressedOn, "progressed_on"}};
};

}  // namespace treff::base
