// Records that curators write: a JSON object, an array, or NDJSON; folders are read whole, in name order.
#pragma once

#include "indexer/importers/registry.h"

namespace treff::indexer {

Checked<std::vector<ImportedRecord>> read_curated(const std::vector<std::filesystem::path>& paths, Progress& progress);

}  // namespace treff::indexer
