// ClinicalTrials.gov: API v2 JSON (single, list, pages, NDJSON), the flattened export, legacy XML; plain, .gz or .xz.
//
// One trial or access programme a study, origin "ctgov", id the NCT number in lower case. Persons are never read.
// Bounded memory: one study at a time. Every error carries file:line.
#pragma once

#include "indexer/importers/registry.h"

namespace treff::indexer {

void stream_ctgov(const std::vector<std::filesystem::path>& paths, const ImportContext& context, ImportSink& sink,
                  Progress& progress);

}  // namespace treff::indexer
