// A rule as a person writes it -> Criterion: one variant class, one biomarker condition, "not ...", and these joined
// with "and", "or" and parentheses.
//
// "BRAF V600E or V600K", "TMB >= 10 and not MSI-H", "(ALK fusion or ROS1 fusion) and no KRAS mutation". A class is
// tried first, so that "exon 20 insertion or deletion" stays one class. A part without a gene takes the gene of the
// part before it. "or" binds looser than "and". What cannot be read is an error with its piece, never a default (N8).
// Pure; thread-safe.
#pragma once

#include <string_view>

#include "kb/base/result.h"
#include "kb/model/criterion.h"
#include "kb/nomenclature/gene_table.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::model {

// UnreadableText, UnknownName, AmbiguousName, TooDeep, TooLarge. `gene` may be empty.
Result<nomenclature::Reading<Criterion>> read_criterion(std::string_view text, std::string_view gene,
                                                        const nomenclature::GeneTable& genes);

// "tmb >= 10 per_mb", "msi high": a measured value alone is no condition. UnreadableText otherwise.
Result<BiomarkerCondition> read_biomarker_condition(std::string_view text);

}  // namespace treff::model
