// Everything that is checked before a change set is written; all errors at once, each with the record's place.
#pragma once

#include <map>
#include <vector>

#include "indexer/importers/registry.h"
#include "kb/store/store.h"

namespace treff::indexer {

// The records that would be in force after the import, and what was wrong.
// Checks: each record alone, one id once, every reference, every criterion compiles, genes and panels resolve.
Checked<std::vector<model::Record>> validate(const store::Store& store, const std::vector<ImportedRecord>& imported,
                                             Progress& progress);

}  // namespace treff::indexer
