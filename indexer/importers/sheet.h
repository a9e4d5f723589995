// The sheet that a curator keeps: one cohort a row, CSV (comma or semicolon) or TSV. Columns: docs/sheet.md.
//
// Criteria stand in the sheet as text and are read by kb/nomenclature; what cannot be read is an error with
// file:line:column, never a criterion that says less. Origin "sheet". A row that is gone changes nothing: a cohort that
// ends is closed by its status.
#pragma once

#include "indexer/importers/registry.h"

namespace treff::indexer {

void stream_sheet(const std::vector<std::filesystem::path>& paths, const ImportContext& context, ImportSink& sink,
                  Progress& progress);

// The records of one sheet, for tests and fuzzing. `file_name` stands in every place.
void read_sheet(std::string_view text, const std::string& file_name, const ImportContext& context, ImportSink& sink,
                Progress& progress);

// The header line of an empty sheet (semicolons, byte order mark: opens as a table in a Norwegian Excel).
std::string sheet_template();
// Rows that make cohorts of what importers read from the trial's text, one a suggestion; a curator fills in the rest
// and imports the sheet. Nothing is matched before that.
std::string sheet_of_suggestions(const model::Trial& trial);

}  // namespace treff::indexer
