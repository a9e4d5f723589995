// CTML, the trial documents of MatchMiner and its kin, as a trial, a source and one cohort for every level that has a
// `match` of its own (MATCHING.md section 8).
//
// A step, an arm and a dose level are each matched alone: nothing is inherited. `_summary.status` says whether the
// trial is open; a suspended arm or level, a level of a suspended arm, and a step whose arms are all suspended or that
// has none, are suspended. Drugs stand in CTML for the whole trial and are kept as words; cohorts have none.
// Unknown keys and values are errors with their line; persons' names are never taken over.
#pragma once

#include "indexer/importers/ctml_document.h"
#include "indexer/importers/registry.h"

namespace treff::indexer {

void stream_ctml(const std::vector<std::filesystem::path>& paths, const ImportContext& context, ImportSink& sink,
                 Progress& progress);

// The records of one file; `where` of every error begins with its line.
Checked<std::vector<ImportedRecord>> read_ctml_text(std::string_view bytes, const ImportContext& context);

}  // namespace treff::indexer
