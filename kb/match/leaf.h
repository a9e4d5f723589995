// One leaf of a criterion against one case: verdict, rule, what decided it, and what would decide it.
//
// Rules M1-M4, M9-M16 (variant and biomarker), D1-D5 (diagnosis), C1 (clinical). Pure; the compiled leaf and the case
// belong to the same Knowledge.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kb/base/verdict.h"
#include "kb/match/case_facts.h"
#include "kb/match/message.h"
#include "kb/model/criterion.h"

namespace treff::match {

// Why a leaf is unknown; B1 separates the first two.
enum class UnknownBy : std::uint8_t { Nothing, Detail, Coverage, Fact };

// What a laboratory or a bedside question could still find out.
enum class TestKind : std::uint8_t {
  None,
  SmallVariants,
  CopyNumber,
  Deletions,
  RnaFusion,
  RnaSplice,
  Staining,
  Tmb,
  Msi,
  Mmr,
  Hrd,
  PdL1,
  Methylation,
  Signatures
};

// One condition on its own: a ClinicalCondition of the language becomes several of these when it is compiled.
enum class ClinicalKind : std::uint8_t {
  Age,
  AgeExact,
  Sex,
  Ecog,
  DiseaseExtent,
  MeasurableDisease,
  PriorLines,
  PriorTreatment,
  StandardTreatmentExhausted,
  Region,
  Consent
};

struct ClinicalLeaf {
  ClinicalKind kind = ClinicalKind::Age;
  model::Range<int> range;  // Age, Ecog, PriorLines
  model::AgeCondition age;  // AgeExact
  model::Sex sex = model::Sex::Unstated;
  std::vector<std::string> values;           // DiseaseExtent, Region
  bool wanted = true;                        // MeasurableDisease, StandardTreatmentExhausted
  model::PriorTreatmentCondition treatment;  // PriorTreatment
  std::string trial;                         // Consent: met unless the case blocks this trial
};

struct DiagnosisLeaf {
  // An entry is a node, or a lineage word.
  struct Entry {
    enum class Word : std::uint8_t { Node, Solid, Haematological, Any } word = Word::Node;
    nomenclature::DiagnosisNode node = 0;
  };
  std::vector<Entry> any_of;
  std::vector<Entry> none_of;
};

struct Leaf {
  std::variant<nomenclature::VariantClass, model::BiomarkerCondition, DiagnosisLeaf, ClinicalLeaf, model::TextRule>
      what;
  std::string text;  // what a person reads: "BRAF V600 mutation", "TMB >= 10 per Mb"

  bool is_molecular() const { return what.index() <= 1; }
  bool is_variant() const { return what.index() == 0; }
  bool is_biomarker() const { return what.index() == 1; }
  bool is_diagnosis() const { return what.index() == 2; }
  bool is_clinical() const { return what.index() == 3; }
  bool is_text() const { return what.index() == 4; }
};

struct LeafResult {
  Verdict verdict = Verdict::Unknown;
  UnknownBy unknown_by = UnknownBy::Nothing;
  std::string rule;
  MessageId message = MessageId::NotTested;
  std::vector<std::size_t> by;  // indices into CaseFacts::alterations that decided
  std::string detail;           // a value or a note, in the message's words: "TMB 9.9", "ECOG 3"
  TestKind test = TestKind::None;
};

LeafResult evaluate_leaf(const Leaf& leaf, const CaseFacts& facts, const Vocabulary& words);

// The four parts, each in a file of its own.
LeafResult evaluate_variant(const nomenclature::VariantClass& cls, const CaseFacts& facts, const Vocabulary& words);
LeafResult evaluate_biomarker(const model::BiomarkerCondition& condition, const CaseFacts& facts,
                              const Vocabulary& words);
LeafResult evaluate_diagnosis(const DiagnosisLeaf& condition, const CaseFacts& facts, const Vocabulary& words);
// The verdict of evaluate_diagnosis alone.
Verdict diagnosis_verdict(const DiagnosisLeaf& condition, const CaseFacts& facts, const Vocabulary& words);
LeafResult evaluate_clinical(const ClinicalLeaf& condition, const CaseFacts& facts, const Vocabulary& words);

// True if a failed leaf of this kind may still come to be met (B2): ECOG, timing, lines, age soon reached, diagnosis.
// `positive`: the leaf stands under an even number of negations.
bool is_changeable(const Leaf& leaf, const LeafResult& result, const CaseFacts& facts, bool positive);

}  // namespace treff::match

namespace treff::base {

template <>
struct EnumNames<match::TestKind> {
  using E = match::TestKind;
  static constexpr std::array rows = {
      EnumName<E>{E::None, "none"},
      EnumName<E>{E::SmallVariants, "small_variants"},
      EnumName<E>{E::CopyNumber, "copy_number"},
      EnumName<E>{E::Deletions, "copy_number_losses"},
      EnumName<E>{E::RnaFusion, "rna_fusion"},
      EnumName<E>{E::RnaSplice, "rna_splice"},
      EnumName<E>{E::Staining, "staining"},
      EnumName<E>{E::Tmb, "tmb"},
      EnumName<E>{E::Msi, "msi"},
      EnumName<E>{E::Mmr, "mmr"},
      EnumName<E>{E::Hrd, "hrd"},
      EnumName<E>{E::PdL1, "pd_l1"},
      EnumName<E>{E::Methylation, "methylation"},
      EnumName<E>{E::Signatures, "mutational_signatures"},
  };
};

}  // namespace treff::base
