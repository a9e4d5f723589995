// TMB, MSI and the genomic instability score as the panel's files give them (rule M16).
//
// Cells arrive as value_of() gives them. Without a DNA sample an empty cell means "not examined" and adds nothing;
// with one it is a failed measurement, kept as such and never as 0. Values are not rounded.
#pragma once

#include <string_view>

#include "kb/casefile/case_builder.h"

namespace treff::casefile {

// Mutations a megabase. False if there is no value.
bool add_tmb(CaseBuilder& builder, std::string_view cell, bool has_dna, int line);

struct MsiCells {
  std::string_view percent_unstable;
  std::string_view unstable_sites;
  std::string_view usable_sites;
};
// False if there is no value. Says so where the percentage is not that of the two counts.
bool add_msi(CaseBuilder& builder, const MsiCells& cells, bool has_dna, int line);

// A score of this assay, comparable with no other (M16).
void add_instability_score(CaseBuilder& builder, std::string_view cell, bool has_dna, int line);

// 0-1, estimated from sequencing or stated by the laboratory. Anything else is left out with an issue.
void add_tumour_fraction(CaseBuilder& builder, std::string_view cell, int line);

}  // namespace treff::casefile
