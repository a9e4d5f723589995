// The findings that several formats share, from cells to alterations: small variants, fusions, splice events, copy
// numbers.
//
// Cells arrive as value_of() gives them: empty for a missing value. Each call adds exactly one alteration, or one entry
// of `unreadable`. Names are not resolved here.
#pragma once

#include <string_view>

#include "kb/casefile/case_builder.h"

namespace treff::casefile {

struct SmallVariantRow {
  std::string_view gene;
  std::string_view protein;
  std::string_view coding;
  std::string_view transcript;
  std::string_view chromosome;
  std::string_view position;
  std::string_view ref;
  std::string_view alt;
  std::string_view consequence;  // SO terms joined by ',' or '&'
  std::string_view exons;
  std::string_view fraction;  // 0-1
  std::string_view depth;     // reads
  nomenclature::Assembly assembly = nomenclature::Assembly::Unstated;
  nomenclature::Origin origin = nomenclature::Origin::Unknown;
};
void add_small_variant(CaseBuilder& builder, const SmallVariantRow& row, int line);

struct FusionRow {
  std::string_view pair;
  std::string_view supporting_reads;
};
void add_fusion(CaseBuilder& builder, const FusionRow& row, int line);

// Splice calls of this panel come from RNA. `exons` as "2-7/28" or "14".
void add_splice(CaseBuilder& builder, std::string_view gene, std::string_view exons, int line);

struct CopyNumberRow {
  std::string_view gene;
  std::string_view fold_change;
  std::string_view caller_word;  // "<DUP>", "<DEL>", empty
  std::string_view copies;
  std::string_view minor_copies;
};
// Listed is not amplified (M14): a fold change or <DUP> leaves the call open for the assay's limits; <DEL> is a loss.
void add_copy_number(CaseBuilder& builder, const CopyNumberRow& row, int line);

}  // namespace treff::casefile
