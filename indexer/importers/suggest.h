// Markers read from a registry's words, as suggestions on the record: title, arm labels, eligibility text.
//
// Suggestions are never matched. A curator who agrees writes a cohort (docs/sheet.md shows how a suggestion becomes a
// row of a sheet); the text of each suggestion is one that `treff parse --as criterion` reads.
#pragma once

#include "kb/model/records.h"
#include "kb/nomenclature/gene_table.h"

namespace treff::indexer {

// Replaces suggested_needs and suggested_exclusions.
void suggest(model::Trial& trial, const nomenclature::GeneTable& genes);
void suggest(model::AccessProgramme& programme, const nomenclature::GeneTable& genes);

}  // namespace treff::indexer
